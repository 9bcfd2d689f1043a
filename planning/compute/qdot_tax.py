"""`qdot-tax`: the estate tax of IRC 2056A on what leaves a QDOT, event by event."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.fields import is_citizen, law_of
from planning.compute.qdot_base import first_estate
from planning.compute.qdot_facts import EventInput, QdotTaxInput, SpouseDeathInput
from planning.compute.qdot_findings import qdot_findings
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.election_out_2010 import may_elect_out
from planning.engine.rules.form_706_qdt import REVISION, ReturnAmounts, part_iii
from planning.engine.rules.historic_law import historic_doubts
from planning.engine.rules.s2044_survivors_estate import FORMS
from planning.engine.rules.s2056a_b10_benefits import (
    alternate_value_may_be_elected,
    deductions_at_death,
    special_use_decrease,
)
from planning.engine.rules.s2056a_events import (
    ENDS_OF_TRUST,
    EventKind,
    TrustAtDeath,
    authority_of,
    exempt_reimbursement,
    is_taxable_event,
    place_in_time,
    tax_on_tax,
    tax_paid_is_a_distribution,
)
from planning.engine.rules.s2056a_exempt_payments import (
    EXPENSES,
    FULL_VALUE,
    HARDSHIP,
    INCOME,
    OTHER_TAXES,
    REIMBURSEMENT,
)
from planning.engine.rules.s2056a_highest_rate import (
    claim_refund_by,
    data_due_to_filer,
    finally_determined_before,
    highest_rate_without_filer,
    split_by_taxable_amount,
    tax_at_highest_rate,
)
from planning.engine.rules.s2056a_qdot import (
    NOTHING_PAID,
    NonresidentQdotBase,
    QdotBase,
    QdotBaseWithCredits,
    qdot_tax,
)
from planning.engine.rules.s7503_due_dates import form_706_qdt_due_for_death, form_706_qdt_due_for_distribution
from planning.engine.worksheet import ZERO, Worksheet, given, to_cents
from planning.federal_holidays import is_legal_holiday
from planning.inputs import InputError

SPECIAL_USE_LIMIT = "special_use_valuation_cap"
WHOLE = Decimal(100)
EXEMPT: dict[str, tuple[str, tuple[str, ...]]] = {
    "income": ("income paid to the spouse", INCOME),
    "expense": ("an ordinary and necessary expense of the trust", EXPENSES),
    "bond_premium": ("a bond premium or letter of credit fee", EXPENSES),
    "other_tax": ("a tax of the trust other than the 2056A tax", OTHER_TAXES),
    "sale_for_full_consideration": ("a sale for full consideration", FULL_VALUE),
}
LABELS = {
    "principal": "Principal paid out",
    "power_exercised": "Principal paid out by the exercise of a power",
    "capital_gain": "Capital gain paid out",
    "annuity_corpus_portion": "Corpus portion of a nonassignable annuity",
    "hardship": "Principal paid out, hardship test not met",
    "income_tax_reimbursement": "Reimbursed above the tax caused by trust items",
    "tax_paid_from_qdot": "2056A tax paid from other trust property",
    "disqualification": "Trust property when the trust ceased to qualify",
    "spouse_death": "Trust property at the spouse's death, less deductions",
}


@dataclass(slots=True)
class Event:
    """One event with what is taxed of it; `row` is printed in the order given."""

    path: str
    kind: EventKind
    day: date | None
    year: int | None
    amount: Decimal | None
    taxable: Decimal | None
    net: Decimal | None
    row: dict[str, Any]
    qdots: dict[str, Decimal] = field(default_factory=dict)
    tax_from_trust: bool = False
    deductions: Decimal = ZERO
    tax: Decimal = ZERO
    base: QdotBase | None = None

    @property
    def order(self) -> tuple[date, bool]:
        """Where the event stands in time."""
        return place_in_time(kind=self.kind, day=self.day, year=self.year)


@dataclass(slots=True)
class Run:
    """What the events add up to, USD; `whole` is False once one of them could not be computed."""

    base: QdotBase | None
    start: Decimal
    prior: Decimal
    due: Decimal = ZERO
    final: Decimal = ZERO
    whole: bool = True
    by_year: dict[str, Decimal] = field(default_factory=dict)
    top_rate: bool = False


def answer_qdot_tax(facts: QdotTaxInput, book: LawBook) -> Answer:
    """Tax every event on top of all earlier ones, at the first decedent's rates and exclusion."""
    answer = Answer()
    citizen = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    if citizen and facts.spouse_naturalized_on is None:
        return answer.refuse(
            "spouse_became_citizen",
            "The spouse is a US citizen: whether anything is still taxed depends on residence since the death, on "
            "tax imposed before, or on an election. Ask citizenship-after-qdot, and state the day of the oath here "
            "for what was taxed before it.",
            "IRC 2056A(b)(12)",
            "Treas. Reg. 20.2056A-10",
        )
    if facts.election_made is False:
        return answer.refuse(
            "no_qdot_election",
            "Without the election the trust is no QDOT: nothing was deducted for it, and no 2056A tax is due.",
            "IRC 2056A(a)(3), (d)",
        )
    if facts.elected_out_2010:
        return _elected_out(facts, answer)
    if facts.total_tax is not None:
        return _only_split(facts, answer)
    if facts.decedent_citizenship == "foreign" and facts.decedent_domicile is None:
        answer.need("decedent_domicile")
    no_filer = _no_filer(facts, answer)
    events = _events(facts, answer, hardship_exempt=not no_filer)
    if not events and not answer.missing:
        answer.need("distributions")
    needed = any(event.taxable != 0 for event in events) and not _flat_rate_only(facts)
    base = first_estate(facts, book, answer, needed=needed)
    start = facts.prior_taxable_events or ZERO
    run = Run(base, start, start, top_rate=no_filer)
    sheet = answer.sheet("Q-", "Estate tax on what leaves the QDOT")
    _tax_events(facts, book, events, run, sheet, answer)
    answer.result = _totals(facts, events, run) | {"events": [event.row for event in events]}
    if base is not None:
        _form_sheets(events, run, answer)
    total = answer.result["total_tax"]
    answer.findings += qdot_findings(facts, events, total, no_filer=no_filer, answer=answer)
    return answer


