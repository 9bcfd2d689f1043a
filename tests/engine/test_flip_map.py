"""The map of what comes first: every place is what the exact projection puts first there."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from planning.engine.flip_map import FACTORS, YEARS_BETWEEN, flip_map, years_with
from planning.engine.holdings import wealth_today
from planning.engine.planner import make_plan
from planning.engine.variants import NONE_NEEDED, Variants
from planning.engine.wire import plan_to_json
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from tests.engine.couples import AS_OF, asset, person, worked_comparison_couple
from tests.engine.test_flips_vectorised import GIVEN, couple_of, ground_of

pytestmark = pytest.mark.pure


def plan_of(couple, *, given=GIVEN, with_flip_points=True):
    return make_plan(
        couple,
        lawbook=official_lawbook(),
        given=given,
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        with_flip_points=with_flip_points,
    )


def exactly(ground, row, column):
    """What the exact projection puts first at a place of the map."""
    variants = Variants(ground)
    base = variants.unchanged
    years = base.years_to_first_death + years_with(ground.years_between)[row]
    place = replace(base, estate_factor=FACTORS[column], years_to_second_death=years)
    return variants.first_exactly([place])[0]


@pytest.mark.parametrize(
    "couple",
    [couple_of(), couple_of(9_000_000, 400_000, state="MA"), couple_of(70_000_000, 5_000_000, plans="no")],
    ids=["planned", "state", "no-plans"],
)
def test_places_are_ranked_as_the_exact_projection_ranks_them(couple):
    ground = ground_of(couple)
    found = flip_map(ground)
    draw = random.Random(7)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    places = [(0, 0), (12, 12), (0, 12), (12, 0), *((draw.randrange(13), draw.randrange(13)) for _ in range(8))]

    assert [found.first[row][column] for row, column in places] == [exactly(ground, *place) for place in places]


def test_the_map_is_thirteen_by_thirteen_with_what_is_assumed_in_its_middle_column():
    found = flip_map(ground_of(couple_of()))

    assert (len(found.first), {len(row) for row in found.first}) == (13, {13})
    assert (len(found.close), {len(row) for row in found.close}) == (13, {13})
    assert found.here == (4, 6)
    assert found.years[4] == GIVEN["years_to_second_death"] - GIVEN["years_to_first_death"]
    assert found.factors[6] == 1
    assert found.estates[6] == sum(wealth_today(couple_of()).values())
    assert found.estates[0] == Decimal("5250000.00")
    assert found.estates[12] == Decimal("84000000.00")
    assert (found.first_to_die, found.first_death_year) == ("a", AS_OF.year + 10)
    assert found.tolerance == 1


def test_what_is_assumed_ranks_as_the_plan_does():
    plan = plan_of(couple_of(plans="no"))
    row, column = plan.flip_map.here

    assert plan.flip_map.first[row][column] == plan.recommendation.strategy
    assert plan.flip_map.close[row][column] is plan.recommendation.is_close


def test_a_place_without_tax_needs_nothing_and_is_not_close():
    found = flip_map(ground_of(couple_of()))

    assert found.first[0][0] == NONE_NEEDED
    assert found.close[0][0] is False
    assert all(
        not close
        for first, marks in zip(found.first, found.close, strict=True)
        for name, close in zip(first, marks, strict=True)
        if name == NONE_NEEDED
    )


def test_close_is_said_where_another_lies_within_the_tolerance():
    wide = flip_map(ground_of(couple_of(), {**GIVEN, "closeness_tolerance": Decimal(50)}))
    strict = flip_map(ground_of(couple_of(), {**GIVEN, "closeness_tolerance": Decimal(0)}))

    assert wide.close[5][9] is True
    assert wide.first[5][9] == "outright"
    assert strict.close[5][9] is False
    assert strict.first[5][9] == "naturalization_and_credit_shelter"


@pytest.mark.parametrize(
    ("assumed", "years"),
    [
        (12, YEARS_BETWEEN),
        (1, YEARS_BETWEEN),
        (10, (1, 3, 6, 10, *YEARS_BETWEEN[4:])),
        (2, (2, *YEARS_BETWEEN[1:])),
        (44, (*YEARS_BETWEEN[:-1], 44)),
    ],
)
def test_the_years_assumed_stand_in_the_place_of_the_nearest(assumed, years):
    assert years_with(assumed) == years


def test_nothing_is_drawn_where_they_own_nothing():
    couple = replace(worked_comparison_couple(), assets=(asset("a", 0), asset("b", 0)))

    assert flip_map(ground_of(couple)) is None


def test_a_plan_without_its_facts_or_without_the_search_has_no_map():
    couple = worked_comparison_couple()
    unknown = replace(couple, a=person("Dana", "US", adjusted_taxable_gifts=None))

    assert plan_of(unknown).flip_map is None
    assert plan_of(couple, with_flip_points=False).flip_map is None
    assert plan_to_json(plan_of(couple, with_flip_points=False))["flip_map"] is None


def test_the_map_in_the_plan_is_the_same_every_time():
    plan = plan_of(couple_of())
    found = plan_to_json(plan)["flip_map"]

    assert found == plan_to_json(plan_of(couple_of()))["flip_map"]
    assert list(found) == [
        "first_to_die", "first_death_year", "factors", "estates", "years", "first", "close", "here", "tolerance",
        "conventions",
    ]  # fmt: skip
    assert found["estates"][6] == "21000000"
    assert found["factors"][1] == "0.315"
    assert found["here"] == {"row": 4, "column": 6}
    assert found["first"] == [list(row) for row in plan.flip_map.first]
    assert found["close"] == [list(row) for row in plan.flip_map.close]
    assert (found["tolerance"], found["conventions"]) == ("1", list(plan.flip_map.conventions))
