"""`dsue`: the exclusion a first decedent leaves unused, and whether and when the survivor may use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.estates import SECOND_NAMES, EstateInput, shares_of, spouse_status
from planning.compute.fields import RuleInput, Year, gift_law_of, law_of, one_day
from planning.compute.rule import Rule
from planning.engine.finding import Finding
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts
from planning.engine.rules.s2010_unified_credit import unused_exclusion
from planning.engine.rules.s2010c_dsue import (
    Availability,
    DeceasedSpouse,
    Election,
    Survivor,
    availability,
    dsue_of_all,
    gifts_on_which_tax_was_paid,
    gifts_that_count,
    portability_election,
    usable_for_gift,
)
from planning.engine.rules.s2056_marital_deduction import marital_treatment
from planning.engine.worksheet import ZERO, Figure, given
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

ATTORNEY_QUESTION = "attorney_question"
QUESTION = "May this survivor use DSUE without citizenship and without a QDOT?"
QDOT_USES_IT_UP = (
    "What the 2056A tax is imposed on, growth of the trust included, uses the same exclusion up dollar for dollar; "
    "a QDOT and full portability cannot both be counted."
)


class TaxedAmount(RuleInput):
    """One amount on which the 2056A tax was imposed, also where that tax came to nothing."""

    second_names: ClassVar = {"taxable_amount": "amount"}

    date: Day | None = Field(None, description="Day of the event")
    year: Year | None = Field(None, description="Year of the event, where the day is not known")
    kind: Literal["principal", "income", "hardship"] = Field(
        "principal", description="principal counts; income and hardship are exempt and do not (IRC 2056A(b)(3))"
    )
    amount: Money = Field(description="Amount, tax withheld included, USD")


class SurvivorGift(RuleInput):
    """A taxable gift the survivor made after the first death."""

    second_names: ClassVar = {"amount": "taxable_gifts", "taxable_gift": "taxable_gifts"}

    date: Day | None = Field(None, description="Day of the gift")
    year: Year | None = Field(None, description="Year of the gift, where the day is not known")
    taxable_gifts: Money = Field(description="Taxable amount after exclusions, USD (IRC 2503(a))")


class OtherSpouse(RuleInput):
    """Another deceased spouse of the survivor."""

    date_of_death: Day = Field(description="That spouse's day of death")
    dsue: Money = Field(description="Unused exclusion of that spouse, USD (IRC 2010(c)(4))")
    applied_to_gifts: Money | None = Field(
        None, description="What of it the survivor's gifts used, USD (Treas. Reg. 20.2010-3(b)(1)(ii)); null: none"
    )
    portability_elected: Flag = Field(description="Whether that estate elected portability")
    married_at_death: Flag | None = Field(
        None, description="Whether the survivor was married to that spouse at the death; null: yes"
    )


class DsueInput(EstateInput):
    """The first estate, the portability election and the survivor."""

    second_names: ClassVar = SECOND_NAMES | {
        "death_date": "date_of_death",
        "first_decedent_date_of_death": "date_of_death",
        "first_decedent_death_year": "year",
        "first_decedent_taxable_estate": "taxable_estate",
        "decedent_taxable_estate": "taxable_estate",
        "spouse_death": "spouse_date_of_death",
        "survivor_date_of_death": "spouse_date_of_death",
        "amounts_taxed": "qdot_amounts_taxed",
        "prior_taxable_events": "qdot_amounts_taxed",
        "total_taxable_amount": "all_qdot_amounts_taxed",
        "amounts_subject_to_section_2056a_tax": "all_qdot_amounts_taxed",
        "distributions": "qdot_distributions",
        "has_qdot": "qdot_exists",
        "survivor_nonresident": "spouse_nonresident_at_transfer",
        "amount_on_which_gift_tax_was_paid": "gift_amount_on_which_gift_tax_was_paid",
        "elects_portability": "portability_elected",
    }

    gift_tax_paid: Money | None = Field(
        None, description="Gift tax the decedent paid on post-1976 gifts, USD; 0 says that none was paid"
    )
    gift_amount_on_which_gift_tax_was_paid: Money | None = Field(
        None, description="The part of those gifts on which tax was paid, USD (Treas. Reg. 20.2010-2(c)(2))"
    )
    portability_elected: Flag | None = Field(
        None, description="Whether the election is made (IRC 2010(c)(5)(A)); null: read from the filing"
    )
    opted_out: Flag | None = Field(
        None, description="Whether the return says portability is not elected (Treas. Reg. 20.2010-2(a)(3))"
    )
    filing_required: Flag | None = Field(
        None, description="Whether 6018(a) required a return; null: worked out from gross estate and gifts"
    )
    qdot_exists: Flag | None = Field(None, description="Whether property passed to a QDOT; null: from the amounts")
    qdot_distributions: list[TaxedAmount] | None = Field(None, description="QDOT events in the spouse's life")
    qdot_amounts_taxed: Money | None = Field(
        None, description="Sum of all amounts on which 2056A tax was imposed before the spouse's death, USD"
    )
    all_qdot_amounts_taxed: Money | None = Field(
        None, description="In place of the amounts below: everything taxed, the last event included, USD"
    )
    qdot_value_at_spouse_death: Money | None = Field(None, description="QDOT value at the spouse's death, USD")
    qdot_deductions_at_spouse_death: Money | None = Field(
        None, description="What 2056A(b)(10) deducts from that value, USD; null: none"
    )
    final_qdot_event_on: Day | None = Field(
        None, description="Day of the last taxable QDOT event in the spouse's life, where all QDOTs ended then"
    )
    spouse_date_of_death: Day | None = Field(None, description="The survivor's day of death, if past or assumed")
    spouse_domicile_at_transfer: Literal["us", "foreign"] | None = Field(
        None, description="us or foreign: the survivor's domicile at the survivor's own death or gift"
    )
    spouse_nonresident_at_transfer: Flag | None = Field(
        None, description="The same as a yes or no: neither a citizen nor domiciled in the US then"
    )
    treaty_allows_dsue: Flag | None = Field(
        None, description="Whether a treaty lets a nonresident survivor use DSUE (IRC 2102(b)(3)); null: no"
    )
    conditions_of_2056a_b12_met: Flag | None = Field(
        None, description="Whether 2056A(b)(12) is met after the oath; null: from domicile and taxed distributions"
    )
    attorney_answer: Literal["allowed", "not_allowed"] | None = Field(
        None, description="The attorney's recorded answer about a resident survivor without citizenship or QDOT"
    )
    survivor_gifts: list[SurvivorGift] | None = Field(
        None, description="The survivor's taxable gifts after the first death, to see which may use DSUE"
    )
    other_deceased_spouses: list[OtherSpouse] | None = Field(
        None, description="Earlier and later deceased spouses of the survivor (Treas. Reg. 20.2010-3(b))"
    )


@dataclass(frozen=True, slots=True)
class Amounts:
    """The DSUE amounts, USD; None where a fact is missing."""

    preliminary: Decimal | None = None
    redetermined: Decimal | None = None
    gifts: Decimal | None = None
    qdot_taxed: Decimal | None = None


def answer_dsue(facts: DsueInput, book: LawBook) -> Answer:
    """Compute the preliminary and the redetermined DSUE and say whether and from when the survivor may use it."""
    answer = Answer()
    day = facts.day
    if day is None:
        answer.need("date_of_death")
    for name in ("spouse_date_of_death", "final_qdot_event_on"):
        later = getattr(facts, name)
        if facts.date_of_death is not None and later is not None and later < facts.date_of_death:
            raise InputError([f"{name}: {later.isoformat()} is before the first death, expected a later day"])
    if facts.decedent_citizenship == "foreign" and facts.decedent_domicile is None:
        answer.need("decedent_domicile")
    citizen = spouse_status(facts, answer).citizen_at_death
    has_qdot = _has_qdot(facts, answer, citizen=citizen is not False)
    election = _election(facts, book, answer)
    barred = election is not None and election.state in ("not_open_to_estate", "before_portability")
    amounts = Amounts(ZERO, ZERO) if barred else _amounts(facts, book, answer, has_qdot=has_qdot)
    found = None
    if citizen is not None:
        survivor = _survivor(facts, answer, citizen=citizen, has_qdot=bool(has_qdot), taxed=amounts.qdot_taxed)
        found = availability(survivor, day or date.min)
    elif _asks_about_survivor(facts, has_qdot=has_qdot):
        answer.need("spouse_is_us_citizen")
    else:
        answer.warn(
            "survivor_not_stated", "Nothing is stated about the survivor: only the amount is worked out, not its use."
        )
    elected = _elected(facts, election, answer)
    answer.result = _result(facts, book, answer, amounts, found, election, elected=elected, has_qdot=has_qdot)
    _say(answer, amounts, found, election, has_qdot=has_qdot)
    return answer


def _asks_about_survivor(facts: DsueInput, *, has_qdot: bool | None) -> bool:
    """Return whether the input is about the survivor's use and not about the amount alone."""
    stated = (
        facts.survivor_gifts,
        facts.spouse_date_of_death,
        facts.spouse_us_resident,
        facts.spouse_domicile_at_transfer,
        facts.spouse_nonresident_at_transfer,
        facts.other_deceased_spouses,
    )
    return bool(has_qdot) or any(fact is not None for fact in stated)


