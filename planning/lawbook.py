"""Reads the amounts and rate tables of the law files into values the engine can use.

Law files of other kinds have readers of their own, such as `planning/state_law.py`.
A fault in a file stops the start with the file, the key, what is wrong and what
is expected. How to add a year: docs/law.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from planning.engine.law import (
    BASIC_EXCLUSION_AMOUNT,
    GIFT_BASIC_EXCLUSION_AMOUNT,
    Law,
    LawAmount,
    LawBook,
    RateBracket,
    RateTable,
    Rounding,
    StateDeathTaxCredit,
    Status,
)
from planning.engine.mortality import LifeTable
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

# The last official year and the edition of the files; raise the edition with every change of an amount.
VERSION = "2026.3"

REQUIRED_IN_EVERY_YEAR = ("basic_exclusion_amount", "annual_exclusion", "noncitizen_spouse_annual_exclusion")
GIFT_UNIFIED_CREDIT = "gift_unified_credit"
AMOUNT_KEYS = frozenset(
    {"label", "amount", "cites", "status", "note", "rounding", "rounding_step", "indexed", "unrounded"}
)
STATUTE_KEYS = AMOUNT_KEYS | {"first_year"}
TABLE_KEYS = frozenset({"label", "from", "to", "used_for", "cites", "brackets"})
USES = ("estate", "nonresident_estate", "gift")
CREDIT_KEYS = frozenset({"label", "cites", "base_reduction", "brackets", "allowed"})
ALLOWED_KEYS = frozenset({"from", "to", "percent"})
DEDUCTION_KEYS = frozenset({"label", "from", "cites"})
BRACKET_KEYS = frozenset({"over", "base_tax", "rate"})
LIFE_TABLE_KEYS = frozenset({"name", "year", "citation", "source", "female", "male"})


@dataclass(frozen=True, slots=True)
class Era:
    """A rate table with what it is used for and the days it holds for; `last` is None while it is in force."""

    table: RateTable
    used_for: tuple[str, ...]
    first: date
    last: date | None

    def holds_throughout(self, year: int) -> bool:
        """Return whether the table is the law of every day of `year`."""
        return self.first <= date(year, 1, 1) and (self.last is None or date(year, 12, 31) <= self.last)


@dataclass(frozen=True, slots=True)
class StateDeathTax:
    """How state death tax counts by the year of the death: credited in some years, deducted from one on."""

    credits: Mapping[int, StateDeathTaxCredit]
    deducted_from: int


@dataclass(frozen=True, slots=True)
class FixedAmount:
    """An amount of the statute, with the first year it holds for."""

    amount: LawAmount
    first_year: int


@cache
def official_lawbook() -> LawBook:
    """Return the federal law of the files, the projected years included and marked as such.

    Its fingerprint is that of all law on file, states and treaties included: a plan counts them too.
    """
    return replace(read_lawbook(LAW_FOLDER / "us"), fingerprint=fingerprint(sorted(LAW_FOLDER.rglob("*.toml"))))


@cache
def life_table() -> LifeTable:
    """Return the period life table from which expectancies are taken."""
    return read_life_table(LAW_FOLDER / "ssa_period_2023.toml")


def read_lawbook(folder: Path) -> LawBook:
    """Read every year file of `folder`, with `statute.toml` and `rate_tables.toml`.

    Raises `LawFileError` for the first fault found.
    """
    year_files = sorted(folder.glob("[0-9][0-9][0-9][0-9].toml"))
    if not year_files:
        raise LawFileError(folder, "", "no year files found; expected files such as 2026.toml")
    statute_file, tables_file = folder / "statute.toml", folder / "rate_tables.toml"
    state_file, gifts_file = folder / "state_death_tax.toml", folder / "gifts_1977_1987.toml"
    eras = read_rate_tables(tables_file)
    fixed = read_statute(statute_file)
    state = read_state_death_tax(state_file)
    years = {law.year: law for law in (read_year(file, eras, fixed, state) for file in year_files)}
    gift_years = read_gift_years(gifts_file, eras)
    every = sorted([*gift_years, *years])
    for earlier, later in pairwise(every):
        if later != earlier + 1:
            raise LawFileError(folder, "", f"no file for {earlier + 1}; expected every year from {min(years)} on")
    files = [*year_files, statute_file, tables_file, state_file, gifts_file]
    return LawBook(years, gift_years, VERSION, fingerprint(files))


def fingerprint(files: Iterable[Path]) -> str:
    """Return the sha256 over names and contents of `files`, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def read_year(file: Path, eras: Sequence[Era], fixed: Mapping[str, FixedAmount], state: StateDeathTax) -> Law:
    """Read one year file; `fixed` are the amounts that hold for every year, `state` how state death tax counts."""
    content = dict(read_toml(file))
    year = content.pop("year", None)
    if not isinstance(year, int) or str(year) != file.stem:
        raise LawFileError(file, "year", f"is {year!r}; expected {file.stem}, the year in the file's name")
    status = _status(file, "status", content.pop("status", None))
    amounts: dict[str, LawAmount] = {}
    for name, entry in content.items():
        if name in fixed and fixed[name].first_year <= year:
            raise LawFileError(file, name, "stands in statute.toml too; expected in one of the two")
        amount = _amount(file, name, entry, year)
        if status == "projected" and amount.status == "official":
            note = 'is official in a projected year; expected status = "official" at the top, or a projected row'
            raise LawFileError(file, f"{name}.status", note)
        if status == "official" and amount.status == "projected":
            raise LawFileError(file, f"{name}.status", 'is projected in an official year; expected "official"')
        amounts[name] = amount
    for name in REQUIRED_IN_EVERY_YEAR:
        if name not in amounts:
            raise LawFileError(file, name, "is missing; expected a table of this name in every year")
    if GIFT_BASIC_EXCLUSION_AMOUNT not in amounts:
        amounts[GIFT_BASIC_EXCLUSION_AMOUNT] = _same_for_gifts(amounts[BASIC_EXCLUSION_AMOUNT])
    for name, of_statute in fixed.items():
        if of_statute.first_year <= year:
            amounts[name] = _fixed_in(of_statute.amount, year, status)
    estate, nonresident, gift = (_table_of(file, eras, use, year) for use in USES)
    return Law(
        year=year,
        amounts=amounts,
        rate_table=estate,
        nonresident_rate_table=nonresident,
        gift_rate_table=gift,
        state_death_tax_credit=state.credits.get(year),
        state_death_tax_deducted=year >= state.deducted_from,
        status=status,
    )


