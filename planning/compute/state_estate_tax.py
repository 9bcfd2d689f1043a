"""`state-estate-tax`: estate and inheritance taxes of the states that a first death touches, with the federal tax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.estate_tax import qdot_required
from planning.compute.estates import Estate, SpouseStatus, spouse_status, work_out_estate
from planning.compute.fields import law_of
from planning.compute.rule import Rule
from planning.compute.state_estate_facts import StateEstateTaxInput
from planning.compute.state_estates import (
    EstateAtHand,
    Settled,
    adjusted_gifts,
    cases_of,
    counting,
    estate_at_hand,
    law_of_state,
    settle,
    states_of,
)
from planning.compute.state_heirs import HeirsOfState, heirs_result, inheritance_taxes
from planning.compute.state_rows import Taxes, row_of, with_excess_by_state
from planning.engine.law import BASIC_EXCLUSION_AMOUNT, Law, LawBook
from planning.engine.rules.s6018_estate_return import filing_threshold, form_706_required
from planning.engine.rules.state_findings import both_taxes_finding, several_states_finding
from planning.engine.rules.state_noncitizen_spouse import Matter, least_sure
from planning.engine.rules.three_valued import any_of
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO
from planning.state_law import official_state_book

FederalEstate = tuple[StateEstateTaxInput, Estate]
DEDUCTED, ACCEPTED = frozenset({"deducted"}), frozenset({"deducted", "open"})
# What is repeated beside the totals where one state taxes the estate.
OF_ONE_STATE = (
    "taxable_estate",
    "share",
    "gifts_brought_back",
    "exclusion",
    "excess",
    "credit",
    "marital_deduction",
    "deduction_allowed",
    "if_election_accepted",
    "if_election_not_accepted",
    "election_place",
    "bypass_share",
    "exclusion_gap",
    "gap_form",
)
EVERYTHING, NOTHING = frozenset({"deducted", "open", "denied"}), frozenset[str]()


@dataclass(frozen=True, slots=True)
class Touched:
    """The states that the estate touches: where each is named in the input, its law, and its heirs' tax."""

    named: Mapping[str, str]
    laws: Mapping[str, StateLaw | None]
    heirs: Mapping[str, HeirsOfState]
    day: date
    federal_law: Law


def answer_state_estate_tax(facts: StateEstateTaxInput, book: LawBook) -> Answer:
    """Work out each state's tax, both ways where the spouse's share is open, and the federal tax after them."""
    facts.check()
    answer = Answer()
    named = states_of(facts)
    if not named:
        answer.need("state")
    if facts.day is None:
        answer.need("date_of_death")
    if answer.missing or facts.day is None:
        return answer
    day, states = facts.day, official_state_book()
    laws = {code: law_of_state(states, code, day, path) for code, path in named.items()}
    if facts.date_of_death is None and changes_within_the_year(laws, day):
        answer.need("date_of_death")
        return answer
    federal_law = law_of(book, day, "date_of_death" if facts.date_of_death else "year")
    heirs = inheritance_taxes(facts, named, states.inheritance, day, answer)
    answer.findings += [finding for found in heirs.values() for finding in found.findings]
    status = spouse_status(facts, answer)
    estate = None
    if any(laws.values()) or facts.estate_is_stated:
        estate = estate_at_hand(facts, answer)
    if estate is not None and estate.shares and status.unknown:
        answer.need("spouse_is_us_citizen")
    if answer.missing:
        return answer
    if not any(laws.values()) and not heirs:
        answer.warn("no_state_death_tax", f"No state death tax is held for {', '.join(named)} on that day.")
    if estate is None:
        answer.result = _result(named, [], heirs, None, None)
        return answer
    touched = Touched(named, laws, heirs, day, federal_law)
    _states(facts, touched, estate, status, book, answer)
    return answer


