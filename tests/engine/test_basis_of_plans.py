"""The basis of every asset in a plan: each route, each event, both orders, worked out by hand.

The couple lives in California: ten percent growth, the first death after two
years (times 1.21) and the second after four (times 1.4641); a QDOT pays five
percent out, so what it holds grows by 1.1025 between the deaths.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.assumptions import settle
from planning.engine.basis_table import Open
from planning.engine.facts import Couple
from planning.engine.holdings import wealth_today
from planning.engine.projection.basis_course import Course, Payment
from planning.engine.projection.basis_of_assets import basis_of_assets
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.rules.basis_facts import Event, Reading
from planning.engine.strategies.catalogue import STRATEGIES
from planning.lawbook import life_table, official_lawbook
from tests.engine.couples import AS_OF, asset, person

pytestmark = pytest.mark.pure

D = Decimal
FOUR_YEARS = {
    "growth": "10",
    "qdot_income_yield": "5",
    "qdot_yearly_cost": "0",
    "years_to_first_death": 2,
    "years_to_second_death": 4,
    "gift_years": 2,
}
WITHOUT_CITIZENSHIP = (
    "outright",
    "qdot",
    "lifetime_gifts",
    "gifts_and_qdot",
    "credit_shelter_and_qdot",
    "gifts_credit_shelter_and_qdot",
)
WITH_QDOT = ("qdot", "gifts_and_qdot", "credit_shelter_and_qdot", "gifts_credit_shelter_and_qdot")
SHELTERS = ("credit_shelter_and_qdot", "gifts_credit_shelter_and_qdot")
CITIZENSHIP = ("naturalization", "naturalization_and_credit_shelter")


def californians(*more, **facts):
    home = asset("joint_survivorship", 1_000_000, "home", contribution_a=D(60), cost_basis=D(400_000), country="US")
    assets = (
        home,
        # The exclusion of the first death stays below this, so that a QDOT beside a bypass trust holds something.
        asset("community", 40_000_000, cost_basis=D(500_000)),
        asset("a", 1_000_000, "bank"),
        asset("a", 800_000, "retirement", cost_basis=D(0)),
        asset("b", 100_000, "real_estate", country="US"),
        *more,
    )
    oath = {"naturalization_intent": "planned", "naturalization_expected_on": date(2027, 6, 1)}
    return Couple(a=person("Ann", "US"), b=person("Bo", "CL", **{**oath, **facts}), assets=assets)


def basis(couple, decedent="a", **given):
    """Return the table of one order of death, and its rows by asset, owner, route and whether given."""
    settled, _ = settle(
        couple, {**FOUR_YEARS, **given}, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    ground = Ground(couple, settled, official_lawbook(), AS_OF)
    results = {s.id: project(ground, decedent=decedent, strategy=s) for s in STRATEGIES if not s.treaty}
    gifts = ground.gifts(decedent, ground.opening(decedent, survivor_is_citizen=False))
    return basis_of_assets(couple, settled, AS_OF, decedent, results, gifts)


def only(table, index, owner, route, *, given=False, strategy=None):
    """Return the one row that fits."""
    found = [
        row
        for row in table.rows
        if (row.asset, row.owner, row.route, row.given) == (index, owner, route, given)
        and (strategy is None or strategy in row.strategies)
    ]
    assert len(found) == 1, found
    return found[0]


def told(row):
    """Return kind, year, value, basis and rule of each event."""
    return [(event.kind, event.year, event.value, event.basis, event.rule) for event in row.events]


@pytest.fixture(scope="module")
def ann_first():
    return basis(californians())


@pytest.fixture(scope="module")
def bo_first():
    return basis(californians(), "b")


def test_the_joint_home_steps_up_by_what_the_decedent_paid(ann_first):
    paid = only(ann_first, 0, "a", "outright", strategy="outright")
    own = only(ann_first, 0, "b", "own", strategy="qdot")

    assert (D(60), D(40)) == (paid.percent, own.percent)
    assert ("outright", "lifetime_gifts") == paid.strategies
    assert WITHOUT_CITIZENSHIP == own.strategies
    assert [
        ("today", 2026, D(600_000), D(240_000), ""),
        ("first_death", 2028, D(726_000), D(726_000), "BAS-08"),
        ("second_death", 2030, D(878_460), D(878_460), "BAS-07"),
    ] == told(paid)
    assert [
        ("today", 2026, D(400_000), D(160_000), ""),
        ("first_death", 2028, D(484_000), D(160_000), "BAS-08"),
        ("second_death", 2030, D(585_640), D(585_640), "BAS-07"),
    ] == told(own)
    assert [D(360_000), D(0), D(0)] == [event.latent_gain for event in paid.events]
    assert [D(240_000), D(324_000), D(0)] == [event.latent_gain for event in own.events]


def test_a_joint_home_gets_into_a_qdot_only_by_assignment(ann_first):
    row = only(ann_first, 0, "a", "assigned_qdot")

    assert WITH_QDOT == row.strategies
    assert [
        ("today", 2026, D(600_000), D(240_000), ""),
        ("first_death", 2028, D(726_000), D(726_000), "BAS-08"),
        ("assignment", 2028, None, D(726_000), "BAS-15"),
        ("second_death", 2030, D(800_415), D(800_415), "BAS-21"),
    ] == told(row)


def test_with_a_citizen_half_of_the_joint_home_counts_and_the_oath_changes_nothing(ann_first):
    row = only(ann_first, 0, "a", "outright", strategy="naturalization")

    assert (D(50), CITIZENSHIP) == (row.percent, row.strategies)
    assert [
        ("today", 2026, D(500_000), D(200_000), ""),
        ("naturalization", 2027, None, D(200_000), "BAS-19"),
        ("first_death", 2028, D(605_000), D(605_000), "BAS-08"),
        ("second_death", 2030, D(732_050), D(732_050), "BAS-27"),
    ] == told(row)
    assert date(2027, 6, 1) == row.events[1].on
    assert (date(2028, 12, 31), date(2030, 12, 31)) == (row.events[2].on, row.events[3].on)


def test_both_halves_of_community_property_step_up(ann_first):
    own = only(ann_first, 1, "b", "own", strategy="outright")

    assert WITHOUT_CITIZENSHIP == own.strategies
    assert [
        ("today", 2026, D(20_000_000), D(250_000), ""),
        ("first_death", 2028, D(24_200_000), D(24_200_000), "BAS-09"),
        ("second_death", 2030, D(29_282_000), D(29_282_000), "BAS-07"),
    ] == told(own)
    assert ("IRC 1014(b)(1), (6)",) == own.events[1].authority
    assert "both halves step up" in own.events[1].words


@pytest.mark.parametrize(
    ("route", "strategies", "first", "second"),
    [
        ("outright", ("outright", "lifetime_gifts"), "BAS-06", (D(29_282_000), D(29_282_000), "BAS-07")),
        ("qdot", WITH_QDOT, "BAS-14", (D(26_680_500), D(26_680_500), "BAS-20")),
        ("bypass", SHELTERS, "BAS-12", (D(29_282_000), D(24_200_000), "BAS-13")),
    ],
)
def test_the_decedents_half_takes_its_value_and_goes_on_by_its_route(ann_first, route, strategies, first, second):
    row = only(ann_first, 1, "a", route, strategy=strategies[0])
    value, after, rule = second

    assert strategies == row.strategies
    assert [
        ("today", 2026, D(20_000_000), D(250_000), ""),
        ("first_death", 2028, D(24_200_000), D(24_200_000), first),
        ("second_death", 2030, value, after, rule),
    ] == told(row)
    assert value - after == row.events[-1].latent_gain


def test_in_a_bypass_trust_beside_citizenship_the_second_death_is_missed_too(ann_first):
    row = only(ann_first, 1, "a", "bypass", strategy="naturalization_and_credit_shelter")

    assert ("naturalization_and_credit_shelter",) == row.strategies
    assert ("second_death", 2030, D(29_282_000), D(24_200_000), "BAS-13") == told(row)[-1]
    assert D(5_082_000) == row.events[-1].latent_gain


def test_gifts_come_out_of_the_cash_and_keep_what_the_giver_had(ann_first):
    """194,000 in 2026 and 200,000 in 2027 are 454,740 at the first death, of the 1,210,000 there."""
    given = only(ann_first, 2, "b", "own", given=True)
    kept = only(ann_first, 2, "a", "qdot", strategy="gifts_and_qdot")

    assert (D("37.5818"), D("62.4182")) == (given.percent, kept.percent)
    assert ("lifetime_gifts", "gifts_and_qdot", "gifts_credit_shelter_and_qdot") == given.strategies
    assert [
        ("today", 2026, D("375818.18"), D("375818.18"), ""),
        ("gift", 2026, D(394_000), D(394_000), "BAS-01"),
        ("first_death", 2028, D(454_740), D(454_740), "BAS-03"),
        ("second_death", 2030, D("550235.4"), D("550235.4"), "BAS-04"),
    ] == told(given)
    assert [
        ("today", 2026, D("624181.82"), D("624181.82"), ""),
        ("first_death", 2028, D(755_260), D(755_260), "BAS-14"),
        ("second_death", 2030, D("832674.15"), D("832674.15"), "BAS-20"),
    ] == told(kept)
    whole = only(ann_first, 2, "a", "qdot", strategy="qdot")
    assert (D(100), ("qdot", "credit_shelter_and_qdot")) == (whole.percent, whole.strategies)


def test_a_gained_asset_that_is_given_loses_the_step_up_until_the_recipients_death():
    couple = Couple(
        a=person("Ann", "US"),
        b=person("Bo", "CL"),
        assets=(asset("a", 1_000_000, cost_basis=D(300_000)), asset("b", 100_000, "bank")),
    )
    given = only(basis(couple), 0, "b", "own", given=True)

    assert [
        ("today", 2026, D("375818.18"), D("112745.45"), ""),
        ("gift", 2026, D(394_000), D("112745.45"), "BAS-01"),
        ("first_death", 2028, D(454_740), D("112745.45"), "BAS-03"),
        ("second_death", 2030, D("550235.4"), D("550235.4"), "BAS-04"),
    ] == told(given)
    assert [D("263072.73"), D("281254.55"), D("341994.55"), D(0)] == [event.latent_gain for event in given.events]
    assert given.events[1].on is None


def test_a_gift_at_a_loss_to_a_nonresident_has_a_lower_basis_for_loss():
    couple = Couple(
        a=person("Ann", "US"),
        b=person("Bo", "CL", us_domicile=False, us_situs_share=D(0)),
        assets=(asset("a", 1_000_000, cost_basis=D(2_000_000)), asset("b", 100_000, "bank")),
    )
    gift = only(basis(couple), 0, "b", "own", given=True).events[1]

    assert (D("751636.36"), D(394_000), "BAS-02") == (gift.basis, gift.loss_basis, gift.rule)


def test_a_green_card_makes_the_recipient_a_resident_for_the_income_tax():
    card = {"lawful_permanent_resident_since": date(2020, 1, 1)}
    couple = Couple(
        a=person("Ann", "US"),
        b=person("Bo", "CL", us_domicile=False, us_situs_share=D(0), **card),
        assets=(asset("a", 1_000_000, cost_basis=D(2_000_000)), asset("b", 100_000, "bank")),
    )
    gift = only(basis(couple), 0, "b", "own", given=True).events[1]

    assert (D("751636.36"), None, "BAS-01") == (gift.basis, gift.loss_basis, gift.rule)


def test_a_retirement_account_is_never_stepped_up(ann_first):
    qdot, bypass = only(ann_first, 3, "a", "qdot"), only(ann_first, 3, "a", "bypass", strategy=SHELTERS[0])

    assert [
        ("today", 2026, D(800_000), D(0), ""),
        ("first_death", 2028, D(968_000), D(0), "BAS-24"),
        ("second_death", 2030, D(1_067_220), D(0), "BAS-24"),
    ] == told(qdot)
    assert ("second_death", 2030, D(1_171_280), D(0), "BAS-24") == told(bypass)[-1]
    assert not [row for row in ann_first.rows if row.asset == 3 and row.given]


def test_a_basis_nobody_knows_stays_open_until_a_death_settles_it(ann_first):
    own = only(ann_first, 4, "b", "own", strategy="outright")
    question = Open("assets[4].cost_basis", "What did real_estate of b cost, less depreciation?")

    assert [
        ("today", 2026, D(100_000), None, ""),
        ("first_death", 2028, D(121_000), None, "BAS-11"),
        ("second_death", 2030, D(146_410), D(146_410), "BAS-07"),
    ] == told(own)
    assert [(question,), (question,), ()] == [event.open for event in own.events]
    assert [None, None, D(0)] == [event.latent_gain for event in own.events]
    assert "not known" == own.events[0].words


def test_where_the_survivor_is_a_citizen_no_route_leads_to_a_qdot(bo_first):
    assert {"outright", "bypass", "own"} == {row.route for row in bo_first.rows}
    land = only(bo_first, 4, "b", "outright")
    assert [
        ("today", 2026, D(100_000), None, ""),
        ("first_death", 2028, D(121_000), D(121_000), "BAS-27"),
        ("second_death", 2030, D(146_410), D(146_410), "BAS-27"),
    ] == told(land)
    pension = only(bo_first, 3, "a", "own")
    assert [
        ("today", 2026, D(800_000), D(0), ""),
        ("first_death", 2028, D(968_000), D(0), "BAS-11"),
        ("second_death", 2030, D(1_171_280), D(0), "BAS-24"),
    ] == told(pension)


def test_a_gift_steps_up_where_the_recipient_dies_first_more_than_a_year_after(bo_first):
    back = only(bo_first, 2, "b", "outright", given=True)
    sheltered = only(bo_first, 2, "b", "bypass", given=True)
    kept = only(bo_first, 2, "a", "own", strategy="lifetime_gifts")

    assert ("lifetime_gifts", "gifts_and_qdot", "gifts_credit_shelter_and_qdot") == back.strategies
    assert [
        ("today", 2026, D("375818.18"), D("375818.18"), ""),
        ("gift", 2026, D(394_000), D(394_000), "BAS-01"),
        ("first_death", 2028, D(454_740), D(454_740), "BAS-04"),
        ("second_death", 2030, D("550235.4"), D("550235.4"), "BAS-27"),
    ] == told(back)
    assert ("gifts_credit_shelter_and_qdot",) == sheltered.strategies
    assert "BAS-13" == sheltered.events[-1].rule
    assert (D("62.4182"), D(755_260)) == (kept.percent, kept.events[1].basis)


def test_notes_say_what_was_taken(ann_first):
    words = " ".join(ann_first.notes)

    assert "Values are today's" in words
    assert "retirement account" in words
    assert "1014(e)" in words
    assert "every route" in words
    assert "death benefit" not in words
    assert "taken evenly out of everything" not in words
    assert "domiciled abroad" not in words


def test_an_estate_trust_and_a_general_power_are_included_by_their_own_sections():
    couple = californians()
    for form, section in (("general_power", "IRC 2041(a)(2)"), ("estate_trust", "IRC 2033"), ("qtip", "IRC 2044(c)")):
        last = only(basis(couple, qdot_form=form), 2, "a", "qdot", strategy="qdot").events[-1]

        assert section in last.authority


@pytest.mark.parametrize(
    ("share", "rule", "basis_then", "readings"),
    [
        ("100", "BAS-20", D(1_334_025), ()),
        ("0", "BAS-22", D(1_210_000), (D(1_210_000), D(1_334_025))),
        ("40", "BAS-20", None, ()),
    ],
)
def test_a_qdot_of_a_survivor_abroad_steps_up_so_far_as_it_is_situated_here(share, rule, basis_then, readings):
    couple = Couple(
        a=person("Ann", "US"),
        b=person("Bo", "CL"),
        assets=(asset("a", 1_000_000, cost_basis=D(300_000)), asset("b", 500_000, cost_basis=D(100_000))),
    )
    table = basis(couple, survivor_leaves_us="yes", qdot_us_situs_share=share)
    last = only(table, 0, "a", "qdot", strategy="qdot").events[-1]
    own = only(table, 1, "b", "own", strategy="qdot").events[-1]

    assert (rule, basis_then) == (last.rule, last.basis)
    assert readings == tuple(reading.basis for reading in last.readings)
    assert bool(last.open) == (basis_then is None)
    if last.open:
        question = "Is brokerage of a situated in the United States (IRC 2103-2105)?"
        assert (Open("assets[0]", question),) == last.open
    # What the survivor owns passes by will or inheritance, wherever the survivor lived.
    assert (D(732_050), "BAS-07") == (own.basis, own.rule)
    assert any("domiciled abroad" in note for note in table.notes)


def test_land_in_a_qdot_of_a_survivor_abroad_counts_by_where_it_lies():
    land = [asset("a", 1_000_000, "real_estate", country=country, cost_basis=D(1)) for country in ("US", "CL")]
    couple = Couple(a=person("Ann", "US"), b=person("Bo", "CL"), assets=tuple(land))
    table = basis(couple, survivor_leaves_us="yes")

    assert ["BAS-20", "BAS-22"] == [
        only(table, index, "a", "qdot", strategy="qdot").events[-1].rule for index in (0, 1)
    ]


def test_community_property_abroad_of_a_nonresident_steps_up_by_half():
    couple = Couple(
        a=person("Ann", "CL", us_domicile=False, us_situs_share=D(0)),
        b=person("Bo", "US"),
        assets=(
            asset("community", 1_000_000, "real_estate", country="CL", cost_basis=D(300_000)),
            asset("community", 1_000_000, cost_basis=D(300_000)),
            asset("community", 400_000, "bank"),
        ),
    )
    table = basis(couple)

    abroad = only(table, 0, "b", "own", strategy="outright").events[1]
    assert ("BAS-10", D(605_000), D(150_000)) == (abroad.rule, abroad.value, abroad.basis)
    theirs = only(table, 0, "a", "outright", strategy="outright").events[1]
    assert (D(605_000), D(605_000)) == (theirs.value, theirs.basis)
    shares = only(table, 1, "b", "own", strategy="outright")
    assert ("BAS-09", None, "assets[1]") == (
        shares.events[1].rule,
        shares.events[1].basis,
        shares.events[1].open[0].fact,
    )
    assert D(732_050) == shares.events[2].basis
    cash = only(table, 2, "b", "own", strategy="outright").events[1]
    assert ("BAS-10", D(242_000), D(242_000)) == (cash.rule, cash.value, cash.basis)


def test_a_retirement_account_of_the_community_keeps_half_its_basis():
    couple = californians(asset("community", 600_000, "retirement", cost_basis=D(100_000)))
    events = only(basis(couple), 5, "b", "own", strategy="qdot").events

    assert [D(50_000)] * 3 == [event.basis for event in events]
    assert ["", "BAS-24", "BAS-24"] == [event.rule for event in events]


def test_separate_shares_step_up_on_the_decedents_side_alone():
    shares = {"share_a": D(30), "share_b": D(50), "cost_basis": D(200_000)}
    table = basis(californians(asset("with_someone_else", 1_000_000, "business", **shares)))

    theirs, own = only(table, 5, "a", "outright", strategy="outright"), only(table, 5, "b", "own", strategy="outright")
    assert [(D(30), D(363_000)), (D(50), D(100_000))] == [(row.percent, row.events[1].basis) for row in (theirs, own)]


def test_what_others_receive_steps_up_and_is_theirs():
    couple = Couple(
        a=person("Ann", "US", first_death_share_to_spouse=D(70)),
        b=person("Bo", "CL"),
        assets=(asset("a", 1_000_000, cost_basis=D(1)),),
    )
    row = only(basis(couple), 0, "a", "others", strategy="outright")

    assert [
        ("today", 2026, D(1_000_000), D(1), ""),
        ("first_death", 2028, D(1_210_000), D(1_210_000), "BAS-06"),
    ] == told(row)


def test_a_death_benefit_is_cash_for_whoever_owns_the_policy():
    policy = {"death_benefit": D(500_000), "cost_basis": D(20_000)}
    table = basis(
        californians(
            asset("a", 0, "life_insurance", insured="a", **policy),
            asset("b", 0, "life_insurance", insured="a", **policy),
            asset("a", 0, "life_insurance", insured="b", **policy),
            asset("community", 0, "life_insurance", insured="a", **policy),
            asset("a", 0, "life_insurance", insured="other", **policy),
            asset("tenants_in_common", 0, "life_insurance", insured="a", share_a=D(30), **policy),
        )
    )

    assert [
        ("today", 2026, D(0), D(20_000), ""),
        ("first_death", 2028, D(500_000), D(500_000), "BAS-26"),
        ("second_death", 2030, D(551_250), D(551_250), "BAS-20"),
    ] == told(only(table, 5, "a", "qdot"))
    assert ("second_death", 2030, D(605_000), D(605_000), "BAS-07") == told(
        only(table, 6, "b", "own", strategy="qdot")
    )[-1]
    assert [("second_death", 2030, D(500_000), D(500_000), "BAS-26")] == told(only(table, 7, "b", "own"))[1:]
    half, rest = only(table, 8, "a", "bypass", strategy=SHELTERS[0]), only(table, 8, "b", "own", strategy="qdot")
    assert (D(50), D(50)) == (half.percent, rest.percent)
    assert [D(250_000), D(250_000)] == [row.events[1].basis for row in (half, rest)]
    assert [("today", 2026, D(0), D(20_000), "")] == told(only(table, 9, "a", "today"))
    assert (D(30), D(150_000)) == (
        only(table, 10, "a", "qdot").percent,
        only(table, 10, "a", "qdot").events[1].basis,
    )
    assert any("death benefit" in note for note in table.notes)


def test_an_oath_after_the_first_death_stands_after_it():
    row = only(
        basis(californians(naturalization_expected_on=date(2029, 1, 1))), 0, "a", "outright", strategy="naturalization"
    )

    assert ["today", "first_death", "naturalization", "second_death"] == [event.kind for event in row.events]


def test_an_oath_of_no_known_day_has_no_year():
    couple = californians(naturalization_expected_on=None)
    event = only(basis(couple), 0, "a", "outright", strategy="naturalization").events[1]

    assert ("naturalization", None, None) == (event.kind, event.year, event.on)


def test_principal_paid_out_of_a_qdot_takes_part_of_its_tax_into_its_basis():
    """6% is received in kind: worth 60,000, basis 24,000; of 24,000 tax falls 36/60 on the gain, 14,400."""
    course = Course(0, asset("a", 1_000_000, cost_basis=D(400_000)), D(1), AS_OF)
    course.becomes("qdot_qtip")
    course.pays_out(Payment(2030, D(100_000), D(40_000), D(1_000_000)), income_in_respect=False)
    paid = course.events[-1]

    assert ("distribution", 2030, "BAS-17") == (paid.kind, paid.year, paid.rule)
    assert (D(60_000), D(24_000), D(14_400), D(38_400)) == (paid.value, paid.tax, paid.increase, paid.basis)
    assert D(21_600) == paid.latent_gain
    assert (D(900_000), D(360_000)) == (course.value, course.parts[0].basis)


def test_principal_that_bears_no_tax_carries_the_trusts_basis_over():
    course = Course(0, asset("a", 1_000_000, cost_basis=D(400_000)), D(1), AS_OF)
    course.becomes("qdot_qtip")
    course.pays_out(Payment(2030, D(100_000), D(0), D(1_000_000)), income_in_respect=False)
    paid = course.events[-1]

    assert ("BAS-18", D(100_000), D(40_000), D(0)) == (paid.rule, paid.value, paid.basis, paid.increase)


def test_a_retirement_account_paid_out_of_a_qdot_is_income_and_then_cash():
    course = Course(0, asset("a", 1_000_000, "retirement"), D(1), AS_OF)
    course.becomes("qdot_qtip")
    course.pays_out(Payment(2030, D(100_000), D(40_000), D(1_000_000)), income_in_respect=True)
    paid = course.events[-1]

    assert ("BAS-24", D(60_000), D(60_000)) == (paid.rule, paid.value, paid.basis)
    assert 2 == len(course.parts)


def test_cash_in_a_qdot_is_paid_out_with_its_amount_as_basis():
    course = Course(0, asset("a", 1_000_000, "bank"), D(1), AS_OF)
    course.becomes("qdot_qtip")
    course.grow(2028, D(2))
    course.pays_out(Payment(2028, D(100_000), D(0), D(1_000_000)), income_in_respect=False)

    assert (D(400_000), D(400_000)) == (course.events[-1].value, course.events[-1].basis)


def test_spending_out_of_principal_stands_between_the_deaths():
    couple = Couple(
        a=person("Ann", "US"),
        b=person("Bo", "CL"),
        assets=(asset("a", 30_000_000, cost_basis=D(1_000_000)),),
        survivor_spending=D(3_000_000),
    )
    table = basis(couple)
    row = only(table, 0, "a", "qdot", strategy="qdot")

    assert ["today", "first_death", "distribution", "distribution", "second_death"] == [e.kind for e in row.events]
    assert [2029, 2030] == [event.year for event in row.events[2:4]]
    assert all(event.basis < event.value for event in row.events[2:4])
    # The year's growth is the only gain: the trust took the value of 2028, 36,300,000, as its basis.
    first = row.events[2]
    assert first.basis == pytest.approx(first.value / D("1.05") + (first.increase or 0), abs=D("0.02"))
    assert any("evenly out of everything" in note for note in table.notes)


def test_while_facts_are_missing_todays_basis_stands_alone():
    couple = californians(adjusted_taxable_gifts=None)
    settled, _ = settle(
        couple, FOUR_YEARS, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    table = basis_of_assets(couple, settled, AS_OF, "a", {}, ())

    assert ["today"] * 5 == [row.route for row in table.rows]
    assert ["a", "a", "a", "a", "b"] == [row.owner for row in table.rows]
    assert [D(400_000), D(500_000), D(1_000_000), D(0), None] == [row.events[0].basis for row in table.rows]


def test_an_asset_of_unknown_value_has_no_gain_today():
    course = Course(0, replace(asset("a", 1, cost_basis=D(5)), value=None), D(1), AS_OF)
    today = course.events[0]

    assert (None, D(5), None) == (today.value, today.basis, today.latent_gain)


def test_what_an_undecided_event_left_stays_open_until_a_death_settles_it():
    course = Course(0, asset("a", 100, cost_basis=D(5)), D(1), AS_OF)
    course.becomes("qdot_qtip")
    question = Open("assets[0]", "Is brokerage of a situated in the United States (IRC 2103-2105)?")

    course.happens("second_death", Event("second_death", D(0), spouse_us_person=False))
    assert (None, None, (question,), ()) == _end(course)
    course.happens("second_death", Event("second_death", D(0), included_at_second_death=False))
    assert (None, None, (question,), ()) == _end(course)
    course.happens("second_death", Event("second_death", D(0), included_at_second_death=True))
    assert (D(100), D(0), (), ()) == _end(course)
    course.happens("second_death", Event("second_death", D(300), included_at_second_death=False))
    assert (D(100), D(200)) == _end(course)[:2]
    assert Reading("no rule of basis: unchanged", D(100)) == _end(course)[3][0]


def _end(course):
    last = course.events[-1]
    return last.basis, last.latent_gain, last.open, last.readings