def read_gift_years(file: Path, eras: Sequence[Era]) -> dict[int, Law]:
    """Read the law of gifts of the years before the year files: exclusions, credit and rates, no estate tax."""
    years: dict[int, Law] = {}
    for name, entry in read_toml(file).items():
        if not name.isdecimal():
            raise LawFileError(file, name, "is not a year; expected tables such as [1977.annual_exclusion]")
        year = int(name)
        amounts = {
            key: replace(_amount(file, f"{year}.{key}", item, year), name=key)
            for key, item in as_table(file, name, entry).items()
        }
        table = _table_of(file, eras, "gift", year)
        if GIFT_BASIC_EXCLUSION_AMOUNT not in amounts:
            if GIFT_UNIFIED_CREDIT not in amounts:
                fault = f"has neither {GIFT_BASIC_EXCLUSION_AMOUNT} nor {GIFT_UNIFIED_CREDIT}; expected one of the two"
                raise LawFileError(file, name, fault)
            credit = amounts[GIFT_UNIFIED_CREDIT]
            amounts[GIFT_BASIC_EXCLUSION_AMOUNT] = replace(
                credit,
                name=GIFT_BASIC_EXCLUSION_AMOUNT,
                label="Exclusion amount for taxable gifts",
                amount=table.amount_taxed_at(credit.amount),
                note="the property that the unified credit covers",
            )
        years[year] = Law(
            year=year,
            amounts=amounts,
            rate_table=table,
            nonresident_rate_table=table,
            gift_rate_table=table,
            state_death_tax_credit=None,
            state_death_tax_deducted=False,
        )
    return years


def read_statute(file: Path) -> dict[str, FixedAmount]:
    """Read the amounts that are the same in every year, from their first one on."""
    fixed: dict[str, FixedAmount] = {}
    for name, entry in read_toml(file).items():
        table = dict(as_table(file, name, entry))
        refuse_unknown(file, name, table, STATUTE_KEYS)
        first_year = table.pop("first_year", 0)
        if isinstance(first_year, bool) or not isinstance(first_year, int):
            raise LawFileError(file, f"{name}.first_year", f"is {first_year!r}; expected a year")
        amount = replace(_amount(file, name, table, year=0), every_year=True)
        fixed[name] = FixedAmount(amount, first_year)
    return fixed


