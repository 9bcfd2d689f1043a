"""Inheritance taxes inside a plan: who takes, what each state sees, who bears it, and what the federal tax makes of it.

Every figure is redone by hand beside it; nothing grows, and the second death comes
a year after the first.
"""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from planning.engine.facts import Asset
from planning.engine.inheritance_law import LifeInsurance
from planning.engine.projection.heirs import HeirsBear, Taken, TaxedHeirs, taken_as_heirs_at_first_death, taxed_heirs
from planning.engine.projection.states import heirs_in_reach, reach_at_second_death
from planning.engine.rules.state_shares import Holding
from planning.engine.worksheet import Worksheet, given
from planning.inheritance_taxes import inheritance_book
from tests.engine.couples import asset
from tests.engine.test_states_in_plans import AS_OF, couple_in, figures, ground_of, plan_of, result_of
from tests.oracle.inheritance_taxes import cents, inheritance_tax

pytestmark = pytest.mark.pure

TWO_CHILDREN = {"heirs": "children", "number_of_heirs": 2}
BOTH = ("state_tax_at_first_death", "state_tax_at_second_death")


def land_in(state, value, title="a"):
    return Asset(name="Cabin", kind="real_estate", title=title, value=Decimal(value), debt=Decimal(0),
                 country="US", state=state)  # fmt: skip


def sheet_of(result, letter):
    return next(sheet for sheet in result.worksheets if sheet.code.endswith(f"-{letter}"))


def line_of(result, letter, label):
    return next(line for line in sheet_of(result, letter).lines if line.label == label)


def warnings_of(plan, code):
    return [warning.text for warning in plan.warnings if warning.code == code]


# -- Pennsylvania: a flat rate, nothing free, a trust for the spouse deferred -------------


def test_pennsylvania_takes_nothing_of_the_spouse_and_4_5_percent_of_children_at_the_second_death():
    result = result_of(couple_in("PA", asset("a", 20_000_000)), "outright", **TWO_CHILDREN)

    # Federal at the first death: 40% of 5,000,000. The spouse has 18,000,000; 4.5% of 9,000,000 for each of two.
    assert [0, Decimal(810_000)] == figures(result, *BOTH)
    assert Decimal(810_000) == result.figures["state_tax"]
    assert Decimal(2_000_000) == result.figures["tax_at_first_death"]
    # 40% of (18,000,000 - 810,000 - 15,000,000) is less than the credit for the tax of the first death.
    assert 0 == result.figures["tax_at_second_death"]
    assert Decimal(17_190_000) == result.family_wealth == result.path[-1].family_wealth


def test_a_qdot_is_taxed_by_pennsylvania_at_the_spouses_death_and_that_lowers_the_2056a_tax():
    result = result_of(couple_in("PA", asset("a", 20_000_000)), "qdot", **TWO_CHILDREN)

    assert [0, Decimal(900_000)] == figures(result, *BOTH)
    assert Decimal(900_000) == line_of(result, "U", "Of it, because of the QDOT").amount
    # 2056A(b)(10)(A): 20,000,000 - 900,000 on the first decedent's exclusion of 15,000,000.
    assert Decimal(1_640_000) == result.figures["qdot_tax"]
    assert Decimal(17_460_000) == result.family_wealth == result.path[-1].family_wealth


def test_a_bypass_trust_counts_as_the_heirs_at_the_first_death_and_pays_its_own_tax():
    result = result_of(couple_in("PA", asset("a", 20_000_000)), "credit_shelter_and_qdot", **TWO_CHILDREN)

    # 4.5% of 15,000,000 out of the trust; 4.5% of the 5,000,000 in the QDOT at the spouse's death.
    assert [Decimal(675_000), Decimal(225_000)] == figures(result, *BOTH)
    assert Decimal(14_325_000) == result.bypass_at_start
    assert Decimal(5_000_000) == result.qdot_at_start
    # IRC 2058: 20,000,000 - 5,000,000 - 675,000.
    assert Decimal(14_325_000) == result.taxable_estate
    # 40% of (14,325,000 + 5,000,000 - 225,000 - 15,000,000).
    assert Decimal(1_640_000) == result.figures["qdot_tax"]
    assert Decimal(17_460_000) == result.family_wealth == result.path[-1].family_wealth
    assert Decimal(14_325_000) == line_of(result, "E", "Bypass trust after inheritance tax").amount


