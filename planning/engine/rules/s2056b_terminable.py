"""IRC 2056(b): an interest of the spouse that may end gives no deduction, unless it is one of the forms that may.

A condition that the spouse survive by at most six months, or not die in the same
disaster, is harmless if the spouse does survive (b)(3). A trust with all income
and a general power (b)(5), an annuity of the spouses (b)(7)(C), a trust for which the
QTIP election is made (b)(7), a charitable remainder trust (b)(8) and a trust for the
spouse and the spouse's estate qualify. What is deducted is the share net of the
death taxes and debts charged to it (b)(4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s2056_marital_deduction import MaritalStatus, MaritalTreatment
from planning.engine.worksheet import ZERO

Interest = Literal[
    "outright", "general_power_trust", "qtip", "estate_trust", "survivor_annuity", "charitable_remainder", "terminable"
]
SURVIVORSHIP_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the interest may be deducted (None: not known), with reason, authority and missing facts."""

    passes: bool | None
    reason: str
    citations: tuple[str, ...]
    missing: tuple[str, ...] = ()


FORMS: dict[Interest, tuple[str, str]] = {
    "outright": ("the spouse takes it outright", "IRC 2056(a)"),
    "general_power_trust": ("all income and a general power of appointment", "IRC 2056(b)(5)"),
    "estate_trust": ("a trust for the spouse and the spouse's estate", "Treas. Reg. 20.2056(c)-2(b)(1)"),
    "survivor_annuity": ("an annuity that only the spouses receive", "IRC 2056(b)(7)(C)"),
    "charitable_remainder": ("a charitable remainder trust of the spouse alone", "IRC 2056(b)(8)"),
}


def survivorship_clause_harmless(months: int, *, survived: bool | None) -> bool | None:
    """Return whether a condition of surviving by `months` leaves the deduction; None: whether it was met is open.

    IRC 2056(b)(3).
    """
    if months > SURVIVORSHIP_MONTHS:
        return False
    return survived


def interest_gate(
    interest: Interest,
    *,
    qtip_elected: bool | None = None,
    survivorship_months: int | None = None,
    survived: bool | None = None,
) -> Gate:
    """Return whether an interest of this form may be deducted. IRC 2056(b)(1), (3), (5), (7), (8)."""
    if survivorship_months is not None:
        harmless = survivorship_clause_harmless(survivorship_months, survived=survived)
        if harmless is None:
            return Gate(
                None,
                "not known whether the spouse survived long enough",
                ("IRC 2056(b)(3)",),
                ("spouse_survived_condition",),
            )
        if not harmless:
            return Gate(
                passes=False,
                reason="the condition of survival is longer than six months or was not met",
                citations=("IRC 2056(b)(1)", "IRC 2056(b)(3)"),
            )
    if interest == "terminable":
        return Gate(passes=False, reason="the interest may end and another then takes", citations=("IRC 2056(b)(1)",))
    if interest != "qtip":
        reason, citation = FORMS[interest]
        return Gate(passes=True, reason=reason, citations=(citation,))
    if qtip_elected is None:
        return Gate(None, "not known whether the QTIP election is made", ("IRC 2056(b)(7)",), ("qtip_elected",))
    if qtip_elected:
        return Gate(passes=True, reason="income for life with the QTIP election", citations=("IRC 2056(b)(7)",))
    return Gate(passes=False, reason="no QTIP election is made", citations=("IRC 2056(b)(1)", "IRC 2056(b)(7)"))


def through_gate(treatment: MaritalTreatment, gate: Gate | None) -> MaritalTreatment:
    """Return `treatment`, or that the deduction is denied where the interest does not qualify. IRC 2056(b)(1)."""
    if gate is None or gate.passes is not False or not treatment.deductible:
        return treatment
    return replace(treatment, status=MaritalStatus.DENIED, reason=gate.reason, citations=gate.citations)


def net_of_charges(passing: Decimal, charged: Decimal) -> Decimal:
    """Return what passes to the spouse after the death taxes and debts charged to it, USD. IRC 2056(b)(4)."""
    return max(ZERO, passing - charged)
