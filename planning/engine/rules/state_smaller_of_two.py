"""Maryland: the smaller of the state death tax credit of IRC 2011(b) and 16% of what lies above the exclusion.

Md. Code, Tax-Gen. 7-309(b)(2)-(3): the federal credit as it stood before 2001,
but no more than 16% of the taxable estate above the exclusion of the year.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.state_credit_table import credit_table_tax, write_credit_table_tax
from planning.engine.rules.state_own_table import excess_tax, write_excess_tax
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import Figure, Worksheet, smaller_of


def smaller_of_two_tax(law: StateLaw, base: Decimal, exclusion: Decimal) -> Decimal:
    """Return the smaller of the credit on `base` and the state's rate on what it has above `exclusion`, exact USD."""
    return min(credit_table_tax(law, base), excess_tax(law, base, exclusion))


def write_smaller_of_two_tax(sheet: Worksheet, law: StateLaw, base: Figure, exclusion: Figure) -> Figure:
    """Write both limbs and return the smaller; equal to `smaller_of_two_tax`."""
    by_table = sheet.write(
        "State death tax credit by the table",
        write_credit_table_tax(sheet, law, base),
        *law.credit_table.citations,
    )
    by_rate = write_excess_tax(sheet, law, base, exclusion)
    limit = sheet.write(f"{law.name} limit on that credit", by_rate, *law.table.citations)
    return smaller_of(by_table, limit)
