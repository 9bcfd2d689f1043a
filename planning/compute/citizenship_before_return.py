"""`citizenship-before-return`: did, or can, the spouse become a citizen in time for the ordinary deduction?"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import RuleInput
from planning.compute.rule import Rule
from planning.engine.finding import Finding
from planning.engine.law import LawBook
from planning.engine.rules import naturalization_findings
from planning.engine.rules.election_findings import requirement_finding
from planning.engine.rules.s2056d4_citizenship_before_return import (
    CITATIONS,
    CitizenshipBeforeReturn,
    citizenship_before_return,
    late_filing_penalty,
    late_months,
    payment_due,
    return_made_on,
)
from planning.engine.rules.s7503_due_dates import add_months, form_706_due
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, Money


class CitizenshipBeforeReturnInput(RuleInput):
    """Dates of the death, the return and the oath, and where the spouse lived in between."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "return_filed": "return_filed_on",
        "return_deemed_filed": "return_filed_on",
        "extension": "extension_granted",
        "spouse_naturalized": "spouse_naturalized_on",
        "naturalized_on": "spouse_naturalized_on",
        "return_due_date": "return_due",
    }

    date_of_death: Day | None = Field(None, description="The decedent's day of death")
    extension_granted: Flag | None = Field(
        None, description="Whether Form 4768 gave six months more to file (IRC 6081(a)); null: no"
    )
    return_due: Day | None = Field(
        None, description="Due date as somebody else counted it; checked against the date of death"
    )
    return_filed_on: Day | None = Field(
        None, description="Day Form 706 was filed; null: not yet, taken as filed in time"
    )
    spouse_naturalized_on: Day | None = Field(
        None, description="Day of the spouse's oath, actual or expected (IRC 2056(d)(4)(A))"
    )
    tax_unpaid_at_due_date: Money | None = Field(
        None, description="Estate tax shown and not paid by the nine-month date, USD, for the late-filing penalty"
    )
    spouse_us_domiciled_throughout: Flag | None = Field(
        None,
        description="Whether the spouse was domiciled in the US at all times from the death to the oath "
        "(IRC 2056(d)(4)(B); Treas. Reg. 20.2056A-1(b))",
    )


def answer_citizenship_before_return(facts: CitizenshipBeforeReturnInput, book: LawBook) -> Answer:
    """Say whether the spouse counts as a citizen, with the dates it turns on."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    death = facts.date_of_death
    if death is None:
        answer.need("date_of_death")
        return answer
    extended = bool(facts.extension_granted)
    due = form_706_due(death, is_legal_holiday, extended=extended)
    filed = facts.return_filed_on
    made = return_made_on(due, filed)
    if facts.return_due is not None and facts.return_due not in (due, add_months(death, 15 if extended else 9)):
        answer.warn(
            "return_due_differs",
            f"The due date counted from the death is {due.isoformat()}, not {facts.return_due.isoformat()}; "
            "the counted one is used.",
            "IRC 6075(a)",
            "IRC 7503",
        )
    answer.result = {
        "spouse_treated_as_citizen": None,
        "reason": None,
        "return_due": due,
        "return_due_without_extension": form_706_due(death, is_legal_holiday),
        "return_due_with_extension": form_706_due(death, is_legal_holiday, extended=True),
        "return_deemed_filed": made,
        "last_day_for_oath": made - timedelta(days=1),
        "last_day_for_oath_with_extension": form_706_due(death, is_legal_holiday, extended=True) - timedelta(days=1),
        "payment_due": payment_due(death, is_legal_holiday),
        "late_filing_penalty": None,
        "citations": list(CITATIONS),
    }
    oath = facts.spouse_naturalized_on
    if oath is not None and oath < death:
        answer.result |= {
            "spouse_treated_as_citizen": True,
            "reason": "the spouse was a citizen before the death; the exception is not needed",
            "citations": ["IRC 2056(a)"],
        }
        return answer
    if facts.spouse_us_domiciled_throughout is None:
        answer.need("spouse_us_domiciled_throughout")
    if oath is None:
        answer.need("spouse_naturalized_on")
    if oath is None or facts.spouse_us_domiciled_throughout is None:
        return answer
    found = citizenship_before_return(
        date_of_death=death,
        return_filed_on=filed,
        extension_granted=extended,
        naturalized_on=oath,
        us_domiciled_throughout=facts.spouse_us_domiciled_throughout,
        is_holiday=is_legal_holiday,
    )
    answer.result |= {"spouse_treated_as_citizen": found.treated_as_citizen, "reason": found.reason}
    answer.findings = _findings(found, throughout=facts.spouse_us_domiciled_throughout)
    if filed is not None and filed > due and facts.tax_unpaid_at_due_date is not None:
        months = late_months(due, filed)
        answer.result["late_filing_penalty"] = late_filing_penalty(facts.tax_unpaid_at_due_date, months)
    if found.treated_as_citizen:
        if filed is None:
            answer.warn(
                "return_not_filed", f"This holds if the return is filed by {due.isoformat()} or later than the oath."
            )
        elif filed > due:
            answer.warn(
                "late_return_penalty",
                "A late return keeps the deduction and costs the late-filing penalty, up to 25% of the tax.",
                "IRC 6651(a)(1)",
            )
    return answer


def _findings(found: CitizenshipBeforeReturn, *, throughout: bool) -> list[Finding]:
    """Return what each rule of the exception says."""
    return [
        requirement_finding(
            "EST-22",
            met=found.treated_as_citizen,
            test="Does the spouse count as a citizen without a QDOT?",
            text=found.reason,
            citations=CITATIONS,
            form="Form 706 Schedule M",
            threshold=found.return_made.isoformat(),
        ),
        naturalization_findings.residence_finding(throughout=throughout),
    ]


RULE = Rule(
    "citizenship-before-return",
    "Is the spouse a citizen in time for the ordinary marital deduction",
    CitizenshipBeforeReturnInput,
    answer_citizenship_before_return,
)
