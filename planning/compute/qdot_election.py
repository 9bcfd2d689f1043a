"""`qdot-election`: how property comes into a QDOT, by when, and whether the election carries the deduction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from planning.compute.annuity_corpus_portion import answer_annuity_corpus_portion
from planning.compute.answers import Answer
from planning.compute.fields import is_citizen
from planning.compute.qdot_election_facts import QdotAssetInput, QdotElectionInput, Route
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules import s2056_d2_transfers as transfers
from planning.engine.rules import s2056a_election as election
from planning.engine.rules import s2056a_reformation as reformation
from planning.engine.rules.election_findings import requirement_finding
from planning.engine.rules.s2056d4_citizenship_before_return import ruling_may_waive_conveyance
from planning.engine.rules.s2652_gst_transferor import reverse_qtip_possible
from planning.engine.rules.s7503_due_dates import add_months
from planning.engine.rules.three_valued import all_of
from planning.engine.worksheet import ZERO, Figure, given, total
from planning.federal_holidays import is_legal_holiday
from planning.inputs import InputError

SCHEDULE_M = "Form 706 Schedule M"
MONTHS_TO_FILE = 9
MONTHS_EXTENDED = 15
HUNDRED = Decimal(100)
AGREEMENT = ("Treas. Reg. 20.2056A-4(c)(2)-(3)",)
ASSIGNABLE = ("Treas. Reg. 20.2056A-4(b)(7)",)
BY_SPOUSE: frozenset[Route] = frozenset({"transferred", "assigned"})
RULES_OF_ROUTES: dict[Route, tuple[str, str, tuple[str, ...]]] = {
    "passes_to_qdot": ("EST-40", "does it pass to a trust that is a QDOT?", reformation.BY_WILL),
    "reformed_under_instrument": (
        "EST-41",
        "was the trust reformed under its own terms by the time the return counts as filed?",
        reformation.BY_INSTRUMENT,
    ),
    "judicial_reformation": ("EST-42", "was the court asked by the return's due date?", reformation.BY_COURT),
    "transferred": (
        "EST-43",
        "was it transferred to the QDOT before the return was actually filed?",
        transfers.BY_SPOUSE,
    ),
    "assigned": ("EST-43", "was it irrevocably assigned by the day of filing?", transfers.BY_SPOUSE),
}


@dataclass(slots=True)
class Times:
    """The estate's dates as far as they are known."""

    nominal_due: date | None = None
    window: election.Window | None = None
    filed_on: date | None = None
    timing: election.Timing | None = None


@dataclass(slots=True)
class AssetFound:
    """What came of one asset; `holds` says whether its way into the QDOT is good."""

    holds: bool | None
    reason: str
    rule: str = ""
    citations: tuple[str, ...] = ()
    missing: list[str] = field(default_factory=list)
    condition: str | None = None
    deadline: date | None = None
    value: Decimal | None = None
    annuity: dict[str, Any] | None = None


def answer_qdot_election(facts: QdotElectionInput, book: LawBook) -> Answer:
    """Answer what is asked: the election, a protective one, the trust, and each asset."""
    answer = Answer()
    if is_citizen(flag=facts.spouse_citizen, citizenship=facts.spouse_citizenship, path="spouse_citizen"):
        return answer.refuse(
            "spouse_is_citizen",
            "The spouse is a US citizen: the ordinary marital deduction applies, and no QDOT is needed.",
            "IRC 2056(a)",
        )
    times = _times(facts, answer)
    oath = facts.spouse_naturalized_on
    if oath is not None and ruling_may_waive_conveyance(oath):
        answer.warn(
            "spouse_naturalized",
            f"The spouse became a citizen on {oath.isoformat()}: citizenship-before-return says "
            "whether a QDOT is needed at all. If it is, a ruling may waive the conveyance of what was assigned "
            "(as LTR 202332013 did).",
            "IRC 2056(d)(4)",
            "Treas. Reg. 20.2056A-4(b)(6)",
            "Treas. Reg. 301.9100-1(a)",
        )
    asked = [
        _time_of_election(facts, times, answer),
        _whole_trust(facts, times, answer),
        _manner(facts, answer),
        _protective(facts, times, answer),
        _after_death(facts, times, answer),
        _transferee_trust(facts, answer),
        _one_asset(facts, answer),
        _assets(facts, times, book, answer),
    ]
    if not any(asked):
        answer.need("return_due_with_extension", "return_filed_on", "assets")
    return answer


