"""Findings about state death taxes: which law holds, how the state computes, the spouse, several states, both taxes.

Each asks one question of the facts, with the measured value against its threshold
and what the attorney must settle. STA-02 to STA-04 are asked only of states that
compute so, STA-06a only of New York.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from planning.engine.finding import Finding, State
from planning.engine.rules.state_noncitizen_spouse import (
    SPECIAL_PROPERTY,
    WAIVER,
    WAIVER_ENDED,
    WAIVING_STATE,
    Matter,
    Reading,
    SpouseForm,
    Sureness,
    binds_section_2056d,
    qdot_waived,
)
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, plain

# Full tax from 105% of the exclusion on. N.Y. Tax Law 952(c)(1).
PHASE_OUT = Decimal("1.05")


def state_of(*, fired: bool | None) -> State:
    """Return the state of a finding; None is undecided."""
    if fired is None:
        return "undecided"
    return "fired" if fired else "not_fired"


def law_of_the_death_finding(law: StateLaw, death: date) -> Finding:
    """Return STA-01: the law is that of the state and of the day of death, to the day."""
    return Finding(
        "STA-01",
        "fired",
        "note",
        f"Which law of {law.name} holds on the day of death?",
        f"The law of deaths from {law.first_day.isoformat()} to {law.last_day.isoformat()}: "
        f"{law.exclusion_label} {plain(law.exclusion)}.",
        law.citations,
        measured=death.isoformat(),
        threshold=law.first_day.isoformat(),
    )


def credit_table_finding(law: StateLaw, taxable_estate: Decimal) -> Finding | None:
    """Return STA-02: the table of IRC 2011(b) is read at the taxable estate less 60,000. None for other states."""
    if law.kind not in {"credit_table", "smaller_of_two", "interrelated"}:
        return None
    return Finding(
        "STA-02",
        "fired",
        "note",
        f"Does {law.name} compute from the old credit table?",
        f"The table is read at the taxable estate less {plain(law.base_reduction)}.",
        ("IRC 2011(b) as in force in 2001", *law.citations),
        measured=max(ZERO, taxable_estate - law.base_reduction),
        threshold=law.base_reduction,
    )


def interrelated_finding(law: StateLaw, *, taxable_estate: Decimal, tax: Decimal) -> Finding | None:
    """Return STA-03: Illinois's tax comes off its own base. None for other states."""
    if law.kind != "interrelated":
        return None
    return Finding(
        "STA-03",
        state_of(fired=tax > 0),
        "warn" if tax else "note",
        "Does the state's tax come off its own base?",
        "The smaller of two amounts, each worked out on what the tax itself leaves; just above the threshold every "
        "further dollar costs 28.57 cents. Run the Attorney General's calculator before a figure leaves the firm.",
        law.citations,
        measured=taxable_estate,
        threshold=law.exclusion,
        form="Form 700",
    )


def shrinking_credit_finding(law: StateLaw, *, taxable_estate: Decimal, tax: Decimal) -> Finding | None:
    """Return STA-04: between 100% and 105% of the exclusion New York's credit shrinks. None for other states."""
    if law.kind != "shrinking_credit":
        return None
    end = law.exclusion * PHASE_OUT
    inside = law.exclusion < taxable_estate <= end
    over = max(ZERO, taxable_estate - law.exclusion)
    hint = (
        f" Passing {plain(over)} to charity, or to the spouse in a form that is deducted, would save the whole tax of "
        f"{plain(tax)}."
        if 0 < over < tax
        else ""
    )
    return Finding(
        "STA-04",
        state_of(fired=inside),
        "warn" if hint else "note",
        "Does the taxable estate lie between 100% and 105% of the exclusion?",
        f"The credit is the tax on an amount that shrinks to nothing at {plain(end)}.{hint}",
        law.citations,
        measured=taxable_estate,
        threshold=law.exclusion,
        form="ET-706",
        questions=("Do the documents sweep what is above the exclusion to charity or the spouse?",) if hint else (),
    )


def gap_form(law: StateLaw, *, citizen: bool) -> str:
    """Return the form in which the gap between the two exclusions is left to the spouse untaxed by the state."""
    if SPECIAL_PROPERTY in law.points:
        return SPECIAL_PROPERTY
    return "state_qtip" if citizen or not binds_section_2056d(law.noncitizen) else "qdot"


def gap_of(state_exclusion: Decimal, federal_exclusion: Decimal, estate: Decimal) -> Decimal:
    """Return what of an estate with no marital deduction lies between the two exclusions, USD. STA-05."""
    return max(ZERO, min(federal_exclusion, estate) - state_exclusion)


def gap_finding(law: StateLaw, *, federal_exclusion: Decimal, gap: Decimal, citizen: bool) -> Finding:
    """Return STA-05: a bypass share up to the state amount only, what lies above it into a trust for the spouse."""
    lower = law.exclusion < federal_exclusion
    words = {
        "state_qtip": "a trust with the state's own QTIP election",
        "qdot": "a trust in QDOT form",
        SPECIAL_PROPERTY: "special marital property of the state",
    }[gap_form(law, citizen=citizen)]
    return Finding(
        "STA-05",
        state_of(fired=lower and gap > 0),
        "warn" if lower and gap else "note",
        f"Is the {law.exclusion_label} of {law.name} lower than the federal exclusion?",
        f"Fund the bypass share up to {plain(law.exclusion)}; what lies between that and {plain(federal_exclusion)}, "
        f"here {plain(gap)}, goes into {words}."
        if lower
        else "The state leaves as much untaxed as the federal exclusion.",
        (*law.exclusion_citations, "IRC 2010(c)"),
        measured=gap,
        threshold=law.exclusion,
    )


