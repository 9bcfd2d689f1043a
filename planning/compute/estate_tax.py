"""`estate-tax`: the federal estate tax of a citizen or resident, and of the surviving spouse where asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.estates import (
    SECOND_NAMES,
    Estate,
    EstateInput,
    as_stated,
    refused_nonresident,
    spouse_status,
    with_schedules,
    work_out_estate,
)
from planning.compute.fields import Citizenship, Year, law_of, one_day
from planning.compute.portability_estimates import estimated_values
from planning.compute.rule import Rule
from planning.compute.schedules import close_recapitulation, schedules_result
from planning.compute.treaty_answers import (
    Alternative,
    add_treaty_findings,
    refused,
    resident_alternatives,
)
from planning.compute.treaty_facts import TREATY_NAMES, TreatyEstateInput, with_words
from planning.engine.finding import Finding
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.marital_findings import treaty_finding
from planning.engine.rules.qdot_need import Need, least_qdot, need_finding, qdot_need
from planning.engine.rules.s2001_estate_tax import estate_tax, less_gift_tax, net_estate_tax, tentative_tax
from planning.engine.rules.s2010_unified_credit import unused_exclusion
from planning.engine.rules.s2010c_dsue import FIRST_YEAR_OF_PORTABILITY
from planning.engine.rules.s2010c_lower_exclusion import clawback_finding, sunset_finding
from planning.engine.rules.s2013_prior_transfer_credit import prior_transfer_credit
from planning.engine.rules.s2056a_qdot import qdot_tax
from planning.engine.rules.s6018_estate_return import filing_threshold, form_706_required, return_finding
from planning.engine.rules.treaties import treaty_choice
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, to_cents, total
from planning.inputs import Day, Flag, InputError, Money


class EstateTaxInput(TreatyEstateInput):
    """The first estate and, where the survivor's tax is asked for too, the survivor."""

    second_names: ClassVar = (
        SECOND_NAMES
        | TREATY_NAMES
        | {
            "spouse_death": "spouse_date_of_death",
            "survivor_date_of_death": "spouse_date_of_death",
            "spouse_death_year": "spouse_year_of_death",
            "survivor_own_estate": "spouse_own_estate",
        }
    )

    spouse_own_estate: Money | None = Field(
        None, description="The survivor's own taxable property at the survivor's death, USD; asks for the second tax"
    )
    spouse_date_of_death: Day | None = Field(None, description="The survivor's day of death")
    spouse_year_of_death: Year | None = Field(
        None, description="The survivor's year of death, where the day is not known"
    )
    survivor_dies_in_same_year: Flag | None = Field(None, description="true: the survivor dies in the same year")
    survivor_domicile_at_death: Citizenship | None = Field(
        None, description="us or foreign: the survivor's domicile at death; null: taken as us"
    )
    spouse_adjusted_taxable_gifts: Money | None = Field(
        None, description="The survivor's own adjusted taxable gifts, USD (IRC 2001(b)); null: none"
    )
    qdot_value_at_spouse_death: Money | None = Field(
        None, description="QDOT value at the survivor's death, USD; null: taken as unchanged"
    )
    qdot_in_survivor_estate: Flag | None = Field(
        None, description="Whether the survivor's estate includes the QDOT (IRC 2041, 2044, 2036); null: taken as yes"
    )
    portability_elected: Flag | None = Field(
        None, description="Whether the first estate elects portability (IRC 2010(c)(5)); shows the tax with DSUE beside"
    )

    @property
    def asks_for_survivor(self) -> bool:
        """Whether the survivor's estate is to be worked out too."""
        return self.spouse_own_estate is not None or self.survivor_death is not None

    @property
    def survivor_death(self) -> date | None:
        """The survivor's day of death, or the last day of that year."""
        day = one_day(self.spouse_date_of_death, self.spouse_year_of_death, "spouse_date_of_death")
        if day is None and self.survivor_dies_in_same_year and self.day is not None:
            return date(self.day.year, 12, 31)
        return day


