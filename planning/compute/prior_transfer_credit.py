"""`prior-transfer-credit`: the credit of IRC 2013 in the survivor's own estate, with what that estate includes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, RuleInput, Year, law_of, one_day
from planning.compute.qdot_facts import QdotTaxInput
from planning.compute.qdot_tax import answer_qdot_tax
from planning.compute.rule import Rule
from planning.engine.finding import Finding
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.s2011_state_death_tax_credit import most_of_state_death_tax
from planning.engine.rules.s2013_prior_transfer_credit import (
    Transfer,
    charitable_reduction,
    credits_for_transfers,
    fades,
    first_limitation,
    percent_allowed,
    value_transferred,
)
from planning.engine.rules.s2044_survivors_estate import (
    Inclusion,
    QdotForm,
    qdot_in_survivors_estate,
    recovery_from_trust,
)
from planning.engine.rules.s2101_nonresident import NONRESIDENT_CREDIT
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, smaller_of, to_cents
from planning.inputs import Day, Flag, InputError, Money

WHOLE = Decimal(100)


class TransferInput(RuleInput):
    """What one transferor left to the present decedent outside a QDOT."""

    second_names: ClassVar = {
        "date_of_death": "transferor_date_of_death",
        "year_of_death": "transferor_year_of_death",
        "value": "value_transferred",
        "amount": "value_transferred",
        "taxable_estate": "transferor_taxable_estate",
        "estate_tax": "transferor_estate_tax_paid",
        "estate_tax_paid": "transferor_estate_tax_paid",
        "death_taxes": "transferor_death_taxes_paid",
    }

    kind: Literal["ordinary", "deduction_denied"] = Field(
        "ordinary",
        description="deduction_denied: from the first spouse, no marital deduction only because the survivor is not a "
        "citizen (IRC 2056(d)(3)); ordinary otherwise",
    )
    transferor_date_of_death: Day | None = Field(None, description="The transferor's day of death")
    transferor_year_of_death: Year | None = Field(None, description="The year, where the day is not known")
    value_transferred: Money | None = Field(
        None, description="Value in the transferor's estate of what the decedent received, USD (IRC 2013(d))"
    )
    taxes_borne: Money | None = Field(
        None, description="Death taxes that were paid from it, USD (IRC 2013(d)(1)); null: none"
    )
    encumbrances: Money | None = Field(
        None, description="Debts and obligations on it, USD (IRC 2013(d)(2)); null: none"
    )
    marital_deduction_allowed: Money | None = Field(
        None, description="Marital deduction the transferor's estate had for it, USD (IRC 2013(d)(3)); null: none"
    )
    transferor_taxable_estate: Money | None = Field(None, description="The transferor's taxable estate, USD")
    transferor_estate_tax_paid: Money | None = Field(None, description="Federal estate tax that estate paid, USD")
    transferor_credits_added_back: Money | None = Field(
        None, description="Its credits of 2012, and of 2013 within ten years, USD (IRC 2013(b)); null: none"
    )
    transferor_death_taxes_paid: Money | None = Field(
        None, description="All death taxes it paid, federal ones included, USD; null: the federal tax alone"
    )


class PriorTransferCreditInput(RuleInput):
    """The survivor's estate, and what it received from a QDOT or otherwise."""

    second_names: ClassVar = {
        "spouse_death": "spouse_date_of_death",
        "survivor_date_of_death": "spouse_date_of_death",
        "decedent_date_of_death": "spouse_date_of_death",
        "spouse_death_year": "spouse_year_of_death",
        "survivor_death_year": "spouse_year_of_death",
        "decedent_death_year": "spouse_year_of_death",
        "spouse_taxable_estate_including_qdot": "spouse_taxable_estate",
        "survivor_taxable_estate": "spouse_taxable_estate",
        "decedent_taxable_estate": "spouse_taxable_estate",
        "survivor_own_estate": "spouse_own_estate",
        "spouse_domiciled_in_us_at_death": "spouse_resident_at_death",
        "qdot_tax": "section_2056a_tax",
        "total_qdot_tax": "section_2056a_tax",
        "state_death_tax_paid_by_first_estate": "first_state_death_tax_paid",
        "state_death_tax_paid_by_spouse_estate_on_qdot": "spouse_state_death_tax_on_qdot",
        "first_decedent_death_year": "first_decedent_year_of_death",
        "us_situs_qdot_value": "qdot_us_situs_value",
        "transferors": "transfers",
        "dsue": "spouse_dsue",
    }

    spouse_date_of_death: Day | None = Field(None, description="The survivor's day of death: its law is used")
    spouse_year_of_death: Year | None = Field(None, description="The year, where the day is not known")
    spouse_resident_at_death: Flag | None = Field(
        None, description="Whether the survivor was domiciled in the US at death; null: from the domicile, else yes"
    )
    spouse_domicile_at_death: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_citizenship_at_death: Citizenship | None = Field(
        None, description="us or foreign; null: foreign. A citizen is taxed on everything"
    )
    spouse_taxable_estate: Money | None = Field(
        None, description="The survivor's taxable estate, what it includes of the QDOT in it, USD"
    )
    spouse_own_estate: Money | None = Field(
        None, description="In its place: the survivor's taxable estate without the QDOT, USD"
    )
    spouse_adjusted_taxable_gifts: Money | None = Field(None, description="The survivor's, USD; null: none")
    spouse_gift_tax_payable: Money | None = Field(None, description="Gift tax payable on them, USD; null: none")
    spouse_dsue: Money | None = Field(None, description="DSUE the survivor may use, USD; null: none")
    spouse_state_death_tax_paid: Money | None = Field(
        None, description="Death before 2005: state death tax the survivor's estate paid, USD (IRC 2011)"
    )
    state_death_tax_credit_with_qdot: Money | None = Field(
        None, description="Death before 2005: the state death tax credit as allowed, USD"
    )
    state_death_tax_credit_without_qdot: Money | None = Field(
        None, description="Death before 2005: that credit with the property left out, USD"
    )
    foreign_death_tax_credit: Money | None = Field(
        None, description="The survivor's credit for foreign death taxes, USD, the same in both taxes; null: none"
    )
    charitable_deduction: Money | None = Field(
        None, description="The survivor's charitable deduction, USD (IRC 2013(c)(2)); null: none"
    )
    gross_estate: Money | None = Field(
        None, description="The survivor's gross estate, USD; needed with a charitable deduction"
    )
    expenses: Money | None = Field(None, description="The survivor's debts, expenses and losses, USD; null: none")
    qdot_form: QdotForm | None = Field(
        None, description="Form of the QDOT: it decides whether the survivor's estate includes it; null: taken as yes"
    )
    qdot_value_at_spouse_death: Money | None = Field(
        None, description="QDOT value at the survivor's death, the 2056A tax not taken off, USD"
    )
    qdot_us_situs_value: Money | None = Field(
        None, description="Nonresident survivor: the part of it situated in the United States, USD (IRC 2104)"
    )
    section_2056a_tax: Money | None = Field(
        None, description="All 2056A tax of the QDOTs, lifetime and death, USD; null: worked out or added up"
    )
    lifetime_section_2056a_tax: Money | None = Field(
        None, description="2056A tax on lifetime distributions, USD; null: none"
    )
    section_2056a_tax_at_death: Money | None = Field(None, description="2056A tax at the survivor's death, USD")
    first_decedent_date_of_death: Day | None = Field(
        None, description="The first decedent's day of death: to work the 2056A tax at death out"
    )
    first_decedent_year_of_death: Year | None = Field(None, description="The year, where the day is not known")
    first_decedent_taxable_estate: Money | None = Field(None, description="The first decedent's taxable estate, USD")
    prior_taxable_events: Money | None = Field(None, description="QDOT amounts taxed in the survivor's life, USD")
    first_state_death_tax_paid: Money | None = Field(
        None, description="First death before 2005: state death tax that estate paid, USD"
    )
    spouse_state_death_tax_on_qdot: Money | None = Field(
        None, description="State death tax the survivor's estate paid on the QDOT, USD"
    )
    will_waives_recovery: Flag | None = Field(
        None, description="Whether the survivor's will waives recovery from the trust (IRC 2207A(a)(2)); null: no"
    )
    transfers: list[TransferInput] | None = Field(None, description="Property received outside a QDOT")

    @property
    def day(self) -> date | None:
        """The survivor's day of death, or the last day of that year."""
        return one_day(self.spouse_date_of_death, self.spouse_year_of_death, "spouse_date_of_death")

    @property
    def nonresident(self) -> bool:
        """Whether the survivor died neither a citizen nor domiciled in the United States."""
        resident = self.spouse_resident_at_death
        if resident is None:
            resident = self.spouse_domicile_at_death != "foreign"
        elif self.spouse_domicile_at_death is not None and resident != (self.spouse_domicile_at_death == "us"):
            raise InputError(["spouse_resident_at_death: says the opposite of the domicile, expected the two to agree"])
        return not resident and self.spouse_citizenship_at_death != "us"