def _elected_out(facts: QdotTaxInput, answer: Answer) -> Answer:
    """An estate of 2010 outside the estate tax has no deduction to secure and so, by inference, no QDOT tax."""
    if facts.day is None:
        answer.need("date_of_death")
        return answer
    if not may_elect_out(facts.day):
        raise InputError([f"elected_out_2010: the death was in {facts.day.year}, expected a death in 2010"])
    for doubt in historic_doubts(
        facts.day, gift_tax_payable=ZERO, elected_out=True, nonresident=facts.nonresident_decedent, taxed=ZERO
    ):
        answer.warn(doubt.code, doubt.text, *doubt.citations)
    return answer.refuse(
        "elected_out_2010",
        "The executor elected out of the estate tax of 2010: no marital deduction was needed, and no QDOT tax follows.",
        "P.L. 111-312 sec. 301(c)",
    )


def _flat_rate_only(facts: QdotTaxInput) -> bool:
    return facts.marginal_rate_percent is not None and facts.day is None and facts.taxable_estate is None


def _no_filer(facts: QdotTaxInput, answer: Answer) -> bool:
    """Return whether several QDOTs lack one designated filer."""
    filer = facts.designated_filer
    if facts.qdots > 1 and filer is None:
        answer.need("designated_filer")
        return False
    if facts.qdots > 1 and filer and facts.designated_filer_vacant:
        if facts.successor_chosen_before_due_date is None:
            answer.need("successor_chosen_before_due_date")
        filer = facts.successor_chosen_before_due_date is not False
    qualified = bool(filer) and facts.designated_filer_is_us_trustee is not False
    return highest_rate_without_filer(number_of_qdots=facts.qdots, designated_filer=qualified)


