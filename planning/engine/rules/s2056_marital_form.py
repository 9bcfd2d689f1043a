"""IRC 2056(b)(5), (7), (8); Treas. Reg. 20.2056A-2(b)(1): the four forms of trust a QDOT may take.

A QDOT that the decedent funds must earn the marital deduction by itself: as a
life estate with a general power, as QTIP, as a charitable remainder trust or as
an estate trust. Being a QDOT lifts the bar of 2056(d) only. The right of the US
Trustee to withhold the tax spoils none of the forms (2056A(b)(14)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planning.engine.rules.three_valued import all_of

MaritalForm = Literal["general_power", "qtip", "charitable_remainder", "estate_trust", "none"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a form demands: the fact that says so, in words, with its authority."""

    fact: str
    words: str
    citation: str


INCOME = Condition(
    "income_at_least_annually", "the spouse is entitled to all income, at least annually", "IRC 2056(b)(5), (7)(B)"
)
CONDITIONS: Mapping[MaritalForm, tuple[Condition, ...]] = {
    "general_power": (
        INCOME,
        Condition("spouse_may_appoint", "the spouse alone may appoint to self or estate", "IRC 2056(b)(5)"),
    ),
    "qtip": (
        INCOME,
        Condition(
            "nobody_may_appoint_to_others",
            "nobody may appoint to anyone but the spouse while the spouse lives",
            "IRC 2056(b)(7)(B)(ii)(II)",
        ),
        Condition("qtip_election_made", "the executor elects QTIP", "IRC 2056(b)(7)(B)(v)"),
    ),
    "charitable_remainder": (
        Condition(
            "spouse_only_noncharitable_beneficiary",
            "the spouse is the only beneficiary who is no charity",
            "IRC 2056(b)(8)(A)",
        ),
        Condition(
            "annuity_trust_or_unitrust",
            "it is a charitable remainder annuity trust or unitrust",
            "IRC 2056(b)(8)(B)(ii)",
        ),
    ),
    "estate_trust": (
        Condition(
            "remainder_to_spouse_estate",
            "what is left, with accumulated income, goes to the spouse's estate",
            "Treas. Reg. 20.2056(c)-2(b)(1)(i)-(iii)",
        ),
    ),
}


def conditions_of(form: MaritalForm) -> tuple[Condition, ...]:
    """Return what `form` demands; a trust in none of the forms has nothing to meet and does not qualify."""
    return CONDITIONS.get(form, ())


def marital_form_met(form: MaritalForm | None, facts: Mapping[str, bool | None]) -> bool | None:
    """Return whether the trust meets every condition of its form; None where a fact is missing.

    `facts` answers each condition by its name. Treas. Reg. 20.2056A-2(b)(1).
    """
    if form is None:
        return None
    if form == "none":
        return False
    return all_of(*(facts.get(condition.fact) for condition in conditions_of(form)))
