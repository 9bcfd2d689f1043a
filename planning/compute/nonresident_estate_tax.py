"""`nonresident-estate-tax`: the estate tax of a decedent who was neither a US citizen nor domiciled here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from planning.compute.answers import Answer
from planning.compute.estates import SpouseStatus, interest_of, spouse_status
from planning.compute.fields import law_of
from planning.compute.nonresidents import NonresidentInput, Property, credit_of, left_to_tax, property_of, proportion
from planning.compute.rule import Rule
from planning.compute.treaty_answers import (
    Alternative,
    add_treaty_findings,
    alternative,
    reliefs_for,
    treaty_sheet,
)
from planning.compute.treaty_facts import with_words
from planning.engine.finding import Finding
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.marital_findings import denial_finding, interest_finding, treaty_finding
from planning.engine.rules.nonresident_findings import nonresident_finding
from planning.engine.rules.s2056_marital_deduction import MaritalStatus, MaritalTreatment, marital_treatment
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase
from planning.engine.rules.s2056b_terminable import Gate, net_of_charges, through_gate
from planning.engine.rules.s2101_nonresident import (
    FILING_THRESHOLD,
    NONRESIDENT_CREDIT,
    filing_required,
    net_nonresident_tax,
    nonresident_estate_tax,
    rates_of,
    surtax_bound_unverified,
)
from planning.engine.rules.s2106_nonresident_deductions import (
    charity_allowed,
    expenses_allowed,
    lesser_of_paid_and_share,
    marital_allowed,
    state_credit_allowed,
    state_tax_allowed,
    taxable_estate,
)
from planning.engine.rules.treaties import CHOICE, Choice, treaty_choice
from planning.engine.rules.treaty_findings import credit_finding, relief_finding
from planning.engine.rules.treaty_half_rule import write_held_to_floor
from planning.engine.rules.treaty_pro_rata_credit import pro_rata_credit
from planning.engine.rules.treaty_relief import TaxedEstate, Way
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, smaller_of, to_cents, total

RETURN_MONTHS = 9
WORLDWIDE = "the worldwide estate, nothing deducted"
BY_WAY: dict[Way, str] = {
    "credit": "estate_tax_with_treaty_marital_credit",
    "deduction": "estate_tax_with_treaty_marital_deduction",
    "half_rule": "estate_tax_with_treaty_half_rule",
    "as_domiciled": "estate_tax_with_treaty_as_domiciled",
}
Treatments = tuple[MaritalTreatment, MaritalTreatment]


def answer_nonresident_estate_tax(facts: NonresidentInput, book: LawBook) -> Answer:
    """Work out the tax on property situated in the United States, its credit, and what a QDOT defers."""
    answer = Answer()
    facts.check()
    facts = with_words(facts)
    governed = facts.governed_by_2101
    if governed is False:
        return answer.refuse(
            "resident_or_citizen",
            "The decedent was a US citizen or domiciled in the United States: IRC 2001 applies, on all property.",
            "IRC 2001(a)",
            "Treas. Reg. 20.0-1(b)(1)",
        )
    if governed is None:
        wanted = {"decedent_citizenship": facts.decedent_citizenship, "decedent_domicile": facts.decedent_domicile}
        answer.need(*(name for name, value in wanted.items() if value is None))
    law = _law(facts, book, answer)
    status = spouse_status(facts, answer)
    gate = interest_of(facts, answer)
    stated = property_of(facts, answer)
    found = None
    if stated is not None:
        found = left_to_tax(answer.sheet("L-", "What the treaty leaves to tax"), facts, stated, answer)
    treatments = _treatments(facts, status, gate, found, answer)
    answer.findings += _findings(facts, status, gate, treatments)
    if law is None or found is None or stated is None or answer.missing:
        return answer
    answer.uses(law, NONRESIDENT_CREDIT, BASIC_EXCLUSION_AMOUNT, FILING_THRESHOLD)
    _result(facts, found, law, answer, treatments)
    if answer.result.get("estate_tax") is not None:
        _treaty_results(facts, (stated, found), law, answer, status)
    return answer


def _law(facts: NonresidentInput, book: LawBook, answer: Answer) -> Law | None:
    """Return the law of the death; without a date the latest, if every year held gives the same tax."""
    if facts.day is not None:
        return law_of(book, facts.day, "date_of_death" if facts.date_of_death else "year")
    same = None
    if facts.taxable_estate is not None and not facts.prorates:
        gifts = facts.adjusted_taxable_gifts or ZERO
        taxes = {
            net_nonresident_tax(
                taxable_estate=facts.taxable_estate,
                adjusted_taxable_gifts=gifts,
                credit=law[NONRESIDENT_CREDIT].amount,
                law=law,
            )
            for law in book.years.values()
        }
        same = book.years[max(year for year, law in book.years.items() if law.status == "official")]
        if len(taxes) > 1:
            same = None
    if same is None:
        answer.need("date_of_death")
        return None
    answer.warn("same_in_every_year", "The date of death is not stated; the tax is the same in every year held.")
    return same


def _treatments(
    facts: NonresidentInput, status: SpouseStatus, gate: Gate | None, found: Property | None, answer: Answer
) -> Treatments:
    """Return how the outright share and the trust's share are treated. IRC 2106(a)(3), 2056(d)."""
    to_spouse = found is not None and (found.outright or found.qdot)
    if to_spouse and status.unknown:
        answer.need("spouse_is_us_citizen")
    citizen, before = bool(status.citizen_at_death), status.citizen_before_return
    if found is not None and found.qdot and facts.election_made is None and not status.counts_as_citizen:
        answer.need("election_made")
    plain_share = marital_treatment(spouse_is_us_citizen=citizen, citizen_before_return=before)
    trust = marital_treatment(
        spouse_is_us_citizen=citizen, citizen_before_return=before, through_elected_qdot=bool(facts.election_made)
    )
    choice = _choice(facts)
    if choice == "no_treaty_relief":
        answer.need("treaty_country")
    if choice == "treaty" and not plain_share.deductible:
        plain_share = trust = MaritalTreatment(
            MaritalStatus.TREATY, "the estate takes the marital deduction of a treaty", CHOICE
        )
    return through_gate(plain_share, gate), through_gate(trust, gate)


