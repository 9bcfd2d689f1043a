"""Which assets the yearly gifts come out of, and what they cost: cash first, then what has gained least.

A gift carries the giver's basis over (IRC 1015, 1041(b)), so what has hardly gained
loses least of the step-up at death. Accounts for retirement cannot be given, and
land and homes come last. An asset that pays income puts it into the giver's cash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from planning.engine.facts import Asset, Spouse
from planning.engine.holdings import Lot
from planning.engine.projection.asset_growth import own_growth
from planning.engine.worksheet import ZERO, Figure, given, to_cents

CASH = "bank"
NEVER_GIVEN = frozenset({"retirement", "life_insurance"})
# What is easily given in part comes before land, and land before the home.
RANKS = {CASH: 0, "real_estate": 2, "home": 3}
EASILY_GIVEN = 1
# Shares of cost nearer to one another than this count as the same.
FINEST_SHARE = Decimal("0.0001")


class _OfAnAsset(Protocol):
    @property
    def asset(self) -> Asset: ...


AnyLot = TypeVar("AnyLot", bound=_OfAnAsset)


class Piece(NamedTuple):
    """What one asset gives to a year's gift and what that cost, USD; `asset` None: income paid out before.

    `basis` is None where the cost of the asset is not known.
    """

    asset: Asset | None
    amount: Decimal
    basis: Decimal | None


class YearsGift(NamedTuple):
    """The gift of one year, counted from the day of the plan."""

    year: int
    pieces: tuple[Piece, ...]

    @property
    def amount(self) -> Decimal:
        """All that is given in the year, USD."""
        return sum((piece.amount for piece in self.pieces), ZERO)


def order_of_giving(asset: Asset, *, jointly: bool) -> tuple[int, bool, bool, Decimal]:
    """Return by what assets are sorted: kind, the giver's own before what both hold, known and high cost first."""
    rank = RANKS.get(asset.kind, EASILY_GIVEN)
    if asset.kind == CASH or asset.cost_basis is None or not asset.value:
        return rank, jointly, asset.kind != CASH, ZERO
    return rank, jointly, False, -(asset.cost_basis / asset.value).quantize(FINEST_SHARE)


def in_order_of_giving(lots: Sequence[AnyLot], donor: Spouse) -> list[AnyLot]:
    """Return what can be given, first things first."""
    found = [lot for lot in lots if lot.asset.kind not in NEVER_GIVEN]
    return sorted(found, key=lambda lot: order_of_giving(lot.asset, jointly=lot.asset.title != donor))


@dataclass(slots=True)
class _Source:
    """An asset the gifts come out of; `basis` of what is left, None where not known."""

    asset: Asset | None
    left: Decimal
    basis: Decimal | None
    stays: Decimal
    paid: Decimal
    year: int = 0

    def bring_to(self, year: int) -> None:
        """Let it grow to the start of `year`."""
        for _ in range(self.year, year):
            self.left = to_cents(self.left * self.stays)
        self.year = year

    def give(self, wanted: Decimal) -> Piece:
        """Take up to `wanted` out of it."""
        amount = min(wanted, self.left)
        basis = self.basis
        if self.is_cash:
            basis = amount
        elif basis is not None:
            basis = to_cents(amount * basis / self.left)
            self.basis = (self.basis or ZERO) - basis
        self.left -= amount
        return Piece(self.asset, amount, basis)

    @property
    def is_cash(self) -> bool:
        """Whether it is cash, which costs what it is worth."""
        return self.asset is None or self.asset.kind == CASH


def _sources(lots: Sequence[Lot], donor: Spouse, growth: Decimal, *, donor_dies_first: bool) -> list[_Source]:
    found = []
    for lot in in_order_of_giving(lots, donor):
        asset, side = lot.asset, lot.decedent if donor_dies_first else lot.survivor
        counted = ZERO if side is None else max(ZERO, side.amount)
        paid = (asset.income_yield or ZERO) / 100
        basis = None
        if asset.cost_basis is not None and asset.value:
            basis = to_cents(asset.cost_basis * min(counted, asset.value) / asset.value)
        found.append(_Source(asset, counted, basis, 1 + own_growth(asset, growth) / 100 - paid, paid))
    if any(source.paid for source in found):
        found.insert(0, _Source(None, ZERO, None, 1 + growth / 100, ZERO))
    return found


def gift_programme(
    lots: Sequence[Lot], *, donor: Spouse, donor_dies_first: bool, limits: Sequence[Decimal], growth: Decimal
) -> tuple[YearsGift, ...]:
    """Return the gift of each year, up to its limit (USD), out of what the donor has left.

    `lots` are today's; `growth` is that of all, percent a year. IRC 2523(i)(2).
    """
    sources = _sources(lots, donor, growth, donor_dies_first=donor_dies_first)
    with_income = [source for source in sources if source.paid]
    gifts: list[YearsGift] = []
    for year, limit in enumerate(limits):
        if year and with_income:
            _pay_income(sources[0], with_income, year)
        pieces: list[Piece] = []
        wanted = limit
        for source in sources:
            if not wanted:
                break
            source.bring_to(year)
            if source.left > 0:
                pieces.append(source.give(wanted))
                wanted -= pieces[-1].amount
        gifts.append(YearsGift(year, tuple(pieces)))
    return tuple(gifts)


def _pay_income(cash: _Source, sources: Sequence[_Source], year: int) -> None:
    """Put the income of the year before `year` into the cash; it is paid at the year's end."""
    cash.bring_to(year)
    for source in sources:
        source.bring_to(year - 1)
        cash.left += to_cents(source.left * source.paid)


def names_of(gift: YearsGift) -> str:
    """Return the names of the assets a year's gift comes out of."""
    return ", ".join("income paid out" if piece.asset is None else piece.asset.name for piece in gift.pieces)


def basis_of(gifts: Sequence[YearsGift]) -> Figure | None:
    """Return the cost of all that is given, USD; None where the cost of some of it is not known."""
    basis = [piece.basis for gift in gifts for piece in gift.pieces]
    known = [one for one in basis if one is not None]
    return given(sum(known, ZERO), "the cost of the assets given") if len(known) == len(basis) else None