def _times(facts: QdotElectionInput, answer: Answer) -> Times:
    """Return the dates the estate's return turns on, with the extension asked for only where it decides."""
    if facts.returns is not None and facts.return_filed_on is not None:
        raise InputError(["returns: stands beside return_filed_on, expected one of the two"])
    times = Times(nominal_due=facts.return_due_with_extension)
    death = facts.date_of_death
    if times.nominal_due is None and death is not None:
        times.nominal_due = add_months(death, MONTHS_EXTENDED if facts.extension_granted else MONTHS_TO_FILE)
    if times.nominal_due is None:
        return times
    if death is not None and times.nominal_due <= death:
        raise InputError(["return_due_with_extension: is not after the death, expected a later day"])
    returns = [election.FiledReturn(one.filed_on, one.makes_election) for one in facts.returns or []]
    if facts.return_filed_on is not None:
        returns.append(election.FiledReturn(facts.return_filed_on, facts.election_made))
    if death is not None and any(one.filed_on < death for one in returns):
        raise InputError(["return_filed_on: is before the death, expected a later day"])
    times.window = election.election_window(times.nominal_due, is_legal_holiday)
    times.timing = election.election_timing(returns, times.window)
    times.filed_on = times.timing.filed_on
    if _extension_unknown(facts) and _extension_decides(facts, times.window, times.filed_on):
        answer.need("extension_granted")
        return Times(filed_on=times.filed_on)
    return times


def _extension_unknown(facts: QdotElectionInput) -> bool:
    return facts.return_due_with_extension is None and facts.extension_granted is None


def _extension_decides(facts: QdotElectionInput, window: election.Window, filed_on: date | None) -> bool:
    """Return whether six months more would change an answer: something was done after the nine months."""
    by_due: list[date | None] = [filed_on, facts.severed_on]
    conveyed: list[date | None] = []
    for asset in facts.assets or []:
        by_due += [asset.completed_on, asset.commenced_on, asset.transferred_on, asset.assigned_on]
        conveyed.append(asset.conveyed_on)
    late = any(day is not None and day > window.due for day in by_due)
    return late or any(day is not None and day > window.bar for day in conveyed)


def _time_of_election(facts: QdotElectionInput, times: Times, answer: Answer) -> bool:
    """Say on which return and until when the election may be made. EST-50."""
    window, timing, nominal_due = times.window, times.timing, times.nominal_due
    if window is None or timing is None or nominal_due is None:
        if "extension_granted" in answer.missing:
            answer.result["election_allowed"] = None
            return True
        if facts.return_filed_on is not None or facts.returns is not None:
            answer.need("return_due_with_extension")
            return True
        return False
    answer.result |= {
        "return_due": window.due,
        "election_timely_until": window.due,
        "election_last_day": window.bar,
        "transfer_or_assign_by": times.filed_on or window.due,
        "conveyance_last_day": transfers.conveyance_last_day(nominal_due),
        "return_that_counts": times.filed_on,
    }
    if _extension_unknown(facts) and facts.date_of_death is not None:
        extended = election.election_window(add_months(facts.date_of_death, MONTHS_EXTENDED), is_legal_holiday)
        answer.result |= {"return_due_if_extended": extended.due, "election_last_day_if_extended": extended.bar}
        answer.warn(
            "extension_not_stated",
            f"Whether Form 4768 was granted is not stated: the days are those without it. With it the return is due "
            f"{extended.due.isoformat()} and the election barred after {extended.bar.isoformat()}.",
            "IRC 6081(a)",
            "IRC 2056A(d)",
        )
    answer.result |= {
        "election_allowed": timing.allowed,
        "election_made": timing.made,
        "reason": timing.reason,
        "citations": list(election.TIME),
    }
    answer.findings.append(
        requirement_finding(
            "EST-50",
            met=timing.allowed,
            test="Is the election made on the last return in time, or on the first late one within a year?",
            text=timing.reason,
            citations=election.TIME,
            form=SCHEDULE_M,
            measured=times.filed_on.isoformat() if times.filed_on else None,
            threshold=window.bar.isoformat(),
            question="When is the return filed, and does it make the election?"
            if times.filed_on is None
            else "Does IRC 7503 move the one-year bar, or is relief to be asked for (Treas. Reg. 301.9100-3)?",
            missing=("return_filed_on",) if times.filed_on is None else (),
        )
    )
    if times.filed_on is not None and timing.allowed is None:
        answer.warn(
            "bar_on_a_day_off",
            f"The return of {times.filed_on.isoformat()} comes after {window.bar.isoformat()}, one year after the due "
            "date as counted; whether IRC 7503 moves that bar is not settled. An attorney must decide.",
            "IRC 2056A(d)",
            "IRC 7503",
        )
    return True