def _only_split(facts: QdotTaxInput, answer: Answer) -> Answer:
    """Split a tax worked out elsewhere among the QDOTs."""
    amounts: dict[str, Decimal] = {}
    for index, event in enumerate(facts.events):
        if event.qdot is None or event.amount is None:
            name = "qdot" if event.qdot is None else "amount"
            answer.need(f"distributions[{index}].{name}")
            continue
        amounts[event.qdot] = amounts.get(event.qdot, ZERO) + event.amount
    if not facts.events:
        answer.need("distributions")
    answer.result = {"total_tax": facts.total_tax} | _split(facts, amounts, facts.total_tax or ZERO, answer)
    answer.findings += qdot_findings(facts, [], facts.total_tax, no_filer=False, answer=answer)
    return answer


def _split(facts: QdotTaxInput, amounts: dict[str, Decimal], tax: Decimal, answer: Answer) -> dict[str, Any]:
    if facts.instrument_or_local_law_says_otherwise:
        answer.warn(
            "split_by_instrument",
            "The instrument or local law splits the tax among the trusts otherwise than by taxable amounts.",
            "Treas. Reg. 20.2056A-9",
        )
        return {"tax_by_qdot": None}
    shares = split_by_taxable_amount(tax, amounts)
    return {"tax_by_qdot": shares} | {f"tax_from_{name}": share for name, share in shares.items()}


def _events(facts: QdotTaxInput, answer: Answer, *, hardship_exempt: bool) -> list[Event]:
    """Return the events in the order given, with the further distributions that stated payments of tax make."""
    events: list[Event] = []
    for index, given_event in enumerate(facts.events):
        path = f"distributions[{index}]"
        event = _event(path, given_event, answer, hardship_exempt=hardship_exempt)
        _after_the_oath(facts, event, answer)
        events.append(event)
        extra = tax_paid_is_a_distribution(given_event.tax_paid_from_other_qdot_assets or ZERO)
        if extra:
            year = given_event.tax_paid_in_year or (event.year + 1 if event.year else None)
            event.row["additional_distribution_in_year_tax_is_paid"] = extra
            events.append(_tax_paid(event, year, extra))
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


def _tax_paid(event: Event, year: int | None, extra: Decimal) -> Event:
    row = _row(event.path, "tax_paid_from_qdot", None, year, extra)
    row |= {"taxable_amount": extra, "citations": list(authority_of("tax_paid_from_qdot"))}
    qdots = dict.fromkeys(event.qdots, extra) if len(event.qdots) == 1 else {}
    return Event(event.path, "tax_paid_from_qdot", None, year, extra, extra, None, row, qdots)


def _refuse_after_the_end(events: list[Event]) -> None:
    ends = [event for event in events if event.kind in ENDS_OF_TRUST]
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


def _amounts_of(path: str, event: EventInput) -> tuple[Decimal | None, Decimal | None]:
    """Return gross and net amount as stated: with the tax withheld, a net amount is a gross one."""
    if event.amount is not None and event.net_amount is not None:
        raise InputError([f"{path}.net_amount: stands beside amount, expected one of the two"])
    if event.net_amount is not None and event.tax_withheld is not None:
        return event.net_amount + event.tax_withheld, None
    if event.tax_withheld and event.amount is not None and event.tax_withheld > event.amount:
        raise InputError([f"{path}.tax_withheld: is more than the amount, expected at most {event.amount:f}"])
    return event.amount, event.net_amount


def _event(path: str, event: EventInput, answer: Answer, *, hardship_exempt: bool) -> Event:
    if event.date and event.year and event.date.year != event.year:
        raise InputError([f"{path}.year: is not the year of the date, expected the two to agree"])
    amount, net = _amounts_of(path, event)
    year = event.date.year if event.date else event.year
    row = _row(path, event.kind, event.date, year, amount)
    found = Event(path, event.kind, event.date, year, amount, None, net, row)
    found.tax_from_trust = event.tax_paid_from == "other_qdot_assets"
    if event.qdot:
        row["qdot"] = event.qdot
        found.qdots = {event.qdot: ZERO}
    if not is_taxable_event(event.kind):
        found.taxable = ZERO
        row["reason"], citations = EXEMPT.get(event.kind, ("no taxable event", ("IRC 2056A(b)(1)",)))
        row["citations"] = list(citations)
    elif event.kind == "hardship":
        _hardship(event, found, answer, exempt=hardship_exempt and event.hardship_test_met is not False)
    elif event.kind == "income_tax_reimbursement":
        _reimbursement(event, found, answer)
    else:
        row["citations"] = list(authority_of(event.kind))
        found.taxable = amount
        if amount is None and net is None:
            answer.need(f"{path}.amount")
    return found


