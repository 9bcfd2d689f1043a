"""`deadlines`: every date that follows from a death, a gift, a QDOT payment or another event of the matter."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import RuleInput, StateCode, Words, Year
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.s2056a_security_dates import (
    annual_statement,
    foreign_property_cure,
    nonrenewal_notice,
    refund_of_drawn_security,
    replacement_security,
    residence_gone,
    security_after_determination,
)
from planning.engine.rules.s2056a_tax_dates import (
    annuity_rollovers,
    annuity_tax,
    designated_filer_data,
    final_return_of_citizen,
    refund_claim,
    tax_at_end,
    tax_on_distributions,
)
from planning.engine.rules.s6075_return_dates import (
    claims_after_filing,
    estate_return,
    gift_return,
    hanging_on_the_return,
    portability,
)
from planning.engine.rules.s7503_due_dates import Calendar, DueDate, Relief, add_months, qdot_election_last_day
from planning.federal_holidays import holidays_with
from planning.inputs import Day, Flag, InputError

# The returns of a QDOT that each trustee sends data for.
FORMS_706_QDT = frozenset(
    {
        "lifetime_tax_due",
        "death_tax_due",
        "cessation_tax_due",
        "final_form_706_qdt_due",
        "annuity_tax_due",
        "annuity_form_706_qdt_due",
    }
)


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
        "hardship_distribution_year": "lifetime_distribution_year",
        "return_filed": "first_return_filed",
        "first_return_filed_on": "first_return_filed",
        "return_filed_on": "first_return_filed",
        "spouse_naturalized": "spouse_naturalized_on",
        "naturalized_on": "spouse_naturalized_on",
        "disqualified_on": "qdot_ceased_on",
        "cessation_date": "qdot_ceased_on",
        "value_finally_determined_on": "final_value_determined_on",
        "bond_expiry": "security_expires_on",
        "bond_expires_on": "security_expires_on",
        "letter_of_credit_expires_on": "security_expires_on",
        "nonrenewal_notice_received": "nonrenewal_notice_received_on",
        "residence_sold": "residence_sold_on",
        "residence_ceased": "residence_ceased_on",
        "trust_year_end": "trust_year_end_for_statement",
        "foreign_property_over_limit_on": "foreign_property_over_35_percent_at",
        "security_drawn_on": "bond_drawn_on",
        "annuity_year": "annuity_payment_year",
        "annuity_payment_received": "annuity_payments_received",
        "annuity_payment_dates": "annuity_payments_received",
        "multiple_qdots": "several_qdots",
        "form_706_qdt_due_date": "form_706_qdt_due",
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
    gift_return_extended: Flag | None = Field(
        None, description="Whether Form 4868 or 8892 gave six months more for Form 709; null: no"
    )
    donor_date_of_death: Day | None = Field(
        None, description="The donor's day of death, if in that year (IRC 6075(b)(3))"
    )
    form_706_required: Flag | None = Field(
        None, description="Whether the donor who died needs an estate tax return; null: taken as yes, the earlier date"
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
    final_value_determined_on: Day | None = Field(
        None, description="Day the value of the QDOT's assets was finally determined (Treas. Reg. 20.2056A-2(d)(1))"
    )
    security_expires_on: Day | None = Field(None, description="Day a bond or letter of credit runs out")
    nonrenewal_notice_received_on: Day | None = Field(
        None, description="Day the notice came that a bond or letter of credit will not be renewed"
    )
    bond_drawn_on: Day | None = Field(None, description="Day the IRS drew on a bond or letter of credit")
    drawn_security: Literal["bond", "letter_of_credit"] = Field("bond", description="What the IRS drew on")
    residence_sold_on: Day | None = Field(None, description="Day the residence left out of the value test was sold")
    residence_ceased_on: Day | None = Field(
        None, description="Day the spouse's use of that residence ended (Treas. Reg. 20.2056A-2(d)(1)(iv)(G))"
    )
    trust_year_end_for_statement: Day | None = Field(
        None, description="Last day of a trust year that needs an annual statement (Treas. Reg. 20.2056A-2(d)(3))"
    )
    foreign_property_over_35_percent_at: Day | None = Field(
        None, description="Last day of the trust year in which foreign real property was over 35%"
    )
    annuity_option: Literal["pay", "roll_over"] | None = Field(
        None, description="Annuity that cannot be assigned: spouse pays the tax, or rolls over (20.2056A-4(c)(2)-(3))"
    )
    annuity_payment_year: Year | None = Field(None, description="Year of annuity payments to be reported")
    annuity_payments_received: list[Day] | Day | None = Field(
        None, description="Days on which annuity payments were received (roll-over within sixty days of each)"
    )
    several_qdots: Flag | None = Field(
        None, description="Whether the decedent left more than one QDOT, so that a Designated Filer needs their data"
    )
    form_706_qdt_due: Day | None = Field(
        None, description="Due date of a Form 706-QDT of the Designated Filer (Treas. Reg. 20.2056A-9)"
    )
    filing_office_state: StateCode | None = Field(
        None, description="State of the office the return goes to; its legal holidays count too (IRC 7503)"
    )
    disaster_relief_from: Day | None = Field(
        None, description="First day of a postponement the firm found (IRC 7508, 7508A)"
    )
    disaster_relief_until: Day | None = Field(None, description="Day until which acts may be done under it")
    disaster_relief_authority: Words | None = Field(None, description="IRS notice or announcement that grants it")


def answer_deadlines(facts: DeadlinesInput, book: LawBook) -> Answer:
    """Work out every date that the stated events start, in order of time."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    calendar = _calendar(facts, answer)
    found = [*_after_death(facts, calendar), *_gifts(facts, calendar), *_qdot(facts, calendar)]
    found += [*_security(facts, calendar), *_annuity(facts, calendar)]
    found += _designated_filer(facts, calendar, found)
    _print(answer, found)
    _answers_beside(facts, answer, found)
    if not found and "election_allowed" not in answer.result:
        answer.need("date_of_death")
    return answer