def _whole_trust(facts: QdotElectionInput, times: Times, answer: Answer) -> bool:
    """Say whether the election takes what may be elected, and that it stays. EST-51."""
    if facts.wants_to_revoke is not None:
        answer.result["revocation_allowed"] = election.election_may_be_revoked()
        answer.result["revocable_later"] = election.election_may_be_revoked()
    if facts.part_only is None:
        return facts.wants_to_revoke is not None
    severed = facts.severed_before_election_due
    if facts.severed_on is not None:
        if times.window is None:
            answer.need("return_due_with_extension")
        else:
            severed = election.severed_in_time(facts.severed_on, times.window, times.filed_on)
    whole = election.whole_trust_elected(part_only=facts.part_only, severed_before=severed)
    if whole is None:
        answer.need("severed_before_election_due")
    by_time = times.timing.allowed if times.timing is not None else facts.qdot_election_timely is not False
    if times.timing is None and facts.qdot_election_timely is None:
        answer.warn("time_not_tested", "Only the extent of the election is tested here, not its time.", *election.TIME)
    reasons = {
        True: "a whole trust, or all of one that was severed before",
        False: "a part of a trust cannot be elected unless the trust is severed before the election is due",
        None: "not known whether the trust was severed before",
    }
    answer.result |= {"election_allowed": all_of(whole, by_time), "reason": reasons[whole]}
    answer.findings.append(
        requirement_finding(
            "EST-51",
            met=whole,
            test="Does the election take a whole trust?",
            text=reasons[whole],
            citations=(*election.WHOLE, *election.IRREVOCABLE),
            form=SCHEDULE_M,
            question="Can the trust still be severed under the instrument or local law before the election is due?",
            missing=("severed_before_election_due",),
        )
    )
    return True


def _manner(facts: QdotElectionInput, answer: Answer) -> bool:
    """Say whether Schedule M makes the election, and which papers it lacks. EST-53."""
    papers = {
        "trustees_named": facts.trustees_named,
        "transfers_described": facts.transfers_described,
        "trust_ein_stated": facts.trust_ein_stated,
    }
    listed, deducted = facts.listed_on_schedule_m, facts.deducted_on_schedule_m
    if (listed, deducted) == (None, None) and set(papers.values()) == {None}:
        return False
    presumed = election.election_presumed_made(listed=listed, deducted=deducted)
    lacking = election.papers_lacking(papers)
    missing = [
        name
        for name, value in (("listed_on_schedule_m", listed), ("deducted_on_schedule_m", deducted))
        if value is None
    ]
    if presumed is None:
        answer.need(*missing)
    answer.result |= {"election_presumed_made": presumed, "papers_lacking": lacking}
    answer.warn(
        "unverified_rule",
        "How the election is made is taken from the Form 706 instructions; the text of Treas. Reg. 20.2056A-3(d) was "
        "not at hand. An attorney must confirm it.",
        *election.MANNER,
    )
    answer.findings.append(
        requirement_finding(
            "EST-53",
            met=presumed,
            test="Is the trust listed on Schedule M and its whole value deducted?",
            text=f"papers lacking: {', '.join(lacking)}" if lacking else "no paper is said to be lacking",
            citations=election.MANNER,
            form=SCHEDULE_M,
            question="Is the return to be completed or filed again before its due date?",
            missing=tuple(missing),
        )
    )
    return True


def _protective(facts: QdotElectionInput, times: Times, answer: Answer) -> bool:
    """Say whether a protective election and a protective assignment may be made. EST-52."""
    parts = {
        "doubt_at_filing": facts.doubt_at_filing,
        "executor_reasonable_belief": facts.executor_reasonable_belief,
        "signed_under_penalties": facts.signed_under_penalties,
        "assets_and_basis_named": facts.assets_and_basis_named,
    }
    if set(parts.values()) == {None}:
        return False
    holds = election.protective_statement_holds(
        doubt=facts.doubt_at_filing,
        reasonable_belief=facts.executor_reasonable_belief,
        signed_under_penalties=facts.signed_under_penalties,
        assets_and_basis_named=facts.assets_and_basis_named,
    )
    missing = tuple(name for name, value in parts.items() if value is None)
    if holds is None:
        answer.need(*missing)
    if times.timing is not None and times.filed_on is not None:
        holds = all_of(holds, times.timing.allowed)
    texts = {
        True: "a real doubt, and a statement that says what the regulation asks; the steps of Treas. Reg. 20.2056A-4 "
        "must be taken beside it",
        False: "no real doubt about one of the four matters, a statement that lacks what it must say, or too late",
        None: "not decided yet",
    }
    answer.result |= {
        "protective_election_allowed": holds,
        "protective_assignment_allowed": holds,
        "revocable_later": election.election_may_be_revoked() if holds else None,
        "protective_reason": texts[holds],
    }
    answer.findings.append(
        requirement_finding(
            "EST-52",
            met=holds,
            test="Is there a bona fide issue for a protective election, in a signed and specific statement?",
            text=texts[holds],
            citations=election.PROTECTIVE,
            form=SCHEDULE_M,
            question="What is uncertain when the return is filed, and who will say so under penalties of perjury?",
            missing=missing,
        )
    )
    return True


