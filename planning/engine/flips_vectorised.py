"""Where does another strategy come first? Solved on the twin along every input, each point confirmed by two exact runs.

Along each axis the twin ranks a grid; between two places that rank differently
the change is narrowed down, and the exact projection must rank both sides as the
twin did. Along the size of the estate every change is told, along the other axes
the nearest one on each side of what is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from planning.engine.advice import millions, usd
from planning.engine.facts import is_us_citizen
from planning.engine.holdings import other, wealth_today
from planning.engine.projection.ground import Ground
from planning.engine.readiness import last_day_of_oath
from planning.engine.results import FlipPoint
from planning.engine.strategies.catalogue import BY_ID, STRATEGIES, Strategy
from planning.engine.variants import NONE_NEEDED, ONE, Variant, Variants
from planning.engine.worksheet import plain

NEAR = Decimal(10_000)
# Places looked at between two grid points at once; a change is narrowed down to the sixteenth part each time.
PARTS = 16
MILLIONTH = Decimal("0.000001")
SIZES = tuple(Decimal(step) / 20 for step in (*range(2, 20), *range(21, 40), *range(40, 81, 4)))
GROWTH = tuple(Decimal(step) / 2 for step in range(25))
GROWTH_STEP = Decimal("0.01")
BASIS = tuple(Decimal(step) for step in range(0, 101, 10))
BASIS_STEP = Decimal("0.1")
EXCLUSIONS = tuple(Decimal(step) / 20 for step in (*range(4, 20), *range(21, 41)))
LONGEST_GIFTS = 25
LONGEST_WIDOWHOOD = 45


@dataclass(frozen=True, slots=True)
class Axis:
    """One input: its value today, the places first looked at, and how near a change is told (0: only the places).

    `change` gives the variant with another value, `say` the words of a change
    from which `then` holds, `at` the value as it is printed. `every`: all changes
    are told, not only the nearest on each side.
    """

    name: str
    here: Decimal
    grid: tuple[Decimal, ...]
    step: Decimal
    change: Callable[[Decimal], Variant]
    say: Callable[[Decimal, str], str]
    at: Callable[[Decimal], Decimal]
    every: bool = False


@dataclass(slots=True)
class _Change:
    """A change between two places of an axis: `inside` ranks `before` first, `outside` ranks `then`."""

    axis: Axis
    inside: Decimal
    outside: Decimal
    before: str | None
    then: str | None

    @property
    def solved(self) -> bool:
        """Whether the two places are as near as the axis asks for."""
        return not self.axis.step or abs(self.outside - self.inside) <= self.axis.step

    def between(self) -> list[Decimal]:
        """Return places between, from inside to outside, on multiples of the step."""
        width = (self.outside - self.inside) / PARTS
        step = self.axis.step
        places = [((self.inside + width * part) / step).quantize(ONE, ROUND_HALF_UP) * step for part in range(1, PARTS)]
        low, high = sorted((self.inside, self.outside))
        return [place for place in dict.fromkeys(places) if low < place < high]

    def point(self, then: str) -> FlipPoint:
        """Return the change as it is told: from its far side on `then` comes first."""
        axis, place = self.axis, self.outside
        side = "below" if place < self.inside else "above"
        return FlipPoint(axis.name, f"{axis.say(place, side)}: {named(then)}", axis.at(place), then)


def flip_points(ground: Ground, strategies: Sequence[Strategy] = STRATEGIES) -> list[FlipPoint]:
    """Return where the order changes, axis by axis, confirmed exactly; nothing where no strategy can be ranked.

    The facts that `planner.missing_facts` asks for must be known. A change that
    the exact projection did not confirm would be left out. Among `strategies` an
    insurance trust stays on the base it has in the comparison as it is.
    """
    variants = Variants(ground, strategies)
    if not any(variants.open(variants.unchanged)):
        return []
    search = _Search(variants)
    oath = citizenship_flip(variants)
    return [*search.confirmed(search.changes()), *([] if oath is None else [oath])]


class _Search:
    """Walks the axes; every step of all axes is one call of the twin."""

    def __init__(self, variants: Variants) -> None:
        self.variants = variants
        self.axes = [axis for axis in axes_of(variants) if len(axis.grid) > 0]

    def changes(self) -> list[_Change]:
        """Return every change that is told, narrowed down."""
        open_changes = self.on_the_grid()
        done: list[_Change] = []
        while open_changes:
            done += [change for change in open_changes if change.solved]
            open_changes = [change for change in open_changes if not change.solved]
            open_changes = self.narrowed(open_changes)
        order = {axis.name: place for place, axis in enumerate(self.axes)}
        return sorted(done, key=lambda change: (order[change.axis.name], change.outside))

    def ranked(self, asked: Sequence[tuple[Axis, Decimal]]) -> dict[tuple[str, Decimal], str | None]:
        """Return what comes first at each place of an axis, in one call of the twin."""
        if not asked:
            return {}
        first = self.variants.first_of_each([axis.change(place) for axis, place in asked])
        return {(axis.name, place): then for (axis, place), then in zip(asked, first, strict=True)}

    def on_the_grid(self) -> list[_Change]:
        """Return the changes between neighbours on the grids, from what is assumed outward."""
        asked = [(axis, place) for axis in self.axes for place in (*axis.grid, axis.here)]
        first = self.ranked(asked)
        found: list[_Change] = []
        for axis in self.axes:
            below = sorted((place for place in axis.grid if place < axis.here), reverse=True)
            above = sorted(place for place in axis.grid if place > axis.here)
            for side in (below, above):
                inside = axis.here
                for outside in side:
                    before, then = first[axis.name, inside], first[axis.name, outside]
                    if before != then:
                        found.append(_Change(axis, inside, outside, before, then))
                        if not axis.every:
                            break
                    inside = outside
        return found

    def narrowed(self, changes: list[_Change]) -> list[_Change]:
        """Return the changes between nearer places: the first one, or every one where one step hid several."""
        first = self.ranked([(change.axis, place) for change in changes for place in change.between()])
        found: list[_Change] = []
        for change in changes:
            inside, before = change.inside, change.before
            for outside in (*change.between(), change.outside):
                then = first.get((change.axis.name, outside), change.then)
                if then != before:
                    found.append(_Change(change.axis, inside, outside, before, then))
                    if not change.axis.every:
                        break
                inside, before = outside, then
        return found

    def confirmed(self, changes: Sequence[_Change]) -> list[FlipPoint]:
        """Return the points of which the exact projection ranks both sides as the twin does."""
        sides = [(change.axis.change(place), change) for change in changes for place in (change.inside, change.outside)]
        asked = list(dict.fromkeys(variant for variant, _change in sides))
        exact = dict(zip(asked, self.variants.first_exactly(asked), strict=True)) if asked else {}
        found: list[FlipPoint] = []
        for change in changes:
            inside, outside = (exact[change.axis.change(place)] for place in (change.inside, change.outside))
            if outside is not None and (inside, outside) == (change.before, change.then):
                found.append(change.point(outside))
        return found


def named(strategy: str) -> str:
    """Return a strategy's title within a sentence."""
    if strategy == NONE_NEEDED:
        return "no tax without any of it"
    title = BY_ID[strategy].title
    return title if strategy == "qdot" else title[0].lower() + title[1:]


