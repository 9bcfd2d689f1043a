"""IRC 101(a): a death benefit is no income, unless the policy was transferred for value."""

from __future__ import annotations

from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure

CITATIONS = ("IRC 101(a)(1)-(2)",)


def proceeds_in_cash(proceeds: Figure) -> Figure:
    """Return the basis, USD, of what the trust receives: cash is worth its amount. IRC 101(a)(1)."""
    return proceeds


def taxed_proceeds(*, proceeds: Decimal, paid: Decimal, transferred_for_value: bool) -> Decimal:
    """Return the income, USD: none, or after a transfer for value all above price and premiums. IRC 101(a)(2)."""
    return max(ZERO, proceeds - paid) if transferred_for_value else ZERO
