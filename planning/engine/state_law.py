"""The estate taxes of states as values: bands of dates, tables, exclusions, and what is not settled about each.

Nothing here reads files; `planning/state_law.py` does. A state that is known to
have no estate tax is `None`; a state or a day that the files do not hold is an
error, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from planning.engine.inheritance_law import InheritanceBook, Verified
from planning.engine.law import LawNotKnownError, RateTable, Status
from planning.engine.worksheet import Figure, given

# How a state computes: its own table on the excess over its exclusion; its own table with a zero bracket; the table of
# IRC 2011(b) less a credit; the smaller of that table and its own; the same two, each on what the tax itself leaves;
# its own table on the whole less the tax on an amount that shrinks as the estate grows.
Kind = Literal["excess", "zero_bracket", "credit_table", "smaller_of_two", "interrelated", "shrinking_credit"]
# What is divided between states: the tax on the whole, what is taxed, or what is taxed together with the exclusion.
Sharing = Literal["tax", "base", "base_and_exclusion"]
# Where gifts made in life count: nowhere, in what is taxed, against the exclusion, in the second limb, or for filing.
GiftUse = Literal["none", "base", "exclusion", "formula", "threshold"]
Answer = Literal["yes", "no", "unclear", "only_without_federal_return"]
Indexed = Literal["exclusion", "credit", "federal"]
Direction = Literal["nearest", "up", "down"]

MODES = {"nearest": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a state's law: the answer, how sure it is, and why."""

    answer: Answer
    status: Verified
    why: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoncitizenRule:
    """The state marital deduction where the spouse is no citizen and no federal return is due.

    `applies_2056d`: whether IRC 2056(d) binds. `qdot_waived`: the state gives the
    deduction without a QDOT when no federal return is required. `default`: what
    holds while nothing better is known.
    """

    applies_2056d: Point
    state_only_qdot: Point
    election_place: str
    qdot_distribution_tax: Point
    default: str
    qdot_waived: bool
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GiftRule:
    """Which gifts made in life a state brings back, and where they count.

    `years` before the death, or all `since` a day, or neither: all of them.
    `while_resident`: only gifts the donor made as a resident of the state.
    `deaths_before`: the rule ends with deaths of that day.
    """

    use: GiftUse
    years: int | None
    since: date | None
    deaths_before: date | None
    while_resident: bool
    status: Verified
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharingRule:
    """How a state takes its part of an estate that lies in several places, residents and nonresidents apart.

    `places` are the decimals its form gives the fraction, None for all of them;
    `with_gifts` says that the gifts it brings back stand in the fraction too. The
    doubts are what no primary source settles where part of the estate lies elsewhere.
    """

    resident: Sharing
    nonresident: Sharing
    resident_words: str
    nonresident_words: str
    places: int | None
    with_gifts: bool
    resident_doubt: Point | None
    nonresident_doubt: Point | None
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indexing:
    """What of a state's law grows with prices, and the step it is rounded to."""

    what: Indexed
    step: Decimal
    direction: Direction
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateLaw:
    """The estate tax of one state on deaths from `first_day` to `last_day`; amounts in USD.

    `exclusion` is what the state leaves untaxed, in the state's own term
    (`exclusion_label`); in the states with a `credit` it is the taxable estate at
    which that credit is used up. `table` is the state's own, or that of IRC
    2011(b) where it has none; `credit_table` always is that of IRC 2011(b), read
    at the taxable estate less `base_reduction`. `credit` comes off the tax, after
    the part of other states where `credit_after_share`. `dsue_limit` is the most of a
    state DSUE, None without limit; `portable` says whether there is one.
    `cap` is the most of estate and gift tax together. `business_subtraction` is
    the most for a farm or business, `nonresident_noncitizen_exclusion` what
    replaces the exclusion of a decedent who was neither citizen nor resident.
    """

    code: str
    name: str
    kind: Kind
    first_day: date
    last_day: date
    exclusion: Decimal
    exclusion_label: str
    table: RateTable
    credit_table: RateTable
    base_reduction: Decimal
    credit: Decimal
    credit_after_share: bool
    credits_inheritance_tax: bool
    cap: Decimal | None
    portable: bool
    dsue_limit: Decimal | None
    business_subtraction: Decimal
    nonresident_noncitizen_exclusion: Decimal | None
    has_gift_tax: bool
    sharing: SharingRule
    gifts: GiftRule
    indexing: Indexing | None
    noncitizen: NoncitizenRule
    state_qtip: Point
    points: Mapping[str, Point]
    citations: tuple[str, ...]
    exclusion_citations: tuple[str, ...]
    status: Status = "official"

    def amount_figure(self, amount: Decimal) -> Figure:
        """Return an amount of this law as a figure that says from when it holds, or for which year it is projected."""
        if self.status == "projected":
            return given(amount, f"projected, {self.first_day.year}")
        return given(amount, f"law of {self.name} for deaths from {self.first_day.isoformat()}")

    def credited(self, gift_tax_paid: Decimal, inheritance_tax: Decimal) -> Decimal:
        """Return what of the state's own gift and inheritance tax counts against its estate tax, USD."""
        paid = gift_tax_paid if self.has_gift_tax else Decimal(0)
        return paid + inheritance_tax if self.credits_inheritance_tax else paid

    def doubt_of_share(self, *, resident: bool) -> Point | None:
        """Return what is not settled about the part the state takes where some of the estate lies elsewhere."""
        return self.sharing.resident_doubt if resident else self.sharing.nonresident_doubt

    def unsettled(self) -> dict[str, Point]:
        """Return the points that no primary source settles, by name."""
        every = {
            "applies_2056d": self.noncitizen.applies_2056d,
            "state_only_qdot": self.noncitizen.state_only_qdot,
            "qdot_distribution_tax": self.noncitizen.qdot_distribution_tax,
            "state_qtip": self.state_qtip,
            **self.points,
        }
        return {name: point for name, point in every.items() if point.status != "verified"}

    def projected_to(self, year: int, indexing: Decimal, federal_exclusion: Decimal) -> StateLaw:
        """Return this law for a later `year`, what the state indexes grown by `indexing` percent a year."""
        law = replace(self, first_day=date(year, 1, 1), last_day=date(year, 12, 31), status="projected")
        if self.indexing is None:
            return law
        if self.indexing.what == "federal":
            return replace(law, exclusion=federal_exclusion)
        level = self.credit if self.indexing.what == "credit" else self.exclusion
        grown = level * (1 + indexing / 100) ** (year - self.last_day.year)
        steps = (grown / self.indexing.step).quantize(Decimal(1), MODES[self.indexing.direction])
        amount = steps * self.indexing.step
        if self.indexing.what == "exclusion":
            return replace(law, exclusion=amount)
        used_up_at = self.credit_table.amount_taxed_at(amount) + self.base_reduction
        return replace(law, credit=amount, exclusion=used_up_at.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class StateBook:
    """The estate taxes of all states by code, the states known to have none, and the inheritance taxes."""

    laws: Mapping[str, tuple[StateLaw, ...]]
    without_estate_tax: Mapping[str, str]
    first_day: date
    last_day: date
    inheritance: InheritanceBook
    _cache: dict[tuple[str, int, Decimal, Decimal], StateLaw] = field(default_factory=dict, repr=False, compare=False)

    def estate_tax(self, code: str, on: date) -> StateLaw | None:
        """Return the law of a state for a death `on` a day, None where it is known to have no estate tax.

        Raises `LawNotKnownError` for an unknown code and for a day outside the law files.
        """
        if code not in self.laws and code not in self.without_estate_tax:
            message = f"no state {code!r} is known: expected a code such as NY, or DC"
            raise LawNotKnownError(message)
        for law in self.laws.get(code, ()):
            if law.first_day <= on <= law.last_day:
                return law
        if code in self.without_estate_tax and self.first_day <= on <= self.last_day:
            return None
        message = (
            f"no law of {code} for a death of {on.isoformat()}: the law files of states go from "
            f"{self.first_day.isoformat()} to {self.last_day.isoformat()}"
        )
        raise LawNotKnownError(message)

    def projected(self, code: str, on: date, *, indexing: Decimal, federal_exclusion: Decimal) -> StateLaw | None:
        """Return the law of the day, or the last one carried on and marked projected.

        What a state indexes grows by `indexing` percent a year; where a state takes
        the federal exclusion, `federal_exclusion` (USD) is that of the year.
        """
        if on <= self.last_day:
            return self.estate_tax(code, on)
        last = self.estate_tax(code, self.last_day)
        if last is None:
            return None
        key = (code, on.year, indexing, federal_exclusion)
        if key not in self._cache:
            self._cache[key] = last.projected_to(on.year, indexing, federal_exclusion)
        return self._cache[key]

    @property
    def codes(self) -> tuple[str, ...]:
        """The states with an estate tax, in the order of their codes."""
        return tuple(sorted(self.laws))