@dataclass(frozen=True, slots=True)
class Taxes:
    """The survivor's tax with or without the property, USD."""

    taxable_estate: Decimal
    tentative: Decimal
    state_credit: Decimal | None
    net: Figure


def answer_prior_transfer_credit(facts: PriorTransferCreditInput, book: LawBook) -> Answer:
    """Work out what the survivor's estate includes of the QDOT, its tax, and the credit for tax paid before."""
    answer = Answer()
    day = facts.day
    if day is None:
        answer.need("spouse_date_of_death")
    inclusion = _inclusion(facts, answer)
    first = _qdot_tax(facts, book, answer)
    transfers = _transfers(facts, answer, first, inclusion)
    if not transfers and not answer.missing:
        answer.need("transfers")
    taxable = _taxable(facts, answer, inclusion)
    if answer.missing or day is None or taxable is None:
        return answer
    law = law_of(book, day, "spouse_date_of_death" if facts.spouse_date_of_death else "spouse_year_of_death")
    sheet = answer.sheet("S-", f"The survivor's estate, death in {law.year}")
    removed = sum((transfer.value for transfer in transfers), ZERO)
    with_it = _tax(facts, answer, law, sheet, taxable, "with the property", facts.state_death_tax_credit_with_qdot)
    less = removed - _charity(facts, answer, removed)
    if answer.missing or with_it is None:
        return answer
    without = _tax(
        facts,
        answer,
        law,
        sheet,
        max(ZERO, taxable - less),
        "without the property",
        facts.state_death_tax_credit_without_qdot,
    )
    if without is None:
        return answer
    credit_sheet = answer.sheet("C-", "Credit for tax on prior transfers")
    credits_ = credits_for_transfers(credit_sheet, transfers=transfers, tax_with=with_it.net, tax_without=without.net)
    answer.result = _result(facts, credit_sheet, transfers, credits_, inclusion, (with_it, without))
    _findings(facts, answer, transfers, inclusion)
    return answer


