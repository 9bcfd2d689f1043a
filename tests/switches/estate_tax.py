"""Switches: the estate tax of a citizen or resident: rates, credit, deductions, returns."""

from decimal import Decimal

from planning.engine.rules.qdot_need import Need
from planning.engine.worksheet import given
from tests.switches import Switch

R = "planning.engine.rules"
NOTHING = given(Decimal(0), "nothing")

SWITCHES: list[Switch] = [
    Switch(
        "EST-01",
        {f"{R}.s2001_estate_tax.tentative_tax": lambda table, amount: amount.percent(Decimal(40))},
        case=("estate-tax", "hist-1995-surtax-whole"),
    ),
    Switch(
        "EST-02",
        {f"{R}.s2010_unified_credit.applicable_credit_amount": lambda sheet, table, exclusion: NOTHING},
        case=("estate-tax", "hist-2009"),
    ),
    Switch(
        "EST-03",
        {f"{R}.s2001_estate_tax.less_gift_tax": lambda tentative, payable: tentative},
        case=("estate-tax", "gifts-tax-payable-death-2011"),
    ),
    Switch(
        "EST-07",
        {f"{R}.s2058_state_death_tax.deductible_state_death_tax": lambda paid, law: Decimal(0)},
        case=("estate-tax", "hist-2005-state-tax-deducted"),
    ),
    Switch(
        "EST-08",
        {f"{R}.s2014_foreign_death_tax_credit.foreign_death_tax_credit": lambda sheet, taxes, **facts: NOTHING},
        case=("estate-tax", "foreign-credit-second-limit"),
    ),
    Switch(
        "EST-12",
        {f"{R}.s6018_estate_return.form_706_required": lambda **facts: False},
        case=("estate-tax", "return-one-cent-above"),
    ),
    Switch(
        "EST-13",
        {f"{R}.qdot_need.qdot_need": lambda **facts: Need(needed=False, reason="no_federal_tax_without_it")},
        case=("estate-tax", "need-tax-of-one-cent"),
    ),
    Switch(
        "GFT-36",
        {f"{R}.s2010_unified_credit.exclusion_not_taken_back": lambda basic_exclusion, used_by_gifts: basic_exclusion},
        case=("estate-tax", "gifts-not-taken-back"),
    ),
    Switch(
        "GFT-37",
        {f"{R}.s2010c_lower_exclusion.fall_stands_in_the_law": lambda year: False},
        case=("estate-tax", "gifts-exactly-the-exclusion"),
    ),
]
