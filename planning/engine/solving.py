"""How much goes into the bypass trust, and in how many years are gifts made? Solved on the twin, confirmed exactly.

What the family keeps, less what the survivor lacked, is drawn over the part of the
exclusion that the bypass trust takes. Taxes rise in brackets and draws on a trust
begin where other means end, so the curve is made of nearly straight pieces, may
have several tops and, where a state takes back what it had left untaxed, steps. No
search that trusts in one top is safe on it. So the curve is looked at on an even
grid and at its corners (nothing, everything, what the state leaves untaxed), and
then every stretch is cut up again whose ends could reach above the highest point if
the slopes beside it went on: until none could by half a dollar, or a millionth of
a percent is reached. Years of gifts are few, so each number is worked out. Where a
strategy has both, every number of years is worked out with every twentieth part of the
exclusion, and the curves of the most promising years are then looked at as above.

What lies within a dollar of the top counts as the top. Of such shares the largest round
one is taken: what a bypass trust holds stands outside both estates whatever growth, the
survivor's years and the law turn out to be. Of such numbers of years the smallest is
taken: a gift is final, gives up the step-up in basis and has to be made and written down.

The exact projection must leave at the top, and as described, what the twin does; what
it did not confirm would be left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from planning.engine.advice import usd
from planning.engine.projection.exact import project
from planning.engine.projection.ground import Ground
from planning.engine.projection.vector_money import Numbers, dollars
from planning.engine.projection.vector_paths import paths_like
from planning.engine.projection.vectorised import project_paths
from planning.engine.results import OrderResult
from planning.engine.solved import CurvePoint, Solved, What
from planning.engine.strategies.catalogue import BY_ID, BYPASS_TO_STATE_AMOUNT, Variation
from planning.engine.worksheet import ZERO, Worksheet, given, plain, to_cents

# Shares are whole millionths of a percent: as fine as the twin reads them.
DECIMALS = 6
ONE_PERCENT = 10**DECIMALS
WHOLE = 100 * ONE_PERCENT
STEP = ONE_PERCENT // 4
STEP_TOGETHER = 5 * ONE_PERCENT
STEP_OF_CURVE = 5 * ONE_PERCENT // 2
# How far from nothing and from everything it is looked at too: what changes next to an end has no slope before it.
ENDS = tuple(4**power for power in range(9))
# Into so many parts a stretch is cut, and so many stretches of a curve at once.
PARTS = 16
STRETCHES = 6
YEARS_LOOKED_AT = 3
# In cents: what counts as the same, and what is still looked for.
A_DOLLAR = 100
HALF_A_DOLLAR = 50
# The letter of the worksheets, and of the exact runs, which draw no path.
LETTER = "V"
SOLVED = Variation(LETTER)
HUNDRED, DOLLAR = Decimal(100), Decimal(1)
# Percent that are said as "all but a remainder" and "next to nothing".
SMALL = Decimal("0.01")


class Programme(NamedTuple):
    """Years of gifts, and the share of the bypass trust in millionths of a percent."""

    gift_years: int
    share: int

    @property
    def percent(self) -> Decimal:
        """The share in percent."""
        whole, part = divmod(self.share, ONE_PERCENT)
        return Decimal(f"{whole}.{part:0{DECIMALS}}".rstrip("0").rstrip("."))


class Reached(NamedTuple):
    """What the twin finds under a programme, cents."""

    ranked_by: float
    family_wealth: float
    unmet_spending: float
    total_tax: float
    gifts: float


@dataclass(slots=True)
class _Curve:
    """The shares of one strategy with one number of gift years, as far as they are worked out."""

    strategy: str
    gift_years: int
    corners: tuple[int, ...]
    points: dict[int, Reached] = field(default_factory=dict)

    def even(self) -> list[int]:
        """Return the places first looked at."""
        near_the_ends = {share for distance in ENDS for share in (distance, WHOLE - distance)}
        return sorted({*range(0, WHOLE + 1, STEP), *near_the_ends, *self.corners})

    def promising(self) -> list[int]:
        """Return places within the stretches that could reach above the top; none where nothing is left to find."""
        shares = np.array(sorted(self.points))
        values = np.array([self.points[share].ranked_by for share in shares.tolist()])
        reach = _reach(shares, values)
        wide = np.diff(shares) > 1
        found = [
            place
            for place in np.argsort(-reach, kind="stable").tolist()
            if wide[place] and reach[place] > values.max() + HALF_A_DOLLAR
        ]
        return sorted({place for at in found[:STRETCHES] for place in _within(int(shares[at]), int(shares[at + 1]))})

    def top(self) -> int:
        """Return the largest share of the grid, or the corner from below, within a dollar of the top; else the top."""
        most = max(reached.ranked_by for reached in self.points.values())
        near = [share for share, reached in self.points.items() if reached.ranked_by >= most - A_DOLLAR]
        round_ones = [share for share in near if share % STEP == 0 or share in self.corners[:1]]
        return max(round_ones) if round_ones else max(near, key=lambda share: (self.points[share].ranked_by, share))


def _reach(shares: Numbers, values: Numbers) -> Numbers:
    """Return how far each stretch could reach if the slopes beside it went on into it.

    A slope is taken over at least the width of the stretch, so that no cent of rounding makes one.
    """
    width, last = np.diff(shares), len(shares) - 1
    left = np.maximum(np.searchsorted(shares, shares[:-1] - width, side="right") - 1, 0)
    right = np.minimum(np.searchsorted(shares, shares[1:] + width, side="left"), last)
    run_left, run_right = shares[:-1] - shares[left], shares[right] - shares[1:]
    rise = np.divide(values[:-1] - values[left], run_left, out=np.zeros(last), where=run_left > 0)
    fall = np.divide(values[right] - values[1:], run_right, out=np.zeros(last), where=run_right > 0)
    ends = np.maximum(values[:-1], values[1:])
    found: Numbers = np.maximum(ends, np.maximum(values[:-1] + rise * width, values[1:] - fall * width))
    return found


def _within(low: int, high: int) -> Iterable[int]:
    """Return places between two shares that cut the stretch into parts."""
    return {low + (high - low) * part // PARTS for part in range(1, PARTS)} - {low}


class _Search:
    """All curves of one couple; every step of all of them is one call of the twin. Strategies go by their ids."""

    def __init__(self, ground: Ground, results: Mapping[str, OrderResult]) -> None:
        self.ground, self.results, self.assumptions = ground, results, ground.assumptions
        self.order = ground.assumptions.ranking_order
        share = int(ground.assumptions.bypass_percent * ONE_PERCENT)
        self.described = Programme(ground.assumptions.gift_years or 0, share)
        self.years = range(ground.years_before + 1)
        self.found: dict[tuple[str, Programme], Reached] = {}

    def solved(self) -> dict[str, list[Solved]]:
        """Return what was solved for each strategy, and write the worksheets."""
        sheltering = [name for name in self.results if BY_ID[name].credit_shelter and self.room(name)]
        giving = [name for name in self.results if BY_ID[name].gifts]
        corners = {name: self.corners(name) for name in sheltering}
        curves = [_Curve(name, self.described.gift_years, corners[name]) for name in sheltering]
        by_years = [self.described._replace(gift_years=years) for years in self.years]
        both = {name: self.grid() for name in sheltering if name in giving}
        self.ask([(name, programme) for name in giving for programme in by_years])
        self.ask([(name, programme) for name, grid in both.items() for programme in grid])
        together = {name: self.most_promising(name, grid, corners[name]) for name, grid in both.items()}
        self.draw([*curves, *(curve for chosen in together.values() for curve in chosen)])
        found: dict[str, list[Solved]] = {name: [] for name in self.results}
        for curve in curves:
            top = Programme(curve.gift_years, curve.top())
            shares = {*range(0, WHOLE + 1, STEP_OF_CURVE), *curve.corners, top.share, self.described.share}
            points = [Programme(curve.gift_years, share) for share in sorted(shares)]
            found[curve.strategy] += self.answer("bypass_percent", curve.strategy, top, points)
        for name in giving:
            found[name] += self.answer("gift_years", name, self.fewest(name, by_years), by_years)
        for name, chosen in together.items():
            points = self.envelope(name, chosen, both[name])
            found[name] += self.answer("together", name, self.fewest(name, points), points)
        return found

    def grid(self) -> list[Programme]:
        """Return every number of years with every twentieth part of the exclusion."""
        return [Programme(years, share) for years in self.years for share in range(0, WHOLE + 1, STEP_TOGETHER)]

    # -- on the twin -------------------------------------------------------------

    def ask(self, asked: Sequence[tuple[str, Programme]]) -> None:
        """Work programmes of strategies out, in one call of the twin."""
        new = [pair for pair in dict.fromkeys(asked) if pair not in self.found]
        if not new:
            return
        rows = {name: row for row, name in enumerate(dict.fromkeys(name for name, _programme in new))}
        columns = {place: column for column, place in enumerate(dict.fromkeys(programme for _name, programme in new))}
        paths = replace(
            paths_like(self.ground, len(columns)),
            gift_years=np.array([programme.gift_years for programme in columns]),
            bypass_percent=np.array([programme.share / ONE_PERCENT for programme in columns]),
        )
        strategies = [BY_ID[name] for name in rows]
        twin = project_paths(self.ground, decedent=self.order, strategies=strategies, paths=paths)
        found = (twin.ranked_by, twin.family_wealth, twin.unmet_spending, twin.total_tax, twin.gifts_total)
        tables = [table.tolist() for table in found]
        for name, programme in new:
            row, column = rows[name], columns[programme]
            self.found[name, programme] = Reached(*(table[row][column] for table in tables))

    def draw(self, curves: Sequence[_Curve]) -> None:
        """Look at every curve on its grid, then cut up whatever could reach above its top."""
        asked = [(curve, curve.even()) for curve in curves]
        while asked:
            places = [(curve, Programme(curve.gift_years, share)) for curve, shares in asked for share in shares]
            self.ask([(curve.strategy, programme) for curve, programme in places])
            for curve, programme in places:
                curve.points[programme.share] = self.found[curve.strategy, programme]
            asked = [(curve, shares) for curve, _shares in asked if (shares := curve.promising())]

    def most_promising(self, name: str, grid: Sequence[Programme], corners: tuple[int, ...]) -> list[_Curve]:
        """Return the curves, not drawn yet, of the numbers of years that reach highest on the grid."""
        highest: dict[int, float] = {}
        for programme in grid:
            reached = self.found[name, programme].ranked_by
            highest[programme.gift_years] = max(highest.get(programme.gift_years, reached), reached)
        years = sorted(self.years, key=lambda count: (-highest[count], count))
        return [_Curve(name, count, corners) for count in years[:YEARS_LOOKED_AT]]

    def envelope(self, name: str, drawn: Sequence[_Curve], grid: Sequence[Programme]) -> list[Programme]:
        """Return for each number of years the share that leaves most, as far as it was looked at."""
        exactly = {curve.gift_years: Programme(curve.gift_years, curve.top()) for curve in drawn}
        found: list[Programme] = []
        for years in self.years:
            of_years = [programme for programme in grid if programme.gift_years == years]
            found.append(exactly[years] if years in exactly else max(self.near_the_top(name, of_years)))
        return found

    def near_the_top(self, name: str, programmes: Sequence[Programme]) -> list[Programme]:
        """Return the programmes within a dollar of the top."""
        most = max(self.found[name, programme].ranked_by for programme in programmes)
        return [programme for programme in programmes if self.found[name, programme].ranked_by >= most - A_DOLLAR]

    def fewest(self, name: str, programmes: Sequence[Programme]) -> Programme:
        """Return the programme of the fewest years within a dollar of the top."""
        return min(self.near_the_top(name, programmes))

    def room(self, name: str) -> Decimal:
        """Return what the bypass trust could take, USD."""
        room = self.results[name].bypass_room
        return ZERO if room is None else room.amount

    def corners(self, name: str) -> tuple[int, ...]:
        """Return the shares on both sides of what the state of domicile leaves untaxed; none where it takes nothing."""
        if not self.results[name].figures["state_tax_at_first_death"]:
            return ()
        strategy, room = BY_ID[name], self.room(name)
        limited = project(self.ground, decedent=self.order, strategy=strategy, variation=BYPASS_TO_STATE_AMOUNT)
        held = room if limited.bypass_room is None else limited.bypass_room.amount
        at = int(held / room * WHOLE)
        return tuple(share for share in (at, at + 1) if share < WHOLE)

    # -- what is said ------------------------------------------------------------

    def answer(self, what: What, name: str, top: Programme, programmes: Sequence[Programme]) -> list[Solved]:
        """Return the top of a curve with its worksheet, if the exact projection confirms it."""
        self.ask([(name, programme) for programme in (self.described, *programmes)])
        result, exact = self.results[name], self.exactly(name, top)
        for run, programme in ((result, self.described), (exact, top)):
            if run.ranked_by != dollars(self.found[name, programme].ranked_by):
                return []
        curve = tuple(self.point(what, name, programme) for programme in programmes)
        kept = [point.family_wealth - point.unmet_spending for point in curve]
        found = _Told(
            what=what,
            top=top,
            described=self.described,
            room=ZERO if exact.bypass_room is None else exact.bypass_room.amount,
            gifts=exact.figures["gifts_total"] or ZERO,
            difference=(exact.ranked_by or ZERO) - (result.ranked_by or ZERO),
            is_flat=max(kept) - min(kept) <= DOLLAR,
        )
        return [
            Solved(
                what=what,
                value=found.value,
                described=_value(what, self.described),
                bypass_percent=top.percent,
                amount=found.held if what == "bypass_percent" else found.gifts,
                family_wealth=exact.family_wealth or ZERO,
                unmet_spending=exact.unmet_spending,
                difference=found.difference,
                text=found.text,
                line=_worksheet(name, found, result, exact),
                curve=curve,
            )
        ]

    def exactly(self, name: str, programme: Programme) -> OrderResult:
        """Return the exact projection under a programme."""
        ground = self.ground
        assumed = replace(self.assumptions, gift_years=programme.gift_years, bypass_percent=programme.percent)
        there = Ground(ground.couple, assumed, ground.lawbook, ground.as_of, ground.state_book, ground.treaty_book)
        return project(there, decedent=self.order, strategy=BY_ID[name], variation=SOLVED)

    def point(self, what: What, name: str, programme: Programme) -> CurvePoint:
        """Return one place of a curve."""
        found = self.found[name, programme]
        held = to_cents(self.room(name) * programme.percent / HUNDRED)
        return CurvePoint(
            value=_value(what, programme),
            bypass_percent=programme.percent,
            amount=held if what == "bypass_percent" else dollars(found.gifts),
            total_tax=dollars(found.total_tax),
            family_wealth=dollars(found.family_wealth),
            unmet_spending=dollars(found.unmet_spending),
        )


def _value(what: What, programme: Programme) -> Decimal:
    """Return what a curve runs over: percent or years."""
    return programme.percent if what == "bypass_percent" else Decimal(programme.gift_years)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is said of a top, USD; `is_flat`: the whole curve lies within a dollar."""

    what: What
    top: Programme
    described: Programme
    room: Decimal
    gifts: Decimal
    difference: Decimal
    is_flat: bool

    @property
    def value(self) -> Decimal:
        """The top in percent or years."""
        return _value(self.what, self.top)

    @property
    def held(self) -> Decimal:
        """What the bypass trust takes."""
        return to_cents(self.room * self.top.percent / HUNDRED)

    @property
    def programme(self) -> str:
        """The top in words, within a sentence."""
        return {
            "bypass_percent": self._share(self.top),
            "gift_years": _years(self.top),
            "together": f"{_years(self.top)} with {self._share(self.top)}",
        }[self.what]

    def _share(self, programme: Programme) -> str:
        percent = programme.percent
        amount = f" ({usd(self.held)})" if programme == self.top else ""
        if percent == HUNDRED:
            return f"a bypass trust of all that is left of the exclusion{amount}"
        if HUNDRED - percent < SMALL:
            return f"a bypass trust of all but a small remainder of what is left of the exclusion{amount}"
        if percent < SMALL:
            return "a bypass trust of nothing, or next to it,"
        return f"a bypass trust of {plain(round(percent, 2))}% of what is left of the exclusion{amount}"

    @property
    def text(self) -> str:
        """The answer in a sentence or two."""
        leaves = "leaves" if self.what == "bypass_percent" else "leave"
        words = self.programme[0].upper() + self.programme[1:]
        same = "as described here" if self.top == self.described else f"{usd(self.difference)} more than as described"
        if self.is_flat:
            changes = {
                "bypass_percent": "How much the bypass trust takes",
                "gift_years": "In how many years gifts are made",
                "together": "How many years of gifts there are, and how much the bypass trust takes,",
            }[self.what]
            return f"{changes} moves what the family keeps by no more than a dollar."
        if self.top != self.described and self.difference <= DOLLAR:
            return f"{words} {leaves} as much as what is described, to a dollar, and no other choice leaves more."
        return f"{words} {leaves} the family most under these assumptions: {same}."


