"""What differs from path to path, and what both spouses have today on each path, in one order of death."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from planning.engine.facts import Asset, Couple, Spouse
from planning.engine.holdings import (
    LAND,
    SHARED_BY_PERCENT,
    inclusion_in_first_estate,
    listed_assets,
    other,
    share_of,
    us_situs,
)
from planning.engine.law_risk import exclusions_of_year
from planning.engine.projection.ground import Ground
from planning.engine.projection.nonresident import is_nonresident_noncitizen
from planning.engine.projection.vector_growth import VectorLot
from planning.engine.projection.vector_money import (
    DECIMALS_OF_PERCENT,
    Cents,
    Numbers,
    Rate,
    Whole,
    percent_units,
    rounded,
    rounded_half_even,
    whole_cents,
)
from planning.engine.worksheet import ZERO

HUNDRED = Decimal(100)
# Land in the United States whose state is not known counts at the home of whoever dies.
STATE_NOT_KNOWN = ""


class Piece(NamedTuple):
    """A piece of real property: the state where it lies (None abroad), and what counts for whom, cents."""

    state: str | None
    decedent: Cents
    survivor: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Arrays of one length, a path in each place; what is left out is as the assumptions say.

    Years count from the day of the plan, `growth`, `basis_share` and `bypass_percent` are percent
    (six decimals count), `survivor_spending` is USD a year. `estate_factor`
    multiplies every value, debt and death benefit, rounded to cents as `Decimal.quantize` does;
    `exclusion_factor` the basic exclusion of every year.
    """

    years_to_first_death: Whole
    years_to_second_death: Whole
    gift_years: Whole | None = None
    growth: Numbers | None = None
    survivor_spending: Numbers | None = None
    basis_share: Numbers | None = None
    bypass_percent: Numbers | None = None
    estate_factor: Numbers | None = None
    exclusion_factor: Numbers | None = None

    def __len__(self) -> int:
        return len(self.years_to_first_death)

    def chosen(self, index: Whole) -> Paths:
        """Return the paths at `index`, in that order."""

        def at(values: Numbers | None) -> Numbers | None:
            return None if values is None else values[index]

        return Paths(
            years_to_first_death=self.years_to_first_death[index],
            years_to_second_death=self.years_to_second_death[index],
            gift_years=None if self.gift_years is None else self.gift_years[index],
            growth=at(self.growth),
            survivor_spending=at(self.survivor_spending),
            basis_share=at(self.basis_share),
            bypass_percent=at(self.bypass_percent),
            estate_factor=at(self.estate_factor),
            exclusion_factor=at(self.exclusion_factor),
        )


def paths_like(ground: Ground, count: int) -> Paths:
    """Return `count` paths that are all as the assumptions of `ground` say."""
    before = np.full(count, ground.years_before, dtype=np.int64)
    return Paths(years_to_first_death=before, years_to_second_death=before + ground.years_between)


@dataclass(frozen=True, slots=True)
class Start:
    """What counts for whom today, cents; as `holdings.Holdings`."""

    decedent: Cents
    survivor: Cents
    insurance_in_first_estate: Cents
    insurance_paid_to_survivor: Cents
    insurance_in_second_estate: Cents
    decedent_us: Cents | None
    land: tuple[Piece, ...]
    lots: tuple[VectorLot, ...]


