"""A finding: one rule of law asked of the facts, and what came of it.

A test of the law is fired, not fired, or undecided because a fact is missing.
Unknown is never taken for no.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["fired", "not_fired", "undecided"]
Severity = Literal["stop", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one matter.

    `test` is the question in words; `measured` stands against `threshold`
    (USD, percent, a date or words; None where the test has none); `form` is the
    paper it shows up on; `questions` are for the attorney; `missing` names the
    facts that keep it undecided. `severity`: stop (the deduction or the trust
    fails), warn (money or a date is at risk), note (to be known).
    """

    rule: str
    state: State
    severity: Severity
    test: str
    text: str
    citations: tuple[str, ...]
    measured: Decimal | str | None = None
    threshold: Decimal | str | None = None
    form: str = ""
    questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
