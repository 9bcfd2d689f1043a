"""IRC 2516 and the duty of support: transfers between spouses that are no gifts.

Under a written settlement a transfer counts as paid for in full, if the divorce
falls in the three years that begin one year before the agreement. Support and
household spending discharge a duty.
"""

from __future__ import annotations

from datetime import date

from planning.engine.rules.s7503_due_dates import add_months

MONTHS_BEFORE, MONTHS_AFTER = 12, 24


def settlement_window(agreement_on: date) -> tuple[date, date]:
    """Return first and last day on which the divorce may fall. IRC 2516.

    The last day is the second anniversary; whether that day itself is inside has
    not been decided.
    """
    return add_months(agreement_on, -MONTHS_BEFORE), add_months(agreement_on, MONTHS_AFTER)


def paid_for_in_full(agreement_on: date, divorce_on: date) -> bool:
    """Return whether transfers under the agreement are no gifts. IRC 2516; 25.2512-8; citizenship plays no part."""
    first, last = settlement_window(agreement_on)
    return first <= divorce_on <= last
