"""The comparison of law/gifts.md B.4 under its own conventions: every row to 0.01 million."""

from decimal import Decimal

import pytest

from planning.engine.mortality import LifeTable
from planning.engine.planner import make_plan
from planning.lawbook import official_lawbook
from tests.engine.couples import AS_OF, asset, person, worked_comparison_couple

pytestmark = pytest.mark.pure

# Convention of B.4: every later amount grows from the 2026 law; the projected 2027 row is not used.
LAWBOOK = official_lawbook().without_rows_after(2026)
NO_TABLE = LifeTable("none", "none", {"female": (), "male": ()})
YEARS = {"years_to_first_death": 10, "years_to_second_death": 22, "gift_years": 10}

# strategy: tax at first death, QDOT tax, tax at second death, family wealth, in millions
ROWS = {
    "outright": ("5.72", "0", "3.56", "42.83"),
    "qdot": ("0", "10.42", "2.02", "41.85"),
    "lifetime_gifts": ("4.60", "0", "5.47", "42.91"),
    "gifts_and_qdot": ("0", "8.90", "3.62", "41.97"),
    "credit_shelter_and_qdot": ("0", "7.78", "0", "47.84"),
    "gifts_credit_shelter_and_qdot": ("0", "6.27", "0", "49.56"),
    "naturalization": ("0", "0", "6.07", "50.58"),
    "naturalization_and_credit_shelter": ("0", "0", "0.25", "56.40"),
}


def plan_of(couple, given=YEARS, lawbook=LAWBOOK):
    return make_plan(
        couple, lawbook=lawbook, given=given, sources={}, life_table=NO_TABLE, is_holiday=lambda day: False, as_of=AS_OF
    )


def order(plan, strategy, first="a"):
    return next(option for option in plan.options if option.strategy == strategy).order(first)


@pytest.fixture(scope="module")
def plan():
    return plan_of(worked_comparison_couple())


def millions(amount):
    return (amount / 1_000_000).quantize(Decimal("0.01"))


@pytest.mark.parametrize("strategy", ROWS)
def test_every_row_of_the_worked_comparison(plan, strategy):
    figures = order(plan, strategy).figures
    names = ("tax_at_first_death", "qdot_tax", "tax_at_second_death", "family_wealth")

    found = tuple(millions(figures[name]) for name in names)

    assert tuple(Decimal(text) for text in ROWS[strategy]) == found


def test_the_row_of_the_insurance_trust_beside_a_bypass_trust_and_a_qdot():
    couple = worked_comparison_couple()
    unwilling = person("Sol", "CL", naturalization_intent="no")
    couple = type(couple)(a=couple.a, b=unwilling, assets=couple.assets, survivor_spending=couple.survivor_spending)
    policy = {
        "insurance_trust_death_benefit": Decimal(4_000_000),
        "insurance_trust_yearly_premium": Decimal(60_000),
        "insurance_trust_insured": "a",
        "insurance_trust_beneficiaries": 4,
    }

    plan = plan_of(couple, {**YEARS, "gift_years": 0, **policy})

    option = next(option for option in plan.options if option.strategy == "life_insurance_trust")
    figures = option.order("a").figures
    assert "credit_shelter_and_qdot" == option.base
    assert Decimal("7.35") == millions(figures["qdot_tax"])
    assert Decimal("54.09") == millions(figures["family_wealth"])
    assert 0 == figures["tax_at_first_death"] == figures["tax_at_second_death"]
    # 60,000 at the start of each of ten years at 5%; 4,000,000 for twelve years.
    assert Decimal(600_000) == figures["insurance_premiums"]
    assert Decimal("7183425.30") == figures["insurance_trust"]


def test_exclusions_and_gifts_of_the_worked_comparison(plan):
    result = order(plan, "gifts_credit_shelter_and_qdot")
    moved = next(
        line for sheet in result.worksheets for line in sheet.lines if line.label.startswith("Gifts with their growth")
    )

    assert Decimal(18_280_000) == result.exclusion_at_first_death
    assert Decimal(2_786_614) == moved.amount.quantize(Decimal(1))


def test_the_first_decedents_tax_by_hand(plan):
    # 20,000,000 x 1.05^10 = 32,577,892.54; less the 2036 exclusion of 18,280,000 = 14,297,892.54; 40% of it.
    assert Decimal("5719157.02") == order(plan, "outright").figures["tax_at_first_death"]


def test_the_last_point_of_every_path_is_the_family_wealth(plan):
    for option in plan.options:
        for result in option.orders:
            if result.status == "computed":
                assert result.family_wealth == result.path[-1].family_wealth, option.strategy


def test_every_figure_stands_on_a_line_that_says_the_same(plan):
    for option in plan.options:
        for result in option.orders:
            lines = {line.number: line for sheet in result.worksheets for line in sheet.lines}
            for name, number in result.lines.items():
                assert result.figures[name] == lines[number].amount, (option.strategy, name)


def test_naturalization_with_a_bypass_trust_is_ranked_first_and_the_simple_one_behind(plan):
    assert "naturalization_and_credit_shelter" == plan.recommendation.strategy
    assert not plan.recommendation.is_close