def axes_of(variants: Variants) -> list[Axis]:
    """Return the axes along which this couple's comparison can change."""
    base, assumptions, ground = variants.unchanged, variants.assumptions, variants.ground
    first, second, gifts = base.years_to_first_death, base.years_to_second_death, base.gift_years
    year, size = ground.as_of.year, sum(wealth_today(ground.couple).values(), Decimal(0))
    names = [ground.couple.person(spouse).name for spouse in (variants.order, other(variants.order))]
    exclusion = ground.law(year).basic_exclusion_amount

    def dies_first(years: Decimal) -> Variant:
        return replace(base, years_to_first_death=int(years), gift_years=min(gifts, int(years)))

    def in_year(years: Decimal) -> int:
        return year + int(years)

    def to_10_000(amount: Decimal) -> Decimal:
        return (amount / NEAR).quantize(ONE, ROUND_HALF_UP) * NEAR

    found = [
        Axis(
            "growth",
            assumptions.growth,
            GROWTH,
            GROWTH_STEP,
            lambda rate: replace(base, growth=rate),
            lambda rate, side: f"With growth of {plain(rate)}% a year or {'less' if side == 'below' else 'more'}",
            lambda rate: rate,
        ),
        Axis(
            "year_of_first_death",
            Decimal(first),
            _years(0, second - 1),
            Decimal(0),
            dies_first,
            lambda years, side: f"If {names[0]} dies in {in_year(years)} or {_time(side)}",
            lambda years: Decimal(in_year(years)),
        ),
        Axis(
            "year_of_second_death",
            Decimal(second),
            _years(first + 1, first + LONGEST_WIDOWHOOD),
            Decimal(0),
            lambda years: replace(base, years_to_second_death=int(years)),
            lambda years, side: f"If {names[1]} dies in {in_year(years)} or {_time(side)}",
            lambda years: Decimal(in_year(years)),
        ),
        Axis(
            "gift_years",
            Decimal(gifts),
            _years(0, min(first, LONGEST_GIFTS)),
            Decimal(0),
            lambda years: replace(base, gift_years=int(years)),
            lambda years, side: f"With gifts in {int(years)} years or {'fewer' if side == 'below' else 'more'}",
            lambda years: years,
        ),
        Axis(
            "basic_exclusion",
            ONE,
            EXCLUSIONS,
            _share_of_10_000(exclusion),
            lambda factor: replace(base, exclusion_factor=factor),
            lambda factor, side: (
                f"If the law changed to a basic exclusion of {usd(to_10_000(factor * exclusion))} in {year} or"
                f" {'less' if side == 'below' else 'more'}"
            ),
            lambda factor: to_10_000(factor * exclusion),
        ),
    ]
    if size > 0:
        found.insert(
            0,
            Axis(
                "estate_size",
                ONE,
                SIZES,
                _share_of_10_000(size),
                lambda factor: replace(base, estate_factor=factor),
                lambda factor, side: f"With what the couple owns today {side} {millions(to_10_000(factor * size))}",
                lambda factor: to_10_000(factor * size),
                every=True,
            ),
        )
    share = base.basis_share
    if share is not None and assumptions.chance_gift_sold:
        found.append(
            Axis(
                "basis_share",
                share,
                BASIS,
                BASIS_STEP,
                lambda percent: replace(base, basis_share=percent),
                lambda percent, side: (
                    f"If the assets given cost {plain(percent)}% of their value or"
                    f" {'less' if side == 'below' else 'more'}"
                ),
                lambda percent: percent,
            )
        )
    return found