def _after_death(facts: QdotElectionInput, times: Times, answer: Answer) -> bool:
    """Say that a QDOT may be made and funded after the death, and that all of it bears the tax."""
    if facts.all_passes_outright_to_spouse is None and facts.all_passes_to_qdot is None:
        return False
    barred = times.timing is not None and times.timing.allowed is False
    answer.result |= {
        "qdot_by_survivor_post_mortem": not barred,
        "must_fund_in_life": False,
        "deferred_tax_applies_to_full_qdot": True,
    }
    answer.result.setdefault("citations", [*transfers.BY_SPOUSE, "IRC 2056A(b)(1)"])
    return True


def _transferee_trust(facts: QdotElectionInput, answer: Answer) -> bool:
    """Say whether the trust may receive what the spouse transfers or assigns. EST-43."""
    foreign = bool(facts.trust_under_will_holds_foreign_situs_assets and facts.decedent_nonresident_noncitizen)
    stated = (facts.other_property_in_qdot, facts.trust_form_qualifies)
    if not foreign and stated == (None, None):
        return False
    good = transfers.transferee_trust_good(
        reg_2_requirements_met=facts.qdot_requirements_met,
        other_property=True if foreign else facts.other_property_in_qdot,
        # Foreign property of a nonresident is outside the estate, so it earns no deduction.
        marital_form=False if foreign else facts.trust_form_qualifies,
    )
    needed = ("qdot_requirements_met", "other_property_in_qdot", "trust_form_qualifies")
    missing = tuple(name for name in needed if getattr(facts, name) is None) if good is None else ()
    answer.need(*missing)
    texts = {
        True: "a QDOT that holds what passed from the decedent to the spouse, or qualifies as a whole",
        False: "no QDOT, or it holds other property without qualifying for the deduction as a whole",
        None: "not decided yet",
    }
    answer.result |= {"may_be_used_as_transferee_qdot": good, "transferee_reason": texts[good]}
    answer.findings.append(
        requirement_finding(
            "EST-43",
            met=good,
            test="May the trust receive the spouse's property as a QDOT?",
            text=texts[good],
            citations=transfers.BY_SPOUSE,
            question="Should the spouse make a separate QDOT for what passes outside the will?",
            missing=missing,
        )
    )
    return True


def _one_asset(facts: QdotElectionInput, answer: Answer) -> bool:
    """Answer the short forms: whose property, and how much of a joint asset. EST-44."""
    asked = False
    if facts.origin is not None:
        asked = True
        eligible = transfers.eligible_property(facts.origin)
        answer.result["eligible_for_marital_deduction"] = eligible
        answer.findings.append(_property_finding(met=eligible))
    if facts.percent_included is None and facts.percent_transferred is None:
        return asked
    if facts.percent_included is None or facts.percent_transferred is None:
        answer.need("percent_included" if facts.percent_included is None else "percent_transferred")
        return True
    within = transfers.included_part_only(
        percent_included=facts.percent_included, percent_transferred=facts.percent_transferred
    )
    answer.result |= {
        "transfer_satisfies_20_2056A_4b": within,
        "percent_eligible": min(facts.percent_included, facts.percent_transferred),
    }
    answer.findings.append(_property_finding(met=within))
    return True


def _property_finding(*, met: bool) -> Any:
    return requirement_finding(
        "EST-44",
        met=met,
        test="Is only property of the decedent, as far as the gross estate includes it, put into the QDOT?",
        text="only what the estate includes goes in" if met else "the spouse's own property cannot stand in",
        citations=transfers.PROPERTY,
        form=SCHEDULE_M,
        question="Which property that passed from the decedent, or its proceeds, can go in instead?",
    )


