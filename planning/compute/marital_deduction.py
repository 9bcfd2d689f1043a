"""`marital-deduction`: is what passes to the spouse deducted, and does it take a QDOT?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.estate_tax import qdot_required
from planning.compute.estates import (
    Estate,
    SpouseStatus,
    interest_of,
    spouse_status,
    with_schedules,
    work_out_estate,
)
from planning.compute.fields import Citizenship
from planning.compute.marital_inputs import DomicileInput, MaritalDeductionInput, QdotShareInput
from planning.compute.rule import Rule
from planning.compute.schedules import close_recapitulation, schedules_result
from planning.compute.treaty_answers import (
    Alternative,
    add_treaty_findings,
    refused,
    reliefs_for,
    resident_alternatives,
)
from planning.compute.treaty_facts import with_words
from planning.engine.finding import Finding
from planning.engine.law import LawBook
from planning.engine.rules.domicile import domicile_finding, domicile_points_to
from planning.engine.rules.marital_findings import denial_finding, interest_finding, route_finding, treaty_finding
from planning.engine.rules.outside_the_estate_tax import covered_bequest_finding, trust_income_finding
from planning.engine.rules.s2056_marital_deduction import (
    ROUTES,
    MaritalStatus,
    MaritalTreatment,
    exception_holds,
    marital_treatment,
)
from planning.engine.rules.s2056b_terminable import Gate, through_gate
from planning.engine.rules.s2652_gst_transferor import gst_finding
from planning.engine.rules.treaties import CHOICE, Choice, treaty_choice
from planning.engine.rules.treaty_findings import relief_finding
from planning.engine.worksheet import ZERO
from planning.inputs import InputError


def answer_marital_deduction(facts: MaritalDeductionInput, book: LawBook) -> Answer:
    """Say how each share of the spouse is treated, and what that means for the estate."""
    answer = Answer()
    facts.check_treaty()
    facts = with_words(facts)
    facts, schedules = with_schedules(facts, answer, book)
    status = spouse_status(facts, answer)
    if status.citizen_at_death is None and not status.counts_as_citizen:
        answer.need("spouse_is_us_citizen")
    if facts.qdot_shares is not None and facts.passing_to_qdot is not None:
        raise InputError(["qdot_shares: stands beside passing_to_qdot, expected one of the two"])
    asked = facts
    if facts.elected_in_time is not None:
        facts = facts.model_copy(update={"election_made": facts.elected_in_time})
    facts = _through_routes(facts, status, answer)
    gate = interest_of(facts, answer)
    outright, trust = _treatments(facts, status, gate, answer)
    estate = None
    by_treaty = MaritalStatus.TREATY in {treatment.status for treatment in (outright, trust) if treatment}
    if not facts.nonresident_decedent and _amounts_known(facts):
        estate = work_out_estate(facts, book, answer)
    overall = _overall(facts, outright, trust)
    deduction: Decimal | None = (
        estate.marital_deduction if estate is not None and estate.shares.net is not None else None
    )
    found, treaty = _treaty(facts, status, estate, answer)
    if by_treaty:
        computed = None if found is None else found.deduction
        deduction = computed if facts.treaty_marital_deduction is None else facts.treaty_marital_deduction
    elif deduction is None and overall is not None:
        deduction = _deduction_without_estate(facts, outright, trust)
    if schedules is not None and deduction is not None:
        close_recapitulation(schedules, deduction)
    answer.findings += _findings(asked, facts, status, gate, (outright, trust))
    answer.result = (
        {
            "status": overall.status if overall else None,
            "reason": overall.reason if overall else None,
            "citations": list(overall.citations) if overall else [],
            "marital_deduction": deduction,
            "passing_to_spouse_outright": _part(facts.passing_to_spouse_outright, outright),
            "passing_to_qdot": _part(facts.passing_to_qdot, trust),
            "qdot_shares": _routes_result(asked, status),
            "qdot_required": _required(facts, status, estate),
            "qdot_required_if_above_exclusion": None if status.unknown else not status.counts_as_citizen,
            "estate_tax": (found.tax if by_treaty and found else estate.tax) if estate else None,
            "estate_tax_without_marital_deduction": estate.tax_without_deduction if estate else None,
            "decedent_domicile_points_to": _points_to(facts.decedent_domicile_facts),
            "spouse_domicile_points_to": _points_to(facts.spouse_domicile_facts),
        }
        | treaty
        | _standing_answers(facts, status)
    )
    if schedules is not None:
        answer.result |= schedules_result(schedules)
    return answer


def _through_routes(facts: MaritalDeductionInput, status: SpouseStatus, answer: Answer) -> MaritalDeductionInput:
    """Return the facts with only those parts in the QDOT for which an exception holds; the rest counts as outright."""
    if not facts.routes or (facts.qdot_shares is None and facts.qdot_route is None):
        return facts
    saved = lost = ZERO
    for index, share in enumerate(facts.routes):
        holds = exception_holds(
            share.route, step_done_in_time=share.step_done_in_time, timely_election=facts.elected_in_time
        )
        if holds is None and not status.counts_as_citizen:
            prefix = "" if facts.qdot_shares is None else f"qdot_shares[{index}]."
            answer.need(*_missing_for(share, facts, prefix))
        if holds or status.counts_as_citizen:
            saved += share.amount
        else:
            lost += share.amount
    return facts.model_copy(
        update={
            "passing_to_qdot": saved,
            "passing_to_spouse_outright": (facts.passing_to_spouse_outright or ZERO) + lost,
            "qdot_shares": None,
            "qdot_route": None,
        }
    )


def _missing_for(share: QdotShareInput, facts: MaritalDeductionInput, prefix: str = "") -> tuple[str, ...]:
    """Return the facts that keep one way into a QDOT undecided."""
    missing = []
    if share.route != "passes_to_qdot" and share.step_done_in_time is None:
        missing.append(f"{prefix}step_done_in_time" if prefix else "route_step_done_in_time")
    if facts.elected_in_time is None:
        missing.append("election_made")
    return tuple(missing)


def _routes_result(asked: MaritalDeductionInput, status: SpouseStatus) -> list[dict[str, Any]] | None:
    if asked.qdot_shares is None and asked.qdot_route is None:
        return None
    shares = []
    for share in asked.routes:
        holds = exception_holds(
            share.route, step_done_in_time=share.step_done_in_time, timely_election=asked.elected_in_time
        )
        shares.append(
            {
                "route": share.route,
                "amount": share.amount,
                "exception_holds": True if status.counts_as_citizen else holds,
                "citations": list(ROUTES[share.route][1]),
            }
        )
    return shares


def _points_to(facts: DomicileInput | None) -> str | None:
    if facts is None:
        return None
    return domicile_points_to(
        lived_in_us=facts.lived_in_us, definite_intention_to_leave=facts.definite_intention_to_leave
    )


def _findings(
    asked: MaritalDeductionInput,
    facts: MaritalDeductionInput,
    status: SpouseStatus,
    gate: Gate | None,
    treatments: tuple[MaritalTreatment | None, MaritalTreatment | None],
) -> list[Finding]:
    """Return what the rules about the marital deduction say: denial, exceptions, treaty, domicile, interest."""
    saved = any(treatment is not None and treatment.deductible for treatment in treatments)
    found = [
        denial_finding(
            spouse_is_us_citizen=status.citizen_at_death,
            citizen_before_return=status.citizen_before_return,
            saved=saved,
        ),
        interest_finding(gate),
    ]
    if not status.counts_as_citizen:
        for share in asked.routes:
            holds = exception_holds(
                share.route, step_done_in_time=share.step_done_in_time, timely_election=asked.elected_in_time
            )
            found.append(route_finding(share.route, holds=holds, missing=_missing_for(share, asked)))
    if facts.treaty_named is not None:
        found.append(treaty_finding(facts.treaty_named, facts.treaty, _choice(facts)))
    resident: Citizenship | None = None
    if facts.spouse_us_resident is not None:
        resident = "us" if facts.spouse_us_resident else "foreign"
    for who, home, concluded in (
        ("decedent", facts.decedent_domicile_facts, facts.decedent_domicile),
        ("spouse", facts.spouse_domicile_facts, resident),
    ):
        if home is not None:
            points_to = domicile_points_to(
                lived_in_us=home.lived_in_us, definite_intention_to_leave=home.definite_intention_to_leave
            )
            found.append(domicile_finding(who, points_to=points_to, concluded=concluded, evidence=home.evidence()))
    if asked.routes and not status.counts_as_citizen:
        funded = asked.qdot_funded_by
        if funded is None and any(share.route == "assigned_by_spouse" for share in asked.routes):
            funded = "spouse"
        qtip = None if facts.spouse_interest is None else facts.spouse_interest == "qtip"
        found.append(gst_finding(funded_by=funded, qtip_form=qtip, reverse_qtip_elected=facts.reverse_qtip_elected))
        nonresident = None if facts.spouse_us_resident is None else not facts.spouse_us_resident
        found.append(
            trust_income_finding(
                spouse_funded=None if funded is None else funded == "spouse", spouse_nonresident=nonresident
            )
        )
    if facts.decedent_covered_expatriate is not None or facts.decedent_citizenship == "foreign":
        found.append(
            covered_bequest_finding(
                covered_expatriate=facts.decedent_covered_expatriate,
                spouse_is_us_citizen=None if status.unknown else status.counts_as_citizen,
            )
        )
    return found


def _choice(facts: MaritalDeductionInput) -> Choice:
    return treaty_choice(
        decedent_nonresident=facts.nonresident_decedent,
        treaty=facts.treaty,
        treaty_deduction=bool(facts.treaty_deduction_elected),
        qdot_elected=bool(facts.election_made),
    )


def _amounts_known(facts: MaritalDeductionInput) -> bool:
    amounts = (
        facts.gross_estate,
        facts.taxable_estate,
        facts.passing_to_spouse_outright,
        facts.passing_to_qdot,
        facts.passing_to_others,
    )
    return facts.day is not None and any(amount is not None for amount in amounts)


def _treatments(
    facts: MaritalDeductionInput, status: SpouseStatus, gate: Gate | None, answer: Answer
) -> tuple[MaritalTreatment | None, MaritalTreatment | None]:
    """Return how the outright share and the trust's share are treated; None where a fact is missing."""
    if status.unknown:
        return None, None
    citizen, before = bool(status.citizen_at_death), status.citizen_before_return
    outright = marital_treatment(spouse_is_us_citizen=citizen, citizen_before_return=before)
    if not outright.deductible and facts.treaty_deduction_elected:
        treaty = through_gate(_by_treaty(facts, outright, answer), gate)
        return treaty, treaty
    uses_trust = bool(facts.passing_to_qdot or facts.all_passes_to_qdot)
    if facts.election_made is None and uses_trust and not outright.deductible:
        answer.need("election_made")
        return through_gate(outright, gate), None
    trust = marital_treatment(
        spouse_is_us_citizen=citizen, citizen_before_return=before, through_elected_qdot=bool(facts.elected_in_time)
    )
    return through_gate(outright, gate), through_gate(trust, gate)


