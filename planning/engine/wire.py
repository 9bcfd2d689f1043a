"""The plan as JSON: amounts are strings of exact dollars, what was not computed is null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from planning.engine.assumptions import Assumption
from planning.engine.basis_table import BasisEvent, BasisOfOrder
from planning.engine.finding import Finding
from planning.engine.law import LawAmount
from planning.engine.results import (
    FIGURES,
    FlipMap,
    FlipPoint,
    Odds,
    Option,
    OrderResult,
    Plan,
    Reason,
    Recommendation,
)
from planning.engine.solved import Solved
from planning.engine.worksheet import Worksheet

FORMAT = "qdot-plan/1"
Json = dict[str, Any]


def money(amount: Decimal | None) -> str | None:
    """Return exact dollars as text without exponent and without needless zeros; None stays None."""
    if amount is None:
        return None
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def law_amount_to_json(amount: LawAmount) -> Json:
    """Return one law amount with its authority and status."""
    return {
        "name": amount.name,
        "label": amount.label,
        "year": amount.year,
        "amount": money(amount.amount),
        "status": amount.status,
        "citations": list(amount.citations),
        "note": amount.note,
    }


def finding_to_json(finding: Finding) -> Json:
    """Return one finding with its test, measured value and threshold."""

    def value(found: Decimal | str | None) -> str | None:
        return money(found) if isinstance(found, Decimal) else found

    return {
        "rule": finding.rule,
        "state": finding.state,
        "severity": finding.severity,
        "test": finding.test,
        "text": finding.text,
        "measured": value(finding.measured),
        "threshold": value(finding.threshold),
        "citations": list(finding.citations),
        "form": finding.form,
        "questions": list(finding.questions),
        "missing": list(finding.missing),
    }


def worksheet_to_json(sheet: Worksheet) -> Json:
    """Return a worksheet with all its lines."""
    return {
        "code": sheet.code,
        "title": sheet.title,
        "lines": [
            {
                "number": line.number,
                "label": line.label,
                "amount": money(line.amount),
                "how": line.how,
                "citations": list(line.citations),
                "kind": line.kind,
                "status": line.status,
            }
            for line in sheet.lines
        ],
    }


def _reason(reason: Reason) -> Json:
    return {"code": reason.code, "text": reason.text, "citations": list(reason.citations)}


def _order(result: OrderResult) -> Json:
    return {
        "first_to_die": result.first_to_die,
        "status": result.status,
        "reasons": [_reason(reason) for reason in result.reasons],
        "missing": list(result.missing),
        "first_death_year": result.first_death_year,
        "second_death_year": result.second_death_year,
        "figures": {name: money(result.figures[name]) for name in FIGURES},
        "family_wealth_with_dsue": money(result.family_wealth_with_dsue),
        "lines": dict(result.lines),
        "state_questions": [
            {
                "state": question.state,
                "text": question.text,
                "question": question.question,
                "citations": list(question.citations),
            }
            for question in result.state_questions
        ],
        "worksheets": [sheet.code for sheet in result.worksheets if sheet.lines],
        "qdot_events": [
            {
                "year": event.year,
                "kind": event.kind,
                "amount": money(event.amount),
                "tax": money(event.tax),
                "line": event.line,
                "held_before": money(event.held),
            }
            for event in result.qdot_events
        ],
        "path": [
            {"year": point.year, "both_alive": point.both_alive, "family_wealth": money(point.family_wealth)}
            for point in result.path
        ],
    }


def _option(option: Option, plan: Plan) -> Json:
    ranking = option.order(plan.ranking_order)
    return {
        "strategy": option.strategy,
        "title": option.title,
        "status": option.status,
        "rank": option.rank,
        "base": option.base,
        "reasons": [_reason(reason) for reason in option.reasons],
        "missing": list(option.missing),
        "figures": {name: money(ranking.figures[name]) for name in FIGURES},
        "orders": [_order(result) for result in option.orders],
        "actions": [
            {
                "what": action.what,
                "by": action.by.isoformat() if action.by else None,
                "who": action.who,
                "citations": list(action.citations),
            }
            for action in option.actions
        ],
        "non_tax_points": list(option.non_tax_points),
        "alternatives": [
            {
                "name": alternative.name,
                "title": alternative.title,
                "text": alternative.text,
                "difference": money(alternative.difference),
                **_order(alternative.result),
            }
            for alternative in option.alternatives
        ],
        "solved": [_solved(solved) for solved in option.solved],
    }


def _solved(found: Solved) -> Json:
    """Return a solved share or number of years with its curve, in the order that ranks."""
    return {
        "what": found.what,
        "value": money(found.value),
        "described": money(found.described),
        "bypass_percent": money(found.bypass_percent),
        "amount": money(found.amount),
        "family_wealth": money(found.family_wealth),
        "unmet_spending": money(found.unmet_spending),
        "difference": money(found.difference),
        "text": found.text,
        "line": found.line,
        "assumptions": found.assumptions,
        "curve": [
            {
                "value": money(point.value),
                "bypass_percent": money(point.bypass_percent),
                "amount": money(point.amount),
                "total_tax": money(point.total_tax),
                "family_wealth": money(point.family_wealth),
                "unmet_spending": money(point.unmet_spending),
            }
            for point in found.curve
        ],
    }


def _assumption(assumption: Assumption) -> Json:
    value = assumption.value
    return {
        "name": assumption.name,
        "label": assumption.label,
        "value": None if value is None else money(value) if isinstance(value, Decimal) else str(value),
        "unit": assumption.unit,
        "source": assumption.source,
        "note": assumption.note,
    }


def flip_point_to_json(flip: FlipPoint) -> Json:
    """Return where along one input another strategy comes first."""
    return {"variable": flip.variable, "text": flip.text, "at": money(flip.at), "then": flip.then}


def _recommendation(found: Recommendation) -> Json:
    other = found.other_order
    return {
        "strategy": found.strategy,
        "sentence": found.sentence,
        "is_close": found.is_close,
        "close_to": list(found.close_to),
        "margin": money(found.margin),
        "against_outright": money(found.against_outright),
        "reasons": [
            {
                "text": reason.text,
                "rule": reason.rule,
                "measured": money(reason.measured),
                "threshold": money(reason.threshold),
            }
            for reason in found.reasons
        ],
        "why_not": {
            strategy: {"text": reason.text, "difference": money(reason.difference)}
            for strategy, reason in found.why_not.items()
        },
        "flip_points": [flip_point_to_json(flip) for flip in found.flip_points],
        "other_order": None
        if other is None
        else {
            "first_to_die": other.first_to_die,
            "strategy": other.strategy,
            "differs": other.differs,
            "text": other.text,
        },
        "fallback": found.fallback,
    }


def _odds(found: Odds | None) -> Json | None:
    """Return what the strategies leave over drawn paths, with the seed that draws them again."""
    if found is None:
        return None
    return {
        "seed": found.seed,
        "generator": found.generator,
        "paths": found.paths,
        "life_table": found.life_table,
        "life_table_note": found.life_table_note,
        "growth": money(found.growth),
        "growth_spread": money(found.growth_spread),
        "chance_a_dies_first": money(found.chance_a_dies_first),
        "chance_oath_too_late": money(found.chance_oath_too_late) if found.oaths else None,
        "oaths": {
            spouse: {
                "earliest": span.earliest.isoformat(),
                "likely": span.likely.isoformat(),
                "latest": span.latest.isoformat(),
                "opens_again": None if span.opens_again is None else span.opens_again.isoformat(),
            }
            for spouse, span in found.oaths.items()
        },
        "outlooks": [
            {
                "strategy": outlook.strategy,
                "expected_family_wealth": money(outlook.expected_family_wealth),
                "expected_tax": money(outlook.expected_tax),
                "low": money(outlook.low),
                "middle": money(outlook.middle),
                "high": money(outlook.high),
                "chance_ahead": {name: money(chance) for name, chance in outlook.chance_ahead.items()},
                "chance_first": money(outlook.chance_first),
                "expected_regret": money(outlook.expected_regret),
                "regret_when_behind": money(outlook.regret_when_behind),
            }
            for outlook in found.outlooks
        ],
    }


def _flip_map(found: FlipMap | None) -> Json | None:
    """Return the map of what comes first: rows of years between the deaths, columns of what the couple owns."""
    if found is None:
        return None
    row, column = found.here
    return {
        "first_to_die": found.first_to_die,
        "first_death_year": found.first_death_year,
        "factors": [money(factor) for factor in found.factors],
        "estates": [money(estate) for estate in found.estates],
        "years": list(found.years),
        "first": [list(row) for row in found.first],
        "close": [list(row) for row in found.close],
        "here": {"row": row, "column": column},
        "tolerance": money(found.tolerance),
        "conventions": list(found.conventions),
    }


def _basis(table: BasisOfOrder) -> Json:
    """Return the basis of every asset in one order of death."""
    return {
        "first_to_die": table.first_to_die,
        "notes": list(table.notes),
        "rows": [
            {
                "asset": f"assets[{row.asset}]",
                "name": row.name,
                "owner": row.owner,
                "percent": money(row.percent),
                "route": row.route,
                "given": row.given,
                "strategies": list(row.strategies),
                "events": [_basis_event(event) for event in row.events],
            }
            for row in table.rows
        ],
    }


def _basis_event(event: BasisEvent) -> Json:
    return {
        "event": event.kind,
        "year": event.year,
        "date": None if event.on is None else event.on.isoformat(),
        "value": money(event.value),
        "basis": money(event.basis),
        "basis_for_loss": money(event.basis if event.loss_basis is None else event.loss_basis),
        "latent_gain": money(event.latent_gain),
        "section_2056a_tax": money(event.tax),
        "basis_increase": money(event.increase),
        "rule": event.rule,
        "reason": event.words,
        "authority": list(event.authority),
        "open": [{"fact": fact.fact, "question": fact.question} for fact in event.open],
        "readings": [{"reading": reading.words, "basis": money(reading.basis)} for reading in event.readings],
    }


def plan_to_json(plan: Plan) -> Json:
    """Return the plan in the format `qdot-plan/1`, ready for `json.dumps`."""
    results = [result for option in plan.options for result in option.orders]
    results += [alternative.result for option in plan.options for alternative in option.alternatives]
    # By code: what both have today is one worksheet of many options.
    sheets = {sheet.code: sheet for result in results for sheet in result.worksheets}
    return {
        "format": FORMAT,
        "as_of": plan.as_of.isoformat(),
        "engine_version": plan.engine_version,
        "law": {
            "version": plan.law_version,
            "fingerprint": plan.law_fingerprint,
            "amounts": [law_amount_to_json(amount) for amount in plan.law_amounts],
        },
        "people": {
            spouse: {"name": plan.names[spouse], "is_us_citizen": plan.citizens[spouse]} for spouse in plan.names
        },
        "ranking_order": plan.ranking_order,
        "assumptions": [_assumption(assumption) for assumption in plan.assumptions],
        "options": [_option(option, plan) for option in plan.options],
        "recommendation": _recommendation(plan.recommendation),
        "deadlines": [
            {
                "what": deadline.what,
                "due": deadline.due.isoformat(),
                "authority": list(deadline.authority),
                "assumed": deadline.assumed,
                "note": deadline.note,
            }
            for deadline in plan.deadlines
        ],
        "warnings": [{"code": warning.code, "text": warning.text} for warning in plan.warnings],
        "missing": [
            {
                "fact": fact.fact,
                "text": fact.text,
                "ask": fact.ask,
                "could_move": money(fact.could_move),
                "changes_order": fact.changes_order,
                "range": fact.range,
                "not_priced": fact.not_priced,
            }
            for fact in plan.missing
        ],
        "findings": [finding_to_json(finding) for finding in plan.findings],
        "odds": _odds(plan.odds),
        "growth_sets": [
            {
                "growth": money(one.growth),
                "first": one.first,
                "family_wealth": {name: money(wealth) for name, wealth in one.family_wealth.items()},
            }
            for one in plan.growth_sets
        ],
        "basis": [_basis(table) for table in plan.basis],
        "flip_map": _flip_map(plan.flip_map),
        "worksheets": [worksheet_to_json(sheet) for sheet in sheets.values() if sheet.lines],
    }
