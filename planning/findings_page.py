"""What the page of considered rules says: the stored findings of a plan, by what came of them. Computes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.models import Plan
from planning.reading import Json

NUMBER = re.compile(r"-?\d+(\.\d+)?")
SEVERITIES = ("stop", "warn", "note")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One rule with what was asked, what came of it, and on what it rests."""

    rule: str
    test: str
    text: str
    measured: str
    authority: str
    severity: str
    severity_words: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind under a heading."""

    title: str
    rows: list[FindingRow]


def finding_groups(plan: Plan) -> list[FindingGroup]:
    """Return the findings of a stored plan: fired, undecided, not fired; the grave ones first."""
    stored: list[Json] = plan.result.get("findings", [])
    titles = {"fired": _("Fired"), "undecided": _("Undecided"), "not_fired": _("Not fired")}
    groups = []
    for state, title in titles.items():
        found = [finding for finding in stored if finding["state"] == state]
        found.sort(key=lambda finding: SEVERITIES.index(finding["severity"]))
        if found:
            groups.append(FindingGroup(title, [_row(finding) for finding in found]))
    return groups


def grave_findings(plan: Plan) -> list[FindingRow]:
    """Return what fired and is more than a note."""
    stored: list[Json] = plan.result.get("findings", [])
    found = [f for f in stored if f["state"] == "fired" and f["severity"] != "note"]
    return [_row(finding) for finding in sorted(found, key=lambda finding: SEVERITIES.index(finding["severity"]))]


def _row(finding: Json) -> FindingRow:
    words = {"stop": _("stop"), "warn": _("look"), "note": _("note")}
    return FindingRow(
        rule=finding["rule"],
        test=finding["test"],
        text=finding["text"],
        measured=_measured(finding["measured"], finding["threshold"]),
        authority=", ".join([*finding["citations"], *([finding["form"]] if finding["form"] else [])]),
        severity=finding["severity"],
        severity_words=words[finding["severity"]],
        questions=tuple(finding["questions"]),
    )


def _measured(measured: str | None, threshold: str | None) -> str:
    """Return the measured value against its threshold in words; empty where nothing was measured."""
    if measured is None:
        return ""
    if threshold is None:
        return _amount(measured)
    return _("%(measured)s against %(threshold)s") % {"measured": _amount(measured), "threshold": _amount(threshold)}


def _amount(value: str) -> str:
    if not NUMBER.fullmatch(value):
        return value
    return f"${Decimal(value):,.0f}"