def _assets(facts: QdotElectionInput, times: Times, book: LawBook, answer: Answer) -> bool:
    """Work out each asset, and what the election deducts of all together."""
    if facts.assets is None:
        return False
    election_good = _election_good(facts, times, answer)
    sheet = answer.sheet("E-", "What passes to the spouse and what is deducted")
    rows: list[dict[str, Any]] = []
    passing, deducted, by_spouse = [], [], []
    whole = valued = True
    for index, asset in enumerate(facts.assets):
        path = f"assets[{index}]"
        if asset.action.route == "nonassignable_annuity":
            found = _annuity(asset, path, facts, book, answer)
        else:
            found = _asset(asset, path, facts, times)
        answer.need(*found.missing)
        holds = all_of(found.holds, election_good)
        worth = asset.value if found.value is None else found.value
        if worth is None and not found.missing:
            answer.need(f"{path}.value")
        value = given(worth or ZERO, f"{path}.value" if found.value is None else "value of the annuity")
        valued = valued and worth is not None
        whole = whole and holds is not None and worth is not None
        passing.append(sheet.write(asset.name or path, value, "IRC 2056(c)"))
        if holds:
            deducted.append(passing[-1])
            by_spouse += [passing[-1]] if asset.action.route in BY_SPOUSE else []
        _note_route(asset, found, answer)
        rows.append(_row(asset, path, found, deductible=holds))
    together = sheet.write("Passing to the spouse", total(passing), "IRC 2056(c)", kind="subtotal")
    marital = sheet.write("Marital deduction", total(deducted), "IRC 2056(d)(2)", "IRC 2056A(a)", kind="subtotal")
    denied = sheet.write("Denied", together - marital, "IRC 2056(d)(1)", kind="result")
    if not whole:
        # A sum with an unknown part is not printed.
        answer.worksheets.remove(sheet)
    answer.result |= {
        "passing_to_spouse_total": together.amount if valued else None,
        "marital_deduction": marital.amount if whole else None,
        "marital_deduction_denied": denied.amount if whole else None,
        "election_good": election_good,
        "assets": rows,
    }
    if any(asset.action.route in BY_SPOUSE for asset in facts.assets):
        _character(facts, by_spouse, answer)
    _taken_as_qdot(facts, answer)
    return True


def _election_good(facts: QdotElectionInput, times: Times, answer: Answer) -> bool | None:
    """Return whether a good election carries the deduction; says what is missing."""
    in_time = times.timing.allowed if times.timing is not None else facts.qdot_election_timely
    if times.timing is not None and times.filed_on is None and facts.qdot_election_timely is not None:
        in_time = facts.qdot_election_timely
    made = times.timing.made if times.timing is not None else None
    whole = answer.result.get("election_allowed") if facts.part_only is not None else True
    listed = answer.result.get("election_presumed_made")
    good = all_of(in_time, made is not False and facts.election_made is not False, whole, listed is not False)
    if in_time is None and good is None:
        answer.need("return_filed_on" if times.window is not None else "qdot_election_timely")
    return good


def _row(asset: QdotAssetInput, path: str, found: AssetFound, *, deductible: bool | None) -> dict[str, Any]:
    reason = found.reason
    if found.holds and deductible is False:
        reason = f"{reason}; but no good election is made"
    return {
        "name": asset.name or path,
        "value": asset.value if found.value is None else found.value,
        "way": asset.action.route,
        "step_good": found.holds,
        "deductible": deductible,
        "reason": reason,
        "condition": found.condition,
        "deadline": found.deadline,
        "annuity": found.annuity,
        "citations": list(found.citations),
    }


def _note_route(asset: QdotAssetInput, found: AssetFound, answer: Answer) -> None:
    """Add the findings of the rules this asset's way was tested by."""
    name = asset.name or "An asset"
    if found.condition:
        answer.warn("still_to_be_done", f"{name}: {found.condition}", *found.citations)
    route = asset.action.route
    if route not in RULES_OF_ROUTES:
        return
    for rule, question, citations in _rules_tested(route, found):
        last = rule == found.rule
        met = found.holds if last else True
        text = found.reason if last else "as the regulation asks"
        if rule == "EST-45" and not last:
            met = None if found.condition else True
            text = found.condition or text
        answer.findings.append(
            requirement_finding(
                rule,
                met=met,
                test=f"{name}: {question}",
                text=text,
                citations=citations,
                form=SCHEDULE_M,
                question="Which paper shows it, and of which day?",
                missing=tuple(found.missing),
            )
        )


