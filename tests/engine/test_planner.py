"""What the planner says of a couple: readiness, ranking, the words around it, and its limits."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.engine.assumptions import settle
from planning.engine.holdings import wealth_today
from planning.engine.law import LawNotKnownError
from planning.engine.planner import make_plan
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES
from planning.engine.wire import plan_to_json
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from tests.engine.couples import AS_OF, asset, person, worked_comparison_couple

pytestmark = pytest.mark.pure

YEARS = {"years_to_first_death": 10, "years_to_second_death": 22}


def plan_of(couple, given=YEARS, as_of=AS_OF):
    return make_plan(
        couple,
        lawbook=official_lawbook(),
        given=given,
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=as_of,
    )


def couple_of(*assets, a=None, b=None, **facts):
    base = worked_comparison_couple()
    return replace(base, a=a or base.a, b=b or base.b, assets=assets, **facts)


def statuses(plan):
    return {option.strategy: option.status for option in plan.options}


def test_below_every_exclusion_nothing_is_needed_and_the_page_may_say_so():
    plan = plan_of(couple_of(asset("a", 3_000_000), asset("b", 1_000_000)))

    assert "none_needed" == plan.recommendation.strategy
    assert "No federal tax" in plan.recommendation.sentence
    assert plan.recommendation.flip_points


def test_state_tax_is_absent_and_never_zero():
    plan = plan_to_json(plan_of(worked_comparison_couple()))

    assert {None} == {option["figures"]["state_tax"] for option in plan["options"]}
    assert "states_not_counted" in {warning["code"] for warning in plan["warnings"]}


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"us_domicile": None}, "b.us_domicile"),
        ({"adjusted_taxable_gifts": None}, "b.adjusted_taxable_gifts"),
    ],
)
def test_a_missing_fact_keeps_every_option_waiting_and_is_named(facts, path):
    couple = couple_of(asset("a", 20_000_000), b=person("Sol", "CL", naturalization_intent="planned", **facts))

    plan = plan_of(couple)

    assert {"needs_facts"} == set(statuses(plan).values())
    assert all(path in option.missing for option in plan.options)
    assert path in {fact.fact for fact in plan.missing}
    assert plan.recommendation.strategy is None
    assert {None} == {option.order("a").family_wealth for option in plan.options}


def test_a_citizens_domicile_is_not_asked():
    plan = plan_of(couple_of(asset("a", 20_000_000), a=person("Dana", "US", us_domicile=None)))

    assert "available" == statuses(plan)["qdot"]


def test_without_birth_dates_the_years_must_be_set():
    plan = plan_of(couple_of(asset("a", 20_000_000)), given={})

    assert {"a.date_of_birth", "b.date_of_birth"} <= set(plan.options[0].missing)


def test_the_life_table_gives_the_years_where_nobody_set_them():
    couple = couple_of(
        asset("a", 20_000_000),
        a=person("Dana", "US", date_of_birth=date(1955, 3, 2), sex="male"),
        b=person("Sol", "CL", date_of_birth=date(1962, 5, 6), sex="female"),
    )

    plan = plan_of(couple, given={})

    # Period table 2023: a man of 71 has 14.0 years, a woman of 64 has 21.1 years.
    values = {assumption.name: assumption.value for assumption in plan.assumptions}
    assert (14, 21) == (values["years_to_first_death"], values["years_to_second_death"])


def test_unsure_citizenship_stays_unknown_and_runs_as_noncitizen_under_a_printed_assumption():
    plan = plan_of(couple_of(asset("a", 20_000_000), b=person("Sol")))

    assert plan.citizens["b"] is None
    assert "citizenship_unconfirmed" in {assumption.name for assumption in plan.assumptions}
    assert "citizenship_unconfirmed" in {warning.code for warning in plan.warnings}
    assert plan.options[0].order("a").figures["tax_at_first_death"] > 0


def test_two_citizens_need_no_qdot():
    plan = plan_of(couple_of(asset("a", 20_000_000), b=person("Sol", "US", "CL")))

    found = statuses(plan)
    assert "available" == found["outright"]
    assert {"not_available"} == {found[name] for name in ("qdot", "lifetime_gifts", "naturalization")}


def test_the_citizen_dies_first_in_the_order_that_ranks_even_if_poorer():
    plan = plan_of(couple_of(asset("a", 20_000_000), a=person("Dana", "CL"), b=person("Sol", "US")))

    assert "b" == plan.ranking_order


def test_of_two_noncitizens_the_wealthier_dies_first_and_both_orders_use_the_qdot():
    couple = couple_of(asset("a", 2_000_000), asset("b", 40_000_000), a=person("Dana", "CL"), b=person("Sol", "CL"))

    plan = plan_of(couple)

    assert "b" == plan.ranking_order
    qdot = next(option for option in plan.options if option.strategy == "qdot")
    assert all(order.qdot_at_start for order in qdot.orders)


def test_the_other_order_says_so_when_its_ranking_differs():
    other = plan_of(worked_comparison_couple()).recommendation.other_order

    assert "b" == other.first_to_die
    assert other.strategy is not None


def test_citizenship_waits_for_a_fact_but_its_figures_are_shown_and_not_ranked():
    plan = plan_of(couple_of(asset("a", 20_000_000), b=person("Sol", "CL", naturalization_intent="maybe")))

    option = next(option for option in plan.options if option.strategy == "naturalization")
    assert "needs_facts" == option.status
    assert ["b.naturalization_intent"] == option.missing
    assert option.rank is None
    assert option.order("a").family_wealth is not None


def test_no_wish_and_a_late_oath_close_the_citizenship_options():
    unwilling = plan_of(couple_of(asset("a", 20_000_000), b=person("Sol", "CL", naturalization_intent="no")))
    late = person("Sol", "CL", naturalization_intent="planned", naturalization_expected_on=date(2039, 1, 1))

    too_late = plan_of(couple_of(asset("a", 20_000_000), b=late))

    assert "not_available" == statuses(unwilling)["naturalization"]
    assert "citizenship_too_late" == too_late.options[6].reasons[0].code


def test_within_the_tolerance_the_simpler_comes_first_and_the_answer_says_it_is_close():
    plan = plan_of(worked_comparison_couple(), {**YEARS, "closeness_tolerance": Decimal(30)})

    assert "outright" == plan.recommendation.strategy
    assert plan.recommendation.is_close
    assert "naturalization" in plan.recommendation.close_to


def test_a_flip_point_holds_on_both_sides():
    couple = couple_of(asset("a", 20_000_000), asset("b", 1_000_000))
    plan = plan_of(couple)
    sizes = [flip for flip in plan.recommendation.flip_points if flip.variable == "estate_size"]
    below = max((flip for flip in sizes if flip.at < 21_000_000), key=lambda flip: flip.at)

    def first_at(size):
        factor = Decimal(size) / 21_000_000
        scaled = (asset("a", int(20_000_000 * factor)), asset("b", int(1_000_000 * factor)))
        return plan_of(couple_of(*scaled)).recommendation.strategy

    assert below.then == first_at(below.at - 20_000)
    assert plan.recommendation.strategy == first_at(below.at + 20_000)


def test_a_nonresident_spouse_is_worked_out_and_cannot_naturalize_in_time():
    plan = plan_of(couple_of(asset("a", 20_000_000), b=person("Sol", "CL", us_domicile=False)))

    assert "available" == statuses(plan)["qdot"]
    assert "not_available" == statuses(plan)["naturalization"]
    [closed] = next(option for option in plan.options if option.strategy == "naturalization").reasons
    assert "no_residence_since_the_death" == closed.code


def test_of_a_nonresident_spouse_the_us_situs_part_must_be_known():
    stocks = couple_of(asset("a", 20_000_000), asset("b", 1_000_000), b=person("Sol", "CL", us_domicile=False))
    deposits = replace(stocks, assets=(stocks.assets[0], replace(stocks.assets[1], kind="bank")))
    concluded = replace(stocks, b=replace(stocks.b, us_situs_share=Decimal(40)))

    assert ["b.us_situs_share"] == plan_of(stocks).options[0].missing
    assert [] == plan_of(deposits).options[0].missing
    assert [] == plan_of(concluded).options[0].missing


def test_an_unlisted_value_is_named_by_its_path():
    plan = plan_of(couple_of(replace(asset("a", 1), value=None)))

    assert "assets[0].value" in plan.options[0].missing


def test_rough_totals_serve_where_nothing_is_listed():
    base = worked_comparison_couple()
    couple = replace(base, a=replace(base.a, rough_total=Decimal(20_000_000)), assets=None)

    plan = plan_of(couple)

    assert Decimal("32577892.54") == plan.options[0].order("a").first_estate


def test_a_year_without_law_is_refused():
    with pytest.raises(LawNotKnownError, match="2031"):
        plan_of(worked_comparison_couple(), as_of=date(2031, 1, 1))


def test_the_same_facts_give_the_same_bytes():
    first, second = (json.dumps(plan_to_json(plan_of(worked_comparison_couple()))) for _ in range(2))

    assert first == second


def test_deadlines_follow_the_assumed_death_and_say_so():
    plan = plan_of(worked_comparison_couple())

    dates = {deadline.what: deadline for deadline in plan.deadlines}
    # Death assumed on 2036-12-31: nine months later is 2037-09-30, a Wednesday.
    assert date(2037, 9, 30) == dates["Form 706: file and pay"].due
    assert dates["Form 706: file and pay"].assumed
    assert date(2027, 4, 15) == plan.deadlines[0].due
    assert not plan.deadlines[0].assumed


@settings(max_examples=60, deadline=None)
@given(
    first=st.integers(0, 60_000_000),
    second=st.integers(0, 30_000_000),
    years=st.integers(0, 20),
    between=st.integers(1, 20),
    spending=st.none() | st.integers(0, 2_000_000),
    strategy=st.sampled_from(STRATEGIES),
    decedent=st.sampled_from(["a", "b"]),
)
def test_taxes_are_never_negative_and_no_strategy_raises_the_first_tax(
    first, second, years, between, spending, strategy, decedent
):
    couple = couple_of(asset("a", first), asset("b", second))
    given_years = {"years_to_first_death": years, "years_to_second_death": years + between}
    assumptions, _ = settle(
        couple,
        {**given_years, "survivor_spending": None if spending is None else Decimal(spending)},
        sources={},
        life_table=life_table(),
        wealth=wealth_today(couple),
        as_of=AS_OF,
    )

    ground = Ground(couple, assumptions, official_lawbook(), AS_OF)

    def run(chosen):
        return project(ground, decedent=decedent, strategy=chosen)

    result, nothing = run(strategy), run(BY_ID["outright"])

    taxes = ("tax_at_first_death", "qdot_tax", "tax_at_second_death")
    assert all(result.figures[name] >= 0 for name in taxes)
    assert result.family_wealth == result.path[-1].family_wealth
    if not strategy.gifts or decedent == assumptions.gift_donor:
        assert result.figures["tax_at_first_death"] <= nothing.figures["tax_at_first_death"]


def test_the_odds_hold_the_ranked_strategies_and_the_same_seed_gives_the_same():
    couple = couple_of(asset("a", 20_000_000), asset("b", 1_000_000))
    couple = replace(
        couple,
        a=replace(couple.a, date_of_birth=date(1950, 1, 1)),
        b=replace(couple.b, date_of_birth=date(1955, 1, 1)),
    )

    first, again = plan_of(couple), plan_of(couple)

    assert first.odds == again.odds
    assert {o.strategy for o in first.options if o.status == "available"} == {o.strategy for o in first.odds.outlooks}
    assert 10_000 == first.odds.paths
    for outlook in first.odds.outlooks:
        assert outlook.low <= outlook.middle <= outlook.high
        assert outlook.expected_regret >= 0


def test_without_a_date_of_birth_there_are_no_odds():
    assert plan_of(couple_of(asset("a", 20_000_000))).odds is None


def test_no_arrangement_comes_first_because_the_survivor_goes_without():
    couple = couple_of(
        asset("a", 44_261_000),
        asset("b", 5_000_000),
        a=person("Dana", "US", first_death_share_to_spouse=Decimal(60), adjusted_taxable_gifts=Decimal(5_000_000)),
        b=person("Sol", "CL", naturalization_intent="planned", naturalization_expected_on=date(2028, 1, 31),
                 adjusted_taxable_gifts=Decimal(3_000_000)),
        survivor_spending=Decimal(1_500_000),
    )  # fmt: skip
    given = {"growth": Decimal(0), "indexing": Decimal(0), "qdot_income_yield": Decimal(0), "qdot_yearly_cost": Decimal(0),
             "years_to_first_death": 7, "years_to_second_death": 31}  # fmt: skip
    plan = plan_of(couple, given)
    by_name = {option.strategy: option.order("a") for option in plan.options}

    outright, citizen = by_name["outright"], by_name["naturalization"]
    assert outright.family_wealth > citizen.family_wealth
    assert outright.unmet_spending > citizen.unmet_spending > 0
    assert outright.family_wealth - outright.unmet_spending == outright.ranked_by < citizen.ranked_by
    assert "outright" != plan.recommendation.strategy
    [warning] = [warning.text for warning in plan.warnings if warning.code == "spending_not_covered"]
    assert "Nothing arranged" in warning
