"""What a missing fact could move: the same as whole plans at the ends of its range, or why it is not priced."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.engine.effect_of_unknowns import LATER, NOT_TO_BE_PRICED, NOTHING_WITHOUT_IT, by_weight
from planning.engine.results import MissingFact
from tests.engine.couples import asset, person, worked_comparison_couple
from tests.engine.test_worked_comparison import plan_of

pytestmark = pytest.mark.pure


def couple_of(**facts):
    couple = worked_comparison_couple()
    unwilling = person("Sol", "CL", naturalization_intent="no")
    assets = (asset("a", 16_000_000), asset("joint_survivorship", 4_000_000, "home"))
    return replace(couple, b=unwilling, assets=assets, **facts)


def fact(plan, path):
    return next(one for one in plan.missing if one.fact == path)


def wealth(plan, strategy):
    option = next(one for one in plan.options if one.strategy == strategy)
    return option.order(plan.ranking_order).family_wealth


def checked(path, words, couple, ends):
    """The fact is priced as whole plans at the ends of its range are."""
    plan = plan_of(couple)
    first = plan.recommendation.strategy
    plans = [plan_of(end) for end in ends]
    found = fact(plan, path)
    assert max(abs(wealth(end, first) - wealth(plan, first)) for end in plans) == found.could_move
    assert any(end.recommendation.strategy != first for end in plans) == found.changes_order
    assert (words, "") == (found.range, found.not_priced)
    return found


def test_spending_from_nothing_to_four_percent():
    couple = couple_of(survivor_spending=None)
    ends = [replace(couple, survivor_spending=Decimal(spent)) for spent in (0, 800_000)]
    words = "from nothing to $800,000 a year, 4% of what both have today"

    assert checked("survivor_spending", words, couple, ends).could_move > 0


def test_who_paid_for_joint_property():
    couple = couple_of()
    ends = [
        replace(couple, assets=(couple.assets[0], replace(couple.assets[1], contribution_a=Decimal(share))))
        for share in (0, 50, 100)
    ]

    found = checked("assets[1].contribution_a", "from none of it to all of it paid by one", couple, ends)

    assert found.could_move > 0


@pytest.mark.parametrize("spouse", ["a", "b"])
def test_the_share_for_the_spouse(spouse):
    known = couple_of()
    who = known.person(spouse)
    couple, *ends = (
        replace(known, **{spouse: replace(who, first_death_share_to_spouse=share)})
        for share in (None, Decimal(50), Decimal(100))
    )

    checked(f"{spouse}.first_death_share_to_spouse", "from half to all", couple, ends)


def test_a_citizenship_nobody_is_sure_of():
    known = couple_of()
    couple = replace(known, b=replace(known.b, citizenships=None))
    citizen = replace(known, b=replace(known.b, citizenships=("US",)))
    plan = plan_of(couple)
    first, found = plan.recommendation.strategy, fact(plan, "b.citizenships")

    assert ("a US citizen or not", "") == (found.range, found.not_priced)
    assert (first != plan_of(citizen).recommendation.strategy) == found.changes_order
    assert abs(wealth(plan_of(citizen), "outright") - wealth(plan, "outright")) > 0


def test_what_cannot_be_priced_says_why():
    plan = plan_of(couple_of())

    for path, name in (("a.domicile_state", "domicile_state"), ("us_trustee_available", "us_trustee_available")):
        found = fact(plan, path)
        assert (None, None, "") == (found.could_move, found.changes_order, found.range)
        assert NOT_TO_BE_PRICED[name] == found.not_priced


def test_without_a_needed_fact_nothing_is_priced():
    known = couple_of(survivor_spending=None)
    plan = plan_of(replace(known, a=replace(known.a, adjusted_taxable_gifts=None)))

    assert NOTHING_WITHOUT_IT == fact(plan, "a.adjusted_taxable_gifts").not_priced
    assert LATER == fact(plan, "survivor_spending").not_priced
    assert {None} == {one.could_move for one in plan.missing}


def test_what_changes_the_order_comes_first_and_what_has_no_price_last():
    facts = [
        MissingFact("none", "", "a"),
        MissingFact("small", "", "a", Decimal(0), changes_order=False),
        MissingFact("large", "", "a", Decimal(9), changes_order=False),
        MissingFact("order", "", "a", Decimal(1), changes_order=True),
    ]

    assert ["order", "large", "small", "none"] == [one.fact for one in by_weight(facts)]
