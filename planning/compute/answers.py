"""The one shape of every answer: status, result, worksheets, warnings and the law used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from planning.engine.finding import Finding
from planning.engine.law import Law, LawAmount, LawBook
from planning.engine.wire import finding_to_json, law_amount_to_json, money, worksheet_to_json
from planning.engine.worksheet import Worksheet, to_cents

Status = Literal["computed", "needs_facts", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the reader must know beside the result, with its authority."""

    code: str
    text: str
    citations: tuple[str, ...] = ()


@dataclass(slots=True)
class Answer:
    """What a rule found out; `missing` names facts by their path in the input."""

    result: dict[str, Any] = field(default_factory=dict)
    worksheets: list[Worksheet] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    reasons: list[Warned] = field(default_factory=list)
    amounts: dict[tuple[str, int], LawAmount] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    not_applicable: bool = False

    @property
    def status(self) -> Status:
        """`not_applicable` before `needs_facts` before `computed`."""
        if self.not_applicable:
            return "not_applicable"
        return "needs_facts" if self.missing else "computed"

    def sheet(self, code: str, title: str) -> Worksheet:
        """Open a worksheet that is printed with the answer if it gets lines."""
        opened = Worksheet(code, title)
        self.worksheets.append(opened)
        return opened

    def warn(self, code: str, text: str, *citations: str) -> None:
        """Add a warning once."""
        warned = Warned(code, text, citations)
        if warned not in self.warnings:
            self.warnings.append(warned)

    def need(self, *facts: str) -> None:
        """Note facts without which the answer is not whole, each once."""
        self.missing += [fact for fact in facts if fact not in self.missing]

    def refuse(self, code: str, text: str, *citations: str) -> Answer:
        """Say that the rule does not apply, and why; nothing is computed."""
        self.not_applicable = True
        self.reasons.append(Warned(code, text, citations))
        return self

    def uses(self, law: Law, *names: str) -> None:
        """Note law amounts the answer rests on; one that is not official is warned about."""
        for name in names:
            self.amounts[name, law.year] = law[name]
        if law.status != "official":
            self.warn(
                "law_projected",
                f"The amounts of {law.year} are {law.status.replace('_', ' ')}, not official; check them before use.",
            )


def to_json(rule: str, answer: Answer, book: LawBook) -> dict[str, Any]:
    """Return the answer as printed: money is exact decimal text, what is not computed is null."""
    return {
        "rule": rule,
        "status": answer.status,
        "missing": list(answer.missing),
        "reasons": [_warned(reason) for reason in answer.reasons],
        "result": plain_json(answer.result),
        "worksheets": [worksheet_to_json(sheet) for sheet in answer.worksheets if sheet.lines],
        "findings": [finding_to_json(finding) for finding in answer.findings],
        "warnings": [_warned(warning) for warning in answer.warnings],
        "law": {
            "version": book.version,
            "fingerprint": book.fingerprint,
            "amounts": [law_amount_to_json(amount) for amount in answer.amounts.values()],
        },
    }


def plain_json(value: object) -> Any:
    """Return `value` with money as text in exact cents, dates as ISO text and enums as their words."""
    match value:
        case Decimal():
            return money(to_cents(value))
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case Mapping():
            return {str(key): plain_json(item) for key, item in value.items()}
        case Sequence():
            return [plain_json(item) for item in value]
        case _:
            return value


def _warned(warned: Warned) -> dict[str, Any]:
    return {"code": warned.code, "text": warned.text, "citations": list(warned.citations)}
