"""IRC 2001(b)(2), (g) and 2505(a): tax and credit of earlier years' gifts, worked out again at the rates of one day.

The rates are those of the day asked for (death, or the year of a later gift);
the exclusion is the one of each gift's own year. For deaths before 2010 the
statute named the rates alone: whether the credit was that of the gift year's
return is not settled here, and can differ only where gifts passed 1,500,000.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planning.engine.law import RateTable
from planning.engine.worksheet import ZERO


@dataclass(frozen=True, slots=True)
class YearOfGifts:
    """Taxable gifts (USD) of one year with that year's applicable exclusion amount for gifts (USD)."""

    year: int
    taxable_gifts: Decimal
    exclusion: Decimal


@dataclass(frozen=True, slots=True)
class TaxOnEarlierGifts:
    """All gifts together, USD: their sum, the credit they used and the tax payable on them."""

    taxable_gifts: Decimal
    credit_used: Decimal
    tax_payable: Decimal


def tax_on_earlier_gifts(
    years: Iterable[YearOfGifts], rate_table: RateTable, credit_reduction: Decimal = ZERO
) -> TaxOnEarlierGifts:
    """Return what the gifts of `years` used up and cost at the rates of `rate_table`, exact USD.

    `credit_reduction` (USD) is what an exemption of 1976 takes off every year's
    credit (2505(b)). IRC 2001(b)(2), (g)(1); 2505(a)(2) and its last sentence;
    Treas. Reg. 25.2505-1(c).
    """
    gifts = used = payable = ZERO
    for year in sorted(years, key=lambda year: year.year):
        tax = rate_table.tax(gifts + year.taxable_gifts) - rate_table.tax(gifts)
        credit = min(tax, max(ZERO, rate_table.tax(year.exclusion) - credit_reduction - used))
        gifts += year.taxable_gifts
        used += credit
        payable += tax - credit
    return TaxOnEarlierGifts(gifts, used, payable)
