"""Illinois: the smaller of two taxes, each worked out on the estate that the tax itself leaves.

35 ILCS 405/2(b): the state death tax credit of IRC 2011(b), no more than 40% of
what the estate with its gifts has above 4,000,000, both after deducting the tax
(IRC 2058 as the state reads it). Each limb falls as the tax rises, so each has
one solution of its own and the smaller of the two solves both together. The
table is straight between its steps and the 40% limb is straight, so both are
solved by algebra; nothing is searched.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of


def table_limb(law: StateLaw, base: Decimal) -> Decimal:
    """Return the T that is the credit by the table on `base` less T, less 60,000; exact USD.

    In a row it is the base tax plus the rate on what lies over the row's step:
    T = b + r (x - T - o), hence T = (b + r (x - o)) / (1 + r).
    """
    adjusted = base - law.base_reduction
    row = law.credit_table.brackets[0]
    for candidate in law.credit_table.brackets:
        # At its step the row takes `base_tax`, so that much must lie above the step before the row applies.
        if candidate.over + candidate.base_tax > adjusted:
            break
        row = candidate
    return max(ZERO, (100 * row.base_tax + row.rate * (adjusted - row.over)) / (100 + row.rate))


def rate_limb(law: StateLaw, base: Decimal, gifts: Decimal, threshold: Decimal) -> Decimal:
    """Return the T that is 40% of the estate with its gifts, less T, above the threshold: 40/140 of the excess."""
    rate = law.table.top_rate
    return max(ZERO, base + gifts - threshold) * rate / (100 + rate)


def interrelated_tax(law: StateLaw, base: Decimal, gifts: Decimal, threshold: Decimal) -> Decimal:
    """Return the smaller of the two limbs, exact USD. `gifts` are the adjusted taxable gifts."""
    return min(table_limb(law, base), rate_limb(law, base, gifts, threshold))


def write_interrelated_tax(sheet: Worksheet, law: StateLaw, base: Figure, gifts: Figure, threshold: Figure) -> Figure:
    """Write both limbs and return the smaller; equal to `interrelated_tax`."""
    words = f"the tax that the table gives on {base.how} less {plain(law.base_reduction)} and less that tax"
    by_table = sheet.write(
        "State death tax credit, the tax itself deducted",
        given(table_limb(law, base.amount), words),
        *law.credit_table.citations,
    )
    excess = sheet.write(
        f"Taxable estate with gifts above the {law.exclusion_label}",
        at_least_zero(base + gifts - threshold),
        *law.exclusion_citations,
    )
    rate = law.table.top_rate
    words = f"{plain(rate)}% of {excess.how} less the tax itself, that is {plain(rate)}/{plain(100 + rate)} of it"
    limit = given(rate_limb(law, base.amount, gifts.amount, threshold.amount), words)
    by_rate = sheet.write(f"{law.name} limit on that credit", limit, *law.table.citations)
    return smaller_of(by_table, by_rate)
