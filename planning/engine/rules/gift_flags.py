"""Law beside the federal gift tax that a gift may touch: states, treaties, covered expatriates. Flags, no figures.

Each is for the attorney: the state layer and the treaties' texts are not worked out here.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.treaties import Treaty
from planning.engine.worksheet import ZERO

STATES = {
    "CT": "Connecticut has a gift tax of its own",
    "NY": "New York adds taxable gifts of the last three years to the estate",
    "MN": "Minnesota adds taxable gifts of the last three years to the estate",
    "ME": "Maine adds taxable gifts of the last year to the estate",
    "HI": "Hawaii counts taxable gifts of the whole life",
    "IL": "Illinois counts taxable gifts of the whole life",
}


def state_looks_at_gifts(state: str) -> str | None:
    """Return what the state makes of taxable gifts, None where nothing is known; excluded gifts do not count."""
    return STATES.get(state)


def treaty_covers_gifts(treaty: Treaty | None) -> bool:
    """Return whether a treaty covers gifts, so that it may change the deduction."""
    return treaty is not None and treaty.covers_gifts


def covered_gift(received: Decimal, exception: Decimal, *, deductible_for_us_person: bool) -> Decimal:
    """Return what a US recipient may owe tax on (USD) as a gift from a covered expatriate. IRC 2801(a)-(e).

    Not what would have been deducted had the donor been a US person: a spouse who is
    a citizen, a charity; a spouse who is not a citizen is no such case.
    """
    return ZERO if deductible_for_us_person else max(ZERO, received - exception)