def _calendar(facts: DeadlinesInput, answer: Answer) -> Calendar:
    """Return the holidays and the postponement that hold; raises `InputError` where they cannot be used."""
    try:
        is_holiday = holidays_with(facts.filing_office_state)
    except NotImplementedError:
        message = f"filing_office_state: {facts.filing_office_state!r} is no state, expected two letters such as MO"
        raise InputError([message]) from None
    first, last, authority = (
        facts.disaster_relief_from,
        facts.disaster_relief_until,
        facts.disaster_relief_authority,
    )
    if first is None and last is None:
        return Calendar(is_holiday)
    if first is None or last is None or authority is None:
        answer.need(
            *(
                f"disaster_relief_{name}"
                for name, value in (("from", first), ("until", last), ("authority", authority))
                if value is None
            )
        )
        return Calendar(is_holiday)
    if last < first:
        raise InputError(
            [f"disaster_relief_until: {last.isoformat()} is before the relief begins, expected a later day"]
        )
    answer.warn(
        "relief_entered_by_firm",
        f"Dates of acts toward the IRS from {first.isoformat()} on are put off to {last.isoformat()}, as the firm "
        f"entered it: {authority}. Check that it covers this taxpayer and these acts.",
        "IRC 7508A",
    )
    return Calendar(is_holiday, Relief(first, last, authority))


def _after_death(facts: DeadlinesInput, calendar: Calendar) -> list[DueDate]:
    death, extended = facts.date_of_death, bool(facts.extension_granted)
    found: list[DueDate] = []
    if death is not None:
        found += estate_return(calendar, death, extended=extended)
        found += portability(calendar, death)
        nominal, last = add_months(death, 15 if extended else 9), qdot_election_last_day(death, extended=extended)
        found += hanging_on_the_return(calendar, nominal, last, facts.first_return_filed)
    elif facts.return_due_with_extension is not None:
        nominal = facts.return_due_with_extension
        found += hanging_on_the_return(calendar, nominal, add_months(nominal, 12), facts.first_return_filed)
    if facts.first_return_filed is not None:
        found += claims_after_filing(calendar, facts.first_return_filed)
    return found


def _gifts(facts: DeadlinesInput, calendar: Calendar) -> list[DueDate]:
    if facts.year_of_gift is None:
        return []
    return gift_return(
        calendar,
        facts.year_of_gift,
        donor_death=facts.donor_date_of_death or facts.date_of_death,
        estate_return_extended=bool(facts.extension_granted),
        estate_return_required=facts.form_706_required,
        extended=bool(facts.gift_return_extended),
    )


def _qdot(facts: DeadlinesInput, calendar: Calendar) -> list[DueDate]:
    found: list[DueDate] = []
    if facts.lifetime_distribution_year is not None:
        found += tax_on_distributions(calendar, facts.lifetime_distribution_year, facts.spouse_death)
    if facts.spouse_death is not None:
        found += tax_at_end(calendar, facts.spouse_death, death=True)
    if facts.qdot_ceased_on is not None:
        found += tax_at_end(calendar, facts.qdot_ceased_on, death=False)
    if facts.spouse_naturalized_on is not None:
        found += final_return_of_citizen(calendar, facts.spouse_naturalized_on)
    if facts.final_determination_date is not None:
        found.append(refund_claim(calendar, facts.final_determination_date))
    return found