def read_state_death_tax(file: Path) -> StateDeathTax:
    """Read how state death tax counts: the credit of IRC 2011(b) by year, and the first year of the deduction."""
    content = read_toml(file)
    refuse_unknown(file, "", content, frozenset({"credit", "deduction"}))
    credit = as_table(file, "credit", content.get("credit"))
    refuse_unknown(file, "credit", credit, CREDIT_KEYS)
    table = RateTable(
        "state_death_tax_credit", read_brackets(file, "credit", credit), citations_of(file, "credit", credit)
    )
    reduction = as_number(file, "credit.base_reduction", credit.get("base_reduction"))
    allowed = credit.get("allowed")
    if not isinstance(allowed, list) or not allowed:
        raise LawFileError(file, "credit.allowed", "is missing or empty; expected a list of years with a percent")
    credits_: dict[int, StateDeathTaxCredit] = {}
    for index, entry in enumerate(allowed):
        key = f"credit.allowed[{index}]"
        row = as_table(file, key, entry)
        refuse_unknown(file, key, row, ALLOWED_KEYS)
        first, last = (_year(file, f"{key}.{part}", row.get(part)) for part in ("from", "to"))
        percent = as_number(file, f"{key}.percent", row.get("percent"))
        of_years = StateDeathTaxCredit(table, reduction, percent, table.citations)
        credits_ |= dict.fromkeys(range(first, last + 1), of_years)
    deduction = as_table(file, "deduction", content.get("deduction"))
    refuse_unknown(file, "deduction", deduction, DEDUCTION_KEYS)
    return StateDeathTax(credits_, _year(file, "deduction.from", deduction.get("from")))


def read_rate_tables(file: Path) -> list[Era]:
    """Read the rate schedules of IRC 2001(c) and 2502 and check that each is continuous."""
    eras: list[Era] = []
    for name, entry in read_toml(file).items():
        table = as_table(file, name, entry)
        refuse_unknown(file, name, table, TABLE_KEYS)
        first, last = table.get("from"), table.get("to")
        if not isinstance(first, date):
            raise LawFileError(file, f"{name}.from", f"is {first!r}; expected a date such as 2013-01-01")
        if last is not None and (not isinstance(last, date) or last < first):
            raise LawFileError(file, f"{name}.to", f"is {last!r}; expected a date not before `from`, or no `to` at all")
        used_for = table.get("used_for")
        if not isinstance(used_for, list) or not used_for or not set(used_for) <= set(USES):
            fault = f"is {used_for!r}; expected a list of {', '.join(USES)}"
            raise LawFileError(file, f"{name}.used_for", fault)
        rates = RateTable(name, read_brackets(file, name, table), citations_of(file, name, table))
        eras.append(Era(rates, tuple(used_for), first, last))
    return eras


def read_life_table(file: Path) -> LifeTable:
    """Read a period life table: yearly probabilities of death by sex, from age 0."""
    content = read_toml(file)
    refuse_unknown(file, "", content, LIFE_TABLE_KEYS)
    rates = {sex: tuple(_probabilities(file, sex, content.get(sex))) for sex in ("female", "male")}
    if len(rates["female"]) != len(rates["male"]):
        raise LawFileError(
            file, "male", f"has {len(rates['male'])} ages; expected {len(rates['female'])} as for female"
        )
    return LifeTable(
        as_text(file, "name", content.get("name")),
        as_text(file, "citation", content.get("citation")),
        {"female": rates["female"], "male": rates["male"]},
    )


