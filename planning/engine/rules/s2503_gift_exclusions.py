"""IRC 2503(b) and 2523(i)(2): how much of a year's gifts is excluded.

The larger exclusion for a spouse who is not a citizen stands in the place of
the ordinary one; the two are never added. Each gift is taken in date order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.law import ANNUAL_EXCLUSION, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, Law, LawAmount
from planning.engine.rules.s2523_gifts_to_spouse import Form, deducted_of_gift, earns_larger_exclusion, has_limits
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of

Interest = Literal[
    "present",
    "income_with_principal_power",
    "remainder",
    "reversion",
    "discretionary_income",
    "income_after_donors_death",
]
# Use, possession or enjoyment starts later, or hangs on another's choice.
LATER: frozenset[Interest] = frozenset({"remainder", "reversion", "discretionary_income", "income_after_donors_death"})


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift of a donor, USD.

    `deducted`: the marital deduction covers it (IRC 2523); `larger`: it goes to a
    spouse who is not a citizen since the larger exclusion exists.
    `income_value`: of a trust, what the spouse's income interest is worth.
    """

    on: date
    amount: Decimal
    donee: str
    deducted: bool = False
    larger: bool = False
    future: bool = False
    form: Form = "outright"
    income_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GiftTreatment:
    """What became of one gift: excluded, deducted and taxable USD amounts, with the reason."""

    gift: Gift
    excluded: Decimal
    marital_deduction: Decimal
    taxable: Decimal
    reason: str


def is_future_interest(interest: Interest) -> bool:
    """Return whether the interest begins later, so that no exclusion applies.

    A trustee's power to pay principal to the spouse alone does not spoil the
    spouse's income. IRC 2503(b)(1); Treas. Reg. 25.2503-3(a)-(c).
    """
    return interest in LATER


def exclusion_of(law: Law, *, larger: bool) -> LawAmount:
    """Return the yearly exclusion: the larger one for a spouse who is not a citizen. IRC 2503(b), 2523(i)(2)."""
    return law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION if larger else ANNUAL_EXCLUSION]


def part_that_begins_at_once(amount: Figure, income_value: Figure) -> Figure:
    """Return what can be excluded of a trust that pays all income: the income interest, at most the whole.

    IRC 2523(e); Treas. Reg. 25.2523(i)-1(d) example 3.
    """
    return smaller_of(amount, income_value)


def taxable_part(amount: Figure, excluded: Figure) -> Figure:
    """Return the taxable gift: what the exclusion does not cover. IRC 2503(a)."""
    return at_least_zero(amount - excluded)


def apply_exclusions(
    sheet: Worksheet, gifts: Sequence[Gift], law: Law, deductible_before: Decimal = ZERO
) -> list[GiftTreatment]:
    """Write each gift of one donor and year and return its treatment, in date order.

    `deductible_before` are gifts to the spouse of earlier years since 1977, while
    the deduction had limits, exclusions taken off (USD).

    One running total a donee: what a gift used of the exclusion is gone for the
    next. The order of gifts of mixed forms is inferred: the statute speaks of the
    first dollars. IRC 2503(b), (e), 2523(a), (i)(1)-(2); Treas. Reg. 25.2503-2(f),
    25.2523(i)-1.
    """
    used: dict[str, Decimal] = {}
    treatments: list[GiftTreatment] = []
    for gift in sorted(gifts, key=lambda gift: gift.on):
        amount = sheet.write(
            f"Gift to {gift.donee} on {gift.on.isoformat()}", given(gift.amount, "the gift"), "IRC 2501, 2511"
        )
        if gift.deducted and has_limits(gift.on):
            treatment = _deducted_within_limits(sheet, gift, amount, law, used, deductible_before)
            deductible_before += treatment.marital_deduction + treatment.taxable
            treatments.append(treatment)
            continue
        if gift.deducted:
            treatments.append(GiftTreatment(gift, ZERO, gift.amount, ZERO, "marital deduction"))
            sheet.write("Taxable gift", given(ZERO, f"{amount.how} is deducted in full"), "IRC 2523(a)")
            continue
        excluded = _exclusion(sheet, gift, amount, law, used)
        taxable = sheet.write(
            "Taxable gift",
            taxable_part(amount, excluded),
            "IRC 2523(i)(1)" if gift.larger else "IRC 2503(a)",
            kind="subtotal",
        )
        treatments.append(GiftTreatment(gift, excluded.amount, ZERO, taxable.amount, _reason(gift)))
    return treatments


def _deducted_within_limits(
    sheet: Worksheet, gift: Gift, amount: Figure, law: Law, used: dict[str, Decimal], before: Decimal
) -> GiftTreatment:
    """Write a gift to the spouse from 1977 to 1981: exclusion, then the deduction with its limits. Old 2523(a)(2)."""
    excluded = _exclusion(sheet, gift, amount, law, used)
    left = sheet.write("Gift above the exclusion", taxable_part(amount, excluded), "IRC 2524")
    deduction = sheet.write(
        "Marital deduction",
        Figure(
            deducted_of_gift(left.amount, before),
            f"of {left.how} after {before:,.2f}: all to 100,000, nothing to 200,000, half above",
        ),
        "IRC 2523(a)(2) as in force to 1981",
    )
    taxable = sheet.write("Taxable gift", left - deduction, "IRC 2503(a)", kind="subtotal")
    reason = "marital deduction within the limits of 1977 to 1981"
    return GiftTreatment(gift, excluded.amount, deduction.amount, taxable.amount, reason)


def _exclusion(sheet: Worksheet, gift: Gift, amount: Figure, law: Law, used: dict[str, Decimal]) -> Figure:
    """Write what the exclusion still covers of `gift` and keep the running total by donee."""
    if gift.future:
        return sheet.write("Excluded", given(ZERO, "a future interest has no exclusion"), "IRC 2503(b)(1)")
    larger = gift.larger and earns_larger_exclusion(gift.form)
    limit = exclusion_of(law, larger=larger).on(sheet)
    earlier = used.get(gift.donee, ZERO)
    room = limit if not earlier else at_least_zero(limit - given(earlier, "exclusion used earlier in the year"))
    present = amount
    if gift.income_value is not None:
        present = sheet.write(
            "Part that begins at once",
            part_that_begins_at_once(amount, given(gift.income_value, "value of the income interest")),
            "IRC 2503(b)(1)",
            "Treas. Reg. 25.2523(i)-1(d) example 3",
        )
    excluded = sheet.write(
        "Excluded",
        smaller_of(present, room),
        *(("IRC 2523(i)(2)", "Treas. Reg. 25.2503-2(f)") if larger else ("IRC 2503(b)(1)",)),
    )
    used[gift.donee] = earlier + excluded.amount
    return excluded


def _reason(gift: Gift) -> str:
    if gift.future:
        return "future interest"
    if not gift.larger:
        return "ordinary annual exclusion"
    if earns_larger_exclusion(gift.form):
        return "annual exclusion for a spouse who is not a citizen"
    return "this form of gift gets the ordinary annual exclusion only"