def _has_qdot(facts: PriorTransferCreditInput) -> bool:
    stated = (facts.section_2056a_tax, facts.section_2056a_tax_at_death, facts.qdot_value_at_spouse_death)
    return any(fact is not None for fact in stated) or facts.qdot_form is not None


def _inclusion(facts: PriorTransferCreditInput, answer: Answer) -> Inclusion | None:
    """Return what the survivor's estate includes of the QDOT, or None where there is none or facts are missing."""
    if not _has_qdot(facts):
        return None
    value = facts.qdot_value_at_spouse_death
    if value is None:
        answer.need("qdot_value_at_spouse_death")
        return None
    form = facts.qdot_form
    if form is None:
        answer.warn(
            "qdot_taken_as_included",
            "The QDOT is taken to be in the survivor's estate, as its usual forms are.",
            "IRC 2041",
            "IRC 2044",
        )
        form = "qtip"
    if facts.nonresident:
        answer.warn(
            "unverified_rule",
            "That property of 2044 is situated where the trust's assets are is inferred, not settled; an attorney must "
            "confirm it.",
            "IRC 2103",
            "IRC 2104",
        )
    found = qdot_in_survivors_estate(
        form=form,
        value=value,
        survivor_nonresident=facts.nonresident,
        us_situs_value=facts.qdot_us_situs_value,
    )
    if found.amount is None:
        answer.need("qdot_us_situs_value")
    elif found.amount > value:
        raise InputError([f"qdot_us_situs_value: is more than the QDOT, expected at most {value:f}"])
    return found


