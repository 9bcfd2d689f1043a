"""Who owns what, seen from one order of death: what the first estate includes and what the survivor has.

Insurance pays at the insured's death and does not grow; everything else grows
at its own rate or the assumed one. Debt follows the share of the asset it burdens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from planning.engine.facts import Asset, Couple, Spouse
from planning.engine.rules.inclusion import Inclusion
from planning.engine.rules.s2040_joint_property import (
    common_ownership_inclusion,
    community_property_inclusion,
    survivorship_inclusion,
)
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, total

HUNDRED = Decimal(100)
SHARED_BY_PERCENT = ("tenants_in_common", "trust_or_company", "with_someone_else")


LAND = ("home", "real_estate")


class Land(NamedTuple):
    """One piece of real property and whose it counts as, USD lines; `state` is None abroad or where not known."""

    name: str
    country: str | None
    state: str | None
    decedent: Figure
    survivor: Figure | None


class Lot(NamedTuple):
    """An asset that is no insurance, and what counts for whom: after debt (worksheet lines), and the debt, USD."""

    asset: Asset
    decedent: Figure
    survivor: Figure | None
    decedent_debt: Decimal
    survivor_debt: Decimal


@dataclass(frozen=True, slots=True)
class Holdings:
    """Figures (USD) of one day for one order of death, each referring to its worksheet line.

    `decedent_us` is the part of `decedent` situated in the United States, worked
    out only for a nonresident noncitizen. `land` is the real property among them,
    `lots` every asset but insurance.
    """

    decedent: Figure
    survivor: Figure
    insurance_in_first_estate: Figure
    insurance_paid_to_survivor: Figure
    insurance_in_second_estate: Figure
    decedent_us: Figure | None = None
    land: tuple[Land, ...] = ()
    lots: tuple[Lot, ...] = ()


def other(spouse: Spouse) -> Spouse:
    """Return the other spouse."""
    return "b" if spouse == "a" else "a"


def listed_assets(couple: Couple) -> tuple[Asset, ...] | None:
    """Return the assets the engine works with: the listed ones, or the rough totals where nothing is listed."""
    if couple.assets:
        return couple.assets
    rough: list[Asset] = []
    for spouse in ("a", "b"):
        person = couple.person("a" if spouse == "a" else "b")
        if person.rough_total is not None:
            title: Spouse = "a" if spouse == "a" else "b"
            rough.append(
                Asset(
                    name=f"Rough total of {person.name}",
                    kind="rough_total",
                    title=title,
                    value=person.rough_total,
                    debt=ZERO,
                    value_is_estimate=True,
                )
            )
    if couple.rough_total_joint:
        rough.append(
            Asset(
                name="Rough total in both names",
                kind="rough_total",
                title="joint_survivorship",
                value=couple.rough_total_joint,
                debt=ZERO,
                value_is_estimate=True,
            )
        )
    return tuple(rough) if rough else couple.assets


def share_of(asset: Asset, spouse: Spouse) -> Decimal | None:
    """Return the percent of an asset held by percentages that `spouse` owns; None where not known."""
    own, others = (asset.share_a, asset.share_b) if spouse == "a" else (asset.share_b, asset.share_a)
    if own is None and others is not None and asset.title == "tenants_in_common":
        return HUNDRED - others
    return own


def missing_of_assets(couple: Couple) -> list[str]:
    """Return the paths of asset facts without which no figure can be worked out."""
    assets = listed_assets(couple)
    if assets is None:
        return ["assets"]
    return [f"assets[{index}].{name}" for index, asset in enumerate(assets) for name in _missing(asset)]


def _missing(asset: Asset) -> Iterator[str]:
    if asset.title is None:
        yield "title"
    if asset.kind == "life_insurance":
        if asset.insured is None:
            yield "insured"
        elif asset.insured != "other" and asset.death_benefit is None:
            yield "death_benefit"
    elif asset.value is None:
        yield "value"
    if asset.title in SHARED_BY_PERCENT:
        for spouse, name in (("a", "share_a"), ("b", "share_b")):
            if share_of(asset, "a" if spouse == "a" else "b") is None:
                yield name


def inclusion_in_first_estate(asset: Asset, decedent: Spouse, *, survivor_is_citizen: bool) -> Inclusion:
    """Return what the first estate includes of `asset`. IRC 2033, 2040; the title must be known."""
    survivor = other(decedent)
    if asset.title == decedent:
        return common_ownership_inclusion(HUNDRED)
    if asset.title == survivor:
        return common_ownership_inclusion(ZERO)
    if asset.title == "community":
        return community_property_inclusion()
    if asset.title == "joint_survivorship":
        from_a = asset.contribution_a
        from_survivor = None if from_a is None else (from_a if survivor == "a" else HUNDRED - from_a)
        return survivorship_inclusion(
            spouse_is_us_citizen=survivor_is_citizen,
            spouse_contribution_percent=from_survivor,
            acquired_by_gift_or_inheritance=asset.acquired_by in ("gift", "inheritance"),
        )
    return common_ownership_inclusion(share_of(asset, decedent) or ZERO)


def us_situs(asset: Asset) -> bool | None:
    """Return whether `asset` is situated in the United States for a nonresident noncitizen; None: not to be told.

    Land is where it lies (2103), bank deposits and insurance on the decedent's
    life are not here (2105(a)-(b)); of anything else the firm must say the
    US-situs part of the person's property.
    """
    if asset.kind in ("home", "real_estate"):
        return None if asset.country is None else asset.country == "US"
    if asset.kind in ("bank", "life_insurance"):
        return False
    return None


def us_situs_is_known(couple: Couple, spouse: Spouse) -> bool:
    """Whether the US-situs part of what `spouse` owns can be told."""
    if couple.person(spouse).us_situs_share is not None:
        return True
    return all(us_situs(asset) is not None for asset in listed_assets(couple) or () if asset.title != other(spouse))


def wealth_today(couple: Couple) -> dict[Spouse, Decimal]:
    """Return roughly what each spouse owns today (USD, after debt), halves of joint property each.

    Only picks who is the wealthier; unknown values count as nothing here.
    """
    wealth: dict[Spouse, Decimal] = {"a": ZERO, "b": ZERO}
    for asset in listed_assets(couple) or ():
        net = (asset.value or ZERO) - (asset.debt or ZERO)
        if asset.title in ("a", "b"):
            wealth["a" if asset.title == "a" else "b"] += net
        elif asset.title in SHARED_BY_PERCENT:
            wealth["a"] += net * (share_of(asset, "a") or ZERO) / HUNDRED
            wealth["b"] += net * (share_of(asset, "b") or ZERO) / HUNDRED
        elif asset.title in ("joint_survivorship", "community"):
            wealth["a"] += net / 2
            wealth["b"] += net / 2
    return wealth


def holdings(
    sheet: Worksheet,
    couple: Couple,
    decedent: Spouse,
    *,
    survivor_is_citizen: bool,
    decedent_is_nonresident: bool = False,
) -> Holdings:
    """Write what the first estate includes of every asset today, and return the totals.

    All asset facts that `missing_of_assets` asks for must be known; of a
    nonresident noncitizen decedent also what `us_situs_is_known` asks for.
    """
    decedent_lines: list[Figure] = []
    us_lines: list[Figure] = []
    survivor_lines: list[Figure] = []
    land: list[Land] = []
    lots: list[Lot] = []
    insurance: dict[str, list[Figure]] = {"first": [], "survivor": [], "second": []}
    names = couple.person(decedent).name, couple.person(other(decedent)).name
    for asset in listed_assets(couple) or ():
        if asset.kind == "life_insurance":
            _insurance(sheet, asset, decedent, insurance)
            continue
        net = given(asset.value or ZERO, f"{asset.name}, value")
        if asset.debt:
            net = net - given(asset.debt, "its debt")
        value = sheet.write(f"{asset.name}, after debt", net, "IRC 2031", *(["IRC 2053"] if asset.debt else []))
        inclusion = inclusion_in_first_estate(asset, decedent, survivor_is_citizen=survivor_is_citizen)
        own = sheet.write(
            f"Counted for {names[0]}",
            inclusion.of(value).cents(),
            *inclusion.citations,
            status="assumed" if inclusion.presumed else None,
        )
        decedent_lines.append(own)
        if us_situs(asset):
            us_lines.append(own)
        survivors = None
        if asset.title in SHARED_BY_PERCENT:
            share = common_ownership_inclusion(share_of(asset, other(decedent)) or ZERO)
            survivors = sheet.write(f"Counted for {names[1]}", share.of(value).cents(), *share.citations)
        elif own.amount != value.amount:
            survivors = sheet.write(f"Counted for {names[1]}", value - own, *inclusion.citations)
        if survivors is not None:
            survivor_lines.append(survivors)
        lots.append(Lot(asset, own, survivors, *_debts(asset, decedent, inclusion)))
        if asset.kind in LAND:
            land.append(Land(asset.name, asset.country, asset.state, own, survivors))
    everything = sheet.write(
        f"All that counts for {names[0]} today", total(decedent_lines), "IRC 2031", kind="subtotal"
    )
    decedent_us = None
    if decedent_is_nonresident:
        percent = couple.person(decedent).us_situs_share
        part = total(us_lines, "nothing") if percent is None else everything.percent(percent, "as the firm concluded")
        decedent_us = sheet.write("Of it, situated in the United States", part.cents(), "IRC 2103", "IRC 2104")
    return Holdings(
        decedent=everything,
        decedent_us=decedent_us,
        survivor=sheet.write(f"All that counts for {names[1]} today", total(survivor_lines), kind="subtotal"),
        insurance_in_first_estate=total(insurance["first"]),
        insurance_paid_to_survivor=total(insurance["survivor"]),
        insurance_in_second_estate=total(insurance["second"]),
        land=tuple(land),
        lots=tuple(lots),
    )


def _debts(asset: Asset, decedent: Spouse, inclusion: Inclusion) -> tuple[Decimal, Decimal]:
    """Return what of the debt on an asset counts for the decedent and for the survivor, USD."""
    if not asset.debt:
        return ZERO, ZERO
    debt = given(asset.debt, "its debt")
    own = inclusion.of(debt).cents().amount
    if asset.title in SHARED_BY_PERCENT:
        share = common_ownership_inclusion(share_of(asset, other(decedent)) or ZERO)
        return own, share.of(debt).cents().amount
    return own, debt.amount - own


def _insurance(sheet: Worksheet, asset: Asset, decedent: Spouse, found: dict[str, list[Figure]]) -> None:
    """Write where the death benefit of a policy goes in this order of death. IRC 2042(2), 2033."""
    if asset.insured == "other":
        return
    benefit = given(asset.death_benefit or ZERO, f"{asset.name}, death benefit")
    owned_by_decedent = HUNDRED / 2
    if asset.title in ("a", "b"):
        owned_by_decedent = HUNDRED if asset.title == decedent else ZERO
    if asset.title in SHARED_BY_PERCENT:
        owned_by_decedent = share_of(asset, decedent) or ZERO
    if asset.insured != decedent:
        line = sheet.write(f"{asset.name}: paid at the second death", benefit, "IRC 2042(2)")
        found["second"].append(line)
        return
    if owned_by_decedent:
        part = benefit if owned_by_decedent == HUNDRED else benefit.percent(owned_by_decedent).cents()
        found["first"].append(
            sheet.write(f"{asset.name}: owned by the insured, in the first estate", part, "IRC 2042(2)")
        )
    if owned_by_decedent < HUNDRED:
        part = benefit if not owned_by_decedent else benefit.percent(HUNDRED - owned_by_decedent).cents()
        found["survivor"].append(
            sheet.write(f"{asset.name}: owned by the survivor, not in the estate", part, "IRC 2042")
        )