def test_others_bear_their_own_inheritance_tax_and_the_federal_estate_deducts_it():
    couple = couple_in("PA", asset("a", 20_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(50)))
    result = result_of(couple, "outright", **TWO_CHILDREN)

    assert Decimal(450_000) == result.figures["state_tax_at_first_death"]
    assert Decimal(9_550_000) == line_of(result, "E", "Others receive, after inheritance tax").amount
    # 40% of (20,000,000 - 450,000 - 15,000,000), out of the spouse's 10,000,000.
    assert Decimal(1_820_000) == result.figures["tax_at_first_death"]
    assert Decimal(8_180_000) == result.figures["survivor_resources"]
    # 4.5% of 8,180,000.
    assert Decimal("368100.00") == result.figures["state_tax_at_second_death"]


def test_others_and_a_bypass_trust_share_the_tax_as_they_take():
    couple = couple_in("PA", asset("a", 10_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(75)))
    result = result_of(couple, "credit_shelter_and_qdot", **TWO_CHILDREN)

    # Others 2,500,000, bypass trust 7,500,000: 4.5% of each.
    assert Decimal(450_000) == result.figures["state_tax_at_first_death"]
    assert Decimal(2_387_500) == line_of(result, "E", "Others receive, after inheritance tax").amount
    assert Decimal(7_162_500) == line_of(result, "E", "Bypass trust after inheritance tax").amount


def test_life_insurance_is_not_taxed():
    policy = Asset(name="Policy", kind="life_insurance", title="b", insured="b", death_benefit=Decimal(1_000_000))
    result = result_of(couple_in("PA", asset("a", 6_000_000), policy), "outright", **TWO_CHILDREN)

    # 4.5% of the 6,000,000 alone.
    assert Decimal(270_000) == result.figures["state_tax_at_second_death"]
    line = line_of(result, "U", "Of it, other than life insurance")
    assert (Decimal(6_000_000), ("61 Pa. Code 93.131(c)(2)",), "assumed") == (line.amount, line.citations, line.status)


def test_of_what_others_take_of_an_insured_estate_only_the_rest_is_taxed():
    policy = Asset(name="Policy", kind="life_insurance", title="a", insured="a", death_benefit=Decimal(2_000_000))
    couple = couple_in("PA", asset("a", 6_000_000), policy)
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(50)))
    result = result_of(couple, "outright", **TWO_CHILDREN)

    # Of the 4,000,000 that others take three fourths are no insurance: 4.5% of 3,000,000.
    assert Decimal(135_000) == result.figures["state_tax_at_first_death"]
    assert Decimal(3_000_000) == line_of(result, "T", "Of it, other than life insurance").amount


def test_land_in_pennsylvania_is_taxed_there_and_no_more():
    couple = couple_in("TX", asset("a", 6_000_000), land_in("PA", 500_000))
    result = result_of(couple, "outright", **TWO_CHILDREN)

    assert [0, Decimal(22_500)] == figures(result, *BOTH)
    line = line_of(result, "U", "Of it, in reach of Pennsylvania")
    assert Decimal(500_000) == line.amount
    assert "times 500,000 over 6,500,000, as property lies today" in line.how


def test_land_elsewhere_is_out_of_reach_of_the_home():
    couple = couple_in("PA", asset("a", 6_000_000), land_in("TX", 500_000), land_in("PA", 100_000, "b"))
    result = result_of(couple, "outright", **TWO_CHILDREN)

    # 4.5% of 6,100,000.
    assert Decimal(274_500) == result.figures["state_tax_at_second_death"]


@pytest.mark.parametrize(
    ("kind", "second"),
    [("children", 270_000), ("siblings", 720_000), ("nieces_nephews", 900_000), ("unrelated", 900_000), ("charity", 0)],
)
def test_kinship_decides_the_rate(kind, second):
    result = result_of(couple_in("PA", asset("a", 6_000_000)), "outright", heirs=kind, number_of_heirs=1)

    assert Decimal(second) == result.figures["state_tax_at_second_death"]


