"""Reads the inheritance taxes of states from `planning/law/inheritance` into values the engine can use.

A fault in a file stops the start with the file, the key, what is wrong and what
is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast, get_args

from planning.engine.inheritance_law import (
    Exempting,
    GiftsTakenBack,
    HeirClass,
    InheritanceBook,
    InheritanceLaw,
    LifeInsurance,
    OpenPoint,
    Relationship,
    SpouseTrust,
    Verified,
    YoungHeirs,
)
from planning.engine.law import RateBracket, RateTable
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

FOLDER = LAW_FOLDER / "inheritance"
FILE_KEYS = frozenset(
    {
        *("state", "name", "from", "to", "cites", "source", "spouse", "class", "young", "gifts"),
        *("insurance", "federal_tax", "asks", "open"),
    }
)
SPOUSE_KEYS = frozenset({"cites", "trust", "trust_cites"})
CLASS_KEYS = frozenset(
    {"relationships", "others", "exempting", "exempt_amount", "trifle", "not_above", "cites", "brackets"}
)
BRACKET_KEYS = frozenset({"over", "base_tax", "rate"})
YOUNG_KEYS = frozenset({"oldest", "children_of_decedent", "parents_of_decedent", "cites"})
GIFT_KEYS = frozenset({"years", "free", "cites"})
INSURANCE_KEYS = frozenset({"status", "cites"})
FEDERAL_TAX_KEYS = frozenset({"cites"})
OPEN_KEYS = frozenset({"point", "status", "question", "cites", "relationships", "from"})
RELATIONSHIPS = frozenset(get_args(Relationship))


@cache
def inheritance_book() -> InheritanceBook:
    """Return the inheritance taxes of the files."""
    return read_inheritance_book(FOLDER)


def read_inheritance_book(folder: Path) -> InheritanceBook:
    """Read every file of `folder`; raises `LawFileError` for the first fault found."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LawFileError(folder, "", "no inheritance taxes found; expected files such as pa.toml")
    return InheritanceBook(tuple(read_inheritance_law(file) for file in files))


def read_inheritance_law(file: Path) -> InheritanceLaw:
    """Read the inheritance tax of one state; a file without classes says that the tax has ended."""
    content = read_toml(file)
    refuse_unknown(file, "", content, FILE_KEYS)
    state = as_text(file, "state", content.get("state"))
    if file.stem.split("_")[0] != state.lower():
        raise LawFileError(file, "state", f"is {state!r}; expected the code in the file's name")
    as_text(file, "source", content.get("source"))
    first, last = _day(file, "from", content), _day(file, "to", content)
    if last < first:
        raise LawFileError(file, "to", f"is {last}; expected a day not before {first}")
    classes = _classes(file, content)
    spouse = as_table(file, "spouse", content.get("spouse")) if classes else {}
    refuse_unknown(file, "spouse", spouse, SPOUSE_KEYS)
    return InheritanceLaw(
        state=state,
        name=as_text(file, "name", content.get("name")),
        first=first,
        last=last,
        citations=citations_of(file, "", content),
        classes=classes,
        spouse_citations=citations_of(file, "spouse", spouse) if classes else (),
        spouse_trust=cast(SpouseTrust, _word(file, "spouse.trust", spouse.get("trust"), get_args(SpouseTrust)))
        if classes
        else "interest_only",
        spouse_trust_citations=_cites(file, "spouse.trust_cites", spouse.get("trust_cites")) if classes else (),
        young=_young(file, content),
        gifts=_gifts(file, content),
        insurance=_insurance(file, content),
        federal_tax_citations=_federal_tax(file, content),
        asks=_asks(file, content),
        open_points=_open_points(file, content, first),
    )


def _classes(file: Path, content: Toml) -> dict[str, HeirClass]:
    if "class" not in content:
        return {}
    classes = {
        name: _class(file, f"class.{name}", as_table(file, f"class.{name}", entry))
        for name, entry in as_table(file, "class", content["class"]).items()
    }
    if [found.others for found in classes.values()].count(True) != 1:
        raise LawFileError(file, "class", "expected others = true in one class, for everybody not named elsewhere")
    named = [relationship for found in classes.values() for relationship in found.relationships]
    for relationship in named:
        if named.count(relationship) > 1:
            raise LawFileError(file, "class", f"names {relationship} in two classes; expected one")
    return classes


def _class(file: Path, key: str, table: Toml) -> HeirClass:
    refuse_unknown(file, key, table, CLASS_KEYS)
    cites = citations_of(file, key, table)
    others = table.get("others", False)
    if not isinstance(others, bool):
        raise LawFileError(file, f"{key}.others", f"is {others!r}; expected true or nothing")
    return HeirClass(
        name=key.removeprefix("class."),
        relationships=_relationships(file, f"{key}.relationships", table.get("relationships")),
        others=others,
        exempting=cast(Exempting, _word(file, f"{key}.exempting", table.get("exempting"), get_args(Exempting))),
        exempt_amount=as_number(file, f"{key}.exempt_amount", table.get("exempt_amount", 0)),
        trifle=as_number(file, f"{key}.trifle", table.get("trifle", 0)),
        not_above=as_number(file, f"{key}.not_above", table.get("not_above", 0)),
        table=_rates(file, key, table["brackets"], cites) if "brackets" in table else None,
        citations=cites,
    )