class _Opening:
    """Adds up the assets of one order of death on every path."""

    def __init__(self, couple: Couple, decedent: Spouse, paths: Paths, *, survivor_is_citizen: bool) -> None:
        self.couple, self.decedent, self.citizen = couple, decedent, survivor_is_citizen
        self.nothing: Cents = np.zeros(len(paths))
        self.factor = None if paths.estate_factor is None else Rate.of_units(percent_units(paths.estate_factor * 100))
        names = ("decedent", "us", "survivor", "in_first", "to_survivor", "in_second")
        self.totals = dict.fromkeys(names, self.nothing)
        self.land: list[Piece] = []
        self.lots: list[VectorLot] = []

    def amount(self, value: Decimal | None) -> Cents:
        """Return a value of today on every path."""
        cents = self.nothing + whole_cents(value or ZERO)
        return cents if self.factor is None else rounded_half_even(cents, self.factor)

    def add(self, name: str, amount: Cents) -> None:
        """Add to one of the totals."""
        self.totals[name] = self.totals[name] + amount

    def property(self, asset: Asset) -> None:
        """Add an asset that is no insurance."""
        gross, debt = self.amount(asset.value), self.amount(asset.debt)
        value = gross - debt
        percent = inclusion_in_first_estate(asset, self.decedent, survivor_is_citizen=self.citizen).percent
        own, own_debt = part_of(value, percent), part_of(debt, percent)
        self.add("decedent", own)
        if us_situs(asset):
            self.add("us", own)
        if asset.title in SHARED_BY_PERCENT:
            share = share_of(asset, other(self.decedent)) or ZERO
            survivors, survivors_debt = part_of(value, share), part_of(debt, share)
        else:
            survivors, survivors_debt = value - own, debt - own_debt
        self.add("survivor", survivors)
        basis = None if asset.cost_basis is None or not asset.value else self.amount(asset.cost_basis)
        self.lots.append(VectorLot(asset, own, survivors, own_debt, survivors_debt, gross, basis))
        if asset.kind in LAND:
            self.land.append(Piece(state_of_land(asset), own, survivors))

    def insurance(self, asset: Asset) -> None:
        """Add a policy where its benefit goes. IRC 2042(2), 2033."""
        if asset.insured == "other":
            return
        benefit = self.amount(asset.death_benefit)
        if asset.insured != self.decedent:
            self.add("in_second", benefit)
            return
        owned = HUNDRED / 2
        if asset.title in ("a", "b"):
            owned = HUNDRED if asset.title == self.decedent else ZERO
        if asset.title in SHARED_BY_PERCENT:
            owned = share_of(asset, self.decedent) or ZERO
        self.add("in_first", part_of(benefit, owned))
        self.add("to_survivor", part_of(benefit, HUNDRED - owned))

    def start(self) -> Start:
        """Return the totals."""
        for asset in listed_assets(self.couple) or ():
            if asset.kind == "life_insurance":
                self.insurance(asset)
            else:
                self.property(asset)
        person, here = self.couple.person(self.decedent), None
        if is_nonresident_noncitizen(person):
            stated = person.us_situs_share
            here = self.totals["us"] if stated is None else part_of(self.totals["decedent"], stated)
        return Start(
            decedent=self.totals["decedent"],
            survivor=self.totals["survivor"],
            insurance_in_first_estate=self.totals["in_first"],
            insurance_paid_to_survivor=self.totals["to_survivor"],
            insurance_in_second_estate=self.totals["in_second"],
            decedent_us=here,
            land=tuple(self.land),
            lots=tuple(self.lots),
        )


def state_of_land(asset: Asset) -> str | None:
    """Return the state where land lies, None abroad."""
    return None if asset.country not in (None, "US") else asset.state or STATE_NOT_KNOWN


def part_of(amount: Cents, percent: Decimal) -> Cents:
    """Return `percent` of `amount`, rounded half up to cents."""
    return amount if percent == HUNDRED else rounded(np.zeros_like(amount), (amount, Rate.exact(percent / HUNDRED)))


def start_of_paths(ground: Ground, decedent: Spouse, paths: Paths, *, survivor_is_citizen: bool) -> Start:
    """Return what counts for whom today; the facts that `planner.missing_facts` asks for must be known."""
    return _Opening(ground.couple, decedent, paths, survivor_is_citizen=survivor_is_citizen).start()


def exclusions(ground: Ground, paths: Paths, most: int) -> Cents:
    """Return the basic exclusion by year (row) and path (one column where it is the same on all), cents."""
    years = range(ground.as_of.year, ground.as_of.year + most + 1)
    if paths.exclusion_factor is None:
        return np.array([[whole_cents(ground.law(year).basic_exclusion_amount)] for year in years])
    # Few factors on many paths: each is worked out once.
    units, places = np.unique(percent_units(paths.exclusion_factor * 100), return_inverse=True)
    factors = [Decimal(int(unit)).scaleb(-DECIMALS_OF_PERCENT - 2) for unit in units]
    book, indexing = ground.lawbook, ground.assumptions.indexing
    rows = [[whole_cents(amount) for amount in exclusions_of_year(book, year, factors, indexing)] for year in years]
    return np.array(rows)[:, places]
