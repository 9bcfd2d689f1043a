"""IRC 2040 and 2056(d)(1)(B): how much of jointly held property the decedent's estate includes.

Between spouses half is included (2040(b)) only where the survivor is a citizen
or counts as one; otherwise the whole, except the part shown to have come from
the survivor (2040(a)). Money the survivor had from the decedent as a gift does
not count as the survivor's, but what the decedent paid before July 14, 1988 does
so far as it was then a gift to the survivor (Treas. Reg. 20.2056A-8(a)(2)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.inclusion import HUNDRED, Inclusion
from planning.engine.worksheet import ZERO, Figure, given

JointTitle = Literal[
    "joint_tenants_with_survivorship", "tenants_by_entirety", "tenants_in_common", "community_property"
]
SPOUSES = 2
# From this day a joint tenancy with a noncitizen spouse is no gift at creation (IRC 2523(i)(3)).
NO_GIFT_FROM = date(1988, 7, 14)
# From this day to then every contribution above one's own half was a gift (IRC 2511, 2515 repealed).
GIFT_FROM = date(1982, 1, 1)
# Interests of spouses created from this day can be qualified joint interests: Tax Reform Act of 1976 sec. 2002(c).
HALF_RULE_FROM = date(1977, 1, 1)


def half_rule_applies(*, spouse_is_us_citizen: bool, owners: int) -> bool:
    """Return whether exactly half is included: only the spouses own, and the survivor counts as a citizen.

    IRC 2040(b), 2056(d)(1)(B); Treas. Reg. 20.2056A-8(a)(1), (b).
    """
    return spouse_is_us_citizen and owners == SPOUSES


def old_spousal_interest(created_on: date) -> bool:
    """Return whether an interest of spouses is older than the half rule, which courts then have not applied.

    Gallenstein v. United States, 975 F.2d 286 (6th Cir. 1992).
    """
    return created_on < HALF_RULE_FROM


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
    if half_rule_applies(spouse_is_us_citizen=spouse_is_us_citizen, owners=owners):
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


def qdot_part(inclusion: Inclusion) -> Decimal:
    """Return the percent of joint property that may go to a QDOT: what the estate includes, and no more.

    Treas. Reg. 20.2056A-8(a)(3).
    """
    return inclusion.percent


@dataclass(frozen=True, slots=True)
class Consideration:
    """One payment (USD) towards the property, an improvement or its debt.

    `on` decides about payments of the decedent before 1988-07-14; `gift_from_decedent`
    marks money of the survivor that the decedent had given.
    """

    payer: Literal["decedent", "survivor"]
    amount: Decimal
    on: date | None = None
    gift_from_decedent: bool = False


def survivors_percent(
    payments: Iterable[Consideration],
    *,
    stated_gifts_before_1988: Decimal | None = None,
    elected_2515: bool,
) -> Decimal | None:
    """Return the survivor's percent (0-100) of the consideration, None where nothing was paid.

    `stated_gifts_before_1988` (USD) are the decedent's payments of before
    1988-07-14 that were gifts to the survivor; None: worked out from the dates.
    IRC 2040(a); Treas. Reg. 20.2040-1(c), 20.2056A-8(a)(2).
    """
    paid = list(payments)
    everything = sum((payment.amount for payment in paid), ZERO)
    if not everything:
        return None
    own = sum((p.amount for p in paid if p.payer == "survivor" and not p.gift_from_decedent), ZERO)
    gifts = stated_gifts_before_1988
    if gifts is None:
        gifts = gifts_before_1988(paid, elected_2515=elected_2515)
    return (own + gifts) * HUNDRED / everything


def gifts_before_1988(payments: Iterable[Consideration], *, elected_2515: bool) -> Decimal:
    """Return what of the decedent's payments before 1988-07-14 was a gift to the survivor, USD.

    What the decedent paid above half of the whole then paid; payments before
    1982 only where the decedent elected under 2515. The decedent counts as a
    citizen for it. Treas. Reg. 20.2056A-8(a)(2), (c) example 1; 25.2511-1(h)(5).
    """
    then = [p for p in payments if p.on is not None and p.on < NO_GIFT_FROM and (elected_2515 or p.on >= GIFT_FROM)]
    decedent = sum((p.amount for p in then if p.payer == "decedent"), ZERO)
    return max(ZERO, decedent - sum((p.amount for p in then), ZERO) / 2)


def paid_before_1982(payments: Iterable[Consideration]) -> bool:
    """Return whether the decedent paid before 1982, when only a 2515 election made a payment a gift."""
    return any(p.payer == "decedent" and p.on is not None and p.on < GIFT_FROM for p in payments)


def earnings_percent(decedent_earnings: Decimal, survivor_earnings: Decimal) -> Decimal | None:
    """Return the survivor's percent of what a joint account paid, by whose earnings (USD) went in; None for none.

    Treas. Reg. 20.2056A-8(c) example 3.
    """
    both = decedent_earnings + survivor_earnings
    return survivor_earnings * HUNDRED / both if both else None
