"""Old IRC 2515, kept alive by 2523(i)(3): real property that spouses hold with survivorship.

Since July 14, 1988, with a spouse who is not a citizen, setting it up is no gift;
ending it otherwise than by death is one, as far as a spouse takes less than the
share that spouse paid for. Earlier tenancies follow the law of their time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given

FIRST_DAY_OF_OLD_LAW = date(1955, 1, 1)
FIRST_DAY_OF_NO_SECTION = date(1982, 1, 1)
FIRST_DAY_OF_RULE = date(1988, 7, 14)
CITE = "Treas. Reg. 25.2523(i)-2(b)"
Era = Literal["before_1955", "1955_1981", "1982_1988", "since_1988"]
Spouse = Literal["donor", "spouse"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one spouse put into the property (USD): price, improvement, debt paid off.

    `value_before` is what the property was worth just before, where that can be
    told: general appreciation until then belongs to those who had paid.
    """

    by: Spouse
    amount: Decimal
    on: date | None = None
    value_before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Consideration of each spouse, USD, appreciation between contributions included."""

    donor: Decimal = ZERO
    spouse: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.donor + self.spouse


def era_of(created_on: date) -> Era:
    """Return which law a tenancy created on that day follows. Treas. Reg. 25.2523(i)-2(b)-(c), 25.2515-1(a)-(b)."""
    if created_on < FIRST_DAY_OF_OLD_LAW:
        return "before_1955"
    if created_on < FIRST_DAY_OF_NO_SECTION:
        return "1955_1981"
    if created_on < FIRST_DAY_OF_RULE:
        return "1982_1988"
    return "since_1988"


def creation_is_no_gift(on: date, *, spouse_is_us_citizen: bool) -> bool:
    """Return whether a contribution of day `on` was no gift, whoever paid.

    No choice to treat it as one. IRC 2523(i)(3); Treas. Reg. 25.2523(i)-2(b)(1),
    25.2515-1(a)(2). For 1955 to 1981: old 2515(a), without an election.
    """
    era = era_of(on)
    return era == "1955_1981" or (era == "since_1988" and not spouse_is_us_citizen)


def shares_of(contributions: Iterable[Contribution], created_on: date, *, citizen_at_creation: bool) -> Shares:
    """Return the consideration of each spouse, in the order of `contributions`.

    What was a gift when it was paid (1982 to July 13, 1988) counts half for each
    spouse. Treas. Reg. 25.2515-1(c)(1)-(2), 25.2523(i)-2(b)(2), (5); 20.2056A-8(a)(2).
    """
    shares = Shares()
    for paid in contributions:
        if paid.value_before is not None:
            shares = appreciated(shares, paid.value_before)
        donor = paid.amount if paid.by == "donor" else ZERO
        spouse = paid.amount - donor
        if not creation_is_no_gift(paid.on or created_on, spouse_is_us_citizen=citizen_at_creation):
            donor = spouse = paid.amount / 2
        shares = Shares(shares.donor + donor, shares.spouse + spouse)
    return shares


def appreciated(shares: Shares, value: Decimal) -> Shares:
    """Return `shares` grown to `value` in proportion; a loss in value takes nothing away. 25.2515-1(c)(2)."""
    if value <= shares.total or not shares.total:
        return shares
    return Shares(value * shares.donor / shares.total, value * shares.spouse / shares.total)


def gift_on_termination(
    sheet: Worksheet, *, proceeds: Figure, paid: Decimal, paid_by_both: Decimal, receives: Figure, who: str
) -> Figure:
    """Write and return the gift (USD) that the spouse called `who` makes when the tenancy ends.

    The share of the proceeds that the spouse paid for, less what the spouse
    receives. Old IRC 2515(b); Treas. Reg. 25.2515-3(a)-(c), 25.2523(i)-2(b)(2).
    """
    share = sheet.write(
        f"Share of the proceeds that {who} paid for",
        Figure(
            proceeds.amount * paid / paid_by_both,
            f"{proceeds.how} times {paid:,.2f} over {paid_by_both:,.2f}",
        ),
        "Treas. Reg. 25.2515-3(a)",
        CITE,
    )
    received = sheet.write(f"What {who} receives", receives, "Treas. Reg. 25.2515-1(d)(3)")
    return sheet.write(
        f"Gift by {who}", at_least_zero(share - received), "Treas. Reg. 25.2515-3(a)", CITE, kind="subtotal"
    )


def proceeds_to_divide(proceeds: Decimal, reinvested: Decimal) -> Figure:
    """Return what counts as divided (USD): not what goes into other real property held the same way.

    Treas. Reg. 25.2515-1(d)(2)(ii), 25.2523(i)-2(b)(4).
    """
    return at_least_zero(given(proceeds, "proceeds") - given(reinvested, "reinvested in both names"))


def reinvestment_counts(
    *, identical_tenancy: bool | None, contract_on: date | None, due: date, closed_in_reasonable_time: bool | None
) -> bool | None:
    """Return whether reinvestment keeps the tenancy alive; None where a deciding fact is not known.

    Identical tenancy, a binding contract by the day the return for the year of sale
    is due, closing within a reasonable time. Treas. Reg. 25.2515-1(d)(2)(ii).
    """
    in_time = None if contract_on is None else contract_on <= due
    answers = (identical_tenancy, in_time, closed_in_reasonable_time)
    if False in answers:
        return False
    return None if None in answers else True
