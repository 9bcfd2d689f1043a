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

from planning.engine.law import ANNUAL_EXCLUSION, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, Law
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of

Form = Literal["outright", "income_and_general_power_trust", "qtip_trust", "other"]
# Forms that would have earned the marital deduction but for citizenship (Treas. Reg. 25.2523(i)-1(c)).
QUALIFYING_FORMS: frozenset[Form] = frozenset({"outright", "income_and_general_power_trust"})


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift of a donor, USD; `spouse_is_us_citizen` is read on the gift's date."""

    on: date
    amount: Decimal
    donee: str
    to_spouse: bool
    spouse_is_us_citizen: bool | None = None
    present_interest: bool = True
    form: Form = "outright"
    # Tuition or medical care paid to the provider: no gift at all (IRC 2503(e)).
    qualified_transfer: bool = False
    # Of a gift in trust: what the interest that begins at once is worth; None: the whole gift.
    present_interest_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GiftTreatment:
    """What became of one gift: excluded, deducted and taxable USD amounts, with the reason."""

    gift: Gift
    excluded: Decimal
    marital_deduction: Decimal
    taxable: Decimal
    reason: str


def apply_exclusions(sheet: Worksheet, gifts: Sequence[Gift], law: Law) -> list[GiftTreatment]:
    """Write each gift of one donor and year and return its treatment, in date order.

    Gifts to a citizen spouse are deducted without limit (2523(a)); future
    interests have no exclusion. IRC 2503(b), (e), 2523(a), (i)(1)-(2);
    Treas. Reg. 25.2503-2(f), 25.2523(i)-1.
    """
    used: dict[str, Decimal] = {}
    treatments: list[GiftTreatment] = []
    for gift in sorted(gifts, key=lambda gift: gift.on):
        amount = sheet.write(
            f"Gift to {gift.donee} on {gift.on.isoformat()}", given(gift.amount, "the gift"), "IRC 2501, 2511"
        )
        if gift.qualified_transfer:
            treatments.append(GiftTreatment(gift, ZERO, ZERO, ZERO, "tuition or medical care paid directly"))
            sheet.write("Taxable gift", given(ZERO, "a qualified transfer is no gift"), "IRC 2503(e)")
            continue
        if gift.to_spouse and gift.spouse_is_us_citizen:
            treatments.append(
                GiftTreatment(gift, ZERO, gift.amount, ZERO, "marital deduction, the spouse is a citizen")
            )
            sheet.write("Taxable gift", given(ZERO, f"{amount.how} is deducted in full"), "IRC 2523(a)")
            continue
        excluded = _exclusion(sheet, gift, amount, law, used)
        taxable = sheet.write(
            "Taxable gift",
            at_least_zero(amount - excluded),
            *(("IRC 2523(i)(1)",) if gift.to_spouse else ("IRC 2503(a)",)),
            kind="subtotal",
        )
        treatments.append(GiftTreatment(gift, excluded.amount, ZERO, taxable.amount, _reason(gift)))
    return treatments


def _exclusion(sheet: Worksheet, gift: Gift, amount: Figure, law: Law, used: dict[str, Decimal]) -> Figure:
    """Write what the exclusion still covers of `gift` and keep the running total by donee."""
    if not gift.present_interest:
        return sheet.write("Excluded", given(ZERO, "a future interest has no exclusion"), "IRC 2503(b)(1)")
    larger = gift.to_spouse and gift.form in QUALIFYING_FORMS
    limit = law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION if larger else ANNUAL_EXCLUSION].on(sheet)
    earlier = used.get(gift.donee, ZERO)
    room = limit if not earlier else at_least_zero(limit - given(earlier, "exclusion used earlier in the year"))
    present = amount
    if gift.present_interest_value is not None:
        present = sheet.write(
            "Part that begins at once",
            smaller_of(amount, given(gift.present_interest_value, "value of the income interest")),
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
    if not gift.present_interest:
        return "future interest"
    if not gift.to_spouse:
        return "ordinary annual exclusion"
    if gift.form in QUALIFYING_FORMS:
        return "annual exclusion for a spouse who is not a citizen"
    return "this form of gift gets the ordinary annual exclusion only"