def _has_qdot(facts: DsueInput, answer: Answer, *, citizen: bool) -> bool | None:
    """Return whether a QDOT exists; where nothing says so either way it is asked for, except for a citizen."""
    if facts.qdot_exists is not None:
        return facts.qdot_exists
    events = facts.qdot_distributions or facts.qdot_amounts_taxed or facts.qdot_value_at_spouse_death
    if events or facts.all_qdot_amounts_taxed or facts.passing_to_qdot or facts.all_passes_to_qdot:
        return facts.election_made is not False
    known = facts.passing_to_qdot is not None or facts.passing_to_spouse_outright is not None
    if not known and not citizen and facts.taxable_estate is None and facts.passing_to_others is None:
        answer.need("qdot_exists")
        return None
    return False


def _election(facts: DsueInput, book: LawBook, answer: Answer) -> Election | None:
    if facts.day is None:
        return None
    if facts.date_of_death is None and facts.return_filed_on is not None:
        answer.need("date_of_death")
    return portability_election(
        date_of_death=facts.day,
        nonresident_decedent=facts.nonresident_decedent,
        filing_required=_filing_required(facts, book),
        extension_granted=bool(facts.extension_granted),
        return_filed_on=facts.return_filed_on,
        opted_out=bool(facts.opted_out),
        is_holiday=is_legal_holiday,
    )