def _by_treaty(facts: MaritalDeductionInput, denied: MaritalTreatment, answer: Answer) -> MaritalTreatment:
    """Return the treatment under a treaty's deduction, or that it stays denied where no treaty can give one."""
    if facts.treaty_named is None:
        answer.need("treaty_country")
    closed = [relief for relief in reliefs_for(facts) if relief.open is False]
    if _choice(facts) == "no_treaty_relief" or (closed and not facts.nonresident_decedent):
        refused(answer)
        return denied
    answer.warn(
        "treaty_attorney_confirms",
        "The treaty's relief takes the place of a QDOT; the attorney must confirm that the treaty gives it, and "
        "its amount where no rule works it out.",
        *CHOICE,
    )
    return MaritalTreatment(MaritalStatus.TREATY, "the estate takes the marital relief of a treaty", CHOICE)


def _treaty(
    facts: MaritalDeductionInput, status: SpouseStatus, estate: Estate | None, answer: Answer
) -> tuple[Alternative | None, dict[str, Any]]:
    """Write a treaty's relief beside the QDOT and return it with the named amounts."""
    if status.counts_as_citizen or status.unknown:
        return None, {}
    add_treaty_findings(facts, answer, taken=facts.treaty_deduction_elected)
    if estate is not None:
        return resident_alternatives(facts, estate, answer)
    answer.findings += [relief_finding(relief, most=None) for relief in reliefs_for(facts) if relief.conditions]
    return None, {}