def _rates(file: Path, key: str, rows: object, cites: tuple[str, ...]) -> RateTable:
    if not isinstance(rows, list) or not rows:
        raise LawFileError(file, f"{key}.brackets", "expected rows such as { over = 0, base_tax = 0, rate = 15 }")
    brackets: list[RateBracket] = []
    for index, row in enumerate(rows):
        path = f"{key}.brackets[{index}]"
        table = as_table(file, path, row)
        refuse_unknown(file, path, table, BRACKET_KEYS)
        over, base, rate = (as_number(file, f"{path}.{name}", table.get(name)) for name in ("over", "base_tax", "rate"))
        expected = Decimal(0)
        if brackets:
            before = brackets[-1]
            expected = before.base_tax + before.rate * (over - before.over) / 100
        if base != expected:
            raise LawFileError(file, f"{path}.base_tax", f"is {base}; expected {expected}, the tax of the rows before")
        brackets.append(RateBracket(over, base, rate))
    return RateTable(key, tuple(brackets), cites)


def _young(file: Path, content: Toml) -> YoungHeirs | None:
    if "young" not in content:
        return None
    table = as_table(file, "young", content["young"])
    refuse_unknown(file, "young", table, YOUNG_KEYS)
    answers: dict[str, bool] = {}
    for name in ("children_of_decedent", "parents_of_decedent"):
        value = table.get(name)
        if not isinstance(value, bool):
            raise LawFileError(file, f"young.{name}", f"is {value!r}; expected true or false")
        answers[name] = value
    oldest = int(as_number(file, "young.oldest", table.get("oldest")))
    return YoungHeirs(oldest=oldest, **answers, citations=citations_of(file, "young", table))


def _insurance(file: Path, content: Toml) -> LifeInsurance | None:
    if "insurance" not in content:
        return None
    table = as_table(file, "insurance", content["insurance"])
    refuse_unknown(file, "insurance", table, INSURANCE_KEYS)
    status = cast(Verified, _word(file, "insurance.status", table.get("status"), get_args(Verified)))
    return LifeInsurance(status, citations_of(file, "insurance", table))


def _federal_tax(file: Path, content: Toml) -> tuple[str, ...]:
    if "federal_tax" not in content:
        return ()
    table = as_table(file, "federal_tax", content["federal_tax"])
    refuse_unknown(file, "federal_tax", table, FEDERAL_TAX_KEYS)
    return citations_of(file, "federal_tax", table)


def _gifts(file: Path, content: Toml) -> GiftsTakenBack | None:
    if "gifts" not in content:
        return None
    table = as_table(file, "gifts", content["gifts"])
    refuse_unknown(file, "gifts", table, GIFT_KEYS)
    years, free = (as_number(file, f"gifts.{name}", table.get(name)) for name in ("years", "free"))
    return GiftsTakenBack(int(years), free, citations_of(file, "gifts", table))


def _asks(file: Path, content: Toml) -> Mapping[str, str]:
    asks = as_table(file, "asks", content.get("asks", {}))
    refuse_unknown(file, "asks", asks, RELATIONSHIPS)
    return {name: as_text(file, f"asks.{name}", question) for name, question in asks.items()}


def _open_points(file: Path, content: Toml, first: date) -> tuple[OpenPoint, ...]:
    points = content.get("open", [])
    if not isinstance(points, list):
        raise LawFileError(file, "open", "expected tables such as [[open]]")
    found: list[OpenPoint] = []
    for index, entry in enumerate(points):
        key = f"open[{index}]"
        table = as_table(file, key, entry)
        refuse_unknown(file, key, table, OPEN_KEYS)
        found.append(
            OpenPoint(
                point=as_text(file, f"{key}.point", table.get("point")),
                status=cast(Verified, _word(file, f"{key}.status", table.get("status"), get_args(Verified))),
                question=as_text(file, f"{key}.question", table.get("question")),
                citations=citations_of(file, key, table),
                relationships=_relationships(file, f"{key}.relationships", table.get("relationships")),
                first=_day(file, f"{key}.from", {f"{key}.from": table.get("from", first)}),
            )
        )
    return tuple(found)


def _relationships(file: Path, key: str, value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise LawFileError(file, key, f"is {value!r}; expected a list of kinships")
    for name in value:
        if name not in RELATIONSHIPS:
            raise LawFileError(file, key, f"names {name!r}; expected one of {', '.join(sorted(RELATIONSHIPS))}")
    return frozenset(value)


def _word(file: Path, key: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise LawFileError(file, key, f"is {value!r}; expected one of {', '.join(known)}")
    return value


def _cites(file: Path, key: str, value: object) -> tuple[str, ...]:
    return citations_of(file, key.removesuffix("_cites"), {"cites": value})


def _day(file: Path, key: str, content: Toml) -> date:
    value = content.get(key)
    if not isinstance(value, date):
        raise LawFileError(file, key, f"is {value!r}; expected a date such as 2026-12-31")
    return value
