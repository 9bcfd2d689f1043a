"""What `estate-tax` and `marital-deduction` have in common: the first estate and what passes to the spouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, Count, RuleInput, StateCode, Year, is_citizen, law_of, one_day
from planning.compute.schedules import RECAPITULATION, AssetInput, DeductionsInput, Schedules, work_out_schedules
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.s2001_estate_tax import estate_tax, net_estate_tax
from planning.engine.rules.s2001g_tax_on_earlier_gifts import (
    TaxOnEarlierGifts,
    YearOfGifts,
    tax_on_earlier_gifts,
)
from planning.engine.rules.s2056_marital_deduction import MaritalTreatment, marital_treatment
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.s2056b_terminable import Gate, Interest, interest_gate, net_of_charges, through_gate
from planning.engine.rules.s2056d4_citizenship_before_return import citizenship_before_return
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, smaller_of, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

E = TypeVar("E", bound="EstateInput")

SECOND_NAMES = {
    "decedent_date_of_death": "date_of_death",
    "decedent_death": "date_of_death",
    "tax_year": "year",
    "decedent_death_year": "year",
    "dsue_amount": "dsue",
    "dsue_received": "dsue",
    "return_filed": "return_filed_on",
    "extension": "extension_granted",
    "spouse_naturalized": "spouse_naturalized_on",
}


class TaxableGiftsOfYear(RuleInput):
    """Taxable gifts of one earlier year."""

    second_names: ClassVar = {"amount": "taxable_gifts"}
    year: Year = Field(description="Calendar year of the gifts; law is held from 2011 on")
    taxable_gifts: Money = Field(description="Taxable gifts of that year after exclusions, USD (IRC 2503(a))")


class EstateInput(RuleInput):
    """The decedent's estate and what passes to the surviving spouse."""

    second_names: ClassVar = SECOND_NAMES

    date_of_death: Day | None = Field(
        None, description="The decedent's day of death; decides the law (IRC 2001(c), 2010(c))"
    )
    year: Year | None = Field(None, description="Year of death where the day is not known")
    decedent_citizenship: Citizenship | None = Field(
        None, description="us or foreign; null: taken as citizen or resident"
    )
    decedent_domicile: Citizenship | None = Field(
        None, description="us or foreign: estate-tax domicile at death (Treas. Reg. 20.0-1(b)(1))"
    )
    state: StateCode | None = Field(None, description="US state of domicile, two letters; state tax is not worked out")
    gross_estate: Money | None = Field(None, description="Gross estate, USD (IRC 2031); give this or taxable_estate")
    taxable_estate: Money | None = Field(
        None, description="Taxable estate after every deduction, the marital one included, USD (IRC 2051)"
    )
    debts_and_expenses: Money | None = Field(
        None, description="Debts and expenses, USD (IRC 2053); null: taken as none"
    )
    charitable_deduction: Money | None = Field(None, description="Passing to charity, USD (IRC 2055); null: none")
    state_death_tax: Money | None = Field(None, description="State death tax deducted, USD (IRC 2058); null: none")
    passing_to_spouse_outright: Money | None = Field(
        None, description="Passing to the surviving spouse outside a QDOT, USD (IRC 2056(a), (d)(1))"
    )
    passing_to_qdot: Money | None = Field(None, description="Passing to a QDOT, USD (IRC 2056(d)(2), 2056A)")
    passing_to_others: Money | None = Field(
        None, description="Passing to a bypass trust, children or others, no marital deduction, USD"
    )
    all_passes_outright_to_spouse: Flag | None = Field(None, description="true: the whole net estate passes so")
    all_passes_to_qdot: Flag | None = Field(None, description="true: the whole net estate passes so")
    election_made: Flag | None = Field(
        None, description="Whether the executor elects for the QDOT (IRC 2056A(a)(3), (d))"
    )
    spouse_is_us_citizen: Flag | None = Field(
        None,
        description="Whether the spouse is a US citizen at the death; needed once something passes to the spouse",
    )
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_us_resident: Flag | None = Field(None, description="Whether the spouse is domiciled in the United States")
    spouse_naturalized_on: Day | None = Field(None, description="Day of the spouse's oath, if any (IRC 2056(d)(4))")
    spouse_us_domiciled_throughout: Flag | None = Field(
        None, description="Whether the spouse was domiciled in the US from the death to the oath (IRC 2056(d)(4)(B))"
    )
    return_filed_on: Day | None = Field(None, description="Day Form 706 was filed; null: taken as filed in time")
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 gave six months more; null: no")
    adjusted_taxable_gifts: Money | None = Field(
        None, description="Taxable gifts after 1976 not in the gross estate, USD (IRC 2001(b)); null: taken as none"
    )
    taxable_gifts_by_year: list[TaxableGiftsOfYear] | None = Field(
        None, description="The same gifts year by year: the gift tax payable is then worked out (IRC 2001(g)(1))"
    )
    gift_tax_payable: Money | None = Field(
        None, description="Gift tax payable on those gifts at the rates of the day of death, USD (IRC 2001(b)(2), (g))"
    )
    dsue: Money | None = Field(
        None, description="Unused exclusion of an earlier deceased spouse, USD (IRC 2010(c)(4)); null: none"
    )
    prior_transfer_credit: Money | None = Field(
        None, description="Credit for tax on prior transfers, USD (IRC 2013); null: none"
    )
    foreign_death_tax_credit: Money | None = Field(
        None, description="Credit for foreign death taxes, USD (IRC 2014); null: none"
    )
    assets: list[AssetInput] | None = Field(
        None, description="The estate asset by asset, another way to state gross_estate (Form 706 schedules A to I)"
    )
    deductions: DeductionsInput | None = Field(
        None, description="Deductions by schedule, beside assets (Form 706 schedules J to L and O)"
    )
    spouse_interest: Interest | None = Field(
        None, description="Form of what passes to the spouse (IRC 2056(b)); null: taken to qualify"
    )
    qtip_elected: Flag | None = Field(None, description="Whether the QTIP election is made (IRC 2056(b)(7))")
    survivorship_condition_months: Count | None = Field(
        None, description="Months by which the spouse must survive to take (IRC 2056(b)(3)); null: no condition"
    )
    spouse_survived_condition: Flag | None = Field(None, description="Whether the spouse survived that long")
    charged_to_spouse_share: Money | None = Field(
        None, description="Death taxes, debts and expenses charged to the spouse's share, USD (IRC 2056(b)(4))"
    )

    @property
    def day(self) -> date | None:
        """The day whose law decides."""
        return one_day(self.date_of_death, self.year, "date_of_death")

    @property
    def nonresident_decedent(self) -> bool:
        """Whether the decedent was neither a US citizen nor domiciled in the US."""
        return self.decedent_citizenship == "foreign" and self.decedent_domicile == "foreign"

    @property
    def something_passes_to_spouse(self) -> bool:
        """Whether any share of the spouse is stated."""
        flags = self.all_passes_outright_to_spouse or self.all_passes_to_qdot
        return bool(flags or self.passing_to_spouse_outright or self.passing_to_qdot)