@dataclass(frozen=True, slots=True)
class Survivor:
    """Figures of the survivor's estate, USD; None: not computed."""

    taxable_estate: Decimal | None
    qdot_tax: Decimal
    prior_transfer_credit: Decimal | None
    tax: Decimal | None
    tax_with_dsue: Decimal | None = None


def answer_estate_tax(facts: EstateTaxInput, book: LawBook) -> Answer:
    """Work out the estate tax, what a QDOT defers, and the survivor's tax where asked."""
    answer = Answer()
    facts.check_treaty()
    facts = with_words(facts)
    nonresident = refused_nonresident(facts, answer)
    if nonresident is not None:
        return nonresident
    facts, schedules = with_schedules(facts, answer, book)
    if facts.assets is not None and schedules is None:
        return answer
    facts = as_stated(facts)
    estate = work_out_estate(facts, book, answer)
    if estate is None or answer.missing:
        return answer
    answer.result = first_death_result(facts, estate, answer)
    treaty = _treaty(facts, estate, answer)
    if schedules is not None:
        close_recapitulation(schedules, estate.marital_deduction, estate.shares.state_tax)
        answer.result |= schedules_result(schedules)
        answer.result["estimated_values"] = estimated_values(
            schedules,
            return_required=answer.result["form_706_required"],
            outright=estate.outright.deductible,
            qdot=estate.qdot.deductible,
            answer=answer,
        )
    if facts.asks_for_survivor and treaty is None:
        answer.result |= _survivor_result(facts, estate, book, answer)
    elif facts.asks_for_survivor:
        answer.warn(
            "survivor_after_treaty_not_computed",
            "The estate takes the treaty's relief: the survivor's tax after it is not worked out here.",
            "IRC 2001",
        )
    return answer


def _treaty(facts: EstateTaxInput, estate: Estate, answer: Answer) -> Alternative | None:
    """Put the treaty's relief beside the tax, or in its place where it is elected; return it then, else None."""
    status = spouse_status(facts, answer)
    if status.counts_as_citizen or not (estate.shares.to_spouse or facts.treaties):
        return None
    if facts.treaty_named is not None:
        choice = treaty_choice(
            decedent_nonresident=False,
            treaty=facts.treaty,
            treaty_deduction=bool(facts.treaty_deduction_elected),
            qdot_elected=bool(facts.election_made),
        )
        answer.findings.append(treaty_finding(facts.treaty_named, facts.treaty, choice))
    add_treaty_findings(facts, answer, taken=facts.treaty_deduction_elected)
    found, result = resident_alternatives(facts, estate, answer)
    answer.result |= result
    if not facts.treaty_deduction_elected:
        return None
    if found is None:
        refused(answer)
        return None
    taxable = estate.undeducted - found.deduction
    answer.result |= {
        "marital_deduction": found.deduction,
        "taxable_estate": taxable,
        "estate_tax": found.tax,
        "net_estate_tax": found.tax,
        "qdot_required": False,
        "federal_qdot_required": False,
        "qdot_required_reason": "treaty_relief_elected",
    } | dict.fromkeys(("tentative_tax", "gross_estate_tax", "credit_allowed", "taxable_excess", "unused_exclusion"))
    return found


