"""How a rule of law is asked of a plan: the question once, the verdict from the facts.

A check that cannot decide says which facts it lacks; unknown is never no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planning.engine.assumptions import Assumptions
from planning.engine.community_law import CommunityLaw
from planning.engine.facts import Asset, Couple, Person, Spouse, is_us_citizen
from planning.engine.finding import Finding, Severity, State
from planning.engine.holdings import listed_assets, other
from planning.engine.law import Law
from planning.engine.register import REGISTER
from planning.engine.results import OrderResult
from planning.engine.state_law import StateLaw
from planning.engine.treaties import TreatyBook


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a check may look at: the couple, the settled assumptions, and each strategy in the order that ranks.

    `state_law` gives a state's law in the year of the first death (None: no estate tax there); it, `treaties` and
    `community` are None where the plan is worked out without them.
    """

    couple: Couple
    assumptions: Assumptions
    law: Law
    as_of: date
    results: Mapping[str, OrderResult]
    state_law: Callable[[str], StateLaw | None] | None = None
    treaties: TreatyBook | None = None
    community: CommunityLaw | None = None

    @property
    def decedent(self) -> Person:
        """The spouse who dies first in the order that ranks."""
        return self.couple.person(self.assumptions.ranking_order)

    @property
    def survivor(self) -> Person:
        """The other one."""
        return self.couple.person(self.survivor_slot)

    @property
    def survivor_slot(self) -> Spouse:
        """`a` or `b` of the survivor."""
        return other(self.assumptions.ranking_order)

    @property
    def survivor_is_citizen(self) -> bool | None:
        """Whether the survivor is a US citizen today; None: not known."""
        return is_us_citizen(self.survivor)

    @property
    def assets(self) -> tuple[Asset, ...] | None:
        """What the couple owns; None: not known yet."""
        return listed_assets(self.couple)

    def figure(self, strategy: str, name: str) -> Decimal | None:
        """Return a figure (USD) of a strategy in the order that ranks; None where it was not computed."""
        result = self.results.get(strategy)
        return None if result is None else result.figures[name]

    def result(self, strategy: str) -> OrderResult | None:
        """Return a strategy in the order that ranks; None where it was not computed."""
        found = self.results.get(strategy)
        return found if found is not None and found.family_wealth is not None else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a question: yes, no, or undecided (`fired` is None) with the facts it lacks.

    `citations` and `questions` are those of the case, beside the ones of the rule.
    """

    fired: bool | None
    text: str
    measured: Decimal | str | None = None
    threshold: Decimal | str | None = None
    missing: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One rule asked of every plan."""

    rule: str
    test: str
    decide: Callable[[PlanFacts], Verdict]
    severity: Severity = "note"
    form: str = ""
    questions: tuple[str, ...] = field(default=())

    def ask(self, facts: PlanFacts) -> Finding:
        """Return what the rule says about the plan."""
        verdict = self.decide(facts)
        state: State = "undecided" if verdict.fired is None else "fired" if verdict.fired else "not_fired"
        return Finding(
            rule=self.rule,
            state=state,
            severity=self.severity,
            test=self.test,
            text=verdict.text,
            citations=tuple(dict.fromkeys((*REGISTER[self.rule].citations, *verdict.citations))),
            measured=verdict.measured,
            threshold=verdict.threshold,
            form=self.form,
            questions=tuple(dict.fromkeys((*self.questions, *verdict.questions))),
            missing=verdict.missing,
        )


def check(
    rule: str, test: str, *, severity: Severity = "note", form: str = "", questions: tuple[str, ...] = ()
) -> Callable[[Callable[[PlanFacts], Verdict]], Check]:
    """Make a check of the function that decides it."""

    def make(decide: Callable[[PlanFacts], Verdict]) -> Check:
        return Check(rule, test, decide, severity, form, questions)

    return make


def fired(text: str, measured: Decimal | str | None = None, threshold: Decimal | str | None = None) -> Verdict:
    """Return yes, with the value that was measured against the threshold."""
    return Verdict(fired=True, text=text, measured=measured, threshold=threshold)


def not_fired(text: str, measured: Decimal | str | None = None, threshold: Decimal | str | None = None) -> Verdict:
    """Return no, with the value that was measured against the threshold."""
    return Verdict(fired=False, text=text, measured=measured, threshold=threshold)


def undecided(text: str, *missing: str) -> Verdict:
    """Return that the question cannot be answered without the `missing` facts (paths in the case file)."""
    return Verdict(fired=None, text=text, missing=missing)


def assets_where(facts: PlanFacts, wanted: Callable[[Asset], bool | None]) -> tuple[list[str], list[str]]:
    """Return the names of the assets that are wanted, and the paths of those of which it is not known."""
    found: list[str] = []
    unknown: list[str] = []
    for index, asset in enumerate(facts.assets or ()):
        answer = wanted(asset)
        if answer is None:
            unknown.append(f"assets[{index}]")
        elif answer:
            found.append(asset.name)
    return found, unknown


def about_assets(
    facts: PlanFacts, wanted: Callable[[Asset], bool | None], *, yes: str, no: str, fact: str = ""
) -> Verdict:
    """Return whether the couple owns something that is `wanted`; `fact` names what is missing of an asset."""
    if facts.assets is None:
        return undecided("What the couple owns is not known yet", "assets")
    found, unknown = assets_where(facts, wanted)
    if found:
        return fired(f"{yes}: {', '.join(found)}", f"{len(found)} asset{'s' if len(found) > 1 else ''}")
    if unknown:
        return undecided(
            f"Not known of {len(unknown)} of the assets", *(f"{path}.{fact}" if fact else path for path in unknown)
        )
    return not_fired(no)
