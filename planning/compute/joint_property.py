"""`joint-property`: how much of jointly held property the first estate includes."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.contributions import (
    CONTRIBUTION_NAMES,
    ContributionFacts,
    other_owners_percent,
    warn_about_regime,
)
from planning.compute.fields import Citizenship, Fraction, Owners, is_citizen
from planning.compute.rule import Rule
from planning.engine.finding import Finding
from planning.engine.law import LawBook
from planning.engine.rules.inclusion import HUNDRED, Inclusion
from planning.engine.rules.joint_findings import community_finding, contribution_finding
from planning.engine.rules.s2040_joint_property import (
    SPOUSES,
    common_ownership_inclusion,
    community_property_inclusion,
    included,
    old_spousal_interest,
    qdot_part,
    survivorship_inclusion,
)
from planning.engine.worksheet import ZERO, total
from planning.inputs import Day, Flag, InputError, Money, Percent

Title = Literal["joint_tenants_with_survivorship", "tenants_by_entirety", "tenants_in_common", "community_property"]


class JointPropertyInput(ContributionFacts):
    """Property with two or more owners, one of whom has died."""

    second_names: ClassVar = CONTRIBUTION_NAMES | {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "joint_tenancy_value": "value",
        "property_value": "value",
        "joint_tenancy_values": "values",
        "citizen_before_return": "spouse_treated_as_citizen",
        "decedent_percent": "decedent_share_percent",
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
    answer.findings = _findings(facts, inclusion, answer)
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
        "percent_that_may_go_to_qdot": qdot_part(inclusion),
        "amount_that_may_go_to_qdot": None if values is None else sum(values, ZERO) * qdot_part(inclusion) / HUNDRED,
    }
    return answer


def _findings(facts: JointPropertyInput, inclusion: Inclusion | None, answer: Answer) -> list[Finding]:
    """Return the rule that decided, and what joint property may go to a QDOT."""
    if facts.title == "community_property" and inclusion is not None:
        return [community_finding(inclusion)]
    return [contribution_finding(facts.title, inclusion, tuple(answer.missing))]


def _claimed(facts: JointPropertyInput, amount: Decimal | None) -> Decimal | None:
    if facts.claimed_discount is None or amount is None:
        return None
    return amount * (1 - facts.claimed_discount)


def _inclusion(facts: JointPropertyInput, answer: Answer) -> Inclusion | None:
    if facts.title == "community_property":
        warn_about_regime(facts, answer)
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
    percent, missing = other_owners_percent(facts, with_spouse=spouse is not False)
    counts_as_citizen = bool(spouse and (citizen or facts.spouse_treated_as_citizen))
    if spouse and citizen is None and not counts_as_citizen and not facts.acquired_by_gift_or_inheritance:
        answer.need("spouse_is_us_citizen")
        return None
    if spouse is not False and missing and not counts_as_citizen and not facts.acquired_by_gift_or_inheritance:
        answer.need(*missing)
        return None
    if spouse is None and not facts.acquired_by_gift_or_inheritance and facts.owners == SPOUSES:
        answer.warn(
            "not_taken_as_spouses",
            "The other owner is not taken as a US citizen spouse; for such a spouse exactly half is included.",
            "IRC 2040(b)",
        )
    if counts_as_citizen and facts.acquired is not None and old_spousal_interest(facts.acquired):
        answer.warn(
            "joint_interest_of_before_1977",
            "Courts have kept such an interest of spouses out of the half rule, so that contribution decides; the "
            "attorney must say which rule holds here.",
            "IRC 2040(a)-(b)",
            "Gallenstein v. United States, 975 F.2d 286 (6th Cir. 1992)",
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


RULE = Rule(
    "joint-property", "How much of jointly held property the estate includes", JointPropertyInput, answer_joint_property
)