def _overall(
    facts: MaritalDeductionInput, outright: MaritalTreatment | None, trust: MaritalTreatment | None
) -> MaritalTreatment | None:
    """The treatment of the trust's share where there is one, else of the outright share."""
    return trust if facts.passing_to_qdot or facts.all_passes_to_qdot or facts.election_made else outright


def _deduction_without_estate(
    facts: MaritalDeductionInput, outright: MaritalTreatment | None, trust: MaritalTreatment | None
) -> Decimal | None:
    """Return the deduction from the stated shares alone; None where a deductible share has no amount."""
    if outright is None or trust is None or MaritalStatus.TREATY in (outright.status, trust.status):
        return None
    shares = (
        (facts.passing_to_spouse_outright, facts.all_passes_outright_to_spouse, outright),
        (facts.passing_to_qdot, facts.all_passes_to_qdot, trust),
    )
    deduction = ZERO
    for amount, whole, treatment in shares:
        if treatment.deductible and amount is None and whole:
            return None
        deduction += amount or ZERO if treatment.deductible else ZERO
    return deduction


def _part(amount: Decimal | None, treatment: MaritalTreatment | None) -> dict[str, Any] | None:
    if amount is None or treatment is None:
        return None
    deducted: Decimal | None = amount if treatment.deductible else ZERO
    if treatment.status is MaritalStatus.TREATY:
        deducted = None
    return {
        "amount": amount,
        "status": treatment.status,
        "deduction": deducted,
        "reason": treatment.reason,
        "citations": list(treatment.citations),
    }


