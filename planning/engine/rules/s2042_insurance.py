"""IRC 2042: insurance on the decedent's own life.

(1) What the executor receives is included whoever owned the policy; (2) what
others receive is included if the decedent held an incident of ownership at the
death, a reversion worth more than 5 percent among them, alone or with others.
A policy given away within three years comes back (2035(a)(2)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.engine.rules.inclusion import HUNDRED, Ruling, Undecided, nothing, whole
from planning.engine.rules.s2035_three_years import given_up_inclusion

REVERSION_PERCENT = Decimal(5)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy on the decedent's life; None means not known."""

    receivable_by_executor: bool | None
    incidents_of_ownership: bool | None
    reversion_percent: Decimal | None = None
    given_up_on: date | None = None
    given_up_for_full_value: bool = False


def insurance_inclusion(policy: Policy, date_of_death: date | None) -> Ruling:
    """Return what the gross estate includes of the proceeds. IRC 2042, 2035(a)(2)."""
    if policy.receivable_by_executor:
        return whole("receivable by the executor", "IRC 2042(1)")
    if policy.incidents_of_ownership:
        return whole("the decedent held incidents of ownership", "IRC 2042(2)")
    if policy.reversion_percent is not None and policy.reversion_percent > REVERSION_PERCENT:
        return whole("a reversion of more than 5 percent is an incident of ownership", "IRC 2042(2)")
    if policy.given_up_on is not None:
        if date_of_death is None:
            return Undecided(("date_of_death",))
        back = given_up_inclusion(
            given_up_on=policy.given_up_on,
            date_of_death=date_of_death,
            section="IRC 2042",
            for_full_value=policy.given_up_for_full_value,
            share=HUNDRED,
        )
        if back.percent:
            return back
    missing = []
    if policy.receivable_by_executor is None:
        missing.append("receivable_by_executor")
    if policy.incidents_of_ownership is None and policy.given_up_on is None:
        missing.append("incidents_of_ownership")
    if missing:
        return Undecided(tuple(missing))
    return nothing("others own the policy and receive the proceeds", "IRC 2042")
