"""Rules considered: what a plan's facts make of each, and that unknown is never taken for no."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.findings import CHECKS
from planning.engine.register import REGISTER
from tests.engine.couples import asset, person, worked_comparison_couple
from tests.engine.test_worked_comparison import YEARS, plan_of

pytestmark = pytest.mark.pure


def couple_with(*assets, **facts):
    return replace(worked_comparison_couple(), assets=assets or worked_comparison_couple().assets, **facts)


def finding(rule, couple, **assumptions):
    plan = plan_of(couple, {**YEARS, **assumptions})
    return next(found for found in plan.findings if found.rule == rule)


HOME = asset("joint_survivorship", 4_000_000, "home", country="US")
STOCKS = asset("a", 20_000_000)
UNKNOWN_DOMICILE = person("Sol", "CL", us_domicile=None)
ABROAD = person("Sol", "CL", us_domicile=False, us_situs_share=Decimal(0))
UNWILLING = person("Sol", "CL", naturalization_intent="no")
RESIDENT = person("Sol", "CL", naturalization_intent="planned", lawful_permanent_resident_since=date(2022, 2, 24))

# rule, couple, state, measured, threshold
CASES = [
    ("EST-13", couple_with(), "fired", "32577892.54", "18280000"),
    ("EST-13", couple_with(asset("a", 5_000_000)), "not_fired", "8144473.13", "18280000"),
    ("EST-13", couple_with(asset("a", 5_000_000), b=UNKNOWN_DOMICILE), "undecided", None, None),
    ("EST-02", couple_with(), "fired", "32577892.54", "18280000"),
    ("EST-02", couple_with(asset("a", 5_000_000)), "not_fired", "8144473.13", "18280000"),
    ("EST-12", couple_with(asset("a", 5_000_000)), "not_fired", "8144473.13", "18280000"),
    ("EST-12", couple_with(), "fired", "32577892.54", "18280000"),
    ("EST-01", couple_with(), "fired", "40%", "40%"),
    ("EST-01", couple_with(asset("a", 500_000)), "not_fired", "39%", "40%"),
    ("EST-11", couple_with(), "not_fired", None, None),
    ("EST-11", couple_with(a=person("Dana", "CL"), b=UNWILLING), "not_fired", None, None),
    ("EST-11", couple_with(a=replace(ABROAD, name="Dana"), b=UNWILLING), "fired", None, None),
    ("EST-20", couple_with(), "fired", None, None),
    ("EST-20", couple_with(b=person("Sol", "US", "CL")), "not_fired", None, None),
    ("EST-20", couple_with(b=person("Sol")), "undecided", None, None),
    ("EST-23", couple_with(HOME), "fired", "1 asset", None),
    ("EST-23", couple_with(STOCKS), "not_fired", None, None),
    ("EST-66", couple_with(HOME), "fired", "1 asset", None),
    ("EST-66", couple_with(replace(HOME, contribution_a=Decimal(60))), "not_fired", None, None),
    ("EST-24", couple_with(), "undecided", None, None),
    ("EST-24", couple_with(lived_in_community_property_place=False), "not_fired", None, None),
    ("EST-24", couple_with(lived_in_community_property_place=True), "fired", None, None),
    ("EST-24", couple_with(asset("community", 1_000_000)), "fired", None, None),
    ("EST-26", couple_with(), "not_fired", None, None),
    ("EST-26", couple_with(b=UNKNOWN_DOMICILE), "undecided", None, None),
    ("EST-25", couple_with(), "not_fired", None, None),
    ("EST-25", couple_with(a=replace(ABROAD, name="Dana"), b=UNWILLING), "fired", None, None),
    ("EST-06", couple_with(), "not_fired", None, None),
    ("EST-06", couple_with(b=ABROAD), "fired", None, None),
    ("EST-08", couple_with(asset("a", 1_000_000, country="US")), "not_fired", None, None),
    ("EST-08", couple_with(asset("a", 1_000_000, country="BR")), "fired", "1 asset", None),
    ("EST-08", couple_with(asset("a", 1_000_000)), "undecided", None, None),
    ("EST-10", couple_with(), "fired", "5719157.02", "0"),
    ("EST-10", couple_with(asset("a", 1_000_000)), "not_fired", "0", "0"),
    ("EST-30", couple_with(), "undecided", None, None),
    ("EST-30", couple_with(us_trustee_available=True), "not_fired", None, None),
    ("EST-30", couple_with(us_trustee_available=False), "fired", None, None),
    # 32,577,892.54 less the exclusion of 18,280,000 goes into the QDOT.
    ("EST-32", couple_with(), "fired", "14297892.54", "2000000"),
    ("EST-32", couple_with(asset("a", 11_500_000)), "not_fired", "452288.21", "2000000"),
    ("EST-33", couple_with(), "fired", "14297892.54", "2000000"),
    ("EST-33", couple_with(asset("a", 11_500_000)), "not_fired", "452288.21", "2000000"),
    (
        "EST-34",
        couple_with(asset("a", 650, country="US"), asset("a", 350, "home", country="BR")),
        "not_fired",
        "35%",
        "35%",
    ),
    (
        "EST-34",
        couple_with(asset("a", 649, country="US"), asset("a", 351, "home", country="BR")),
        "fired",
        "35.1%",
        "35%",
    ),
    ("EST-34", couple_with(asset("a", 350, "home")), "undecided", None, None),
    ("EST-35", couple_with(HOME), "fired", "600000", "600000"),
    ("EST-35", couple_with(asset("a", 400_000, "home")), "fired", "400000", "600000"),
    ("EST-35", couple_with(STOCKS), "not_fired", None, None),
    ("EST-36", couple_with(asset("a", 1, "business")), "fired", "1 asset", None),
    ("EST-43", couple_with(HOME), "fired", "1 asset", None),
    ("EST-43", couple_with(STOCKS), "not_fired", None, None),
    ("EST-47", couple_with(asset("a", 1, "retirement")), "fired", "1 asset", None),
    ("EST-47", couple_with(STOCKS), "not_fired", None, None),
    ("EST-50", couple_with(), "fired", "5719157.02", "0"),
    ("EST-50", couple_with(asset("a", 1_000_000)), "not_fired", "0", "0"),
    ("EST-62", couple_with(survivor_spending=None), "undecided", None, None),
    ("EST-62", couple_with(), "not_fired", None, None),
    ("EST-68", couple_with(), "fired", None, None),
    ("EST-68", couple_with(b=UNWILLING), "not_fired", None, None),
    ("EST-68", couple_with(b=person("Sol", "CL")), "undecided", None, None),
    ("GFT-01", couple_with(), "fired", None, None),
    ("GFT-01", couple_with(b=person("Sol")), "undecided", None, None),
    ("GFT-02", couple_with(), "fired", None, None),
    ("GFT-11", couple_with(HOME), "fired", "1 asset", None),
    ("GFT-13", couple_with(HOME), "undecided", None, None),
    ("GFT-13", couple_with(replace(HOME, acquired_year=1988)), "fired", "1 asset", None),
    ("GFT-13", couple_with(replace(HOME, acquired_year=1989)), "not_fired", None, None),
    ("GFT-14", couple_with(asset("joint_survivorship", 1)), "fired", "1 asset", None),
    ("GFT-15", couple_with(asset("joint_survivorship", 1, "bank")), "fired", "1 asset", None),
    ("GFT-19", couple_with(), "fired", None, None),
    ("GFT-19", couple_with(b=ABROAD), "not_fired", None, None),
    ("GFT-19", couple_with(b=UNKNOWN_DOMICILE), "undecided", None, None),
    ("GFT-26", couple_with(a=person("Dana", "US", adjusted_taxable_gifts=Decimal(5))), "fired", "5", "0"),
    (
        "GFT-27",
        couple_with(asset("a", 0, "life_insurance", insured="a", death_benefit=Decimal(1))),
        "fired",
        "1 asset",
        None,
    ),
    (
        "GFT-27",
        couple_with(asset("b", 0, "life_insurance", insured="a", death_benefit=Decimal(1))),
        "not_fired",
        None,
        None,
    ),
    ("GFT-40", couple_with(), "fired", None, "0"),
    ("GFT-42", couple_with(HOME), "fired", "1 asset", None),
    ("CIT-09", couple_with(b=person("Sol")), "undecided", None, None),
    ("CIT-08", couple_with(), "undecided", None, None),
    ("CIT-08", couple_with(b=RESIDENT), "not_fired", "2022-02-24", None),
    # Resident since 2022-02-24: three months before five years is the day of the plan, 2026-11-24.
    ("CIT-01", couple_with(b=RESIDENT), "fired", "2026-11-24", "2026-11-24"),
    (
        "CIT-01",
        couple_with(b=replace(RESIDENT, lawful_permanent_resident_since=date(2022, 2, 25))),
        "not_fired",
        "2026-11-25",
        "2026-11-24",
    ),
    ("CIT-02", couple_with(b=RESIDENT), "fired", "2024-11-24", "2026-11-24"),
    ("CIT-03", couple_with(), "fired", None, None),
    ("CIT-20", couple_with(), "fired", "2028-01-31", "2038-03-31"),
    ("CIT-24", couple_with(), "fired", None, None),
    ("EST-22", couple_with(), "fired", "5719157.02", "5719157.02"),
    ("BAS-08", couple_with(HOME), "fired", "1 asset", None),
    ("BAS-09", couple_with(asset("community", 1)), "fired", "1 asset", None),
    ("BAS-13", couple_with(), "fired", "18280000", "0"),
    ("BAS-20", couple_with(), "fired", None, None),
    ("BAS-20", couple_with(b=ABROAD), "not_fired", None, None),
    ("BAS-24", couple_with(asset("a", 1, "retirement")), "fired", "1 asset", None),
]


@pytest.mark.parametrize(
    ("rule", "couple", "state", "measured", "threshold"), CASES, ids=[f"{c[0]}-{c[2]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_rule_asked_of_a_plan(rule, couple, state, measured, threshold):
    found = finding(rule, couple)

    assert state == found.state, found
    if measured is not None:
        same = (
            Decimal(measured) == found.measured if isinstance(found.measured, Decimal) else measured == found.measured
        )
        assert same, found.measured
    if threshold is not None:
        same = (
            Decimal(threshold) == found.threshold
            if isinstance(found.threshold, Decimal)
            else threshold == found.threshold
        )
        assert same, found.threshold


def test_what_is_undecided_names_what_is_missing_or_waits_for_figures():
    unknown = replace(couple_with(b=person("Sol", us_domicile=None)), assets=None)
    plan = plan_of(unknown, {})

    undecided = [found for found in plan.findings if found.state == "undecided"]
    assert len(undecided) > 40
    assert [] == [found.rule for found in undecided if not found.missing and not found.text]


def test_nothing_about_a_qdot_fires_for_two_citizens():
    plan = plan_of(couple_with(b=person("Sol", "US")))

    fired = {found.rule for found in plan.findings if found.state == "fired"}
    assert set() == {rule for rule in fired if rule in {"EST-20", "EST-30", "EST-32", "EST-50", "EST-61", "EST-81"}}


def test_every_check_asks_a_rule_of_the_register_once_with_its_authority():
    rules = [check.rule for check in CHECKS]

    assert len(rules) == len(set(rules))
    assert set() == set(rules) - set(REGISTER)
    assert all(check.test.endswith("?") for check in CHECKS)
