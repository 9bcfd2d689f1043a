"""Odds over drawn lives, growth and oaths: by hand, against the table, against the exact projection, and again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import fmean, stdev

import numpy as np
import pytest

from planning.engine.assumptions import OATH_MONTHS, settle
from planning.engine.holdings import other, wealth_today
from planning.engine.mortality import LifeTable
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.results import OathRange
from planning.engine.rules.naturalization_timeline import ProcessingTimes
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES
from planning.engine.uncertainty.draws import Uncertain, draw
from planning.engine.uncertainty.lives import Life, chances_of_death, draw_deaths, life_of
from planning.engine.uncertainty.oaths import after_the_death, draw_oaths, oath_range
from planning.engine.uncertainty.outlook import CLAUSE_THAT_STAYS, odds
from planning.lawbook import life_table, official_lawbook
from tests.engine.couples import AS_OF, person, worked_comparison_couple

pytestmark = pytest.mark.pure

TABLE = life_table()
LAWBOOK = official_lawbook()
# Two ages: a quarter of women and half of men die in the first year, the others in the second.
TINY = LifeTable(
    "tiny", "none", {"female": (Decimal("0.25"), Decimal(1)), "male": (Decimal("0.5"), Decimal("0.9"))}
)  # fmt: skip


def ground(**given):
    couple = worked_comparison_couple()
    years = {"years_to_first_death": 10, "years_to_second_death": 22, "ranking_order": "a"}
    assumptions, _printed = settle(
        couple, years | given, sources={}, life_table=TABLE, wealth=wealth_today(couple), as_of=AS_OF
    )
    return Ground(couple, assumptions, LAWBOOK, AS_OF)


def lives(a=70, b=62):
    return {"a": Life(a, "male"), "b": Life(b, "female")}


def between(earliest, latest, likely, opens_again=None):
    """An application of October 2026 whose oath comes between two days."""
    return OathRange(earliest, likely, latest, date(2026, 10, 1), opens_again)


def test_two_ages_by_hand():
    assert [0.25, 0.75] == list(chances_of_death(TINY, Life(0, "female")))
    # Nobody outlives the table, whatever its last row says.
    assert [0.5, 0.5] == list(chances_of_death(TINY, Life(0, "male")))
    assert [0.375, 0.625] == list(chances_of_death(TINY, Life(0)))
    assert [1.0] == list(chances_of_death(TINY, Life(0, "female", health_shift=1)))
    assert [1.0] == list(chances_of_death(TINY, Life(7, "male")))
    assert [0.25, 0.75] == list(chances_of_death(TINY, Life(1, "female", health_shift=-3)))


def test_draws_fall_into_the_years_by_hand():
    chances = chances_of_death(TINY, Life(0, "female"))

    assert [1, 1, 2, 2] == list(draw_deaths(chances, np.array([0.0, 0.2499, 0.25, 0.9999])))
    # Sums of floats may end below one: the last draw still falls into the last year.
    assert [2] == list(draw_deaths(np.array([0.5, 0.4]), np.array([0.95])))


def test_the_life_of_a_person():
    born = person("Dana", "US", date_of_birth=date(1960, 11, 25), sex="female")

    assert Life(65, "female", 3) == life_of(born, AS_OF, 3)
    assert Life(66, "female") == life_of(born, date(2026, 11, 25))
    assert life_of(person("Dana", "US"), AS_OF) is None


@pytest.mark.parametrize("sex", ["female", "male", None])
@pytest.mark.parametrize("age", [0, 40, 65, 90, 119])
def test_the_chances_have_the_life_expectancy_of_the_table(age, sex):
    chances = chances_of_death(TABLE, Life(age, sex))

    expected = float(TABLE.expectancy(age, sex))
    # The table's own last row lets some live on; here they die half way through that year.
    assert pytest.approx(1) == chances.sum()
    assert pytest.approx(expected, abs=0.04) == sum(chance * (year + 0.5) for year, chance in enumerate(chances))


@pytest.mark.parametrize("sex", ["female", "male", None])
def test_drawn_survival_agrees_with_the_table(sex):
    paths = 40_000
    drawn = draw(
        Uncertain(lives={"a": Life(65, sex), "b": Life(70, sex)}, paths=paths), ground().assumptions, TABLE
    ).deaths["a"]

    for years in (1, 5, 10, 20, 30):
        alive = [
            float(np.prod([1 - float(rate) for rate in TABLE.q[one][65 : 65 + years]]))
            for one in ("female", "male")
            if sex in (None, one)
        ]
        expected = fmean(alive)
        tolerance = 4 * (expected * (1 - expected) / paths) ** 0.5
        assert pytest.approx(expected, abs=tolerance) == float(np.mean(drawn > years)), years


def test_the_lives_are_drawn_apart_from_one_another():
    deaths = draw(Uncertain(lives={"a": Life(70, "male"), "b": Life(70, "male")}), ground().assumptions, TABLE).deaths

    assert abs(np.corrcoef(deaths["a"], deaths["b"])[0, 1]) < 0.04


def test_growth_has_the_stated_mean_and_spread():
    growth = draw(Uncertain(lives=lives()), ground().assumptions, TABLE).growth

    assert pytest.approx(5.0, abs=0.06) == fmean(growth)
    assert pytest.approx(1.5, abs=0.04) == stdev(growth)
    assert all(round(one, 4) == one for one in growth[:100])
    assert {5.0} == set(draw(Uncertain(lives=lives(), growth_spread=Decimal(0)), ground().assumptions, TABLE).growth)


def test_oaths_lie_in_the_stated_range_and_on_both_ends():
    span = between(date(2028, 1, 30), date(2028, 2, 2), date(2028, 1, 31))

    drawn = draw(Uncertain(lives=lives(), oaths={"b": span}), ground().assumptions, TABLE)

    assert {"b"} == set(drawn.oaths)
    first = span.earliest.toordinal()
    assert {first, first + 1, first + 2, first + 3} == set(drawn.oaths["b"])


def test_deaths_of_one_year_come_in_the_order_that_ranks():
    drawn = draw(Uncertain(lives=lives(), paths=4), ground().assumptions, TABLE)
    drawn = replace(drawn, deaths={"a": np.array([1, 2, 3, 3]), "b": np.array([2, 1, 3, 4])})

    assert [True, False, True, True] == list(drawn.dies_first("a", on_a_tie="a"))
    assert [False, True, False, False] == list(drawn.dies_first("b", on_a_tie="a"))
    assert [True, False, False, True] == list(drawn.dies_first("a", on_a_tie="b"))


def test_the_same_seed_gives_the_same_odds_and_another_seed_others():
    uncertain = Uncertain(lives=lives(), paths=500)

    once, again = (odds(ground(), STRATEGIES, uncertain, TABLE) for _ in range(2))

    assert once == again
    assert (2056, "PCG64", 500) == (once.seed, once.generator, once.paths)
    assert once.outlooks != odds(ground(), STRATEGIES, replace(uncertain, seed=1), TABLE).outlooks


def test_the_stream_of_a_seed_is_the_one_that_stored_plans_were_made_with():
    drawn = draw(
        Uncertain(lives=lives(), paths=4, oaths={"b": between(date(2028, 1, 1), date(2030, 1, 1), date(2028, 9, 1))}),
        ground().assumptions,
        TABLE,
    )

    assert STREAM == (
        [int(year) for year in drawn.deaths["a"]],
        [int(year) for year in drawn.deaths["b"]],
        [float(rate) for rate in drawn.growth],
        [int(day) for day in drawn.oaths["b"]],
    )


STREAM = ([23, 15, 1, 11], [25, 13, 27, 31], [3.8761, 5.2704, 3.5124, 4.2811], [740901, 740677, 740650, 740882])


def exact_ends(uncertain, strategies, table=TABLE):
    """The same paths one by one through the exact projection: wealth and tax by strategy."""
    base = ground()
    drawn = draw(uncertain, base.assumptions, table)
    wealth, tax = {s.id: [] for s in strategies}, {s.id: [] for s in strategies}
    for path in range(uncertain.paths):
        decedent = "a" if drawn.deaths["a"][path] <= drawn.deaths["b"][path] else "b"
        first = int(drawn.deaths[decedent][path])
        assumptions = replace(
            base.assumptions,
            growth=Decimal(repr(float(drawn.growth[path]))),
            years_to_first_death=first,
            years_to_second_death=int(drawn.deaths[other(decedent)][path]),
            gift_years=min(first, base.assumptions.gift_years),
        )
        alone = Ground(base.couple, assumptions, LAWBOOK, AS_OF)
        last_day = date(AS_OF.year + first + 2, 3, 31)
        spouse = other(decedent)
        late = spouse in drawn.oaths and date.fromordinal(int(drawn.oaths[spouse][path])) >= last_day
        for strategy in strategies:
            taken = BY_ID[CLAUSE_THAT_STAYS[strategy.id]] if late and strategy.naturalization else strategy
            result = project(alone, decedent=decedent, strategy=taken)
            wealth[strategy.id].append(result.family_wealth)
            tax[strategy.id].append(result.total_tax)
    return wealth, tax


def cents(amount):
    return amount.quantize(Decimal("0.01"))


def test_every_figure_of_the_odds_from_exact_projections():
    strategies = [BY_ID[name] for name in ("outright", "credit_shelter_and_qdot", "naturalization")]
    uncertain = Uncertain(
        lives=lives(95, 88),
        paths=25,
        oaths={"b": between(date(2027, 1, 1), date(2031, 1, 1), date(2030, 1, 1))},
        seed=4,
    )

    found = odds(ground(), strategies, uncertain, TABLE)

    wealth, tax = exact_ends(uncertain, strategies)
    best = [max(column) for column in zip(*wealth.values(), strict=True)]
    for outlook in found.outlooks:
        own, ranked = wealth[outlook.strategy], sorted(wealth[outlook.strategy])
        behind = [top - one for top, one in zip(best, own, strict=True) if one < top]
        assert abs(sum(own) / 25 - outlook.expected_family_wealth) <= Decimal("0.01")
        assert abs(sum(tax[outlook.strategy]) / 25 - outlook.expected_tax) <= Decimal("0.01")
        assert (ranked[2], ranked[12], ranked[22]) == (outlook.low, outlook.middle, outlook.high)
        assert Decimal(25 - len(behind)) * 4 == outlook.chance_first
        assert abs(sum(behind) / 25 - outlook.expected_regret) <= Decimal("0.01")
        assert abs(sum(behind) / max(1, len(behind)) - outlook.regret_when_behind) <= Decimal("0.01")
        for against, chance in outlook.chance_ahead.items():
            ahead = sum(mine > theirs for mine, theirs in zip(own, wealth[against], strict=True))
            assert Decimal(ahead) * 4 == chance
    assert {"outright", "naturalization"} == set(found.of("credit_shelter_and_qdot").chance_ahead)
    assert 0 < found.chance_oath_too_late < 100
    assert 0 < found.chance_a_dies_first < 100


def test_a_couple_of_the_tiny_table_by_hand():
    # Both die within the first year, or one in the second: four pairs, here drawn in their proportions.
    uncertain = Uncertain(lives={"a": Life(1, "male"), "b": Life(0, "female")}, growth_spread=Decimal(0), paths=400)
    base = ground()

    found = odds(base, [BY_ID["outright"]], uncertain, TINY)

    together, a_year_apart = (
        project(
            Ground(
                base.couple,
                replace(base.assumptions, years_to_first_death=1, years_to_second_death=last, gift_years=1),
                LAWBOOK,
                AS_OF,
            ),
            decedent="a",
            strategy=BY_ID["outright"],
        ).family_wealth
        for last in (1, 2)
    )
    deaths = draw(uncertain, base.assumptions, TINY).deaths["b"]
    early = int(np.count_nonzero(deaths == 1))
    expected = (early * together + (400 - early) * a_year_apart) / 400
    assert cents(expected) == found.of("outright").expected_family_wealth
    # A quarter of 400 within chance.
    assert 75 < early < 125
    assert 100 == found.chance_a_dies_first == found.of("outright").chance_first
    assert 0 == found.of("outright").expected_regret == found.of("outright").regret_when_behind


def test_an_oath_that_always_comes_too_late_leaves_the_clause_in_the_wills():
    late = between(date(2150, 1, 1), date(2150, 12, 31), date(2150, 6, 1))
    uncertain = Uncertain(lives=lives(), oaths={"b": late, "a": late}, paths=200)

    found = odds(ground(), STRATEGIES, uncertain, TABLE)

    assert 100 == found.chance_oath_too_late
    for planned, clause in CLAUSE_THAT_STAYS.items():
        ours, theirs = found.of(planned), found.of(clause)
        assert (ours.expected_family_wealth, ours.expected_tax) == (theirs.expected_family_wealth, theirs.expected_tax)
        assert 0 == ours.chance_ahead[clause] == theirs.chance_ahead[planned]


def test_without_a_range_the_oath_is_in_time():
    found = odds(ground(), STRATEGIES, Uncertain(lives=lives(), paths=200), TABLE)

    assert 0 == found.chance_oath_too_late
    assert found.of("naturalization").chance_ahead["qdot"] > 50


def test_the_table_is_named_and_its_limit_said():
    found = odds(ground(), STRATEGIES[:1], Uncertain(lives=lives(), paths=10), TABLE)

    assert TABLE.name == found.life_table
    assert "ignores that mortality may improve" in found.life_table_note
    assert (Decimal("5.0"), Decimal("1.5")) == (found.growth, found.growth_spread)


def test_worse_health_brings_deaths_forward():
    well = draw(Uncertain(lives=lives()), ground().assumptions, TABLE).deaths["a"]
    ill = draw(Uncertain(lives={**lives(), "a": Life(70, "male", health_shift=8)}), ground().assumptions, TABLE).deaths[
        "a"
    ]

    assert ill.mean() < well.mean() - 3
    assert list(ill) == list(draw(Uncertain(lives=lives(a=78)), ground().assumptions, TABLE).deaths["a"])


# -- the day of the oath ---------------------------------------------------------

PROCESSING = ProcessingTimes(Decimal(6), Decimal(10), Decimal(19), date(2026, 11, 23), "sites")


def naturalizing(given=None, processing=PROCESSING, a=None, **facts):
    """The couple and assumptions of a spouse who expects the oath on January 31, 2028."""
    known = {"naturalization_intent": "planned", "naturalization_expected_on": date(2028, 1, 31)} | facts
    couple = replace(worked_comparison_couple(), b=person("Sol", *known.pop("citizenships", ("CL",)), **known))
    couple = couple if a is None else replace(couple, a=a)
    years = {"years_to_first_death": 10, "years_to_second_death": 22}
    assumptions, printed = settle(
        couple,
        years | (given or {}),
        sources={},
        life_table=TABLE,
        wealth=wealth_today(couple),
        as_of=AS_OF,
        processing=processing,
    )
    return couple, assumptions, {row.name: row for row in printed}


def range_of(*args, as_of=AS_OF, **facts):
    couple, assumptions, _printed = naturalizing(*args, **facts)
    return oath_range(couple, "b", assumptions, as_of)


def test_the_range_of_the_oath_by_hand():
    # Ten months before January 31, 2028 is March 31, 2027; six and nineteen months after that the ends.
    expected = OathRange(date(2027, 9, 30), date(2028, 1, 31), date(2028, 10, 31), date(2027, 3, 31))

    assert expected == range_of() == range_of(naturalization_intent="applied")
    assert AS_OF == range_of(naturalization_expected_on=date(2026, 1, 1)).likely
    late = range_of(as_of=date(2027, 12, 1))
    assert (date(2027, 12, 1), date(2028, 1, 31), date(2028, 10, 31)) == (late.earliest, late.likely, late.latest)
    # Half a month is fifteen days.
    assert date(2027, 3, 16) == range_of({"oath_months_likely": Decimal("10.5")}).filing


def test_the_day_expected_lies_in_the_range_whatever_its_months_are():
    # From February 28 three months on is May 28, ten back from March 31 likewise the shorter month.
    span = range_of({name: Decimal(11) for name in OATH_MONTHS}, naturalization_expected_on=date(2028, 1, 31))

    assert date(2027, 2, 28) == span.filing
    assert (date(2028, 1, 28), date(2028, 1, 31), date(2028, 1, 31)) == (span.earliest, span.likely, span.latest)


@pytest.mark.parametrize(
    "facts",
    [
        {"naturalization_intent": "maybe"},
        {"naturalization_intent": None},
        {"naturalization_expected_on": None},
        {"processing": None},
        {"citizenships": ("US",)},
    ],
)
def test_no_oath_is_drawn_where_none_is_planned_or_nothing_is_known(facts):
    assert range_of(**facts) is None


def test_the_months_are_printed_with_their_source_and_date():
    _couple, assumptions, printed = naturalizing({"oath_months_latest": Decimal(24)})

    assert [Decimal(6), Decimal(10), Decimal(24)] == [getattr(assumptions, name) for name in OATH_MONTHS]
    on_file = printed["oath_months_likely"]
    assert ("months", "product default", "sites, as of 2026-11-23") == (on_file.unit, on_file.source, on_file.note)
    stated = printed["oath_months_latest"]
    assert (Decimal(24), "staff", "") == (stated.value, stated.source, stated.note)
    _couple, unknown, printed = naturalizing(processing=None)
    assert unknown.oath_months_likely is None
    assert "not known: the oath is taken to come on the day expected" == printed["oath_months_latest"].note


def test_months_out_of_order_move_to_the_likely_time_and_say_so():
    given = {"oath_months_earliest": Decimal(12), "oath_months_latest": Decimal(8)}

    _couple, assumptions, printed = naturalizing(given)

    assert {Decimal(10)} == {getattr(assumptions, name) for name in OATH_MONTHS}
    for name in given:
        assert "moved to the likely time, which lies beyond it" == printed[name].note


def test_the_general_route_opens_again_only_where_the_death_ends_the_application():
    # Five years of residence less ninety days: March 3, 2029, after the filing of March 31, 2027.
    assert date(2029, 3, 3) == range_of(lawful_permanent_resident_since=date(2024, 6, 1)).opens_again
    # Open on March 31, 2027 at the latest: the application goes on under the general route.
    assert range_of(lawful_permanent_resident_since=date(2022, 6, 29)).opens_again is None
    assert date(2027, 4, 1) == range_of(lawful_permanent_resident_since=date(2022, 6, 30)).opens_again
    assert range_of().opens_again is None
    neither = range_of(lawful_permanent_resident_since=date(2024, 6, 1), a=person("Dana", "CL"))
    assert neither.opens_again is None


def test_the_draws_are_triangular_over_the_whole_days():
    span = between(date(2028, 1, 1), date(2028, 4, 9), date(2028, 1, 26))
    first, top, last = span.earliest.toordinal(), span.likely.toordinal(), span.latest.toordinal()

    # A hundred days, the likeliest after a quarter: the first quarter of the draws falls before it.
    assert [first, top - 1, top, last] == list(draw_oaths(span, np.array([0, 0.2499, 0.25, 1 - 2**-53])))
    drawn = draw_oaths(span, np.random.Generator(np.random.PCG64(5)).random(40_000))
    assert pytest.approx((first + top + last + 1) / 3 - 0.5, abs=0.5) == drawn.mean()
    on_one_day = between(*[date(2028, 1, 26)] * 3)
    assert {top} == set(draw_oaths(on_one_day, np.array([0, 0.5, 0.999999])))


def test_a_death_before_the_oath_sends_the_survivor_to_the_general_route():
    again = date(2029, 3, 3)
    span = between(date(2027, 6, 1), date(2028, 6, 1), date(2027, 12, 1), again)
    oath = date(2027, 9, 1).toordinal()
    deaths = np.array([day.toordinal() for day in (date(2027, 8, 31), date(2027, 9, 1), date(2029, 12, 31))])
    months = oath - span.filing.toordinal()

    assert [again.toordinal() + months, oath, oath] == list(after_the_death(span, np.full(3, oath), deaths))
    # Nothing is filed in the month after the death.
    late = np.array([date(2029, 12, 31).toordinal()])
    oaths = late + 10
    filed = date(2030, 1, 30).toordinal()
    assert [filed + int(oaths[0]) - span.filing.toordinal()] == list(after_the_death(span, oaths, late))
    assert list(oaths) == list(after_the_death(replace(span, opens_again=None), oaths, late))


def test_a_route_that_dies_with_the_citizen_makes_more_oaths_too_late():
    goes_on = between(date(2027, 1, 1), date(2030, 1, 1), date(2029, 1, 1))
    strategies = [BY_ID["naturalization"]]
    late = [
        odds(ground(), strategies, Uncertain(lives=lives(95, 60), paths=2000, oaths={"b": span}), TABLE)
        for span in (goes_on, replace(goes_on, opens_again=date(2031, 1, 1)))
    ]

    assert 0 < late[0].chance_oath_too_late < late[1].chance_oath_too_late
    assert {"b": goes_on} == late[0].oaths
