"""Two growth sets beside the base: what whole plans with that growth say."""

from decimal import Decimal

import pytest

from tests.engine.couples import worked_comparison_couple
from tests.engine.test_worked_comparison import YEARS, plan_of

pytestmark = pytest.mark.pure


def test_each_set_is_what_a_plan_with_that_growth_says():
    couple = worked_comparison_couple()

    sets = plan_of(couple, YEARS | {"growth_set_points": Decimal("2.5")}).growth_sets

    base = Decimal(dict(YEARS).get("growth", 5))
    assert [base - Decimal("2.5"), base, base + Decimal("2.5")] == [one.growth for one in sets]
    for one in sets:
        plan = plan_of(couple, YEARS | {"growth": one.growth})
        assert plan.recommendation.strategy == one.first
        assert one.family_wealth == {
            option.strategy: option.order(plan.ranking_order).family_wealth
            for option in plan.options
            if option.status == "available"
        }


def test_the_product_takes_two_points():
    printed = {row.name: row for row in plan_of(worked_comparison_couple()).assumptions}

    assert (Decimal(2), "points", "product default") == (
        printed["growth_set_points"].value,
        printed["growth_set_points"].unit,
        printed["growth_set_points"].source,
    )
