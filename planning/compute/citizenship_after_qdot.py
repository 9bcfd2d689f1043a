"""`citizenship-after-qdot`: the spouse becomes a citizen while a QDOT runs: does its tax end, and at what price?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import Citizenship, RuleInput, Year, is_citizen, law_of
from planning.compute.rule import Rule
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, LawBook
from planning.engine.rules import s2056a_spouse_becomes_citizen as citizen
from planning.engine.rules.election_findings import requirement_finding
from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.s2056a_tax_dates import final_return_of_citizen
from planning.engine.rules.s2502_gift_tax import gift_tax
from planning.engine.rules.s7503_due_dates import Calendar
from planning.engine.worksheet import ZERO, given, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import Day, Flag, InputError, Money

FORM = "Form 706-QDT"


class TaxedDistributionInput(RuleInput):
    """A distribution of principal before the oath."""

    second_names: ClassVar = {"credit": "credit_that_reduced_tax", "section_2056a_tax": "tax"}
    date: Day | None = Field(None, description="Day it was made; for the record, and for the order")
    year: Year | None = Field(None, description="Year it was made, where the day is not known")
    amount: Money = Field(description="Amount on which the tax was worked out, USD")
    tax: Money | None = Field(
        None, description="2056A tax imposed on it, USD; null: worked out from the decedent's estate"
    )
    credit_that_reduced_tax: Money | None = Field(
        None, description="What the decedent's 2010 credit took off that tax, USD; null: worked out"
    )


class LaterGiftInput(RuleInput):
    """Taxable gifts the spouse makes in or after the year of the oath."""

    second_names: ClassVar = {"amount": "taxable_gifts"}
    year: Year = Field(description="Calendar year of the gifts")
    taxable_gifts: Money = Field(description="Taxable gifts of that year, USD (IRC 2503(a))")


class CitizenshipAfterQdotInput(RuleInput):
    """The oath, residence, tax before it, the election, the notice, and the amounts the election turns on."""

    second_names: ClassVar = {
        "spouse_is_us_citizen": "spouse_citizen_now",
        "spouse_became_citizen": "spouse_citizen_now",
        "spouse_naturalized": "spouse_naturalized_on",
        "naturalized_on": "spouse_naturalized_on",
        "citizen_on": "spouse_naturalized_on",
        "us_resident_at_all_times_since_death": "us_resident_all_times_since_death",
        "spouse_us_domiciled_throughout": "us_resident_all_times_since_death",
        "tax_before_citizenship": "qdot_tax_before_citizenship",
        "section_2056a_tax_before_citizenship": "qdot_tax_before_citizenship",
        "spouse_elects": "spouse_elects_line_4",
        "spouse_elects_part_ii_line_4": "spouse_elects_line_4",
        "final_form_706_qdt_filed_on": "notice_filed_on",
        "final_form_706_qdt_filed": "notice_filed_on",
        "extension": "extension_granted",
        "decedent_date_of_death": "date_of_death",
        "first_decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "first_decedent_taxable_estate": "taxable_estate",
        "distributions": "distributions_before_citizenship",
        "qdot_distributions": "distributions_before_citizenship",
        "later_gifts": "spouse_taxable_gifts_by_year",
    }

    spouse_citizen_now: Flag | None = Field(None, description="Whether the spouse has become a US citizen")
    spouse_citizenship: Citizenship | None = Field(None, description="The same in a word: us or foreign")
    spouse_naturalized_on: Day | None = Field(None, description="Day of the oath, actual or expected")
    us_resident_all_times_since_death: Flag | None = Field(
        None, description="Whether the spouse was domiciled in the US at all times from the death to the oath"
    )
    qdot_tax_before_citizenship: Money | None = Field(
        None, description="2056A tax imposed on distributions before the oath, USD; 0 for none"
    )
    spouse_elects_line_4: Flag | None = Field(
        None, description="Whether the spouse makes the election of IRC 2056A(b)(12)(C), Form 706-QDT Part II line 4"
    )
    notice_filed_on: Day | None = Field(
        None, description="Day the US Trustee filed the final Form 706-QDT; null: still to be filed"
    )
    notice_missed: Flag | None = Field(None, description="Whether its day passed with nothing filed")
    extension_granted: Flag | None = Field(None, description="Whether six months more were granted to file it")
    late_notice_relief: Flag | None = Field(
        None, description="Whether a ruling under Treas. Reg. 301.9100-3 accepts a late notice"
    )
    date_of_death: Day | None = Field(None, description="The first decedent's day of death: its law works the tax out")
    taxable_estate: Money | None = Field(None, description="The first decedent's taxable estate, USD")
    adjusted_taxable_gifts: Money | None = Field(None, description="The first decedent's, USD; null: none")
    gift_tax_payable: Money | None = Field(None, description="Gift tax payable on them, USD; null: none")
    dsue: Money | None = Field(None, description="DSUE the first decedent had, USD; null: none")
    distributions_before_citizenship: list[TaxedDistributionInput] | None = Field(
        None, description="Distributions of principal before the oath, in order of time"
    )
    spouse_taxable_gifts_by_year: list[LaterGiftInput] | None = Field(
        None, description="The spouse's taxable gifts from the year of the oath on: their tax after the election"
    )
    spouse_prior_taxable_gifts: Money | None = Field(
        None, description="The spouse's own taxable gifts of earlier years, USD; null: none"
    )
    spouse_prior_credit_used: Money | None = Field(
        None, description="Credit of 2505 the spouse used on them, USD; null: none"
    )


def answer_citizenship_after_qdot(facts: CitizenshipAfterQdotInput, book: LawBook) -> Answer:
    """Say whether the tax ends, by which way, what notice it takes, and what an election makes of earlier amounts."""
    answer = Answer()
    is_us = is_citizen(flag=facts.spouse_citizen_now, citizenship=facts.spouse_citizenship, path="spouse_citizen_now")
    if is_us is None and facts.spouse_naturalized_on is not None:
        is_us = True
    if facts.date_of_death and facts.spouse_naturalized_on and facts.spouse_naturalized_on <= facts.date_of_death:
        raise InputError(["spouse_naturalized_on: is not after the death, expected a later day; see marital-deduction"])
    taxed = _taxed(facts, book, answer)
    before = facts.qdot_tax_before_citizenship
    if before is None and taxed is not None:
        before = sum((one.tax for one in taxed), ZERO)
    ways = citizen.ways_open(
        resident_all_times=facts.us_resident_all_times_since_death,
        tax_before=before,
        elects=facts.spouse_elects_line_4,
    )
    condition = citizen.condition_met(ways)
    notice, dates = _notice(facts)
    ended = citizen.tax_ends(is_citizen=is_us, condition=condition, notice=notice)
    missing = _missing(facts, before, is_us=is_us, condition=condition) if ended is None else ()
    answer.need(*missing)
    _result(facts, answer, ended=ended, ways=ways, notice=notice, dates=dates)
    _finding(answer, ended=ended, ways=ways, is_us=is_us, notice=notice, missing=missing)
    _warnings(answer, ended=ended, notice=notice, dates=dates)
    _consequences(facts, book, answer, taxed)
    return answer


def _missing(
    facts: CitizenshipAfterQdotInput, before: Decimal | None, *, is_us: bool | None, condition: bool | None
) -> tuple[str, ...]:
    names = [] if is_us is not None else ["spouse_citizen_now"]
    if condition is None:
        stated = {
            "us_resident_all_times_since_death": facts.us_resident_all_times_since_death,
            "qdot_tax_before_citizenship": before,
            "spouse_elects_line_4": facts.spouse_elects_line_4,
        }
        names += [name for name, value in stated.items() if value is None]
    return tuple(names)


def _notice(facts: CitizenshipAfterQdotInput) -> tuple[citizen.NoticeState, dict[str, date]]:
    """Return how the notice stands, and its days where the oath is known."""
    if facts.spouse_naturalized_on is None:
        if facts.notice_missed and not facts.late_notice_relief:
            return "not_filed", {}
        return ("relief_granted" if facts.late_notice_relief else "open"), {}
    if facts.notice_filed_on is not None and facts.notice_filed_on < facts.spouse_naturalized_on:
        raise InputError(["notice_filed_on: is before the oath, expected a later day"])
    due, extended = final_return_of_citizen(Calendar(is_legal_holiday), facts.spouse_naturalized_on)
    state = citizen.notice_state(
        due=due.due,
        extended_due=extended.due if facts.extension_granted else None,
        filed_on=facts.notice_filed_on,
        relief=facts.late_notice_relief,
    )
    if state == "open" and facts.notice_missed:
        state = "not_filed"
    return state, {"notice_due": due.due, "notice_due_with_extension": extended.due}


def _result(
    facts: CitizenshipAfterQdotInput,
    answer: Answer,
    *,
    ended: bool | None,
    ways: dict[citizen.Way, bool | None],
    notice: citizen.NoticeState,
    dates: dict[str, date],
) -> None:
    taxed_later = None if ended is None else not ended
    answer.result |= {
        "section_2056a_tax_ends": ended,
        "later_distributions_taxed": taxed_later,
        "taxed_at_spouse_death": taxed_later,
        "conditions_of_2056a_b12_met": citizen.condition_met(ways),
        "ways_met": [way for way, met in ways.items() if met],
        "notice": notice,
        "notice_due": dates.get("notice_due"),
        "notice_due_with_extension": dates.get("notice_due_with_extension"),
        "earlier_tax_refunded": citizen.tax_comes_back(),
        "security_and_statements_end": citizen.security_ends(ended=ended),
        "dsue_usable_from": citizen.dsue_usable_from(ended=ended, naturalized_on=facts.spouse_naturalized_on),
        "citations": [authority for way, met in ways.items() if met for authority in citizen.CITATIONS[way]],
    }


def _finding(
    answer: Answer,
    *,
    ended: bool | None,
    ways: dict[citizen.Way, bool | None],
    is_us: bool | None,
    notice: citizen.NoticeState,
    missing: tuple[str, ...],
) -> None:
    words = {"A": "resident throughout", "B": "no tax imposed before", "C": "the spouse's election"}
    met = ", ".join(words[way] for way, open_ in ways.items() if open_)
    if ended:
        text = f"no tax on what leaves the trust after the oath: {met}"
    elif is_us is False:
        text = "the spouse is not a citizen: the tax goes on"
    elif ended is False and met:
        text = f"the notice is {notice.replace('_', ' ')}: the tax goes on unless a ruling accepts a late one"
    elif ended is False:
        text = "not resident throughout, taxed before, and no election: the tax goes on"
    else:
        text = "not decided yet"
    answer.findings.append(
        requirement_finding(
            "EST-68",
            met=ended,
            test="Does the spouse's citizenship end the QDOT's tax?",
            text=text,
            citations=("IRC 2056A(b)(12)", "Treas. Reg. 20.2056A-10"),
            form=FORM,
            question="Should the spouse elect under 2056A(b)(12)(C), or a ruling on a late notice be asked for?",
            missing=missing,
            if_not="warn",
        )
    )


def _warnings(answer: Answer, *, ended: bool | None, notice: citizen.NoticeState, dates: dict[str, date]) -> None:
    if ended and notice == "open":
        by = f"by {dates['notice_due'].isoformat()}" if dates else "by April 15 of the year after the oath"
        answer.warn(
            "notice_needed",
            f"This holds only if the US Trustee certifies the citizenship on a final Form 706-QDT {by}.",
            *citizen.NOTICE,
        )
    if notice in ("filed_late", "not_filed"):
        answer.warn(
            "notice_late",
            "The notice missed its day: the tax goes on unless a ruling accepts it late.",
            *citizen.NOTICE,
            *citizen.LATE_RELIEF,
        )
    answer.warn(
        "unverified_rule",
        "The statute was read; of Treas. Reg. 20.2056A-10 only what letter rulings say of it. An attorney must confirm "
        "the notice and the election.",
        "IRC 2056A(b)(12)",
        "Treas. Reg. 20.2056A-10",
    )


def _taxed(facts: CitizenshipAfterQdotInput, book: LawBook, answer: Answer) -> list[citizen.TaxedDistribution] | None:
    """Return each earlier distribution with tax and credit, as stated or worked out; None where that cannot be done."""
    given_ones = facts.distributions_before_citizenship
    if given_ones is None:
        return None
    stated = [one for one in given_ones if one.tax is not None and one.credit_that_reduced_tax is not None]
    base = None if len(stated) == len(given_ones) else _base(facts, book, answer)
    if base is None and len(stated) < len(given_ones):
        answer.need(*[name for name in ("date_of_death", "taxable_estate") if getattr(facts, name) is None])
        return None if any(one.tax is None for one in given_ones) else _as_stated(given_ones)
    if base is None:
        return _as_stated(given_ones)
    worked_out = citizen.tax_and_credit(base, [one.amount for one in given_ones])
    return [
        citizen.TaxedDistribution(
            one.amount,
            found.tax if one.tax is None else one.tax,
            found.credit if one.credit_that_reduced_tax is None else one.credit_that_reduced_tax,
        )
        for one, found in zip(given_ones, worked_out, strict=True)
    ]


def _as_stated(given_ones: Sequence[TaxedDistributionInput]) -> list[citizen.TaxedDistribution]:
    return [
        citizen.TaxedDistribution(one.amount, one.tax or ZERO, one.credit_that_reduced_tax or ZERO)
        for one in given_ones
    ]


def _base(facts: CitizenshipAfterQdotInput, book: LawBook, answer: Answer) -> QdotBase | None:
    if facts.date_of_death is None or facts.taxable_estate is None:
        return None
    law = law_of(book, facts.date_of_death, "date_of_death")
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    silent = {"adjusted taxable gifts": facts.adjusted_taxable_gifts, "DSUE": facts.dsue}
    names = [name for name, value in silent.items() if value is None]
    if names:
        answer.warn("taken_as_none", f"Not stated, taken as none: {', '.join(names)} of the first decedent.")
    return QdotBase(
        taxable_estate=facts.taxable_estate,
        adjusted_taxable_gifts=facts.adjusted_taxable_gifts or ZERO,
        gift_tax_payable=facts.gift_tax_payable or ZERO,
        applicable_exclusion_amount=law.basic_exclusion_amount + (facts.dsue or ZERO),
        rate_table=law.rate_table,
        year=law.year,
    )


def _consequences(
    facts: CitizenshipAfterQdotInput,
    book: LawBook,
    answer: Answer,
    taxed: list[citizen.TaxedDistribution] | None,
) -> None:
    """Say what the election makes of earlier distributions and of the decedent's credit, in amounts. (b)(12)(C)."""
    elects = citizen.taken_over_as_gifts(elects=facts.spouse_elects_line_4)
    answer.result["earlier_distributions_become_spouse_gifts"] = elects
    if not elects:
        return
    answer.result |= {"spouse_taxable_gifts_from_qdot": None, "spouse_credit_used_from_qdot": None}
    if taxed is None:
        answer.warn(
            "amounts_not_worked_out",
            "The election turns taxed distributions into the spouse's taxable gifts; state "
            "distributions_before_citizenship to have the amounts.",
            "IRC 2056A(b)(12)(C)",
        )
        return
    sheet = answer.sheet("C-", "What the election of 2056A(b)(12)(C) makes of earlier distributions")
    for index, one in enumerate(taxed):
        path = f"distributions_before_citizenship[{index}]"
        sheet.write("Distribution before the oath", given(one.amount, f"{path}.amount"), "IRC 2056A(b)(1)(A)")
        sheet.write("Tax imposed on it", given(one.tax, f"{path}: stated or worked out"), "IRC 2056A(b)(2)(A)")
        sheet.write(
            "Taken off by the decedent's credit", given(one.credit, f"{path}: stated or worked out"), "IRC 2010"
        )
    gifts = sheet.write(
        "Taxable gifts of the spouse",
        given(citizen.becomes_own_gifts(taxed), "every distribution on which tax was imposed"),
        "IRC 2056A(b)(12)(C)(i)",
        kind="subtotal",
    )
    credit = sheet.write(
        "Credit that counts as used by the spouse",
        given(citizen.counts_as_credit_used(taxed), "the decedent's credit against tax that was imposed"),
        "IRC 2056A(b)(12)(C)(ii)",
        "IRC 2505(a)(2)",
        kind="result",
    )
    answer.result |= {
        "spouse_taxable_gifts_from_qdot": gifts.amount,
        "spouse_credit_used_from_qdot": credit.amount,
    }
    if any(one.tax == 0 and one.credit for one in taxed):
        answer.warn(
            "covered_distributions_left_out",
            "Distributions that the decedent's credit covered whole are left out, as no tax was imposed on them; the "
            "statute can be read to count their credit. An attorney must decide.",
            "IRC 2056A(b)(12)(C)",
        )
    _later_gifts(facts, book, answer, gifts.amount, credit.amount)


