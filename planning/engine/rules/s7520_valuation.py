"""IRC 7520: what an annuity, an income interest or a remainder is worth, from the month's rate and a mortality table.

Factors are those of the tables the IRS publishes: S (one life), B (a number of
years), K and J (payments more often than yearly). They are worked out from the
mortality table and the rate with 40 digits and rounded half up once, to the
decimals that are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from planning.engine.actuarial import ActuarialBook, MonthlyRate, MortalityTable
from planning.engine.law import LawNotKnownError
from planning.engine.rules.s7503_due_dates import add_months

DIGITS = 40
LIFE_DECIMALS, TERM_DECIMALS, ANNUITY_DECIMALS = Decimal("0.00001"), Decimal("0.000001"), Decimal("0.0001")
# Table B prints terms to 60 years; its formula goes on to the last age of a life.
LONGEST_TERM = 110
OLDER_TABLE_SAID_TO_BE_OPEN = frozenset({"90CM", "2000CM"})
# Payments a year that Table K prints.
FREQUENCIES = (1, 2, 4, 12, 52)


@dataclass(frozen=True, slots=True)
class Factors:
    """Factors of one age or term: `annuity` per 1 a year at its end, `income` and `remainder` per 1 of property."""

    annuity: Decimal
    income: Decimal
    remainder: Decimal


def rate_of_month(book: ActuarialBook, day: date) -> MonthlyRate:
    """Return the section 7520 rate of the month of `day`. IRC 7520(a)(2).

    Raises `LawNotKnownError` for a month without a rate.
    """
    found = book.rates.get((day.year, day.month))
    if found is None:
        (first_year, first), (last_year, last) = min(book.rates), max(book.rates)
        message = (
            f"no section 7520 rate is known for {day.year}-{day.month:02}: the law files hold "
            f"{first_year}-{first:02} to {last_year}-{last:02}"
        )
        raise LawNotKnownError(message)
    return found


def tables_on(book: ActuarialBook, day: date) -> tuple[MortalityTable, ...]:
    """Return the mortality table prescribed for a valuation on `day`, then those that may be chosen instead.

    Treas. Reg. 20.2031-7(c), (d)(3), 20.2031-7A; for gifts 25.2512-5. Raises
    `LawNotKnownError` before the first table.
    """
    prescribed = [table for table in book.tables if table.first <= day and (table.last is None or day <= table.last)]
    if not prescribed:
        first = min(table.first for table in book.tables)
        message = f"no mortality table is held for {day.isoformat()}: the law files begin with {first.isoformat()}"
        raise LawNotKnownError(message)
    chosen = [
        table
        for table in book.tables
        if table not in prescribed
        and table.electable_from <= day
        and (table.electable_to is None or day <= table.electable_to)
    ]
    return (*prescribed, *chosen)


def option_not_verified(book: ActuarialBook, day: date) -> bool:
    """Return whether `day` lies in the first two months of table 90CM or 2000CM.

    The older table is said to have been open to choice then; the text was not read.
    """
    return any(
        table.name in OLDER_TABLE_SAID_TO_BE_OPEN and table.first <= day < add_months(table.first, 2)
        for table in book.tables
    )


def age_nearest_birthday(born: date, on: date) -> int:
    """Return the age in years at the birthday nearest to `on`; half-way between two, the one that has passed.

    Treas. Reg. 20.2031-7(d)(2). `on` must not be before `born`.
    """
    years = on.year - born.year - (add_months(born, (on.year - born.year) * 12) > on)
    past, coming = add_months(born, years * 12), add_months(born, (years + 1) * 12)
    return years + (coming - on < on - past)


@lru_cache(maxsize=512)
def life_remainders(table: MortalityTable, rate: Decimal) -> tuple[Decimal, ...]:
    """Return the unrounded remainder factor at each age, for `rate` percent.

    1 paid at the end of the year of death, raised by half a year's interest:
    deaths fall half way through the year. Treas. Reg. 20.2031-7(d)(2)(ii)(B).
    """
    with localcontext(prec=DIGITS):
        yearly = rate / 100
        discount, half_year = 1 / (1 + yearly), 1 + yearly / 2
        remainders: list[Decimal] = []
        worth = Decimal(0)
        for age in range(table.oldest, -1, -1):
            deaths = table.alive[age] - table.alive[age + 1]
            worth = discount * (worth + deaths)
            remainders.append(half_year * worth / table.alive[age])
        return tuple(reversed(remainders))


def life_factors(table: MortalityTable, rate: Decimal, age: int) -> Factors:
    """Return the Table S factors of one life of `age` at `rate` percent: 4, 5 and 5 decimals.

    Raises `LawNotKnownError` for an age the table does not hold. Treas. Reg. 20.2031-7(d)(2)(iii)-(iv).
    """
    if not 0 <= age <= table.oldest:
        message = f"table {table.name} holds ages 0 to {table.oldest}, not {age}"
        raise LawNotKnownError(message)
    exact = life_remainders(table, rate)[age]
    remainder = _rounded(exact, LIFE_DECIMALS)
    return Factors(_annuity(exact, rate), 1 - remainder, remainder)


def life_estate_factor(age: int, rate: Decimal, table: MortalityTable) -> Decimal:
    """Return the Table S factor of the income for the life of a person of `age`. Treas. Reg. 25.2512-5(d)(2)(iii)."""
    return life_factors(table, rate, age).income


@lru_cache(maxsize=8192)
def term_factors(rate: Decimal, years: int) -> Factors:
    """Return the Table B factors of a term of `years` at `rate` percent: 4, 6 and 6 decimals; no mortality.

    Each column is rounded on its own: for one year at 2.4% the table prints
    .023438 and .976563. Treas. Reg. 20.2031-7(d)(2)(ii)(A), (iii)-(iv).
    """
    with localcontext(prec=DIGITS):
        exact = (1 + rate / 100) ** -years
        income = 1 - exact
    return Factors(_annuity(exact, rate), _rounded(income, TERM_DECIMALS), _rounded(exact, TERM_DECIMALS))


def frequency_factor(rate: Decimal, payments: int, *, at_start: bool = False) -> Decimal:
    """Return the Table K factor of `payments` a year at their end, or Table J at their start: 4 decimals.

    A factor for every number of payments is worked out by the same formula;
    the tables print `FREQUENCIES`. Treas. Reg. 20.2031-7(d)(2)(iv).
    """
    with localcontext(prec=DIGITS):
        growth = (1 + rate / 100) ** (Decimal(1) / payments)
        exact = rate / 100 / (payments * (growth - 1))
        return _rounded(exact * growth if at_start else exact, ANNUITY_DECIMALS)


def shortest_term_reaching(rate: Decimal, quotient: Decimal) -> int:
    """Return the first number of years whose Table B annuity factor is at least `quotient`.

    Between two terms the longer one is taken. Raises `LawNotKnownError` where
    no term of the table reaches it. Treas. Reg. 20.2056A-4(c)(4)(ii)(B).
    """
    for years in range(1, LONGEST_TERM + 1):
        if term_factors(rate, years).annuity >= quotient:
            return years
    message = f"no term up to {LONGEST_TERM} years has an annuity factor of {quotient} at {rate}%"
    raise LawNotKnownError(message)


def _annuity(remainder: Decimal, rate: Decimal) -> Decimal:
    """Return what 1 a year is worth, from the unrounded `remainder`."""
    with localcontext(prec=DIGITS):
        return _rounded((1 - remainder) * 100 / rate, ANNUITY_DECIMALS)


def _rounded(exact: Decimal, step: Decimal) -> Decimal:
    return exact.quantize(step, ROUND_HALF_UP)
