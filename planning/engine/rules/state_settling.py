"""State tax and what bears it settle together: STA-09, IRC 2058 and 2056(b)(4) as the states read them.

A state tax that comes out of the spouse's share makes the marital deduction smaller
and so the tax larger. Each round works the tax out after the tax of the round
before; as no state takes a whole extra dollar for good, the rounds come closer
until the tax no longer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planning.engine.rules.s2058_state_death_tax import SETTLED
from planning.engine.worksheet import ZERO


def settled_tax(tax_after: Callable[[Decimal], Decimal]) -> tuple[Decimal, int]:
    """Return the tax (exact USD) at which `tax_after` of itself is the same, and the rounds that it took.

    `tax_after` gives the tax once a tax is borne by the estate; it never falls
    as that grows, so from nothing the rounds rise to the smallest such tax.
    """
    borne, rounds = ZERO, 0
    while True:
        rounds += 1
        found = tax_after(borne)
        if abs(found - borne) < SETTLED:
            return found, rounds
        borne = found