def _choice(facts: NonresidentInput) -> Choice:
    return treaty_choice(
        decedent_nonresident=True,
        treaty=facts.treaty,
        treaty_deduction=bool(facts.treaty_deduction_elected),
        qdot_elected=bool(facts.election_made),
    )


def _findings(
    facts: NonresidentInput,
    status: SpouseStatus,
    gate: Gate | None,
    treatments: Treatments,
) -> list[Finding]:
    found = [nonresident_finding(prorated=facts.prorates, possession=bool(facts.possession_citizen))]
    if facts.something_passes_to_spouse:
        saved = any(treatment.deductible for treatment in treatments)
        found.append(
            denial_finding(
                spouse_is_us_citizen=status.citizen_at_death,
                citizen_before_return=status.citizen_before_return,
                saved=saved,
            )
        )
        found.append(interest_finding(gate))
    if facts.treaty_named is not None:
        found.append(treaty_finding(facts.treaty_named, facts.treaty, _choice(facts)))
    if facts.treaties:
        found.append(credit_finding(facts.treaty, shared=facts.prorates))
    return found


def _warn(facts: NonresidentInput, answer: Answer, law: Law, together: Decimal, *, in_qdot: bool) -> None:
    if in_qdot:
        answer.warn(
            "qdot_taken_as_qualified",
            "The trust is taken to meet every condition of a QDOT; that is for the attorney to check.",
            "IRC 2056A(a)",
            "Treas. Reg. 20.2056A-2",
        )
    if facts.treaty is not None and facts.treaty_grants_pro_rata_credit is None:
        answer.warn(
            "treaty_attorney_confirms",
            f"The treaty with {facts.treaty.called} may change situs, deductions and credit; the attorney must "
            "confirm what it gives here.",
            "IRC 2102(b)(3)(A)",
            *CHOICE,
        )
    if surtax_bound_unverified(law, together):
        answer.warn(
            "unverified_rule",
            "EST-11: the bound of the 5 percent surtax of 1988 to 2001 for nonresidents is inferred from the smaller "
            "credit; the attorney must confirm it.",
            "IRC 2101(b) as in force to 2001",
        )