def _amount(file: Path, name: str, entry: object, year: int) -> LawAmount:
    table = as_table(file, name, entry)
    refuse_unknown(file, name, table, AMOUNT_KEYS)
    rounding = table.get("rounding", "none")
    if rounding not in get_args(Rounding):
        raise LawFileError(file, f"{name}.rounding", f"is {rounding!r}; expected nearest, down or none")
    indexed = table.get("indexed", False)
    if not isinstance(indexed, bool):
        raise LawFileError(file, f"{name}.indexed", f"is {indexed!r}; expected true or false")
    unrounded = table.get("unrounded")
    note = table.get("note", "")
    status = _status(file, f"{name}.status", table.get("status"))
    if status == "projected" and not note:
        raise LawFileError(file, f"{name}.note", "is missing; expected a note that says how the amount was projected")
    return LawAmount(
        name=name,
        label=as_text(file, f"{name}.label", table.get("label")),
        year=year,
        amount=as_number(file, f"{name}.amount", table.get("amount")),
        citations=citations_of(file, name, table),
        status=status,
        note="" if not note else as_text(file, f"{name}.note", note),
        rounding=cast(Rounding, rounding),
        rounding_step=_step(file, name, table.get("rounding_step", 1)),
        indexed=indexed,
        unrounded=None if unrounded is None else as_number(file, f"{name}.unrounded", unrounded),
    )


def _fixed_in(amount: LawAmount, year: int, status: Status) -> LawAmount:
    note = f"{amount.note}; no yearly change foreseen".lstrip("; ") if status == "projected" else amount.note
    return replace(amount, year=year, status=status, note=note)


def _same_for_gifts(basic: LawAmount) -> LawAmount:
    """Return the exclusion for gifts where it is the one for estates. IRC 2505(a)(1)."""
    return replace(
        basic,
        name=GIFT_BASIC_EXCLUSION_AMOUNT,
        label="Exclusion amount for taxable gifts",
        citations=("IRC 2505(a)(1)", *basic.citations),
    )


def _table_of(file: Path, eras: Iterable[Era], use: str, year: int) -> RateTable:
    holding = [era.table for era in eras if use in era.used_for and era.holds_throughout(year)]
    if len(holding) != 1:
        fault = f"{len(holding)} rate tables hold for the whole of {year} ({use}); expected one in rate_tables.toml"
        raise LawFileError(file, "", fault)
    return holding[0]


def _year(file: Path, key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise LawFileError(file, key, f"is {value!r}; expected a year")
    return value


def _status(file: Path, key: str, value: object) -> Status:
    if value not in {"official", "projected"}:
        raise LawFileError(file, key, f"is {value!r}; expected official or projected")
    return value


def _step(file: Path, name: str, value: object) -> Decimal:
    step = as_number(file, f"{name}.rounding_step", value)
    if step == 0:
        raise LawFileError(file, f"{name}.rounding_step", "is 0; expected a step above zero")
    return step


def read_brackets(file: Path, name: str, table: Toml) -> tuple[RateBracket, ...]:
    """Return the rows, after checking that each base tax is the tax on everything below it."""
    rows = table.get("brackets")
    if not isinstance(rows, list) or not rows:
        raise LawFileError(file, f"{name}.brackets", "is missing or empty; expected a list of rows")
    brackets: list[RateBracket] = []
    for index, entry in enumerate(rows):
        key = f"{name}.brackets[{index}]"
        row = as_table(file, key, entry)
        refuse_unknown(file, key, row, BRACKET_KEYS)
        over, base_tax, rate = (
            as_number(file, f"{key}.{part}", row.get(part)) for part in ("over", "base_tax", "rate")
        )
        expected = Decimal(0)
        if brackets:
            below = brackets[-1]
            expected = below.base_tax + below.rate * (over - below.over) / 100
            if over <= below.over:
                raise LawFileError(file, f"{key}.over", f"is {over}; expected more than {below.over}, the row before")
        elif over:
            raise LawFileError(file, f"{key}.over", f"is {over}; expected 0 in the first row")
        if base_tax != expected:
            fault = f"is {base_tax}; expected {expected.normalize():f}, the tax on everything below {over}"
            raise LawFileError(file, f"{key}.base_tax", fault)
        brackets.append(RateBracket(over, base_tax, rate))
    return tuple(brackets)


def _probabilities(file: Path, sex: str, values: object) -> Iterable[Decimal]:
    if not isinstance(values, list) or not values:
        raise LawFileError(file, sex, "is missing or empty; expected one probability for each age from 0")
    for age, value in enumerate(values):
        rate = as_number(file, f"{sex}[{age}]", value)
        if rate > 1:
            raise LawFileError(file, f"{sex}[{age}]", f"is {rate}; expected a probability from 0 to 1")
        yield rate