# -- Nebraska: an amount of each heir is free; only the spouse's own interest in a trust is ----


def test_nebraska_leaves_each_child_100_000_and_takes_one_percent_of_the_rest():
    result = result_of(couple_in("NE", asset("a", 20_000_000)), "outright", **TWO_CHILDREN)

    # The spouse has 18,000,000: 1% of 9,000,000 - 100,000 for each of two.
    assert [0, Decimal(178_000)] == figures(result, *BOTH)
    assert Decimal(17_822_000) == result.family_wealth


def test_nebraska_taxes_those_after_the_spouse_at_the_first_death_and_the_qdot_bears_it():
    result = result_of(couple_in("NE", asset("a", 6_000_000)), "qdot", heirs="unrelated", number_of_heirs=3)

    # 15% of 2,000,000 - 25,000 for each of three; nothing again when the spouse dies.
    assert [Decimal(888_750), 0] == figures(result, *BOTH)
    assert Decimal(5_111_250) == result.qdot_at_start == result.family_wealth
    # IRC 2056(b)(4)(A): the share is deducted without the tax that falls on it, and that tax under 2058.
    assert 0 == result.taxable_estate
    assert Decimal(5_111_250) == line_of(result, "E", "The spouse's share after that tax").amount


def test_an_estate_trust_is_the_spouses_own_and_taxed_at_the_second_death():
    result = result_of(
        couple_in("NE", asset("a", 6_000_000)), "qdot", heirs="unrelated", number_of_heirs=3, qdot_form="estate_trust"
    )

    assert [0, Decimal(888_750)] == figures(result, *BOTH)


def test_a_qdot_in_one_state_and_land_in_another_are_each_taxed_by_their_own_rule():
    couple = couple_in("NE", asset("a", 6_000_000), land_in("PA", 2_000_000))
    result = result_of(couple, "qdot", **TWO_CHILDREN)

    # Nebraska, first death: 1% of (6,000,000 / 2 - 100,000), twice; Pennsylvania waits.
    assert Decimal(58_000) == result.figures["state_tax_at_first_death"]
    # What is left of the trust, 7,942,000, a fourth of it in Pennsylvania: 4.5% of 1,985,500.
    assert Decimal("89347.50") == result.figures["state_tax_at_second_death"]


# -- the others ---------------------------------------------------------------------------


def test_kentucky_takes_the_election_to_be_made_and_the_trust_as_the_spouses():
    result = result_of(couple_in("KY", asset("a", 6_000_000)), "qdot", heirs="unrelated", number_of_heirs=1)

    # 6,300 + 16% of 5,940,000, less the 6% of the 500 that are free.
    assert [0, Decimal(956_670)] == figures(result, *BOTH)


def test_new_jersey_takes_its_brackets_of_each():
    result = result_of(couple_in("NJ", asset("a", 6_000_000)), "outright", heirs="siblings", number_of_heirs=4)

    # Each 1,500,000: 157,250 + 14% of 100,000.
    assert [0, Decimal(4 * 171_250)] == figures(result, "state_tax_at_first_death", "state_tax_at_second_death")


def test_maryland_credits_its_inheritance_tax_against_its_estate_tax():
    couple = couple_in("MD", asset("a", 6_000_000))
    couple = replace(couple, b=replace(couple.b, citizenships=("US",)))
    result = result_of(couple, "outright", heirs="unrelated", number_of_heirs=1)

    # 10% of 6,000,000 is more than Maryland's estate tax, which it pays off.
    assert [0, Decimal(600_000)] == figures(result, *BOTH)
    assert 0 == line_of(result, "U", "Maryland estate tax").amount


def test_the_credit_counts_at_the_first_death_too():
    couple = couple_in("MD", asset("a", 8_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(0)))
    taxed = result_of(couple, "outright", heirs="nieces_nephews", number_of_heirs=1)
    free = result_of(couple, "outright", heirs="children", number_of_heirs=1)

    # Estate tax alone: the credit table on 8,000,000 or 16% of 3,000,000, the smaller. Inheritance tax: 800,000.
    assert Decimal(480_000) == free.figures["state_tax_at_first_death"]
    assert Decimal(800_000) == taxed.figures["state_tax_at_first_death"]