@dataclass(frozen=True, slots=True)
class SpouseStatus:
    """How the law sees the surviving spouse; None: not known."""

    citizen_at_death: bool | None
    citizen_before_return: bool = False
    reason: str = ""

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said: neither a citizen at the death nor shown to have become one in time."""
        return self.citizen_at_death is None and not self.citizen_before_return

    @property
    def counts_as_citizen(self) -> bool:
        """Whether the marital deduction needs no QDOT."""
        return bool(self.citizen_at_death) or self.citizen_before_return


@dataclass(frozen=True, slots=True)
class Shares:
    """The net estate and who gets it, USD; `net` is None where only the taxable estate is known."""

    gross: Decimal | None
    net: Decimal | None
    outright: Decimal
    qdot: Decimal

    @property
    def to_spouse(self) -> Decimal:
        """Everything that passes to the spouse, with or without a QDOT."""
        return self.outright + self.qdot


@dataclass(frozen=True, slots=True)
class Estate:
    """The first estate worked out, USD."""

    law: Law
    shares: Shares
    outright: MaritalTreatment
    qdot: MaritalTreatment
    marital_deduction: Decimal
    base: QdotBase
    dsue: Decimal
    credits: Decimal
    tax: Decimal
    tax_without_deduction: Decimal

    @property
    def taxable_estate(self) -> Decimal:
        """IRC 2051, USD."""
        return self.base.taxable_estate


def spouse_status(facts: EstateInput, answer: Answer) -> SpouseStatus:
    """Return how the spouse counts; facts that are missing for it are noted in the answer."""
    citizen = is_citizen(
        flag=facts.spouse_is_us_citizen, citizenship=facts.spouse_citizenship, path="spouse_is_us_citizen"
    )
    oath, death = facts.spouse_naturalized_on, facts.date_of_death
    if citizen is None and oath is not None and death is not None:
        citizen = oath < death
    if citizen or oath is None:
        return SpouseStatus(citizen)
    if death is None:
        answer.need("date_of_death")
        return SpouseStatus(citizen)
    if facts.spouse_us_domiciled_throughout is None:
        answer.need("spouse_us_domiciled_throughout")
        return SpouseStatus(citizen)
    found = citizenship_before_return(
        date_of_death=death,
        return_filed_on=facts.return_filed_on,
        extension_granted=bool(facts.extension_granted),
        naturalized_on=oath,
        us_domiciled_throughout=facts.spouse_us_domiciled_throughout,
        is_holiday=is_legal_holiday,
    )
    return SpouseStatus(citizen, found.treated_as_citizen, found.reason)


def interest_of(facts: EstateInput, answer: Answer) -> Gate | None:
    """Return whether the spouse's interest may be deducted at all, None where its form is not stated."""
    if facts.spouse_interest is None and facts.survivorship_condition_months is None:
        return None
    gate = interest_gate(
        facts.spouse_interest or "outright",
        qtip_elected=facts.qtip_elected,
        survivorship_months=facts.survivorship_condition_months,
        survived=facts.spouse_survived_condition,
    )
    answer.need(*gate.missing)
    return gate


