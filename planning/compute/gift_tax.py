"""`gift-tax`: exclusion, taxable gift, tax and return of one donor, year by year in the order of the gifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, Count, RuleInput, Words, Year, is_citizen, law_of
from planning.compute.rule import Rule
from planning.engine.law import (
    ANNUAL_EXCLUSION,
    BASIC_EXCLUSION_AMOUNT,
    NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION,
    Law,
    LawBook,
)
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts, tax_on_earlier_gifts
from planning.engine.rules.s2502_gift_tax import GiftTaxOfYear, gift_tax
from planning.engine.rules.s2503_gift_exclusions import Form, Gift, GiftTreatment, apply_exclusions
from planning.engine.rules.s2511_joint_creation import gift_on_joint_registration
from planning.engine.rules.s7503_due_dates import add_months, form_709_due, next_business_day
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

GiftForm = Literal[
    "outright",
    "income_and_general_power_trust",
    "qtip_trust",
    "estate_trust",
    "other_terminable_interest",
    "joint_real_property_with_survivorship",
    "joint_bank_account_deposit",
    "joint_registered_securities",
    "survivor_annuity",
]
# How the exclusion rule sees each form; the forms not named here are settled before it.
EXCLUSION_FORM: dict[str, Form] = {
    "outright": "outright",
    "joint_registered_securities": "outright",
    "income_and_general_power_trust": "income_and_general_power_trust",
    "qtip_trust": "qtip_trust",
}
TRUSTS = frozenset({"income_and_general_power_trust", "qtip_trust"})
NO_GIFT: dict[str, tuple[str, tuple[str, ...]]] = {
    "joint_real_property_with_survivorship": (
        "joint title in real property with a spouse who is not a citizen is no gift when it is created",
        ("IRC 2523(i)(3)", "Treas. Reg. 25.2523(i)-2(b)(1)"),
    ),
    "joint_bank_account_deposit": (
        "a deposit that the donor can take back is no gift; what the spouse draws for own use is",
        ("Treas. Reg. 25.2511-1(h)(4)",),
    ),
}


class GiftInput(RuleInput):
    """One gift of the donor."""

    second_names: ClassVar = {"gift_value": "amount", "gift_date": "date", "gift_year": "year"}

    date: Day | None = Field(None, description="Day of the gift; status is read on it (Treas. Reg. 25.2523(i)-1(a))")
    year: Year | None = Field(None, description="Calendar year of the gift, where the day is not known")
    amount: Money | None = Field(None, description="Value on that day, USD (IRC 2512)")
    donee: Literal["spouse", "other"] = Field("spouse", description="spouse or other")
    donee_name: Words | None = Field(
        None, description="Keeps other donees apart: each has an own exclusion (IRC 2503(b))"
    )
    spouse_is_us_citizen: Flag | None = Field(
        None, description="Whether the spouse is a US citizen on the day of the gift (IRC 2523(i)); null: as above"
    )
    present_interest: Flag | None = Field(
        None, description="false: a future interest, no exclusion (IRC 2503(b)(1)); null: a present interest"
    )
    form: GiftForm = Field(
        "outright", description="Form of the gift (IRC 2523(d), (e), (f), (i)); outright if not said"
    )
    income_interest_value: Money | None = Field(
        None,
        description="Trusts: value of the spouse's income interest, USD (IRC 7520); only that part can be excluded",
    )
    qualified_transfer: Literal["none", "tuition", "medical"] = Field(
        "none", description="Tuition or medical care paid straight to the provider is no gift (IRC 2503(e))"
    )
    donor_paid: Money | None = Field(None, description="Jointly registered securities: what the donor paid, USD")
    spouse_paid: Money | None = Field(None, description="Jointly registered securities: what the spouse paid, USD")
    us_real_or_tangible_property: Flag | None = Field(
        None, description="Nonresident noncitizen donor: only such property is taxed (IRC 2501(a)(2), 2511(a))"
    )


class PriorYear(RuleInput):
    """Taxable gifts of one earlier year."""

    second_names: ClassVar = {"amount": "taxable_gifts"}
    year: Year = Field(description="Calendar year; law is held from 2011 on")
    taxable_gifts: Money = Field(description="Taxable gifts of that year after exclusions, USD (IRC 2503(a))")


class GiftTaxInput(RuleInput):
    """Gifts of one donor; `year` with `annual_gift_to_spouse` is the short form."""

    second_names: ClassVar = {
        "tax_year": "year",
        "gift_to_spouse": "annual_gift_to_spouse",
        "spouse_naturalized": "spouse_naturalized_on",
        "dsue_amount": "dsue",
        "dsue_received": "dsue",
        "adjusted_taxable_gifts": "prior_taxable_gifts",
    }

    year: Year | None = Field(None, description="Year of the short form, and of gifts that name none")
    annual_gift_to_spouse: Money | None = Field(
        None, description="Outright present gifts to the spouse in `year`, USD; with gift_years the same in each year"
    )
    gift_years: Count | None = Field(None, description="Short form: the gift is made in this many years from `year` on")
    gifts: list[GiftInput] | None = Field(None, description="Gifts in order of time; the order counts within a year")
    donor_citizenship: Citizenship | None = Field(None, description="us or foreign; null: taken as citizen or resident")
    donor_domicile: Citizenship | None = Field(
        None, description="us or foreign: domicile on the day of the gift (Treas. Reg. 25.2501-1(b))"
    )
    spouse_is_us_citizen: Flag | None = Field(None, description="Whether the spouse is a US citizen at all these gifts")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_naturalized_on: Day | None = Field(
        None, description="Day of the spouse's oath: gifts from that day on go to a citizen (IRC 2523(a))"
    )
    prior_taxable_gifts: Money | None = Field(
        None, description="Taxable gifts of all years before, USD (IRC 2502(a)); null: taken as none"
    )
    credit_used_before: Money | None = Field(
        None, description="Credit those gifts used at today's rates, USD (IRC 2505(a)(2)); null: the tax on them"
    )
    prior_years: list[PriorYear] | None = Field(
        None, description="The same year by year: the credit used is then worked out (IRC 2505(a))"
    )
    dsue: Money | None = Field(
        None, description="Unused exclusion of a deceased spouse, USD (IRC 2010(c)(4)); null: none"
    )

    @property
    def nonresident_donor(self) -> bool:
        """Whether the donor is neither a US citizen nor domiciled in the US."""
        return self.donor_citizenship == "foreign" and self.donor_domicile == "foreign"


@dataclass(slots=True)
class Entry:
    """One gift with its place in the input and what became of it."""

    path: str
    given: GiftInput
    year: int
    gift: Gift | None = None
    treatment: GiftTreatment | None = None
    settled: str = ""
    citations: tuple[str, ...] = ()


@dataclass(slots=True)
class Past:
    """Everything before the year at hand."""

    prior: Decimal = ZERO
    credit_stated: Decimal | None = None
    years: list[YearOfGifts] = field(default_factory=list)


def answer_gift_tax(facts: GiftTaxInput, book: LawBook) -> Answer:
    """Work the gifts out year by year, each on top of all earlier ones."""
    answer = Answer()
    if facts.donor_citizenship == "foreign" and facts.donor_domicile is None:
        answer.need("donor_domicile")
    entries = _entries(facts, book, answer)
    years = sorted({entry.year for entry in entries})
    past = _past(facts, book, years[0] if years else None)
    rows: list[dict[str, Any]] = []
    if not answer.missing:
        for year in years:
            law = law_of(book, date(year, 12, 31), "year")
            rows.append(_year(facts, law, [entry for entry in entries if entry.year == year], past, answer))
    answer.result = _limits(facts, years, book, answer) | (_totals(rows, entries) if rows else {})
    return answer


def _entries(facts: GiftTaxInput, book: LawBook, answer: Answer) -> list[Entry]:
    """Return the gifts with their years, the short form spelled out, in the order given."""
    entries: list[Entry] = []
    if facts.annual_gift_to_spouse is not None:
        if facts.year is None:
            answer.need("year")
        else:
            count = facts.gift_years or 1
            short = GiftInput.model_validate({"amount": f"{facts.annual_gift_to_spouse:f}"})
            entries += [Entry("annual_gift_to_spouse", short, facts.year + index) for index in range(count)]
            law_of(book, date(entries[-1].year, 12, 31), "year" if count == 1 else "gift_years")
    for index, gift in enumerate(facts.gifts or []):
        path = f"gifts[{index}]"
        if gift.date is not None and gift.year is not None and gift.date.year != gift.year:
            raise InputError([f"{path}.year: is not the year of the date, expected the two to agree"])
        year = gift.date.year if gift.date else gift.year or facts.year
        if year is None:
            answer.need(f"{path}.date")
            continue
        law_of(book, date(year, 12, 31), f"{path}.date" if gift.date else f"{path}.year" if gift.year else "year")
        entries.append(Entry(path, gift, year))
    if not entries and not answer.missing:
        answer.need("gifts")
    for entry in entries:
        _settle(facts, entry, answer)
    return entries


def _settle(facts: GiftTaxInput, entry: Entry, answer: Answer) -> None:
    """Decide what can be decided without the exclusion; what is missing for it is noted."""
    gift = entry.given
    amount = gift.amount
    if gift.form == "joint_registered_securities":
        amount = _joint_registration(entry, answer)
    elif amount is None:
        answer.need(f"{entry.path}.amount")
    citizen: bool | None = None
    if gift.donee == "spouse":
        citizen = _citizen_at_gift(facts, entry)
        if citizen is None and gift.qualified_transfer == "none" and gift.form not in NO_GIFT:
            answer.need("spouse_is_us_citizen")
    if facts.nonresident_donor:
        if gift.us_real_or_tangible_property is None:
            answer.need(f"{entry.path}.us_real_or_tangible_property")
        elif not gift.us_real_or_tangible_property:
            entry.settled = "a nonresident noncitizen is taxed on US real and tangible property only"
            entry.citations = ("IRC 2501(a)(2)", "IRC 2511(a)")
            return
    if gift.form in NO_GIFT and not citizen:
        entry.settled, entry.citations = NO_GIFT[gift.form]
        return
    if gift.form == "survivor_annuity" and gift.donee == "spouse":
        entry.settled = "a survivor annuity keeps the marital deduction, whatever the citizenship"
        entry.citations = ("IRC 2523(f)(6)", "IRC 2523(i)")
        return
    present = gift.present_interest is not False
    if gift.form in TRUSTS and present and not citizen and gift.income_interest_value is None:
        answer.need(f"{entry.path}.income_interest_value")
    if amount is None:
        return
    entry.gift = Gift(
        on=gift.date or date(entry.year, 12, 31),
        amount=amount,
        donee="the spouse" if gift.donee == "spouse" else gift.donee_name or "another person",
        to_spouse=gift.donee == "spouse",
        spouse_is_us_citizen=citizen,
        present_interest=present,
        form=EXCLUSION_FORM.get(gift.form, "other"),
        qualified_transfer=gift.qualified_transfer != "none",
        present_interest_value=gift.income_interest_value if gift.form in TRUSTS else None,
    )


def _joint_registration(entry: Entry, answer: Answer) -> Decimal | None:
    gift = entry.given
    if gift.donor_paid is None or gift.spouse_paid is None:
        missing = [name for name in ("donor_paid", "spouse_paid") if getattr(gift, name) is None]
        answer.need(*(f"{entry.path}.{name}" for name in missing))
        return None
    sheet = answer.sheet(
        f"J{entry.path.removeprefix('gifts[').removesuffix(']')}-", "Securities registered in both names"
    )
    return gift_on_joint_registration(
        sheet, donor_paid=given(gift.donor_paid, "donor_paid"), spouse_paid=given(gift.spouse_paid, "spouse_paid")
    ).amount


def _citizen_at_gift(facts: GiftTaxInput, entry: Entry) -> bool | None:
    """Return whether the spouse is a citizen on the day of the gift. Treas. Reg. 25.2523(i)-1(a)."""
    if entry.given.spouse_is_us_citizen is not None:
        return entry.given.spouse_is_us_citizen
    oath = facts.spouse_naturalized_on
    if oath is not None:
        if entry.given.date is not None:
            return entry.given.date >= oath
        if entry.year != oath.year:
            return entry.year > oath.year
        return None
    return is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )


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
        law = law_of(book, date(entry.year, 12, 31), path)
        past.years.append(
            YearOfGifts(entry.year, entry.taxable_gifts, law.basic_exclusion_amount + (facts.dsue or ZERO))
        )
    return past


def _year(facts: GiftTaxInput, law: Law, entries: list[Entry], past: Past, answer: Answer) -> dict[str, Any]:
    """Work one year out and add it to the past."""
    answer.uses(law, BASIC_EXCLUSION_AMOUNT, ANNUAL_EXCLUSION, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION)
    sheet = answer.sheet(f"G{law.year}-", f"Gifts of {law.year}")
    taxed = [entry for entry in entries if entry.gift is not None]
    found = apply_exclusions(sheet, [entry.gift for entry in taxed if entry.gift], law)
    for treatment in found:
        next(entry for entry in taxed if entry.gift is treatment.gift and entry.treatment is None).treatment = treatment
    year_total = total([given(treatment.taxable, "a taxable gift") for treatment in found], "no taxable gift")
    taxable = Figure(year_total.amount, "the taxable gifts above")
    result = _tax(facts, sheet, law, taxable, past, answer)
    past.years.append(YearOfGifts(law.year, taxable.amount, law.basic_exclusion_amount + (facts.dsue or ZERO)))
    required = any(treatment.taxable for treatment in found)
    due = form_709_due(law.year, is_legal_holiday)
    return {
        "year": law.year,
        "noncitizen_spouse_exclusion": law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount,
        "annual_exclusion": law[ANNUAL_EXCLUSION].amount,
        "basic_exclusion": law.basic_exclusion_amount,
        "gifts": [_gift_row(entry) for entry in entries],
        "excluded": _sum(treatment.excluded for treatment in found),
        "marital_deduction": _sum(treatment.marital_deduction for treatment in found),
        "taxable_gift": taxable.amount,
        "tax": result.tax,
        "credit": result.credit,
        "gift_tax": result.due,
        "exclusion_remaining": result.exclusion_remaining,
        "form_709_required": required,
        "form": ("709-NA" if facts.nonresident_donor else "709") if required else None,
        "due_date": due if required else None,
        "due_date_with_extension": next_business_day(add_months(date(law.year + 1, 4, 15), 6), is_legal_holiday)
        if required
        else None,
    }


def _tax(facts: GiftTaxInput, sheet: Worksheet, law: Law, taxable: Figure, past: Past, answer: Answer) -> GiftTaxOfYear:
    earlier = tax_on_earlier_gifts(past.years, law.rate_table)
    prior = past.prior + earlier.taxable_gifts
    if facts.nonresident_donor:
        return _tax_without_credit(sheet, law, taxable, prior)
    # Gifts stated as one sum come first; their credit is the one stated, or the tax on them.
    stated = past.credit_stated
    if past.prior and stated is None:
        stated = min(law.rate_table.tax(past.prior), law.rate_table.tax(law.basic_exclusion_amount))
        answer.warn(
            "credit_used_before_taken", "The credit used before is taken as the tax on the earlier taxable gifts."
        )
    used = earlier.credit_used
    if past.prior:
        first = YearOfGifts(0, past.prior, law.rate_table.amount_taxed_at(stated or ZERO))
        used = tax_on_earlier_gifts([first, *past.years], law.rate_table).credit_used
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
    year = sheet.write("Taxable gifts of the year", taxable, "IRC 2503(a)")
    before = sheet.write("Taxable gifts of earlier years", given(prior, "earlier years"), "IRC 2502(a)")
    together = sheet.write("All taxable gifts", year + before, "IRC 2502(a)(1)")
    on_all = sheet.write("Tax on all taxable gifts", law.rate_table.on(together), *law.rate_table.citations)
    on_prior = sheet.write("Tax on those of earlier years", law.rate_table.on(before), "IRC 2502(a)(2)")
    due = sheet.write("Gift tax due, without credit", on_all - on_prior, "IRC 2502(a)", "IRC 2505(a)", kind="result")
    return GiftTaxOfYear(due.amount, ZERO, due.amount, ZERO)


def _gift_row(entry: Entry) -> dict[str, Any]:
    found, gift = entry.treatment, entry.given
    row: dict[str, Any] = {
        "gift": entry.path,
        "date": gift.date,
        "amount": found.gift.amount if found else gift.amount,
        "excluded": found.excluded if found else ZERO,
        "marital_deduction": found.marital_deduction if found else ZERO,
        "taxable_gift": found.taxable if found else ZERO,
        "reason": found.reason if found else entry.settled,
    }
    if entry.citations:
        row["citations"] = list(entry.citations)
    return row


def _limits(facts: GiftTaxInput, years: Sequence[int], book: LawBook, answer: Answer) -> dict[str, Any]:
    """Return the published limits of the years at hand, which need no gift to be stated."""
    asked = sorted({*years, *([facts.year] if facts.year is not None else [])})
    laws = [law_of(book, date(year, 12, 31), "year") for year in asked]
    for law in laws:
        answer.uses(law, BASIC_EXCLUSION_AMOUNT, ANNUAL_EXCLUSION, NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION)
    if not laws:
        return {}
    last = laws[-1]
    return {
        "noncitizen_spouse_exclusion": last[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount,
        "annual_exclusion": last[ANNUAL_EXCLUSION].amount,
        "basic_exclusion": last.basic_exclusion_amount,
        "noncitizen_spouse_exclusion_by_year": {
            law.year: law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount for law in laws
        },
        "gift_must_be_present_interest": True,
        "gift_must_be_marital_deduction_form": True,
    }


def _totals(rows: list[dict[str, Any]], entries: list[Entry]) -> dict[str, Any]:
    return {
        "excluded_gift": _sum(row["excluded"] for row in rows),
        "marital_deduction": _sum(row["marital_deduction"] for row in rows),
        "taxable_gift": _sum(row["taxable_gift"] for row in rows),
        "tax": _sum(row["tax"] for row in rows),
        "credit": _sum(row["credit"] for row in rows),
        "gift_tax": _sum(row["gift_tax"] for row in rows),
        "exclusion_remaining": rows[-1]["exclusion_remaining"],
        "form_709_required": any(row["form_709_required"] for row in rows),
        "due_date": rows[-1]["due_date"],
        "gifts": [_gift_row(entry) for entry in entries],
        "years": rows,
    }


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, ZERO)


RULE = Rule("gift-tax", "Exclusion, taxable gift, gift tax and Form 709, year by year", GiftTaxInput, answer_gift_tax)
