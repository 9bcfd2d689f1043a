"""`qdot-tax`: the estate tax of IRC 2056A on what leaves a QDOT, event by event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.estates import TaxableGiftsOfYear
from planning.compute.fields import Citizenship, Count, RuleInput, Year, is_citizen, law_of, one_day
from planning.compute.rule import Rule
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, LawBook
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts, tax_on_earlier_gifts
from planning.engine.rules.s2056a_qdot import QdotBase, qdot_tax, qdot_tax_before_final_determination
from planning.engine.rules.s7503_due_dates import (
    add_months,
    form_706_qdt_due_for_death,
    form_706_qdt_due_for_distribution,
    next_business_day,
)
from planning.engine.worksheet import ZERO, Worksheet, given
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

Kind = Literal[
    "principal",
    "income",
    "hardship",
    "expense",
    "bond_premium",
    "other_tax",
    "income_tax_reimbursement",
    "sale_for_full_consideration",
    "tax_paid_from_qdot",
    "disqualification",
    "spouse_death",
]
EXEMPT: dict[str, tuple[str, tuple[str, ...]]] = {
    "income": ("income paid to the spouse", ("IRC 2056A(b)(3)(A)", "Treas. Reg. 20.2056A-5(c)(2)")),
    "expense": ("an ordinary and necessary expense of the trust", ("Treas. Reg. 20.2056A-5(c)(3)(i)",)),
    "bond_premium": ("a bond premium or letter of credit fee", ("Treas. Reg. 20.2056A-5(c)(3)(i)",)),
    "other_tax": ("a tax of the trust other than the 2056A tax", ("Treas. Reg. 20.2056A-5(c)(3)(ii)",)),
    "sale_for_full_consideration": ("a sale for full consideration", ("Treas. Reg. 20.2056A-5(c)(3)(iii)",)),
}
LABELS = {
    "principal": "Principal paid out",
    "hardship": "Principal paid out, hardship test not met",
    "income_tax_reimbursement": "Reimbursed above the tax caused by trust items",
    "tax_paid_from_qdot": "2056A tax paid from other trust property",
    "disqualification": "Trust property when the trust ceased to qualify",
    "spouse_death": "Trust property at the spouse's death",
}
ENDS = frozenset({"spouse_death", "disqualification"})


class EventInput(RuleInput):
    """One payment or event of the trust."""

    second_names: ClassVar = {"net_to_spouse": "net_amount"}

    date: Day | None = Field(None, description="Day of the event")
    year: Year | None = Field(None, description="Year of the event, where the day is not known")
    kind: Kind = Field(
        "principal", description="What happened; principal if not said (IRC 2056A(b)(1), (3), (4), (11), (15))"
    )
    amount: Money | None = Field(
        None, description="Cash and value paid, USD, tax withheld included (Treas. Reg. 20.2056A-5(b)(1))"
    )
    net_amount: Money | None = Field(
        None, description="What the spouse keeps after the tax is withheld, USD; the payment is then grossed up"
    )
    tax_paid_from_other_qdot_assets: Money | None = Field(
        None,
        description="2056A tax on this event paid from other trust assets, USD: a further payment (IRC 2056A(b)(11))",
    )
    tax_paid_in_year: Year | None = Field(None, description="Year that tax is paid in; null: the year after the event")
    hardship_test_met: Flag | None = Field(
        None,
        description="Hardship: substantial need, no other source (Treas. Reg. 20.2056A-5(c)(1)); null: taken as met",
    )
    spouse_income_tax_actual: Money | None = Field(
        None, description="Income tax reimbursement: the spouse's tax with the trust items, USD (IRC 2056A(b)(15))"
    )
    spouse_income_tax_without_item: Money | None = Field(None, description="The spouse's tax without those items, USD")


class SpouseDeathInput(RuleInput):
    """The surviving spouse's death."""

    second_names: ClassVar = {"amount": "qdot_value", "value": "qdot_value"}

    date: Day | None = Field(None, description="The spouse's day of death")
    year: Year | None = Field(None, description="The year, where the day is not known")
    qdot_value: Money | None = Field(
        None, description="Value of everything in the QDOT, undistributed income included, USD (IRC 2056A(b)(1)(B))"
    )
    charitable_deduction: Money | None = Field(None, description="Passing to charity, USD (IRC 2056A(b)(10)(A), 2055)")
    marital_deduction: Money | None = Field(None, description="Passing to the spouse's new spouse, USD (IRC 2056)")
    state_death_tax: Money | None = Field(None, description="State death tax on the trust, USD (IRC 2058)")


