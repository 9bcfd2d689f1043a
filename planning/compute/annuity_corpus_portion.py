"""`annuity-corpus-portion`: an annuity that cannot be put into a QDOT, its deduction and the corpus of its payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.annuity_facts import AnnuityCorpusPortionInput
from planning.compute.answers import Answer
from planning.compute.rule import Rule
from planning.compute.valuation import mortality_table, section_7520_rate
from planning.engine.actuarial import MonthlyRate, MortalityTable
from planning.engine.law import LawBook, LawNotKnownError
from planning.engine.rules.s2056a_nonassignable_annuity import (
    LAST_AGE,
    RATIO_DECIMALS,
    AnnuityTerms,
    CorpusPortion,
    DivideBy,
    Steps,
    agreement_finding,
    assignability_finding,
    corpus_portion,
    factor_from_remainder,
    information_statement,
    may_exhaust,
    nonassignable,
    qualifies,
    rounded_portion,
    share_of_payment,
    standard_factor_allowed,
    standard_factor_finding,
)
from planning.engine.rules.s2056a_tax_dates import annuity_rollovers, annuity_tax
from planning.engine.rules.s7503_due_dates import Calendar, DueDate, add_months
from planning.engine.rules.s7520_valuation import (
    Factors,
    age_nearest_birthday,
    frequency_factor,
    life_factors,
    term_factors,
)
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, to_cents
from planning.federal_holidays import is_legal_holiday
from planning.inputs import InputError

EIGHTEEN_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Amounts:
    """Yearly USD, payments a year and when in the period they are made."""

    annual: Decimal
    payments: int
    at_start: bool


def answer_annuity_corpus_portion(facts: AnnuityCorpusPortionInput, book: LawBook) -> Answer:
    """Say whether the annuity qualifies, what is deducted, and what of each payment is corpus."""
    del book  # The rule knows no yearly amount.
    answer = Answer()
    held = None
    if facts.plan is not None:
        held = nonassignable(
            facts.plan, assignable=facts.assignable, treated_as_nonassignable=bool(facts.treat_as_nonassignable)
        )
    steps = Steps(
        facts.option,
        facts.information_statement_filed,
        facts.agreement_filed,
        facts.election_made,
        facts.qdot_established_before_return,
    )
    answer.findings.append(assignability_finding(facts.plan, held=held))
    answer.result |= {"nonassignable": held, "assignable": None if held is None else not held}
    if held is False:
        return answer.refuse(
            "assignable",
            "The rights can be assigned: assign them to the QDOT; they then count in full.",
            "Treas. Reg. 20.2056A-4(b)(7)",
        )
    _value(facts, answer, steps)
    # Last, so that whoever reads one finding a rule reads whether the annuity qualifies.
    answer.findings.append(agreement_finding(steps, payor_abroad=facts.payor_abroad))
    return answer


def _value(facts: AnnuityCorpusPortionInput, answer: Answer, steps: Steps) -> None:
    """Find what the present value rests on, and work it out where nothing is missing."""
    amounts = _amounts(facts, answer)
    day, path = _day(facts)
    rate = section_7520_rate(
        answer,
        facts.date_of_death,
        entered=facts.section_7520_rate,
        citation=facts.section_7520_rate_citation,
        path=path,
    )
    table = None
    if facts.term_years is None:
        table = mortality_table(answer, day, chosen=facts.mortality_table, path=path)
    age = _age(facts, answer, facts.date_of_death)
    if amounts is None or rate is None or (facts.term_years is None and (table is None or age is None)):
        return
    _work_out(facts, answer, steps, Valued(amounts, rate, table, age))
    _dates(facts, answer)


@dataclass(frozen=True, slots=True)
class Valued:
    """Everything the present value rests on; table and age are None for a term certain."""

    amounts: Amounts
    rate: MonthlyRate
    table: MortalityTable | None
    age: int | None


def _day(facts: AnnuityCorpusPortionInput) -> tuple[date | None, str]:
    if facts.date_of_death is not None:
        return facts.date_of_death, "date_of_death"
    return facts.death_not_before, "death_not_before"


def _amounts(facts: AnnuityCorpusPortionInput, answer: Answer) -> Amounts | None:
    """Return what is paid; two statements of one fact must agree."""
    frequency = facts.payment_frequency
    payments = facts.payments_per_year
    if frequency is not None:
        if payments is not None and payments != frequency.payments:
            raise InputError([f"payments_per_year: {payments} is not the frequency named, expected the two to agree"])
        payments = frequency.payments
    at_start = facts.paid_at_start
    if frequency is not None and frequency.at_start is not None:
        if at_start is not None and at_start != frequency.at_start:
            raise InputError(["paid_at_start: says the opposite of payment_frequency, expected the two to agree"])
        at_start = frequency.at_start
    if payments is None:
        answer.need("payment_frequency")
    annual = facts.annual_annuity
    if annual is None and facts.payment_amount is not None and payments is not None:
        annual = facts.payment_amount * payments
    if annual is None:
        answer.need("annual_annuity")
    if annual is None or payments is None:
        return None
    if facts.payment_amount is not None and to_cents(annual / payments) != facts.payment_amount:
        raise InputError(["payment_amount: is not the year's total over its payments, expected the two to agree"])
    return Amounts(annual, payments, bool(at_start))


def _age(facts: AnnuityCorpusPortionInput, answer: Answer, day: date | None) -> int | None:
    """Return the age at the nearest birthday; a stated age must agree with the birth date."""
    if facts.term_years is not None:
        return None
    if facts.spouse_birth_date is None or day is None:
        if facts.spouse_age is None:
            answer.need("spouse_age")
        return facts.spouse_age
    if facts.spouse_birth_date > day:
        born = facts.spouse_birth_date.isoformat()
        raise InputError([f"spouse_birth_date: {born} is after the day of valuation, expected a day not after it"])
    age = age_nearest_birthday(facts.spouse_birth_date, day)
    if facts.spouse_age is not None and facts.spouse_age != age:
        answer.warn(
            "age_differs",
            f"At the birthday nearest to {day.isoformat()} the spouse is {age}, not {facts.spouse_age}; {age} is used.",
            "Treas. Reg. 20.2031-7(d)(1)",
        )
    return age


def _factors(facts: AnnuityCorpusPortionInput, valued: Valued) -> Factors:
    """Return the factors of the tables; raises `InputError` for an age without one."""
    if valued.table is None or valued.age is None:
        return term_factors(valued.rate.rate, facts.term_years or 0)
    return life_factors(valued.table, valued.rate.rate, valued.age)


def _work_out(facts: AnnuityCorpusPortionInput, answer: Answer, steps: Steps, valued: Valued) -> None:
    """Value the annuity, divide it over its term and print every figure on the way."""
    factors = _factors(facts, valued)
    rate, amounts = valued.rate.rate, valued.amounts
    frequency = frequency_factor(rate, amounts.payments, at_start=amounts.at_start and facts.term_years is not None)
    by_route = {
        "regulation": factors.annuity if valued.table is None else factor_from_remainder(factors.remainder, rate),
        "table_s": factors.annuity,
    }
    answer.result |= {
        "section_7520_rate": f"{rate:f}",
        "mortality_table": None if valued.table is None else valued.table.name,
        "age_nearest_birthday": valued.age,
        "remainder_factor": f"{factors.remainder:f}",
        "table_s_annuity_factor": f"{factors.annuity:f}",
        "annuity_factor_from_rounded_remainder": f"{by_route['regulation']:f}",
        "frequency_factor": f"{frequency:f}",
    }
    _compare(answer, "remainder_factor", facts.remainder_factor, factors.remainder)
    _compare(answer, "frequency_factor", facts.frequency_factor, frequency)
    for years, read in (facts.table_b_annuity_factors or {}).items():
        if not years.isdigit() or not 1 <= int(years) <= LAST_AGE:
            raise InputError([f"table_b_annuity_factors.{years}: is no number of years, expected 1 to {LAST_AGE}"])
        _compare(answer, f"table_b_annuity_factors.{years}", read, term_factors(rate, int(years)).annuity)
    allowed = _standard_factor(facts, answer, valued, frequency)
    factor = facts.annuity_factor
    if factor is None:
        if allowed is False:
            answer.need("annuity_factor")
            return
        factor = by_route[facts.factor_route]
    elif allowed is not False:
        _compare(answer, "annuity_factor", factor, *by_route.values())
    sheet = answer.sheet("N", "Corpus portion of an annuity that cannot be assigned")
    _write_sources(sheet, valued, factors)
    found = _portion(sheet, facts, valued, factor, frequency, facts.divide_by)
    portion = rounded_portion(found.portion, facts.corpus_portion_decimals)
    sheet.write(
        f"Corpus portion, {facts.corpus_portion_decimals} decimals",
        given(portion, f"line {sheet.last_number}, rounded half up"),
        "Treas. Reg. 20.2056A-4(d)(4)(iii)(D)",
        kind="result",
    )
    held = qualifies(steps)
    answer.result |= {
        "annuity_factor": f"{factor:f}",
        **_printed(found, facts.corpus_portion_decimals),
        "marital_deduction": ZERO if held is False else found.present_value,
        "by_route": {
            name: _printed(_portion(Worksheet("X", ""), facts, valued, of, frequency, facts.divide_by), 4)
            for name, of in by_route.items()
        },
        "by_divisor": {
            name: _printed(_portion(Worksheet("X", ""), facts, valued, factor, frequency, name), 4)
            for name in ("adjusted", "unadjusted")
        },
        "information_statement": list(
            information_statement(employment_related=facts.employment_related, option=facts.option)
        ),
        "qualifies": held,
    }
    if held is None:
        answer.warn(
            "deduction_conditional",
            "The deduction stands only with Information Statement, agreement and election filed with the return.",
            "Treas. Reg. 20.2056A-4(c)(2)-(3)",
        )
    answer.result["payments"] = _payments(facts, amounts, portion)
    if facts.breach_year is not None:
        _breach(facts, answer, amounts, facts.breach_year)


def _write_sources(sheet: Worksheet, valued: Valued, factors: Factors) -> None:
    rate = valued.rate
    where = "entered by the firm" if rate.status == "entered_by_firm" else f"law files, {rate.year}-{rate.month:02}"
    sheet.write(
        "Section 7520 rate, percent",
        given(rate.rate, where),
        *rate.citations,
        status="entered_by_firm" if rate.status == "entered_by_firm" else None,
    )
    if valued.table is not None:
        sheet.write(
            "Remainder factor, Table S",
            given(factors.remainder, f"table {valued.table.name} at age {valued.age} and {rate.rate}%"),
            *valued.table.citations,
        )


def _portion(
    sheet: Worksheet,
    facts: AnnuityCorpusPortionInput,
    valued: Valued,
    factor: Decimal,
    frequency: Decimal,
    divide_by: DivideBy,
) -> CorpusPortion:
    """Return the corpus portion with `factor`; raises `InputError` where no term of years reaches it."""
    amounts = valued.amounts
    at_once = amounts.at_start and facts.term_years is None
    first = Figure(
        to_cents(amounts.annual / amounts.payments) if at_once else ZERO, f"a year's total over {amounts.payments}"
    )
    life = f"age {valued.age}" if valued.table is not None else f"{facts.term_years} years"
    terms = AnnuityTerms(
        annual=given(amounts.annual, "facts"),
        rate=valued.rate.rate,
        factor=given(factor, f"{life} at {valued.rate.rate}%"),
        frequency=given(frequency, f"{amounts.payments} payments a year at {valued.rate.rate}%"),
        first_payment=first,
        divide_by=divide_by,
    )
    try:
        return corpus_portion(sheet, terms)
    except LawNotKnownError as error:
        message = f"annuity_factor: {error}, expected a factor that payments for a term of years reach"
        raise InputError([message]) from None


def _printed(found: CorpusPortion, decimals: int) -> dict[str, Any]:
    """Return the steps under the names of the regulation; ratios are text, not money."""
    return {
        "adjusted_annual_annuity": found.adjusted_annual,
        "present_value": found.present_value,
        "expected_term_years": found.term,
        "corpus_amount_per_year": found.corpus_amount,
        "corpus_portion": f"{rounded_portion(found.portion, decimals):f}",
        "corpus_portion_unrounded": f"{found.portion.quantize(RATIO_DECIMALS):f}",
    }


def _compare(answer: Answer, name: str, read: Decimal | None, *ours: Decimal) -> None:
    """Warn where the firm's reading of a table is none of our figures."""
    if read is not None and read not in ours:
        shown = " or ".join(dict.fromkeys(f"{figure:f}" for figure in ours))
        answer.warn("factor_differs", f"{name}: the firm entered {read:f}; the formula gives {shown}.", "IRC 7520")


