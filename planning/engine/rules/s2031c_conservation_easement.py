"""IRC 2031(c): land under a qualified conservation easement, in part left out of the gross estate.

Up to 40% of the value of the land, less 2 points for each point by which the
easement is worth less than 30% of the land without it; at most the limit of the
year for the whole estate. Development rights kept, a charitable deduction for
the easement and debt of its purchase come off first. The lines are those of
Schedule U, Form 706.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal

from planning.engine.rules.three_valued import all_of
from planning.engine.worksheet import CENT, ZERO, Figure, Worksheet, at_least_zero, given, smaller_of, total

LIMIT = "conservation_easement_limit"
MOST_PERCENT, FULL_RATIO = Decimal(40), Decimal("0.3")
POINTS_FOR_A_POINT = 2
THOUSANDTH, HUNDREDTH = Decimal("0.001"), Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Easement:
    """A qualified easement on land of the estate, USD; `granted_before_death` counts in the value without it.

    `deducted` is the charitable deduction for the easement (2055(f)), `debt`
    what is still owed for buying the land. The last three are None where not known.
    """

    name: str
    land: Decimal
    easement: Decimal
    granted_before_death: bool
    development_rights: Decimal = ZERO
    deducted: Decimal = ZERO
    debt: Decimal = ZERO
    in_the_us: bool | None = None
    owned_three_years: bool | None = None
    elected: bool | None = None


def qualifies(easement: Easement) -> bool | None:
    """Return whether the land may be left out: here, in the family for three years, and elected. 2031(c)(6), (8)."""
    return all_of(easement.in_the_us, easement.owned_three_years, easement.elected)


def applicable_percent(ratio: Decimal) -> Decimal:
    """Return the percent of the land that is left out, by the ratio of the easement to the land without it.

    The ratio is taken to three decimals and the points short are rounded up, as
    on the form. IRC 2031(c)(2); Schedule U, lines 11 to 14.
    """
    short = max(ZERO, FULL_RATIO - ratio.quantize(THOUSANDTH, ROUND_HALF_UP)).quantize(HUNDREDTH, ROUND_CEILING)
    return max(ZERO, MOST_PERCENT - POINTS_FOR_A_POINT * short * HUNDRED)


def parcel_exclusion(sheet: Worksheet, easement: Easement) -> Figure:
    """Write what one parcel would leave out before the limit of the estate and return it, USD in cents."""
    name = easement.name
    land = sheet.write(f"{name}: value of the land under the easement", given(easement.land, "included"), "IRC 2031(c)")
    granted = easement.easement if easement.granted_before_death else ZERO
    whole = sheet.write(
        f"{name}: the same without the easement", land + given(granted, "the easement"), "IRC 2031(c)(2)"
    )
    rights = given(easement.development_rights, "development rights kept")
    base = sheet.write(f"{name}: less development rights kept", at_least_zero(whole - rights), "IRC 2031(c)(5)")
    ratio = easement.easement / base.amount if base.amount else ZERO
    percent = applicable_percent(ratio)
    off = total([rights, given(easement.deducted, "deducted under 2055(f)"), given(easement.debt, "debt")])
    net = sheet.write(f"{name}: net value of the land", at_least_zero(land - off), "IRC 2031(c)(1)(A), (4)(A)")
    return sheet.write(
        f"{name}: left out before the limit",
        net.percent(percent, f"the easement is {(ratio * HUNDRED).quantize(CENT)}% of it").cents(),
        "IRC 2031(c)(1)(A), (2)",
    )


def easement_exclusions(sheet: Worksheet, easements: Sequence[Easement], limit: Figure) -> list[Decimal]:
    """Write what is left out of the gross estate and return each parcel's part of it, USD in cents.

    The limit is shared in the ratio of the parcels. IRC 2031(c)(1)(B).
    """
    parts = [parcel_exclusion(sheet, easement) for easement in easements]
    together = total(parts)
    allowed = sheet.write(
        "Item 12. Schedule U, Qualified Conservation Easement Exclusion",
        smaller_of(together, limit),
        "IRC 2031(c)(1)",
        kind="subtotal",
    )
    if not together.amount:
        return [ZERO for _ in parts]
    shares = [(allowed.amount * part.amount / together.amount).quantize(CENT, ROUND_DOWN) for part in parts[:-1]]
    return [*shares, allowed.amount - sum(shares, ZERO)]