def _later_gifts(
    facts: CitizenshipAfterQdotInput, book: LawBook, answer: Answer, gifts: Decimal, credit: Decimal
) -> None:
    """Tax the spouse's later gifts on top of what the election made, with the credit it used up. IRC 2502, 2505."""
    if facts.spouse_taxable_gifts_by_year and facts.spouse_prior_taxable_gifts is None:
        answer.warn("spouse_gifts_taken_as_none", "Not stated, taken as none: the spouse's own earlier taxable gifts.")
    rows: list[dict[str, Any]] = []
    prior = facts.spouse_prior_taxable_gifts or ZERO
    used = facts.spouse_prior_credit_used or ZERO
    made = sorted(facts.spouse_taxable_gifts_by_year or [], key=lambda one: one.year)
    for index, one in enumerate(made):
        if facts.spouse_naturalized_on is not None and one.year < facts.spouse_naturalized_on.year:
            fault = "is before the year of the oath, expected that year or a later one"
            raise InputError([f"spouse_taxable_gifts_by_year[{index}].year: {fault}"])
        law = law_of(book, date(one.year, 12, 31), f"spouse_taxable_gifts_by_year[{index}].year")
        answer.uses(law, BASIC_EXCLUSION_AMOUNT)
        found = gift_tax(
            answer.sheet(f"G{index + 1}-", f"The spouse's gift tax of {one.year}"),
            taxable_gifts=given(one.taxable_gifts, "spouse_taxable_gifts_by_year"),
            prior_taxable_gifts=total([given(prior, "own gifts"), given(gifts, "taken over from the QDOT")]),
            credit_used_before=total([given(used, "own credit used"), given(credit, "taken over from the QDOT")]),
            dsue_amount=given(ZERO, "no DSUE counted"),
            law=law,
        )
        prior += one.taxable_gifts
        used += found.credit
        rows.append({"year": one.year, "gift_tax": found.due, "exclusion_remaining": found.exclusion_remaining})
    if rows:
        answer.result["spouse_gift_tax"] = rows


RULE = Rule(
    "citizenship-after-qdot",
    "The spouse becomes a citizen while a QDOT runs: does its tax end",
    CitizenshipAfterQdotInput,
    answer_citizenship_after_qdot,
)