def _required(facts: MaritalDeductionInput, status: SpouseStatus, estate: Estate | None) -> bool | None:
    if status.counts_as_citizen:
        return False
    if estate is None:
        return None
    return qdot_required(facts, estate, counts_as_citizen=status.counts_as_citizen)


def _standing_answers(facts: MaritalDeductionInput, status: SpouseStatus) -> dict[str, Any]:
    """What holds whatever the amounts are."""
    unknown, citizen = status.unknown, status.counts_as_citizen
    resident_decedent: bool | None = None
    if facts.nonresident_decedent:
        resident_decedent = False
    elif "us" in (facts.decedent_citizenship, facts.decedent_domicile):
        resident_decedent = True
    uses_qdot = bool(facts.passing_to_qdot or facts.all_passes_to_qdot or facts.election_made)
    return {
        "spouse_treated_as_citizen": None if unknown else citizen,
        "decedent_gets_full_exclusion": resident_decedent,
        "portability_refused_because_noncitizen": False,
        "dsue_available_to_survivor": _dsue(facts, status, uses_qdot=uses_qdot, decedent=resident_decedent),
        # The survivor may transfer or assign what passed outright before the return is filed.
        "qdot_by_survivor_post_mortem": None if unknown else not citizen,
        "must_fund_in_life": False,
        "deferred_tax_applies_to_full_qdot": None if unknown else uses_qdot and not citizen,
        "further_citations": {
            "qdot_by_survivor_post_mortem": ["IRC 2056(d)(2)(B)", "Treas. Reg. 20.2056A-4(b)(1)"],
            "dsue_available_to_survivor": ["Treas. Reg. 20.2010-3(a), (c), (e)"],
            "deferred_tax_applies_to_full_qdot": ["IRC 2056A(b)(1)"],
            "decedent_gets_full_exclusion": ["IRC 2010(c)", "Treas. Reg. 20.0-1(b)(1)"],
        },
    }


def _dsue(facts: MaritalDeductionInput, status: SpouseStatus, *, uses_qdot: bool, decedent: bool | None) -> str | None:
    """Say in a word whether the survivor may use the exclusion left over, once portability is elected."""
    if decedent is False:
        return "no_nonresident_decedent_cannot_elect"
    if status.counts_as_citizen:
        return "yes_if_portability_elected"
    if status.unknown:
        return None
    if facts.spouse_us_resident is False:
        return "no_unless_treaty"
    return "after_last_qdot_event" if uses_qdot else "attorney_question"


RULE = Rule(
    "marital-deduction",
    "Is what passes to the spouse deducted, and does it take a QDOT",
    MaritalDeductionInput,
    answer_marital_deduction,
)
