"""What if Congress changed the basic exclusion? The same law with that one amount multiplied, IRC 2010(c)(3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from planning.engine.law import BASIC_EXCLUSION_AMOUNT, GIFT_BASIC_EXCLUSION_AMOUNT, Law, LawAmount, LawBook


def changed_amount(amount: LawAmount, factor: Decimal) -> LawAmount:
    """Return `amount` times `factor`, rounded to the statute's step, and its level before rounding times `factor`."""
    steps = (amount.amount * factor / amount.rounding_step).quantize(Decimal(1), ROUND_HALF_UP)
    return replace(
        amount,
        amount=steps * amount.rounding_step,
        unrounded=(amount.unrounded or amount.amount) * factor,
        status="projected",
        note="changed to see what a change of law would do",
    )


def exclusions_of_year(book: LawBook, year: int, factors: Sequence[Decimal], indexing: Decimal) -> list[Decimal]:
    """Return the basic exclusion of `year` (USD) under `lawbook_with_exclusion` for each factor, without the books."""
    last = max(book.years)
    row = book.years[min(year, last)][BASIC_EXCLUSION_AMOUNT]
    level = row.amount
    if year > last:
        level = (row.unrounded or row.amount) * (1 + indexing / 100) ** (year - last)
    step = row.rounding_step
    return [(level * factor / step).quantize(Decimal(1), ROUND_HALF_UP) * step for factor in factors]


def lawbook_with_exclusion(book: LawBook, factor: Decimal) -> LawBook:
    """Return the book with the basic exclusion of every year, for estates and gifts, times `factor`."""

    def changed(law: Law) -> Law:
        amounts = dict(law.amounts)
        for name in (BASIC_EXCLUSION_AMOUNT, GIFT_BASIC_EXCLUSION_AMOUNT):
            amounts[name] = changed_amount(law[name], factor)
        return replace(law, amounts=amounts)

    years = {year: changed(law) for year, law in book.years.items()}
    return LawBook(years, book.gift_years, book.version, book.fingerprint)
