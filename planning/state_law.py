"""Reads the estate taxes of states from `planning/law/states` into values the engine can use.

One file a state, with a band for every stretch of dates on which the law stays
the same; `none.toml` names the states without an estate tax. A fault in a file
stops the start with the file, the key, what is wrong and what is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from planning.engine.inheritance_law import InheritanceBook, Verified
from planning.engine.law import RateTable
from planning.engine.state_law import (
    Answer,
    Direction,
    GiftRule,
    GiftUse,
    Indexed,
    Indexing,
    Kind,
    NoncitizenRule,
    Point,
    Sharing,
    SharingRule,
    StateBook,
    StateLaw,
)
from planning.inheritance_taxes import inheritance_book
from planning.law_files import (
    LAW_FOLDER,
    LawFileError,
    Toml,
    as_number,
    as_table,
    as_text,
    citations_of,
    read_toml,
    refuse_unknown,
)
from planning.lawbook import read_brackets, read_state_death_tax

FOLDER = LAW_FOLDER / "states"
CREDIT_FILE = LAW_FOLDER / "us" / "state_death_tax.toml"
# The last year in which the whole of the table was allowed; the states froze that law.
CREDIT_YEAR = 2001
NO_TAX_FILE = "none.toml"
FILE_KEYS = frozenset(
    {
        "state", "name", "kind", "cites", "source", "exclusion_label", "exclusion_cites", "gift_tax", "cap",
        "credit_after_share", "credits_inheritance_tax", "business_subtraction", "nonresident_noncitizen_exclusion",
        "dsue", "sharing", "gifts", "indexing", "noncitizen", "point", "table", "band",
    }
)  # fmt: skip
BAND_KEYS = frozenset(
    {"from", "to", "exclusion", "credit", "table", "qdot_waived", "resident_sharing", "resident_doubt", "cites"}
)
TABLE_KEYS = frozenset({"cites", "brackets"})
DSUE_KEYS = frozenset({"limit"})
SHARING_KEYS = frozenset(
    {
        "resident",
        "nonresident",
        "resident_words",
        "nonresident_words",
        "places",
        "with_gifts",
        "nonresident_doubt",
        "cites",
    }
)
GIFT_KEYS = frozenset({"use", "years", "since", "deaths_before", "while_resident", "status", "cites"})
INDEXING_KEYS = frozenset({"what", "step", "direction", "cites"})
NONCITIZEN_KEYS = frozenset({"election_place", "default", "cites"})
POINT_KEYS = frozenset({"answer", "status", "why", "cites"})
NONE_KEYS = frozenset({"from", "to", "cites", "source", "states"})
NONCITIZEN_POINTS = frozenset({"applies_2056d", "state_only_qdot", "qdot_distribution_tax"})


@cache
def official_state_book() -> StateBook:
    """Return the estate taxes of the files, with the inheritance taxes."""
    return read_state_book(FOLDER, inheritance_book())


def read_state_book(folder: Path, inheritance: InheritanceBook) -> StateBook:
    """Read every file of `folder`; raises `LawFileError` for the first fault found."""
    files = sorted(file for file in folder.glob("*.toml") if file.name != NO_TAX_FILE)
    if not files:
        raise LawFileError(folder, "", "no state found; expected files such as ny.toml")
    none_file = folder / NO_TAX_FILE
    without, first, last = _read_without(none_file)
    laws: dict[str, tuple[StateLaw, ...]] = {}
    for file in files:
        bands = read_state(file)
        code = bands[0].code
        if code in without:
            raise LawFileError(none_file, f"states.{code}", f"has an estate tax in {file.name}; expected in one")
        if bands[0].first_day > first or bands[-1].last_day != last:
            fault = f"goes from {bands[0].first_day} to {bands[-1].last_day}; expected {first} to {last}"
            raise LawFileError(file, "band", fault)
        laws[code] = bands
    return StateBook(laws, without, first, last, inheritance)


def read_state(file: Path) -> tuple[StateLaw, ...]:
    """Read the estate tax of one state: a law for each band of dates, without a gap between them."""
    content = read_toml(file)
    refuse_unknown(file, "", content, FILE_KEYS)
    code = as_text(file, "state", content.get("state"))
    if file.stem != code.lower():
        raise LawFileError(file, "state", f"is {code!r}; expected the code in the file's name")
    as_text(file, "source", content.get("source"))
    tables = {
        name: _table(file, f"table.{name}", entry)
        for name, entry in as_table(file, "table", content.get("table", {})).items()
    }
    rows = content.get("band")
    if not isinstance(rows, list) or not rows:
        raise LawFileError(file, "band", "is missing; expected [[band]] with its days")
    bands = tuple(_band(file, f"band[{at}]", as_table(file, f"band[{at}]", row), content, tables)
                  for at, row in enumerate(rows))  # fmt: skip
    for earlier, later in pairwise(bands):
        if (later.first_day - earlier.last_day).days != 1:
            fault = f"begins on {later.first_day}; expected the day after {earlier.last_day}"
            raise LawFileError(file, "band", fault)
    return bands


def _band(file: Path, key: str, row: Toml, content: Toml, tables: Mapping[str, RateTable]) -> StateLaw:
    refuse_unknown(file, key, row, BAND_KEYS)
    first, last = _day(file, f"{key}.from", row.get("from")), _day(file, f"{key}.to", row.get("to"))
    if last < first:
        raise LawFileError(file, f"{key}.to", f"is {last}; expected a day not before {first}")
    federal = read_state_death_tax(CREDIT_FILE).credits[CREDIT_YEAR]
    table = federal.table
    if "table" in row:
        name = _word(file, f"{key}.table", row["table"], tuple(tables))
        table = tables[name]
    sharing = _sharing(file, content)
    if "resident_sharing" in row:
        resident = cast(Sharing, _word(file, f"{key}.resident_sharing", row["resident_sharing"], get_args(Sharing)))
        sharing = replace(sharing, resident=resident)
    if "resident_doubt" in row:
        sharing = replace(sharing, resident_doubt=_point(file, f"{key}.resident_doubt", row["resident_doubt"]))
    dsue = content.get("dsue")
    if dsue is not None:
        refuse_unknown(file, "dsue", as_table(file, "dsue", dsue), DSUE_KEYS)
    points = {
        name: _point(file, f"point.{name}", entry)
        for name, entry in as_table(file, "point", content.get("point")).items()
    }
    for name in NONCITIZEN_POINTS | {"state_qtip"}:
        if name not in points:
            raise LawFileError(file, f"point.{name}", "is missing; expected an answer with its status")
    exclusion_cites = _cites(file, "exclusion_cites", content.get("exclusion_cites"))
    if "cites" in row:
        exclusion_cites = (*exclusion_cites, *_cites(file, f"{key}.cites", row["cites"]))
    return StateLaw(
        code=as_text(file, "state", content.get("state")),
        name=as_text(file, "name", content.get("name")),
        kind=cast(Kind, _word(file, "kind", content.get("kind"), get_args(Kind))),
        first_day=first,
        last_day=last,
        exclusion=as_number(file, f"{key}.exclusion", row.get("exclusion")),
        exclusion_label=as_text(file, "exclusion_label", content.get("exclusion_label")),
        table=table,
        credit_table=federal.table,
        base_reduction=federal.base_reduction,
        credit=as_number(file, f"{key}.credit", row.get("credit", 0)),
        credit_after_share=_flag(file, "credit_after_share", content),
        credits_inheritance_tax=_flag(file, "credits_inheritance_tax", content),
        cap=_number_or_none(file, "cap", content),
        portable=dsue is not None,
        dsue_limit=None if dsue is None else _number_or_none(file, "limit", as_table(file, "dsue", dsue)),
        business_subtraction=as_number(file, "business_subtraction", content.get("business_subtraction", 0)),
        nonresident_noncitizen_exclusion=_number_or_none(file, "nonresident_noncitizen_exclusion", content),
        has_gift_tax=_flag(file, "gift_tax", content),
        sharing=sharing,
        gifts=_gifts(file, content),
        indexing=_indexing(file, content),
        noncitizen=_noncitizen(file, content, points, waived=_flag(file, "qdot_waived", row)),
        state_qtip=points["state_qtip"],
        points={
            name: point for name, point in points.items() if name not in NONCITIZEN_POINTS and name != "state_qtip"
        },
        citations=citations_of(file, "", content),
        exclusion_citations=exclusion_cites,
    )


def _table(file: Path, key: str, entry: object) -> RateTable:
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, TABLE_KEYS)
    return RateTable(key, read_brackets(file, key, table), citations_of(file, key, table))


def _sharing(file: Path, content: Toml) -> SharingRule:
    table = as_table(file, "sharing", content.get("sharing"))
    refuse_unknown(file, "sharing", table, SHARING_KEYS)
    places = _number_or_none(file, "places", table)
    return SharingRule(
        resident=cast(Sharing, _word(file, "sharing.resident", table.get("resident"), get_args(Sharing))),
        nonresident=cast(Sharing, _word(file, "sharing.nonresident", table.get("nonresident"), get_args(Sharing))),
        resident_words=as_text(file, "sharing.resident_words", table.get("resident_words")),
        nonresident_words=as_text(file, "sharing.nonresident_words", table.get("nonresident_words")),
        places=None if places is None else int(places),
        with_gifts=_flag(file, "with_gifts", table),
        resident_doubt=None,
        nonresident_doubt=_point(file, "sharing.nonresident_doubt", table["nonresident_doubt"])
        if "nonresident_doubt" in table
        else None,
        citations=citations_of(file, "sharing", table),
    )


def _gifts(file: Path, content: Toml) -> GiftRule:
    table = as_table(file, "gifts", content.get("gifts"))
    refuse_unknown(file, "gifts", table, GIFT_KEYS)
    years = _number_or_none(file, "years", table)
    return GiftRule(
        use=cast(GiftUse, _word(file, "gifts.use", table.get("use"), get_args(GiftUse))),
        years=None if years is None else int(years),
        since=_day(file, "gifts.since", table["since"]) if "since" in table else None,
        deaths_before=_day(file, "gifts.deaths_before", table["deaths_before"]) if "deaths_before" in table else None,
        while_resident=_flag(file, "while_resident", table),
        status=cast(Verified, _word(file, "gifts.status", table.get("status"), get_args(Verified))),
        citations=citations_of(file, "gifts", table),
    )


def _indexing(file: Path, content: Toml) -> Indexing | None:
    if "indexing" not in content:
        return None
    table = as_table(file, "indexing", content["indexing"])
    refuse_unknown(file, "indexing", table, INDEXING_KEYS)
    step = as_number(file, "indexing.step", table.get("step"))
    if step == 0:
        raise LawFileError(file, "indexing.step", "is 0; expected the step that the amount is rounded to")
    return Indexing(
        what=cast(Indexed, _word(file, "indexing.what", table.get("what"), get_args(Indexed))),
        step=step,
        direction=cast(Direction, _word(file, "indexing.direction", table.get("direction"), get_args(Direction))),
        citations=citations_of(file, "indexing", table),
    )


def _noncitizen(file: Path, content: Toml, points: Mapping[str, Point], *, waived: bool) -> NoncitizenRule:
    table = as_table(file, "noncitizen", content.get("noncitizen"))
    refuse_unknown(file, "noncitizen", table, NONCITIZEN_KEYS)
    return NoncitizenRule(
        applies_2056d=points["applies_2056d"],
        state_only_qdot=points["state_only_qdot"],
        election_place=as_text(file, "noncitizen.election_place", table.get("election_place")),
        qdot_distribution_tax=points["qdot_distribution_tax"],
        default=as_text(file, "noncitizen.default", table.get("default")),
        qdot_waived=waived,
        citations=citations_of(file, "noncitizen", table),
    )


def _point(file: Path, key: str, entry: object) -> Point:
    table = as_table(file, key, entry)
    refuse_unknown(file, key, table, POINT_KEYS)
    return Point(
        answer=cast(Answer, _word(file, f"{key}.answer", table.get("answer"), get_args(Answer))),
        status=cast(Verified, _word(file, f"{key}.status", table.get("status"), get_args(Verified))),
        why=as_text(file, f"{key}.why", table.get("why")),
        citations=citations_of(file, key, table),
    )


def _read_without(file: Path) -> tuple[dict[str, str], date, date]:
    content = read_toml(file)
    refuse_unknown(file, "", content, NONE_KEYS)
    citations_of(file, "", content)
    as_text(file, "source", content.get("source"))
    states = {
        code: as_text(file, f"states.{code}", why)
        for code, why in as_table(file, "states", content.get("states")).items()
    }
    return states, _day(file, "from", content.get("from")), _day(file, "to", content.get("to"))


def _word(file: Path, key: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise LawFileError(file, key, f"is {value!r}; expected one of {', '.join(known)}")
    return value


def _day(file: Path, key: str, value: object) -> date:
    if not isinstance(value, date):
        raise LawFileError(file, key, f"is {value!r}; expected a date such as 2025-07-01")
    return value


def _flag(file: Path, key: str, table: Toml) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise LawFileError(file, key, f"is {value!r}; expected true or false")
    return value


def _cites(file: Path, key: str, value: object) -> tuple[str, ...]:
    return citations_of(file, key, {"cites": value})


def _number_or_none(file: Path, key: str, table: Toml) -> Decimal | None:
    return as_number(file, key, table[key]) if key in table else None
