"""The papers of a year's gifts: gift tax return, report of the donee, and what other law may ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.gift_facts import GiftTaxInput
from planning.compute.gift_settling import Entry, Notes
from planning.engine.law import Law
from planning.engine.rules.gift_flags import covered_gift, state_looks_at_gifts, treaty_covers_gifts
from planning.engine.rules.s2501_nonresident_donor import credit_allowed
from planning.engine.rules.s2503_gift_exclusions import GiftTreatment
from planning.engine.rules.s6019_gift_return import ReturnDates, assessable_until, return_dates, return_needed
from planning.engine.rules.s6039f_received_from_abroad import form_3520_needed
from planning.engine.rules.s7503_due_dates import Calendar
from planning.engine.rules.treaty_findings import gift_finding
from planning.engine.worksheet import ZERO
from planning.federal_holidays import is_legal_holiday
from planning.treaty_book import treaty_book

FROM_PERSONS = "foreign_individual_gift_reporting_threshold"
FROM_ENTITIES = "foreign_entity_gift_reporting_threshold"
OFFICE = Calendar(is_legal_holiday)


def year_papers(
    facts: GiftTaxInput, law: Law, entries: list[Entry], found: list[GiftTreatment], answer: Answer, notes: Notes
) -> dict[str, Any]:
    """Return what must be filed for the year, by whom and when."""
    required = return_needed(
        found,
        split=any(entry.split for entry in entries),
        qtip_elected=any(entry.given.qtip_elected for entry in entries if entry.given.form == "qtip_trust"),
    )
    dates = return_dates(
        OFFICE,
        law.year,
        donor_death=facts.donor_date_of_death,
        estate_return_extended=bool(facts.estate_return_extended),
        estate_return_required=facts.estate_return_required,
        extended=bool(facts.extension_granted),
    )
    form = "709-NA" if facts.status == "nonresident" else "709"
    notes.add("GFT-23", required, f"Form {form} for {law.year}" if required else f"no return for {law.year}")
    notes.add("GFT-24", required, f"gifts of {law.year}", measured=dates.due.isoformat())
    return {
        "form_709_required": required,
        "form": form if required else None,
        "due_date": dates.due if required else None,
        "due_date_with_extension": dates.with_extension if required else None,
        "payment_due": dates.payment if required else None,
        "form_3520_required": _form_3520(facts, law, entries, answer, notes),
    } | _disclosure(facts, entries, found, dates, notes, required=required)


def _disclosure(
    facts: GiftTaxInput,
    entries: list[Entry],
    found: list[GiftTreatment],
    dates: ReturnDates,
    notes: Notes,
    *,
    required: bool,
) -> dict[str, Any]:
    """Return until when the tax can be assessed, once the return is filed. IRC 6501."""
    hard = any(entry.given.hard_to_value for entry in entries)
    if not required and not hard and facts.return_filed_on is None:
        return {}
    advice = "file even under the exclusion: the value can be disputed" if hard and not required else "after filing"
    if facts.return_filed_on is None or facts.adequately_disclosed is None:
        missing = [name for name in ("return_filed_on", "adequately_disclosed") if getattr(facts, name) is None]
        notes.add("GFT-25", None, advice, missing=tuple(missing))
        return {"return_advised": hard or required}
    stated = sum((treatment.gift.amount for treatment in found), ZERO)
    last = assessable_until(
        filed_on=facts.return_filed_on,
        due=dates.due,
        adequately_disclosed=facts.adequately_disclosed,
        omitted=facts.omitted_gifts or ZERO,
        stated=stated,
    )
    words = "at any time" if last is None else "until that day; then the value is final"
    notes.add("GFT-25", last is None, words, measured=last.isoformat() if last else "no limit")
    return {"return_advised": hard or required, "assessable_until": last}


def _form_3520(facts: GiftTaxInput, law: Law, entries: list[Entry], answer: Answer, notes: Notes) -> bool | None:
    """Return whether the spouse reports gifts from abroad; None where a deciding fact is not known."""
    over: list[tuple[Decimal, Decimal]] = []
    asked = False
    if facts.status == "nonresident" and FROM_PERSONS in law.amounts:
        asked = True
        received = sum((_received(entry) for entry in entries if entry.given.donee == "spouse"), ZERO)
        over.append((received, law[FROM_PERSONS].amount))
        answer.uses(law, FROM_PERSONS)
    if facts.received_from_foreign_entities is not None and FROM_ENTITIES in law.amounts:
        asked = True
        over.append((facts.received_from_foreign_entities, law[FROM_ENTITIES].amount))
        answer.uses(law, FROM_ENTITIES)
    if not asked:
        return False
    above = [pair for pair in over if form_3520_needed(*pair)]
    received, threshold = (above or over)[0]
    needed = None if above and facts.spouse_is_us_person is None else bool(above) and bool(facts.spouse_is_us_person)
    notes.add(
        "GFT-34",
        needed,
        "with the donee's income tax return; 5% a month, at most 25%, for a late report",
        measured=received,
        threshold=threshold,
        missing=("spouse_is_us_person",) if needed is None else (),
    )
    return needed


def _received(entry: Entry) -> Decimal:
    """Return what the spouse received, taxed or not; tuition and medical care do not count."""
    if "IRC 2503(e)" in entry.citations:
        return ZERO
    return entry.amount if entry.amount is not None else entry.given.amount or ZERO


def add_papers(facts: GiftTaxInput, rows: list[dict[str, Any]], answer: Answer, notes: Notes) -> None:
    """Note the donor's status and what oath, state, treaty and expatriation bring in."""
    status = facts.status
    if status is not None and (facts.citizen is not None or facts.domicile is not None):
        words = f"the donor counts as {status}"
        notes.add("GFT-22", status != "nonresident", words, measured=status, threshold="a State or DC")
        notes.add("GFT-21", not credit_allowed(status), "tax from the first taxable dollar, cumulative")
        if status != "nonresident":
            notes.add("GFT-20", "not_fired", "taxed wherever the property lies")
    _oath(facts, rows, notes)
    if facts.state is not None:
        words = state_looks_at_gifts(facts.state) or "no gift tax or adding back of gifts is known"
        notes.add("GFT-46", state_looks_at_gifts(facts.state) is not None, words, measured=_taxable(rows))
        if state_looks_at_gifts(facts.state) is not None:
            answer.warn("state_law", f"{words}; the state's tax is not computed here.", "State law")
    if facts.treaty_country is not None:
        treaty = treaty_book().named(facts.treaty_country)
        covers = treaty_covers_gifts(treaty)
        answer.findings.append(gift_finding(treaty, facts.treaty_country))
        notes.add("GFT-47", covers, "a treaty covers gifts" if covers else "no treaty on gifts is known")
        if covers:
            answer.warn(
                "treaty_not_computed",
                "A treaty covers gifts and may give a relief of its own; the attorney reads it.",
                "Treaty",
            )
    if facts.donor_covered_expatriate is not None:
        _covered(facts, rows, notes)


def _oath(facts: GiftTaxInput, rows: list[dict[str, Any]], notes: Notes) -> None:
    oath: date | None = facts.spouse_naturalized_on
    if oath is None:
        return
    within = any(row["year"] == oath.year for row in rows)
    notes.add(
        "GFT-44",
        within,
        "gifts before the oath stay under the yearly limit, later ones are deducted",
        measured=oath.isoformat(),
    )


def _covered(facts: GiftTaxInput, rows: list[dict[str, Any]], notes: Notes) -> None:
    last = rows[-1]
    received = sum((gift["amount"] or ZERO for gift in last["gifts"]), ZERO)
    taxed = ZERO
    if facts.donor_covered_expatriate:
        taxed = covered_gift(
            received, last["annual_exclusion"], deductible_for_us_person=last["marital_deduction"] == received
        )
    notes.add(
        "GFT-35",
        taxed > 0,
        "the donee may owe the highest rate on what passes the yearly exception; not computed here",
        measured=taxed,
        threshold=last["annual_exclusion"],
    )


def _taxable(rows: list[dict[str, Any]]) -> Decimal:
    return sum((row["taxable_gift"] for row in rows), ZERO)
