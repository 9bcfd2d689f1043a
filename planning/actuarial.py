"""Reads mortality tables and section 7520 rates from `planning/law/section_7520` into values the engine can use.

A fault in a file stops the start with the file, the key, what is wrong and what
is expected.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from planning.engine.actuarial import ActuarialBook, Month, MonthlyRate, MortalityTable
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

FOLDER = LAW_FOLDER / "section_7520"
TABLE_KEYS = frozenset({"name", "status", "from", "to", "electable_from", "electable_to", "cites", "source", "alive"})
MONTH_KEYS = frozenset({"rate", "ruling"})
# Every table of the regulations counts from birth to age 110, which nobody reaches.
AGES = 111
MONTHS_OF_YEAR = 12
# Rates are printed in steps of two tenths of a percent (IRC 7520(a)(2)).
RATE_STEP = Decimal("0.2")


@cache
def actuarial_book() -> ActuarialBook:
    """Return the tables and rates of the files."""
    return read_actuarial_book(FOLDER)


def read_actuarial_book(folder: Path) -> ActuarialBook:
    """Read every `mortality_*.toml` and `rates.toml` of `folder`; raises `LawFileError` for the first fault found."""
    files = sorted(folder.glob("mortality_*.toml"))
    if not files:
        raise LawFileError(folder, "", "no mortality tables found; expected files such as mortality_2010CM.toml")
    tables = sorted((read_mortality_table(file) for file in files), key=lambda table: table.first, reverse=True)
    for newer, older in pairwise(tables):
        if older.last is None or (newer.first - older.last).days != 1:
            fault = f"table {older.name} ends on {older.last}; expected the day before {newer.name} begins"
            raise LawFileError(folder, "", fault)
    if tables[0].last is not None:
        raise LawFileError(folder, "", f"the newest table {tables[0].name} has an end; expected none")
    return ActuarialBook(tuple(tables), read_rates(folder / "rates.toml"))


def read_mortality_table(file: Path) -> MortalityTable:
    """Read one table: the number alive at each age, with the days it holds for."""
    content = read_toml(file)
    refuse_unknown(file, "", content, TABLE_KEYS)
    name = as_text(file, "name", content.get("name"))
    if file.stem != f"mortality_{name}":
        raise LawFileError(file, "name", f"is {name!r}; expected the name in the file's name")
    status = content.get("status")
    if status not in {"verified", "unverified"}:
        raise LawFileError(file, "status", f"is {status!r}; expected verified or unverified")
    first = _day(file, "from", content)
    if first is None:
        raise LawFileError(file, "from", "is missing; expected a date such as 2023-06-01")
    last = _day(file, "to", content)
    return MortalityTable(
        name=name,
        alive=_alive(file, content.get("alive")),
        first=first,
        last=last,
        electable_from=_day(file, "electable_from", content) or first,
        electable_to=_day(file, "electable_to", content) or last,
        citations=citations_of(file, "", content),
        verified=status == "verified",
        source=as_text(file, "source", content.get("source")),
    )


def read_rates(file: Path) -> dict[Month, MonthlyRate]:
    """Read the rates by month: a table for each year, a line for each month, no month left out.

    A month before `unverified_before` counts as official only with its own ruling.
    """
    content = dict(read_toml(file))
    cites = citations_of(file, "", content)
    unverified_before = _day(file, "unverified_before", content) or date.min
    rates: dict[Month, MonthlyRate] = {}
    for key, entry in content.items():
        if key in {"cites", "unverified_before"}:
            continue
        if not key.isdigit():
            raise LawFileError(file, key, "is not a year; expected tables such as [2026]")
        for month, row in as_table(file, key, entry).items():
            rate = _rate(file, f"{key}.{month}", int(key), month, row, cites)
            if date(rate.year, rate.month, 1) < unverified_before and rate.citations == cites:
                rate = MonthlyRate(rate.year, rate.month, rate.rate, rate.citations, "unverified")
            rates[rate.year, rate.month] = rate
    if not rates:
        raise LawFileError(file, "", "holds no rate; expected a table for each year such as [2026]")
    at = min(rates)
    while at < max(rates):
        at = (at[0] + 1, 1) if at[1] == MONTHS_OF_YEAR else (at[0], at[1] + 1)
        if at not in rates:
            raise LawFileError(file, f"{at[0]}.{at[1]:02}", "is missing; expected every month in between")
    return rates


def _rate(file: Path, key: str, year: int, month: str, row: object, cites: tuple[str, ...]) -> MonthlyRate:
    if not month.isdigit() or not 1 <= int(month) <= MONTHS_OF_YEAR:
        raise LawFileError(file, key, "is not a month; expected 01 to 12")
    table = as_table(file, key, row)
    refuse_unknown(file, key, table, MONTH_KEYS)
    rate = as_number(file, f"{key}.rate", table.get("rate"))
    if rate == 0 or rate % RATE_STEP:
        raise LawFileError(file, f"{key}.rate", f"is {rate}; expected a rate above zero in steps of {RATE_STEP}")
    ruling = table.get("ruling")
    if ruling is not None:
        cites = (*cites, as_text(file, f"{key}.ruling", ruling))
    return MonthlyRate(year, int(month), rate, cites)


def _alive(file: Path, values: object) -> tuple[Decimal, ...]:
    if not isinstance(values, list) or len(values) != AGES:
        found = len(values) if isinstance(values, list) else "none"
        raise LawFileError(file, "alive", f"has {found} ages; expected {AGES}, from birth to 110")
    alive = tuple(as_number(file, f"alive[{age}]", value) for age, value in enumerate(values))
    for age, (now, later) in enumerate(pairwise(alive)):
        if later >= now:
            raise LawFileError(file, f"alive[{age + 1}]", f"is {later}; expected fewer than {now}, the age before")
    if alive[-1]:
        raise LawFileError(file, f"alive[{AGES - 1}]", f"is {alive[-1]}; expected 0 at the last age")
    return alive


def _day(file: Path, key: str, content: Toml) -> date | None:
    value = content.get(key)
    if value is not None and not isinstance(value, date):
        raise LawFileError(file, key, f"is {value!r}; expected a date such as 2023-06-01")
    return value
