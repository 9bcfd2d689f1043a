"""One state of `state-estate-tax`: its worksheet, its figures under each reading, its findings and open points."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.state_estate_facts import StateEstateTaxInput
from planning.compute.state_estates import EstateAtHand, Settled, StateCase, adjusted_gifts
from planning.engine.finding import Finding
from planning.engine.rules.state_estate import StateFigures
from planning.engine.rules.state_estate_tax import write_state_estate_tax
from planning.engine.rules.state_exclusion import exclusion_of
from planning.engine.rules.state_findings import (
    credit_table_finding,
    denial_at_state_finding,
    federal_return_finding,
    gap_finding,
    gap_form,
    gap_of,
    interrelated_finding,
    law_of_the_death_finding,
    not_verified_finding,
    qdot_events_finding,
    shrinking_credit_finding,
    waiver_finding,
)
from planning.engine.rules.state_noncitizen_spouse import (
    SPECIAL_PROPERTY,
    Matter,
    SpouseForm,
    Sureness,
    least_sure,
    qdot_waived,
)
from planning.engine.rules.state_shrinking_credit import amount_credited
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, plain, to_cents, total

SHARE_WORDS: dict[SpouseForm, str] = {
    "outright": "outright",
    "qtip": "in a QTIP trust that is no QDOT",
    "state_qtip": "in a trust with a QTIP election for the state",
    "qdot": "in QDOT form",
    "special_marital_property": "as special marital property",
}
# Points that are shown only where the matter touches them.
ABOUT_A_NONCITIZEN = frozenset({"applies_2056d", "state_only_qdot"})


@dataclass(frozen=True, slots=True)
class Taxes:
    """State taxes settled under each reading of the spouse's share.

    `applied` never assumes an open deduction, `accepted` grants it; `everything`
    deducts the spouse's whole share, `nothing` none of it.
    """

    applied: Settled
    accepted: Settled
    everything: Settled
    nothing: Settled


def row_of(
    case: StateCase, taxes: Taxes, estate: EstateAtHand, matter: Matter, federal_exclusion: Decimal, day: date,
    facts: StateEstateTaxInput, answer: Answer,
) -> tuple[dict[str, Any], list[Finding]]:  # fmt: skip
    """Write the worksheet of one state, and return its figures with its findings."""
    law, code = case.law, case.law.code
    tax = _write_state(answer, case, estate, taxes.applied)
    taxable = taxes.applied.taxable[code]
    all_deducted, none_deducted = (to_cents(settled.taxes[code]) for settled in (taxes.everything, taxes.nothing))
    is_open = any(found.outcome == "open" for found in case.readings.values())
    # Open for want of a fact is not unclear: only a point of law has a question.
    unclear = any(found.outcome == "open" and found.question for found in case.readings.values())
    points = _points(case, facts, matter)
    sureness = least_sure(*points.values(), *(found.sureness for found in case.readings.values()))
    for why, status in points.items():
        answer.warn("unverified_rule", f"{law.name}: {why} ({status}).", *law.citations)
    exclusion = exclusion_of(law, case.estate(taxable))
    spouse = bool(estate.shares)
    gap = gap_of(law.exclusion, federal_exclusion, taxes.nothing.taxable[code])
    found = [
        law_of_the_death_finding(law, day),
        credit_table_finding(law, taxable),
        interrelated_finding(law, taxable_estate=taxable, tax=tax),
        shrinking_credit_finding(law, taxable_estate=taxable + case.figures.addback_gifts.amount, tax=tax),
        gap_finding(law, federal_exclusion=federal_exclusion, gap=gap, citizen=matter.spouse_counts_as_citizen),
        denial_at_state_finding(
            law,
            citizen=matter.spouse_counts_as_citizen,
            readings=case.readings,
            with_deduction=all_deducted,
            without_deduction=none_deducted,
        )
        if spouse
        else None,
        waiver_finding(law, matter, day) if spouse else None,
        qdot_events_finding(law) if spouse and not matter.spouse_counts_as_citizen else None,
        not_verified_finding(law.name, list(points), sureness, *law.citations),
        federal_return_finding(law, unclear=unclear) if spouse and not matter.spouse_counts_as_citizen else None,
    ]
    findings = [finding for finding in found if finding is not None]
    row = {
        "state": code,
        "resident": case.resident,
        "share": plain(case.share),
        "taxable_estate": taxable,
        "gifts_brought_back": case.figures.addback_gifts.amount,
        "exclusion": exclusion,
        "exclusion_amount": exclusion,
        "excess": max(ZERO, taxable + case.figures.addback_gifts.amount - exclusion),
        "credit": _credit(case, taxable),
        "marital_deduction": sum(
            (amount for form, amount in taxes.applied.shares.items() if case.readings[form].outcome == "deducted"),
            ZERO,
        ),
        "tax": tax,
        "with_deduction": all_deducted,
        "without_deduction": none_deducted,
        "if_election_accepted": to_cents(taxes.accepted.taxes[code]) if is_open else None,
        "if_election_not_accepted": tax if is_open else None,
        "deduction_allowed": _allowed(case),
        "state_qdot_required": _qdot_required(case, matter, none_deducted),
        "election_place": law.noncitizen.election_place,
        "bypass_share": min(law.exclusion, taxes.nothing.taxable[code]),
        "exclusion_gap": gap,
        "gap_form": gap_form(law, citizen=matter.spouse_counts_as_citizen) if gap else None,
        "status": sureness,
        "questions": [question for finding in findings for question in finding.questions],
    }
    return row, findings


def _credit(case: StateCase, taxable: Decimal) -> Decimal | None:
    """Return the state's own credit, USD: New York's applicable credit, or the fixed one; None where it has none."""
    law = case.law
    if law.kind == "shrinking_credit":
        base = taxable * case.share + case.figures.addback_gifts.amount
        return law.table.tax(amount_credited(base, law.exclusion))
    return law.credit or None


def _allowed(case: StateCase) -> bool | None:
    """Return whether all of the spouse's share is deducted; None where any of it is open, or there is none."""
    outcomes = {found.outcome for found in case.readings.values()}
    if not outcomes or "open" in outcomes:
        return None
    return outcomes == {"deducted"}


