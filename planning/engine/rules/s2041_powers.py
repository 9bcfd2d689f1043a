"""IRC 2041: property under a general power of appointment of the decedent.

General is a power in favor of the decedent, the decedent's estate or the
creditors of either. It is none where an ascertainable standard of health,
education, support or maintenance limits it, or where it takes the creator's or
an adverse person's consent. A power of before October 22, 1942 counts only if
exercised. A lapse counts as a release only above the larger of 5,000 and 5
percent of the property it could be satisfied from, and then only where the
decedent kept what 2036 to 2038 would catch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.engine.rules.inclusion import HUNDRED, Inclusion, Ruling, Undecided, nothing
from planning.engine.worksheet import ZERO

LAPSE_AMOUNT = Decimal(5000)
LAPSE_PERCENT = Decimal(5)
OLD_POWERS_END = date(1942, 10, 21)


@dataclass(frozen=True, slots=True)
class Lapse:
    """One year's lapse: the amount (USD) that could have been drawn and what it could be drawn from (USD)."""

    amount: Decimal
    property_value: Decimal


@dataclass(frozen=True, slots=True)
class Power:
    """The facts of one power; None means not known."""

    in_favor_of_decedent: bool | None
    ascertainable_standard: bool | None = None
    needs_consent_of_creator_or_adverse_person: bool = False
    created_on: date | None = None
    exercised: bool = False


def power_is_general(power: Power) -> bool | None:
    """Return whether the power is a general one; None where a fact is missing. IRC 2041(b)(1)."""
    if power.in_favor_of_decedent is False or power.ascertainable_standard:
        return False
    if power.needs_consent_of_creator_or_adverse_person:
        return False
    return None if power.in_favor_of_decedent is None or power.ascertainable_standard is None else True


def power_inclusion(power: Power, *, percent_subject: Decimal = HUNDRED) -> Ruling:
    """Return what is included of property under a power; `percent_subject` is the part it reaches at the death.

    IRC 2041(a)(1)-(2), (b)(1).
    """
    general = power_is_general(power)
    if general is None:
        missing = {
            "power_in_favor_of_decedent": power.in_favor_of_decedent,
            "ascertainable_standard": power.ascertainable_standard,
        }
        return Undecided(tuple(name for name, value in missing.items() if value is None))
    if not general:
        return nothing("no general power of appointment", "IRC 2041(b)(1)")
    if power.created_on is not None and power.created_on <= OLD_POWERS_END and not power.exercised:
        return nothing("a power of before October 22, 1942 that was not exercised", "IRC 2041(a)(1)")
    return Inclusion(percent_subject, "a general power of appointment", ("IRC 2041(a)(2)", "IRC 2041(b)(1)"))


def lapsed_percent(lapses: Iterable[Lapse]) -> Decimal:
    """Return the percent of the trust that earlier lapses make includible, at most 100.

    Each year's excess over the larger of 5,000 and 5 percent, as a part of that
    year's property. IRC 2041(b)(2); Treas. Reg. 20.2041-3(d)(3)-(5).
    """
    parts = ZERO
    for lapse in lapses:
        free = max(LAPSE_AMOUNT, lapse.property_value * LAPSE_PERCENT / HUNDRED)
        if lapse.property_value:
            parts += max(ZERO, lapse.amount - free) * HUNDRED / lapse.property_value
    return min(HUNDRED, parts)