def _deductions(
    sheet: Worksheet,
    facts: NonresidentInput,
    found: Property,
    law: Law,
    treatments: Treatments,
    answer: Answer,
) -> tuple[Figure, dict[str, Decimal]]:
    """Write the US gross estate, the deductions of 2106 and the taxable estate; return it and what was deducted."""
    us = sheet.write("Gross estate in the United States", given(found.us or ZERO, "stated or by assets"), "IRC 2103")
    parts: dict[str, Figure] = {}
    disclosed = facts.worldwide_estate_disclosed
    if disclosed is None and found.worldwide is not None:
        disclosed = True
    if (found.expenses or found.charity) and disclosed is None:
        answer.need("worldwide_estate")
    if found.expenses:
        parts["expenses_allowed"] = expenses_allowed(
            sheet,
            expenses=given(found.expenses, "debts and expenses"),
            us_gross_estate=us,
            worldwide_gross_estate=given(found.worldwide or ZERO, "worldwide gross estate"),
            disclosed=bool(disclosed),
        )
        if disclosed and found.worldwide is None:
            answer.need("worldwide_estate")
    if found.charity:
        parts["charitable_deduction"] = charity_allowed(
            sheet, to_us_charity=given(found.charity, "to US charity"), us_gross_estate=us, disclosed=bool(disclosed)
        )
    marital = _marital(sheet, facts, found, treatments, us, answer)
    if marital is not None:
        parts["marital_deduction"] = marital
    if found.state_tax and law.state_death_tax_deducted:
        parts["state_death_tax_deduction"] = state_tax_allowed(
            sheet,
            state_tax=given(found.state_tax, "state death tax paid"),
            state_taxed_property=_state_taxed(facts, found),
            us_gross_estate=us,
        )
    return taxable_estate(sheet, us, *parts.values()), {name: figure.amount for name, figure in parts.items()}


def _state_taxed(facts: NonresidentInput, found: Property) -> Figure:
    """Return the US property on which the state tax was paid; all of it where nothing else is said."""
    stated = facts.state_taxed_us_property
    amount = stated if stated is not None else found.us
    return given(amount or ZERO, "US property so taxed")


def _marital(
    sheet: Worksheet,
    facts: NonresidentInput,
    found: Property,
    treatments: Treatments,
    us: Figure,
    answer: Answer,
) -> Figure | None:
    """Write the marital deduction, None where nothing passes to the spouse. IRC 2106(a)(3)."""
    outright, qdot = treatments
    if not (found.outright or found.qdot):
        return None
    if MaritalStatus.TREATY in (outright.status, qdot.status):
        if facts.treaty_marital_deduction is None and reliefs_for(facts):
            return None  # worked out by the treaty's own rule
        if facts.treaty_marital_deduction is None:
            answer.need("treaty_marital_deduction")
        stated = given(facts.treaty_marital_deduction or ZERO, "as the attorney worked it out from the treaty")
        return sheet.write("Marital deduction of the treaty", smaller_of(stated, us), *CHOICE)
    charged = facts.charged_to_spouse_share or ZERO
    parts = []
    for words, amount, treatment in (
        ("outright", found.outright, outright),
        ("in the QDOT", found.qdot, qdot),
    ):
        if amount:
            net = net_of_charges(amount, charged)
            charged -= amount - net
            allowed = net if treatment.deductible else ZERO
            parts.append(
                sheet.write(
                    f"US-situs property passing to the spouse {words}, as far as deductible",
                    given(allowed, treatment.reason),
                    *treatment.citations,
                )
            )
    return marital_allowed(sheet, qualifying=total(parts), us_gross_estate=us)


