"""States with a table of their own: Connecticut, Hawaii, Maine, Minnesota, Vermont, Washington; the District, Oregon.

The first six tax what lies above an exclusion (Conn. Gen. Stat. 12-391; HRS
236E-8; 36 M.R.S. 4103; Minn. Stat. 291.03; 32 V.S.A. 7442a; RCW 83.100.040).
The other two tax the whole by a table whose lowest part is free (D.C. Code
47-3702; ORS 118.010).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import Figure, Worksheet, at_least_zero, larger_of


def excess_tax(law: StateLaw, base: Decimal, exclusion: Decimal) -> Decimal:
    """Return the tax by the state's table on what `base` has above `exclusion`, exact USD."""
    return law.table.tax(base - exclusion)


def zero_bracket_tax(law: StateLaw, base: Decimal, exclusion: Decimal) -> Decimal:
    """Return the tax by the state's table on `base`, the part up to `exclusion` free, exact USD."""
    return law.table.tax(max(base, exclusion)) - law.table.credit_for(exclusion)


def write_excess_tax(sheet: Worksheet, law: StateLaw, base: Figure, exclusion: Figure) -> Figure:
    """Write the excess and return the tax on it, not yet written; equal to `excess_tax`."""
    label = f"{law.name} taxable estate above the {law.exclusion_label}"
    excess = sheet.write(label, at_least_zero(base - exclusion), *law.exclusion_citations)
    return law.table.on(excess)


def write_zero_bracket_tax(sheet: Worksheet, law: StateLaw, base: Figure, exclusion: Figure) -> Figure:
    """Write the tax on the whole and on the free part, and return the difference; equal to `zero_bracket_tax`."""
    free = sheet.write(f"Tax by the table on the {law.exclusion_label}", law.table.on(exclusion), *law.table.citations)
    whole = sheet.write(
        f"Tax by the table on the {law.name} taxable estate, no less than the {law.exclusion_label}",
        law.table.on(larger_of(base, exclusion)),
        *law.table.citations,
    )
    return whole - free