def _hardship(event: EventInput, found: Event, answer: Answer, *, exempt: bool) -> None:
    found.row["report_on_form_706_qdt"] = True
    found.row["citations"] = list(HARDSHIP)
    if not exempt:
        found.taxable = found.amount
        found.row["reason"] = "the hardship exemption does not apply"
        if found.amount is None and found.net is None:
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
    found.row["citations"] = list(REIMBURSEMENT)
    actual, without = event.spouse_income_tax_actual, event.spouse_income_tax_without_item
    names = ("amount", "spouse_income_tax_actual", "spouse_income_tax_without_item")
    missing = [f"{found.path}.{name}" for name in names if getattr(event, name) is None]
    if missing or actual is None or without is None or event.amount is None:
        answer.need(*missing)
        return
    exempt = exempt_reimbursement(paid=event.amount, tax_with_item=actual, tax_without_item=without)
    found.taxable = event.amount - exempt
    found.row["exempt_reimbursement"] = exempt
    found.row["reason"] = "exempt up to the spouse's tax with the trust items less the tax without them"


def _after_the_oath(facts: QdotTaxInput, event: Event, answer: Answer) -> None:
    """After the spouse's oath nothing is taxed where 2056A(b)(12) is met; another rule answers that."""
    oath = facts.spouse_naturalized_on
    if oath is None or event.order[0] < oath or event.taxable == 0:
        return
    if facts.conditions_of_2056a_b12_met is None:
        answer.need("conditions_of_2056a_b12_met")
        event.taxable = event.net = None
    elif facts.conditions_of_2056a_b12_met:
        event.taxable, event.net = ZERO, None
        event.row["reason"] = "the spouse is a citizen and the conditions are met: not taxed"
        event.row["citations"] = ["IRC 2056A(b)(12)", "Treas. Reg. 20.2056A-10"]


def _death_facts(facts: QdotTaxInput) -> SpouseDeathInput | None:
    short = {
        "date": facts.spouse_date_of_death,
        "year": facts.spouse_year_of_death,
        "qdot_value": facts.qdot_value_at_spouse_death,
        "state_death_tax": facts.spouse_state_death_tax_on_qdot,
    }
    stated = {key: value for key, value in short.items() if value is not None}
    if facts.spouse_death is None:
        return SpouseDeathInput.model_construct(**stated) if stated else None  # type: ignore[arg-type]
    if stated:
        raise InputError(["spouse_death: stands beside its short form, expected one of the two"])
    return facts.spouse_death


def _spouse_death(facts: QdotTaxInput, answer: Answer) -> Event | None:
    death = _death_facts(facts)
    if death is None:
        return None
    if death.date and death.year and death.date.year != death.year:
        raise InputError(["spouse_death.year: is not the year of the date, expected the two to agree"])
    if death.qdot_values is not None and death.qdot_value is not None:
        raise InputError(["spouse_death.qdot_values: stands beside qdot_value, expected one of the two"])
    year = death.date.year if death.date else death.year
    stated = death.qdot_value
    if death.qdot_values is not None:
        stated = sum(death.qdot_values.values(), ZERO)
    row = _row("spouse_death", "spouse_death", death.date, year, stated)
    row["citations"] = list(authority_of("spouse_death"))
    found = Event("spouse_death", "spouse_death", death.date, year, stated, None, None, row)
    if stated is None:
        answer.need("spouse_death.qdot_value")
        return found
    trust = TrustAtDeath(
        stated, death.undistributed_income or ZERO, death.corpus_portions_held or ZERO, death.residual_payments or ZERO
    )
    row["amount"] = found.amount = trust.value
    found.qdots = dict(death.qdot_values or ({death.qdot: trust.value} if death.qdot else {}))
    found.taxable = trust.value
    _after_the_oath(facts, found, answer)
    if found.taxable:
        found.deductions = _deductions(facts, death, answer, trust.value)
        if found.deductions:
            row["deductions"] = found.deductions
            row["citations"] += ["IRC 2056A(b)(10)(A)", "Treas. Reg. 20.2056A-6(b)"]
        found.taxable = trust.value - found.deductions
    return found