def _result(facts: NonresidentInput, found: Property, law: Law, answer: Answer, treatments: Treatments) -> None:
    """Write the sheet of Form 706-NA and put the named amounts into the answer."""
    sheet = answer.sheet("N-", f"Estate tax of a nonresident noncitizen, death in {law.year}, as on Form 706-NA")
    taxable: Figure | None = None
    deducted: dict[str, Decimal] = {}
    if facts.taxable_estate is not None:
        taxable = sheet.write("Taxable estate", given(facts.taxable_estate, "taxable_estate"), "IRC 2106(a)")
    elif found.us is not None:
        taxable, deducted = _deductions(sheet, facts, found, law, treatments, answer)
    credit, by_treaty = credit_of(sheet, facts, found, law, answer)
    if answer.missing:
        return
    gifts = found.adjusted_taxable_gifts
    _warn(
        facts,
        answer,
        law,
        gifts + (taxable.amount if taxable is not None else ZERO),
        in_qdot=bool(_qdot_qualifies(found, treatments)),
    )
    result: dict[str, Any] = {
        "gross_estate": found.us,
        "worldwide_estate": found.worldwide,
        "marital_deduction": deducted.pop("marital_deduction", None if found.us is None else ZERO),
        **deducted,
        "adjusted_taxable_gifts": gifts,
        "statutory_minimum_credit": law[NONRESIDENT_CREDIT].amount,
        "full_unified_credit": law.rate_table.tax(law.basic_exclusion_amount),
        "treaty_unified_credit": credit.amount if by_treaty else None,
        "credit": credit.amount,
        "due_months_after_death": RETURN_MONTHS,
        "qdot_qualifies": _qdot_qualifies(found, treatments),
        "marital_status": _status(found, treatments),
    }
    if taxable is None:
        answer.warn("credit_only", "The estate itself is not stated: the credit is worked out, the tax is not.")
        answer.result = result | {"taxable_estate": None, "tentative_tax": None, "estate_tax": None, "tax": None}
        return
    tax = nonresident_estate_tax(
        sheet,
        taxable_estate=taxable,
        adjusted_taxable_gifts=given(gifts, "adjusted_taxable_gifts"),
        law=law,
        credit=credit,
    )
    before_credit = rates_of(law).tax(taxable.amount + gifts) - rates_of(law).tax(gifts)
    result |= {
        "taxable_estate": taxable.amount,
        "tentative_tax": rates_of(law).tax(taxable.amount + gifts),
        "tax_on_gifts": rates_of(law).tax(gifts),
        "tax_before_credit": before_credit,
        "credit_allowed": min(credit.amount, before_credit),
        "filing_required": None
        if found.us is None
        else filing_required(us_gross_estate=found.us, adjusted_taxable_gifts=gifts, law=law),
        "deferred_tax": _deferred(facts, found, taxable.amount, credit.amount, law, treatments[1]),
    }
    if found.state_tax and not law.state_death_tax_deducted and found.us is not None:
        state = state_credit_allowed(
            sheet,
            taxable=taxable,
            state_tax=given(found.state_tax, "state death tax paid"),
            state_taxed_property=_state_taxed(facts, found),
            us_gross_estate=given(found.us, "gross estate in the United States"),
            tax=tax,
            law=law,
        )
        result["state_death_tax_credit"] = state.amount
        tax = sheet.write("Estate tax after this credit", tax - state, "IRC 2102(a)", kind="result")
    tax = _after_prior_transfers(sheet, facts, tax)
    answer.result = result | {"estate_tax": tax.amount, "tax": tax.amount}