def schedules_of(facts: EstateInput, answer: Answer, title: str = RECAPITULATION) -> Schedules | None:
    """Return the estate asset by asset, None without assets or with a missing fact noted in the answer."""
    if facts.assets is None:
        if facts.deductions is not None:
            raise InputError(["deductions: stands without assets, expected assets beside it"])
        return None
    for name in ("gross_estate", "taxable_estate", "debts_and_expenses", "charitable_deduction", "state_death_tax"):
        if getattr(facts, name) is not None:
            raise InputError([f"{name}: stands beside assets, expected one of the two"])
    status = spouse_status(facts, answer)
    return work_out_schedules(
        facts.assets,
        facts.deductions,
        answer,
        date_of_death=facts.date_of_death,
        spouse_counts_as_citizen=None if status.unknown else status.counts_as_citizen,
        title=title,
    )


def with_schedules(facts: E, answer: Answer) -> tuple[E, Schedules | None]:
    """Return the facts with the estate's figures taken from its assets, and the schedules (None without assets).

    What is missing to place an asset is noted in the answer.
    """
    found = schedules_of(facts, answer)
    if found is None:
        return facts, None
    update = {
        "gross_estate": found.gross.total.amount,
        "debts_and_expenses": found.allowed.expenses,
        "charitable_deduction": found.allowed.charity,
        "state_death_tax": found.allowed.state_death_tax,
    } | shares_from_assets(found, facts, answer)
    if found.adjusted_taxable_gifts:
        update["adjusted_taxable_gifts"] = found.adjusted_taxable_gifts + (facts.adjusted_taxable_gifts or ZERO)
    return facts.model_copy(update=update), found


