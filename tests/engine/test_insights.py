"""What an attorney may rely on when the arrangements are compared, as properties on grids of couples.

No state takes anything here (the state of domicile is not given, or Texas) and no
treaty is looked at. Dana, a citizen, dies first. Where a property holds under a
condition only, the condition is said exactly, with a couple on the other side of it.
Yearly balances are rounded to the cent: `ROUNDING` is what that may add up to.
"""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from planning.engine.assumptions import settle
from planning.engine.holdings import wealth_today
from planning.engine.planner import make_plan
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from tests.engine.couples import AS_OF, asset, person, worked_comparison_couple

pytestmark = pytest.mark.pure

MILLION = 1_000_000
ROUNDING = Decimal("0.25")
OPTIONS = tuple(strategy.id for strategy in STRATEGIES if not strategy.treaty)
LAWBOOK = official_lawbook()
WITHOUT_COST = {"qdot_income_yield": Decimal(0), "qdot_yearly_cost": Decimal(0), "survivor_spending": Decimal(0)}


def couple_of(dana, sol, *, gifts=0, share=100, state=None):
    """Dana and Sol with what they own, USD; `gifts` are Dana's taxable gifts, `share` the percent left to Sol."""
    facts = {"adjusted_taxable_gifts": Decimal(gifts), "first_death_share_to_spouse": Decimal(share)}
    couple = worked_comparison_couple()
    return replace(
        couple,
        a=person("Dana", "US", domicile_state=state, **facts),
        b=replace(couple.b, domicile_state=state),
        assets=(asset("a", dana), asset("b", sol)),
    )


def ground_of(couple, **given):
    assumptions, _printed = settle(
        couple,
        {"ranking_order": "a", **given},
        sources={},
        life_table=life_table(),
        wealth=wealth_today(couple),
        as_of=AS_OF,
    )
    return Ground(couple, assumptions, LAWBOOK, AS_OF)


def results_of(ground, *strategies):
    return [project(ground, decedent="a", strategy=BY_ID[strategy]) for strategy in strategies]


def plan_of(couple, state_book=None, **given):
    return make_plan(
        couple,
        lawbook=LAWBOOK,
        given={"ranking_order": "a", **given},
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        state_book=state_book,
        with_flip_points=False,
    )


def years(draw, longest_marriage=15, longest_widowhood=24):
    before = draw.randrange(1, longest_marriage)
    return {"years_to_first_death": before, "years_to_second_death": before + draw.randrange(1, longest_widowhood)}


def numbers(draw, **choices):
    return {name: Decimal(draw.choice(values)) for name, values in choices.items()}


def exclusion_left(result, gifts):
    """Return what Dana's estate has left of its exclusion for a QDOT or a bypass trust, USD."""
    return result.exclusion_at_first_death - gifts


def own_property(result):
    """Return what Sol owns outside every trust at the second death, USD."""
    sheet = next(sheet for sheet in result.worksheets if sheet.code.endswith("-S"))
    return next(line.amount for line in sheet.lines if line.label == "The survivor's own property")


# -- a QDOT for everything against a bypass trust ------------------------------------------------------------------


def test_a_qdot_for_everything_ends_below_a_bypass_trust_where_its_principal_grows():
    """Dana's exclusion is frozen; whatever grows above it in a QDOT is taxed, in a bypass trust it is not."""
    draw, looked_at = random.Random(1), 0  # noqa: S311 - a fixed seed, so that a failure can be repeated
    while looked_at < 700:
        gifts = draw.choice([0, 0, 5, 14]) * MILLION
        ground = ground_of(
            couple_of(draw.randrange(1, 60) * MILLION, draw.choice([0, 1, 5, 20]) * MILLION, gifts=gifts),
            **numbers(
                draw,
                growth=["1", "3", "5", "8"],
                qdot_income_yield=["0", "0.5", "2", "3"],
                qdot_yearly_cost=["0", "0.4", "1"],
                indexing=["0", "2", "4"],
                survivor_spending=["0", "0", "300000", "1500000"],
            ),
            **years(draw),
        )
        a = ground.assumptions
        qdot, bypass = results_of(ground, "qdot", "credit_shelter_and_qdot")
        left = exclusion_left(qdot, gifts)
        grows = a.growth > a.qdot_income_yield + a.qdot_yearly_cost
        if not grows or left <= 0 or qdot.qdot_at_end <= left:
            continue
        looked_at += 1
        assert qdot.family_wealth < bypass.family_wealth, (ground.couple, a)


