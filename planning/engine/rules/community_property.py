"""Which assets may be community property, or California's quasi-community property, whatever the title says.

Cal. Prob. Code 66, 100, 101 and the community property laws of nine states. What a
married person acquires by purchase while at home in such a state belongs to both
halves. California treats what its decedent acquired elsewhere in marriage alike at
the death, but land outside California. Neither is decided here: the attorney is
told which assets to look at, and unknown is never taken for no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planning.engine.community_law import CommunityLaw
from planning.engine.facts import Asset, Couple, Spouse
from planning.engine.rules.three_valued import all_of, opposite

LAND = ("home", "real_estate")


@dataclass(slots=True)
class Sorted:
    """Names of the assets by what they may be, and the paths of the facts that keep others open."""

    titled: list[str] = field(default_factory=list)
    may_be_community: list[str] = field(default_factory=list)
    may_be_quasi: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def acquired_in_marriage(asset: Asset, couple: Couple) -> bool | None:
    """Return whether an asset was bought in the marriage; a gift or inheritance is separate. Cal. Fam. Code 760, 770.

    The year of the wedding counts as marriage: nothing finer is known of an asset.
    """
    bought = None if asset.acquired_by is None else asset.acquired_by == "purchase"
    if asset.acquired_year is None or couple.married_on is None:
        return all_of(bought, None)
    return all_of(bought, asset.acquired_year >= couple.married_on.year)


def lived_there_in(year: int | None, couple: Couple, as_of: date) -> bool | None:
    """Return whether the couple lived in a community property place in `year`; an open end is still there."""
    if couple.lived_in_community_property_place is False or couple.lived_in_states == ():
        return False
    first = couple.lived_in_states_from
    if year is None or first is None:
        return None
    return first <= year <= (couple.lived_in_states_until or as_of.year)


def may_be_community(asset: Asset, couple: Couple, as_of: date) -> bool | None:
    """Return whether an asset may be community property though its title does not say so."""
    return all_of(acquired_in_marriage(asset, couple), lived_there_in(asset.acquired_year, couple, as_of))


def outside_the_state_land(asset: Asset, state: str) -> bool | None:
    """Return whether an asset is real property outside `state`, never quasi-community. Cal. Prob. Code 66(b)."""
    if asset.kind not in LAND:
        return False
    if asset.country is not None and asset.country != "US":
        return True
    return None if asset.state is None else asset.state != state


def may_be_quasi(asset: Asset, couple: Couple, decedent: Spouse, law: CommunityLaw, as_of: date) -> bool | None:
    """Return whether an asset of the decedent may be quasi-community property; the decedent lives in that state.

    It exists only in what the decedent acquired elsewhere. Cal. Prob. Code 66, 101(a).
    """
    if asset.title is not None and asset.title != decedent:
        return False
    return all_of(
        None if asset.title is None else True,
        acquired_in_marriage(asset, couple),
        opposite(outside_the_state_land(asset, law.quasi_state)),
        opposite(lived_there_in(asset.acquired_year, couple, as_of)),
    )


def sort_assets(couple: Couple, decedent: Spouse, law: CommunityLaw, as_of: date) -> Sorted:
    """Return what each asset may be, seen from the first death, with the facts that are missing for others."""
    found = Sorted()
    quasi_applies = couple.person(decedent).domicile_state == law.quasi_state
    for index, asset in enumerate(couple.assets or ()):
        if asset.title == "community":
            found.titled.append(asset.name)
            continue
        community = may_be_community(asset, couple, as_of)
        quasi = may_be_quasi(asset, couple, decedent, law, as_of) if quasi_applies else False
        if community:
            found.may_be_community.append(asset.name)
        elif quasi:
            found.may_be_quasi.append(asset.name)
        elif community is None or quasi is None:
            found.missing += _missing(f"assets[{index}]", asset, couple)
    found.missing = list(dict.fromkeys(found.missing))
    return found


def _missing(path: str, asset: Asset, couple: Couple) -> list[str]:
    """Return the facts about an asset, or the couple, without which it cannot be sorted."""
    of_asset = ("acquired_by", "acquired_year", "title")
    found = [f"{path}.{name}" for name in of_asset if getattr(asset, name) is None]
    if couple.married_on is None:
        found.append("married_on")
    if couple.lived_in_community_property_place is not False and couple.lived_in_states != ():
        found += [name for name in ("lived_in_states", "lived_in_states_from") if getattr(couple, name) is None]
    return found
