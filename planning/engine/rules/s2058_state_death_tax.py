"""IRC 2058: state death tax actually paid is deducted, for deaths from 2005 on.

Where the state taxes the federal taxable estate, the tax and its own deduction
turn on each other. They are settled in rounds: each works the state tax out on
the base that the round before left, until the tax no longer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planning.engine.law import Law
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, to_cents

# A dollar is close enough for a return; this leaves the cents right.
SETTLED = Decimal("0.001")
# No state takes half of an estate; up to here every round comes closer by half.
HIGHEST_PERCENT = Decimal(50)


def deductible_state_death_tax(paid: Decimal, law: Law) -> Decimal:
    """Return what is deducted of state death tax `paid` (USD): all of it from 2005, nothing before. IRC 2058(a)."""
    return paid if law.state_death_tax_deducted else ZERO


def state_tax_on(base: Decimal, percent: Decimal, threshold: Decimal) -> Decimal:
    """Return a state tax of `percent` on what of the federal `base` lies above `threshold`, exact USD."""
    return max(ZERO, base - threshold) * percent / 100


def settled_state_tax(
    sheet: Worksheet, base_after: Callable[[Decimal], Decimal], *, percent: Decimal, threshold: Decimal
) -> Figure:
    """Write the rounds in which state tax and federal base settle, and return the tax, USD in cents.

    `base_after` gives the federal taxable estate once a state tax is deducted; it
    falls by no more than the tax, and `percent` is at most 50.
    """
    tax, settled, number = ZERO, False, 0
    while not settled:
        number += 1
        base = base_after(tax)
        found = state_tax_on(base, percent, threshold)
        settled = abs(found - tax) < SETTLED
        tax = found
        words = f"{percent:f}% of what a federal base of {base:,.2f} has above {threshold:,f}"
        label = f"State death tax, {'settled in ' if settled else ''}round {number}"
        line = sheet.write(label, given(to_cents(tax), words), "IRC 2058(a)", status="assumed")
    return line
