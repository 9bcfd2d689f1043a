"""Figures that carry their work: an amount, the words that say how it was made, and its authority.

`+`, `-`, `*`, `at_least_zero`, `smaller_of` and `larger_of` build the words as
they build the number, so the shown formula cannot drift from the computed one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

ZERO = Decimal(0)
CENT = Decimal("0.01")
LineKind = Literal["plain", "subtotal", "result"]
LineStatus = Literal["official", "projected", "entered_by_firm", "assumed"]


def to_cents(amount: Decimal) -> Decimal:
    """Return `amount` (USD) rounded half up to whole cents."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@lru_cache(maxsize=4096)  # the same rates and thresholds are written thousands of times in a plan
def plain(amount: Decimal) -> str:
    """Return `amount` with thousands separators and no needless zeros: 345,800 or 0.05."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# Not frozen: a plan makes thousands of figures, and a frozen dataclass takes three times as long to make.
# Nothing changes one after it is made; a house test sees to it.
@dataclass(slots=True, unsafe_hash=True)
class Figure:
    """An amount in USD (or a plain number) with the words that say where it comes from."""

    amount: Decimal
    how: str
    compound: bool = False

    def _term(self) -> str:
        return f"({self.how})" if self.compound else self.how

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.amount + other.amount, f"{self.how} plus {other._term()}", compound=True)

    def __sub__(self, other: Figure) -> Figure:
        return Figure(self.amount - other.amount, f"{self.how} minus {other._term()}", compound=True)

    def __mul__(self, other: Figure) -> Figure:
        return Figure(self.amount * other.amount, f"{self._term()} times {other._term()}", compound=True)

    def percent(self, rate: Decimal, words: str = "") -> Figure:
        """Return `rate` percent of this figure, in exact dollars."""
        named = f"{plain(rate)}%{f' ({words})' if words else ''} of {self._term()}"
        return Figure(self.amount * rate / 100, named, compound=True)

    def cents(self) -> Figure:
        """Return this figure rounded half up to cents; the words stay as they are."""
        return Figure(to_cents(self.amount), self.how, self.compound)


def given(amount: Decimal, where: str) -> Figure:
    """Return an input figure; `where` names the fact, assumption or table it was read from."""
    return Figure(amount, where)


def at_least_zero(figure: Figure) -> Figure:
    """Return `figure`, or zero where it is negative."""
    return Figure(max(ZERO, figure.amount), f"{figure.how}, not below zero", compound=True)


def smaller_of(*figures: Figure) -> Figure:
    """Return the smallest of `figures`."""
    words = " and ".join(figure.how for figure in figures)
    return Figure(min(figure.amount for figure in figures), f"the smaller of {words}", compound=True)


def larger_of(*figures: Figure) -> Figure:
    """Return the largest of `figures`."""
    words = " and ".join(figure.how for figure in figures)
    return Figure(max(figure.amount for figure in figures), f"the larger of {words}", compound=True)


def total(figures: list[Figure], nothing: str = "none") -> Figure:
    """Return the sum of `figures`; `nothing` are the words of an empty sum."""
    if not figures:
        return Figure(ZERO, nothing)
    words = " plus ".join(figure.how for figure in figures)
    return Figure(sum((figure.amount for figure in figures), ZERO), words, compound=len(figures) > 1)


class Line(NamedTuple):
    """One printed line of a worksheet; `number` is unique in a plan."""

    number: str
    label: str
    amount: Decimal
    how: str
    citations: tuple[str, ...]
    kind: LineKind = "plain"
    status: LineStatus | None = None


@dataclass(slots=True)
class Worksheet:
    """Numbered lines under one title; `code` opens every line number."""

    code: str
    title: str
    lines: list[Line] = field(default_factory=list)

    def write(
        self,
        label: str,
        figure: Figure,
        *citations: str,
        kind: LineKind = "plain",
        status: LineStatus | None = None,
    ) -> Figure:
        """Add a line and return a figure that refers to it by its number."""
        number = f"{self.code}{len(self.lines) + 1}"
        # As `Line(...)`, in half the time: thousands are made in a plan.
        self.lines.append(tuple.__new__(Line, (number, label, figure.amount, figure.how, citations, kind, status)))
        return Figure(figure.amount, f"line {number}")

    @property
    def last_number(self) -> str:
        """The number of the line written last."""
        return self.lines[-1].number

    @property
    def result(self) -> Decimal:
        """The amount of the line written last."""
        return self.lines[-1].amount