def _years(programme: Programme) -> str:
    years = programme.gift_years
    return f"gifts in {years} year{'' if years == 1 else 's'}" if years else "no gifts"


def _worksheet(name: str, found: _Told, result: OrderResult, exact: OrderResult) -> str:
    """Write how the difference is made; return the number of its line."""
    letter, title = {
        "bypass_percent": ("B", "How much in the bypass trust"),
        "gift_years": ("G", "How many years of gifts"),
        "together": ("T", "Gifts and bypass trust together"),
    }[found.what]
    strategy = BY_ID[name]
    sheet = Worksheet(f"{strategy.number}{result.first_to_die.upper()}{LETTER}-{letter}", f"{title} · {strategy.title}")
    result.worksheets.append(sheet)
    assumed = [f"gift_years {found.top.gift_years}"] if found.what != "bypass_percent" else []
    if found.what != "gift_years":
        assumed.append(f"bypass_percent {plain(found.top.percent)}")
        room = sheet.write(
            "What the bypass trust could take",
            given(found.room, _room_words(result, exact)),
        )
        sheet.write("What it takes at the top of the curve", room.percent(found.top.percent).cents(), "IRC 2010(c)")
    where = f"the projection worked out with {' and '.join(assumed)}"
    if found.what != "bypass_percent":
        sheet.write("All gifts", given(found.gifts, where), "IRC 2523(i)(2)")
    there = sheet.write("Family wealth with it", given(exact.family_wealth or ZERO, where))
    here = given(result.family_wealth or ZERO, f"line {result.lines['family_wealth']}")
    if exact.unmet_spending or result.unmet_spending:
        lacking = sheet.write("Spending not covered with it", given(exact.unmet_spending, where))
        there = sheet.write("Less that spending", there - lacking)
        here = sheet.write(
            "As described, less spending not covered", here - given(result.unmet_spending, "as described")
        )
    sheet.write("Against the arrangement as described", there - here, kind="result")
    return sheet.last_number


def _room_words(result: OrderResult, exact: OrderResult) -> str:
    """Say where the room stands: on the option's own line, unless other gifts leave another."""
    here, there = result.bypass_room, exact.bypass_room
    if here is not None and there is not None and here.amount == there.amount:
        return here.how
    return "the exclusion that is left, not above the spouse's share"


def solved_programmes(ground: Ground, results: Mapping[str, OrderResult]) -> dict[str, list[Solved]]:
    """Return what was solved for each strategy, by its id, and add a worksheet to its result for each.

    `results` are the strategies worked out as described, in the order that ranks.
    The facts that `planner.missing_facts` asks for must be known.
    """
    return _Search(ground, results).solved()