def test_estate_tax_of_one_state_and_inheritance_tax_of_another_stand_together():
    couple = couple_in("PA", asset("a", 8_000_000), land_in("NY", 8_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(0)))
    result = result_of(couple, "outright", heirs="children", number_of_heirs=1)

    sheet = sheet_of(result, "T")
    written = {line.label: line.amount for line in sheet.lines}
    # 4.5% of the half at home.
    assert Decimal(360_000) == written["Pennsylvania inheritance tax"]
    assert written["State death taxes"] == written["Pennsylvania inheritance tax"] + written["New York estate tax"]
    others = line_of(result, "E", "Others receive, after state tax").amount
    assert Decimal(16_000_000) - written["State death taxes"] == others


# -- what is not known ----------------------------------------------------------------------


def test_without_heirs_the_tax_stays_open_where_children_pay():
    plan = plan_of(couple_in("PA", asset("a", 20_000_000)))

    assert {None} == {r.figures["state_tax"] for o in plan.options for r in o.orders}
    trust = next(o for o in plan.options if o.strategy == "credit_shelter_and_qdot").order("a")
    assert trust.figures["state_tax_at_first_death"] is None


@pytest.mark.parametrize(("state", "kind"), [("PA", "children"), ("NJ", "siblings"), ("MD", "unrelated")])
def test_without_their_number_it_stays_open_and_the_plan_asks(state, kind):
    plan = plan_of(couple_in(state, asset("a", 20_000_000)), heirs=kind)

    assert plan.options[0].order("a").figures["state_tax"] is None
    [text] = warnings_of(plan, "inheritance_tax_not_counted")
    assert text.endswith("each apart: state how many there are to have it counted.")


@pytest.mark.parametrize(("state", "kind"), [("NJ", "children"), ("KY", "siblings"), ("MD", "siblings")])
def test_heirs_who_pay_nothing_need_no_number(state, kind):
    plan = plan_of(couple_in(state, asset("a", 5_000_000)), heirs=kind)

    assert plan.options[0].order("a").figures["state_tax"] is not None
    assert not [warning for warning in plan.warnings if warning.code.startswith("inheritance")]


def test_a_home_without_such_a_tax_is_not_touched():
    with_heirs = result_of(couple_in("NY", asset("a", 20_000_000)), "qdot", **TWO_CHILDREN)
    without = result_of(couple_in("NY", asset("a", 20_000_000)), "qdot")

    assert without.figures == with_heirs.figures


# -- what the plan says ----------------------------------------------------------------------


def test_the_plan_says_what_it_assumed_of_the_heirs():
    plan = plan_of(couple_in("PA", asset("a", 6_000_000)), **TWO_CHILDREN)
    one = plan_of(couple_in("PA", asset("a", 6_000_000)), heirs="nieces_nephews", number_of_heirs=1)

    [text] = warnings_of(plan, "inheritance_tax_assumed")
    assert text.startswith(
        "Pennsylvania taxes what heirs take: counted for 2 children in equal shares, all grown up. What a bypass trust"
        " holds counts as theirs at the first death;"
    )
    assert "counted for 1 niece or nephew, grown up." in warnings_of(one, "inheritance_tax_assumed")[0]
    assert not warnings_of(plan, "inheritance_tax_not_counted")


def test_a_deduction_of_federal_tax_is_named_only_where_there_is_federal_tax():
    taxed = plan_of(couple_in("NE", asset("a", 20_000_000)), **TWO_CHILDREN)
    free = plan_of(couple_in("NE", asset("a", 6_000_000)), **TWO_CHILDREN)

    note = "The state lets federal estate tax be deducted (Neb. Rev. Stat. 77-2018.04(5)); that is not counted."
    assert warnings_of(taxed, "inheritance_tax_assumed")[0].endswith(note)
    assert "deducted" not in warnings_of(free, "inheritance_tax_assumed")[0]


