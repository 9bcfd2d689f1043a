"""Switches: basis of every asset at every event."""

from decimal import Decimal

from planning.engine.rules.basis_facts import StepUp
from planning.engine.worksheet import given
from tests.switches import Switch

R = "planning.engine.rules"
NOTHING = Decimal(0)


def no_rule(share):
    """Return a row without the rule: `share` steps up."""
    return lambda *facts: StepUp("off", Decimal(share), "switched off", ("none",))


def row(rule, function, case, *, share="0"):
    """Return the switch of one row of the table at a death."""
    return Switch(rule, {f"{R}.{function}": no_rule(share)}, case=("basis", case))


SWITCHES: list[Switch] = [
    Switch(
        "GFT-30",
        {f"{R}.s1041_between_spouses.governed_by_1041": lambda *, resident: True},
        case=("basis", "hand-gift-to-nonresident"),
    ),
    Switch(
        "GFT-31",
        {f"{R}.s1014_basis.new_basis_at_death": lambda *, value, basis, share: basis},
        case=("basis", "hand-outright-first-death"),
    ),
    Switch(
        "GFT-32",
        {f"{R}.s1014_basis.comes_back_within_a_year": lambda **facts: False},
        case=("basis", "hand-gift-back-within-a-year"),
    ),
    Switch(
        "GFT-33",
        {f"{R}.s1041_between_spouses.gain_without_shield": lambda **facts: NOTHING},
        case=("basis", "hand-part-sale-to-nonresident"),
    ),
    Switch(
        "BAS-01",
        {f"{R}.s1041_between_spouses.basis_under_1041": lambda *, basis, excess_debt: given(NOTHING, "off")},
        case=("basis", "hand-gift-between-residents"),
    ),
    Switch(
        "BAS-02",
        {f"{R}.s1015_gift_basis.addition_for_tax": lambda **facts: given(NOTHING, "off")},
        case=("basis", "hand-gift-to-nonresident"),
    ),
    row("BAS-03", "s1014_basis.gift_at_givers_death", "hand-gift-at-givers-death", share="1"),
    row("BAS-04", "s1014_basis.gift_at_recipients_death", "hand-gift-at-recipients-death"),
    row("BAS-05", "s1014_basis.returned_gift", "hand-gift-back-within-a-year", share="1"),
    row("BAS-06", "s1014_basis.outright_at_first_death", "hand-outright-first-death"),
    row("BAS-07", "s1014_basis.outright_at_second_death", "hand-outright-second-death"),
    row("BAS-08", "s1014_shared_property.survivorship_at_first_death", "hand-survivorship-noncitizen"),
    row("BAS-09", "s1014_shared_property.community_in_estate", "hand-community", share="0.5"),
    row("BAS-10", "s1014_shared_property.community_outside_estate", "hand-community-abroad-of-a-nonresident"),
    row("BAS-11", "s1014_shared_property.common_at_first_death", "hand-common", share="1"),
    row("BAS-12", "s1014_basis.bypass_at_first_death", "hand-bypass-both-deaths"),
    row("BAS-13", "s1014_basis.bypass_at_second_death", "hand-bypass-both-deaths", share="1"),
    row("BAS-14", "s1014_basis.qdot_at_first_death", "hand-qdot-both-deaths"),
    row("BAS-15", "s1014_basis.assigned_at_first_death", "hand-to-be-assigned"),
    Switch(
        "BAS-16",
        {f"{R}.s2056a_basis.gain_of_trust": lambda **facts: NOTHING},
        case=("basis", "hand-qdot-both-deaths"),
    ),
    Switch(
        "BAS-17",
        {f"{R}.s2056a_basis.basis_after_taxed_payment": lambda *, basis, addition: basis},
        case=("basis", "DRV-19"),
    ),
    Switch(
        "BAS-18",
        {f"{R}.s2056a_basis.basis_after_exempt_payment": lambda *, basis, recognized_gain: given(NOTHING, "off")},
        case=("basis", "hand-untaxed-payment"),
    ),
    Switch(
        "BAS-19",
        {f"{R}.s2056a_basis.basis_after_naturalization": lambda basis: given(NOTHING, "off")},
        case=("basis", "hand-naturalization-outside-a-qdot"),
    ),
    row("BAS-20", "s1014_basis.qtip_qdot_in_estate", "hand-qdot-both-deaths"),
    row("BAS-21", "s1014_basis.other_qdot_in_estate", "hand-general-power-second-death"),
    row("BAS-22", "s1014_basis.qdot_outside_estate", "hand-qdot-outside-the-estate", share="1"),
    Switch(
        "BAS-23",
        {f"{R}.s2056a_basis.basis_after_cessation": lambda basis: given(NOTHING, "off")},
        case=("basis", "hand-cessation"),
    ),
    Switch(
        "BAS-24",
        {f"{R}.s1014_basis.outside_income_in_respect": lambda *, income_in_respect: True},
        case=("basis", "hand-retirement-account"),
    ),
    row("BAS-25", "s1014_basis.grantor_trust_at_death", "hand-access-trust", share="1"),
    Switch(
        "BAS-26",
        {f"{R}.s101_insurance_proceeds.taxed_proceeds": lambda *, proceeds, paid, transferred_for_value: proceeds},
        case=("basis", "hand-life-insurance-trust"),
    ),
    row("BAS-27", "s1014_basis.citizen_spouse_property", "hand-citizen-outright"),
    Switch("EST-84", {f"{R}.s1014_basis.cap_applies": lambda **facts: False}, case=("basis", "hand-consistency-cap")),
    Switch("EST-85", {f"{R}.s2056a_basis.counts_as_gift": lambda tax: False}, case=("basis", "DRV-19")),
]
