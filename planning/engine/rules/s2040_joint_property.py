"""IRC 2040 and 2056(d)(1)(B): how much of jointly held property the decedent's estate includes.

Between spouses half is included (2040(b)) only where the survivor is a citizen;
otherwise the whole, except the part shown to have come from the survivor (2040(a)).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.engine.worksheet import Figure, given

JointTitle = Literal[
    "joint_tenants_with_survivorship", "tenants_by_entirety", "tenants_in_common", "community_property"
]
HUNDRED = Decimal(100)
SPOUSES = 2


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Percent of the property in the decedent's gross estate, with reason and authority."""

    percent: Decimal
    reason: str
    citations: tuple[str, ...]
    # True where the whole is included only because the survivor's share was not shown.
    presumed: bool = False

    def of(self, value: Figure) -> Figure:
        """Return the included part of `value` in USD, exact."""
        return Figure(
            value.amount * self.percent / 100,
            f"{self.percent.normalize():f}% of {value.how} ({self.reason})",
            compound=True,
        )


def survivorship_inclusion(
    *,
    spouse_is_us_citizen: bool,
    spouse_contribution_percent: Decimal | None,
    acquired_by_gift_or_inheritance: bool = False,
    owners: int = SPOUSES,
) -> Inclusion:
    """Return what the estate includes of property held by the spouses with right of survivorship.

    `spouse_contribution_percent` (0-100) is the survivor's own share of the
    consideration; None means not shown, and the whole is then included.
    IRC 2040(a), (b), 2056(d)(1)(B); Treas. Reg. 20.2040-1, 20.2056A-8(a).
    """
    if spouse_is_us_citizen and owners == SPOUSES:
        return Inclusion(HUNDRED / 2, "qualified joint interest of spouses", ("IRC 2040(b)",))
    if acquired_by_gift_or_inheritance:
        return Inclusion(
            HUNDRED / owners, "received by gift or inheritance", ("IRC 2040(a)", "Treas. Reg. 20.2040-1(a)(1)")
        )
    cites = ("IRC 2040(a)", "IRC 2056(d)(1)(B)", "Treas. Reg. 20.2056A-8(a)")
    if spouse_contribution_percent is None:
        return Inclusion(HUNDRED, "the survivor's contribution is not shown", cites, presumed=True)
    return Inclusion(HUNDRED - spouse_contribution_percent, "the decedent's share of the consideration", cites)


def community_property_inclusion() -> Inclusion:
    """Return the decedent's half of community property: 2040 does not apply. IRC 2033."""
    return Inclusion(HUNDRED / 2, "community property", ("IRC 2033",))


def common_ownership_inclusion(decedent_percent: Decimal) -> Inclusion:
    """Return the decedent's own share (0-100) of property held in common. IRC 2033."""
    return Inclusion(decedent_percent, "the decedent's own share", ("IRC 2033",))


def included(value: Decimal, where: str, inclusion: Inclusion) -> Figure:
    """Return the included USD amount of a property worth `value`; `where` names the fact."""
    return inclusion.of(given(value, where))
