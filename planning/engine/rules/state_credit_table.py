"""Massachusetts and Rhode Island: the state death tax credit of IRC 2011(b) as it was in 2000 and 2001, less a credit.

M.G.L. c. 65C s. 2A(a) and R.I. Gen. Laws 44-22-1.1(a)(4): the tax is the credit
that the old section 2011 would have allowed, read at the taxable estate less
60,000; a credit of the state's own frees smaller estates.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import Figure, Worksheet, at_least_zero, given, plain


def credit_table_tax(law: StateLaw, base: Decimal) -> Decimal:
    """Return the credit of IRC 2011(b) on a taxable estate of `base`, exact USD."""
    return law.credit_table.tax(base - law.base_reduction)


def write_credit_table_tax(sheet: Worksheet, law: StateLaw, base: Figure) -> Figure:
    """Write the adjusted taxable estate and return the credit on it, not yet written; equal to `credit_table_tax`."""
    reduction = given(law.base_reduction, plain(law.base_reduction))
    adjusted = sheet.write("Adjusted taxable estate", at_least_zero(base - reduction), "IRC 2011(b)(3)")
    return law.credit_table.on(adjusted)