def _rules_tested(route: Route, found: AssetFound) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the rules a way was tested by, to the one where it stopped; a good way passed them all."""
    tests = [RULES_OF_ROUTES[route]]
    if route in BY_SPOUSE:
        tests.append(("EST-44", "is it the decedent's property, in due form?", (*transfers.PROPERTY, *transfers.FORM)))
    if route == "assigned":
        tests.append(("EST-45", "is it conveyed before the administration ends?", transfers.CONVEYANCE))
    rules = [rule for rule, _question, _citations in tests]
    passed_all = found.holds is True and found.rule == rules[0]
    return tests if passed_all else tests[: rules.index(found.rule) + 1]


def _annuity(asset: QdotAssetInput, path: str, facts: QdotElectionInput, book: LawBook, answer: Answer) -> AssetFound:
    """Return whether an annuity that cannot be assigned earns the deduction, by annuity-corpus-portion. EST-48."""
    given_facts = asset.annuity
    if given_facts is None:
        reason = "it cannot be assigned: the agreements of Treas. Reg. 20.2056A-4(c) decide"
        return AssetFound(None, reason, missing=[f"{path}.annuity"])
    said_once = {
        name: getattr(facts, name)
        for name in ("date_of_death", "extension_granted", "election_made")
        if getattr(given_facts, name) is None
    }
    found = answer_annuity_corpus_portion(given_facts.model_copy(update=said_once), book)
    answer.worksheets += found.worksheets
    answer.findings += found.findings
    answer.warnings += [warned for warned in found.warnings if warned not in answer.warnings]
    if found.not_applicable:
        return AssetFound(holds=False, reason="it can be assigned: assign it to the QDOT", citations=ASSIGNABLE)
    holds = found.result.get("qualifies")
    missing = [f"{path}.annuity.{name}" for name in found.missing]
    if holds is None and not missing:
        missing = [f"{path}.annuity.{name}" for name in found.findings[-1].missing]
    reasons = {
        True: "the statement, the agreement and the election are filed with the return",
        False: "a step of the agreement is wanting",
        None: "not known whether every step of the agreement is taken",
    }
    worth = _worth(found)
    if worth is not None and asset.value is not None and asset.value != worth:
        answer.warn(
            "annuity_value_differs",
            f"{path}: {asset.value:,} was stated; the present value of the annuity, {worth:,}, is deducted.",
            *AGREEMENT,
        )
    return AssetFound(holds, reasons[holds], citations=AGREEMENT, missing=missing, value=worth, annuity=found.result)


def _worth(found: Answer) -> Decimal | None:
    """Return the present value of the annuity, USD; None where it could not be worked out."""
    value = found.result.get("present_value")
    return value if isinstance(value, Decimal) else None


def _asset(asset: QdotAssetInput, path: str, facts: QdotElectionInput, times: Times) -> AssetFound:
    """Return whether one asset's way into the QDOT is good, and why."""
    route = asset.action.route
    if route == "kept_by_spouse":
        return AssetFound(holds=False, reason="the spouse keeps it outright: nothing puts it into a QDOT")
    if route == "passes_to_qdot":
        holds = reformation.passes_in_qdot(is_qdot=facts.qdot_requirements_met is not False)
        reason = "it passes to the QDOT" if holds else "the trust is no QDOT when the return is made"
        return AssetFound(holds, reason, "EST-40", reformation.BY_WILL)
    if route == "reformed_under_instrument":
        return _reformed(asset, path, times)
    if route == "judicial_reformation":
        return _court(asset, path, times)
    return _by_spouse(asset, path, facts, times)


def _failed(reason: str, rule: str, citations: tuple[str, ...], deadline: date | None) -> AssetFound:
    return AssetFound(holds=False, reason=reason, rule=rule, citations=citations, deadline=deadline)


def _reformed(asset: QdotAssetInput, path: str, times: Times) -> AssetFound:
    in_time = asset.in_time if asset.in_time is not None else asset.action.in_time
    deadline = None
    if times.window is not None:
        deadline = reformation.counts_as_filed(times.window.due, times.filed_on)
        if asset.completed_on is not None:
            in_time = reformation.reformed_in_time(asset.completed_on, times.window.due, times.filed_on)
    found = AssetFound(in_time, "", "EST-41", reformation.BY_INSTRUMENT, deadline=deadline)
    if in_time is None:
        found.missing = _lacking(f"{path}.completed_on", asset.completed_on, times)
    found.reason = {
        True: "the reform was complete when the return counts as filed",
        False: "the reform was not complete when the return counts as filed",
        None: "not known when the reform was complete",
    }[in_time]
    return found


