"""Who paid for jointly held property: the facts of a property and of an asset alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Fraction, RuleInput, Year
from planning.engine.rules.inclusion import HUNDRED
from planning.engine.rules.s2040_joint_property import (
    NO_GIFT_FROM,
    Consideration,
    earnings_percent,
    paid_before_1982,
    survivors_percent,
)
from planning.engine.worksheet import ZERO
from planning.inputs import Day, Flag, InputError, Money, Percent

CONTRIBUTION_NAMES = {
    "spouse_contribution_percent": "other_owner_consideration_percent",
    "spouse_consideration_percent": "other_owner_consideration_percent",
    "decedent_contribution_percent": "decedent_consideration_percent",
    "spouse_contribution_fraction": "other_owner_consideration_fraction",
    "spouse_consideration": "other_owner_consideration",
    "spouse_contribution": "other_owner_consideration",
    "decedent_contribution": "decedent_consideration",
    "spouse_money_given_by_decedent": "other_owner_consideration_given_by_decedent",
    "contributions": "payments",
    "created_on": "acquired_on",
    "created_year": "acquired_year",
    "joint_account_decedent_earnings": "decedent_earnings",
    "joint_account_spouse_earnings": "other_owner_earnings",
    "joint_account_decedent_earnings_percent": "decedent_earnings_percent",
}


IN_DOLLARS = ("consideration in dollars", "payments")


class PaymentInput(RuleInput):
    """One payment towards the property, an improvement or its debt."""

    second_names: ClassVar = {"by": "payer", "date": "on", "from_decedent": "gift_from_decedent"}
    payer: Literal["decedent", "spouse", "other_owner"] = Field(description="Who paid")
    amount: Money = Field(description="What was paid, USD")
    on: Day | None = Field(None, description="Day of the payment; decides about payments before 1988-07-14")
    gift_from_decedent: Flag = Field(
        default=False,
        description="true: the decedent had given the other owner this money; it counts as the decedent's "
        "(IRC 2040(a)). Income of property given counts as the owner's",
    )


class ContributionFacts(RuleInput):
    """Facts about the price of survivorship property, in one of several ways."""

    acquired_by_gift_or_inheritance: Flag | None = Field(
        None, description="true: the owners received it by gift, will or inheritance (IRC 2040(a)); null: no"
    )
    decedent_consideration_percent: Percent | None = Field(
        None, description="Percent of the price that the decedent paid"
    )
    other_owner_consideration_percent: Percent | None = Field(
        None, description="Percent that the other owners paid from means not given by the decedent"
    )
    other_owner_consideration_fraction: Fraction | None = Field(None, description="The same as a fraction from 0 to 1")
    decedent_consideration: Money | None = Field(None, description="What the decedent paid, USD")
    other_owner_consideration: Money | None = Field(None, description="What the other owners paid, USD")
    other_owner_consideration_given_by_decedent: Money | None = Field(
        None, description="Part of it that was the decedent's gift, USD: it counts as the decedent's (IRC 2040(a))"
    )
    payments: list[PaymentInput] | None = Field(None, description="The payments one by one, with their days")
    decedent_earnings: Money | None = Field(
        None, description="Paid from a joint account: the decedent's earnings in it, USD (20.2056A-8(c) example 3)"
    )
    other_owner_earnings: Money | None = Field(None, description="The other owner's earnings in that account, USD")
    decedent_earnings_percent: Percent | None = Field(
        None, description="The decedent's percent of the earnings in that account"
    )
    acquired_on: Day | None = Field(None, description="Day the joint ownership was set up and the price was paid")
    acquired_year: Year | None = Field(None, description="Its year, where the day is not known")
    elected_2515: Flag | None = Field(
        None, description="Whether the decedent's payments before 1982 were gifts by election (IRC 2515, repealed)"
    )
    gifts_before_1988_07_14: Money | None = Field(
        None,
        description="Decedent's payments before 1988-07-14 that were gifts to the spouse, USD: they count as the "
        "spouse's (Treas. Reg. 20.2056A-8(a)(2)); null: worked out from the days of the payments",
    )

    community_regime: Literal["us", "foreign"] | None = Field(
        None, description="Community property: by the law of a US state or of another country; null: a US state"
    )

    @property
    def acquired(self) -> date | None:
        """The day of the purchase; a year alone stands for its first day, which matters in 1988 only."""
        if self.acquired_on is not None:
            return self.acquired_on
        return None if self.acquired_year is None else date(self.acquired_year, 1, 1)


def other_owners_percent(
    facts: ContributionFacts, path: str = "", *, with_spouse: bool = True
) -> tuple[Decimal | None, list[str]]:
    """Return the other owners' percent of the price (None: not shown) and the facts that are missing for it.

    What the decedent paid before 1988-07-14 can count as the spouse's, never as
    another owner's. Raises `InputError` where the shares are stated in more ways
    than one or do not fit.
    """
    ways = {
        "consideration in percent": _percents(facts, path),
        "consideration in dollars": _dollars(facts, path),
        "consideration as a fraction": _fraction(facts),
        "payments": _payments(facts),
    }
    stated = {name: payments for name, payments in ways.items() if payments is not None}
    earned = _earnings(facts, path)
    if len(stated) + (earned is not None) > 1:
        names = [*stated, *(["earnings"] if earned is not None else [])]
        raise InputError(
            [f"{path}other_owner_consideration: stands in several ways ({', '.join(names)}), expected one"]
        )
    if earned is not None:
        return earned, []
    payments = next(iter(stated.values()), None)
    if payments is None:
        return None, []
    old_gifts = facts.gifts_before_1988_07_14 if with_spouse else ZERO
    if old_gifts and next(iter(stated)) not in IN_DOLLARS:
        fault = "is in dollars, expected the payments in dollars too"
        raise InputError([f"{path}gifts_before_1988_07_14: {fault}"])
    missing = []
    if old_gifts is None and facts.elected_2515 is None and paid_before_1982(payments):
        missing.append(f"{path}elected_2515")
    if old_gifts is None and facts.acquired_on is None and facts.acquired_year == NO_GIFT_FROM.year:
        missing.append(f"{path}acquired_on")
    if missing:
        return None, missing
    elected = bool(facts.elected_2515)
    return survivors_percent(payments, stated_gifts_before_1988=old_gifts, elected_2515=elected), []


def warn_about_regime(facts: ContributionFacts, answer: Answer) -> None:
    """Say that a marital regime of another country is not verified to be community property in halves."""
    if facts.community_regime == "foreign":
        answer.warn(
            "unverified_rule",
            "EST-24: whether the marital regime of another country gives each spouse a present half, as community "
            "property of a US state does, is not verified; the attorney must confirm it.",
            "IRC 2033",
        )


def _percents(facts: ContributionFacts, path: str) -> list[Consideration] | None:
    decedent, other = facts.decedent_consideration_percent, facts.other_owner_consideration_percent
    if decedent is not None and other is not None and decedent + other != HUNDRED:
        fault = f"adds up with the other share to {decedent + other:f}, expected 100"
        raise InputError([f"{path}decedent_consideration_percent: {fault}"])
    if other is None and decedent is None:
        return None
    own = other if other is not None else HUNDRED - (decedent or ZERO)
    return _two(HUNDRED - own, own, facts.acquired)


def _fraction(facts: ContributionFacts) -> list[Consideration] | None:
    if facts.other_owner_consideration_fraction is None:
        return None
    own = facts.other_owner_consideration_fraction * HUNDRED
    return _two(HUNDRED - own, own, facts.acquired)


def _dollars(facts: ContributionFacts, path: str) -> list[Consideration] | None:
    decedent, other = facts.decedent_consideration, facts.other_owner_consideration
    if decedent is None or other is None:
        return None
    given_back = facts.other_owner_consideration_given_by_decedent or ZERO
    if given_back > other:
        fault = f"is more than {other:f}, what the other owners paid, expected at most that"
        raise InputError([f"{path}other_owner_consideration_given_by_decedent: {fault}"])
    if (facts.gifts_before_1988_07_14 or ZERO) > decedent:
        fault = f"is more than {decedent:f}, what the decedent paid, expected at most that"
        raise InputError([f"{path}gifts_before_1988_07_14: {fault}"])
    return [
        *_two(decedent, other - given_back, facts.acquired),
        Consideration("survivor", given_back, gift_from_decedent=True),
    ]


def _two(decedent: Decimal, other: Decimal, on: date | None) -> list[Consideration]:
    return [Consideration("decedent", decedent, on), Consideration("survivor", other, on)]


def _payments(facts: ContributionFacts) -> list[Consideration] | None:
    if facts.payments is None:
        return None
    return [
        Consideration(
            "decedent" if payment.payer == "decedent" else "survivor",
            payment.amount,
            payment.on or facts.acquired,
            payment.gift_from_decedent,
        )
        for payment in facts.payments
    ]


def _earnings(facts: ContributionFacts, path: str) -> Decimal | None:
    amounts = (facts.decedent_earnings, facts.other_owner_earnings)
    if facts.decedent_earnings_percent is not None:
        if amounts != (None, None):
            raise InputError([f"{path}decedent_earnings_percent: stands beside the earnings, expected one of the two"])
        return HUNDRED - facts.decedent_earnings_percent
    decedent, other = amounts
    return None if decedent is None or other is None else earnings_percent(decedent, other)