def first_death_result(facts: EstateInput, estate: Estate, answer: Answer) -> dict[str, Any]:
    """Return the named amounts of the first death, and add the findings about it."""
    base, law, shares = estate.base, estate.law, estate.shares
    together = base.taxable_estate + base.adjusted_taxable_gifts
    tentative = tentative_tax(law.rate_table, given(together, "")).amount
    gross_tax = less_gift_tax(given(tentative, ""), given(base.gift_tax_payable, "")).amount
    elected = shares.qdot if estate.qdot.status == "QDOT" else ZERO
    status = spouse_status(facts, answer)
    need = need_of(facts, estate, counts_as_citizen=status.counts_as_citizen)
    threshold = filing_threshold(
        exclusion=estate.basic_exclusion,
        adjusted_taxable_gifts=base.adjusted_taxable_gifts,
        exemption_1976=facts.pre_1977_exemption_used or ZERO,
    )
    required = not estate.elected_out and form_706_required(
        gross_estate=shares.gross, taxable_estate=base.taxable_estate, threshold=threshold
    )
    answer.findings += [
        return_finding(required=required, gross_estate=shares.gross, threshold=threshold),
        need_finding(need, estate.tax_without_deduction),
        *_gift_findings(estate),
    ]
    unused = _unused_exclusion(estate, answer)
    answer.warn(
        "states_not_computed",
        "State death taxes count only as stated here; the command state-estate-tax works them out.",
    )
    return {
        "gross_estate": shares.gross,
        "estate_after_deductions": shares.net,
        "state_death_tax_deduction": shares.state_tax if shares.net is not None else None,
        "marital_deduction": estate.marital_deduction if shares.net is not None else None,
        "taxable_estate": base.taxable_estate,
        "adjusted_taxable_gifts": base.adjusted_taxable_gifts,
        "tentative_tax": tentative,
        "gift_tax_payable": base.gift_tax_payable,
        "gross_estate_tax": gross_tax,
        "basic_exclusion_amount": estate.basic_exclusion,
        "dsue": estate.dsue,
        "applicable_exclusion_amount": base.applicable_exclusion_amount,
        "applicable_credit_amount": estate.credit,
        "unified_credit": estate.credit,
        "credit_allowed": min(estate.credit, gross_tax),
        "state_death_tax_paid": estate.state_tax_paid,
        "state_death_tax_credit_limit": estate.credits.state_limit,
        "state_death_tax_credit": estate.credits.state,
        "foreign_death_tax_credit": estate.credits.foreign,
        "other_credits": estate.credits.total,
        "estate_tax": estate.tax,
        "net_estate_tax": estate.tax,
        "taxable_excess": max(ZERO, together - base.applicable_exclusion_amount),
        "deferred_tax": base.tax(ZERO, elected),
        "tax_without_marital_deduction": estate.tax_without_deduction,
        "qdot_required": need.needed,
        "federal_qdot_required": need.needed,
        "qdot_required_reason": need.reason,
        "least_qdot_for_no_tax": _least_qdot(facts, estate, answer) if need.needed else None,
        "filing_required": required,
        "form_706_required": required,
        "filing_threshold": threshold,
        "unused_exclusion": unused,
        "qdot_required_if_above_exclusion": None if status.unknown else not status.counts_as_citizen,
        "decedent_gets_full_exclusion": True,
        "elected_out_2010": estate.elected_out,
        # Worked out for the federal tax only; a state may tax what the federal exclusion covers.
        "state_tax": None,
        "recommendation": "none_needed" if estate.tax_without_deduction == 0 else None,
    }


def _least_qdot(facts: EstateInput, estate: Estate, answer: Answer) -> Decimal | None:
    """Write the least share in a QDOT that leaves no tax; left open where a state tax turns on the federal base."""
    if facts.state_death_tax_percent is not None:
        return None
    base = estate.base
    sheet = answer.sheet("L-", "Least share in a QDOT that leaves no tax at the first death")
    undeducted = sheet.write(
        "Taxable estate without a marital deduction", given(estate.undeducted, "nothing deducted"), "IRC 2051"
    )
    gifts = sheet.write("Adjusted taxable gifts", given(base.adjusted_taxable_gifts, "gifts"), "IRC 2001(b)")
    covered = sheet.write(
        "Property that the unified credit and the gift tax payable cover",
        given(base.rate_table.amount_taxed_at(estate.credit + base.gift_tax_payable), "rate schedule, read backward"),
        "IRC 2001(b)(2), (c)",
        "IRC 2010(c)(1)",
    )
    least = least_qdot(undeducted, gifts, covered).cents()
    return sheet.write("Least share in a QDOT", least, "IRC 2056(d)(2)", "IRC 2056A", kind="result").amount


