"""State death taxes inside a plan: both deaths, the federal deduction, the QDOT's tax, and what a state leaves open.

Every figure is redone by hand beside it. Nothing grows and nobody dies later than
the year after, so that published law governs.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.engine.assumptions import settle
from planning.engine.facts import Asset
from planning.engine.holdings import wealth_today
from planning.engine.planner import make_plan
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.strategies.catalogue import BY_ID, STATE_ACCEPTS
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from tests.engine.couples import asset, worked_comparison_couple

AS_OF = date(2026, 7, 15)
STILL = {
    "growth": Decimal(0),
    "qdot_income_yield": Decimal(0),
    "qdot_yearly_cost": Decimal(0),
    "indexing": Decimal(0),
    "years_to_first_death": 0,
    "years_to_second_death": 1,
    "ranking_order": "a",
    "survivor_spending": Decimal(0),
}


def couple_in(state, *assets):
    """A citizen and a resident spouse who is not, both at home in `state`."""
    couple = replace(worked_comparison_couple(), assets=assets)
    return replace(couple, a=replace(couple.a, domicile_state=state), b=replace(couple.b, domicile_state=state))


def ground_of(couple, **given_):
    assumptions, _ = settle(
        couple, {**STILL, **given_}, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    return Ground(couple, assumptions, official_lawbook(), AS_OF, official_state_book())


def result_of(couple, strategy, variation=None, **given_):
    ground = ground_of(couple, **given_)
    if variation is None:
        return project(ground, decedent="a", strategy=BY_ID[strategy])
    return project(ground, decedent="a", strategy=BY_ID[strategy], variation=variation)


def figures(result, *names):
    return [result.figures[name] for name in names]


def plan_of(couple, **given_):
    return make_plan(
        couple,
        lawbook=official_lawbook(),
        given={**STILL, **given_},
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        state_book=official_state_book(),
        with_flip_points=False,
    )


def test_outright_in_new_york_is_taxed_twice_and_the_federal_estate_deducts_the_state():
    result = result_of(couple_in("NY", asset("a", 20_000_000)), "outright")

    # New York on 20,000,000: 1,082,800 + 16% of 9,900,000 = 2,666,800, above 105% of the exclusion.
    # Federal: 20,000,000 - 2,666,800 = 17,333,200, and 40% of what is above 15,000,000 = 933,280.
    assert [Decimal(2_666_800), Decimal(933_280)] == figures(result, "state_tax_at_first_death", "tax_at_first_death")
    # The spouse has 16,399,920; New York again: 1,082,800 + 16% of 6,299,920 = 2,090,787.20.
    assert Decimal("2090787.20") == result.figures["state_tax_at_second_death"]
    assert Decimal("4757587.20") == result.figures["state_tax"]
    # 16,399,920 - 2,090,787.20 is below the exclusion of 2027: no federal tax.
    assert Decimal(16_399_920) - Decimal("2090787.20") == result.family_wealth


def test_a_qdot_on_a_federal_return_puts_both_taxes_off_and_the_state_tax_lowers_the_2056a_tax():
    result = result_of(couple_in("NY", asset("a", 20_000_000)), "qdot")

    assert [0, 0] == figures(result, "state_tax_at_first_death", "tax_at_first_death")
    # At the survivor's death New York takes 2,666,800 of the 20,000,000 in the trust, all of it because of the trust.
    assert Decimal(2_666_800) == result.figures["state_tax_at_second_death"]
    # 2056A(b)(10)(A): 20,000,000 - 2,666,800 = 17,333,200 on the first decedent's exclusion of 15,000,000.
    assert Decimal(933_280) == result.figures["qdot_tax"]


def test_a_bypass_trust_of_the_federal_exclusion_pays_new_york_at_the_first_death():
    result = result_of(couple_in("NY", asset("a", 20_000_000)), "credit_shelter_and_qdot")

    # New York on 15,000,000: 1,082,800 + 16% of 4,900,000 = 1,866,800, out of the trust.
    assert [Decimal(1_866_800), 0] == figures(result, "state_tax_at_first_death", "tax_at_first_death")
    assert "13133200" == str(next(line.amount for s in result.worksheets for line in s.lines
                                  if line.label == "Bypass trust after state tax").quantize(Decimal(1)))  # fmt: skip


def test_land_in_oregon_is_taxed_there_by_its_part_of_the_estate():
    oregon = Asset(name="Cabin", kind="real_estate", title="a", value=Decimal(2_000_000), debt=Decimal(0),
                   country="US", state="OR")  # fmt: skip
    result = result_of(couple_in("CA", asset("a", 6_000_000), oregon), "outright")

    # Oregon on the whole 8,000,000: 732,500 + 14% of 500,000 = 802,500; a fourth of it. California has no tax.
    assert Decimal(200_625) == result.figures["state_tax_at_first_death"]
    assert 0 == result.figures["tax_at_first_death"]


def test_where_the_states_answer_is_open_no_deduction_is_counted_and_the_other_result_stands_beside():
    couple = couple_in("IL", asset("a", 6_000_000))
    result = result_of(couple, "qdot")
    accepted = result_of(couple, "qdot", STATE_ACCEPTS)

    # No federal return is due on 6,000,000, so no federal election carries over: (402,800 + 12% of 900,000) / 1.12.
    assert Decimal("456071.43") == result.figures["state_tax_at_first_death"]
    assert ["IL"] == [question.state for question in result.state_questions]
    assert 0 == accepted.figures["state_tax_at_first_death"]
    assert not accepted.state_questions
    # The tax falls on the share of the spouse: it is no longer deducted, but the state tax itself is.
    assert Decimal("5543928.57") == result.qdot_at_start
    assert Decimal("0.00") == result.taxable_estate


def test_washington_takes_its_own_election_and_asks_nothing():
    result = result_of(couple_in("WA", asset("a", 6_000_000)), "qdot")

    assert 0 == result.figures["state_tax_at_first_death"]
    assert not result.state_questions


def test_a_citizens_share_is_deducted_by_every_state():
    couple = couple_in("IL", asset("a", 6_000_000))
    couple = replace(couple, b=replace(couple.b, citizenships=("US",)))

    assert 0 == result_of(couple, "outright").figures["state_tax_at_first_death"]


def test_a_state_without_a_tax_gives_zero_and_an_unknown_domicile_gives_no_figure():
    in_texas = plan_of(couple_in("TX", asset("a", 20_000_000)))
    unknown = plan_of(couple_in(None, asset("a", 20_000_000)))

    assert {0} == {r.figures["state_tax"] for o in in_texas.options for r in o.orders if r.family_wealth is not None}
    assert {None} == {r.figures["state_tax"] for o in unknown.options for r in o.orders}
    assert "states_not_counted" in {warning.code for warning in unknown.warnings}
    assert "states_not_counted" not in {warning.code for warning in in_texas.warnings}


def test_no_plan_is_needed_only_where_no_state_takes_anything_either():
    small = asset("a", 5_000_000)

    assert "none_needed" == plan_of(couple_in("TX", small)).recommendation.strategy
    assert "none_needed" != plan_of(couple_in("MA", small)).recommendation.strategy


def test_the_bypass_trust_of_the_state_amount_is_priced_beside():
    plan = plan_of(couple_in("NY", asset("a", 20_000_000)))
    option = next(o for o in plan.options if o.strategy == "credit_shelter_and_qdot")

    [other] = option.alternatives

    assert "bypass_to_state_amount" == other.name
    # New York leaves 7,350,000 untaxed in 2026; the rest goes into the QDOT, deducted on both returns.
    assert [0, Decimal(7_350_000)] == [other.result.figures["state_tax_at_first_death"], other.result.bypass_at_start]
    assert other.difference == other.result.family_wealth - option.order("a").family_wealth


@settings(max_examples=60, deadline=None)
@given(
    state=st.sampled_from(["CT", "DC", "HI", "IL", "ME", "MD", "MA", "MN", "NY", "OR", "RI", "VT", "WA"]),
    first=st.integers(0, 40_000_000),
    second=st.integers(0, 10_000_000),
    strategy=st.sampled_from(["outright", "qdot", "credit_shelter_and_qdot", "naturalization_and_credit_shelter"]),
)
def test_a_states_tax_never_raises_the_federal_tax_and_never_lowers_both_together(state, first, second, strategy):
    with_state = result_of(couple_in(state, asset("a", first), asset("b", second)), strategy)
    without = result_of(couple_in("TX", asset("a", first), asset("b", second)), strategy)

    federal = ("tax_at_first_death",)
    assert sum(figures(with_state, *federal)) <= sum(figures(without, *federal))
    both = ("tax_at_first_death", "state_tax_at_first_death")
    assert sum(figures(with_state, *both)) >= sum(figures(without, *both))
    assert with_state.family_wealth == with_state.path[-1].family_wealth
    assert with_state.family_wealth <= without.family_wealth


@pytest.mark.parametrize("state", ["NY", "MA", "IL"])
def test_worksheet_lines_of_a_state_carry_its_statute(state):
    result = result_of(couple_in(state, asset("a", 20_000_000)), "outright")

    sheet = next(s for s in result.worksheets if s.code.endswith("-T"))
    assert result.lines["state_tax_at_first_death"] == sheet.last_number
    assert any(line.citations for line in sheet.lines[:-1])


def test_where_a_state_taxes_children_the_tax_of_the_second_death_is_no_figure():
    plan = plan_of(couple_in("PA", asset("a", 20_000_000)))
    result = plan.options[0].order("a")

    # Pennsylvania: nothing between spouses, 4.5% on children; the plan does not know the heirs.
    assert [0, None, None] == figures(result, "state_tax_at_first_death", "state_tax_at_second_death", "state_tax")
    assert ["inheritance_tax_not_counted"] == [w.code for w in plan.warnings if w.code.startswith("inheritance")]


def test_where_children_are_free_the_plan_says_that_others_pay():
    plan = plan_of(couple_in("NJ", asset("a", 20_000_000)))

    assert 0 == plan.options[0].order("a").figures["state_tax"]
    assert ["New Jersey taxes what heirs other than spouse and descendants take: none is counted here."] == [
        warning.text for warning in plan.warnings if warning.code == "inheritance_tax_not_counted"
    ]


def test_what_goes_to_others_at_the_first_death_is_open_where_children_are_taxed():
    couple = couple_in("PA", asset("a", 20_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(50)))

    assert result_of(couple, "outright").figures["state_tax_at_first_death"] is None


def test_land_in_a_state_that_taxes_children_is_named_too():
    cabin = Asset(name="Cabin", kind="real_estate", title="a", value=Decimal(500_000), debt=Decimal(0),
                  country="US", state="PA")  # fmt: skip
    plan = plan_of(couple_in("TX", asset("a", 6_000_000), cabin))

    assert plan.options[0].order("a").figures["state_tax"] is None
    assert [
        "Pennsylvania taxes what heirs other than the spouse take, children too: that tax is in no figure here."
    ] == [warning.text for warning in plan.warnings if warning.code == "inheritance_tax_not_counted"]