def _court(asset: QdotAssetInput, path: str, times: Times) -> AssetFound:
    in_time = asset.in_time if asset.in_time is not None else asset.action.in_time
    court = reformation.CourtReform(
        commenced_on=asset.commenced_on,
        commenced_in_time=in_time,
        stage=asset.court_stage or asset.action.stage,
        effective_under_local_law=asset.effective_under_local_law,
        may_be_amended_out=asset.may_be_amended_out,
        duties_met_meanwhile=asset.duties_met_meanwhile,
    )
    due = None if times.window is None else times.window.due
    holds = reformation.court_reform_holds(court, due)
    found = AssetFound(holds, "", "EST-42", reformation.BY_COURT, deadline=due)
    if holds is None:
        found.missing = _lacking(f"{path}.commenced_on", asset.commenced_on, times) if in_time is None else []
        found.missing += [f"{path}.court_stage"] if court.stage is None else []
    found.reason = {
        True: "the court was asked in time, and the trust counts as a QDOT",
        False: "the court was not asked in time, or the reform failed: the tax falls due with interest",
        None: "not known when the court was asked, or how the case stands",
    }[holds]
    if holds and court.stage == "pending":
        found.condition = (
            "until the reformation is complete the trustee files Form 706-QDT, pays the tax and gives the statements; "
            "if it is abandoned the estate owes the tax with interest, and the time to assess stays open one year "
            "after the IRS is told how it ended"
        )
    if holds and court.duties_met_meanwhile is False:
        found.condition = "the duties of a QDOT are not met meanwhile: the anti-abuse rule may end it"
    return found


def _lacking(day: str, known: date | None, times: Times) -> list[str]:
    """Return the facts a date test lacks: the day of the step, or the day it is measured against."""
    return ([day] if known is None else []) + (["return_due_with_extension"] if times.window is None and known else [])


def _by_spouse(asset: QdotAssetInput, path: str, facts: QdotElectionInput, times: Times) -> AssetFound:
    """Return whether a transfer or assignment is good: time, person, property, form, trust, conveyance."""
    found = _step_in_time(asset, path, times)
    problem = _fault_of_step(asset, facts)
    if found.holds is not False and problem is not None:
        rule, reason, citations = problem
        return _failed(reason, rule, citations, found.deadline)
    clause = transfers.pecuniary_clause_holds(asset.expressed_as or "specific_asset", asset.pecuniary_clause)
    if found.holds is not False and clause is not True:
        reason = "a sum or formula must say how it is paid: by value on transfer, or by a fairly representative share"
        lacks = [f"{path}.pecuniary_clause"] if clause is None else []
        return AssetFound(clause, reason, "EST-44", transfers.FORM, [*found.missing, *lacks], deadline=found.deadline)
    if found.holds is not False and asset.action.route == "assigned":
        return _conveyance(asset, path, facts, times, found)
    return found


def _step_in_time(asset: QdotAssetInput, path: str, times: Times) -> AssetFound:
    assigned = asset.action.route == "assigned"
    day = asset.assigned_on if assigned else asset.transferred_on
    in_time = asset.in_time if asset.in_time is not None else asset.action.in_time
    deadline = None
    if times.window is not None:
        deadline = times.filed_on or times.window.due
        if day is not None:
            test = transfers.assigned_in_time if assigned else transfers.transferred_in_time
            in_time = test(day, filed_on=times.filed_on, bar=times.window.bar)
    found = AssetFound(in_time, "", "EST-43", transfers.BY_SPOUSE, deadline=deadline)
    step = "assigned on or before" if assigned else "transferred before"
    found.reason = {
        True: f"{step} the day the return was actually filed, and within the time for the election",
        False: f"not {step} the day the return was actually filed, or after the last day for the election",
        None: f"not known whether it was {step} the day of filing",
    }[in_time]
    if in_time is None:
        found.missing = _lacking(f"{path}.{'assigned_on' if assigned else 'transferred_on'}", day, times)
    if in_time and day is not None and times.filed_on is None:
        found.condition = f"the return must be filed {'on or after' if assigned else 'after'} {day.isoformat()}"
    return found


def _fault_of_step(asset: QdotAssetInput, facts: QdotElectionInput) -> tuple[str, str, tuple[str, ...]] | None:
    """Return what breaks a step that was taken in time: rule, reason and authority; None where nothing does."""
    included = asset.percent_included if asset.percent_included is not None else HUNDRED
    sent = asset.percent_transferred if asset.percent_transferred is not None else included
    within = transfers.included_part_only(percent_included=included, percent_transferred=sent)
    if not transfers.may_act(asset.by or "spouse"):
        return "EST-43", "neither the spouse nor who stands in for the spouse acted", transfers.BY_SPOUSE
    if not transfers.eligible_property(asset.origin or "from_decedent"):
        return "EST-44", "the spouse's own property cannot stand in for the decedent's", transfers.PROPERTY
    if not within and not facts.trust_form_qualifies:
        reason = "more than the included part went in, and the trust does not qualify as a whole"
        return "EST-44", reason, transfers.PROPERTY
    if not transfers.assignment_binds(
        in_writing=asset.in_writing,
        irrevocable=asset.irrevocable if asset.irrevocable is not None else asset.action.irrevocable,
        enforceable=asset.enforceable,
        complete_copy_filed=asset.copy_with_return,
    ):
        return "EST-44", "it is not written, irrevocable, enforceable and copied to the return", transfers.FORM
    other = facts.other_property_in_qdot
    good = transfers.transferee_trust_good(
        reg_2_requirements_met=facts.qdot_requirements_met is not False,
        other_property=bool(other),
        marital_form=facts.trust_form_qualifies,
    )
    if good is False:
        return "EST-43", "the trust cannot receive the spouse's property as a QDOT", transfers.BY_SPOUSE
    return None