def _states(
    facts: StateEstateTaxInput,
    touched: Touched,
    estate: EstateAtHand,
    status: SpouseStatus,
    book: LawBook,
    answer: Answer,
) -> None:
    """Put every state's tax and the federal tax after them into the answer."""
    heirs, day = touched.heirs, touched.day
    matter = matter_of(facts, estate, touched.federal_law, status)
    cases = cases_of(facts, touched.laws, estate, matter, day, _credited(facts, heirs), answer)
    if answer.missing:
        return
    taxes = Taxes(
        *(settle(cases, estate, counting(cases, outcomes)) for outcomes in (DEDUCTED, ACCEPTED, EVERYTHING, NOTHING))
    )
    exclusion = federal_exclusion_left(facts, touched.federal_law)
    rows = []
    for case in cases:
        row, findings = row_of(case, taxes, estate, matter, exclusion, day, facts, answer)
        rows.append(row)
        answer.findings += findings
        for found in case.readings.values():
            answer.need(*(_named(name, matter) for name in found.missing))
    paid = sum((row["tax"] for row in rows), ZERO) + sum((found.total for found in heirs.values()), ZERO)
    federal = federal_estate(facts, estate, taxes.applied, matter, paid, book, answer)
    untouched = federal_estate(facts, estate, taxes.applied, matter, ZERO, book, Answer())
    answer.findings.append(several_states_finding(list(touched.named)))
    if federal is not None and untouched is not None:
        answer.findings.append(
            both_taxes_finding(
                state_tax=paid,
                rounds=taxes.applied.rounds,
                federal_before=untouched[1].tax,
                federal_after=federal[1].tax,
            )
        )
    answer.result = _result(touched.named, rows, heirs, _federal_result(federal, status, paid), matter)


def federal_exclusion_left(facts: StateEstateTaxInput, law: Law) -> Decimal:
    """Return what the federal exclusion, with DSUE, covers after adjusted taxable gifts, USD. IRC 2010(c)."""
    return max(ZERO, law[BASIC_EXCLUSION_AMOUNT].amount + (facts.dsue or ZERO) - adjusted_gifts(facts))


def changes_within_the_year(laws: Mapping[str, StateLaw | None], day: date) -> bool:
    """Return whether the law of a state is not the same on all days of the year; then the day is needed. STA-01."""
    return any(law is not None and law.first_day > date(day.year, 1, 1) for law in laws.values())


def _named(name: str, matter: Matter) -> str:
    """Return the input that answers what a reading misses: on a federal return it is the federal election."""
    return "election_made" if name == "state_election_made" and matter.federal_election is None else name


def _credited(facts: StateEstateTaxInput, heirs: Mapping[str, HeirsOfState]) -> Decimal:
    if facts.inheritance_tax_paid is not None:
        return facts.inheritance_tax_paid
    return heirs["MD"].total if "MD" in heirs else ZERO


def matter_of(facts: StateEstateTaxInput, estate: EstateAtHand, law: Law, status: SpouseStatus) -> Matter:
    """Return what of the facts decides about the spouse's share.

    Where Form 706 is filed, `election_made` is its election; otherwise it is the
    state's own, unless that is stated apart.
    """
    required = facts.federal_return_required
    if required is None:
        threshold = filing_threshold(
            exclusion=law.basic_exclusion_amount,
            adjusted_taxable_gifts=adjusted_gifts(facts),
            exemption_1976=facts.pre_1977_exemption_used or ZERO,
        )
        required = form_706_required(
            gross_estate=estate.gross, taxable_estate=estate.taxable or ZERO, threshold=threshold
        )
    filed = facts.federal_return_filed
    if filed is None:
        filed = required or facts.return_filed_on is not None
    return Matter(
        spouse_counts_as_citizen=status.counts_as_citizen,
        federal_return_required=required,
        federal_election=facts.election_made if filed else False,
        state_election=facts.election_made if facts.state_election_made is None else facts.state_election_made,
        confirmed=facts.state_qdot_confirmed,
        revival=facts.ny_951b_citation if facts.ny_951b_revived else None,
    )


