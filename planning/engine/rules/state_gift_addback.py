"""Gifts in life that a state brings back into its estate tax, each by its own window.

Connecticut all its taxable gifts since 2005; Maine those of the last year, Vermont
of two, Minnesota of three; New York of three while at home there, in deaths before
2032. Hawaii and Illinois count all adjusted taxable gifts in other ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.state_law import GiftRule
from planning.engine.worksheet import ZERO

MONTHS = 12


class GiftInLife(NamedTuple):
    """A taxable gift: its day, USD, and the state of which the donor was a resident then."""

    day: date
    amount: Decimal
    resident_of: str | None


def gifts_brought_back(rule: GiftRule, code: str, gifts: Iterable[GiftInLife], death: date) -> Decimal:
    """Return the gifts that state `code` adds to what it taxes, USD.

    A window of years ends with the day of death, so the same day that many years
    before is outside it.
    """
    if rule.use != "base" or (rule.deaths_before is not None and death >= rule.deaths_before):
        return ZERO
    return sum((gift.amount for gift in gifts if brought_back(rule, code, gift, death)), ZERO)


def brought_back(rule: GiftRule, code: str, gift: GiftInLife, death: date) -> bool:
    """Return whether one gift falls under the state's rule."""
    if rule.while_resident and gift.resident_of != code:
        return False
    if rule.since is not None and gift.day < rule.since:
        return False
    return rule.years is None or add_months(death, -MONTHS * rule.years) < gift.day <= death
