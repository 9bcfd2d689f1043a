"""How each asset grows: at the rate of all, or at one stated for it, with its income put into the owner's cash.

Income paid out grows at the rate of all from then on, so an asset that pays some
grows by one factor over n years: what stays in it, and its income with growth.
Where nothing is stated apart and nothing is owed, property grows as one sum. A
debt stays what it is: its interest is paid out of income. After the first death
every pot keeps the mix it had then.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from planning.engine.facts import Asset
from planning.engine.worksheet import ZERO, plain

HALF = Decimal("0.5")
MILLION = Decimal(1_000_000)
# Rates are told to a millionth of a percent.
FINEST = Decimal("0.000001")


def own_growth(asset: Asset, growth: Decimal) -> Decimal:
    """Return the growth of `asset`, percent a year; `growth` is that of all."""
    return growth if asset.growth is None else asset.growth


def grows_apart(asset: Asset) -> bool:
    """Whether a growth is stated for `asset`; income alone changes nothing, it stays in the family."""
    return asset.growth is not None


def grow_alike(assets: Iterable[Asset]) -> bool:
    """Whether all property may grow as one sum: no growth of its own, no debt."""
    return not any(grows_apart(asset) or asset.debt for asset in assets)


def factor_of(asset: Asset, growth: Decimal, years: int) -> Decimal:
    """Return what a dollar of `asset` has become in `years` years with its income; `growth` of all in percent."""
    own, paid = own_growth(asset, growth), (asset.income_yield or ZERO) / 100
    if not (grows_apart(asset) and paid):
        return (1 + own / 100) ** years
    all_grow, stays = 1 + growth / 100, 1 + own / 100 - paid
    kept, income = Decimal(1), ZERO
    for _ in range(years):
        income = income * all_grow + kept * paid
        kept *= stays
    return kept + income


def words_of(asset: Asset, growth: Decimal, years: int) -> str:
    """Return how `factor_of` is made, in words."""
    over = f" for {years} year{'s' if years > 1 else ''}"
    words = f"growth of {plain(own_growth(asset, growth))}%"
    if asset.income_yield and grows_apart(asset):
        words += f", of it {plain(asset.income_yield)}% paid out and grown at {plain(growth)}%"
    return words + over


def blended_rate(growth: Decimal, parts: Iterable[tuple[Decimal, Decimal]], whole: Decimal) -> Decimal:
    """Return the growth of a pot of `whole` USD, percent a year to a millionth.

    `parts` are (percent a year, USD) of what grows otherwise than `growth`;
    a part counts by its share of the whole, told to a millionth.
    """
    if whole <= 0:
        return growth
    moved = ZERO
    for rate, amount in parts:
        share = (min(max(ZERO, amount), whole) * MILLION / whole).to_integral_value(ROUND_HALF_UP)
        moved += share * (rate - growth)
    return growth + (moved + HALF).to_integral_value(ROUND_FLOOR) * FINEST


class Mix:
    """What one side has at the first death before debts, USD, and how much of it grows at which rate apart."""

    __slots__ = ("apart", "whole")

    def __init__(self, whole: Decimal) -> None:
        self.whole = whole
        self.apart: dict[Decimal, Decimal] = {}

    def add(self, rate: Decimal, amount: Decimal) -> None:
        """Count `amount` at `rate`; less than nothing takes it away. The whole is not changed."""
        self.apart[rate] = self.apart.get(rate, ZERO) + amount

    def copy(self) -> Mix:
        """Return a mix of its own."""
        new = Mix(self.whole)
        new.apart = dict(self.apart)
        return new

    def rate(self, growth: Decimal) -> Decimal:
        """Return the growth of the whole, percent a year."""
        return blended_rate(growth, self.apart.items(), self.whole)
