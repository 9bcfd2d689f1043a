"""What the law pages say: the law files by year, with authority and status."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.engine.law import Law, LawAmount
from planning.law_reference import applicable_credit
from planning.lawbook import VERSION, official_lawbook
from planning.plan_page import status_words

SHOWN_IN_LIST = ("basic_exclusion_amount", "annual_exclusion", "noncitizen_spouse_annual_exclusion")


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in the list."""

    year: int
    status: str
    is_projected: bool
    amounts: list[Decimal]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount of a year; `name` is its anchor."""

    name: str
    label: str
    amount: Decimal
    status: str
    is_projected: bool
    citations: str
    note: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything on file for a year."""

    year: int
    version: str
    status: str
    is_projected: bool
    moving: list[AmountRow]
    fixed: list[AmountRow]
    credit: Decimal
    rates_name: str
    rates_citations: str
    rates: list[tuple[Decimal, Decimal, Decimal]]
    earlier: int | None
    later: int | None


def law_years() -> list[YearRow]:
    """Return every year on file, newest first."""
    years = official_lawbook().years
    return [
        YearRow(
            law.year,
            status_words(law.status),
            law.status == "projected",
            [law.amounts[name].amount for name in SHOWN_IN_LIST],
        )
        for law in (years[year] for year in sorted(years, reverse=True))
    ]


def year_page(year: int) -> YearPage | None:
    """Return the page of a year; None where no law is on file for it."""
    years = official_lawbook().years
    law = years.get(year)
    if law is None:
        return None
    table = law.rate_table
    return YearPage(
        year=year,
        version=VERSION,
        status=status_words(law.status),
        is_projected=law.status == "projected",
        moving=_rows(law, every_year=False),
        fixed=_rows(law, every_year=True),
        credit=applicable_credit(law),
        rates_name=_("Rates: %(name)s") % {"name": table.name},
        rates_citations=", ".join(table.citations),
        rates=[(bracket.over, bracket.base_tax, bracket.rate) for bracket in table.brackets],
        earlier=year - 1 if year - 1 in years else None,
        later=year + 1 if year + 1 in years else None,
    )


def _rows(law: Law, *, every_year: bool) -> list[AmountRow]:
    return [_row(amount) for amount in law.amounts.values() if amount.every_year == every_year]


def _row(amount: LawAmount) -> AmountRow:
    return AmountRow(
        amount.name,
        amount.label,
        amount.amount,
        status_words(amount.status),
        amount.status == "projected",
        ", ".join(amount.citations),
        amount.note,
    )