def shares_from_assets(found: Schedules, facts: EstateInput, answer: Answer) -> dict[str, Decimal]:
    """Return what passes to whom by the assets; what passes cannot be more than what debts and expenses leave."""
    shares = {
        "passing_to_spouse_outright": found.gross.passing_to("spouse"),
        "passing_to_qdot": found.gross.passing_to("qdot"),
        "passing_to_others": found.gross.passing_to("others"),
    }
    shares = {name: amount for name, amount in shares.items() if amount}
    for name in shares:
        if getattr(facts, name) is not None:
            raise InputError([f"{name}: stands beside assets that pass so, expected one of the two"])
    net = found.gross.total.amount - found.allowed.expenses - found.allowed.charity - found.allowed.state_death_tax
    over = sum(shares.values(), ZERO) - max(ZERO, net)
    for name in ("passing_to_others", "passing_to_spouse_outright", "passing_to_qdot"):
        if over > 0 and name in shares:
            borne = min(over, shares[name])
            shares[name] -= borne
            over -= borne
            answer.warn(
                "expenses_taken_from_a_share",
                "Expenses that no other property covers are taken first from the others' share, then from the "
                "spouse's; the will or local law may say otherwise.",
                "IRC 2056(b)(4)(B)",
            )
    return shares


def shares_of(facts: EstateInput, answer: Answer) -> Shares | None:
    """Return the net estate and the shares, or None where the estate is not known."""
    if facts.gross_estate is not None and facts.taxable_estate is not None:
        raise InputError(["taxable_estate: stands beside gross_estate, expected one of the two"])
    outright, qdot = facts.passing_to_spouse_outright, facts.passing_to_qdot
    deductions = sum(
        (amount or ZERO for amount in (facts.debts_and_expenses, facts.charitable_deduction, facts.state_death_tax)),
        ZERO,
    )
    if facts.taxable_estate is not None:
        return Shares(None, None, outright or ZERO, qdot or ZERO)
    gross = facts.gross_estate
    if gross is None:
        parts = [part for part in (outright, qdot, facts.passing_to_others) if part is not None]
        if not parts:
            answer.need("gross_estate")
            return None
        gross = sum(parts, ZERO) + deductions
        answer.warn(
            "gross_estate_from_shares", "The gross estate is taken as the sum of what passes and what is deducted."
        )
    net = gross - deductions
    if net < 0:
        raise InputError(["debts_and_expenses: the deductions are more than the gross estate, expected at most that"])
    if facts.all_passes_outright_to_spouse and outright is None:
        outright = net
    if facts.all_passes_to_qdot and qdot is None:
        qdot = net
    passing = (outright or ZERO) + (qdot or ZERO) + (facts.passing_to_others or ZERO)
    if passing > net:
        fault = f"what passes adds up to {passing:f}, expected at most {net:f}, the estate after debts and deductions"
        raise InputError([f"passing_to_spouse_outright: {fault}"])
    charged = facts.charged_to_spouse_share or ZERO
    outright_net = net_of_charges(outright or ZERO, charged)
    left_to_charge = charged - ((outright or ZERO) - outright_net)
    return Shares(gross, net, outright_net, net_of_charges(qdot or ZERO, left_to_charge))


def work_out_estate(facts: EstateInput, book: LawBook, answer: Answer) -> Estate | None:
    """Write the estate's worksheet and return its figures, or None with the missing facts noted."""
    day = facts.day
    if day is None:
        answer.need("date_of_death")
    shares = shares_of(facts, answer)
    status = spouse_status(facts, answer)
    gate = interest_of(facts, answer)
    if facts.something_passes_to_spouse and status.citizen_at_death is None:
        answer.need("spouse_is_us_citizen")
    if shares is not None and shares.qdot and not status.counts_as_citizen and facts.election_made is None:
        answer.need("election_made")
    if day is None:
        return None
    law = law_of(book, day, "date_of_death" if facts.date_of_death else "year")
    gifts = gifts_of(facts, law, book)
    if gifts is None:
        answer.need("gift_tax_payable")
    if answer.missing or shares is None or gifts is None:
        return None
    outright = through_gate(
        marital_treatment(
            spouse_is_us_citizen=bool(status.citizen_at_death), citizen_before_return=status.citizen_before_return
        ),
        gate,
    )
    qdot = through_gate(
        marital_treatment(
            spouse_is_us_citizen=bool(status.citizen_at_death),
            citizen_before_return=status.citizen_before_return,
            through_elected_qdot=bool(facts.election_made),
        ),
        gate,
    )
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    _warn_about_silence(facts, answer)
    return _estate(facts, answer, law, shares, outright, qdot, gifts)