def _treaty_results(
    facts: NonresidentInput, property_: tuple[Property, Property], law: Law, answer: Answer, status: SpouseStatus
) -> None:
    """Put beside the tax what it would be without any treaty, and with each relief for the spouse.

    `property_` is what is situated here, as stated and as the treaty leaves it to tax.
    """
    if not status.counts_as_citizen and (facts.something_passes_to_spouse or facts.treaties):
        shared = facts.prorates or property_[0].us != property_[1].us
        add_treaty_findings(facts, answer, taken=shared or facts.treaty_deduction_elected)
    stated, found = property_
    names = ("estate_tax_with_treaty", "estate_tax_at_treaty_floor", "treaty_relief_kind")
    answer.result |= {"without_treaty": None} | dict.fromkeys(names) | dict.fromkeys(BY_WAY.values())
    if facts.treaty is None:
        return
    # An asset marked as exempt under the treaty is out of the estate already: the tax without it is not known.
    if not any(asset.treaty_exempt for asset in facts.assets or ()):
        answer.result["without_treaty"] = _without_treaty(facts, stated, law, status)
    to_spouse = found.outright + found.qdot
    reliefs = [relief for relief in reliefs_for(facts) if relief.open is not False]
    answer.findings += [relief_finding(relief, most=None) for relief in reliefs_for(facts) if relief.conditions]
    if status.counts_as_citizen or not to_spouse or not reliefs or facts.treaty_marital_deduction is not None:
        return
    estate = _undeducted(facts, found, law, answer)
    # The floor of a half rule stands beside the result, since against what it is measured was not read.
    everywhere = None if found.worldwide is None else given(found.worldwide, WORLDWIDE)
    capped = estate._replace(worldwide_estate=everywhere)
    done = [alternative(answer, relief, capped if relief.way == "as_domiciled" else estate, law) for relief in reliefs]
    answer.result |= {BY_WAY[entry.relief.way]: entry.tax for entry in done}
    best = _best(done, elected=bool(facts.treaty_deduction_elected))
    answer.result |= {
        "estate_tax_with_treaty": best.tax,
        "treaty_relief_kind": best.relief.way,
        "treaty_marital_credit": best.credit,
        "treaty_marital_credit_used": best.used,
        "treaty_marital_deduction": best.deduction,
    }
    _at_floor(facts, found, law, answer, estate, done)
    if facts.treaty_deduction_elected:
        answer.result |= {
            "marital_deduction": best.deduction,
            "taxable_estate": estate.taxable_estate.amount - best.deduction,
            "estate_tax": best.tax,
            "tax": best.tax,
        } | dict.fromkeys(("tentative_tax", "tax_before_credit", "credit_allowed", "deferred_tax"))


def _best(done: Sequence[Alternative], *, elected: bool) -> Alternative:
    """Return the relief elected, or the one whose conditions hold and whose text was read most."""
    asked = [entry for entry in done if entry.relief.waives_qdot] if elected else []
    return min(asked or done, key=lambda entry: (entry.relief.open is None, len(entry.relief.unverified)))


def _without_treaty(facts: NonresidentInput, stated: Property, law: Law, status: SpouseStatus) -> Decimal:
    """Return the tax as the statute alone has it: all property situated here, the 13,000, no relief of a treaty."""
    alone = facts.model_copy(
        update={"treaty_country": None, "treaty_grants_pro_rata_credit": False, "treaty_deduction_elected": None}
    )
    scratch = Answer()
    treatments = _treatments(alone, status, interest_of(alone, scratch), stated, scratch)
    _result(alone, stated, law, scratch, treatments)
    tax: Decimal = scratch.result["estate_tax"]
    return tax


def _undeducted(facts: NonresidentInput, found: Property, law: Law, answer: Answer) -> TaxedEstate:
    """Return the estate with nothing deducted for the spouse."""
    result = answer.result
    taxable = result["taxable_estate"] + (result["marital_deduction"] or ZERO)
    credit: Decimal = result["credit"]
    part, whole = proportion(facts, found)
    before_gifts = credit + (facts.gift_credit_used or ZERO)
    if facts.prorates and part is not None and whole is not None:
        before_gifts = pro_rata_credit(us_gross_estate=part.amount, worldwide_gross_estate=whole.amount, law=law)
    base = NonresidentQdotBase(
        taxable_estate=taxable,
        adjusted_taxable_gifts=found.adjusted_taxable_gifts,
        gift_tax_payable=ZERO,
        applicable_exclusion_amount=ZERO,
        rate_table=rates_of(law),
        year=law.year,
        credit=credit,
        other_credits=(facts.prior_transfer_credit or ZERO) + result.get("state_death_tax_credit", ZERO),
    )
    charged = facts.charged_to_spouse_share or ZERO
    return TaxedEstate(
        base=base,
        tax=given(to_cents(base.net_tax(ZERO)), "the tax with nothing deducted for the spouse"),
        taxable_estate=given(taxable, "the taxable estate with nothing deducted for the spouse"),
        to_spouse=given(
            min(taxable, net_of_charges(found.outright + found.qdot, charged)),
            "US-situs property passing to the spouse",
        ),
        unified_credit=given(before_gifts, "the credit before gifts cut it"),
    )


