"""Switches: what the estate holds and how the spouse and the decedent count, nonresident decedents included."""

from dataclasses import replace
from decimal import Decimal

from planning.engine.rules.inclusion import nothing, whole
from planning.engine.rules.outside_the_estate_tax import covered_bequest_finding, trust_income_finding
from planning.engine.rules.s2056b_terminable import Gate
from tests.switches import Switch

R = "planning.engine.rules"


def without(finding):
    """The rule asks nothing and never fires."""
    return lambda **facts: replace(finding(**facts), state="not_fired", text="", missing=())


SWITCHES: list[Switch] = [
    Switch(
        "EST-11",
        {f"{R}.s2101_nonresident.nonresident_estate_tax": lambda sheet, **facts: facts["adjusted_taxable_gifts"]},
        case=("nonresident-estate-tax", "B01-hodgen-2m"),
    ),
    Switch(
        "EST-20",
        {f"{R}.s2056_marital_deduction.denied_for_noncitizen": lambda **facts: False},
        case=("marital-deduction", "E03-cal-ugandan"),
    ),
    Switch(
        "EST-21",
        {f"{R}.s2056_marital_deduction.exception_holds": lambda route, **facts: False},
        case=("marital-deduction", "route-assigned-in-time"),
    ),
    Switch(
        "EST-23",
        {f"{R}.s2040_joint_property.survivors_percent": lambda payments, **facts: Decimal(0)},
        case=("joint-property", "20.2056A-8-example-1"),
    ),
    Switch(
        "EST-24",
        {f"{R}.s2040_joint_property.community_property_inclusion": lambda: whole("owned")},
        case=("joint-property", "community-half"),
    ),
    Switch(
        "EST-25",
        {f"{R}.treaties.treaty_choice": lambda **facts: "no_treaty_relief"},
        case=("marital-deduction", "hand-treaty"),
    ),
    Switch(
        "EST-26",
        {f"{R}.domicile.domicile_points_to": lambda **facts: None},
        case=("marital-deduction", "domicile-brief-stay"),
    ),
    Switch(
        "EST-27",
        {f"{R}.s2056b_terminable.interest_gate": lambda interest, **facts: Gate(passes=True, reason="", citations=())},
        case=("marital-deduction", "terminable-denied"),
    ),
    Switch(
        "EST-66",
        {f"{R}.s2040_joint_property.qdot_part": lambda inclusion: Decimal(100)},
        case=("joint-property", "20.2056A-8-example-3"),
    ),
    Switch(
        "EST-80",
        {f"{R}.s2652_gst_transferor.reverse_qtip_possible": lambda **facts: False},
        case=("marital-deduction", "gst-reverse-qtip"),
    ),
    Switch(
        "EST-83",
        {f"{R}.outside_the_estate_tax.trust_income_finding": without(trust_income_finding)},
        case=("marital-deduction", "gst-reverse-qtip"),
    ),
    Switch(
        "EST-86",
        {f"{R}.outside_the_estate_tax.covered_bequest_finding": without(covered_bequest_finding)},
        case=("marital-deduction", "covered-expatriate"),
    ),
    Switch(
        "GFT-16",
        {f"{R}.s2040_joint_property.half_rule_applies": lambda **facts: True},
        case=("estate-tax", "assets-joint-noncitizen"),
    ),
    Switch(
        "GFT-26",
        {f"{R}.s2001b_adjusted_taxable_gifts.adjusted_taxable_gifts": lambda transfers: Decimal(0)},
        case=("estate-tax", "assets-gift-without-strings"),
    ),
    Switch(
        "GFT-27",
        {f"{R}.s2035_three_years.given_up_inclusion": lambda **facts: nothing("given up", "IRC 2035(a)")},
        case=("estate-tax", "assets-policy-given-up-within-three-years"),
    ),
    Switch(
        "GFT-28",
        {f"{R}.s2035_three_years.gift_tax_inclusion": lambda paid, day: nothing("paid", "IRC 2035(b)")},
        case=("estate-tax", "assets-gift-tax-paid"),
    ),
    Switch(
        "GFT-29",
        {f"{R}.s2036_retained_interests.retained_inclusion": lambda transfer, day: nothing("a gift", "IRC 2001(b)")},
        case=("estate-tax", "assets-retained-use"),
    ),
]
