"""Reads the treaties from `planning/law/treaties.toml` into values the engine can use.

A fault in the file stops the start with the file, the key, what is wrong and
what is expected.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import cast, get_args

from planning.engine.treaties import (
    Condition,
    HalfRule,
    LandAndBusinessOnly,
    MaritalKind,
    MaritalRelief,
    SpouseAsDomiciled,
    Test,
    Treaty,
    TreatyBook,
    TreatyKind,
)
from planning.law_files import LAW_FOLDER, LawFileError, Toml, as_number, as_table, as_text, read_toml, refuse_unknown

FILE = LAW_FOLDER / "treaties.toml"
HEAD_KEYS = frozenset({"as_of", "source", "ended", "other_names"})
TREATY_KEYS = frozenset(
    {
        "country",
        "called",
        "kind",
        "estate_from",
        "gifts_from",
        "prorates_since",
        "marital",
        "half_rule",
        "spouse_as_domiciled",
        "land_and_business_only",
        "keeps_domestic_deductions",
        "notes",
        "questions",
        "sources",
    }
)
MARITAL_KEYS = frozenset({"kind", "article", "since", "note", "conditions"})
CONDITION_KEYS = frozenset({"test", "words", "status"})
CODE_LENGTH = 2


@cache
def treaty_book() -> TreatyBook:
    """Return the treaties of the file."""
    return read_treaty_book(FILE)


def read_treaty_book(file: Path) -> TreatyBook:
    """Read every treaty; raises `LawFileError` for the first fault found."""
    content = read_toml(file)
    as_text(file, "source", content.get("source"))
    treaties = {
        code: _treaty(file, code, as_table(file, code, entry))
        for code, entry in content.items()
        if code not in HEAD_KEYS
    }
    if not treaties:
        raise LawFileError(file, "", "holds no treaty; expected a table for each country such as [CA]")
    ended = as_table(file, "ended", content.get("ended"))
    names = {treaty.country.upper(): code for code, treaty in treaties.items()}
    for name, code in as_table(file, "other_names", content.get("other_names")).items():
        if code not in treaties:
            raise LawFileError(file, f"other_names.{name}", f"is {code!r}; expected the code of a treaty of the file")
        names[name.upper()] = str(code)
    return TreatyBook(
        treaties=treaties,
        other_names=names,
        ended={name: as_text(file, f"ended.{name}", words) for name, words in ended.items()},
        as_of=_day(file, "as_of", content, "as_of"),
    )


def _treaty(file: Path, code: str, table: Toml) -> Treaty:
    if len(code) != CODE_LENGTH or not code.isupper():
        raise LawFileError(file, code, "is not a country; expected an ISO code such as CA")
    refuse_unknown(file, code, table, TREATY_KEYS)
    return Treaty(
        code=code,
        country=as_text(file, f"{code}.country", table.get("country")),
        called=as_text(file, f"{code}.called", table.get("called", table.get("country"))),
        kind=cast(TreatyKind, _one_of(file, f"{code}.kind", table.get("kind"), get_args(TreatyKind))),
        estate_from=_day(file, f"{code}.estate_from", table, "estate_from"),
        gifts_from=_day_or_none(file, f"{code}.gifts_from", table, "gifts_from"),
        prorates_since=_day_or_none(file, f"{code}.prorates_since", table, "prorates_since"),
        marital=_marital(file, f"{code}.marital", table.get("marital")),
        half_rule=_half_rule(file, f"{code}.half_rule", table.get("half_rule")),
        spouse_as_domiciled=_as_domiciled(file, f"{code}.spouse_as_domiciled", table.get("spouse_as_domiciled")),
        land_and_business_only=_land_only(file, f"{code}.land_and_business_only", table.get("land_and_business_only")),
        keeps_domestic_deductions=_words(file, f"{code}.keeps_domestic_deductions", table),
        notes=as_text(file, f"{code}.notes", table.get("notes")),
        questions=_texts(file, f"{code}.questions", table.get("questions")),
        sources=_texts(file, f"{code}.sources", table.get("sources")),
    )


def _marital(file: Path, key: str, entry: object) -> MaritalRelief | None:
    if entry is None:
        return None
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, MARITAL_KEYS)
    conditions = table.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        raise LawFileError(
            file, f"{key}.conditions", f"is missing or empty; expected tables such as [[{key}.conditions]]"
        )
    return MaritalRelief(
        kind=cast(MaritalKind, _one_of(file, f"{key}.kind", table.get("kind"), get_args(MaritalKind))),
        article=as_text(file, f"{key}.article", table.get("article")),
        since=_day(file, f"{key}.since", table, "since"),
        conditions=tuple(
            _condition(file, f"{key}.conditions[{index}]", as_table(file, f"{key}.conditions[{index}]", condition))
            for index, condition in enumerate(conditions)
        ),
        note=as_text(file, f"{key}.note", table.get("note")),
    )


def _condition(file: Path, key: str, table: Toml) -> Condition:
    refuse_unknown(file, key, table, CONDITION_KEYS)
    return Condition(
        test=cast(Test, _one_of(file, f"{key}.test", table.get("test"), get_args(Test))),
        words=as_text(file, f"{key}.words", table.get("words")),
        verified=_verified(file, key, table),
    )


def _half_rule(file: Path, key: str, entry: object) -> HalfRule | None:
    if entry is None:
        return None
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, frozenset({"article", "floor", "status"}))
    floor = table.get("floor")
    if not isinstance(floor, bool):
        raise LawFileError(file, f"{key}.floor", f"is {floor!r}; expected true or false")
    return HalfRule(as_text(file, f"{key}.article", table.get("article")), floor, _verified(file, key, table))


def _as_domiciled(file: Path, key: str, entry: object) -> SpouseAsDomiciled | None:
    if entry is None:
        return None
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, frozenset({"article", "status"}))
    return SpouseAsDomiciled(as_text(file, f"{key}.article", table.get("article")), _verified(file, key, table))


def _land_only(file: Path, key: str, entry: object) -> LandAndBusinessOnly | None:
    if entry is None:
        return None
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, frozenset({"article", "worldwide_limit"}))
    limit = table.get("worldwide_limit")
    return LandAndBusinessOnly(
        as_text(file, f"{key}.article", table.get("article")),
        None if limit is None else as_number(file, f"{key}.worldwide_limit", limit),
    )


def _verified(file: Path, key: str, table: Toml) -> bool:
    return _one_of(file, f"{key}.status", table.get("status"), ("verified", "unverified")) == "verified"


def _one_of(file: Path, key: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise LawFileError(file, key, f"is {value!r}; expected one of {', '.join(known)}")
    return value


def _texts(file: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise LawFileError(file, key, "is missing or empty; expected a list of words")
    return tuple(as_text(file, f"{key}[{index}]", words) for index, words in enumerate(value))


def _words(file: Path, key: str, table: Toml) -> str:
    name = key.split(".", 1)[1]
    return as_text(file, key, table[name]) if name in table else ""


def _day_or_none(file: Path, key: str, table: Toml, name: str) -> date | None:
    return _day(file, key, table, name) if name in table else None


def _day(file: Path, key: str, table: Toml, name: str) -> date:
    value = table.get(name)
    if not isinstance(value, date):
        raise LawFileError(file, key, f"is {value!r}; expected a date such as 2006-12-21")
    return value