def need_of(facts: EstateInput, estate: Estate, *, counts_as_citizen: bool) -> Need:
    """Return whether federal tax would fall due without a QDOT, and why."""
    stated = facts.spouse_is_us_citizen is not None or facts.spouse_citizenship is not None
    unknown = not estate.shares.to_spouse and not stated
    return qdot_need(
        to_spouse=estate.shares.to_spouse,
        counts_as_citizen=None if unknown else counts_as_citizen,
        tax_without_deduction=estate.tax_without_deduction,
        elected_out=estate.elected_out,
    )


def qdot_required(facts: EstateInput, estate: Estate, *, counts_as_citizen: bool) -> bool | None:
    """Return whether federal tax would fall due without a QDOT; None where the spouse's citizenship is not known."""
    return need_of(facts, estate, counts_as_citizen=counts_as_citizen).needed


def _gift_findings(estate: Estate) -> list[Finding]:
    """Return what a change of the exclusion means for gifts, where there were any."""
    base, basic = estate.base, estate.basic_exclusion
    if not base.adjusted_taxable_gifts:
        return []
    counted = base.applicable_exclusion_amount - estate.dsue
    return [
        clawback_finding(exclusion=basic, used_by_gifts=estate.gift_exclusion_used, counted=counted),
        sunset_finding(estate.law.year, estate.law.basic_exclusion_amount),
    ]


def _unused_exclusion(estate: Estate, answer: Answer) -> Decimal | None:
    """Write the preliminary DSUE; left open where gift tax was paid, since those gifts then count differently."""
    if estate.law.year < FIRST_YEAR_OF_PORTABILITY:
        return ZERO
    if estate.base.gift_tax_payable:
        return None
    sheet = answer.sheet("U-", "Exclusion left for the surviving spouse, if portability is elected")
    return _dsue(sheet, estate, qdot_amounts=None).amount


def _dsue(sheet: Worksheet, estate: Estate, qdot_amounts: Figure | None) -> Figure:
    base, law = estate.base, estate.law
    if estate.basic_exclusion == law.basic_exclusion_amount:
        basic = law[BASIC_EXCLUSION_AMOUNT].on(sheet)
    else:
        assumed = given(estate.basic_exclusion, "basic_exclusion_assumed")
        basic = sheet.write("Basic exclusion amount, assumed", assumed, "IRC 2010(c)(3)", status="assumed")
    return unused_exclusion(
        sheet,
        basic_exclusion=basic,
        exclusion=given(base.applicable_exclusion_amount, "applicable exclusion amount"),
        taxable_estate=given(base.taxable_estate, "taxable estate"),
        adjusted_taxable_gifts=given(base.adjusted_taxable_gifts, "adjusted taxable gifts"),
        qdot_amounts_taxed=qdot_amounts,
    )


def _survivor_result(facts: EstateTaxInput, estate: Estate, book: LawBook, answer: Answer) -> dict[str, Any]:
    day = facts.survivor_death
    if day is None:
        answer.need("spouse_date_of_death")
    if facts.spouse_own_estate is None:
        answer.need("spouse_own_estate")
    if day is None:
        return {}
    if facts.day is not None and day < facts.day:
        fault = f"{day.isoformat()} is before the first death, expected a later day"
        raise InputError([f"spouse_date_of_death: {fault}"])
    path = "spouse_date_of_death" if facts.spouse_date_of_death else "spouse_year_of_death"
    law = law_of(book, day, path)
    answer.uses(law, BASIC_EXCLUSION_AMOUNT)
    elected = estate.shares.qdot if estate.qdot.status == "QDOT" else ZERO
    qdot_value, death_tax, final_dsue = ZERO, ZERO, answer.result["unused_exclusion"]
    if elected:
        qdot_value, death_tax, final_dsue = _qdot_at_death(facts, estate, answer, elected)
    survivor = _survivor(facts, estate, law, answer, (qdot_value, death_tax, final_dsue))
    combined = None if survivor.tax is None else estate.tax + survivor.qdot_tax + survivor.tax
    return {
        "survivor_taxable_estate": survivor.taxable_estate,
        "qdot_tax": survivor.qdot_tax,
        "section_2013_credit": survivor.prior_transfer_credit,
        "tax_at_spouse_death": survivor.tax,
        "tax_at_spouse_death_with_dsue": survivor.tax_with_dsue,
        "combined_tax": combined,
        "preliminary_dsue": answer.result["unused_exclusion"],
        "final_dsue": final_dsue,
    }


