"""Connecticut's gift tax, the only one of a state: what gifts since 2005 owe, and what is left to owe.

Conn. Gen. Stat. 12-640, 12-642: the tax of a year is that on all Connecticut
taxable gifts since 2005 above the exclusion of the year, less what earlier gifts
paid. Gift and estate tax together never exceed 15,000,000 (12-642(b), 12-391(d)).
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of

GIFT_TAX = ("Conn. Gen. Stat. 12-640", "Conn. Gen. Stat. 12-642")


def state_gift_tax(law: StateLaw, *, earlier: Decimal, gifts: Decimal, paid: Decimal) -> Decimal:
    """Return the gift tax of the year, exact USD; zero in a state without a gift tax.

    `gifts` are the Connecticut taxable gifts of the year, `earlier` those since 2005
    before it, `paid` the gift tax on them. `law` is that of the last day of the year.
    """
    if not law.has_gift_tax:
        return ZERO
    tax = law.table.tax(earlier + gifts - law.exclusion)
    return max(ZERO, (tax if law.cap is None else min(tax, law.cap)) - paid)


def write_state_gift_tax(sheet: Worksheet, law: StateLaw, *, earlier: Figure, gifts: Figure, paid: Figure) -> Figure:
    """Write the gift tax of the year of a state that has one, and return it, USD in cents; as `state_gift_tax`."""
    total = sheet.write(f"{law.name} taxable gifts since 2005", earlier + gifts, *GIFT_TAX)
    exclusion = sheet.write(
        f"{law.name} {law.exclusion_label}",
        law.amount_figure(law.exclusion),
        *law.exclusion_citations,
        status=law.status,
    )
    above = sheet.write("Gifts above it", at_least_zero(total - exclusion), *GIFT_TAX)
    tax = law.table.on(above)
    if law.cap is not None:
        tax = smaller_of(tax, given(law.cap, f"{plain(law.cap)}, the most of estate and gift tax together"))
    tax = sheet.write("Tax on all of them", tax, *law.table.citations)
    due = at_least_zero(tax - paid)
    return sheet.write(f"{law.name} gift tax", due.cents(), *GIFT_TAX, kind="result", status=law.status)
