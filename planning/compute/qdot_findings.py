"""The findings of `qdot-tax`: each rule asked of the events and the first estate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from planning.compute.answers import Answer
from planning.compute.qdot_facts import QdotTaxInput
from planning.engine.finding import Finding, Severity, State
from planning.engine.rules.s2056a_b10_benefits import PAYMENT_RELIEF
from planning.engine.rules.s2056a_liability import (
    REGULATIONS_BIND_FROM,
    applicability_finding,
    character_finding,
    liability_finding,
)

WHEN_DETERMINED = (
    "Is the first decedent's tax finally determined? The code does not say what that means here; the test of Treas. "
    "Reg. 20.2056A-2(d)(1)(iii) is assumed."
)


class TaxedEvent(Protocol):
    """What the findings look at in an event."""

    kind: Any
    row: dict[str, Any]
    net: Decimal | None
    taxable: Decimal | None
    deductions: Decimal


def qdot_findings(
    facts: QdotTaxInput, events: Sequence[TaxedEvent], total: Decimal | None, *, no_filer: bool, answer: Answer
) -> list[Finding]:
    """Return what each rule says; the warning about an old first death is added to the answer."""
    taxed = [event for event in events if event.taxable]
    early = any("tentative_tax" in event.row for event in events) and not no_filer
    # A death known by the year the regulations began in may lie on either side of the day.
    known = facts.date_of_death or (facts.day if facts.year != REGULATIONS_BIND_FROM.year else None)
    applicability = applicability_finding(known)
    if applicability.state == "fired":
        answer.warn(
            "regulations_not_of_own_force",
            f"The first death is before {REGULATIONS_BIND_FROM.isoformat()}: the regulations under 2056A do not apply "
            "of their own force. An attorney must confirm how the statute is read.",
            *applicability.citations,
        )
    return [
        _finding(
            "EST-60",
            "fired" if taxed else "undecided" if answer.missing else "not_fired",
            "warn",
            "Has a taxable event of the QDOT happened?",
            f"{len(taxed)} of {len(events)} events are taxed.",
            "IRC 2056A(b)(1), (4), (9)",
            "Treas. Reg. 20.2056A-5(b)",
        ),
        _finding(
            "EST-61",
            "undecided" if total is None else "fired" if total > 0 else "not_fired",
            "warn",
            "Is 2056A tax due at the rates and exclusion of the first decedent's death?",
            "The exclusion left by the first decedent shelters the trust first and never grows.",
            "IRC 2056A(b)(2)(A)",
            "Treas. Reg. 20.2056A-6(a)",
            measured=total,
        ),
        _finding(
            "EST-62",
            "fired" if early else "not_fired",
            "warn" if early else "note",
            "Is an event taxed before the first decedent's tax is finally determined?",
            "Highest rate and no credit until then; the excess comes back with interest if claimed within a year. "
            "Principal is better not paid out before."
            if early
            else "No event is stated to come before the final determination.",
            "IRC 2056A(b)(2)(B)",
            questions=(WHEN_DETERMINED,) if early else (),
        ),
        _finding(
            "EST-63",
            "fired" if no_filer else "undecided" if "designated_filer" in answer.missing else "not_fired",
            "stop" if no_filer else "note",
            "Do several QDOTs lack one designated filer?",
            "Everything is taxed at the highest rate and hardship is not exempt."
            if no_filer
            else "One filer, or one QDOT: the ordinary computation applies.",
            "IRC 2056A(b)(2)(C)",
            "Treas. Reg. 20.2056A-9",
            measured=Decimal(facts.qdots),
            threshold=Decimal(1),
        ),
        _finding(
            "EST-67",
            "fired" if len(facts.qdot_names) > 1 else "not_fired",
            "note",
            "Is the tax split among several QDOTs?",
            "The designated filer files all returns; the tax is split by taxable amounts unless the instrument or "
            "local law says otherwise.",
            "Treas. Reg. 20.2056A-9",
        ),
        *_of_death(events),
        *_of_gross_up(events),
        liability_finding(tax=total, number_of_qdots=facts.qdots),
        character_finding(tax=total),
        applicability,
    ]


def _of_death(events: Sequence[TaxedEvent]) -> list[Finding]:
    deaths = [event for event in events if event.kind == "spouse_death"]
    if not deaths:
        return []
    deductions = deaths[0].deductions
    relief = "; ".join(f"{words} ({section})" for words, section in PAYMENT_RELIEF)
    return [
        _finding(
            "EST-65",
            "fired" if deductions or "special_use_decrease" in deaths[0].row else "not_fired",
            "note",
            "Do benefits of the survivor's estate lower the tax at death?",
            f"Charity, a new spouse and state death tax are deducted, expenses are not. For payment: {relief}.",
            "IRC 2056A(b)(10)",
            "Treas. Reg. 20.2056A-6(b)",
            measured=deductions,
        )
    ]


def _of_gross_up(events: Sequence[TaxedEvent]) -> list[Finding]:
    further = [event for event in events if event.kind == "tax_paid_from_qdot"]
    grossed = [event for event in events if event.row.get("net_amount") is not None]
    if not further and not grossed:
        return []
    return [
        _finding(
            "EST-71",
            "fired",
            "warn" if further else "note",
            "Is the tax itself taxed, withheld or paid from other trust property?",
            "Withheld, it is part of the distribution; paid from other trust property, it is a further distribution of "
            "the year it is paid in, and so on each year. Withholding ends it in the first year.",
            "IRC 2056A(b)(11)",
            "Treas. Reg. 20.2056A-5(b)(1)",
            measured=Decimal(len(further)),
        )
    ]


def _finding(
    rule: str,
    state: State,
    severity: Severity,
    test: str,
    text: str,
    *citations: str,
    measured: Decimal | None = None,
    threshold: Decimal | None = None,
    questions: tuple[str, ...] = (),
) -> Finding:
    return Finding(rule, state, severity, test, text, citations, measured, threshold, "Form 706-QDT", questions)