def _years(first: int, last: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(years) for years in range(first, last + 1))


def _time(side: str) -> str:
    return "earlier" if side == "below" else "later"


def _share_of_10_000(amount: Decimal) -> Decimal:
    """Return 10,000 USD as a part of `amount`, no finer than a millionth."""
    return max(MILLIONTH, (NEAR / amount).quantize(MILLIONTH, ROUND_CEILING))


def citizenship_flip(variants: Variants) -> FlipPoint | None:
    """Return the day on which an oath comes too late for the first estate, if another strategy then comes first.

    The day is the law's (2056(d)(4); Form 4768 filed), so nothing is solved; both sides are exact runs.
    """
    ground, base = variants.ground, variants.unchanged
    couple = ground.couple
    expected = [
        person.naturalization_expected_on for person in (couple.a, couple.b) if is_us_citizen(person) is not True
    ]
    if not any(expected):
        return None
    last_day = last_day_of_oath(ground.as_of, base.years_to_first_death)
    sides = [replace(base, oath=day) for day in (last_day - timedelta(days=1), last_day)]
    in_time, too_late = variants.first_exactly(sides)
    if in_time == too_late or in_time is None or too_late is None:
        return None
    late_now = variants.open(base) == variants.open(sides[1])
    then = in_time if late_now else too_late
    words = f"before {last_day.isoformat()}" if late_now else f"on {last_day.isoformat()} or later"
    days = Decimal((last_day - ground.as_of).days)
    return FlipPoint("citizenship_date", f"If the oath comes {words}: {named(then)}", days, then)
