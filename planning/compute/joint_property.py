"""`joint-property`: how much of jointly held property the first estate includes."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, Fraction, Owners, RuleInput, is_citizen
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.s2040_joint_property import (
    HUNDRED,
    SPOUSES,
    Inclusion,
    common_ownership_inclusion,
    community_property_inclusion,
    included,
    survivorship_inclusion,
)
from planning.engine.worksheet import ZERO, total
from planning.inputs import Day, Flag, InputError, Money, Percent

Title = Literal["joint_tenants_with_survivorship", "tenants_by_entirety", "tenants_in_common", "community_property"]


class JointPropertyInput(RuleInput):
    """Property with two or more owners, one of whom has died."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "joint_tenancy_value": "value",
        "joint_tenancy_values": "values",
        "spouse_contribution_percent": "other_owner_consideration_percent",
        "spouse_consideration_percent": "other_owner_consideration_percent",
        "spouse_contribution_fraction": "other_owner_consideration_fraction",
        "spouse_consideration": "other_owner_consideration",
    }

    title: Title = Field(
        "joint_tenants_with_survivorship", description="How title is held; survivorship if not said (IRC 2033, 2040)"
    )
    date_of_death: Day | None = Field(None, description="The decedent's day of death")
    value: Money | None = Field(None, description="Value of the whole property, USD (IRC 2031)")
    values: list[Money] | None = Field(None, description="Values of several properties held alike, USD")
    owners: Owners = Field(2, description="How many owners, the decedent included (IRC 2040(a))")
    other_owner_is_spouse: Flag | None = Field(None, description="Whether the other owner is the surviving spouse")
    spouse_is_us_citizen: Flag | None = Field(
        None,
        description="Whether the surviving spouse is a US citizen: then half is included (IRC 2040(b), 2056(d)(1)(B))",
    )
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_us_resident: Flag | None = Field(None, description="Where the spouse lives; it changes nothing here")
    decedent_citizenship: Citizenship | None = Field(
        None, description="us or foreign; it changes nothing here (IRC 2103 follows 2031)"
    )
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign; it changes nothing here")
    spouse_treated_as_citizen: Flag | None = Field(
        None, description="true: citizen before the return was made (IRC 2056(d)(4); Treas. Reg. 20.2056A-8(b))"
    )
    acquired_by_gift_or_inheritance: Flag | None = Field(
        None, description="true: the owners received it by gift, will or inheritance (IRC 2040(a)); null: no"
    )
    decedent_consideration_percent: Percent | None = Field(
        None, description="Percent of the price that the decedent paid"
    )
    other_owner_consideration_percent: Percent | None = Field(
        None, description="Percent that the other owners paid from means not given by the decedent"
    )
    other_owner_consideration_fraction: Fraction | None = Field(None, description="The same as a fraction from 0 to 1")
    decedent_consideration: Money | None = Field(None, description="What the decedent paid, USD")
    other_owner_consideration: Money | None = Field(None, description="What the other owners paid, USD")
    other_owner_consideration_given_by_decedent: Money | None = Field(
        None, description="Part of it that was the decedent's gift, USD: it counts as the decedent's (IRC 2040(a))"
    )
    gifts_before_1988_07_14: Money | None = Field(
        None,
        description="Decedent's payments before 1988-07-14 that were gifts to the spouse, USD: they count as the "
        "spouse's (Treas. Reg. 20.2056A-8(a)(2))",
    )
    decedent_share_percent: Percent | None = Field(
        None, description="Tenants in common: the decedent's own share, percent"
    )
    claimed_discount: Fraction | None = Field(
        None, description="Fractional interest discount somebody claims, fraction from 0 to 1"
    )


