"""How each asset grows and what the gifts come out of, over many paths: as `asset_growth` and `gift_programme`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from planning.engine.facts import Asset
from planning.engine.projection.asset_growth import MILLION, grows_apart
from planning.engine.projection.gift_programme import CASH
from planning.engine.projection.vector_money import (
    HALF,
    UNITS_OF_ONE,
    Cents,
    Flags,
    Numbers,
    Rate,
    percent_units,
    powers,
    rounded,
    share_of,
)
from planning.engine.worksheet import ZERO

A_MILLION = float(MILLION)


class VectorLot(NamedTuple):
    """An asset that is no insurance and what counts for whom on every path: after debt, and the debt, cents.

    `basis` is None where the cost is not known.
    """

    asset: Asset
    decedent: Cents
    survivor: Cents
    decedent_debt: Cents
    survivor_debt: Cents
    value: Cents
    basis: Cents | None


def units_of_percent(percent: Decimal | None) -> Numbers:
    """Return a stated percentage in hundred-millionths of one; nothing stated is 0."""
    return percent_units(np.asarray(float(percent or ZERO)))


def own_units(asset: Asset, growth: Numbers) -> Numbers:
    """Return the growth of `asset` in units; `growth` is that of all on each path."""
    return growth if asset.growth is None else units_of_percent(asset.growth)


def factors_of(asset: Asset, growth: Numbers, most: int) -> Rate:
    """Return what a dollar has become after 0 to `most` years, a row for each; as `asset_growth.factor_of`."""
    own, paid = own_units(asset, growth), units_of_percent(asset.income_yield)
    if not (grows_apart(asset) and paid.any()):
        return powers(Rate.of_units(own + UNITS_OF_ONE), most)
    pays, stays, all_grow = (Rate.of_units(units) for units in (paid, own - paid + UNITS_OF_ONE, growth + UNITS_OF_ONE))
    kept = Rate(np.ones_like(growth), np.zeros_like(growth))
    income = Rate(np.zeros_like(growth), np.zeros_like(growth))
    rows = [kept]
    for _ in range(most):
        income = income.times(all_grow).plus(kept.times(pays))
        kept = kept.times(stays)
        rows.append(kept.plus(income))
    return Rate(np.stack([row.high for row in rows]), np.stack([row.low for row in rows]))


def blended_units(growth: Numbers, parts: Iterable[tuple[Numbers, Cents]], whole: Cents) -> Numbers:
    """Return the growth of pots of `whole`, in units; as `asset_growth.blended_rate`."""
    moved: Numbers = np.zeros_like(whole)
    for units, amount in parts:
        part = np.minimum(np.maximum(amount, 0), np.maximum(whole, 0))
        moved = moved + share_of(np.full_like(whole, A_MILLION), part, whole) * (units - growth)
    return growth + np.floor(moved / A_MILLION + HALF)


class Mix:
    """As `asset_growth.Mix`, on every path."""

    __slots__ = ("apart", "whole")

    def __init__(self, whole: Cents) -> None:
        self.whole = whole
        self.apart: dict[Decimal, Cents] = {}

    def add(self, asset: Asset, amount: Cents) -> None:
        """Count `amount` at the growth of `asset`, where it has one of its own."""
        if asset.growth is not None:
            self.apart[asset.growth] = self.apart.get(asset.growth, np.zeros_like(amount)) + amount

    def copy(self) -> Mix:
        """Return a mix of its own."""
        new = Mix(self.whole)
        new.apart = dict(self.apart)
        return new

    def units(self, growth: Numbers) -> Numbers:
        """Return the growth of the whole, in units."""
        parts = ((units_of_percent(rate), amount) for rate, amount in self.apart.items())
        return blended_units(growth, parts, self.whole)


@dataclass(slots=True)
class Source:
    """An asset the gifts come out of; as the one in `gift_programme`. `basis` of what is left."""

    asset: Asset | None
    left: Cents
    basis: Cents | None
    stays: Rate
    pays: Rate | None
    factors: Rate
    year: int = 0

    @property
    def is_cash(self) -> bool:
        """Whether it is cash, which costs what it is worth."""
        return self.asset is None or self.asset.kind == CASH

    @property
    def apart(self) -> bool:
        """Whether it grows otherwise than all do."""
        return self.asset is not None and grows_apart(self.asset)

    def bring_to(self, year: int) -> None:
        """Let it grow to the start of `year`."""
        for _ in range(self.year, year):
            self.left = rounded(np.zeros_like(self.left), (self.left, self.stays))
        self.year = year

    def give(self, wanted: Cents) -> tuple[Cents, Cents, Flags]:
        """Take up to `wanted` out of it; return that, its cost, and where the cost is not known."""
        amount = np.minimum(wanted, self.left)
        unknown: Flags = np.zeros_like(amount, dtype=bool)
        cost = amount
        if not self.is_cash:
            if self.basis is None:
                cost, unknown = np.zeros_like(amount), amount > 0
            else:
                cost = share_of(amount, self.basis, self.left)
                self.basis = self.basis - cost
        self.left = self.left - amount
        return amount, cost, unknown


def sources(
    lots: Sequence[VectorLot], *, donor_dies_first: bool, growth: Numbers, factors_of: Callable[[Asset], Rate]
) -> list[Source]:
    """Return what the gifts come out of; `lots` are in the order of giving, `factors_of` gives growth by year."""
    found = []
    for lot in lots:
        asset = lot.asset
        counted = np.maximum(lot.decedent if donor_dies_first else lot.survivor, 0)
        basis = None if lot.basis is None else share_of(lot.basis, np.minimum(counted, lot.value), lot.value)
        paid = units_of_percent(asset.income_yield)
        pays = Rate.of_units(paid) if paid.any() else None
        stays = Rate.of_units(own_units(asset, growth) - paid + UNITS_OF_ONE)
        found.append(Source(asset, counted, basis, stays, pays, factors_of(asset)))
    if any(source.pays is not None for source in found):
        cash = Rate.of_units(growth + UNITS_OF_ONE)
        found.insert(0, Source(None, np.zeros_like(found[0].left), None, cash, None, cash))
    return found


def pay_income(found: Sequence[Source], year: int) -> None:
    """Put the income of the year before `year` into the cash, which is the first of them."""
    cash = found[0]
    cash.bring_to(year)
    for source in found:
        if source.pays is not None:
            source.bring_to(year - 1)
            cash.left = cash.left + rounded(np.zeros_like(cash.left), (source.left, source.pays))
