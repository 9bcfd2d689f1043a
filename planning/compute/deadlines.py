"""`deadlines`: due dates of Forms 706, 4768, 709 and 706-QDT, of the QDOT election and of assignment to the QDOT."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import RuleInput, Year
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.s7503_due_dates import (
    add_months,
    form_706_due,
    form_706_qdt_due_for_death,
    form_706_qdt_due_for_distribution,
    form_709_due,
    next_business_day,
    qdot_election_last_day,
)
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag

Add = Callable[..., None]


class DeadlinesInput(RuleInput):
    """The events that start a period; each one asks for its own dates."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "extension": "extension_granted",
        "gift_year": "year_of_gift",
        "spouse_date_of_death": "spouse_death",
        "qdot_distribution_year": "lifetime_distribution_year",
        "distribution_year": "lifetime_distribution_year",
        "first_return_filed_on": "first_return_filed",
        "return_filed_on": "first_return_filed",
        "spouse_naturalized": "spouse_naturalized_on",
    }

    date_of_death: Day | None = Field(None, description="The decedent's day of death (IRC 6075(a))")
    extension_granted: Flag | None = Field(
        None, description="Whether Form 4768 gave six months more to file (IRC 6081(a)); null: no"
    )
    return_due_with_extension: Day | None = Field(
        None, description="Due date of Form 706 with extensions, where the date of death is not known"
    )
    first_return_filed: Day | None = Field(
        None, description="Day the first Form 706 was filed: may it still elect the QDOT? (IRC 2056A(d))"
    )
    year_of_gift: Year | None = Field(None, description="Year of gifts to be reported on Form 709 (IRC 6075(b))")
    donor_date_of_death: Day | None = Field(
        None, description="The donor's day of death, if in that year (IRC 6075(b)(3))"
    )
    lifetime_distribution_year: Year | None = Field(
        None, description="Year of a taxable or hardship payment of QDOT principal (IRC 2056A(b)(5)(A))"
    )
    spouse_death: Day | None = Field(None, description="The surviving spouse's day of death (IRC 2056A(b)(5)(B))")
    qdot_ceased_on: Day | None = Field(None, description="Day the trust ceased to qualify (IRC 2056A(b)(4))")
    spouse_naturalized_on: Day | None = Field(
        None, description="Day of the oath of a QDOT's beneficiary (IRC 2056A(b)(12))"
    )
    final_determination_date: Day | None = Field(
        None, description="Day the first decedent's tax was finally determined (IRC 2056A(b)(2)(B)(ii))"
    )