def answer_joint_property(facts: JointPropertyInput, book: LawBook) -> Answer:
    """Say which percent and which amount the gross estate includes, and why."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    if facts.value is not None and facts.values is not None:
        raise InputError(["values: stands beside value, expected one of the two"])
    inclusion = _inclusion(facts, answer)
    if inclusion is None:
        return answer
    values = facts.values if facts.values is not None else [facts.value] if facts.value is not None else None
    amount: Decimal | None = None
    if values is not None:
        sheet = answer.sheet("J-", "Jointly held property in the gross estate")
        parts = [
            sheet.write(
                f"Property {index}: included" if len(values) > 1 else "Included in the gross estate",
                included(value, "its value", inclusion),
                *inclusion.citations,
            )
            for index, value in enumerate(values, start=1)
        ]
        amount = sheet.write("Jointly held property included", total(parts), "IRC 2033, 2040", kind="result").amount
    answer.result = {
        "percent_included": inclusion.percent,
        "percent_excluded": HUNDRED - inclusion.percent,
        "included_joint_value": amount,
        "included_by_property": [value * inclusion.percent / HUNDRED for value in values] if values else None,
        "reason": inclusion.reason,
        "citations": list(inclusion.citations),
        "whole_presumed": inclusion.presumed,
        "fractional_discount_allowed": None if facts.title == "tenants_in_common" else False,
        "claimed_value": _claimed(facts, amount),
        # Only the included part passes from the decedent and may go to a QDOT.
        "percent_that_may_go_to_qdot": inclusion.percent,
    }
    return answer


def _claimed(facts: JointPropertyInput, amount: Decimal | None) -> Decimal | None:
    if facts.claimed_discount is None or amount is None:
        return None
    return amount * (1 - facts.claimed_discount)


def _inclusion(facts: JointPropertyInput, answer: Answer) -> Inclusion | None:
    if facts.title == "community_property":
        return community_property_inclusion()
    if facts.title == "tenants_in_common":
        if facts.decedent_share_percent is None:
            answer.need("decedent_share_percent")
            return None
        return common_ownership_inclusion(facts.decedent_share_percent)
    citizen = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    spouse = facts.other_owner_is_spouse
    if spouse is None:
        spouse = True if citizen is not None or facts.title == "tenants_by_entirety" else None
    percent = _other_percent(facts)
    counts_as_citizen = bool(spouse and (citizen or facts.spouse_treated_as_citizen))
    if spouse and citizen is None and not counts_as_citizen and not facts.acquired_by_gift_or_inheritance:
        answer.need("spouse_is_us_citizen")
        return None
    if spouse is None and not facts.acquired_by_gift_or_inheritance and facts.owners == SPOUSES:
        answer.warn(
            "not_taken_as_spouses",
            "The other owner is not taken as a US citizen spouse; for such a spouse exactly half is included.",
            "IRC 2040(b)",
        )
    found = survivorship_inclusion(
        spouse_is_us_citizen=counts_as_citizen,
        spouse_contribution_percent=percent,
        acquired_by_gift_or_inheritance=bool(facts.acquired_by_gift_or_inheritance),
        owners=facts.owners,
    )
    if found.presumed:
        answer.warn(
            "contribution_not_shown",
            "The whole is included because the other owner's payments are not shown; records can change that.",
            "IRC 2040(a)",
            "Treas. Reg. 20.2040-1(a)(2)",
        )
    return found


def _other_percent(facts: JointPropertyInput) -> Decimal | None:
    """Return the other owners' share of the consideration, percent; None where it is not shown."""
    ways = {
        "consideration in percent": _from_percents(facts),
        "consideration in dollars": _from_amounts(facts),
        "consideration as a fraction": None
        if facts.other_owner_consideration_fraction is None
        else facts.other_owner_consideration_fraction * HUNDRED,
    }
    known = {name: percent for name, percent in ways.items() if percent is not None}
    if len(known) > 1:
        raise InputError([f"other_owner_consideration: stands in several ways ({', '.join(known)}), expected one"])
    return next(iter(known.values()), None)


def _from_percents(facts: JointPropertyInput) -> Decimal | None:
    decedent, other = facts.decedent_consideration_percent, facts.other_owner_consideration_percent
    if decedent is not None and other is not None and decedent + other != HUNDRED:
        fault = f"adds up with the other share to {decedent + other:f}, expected 100"
        raise InputError([f"decedent_consideration_percent: {fault}"])
    if other is not None:
        return other
    return None if decedent is None else HUNDRED - decedent


def _from_amounts(facts: JointPropertyInput) -> Decimal | None:
    decedent, other = facts.decedent_consideration, facts.other_owner_consideration
    if decedent is None or other is None:
        return None
    given_back = facts.other_owner_consideration_given_by_decedent or ZERO
    if given_back > other:
        fault = f"is more than {other:f}, what the other owners paid, expected at most that"
        raise InputError([f"other_owner_consideration_given_by_decedent: {fault}"])
    old_gifts = facts.gifts_before_1988_07_14 or ZERO
    if old_gifts > decedent:
        fault = f"is more than {decedent:f}, what the decedent paid, expected at most that"
        raise InputError([f"gifts_before_1988_07_14: {fault}"])
    if decedent + other == 0:
        return None
    return (other - given_back + old_gifts) * HUNDRED / (decedent + other)


RULE = Rule(
    "joint-property", "How much of jointly held property the estate includes", JointPropertyInput, answer_joint_property
)
