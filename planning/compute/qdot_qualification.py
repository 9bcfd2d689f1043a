"""`qdot-qualification`: is the trust a QDOT, can what is wrong be cured, and does it still qualify year by year?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from planning.compute.answers import Answer
from planning.compute.qdot_security import answer_qdot_security, law_in_force, state_of
from planning.compute.qualification_facts import QdotQualificationInput, TrustYearInput
from planning.compute.rule import Rule
from planning.engine.finding import Finding
from planning.engine.law import Law, LawBook
from planning.engine.rules import (
    s2056_marital_form,
    s2056a_anti_abuse,
    s2056a_cure,
    s2056a_foreign_property,
    s2056a_gates,
    s2056a_monitor,
    s2056a_security,
    s2056a_trustees,
    s7701_domestic_trust,
)
from planning.engine.rules.s2056a_cure import Calendar
from planning.engine.rules.s2056a_gates import Gate, TrustFacts
from planning.engine.rules.s2056a_monitor import TrustYear, Watch
from planning.engine.rules.s2056a_trustees import Trustee
from planning.engine.rules.s7503_due_dates import form_706_due, form_706_qdt_due_for_death, qdot_election_last_day
from planning.engine.rules.s7701_domestic_trust import Control
from planning.engine.rules.three_valued import all_of, opposite, outcome
from planning.federal_holidays import is_legal_holiday
from planning.inputs import InputError

# What only the gates ask; the trustees, the right to withhold and the law are asked by the yearly check too.
GATE_FACTS = (
    "instrument_requires_us_trustee",
    "executed_on",
    "security_rules_met",
    "security_facts",
    "election_made",
    "ordinary_trust",
    "marital_form",
    "only_assigned_property",
)
# What qdot-security asks too: said once, it holds for both.
SHARED_WITH_SECURITY = ("date_of_death", "return_filed_on", "extension_granted", "trustee_type", "trustees")
DOMESTIC_FACTS = (
    "us_court_supervises",
    "administered_only_in_us",
    "moves_abroad_on_court_action",
    "us_persons_control_all_decisions",
    "foreign_person_may_veto",
    "us_fiduciary_lost_on",
)


def answer_qdot_qualification(facts: QdotQualificationInput, book: LawBook) -> Answer:
    """Answer the gates, the yearly check and the domestic trust tests, each where facts put the question."""
    answer = Answer()
    law = law_in_force(book)
    _monitor(facts, law, answer)
    if any(getattr(facts, name) is not None for name in GATE_FACTS) or not (answer.result or _asks_domestic(facts)):
        _gates(facts, book, answer)
    _domestic(facts, answer)
    _thin_trustee(facts, answer)
    return answer


def _trustees(facts: QdotQualificationInput) -> tuple[Trustee, ...] | None:
    if facts.trustees is not None:
        if facts.trustee_type is not None:
            raise InputError(["trustees: stands beside trustee_type, expected one of the two"])
        return tuple(trustee.trustee() for trustee in facts.trustees)
    return None if facts.trustee_type is None else (Trustee(facts.trustee_type, facts.trustee_tax_home_in_us),)


def _thin_trustee(facts: QdotQualificationInput, answer: Answer) -> None:
    """Tell of a family company with little capital as US Trustee, which an attorney must clear. -2(d)(1)(v)."""
    if not any(trustee.kind == "thin_family_company" for trustee in _trustees(facts) or ()):
        return
    found = s2056a_anti_abuse.anti_abuse(thin_family_trustee=True, device=None, principal_purpose=None)
    answer.result |= {
        "finding": found.finding,
        "automatic_disqualification": found.disqualified,
        "attorney_must_clear": found.attorney_must_clear,
    }
    answer.warn(
        "thin_us_trustee",
        "A US Trustee that is a family company with little capital may be a device to prevent collection; an attorney "
        "must clear it.",
        s2056a_anti_abuse.CITATION,
    )


def _in_office(facts: QdotQualificationInput) -> bool | None:
    """Return whether a US Trustee is in office, from the trustees, their number, or the tax home of one."""
    trustees = _trustees(facts)
    if trustees is not None:
        return s2056a_trustees.us_trustee_in_office(trustees)
    if facts.us_trustees_in_office is not None:
        return facts.us_trustees_in_office > 0
    return facts.trustee_tax_home_in_us


def _us_law(facts: QdotQualificationInput) -> bool | None:
    if facts.governing_law_state is None:
        return facts.us_state_law_governs
    if facts.us_state_law_governs is False:
        raise InputError(["governing_law_state: says the opposite of us_state_law_governs, expected the two to agree"])
    return True


def _form_met(facts: QdotQualificationInput, answer: Answer) -> bool | None:
    """Apply the conditions of the marital form and list them."""
    form = facts.marital_form
    conditions = () if form is None else s2056_marital_form.conditions_of(form)
    known = {condition.fact: getattr(facts, condition.fact) for condition in conditions}
    met = s2056_marital_form.marital_form_met(form, known)
    missing = tuple(name for name, value in known.items() if value is None)
    answer.result |= {
        "marital_form": form,
        "marital_form_met": met,
        "marital_form_conditions": [
            {"fact": part.fact, "text": part.words, "state": outcome(known[part.fact]), "citations": [part.citation]}
            for part in conditions
        ],
    }
    if facts.only_assigned_property is not True:
        answer.findings.append(
            Finding(
                rule="EST-31",
                state=state_of(opposite(met)),
                severity="stop",
                test="Does the trust lack a form that earns the marital deduction?",
                text="A life estate with a general power, QTIP, a charitable remainder trust or an estate trust.",
                citations=("Treas. Reg. 20.2056A-2(b)(1)", *dict.fromkeys(part.citation for part in conditions)),
                measured=form,
                form="Form 706, Schedule M",
                missing=missing if met is None and form else ("marital_form",) if met is None else (),
            )
        )
    return met


def _security_met(facts: QdotQualificationInput, book: LawBook, answer: Answer) -> bool | None:
    """Return whether gate 3 is passed, as stated or worked out by the rule of qdot-security."""
    given = facts.security_facts
    if given is None or facts.security_rules_met is not None:
        if given is not None:
            raise InputError(["security_facts: stands beside security_rules_met, expected one of the two"])
        return facts.security_rules_met
    said_once = {name: getattr(facts, name) for name in SHARED_WITH_SECURITY if getattr(given, name) is None}
    found = answer_qdot_security(given.model_copy(update=said_once), book)
    answer.need(*(f"security_facts.{name}" for name in found.missing))
    answer.worksheets += found.worksheets
    answer.warnings += [warned for warned in found.warnings if warned not in answer.warnings]
    answer.findings += found.findings
    answer.amounts |= found.amounts
    over = found.result.get("over_two_million_regime")
    exceeded = found.result.get("limit_exceeded")
    met = s2056a_security.security_rules_met(
        instrument_secures_tax=facts.instrument_secures_tax,
        over=over,
        security_operative=found.result.get("security_operative"),
        limit_exceeded=exceeded,
        device=found.result.get("automatic_disqualification"),
    )
    if facts.instrument_secures_tax is None:
        answer.warn(
            "clauses_taken_as_written",
            "The instrument is taken to demand the security, or the 35% limit where the trust may choose it.",
            "Treas. Reg. 20.2056A-2(d)(1)(i)-(ii)",
        )
    answer.result["security"] = found.result | {"security_rules_met": met}
    if met is None and not found.missing:
        asked = {
            "qdot_assets_fmv": over,
            "foreign_real_property_fmv": exceeded if over is False else True,
            "security": found.result.get("arrangement"),
        }
        answer.need(*(f"security_facts.{name}" for name, value in asked.items() if value is None))
        answer.need(*(f"security_facts.{name}" for name in _open_security_terms(found)))
    return met


def _open_security_terms(found: Answer) -> tuple[str, ...]:
    terms = found.result.get("security_terms", [])
    return tuple(term["fact"] for term in terms if term["state"] == "undecided")


def _trust_facts(facts: QdotQualificationInput, book: LawBook, answer: Answer) -> TrustFacts:
    return TrustFacts(
        instrument_requires_us_trustee=facts.instrument_requires_us_trustee,
        us_trustee_may_withhold_tax=facts.us_trustee_may_withhold_tax,
        all_trustees_must_be_us=facts.all_trustees_must_be_us,
        executed_on=facts.executed_on,
        security_rules_met=_security_met(facts, book, answer),
        legacy_relief=facts.legacy_relief,
        trustee_or_executor_may_amend=facts.trustee_or_executor_may_amend,
        compliance_statement_filed=facts.compliance_statement_filed,
        date_of_death=facts.date_of_death,
        election_made=facts.election_made,
        election_timely=facts.election_timely,
        records_in_us=facts.records_in_us,
        us_state_law_governs=_us_law(facts),
        foreign_instrument=facts.foreign_instrument,
        choice_of_law_valid=facts.choice_of_law_valid,
        ordinary_trust=facts.ordinary_trust,
        marital_form_met=_form_met(facts, answer),
        only_assigned_property=facts.only_assigned_property,
        us_trustee_has_us_tax_home=_in_office(facts),
    )


def _calendar(facts: QdotQualificationInput) -> Calendar:
    due = last = None
    if facts.date_of_death is not None:
        extended = bool(facts.extension_granted)
        due = form_706_due(facts.date_of_death, is_legal_holiday, extended=extended)
        last = qdot_election_last_day(facts.date_of_death, extended=extended)
        if facts.return_filed_on is not None and facts.return_filed_on > due:
            due = facts.return_filed_on
    return Calendar(facts.decedent_living, due, last, facts.reformation_begun_on, facts.as_of)


def _gates(facts: QdotQualificationInput, book: LawBook, answer: Answer) -> None:
    """Ask every gate, list it with its cure, and say what comes of it all."""
    passed = s2056a_gates.gates(_trust_facts(facts, book, answer))
    calendar = _calendar(facts)
    rows: list[dict[str, Any]] = []
    fatal = curable = False
    for number, gate in enumerate(passed, 1):
        row: dict[str, Any] = {
            "number": number,
            "gate": gate.name,
            "test": gate.test,
            "state": outcome(gate.met),
            "relief": gate.relief or None,
            "citations": list(gate.citations),
            "missing": list(gate.missing),
        }
        if gate.met is False:
            cure = s2056a_cure.cure_of(gate.name, calendar)
            row["cure"] = {
                "curable": cure.curable,
                "route": cure.route,
                "by": cure.by,
                "citations": list(cure.citations),
            }
            fatal, curable = fatal or not cure.curable, curable or cure.curable
        rows.append(row)
        answer.findings.append(_gate_finding(gate))
    qualifies = s2056a_gates.qualifies(passed)
    verdict = "fail" if fatal else "curable" if curable else "undecided" if qualifies is None else "pass"
    answer.result |= {
        "qualifies": qualifies,
        "qdot_qualifies": qualifies,
        "is_qdot": qualifies,
        "verdict": verdict,
        "gates": rows,
        "failed_gates": [gate.name for gate in passed if gate.met is False],
        "reform_by": calendar.return_due,
        "election_last_day": calendar.election_last_day,
    }
    _explain(facts, qualifies, passed, answer)


def _explain(
    facts: QdotQualificationInput,
    qualifies: bool | None,  # noqa: FBT001 - None is unknown
    passed: tuple[Gate, ...],
    answer: Answer,
) -> None:
    """Name what is missing and what was taken for granted."""
    if qualifies is None:
        for gate in passed:
            form = facts.marital_form
            if gate.name == "marital_form" and form is not None:
                parts = s2056_marital_form.conditions_of(form)
                names = tuple(part.fact for part in parts if getattr(facts, part.fact) is None)
                answer.need(*(names if gate.missing else ()))
            elif gate.name != "security" or facts.security_facts is None:
                answer.need(*gate.missing)
    if facts.election_made and facts.election_timely is None:
        answer.warn(
            "taken_as_timely",
            "The election is taken as made in time; qdot-election works out its dates.",
            "IRC 2056A(d)",
        )
    if any(gate.relief.startswith("P.L.") for gate in passed):
        answer.warn(
            "unverified_rule",
            "EST-30: the first half of the relief for instruments before November 5, 1990 was not read in the statute; "
            "an attorney must confirm it.",
            "P.L. 105-34 sec. 1303",
        )


def _gate_finding(gate: Gate) -> Finding:
    return Finding(
        rule="EST-30",
        state=state_of(opposite(gate.met)),
        severity="stop",
        test=f"Does the trust fail this gate: {gate.test[0].lower()}{gate.test[1:]}?",
        text={"pass": "The gate is passed.", "fail": "The gate is not passed.", "undecided": "Facts are missing."}[
            outcome(gate.met)
        ],
        citations=(*gate.citations, gate.relief) if gate.relief else gate.citations,
        measured=gate.name,
        form="Form 706, Schedule M",
        missing=gate.missing,
    )


def _year(facts: QdotQualificationInput, entry: TrustYearInput, law: Law) -> TrustYear:
    """Return one year; what it does not say stands as at the start."""
    office = _in_office(facts) if entry.us_trustees_in_office is None else entry.us_trustees_in_office > 0
    return TrustYear(
        day=entry.year_end,
        us_trustee_in_office=office,
        us_trustee_may_withhold_tax=facts.us_trustee_may_withhold_tax
        if entry.us_trustee_may_withhold_tax is None
        else entry.us_trustee_may_withhold_tax,
        kept_under_us_law=_kept(facts) if entry.kept_under_us_law is None else entry.kept_under_us_law,
        abusive_device=entry.abusive_device,
        over_two_million=_over(facts, law),
        security_operative=facts.security_in_place if entry.security_in_place is None else entry.security_in_place,
        trust_fmv=entry.trust_fmv,
        foreign_real_property=entry.foreign_real_property,
        cause=entry.cause_of_excess,
    )


def _kept(facts: QdotQualificationInput) -> bool | None:
    if facts.kept_under_us_law is not None:
        return facts.kept_under_us_law
    return all_of(facts.records_in_us, _us_law(facts))


def _over(facts: QdotQualificationInput, law: Law) -> bool | None:
    """Return whether the 2,000,000 test makes security a must, as stated or from the value."""
    if facts.over_two_million is not None or facts.qdot_assets_fmv is None:
        return facts.over_two_million
    return s2056a_security.over_two_million(facts.qdot_assets_fmv, law[s2056a_security.THRESHOLD].amount)


def _one_day(facts: QdotQualificationInput, law: Law) -> TrustYear | None:
    """Return the trust on the day of the short form, or None where nothing asks for the check."""
    asked = (
        facts.us_trustees_in_office,
        facts.checked_on,
        facts.trust_fmv,
        facts.kept_under_us_law,
        facts.over_two_million,
        facts.security_in_place,
        facts.foreign_real_property,
        facts.principal_purpose_to_avoid_or_prevent_collection,
    )
    if all(fact is None for fact in asked):
        return None
    return TrustYear(
        day=facts.checked_on,
        us_trustee_in_office=_in_office(facts),
        us_trustee_may_withhold_tax=facts.us_trustee_may_withhold_tax,
        kept_under_us_law=_kept(facts),
        abusive_device=_device(facts, answer_of=facts.principal_purpose_to_avoid_or_prevent_collection),
        over_two_million=_over(facts, law),
        security_operative=facts.security_in_place,
        trust_fmv=facts.trust_fmv,
        foreign_real_property=facts.foreign_real_property,
        cause=facts.cause_of_excess,
    )


def _device(facts: QdotQualificationInput, *, answer_of: bool | None) -> bool | None:
    """Return whether a device disqualifies at once; a thin family company alone does not."""
    thin = any(trustee.kind == "thin_family_company" for trustee in _trustees(facts) or ())
    device = None if answer_of is None or thin else True
    return s2056a_anti_abuse.anti_abuse(
        thin_family_trustee=thin, device=device, principal_purpose=answer_of
    ).disqualified


def _monitor(facts: QdotQualificationInput, law: Law, answer: Answer) -> None:
    """Check the trust on a day, or year by year, and say what is taxed where it stops qualifying."""
    limit = law[s2056a_foreign_property.LIMIT]
    if facts.years is not None:
        days = [_year(facts, entry, law) for entry in facts.years]
        if any(later.year_end <= earlier.year_end for earlier, later in pairwise(facts.years)):
            raise InputError(["years: are not in order of time, expected each year_end after the one before"])
    else:
        one = _one_day(facts, law)
        days = [] if one is None else [one]
    if not days:
        return
    answer.uses(law, limit.name)
    rows: list[dict[str, Any]] = []
    cure_by: date | None = None
    for day in days:
        found = s2056a_monitor.watch(day, percent=limit.amount, cure_by=cure_by)
        rows.append({"day": day.day, "state": found.state, "on": found.on, "reason": found.reason})
        cure_by = found.on if found.state == "CURE_BY" else None
        if found.state in ("CEASED", "UNDECIDED"):
            break
    _tell(facts, day, found, rows, answer)


def _tell(
    facts: QdotQualificationInput, day: TrustYear, found: Watch, rows: list[dict[str, Any]], answer: Answer
) -> None:
    ceased = found.state == "CEASED"
    path = f"years[{len(rows) - 1}]." if facts.years else ""
    own = ("trust_fmv", "foreign_real_property", "cause_of_excess")
    amount = None if not ceased or day.trust_fmv is None else s2056a_monitor.amount_on_cessation(day.trust_fmv)
    if ceased and amount is None:
        answer.need(f"{path}trust_fmv")
    if found.state == "UNDECIDED":
        answer.need(*(f"{path}{name}" if name in own else name for name in found.missing))
    answer.result |= {
        "monitor_status": found.state,
        "monitor_date": found.on,
        "monitor_reason": found.reason,
        "monitor": rows,
        "cure_by": found.on if found.state == "CURE_BY" else None,
        "ceased_on": found.on if ceased else None,
        "taxable_event": None if found.state == "UNDECIDED" else ceased,
        "amount_subject_to_tax": amount,
        "treated_as_if_spouse_died_on": (found.on or "date of disqualification") if ceased else None,
        "form_706_qdt_due": None
        if not ceased or found.on is None
        else form_706_qdt_due_for_death(found.on, is_legal_holiday),
    }
    if ceased and "second year end" in found.reason:
        answer.warn(
            "day_of_cessation_open",
            "The regulation gives a year of grace and does not name the day a trust ceases when it is not used; the "
            "end of that year is taken, and an attorney must confirm it.",
            "Treas. Reg. 20.2056A-2(d)(1)(ii)(D)",
        )
    answer.findings.append(
        Finding(
            rule="EST-39",
            state=state_of(None if found.state == "UNDECIDED" else found.state != "OK"),
            severity="stop" if ceased else "warn",
            test="Has the trust stopped qualifying, or will it unless something is cured?",
            text=f"{found.reason[0].upper()}{found.reason[1:]}.",
            citations=s2056a_monitor.CITATIONS,
            measured=found.state,
            threshold=None if found.on is None else found.on.isoformat(),
            form="Form 706-QDT" if ceased else "",
            questions=("Did a successor US Trustee hold office from the moment of the vacancy?",)
            if day.us_trustee_in_office is False
            else (),
            missing=found.missing,
        )
    )


def _asks_domestic(facts: QdotQualificationInput) -> bool:
    return any(getattr(facts, name) is not None for name in DOMESTIC_FACTS)


def _domestic(facts: QdotQualificationInput, answer: Answer) -> None:
    """Say whether the trust is domestic for income tax: no gate of a QDOT, and worth knowing."""
    if not _asks_domestic(facts):
        return
    control = Control(
        us_court_supervises=facts.us_court_supervises,
        administered_only_in_us=facts.administered_only_in_us,
        instrument_directs_administration_abroad=facts.instrument_directs_administration_abroad,
        moves_abroad_on_court_action=facts.moves_abroad_on_court_action,
        us_persons_control_all_decisions=facts.us_persons_control_all_decisions,
        foreign_person_may_veto=facts.foreign_person_may_veto,
    )
    domestic = s7701_domestic_trust.is_domestic(control)
    lost, foreign = facts.us_fiduciary_lost_on, None
    if lost is not None:
        foreign = s7701_domestic_trust.foreign_from(lost, facts.us_fiduciary_replaced_on, facts.as_of)
        domestic = False if foreign is not None else domestic
    answer.result |= {
        "domestic_trust": domestic,
        "court_test": outcome(s7701_domestic_trust.court_test(control)),
        "control_test": outcome(s7701_domestic_trust.control_test(control)),
        "replace_fiduciary_by": None if lost is None else s7701_domestic_trust.replace_by(lost),
        "foreign_from": foreign,
    }
    asked = () if domestic is not None else ("us_court_supervises", "us_persons_control_all_decisions")
    missing = tuple(name for name in asked if getattr(facts, name) is None)
    if lost is None:
        answer.need(*missing)
    answer.findings.append(
        Finding(
            rule="EST-82",
            state=state_of(opposite(domestic)),
            severity="warn",
            test="Is the trust foreign for income tax?",
            text="The gates of a QDOT do not ask this; a foreign trust brings Forms 3520 and withholding.",
            citations=s7701_domestic_trust.CITATIONS,
            measured=None if foreign is None else foreign.isoformat(),
            form="Form 3520, Form 3520-A",
            missing=missing,
        )
    )
    if domestic is False:
        answer.warn(
            "unverified_rule",
            "EST-82: what a foreign trust owes (IRC 679, 684, 1441, 6048) is not worked out here and not verified; "
            "an attorney must confirm it.",
            "IRC 7701(a)(31)(B)",
        )


RULE = Rule(
    "qdot-qualification",
    "Is the trust a QDOT, what can be cured, and does it still qualify",
    QdotQualificationInput,
    answer_qdot_qualification,
)
