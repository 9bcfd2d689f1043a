"""Reads the law of community property from `planning/law/community_property.toml` into values the engine can use.

A fault in the file stops the start with the file, the key, what is wrong and
what is expected.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import cast, get_args

from planning.engine.community_law import CommunityLaw, CommunityPoint
from planning.engine.facts import STATES_AND_DC
from planning.engine.inheritance_law import Verified
from planning.law_files import (
    LAW_FOLDER,
    LawFileError,
    Toml,
    as_table,
    as_text,
    citations_of,
    read_toml,
    refuse_unknown,
)

FILE = LAW_FOLDER / "community_property.toml"
FILE_KEYS = frozenset({"as_of", "source", "states", "by_choice", "point", "quasi", "questions"})
POINTS = frozenset({"at_death", "basis", "citizenship", "by_choice", "moved", "elsewhere"})
QUASI_POINTS = frozenset({"what", "at_death", "gross_estate", "survivors_half", "recapture", "division", "divorce"})
POINT_KEYS = frozenset({"text", "status", "cites", "question"})
ELSEWHERE = "elsewhere"


@cache
def community_law() -> CommunityLaw:
    """Return the law of the file."""
    return read_community_law(FILE)


def read_community_law(file: Path) -> CommunityLaw:
    """Read the states and points; raises `LawFileError` for the first fault found."""
    content = read_toml(file)
    refuse_unknown(file, "", content, FILE_KEYS)
    states, by_choice = _states(file, "states", content), _states(file, "by_choice", content)
    for code in by_choice:
        if code in states:
            raise LawFileError(file, f"by_choice.{code}", "stands under states too; expected in one of the two")
    points = dict(as_table(file, "point", content.get("point")))
    elsewhere = dict(as_table(file, f"point.{ELSEWHERE}", points.get(ELSEWHERE)))
    quasi = as_table(file, "quasi", content.get("quasi"))
    refuse_unknown(file, "quasi", quasi, frozenset({"state", "point"}))
    quasi_state = as_text(file, "quasi.state", quasi.get("state"))
    if quasi_state not in states:
        raise LawFileError(file, "quasi.state", f"is {quasi_state!r}; expected one of {', '.join(states)}")
    codes = _codes(file, f"point.{ELSEWHERE}.states", elsewhere.pop("states", None))
    points[ELSEWHERE] = elsewhere
    questions = as_table(file, "questions", content.get("questions"))
    refuse_unknown(file, "questions", questions, frozenset({"ask"}))
    as_of = content.get("as_of")
    if not isinstance(as_of, date):
        raise LawFileError(file, "as_of", f"is {as_of!r}; expected a date such as 2026-11-23")
    return CommunityLaw(
        states=states,
        by_choice=by_choice,
        elsewhere=frozenset(codes),
        quasi_state=quasi_state,
        points=_points(file, "point", points, POINTS),
        quasi=_points(file, "quasi.point", as_table(file, "quasi.point", quasi.get("point")), QUASI_POINTS),
        questions=_list(file, "questions.ask", questions.get("ask")),
        as_of=as_of,
        source=as_text(file, "source", content.get("source")),
    )


def _states(file: Path, key: str, content: Toml) -> dict[str, str]:
    table = as_table(file, key, content.get(key))
    refuse_unknown(file, key, table, STATES_AND_DC)
    return {code: as_text(file, f"{key}.{code}", name) for code, name in table.items()}


def _codes(file: Path, key: str, value: object) -> tuple[str, ...]:
    codes = _list(file, key, value)
    for code in codes:
        if code not in STATES_AND_DC:
            raise LawFileError(file, key, f"names {code!r}; expected codes of states")
    return codes


def _points(file: Path, key: str, table: Toml, names: frozenset[str]) -> dict[str, CommunityPoint]:
    refuse_unknown(file, key, table, names)
    for name in sorted(names):
        if name not in table:
            raise LawFileError(file, f"{key}.{name}", "is missing; expected its text, status and authority")
    return {name: _point(file, f"{key}.{name}", entry) for name, entry in table.items()}


def _point(file: Path, key: str, entry: object) -> CommunityPoint:
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, POINT_KEYS)
    status = table.get("status")
    if status not in get_args(Verified):
        raise LawFileError(file, f"{key}.status", f"is {status!r}; expected one of {', '.join(get_args(Verified))}")
    question = table.get("question", "")
    if status == "unverified" and not question:
        raise LawFileError(file, f"{key}.question", "is missing; expected what the attorney is asked")
    return CommunityPoint(
        text=as_text(file, f"{key}.text", table.get("text")),
        status=cast(Verified, status),
        citations=citations_of(file, key, table),
        question=as_text(file, f"{key}.question", question) if question else "",
    )


def _list(file: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise LawFileError(file, key, f"is {value!r}; expected a list of words")
    return tuple(as_text(file, key, part) for part in value)