def gifts_of(facts: EstateInput, law: Law, book: LawBook) -> TaxOnEarlierGifts | None:
    """Return earlier gifts with the gift tax payable, or None where that tax cannot be left open."""
    if facts.taxable_gifts_by_year is not None:
        if facts.adjusted_taxable_gifts is not None:
            fault = "stands beside adjusted_taxable_gifts, expected one of the two"
            raise InputError([f"taxable_gifts_by_year: {fault}"])
        years = [
            YearOfGifts(
                entry.year,
                entry.taxable_gifts,
                law_of(book, date(entry.year, 12, 31), f"taxable_gifts_by_year[{index}].year").basic_exclusion_amount,
            )
            for index, entry in enumerate(facts.taxable_gifts_by_year)
        ]
        found = tax_on_earlier_gifts(years, law.rate_table)
        payable = found.tax_payable if facts.gift_tax_payable is None else facts.gift_tax_payable
        return TaxOnEarlierGifts(found.taxable_gifts, found.credit_used, payable)
    gifts = facts.adjusted_taxable_gifts or ZERO
    if gifts > law.basic_exclusion_amount + (facts.dsue or ZERO) and facts.gift_tax_payable is None:
        return None
    return TaxOnEarlierGifts(gifts, ZERO, facts.gift_tax_payable or ZERO)


def _warn_about_silence(facts: EstateInput, answer: Answer) -> None:
    silent = {
        "debts and expenses": facts.debts_and_expenses if facts.taxable_estate is None else ZERO,
        "adjusted taxable gifts": facts.taxable_gifts_by_year or facts.adjusted_taxable_gifts,
        "DSUE": facts.dsue,
    }
    names = [name for name, value in silent.items() if value is None]
    if names:
        answer.warn("taken_as_none", f"Not stated, taken as none: {', '.join(names)}.")
    if facts.decedent_citizenship is None and facts.decedent_domicile is None:
        answer.warn(
            "decedent_taken_as_citizen_or_resident",
            "The decedent is taken as a US citizen or as domiciled in the United States.",
            "IRC 2001(a)",
            "Treas. Reg. 20.0-1(b)",
        )
    if facts.election_made and facts.passing_to_qdot:
        answer.warn(
            "qdot_taken_as_qualified",
            "The trust is taken to meet every condition of a QDOT; that is for the attorney to check.",
            "IRC 2056A(a)",
            "Treas. Reg. 20.2056A-2",
        )


def _estate(
    facts: EstateInput,
    answer: Answer,
    law: Law,
    shares: Shares,
    outright: MaritalTreatment,
    qdot: MaritalTreatment,
    gifts: TaxOnEarlierGifts,
) -> Estate:
    sheet = answer.sheet("E-", f"Estate tax, death in {law.year}")
    deduction = ZERO
    if shares.net is None:
        taxable = given(facts.taxable_estate or ZERO, "taxable_estate")
    else:
        net = _net_estate(sheet, facts, shares)
        marital = _marital_deduction(sheet, shares, outright, qdot)
        deduction = marital.amount
        taxable = net - marital
    taxable = sheet.write("Taxable estate", taxable, "IRC 2051", kind="subtotal")
    dsue = facts.dsue or ZERO
    before_credits = estate_tax(
        sheet,
        taxable_estate=taxable,
        adjusted_taxable_gifts=given(gifts.taxable_gifts, "adjusted_taxable_gifts"),
        gift_tax_payable=given(gifts.tax_payable, "gift_tax_payable"),
        dsue_amount=given(dsue, "dsue"),
        law=law,
    )
    tax = _after_credits(sheet, facts, before_credits)
    base = QdotBase(
        taxable_estate=taxable.amount,
        adjusted_taxable_gifts=gifts.taxable_gifts,
        gift_tax_payable=gifts.tax_payable,
        applicable_exclusion_amount=law.basic_exclusion_amount + dsue,
        rate_table=law.rate_table,
        year=law.year,
    )
    undeducted = shares.net if shares.net is not None else taxable.amount + (shares.qdot if qdot.deductible else ZERO)
    return Estate(
        law=law,
        shares=shares,
        outright=outright,
        qdot=qdot,
        marital_deduction=deduction,
        base=base,
        dsue=dsue,
        credits=before_credits.amount - tax.amount,
        tax=tax.amount,
        tax_without_deduction=net_estate_tax(
            taxable_estate=undeducted,
            adjusted_taxable_gifts=gifts.taxable_gifts,
            gift_tax_payable=gifts.tax_payable,
            applicable_exclusion_amount=base.applicable_exclusion_amount,
            rate_table=law.rate_table,
        ),
    )