def a_year_of_payouts(sol, **given):
    """Dana leaves 10 million with 5 million of the exclusion left; Sol dies a year later. Return both results."""
    ground = ground_of(
        couple_of(10 * MILLION, sol, gifts=10 * MILLION),
        qdot_yearly_cost=Decimal(0),
        survivor_spending=Decimal(0),
        years_to_first_death=0,
        years_to_second_death=1,
        **given,
    )
    return results_of(ground, "qdot", "credit_shelter_and_qdot")


def test_where_payouts_take_all_growth_and_sols_exclusion_has_room_both_end_alike():
    qdot, bypass = a_year_of_payouts(0, growth=Decimal(2), qdot_income_yield=Decimal(2))

    # 10.2 million less 40% of 10 - 5 million; or 5.1 + 5 + 0.1 million less 40% of 5 million.
    assert Decimal(8_200_000) == qdot.family_wealth == bypass.family_wealth
    # Where Sol's own property is above the exclusion, the payouts are taxed there, the growth of the bypass trust not.
    qdot, bypass = a_year_of_payouts(20 * MILLION, growth=Decimal(2), qdot_income_yield=Decimal(2))
    assert qdot.family_wealth < bypass.family_wealth


def test_where_payouts_take_more_than_the_growth_the_qdot_may_end_above():
    """Growth is positive, principal shrinks: the frozen exclusion then keeps a larger part of it free, not a smaller.

    So the insight asks for growth of the QDOT's principal, not of the property.
    """
    qdot, bypass = a_year_of_payouts(0, growth=Decimal(1), qdot_income_yield=Decimal(3))

    assert Decimal(9_800_000) == qdot.qdot_at_end > exclusion_left(qdot, 10 * MILLION)
    # 10.1 million less 40% of 9.8 - 5 million; less 40% of 4.9 million.
    assert Decimal(8_180_000) == qdot.family_wealth
    assert Decimal(8_140_000) == bypass.family_wealth


# -- gifts beside a QDOT -------------------------------------------------------------------------------------------


def gift_grid(count, seed, **fixed):
    """Yield couples without cost and income of the QDOT: the ground, both results, Dana's exclusion left, Sol's."""
    draw, found = random.Random(seed), 0  # noqa: S311 - a fixed seed, so that a failure can be repeated
    while found < count:
        gifts = draw.choice([0, 0, 5, 10]) * MILLION
        ground = ground_of(
            couple_of(draw.randrange(5, 60) * MILLION, draw.choice([0, 0, 1, 5, 10, 20, 30]) * MILLION, gifts=gifts),
            **WITHOUT_COST,
            **numbers(draw, growth=["0", "3", "5"], indexing=["0", "2", "4"]),
            **years(draw, 10, 15),
            **fixed,
        )
        qdot, with_gifts = results_of(ground, "qdot", "gifts_and_qdot")
        left = exclusion_left(qdot, gifts)
        # Both QDOTs reach above Dana's exclusion: otherwise what is left of it passes to Sol, and gifts raise that.
        if with_gifts.qdot_at_end <= left:
            continue
        found += 1
        yield ground, qdot, with_gifts, left, ground.law(qdot.second_death_year).basic_exclusion_amount


def test_gifts_add_nothing_where_the_survivors_exclusion_is_used_without_them():
    """It is used by Sol's own property and by what of the QDOT Dana's exclusion keeps free of QDOT tax.

    That part of the QDOT is in Sol's estate too, without a credit for tax on it.
    """
    seen = {"used by own property": 0, "used only with the QDOT": 0}
    for ground, qdot, with_gifts, left, exclusion in gift_grid(500, 2):
        own = own_property(qdot)
        if own + left < exclusion:
            continue
        seen["used by own property" if own >= exclusion else "used only with the QDOT"] += 1
        allowed = ROUNDING if ground.assumptions.growth else 0
        assert abs(with_gifts.family_wealth - qdot.family_wealth) <= allowed, ground.couple
    assert min(seen.values()) > 50, seen