def _deductions(facts: QdotTaxInput, death: SpouseDeathInput, answer: Answer, value: Decimal) -> Decimal:
    """Return what 2056A(b)(10) takes off the value at death."""
    asked = [death.charitable_deduction, death.marital_deduction, death.state_death_tax]
    if not any(asked) and death.administration_expenses is None:
        return ZERO
    if death.administration_expenses:
        answer.warn(
            "expenses_not_deducted",
            "Expenses of the survivor's estate are not deducted from the QDOT: 2053 is not in the list of benefits.",
            "IRC 2056A(b)(10)(A)",
        )
    if death.marital_deduction and death.new_spouse_is_us_citizen is None and death.new_qdot_elected is None:
        answer.warn(
            "new_spouse_taken_as_citizen",
            "The survivor's new spouse is taken to be a US citizen, or what passes to be in a new QDOT.",
            "IRC 2056(d)",
            "IRC 2056A(b)(10)(A)",
        )
    if death.qdot_form is None and (death.marital_deduction or death.state_death_tax):
        answer.warn(
            "qdot_taken_as_in_survivors_estate",
            "The QDOT is taken to be in the survivor's estate, or to be so were the survivor a resident.",
            "IRC 2056A(b)(10)(A)",
        )
    found = deductions_at_death(
        in_survivors_estate=death.qdot_form is None or FORMS[death.qdot_form].included,
        charitable=death.charitable_deduction or ZERO,
        marital=death.marital_deduction or ZERO,
        marital_allowed=death.new_spouse_is_us_citizen is not False or bool(death.new_qdot_elected),
        state_death_tax=death.state_death_tax or ZERO,
        first_death=facts.day or date.max,
    )
    if found.total > value:
        raise InputError(
            [f"spouse_death.qdot_value: {value:f} is less than its deductions, expected at least {found.total:f}"]
        )
    return found.total


def _tax_events(
    facts: QdotTaxInput, book: LawBook, events: list[Event], run: Run, sheet: Worksheet, answer: Answer
) -> None:
    """Tax the events in order of time; payments of tax out of the trust join them as they arise."""
    spouse_death = next((event.order[0] for event in events if event.kind == "spouse_death" and event.day), None)
    end = min((event.order for event in events if event.kind in ENDS_OF_TRUST), default=None)
    waiting = sorted(events, key=lambda event: event.order)
    while waiting:
        event = waiting.pop(0)
        _settle_amount(facts, book, event, run, answer)
        _date_row(facts, event, spouse_death)
        _tax_event(facts, event, run, sheet, answer)
        if event.tax_from_trust and event.tax:
            extra = tax_paid_is_a_distribution(event.tax)
            following = _tax_paid(event, event.year + 1 if event.year else None, extra)
            following.tax_from_trust = True
            if extra and (end is None or following.order < end):
                event.row["additional_distribution_in_year_tax_is_paid"] = extra
                events.append(following)
                waiting.append(following)
                waiting.sort(key=lambda event: event.order)
    if facts.finally_determined is None and facts.final_determination_date is None and run.prior > run.start:
        answer.warn(
            "taken_as_finally_determined",
            "The first decedent's estate tax is taken as finally determined before each event.",
            "IRC 2056A(b)(2)(B)",
        )


def _settle_amount(facts: QdotTaxInput, book: LawBook, event: Event, run: Run, answer: Answer) -> None:
    """Gross a net amount up, and put the elected values at death in force."""
    row, base = event.row, run.base
    if event.net is not None and event.taxable is None:
        rate = facts.marginal_rate_percent
        if base is not None:
            event.taxable = base.gross_distribution(run.prior, event.net)
            extra = tax_on_tax(base.tax, run.prior, event.net)
            row["if_tax_is_paid_from_other_assets"] = {
                "total_taxable_amount": event.net + sum(extra, ZERO),
                "payments_of_tax": extra,
            }
        elif rate is not None and rate < WHOLE:
            event.taxable = to_cents(event.net * WHOLE / (WHOLE - rate))
            event.tax = event.taxable - event.net
        row["amount"], row["net_amount"] = event.taxable, event.net
        event.amount = event.taxable
    death = _death_facts(facts)
    if event.kind == "spouse_death" and event.taxable and death is not None:
        _special_use(death, book, event, answer)
        if death.alternate_value is not None and base is not None:
            _alternate_value(death, event, run, base, answer)
    row["taxable_amount"] = event.taxable


