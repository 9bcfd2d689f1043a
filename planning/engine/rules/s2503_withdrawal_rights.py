"""IRC 2503(b), 2514(e), 2035, 2042: gifts to trusts in which nobody has a present interest but for a right to withdraw.

An insurance trust or another trust whose income a trustee may withhold: what is
put in is a future interest, except as far as somebody may take it out at once. A
spouse's right that lapses is terminable: the ordinary exclusion only.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

LAPSE_AMOUNT, LAPSE_PERCENT = Decimal(5_000), Decimal(5)


def parts_of_addition(amount: Decimal, rights: Mapping[str, Decimal]) -> tuple[dict[str, Decimal], Decimal]:
    """Return what each holder may withdraw of an addition (USD), and the rest, which is a future interest.

    Rights together cannot pass the addition: holders are taken in order. Treas.
    Reg. 25.2503-3(c) example 2; that a right to withdraw is a present interest
    rests on case law.
    """
    left = amount
    parts: dict[str, Decimal] = {}
    for holder, right in rights.items():
        parts[holder] = min(left, right)
        left -= parts[holder]
    return parts, left


def lapse_is_safe(right: Decimal, trust_value: Decimal) -> bool:
    """Return whether a right may lapse without a gift by its holder: 5,000 or 5%, the greater. IRC 2514(e)."""
    return right <= max(LAPSE_AMOUNT, trust_value * LAPSE_PERCENT / 100)


def policy_clear_of_estate(
    *, owned_by_trust_from_start: bool | None, insured_keeps_incidents: bool | None, executor_receives: bool | None
) -> bool | None:
    """Return whether proceeds stay out of the insured's estate with no three years to wait; None: not known.

    IRC 2035(a), 2042(1)-(2).
    """
    bad = [insured_keeps_incidents, executor_receives]
    if True in bad or owned_by_trust_from_start is False:
        return False
    return None if None in bad or owned_by_trust_from_start is None else True
