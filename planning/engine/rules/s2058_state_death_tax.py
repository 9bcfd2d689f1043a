"""IRC 2058: state death tax actually paid is deducted, for deaths from 2005 on.

Where the state taxes the federal taxable estate, the tax and its own deduction
turn on each other. They are settled in rounds: each works the state tax out on
the base that the round before left, until the tax no longer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planning.engine.law import Law
from planning.engine.worksheet import CENT, ZERO, Figure, Worksheet, given, to_cents

# A dollar is close enough for a return; a cent costs no more.
SETTLED = CENT


def deductible_state_death_tax(paid: Decimal, law: Law) -> Decimal:
    """Return what is deducted of state death tax `paid` (USD): all of it from 2005, nothing before. IRC 2058(a)."""
    return paid if law.state_death_tax_deducted else ZERO


def state_tax_on(base: Decimal, percent: Decimal, threshold: Decimal) -> Decimal:
    """Return a state tax of `percent` on what of the federal `base` lies above `threshold`, USD in cents."""
    return to_cents(max(ZERO, base - threshold) * percent / 100)


def settled_state_tax(
    sheet: Worksheet, base_after: Callable[[Decimal], Decimal], *, percent: Decimal, threshold: Decimal
) -> Figure:
    """Write the rounds in which state tax and federal base settle, and return the tax, USD in cents.

    `base_after` gives the federal taxable estate once a state tax is deducted; it
    must not fall by more than the tax, and `percent` is below 100, so that the
    rounds close in.
    """
    tax = ZERO
    for round_number in range(1, 1000):
        base = base_after(tax)
        found = state_tax_on(base, percent, threshold)
        words = f"{percent:f}% of what a federal base of {base:,.2f} has above {threshold:,f}"
        if abs(found - tax) <= SETTLED:
            label = f"State death tax, settled in round {round_number}"
            return sheet.write(label, given(found, words), "IRC 2058(a)", status="assumed")
        sheet.write(f"State death tax, round {round_number}", given(found, words), "IRC 2058(a)", status="assumed")
        tax = found
    message = f"the state tax does not settle at {percent:f}%"
    raise ArithmeticError(message)