def _special_use(death: SpouseDeathInput, book: LawBook, event: Event, answer: Answer) -> None:
    if not death.special_use_decrease:
        return
    if event.year is None:
        answer.need("spouse_death.date")
        event.taxable = None
        return
    law = law_of(book, date(event.year, 12, 31), "spouse_death.year")
    decrease = special_use_decrease(death.special_use_decrease, law[SPECIAL_USE_LIMIT].amount)
    answer.uses(law, SPECIAL_USE_LIMIT)
    answer.warn(
        "special_use_limit_indexed",
        "The limit on the decrease is that of the survivor's year of death, as the form's instructions have it; the "
        "regulation still prints 750,000. The attorney must confirm it.",
        "IRC 2032A(a)(2)-(3)",
        "Treas. Reg. 20.2056A-6(b)(5)(iii)",
    )
    event.row["special_use_decrease"] = decrease
    event.amount = (event.amount or ZERO) - decrease
    event.taxable = max(ZERO, (event.taxable or ZERO) - decrease)


def _alternate_value(death: SpouseDeathInput, event: Event, run: Run, base: QdotBase, answer: Answer) -> None:
    value, alternate, taxable = event.amount or ZERO, death.alternate_value or ZERO, event.taxable or ZERO
    with_alternate = max(ZERO, alternate - event.deductions)
    of_event = _with_survivors_taxes(base, death)
    allowed = alternate_value_may_be_elected(
        value=value,
        alternate_value=alternate,
        tax=of_event.tax(run.prior, taxable),
        tax_at_alternate=of_event.tax(run.prior, with_alternate),
    )
    event.row["alternate_valuation_allowed"] = allowed
    if not death.alternate_valuation_elected:
        return
    if not allowed:
        answer.warn(
            "alternate_valuation_not_allowed",
            "The alternate value lowers not both the value and the tax: the value at death is used.",
            "Treas. Reg. 20.2056A-6(b)(5)(ii)",
        )
        return
    event.amount, event.taxable = alternate, with_alternate
    event.row["amount"] = alternate


def _with_survivors_taxes(base: QdotBase, death: SpouseDeathInput | None) -> QdotBase:
    """The survivor's estate's state and foreign tax counts at the survivor's death, in the first term only."""
    if death is None or not isinstance(base, QdotBaseWithCredits | NonresidentQdotBase):
        return base
    if death.qdot_form is not None and not FORMS[death.qdot_form].included:
        return base
    of_event: QdotBaseWithCredits | NonresidentQdotBase = replace(
        base, survivor_state_tax=death.state_death_tax or ZERO
    )
    if isinstance(of_event, QdotBaseWithCredits):
        return replace(of_event, survivor_foreign_taxes=death.foreign_death_taxes or {})
    return of_event


def _tax_event(facts: QdotTaxInput, event: Event, run: Run, sheet: Worksheet, answer: Answer) -> None:
    """Write the tax of one event and add it to the totals."""
    row = event.row
    if not event.taxable:
        row["tax"] = ZERO if event.taxable == 0 else None
        run.whole = run.whole and event.taxable is not None
        return
    if run.base is None:
        row["tax"] = event.tax or None
        run.whole = run.whole and bool(event.tax)
        run.due += event.tax
        run.final += event.tax
        run.prior += event.taxable
        return
    base = _with_survivors_taxes(run.base, _death_facts(facts)) if event.kind == "spouse_death" else run.base
    event.base = base
    row |= _terms(base, run.prior, event.taxable)
    label = (
        f"{LABELS.get(event.kind, 'Taxed amount')}, {event.day.isoformat() if event.day else event.year or 'undated'}"
    )
    tax = qdot_tax(
        sheet,
        base=base,
        prior=given(run.prior, "earlier taxable amounts"),
        amount=given(event.taxable, event.path),
        label=label,
    ).amount
    due = tax
    determined = finally_determined_before(
        event_day=event.day,
        event_year=event.year,
        determined_on=facts.final_determination_date,
        stated=facts.finally_determined,
    )
    if run.top_rate or not determined:
        due = tax_at_highest_rate(sheet, base=base, amount=given(event.taxable, event.path)).amount
        row["tentative_tax"] = due
        row["final_tax"] = None if run.top_rate else tax
        row["refund_with_interest"] = None if run.top_rate else due - tax
        row["citations"] = [*row["citations"], "IRC 2056A(b)(2)(C)" if run.top_rate else "IRC 2056A(b)(2)(B)"]
        if not run.top_rate:
            row |= _refund_dates(facts, answer)
    run.prior += event.taxable
    event.tax = row["tax"] = due
    row["exclusion_left_after"] = run.base.exclusion_left(run.prior)
    run.due += due
    run.final += due if run.top_rate else tax
    if event.year:
        run.by_year[str(event.year)] = run.by_year.get(str(event.year), ZERO) + due