def denial_at_state_finding(
    law: StateLaw,
    *,
    citizen: bool,
    readings: Mapping[SpouseForm, Reading],
    with_deduction: Decimal,
    without_deduction: Decimal,
) -> Finding:
    """Return STA-06: is a noncitizen spouse's share left undeducted? Taxes with and without the deduction, USD."""
    outcomes = {found.outcome for found in readings.values()}
    fired = None if "open" in outcomes else "denied" in outcomes and not citizen
    reasons = "; ".join(dict.fromkeys(found.reason for found in readings.values()))
    cites = dict.fromkeys(cite for found in readings.values() for cite in found.citations)
    return Finding(
        "STA-06",
        state_of(fired=fired),
        "note" if fired is False else "warn",
        f"Is a share of a noncitizen spouse left undeducted in {law.name}?",
        f"{reasons or 'nothing passes to the spouse'}. Tax with the deduction {plain(with_deduction)}, without it "
        f"{plain(without_deduction)}.",
        tuple(cites) or law.noncitizen.applies_2056d.citations,
        measured=without_deduction,
        threshold=with_deduction,
        form=law.noncitizen.election_place,
        questions=tuple(found.question for found in readings.values() if found.question),
        missing=tuple(dict.fromkeys(name for found in readings.values() for name in found.missing)),
    )


def waiver_finding(law: StateLaw, matter: Matter, death: date) -> Finding | None:
    """Return STA-06a: does New York ask for no QDOT in this death? None for other states and for a citizen."""
    if law.code != WAIVING_STATE or matter.spouse_counts_as_citizen:
        return None
    holds = qdot_waived(law, revival=matter.revival)
    act = f" Revived, as the firm has entered, by {matter.revival}." if matter.revival is not None else ""
    return Finding(
        "STA-06a",
        state_of(fired=holds),
        "note" if holds else "warn",
        "Does New York ask for no QDOT where no federal return is due?",
        f"The waiver covers deaths before {WAIVER_ENDED.isoformat()}. No act that carries it on was known on January "
        f"7, 2026; it has been revived after a lapse before.{act}",
        WAIVER,
        measured=death.isoformat(),
        threshold=WAIVER_ENDED.isoformat(),
        form="ET-706",
        questions=() if holds else ("Has an act revived the waiver for this death? Enter it with its citation.",),
    )


def qdot_events_finding(law: StateLaw) -> Finding:
    """Return STA-07: does the state tax what leaves a QDOT, or its end?"""
    point = law.noncitizen.qdot_distribution_tax
    unclear = point.answer == "unclear"
    return Finding(
        "STA-07",
        state_of(fired=None if unclear else point.answer == "yes"),
        "warn" if unclear else "note",
        f"Does {law.name} tax principal paid out of a QDOT, or its end?",
        point.why,
        point.citations,
        questions=(f"Does {law.name} tax events of a QDOT, and how is the tax collected?",) if unclear else (),
    )


def several_states_finding(states: Sequence[str]) -> Finding:
    """Return STA-08: the state of domicile taxes all but land and things elsewhere, their own states tax those."""
    several = len(states) > 1
    return Finding(
        "STA-08",
        state_of(fired=several),
        "warn" if several else "note",
        "Does property lie in more than one state?",
        "The state of domicile taxes all but real and tangible property in other states; each of those taxes its part "
        "by its own fraction.",
        ("N.Y. Tax Law 954", "N.Y. Tax Law 960", "RCW 83.100.040"),
        measured=", ".join(states),
    )


def both_taxes_finding(*, state_tax: Decimal, rounds: int, federal_before: Decimal, federal_after: Decimal) -> Finding:
    """Return STA-09: state tax is deducted in the federal estate; what the deduction saves there, USD."""
    return Finding(
        "STA-09",
        state_of(fired=state_tax > 0),
        "note",
        "Does a state tax come off the federal estate?",
        f"Settled in {rounds} round{'' if rounds == 1 else 's'}. The deduction of the state tax saves "
        f"{plain(federal_before - federal_after)} of federal tax.",
        ("IRC 2058(a)",),
        measured=state_tax,
        threshold=ZERO,
        form="Form 706",
    )


def not_verified_finding(name: str, points: Sequence[str], sureness: Sureness, *citations: str) -> Finding:
    """Return STA-10: does the result rest on a rule that is only inferred, or not verified?"""
    weak = sureness in {"inferred", "unverified"}
    return Finding(
        "STA-10",
        state_of(fired=weak),
        "warn" if weak else "note",
        f"Does the result for {name} rest on a rule that no primary source settles?",
        f"{sureness.upper()}: {'; '.join(points)}."
        if weak
        else "Every rule used is verified, or the firm's own answer.",
        citations,
        measured=sureness,
        questions=("Is the rule confirmed for this matter?",) if weak else (),
    )


def federal_return_finding(law: StateLaw, *, unclear: bool) -> Finding:
    """Return STA-11: is a federal return worth filing to make the election there? EST-61 says what it costs."""
    return Finding(
        "STA-11",
        state_of(fired=unclear),
        "warn" if unclear else "note",
        f"Is a federal return worth filing because a QDOT election for {law.name} alone is unclear?",
        "A federal return makes the election. It costs no federal tax while the estate and the QDOT events stay within "
        "the decedent's exclusion, but the duties of a QDOT and Form 706-QDT then apply: the attorney decides.",
        ("IRC 2056A(d)", "IRC 2056A(b)(2)", "Treas. Reg. 20.2056A-3"),
        form="Form 706 Schedule M",
        questions=("Should a federal return be filed to make the QDOT election?",) if unclear else (),
    )