def _qdot_required(case: StateCase, matter: Matter, tax_without: Decimal) -> bool | None:
    """Return whether the state's tax would fall due without a QDOT; None where that turns on a fact not known."""
    if not case.readings or matter.spouse_counts_as_citizen or not tax_without:
        return False
    if qdot_waived(case.law, revival=matter.revival):
        return matter.federal_return_required
    return True


def _points(case: StateCase, facts: StateEstateTaxInput, matter: Matter) -> dict[str, Sureness]:
    """Return what the result rests on that no primary source settles, in words, with how sure it is. STA-10."""
    left_out, citizen = {"qdot_distribution_tax"}, matter.spouse_counts_as_citizen
    if matter.confirmed is not None:
        left_out.add("state_only_qdot")
    if citizen or not case.readings:
        left_out |= ABOUT_A_NONCITIZEN
    if not case.readings or (citizen and "state_qtip" not in case.readings):
        left_out.add("state_qtip")
    if SPECIAL_PROPERTY not in case.readings:
        left_out.add(SPECIAL_PROPERTY)
    if not facts.nonresident_decedent:
        left_out.add("nonresident_noncitizen_exclusion")
    if not facts.state_gift_tax_paid:
        left_out.add("gift_tax_within_three_years")
    found: dict[str, Sureness] = {
        point.why: point.status for name, point in case.law.unsettled().items() if name not in left_out
    }
    if case.law.gifts.status != "verified" and adjusted_gifts(facts):
        found["whether it brings gifts in life back was not found"] = case.law.gifts.status
    doubt = case.law.doubt_of_share(resident=case.resident)
    if doubt is not None and case.share != 1:
        found[doubt.why] = doubt.status
    return found


def _write_state(answer: Answer, case: StateCase, estate: EstateAtHand, settled: Settled) -> Decimal:
    """Write the sheet of one state as applied and return its tax, USD in cents."""
    law, code = case.law, case.law.code
    sheet = answer.sheet(f"{code}-", f"{law.name} estate tax, law of deaths from {law.first_day.isoformat()}")
    if estate.net is None:
        taxable = sheet.write("Taxable estate as stated", given(estate.taxable or ZERO, "taxable_estate"), "IRC 2051")
        back = settled.taxable[code] - taxable.amount
        if back:
            taxable = taxable + given(back, "what of the spouse's share is not deducted here")
    else:
        taxable = sheet.write(
            "Estate after debts, expenses and charity", given(estate.net, "gross_estate"), "IRC 2053", "IRC 2055"
        )
        parts = [_write_share(sheet, case, form, amount) for form, amount in settled.shares.items()]
        if parts:
            taxable = taxable - total(parts)
    written = sheet.write(f"Taxable estate for {law.name}", taxable, *law.citations, kind="subtotal")
    rest = {field.name: getattr(case.figures, field.name) for field in fields(case.figures)[1:]}
    return write_state_estate_tax(sheet, law, StateFigures(taxable_estate=written, **rest)).amount


def _write_share(sheet: Worksheet, case: StateCase, form: SpouseForm, amount: Decimal) -> Figure:
    found = case.readings[form]
    counted = amount if found.outcome == "deducted" else ZERO
    label = {"deducted": "Deducted", "denied": "Not deducted", "open": "Open, so not deducted"}[found.outcome]
    return sheet.write(
        f"{label}: share of the spouse {SHARE_WORDS[form]}",
        given(counted, f"{plain(amount)} passing so, {found.reason}"),
        *found.citations,
    )


def with_excess_by_state(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what each state's taxable estate has above its exclusion, under a name of its own such as wa_excess."""
    return {f"{row['state'].lower()}_excess": row["excess"] for row in rows}
