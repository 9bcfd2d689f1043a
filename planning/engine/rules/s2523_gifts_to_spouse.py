"""IRC 2523: gifts between spouses, by citizenship on the day of the gift and by the form of the gift.

Since July 14, 1988 a gift to a spouse who is not a US citizen earns no marital
deduction; a larger yearly exclusion stands in its place, for gifts in a form that
would have earned the deduction. The donor's own status plays no part since that
day; before it a donor who was neither a citizen nor a resident had no deduction.
From 1977 to 1981 the deduction had limits.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

Form = Literal[
    "outright",
    "joint_tenancy",
    "income_and_general_power_trust",
    "qtip_trust",
    "estate_trust",
    "other_terminable_interest",
]
FIRST_DAY_OF_RULE = date(1988, 7, 14)
FIRST_DAY_WITHOUT_LIMIT = date(1982, 1, 1)
# Gifts of 1977 to 1981: deducted up to the first amount, then not at all up to the second, then in part.
LIMITS_DOUBT = (
    "The limits of the marital deduction of 1977 to 1981 (all of 100,000, nothing of the next 100,000, half of the "
    "rest) are from memory of the statute; an attorney must confirm them."
)
LIMITS = ("IRC 2523(a)(2) as in force to 1981", "P.L. 94-455 sec. 2002(b)")
DEDUCTED_UP_TO, DEDUCTED_IN_PART_ABOVE, PART = Decimal(100_000), Decimal(200_000), Decimal(2)
# Forms that need the donor's own election, or leave the income to a trustee's choice.
CLOSED_TO_NONCITIZEN: frozenset[Form] = frozenset({"qtip_trust", "estate_trust"})


def no_deduction_for_noncitizen(on: date, *, spouse_is_us_citizen: bool) -> bool:
    """Return whether the gift of day `on` has no marital deduction because of citizenship.

    Later naturalization does not change it. IRC 2523(i)(1); Treas. Reg.
    25.2523(i)-1(a); P.L. 100-647 sec. 5033(d)(2).
    """
    return on >= FIRST_DAY_OF_RULE and not spouse_is_us_citizen


def deducted(form: Form, *, qtip_elected: bool | None, on: date) -> bool | None:
    """Return whether a gift to a spouse who is no bar by citizenship is deducted; None: the election is not known.

    The QTIP election came with 1982 (P.L. 97-34 sec. 403(d)). IRC 2523(a), (b), (d), (e), (f).
    """
    if form == "qtip_trust":
        return qtip_elected if on >= FIRST_DAY_WITHOUT_LIMIT else False
    return form != "other_terminable_interest"


def donor_may_deduct(on: date, *, nonresident: bool) -> bool:
    """Return whether the donor's own status is no bar: it is one before July 14, 1988. Treas. Reg. 25.2523(a)-1(a)."""
    return on >= FIRST_DAY_OF_RULE or not nonresident


def has_limits(on: date) -> bool:
    """Return whether the deduction of a gift on that day has limits: those of 1977 to 1981. Old IRC 2523(a)(2)."""
    return on < FIRST_DAY_WITHOUT_LIMIT


def deducted_of_all(gifts: Decimal) -> Decimal:
    """Return what is deducted of all gifts to the spouse from 1977 to 1981 (USD, exclusions taken off).

    All of the first 100,000, nothing of the next, half of what is above 200,000.
    Old IRC 2523(a)(2), P.L. 94-455 sec. 2002(b).
    """
    return min(gifts, DEDUCTED_UP_TO) + max(Decimal(0), gifts - DEDUCTED_IN_PART_ABOVE) / PART


def deducted_of_gift(gift: Decimal, earlier: Decimal) -> Decimal:
    """Return what is deducted of a `gift` to the spouse after `earlier` ones since 1977, USD. Old IRC 2523(a)(2)."""
    return deducted_of_all(earlier + gift) - deducted_of_all(earlier)


def citizen_on(day: date, naturalized_on: date) -> bool:
    """Return whether a spouse naturalized on that day counts as a citizen for a gift of `day`. IRC 2523(a), (i)."""
    return day >= naturalized_on


def would_have_qualified(form: Form) -> bool:
    """Return whether the form would have earned the deduction but for citizenship. IRC 2523(i)(2); 25.2503-2(f)(2)."""
    return form != "other_terminable_interest"


def closed_to_noncitizen(form: Form) -> bool:
    """Return whether the form stays outside the larger exclusion though a citizen could deduct it.

    No QTIP election can be made for a spouse who is not a citizen (Treas. Reg.
    25.2523(i)-1(d) example 4). The estate trust is inferred: its spouse has no
    right to the income.
    """
    return form in CLOSED_TO_NONCITIZEN


def earns_larger_exclusion(form: Form) -> bool:
    """Return whether dollars above the ordinary exclusion can be excluded too. IRC 2523(i)(2)."""
    return would_have_qualified(form) and not closed_to_noncitizen(form)


def annuity_keeps_deduction(*, only_spouses: bool) -> bool:
    """Return whether a joint and survivor annuity is deducted whatever the citizenship.

    Nobody but the spouses may have a right to payments before the last of them
    dies. IRC 2523(f)(6), (i); Treas. Reg. 25.2523(i)-1(b), (d) example 2.
    """
    return only_spouses