def _qdot_tax(facts: PriorTransferCreditInput, book: LawBook, answer: Answer) -> Decimal | None:
    """Return all 2056A tax of the QDOTs: as stated, added up, or worked out from the first estate."""
    if not _has_qdot(facts):
        return None
    if facts.section_2056a_tax is not None:
        return facts.section_2056a_tax
    lifetime = facts.lifetime_section_2056a_tax or ZERO
    if facts.section_2056a_tax_at_death is not None:
        return lifetime + facts.section_2056a_tax_at_death
    first_day = facts.first_decedent_date_of_death or facts.first_decedent_year_of_death
    if first_day is None or facts.first_decedent_taxable_estate is None:
        answer.need("section_2056a_tax")
        return None
    given_ = {
        "date_of_death": facts.first_decedent_date_of_death and facts.first_decedent_date_of_death.isoformat(),
        "year": facts.first_decedent_year_of_death,
        "taxable_estate": facts.first_decedent_taxable_estate,
        "prior_taxable_events": facts.prior_taxable_events,
        "state_death_tax_paid": facts.first_state_death_tax_paid,
        "spouse_state_death_tax_on_qdot": facts.spouse_state_death_tax_on_qdot,
        "qdot_value_at_spouse_death": facts.qdot_value_at_spouse_death,
        "spouse_year_of_death": facts.day.year if facts.day else None,
    }
    worked = answer_qdot_tax(
        QdotTaxInput.model_validate({key: value for key, value in given_.items() if value is not None}), book
    )
    answer.worksheets += worked.worksheets
    for warning in worked.warnings:
        answer.warn(warning.code, warning.text, *warning.citations)
    return lifetime + (worked.result["total_tax"] or ZERO)


def _transfers(
    facts: PriorTransferCreditInput, answer: Answer, qdot_tax: Decimal | None, inclusion: Inclusion | None
) -> list[Transfer]:
    found: list[Transfer] = []
    if qdot_tax is not None and inclusion is not None and inclusion.amount is not None:
        found.append(Transfer("QDOT", "qdot", inclusion.amount, qdot_tax, WHOLE))
    for index, transfer in enumerate(facts.transfers or []):
        path = f"transfers[{index}]"
        needed = ["value_transferred", "transferor_taxable_estate", "transferor_estate_tax_paid"]
        died = one_day(transfer.transferor_date_of_death, transfer.transferor_year_of_death, path)
        if fades(transfer.kind) and died is None:
            answer.need(f"{path}.transferor_date_of_death")
        answer.need(*(f"{path}.{name}" for name in needed if getattr(transfer, name) is None))
        value, estate, tax = (getattr(transfer, name) for name in needed)
        if value is None or estate is None or tax is None or (fades(transfer.kind) and died is None):
            continue
        net = value_transferred(
            kind=transfer.kind,
            value=value,
            taxes_borne=transfer.taxes_borne or ZERO,
            encumbrances=transfer.encumbrances or ZERO,
            marital_deduction=transfer.marital_deduction_allowed or ZERO,
        )
        first = first_limitation(
            value=net,
            taxable_estate=estate,
            death_taxes=tax if transfer.transferor_death_taxes_paid is None else transfer.transferor_death_taxes_paid,
            estate_tax=tax,
            credits_added_back=transfer.transferor_credits_added_back or ZERO,
        )
        percent = WHOLE
        if fades(transfer.kind) and died is not None and facts.day is not None:
            percent = percent_allowed(died, facts.day)
        found.append(Transfer(f"transfer {index + 1}", transfer.kind, net, first, percent))
    return found


def _taxable(facts: PriorTransferCreditInput, answer: Answer, inclusion: Inclusion | None) -> Decimal | None:
    """Return the survivor's taxable estate with what it includes of the QDOT; the 2056A tax is not deducted."""
    if facts.spouse_own_estate is not None:
        if facts.spouse_taxable_estate is not None:
            raise InputError(["spouse_own_estate: stands beside spouse_taxable_estate, expected one of the two"])
        included = inclusion.amount if inclusion else ZERO
        return None if included is None else facts.spouse_own_estate + included
    if facts.spouse_taxable_estate is None:
        answer.need("spouse_taxable_estate")
        return None
    if inclusion and inclusion.amount is not None and inclusion.amount > facts.spouse_taxable_estate:
        raise InputError(
            [f"spouse_taxable_estate: is less than the QDOT in it, expected at least {inclusion.amount:f}"]
        )
    return facts.spouse_taxable_estate


def _charity(facts: PriorTransferCreditInput, answer: Answer, value: Decimal) -> Decimal:
    if not facts.charitable_deduction:
        return ZERO
    if facts.gross_estate is None:
        answer.need("gross_estate")
        return ZERO
    return charitable_reduction(
        charitable_deduction=facts.charitable_deduction,
        value=value,
        gross_estate=facts.gross_estate,
        expenses=facts.expenses or ZERO,
    )