class QdotTaxInput(RuleInput):
    """The first decedent's final estate and the events of the QDOT."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "first_decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "decedent_death_year": "year",
        "first_decedent_death_year": "year",
        "death_year": "year",
        "tax_year": "year",
        "first_decedent_taxable_estate": "taxable_estate",
        "decedent_taxable_estate": "taxable_estate",
        "dsue_amount": "dsue",
        "events": "distributions",
        "qdot_distributions": "distributions",
        "qdot_value": "qdot_value_at_spouse_death",
    }

    date_of_death: Day | None = Field(
        None,
        description="The first decedent's day of death: its rates and exclusion hold for ever (IRC 2056A(b)(2)(A))",
    )
    year: Year | None = Field(None, description="The first decedent's year of death, where the day is not known")
    decedent_citizenship: Citizenship | None = Field(
        None, description="us or foreign; null: taken as citizen or resident"
    )
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign: domicile at death")
    spouse_citizenship: Citizenship | None = Field(
        None, description="us or foreign: the surviving spouse at the time of the events (IRC 2056A(b)(12))"
    )
    spouse_is_us_citizen: Flag | None = Field(None, description="The same question as yes or no")
    taxable_estate: Money | None = Field(
        None, description="The first decedent's taxable estate after the marital deduction, USD, as finally determined"
    )
    adjusted_taxable_gifts: Money | None = Field(
        None, description="The first decedent's, USD (IRC 2001(b)); null: none"
    )
    taxable_gifts_by_year: list[TaxableGiftsOfYear] | None = Field(
        None, description="The same gifts year by year: the gift tax payable is then worked out (IRC 2001(g)(1))"
    )
    gift_tax_payable: Money | None = Field(
        None, description="Gift tax payable on them, USD (IRC 2001(b)(2)); null: none"
    )
    dsue: Money | None = Field(None, description="DSUE the first decedent had, USD (IRC 2010(c)(4)); null: none")
    prior_taxable_events: Money | None = Field(
        None, description="Amounts taxed before the events here, all QDOTs of the decedent, USD; null: none"
    )
    distributions: list[EventInput] | None = Field(None, description="Events in order of time")
    spouse_death: SpouseDeathInput | None = Field(None, description="The spouse's death, if it is to be taxed")
    spouse_date_of_death: Day | None = Field(None, description="Short form of spouse_death.date")
    qdot_value_at_spouse_death: Money | None = Field(None, description="Short form of spouse_death.qdot_value, USD")
    finally_determined: Flag | None = Field(
        None,
        description="Whether the first decedent's tax is finally determined (IRC 2056A(b)(2)(B)); null: taken as yes",
    )
    final_determination_date: Day | None = Field(
        None, description="Day it was finally determined: earlier events are taxed at the highest rate first"
    )
    number_of_qdots: Count | None = Field(None, description="How many QDOTs the decedent left; null: one")
    designated_filer: Flag | None = Field(
        None, description="Several QDOTs: whether one designated filer files for all (IRC 2056A(b)(2)(C))"
    )

    @property
    def day(self) -> date | None:
        """The day whose law decides."""
        return one_day(self.date_of_death, self.year, "date_of_death")


@dataclass(slots=True)
class Event:
    """One event with what is taxed of it; `row` is printed in the order given."""

    path: str
    kind: Kind
    day: date | None
    year: int | None
    amount: Decimal | None
    taxable: Decimal | None
    net: Decimal | None
    row: dict[str, Any]

    @property
    def order(self) -> tuple[date, bool]:
        """Events go by date; what has no day comes first in its year, the end of the trust last."""
        ends = self.kind in ENDS
        if self.day is not None:
            return self.day, ends
        if self.year is not None:
            return date(self.year, 12, 31) if ends else date(self.year, 1, 1), ends
        return date.max if ends else date.min, ends


def answer_qdot_tax(facts: QdotTaxInput, book: LawBook) -> Answer:
    """Tax every event on top of all earlier ones, at the first decedent's rates and exclusion."""
    answer = Answer()
    if facts.decedent_citizenship == "foreign" and facts.decedent_domicile == "foreign":
        return answer.refuse(
            "nonresident_decedent",
            "The first decedent was neither a US citizen nor domiciled in the United States: the tax is worked out "
            "under IRC 2101, which this rule does not hold.",
            "IRC 2056A(b)(2)(A)",
            "Treas. Reg. 20.2056A-6(a)",
        )
    if is_citizen(flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"):
        return answer.refuse(
            "spouse_became_citizen",
            "The spouse is a US citizen: whether anything is still taxed depends on residence since the death, on "
            "tax imposed before, or on an election; this rule does not hold those conditions.",
            "IRC 2056A(b)(12)",
            "Treas. Reg. 20.2056A-10",
        )
    top_rate = (facts.number_of_qdots or 1) > 1 and facts.designated_filer is False
    if (facts.number_of_qdots or 1) > 1 and facts.designated_filer is None:
        answer.need("designated_filer")
    events = _events(facts, answer, hardship_exempt=not top_rate)
    if not events and not answer.missing:
        answer.need("distributions")
    base = _base(facts, book, answer, needed=any(event.taxable != 0 for event in events))
    sheet = answer.sheet("Q-", "Estate tax on what leaves the QDOT")
    totals = _tax_events(facts, events, base, sheet, answer, top_rate=top_rate)
    answer.result = totals | {"events": [event.row for event in events]}
    return answer


def _events(facts: QdotTaxInput, answer: Answer, *, hardship_exempt: bool) -> list[Event]:
    """Return the events in the order given, with the further distributions that paying the tax makes."""
    events: list[Event] = []
    for index, given_event in enumerate(facts.distributions or []):
        path = f"distributions[{index}]"
        event = _event(path, given_event, answer, hardship_exempt=hardship_exempt)
        events.append(event)
        extra = given_event.tax_paid_from_other_qdot_assets
        if extra:
            year = given_event.tax_paid_in_year or (event.year + 1 if event.year else None)
            event.row["additional_distribution_in_year_tax_is_paid"] = extra
            row = _row(path, "tax_paid_from_qdot", None, year, extra)
            row |= {"taxable_amount": extra, "citations": ["IRC 2056A(b)(11)", "Treas. Reg. 20.2056A-5(b)(1)"]}
            events.append(Event(path, "tax_paid_from_qdot", None, year, extra, extra, None, row))
    death = _spouse_death(facts, answer)
    if death is not None:
        events.append(death)
    first_death = facts.day
    for event in events:
        if event.year and first_death and event.year < first_death.year:
            raise InputError([f"{event.path}: {event.year} is before the first death, expected a later day"])
        if event.day and facts.date_of_death and event.day < facts.date_of_death:
            raise InputError([f"{event.path}.date: {event.day} is before the first death, expected a later day"])
    _refuse_after_the_end(events)
    return events


def _refuse_after_the_end(events: list[Event]) -> None:
    ends = [event for event in events if event.kind in ENDS]
    if len(ends) > 1:
        raise InputError([f"{ends[1].path}: the trust ends twice, expected one death or disqualification"])
    for event in events:
        if ends and event.kind != "tax_paid_from_qdot" and event.order > ends[0].order:
            raise InputError([f"{event.path}: comes after the trust ended, expected an earlier day"])


def _row(path: str, kind: str, day: date | None, year: int | None, amount: Decimal | None) -> dict[str, Any]:
    return {
        "event": path,
        "kind": kind,
        "date": day,
        "year": year,
        "amount": amount,
        "taxable_amount": None,
        "tax": None,
        "reason": "",
        "citations": [],
        "report_on_form_706_qdt": False,
        "due_date": None,
    }


def _event(path: str, event: EventInput, answer: Answer, *, hardship_exempt: bool) -> Event:
    if event.date and event.year and event.date.year != event.year:
        raise InputError([f"{path}.year: is not the year of the date, expected the two to agree"])
    if event.amount is not None and event.net_amount is not None:
        raise InputError([f"{path}.net_amount: stands beside amount, expected one of the two"])
    year = event.date.year if event.date else event.year
    row = _row(path, event.kind, event.date, year, event.amount)
    found = Event(path, event.kind, event.date, year, event.amount, None, event.net_amount, row)
    if event.kind in EXEMPT:
        found.taxable = ZERO
        row["reason"], citations = EXEMPT[event.kind]
        row["citations"] = list(citations)
        return found
    if event.kind == "hardship":
        _hardship(event, found, answer, exempt=hardship_exempt and event.hardship_test_met is not False)
    elif event.kind == "income_tax_reimbursement":
        _reimbursement(event, found, answer)
    else:
        row["citations"] = ["IRC 2056A(b)(4)"] if event.kind == "disqualification" else ["IRC 2056A(b)(1)(A)"]
        found.taxable = event.amount
        if event.amount is None and event.net_amount is None:
            answer.need(f"{path}.amount")
    return found


def _hardship(event: EventInput, found: Event, answer: Answer, *, exempt: bool) -> None:
    found.row["report_on_form_706_qdt"] = True
    found.row["citations"] = ["IRC 2056A(b)(3)(B)", "Treas. Reg. 20.2056A-5(c)(1)"]
    if not exempt:
        found.taxable = event.amount
        found.row["reason"] = "the hardship exemption does not apply"
        if event.amount is None and event.net_amount is None:
            answer.need(f"{found.path}.amount")
        return
    found.taxable = ZERO
    found.row["reason"] = "hardship: exempt, and reported all the same"
    if event.hardship_test_met is None:
        answer.warn(
            "hardship_taken_as_met",
            "The hardship test is taken as met: an immediate and substantial need, and no other source.",
            "Treas. Reg. 20.2056A-5(c)(1)",
        )


def _reimbursement(event: EventInput, found: Event, answer: Answer) -> None:
    found.row["citations"] = ["IRC 2056A(b)(15)", "Treas. Reg. 20.2056A-5(c)(3)(iv)"]
    actual, without = event.spouse_income_tax_actual, event.spouse_income_tax_without_item
    names = ("amount", "spouse_income_tax_actual", "spouse_income_tax_without_item")
    missing = [f"{found.path}.{name}" for name in names if getattr(event, name) is None]
    if missing or actual is None or without is None or event.amount is None:
        answer.need(*missing)
        return
    exempt = min(event.amount, max(ZERO, actual - without))
    found.taxable = event.amount - exempt
    found.row["exempt_reimbursement"] = exempt
    found.row["reason"] = "exempt up to the spouse's tax with the trust items less the tax without them"


def _spouse_death(facts: QdotTaxInput, answer: Answer) -> Event | None:
    death = facts.spouse_death
    if death is None and facts.spouse_date_of_death is None and facts.qdot_value_at_spouse_death is None:
        return None
    if death is None:
        death = SpouseDeathInput.model_validate({})
    elif facts.spouse_date_of_death is not None or facts.qdot_value_at_spouse_death is not None:
        raise InputError(["spouse_death: stands beside its short form, expected one of the two"])
    day = death.date or facts.spouse_date_of_death
    value = death.qdot_value if death.qdot_value is not None else facts.qdot_value_at_spouse_death
    row = _row("spouse_death", "spouse_death", day, day.year if day else death.year, value)
    row["citations"] = ["IRC 2056A(b)(1)(B)"]
    found = Event("spouse_death", "spouse_death", day, row["year"], value, None, None, row)
    if value is None:
        answer.need("spouse_death.qdot_value")
        return found
    deductions = [death.charitable_deduction, death.marital_deduction, death.state_death_tax]
    less = sum((amount or ZERO for amount in deductions), ZERO)
    if less > value:
        raise InputError(
            [f"spouse_death.qdot_value: {value:f} is less than its deductions, expected at least {less:f}"]
        )
    if less:
        row["deductions"] = less
        row["citations"] += ["IRC 2056A(b)(10)(A)", "Treas. Reg. 20.2056A-6(b)"]
    found.taxable = value - less
    return found


def _base(facts: QdotTaxInput, book: LawBook, answer: Answer, *, needed: bool) -> QdotBase | None:
    """Return the first decedent's final estate, or None with what is missing noted where it is needed."""
    day = facts.day
    if needed:
        if day is None:
            answer.need("date_of_death")
        if facts.taxable_estate is None:
            answer.need("taxable_estate")
    if day is None:
        return None
    law = law_of(book, day, "date_of_death" if facts.date_of_death else "year")
    if facts.taxable_estate is None:
        return None
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    gifts, payable = facts.adjusted_taxable_gifts or ZERO, facts.gift_tax_payable or ZERO
    if facts.taxable_gifts_by_year is not None:
        if facts.adjusted_taxable_gifts is not None:
            raise InputError(["taxable_gifts_by_year: stands beside adjusted_taxable_gifts, expected one of the two"])
        years = []
        for index, entry in enumerate(facts.taxable_gifts_by_year):
            of_year = law_of(book, date(entry.year, 12, 31), f"taxable_gifts_by_year[{index}].year")
            years.append(YearOfGifts(entry.year, entry.taxable_gifts, of_year.basic_exclusion_amount))
        earlier = tax_on_earlier_gifts(years, law.rate_table)
        gifts = earlier.taxable_gifts
        payable = earlier.tax_payable if facts.gift_tax_payable is None else facts.gift_tax_payable
    silent = {"adjusted taxable gifts": facts.taxable_gifts_by_year or facts.adjusted_taxable_gifts, "DSUE": facts.dsue}
    names = [name for name, value in silent.items() if value is None]
    if names:
        answer.warn("taken_as_none", f"Not stated, taken as none: {', '.join(names)} of the first decedent.")
    return QdotBase(
        taxable_estate=facts.taxable_estate,
        adjusted_taxable_gifts=gifts,
        gift_tax_payable=payable,
        applicable_exclusion_amount=law.basic_exclusion_amount + (facts.dsue or ZERO),
        rate_table=law.rate_table,
        year=law.year,
    )


def _tax_events(
    facts: QdotTaxInput,
    events: list[Event],
    base: QdotBase | None,
    sheet: Worksheet,
    answer: Answer,
    *,
    top_rate: bool,
) -> dict[str, Any]:
    """Tax the events in order of time; fill their rows and return the totals."""
    start = prior = facts.prior_taxable_events or ZERO
    spouse_death = next((event.order[0] for event in events if event.kind == "spouse_death" and event.day), None)
    whole = True
    tentative, final = ZERO, ZERO
    by_year: dict[str, Decimal] = {}
    for event in sorted(events, key=lambda event: event.order):
        row = event.row
        if event.net is not None and base is not None and event.taxable is None:
            event.taxable = base.gross_distribution(prior, event.net)
            row["amount"], row["net_amount"] = event.taxable, event.net
        row["taxable_amount"] = event.taxable
        _date_row(event, spouse_death)
        if event.taxable == 0:
            row["tax"] = ZERO
        if not event.taxable:
            whole = whole and event.taxable is not None
            continue
        if base is None:
            whole = False
            continue
        row["prior_taxable_amounts"] = prior
        row["net_tax_with_event"] = base.net_tax(prior + event.taxable)
        row["net_tax_without_event"] = base.net_tax(prior)
        label = LABELS.get(event.kind, "Taxed amount")
        label = f"{label}, {event.day.isoformat() if event.day else event.year or 'no date'}"
        tax = qdot_tax(
            sheet,
            base=base,
            prior=given(prior, "earlier taxable amounts"),
            amount=given(event.taxable, event.path),
            label=label,
        ).amount
        due_now = tax
        if top_rate or not _determined(facts, event):
            due_now = qdot_tax_before_final_determination(
                sheet, base=base, amount=given(event.taxable, event.path)
            ).amount
            row["tentative_tax"] = due_now
            row["final_tax"] = None if top_rate else tax
            row["refund_with_interest"] = None if top_rate else due_now - tax
            row["citations"] = [*row["citations"], "IRC 2056A(b)(2)(C)" if top_rate else "IRC 2056A(b)(2)(B)"]
            if not top_rate:
                row |= _refund_dates(facts)
        prior += event.taxable
        row["tax"] = due_now
        row["exclusion_left_after"] = base.exclusion_left(prior)
        tentative += due_now
        final += due_now if top_rate else tax
        if event.year:
            by_year[str(event.year)] = by_year.get(str(event.year), ZERO) + due_now
    if facts.finally_determined is None and facts.final_determination_date is None and prior > start:
        answer.warn(
            "taken_as_finally_determined",
            "The first decedent's estate tax is taken as finally determined before each event.",
            "IRC 2056A(b)(2)(B)",
        )
    death_row = next((event.row for event in events if event.kind == "spouse_death"), None)
    last = max(events, key=lambda event: event.order).row if events else {}
    return {
        "total_tax": tentative if whole else None,
        "section_2056a_tax": tentative if whole else None,
        "total_tax_once_determined": final if whole else None,
        "total_taxable_amount": prior - start if whole else None,
        "tax_by_year": by_year,
        "tax_at_spouse_death": death_row["tax"] if death_row else None,
        "net_tax_with_event": last.get("net_tax_with_event"),
        "net_tax_without_event": last.get("net_tax_without_event"),
        "tentative_tax": last.get("tentative_tax"),
        "refund_with_interest": last.get("refund_with_interest"),
        "claim_by": last.get("claim_by"),
        "statutory_date": last.get("statutory_date"),
        "exclusion_left": base.exclusion_left(prior) if base and whole else None,
    }


def _determined(facts: QdotTaxInput, event: Event) -> bool:
    """Return whether the first decedent's tax was finally determined before the event."""
    if facts.final_determination_date is None:
        return facts.finally_determined is not False
    if event.day is not None:
        return event.day >= facts.final_determination_date
    return event.year is not None and event.year > facts.final_determination_date.year


def _refund_dates(facts: QdotTaxInput) -> dict[str, date | None]:
    """The refund must be claimed within one year of the final determination."""
    if facts.final_determination_date is None:
        return {"claim_by": None, "statutory_date": None}
    statutory = add_months(facts.final_determination_date, 12)
    return {"claim_by": next_business_day(statutory, is_legal_holiday), "statutory_date": statutory}


def _date_row(event: Event, spouse_death: date | None) -> None:
    """Fill in whether and by when Form 706-QDT reports the event. IRC 2056A(b)(5)."""
    row = event.row
    row["report_on_form_706_qdt"] = row["report_on_form_706_qdt"] or bool(event.taxable)
    if not row["report_on_form_706_qdt"] or event.year is None:
        return
    if event.kind in ENDS:
        row["due_date"] = form_706_qdt_due_for_death(event.day, is_legal_holiday) if event.day else None
        return
    due = form_706_qdt_due_for_distribution(event.year, is_legal_holiday)
    if spouse_death is not None and spouse_death.year == event.year:
        due = min(due, form_706_qdt_due_for_death(spouse_death, is_legal_holiday))
    row["due_date"] = due


RULE = Rule("qdot-tax", "Tax on what leaves a QDOT, event by event", QdotTaxInput, answer_qdot_tax)