def _filing_required(facts: DsueInput, book: LawBook) -> bool | None:
    """IRC 6018(a): gross estate plus gifts above the basic exclusion amount; None where the estate is not known."""
    if facts.filing_required is not None or facts.day is None:
        return facts.filing_required
    parts = [facts.passing_to_others, facts.passing_to_qdot, facts.passing_to_spouse_outright]
    gross = facts.gross_estate
    if gross is None and any(part is not None for part in parts):
        gross = sum((part or ZERO for part in parts), ZERO)
    if gross is None:
        return None
    exclusion = law_of(book, facts.day, "date_of_death").basic_exclusion_amount
    return gross + (facts.adjusted_taxable_gifts or ZERO) > exclusion


def _elected(facts: DsueInput, election: Election | None, answer: Answer) -> bool | None:
    """Return whether portability is elected; a stated answer holds unless the law bars it."""
    if election is None:
        return facts.portability_elected
    if election.state in ("not_open_to_estate", "before_portability", "opted_out"):
        return False
    if facts.return_filed_on is not None and election.made is False:
        return False
    if facts.portability_elected is not None:
        return facts.portability_elected
    if election.made is None:
        answer.warn(
            "portability_election_not_stated",
            f"Nothing says that portability is elected: {election.reason}. The amounts hold if it is.",
            *election.citations,
        )
    return election.made


