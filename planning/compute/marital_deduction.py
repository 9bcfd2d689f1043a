"""`marital-deduction`: is what passes to the spouse deducted, and does it take a QDOT?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.estate_tax import qdot_required
from planning.compute.estates import SECOND_NAMES, Estate, EstateInput, SpouseStatus, spouse_status, work_out_estate
from planning.compute.fields import Words
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.s2056_marital_deduction import MaritalStatus, MaritalTreatment, marital_treatment
from planning.engine.worksheet import ZERO
from planning.inputs import Flag, InputError


class MaritalDeductionInput(EstateInput):
    """What passes to the spouse; amounts may be left out where only the treatment is asked for."""

    second_names: ClassVar = SECOND_NAMES

    treaty_country: Words | None = Field(
        None, description="Country of an estate tax treaty that may apply, ISO code or name"
    )
    treaty_deduction_elected: Flag | None = Field(
        None,
        description="Whether the estate takes a treaty's marital deduction, not a QDOT (Treas. Reg. 20.2056A-1(c))",
    )


def answer_marital_deduction(facts: MaritalDeductionInput, book: LawBook) -> Answer:
    """Say how each share of the spouse is treated, and what that means for the estate."""
    answer = Answer()
    status = spouse_status(facts, answer)
    if status.citizen_at_death is None and not status.counts_as_citizen:
        answer.need("spouse_is_us_citizen")
    if facts.treaty_deduction_elected and facts.election_made:
        fault = "stands beside a QDOT election, expected one of the two (Treas. Reg. 20.2056A-1(c))"
        raise InputError([f"treaty_deduction_elected: {fault}"])
    outright, trust = _treatments(facts, status, answer)
    estate = None
    if not facts.nonresident_decedent and _amounts_known(facts):
        estate = work_out_estate(facts, book, answer)
    overall = _overall(facts, outright, trust)
    deduction: Decimal | None = (
        estate.marital_deduction if estate is not None and estate.shares.net is not None else None
    )
    if deduction is None and overall is not None:
        deduction = _deduction_without_estate(facts, outright, trust)
    answer.result = {
        "status": overall.status if overall else None,
        "reason": overall.reason if overall else None,
        "citations": list(overall.citations) if overall else [],
        "marital_deduction": deduction,
        "passing_to_spouse_outright": _part(facts.passing_to_spouse_outright, outright),
        "passing_to_qdot": _part(facts.passing_to_qdot, trust),
        "qdot_required": _required(facts, status, estate),
        "qdot_required_if_above_exclusion": None if status.unknown else not status.counts_as_citizen,
        "estate_tax": estate.tax if estate else None,
        "estate_tax_without_marital_deduction": estate.tax_without_deduction if estate else None,
    } | _standing_answers(facts, status)
    return answer


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
    facts: MaritalDeductionInput, status: SpouseStatus, answer: Answer
) -> tuple[MaritalTreatment | None, MaritalTreatment | None]:
    """Return how the outright share and the trust's share are treated; None where a fact is missing."""
    if status.unknown:
        return None, None
    citizen, before = bool(status.citizen_at_death), status.citizen_before_return
    outright = marital_treatment(spouse_is_us_citizen=citizen, citizen_before_return=before)
    if not outright.deductible and facts.treaty_deduction_elected:
        answer.warn(
            "treaty_attorney_confirms",
            "The treaty's deduction takes the place of a QDOT; its amount is not worked out here and the attorney "
            "must confirm that the treaty gives it.",
            "P.L. 101-239 sec. 7815(d)(14)",
            "Treas. Reg. 20.2056A-1(c)",
        )
        treaty = MaritalTreatment(
            MaritalStatus.TREATY,
            "the estate takes the marital deduction of a treaty",
            ("P.L. 101-239 sec. 7815(d)(14)", "Treas. Reg. 20.2056A-1(c)"),
        )
        return treaty, treaty
    uses_trust = bool(facts.passing_to_qdot or facts.all_passes_to_qdot)
    if facts.election_made is None and uses_trust and not outright.deductible:
        answer.need("election_made")
        return outright, None
    trust = marital_treatment(
        spouse_is_us_citizen=citizen, citizen_before_return=before, through_elected_qdot=bool(facts.election_made)
    )
    return outright, trust


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