def _standard_factor(
    facts: AnnuityCorpusPortionInput, answer: Answer, valued: Valued, frequency: Decimal
) -> bool | None:
    """Add the finding on the factors of the tables and return whether they may be used."""
    life = facts.term_years is None
    exhausts: bool | None = None if facts.paid_from_limited_fund is None else False
    missing = ["paid_from_limited_fund"] if facts.paid_from_limited_fund is None else []
    if facts.paid_from_limited_fund or facts.limited_fund_value is not None:
        years = LAST_AGE - (valued.age or 0) if life else facts.term_years or 0
        missing = ["limited_fund_value"]
        exhausts = None
        if facts.limited_fund_value is not None:
            missing = []
            exhausts = may_exhaust(
                annual=to_cents(valued.amounts.annual * frequency),
                fund=facts.limited_fund_value,
                rate=valued.rate.rate,
                years=years,
            )
    survived = (
        facts.date_of_death is not None
        and facts.spouse_death is not None
        and facts.spouse_death >= add_months(facts.date_of_death, EIGHTEEN_MONTHS)
    )
    if life and not survived and facts.spouse_terminally_ill is None:
        missing.insert(0, "spouse_terminally_ill")
    allowed = standard_factor_allowed(
        life=life, terminally_ill=facts.spouse_terminally_ill, survived_long=survived, exhausts=exhausts
    )
    answer.findings.append(standard_factor_finding(allowed, tuple(missing)))
    answer.result["standard_factor_allowed"] = allowed
    return allowed