def _taxable_estate(facts: DsueInput, answer: Answer) -> Decimal | None:
    """Return the taxable estate of the first decedent, the marital deduction taken off."""
    if facts.taxable_estate is not None:
        return facts.taxable_estate
    shares = shares_of(facts, answer)
    status = spouse_status(facts, answer)
    if shares is None or shares.net is None:
        return None
    if shares.qdot and not status.counts_as_citizen and facts.election_made is None:
        answer.need("election_made")
        return None
    deduction = ZERO
    for amount, elected in ((shares.outright, False), (shares.qdot, bool(facts.election_made))):
        treatment = marital_treatment(
            spouse_is_us_citizen=bool(status.citizen_at_death),
            citizen_before_return=status.citizen_before_return,
            through_elected_qdot=elected,
        )
        if treatment.deductible:
            deduction += amount
    return shares.net - deduction


def _gifts(facts: DsueInput, book: LawBook, law: Law, answer: Answer) -> Decimal | None:
    """Return the gifts that used exclusion up, or None with what is missing noted."""
    taxed = facts.gift_amount_on_which_gift_tax_was_paid
    if facts.taxable_gifts_by_year is not None:
        if facts.adjusted_taxable_gifts is not None:
            raise InputError(["taxable_gifts_by_year: stands beside adjusted_taxable_gifts, expected one of the two"])
        years = [
            YearOfGifts(
                entry.year,
                entry.taxable_gifts,
                gift_law_of(
                    book, date(entry.year, 12, 31), f"taxable_gifts_by_year[{index}].year"
                ).gift_basic_exclusion_amount,
            )
            for index, entry in enumerate(facts.taxable_gifts_by_year)
        ]
        gifts = sum((year.taxable_gifts for year in years), ZERO)
        return gifts_that_count(gifts, gifts_on_which_tax_was_paid(years, law.rate_table) if taxed is None else taxed)
    gifts = facts.adjusted_taxable_gifts or ZERO
    if facts.adjusted_taxable_gifts is None:
        answer.warn("taken_as_none", "Not stated, taken as none: adjusted taxable gifts.")
    paid = (facts.gift_tax_paid or ZERO) + (facts.gift_tax_payable or ZERO)
    if paid and taxed is None:
        answer.need("gift_amount_on_which_gift_tax_was_paid")
        return None
    if taxed is not None and taxed > gifts:
        raise InputError(
            [f"gift_amount_on_which_gift_tax_was_paid: is more than the gifts, expected at most {gifts:f}"]
        )
    return gifts_that_count(gifts, taxed or ZERO)


def _qdot_taxed(facts: DsueInput, answer: Answer) -> Decimal | None:
    """Return every amount on which 2056A tax was or will be imposed, or None where the last one is not known."""
    if facts.all_qdot_amounts_taxed is not None:
        return facts.all_qdot_amounts_taxed
    # After the oath nothing more is taxed, where the conditions of 2056A(b)(12) are met.
    oath = None if facts.conditions_of_2056a_b12_met is False else facts.spouse_naturalized_on
    amounts = facts.qdot_amounts_taxed or ZERO
    for event in facts.qdot_distributions or []:
        day = one_day(event.date, event.year, "qdot_distributions")
        if event.kind == "principal" and not (oath and day and day >= oath):
            amounts += event.amount
    if oath is not None or facts.final_qdot_event_on is not None:
        return amounts
    if facts.qdot_value_at_spouse_death is None:
        if facts.spouse_date_of_death is not None:
            answer.need("qdot_value_at_spouse_death")
        return None
    less = facts.qdot_deductions_at_spouse_death or ZERO
    if less > facts.qdot_value_at_spouse_death:
        raise InputError(["qdot_deductions_at_spouse_death: are more than the QDOT, expected at most its value"])
    return amounts + facts.qdot_value_at_spouse_death - less


