"""IRC 2056A(b)(1), (4), (9), (11): what is a taxable event of a QDOT, how much of it is taxed, and in what order.

Principal paid out in the survivor's life, to anyone and also by the exercise of
a power, with the tax that is withheld; the survivor's death; the end of
qualification, as if the survivor died that day; and the 2056A tax itself where
other trust property pays it, in the year it is paid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.worksheet import CENT, ZERO, to_cents

EventKind = Literal[
    "principal",
    "power_exercised",
    "capital_gain",
    "annuity_corpus_portion",
    "income",
    "hardship",
    "expense",
    "bond_premium",
    "other_tax",
    "income_tax_reimbursement",
    "sale_for_full_consideration",
    "tax_paid_from_qdot",
    "disqualification",
    "spouse_death",
]
PRINCIPAL = frozenset({"principal", "power_exercised", "capital_gain", "annuity_corpus_portion"})
ENDS_OF_TRUST = frozenset({"spouse_death", "disqualification"})


def is_taxable_event(kind: EventKind) -> bool:
    """Return whether something of this kind is a taxable event at all.

    Hardship and a reimbursement of income tax are principal, exempt only so far
    as their own tests are met. IRC 2056A(b)(1), (3), (4), (9), (11), (15).
    """
    return (
        kind in PRINCIPAL
        or kind in ENDS_OF_TRUST
        or kind in ("hardship", "income_tax_reimbursement", "tax_paid_from_qdot")
    )


def authority_of(kind: EventKind) -> tuple[str, ...]:
    """Return the sections that make this kind a taxable event."""
    if kind == "spouse_death":
        return ("IRC 2056A(b)(1)(B)", "Treas. Reg. 20.2056A-5(b)(2)")
    if kind == "disqualification":
        return ("IRC 2056A(b)(4)", "Treas. Reg. 20.2056A-5(b)(3)")
    if kind == "tax_paid_from_qdot":
        return ("IRC 2056A(b)(11)", "Treas. Reg. 20.2056A-5(b)(1)")
    if kind == "annuity_corpus_portion":
        return ("IRC 2056A(e)", "Treas. Reg. 20.2056A-4(c)(2)")
    return ("IRC 2056A(b)(1)(A)", "Treas. Reg. 20.2056A-5(b)(1)")


def place_in_time(*, kind: EventKind, day: date | None, year: int | None) -> tuple[date, bool]:
    """Return what events are sorted by: the day, and the end of the trust after everything else of that day.

    An event known by its year alone comes first in that year; the end of the
    trust last in it.
    """
    ends = kind in ENDS_OF_TRUST
    if day is not None:
        return day, ends
    if year is not None:
        return (date(year, 12, 31) if ends else date(year, 1, 1)), ends
    return (date.max if ends else date.min), ends


def exempt_reimbursement(*, paid: Decimal, tax_with_item: Decimal, tax_without_item: Decimal) -> Decimal:
    """Return what of a reimbursement (USD) is exempt: up to the survivor's income tax with less without the items.

    IRC 2056A(b)(15); Treas. Reg. 20.2056A-5(c)(3)(iv).
    """
    return min(paid, max(ZERO, tax_with_item - tax_without_item))


@dataclass(frozen=True, slots=True)
class TrustAtDeath:
    """What is in the trust when the survivor dies, USD."""

    assets: Decimal
    undistributed_income: Decimal
    corpus_portions_held: Decimal
    residual_payments: Decimal

    @property
    def value(self) -> Decimal:
        """Everything together: income not paid out by the form, corpus portions, and what an annuity still pays.

        Treas. Reg. 20.2056A-5(b)(2).
        """
        return self.assets + self.undistributed_income + self.corpus_portions_held + self.residual_payments


def tax_paid_is_a_distribution(tax: Decimal) -> Decimal:
    """Return what the payment of `tax` (USD) out of other trust property adds to the year it is paid in.

    IRC 2056A(b)(11); Treas. Reg. 20.2056A-5(b)(1). A last cent is not followed
    further: at 60% the tax on it would round up to a cent for ever.
    """
    return tax if tax > CENT else ZERO


def tax_on_tax(tax_of: Callable[[Decimal, Decimal], Decimal], prior: Decimal, amount: Decimal) -> list[Decimal]:
    """Return the payments of tax, year by year, where other trust property pays the tax on `amount`, USD in cents.

    `tax_of(prior, amount)` is the tax of one event. Each payment is a
    distribution of the year it is made in, so the next year owes tax on it.
    IRC 2056A(b)(11).
    """
    payments: list[Decimal] = []
    taxed = amount
    while payment := tax_paid_is_a_distribution(to_cents(tax_of(prior, taxed))):
        payments.append(payment)
        prior, taxed = prior + taxed, payment
    return payments
