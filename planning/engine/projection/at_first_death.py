"""What each asset has become at the first death, before gifts between the spouses, and what both have in each year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from planning.engine.holdings import LAND, Holdings, Land, Lot, us_situs
from planning.engine.projection.asset_growth import Mix, factor_of, grow_alike, grows_apart, own_growth, words_of
from planning.engine.results import PathPoint
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, plain, to_cents, total


class AtFirstDeath(NamedTuple):
    """Holdings as at the first death; USD.

    `sheet` shows each asset grown, None where all grow as one sum: then `holdings`
    are today's, of which only the proportions are read. `path` is what both have
    in each year from today on; the mixes say how fast what each has grows.
    """

    holdings: Holdings
    sheet: Worksheet | None
    path: tuple[PathPoint, ...]
    decedent_mix: Mix
    survivor_mix: Mix


class _Then(NamedTuple):
    """A lot at the first death: lines after debt, and amounts before it."""

    lot: Lot
    decedent: Figure | None
    survivor: Figure | None
    decedent_gross: Decimal
    survivor_gross: Decimal


def at_first_death(
    start: Holdings,
    *,
    growth: Decimal,
    years: int,
    first_year: int,
    names: tuple[str, str],
    code: str,
    us_situs_share: Decimal | None,
) -> AtFirstDeath:
    """Return what both have `years` years after `first_year`; `growth` is that of all, percent a year.

    `names` are those of the decedent and the survivor; `us_situs_share` is what
    the firm concluded of the decedent's property, percent, None where it follows from the assets.
    """
    alike = grow_alike(lot.asset for lot in start.lots)
    path = _path(start, growth, first_year, years)
    if alike or not years:
        mixes = _mixes([_today(lot) for lot in start.lots], growth)
        return AtFirstDeath(start, None, path, *mixes)
    year = first_year + years
    sheet = Worksheet(code, f"What each asset has become in {year} · {names[0]} first")
    grown = [_grown(sheet, lot, growth, years, names) for lot in start.lots]
    sides: list[Figure] = []
    for name, lines in ((names[0], [one.decedent for one in grown]), (names[1], [one.survivor for one in grown])):
        there = total([line for line in lines if line is not None])
        sides.append(sheet.write(f"{name}, {year}, before gifts", there, kind="subtotal"))
    decedent_us = start.decedent_us
    if decedent_us is not None:
        here = [one.decedent for one in grown if us_situs(one.lot.asset) and one.decedent is not None]
        part = total(here, "nothing") if us_situs_share is None else sides[0].percent(us_situs_share, "as concluded")
        decedent_us = sheet.write("Of it, situated in the United States", part.cents(), "IRC 2103", "IRC 2104")
    nothing = given(ZERO, "nothing")
    land = tuple(
        Land(one.lot.asset.name, one.lot.asset.country, one.lot.asset.state, one.decedent or nothing, one.survivor)
        for one in grown
        if one.lot.asset.kind in LAND
    )
    then = replace(start, decedent=sides[0], survivor=sides[1], decedent_us=decedent_us, land=land)
    return AtFirstDeath(then, sheet, path, *_mixes(grown, growth))


def _path(start: Holdings, growth: Decimal, first_year: int, most: int) -> tuple[PathPoint, ...]:
    """Return what both have after 0 to `most` years: what grows alike as one sum, the rest each by itself."""
    alike, apart, debts = ZERO, [], ZERO
    for lot in start.lots:
        gross = _gross(lot.decedent, lot.decedent_debt) + _gross(lot.survivor, lot.survivor_debt)
        debts += lot.decedent_debt + lot.survivor_debt
        if grows_apart(lot.asset):
            apart.append((lot.asset, gross))
        else:
            alike += gross
    found = []
    for year in range(most + 1):
        rest = sum((gross * factor_of(asset, growth, year) for asset, gross in apart), ZERO)
        both = to_cents(alike * (1 + growth / 100) ** year + rest) - debts
        found.append(PathPoint(first_year + year, both, both_alive=True))
    return tuple(found)


def _gross(net: Figure | None, debt: Decimal) -> Decimal:
    return debt if net is None else net.amount + debt


def _today(lot: Lot) -> _Then:
    gross = _gross(lot.decedent, lot.decedent_debt), _gross(lot.survivor, lot.survivor_debt)
    return _Then(lot, lot.decedent, lot.survivor, *gross)


def _grown(sheet: Worksheet, lot: Lot, growth: Decimal, years: int, names: tuple[str, str]) -> _Then:
    """Write what counts of a lot for each, grown."""
    factor = given(factor_of(lot.asset, growth, years), words_of(lot.asset, growth, years))
    lines: list[Figure | None] = []
    gross: list[Decimal] = []
    for name, net, debt in (
        (names[0], lot.decedent, lot.decedent_debt),
        (names[1], lot.survivor, lot.survivor_debt),
    ):
        if net is None or not (net.amount or debt):
            lines.append(None)
            gross.append(ZERO)
            continue
        owed = given(debt, f"its debt of {plain(debt)}, which stays what it is")
        before = net + owed if debt else net
        then = (before * factor).cents()
        gross.append(then.amount)
        lines.append(sheet.write(f"{lot.asset.name}, counted for {name}", then - owed if debt else then))
    return _Then(lot, lines[0], lines[1], gross[0], gross[1])


def _mixes(lots: list[_Then], growth: Decimal) -> tuple[Mix, Mix]:
    """Return what each side has before debt, and how much of it grows apart."""
    found = Mix(ZERO), Mix(ZERO)
    for one in lots:
        for mix, amount in zip(found, (one.decedent_gross, one.survivor_gross), strict=True):
            mix.whole += amount
            if grows_apart(one.lot.asset):
                mix.add(own_growth(one.lot.asset, growth), amount)
    return found
