"""Findings about basis: the row that decided an event, and the rules behind it."""

from __future__ import annotations

from planning.engine.finding import Finding, State
from planning.engine.rules import s1014_basis, s1041_between_spouses
from planning.engine.rules.basis_at_death import raised_the_tax
from planning.engine.rules.basis_chain import Outcome
from planning.engine.rules.basis_facts import QDOTS, Event, Held
from planning.engine.worksheet import ZERO

STATES: dict[bool | None, State] = {True: "fired", False: "not_fired", None: "undecided"}


def findings_of_event(held: Held, event: Event, outcome: Outcome) -> list[Finding]:
    """Return what the rules say of one event: the row of the table first. `held` is the asset before it."""
    behind: list[Finding] = []
    if event.kind == "gift" and held.form != "grantor_trust":
        behind += [_section_that_governs(event, outcome), _shield(event, outcome)]
    if event.kind == "first_death":
        behind += [_step_up(held, outcome), _consistency(held, event)]
    if event.kind == "second_death" and held.form == "gift_to_spouse":
        behind.append(_comes_back(outcome))
    if event.kind in ("distribution", "second_death") and held.form in QDOTS:
        behind.append(_out_of_qdot(event, outcome))
    return [_row(outcome), *[finding for finding in behind if finding.rule != outcome.rule]]


def _row(outcome: Outcome) -> Finding:
    questions = ("Which reading of the silent law is taken?",) if outcome.readings else ()
    return Finding(
        rule=outcome.rule,
        state="undecided" if outcome.held is None else "fired",
        severity="warn" if outcome.held is None or outcome.readings else "note",
        test="Which basis does the asset have after the event?",
        text=outcome.reason,
        citations=outcome.citations,
        measured=None if outcome.held is None else outcome.held.basis,
        questions=questions,
        missing=outcome.missing,
    )


def _section_that_governs(event: Event, outcome: Outcome) -> Finding:
    resident = s1041_between_spouses.resident_for_income_tax(
        citizen=event.spouse_citizen, resident=event.spouse_income_tax_resident, elected=event.elected_6013
    )
    return Finding(
        rule="GFT-30",
        state="undecided" if outcome.held is None else "fired",
        severity="note",
        test="Which basis does the spouse take in a gift?",
        text="Cash and assets with a high basis are given first: what is given misses the step-up at the giver's death",
        citations=("IRC 1041(b)(2)", "IRC 1015(a), (d), (e)"),
        measured={True: "IRC 1041", False: "IRC 1015", None: None}[resident],
        form="Form 709 Schedule A, donor's adjusted basis",
        missing=outcome.missing,
    )


def _shield(event: Event, outcome: Outcome) -> Finding:
    resident = s1041_between_spouses.resident_for_income_tax(
        citizen=event.spouse_citizen, resident=event.spouse_income_tax_resident, elected=event.elected_6013
    )
    return Finding(
        rule="GFT-33",
        state=STATES[None if resident is None else not resident],
        severity="warn" if outcome.gain > ZERO else "note",
        test="Is the recipient a nonresident alien for the income tax, so that a transfer for value is taxed?",
        text="A pure gift has no gain; a price, debt above the basis or released marital rights make a sale of it",
        citations=s1041_between_spouses.SHIELD_OFF,
        measured=outcome.gain,
        threshold=ZERO,
        questions=("Did the couple elect under 6013(g) or (h) for the year of the transfer?",) if not resident else (),
        missing=outcome.missing if resident is None else (),
    )


def _step_up(held: Held, outcome: Outcome) -> Finding:
    changed = None if outcome.held is None else outcome.held.basis != held.basis
    return Finding(
        rule="GFT-31",
        state=STATES[changed],
        severity="note",
        test="Does the asset take a new basis at the first death?",
        text="What passes from the decedent does, in a QDOT too; at the second death again what is included there",
        citations=("IRC 1014(a)-(b)", "IRC 2056A(b)(13)"),
        measured=None if outcome.held is None else outcome.held.basis,
        threshold=held.basis,
        missing=outcome.missing,
    )


def _consistency(held: Held, event: Event) -> Finding:
    capped = s1014_basis.cap_applies(
        raised_estate_tax=raised_the_tax(event.passes_to or held.form, event),
        value=event.value,
        estate_tax_value=event.estate_tax_value,
    )
    return Finding(
        rule="EST-84",
        state=STATES[capped],
        severity="warn" if capped is not False else "note",
        test="Is the basis bound to the value of the estate tax?",
        text="Only of property that raised the tax; what the marital deduction covers did not",
        citations=("IRC 1014(f)", "IRC 6035"),
        measured=event.value,
        threshold=event.estate_tax_value,
        form="Form 8971",
        missing=("raised_estate_tax",) if capped is None else (),
    )


def _comes_back(outcome: Outcome) -> Finding:
    return Finding(
        rule="GFT-32",
        state=STATES[None if outcome.held is None else outcome.rule == "BAS-05"],
        severity="note",
        test="Does a gift of the last year come back to the giver, so that nothing steps up?",
        text="Given within the year, worth more than its basis then, and back to the giver or the giver's spouse",
        citations=("IRC 1014(e)",),
        missing=outcome.missing,
    )


def _out_of_qdot(event: Event, outcome: Outcome) -> Finding:
    as_gift = None
    if event.kind == "distribution" and outcome.held is not None:
        as_gift = outcome.rule == "BAS-17"
    if event.kind == "second_death" and outcome.held is not None:
        as_gift = False
    return Finding(
        rule="EST-85",
        state=STATES[as_gift],
        severity="warn" if outcome.readings else "note",
        test="Does 2056A tax on a payment in kind join the basis?",
        text="Only tax on a payment in the spouse's life; at the death a new basis needs inclusion in the estate",
        citations=("IRC 2056A(b)(13)", "Treas. Reg. 20.2056A-12", "IRC 1015(d)(6)", "Treas. Reg. 1.1015-5(c)(4)-(5)"),
        measured=outcome.increase,
        form="Form 706-QDT",
        questions=("What basis does an asset outside the spouse's estate take?",) if outcome.readings else (),
        missing=outcome.missing,
    )