def test_gifts_add_something_where_the_survivors_exclusion_would_stay_unused():
    seen = 0
    for ground, qdot, with_gifts, left, exclusion in gift_grid(500, 3):
        unused = exclusion - own_property(qdot) - left
        if unused <= 1:
            continue
        seen += 1
        moved = own_property(with_gifts) - own_property(qdot)
        # 40% of what the gifts have grown to, as far as Sol's unused exclusion reaches.
        gained = with_gifts.family_wealth - qdot.family_wealth
        assert abs(gained - Decimal("0.4") * min(moved, unused)) <= ROUNDING, ground.couple
        assert gained > 0
    assert seen > 100


@pytest.mark.parametrize("situated_here", [Decimal(0), Decimal(100)])
def test_gifts_add_something_where_the_survivor_leaves(situated_here):
    grid = gift_grid(150, 4, survivor_leaves_us="yes", qdot_us_situs_share=situated_here)
    for ground, qdot, with_gifts, _left, _exclusion in grid:
        # What was given is Sol's own and, as assumed, not situated here: at least 40% of one gift is saved.
        assert with_gifts.family_wealth - qdot.family_wealth >= Decimal("0.4") * 194_000, ground.couple


# -- a survivor who dies domiciled abroad --------------------------------------------------------------------------


@pytest.mark.parametrize("dana", [2, 10, 16, 20, 50])
def test_a_survivor_abroad_pays_the_nonresident_tax_on_a_qdot_situated_here(dana):
    still = {**WITHOUT_COST, "growth": Decimal(0), "indexing": Decimal(0)}
    when = {"years_to_first_death": 0, "years_to_second_death": 1}
    couple = couple_of(dana * MILLION, 0)

    [here] = results_of(ground_of(couple, **still, **when, survivor_leaves_us="yes"), "qdot")
    [elsewhere] = results_of(
        ground_of(couple, **still, **when, survivor_leaves_us="yes", qdot_us_situs_share=Decimal(0)), "qdot"
    )

    qdot_tax = Decimal("0.4") * max(0, dana - 15) * MILLION
    nonresident = 345_800 + Decimal("0.4") * (dana - 1) * MILLION - 13_000
    assert qdot_tax == here.figures["qdot_tax"] == elsewhere.figures["qdot_tax"]
    # Both taxes together; what the QDOT tax has paid is credited.
    assert nonresident - qdot_tax == here.figures["tax_at_second_death"] > 0
    assert 0 == elsewhere.figures["tax_at_second_death"]


def test_where_a_bypass_trust_used_the_exclusion_the_qdot_tax_covers_the_nonresident_tax():
    still = {**WITHOUT_COST, "growth": Decimal(0), "indexing": Decimal(0), "survivor_leaves_us": "yes"}
    ground = ground_of(couple_of(20 * MILLION, 0), **still, years_to_first_death=0, years_to_second_death=1)

    [bypass] = results_of(ground, "credit_shelter_and_qdot")

    assert 0 == bypass.figures["tax_at_second_death"] < bypass.figures["qdot_tax"]


def test_the_plan_says_that_a_survivor_abroad_is_taxed_on_what_is_situated_here():
    when = {"years_to_first_death": 1, "years_to_second_death": 5}

    def finding(**given):
        plan = plan_of(couple_of(20 * MILLION, 0), **WITHOUT_COST, **when, **given)
        return next(finding for finding in plan.findings if finding.rule == "EST-06")

    leaves, stays = finding(survivor_leaves_us="yes"), finding()
    assert ("fired", "warn", "Form 706-NA") == (leaves.state, leaves.severity, leaves.form)
    assert "US-situs property is taxed" in leaves.text
    assert "not_fired" == stays.state