def _tax(
    facts: PriorTransferCreditInput,
    answer: Answer,
    law: Law,
    sheet: Worksheet,
    taxable_estate: Decimal,
    words: str,
    state_credit: Decimal | None,
) -> Taxes | None:
    """Write the survivor's tax after every credit but that of 2013. IRC 2001 or 2101; 2013(c)(1)."""
    nonresident = facts.nonresident
    table = law.nonresident_rate_table if nonresident else law.rate_table
    taxable = sheet.write(f"Taxable estate {words}", given(taxable_estate, "the survivor's estate"), "IRC 2051")
    gifts = given(facts.spouse_adjusted_taxable_gifts or ZERO, "adjusted taxable gifts")
    tentative = sheet.write(f"Tentative tax {words}", table.on(taxable + gifts), *table.citations)
    off = table.on(gifts) if nonresident else given(facts.spouse_gift_tax_payable or ZERO, "gift tax payable")
    gross = sheet.write(
        "Tax before credits", at_least_zero(tentative - off), "IRC 2101(b)" if nonresident else "IRC 2001(b)"
    )
    if nonresident:
        answer.uses(law, NONRESIDENT_CREDIT)
        credit = law[NONRESIDENT_CREDIT].on(sheet)
    else:
        answer.uses(law, BASIC_EXCLUSION_AMOUNT)
        exclusion = law[BASIC_EXCLUSION_AMOUNT].on(sheet) + given(facts.spouse_dsue or ZERO, "DSUE")
        credit = sheet.write("Unified credit", table.on(exclusion), "IRC 2010(c)")
    tax = sheet.write(
        "Tax after this credit", at_least_zero(gross - credit), "IRC 2010" if not nonresident else "IRC 2102(b)"
    )
    state = _state_credit(facts, answer, law, taxable_estate, state_credit)
    if state is not None:
        allowed = sheet.write("State death tax credit", smaller_of(state, tax), "IRC 2011(b)")
        tax = sheet.write("Tax after that", tax - allowed, "IRC 2011")
    foreign = facts.foreign_death_tax_credit
    if foreign:
        tax = sheet.write(
            "Tax after the credit for foreign death taxes",
            at_least_zero(tax - given(foreign, "IRC 2014 credit")),
            "IRC 2014",
        )
    net = sheet.write(f"Net tax {words}, before the credit of 2013", tax.cents(), "IRC 2013(c)(1)(A)", kind="subtotal")
    if answer.missing:
        return None
    return Taxes(taxable_estate, tentative.amount, state.amount if state else None, net)


def _state_credit(
    facts: PriorTransferCreditInput, answer: Answer, law: Law, taxable_estate: Decimal, stated: Decimal | None
) -> Figure | None:
    """Return the state death tax credit of a death before 2005, or None from then on."""
    if law.state_death_tax_credit is None or facts.nonresident:
        return None
    if stated is not None:
        return given(stated, "as stated")
    paid = facts.spouse_state_death_tax_paid
    if paid is None:
        answer.need("spouse_state_death_tax_paid")
        return None
    most = most_of_state_death_tax(taxable_estate, law)
    return smaller_of(given(paid, "state death tax paid"), given(most, "the table on the taxable estate"))


