"""IRC 2053 to 2058: what is deducted from the gross estate, schedule by schedule.

J funeral and administration, K debts and mortgages, L losses and the cost of
property that creditors cannot reach, O charity; the state death tax comes off
last. J and K together go only as far as the property subject to claims, unless
the rest is paid before the return is due (2053(c)(2)).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure, Worksheet, given, larger_of, smaller_of, total


@dataclass(frozen=True, slots=True)
class Deductions:
    """Deductions in USD, without the marital one; `subject_to_claims` None: no limit is tested."""

    funeral_expenses: Decimal = ZERO
    administration_expenses: Decimal = ZERO
    debts: Decimal = ZERO
    mortgages: Decimal = ZERO
    losses: Decimal = ZERO
    expenses_not_subject_to_claims: Decimal = ZERO
    charity: Decimal = ZERO
    state_death_tax: Decimal = ZERO
    subject_to_claims: Decimal | None = None
    paid_before_return_due: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class AllowedDeductions:
    """What is allowed, USD: `expenses` are schedules J to L together."""

    expenses: Decimal
    charity: Decimal
    state_death_tax: Decimal


def claims_allowed(
    claims: Figure, *, subject_to_claims: Decimal | None, paid_before_return_due: Decimal = ZERO
) -> Figure:
    """Return how much of schedules J and K is allowed, USD. IRC 2053(c)(2); Treas. Reg. 20.2053-1(c)."""
    if subject_to_claims is None:
        return Figure(claims.amount, f"{claims.how}, the property subject to claims taken to cover it")
    limit = larger_of(
        given(subject_to_claims, "property subject to claims"),
        given(paid_before_return_due, "paid before the return is due"),
    )
    return smaller_of(claims, limit)


def write_deductions(sheet: Worksheet, deductions: Deductions) -> AllowedDeductions:
    """Write the deductions of the recapitulation but the marital one, and return what is allowed, USD.

    IRC 2053, 2054, 2055, 2058; Form 706, recapitulation and schedules J, K, L, O.
    """
    claims = [
        sheet.write(label, given(amount, "stated"), authority)
        for label, amount, authority in (
            ("Schedule J, Funeral Expenses", deductions.funeral_expenses, "IRC 2053(a)(1)"),
            (
                "Schedule J, Expenses Incurred in Administering Property Subject to Claims",
                deductions.administration_expenses,
                "IRC 2053(a)(2)",
            ),
            ("Schedule K, Debts of the Decedent", deductions.debts, "IRC 2053(a)(3)"),
            ("Schedule K, Mortgages and Liens", deductions.mortgages, "IRC 2053(a)(4)"),
        )
    ]
    together = sheet.write("Schedules J and K", total(claims), "IRC 2053(a)", kind="subtotal")
    allowed = sheet.write(
        "Allowable amount of them",
        claims_allowed(
            together,
            subject_to_claims=deductions.subject_to_claims,
            paid_before_return_due=deductions.paid_before_return_due,
        ),
        "IRC 2053(c)(2)",
    )
    losses = sheet.write("Schedule L, Net Losses During Administration", given(deductions.losses, "stated"), "IRC 2054")
    other = sheet.write(
        "Schedule L, Expenses Incurred in Administering Property Not Subject to Claims",
        given(deductions.expenses_not_subject_to_claims, "stated"),
        "IRC 2053(b)",
    )
    expenses = sheet.write("Schedules J, K and L", allowed + losses + other, "IRC 2053, 2054", kind="subtotal")
    charity = sheet.write(
        "Schedule O, Charitable, Public, and Similar Gifts and Bequests",
        given(deductions.charity, "passing to charity"),
        "IRC 2055",
    )
    return AllowedDeductions(expenses.amount, charity.amount, deductions.state_death_tax)