def _qdot_at_death(
    facts: EstateTaxInput, estate: Estate, answer: Answer, elected: Decimal
) -> tuple[Decimal, Decimal, Decimal | None]:
    """Write the QDOT tax at the survivor's death; return value, tax and the DSUE that is left then."""
    value, where = elected, "passing_to_qdot, taken as unchanged"
    if facts.qdot_value_at_spouse_death is not None:
        value, where = facts.qdot_value_at_spouse_death, "qdot_value_at_spouse_death"
    sheet = answer.sheet("Q-", "QDOT tax at the survivor's death")
    tax = qdot_tax(
        sheet,
        base=estate.base,
        prior=given(ZERO, "no earlier taxable event"),
        amount=given(value, where),
        label="QDOT at the survivor's death",
    )
    if estate.law.year < FIRST_YEAR_OF_PORTABILITY:
        return value, tax.amount, ZERO
    if estate.base.gift_tax_payable:
        return value, tax.amount, None
    final = answer.sheet("V-", "Exclusion left for the survivor after the last QDOT event")
    return value, tax.amount, _dsue(final, estate, given(value, "QDOT amounts taxed")).amount


def _survivor(
    facts: EstateTaxInput,
    estate: Estate,
    law: Law,
    answer: Answer,
    qdot: tuple[Decimal, Decimal, Decimal | None],
) -> Survivor:
    qdot_value, death_tax, dsue = qdot
    if facts.survivor_domicile_at_death == "foreign":
        answer.warn(
            "nonresident_survivor_not_computed",
            "The survivor dies domiciled abroad: the tax of IRC 2101 on US-situs property is not worked out here.",
            "IRC 2101",
        )
        return Survivor(None, death_tax, None, None)
    if facts.spouse_own_estate is None:
        return Survivor(None, death_tax, None, None)
    if law.state_death_tax_credit is not None:
        answer.warn(
            "survivor_state_credit_not_counted",
            "The survivor died before 2005: the credit for state death taxes is not counted in the survivor's tax.",
            "IRC 2011",
        )
    if facts.survivor_domicile_at_death is None:
        answer.warn("survivor_taken_as_resident", "The survivor is taken as domiciled in the United States at death.")
    included = qdot_value if facts.qdot_in_survivor_estate is not False else ZERO
    if qdot_value and facts.qdot_in_survivor_estate is None:
        answer.warn(
            "qdot_taken_as_included",
            "The QDOT is taken to be in the survivor's estate too, as its usual forms are.",
            "IRC 2041",
            "IRC 2044",
        )
    if estate.shares.qdot and not estate.qdot.deductible:
        answer.warn(
            "trust_without_election_left_out",
            "The trust for which no election is made is not counted in the survivor's estate; its terms decide that.",
            "IRC 2041",
            "IRC 2044",
        )
    sheet = answer.sheet("S-", f"The survivor's estate, death in {law.year}")
    received, tax_on_it = _received_outright(sheet, estate)
    own = sheet.write("The survivor's own property", given(facts.spouse_own_estate, "spouse_own_estate"), "IRC 2033")
    parts = [own, received]
    if included:
        parts.append(
            sheet.write("QDOT in the survivor's estate", given(included, "value at death"), "IRC 2041", "IRC 2044")
        )
    taxable = sheet.write("Survivor's taxable estate", total(parts), "IRC 2051", kind="subtotal")
    gifts = facts.spouse_adjusted_taxable_gifts or ZERO
    as_citizen = estate.outright.deductible
    used = dsue if dsue and as_citizen and facts.portability_elected else ZERO
    exclusion = law.basic_exclusion_amount + used
    before = estate_tax(
        sheet,
        taxable_estate=taxable,
        adjusted_taxable_gifts=given(gifts, "spouse_adjusted_taxable_gifts"),
        gift_tax_payable=given(ZERO, "none stated"),
        dsue_amount=given(used, "left by the first decedent, portability elected" if used else "without DSUE"),
        law=law,
    )
    first = total(
        [given(tax, words) for tax, words in [*tax_on_it, (death_tax, "QDOT tax")] if tax], "no tax paid before"
    )
    taxed = (received.amount if tax_on_it else ZERO) + included

    def tax_after_credit(exclusion: Decimal) -> Decimal:
        with_it, without = (_tax(taxable.amount - less, gifts, law, exclusion) for less in (ZERO, taxed))
        return to_cents(with_it - min(to_cents(first.amount), max(ZERO, with_it - without)))

    without = _tax(taxable.amount - taxed, gifts, law, exclusion)
    credit = ZERO
    tax = before
    if first.amount:
        written = prior_transfer_credit(
            sheet,
            first_limitation=Figure(to_cents(first.amount), first.how, first.compound),
            tax_with=before,
            tax_without=given(without, "tax without that property"),
        )
        credit = written.amount
        tax = sheet.write("Estate tax of the survivor", before - written, "IRC 2001", "IRC 2013", kind="result")
    beside = None
    if dsue and not used and facts.portability_elected is not False:
        beside = tax_after_credit(law.basic_exclusion_amount + dsue)
        if not as_citizen:
            answer.warn(
                "dsue_attorney_question",
                "The survivor's tax is worked out without DSUE; the tax with it stands beside. Whether a survivor who "
                "is not a citizen may use DSUE is for the attorney to decide.",
                "Treas. Reg. 20.2010-3(a), (c)",
            )
    return Survivor(taxable.amount, death_tax, credit, tax.amount, beside)


