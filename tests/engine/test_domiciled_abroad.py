"""Spouses domiciled abroad: the columns of the worked comparison in which the survivor leaves, and the first estate."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.engine.couples import asset, person, worked_comparison_couple
from tests.engine.test_worked_comparison import YEARS, millions, order, plan_of

pytestmark = pytest.mark.pure

# What the family keeps if the survivor leaves: QDOT in US-situs assets, QDOT in other assets (millions).
ABROAD = {
    "outright": ("46.38", "46.38"),
    "qdot": ("36.63", "43.87"),
    "lifetime_gifts": ("48.39", "48.39"),
    "gifts_and_qdot": ("38.35", "45.59"),
    "credit_shelter_and_qdot": ("47.84", "47.84"),
    "gifts_credit_shelter_and_qdot": ("49.56", "49.56"),
    "naturalization": ("50.58", "50.58"),
    "naturalization_and_credit_shelter": ("56.40", "56.40"),
}


@pytest.fixture(scope="module")
def plans():
    leaves = {**YEARS, "survivor_leaves_us": "yes"}
    couple = worked_comparison_couple()
    return plan_of(couple, leaves), plan_of(couple, {**leaves, "qdot_us_situs_share": Decimal(0)})


@pytest.mark.parametrize("strategy", ABROAD)
def test_every_row_where_the_survivor_leaves(plans, strategy):
    found = tuple(millions(order(plan, strategy).family_wealth) for plan in plans)

    assert tuple(Decimal(text) for text in ABROAD[strategy]) == found


@pytest.mark.parametrize("strategy", ["qdot", "gifts_and_qdot"])
def test_the_nonresident_tax_beside_the_qdot_tax(plans, strategy):
    assert Decimal("7.24") == millions(order(plans[0], strategy).figures["tax_at_second_death"])
    assert 0 == order(plans[1], strategy).figures["tax_at_second_death"]


def test_the_last_point_of_every_path_is_the_family_wealth(plans):
    for plan in plans:
        for option in plan.options:
            for result in option.orders:
                if result.status == "computed":
                    assert result.family_wealth == result.path[-1].family_wealth, option.strategy


def nonresident(**facts):
    couple = worked_comparison_couple()
    decedent = person("Dana", "CL", us_domicile=False, us_situs_share=Decimal(25))
    unwilling = replace(couple.b, naturalization_intent="no")
    return replace(couple, **{"a": decedent, "b": unwilling, "assets": (asset("a", 20_000_000),), **facts})


def test_the_first_estate_of_a_nonresident_decedent_by_hand():
    result = order(plan_of(nonresident()), "outright")

    # 20,000,000 x 1.05^10 = 32,577,892.54, a quarter of it situated here: 8,144,473.14 (half a cent up).
    # 345,800 + 40% of 7,144,473.14 = 3,203,589.256; less the credit of 13,000.
    assert Decimal("3190589.26") == result.figures["tax_at_first_death"]


def test_a_qdot_of_a_nonresident_decedent_takes_what_is_situated_here_only():
    result = order(plan_of(nonresident()), "qdot")

    assert 0 == result.figures["tax_at_first_death"]
    assert Decimal("8144473.14") == result.qdot_at_start
    # Taxed later at the rates of that death, on everything above what the credit of 13,000 shelters.
    [death] = [event for event in result.qdot_events if event.kind == "death"]
    assert (Decimal(345_800) + (death.amount - 1_000_000) * Decimal("0.4") - 13_000).quantize(
        Decimal("0.01")
    ) == death.tax


def test_a_bypass_trust_of_a_nonresident_decedent_takes_what_the_credit_shelters():
    assert Decimal(60_000) == order(plan_of(nonresident()), "credit_shelter_and_qdot").bypass_at_start


def test_deposits_and_land_abroad_of_a_nonresident_decedent_are_not_taxed():
    decedent = person("Dana", "CL", us_domicile=False)
    assets = (
        asset("a", 5_000_000, "bank", country="US"),
        asset("a", 3_000_000, "home", country="CL"),
        asset("a", 2_000_000, "real_estate", country="US"),
    )

    result = order(plan_of(nonresident(a=decedent, assets=assets)), "outright")

    # 2,000,000 x 1.05^10 = 3,257,789.25: 345,800 + 40% of 2,257,789.25 - 13,000.
    assert Decimal("1235915.70") == result.figures["tax_at_first_death"]


def test_a_citizen_survivor_is_taxed_on_everything_also_abroad(plans):
    at_home = order(plan_of(worked_comparison_couple()), "outright", "b")

    assert at_home.family_wealth == order(plans[0], "outright", "b").family_wealth