def _conveyance(
    asset: QdotAssetInput, path: str, facts: QdotElectionInput, times: Times, found: AssetFound
) -> AssetFound:
    """Return the assignment with its conveyance: missed, it costs the deduction. EST-45."""
    last_day = None
    if facts.no_administration and times.nominal_due is not None:
        last_day = transfers.conveyance_last_day(times.nominal_due)
    conveyed = asset.conveyed if asset.conveyed is not None else asset.action.conveyed
    missing: list[str] = []
    if asset.conveyed_on is not None:
        conveyed = transfers.conveyed_in_time(
            asset.conveyed_on, administration_ends_on=facts.administration_ends_on, last_day=last_day
        )
        missing = ["administration_ends_on"] if conveyed is None else []
    deadline = facts.administration_ends_on or last_day
    if facts.conveyance_ruling or (conveyed and found.holds):
        return found
    if conveyed is False:
        reason = "it was not conveyed before the administration ended, or in time where there is none"
        return _failed(reason, "EST-45", transfers.CONVEYANCE, deadline)
    if missing:
        return AssetFound(
            None, "not known when the administration ends", "EST-45", transfers.CONVEYANCE, [*found.missing, *missing]
        )
    by = f"by {deadline.isoformat()}" if deadline else "before the administration of the estate ends"
    found.condition = f"it must still be conveyed to the QDOT {by}, or the deduction is lost"
    found.deadline = deadline
    return found


def _character(facts: QdotElectionInput, by_spouse: list[Figure], answer: Answer) -> None:
    """Say what the spouse's transfer is for other taxes: transferor, gift of the remainder, GST. EST-46."""
    transferor = transfers.spouse_is_transferor(qualified_disclaimer=bool(facts.qualified_disclaimer))
    gift = (
        transfers.remainder_given_now(
            remainder_to_others=facts.remainder_to_others is not False,
            keeps_power=facts.spouse_keeps_power_over_remainder,
            may_revoke=bool(facts.spouse_may_revoke),
        )
        if transferor
        else False
    )
    missing = ("spouse_keeps_power_over_remainder",) if gift is None else ()
    answer.need(*missing)
    amount: Decimal | None = None if gift is not False else ZERO
    if gift and facts.remainder_factor is not None:
        sheet = answer.sheet("G-", "Gift of the remainder")
        moved = sheet.write("Put into the QDOT by the spouse", total(by_spouse), *transfers.BY_SPOUSE)
        factor = sheet.write("Remainder factor", given(facts.remainder_factor, "remainder_factor"), "IRC 7520")
        amount = sheet.write(
            "Taxable gift of the remainder", transfers.gift_of_remainder(moved, factor), *transfers.CHARACTER
        ).amount
    answer.result |= {
        "immediate_gift_of_remainder": gift,
        "gift_of_remainder": amount,
        "transferor_for_other_taxes": "spouse" if transferor else "decedent",
        "gst_transferor": "spouse" if transferor else "decedent",
        "reverse_qtip_available": reverse_qtip_possible(funded_by="spouse", qtip_form=False),
        "section_2702_applies": False,
    }
    answer.findings.append(
        requirement_finding(
            "EST-46",
            met=gift,
            test="Does the spouse give the remainder away at once?",
            text={
                True: "the remainder vests in others, with no power kept: a gift on the day of transfer",
                False: "no completed gift of the remainder",
                None: "not known whether the spouse keeps a power over the remainder",
            }[gift],
            citations=transfers.CHARACTER,
            form="Form 709",
            missing=missing,
            if_not="note",
        )
    )


def _taken_as_qdot(facts: QdotElectionInput, answer: Answer) -> None:
    if facts.qdot_requirements_met is None:
        answer.warn(
            "qdot_taken_as_qualified",
            "The trust is taken to meet every demand on a QDOT; qdot-qualification tests them.",
            "IRC 2056A(a)",
            "Treas. Reg. 20.2056A-2",
        )


RULE = Rule(
    "qdot-election",
    "Ways into a QDOT, the election, and what is deducted",
    QdotElectionInput,
    answer_qdot_election,
)
