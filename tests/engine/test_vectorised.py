"""The projection over many paths at once says what the exact one says, to the cent."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from planning.engine.assumptions import settle
from planning.engine.holdings import wealth_today
from planning.engine.law import RateBracket, RateTable
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import Rate, dollars, percent_units, powers, rounded, share_of
from planning.engine.projection.vector_paths import Paths, paths_like
from planning.engine.projection.vector_tax import UNITS, BaseOfQdot, Schedule, Schedules
from planning.engine.projection.vectorised import BLOCK, project_paths
from planning.engine.readiness import SPOUSES
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES
from planning.engine.worksheet import to_cents
from planning.lawbook import life_table, official_lawbook
from tests.engine.couples import AS_OF, worked_comparison_couple
from tests.engine.random_couples import ground_of_path, random_ground, random_paths

pytestmark = pytest.mark.pure

LAWBOOK = official_lawbook()
COUPLES, PATHS_OF_EACH = 100, 5
NAMES = (
    "tax_at_first_death",
    "qdot_tax",
    "tax_at_second_death",
    "state_tax",
    "survivor_resources",
    "gifts_total",
    "lost_basis_cost",
    "family_wealth",
)


def differences(ground, paths, order):
    """Every figure of any path that differs from the exact projection by a cent or more."""
    together = project_paths(ground, decedent=order, strategies=STRATEGIES, paths=paths)
    for index in range(len(paths)):
        alone = ground_of_path(ground, paths, index)
        for row, strategy in enumerate(STRATEGIES):
            exact = project(alone, decedent=order, strategy=strategy)
            expected = {name: exact.figures[name] or Decimal(0) for name in NAMES}
            expected["unmet_spending"] = exact.unmet_spending
            for name, amount in expected.items():
                found = Decimal(float(getattr(together, name)[row, index])) / 100
                # A gift of all that is left is no whole number of cents; two floats keep it to far less than one.
                if abs(found - amount) > Decimal("0.001"):
                    yield index, order, strategy.id, name, found, amount


@pytest.mark.parametrize("part", range(4))
def test_five_hundred_sets_of_facts_and_assumptions_agree_to_the_cent(part):
    draw = random.Random(2056 + part)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    for number in range(COUPLES // 4):
        ground = random_ground(draw, LAWBOOK)
        paths = random_paths(draw, ground, PATHS_OF_EACH, law_risk=number % 5 == 0)
        for order in SPOUSES:
            assert [] == list(differences(ground, paths, order)), (part, number)


@pytest.mark.parametrize("year", [1999, 2008, 2011])
def test_years_in_which_the_rate_schedule_changes_agree_too(year):
    draw = random.Random(year)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    for _ in range(4):
        ground = random_ground(draw, LAWBOOK)
        old = Ground(ground.couple, ground.assumptions, LAWBOOK, date(year, 6, 30))
        paths = replace(random_paths(draw, old, 4), exclusion_factor=None)
        for order in SPOUSES:
            assert [] == list(differences(old, paths, order))


def test_the_order_of_the_paths_and_their_number_change_nothing():
    ground = random_ground(random.Random(5), LAWBOOK)  # noqa: S311 - a fixed seed
    paths = random_paths(random.Random(6), ground, 40)  # noqa: S311 - a fixed seed
    shuffled = np.random.Generator(np.random.PCG64(1)).permutation(BLOCK + 100) % 40

    once = project_paths(ground, decedent="a", strategies=STRATEGIES, paths=paths)
    many = project_paths(ground, decedent="a", strategies=STRATEGIES, paths=paths.chosen(shuffled))

    for name in (*NAMES, "unmet_spending", "total_tax"):
        assert np.array_equal(getattr(once, name)[:, shuffled], getattr(many, name)), name


def test_paths_like_the_assumptions_are_the_plan_itself():
    ground = random_ground(random.Random(9), LAWBOOK)  # noqa: S311 - a fixed seed

    figures = project_paths(ground, decedent="b", strategies=[STRATEGIES[4]], paths=paths_like(ground, 3))

    expected = project(ground, decedent="b", strategy=STRATEGIES[4])
    assert [expected.family_wealth] * 3 == [dollars(cents) for cents in figures.family_wealth[0]]
    assert expected.total_tax == dollars(figures.total_tax[0, 0])


# -- cents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "percent", "expected"),
    [
        (10, "5", 1),  # half a cent goes up
        (10, "4.99", 0),
        (-10, "5", -1),  # and away from zero
        (-10, "4.99", 0),
        (1_000_000_000_000, "0.00000005", 500),
        (12_345_678_901, "3.7", 456_790_119),
        (90, "0.555555", 0),
        (90, "0.555556", 1),
    ],
)
def test_half_a_cent_goes_where_decimals_send_it(whole, percent, expected):
    rate = Rate.exact(Decimal(percent) / 100)

    assert expected == rounded(np.zeros(1), (np.array([float(whole)]), rate))[0]
    assert Decimal(expected) / 100 == to_cents(Decimal(whole) / 100 * Decimal(percent) / 100)


def test_random_products_round_as_decimals_do():
    draw = random.Random(1015)  # noqa: S311 - a fixed seed
    amounts = [draw.randrange(-(10**11), 10**12) for _ in range(4000)]
    # Percentages of few digits make exact half cents in one of a hundred.
    rates = [Decimal(draw.randrange(0, 900)) / draw.choice([1, 10, 1000]) for _ in range(4000)]
    units = percent_units(np.array([float(rate) for rate in rates]))

    found = rounded(np.array(amounts, dtype=float), (np.array(amounts, dtype=float), Rate.of_units(units)))

    expected = [to_cents(Decimal(a) / 100 * (1 + rate / 100)) * 100 for a, rate in zip(amounts, rates, strict=True)]
    assert expected == [Decimal(int(cents)) for cents in found]


def test_powers_keep_thirty_digits():
    growth = Rate.of_units(percent_units(np.array([105.0])))

    high, low = powers(growth, 60)

    exact = Decimal("1.05") ** 60
    assert abs(Decimal(float(high[60, 0])) + Decimal(float(low[60, 0])) - exact) < Decimal("1e-25")
    assert (1.0, 0.0) == (high[0, 0], low[0, 0])


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [(100, 1, 3, 33), (100, 1, 200, 1), (99, 1, 200, 0), (10**11, 10**11 - 1, 10**11, 10**11 - 1), (5, 0, 0, 0)],
)
def test_shares_are_rounded_half_up(amount, part, whole, expected):
    assert expected == share_of(np.array([float(amount)]), np.array([float(part)]), np.array([float(whole)]))[0]


# -- taxes ---------------------------------------------------------------------------


def test_the_schedule_and_its_inverses_agree_with_the_table():
    table = LAWBOOK.federal(AS_OF).rate_table
    schedule = Schedule(table)
    for amount in (-5, 0, 1, 10_000, 10_001, 60_000, 999_999, 1_000_000, 15_000_000, 250_000_000):
        [units] = schedule.tax(np.array([amount * 100.0]))
        assert table.tax(Decimal(amount)) == Decimal(int(units)) / UNITS / 100
        if amount > 0:
            [back] = schedule.amount_taxed_at(np.array([units]))
            assert pytest.approx(amount * 100) == back


def test_a_rate_too_fine_for_the_units_is_refused():
    table = RateTable("too fine", (RateBracket(Decimal(0), Decimal(0), Decimal("0.005")),), ("none",))

    with pytest.raises(ValueError, match="finer than a hundredth of a percent"):
        Schedule(table)


def test_gross_distributions_are_those_of_the_rule():
    table = LAWBOOK.federal(AS_OF).rate_table
    schedules = Schedules([table])
    draw = random.Random(2056)  # noqa: S311 - a fixed seed
    for _ in range(300):
        estate, gifts, paid = (Decimal(draw.randrange(0, most)) for most in (14_000_000, 4_000_000, 90_000))
        prior, net = Decimal(draw.randrange(0, 3_000_000)), Decimal(draw.randrange(1, 400_000_000)) / 100
        exclusion = Decimal(draw.choice([60_000, 5_000_000, 15_000_000]))
        rule = QdotBase(estate, gifts, paid, exclusion, table, 2026)
        sheltered = (table.tax(exclusion) + paid) * 100 * UNITS
        base = BaseOfQdot(
            schedules, np.zeros(1, dtype=int), np.array([float(estate + gifts) * 100]), np.array([float(sheltered)])
        )

        [found] = base.gross_distribution(np.array([float(prior) * 100]), np.array([float(net * 100)]))

        assert rule.gross_distribution(prior, net) * 100 == Decimal(int(found)), (estate, gifts, paid, prior, net)


# -- what the comparison says --------------------------------------------------------


def test_on_a_thousand_couples_citizenship_with_a_bypass_trust_is_never_below_any_other():
    ground = domestic_ground()
    draw = random.Random(2010)  # noqa: S311 - a fixed seed
    count = 1000
    before = np.array([draw.randrange(0, 30) for _ in range(count)])
    paths = Paths(
        years_to_first_death=before,
        years_to_second_death=before + np.array([draw.randrange(1, 30) for _ in range(count)]),
        gift_years=np.minimum(before, 10),
        growth=np.array([draw.randrange(0, 900) / 100 for _ in range(count)]),
        estate_factor=np.array([draw.randrange(1, 300) / 100 for _ in range(count)]),
        survivor_spending=np.array([float(draw.choice([0, 100_000, 900_000])) for _ in range(count)]),
    )

    wealth = project_paths(ground, decedent="a", strategies=STRATEGIES, paths=paths).family_wealth

    rows = {strategy.id: wealth[row] for row, strategy in enumerate(STRATEGIES)}
    best = rows["naturalization_and_credit_shelter"]
    for name, other in rows.items():
        # A cent of rounding in each of thirty yearly balances may stand between two that are equal.
        assert (other - best).max() <= 100, name
    # Citizenship alone may be: the unused exclusion of the first estate is frozen, a bypass trust grows.
    assert (rows["credit_shelter_and_qdot"] > rows["naturalization"] + 100).any()


def domestic_ground():
    couple = worked_comparison_couple()
    given = {"years_to_first_death": 10, "years_to_second_death": 22, "ranking_order": "a"}
    assumptions, _printed = settle(
        couple, given, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    return Ground(couple, assumptions, LAWBOOK, AS_OF)


# -- the bypass trust ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_bypass_trust_of_nothing_is_the_strategy_without_it_and_of_everything_the_strategy_itself(seed):
    draw = random.Random(seed)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    ground = random_ground(draw, LAWBOOK)
    whole, none = (replace(ground.assumptions, bypass_percent=Decimal(percent)) for percent in (100, 0))
    pairs = (("credit_shelter_and_qdot", "qdot"), ("naturalization_and_credit_shelter", "naturalization"))
    for order in SPOUSES:
        for with_bypass, without in pairs:
            on = [other_ground(ground, assumptions) for assumptions in (none, whole)]
            nothing, everything = (project(each, decedent=order, strategy=BY_ID[with_bypass]) for each in on)
            bare = project(on[1], decedent=order, strategy=BY_ID[without])
            assert {name: nothing.figures[name] for name in NAMES} == {name: bare.figures[name] for name in NAMES}
            paths = replace(paths_like(ground, 2), bypass_percent=np.array([0.0, 100.0]))
            twin = project_paths(ground, decedent=order, strategies=[BY_ID[with_bypass]], paths=paths)
            found = [dollars(cents) for cents in twin.family_wealth[0]]
            assert [nothing.family_wealth, everything.family_wealth] == found


def test_the_part_of_the_room_a_bypass_trust_takes_is_written_only_where_it_is_not_all():
    ground = domestic_ground()
    half = other_ground(ground, replace(ground.assumptions, bypass_percent=Decimal("62.5")))
    strategy = BY_ID["credit_shelter_and_qdot"]

    whole, part = (project(each, decedent="a", strategy=strategy) for each in (ground, half))

    labels = [line.label for sheet in whole.worksheets for line in sheet.lines]
    assert "Bypass trust: the part of it that is taken" not in labels
    [line] = [line for sheet in part.worksheets for line in sheet.lines if "the part of it" in line.label]
    assert whole.bypass_room is not None
    assert part.bypass_room == whole.bypass_room
    assert "assumed" == line.status
    assert line.amount == part.bypass_at_start == whole.bypass_room.amount * Decimal("0.625")
    assert f"62.5% of {whole.bypass_room.how}" == line.how


def other_ground(ground, assumptions):
    """The same couple, law and day under other assumptions."""
    return Ground(ground.couple, assumptions, ground.lawbook, ground.as_of, ground.state_book, ground.treaty_book)
