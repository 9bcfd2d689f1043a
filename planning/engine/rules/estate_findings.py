"""Findings about the gross estate: which rule brought an asset in or left it out, one finding a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from planning.engine.finding import Finding, Severity
from planning.engine.rules.s2031_gross_estate import SURVIVORSHIP, Entry
from planning.engine.worksheet import ZERO, plain


@dataclass(frozen=True, slots=True)
class Question:
    """A rule to be asked of every asset: which assets it concerns, which of them it brings in."""

    rule: str
    concerns: Callable[[Entry], bool]
    # Which of their authorities must have brought the asset in; empty: any.
    by: tuple[str, ...]
    severity: Severity
    test: str
    citations: tuple[str, ...]
    form: str
    ask: tuple[str, ...]


QUESTIONS: Sequence[Question] = (
    Question(
        "GFT-16",
        lambda entry: entry.asset.title in SURVIVORSHIP and bool(entry.asset.with_spouse),
        (),
        "warn",
        "How much of survivorship property with the spouse is in the estate?",
        ("IRC 2040(a)", "IRC 2056(d)(1)(B)", "Treas. Reg. 20.2056A-8(a)", "Treas. Reg. 25.2518-2(c)(4)(ii)"),
        "Form 706 Schedule E",
        ("Which records show what the survivor paid?", "Should the survivor disclaim a part that is included?"),
    ),
    Question(
        "EST-24",
        lambda entry: entry.asset.title == "community_property",
        (),
        "note",
        "Is only the decedent's half of community property in the estate?",
        ("IRC 2033",),
        "Form 706",
        ("Which regime applied, since when, and is there an agreement about it?",),
    ),
    Question(
        "GFT-27",
        lambda entry: entry.asset.kind in {"transfer", "life_insurance"},
        ("IRC 2035(a)",),
        "warn",
        "Does an interest given up within three years of the death bring the property back?",
        ("IRC 2035(a)", "IRC 2042"),
        "Form 706 Schedules D and G",
        ("On which day was the interest or the policy given up?",),
    ),
    Question(
        "GFT-28",
        lambda entry: entry.asset.kind == "gift_tax_paid",
        (),
        "warn",
        "Is gift tax paid on gifts of the last three years added?",
        ("IRC 2035(b)",),
        "Form 706 Schedule G",
        (),
    ),
    Question(
        "GFT-29",
        lambda entry: entry.asset.kind == "transfer",
        ("IRC 2036(a)(1)", "IRC 2036(a)(2)", "IRC 2036(b)", "IRC 2037", "IRC 2038(a)(1)"),
        "warn",
        "Did the decedent keep the use, the income or control of what was given away?",
        ("IRC 2036(a)", "IRC 2037", "IRC 2038(a)(1)", "IRC 2001(b)"),
        "Form 706 Schedule G",
        ("Did money or use come back to the decedent after the gift?",),
    ),
)


def asset_findings(entries: Iterable[Entry]) -> list[Finding]:
    """Return one finding a rule that concerns an asset: fired where it brings something into the estate."""
    listed = sorted(entries, key=lambda entry: entry.asset.name)
    findings = []
    for question in QUESTIONS:
        concerned = [entry for entry in listed if question.concerns(entry)]
        if concerned:
            findings.append(_finding(question, concerned))
    return findings


def _finding(question: Question, concerned: Sequence[Entry]) -> Finding:
    brought_in = [
        entry for entry in concerned if not question.by or set(question.by).intersection(entry.ruling.citations)
    ]
    amount = sum((entry.included.amount for entry in brought_in), ZERO)
    words = "; ".join(
        f"{entry.asset.name}: {plain(entry.ruling.percent.normalize())}%, {entry.ruling.reason}" for entry in concerned
    )
    return Finding(
        rule=question.rule,
        state="fired" if amount else "not_fired",
        severity=question.severity,
        test=question.test,
        text=words,
        citations=question.citations,
        measured=amount,
        form=question.form,
        questions=question.ask,
    )
