"""IRC 7872: loans below the market rate as gifts, and why those between spouses stay outside it.

Husband and wife are one person for this section, so it does not reach a loan
between them. Whether the use of the money is a gift by itself under 2511 is not
settled; a loan forgiven is a gift on that day.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure, at_least_zero, given

DE_MINIMIS = Decimal(10_000)
DAYS_OF_YEAR = 365


def section_7872_applies(*, to_spouse: bool, lent: Decimal, for_income_producing_assets: bool) -> bool:
    """Return whether forgone interest counts as a gift. IRC 7872(c)(2), (f)(7)."""
    return not to_spouse and (lent > DE_MINIMIS or for_income_producing_assets)


def gift_of_demand_loan(lent: Figure, *, federal_rate: Decimal, charged_rate: Decimal, days: int) -> Figure:
    """Return the forgone interest of the year (USD), given on its last day. IRC 7872(a), (e)(2)."""
    forgone = lent.percent(max(ZERO, federal_rate - charged_rate), "federal rate less the rate charged")
    return forgone * given(Decimal(days) / DAYS_OF_YEAR, f"{days} of {DAYS_OF_YEAR} days")


def gift_of_term_loan(lent: Figure, present_value: Figure) -> Figure:
    """Return the amount lent above the present value of the payments (USD), given when lent. IRC 7872(b)(1), (d)(2)."""
    return at_least_zero(lent - present_value)