def test_open_points_of_the_law_are_named():
    plan = plan_of(couple_in("NE", asset("a", 6_000_000)), heirs="unrelated", number_of_heirs=1)

    [text] = warnings_of(plan, "inheritance_rule_unverified")
    assert text.startswith("Nebraska: LB 468")
    assert text.endswith("Has an act of the 2026 session changed rates or amounts for this death?")


def test_of_a_charity_the_plan_says_that_the_federal_deduction_is_not_counted():
    plan = plan_of(couple_in("PA", asset("a", 20_000_000)), heirs="charity")

    assert 0 == plan.options[0].order("a").figures["state_tax"]
    assert 1 == len(warnings_of(plan, "charitable_deduction_not_counted"))
    assert not warnings_of(plan, "inheritance_tax_assumed")


def test_lines_carry_the_statute_of_the_class():
    result = result_of(couple_in("PA", asset("a", 6_000_000)), "outright", heirs="siblings", number_of_heirs=3)

    lines = {line.label: line for line in sheet_of(result, "U").lines}
    each = lines["Pennsylvania inheritance tax of each sibling, class sibling"]
    assert (Decimal(240_000), ("72 P.S. 9116(a)(1.3)",)) == (each.amount, each.citations)
    assert "assumed" == lines["To each sibling"].status
    assert Decimal(2_000_000) == lines["To each sibling"].amount
    taken = lines["Taken by the heirs, as Pennsylvania is taken to see it"]
    assert (("72 P.S. 9113(a)", "72 P.S. 9113(b)"), "assumed") == (taken.citations, taken.status)
    # The second death falls in 2027, after the last year held.
    assert "projected" == lines["Pennsylvania inheritance tax"].status


def test_a_death_in_a_year_that_is_held_is_not_projected():
    couple = couple_in("PA", asset("a", 6_000_000))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=Decimal(50)))
    result = result_of(couple, "outright", heirs="children", number_of_heirs=1)

    assert line_of(result, "T", "Pennsylvania inheritance tax").status is None
    assert "To each child" not in [line.label for line in sheet_of(result, "T").lines]


# -- against the second computation ------------------------------------------------------------

KIN = {
    ("PA", "children"): "lineal", ("PA", "siblings"): "sibling", ("PA", "nieces_nephews"): "other",
    ("PA", "unrelated"): "other", ("NE", "children"): "close", ("NE", "siblings"): "close",
    ("NE", "nieces_nephews"): "remote", ("NE", "unrelated"): "other", ("KY", "nieces_nephews"): "B",
    ("KY", "unrelated"): "C", ("NJ", "siblings"): "C", ("NJ", "nieces_nephews"): "D", ("NJ", "unrelated"): "D",
    ("MD", "nieces_nephews"): "other", ("MD", "unrelated"): "other",
}  # fmt: skip


def taxes_of(state, kind, number, amount):
    """What the heirs pay together, from the second computation; shares in cents."""
    share = cents(Fraction(amount) / number)
    return number * cents(inheritance_tax(state, KIN[state, kind], share))


@pytest.mark.parametrize("seed", range(40))
def test_random_plans_agree_with_the_second_computation(seed):
    draw = random.Random(seed)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    state, kind = draw.choice(sorted(KIN))
    number = draw.randrange(1, 9)
    couple = couple_in(state, asset("a", draw.randrange(1, 4_000_000)), asset("b", draw.randrange(0, 900_000)))
    to_spouse = Decimal(draw.randrange(0, 101))
    couple = replace(couple, a=replace(couple.a, first_death_share_to_spouse=to_spouse))
    assumed = {"heirs": kind, "number_of_heirs": number, "growth": Decimal(draw.randrange(0, 9))}
    result = result_of(couple, "outright", **assumed)

    others = line_of(result, "E", "Share that goes to others").amount
    own = line_of(result, "S", "The survivor's own property").amount
    # Below the federal exclusion and Maryland's, only the heirs are taxed.
    assert [taxes_of(state, kind, number, others), taxes_of(state, kind, number, own)] == [
        Fraction(amount) for amount in figures(result, *BOTH)
    ]


# -- the parts -----------------------------------------------------------------------------------


def law_of(state):
    return inheritance_book().of(state, AS_OF)