# -- nothing needed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["TX", "FL", "CA", "NC"])
@pytest.mark.parametrize(("dana", "sol"), [(0, 0), (1, 0), (3, 1), (8, 4), (1, 9), (12, 0), (0, 12)])
def test_below_every_exclusion_nothing_is_needed(state, dana, sol):
    plan = plan_of(
        couple_of(dana * MILLION, sol * MILLION, state=state),
        official_state_book(),
        growth=Decimal(2),
        survivor_spending=Decimal(0),
        years_to_first_death=3,
        years_to_second_death=10,
    )

    # At most 12 million x 1.02^10 = 14,627,933.04 at the second death, below the exclusion of 2026 already.
    assert "none_needed" == plan.recommendation.strategy


# -- citizenship ---------------------------------------------------------------------------------------------------


def thousand_couples():
    """Yield 1,000 couples whose survivor stays and whose spending is met in every option, with all results.

    Administration expenses are left at 0: an estate that gifts have emptied would pay none.
    """
    draw, found = random.Random(6), 0  # noqa: S311 - a fixed seed, so that a failure can be repeated
    while found < 1000:
        share = draw.choice([100, 100, 60])
        gifts = draw.choice([0, 0, 5, 15]) * MILLION
        dana = draw.randrange(0, 60_000) * 1000
        ground = ground_of(
            couple_of(dana, draw.choice([0, 1, 5, 20, 40]) * MILLION, gifts=gifts, share=share),
            **numbers(
                draw,
                growth=["0", "1", "3", "5", "8"],
                qdot_income_yield=["0", "2", "3"],
                qdot_yearly_cost=["0", "0.4", "1"],
                indexing=["0", "2", "4"],
                survivor_spending=["0", "0", "300000", "1500000"],
            ),
            **years(draw),
        )
        results = dict(zip(OPTIONS, results_of(ground, *OPTIONS), strict=True))
        # A family is not richer because the survivor went without: such options are no match for the others.
        if any(result.unmet_spending for result in results.values()):
            continue
        found += 1
        yield ground, results


def test_citizenship_with_a_bypass_trust_is_never_below_any_option_and_without_it_may_be():
    alone_below = 0
    for ground, results in thousand_couples():
        top = results["naturalization_and_credit_shelter"].family_wealth
        for strategy, result in results.items():
            assert result.family_wealth <= top + ROUNDING, (strategy, ground.couple, ground.assumptions)
        without_citizenship = max(
            result.family_wealth for strategy, result in results.items() if not BY_ID[strategy].naturalization
        )
        alone_below += results["naturalization"].family_wealth < without_citizenship - ROUNDING
    assert alone_below > 20, alone_below


def test_a_citizen_is_taxed_on_everything_also_abroad_so_a_survivor_who_leaves_is_the_exception():
    """Sol's own 30 million escape the tax of this country only as long as Sol is no citizen."""
    when = {"years_to_first_death": 1, "years_to_second_death": 2, "survivor_leaves_us": "yes"}
    ground = ground_of(couple_of(20 * MILLION, 30 * MILLION), growth=Decimal(0), **WITHOUT_COST, **when)

    outright, citizen = results_of(ground, "outright", "naturalization_and_credit_shelter")

    assert outright.family_wealth > citizen.family_wealth


@pytest.mark.parametrize(("dana", "growth"), [(20, 5), (40, 5), (50, 7)])
def test_the_plan_says_that_the_unused_exclusion_of_a_citizen_is_frozen(dana, growth):
    plan = plan_of(
        couple_of(dana * MILLION, MILLION),
        growth=Decimal(growth),
        survivor_spending=Decimal(0),
        years_to_first_death=8,
        years_to_second_death=28,
    )

    wealth = {option.strategy: option.order("a").family_wealth for option in plan.options}
    why = plan.recommendation.why_not["naturalization"]
    assert wealth["naturalization"] < wealth["naturalization_and_credit_shelter"]
    assert why.difference < 0
    assert why.text == ("Dana's unused exclusion passes to Sol frozen; without a bypass trust its growth is taxed")