def test_a_qdot_that_holds_everything_ends_below_a_bypass_trust_and_below_doing_nothing(plan):
    qdot = order(plan, "qdot").family_wealth

    assert qdot < order(plan, "outright").family_wealth < order(plan, "credit_shelter_and_qdot").family_wealth


def test_gifts_add_nothing_to_a_qdot_where_the_survivor_is_taxed_at_the_same_rate_and_it_costs_nothing():
    couple = worked_comparison_couple()
    rich = (asset("a", 60_000_000), asset("b", 60_000_000))
    couple = type(couple)(a=couple.a, b=couple.b, assets=rich)

    plan = plan_of(couple, {**YEARS, "qdot_income_yield": Decimal(0), "qdot_yearly_cost": Decimal(0)})

    # Cents of rounding in each yearly balance are all that may differ.
    assert abs(order(plan, "qdot").family_wealth - order(plan, "gifts_and_qdot").family_wealth) <= Decimal("0.10")


def test_principal_is_paid_out_with_its_tax_withheld_when_the_survivor_runs_short():
    couple = worked_comparison_couple()
    couple = type(couple)(
        a=couple.a, b=couple.b, assets=(asset("a", 40_000_000),), survivor_spending=Decimal(3_000_000)
    )

    result = order(plan_of(couple), "qdot")

    events = [event for event in result.qdot_events if event.kind == "principal"]
    assert events
    assert sum((event.tax for event in result.qdot_events), Decimal(0)) == result.figures["qdot_tax"]
    assert not result.unmet_spending
    # The first distributions lie within the exclusion left by the first decedent: nothing is due.
    assert 0 == events[0].tax


def test_a_citizen_survivor_has_the_marital_deduction_in_the_other_order(plan):
    result = order(plan, "outright", "b")

    assert 0 == result.figures["tax_at_first_death"]
    assert 0 == result.figures["qdot_tax"]


def test_joint_property_counts_by_who_paid_and_in_half_for_a_citizen_survivor():
    house = asset("joint_survivorship", 4_000_000, "home", contribution_a=Decimal(75))
    couple = worked_comparison_couple()
    couple = type(couple)(a=couple.a, b=couple.b, assets=(house,))

    plan = plan_of(couple)

    def counted(strategy, first):
        return order(plan, strategy, first).worksheets[0].lines[1].amount

    assert Decimal(3_000_000) == counted("outright", "a")
    assert Decimal(2_000_000) == counted("naturalization", "a")
    assert Decimal(2_000_000) == counted("outright", "b")


def test_without_papers_the_whole_joint_property_counts_and_the_plan_says_so():
    house = asset("joint_survivorship", 4_000_000, "home")
    couple = worked_comparison_couple()
    unwilling = person("Sol", "CL", naturalization_intent="no")
    couple = type(couple)(a=couple.a, b=unwilling, assets=(house, asset("a", 16_000_000)))

    plan = plan_of(couple)

    assert Decimal(4_000_000) == order(plan, "outright").worksheets[0].lines[1].amount
    assert "contribution_presumed" in {warning.code for warning in plan.warnings}
    missing = next(fact for fact in plan.missing if fact.fact == "assets[0].contribution_a")
    assert missing.could_move > 0


def test_community_property_counts_in_half():
    couple = worked_comparison_couple()
    couple = type(couple)(a=couple.a, b=couple.b, assets=(asset("community", 6_000_000),))

    sheet = order(plan_of(couple), "outright").worksheets[0]

    assert Decimal(3_000_000) == sheet.lines[1].amount


def test_insurance_owned_by_the_insured_is_in_the_first_estate_and_otherwise_not():
    def estate(owner):
        policy = asset(owner, 0, "life_insurance", insured="a", death_benefit=Decimal(1_000_000))
        couple = worked_comparison_couple()
        couple = type(couple)(a=couple.a, b=couple.b, assets=(asset("a", 20_000_000), policy))
        return order(plan_of(couple), "outright").first_estate

    # 20,000,000 x 1.05^10 and the death benefit on top, which does not grow.
    assert Decimal("33577892.54") == estate("a")
    assert Decimal("32577892.54") == estate("b")


def test_earlier_taxable_gifts_lower_the_bypass_trust_and_raise_the_tax():
    couple = worked_comparison_couple()
    couple = type(couple)(
        a=person("Dana", "US", adjusted_taxable_gifts=Decimal(5_000_000)), b=couple.b, assets=couple.assets
    )

    plan = plan_of(couple)

    assert Decimal(13_280_000) == order(plan, "credit_shelter_and_qdot").bypass_at_start
    # 5,000,000 more taxed at 40% than in the worked comparison.
    assert Decimal("7719157.02") == order(plan, "outright").figures["tax_at_first_death"]


def test_the_lost_step_up_is_counted_once_its_inputs_are_known():
    given = {**YEARS, "chance_gift_sold": Decimal(100), "basis_share_of_gifts": Decimal(0)}

    result = order(plan_of(worked_comparison_couple(), given), "lifetime_gifts")

    # 23.8% of everything the gifts have grown to, 2,786,614.
    assert Decimal(663_214) == result.figures["lost_basis_cost"].quantize(Decimal(1))
