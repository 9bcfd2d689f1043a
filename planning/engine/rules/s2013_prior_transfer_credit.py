"""IRC 2013, and as 2056(d)(3) changes it: tax already paid on what the present decedent received.

In general the transferor must have died within ten years before or two years
after, and the credit fades by a fifth every two years from the third on. Where
the marital deduction was denied only because the spouse is not a citizen, and
for the 2056A tax of a QDOT, there is no window, no percentage and no 2013(d)(3)
reduction; for a QDOT the first limitation is all 2056A tax, lifetime and death,
and the value is that at the survivor's death, the tax not taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, smaller_of, to_cents

TransferKind = Literal["ordinary", "deduction_denied", "qdot"]
# Full years from the transferor's death that may have passed, and what of the credit is allowed then.
PERCENT_BY_YEARS: tuple[tuple[int, Decimal], ...] = (
    (2, Decimal(100)),
    (4, Decimal(80)),
    (6, Decimal(60)),
    (8, Decimal(40)),
    (10, Decimal(20)),
)
YEARS_AFTER = 2
MONTHS_IN_YEAR = 12


def percent_allowed(transferor_died: date, decedent_died: date) -> Decimal:
    """Return the percentage of the credit allowed, 0 outside the window.

    A death on an anniversary counts as within the years it ends. The statute's
    60% for the fifth and sixth years holds against the regulation's misprint of
    40%. IRC 2013(a); Treas. Reg. 20.2013-1(c).
    """
    if transferor_died > decedent_died:
        in_time = transferor_died <= add_months(decedent_died, YEARS_AFTER * MONTHS_IN_YEAR)
        return PERCENT_BY_YEARS[0][1] if in_time else ZERO
    for years, percent in PERCENT_BY_YEARS:
        if decedent_died <= add_months(transferor_died, years * MONTHS_IN_YEAR):
            return percent
    return ZERO


def fades(kind: TransferKind) -> bool:
    """Return whether window and percentages apply: not where 2056(d)(3) governs. Treas. Reg. 20.2056A-7(a)(3), (b)."""
    return kind == "ordinary"


def value_transferred(
    *, kind: TransferKind, value: Decimal, taxes_borne: Decimal, encumbrances: Decimal, marital_deduction: Decimal
) -> Decimal:
    """Return the net value of what was received, USD.

    The value in the transferor's estate less death taxes it bore, encumbrances
    and, but for 2056(d)(3), the marital deduction allowed for it. IRC
    2013(d)(1)-(3); Treas. Reg. 20.2013-4(b).
    """
    allowed = marital_deduction if fades(kind) else ZERO
    return max(ZERO, value - taxes_borne - encumbrances - allowed)


def first_limitation(
    *, value: Decimal, taxable_estate: Decimal, death_taxes: Decimal, estate_tax: Decimal, credits_added_back: Decimal
) -> Decimal:
    """Return the transferor's tax on the property, USD: the tax in the ratio of its value to the estate after taxes.

    `estate_tax` is the federal tax paid, `credits_added_back` those of 2012 and
    2013 it was reduced by, `death_taxes` all death taxes paid. IRC 2013(b);
    Treas. Reg. 20.2013-2(a)-(c).
    """
    after_taxes = taxable_estate - death_taxes
    if after_taxes <= 0:
        return ZERO
    return (estate_tax + credits_added_back) * min(value, after_taxes) / after_taxes


def charitable_reduction(
    *, charitable_deduction: Decimal, value: Decimal, gross_estate: Decimal, expenses: Decimal
) -> Decimal:
    """Return what the charitable deduction shrinks by in the tax without the property, USD.

    In the ratio of the property to the gross estate less debts and expenses.
    IRC 2013(c)(2); Treas. Reg. 20.2013-3(b).
    """
    after_expenses = gross_estate - expenses
    if after_expenses <= 0:
        return ZERO
    return charitable_deduction * value / after_expenses


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one transferor left to the present decedent, USD; `percent` is that of `percent_allowed`, or 100."""

    name: str
    kind: TransferKind
    value: Decimal
    first: Decimal
    percent: Decimal


def credits_for_transfers(
    sheet: Worksheet, *, transfers: Sequence[Transfer], tax_with: Figure, tax_without: Figure
) -> list[Figure]:
    """Write both limitations and each transfer's credit; return the credits, USD in cents, in the order given.

    The second limitation is one for all transferors and split by the value
    each left. IRC 2013(a)-(c); Treas. Reg. 20.2013-1(b)-(c), -3(a), (c).
    """
    second = sheet.write(
        "Second limitation: tax because of the property",
        at_least_zero(tax_with - tax_without),
        "IRC 2013(c)(1)",
        "Treas. Reg. 20.2013-3(a)",
    )
    together = sum((transfer.value for transfer in transfers), ZERO)
    found: list[Figure] = []
    for transfer in transfers:
        special = () if fades(transfer.kind) else ("IRC 2056(d)(3)", "Treas. Reg. 20.2056A-7")
        first = sheet.write(
            f"First limitation: tax paid on it before, {transfer.name}",
            Figure(
                to_cents(transfer.first), "all 2056A tax" if transfer.kind == "qdot" else "the transferor's tax on it"
            ),
            "IRC 2013(b)",
            *special,
        )
        share = second
        if len(transfers) > 1:
            part = to_cents(second.amount * transfer.value / together) if together else ZERO
            share = sheet.write(
                f"Part of the second limitation, {transfer.name}",
                Figure(part, f"{second.how} in the ratio of the values received"),
                "Treas. Reg. 20.2013-3(c)",
            )
        smaller = smaller_of(first, share)
        allowed = (
            smaller if not fades(transfer.kind) else smaller.percent(transfer.percent, "by the years passed").cents()
        )
        found.append(
            sheet.write(f"Credit for tax on prior transfers, {transfer.name}", allowed, "IRC 2013(a)", *special)
        )
    return found


def prior_transfer_credit(
    sheet: Worksheet, *, first_limitation: Figure, tax_with: Figure, tax_without: Figure
) -> Figure:
    """Write and return the credit in the survivor's estate, USD.

    `first_limitation` is the tax paid on the property before; `tax_with` and
    `tax_without` are the survivor's tax with and without the property, after
    the unified credit. IRC 2013(b)-(c), 2056(d)(3); Treas. Reg. 20.2056A-7.
    """
    second = sheet.write(
        "Second limitation: tax because of that property",
        at_least_zero(tax_with - tax_without),
        "IRC 2013(c)(1)",
        "Treas. Reg. 20.2056A-7(a)",
    )
    first = sheet.write("First limitation: tax paid on it before", first_limitation, "IRC 2013(b)", "IRC 2056(d)(3)")
    return sheet.write("Credit for tax on prior transfers", smaller_of(first, second), "IRC 2013(a)", "IRC 2056(d)(3)")