def _amounts(facts: DsueInput, book: LawBook, answer: Answer, *, has_qdot: bool | None) -> Amounts:
    taxable = _taxable_estate(facts, answer)
    if taxable is None and "gross_estate" in answer.missing:
        answer.missing.remove("gross_estate")
        answer.need("taxable_estate")
    if facts.day is None or taxable is None:
        return Amounts()
    law = law_of(book, facts.day, "date_of_death" if facts.date_of_death else "year")
    gifts = _gifts(facts, book, law, answer)
    if gifts is None:
        return Amounts()
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    if facts.dsue is None:
        answer.warn("dsue_of_decedent_taken_as_none", "The decedent is taken to have had no DSUE of an earlier spouse.")
    preliminary = _dsue(facts, answer, law, (taxable, gifts), None)
    if not has_qdot:
        return Amounts(preliminary, preliminary, gifts)
    taxed = _qdot_taxed(facts, answer)
    if taxed is None:
        return Amounts(preliminary, None, gifts)
    final = _dsue(facts, answer, law, (taxable, gifts), given(taxed, "amounts on which 2056A tax was imposed"))
    return Amounts(preliminary, final, gifts, taxed)


def _dsue(
    facts: DsueInput, answer: Answer, law: Law, used: tuple[Decimal, Decimal], qdot_amounts: Figure | None
) -> Decimal:
    code, title = ("U-", "Preliminary DSUE") if qdot_amounts is None else ("V-", "DSUE after the last QDOT event")
    sheet = answer.sheet(code, f"{title}, death in {law.year}")
    basic = law[BASIC_EXCLUSION_AMOUNT].on(sheet)
    exclusion = sheet.write(
        "Applicable exclusion amount", basic + given(facts.dsue or ZERO, "DSUE the decedent had"), "IRC 2010(c)(2)"
    )
    taxable = sheet.write("Taxable estate", given(used[0], "taxable estate"), "IRC 2051")
    gifts = sheet.write(
        "Adjusted taxable gifts, those on which gift tax was paid left out",
        given(used[1], "adjusted taxable gifts"),
        "Treas. Reg. 20.2010-2(c)(1)-(2)",
    )
    if qdot_amounts is not None:
        qdot_amounts = sheet.write(
            "Amounts on which the 2056A tax was imposed", qdot_amounts, "Treas. Reg. 20.2010-2(c)(4)"
        )
    return unused_exclusion(
        sheet,
        basic_exclusion=basic,
        exclusion=exclusion,
        taxable_estate=taxable,
        adjusted_taxable_gifts=gifts,
        qdot_amounts_taxed=qdot_amounts,
    ).amount


def _survivor(facts: DsueInput, answer: Answer, *, citizen: bool, has_qdot: bool, taxed: Decimal | None) -> Survivor:
    nonresident = facts.spouse_nonresident_at_transfer
    if nonresident is None:
        domicile = facts.spouse_domicile_at_transfer
        abroad = domicile == "foreign" if domicile is not None else facts.spouse_us_resident is False
        nonresident = abroad and not citizen and facts.spouse_naturalized_on is None
        if domicile is None and facts.spouse_us_resident is None and not citizen and not facts.spouse_naturalized_on:
            answer.warn(
                "survivor_taken_as_resident",
                "The survivor is taken as domiciled in the United States at the transfer; a nonresident noncitizen "
                "survivor may use no DSUE.",
                "Treas. Reg. 20.2010-3(e)",
            )
    ended_on = facts.final_qdot_event_on or facts.spouse_date_of_death
    if facts.all_qdot_amounts_taxed is not None and ended_on is None and not facts.spouse_naturalized_on:
        answer.need("final_qdot_event_on")
    oath = None if citizen else facts.spouse_naturalized_on
    return Survivor(
        citizen_at_first_death=citizen,
        nonresident_noncitizen=nonresident,
        treaty_allows=bool(facts.treaty_allows_dsue),
        has_qdot=has_qdot,
        naturalized_on=oath,
        conditions_after_oath_met=_conditions_after_oath(facts, answer, taxed) if oath and has_qdot else None,
        final_qdot_event_on=ended_on,
        attorney_allows=None if facts.attorney_answer is None else facts.attorney_answer == "allowed",
    )