def federal_estate(
    facts: StateEstateTaxInput,
    estate: EstateAtHand,
    settled: Settled,
    matter: Matter,
    state_tax_paid: Decimal,
    book: LawBook,
    answer: Answer,
) -> FederalEstate | None:
    """Work the federal estate out after the state taxes (IRC 2058); None, with a warning, where facts are missing."""
    if facts.nonresident_decedent:
        answer.warn(
            "federal_tax_not_computed",
            "The decedent was neither a US citizen nor domiciled in the United States: see nonresident-estate-tax for "
            "the federal tax.",
            "IRC 2101",
        )
        return None
    shares = settled.shares
    update: dict[str, Any] = {
        "all_passes_outright_to_spouse": None,
        "all_passes_to_qdot": None,
        "passing_to_others": None,
        "passing_to_spouse_outright": shares.get("outright", ZERO) + shares.get("qtip", ZERO) or None,
        "passing_to_qdot": shares.get("qdot") or None,
        "election_made": bool(matter.federal_election),
        "adjusted_taxable_gifts": None if facts.taxable_gifts_by_year is not None else adjusted_gifts(facts) or None,
    }
    if estate.taxable is not None:
        update |= {"taxable_estate": max(ZERO, estate.taxable - state_tax_paid), "gross_estate": None}
    else:
        update |= {"gross_estate": estate.gross, "state_death_tax": min(state_tax_paid, estate.net or ZERO)}
    scratch = Answer()
    told = facts.model_copy(update=update)
    found = work_out_estate(told, book, scratch)
    if found is None:
        asked = ", ".join(scratch.missing)
        answer.warn("federal_tax_not_computed", f"The federal tax is not worked out: it asks for {asked}.", "IRC 2001")
        return None
    answer.worksheets += scratch.worksheets
    answer.amounts |= scratch.amounts
    for warning in scratch.warnings:
        answer.warn(warning.code, warning.text, *warning.citations)
    return told, found


def _federal_result(federal: FederalEstate | None, status: SpouseStatus, paid: Decimal) -> dict[str, Any] | None:
    if federal is None:
        return None
    facts, estate = federal
    return {
        "federal_taxable_estate": estate.taxable_estate,
        "federal_estate_tax": estate.tax,
        "estate_tax": estate.tax,
        "federal_qdot_required": qdot_required(facts, estate, counts_as_citizen=status.counts_as_citizen),
        "combined_tax": estate.tax + paid,
    }


def _result(
    named: Mapping[str, str],
    rows: list[dict[str, Any]],
    heirs: Mapping[str, HeirsOfState],
    federal: dict[str, Any] | None,
    matter: Matter | None,
) -> dict[str, Any]:
    """Return the named amounts: one state's own beside the totals, and a row for each state."""
    estate_taxes = sum((row["tax"] for row in rows), ZERO)
    inheritance = sum((found.total for found in heirs.values()), ZERO)
    together = estate_taxes + inheritance
    known = {
        "federal_taxable_estate": None,
        "federal_estate_tax": None,
        "estate_tax": None,
        "federal_qdot_required": None,
        "combined_tax": None,
    }
    result: dict[str, Any] = {
        "states": rows,
        "state": next(iter(named)),
        "state_estate_tax": estate_taxes,
        "state_inheritance_tax": inheritance,
        "inheritance_tax": inheritance,
        "state_tax": together,
        "tax": together,
        "total_state_tax": together,
        "state_death_tax_deduction": together,
        "federal_return_required": None if matter is None else matter.federal_return_required,
        "heirs": [{"state": state, **row} for state, found in heirs.items() for row in heirs_result(found)],
        "deferred_to_spouses_death": sum((found.deferred for found in heirs.values()), ZERO),
        **(known if federal is None else federal),
        "with_deduction": sum((row["with_deduction"] for row in rows), ZERO) + inheritance,
        "without_deduction": sum((row["without_deduction"] for row in rows), ZERO) + inheritance,
        "state_qdot_required": any_of(*(row["state_qdot_required"] for row in rows)),
        "questions": list(dict.fromkeys(question for row in rows for question in row["questions"])),
    }
    only = rows[0] if len(rows) == 1 else {}
    result |= {name: only.get(name) for name in OF_ONE_STATE} | {
        "taxable_excess": only.get("excess"),
        "status": least_sure(*(row["status"] for row in rows)) if rows else None,
    }
    return result | with_excess_by_state(rows)


RULE = Rule(
    "state-estate-tax",
    "Estate and inheritance taxes of the states, with the noncitizen spouse and the federal tax",
    StateEstateTaxInput,
    answer_state_estate_tax,
)