def _terms(base: QdotBase, prior: Decimal, amount: Decimal) -> dict[str, Any]:
    """Return the two terms of the tax, with the credits where an old death has them."""
    terms: dict[str, Any] = {
        "prior_taxable_amounts": prior,
        "tentative_tax_with_event": base.rate_table.tax(
            base.taxable_estate + base.adjusted_taxable_gifts + prior + amount
        ),
        "net_tax_with_event": base.net_tax_with_event(prior + amount),
        "net_tax_without_event": base.net_tax(prior),
    }
    if isinstance(base, QdotBaseWithCredits) and base.foreign_credit is not None:
        paid = base.state_tax_paid + base.survivor_state_tax
        terms["foreign_death_tax_credit"] = base.foreign_credit_allowed(
            prior + amount, paid, base.survivor_foreign_taxes
        )
        terms["foreign_death_tax_credit_without_event"] = base.foreign_credit_allowed(
            prior, base.state_tax_paid, NOTHING_PAID
        )
    if isinstance(base, QdotBaseWithCredits | NonresidentQdotBase) and base.state_credit is not None:
        paid = base.state_tax_paid + base.survivor_state_tax
        terms["pre_state_credit_tax"] = base.before_state_credit(prior + amount)
        terms["state_death_tax_credit"] = base.state_credit_allowed(prior + amount, paid)
        terms["state_death_tax_credit_without_event"] = base.state_credit_allowed(prior, base.state_tax_paid)
    return terms


def _refund_dates(facts: QdotTaxInput, answer: Answer) -> dict[str, date | None]:
    """The refund must be claimed within one year of the final determination."""
    if facts.final_determination_date is None:
        return {"claim_by": None, "statutory_date": None}
    statutory, moved = claim_refund_by(facts.final_determination_date, is_legal_holiday)
    if moved != statutory:
        answer.warn(
            "claim_by_unextended_date",
            f"Claim the refund by {statutory.isoformat()}, the day of the statute; {moved.isoformat()} rests on "
            "IRC 7503.",
            "IRC 2056A(b)(2)(B)(ii)",
            "IRC 7503",
        )
    return {"claim_by": moved, "statutory_date": statutory}


def _date_row(facts: QdotTaxInput, event: Event, spouse_death: date | None) -> None:
    """Fill in whether and by when Form 706-QDT reports the event. IRC 2056A(b)(5)."""
    row = event.row
    row["report_on_form_706_qdt"] = row["report_on_form_706_qdt"] or bool(event.taxable)
    if not row["report_on_form_706_qdt"] or event.year is None:
        return
    due: date | None
    if event.kind in ENDS_OF_TRUST:
        due = form_706_qdt_due_for_death(event.day, is_legal_holiday) if event.day else None
    else:
        due = form_706_qdt_due_for_distribution(event.year, is_legal_holiday)
        if spouse_death is not None and spouse_death.year == event.year:
            due = min(due, form_706_qdt_due_for_death(spouse_death, is_legal_holiday))
    row["due_date"] = due
    if due is not None and facts.qdots > 1:
        row["data_due_to_designated_filer"] = data_due_to_filer(due)


