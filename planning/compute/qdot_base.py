"""The first decedent's final estate, as every later QDOT tax is computed on it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from planning.compute.answers import Answer
from planning.compute.death_taxes import RecomputedCredit, need_parts, recomputed_credit
from planning.compute.estates import years_of_gifts
from planning.compute.fields import law_of
from planning.compute.qdot_facts import QdotTaxInput
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.historic_law import historic_doubts
from planning.engine.rules.s2001g_tax_on_earlier_gifts import tax_on_earlier_gifts
from planning.engine.rules.s2010_unified_credit import pre_1977_reduction
from planning.engine.rules.s2011_state_death_tax_credit import lesser_of_paid_and_most
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase, QdotBase, QdotBaseWithCredits
from planning.engine.rules.s2101_nonresident import basic_credit
from planning.engine.rules.s2106_nonresident_deductions import lesser_of_paid_and_share
from planning.engine.rules.treaty_pro_rata_credit import treaty_credit
from planning.engine.worksheet import ZERO, given
from planning.inputs import InputError


def first_estate(facts: QdotTaxInput, book: LawBook, answer: Answer, *, needed: bool) -> QdotBase | None:
    """Return the first decedent's final estate, or None with what is missing noted where it is needed."""
    day, taxable = facts.day, _taxable_estate(facts)
    if needed:
        if day is None:
            answer.need("date_of_death")
        if taxable is None:
            answer.need("taxable_estate")
    if day is None:
        return None
    law = law_of(book, day, "date_of_death" if facts.date_of_death else "year")
    if taxable is None:
        return None
    gifts, payable = _gifts(facts, book, law)
    _warn_about_silence(facts, answer)
    for doubt in historic_doubts(
        day,
        gift_tax_payable=payable,
        elected_out=False,
        nonresident=facts.nonresident_decedent,
        taxed=taxable + gifts,
    ):
        answer.warn(doubt.code, doubt.text, *doubt.citations)
    if facts.nonresident_decedent:
        return _nonresident(facts, law, answer, taxable, gifts)
    if "decedent_domicile" in answer.missing:
        return None
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    exclusion = law.basic_exclusion_amount + (facts.dsue or ZERO)
    fixed = (facts.prior_transfer_credit or ZERO) + (facts.foreign_death_tax_credit or ZERO)
    fixed += facts.pre_1977_gift_tax_credit or ZERO
    state = law.state_death_tax_credit
    foreign = _foreign_credit(facts, answer, taxable)
    if not fixed and not facts.pre_1977_exemption_used and state is None and foreign is None:
        return QdotBase(taxable, gifts, payable, exclusion, law.rate_table, law.year)
    if state is not None and facts.state_death_tax_paid is None:
        answer.warn(
            "state_death_tax_taken_as_none",
            "Nothing is stated of state death tax the first estate paid: no credit is counted for it, though the "
            "law of that death gives one.",
            "IRC 2011",
            "Treas. Reg. 20.2056A-6(b)(4)",
        )
    if facts.foreign_death_tax_credit:
        answer.warn(
            "foreign_credit_taken_as_unchanged",
            "The credit for foreign death taxes is taken as the first estate had it, in both terms; its limit on the "
            "enlarged estate must be checked.",
            "IRC 2014(b)",
            "Treas. Reg. 20.2056A-6(b)(4)",
        )
    return QdotBaseWithCredits(
        taxable_estate=taxable,
        adjusted_taxable_gifts=gifts,
        gift_tax_payable=payable,
        applicable_exclusion_amount=exclusion,
        rate_table=law.rate_table,
        year=law.year,
        credit_cut=pre_1977_reduction(facts.pre_1977_exemption_used or ZERO),
        other_credits=fixed,
        state_tax_paid=facts.state_death_tax_paid or ZERO,
        survivor_state_tax=ZERO,
        state_credit=None if state is None else partial(lesser_of_paid_and_most, law),
        foreign_credit=foreign,
    )


def _foreign_credit(facts: QdotTaxInput, answer: Answer, taxable: Decimal) -> RecomputedCredit | None:
    """Return the 2014 credit on the enlarged estate; None where it is not stated what was paid abroad."""
    if facts.foreign_death_taxes is None:
        return None
    if facts.foreign_death_tax_credit is not None:
        raise InputError(["foreign_death_taxes: stands beside foreign_death_tax_credit, expected one of the two"])
    if facts.marital_deduction is None:
        answer.need("marital_deduction")
    marital, charitable = facts.marital_deduction or ZERO, facts.charitable_deduction or ZERO
    need_parts(facts.foreign_death_taxes, answer, marital=marital, charitable=charitable)
    # Gross estate less the deductions of 2055 and 2056: what is taxed, and what 2053, 2054 and 2058 deducted of it.
    taxed_estate = taxable + (facts.deducted_expenses or ZERO)
    answer.warn(
        "foreign_credit_recomputed",
        "The credit for foreign death taxes is limited anew on the enlarged estate. That the foreign property in the "
        "QDOT is taxed again in the proportion of the amounts taxed to the marital deduction is inferred; an attorney "
        "must confirm it.",
        "IRC 2014(b)",
        "Treas. Reg. 20.2056A-6(b)(4)",
    )

    return recomputed_credit(
        facts.foreign_death_taxes,
        marital=marital,
        charitable=charitable,
        taxed_estate=taxed_estate,
        gift_tax_credit=facts.pre_1977_gift_tax_credit or ZERO,
    )


