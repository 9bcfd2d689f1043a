"""Treas. Reg. 20.2056A-2(d)(1)(ii): the 35% limit on foreign real property of a QDOT without security.

Measured on the last day of each trust year. Going over it because of
distributions of principal, currency or market is cured by being back within it,
or by giving security, at the end of the following year. A large share in an
entity with few owners counts as a share of what the entity owns: shares of the
spouse and the family count for the test, never for the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of
from planning.engine.worksheet import Figure, Worksheet, larger_of

LIMIT = "qdot_foreign_real_property_percent"
LOOK_THROUGH_SHARE = "qdot_look_through_ownership_percent"
LOOK_THROUGH_OWNERS = "qdot_look_through_owners"
CITATION = "Treas. Reg. 20.2056A-2(d)(1)(ii)"

Cause = Literal["principal_distribution", "currency", "market", "purchase", "other"]
EXCUSED: tuple[Cause, ...] = ("principal_distribution", "currency", "market")


def limit_exceeded(*, foreign: Decimal, whole: Decimal, percent: Decimal) -> bool:
    """Return whether `foreign` real property is more than `percent` of the trust's assets, both USD at year end."""
    return foreign * 100 > whole * percent


def share_in_percent(*, foreign: Decimal, whole: Decimal) -> Decimal | None:
    """Return the share of foreign real property in percent of the trust's assets; None for an empty trust."""
    return foreign * 100 / whole if whole else None


def is_excused(cause: Cause | None) -> bool | None:
    """Return whether going over the limit for this cause may be cured in the following year. (d)(1)(ii)(D)."""
    return None if cause is None else cause in EXCUSED


def next_year_end(year_end: date) -> date:
    """Return the last day of the trust's following year; a year that ends with a month goes on doing so."""
    return add_months(year_end + timedelta(days=1), 12) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holding:
    """Shares in a corporation or partnership, percent; `owners` are counted after attribution.

    For a partnership `share` is of the capital and `profits` of the profits.
    """

    share: Decimal
    family_share: Decimal
    owners: int | None
    profits: Decimal | None = None


def look_through_applies(holding: Holding, *, above: Decimal, owners: Decimal) -> bool | None:
    """Return whether the QDOT is taken to own the entity's assets: more than `above` percent, at most `owners` owners.

    The shares of the spouse and the family (IRC 267(c)(4)) are added. (d)(1)(ii)(B).
    """
    return all_of(
        holding.share + holding.family_share > above,
        None if holding.owners is None else holding.owners <= owners,
    )


def owners_after_attribution(*, owners: int, family_owners: int) -> int:
    """Return how many owners there are when those of the spouse and the family count as the QDOT. (d)(1)(ii)(B)."""
    return owners - family_owners


def pro_rata_percent(holding: Holding) -> Decimal:
    """Return the QDOT's own share in percent: for a partnership the greater of capital and profits. (d)(1)(ii)(B)."""
    return holding.share if holding.profits is None else max(holding.share, holding.profits)


def attributed(sheet: Worksheet, *, label: str, assets: Figure, holding: Holding) -> Figure:
    """Write the QDOT's pro rata share of an entity's `assets`, USD, and return it."""
    citation = f"{CITATION}(B)"
    whole = sheet.write(label, assets, citation)
    percent = Figure(holding.share, "the trust's own share, percent")
    if holding.profits is not None:
        percent = larger_of(percent, Figure(holding.profits, "its share of the profits, percent"))
    words = f"{whole.how} times {percent.how} over 100"
    return sheet.write(
        f"{label}, the trust's part", Figure(whole.amount * percent.amount / 100, words).cents(), citation
    )