def _security(facts: DeadlinesInput, calendar: Calendar) -> list[DueDate]:
    found: list[DueDate] = []
    if facts.trust_year_end_for_statement is not None:
        found += annual_statement(calendar, facts.trust_year_end_for_statement)
    if facts.final_value_determined_on is not None:
        found.append(security_after_determination(calendar, facts.final_value_determined_on))
    if facts.security_expires_on is not None:
        found.append(nonrenewal_notice(calendar, facts.security_expires_on))
    if facts.nonrenewal_notice_received_on is not None:
        found.append(replacement_security(calendar, facts.nonrenewal_notice_received_on))
    if facts.residence_sold_on is not None:
        found += residence_gone(calendar, facts.residence_sold_on, sold=True)
    if facts.residence_ceased_on is not None:
        found += residence_gone(calendar, facts.residence_ceased_on, sold=False)
    if facts.foreign_property_over_35_percent_at is not None:
        found.append(foreign_property_cure(calendar, facts.foreign_property_over_35_percent_at))
    if facts.bond_drawn_on is not None:
        found.append(refund_of_drawn_security(calendar, facts.bond_drawn_on, facts.drawn_security))
    return found


def _annuity(facts: DeadlinesInput, calendar: Calendar) -> list[DueDate]:
    given = facts.annuity_payments_received
    received = [given] if isinstance(given, date) else given or []
    year = facts.annuity_payment_year
    years = sorted({day.year for day in received} | ({year} if year is not None else set()))
    death = facts.date_of_death
    due = None if death is None else add_months(death, 15 if facts.extension_granted else 9)
    found = [
        annuity_tax(
            calendar,
            of_year,
            pays=pays,
            estate_return_due=due,
            death=death,
            spouse_death=facts.spouse_death,
        )
        for of_year in years
        for pays in (True, False)
        if facts.annuity_option in (None, "pay" if pays else "roll_over")
    ]
    if facts.annuity_option != "pay":
        found += annuity_rollovers(calendar, received)
    return found


def _designated_filer(facts: DeadlinesInput, calendar: Calendar, found: list[DueDate]) -> list[DueDate]:
    days = {item.nominal for item in found if item.name in FORMS_706_QDT} if facts.several_qdots else set()
    if facts.form_706_qdt_due is not None:
        days.add(facts.form_706_qdt_due)
    return [designated_filer_data(calendar, day) for day in sorted(days)]


def _print(answer: Answer, found: list[DueDate]) -> None:
    """Print each date under its name, and all of them in order of time; warn of private dates on a closed day."""
    for item in found:
        if item.name in answer.result:
            answer.result[item.name] = min(answer.result[item.name], item.due)
        else:
            answer.result[item.name] = item.due
        if item.plan_for != item.due:
            answer.warn(
                "private_date_on_closed_day",
                f"{item.what}: {item.due.isoformat()} is no business day and IRC 7503 does not move it; plan for "
                f"{item.plan_for.isoformat()}.",
                *item.citations,
            )
    rollovers = [item.due for item in found if item.name == "annuity_rollover_by"]
    if rollovers:
        answer.result["annuity_rollover_by"] = rollovers
    listed: list[dict[str, Any]] = [
        {
            "name": item.name,
            "what": item.what,
            "due": item.due,
            "nominal": item.nominal,
            "plan_for": item.plan_for,
            "moves": not item.private,
            "authority": list(item.citations),
            "extension": item.extension,
            "note": item.note,
        }
        for item in found
    ]
    answer.result["deadlines"] = sorted(listed, key=lambda item: (item["due"], item["nominal"]))


def _answers_beside(facts: DeadlinesInput, answer: Answer, found: list[DueDate]) -> None:
    """Add the return's own date (without one the first date asked for), and whether the first return may elect."""
    first = found[0] if found else None
    for item in found:
        if item.name == "form_706_due":
            first = item
        if item.name == "qdot_election_last_day" and facts.first_return_filed is not None:
            # IRC 2056A(d); Treas. Reg. 20.2056A-3(a).
            answer.result["election_allowed"] = facts.first_return_filed <= item.due
    if first is not None:
        answer.result |= {"deadline": first.due, "nominal_deadline": first.nominal}


RULE = Rule(
    "deadlines",
    "Every due date from a death, a gift, a QDOT payment or another event, with its authority",
    DeadlinesInput,
    answer_deadlines,
)