def _conditions_after_oath(facts: DsueInput, answer: Answer, taxed: Decimal | None) -> bool | None:
    """IRC 2056A(b)(12)(A)-(B): domiciled here throughout, or no taxed distribution before the oath."""
    if facts.conditions_of_2056a_b12_met is not None:
        return facts.conditions_of_2056a_b12_met
    if facts.spouse_us_domiciled_throughout or taxed == 0:
        return True
    answer.need("conditions_of_2056a_b12_met")
    return None


def _result(
    facts: DsueInput,
    book: LawBook,
    answer: Answer,
    amounts: Amounts,
    found: Availability | None,
    election: Election | None,
    *,
    elected: bool | None,
    has_qdot: bool | None,
) -> dict[str, Any]:
    usable, beside = _usable(amounts, found, elected=elected)
    rows, applied = _gift_rows(facts, answer, found, usable)
    total = usable
    if facts.other_deceased_spouses is not None and usable is not None and facts.day is not None:
        own = DeceasedSpouse(facts.day, usable, applied, bool(elected), married_at_death=True)
        total = dsue_of_all([own, *_others(facts.other_deceased_spouses)])
    available: bool | str | None = None
    if found is not None:
        available = found.state == "available" and elected is not False
        if found.state == ATTORNEY_QUESTION and elected is not False:
            available = ATTORNEY_QUESTION
    return {
        "dsue": amounts.redetermined,
        "preliminary_dsue": amounts.preliminary,
        "final_dsue": amounts.redetermined,
        "redetermined_dsue": amounts.redetermined if has_qdot else None,
        "adjusted_taxable_gifts_for_dsue": amounts.gifts,
        "qdot_amounts_taxed": amounts.qdot_taxed,
        "qdot_exists": has_qdot,
        "portability_elected": elected,
        "portability_election": "made" if elected and election and not election.made else election and election.state,
        "election_last_day": election.last_day if election else None,
        "portability_refused_because_noncitizen": False,
        "dsue_available_to_survivor": available,
        "availability": found.state if found else None,
        "reason": found.reason if found else None,
        "usable_from": found.usable_from if found and facts.day is not None else None,
        "usable_dsue": usable,
        "usable_dsue_if_attorney_allows": beside,
        "survivor_gifts": rows,
        "dsue_applied_to_gifts": applied,
        "dsue_in_survivor_exclusion": total,
        "survivor_applicable_exclusion_amount": _exclusion_of_survivor(facts, book, total),
    }


def _exclusion_of_survivor(facts: DsueInput, book: LawBook, dsue: Decimal | None) -> Decimal | None:
    """IRC 2010(c)(2): the survivor's basic exclusion at death plus the DSUE; None where a law or fact is missing."""
    died = facts.spouse_date_of_death
    if died is None or dsue is None or died.year not in book.years:
        return None
    return book.federal(died).basic_exclusion_amount + dsue