def answer_deadlines(facts: DeadlinesInput, book: LawBook) -> Answer:
    """Work out every date that the stated events start, in order of time."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    listed: list[dict[str, Any]] = []

    def add(name: str, what: str, due: date, nominal: date, *citations: str, note: str = "") -> None:
        answer.result[name] = due
        listed.append({"what": what, "due": due, "nominal": nominal, "authority": list(citations), "note": note})

    if facts.date_of_death is not None:
        _after_death(facts, facts.date_of_death, answer, add)
    _election(facts, answer)
    if facts.year_of_gift is not None:
        _gifts(facts, facts.year_of_gift, add)
    _qdot(facts, add)
    answer.result["deadlines"] = sorted(listed, key=lambda item: item["due"])
    if not listed and "election_allowed" not in answer.result:
        answer.need("date_of_death")
    return answer


def _moved(day: date) -> date:
    return next_business_day(day, is_legal_holiday)


def _after_death(facts: DeadlinesInput, death: date, answer: Answer, add: Add) -> None:
    extended = bool(facts.extension_granted)
    nine, fifteen = add_months(death, 9), add_months(death, 15)
    due = form_706_due(death, is_legal_holiday)
    later = form_706_due(death, is_legal_holiday, extended=True)
    final, nominal = (later, fifteen) if extended else (due, nine)
    add("form_706_due", "Form 706: file", final, nominal, "IRC 6075(a)", "IRC 6081(a)", "IRC 7503")
    add("payment_due", "Estate tax: pay", due, nine, "IRC 6151(a)", note="an extension to file does not extend payment")
    add(
        "form_4768_due", "Form 4768: ask for six more months to file", due, nine, "IRC 6081(a)", "Treas. Reg. 20.6081-1"
    )
    add("form_706_extended_due", "Form 706 with Form 4768 filed in time", later, fifteen, "IRC 6075(a)", "IRC 6081(a)")
    add(
        "qdot_election_timely_until",
        "QDOT election on the last return filed in time",
        final,
        nominal,
        "IRC 2056A(a)(3)",
        "Treas. Reg. 20.2056A-3(a)",
    )
    last = qdot_election_last_day(death, extended=extended)
    add(
        "qdot_election_last_day",
        "QDOT election on a first return filed late: last day",
        last,
        last,
        "IRC 2056A(d)",
        note="one year after the due date; IRC 7503 is not counted on",
    )
    add(
        "assignment_until",
        "The spouse's irrevocable assignment to the QDOT",
        final,
        nominal,
        "IRC 2056(d)(2)(B)",
        "Treas. Reg. 20.2056A-4(b)(1)",
        note="on or before the day the return is actually filed; a late first return: that day, at most one year late",
    )
    add(
        "reformation_until",
        "Reform of the trust: complete under its own terms, or court action commenced",
        final,
        nominal,
        "IRC 2056(d)(5)",
        "Treas. Reg. 20.2056A-4(a)",
    )
    conveyance = add_months(nominal, 12)
    add(
        "conveyance_until",
        "Convey the assigned property to the QDOT, where there is no administration",
        conveyance,
        conveyance,
        "Treas. Reg. 20.2056A-4(b)(6)",
        note="with an administration: before it ends",
    )
    fifth = date(death.year + 5, death.month, 28 if (death.month, death.day) == (2, 29) else death.day)
    add(
        "portability_relief_until",
        "Portability for an estate that need not file: late election",
        fifth,
        fifth,
        "Rev. Proc. 2022-32",
    )
    answer.result |= {"deadline": final, "nominal_deadline": nominal}


def _election(facts: DeadlinesInput, answer: Answer) -> None:
    """Say whether the first return filed may still elect. IRC 2056A(d); Treas. Reg. 20.2056A-3(a)."""
    if facts.return_due_with_extension is not None:
        last = add_months(facts.return_due_with_extension, 12)
    elif facts.date_of_death is not None:
        last = qdot_election_last_day(facts.date_of_death, extended=bool(facts.extension_granted))
    else:
        return
    answer.result["qdot_election_last_day"] = last
    if facts.first_return_filed is not None:
        answer.result["election_allowed"] = facts.first_return_filed <= last


def _gifts(facts: DeadlinesInput, year: int, add: Add) -> None:
    nominal = date(year + 1, 4, 15)
    due, extended = form_709_due(year, is_legal_holiday), add_months(nominal, 6)
    note = ""
    died = facts.donor_date_of_death or facts.date_of_death
    if died is not None and died.year == year:
        of_estate = form_706_due(died, is_legal_holiday, extended=bool(facts.extension_granted))
        due = min(due, of_estate)
        note = "the donor died that year: not later than Form 706, where one must be filed"
    add(
        "form_709_due", f"Form 709 for gifts of {year}", due, nominal, "IRC 6075(b)", "Treas. Reg. 25.6075-1", note=note
    )
    if not note:
        add(
            "form_709_extended_due",
            f"Form 709 for gifts of {year} with Form 4868 or 8892",
            _moved(extended),
            extended,
            "IRC 6075(b)(2)",
            "Treas. Reg. 25.6081-1",
        )


def _qdot(facts: DeadlinesInput, add: Add) -> None:
    death = facts.spouse_death
    if facts.lifetime_distribution_year is not None:
        year = facts.lifetime_distribution_year
        nominal = date(year + 1, 4, 15)
        due = form_706_qdt_due_for_distribution(year, is_legal_holiday)
        if death is not None and death.year == year:
            due = min(due, form_706_qdt_due_for_death(death, is_legal_holiday))
        add(
            "lifetime_tax_due",
            f"Form 706-QDT and tax on principal paid in {year}",
            due,
            nominal,
            "IRC 2056A(b)(5)(A)",
            "Treas. Reg. 20.2056A-11(a)",
        )
    for name, what, day in (
        ("death_tax_due", "Form 706-QDT and tax after the spouse's death", death),
        ("cessation_tax_due", "Form 706-QDT and tax after the trust ceased to qualify", facts.qdot_ceased_on),
    ):
        if day is not None:
            add(
                name,
                what,
                form_706_qdt_due_for_death(day, is_legal_holiday),
                add_months(day, 9),
                "IRC 2056A(b)(5)(B)",
                "Treas. Reg. 20.2056A-11(b)",
            )
    if facts.spouse_naturalized_on is not None:
        nominal = date(facts.spouse_naturalized_on.year + 1, 4, 15)
        add(
            "final_form_706_qdt_due",
            "Final Form 706-QDT that certifies the spouse's citizenship",
            _moved(nominal),
            nominal,
            "IRC 2056A(b)(12)",
            "Treas. Reg. 20.2056A-10(a)(2)",
        )
    if facts.final_determination_date is not None:
        nominal = add_months(facts.final_determination_date, 12)
        add(
            "claim_by",
            "Claim the refund of tax paid at the highest rate",
            _moved(nominal),
            nominal,
            "IRC 2056A(b)(2)(B)(ii)",
            "IRC 7503",
            note=f"plan for {nominal.isoformat()}",
        )


RULE = Rule(
    "deadlines",
    "Due dates of Forms 706, 4768, 709, 706-QDT, of election and assignment",
    DeadlinesInput,
    answer_deadlines,
)
