"""Where the order changes: every point told is ranked by whole plans on both sides, and nothing near is missed."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planning.engine import flips_vectorised
from planning.engine.assumptions import settle
from planning.engine.behind import what_changes_the_order
from planning.engine.flips_vectorised import axes_of, flip_points, named
from planning.engine.holdings import wealth_today
from planning.engine.law import LawNotKnownError
from planning.engine.law_risk import exclusions_of_year, lawbook_with_exclusion
from planning.engine.planner import make_plan
from planning.engine.projection.ground import Ground
from planning.engine.strategies.catalogue import STRATEGIES
from planning.engine.variants import NONE_NEEDED, Variants, scaled
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import AS_OF, asset, person, worked_comparison_couple
from tests.engine.random_couples import random_ground

pytestmark = pytest.mark.pure

LAWBOOK, STATES, TREATIES = official_lawbook(), official_state_book(), treaty_book()
GIVEN = {
    "years_to_first_death": 10,
    "years_to_second_death": 22,
    "gift_years": 8,
    "ranking_order": "a",
    "chance_gift_sold": Decimal(60),
    "basis_share_of_gifts": Decimal(40),
}


def couple_of(first=20_000_000, second=1_000_000, *, state=None, plans="planned", country="CL"):
    couple = worked_comparison_couple()
    return replace(
        couple,
        a=replace(couple.a, domicile_state=state),
        b=person(
            "Sol",
            country,
            naturalization_intent=plans,
            naturalization_expected_on=date(2028, 1, 31),
            domicile_state=state,
        ),
        assets=(asset("a", first), asset("b", second)),
    )


def ground_of(couple, given=GIVEN, lawbook=LAWBOOK):
    assumptions, _printed = settle(
        couple, given, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    return Ground(couple, assumptions, lawbook, AS_OF, STATES, TREATIES)


def first_of_plan(couple, given=GIVEN, lawbook=LAWBOOK):
    """What a whole plan puts first."""
    plan = make_plan(
        couple,
        lawbook=lawbook,
        given=given,
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        state_book=STATES,
        treaty_book=TREATIES,
        with_flip_points=False,
    )
    return plan.recommendation.strategy


COUPLES = {
    "citizenship is open": couple_of(),
    "no citizenship, New York": couple_of(25_000_000, plans="no", state="NY"),
    "no tax at all": couple_of(6_000_000),
    "a treaty": couple_of(30_000_000, plans="no", country="FR"),
}


def changed_plan(couple, variable, at, side):
    """The plan on the far side (0) or the near side (1 or -1 steps back) of a point, changed as a person would."""
    size = sum(wealth_today(couple).values())
    if variable == "estate_size":
        return first_of_plan(scaled(couple, (at + side * 20_000) / size))
    if variable == "growth":
        return first_of_plan(couple, GIVEN | {"growth": at + side * Decimal("0.01")})
    if variable in ("year_of_first_death", "year_of_second_death"):
        name = "years_to" + variable.removeprefix("year_of")
        years = int(at) - AS_OF.year + side
        given = GIVEN | {name: years}
        return first_of_plan(couple, given | {"gift_years": min(8, int(given["years_to_first_death"]))})
    if variable == "gift_years":
        return first_of_plan(couple, GIVEN | {"gift_years": int(at) + side})
    if variable == "basis_share":
        return first_of_plan(couple, GIVEN | {"basis_share_of_gifts": at + side * Decimal("0.1")})
    if variable == "basic_exclusion":
        exclusion = LAWBOOK.federal(AS_OF).basic_exclusion_amount
        return first_of_plan(couple, lawbook=lawbook_with_exclusion(LAWBOOK, (at + side * 20_000) / exclusion))
    day = AS_OF + timedelta(days=int(at) + side)
    return first_of_plan(replace(couple, b=replace(couple.b, naturalization_expected_on=day)))


@pytest.mark.parametrize("name", COUPLES)
def test_whole_plans_on_both_sides_of_every_point_say_the_same(name):
    couple = COUPLES[name]
    points = flip_points(ground_of(couple))

    assert points
    sizes = [point.at for point in points if point.variable == "estate_size"]
    for point in points:
        if point.variable == "estate_size" and sum(abs(point.at - size) < 50_000 for size in sizes) > 1:
            continue  # a stretch narrower than what is looked at here, at the edge of New York's exclusion
        up = any(word in point.text for word in ("above", "more", "later"))
        # Sizes and exclusions are told to 10,000: the far side is looked at 20,000 beyond, the near side 20,000 before.
        beyond = (1 if up else -1) * (point.variable in ("estate_size", "basic_exclusion"))
        assert point.then == changed_plan(couple, point.variable, point.at, beyond), point
        assert point.then != changed_plan(couple, point.variable, point.at, -1 if up else 1), point


def test_the_axes_of_the_worked_couple_and_what_is_told_of_them():
    found = {}
    for point in flip_points(ground_of(couple_of())):
        found.setdefault(point.variable, []).append(point)

    assert 3 == len(found["estate_size"])
    assert "With what the couple owns today below $9.6M: no tax without any of it" == found["estate_size"][0].text
    assert "With growth of 3.77% a year or less: citizenship" == found["growth"][0].text
    assert "If Sol dies in 2039 or earlier: citizenship" == found["year_of_second_death"][0].text
    assert "If Dana dies in 2047 or later: citizenship" == found["year_of_first_death"][0].text
    assert (
        "If the law changed to a basic exclusion of $19,760,000 in 2026 or more: citizenship"
        == found["basic_exclusion"][0].text
    )
    [oath] = found["citizenship_date"]
    assert oath.text.startswith("If the oath comes on 2038-03-31 or later: ")
    assert (date(2038, 3, 31) - AS_OF).days == oath.at


def test_an_oath_that_would_come_too_late_says_until_when_it_would_not():
    couple = couple_of()
    late = replace(couple, b=replace(couple.b, naturalization_expected_on=date(2038, 3, 31)))

    points = {point.variable: point for point in flip_points(ground_of(late))}

    assert "If the oath comes before 2038-03-31: citizenship and bypass trust" == points["citizenship_date"].text


def test_the_twin_ranks_random_couples_as_the_exact_projection_does():
    draw = random.Random(2523)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    firsts = set()
    for _ in range(60):
        variants = Variants(random_ground(draw, LAWBOOK))
        base = variants.unchanged
        asked = [base, replace(base, growth=base.growth + 1), replace(base, estate_factor=Decimal("1.7"))]
        assert variants.first_exactly(asked) == variants.first_of_each(asked)
        firsts |= set(variants.first_of_each(asked))

    assert {NONE_NEEDED, "outright", "naturalization", "credit_shelter_and_qdot"} <= firsts


def test_a_point_the_exact_projection_does_not_confirm_is_left_out(monkeypatch):
    monkeypatch.setattr(Variants, "first_exactly", lambda self, asked: ["qdot"] * len(asked))

    assert [] == flip_points(ground_of(couple_of()))


def test_nothing_is_told_where_nothing_can_be_ranked():
    couple = couple_of()
    unknown = replace(couple, a=replace(couple.a, adjusted_taxable_gifts=None))

    assert [] == flip_points(ground_of(unknown))


def test_no_treaty_comes_first_before_the_attorney_has_confirmed_it():
    couple = couple_of(9_000_000, 20_000_000, plans="no", country="FR")
    sizes = [Decimal(step) / 10 for step in range(5, 30)]

    def firsts(confirmed):
        variants = Variants(ground_of(couple, GIVEN | {"treaty_confirmed": confirmed}))
        base = variants.unchanged
        assert variants.open(base)[[strategy.id for strategy in STRATEGIES].index("treaty")]
        return set(variants.first_of_each([replace(base, estate_factor=size) for size in sizes]))

    assert "treaty" not in firsts("no")


def test_two_changes_within_one_step_of_the_grid_are_both_told(monkeypatch):
    monkeypatch.setattr(flips_vectorised, "SIZES", (Decimal("0.1"),))

    found = [point.then for point in flip_points(ground_of(couple_of())) if point.variable == "estate_size"]

    assert [NONE_NEEDED, "outright", "naturalization"] == found


def test_the_cost_of_the_gifts_is_an_axis_only_where_it_can_matter():
    names = {axis.name for axis in axes_of(Variants(ground_of(couple_of())))}
    without = {
        axis.name for axis in axes_of(Variants(ground_of(couple_of(), GIVEN | {"chance_gift_sold": Decimal(0)})))
    }

    assert {"basis_share"} == names - without


def test_a_couple_that_owns_nothing_has_no_axis_of_size():
    assert "estate_size" not in {axis.name for axis in axes_of(Variants(ground_of(couple_of(0, 0))))}


def test_a_changed_exclusion_is_the_same_with_and_without_its_book():
    for factor in (Decimal("0.5"), Decimal("1.333"), Decimal(1)):
        book = lawbook_with_exclusion(LAWBOOK, factor)
        for year in (2026, 2027, 2031, 2060):
            expected = book.projected(date(year, 12, 31), Decimal("2.3")).basic_exclusion_amount
            assert [expected] == exclusions_of_year(LAWBOOK, year, [factor], Decimal("2.3"))


def test_half_the_exclusion_by_hand():
    # Half of 15,000,000; half of the projected 15,470,000 is 7,735,000, to the nearest 10,000: half a step goes up.
    book = lawbook_with_exclusion(LAWBOOK, Decimal("0.5"))

    assert Decimal(7_500_000) == book.federal(date(2026, 12, 31)).basic_exclusion_amount
    assert Decimal(7_740_000) == book.federal(date(2027, 12, 31)).gift_basic_exclusion_amount
    # 7,735,000 x 1.02 = 7,889,700.
    assert Decimal(7_890_000) == book.projected(date(2028, 12, 31), Decimal(2)).basic_exclusion_amount


def test_titles_within_a_sentence():
    assert "QDOT alone" == named("qdot")
    assert "yearly gifts and QDOT" == named("gifts_and_qdot")


def points_alone(couple, lawbook=LAWBOOK):
    return what_changes_the_order(
        couple,
        lawbook=lawbook,
        given=GIVEN,
        sources={},
        life_table=life_table(),
        as_of=AS_OF,
        state_book=STATES,
        treaty_book=TREATIES,
    )


def test_asked_for_alone_the_points_are_those_of_the_comparison():
    couple = couple_of(25_000_000, plans="no", state="NY")

    assert flip_points(ground_of(couple)) == points_alone(couple) != []


def test_asked_for_alone_there_are_none_where_facts_are_missing_and_no_law_is_said():
    couple = couple_of()
    nothing_known_of_gifts = replace(couple, a=replace(couple.a, adjusted_taxable_gifts=None))

    assert [] == points_alone(nothing_known_of_gifts)
    with pytest.raises(LawNotKnownError):
        points_alone(couple, LAWBOOK.without_rows_after(AS_OF.year - 1))