def _usable(
    amounts: Amounts, found: Availability | None, *, elected: bool | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return what the survivor may use now, and what the other reading of an open question gives, USD."""
    if found is None or amounts.preliminary is None:
        return None, None
    if elected is False or found.state in ("none", "waits"):
        return ZERO, None
    if found.state == ATTORNEY_QUESTION:
        return ZERO, amounts.redetermined
    return amounts.redetermined, None


def _gift_rows(
    facts: DsueInput, answer: Answer, found: Availability | None, usable: Decimal | None
) -> tuple[list[dict[str, Any]], Decimal]:
    """Say of every gift of the survivor what DSUE it uses; DSUE goes before the survivor's own exclusion."""
    rows: list[dict[str, Any]] = []
    applied = ZERO
    for index, gift in enumerate(facts.survivor_gifts or []):
        day = one_day(gift.date, gift.year, f"survivor_gifts[{index}].date")
        if day is None:
            answer.need(f"survivor_gifts[{index}].date")
            continue
        may = found is not None and usable_for_gift(found, day)
        used = min(gift.taxable_gifts, usable - applied) if may and usable is not None else ZERO
        applied += used
        rows.append({"date": gift.date, "year": day.year, "dsue_usable": may, "dsue_applied": used})
    return rows, applied


def _others(spouses: list[OtherSpouse]) -> list[DeceasedSpouse]:
    return [
        DeceasedSpouse(
            spouse.date_of_death,
            spouse.dsue,
            spouse.applied_to_gifts or ZERO,
            spouse.portability_elected,
            married_at_death=spouse.married_at_death is not False,
        )
        for spouse in spouses
    ]


def _say(
    answer: Answer,
    amounts: Amounts,
    found: Availability | None,
    election: Election | None,
    *,
    has_qdot: bool | None,
) -> None:
    """Add the findings and the warnings the result needs."""
    answer.findings += [
        Finding(
            "EST-04",
            "undecided" if amounts.preliminary is None else "fired" if amounts.preliminary > 0 else "not_fired",
            "note",
            "Does the first decedent leave exclusion unused?",
            f"Portability: {election.reason}." if election else "The day of death is not known.",
            election.citations if election else ("IRC 2010(c)(4)",),
            measured=amounts.preliminary,
            form="Form 706",
        ),
        Finding(
            "EST-05",
            "undecided" if has_qdot is None else "fired" if has_qdot else "not_fired",
            "warn" if has_qdot else "note",
            "Does a QDOT make the unused exclusion preliminary?",
            QDOT_USES_IT_UP if has_qdot else "No QDOT is stated: the amount on the return is not redetermined.",
            ("Treas. Reg. 20.2010-2(c)(4)", "Treas. Reg. 20.2010-3(c)(3)"),
            measured=amounts.redetermined,
            threshold=amounts.preliminary,
            form="Form 706",
        ),
    ]
    if found is None:
        return
    if found.state == ATTORNEY_QUESTION:
        answer.warn(
            "dsue_attorney_question",
            "Whether a resident survivor who never becomes a citizen and has no QDOT may use DSUE is not settled: the "
            "amount is shown without it, and with it beside. The attorney's answer can be recorded.",
            *found.citations,
        )
    barred = found.state == "none"
    answer.findings += [
        Finding(
            "EST-06",
            "fired" if barred else "not_fired",
            "warn" if barred else "note",
            "Is the survivor barred from DSUE at the survivor's own transfer?",
            f"{found.reason[0].upper()}{found.reason[1:]}." if barred else "The survivor is not barred.",
            found.citations if barred else ("Treas. Reg. 20.2010-3(e)", "Treas. Reg. 25.2505-2(f)"),
            form="Form 706",
        ),
        Finding(
            "GFT-49",
            "undecided" if found.state == ATTORNEY_QUESTION else "fired",
            "warn" if found.state in ("waits", "none", ATTORNEY_QUESTION) else "note",
            "From what day may the survivor use DSUE for gifts and at death?",
            f"{found.reason[0].upper()}{found.reason[1:]}.",
            found.citations,
            measured=found.usable_from.isoformat() if found.usable_from else None,
            form="Form 709",
            questions=(QUESTION,) if found.state == ATTORNEY_QUESTION else (),
        ),
    ]


RULE = Rule("dsue", "Unused exclusion of the first decedent, and the survivor's use of it", DsueInput, answer_dsue)