def _taxable_estate(facts: QdotTaxInput) -> Decimal | None:
    if facts.gross_estate is None:
        return facts.passing_to_others if facts.taxable_estate is None else facts.taxable_estate
    if facts.taxable_estate is not None:
        raise InputError(["taxable_estate: stands beside gross_estate, expected one of the two"])
    if facts.marital_deduction is None:
        return None
    if facts.marital_deduction > facts.gross_estate:
        raise InputError([f"marital_deduction: is more than the estate, expected at most {facts.gross_estate:f}"])
    return facts.gross_estate - facts.marital_deduction


def _gifts(facts: QdotTaxInput, book: LawBook, law: Law) -> tuple[Decimal, Decimal]:
    """Return adjusted taxable gifts and the gift tax payable on them."""
    if facts.taxable_gifts_by_year is None:
        return facts.adjusted_taxable_gifts or ZERO, facts.gift_tax_payable or ZERO
    if facts.adjusted_taxable_gifts is not None:
        raise InputError(["taxable_gifts_by_year: stands beside adjusted_taxable_gifts, expected one of the two"])
    years = years_of_gifts(facts.taxable_gifts_by_year, book)
    earlier = tax_on_earlier_gifts(years, law.rate_table, pre_1977_reduction(facts.pre_1977_exemption_used or ZERO))
    return earlier.taxable_gifts, earlier.tax_payable if facts.gift_tax_payable is None else facts.gift_tax_payable


def _warn_about_silence(facts: QdotTaxInput, answer: Answer) -> None:
    silent = {"adjusted taxable gifts": facts.taxable_gifts_by_year or facts.adjusted_taxable_gifts}
    if not facts.nonresident_decedent:
        silent["DSUE"] = facts.dsue
    names = [name for name, value in silent.items() if value is None]
    if names:
        answer.warn("taken_as_none", f"Not stated, taken as none: {', '.join(names)} of the first decedent.")


def _nonresident(
    facts: QdotTaxInput, law: Law, answer: Answer, taxable: Decimal, gifts: Decimal
) -> NonresidentQdotBase | None:
    """Return the estate of a first decedent under 2101. Treas. Reg. 20.2056A-6(a)."""
    sheet = answer.sheet("N-", f"Credit of a nonresident decedent, {law.year}")
    if facts.treaty_grants_pro_rata_credit:
        us, worldwide = facts.us_gross_estate, facts.worldwide_gross_estate
        answer.need(*([] if us is not None else ["us_gross_estate"]))
        answer.need(*([] if worldwide is not None else ["worldwide_gross_estate"]))
        if us is None or worldwide is None:
            return None
        credit = treaty_credit(
            sheet,
            law,
            us_gross_estate=given(us, "us_gross_estate"),
            worldwide_gross_estate=given(worldwide, "worldwide_gross_estate"),
        )
    else:
        credit = basic_credit(sheet, law)
    return NonresidentQdotBase(
        taxable_estate=taxable,
        adjusted_taxable_gifts=gifts,
        gift_tax_payable=ZERO,
        applicable_exclusion_amount=ZERO,
        rate_table=law.nonresident_rate_table,
        year=law.year,
        credit=credit.amount,
        other_credits=facts.prior_transfer_credit or ZERO,
        state_tax_paid=facts.state_death_tax_paid or ZERO,
        state_credit=_state_credit_of_nonresident(facts, law, answer),
    )


def _state_credit_of_nonresident(
    facts: QdotTaxInput, law: Law, answer: Answer
) -> Callable[[Decimal, Decimal], Decimal] | None:
    """Return the state credit of a nonresident who died before 2005; None where there is none. Old IRC 2102(b)."""
    if law.state_death_tax_credit is None or facts.state_death_tax_paid is None:
        return None
    needed = {"us_gross_estate": facts.us_gross_estate, "state_taxed_property": facts.state_taxed_property}
    answer.need(*(name for name, value in needed.items() if value is None))
    return partial(lesser_of_paid_and_share, law, facts.us_gross_estate or ZERO, facts.state_taxed_property or ZERO)