@pytest.mark.parametrize(("state", "qtip"), [("PA", False), ("KY", False), ("NE", True), ("NJ", True), ("MD", True)])
def test_where_the_trust_for_the_spouse_counts_as_the_heirs(state, qtip):
    assert qtip == taken_as_heirs_at_first_death(law_of(state), "qtip")
    assert qtip == taken_as_heirs_at_first_death(law_of(state), "general_power")
    assert not taken_as_heirs_at_first_death(law_of(state), "estate_trust")


def state_of(code, **changes):
    law = law_of(code)
    found = law.class_of("friend")
    facts = {"number": 2, "taxed": Decimal(1), "whole": Decimal(1), "qdot_at_first_death": True, "carried_on": False}
    return TaxedHeirs(law=law, found=found, kind="unrelated", **{**facts, **changes})


def test_each_share_bears_its_part_of_the_tax_and_no_cent_is_lost():
    bear = HeirsBear()
    taken = Taken(Decimal(100), Decimal(100), Decimal(100), Decimal(0), Decimal(300))
    bear.add(state_of("NE"), Decimal("0.10"), taken)
    bear.add(state_of("PA", qdot_at_first_death=False), Decimal("0.05"), taken)

    assert {"NE": Decimal("0.10"), "PA": Decimal("0.05")} == bear.by_state
    # 0.10: 0.03, then half of 0.07 is 0.04 rounded up, 0.03 is left. 0.05: 0.03 and 0.02, nothing on the QDOT.
    assert (Decimal("0.06"), Decimal("0.06"), Decimal("0.03")) == (bear.others, bear.bypass, bear.qdot)
    assert Decimal("0.15") == bear.total


def test_an_estate_that_is_all_insured_or_out_of_reach_is_not_taxed():
    ground = ground_of(couple_in("TX", asset("a", 1)), **TWO_CHILDREN)

    assert [] == taxed_heirs(ground, "PA", Decimal(10), [Holding("TX", Decimal(10))], 2026)
    assert [] == taxed_heirs(ground, "TX", Decimal(10), [Holding(None, Decimal(10))], 2026)
    [found] = taxed_heirs(ground, "TX", Decimal(10), [Holding("PA", Decimal(4)), Holding("PA", Decimal(7))], 2026)
    assert (Decimal(10), Decimal(10), False) == (found.taxed, found.whole, found.carried_on)
    [home] = taxed_heirs(ground, "PA", Decimal(10), [Holding(None, Decimal(4)), Holding("PA", Decimal(5))], 2027)
    assert (Decimal(6), True) == (home.taxed, home.carried_on)


def test_an_insured_part_larger_than_the_estate_leaves_nothing():
    sheet = Worksheet("X-", "x")
    found = Taken(Decimal(10), Decimal(0), Decimal(0), Decimal(30), Decimal(20)).write(sheet, state_of("PA"))

    assert 0 == found.amount


def test_how_sure_the_rule_on_insurance_is_stands_on_its_line():
    sheet = Worksheet("X-", "x")
    state = state_of("MD")
    Taken(Decimal(10), Decimal(0), Decimal(0), Decimal(5), Decimal(20)).write(sheet, state)

    assert LifeInsurance("unverified", ("Md. Code, Tax-Gen. 7-203",)) == state.law.insurance
    assert "Of it, other than life insurance (unverified)" == sheet.lines[-1].label
    assert "10 (what others receive)" == sheet.lines[0].how
    assert Decimal("7.50") == sheet.lines[-1].amount


def test_one_heir_takes_all_and_is_not_multiplied():
    sheet = Worksheet("X-", "x")
    tax = state_of("PA", number=1).write(sheet, given(Decimal(100), "all"))

    assert Decimal("15.00") == tax.amount
    assert 2 == len(sheet.lines)


def test_the_reach_of_the_second_death_counts_what_both_have():
    couple = couple_in("PA", asset("a", 6_000_000), land_in("TX", 500_000, "b"))
    ground = ground_of(couple, **TWO_CHILDREN)
    start = ground.opening("a", survivor_is_citizen=False).holdings
    [found] = heirs_in_reach(ground, reach_at_second_death(couple.b, start), 2027)

    assert (Decimal(6_000_000), Decimal(6_500_000)) == (found.taxed, found.whole)