def _at_floor(
    facts: NonresidentInput,
    found: Property,
    law: Law,
    answer: Answer,
    estate: TaxedEstate,
    done: Sequence[Alternative],
) -> None:
    """Write the tax if a treaty's floor is measured on the worldwide estate. Treaty with Germany art. 10(4)."""
    for entry in done:
        rule = entry.relief.treaty.half_rule
        if entry.relief.way != "half_rule" or rule is None or not rule.floor or found.worldwide is None:
            continue
        held = write_held_to_floor(
            treaty_sheet(answer, f"The floor of {rule.article}"),
            rule.article,
            tax=given(entry.tax, "the tax under the treaty"),
            without=estate.tax,
            worldwide_estate=given(found.worldwide, WORLDWIDE),
            law=law,
        )
        answer.result["estate_tax_at_treaty_floor"] = held.amount


def _status(found: Property, treatments: Treatments) -> MaritalStatus | None:
    """The treatment of the trust's share where there is one, else of the outright share."""
    outright, qdot = treatments
    if found.qdot:
        return qdot.status
    return outright.status if found.outright else None


def _qdot_qualifies(found: Property, treatments: Treatments) -> bool | None:
    """Whether what passes to the QDOT is deducted as such; neither spouse need live here. IRC 2106(a)(3)."""
    return treatments[1].status is MaritalStatus.QDOT if found.qdot else None


def _deferred(
    facts: NonresidentInput, found: Property, taxable: Decimal, credit: Decimal, law: Law, qdot: MaritalTreatment
) -> Decimal:
    """Return the QDOT tax if the whole QDOT came out unchanged: the decedent's 2101 tax with it less without it.

    The credits of both terms are those of 2102, for deaths to 2004 with the one
    for state death taxes. IRC 2056A(b)(2)(A); Treas. Reg. 20.2056A-6(a), (b)(4).
    """
    state = None
    if not law.state_death_tax_deducted:
        state = partial(lesser_of_paid_and_share, law, found.us or ZERO, _state_taxed(facts, found).amount)
    base = NonresidentQdotBase(
        taxable_estate=taxable,
        adjusted_taxable_gifts=found.adjusted_taxable_gifts,
        gift_tax_payable=ZERO,
        applicable_exclusion_amount=ZERO,
        rate_table=rates_of(law),
        year=law.year,
        credit=credit,
        other_credits=facts.prior_transfer_credit or ZERO,
        state_tax_paid=found.state_tax,
        state_credit=state,
    )
    return base.tax(ZERO, found.qdot if qdot.status is MaritalStatus.QDOT else ZERO)


def _after_prior_transfers(sheet: Worksheet, facts: NonresidentInput, tax: Figure) -> Figure:
    """Take off the credit for tax on prior transfers, as stated. IRC 2102(a), 2013."""
    if not facts.prior_transfer_credit:
        return tax
    credit = sheet.write(
        "Credit for tax on prior transfers",
        smaller_of(given(facts.prior_transfer_credit, "prior_transfer_credit"), tax),
        "IRC 2102(a)",
        "IRC 2013",
    )
    return sheet.write("Estate tax after this credit", tax - credit, "IRC 2101", kind="result")


RULE = Rule(
    "nonresident-estate-tax",
    "Estate tax of a decedent neither a citizen nor domiciled in the US",
    NonresidentInput,
    answer_nonresident_estate_tax,
)