def _payments(facts: AnnuityCorpusPortionInput, amounts: Amounts, portion: Decimal) -> list[dict[str, Any]]:
    """Return what of each payment is corpus, in the order given."""
    printed: list[dict[str, Any]] = []
    for payment in facts.payments or []:
        amount = payment.amount if payment.amount is not None else to_cents(amounts.annual / amounts.payments)
        share = share_of_payment(amount, portion, payment.hardship_amount or ZERO)
        printed.append(
            {
                "date": payment.date,
                "amount": amount,
                "corpus": share.corpus,
                "hardship_exempt": share.exempt,
                "taxable_or_to_roll_over": share.due,
            }
        )
    return printed


def _breach(facts: AnnuityCorpusPortionInput, answer: Answer, amounts: Amounts, year: int) -> None:
    """Print what may be taxed at once after a breach: the value of the payments left at the start of that year."""
    day = date(year, 1, 1)
    rate = section_7520_rate(
        answer,
        day,
        entered=facts.breach_section_7520_rate,
        citation=facts.section_7520_rate_citation,
        path="breach_year",
        name="breach_section_7520_rate",
    )
    if rate is None:
        return
    if facts.term_years is not None:
        if facts.remaining_term_years is None:
            answer.need("remaining_term_years")
            return
        factor = term_factors(rate.rate, facts.remaining_term_years).annuity
    else:
        if facts.spouse_birth_date is None:
            answer.need("spouse_birth_date")
            return
        table = mortality_table(answer, day, chosen=None, path="breach_year")
        age = _age(facts.model_copy(update={"spouse_age": None}), answer, day)
        if table is None or age is None:
            return
        factor = factor_from_remainder(life_factors(table, rate.rate, age).remainder, rate.rate)
    sheet = answer.sheet("B", "Payments left after a breach")
    annual = sheet.write("Paid each year", given(amounts.annual, "facts"), "Treas. Reg. 20.2056A-4(c)(5)(iii)")
    adjusted = sheet.write(
        "Worth of a year's payments at its end",
        (annual * given(frequency_factor(rate.rate, amounts.payments), f"{amounts.payments} payments a year")).cents(),
        "Treas. Reg. 20.2031-7(d)(2)(iv)",
    )
    left = sheet.write(
        f"Value left on {day.isoformat()}",
        (adjusted * given(factor, f"factor at {rate.rate}%")).cents(),
        "Treas. Reg. 20.2056A-4(c)(6)(ii)",
        "Treas. Reg. 20.2056A-4(c)(7)(ii)",
        kind="result",
    )
    answer.result["breach_amount"] = left.amount
    answer.warn(
        "unverified_rule",
        "After a breach the value left is counted with the rate and table of January of that year, which the "
        "regulation does not say; an attorney must confirm it. Relief may be asked for under Treas. Reg. 301.9100-1.",
        "Treas. Reg. 20.2056A-4(c)(6)(ii)",
    )


def _dates(facts: AnnuityCorpusPortionInput, answer: Answer) -> None:
    """Print when the tax or the roll-over of the payments falls due."""
    received = [payment.date for payment in facts.payments or []]
    if not received and facts.first_payment_on is not None:
        received = [facts.first_payment_on]
    calendar = Calendar(is_legal_holiday)
    death = facts.date_of_death
    due = None if death is None else add_months(death, 15 if facts.extension_granted else 9)
    found: list[DueDate] = [
        annuity_tax(
            calendar,
            year,
            pays=facts.option == "pay",
            estate_return_due=due,
            death=death,
            spouse_death=facts.spouse_death,
        )
        for year in sorted({day.year for day in received})
    ]
    if facts.option != "pay":
        found += annuity_rollovers(calendar, received)
    answer.result["deadlines"] = [
        {"name": item.name, "what": item.what, "due": item.due, "authority": list(item.citations), "note": item.note}
        for item in found
    ]


RULE = Rule(
    "annuity-corpus-portion",
    "Annuity that cannot be assigned: deduction, corpus of each payment, dates",
    AnnuityCorpusPortionInput,
    answer_annuity_corpus_portion,
)
