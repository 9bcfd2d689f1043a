"""`gift-tax`: exclusion, taxable gift, tax and return of one donor, year by year in the order of the gifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.fields import gift_law_of, is_citizen, law_of
from planning.compute.gift_facts import GiftInput, GiftTaxInput
from planning.compute.gift_papers import add_papers, year_papers
from planning.compute.gift_settling import Entry, Notes, day_of_gift, settle
from planning.compute.rule import Rule
from planning.engine.law import (
    ANNUAL_EXCLUSION,
    BASIC_EXCLUSION_AMOUNT,
    GIFT_BASIC_EXCLUSION_AMOUNT,
    NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION,
    Law,
    LawBook,
)
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts, tax_on_earlier_gifts
from planning.engine.rules.s2010_credit_shelter import credit_shelter_size
from planning.engine.rules.s2501_nonresident_donor import credit_allowed
from planning.engine.rules.s2502_gift_tax import GiftTaxOfYear, gift_tax
from planning.engine.rules.s2503_gift_exclusions import apply_exclusions, exclusion_of
from planning.engine.rules.s2523_gifts_to_spouse import LIMITS, LIMITS_DOUBT, earns_larger_exclusion, has_limits
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, total
from planning.inputs import InputError


@dataclass(slots=True)
class Past:
    """Everything before the year at hand."""

    prior: Decimal = ZERO
    credit_stated: Decimal | None = None
    deductible_to_spouse: Decimal = ZERO
    years: list[YearOfGifts] = field(default_factory=list)


def answer_gift_tax(facts: GiftTaxInput, book: LawBook) -> Answer:
    """Work the gifts out year by year, each on top of all earlier ones."""
    answer, notes = Answer(), Notes()
    _check(facts)
    if facts.status is None:
        answer.need("donor_domicile")
    entries = _entries(facts, book, answer, notes)
    years = sorted({entry.year for entry in entries})
    past = _past(facts, book, years[0] if years else None)
    past.deductible_to_spouse = facts.prior_deductible_gifts_to_spouse or ZERO
    rows: list[dict[str, Any]] = []
    if not answer.missing:
        for year in years:
            law = gift_law_of(book, max(entry.day for entry in entries if entry.year == year), "year")
            rows.append(_year(facts, law, [entry for entry in entries if entry.year == year], past, answer, notes))
        add_papers(facts, rows, answer, notes)
    answer.result = _limits(facts, years, book, answer) | (_totals(rows, entries) if rows else {})
    _credit_shelter(facts, rows, book, answer, notes)
    answer.findings += notes.findings()
    return answer


def _check(facts: GiftTaxInput) -> None:
    """Refuse facts that say the opposite of one another."""
    is_citizen(flag=facts.donor_citizen, citizenship=facts.donor_citizenship, path="donor_citizen")
    if facts.gift_value is not None and (facts.gifts is not None or facts.annual_gift_to_spouse is not None):
        raise InputError(["gift_value: stands beside gifts, expected one of the two"])


def _entries(facts: GiftTaxInput, book: LawBook, answer: Answer, notes: Notes) -> list[Entry]:
    """Return the gifts with their days, the short forms spelled out, in the order given."""
    entries: list[Entry] = []
    if facts.annual_gift_to_spouse is not None:
        if facts.year is None:
            answer.need("year")
        else:
            count = facts.gift_years or 1
            short = GiftInput.model_validate({"amount": f"{facts.annual_gift_to_spouse:f}"})
            days = [date(facts.year + index, 12, 31) for index in range(count)]
            entries += [Entry("annual_gift_to_spouse", short, day, day_known=False) for day in days]
            gift_law_of(book, entries[-1].day, "year" if count == 1 else "gift_years")
    listed = [(f"gifts[{index}]", gift) for index, gift in enumerate(facts.gifts or [])]
    if facts.gift_value is not None:
        listed.append(("gift_value", _single(facts)))
    for path, gift in listed:
        found = day_of_gift(gift, path, facts.year, answer, notes)
        if found is None:
            continue
        day, known = found
        gift_law_of(book, day, f"{path}.date" if gift.date else f"{path}.year" if gift.year else "year")
        entries.append(Entry(path, gift, day, known))
    if not entries and not answer.missing and facts.tax_years is None:
        answer.need("gifts")
    for entry in entries:
        settle(facts, entry, answer, notes)
    return entries


def _single(facts: GiftTaxInput) -> GiftInput:
    """Return the one gift that is stated by its own keys."""
    stated = {
        "amount": facts.gift_value,
        "date": facts.gift_date,
        "form": facts.form,
        "present_interest": facts.present_interest,
        "marital_deduction_form": facts.would_qualify_for_marital_deduction_but_for_citizenship,
        "income_interest_value": facts.income_interest_value,
    }
    words = {
        key: f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
        for key, value in stated.items()
        if value is not None
    }
    return GiftInput.model_validate(words)


def _past(facts: GiftTaxInput, book: LawBook, first_year: int | None) -> Past:
    if facts.prior_years is None:
        return Past(facts.prior_taxable_gifts or ZERO, facts.credit_used_before)
    if facts.prior_taxable_gifts is not None or facts.credit_used_before is not None:
        raise InputError(
            ["prior_years: stands beside prior_taxable_gifts or credit_used_before, expected one of the two"]
        )
    past = Past()
    for index, entry in enumerate(facts.prior_years):
        path = f"prior_years[{index}].year"
        if first_year is not None and entry.year >= first_year:
            raise InputError(
                [f"{path}: {entry.year} is not before {first_year}, expected a year before the first gift"]
            )
        law = gift_law_of(book, date(entry.year, 12, 31), path)
        past.years.append(_year_of_gifts(facts, law, entry.taxable_gifts))
    return past


def _year_of_gifts(facts: GiftTaxInput, law: Law, taxable: Decimal) -> YearOfGifts:
    """Return one year for the recomputation of credits; a nonresident noncitizen used none."""
    allowed = facts.status is not None and credit_allowed(facts.status)
    exclusion = law.gift_basic_exclusion_amount + (facts.dsue or ZERO) if allowed else ZERO
    return YearOfGifts(law.year, taxable, exclusion)


def _year(
    facts: GiftTaxInput, law: Law, entries: list[Entry], past: Past, answer: Answer, notes: Notes
) -> dict[str, Any]:
    """Work one year out and add it to the past."""
    _uses(law, answer)
    sheet = answer.sheet(f"G{law.year}-", f"Gifts of {law.year}")
    _warn_of_mixed_forms(entries, answer)
    gifts = [gift for entry in entries for gift in entry.gifts]
    found = apply_exclusions(sheet, gifts, law, past.deductible_to_spouse)
    limited = [one for one in found if one.gift.deducted and has_limits(one.gift.on)]
    past.deductible_to_spouse += _sum(one.marital_deduction + one.taxable for one in limited)
    if limited:
        answer.warn(
            "unverified_rule",
            LIMITS_DOUBT,
            *LIMITS,
        )
    for entry in entries:
        own = {id(gift) for gift in entry.gifts}
        entry.treatments = [treatment for treatment in found if id(treatment.gift) in own]
    year_total = total([given(treatment.taxable, "a taxable gift") for treatment in found], "no taxable gift")
    taxable = Figure(year_total.amount, "the taxable gifts above")
    result = _tax(facts, sheet, law, taxable, past, answer)
    past.years.append(_year_of_gifts(facts, law, taxable.amount))
    _exclusion_findings(law, entries, taxable.amount, notes)
    row = {
        "year": law.year,
        "annual_exclusion": law[ANNUAL_EXCLUSION].amount,
        "gift_exclusion": law.gift_basic_exclusion_amount,
        "gifts": [_gift_row(entry) for entry in entries],
        "excluded": _sum(treatment.excluded for treatment in found),
        "marital_deduction": _sum(treatment.marital_deduction for treatment in found),
        "taxable_gift": taxable.amount,
        "tax": result.tax,
        "credit": result.credit,
        "gift_tax": result.due,
        "exclusion_remaining": result.exclusion_remaining,
    }
    if BASIC_EXCLUSION_AMOUNT in law.amounts:
        row["basic_exclusion"] = law.basic_exclusion_amount
    if NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION in law.amounts:
        row["noncitizen_spouse_exclusion"] = law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount
    return row | year_papers(facts, law, entries, found, answer, notes)


def _uses(law: Law, answer: Answer) -> None:
    names = (
        BASIC_EXCLUSION_AMOUNT,
        GIFT_BASIC_EXCLUSION_AMOUNT,
        ANNUAL_EXCLUSION,
        NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION,
    )
    answer.uses(law, *(name for name in names if name in law.amounts))


def _warn_of_mixed_forms(entries: list[Entry], answer: Answer) -> None:
    """Say that the order of gifts of different forms within a year is inferred."""
    forms = {earns_larger_exclusion(gift.form) for entry in entries for gift in entry.gifts if gift.larger}
    if len(forms) > 1:
        answer.warn(
            "unverified_rule",
            "GFT-03: that gifts of different forms use the exclusion in date order is inferred from the words about "
            "the first dollars; an attorney must confirm it.",
            "IRC 2503(b)",
            "Treas. Reg. 25.2503-2(f)(2)",
        )


def _exclusion_findings(law: Law, entries: list[Entry], taxable: Decimal, notes: Notes) -> None:
    found = [treatment for entry in entries for treatment in entry.treatments]
    larger = [one for one in found if one.gift.larger and not one.gift.future and earns_larger_exclusion(one.gift.form)]
    if any(one.gift.larger for one in found):
        notes.add(
            "GFT-03",
            bool(larger),
            "the first dollars of the year are excluded; what is not used is lost",
            measured=_sum(one.excluded for one in larger),
            threshold=exclusion_of(law, larger=True).amount,
        )
    notes.add(
        "GFT-08",
        taxable > 0,
        "what passes the exclusions uses up the donor's own; tax is due only after that",
        measured=taxable,
        threshold=ZERO,
    )


def _tax(facts: GiftTaxInput, sheet: Worksheet, law: Law, taxable: Figure, past: Past, answer: Answer) -> GiftTaxOfYear:
    table = law.gift_rate_table
    earlier = tax_on_earlier_gifts(past.years, table)
    prior = past.prior + earlier.taxable_gifts
    if facts.status is None or not credit_allowed(facts.status):
        return _tax_without_credit(sheet, law, taxable, prior)
    # Gifts stated as one sum come first; their credit is the one stated, or the tax on them.
    stated = past.credit_stated
    if past.prior and stated is None:
        stated = min(table.tax(past.prior), table.tax(law.gift_basic_exclusion_amount))
        answer.warn(
            "credit_used_before_taken", "The credit used before is taken as the tax on the earlier taxable gifts."
        )
    used = earlier.credit_used
    if past.prior:
        first = YearOfGifts(0, past.prior, table.amount_taxed_at(stated or ZERO))
        used = tax_on_earlier_gifts([first, *past.years], table).credit_used
    return gift_tax(
        sheet,
        taxable_gifts=taxable,
        prior_taxable_gifts=given(prior, "prior_taxable_gifts and the earlier years here"),
        credit_used_before=given(used, "at the rates of this year"),
        dsue_amount=given(facts.dsue or ZERO, "dsue"),
        law=law,
    )


def _tax_without_credit(sheet: Worksheet, law: Law, taxable: Figure, prior: Decimal) -> GiftTaxOfYear:
    """Write the gift tax of a nonresident noncitizen donor, who has no credit. IRC 2502(a), 2505(a)."""
    table = law.gift_rate_table
    year = sheet.write("Taxable gifts of the year", taxable, "IRC 2503(a)")
    before = sheet.write("Taxable gifts of earlier years", given(prior, "earlier years"), "IRC 2502(a)")
    together = sheet.write("All taxable gifts", year + before, "IRC 2502(a)(1)")
    on_all = sheet.write("Tax on all taxable gifts", table.on(together), *table.citations)
    on_prior = sheet.write("Tax on those of earlier years", table.on(before), "IRC 2502(a)(2)")
    due = sheet.write("Gift tax due, without credit", on_all - on_prior, "IRC 2502(a)", "IRC 2505(a)", kind="result")
    return GiftTaxOfYear(due.amount, ZERO, due.amount, ZERO)


def _gift_row(entry: Entry) -> dict[str, Any]:
    found, gift = entry.treatments, entry.given
    # What a short form does not know by the day stays unknown.
    row: dict[str, Any] = {
        "gift": entry.path,
        "date": entry.day if entry.day_known else gift.date,
        "amount": _sum(one.gift.amount for one in found) if found else gift.amount,
        "excluded": _sum(one.excluded for one in found),
        "marital_deduction": _sum(one.marital_deduction for one in found),
        "taxable_gift": _sum(one.taxable for one in found),
        "reason": "; ".join(dict.fromkeys(one.reason for one in found)) if found else entry.settled,
    }
    if entry.citations:
        row["citations"] = list(entry.citations)
    return row


def _limits(facts: GiftTaxInput, years: Sequence[int], book: LawBook, answer: Answer) -> dict[str, Any]:
    """Return the published limits of the years at hand, which need no gift to be stated."""
    asked = sorted({*years, *(facts.tax_years or []), *([facts.year] if facts.year is not None else [])})
    laws = [gift_law_of(book, date(year, 12, 31), "year") for year in asked]
    for law in laws:
        _uses(law, answer)
    laws = [law for law in laws if NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION in law.amounts]
    if not laws:
        return {}
    last = laws[-1]
    _compare_exclusion(facts, last, answer)
    return {
        "noncitizen_spouse_exclusion": last[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount,
        "annual_exclusion": last[ANNUAL_EXCLUSION].amount,
        "basic_exclusion": last.basic_exclusion_amount,
        "noncitizen_spouse_exclusion_by_year": {
            law.year: law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount for law in laws
        },
        "annual_exclusion_by_year": {law.year: law[ANNUAL_EXCLUSION].amount for law in laws},
        "basic_exclusion_by_year": {law.year: law.basic_exclusion_amount for law in laws},
        "gift_must_be_present_interest": True,
        "gift_must_be_marital_deduction_form": True,
    }


def _compare_exclusion(facts: GiftTaxInput, law: Law, answer: Answer) -> None:
    held = law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION]
    if facts.spouse_exclusion is not None and facts.spouse_exclusion != held.amount:
        answer.warn(
            "exclusion_differs",
            f"The exclusion stated is not the one of {law.year}, which is {held.amount:,.0f}.",
            *held.citations,
        )


def _totals(rows: list[dict[str, Any]], entries: list[Entry]) -> dict[str, Any]:
    taxable = _sum(row["taxable_gift"] for row in rows)
    excluded = _sum(row["excluded"] for row in rows)
    return {
        "excluded_gift": excluded,
        "excluded": excluded,
        "marital_deduction": _sum(row["marital_deduction"] for row in rows),
        "taxable_gift": taxable,
        "reported_gift": taxable,
        "tax": _sum(row["tax"] for row in rows),
        "credit": _sum(row["credit"] for row in rows),
        "gift_tax": _sum(row["gift_tax"] for row in rows),
        "exclusion_remaining": rows[-1]["exclusion_remaining"],
        "form_709_required": any(row["form_709_required"] for row in rows),
        "due_date": rows[-1]["due_date"],
        "gifts": [_gift_row(entry) for entry in entries],
        "years": rows,
    }


def _credit_shelter(
    facts: GiftTaxInput, rows: list[dict[str, Any]], book: LawBook, answer: Answer, notes: Notes
) -> None:
    """Show how large a credit shelter trust can be after these gifts. IRC 2010(c)."""
    if facts.estate_value is None or not rows or facts.status == "nonresident":
        return
    law = law_of(book, date(rows[-1]["year"], 12, 31), "year")
    before = facts.prior_taxable_gifts or _sum(year.taxable_gifts for year in facts.prior_years or [])
    sheet = answer.sheet("C-", "Credit shelter trust after these gifts")
    exclusion = law[BASIC_EXCLUSION_AMOUNT].on(sheet) + given(facts.dsue or ZERO, "dsue")
    gifts = given(before + answer.result["taxable_gift"], "taxable gifts of all years")
    size = sheet.write(
        "Size without estate tax",
        credit_shelter_size(given(facts.estate_value, "estate_value"), exclusion, gifts),
        "IRC 2010(c)",
        "IRC 2056A(a)(3)",
        kind="result",
    )
    answer.result["credit_shelter_amount"] = size.amount
    notes.add(
        "GFT-40",
        size.amount > 0,
        "no marital deduction is claimed for it: citizenship plays no part, and no QDOT tax falls on it",
        measured=size.amount,
        threshold=facts.estate_value,
    )


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, ZERO)


RULE = Rule("gift-tax", "Exclusion, taxable gift, gift tax and Form 709, year by year", GiftTaxInput, answer_gift_tax)
