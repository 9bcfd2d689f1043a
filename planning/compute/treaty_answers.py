"""What a treaty makes of an estate, beside the QDOT: its relief on a sheet of its own, findings and questions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.estates import Estate, interest_of
from planning.compute.treaty_facts import TreatyEstateInput
from planning.engine.law import Law
from planning.engine.rules.treaties import CHOICE
from planning.engine.rules.treaty_findings import (
    disclosure_finding,
    domestic_law_finding,
    no_tax_finding,
    relief_finding,
    review_finding,
    unknown_of,
)
from planning.engine.rules.treaty_marital_credit import marital_credit
from planning.engine.rules.treaty_relief import (
    TaxedEstate,
    TreatyRelief,
    reliefs_of,
    tax_caused,
    treaty_deduction,
    write_treaty_relief,
)
from planning.engine.rules.treaty_totals import sheltered_total
from planning.engine.worksheet import ZERO, Worksheet, given, to_cents

NAMES = (
    "treaty_relief_kind",
    "treaty_conditions_met",
    "treaty_marital_credit",
    "treaty_marital_credit_used",
    "treaty_marital_deduction",
    "estate_tax_with_treaty",
    "treaty_sheltered_total",
    "estate_tax_with_qdot",
    "qdot_tax_if_unchanged",
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The treaty's relief worked out, USD: the tax that is left, and the deduction or the credit before it is cut to
    the tax."""

    relief: TreatyRelief
    tax: Decimal
    deduction: Decimal
    credit: Decimal
    used: Decimal


def reliefs_for(facts: TreatyEstateInput) -> tuple[TreatyRelief, ...]:
    """Return the reliefs of the treaty asked about that are not ruled out by a condition."""
    if facts.treaty is None or facts.day is None:
        return ()
    found = reliefs_of(
        facts.treaty,
        status=facts.decedent_status,
        decedent=facts.decedent_party,
        survivor=facts.spouse_party,
        on=facts.day,
        elected=facts.treaty_deduction_elected,
    )
    return tuple(relief for relief in found if relief.open is not False or relief.conditions)


def alternative(answer: Answer, relief: TreatyRelief, estate: TaxedEstate, law: Law) -> Alternative:
    """Write the relief on a sheet of its own and return what it comes to; what was not read is warned about."""
    sheet = treaty_sheet(answer, f"Under the treaty with {relief.treaty.called}: {relief.article}")
    tax = write_treaty_relief(sheet, relief, estate, law)
    _warn(answer, relief)
    credit = ZERO
    if relief.way == "credit":
        credit = marital_credit(
            unified_credit=estate.unified_credit.amount,
            tax_caused=tax_caused(estate.base, estate.to_spouse.amount),
        )
    deduction = treaty_deduction(relief, estate.to_spouse.amount, law)
    return Alternative(relief, tax.amount, deduction, credit, min(credit, estate.tax.amount))


def treaty_sheet(answer: Answer, title: str) -> Worksheet:
    """Open the next worksheet about a treaty."""
    before = sum(sheet.code.startswith("T") for sheet in answer.worksheets)
    return answer.sheet(f"T{before + 1}-", title)


def _warn(answer: Answer, relief: TreatyRelief) -> None:
    if relief.unverified:
        answer.warn(
            "unverified_rule",
            f"EST-25: not read in the text of the treaty with {relief.treaty.called}: "
            f"{'; '.join(relief.unverified)}. The attorney must confirm it before use.",
            relief.article,
        )


def resident_estate(facts: TreatyEstateInput, estate: Estate, answer: Answer) -> TaxedEstate:
    """Return the estate of a citizen or resident with nothing deducted for the spouse."""
    gate = interest_of(facts, answer)
    qualifies = gate is None or gate.passes is not False
    return TaxedEstate(
        base=replace(estate.base, taxable_estate=estate.undeducted),
        tax=given(to_cents(estate.tax_without_deduction), "the tax with nothing deducted for the spouse"),
        taxable_estate=given(estate.undeducted, "the taxable estate with nothing deducted for the spouse"),
        to_spouse=given(estate.shares.to_spouse if qualifies else ZERO, "what passes to the spouse"),
        unified_credit=given(
            estate.law.rate_table.credit_for(estate.law.basic_exclusion_amount),
            "the unified credit before gifts cut it",
        ),
    )


def resident_alternatives(
    facts: TreatyEstateInput, estate: Estate, answer: Answer
) -> tuple[Alternative | None, dict[str, Any]]:
    """Write the treaty's relief of a citizen's or resident's estate and return it with the named amounts.

    None where no treaty asked about has one, or a condition rules it out.
    """
    result: dict[str, Any] = dict.fromkeys(NAMES)
    for relief in reliefs_for(facts):
        marital = relief.treaty.marital
        if marital is None:
            continue
        most = sheltered_total(marital.kind, estate.law)
        answer.findings.append(relief_finding(relief, most=most))
        result |= {"treaty_relief_kind": marital.kind, "treaty_conditions_met": relief.open}
        if relief.open is False or not estate.shares.to_spouse:
            continue
        taxed = resident_estate(facts, estate, answer)
        base = taxed.base
        found = alternative(answer, relief, taxed, estate.law)
        by_qdot = to_cents(base.net_tax(-taxed.to_spouse.amount))
        answer.findings.append(
            no_tax_finding(
                relief.treaty,
                estate=base.taxable_estate + base.adjusted_taxable_gifts,
                most=most,
                left=found.tax,
                by_qdot=by_qdot,
            )
        )
        result |= {
            "treaty_marital_credit": found.credit,
            "treaty_marital_credit_used": found.used,
            "treaty_marital_deduction": found.deduction,
            "estate_tax_with_treaty": found.tax,
            "treaty_sheltered_total": most,
            "estate_tax_with_qdot": by_qdot,
            "qdot_tax_if_unchanged": to_cents(base.net_tax(ZERO)) - by_qdot,
        }
        return found, result
    return None, result


def add_treaty_findings(facts: TreatyEstateInput, answer: Answer, *, taken: bool | None) -> None:
    """Add what the treaties of the two spouses ask of the attorney: review, statement, domestic law.

    `taken`: whether the estate takes a position under the treaty asked about, None where it is not decided.
    """
    treaties = facts.treaties
    missing = unknown_of("decedent", facts.decedent_party) + unknown_of("spouse", facts.spouse_party)
    answer.findings.append(review_finding(treaties, missing))
    for treaty in treaties:
        asked = taken if treaty is facts.treaty else None
        answer.findings.append(disclosure_finding(treaty, waives_qdot=treaty.marital is not None, taken=asked))
        answer.findings.append(domestic_law_finding(treaty))


def refused(answer: Answer) -> None:
    """Warn that the treaty relief elected is not to be had."""
    answer.warn(
        "no_treaty_deduction",
        "No treaty gives this estate a marital relief in the place of a QDOT: the decedent must have been a "
        "nonresident noncitizen of a treaty country, or the treaty must reach residents too and its conditions hold.",
        *CHOICE,
    )