def _net_estate(sheet: Worksheet, facts: EstateInput, shares: Shares) -> Figure:
    where = "gross_estate" if facts.gross_estate is not None else "sum of what passes and what is deducted"
    net = sheet.write("Gross estate", given(shares.gross or ZERO, where), "IRC 2031")
    for label, name, citation in (
        ("Debts and expenses", "debts_and_expenses", "IRC 2053"),
        ("Passing to charity", "charitable_deduction", "IRC 2055"),
        ("State death tax", "state_death_tax", "IRC 2058"),
    ):
        amount = getattr(facts, name)
        if amount:
            net = net - sheet.write(label, given(amount, name), citation)
    if net.compound:
        net = sheet.write("Estate after these deductions", net, "IRC 2051")
    return net


def _marital_deduction(sheet: Worksheet, shares: Shares, outright: MaritalTreatment, qdot: MaritalTreatment) -> Figure:
    parts: list[Figure] = []
    for label, name, amount, treatment in (
        ("Passing to the spouse outright", "passing_to_spouse_outright", shares.outright, outright),
        ("Passing to the QDOT", "passing_to_qdot", shares.qdot, qdot),
    ):
        if not amount:
            continue
        passing = sheet.write(label, given(amount, name), "IRC 2056(a)")
        allowed = passing if treatment.deductible else given(ZERO, treatment.reason)
        words = "Deducted" if treatment.deductible else "Not deducted"
        figure = Figure(allowed.amount, f"{passing.how}, {treatment.reason}")
        parts.append(sheet.write(f"{words}: {label.lower().replace('qdot', 'QDOT')}", figure, *treatment.citations))
    return sheet.write("Marital deduction", total(parts, "nothing passes to the spouse"), "IRC 2056(a)")


def _after_credits(sheet: Worksheet, facts: EstateInput, tax: Figure) -> Figure:
    for label, name, citation in (
        ("Credit for foreign death taxes", "foreign_death_tax_credit", "IRC 2014"),
        ("Credit for tax on prior transfers", "prior_transfer_credit", "IRC 2013"),
    ):
        amount = getattr(facts, name)
        if amount:
            credit = sheet.write(label, smaller_of(given(amount, name), tax), citation)
            tax = sheet.write("Estate tax after this credit", tax - credit, citation, kind="result")
    return tax


def refused_nonresident(facts: EstateInput, answer: Answer) -> Answer | None:
    """Return the answer that the rule does not apply to a decedent outside IRC 2001, or None where it may."""
    if facts.nonresident_decedent:
        return answer.refuse(
            "nonresident_decedent",
            "The decedent was neither a US citizen nor domiciled in the United States: IRC 2101 applies, "
            "with the 13,000 credit and US-situs property only.",
            "IRC 2101",
            "IRC 2102(b)(1)",
            "IRC 2106(a)(3)",
        )
    if facts.decedent_citizenship == "foreign" and facts.decedent_domicile is None:
        answer.need("decedent_domicile")
    return None