def _tax(taxable_estate: Decimal, gifts: Decimal, law: Law, exclusion: Decimal) -> Decimal:
    return net_estate_tax(
        taxable_estate=max(ZERO, taxable_estate),
        adjusted_taxable_gifts=gifts,
        gift_tax_payable=ZERO,
        applicable_exclusion_amount=exclusion,
        rate_table=law.rate_table,
    )


def _received_outright(sheet: Worksheet, estate: Estate) -> tuple[Figure, list[tuple[Decimal, str]]]:
    """Write what the survivor keeps of the outright share and return it with the tax that counts as paid on it.

    The tax of the first death is taken from the spouse's taxed share; the part
    that counts for the credit follows IRC 2013(b).
    """
    outright = given(estate.shares.outright, "passing_to_spouse_outright")
    if estate.outright.deductible and estate.shares.qdot:
        outright = outright + given(estate.shares.qdot, "passing_to_qdot, a marital trust of a citizen")
    if estate.outright.deductible or not estate.tax:
        return sheet.write("Received outright from the first decedent", outright, "IRC 2033"), []
    borne = min(estate.tax, outright.amount)
    received = sheet.write(
        "Received outright from the first decedent, after the tax on it",
        outright - given(borne, "estate tax of the first death, paid from this share"),
        "IRC 2033",
    )
    after_tax = estate.taxable_estate - estate.tax
    if not received.amount or after_tax <= 0:
        return received, []
    part = estate.tax * received.amount / after_tax
    return received, [
        (part, f"the part of the first tax on that property, {received.how} of the taxed estate after tax")
    ]


RULE = Rule("estate-tax", "Estate tax of a citizen or resident, and of the survivor", EstateTaxInput, answer_estate_tax)
