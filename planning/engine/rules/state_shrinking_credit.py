"""New York: a table on the whole estate, and a credit that shrinks to nothing between 100% and 105% of the exclusion.

N.Y. Tax Law 952(c)(1): up to the exclusion the credit is the tax itself. Above
it the credit is the tax on an amount: the exclusion times one less the part of
5% of it by which the estate exceeds it. Beyond 105% there is no credit. It is
the tax on the shrunken amount, not the shrunken tax.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of

# The exclusion less twenty times the excess over it, that is twenty-one exclusions less twenty estates: 5% is a 20th.
PART = Decimal(20)


def amount_credited(base: Decimal, exclusion: Decimal) -> Decimal:
    """Return the amount whose tax is the credit, USD: all of `base` up to the exclusion, nothing from 105% of it."""
    return min(base, max(ZERO, exclusion - PART * max(ZERO, base - exclusion)))


def shrinking_credit_tax(law: StateLaw, base: Decimal, exclusion: Decimal) -> Decimal:
    """Return the tax by the table on `base` less the credit, exact USD."""
    return law.table.tax(base) - law.table.tax(amount_credited(base, exclusion))


def write_shrinking_credit_tax(sheet: Worksheet, law: StateLaw, base: Figure, exclusion: Figure) -> Figure:
    """Write tax and credit and return what is left; equal to `shrinking_credit_tax`."""
    whole = sheet.write(f"Tax by the table on the {law.name} taxable estate", law.table.on(base), *law.table.citations)
    excess = at_least_zero(base - exclusion)
    shrunken = at_least_zero(exclusion - given(PART, "20, for each 5% of the exclusion") * excess)
    label = "Amount whose tax is the credit"
    credited = sheet.write(label, smaller_of(base, shrunken), *law.exclusion_citations)
    credit = sheet.write("Applicable credit", law.table.on(credited), *law.exclusion_citations)
    return whole - credit