def _totals(facts: QdotTaxInput, events: list[Event], run: Run) -> dict[str, Any]:
    death_row = next((event.row for event in events if event.kind == "spouse_death"), None)
    last = max(events, key=lambda event: event.order).row if events else {}
    whole = run.whole
    totals: dict[str, Any] = {
        "total_tax": run.due if whole else None,
        "section_2056a_tax": run.due if whole else None,
        "total_tax_once_determined": run.final if whole else None,
        "total_taxable_amount": run.prior - run.start if whole else None,
        "section_2056a_tax_base": run.prior - run.start if whole else None,
        "tax_by_year": run.by_year,
        "tax_at_spouse_death": death_row["tax"] if death_row else None,
        "exclusion_left": run.base.exclusion_left(run.prior) if run.base and whole else None,
    }
    for name in (
        "tentative_tax_with_event",
        "pre_state_credit_tax",
        "state_death_tax_credit",
        "net_tax_with_event",
        "net_tax_without_event",
        "tentative_tax",
        "refund_with_interest",
        "claim_by",
        "statutory_date",
    ):
        totals[name] = last.get(name)
    totals |= {f"section_2056a_tax_{year}": tax for year, tax in run.by_year.items()}
    if len(events) == 1:
        totals |= {
            "gross_distribution": events[0].amount,
            "tax": events[0].row["tax"],
            "taxable_distribution": events[0].taxable,
            "exempt_reimbursement": events[0].row.get("exempt_reimbursement"),
        }
    return totals | _by_qdot(facts, events, run)


def _by_qdot(facts: QdotTaxInput, events: list[Event], run: Run) -> dict[str, Any]:
    """Return each QDOT's part of the tax, return by return, where the events name them."""
    names = facts.qdot_names
    if len(names) <= 1 or not run.whole or facts.instrument_or_local_law_says_otherwise:
        return {"tax_by_qdot": None}
    shares = dict.fromkeys(names, ZERO)
    returns: dict[tuple[bool, int | None], tuple[Decimal, dict[str, Decimal]]] = {}
    for event in events:
        if not event.taxable:
            continue
        key = (event.kind in ENDS_OF_TRUST, event.year)
        tax, amounts = returns.setdefault(key, (ZERO, dict.fromkeys(names, ZERO)))
        parts = split_by_taxable_amount(event.taxable, event.qdots) if any(event.qdots.values()) else {}
        for name in event.qdots:
            amounts[name] += parts.get(name, event.taxable)
        returns[key] = (tax + event.tax, amounts)
    for tax, amounts in returns.values():
        for name, share in split_by_taxable_amount(tax, amounts).items():
            shares[name] += share
    return {"tax_by_qdot": shares} | {f"tax_from_{name}": share for name, share in shares.items()}


def _form_sheets(events: list[Event], run: Run, answer: Answer) -> None:
    """Lay part III of Form 706-QDT beside every return that reports tax."""
    prior, number = run.start, 0
    returns: dict[tuple[int | None, bool], list[Event]] = {}
    for event in sorted(events, key=lambda event: event.order):
        if event.taxable and event.row["tax"] is not None:
            returns.setdefault((event.year, event.kind in ENDS_OF_TRUST), []).append(event)
    for (year, ends), reported in returns.items():
        number += 1
        highest = any("tentative_tax" in event.row for event in reported)
        taxable = sum((event.taxable or ZERO for event in reported), ZERO)
        gross = taxable + sum((event.deductions for event in reported), ZERO)
        base = reported[-1].base
        if base is None:
            continue
        sheet = answer.sheet(
            f"P{number}-", f"Form 706-QDT part III, events of {year or 'an unknown year'} ({REVISION})"
        )
        part_iii(
            sheet,
            base=base,
            amounts=ReturnAmounts(
                distributions=ZERO if ends else gross,
                value_at_death=gross if ends else ZERO,
                deductions=gross - taxable,
                prior_events=prior,
                tax_at_highest_rate=sum((event.tax for event in reported), ZERO) if highest else None,
            ),
        )
        prior += taxable


RULE = Rule("qdot-tax", "Tax on what leaves a QDOT, event by event", QdotTaxInput, answer_qdot_tax)
