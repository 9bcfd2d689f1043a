"""Switches: gifts during life."""

from decimal import Decimal

from planning.engine.law import ANNUAL_EXCLUSION
from planning.engine.rules.s6019_gift_return import ReturnDates
from planning.engine.rules.s6075_return_dates import gift_return
from planning.engine.worksheet import given
from tests.switches import Switch

R = "planning.engine.rules"
NOTHING = given(Decimal(0), "nothing")


def april_15(calendar, year, **_facts):
    """The dates of an ordinary year, whatever happened in it."""
    facts = {"donor_death": None, "estate_return_extended": False, "estate_return_required": None, "extended": False}
    due, payment, extended = (entry.due for entry in gift_return(calendar, year, **facts))
    return ReturnDates(due, extended, payment)


SWITCHES: list[Switch] = [
    Switch(
        "GFT-01",
        {f"{R}.s2523_gifts_to_spouse.no_deduction_for_noncitizen": lambda on, **facts: False},
        case=("gift-tax", "GFT-1-1"),
    ),
    Switch(
        "GFT-02",
        {f"{R}.s2523_gifts_to_spouse.deducted": lambda form, **facts: False},
        case=("gift-tax", "hand-citizen-spouse"),
    ),
    Switch(
        "GFT-03",
        {f"{R}.s2503_gift_exclusions.exclusion_of": lambda law, **facts: law[ANNUAL_EXCLUSION]},
        case=("gift-tax", "G2"),
    ),
    Switch(
        "GFT-04",
        {f"{R}.s2523_gifts_to_spouse.would_have_qualified": lambda form: True},
        case=("gift-tax", "GFT-1-1-not-a-marital-form"),
    ),
    Switch(
        "GFT-05",
        {f"{R}.s2503_gift_exclusions.part_that_begins_at_once": lambda amount, income_value: amount},
        case=("gift-tax", "G7-smaller"),
    ),
    Switch(
        "GFT-06",
        {f"{R}.s2523_gifts_to_spouse.closed_to_noncitizen": lambda form: False},
        case=("gift-tax", "G7-qtip"),
    ),
    Switch(
        "GFT-07",
        {f"{R}.s2503_gift_exclusions.is_future_interest": lambda interest: False},
        case=("gift-tax", "future-kinds"),
    ),
    Switch(
        "GFT-08",
        {f"{R}.s2503_gift_exclusions.taxable_part": lambda amount, excluded: NOTHING},
        case=("gift-tax", "G2"),
    ),
    Switch(
        "GFT-09",
        {f"{R}.s2503e_qualified_transfers.is_no_gift": lambda payment, **facts: False},
        case=("gift-tax", "hand-tuition-beside-the-limit"),
    ),
    Switch(
        "GFT-10",
        {f"{R}.s2523_gifts_to_spouse.annuity_keeps_deduction": lambda **facts: False},
        case=("gift-tax", "25.2523(i)-1-example-2"),
    ),
    Switch(
        "GFT-11",
        {f"{R}.s2515_joint_tenancy.creation_is_no_gift": lambda on, **facts: False},
        case=("gift-tax", "must-not-tax-joint-deed"),
    ),
    Switch(
        "GFT-12",
        {f"{R}.s2515_joint_tenancy.gift_on_termination": lambda sheet, **facts: NOTHING},
        case=("joint-tenancy-termination", "G8"),
    ),
    Switch(
        "GFT-13",
        {f"{R}.s2515_joint_tenancy.era_of": lambda created_on: "since_1988"},
        case=("joint-tenancy-termination", "GFT-2-2-by-the-era"),
    ),
    Switch(
        "GFT-14",
        {f"{R}.s2511_joint_creation.gift_on_joint_registration": lambda sheet, **facts: NOTHING},
        case=("gift-tax", "G12"),
    ),
    Switch(
        "GFT-15",
        {f"{R}.s2511_joint_creation.gift_on_withdrawal": lambda drawn, own: NOTHING},
        case=("gift-tax", "G9-withdrawal"),
    ),
    Switch(
        "GFT-17",
        {f"{R}.s2511_completed_gifts.share_given_by_change": lambda change: Decimal(0)},
        case=("gift-tax", "separate-to-community"),
    ),
    Switch(
        "GFT-18",
        {f"{R}.s2516_support_and_settlement.paid_for_in_full": lambda agreement_on, divorce_on: False},
        case=("gift-tax", "settlement-one-year-before"),
    ),
    Switch(
        "GFT-19",
        {f"{R}.s2513_gift_splitting.may_split": lambda **facts: False},
        case=("gift-tax", "split"),
    ),
    Switch(
        "GFT-20",
        {f"{R}.s2501_nonresident_donor.taxed_if_nonresident": lambda kind, located_in: True},
        case=("gift-tax", "situs-by-kind"),
    ),
    Switch(
        "GFT-21",
        {f"{R}.s2501_nonresident_donor.credit_allowed": lambda status: True},
        case=("gift-tax", "G10"),
    ),
    Switch(
        "GFT-22",
        {f"{R}.s2501_nonresident_donor.donor_status": lambda **facts: "resident"},
        case=("gift-tax", "domicile-not-without-intention"),
    ),
    Switch(
        "GFT-23",
        {f"{R}.s6019_gift_return.return_needed": lambda treatments, **facts: False},
        case=("gift-tax", "G2"),
    ),
    Switch(
        "GFT-24",
        {f"{R}.s6019_gift_return.return_dates": april_15},
        case=("gift-tax", "due-in-the-donors-death-year"),
    ),
    Switch(
        "GFT-25",
        {f"{R}.s6019_gift_return.assessable_until": lambda **facts: facts["due"]},
        case=("gift-tax", "not-disclosed"),
    ),
    Switch(
        "GFT-34",
        {f"{R}.s6039f_received_from_abroad.form_3520_needed": lambda received, threshold: False},
        case=("gift-tax", "form-3520-a-dollar-over"),
    ),
    Switch(
        "GFT-35",
        {f"{R}.gift_flags.covered_gift": lambda received, exception, **facts: Decimal(0)},
        case=("gift-tax", "covered-expatriate"),
    ),
    Switch(
        "GFT-38",
        {f"{R}.s2036_access_trust.access_trust_fails": lambda **facts: False},
        case=("gift-tax", "spousal-access-trust"),
    ),
    Switch(
        "GFT-39",
        {f"{R}.s2503_withdrawal_rights.parts_of_addition": lambda amount, rights: ({}, amount)},
        case=("gift-tax", "insurance-trust"),
    ),
    Switch(
        "GFT-40",
        {f"{R}.s2010_credit_shelter.credit_shelter_size": lambda estate, exclusion, gifts: NOTHING},
        case=("gift-tax", "credit-shelter"),
    ),
    Switch(
        "GFT-42",
        {f"{R}.s2518_disclaimer.part_that_can_be_disclaimed": lambda created_on, **facts: "one_half"},
        case=("joint-tenancy-termination", "ended-by-death"),
    ),
    Switch(
        "GFT-43",
        {f"{R}.s7872_loans.section_7872_applies": lambda **facts: False},
        case=("gift-tax", "demand-loan-to-a-child"),
    ),
    Switch(
        "GFT-44",
        {f"{R}.s2523_gifts_to_spouse.citizen_on": lambda day, naturalized_on: False},
        case=("gift-tax", "G11"),
    ),
    Switch(
        "GFT-45",
        {f"{R}.s2511_completed_gifts.day_of_check": lambda **facts: facts["paid_on"]},
        case=("gift-tax", "check-presented-in-december"),
    ),
    Switch(
        "GFT-46",
        {f"{R}.gift_flags.state_looks_at_gifts": lambda state: None},
        case=("gift-tax", "state-flag"),
    ),
    Switch(
        "GFT-47",
        {f"{R}.gift_flags.treaty_covers_gifts": lambda country: False},
        case=("gift-tax", "treaty-flag"),
    ),
    Switch(
        "GFT-48",
        {f"{R}.s2642_gst_of_gifts.needs_gst_exemption": lambda **facts: False},
        case=("gift-tax", "spousal-access-trust"),
    ),
    Switch(
        "GFT-50",
        {f"{R}.s2511_completed_gifts.donors_share": lambda **facts: Decimal(1)},
        case=("gift-tax", "community-property-to-a-child"),
    ),
]