def _result(
    facts: PriorTransferCreditInput,
    sheet: Worksheet,
    transfers: list[Transfer],
    credits_: list[Figure],
    inclusion: Inclusion | None,
    taxes: tuple[Taxes, Taxes],
) -> dict[str, Any]:
    with_it, without = taxes
    credit = sum((figure.amount for figure in credits_), ZERO)
    second = max(ZERO, with_it.net.amount - without.net.amount)
    after = with_it.net.amount - credit
    first = sum((to_cents(transfer.first) for transfer in transfers), ZERO)
    rows = [
        {
            "name": transfer.name,
            "kind": transfer.kind,
            "value_transferred": transfer.value,
            "first_limitation": to_cents(transfer.first),
            "percent": transfer.percent,
            "credit": figure.amount,
        }
        for transfer, figure in zip(transfers, credits_, strict=True)
    ]
    sheet.write(
        "Tax of the survivor after the credit",
        with_it.net - given(credit, "credits above"),
        "IRC 2013(a)",
        kind="result",
    )
    result: dict[str, Any] = {
        "section_2013_credit": credit,
        "credit_section_2013": credit,
        "first_limitation": first,
        "second_limitation": second,
        "percentage_reduction_applied": any(transfer.percent < WHOLE for transfer in transfers),
        "percentage": transfers[0].percent if len(transfers) == 1 else None,
        "taxable_estate_with_qdot": with_it.taxable_estate,
        "tentative_tax_with_qdot": with_it.tentative,
        "state_death_tax_credit_with_qdot": with_it.state_credit,
        "net_tax_with_qdot": with_it.net.amount,
        "taxable_estate_without_qdot": without.taxable_estate,
        "tentative_tax_without_qdot": without.tentative,
        "state_death_tax_credit_without_qdot": without.state_credit,
        "net_tax_without_qdot": without.net.amount,
        "tax_after_credit": after,
        "transfers": rows,
    }
    if inclusion is None:
        return result
    form = facts.qdot_form or "qtip"
    recovery = recovery_from_trust(
        form=form,
        included=inclusion.amount or ZERO,
        taxable_estate=with_it.taxable_estate,
        tax=after,
        tax_without=without.net.amount,
        waived=bool(facts.will_waives_recovery),
    )
    return result | {
        "section_2056a_tax": transfers[0].first,
        "qdot_included_in_survivors_estate": inclusion.amount,
        "inclusion_reason": inclusion.reason,
        "section_2056a_tax_deducted": ZERO,
        "recovery_from_trust": recovery.amount,
        "recovery_authority": recovery.citation or None,
    }


def _findings(
    facts: PriorTransferCreditInput, answer: Answer, transfers: list[Transfer], inclusion: Inclusion | None
) -> None:
    ordinary = [transfer for transfer in transfers if fades(transfer.kind)]
    special = [transfer for transfer in transfers if not fades(transfer.kind)]
    answer.findings.append(
        Finding(
            "EST-09",
            "fired" if any(transfer.percent for transfer in ordinary) else "not_fired",
            "note",
            "Is there a credit for tax a transferor's estate paid within ten years?",
            "The credit is the smaller of two limitations and fades by a fifth every two years from the third on.",
            ("IRC 2013(a)-(d)", "Treas. Reg. 20.2013-1 to -4"),
            measured=ordinary[0].percent if ordinary else None,
            form="Form 706 schedule Q",
        )
    )
    answer.findings.append(
        Finding(
            "EST-10",
            "fired" if special else "not_fired",
            "note",
            "Is the tax relieved without window and percentages because the spouse is not a citizen?",
            "What the first estate paid, or the 2056A tax, comes back in the survivor's estate without fading.",
            ("IRC 2056(d)(3)", "Treas. Reg. 20.2056A-7"),
            measured=special[0].first if special else None,
            form="Form 706 schedule Q",
        )
    )
    if inclusion is None:
        return
    included = bool(inclusion.amount)
    answer.findings.append(
        Finding(
            "EST-81",
            "fired" if included else "not_fired",
            "warn" if included else "note",
            "Does the survivor's own estate include the QDOT too?",
            f"{inclusion.reason[0].upper()}{inclusion.reason[1:]}. The 2056A tax comes first and is not deducted; then "
            "the survivor's tax; last the credit for all 2056A tax.",
            (*inclusion.citations, "IRC 2053(c)(1)(B)"),
            measured=inclusion.amount,
            form="Form 706-NA" if facts.nonresident else "Form 706",
        )
    )
    qtip = facts.qdot_form == "qtip"
    answer.findings.append(
        Finding(
            "GFT-41",
            "undecided" if facts.qdot_form is None else "fired" if qtip else "not_fired",
            "note",
            "Is the QDOT a QTIP trust as well?",
            "Withholding the 2056A tax does not spoil the QTIP election. The trust is in the survivor's estate, which "
            "recovers the extra tax from it unless the will waives that; giving away any part of the income interest "
            "is a gift of the whole remainder.",
            ("IRC 2056A(b)(14)", "IRC 2044", "IRC 2207A(a)", "IRC 2519", "IRC 2652(a)(3)"),
            form="Form 706 schedule M",
            questions=("Has the survivor given away any part of the income interest (IRC 2519)?",) if qtip else (),
            missing=() if facts.qdot_form else ("qdot_form",),
        )
    )


RULE = Rule(
    "prior-transfer-credit",
    "Credit for tax on prior transfers in the survivor's estate",
    PriorTransferCreditInput,
    answer_prior_transfer_credit,
)
