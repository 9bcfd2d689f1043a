"""States, treaties and community property: which state may tax, what it makes of the spouse, whose treaty is in reach.

The rules themselves stand in `rules/state_*`, `rules/treaty_*` and
`rules/community_property`; here they are asked of a plan, of its first death.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from planning.engine.community_law import CommunityLaw
from planning.engine.findings.asking import Check, PlanFacts, Verdict, check, not_fired, undecided
from planning.engine.projection.treaty import party
from planning.engine.readiness import SPOUSES
from planning.engine.rules.community_property import LAND, Sorted, sort_assets
from planning.engine.rules.state_findings import (
    federal_return_finding,
    gap_finding,
    gap_of,
    qdot_events_finding,
)
from planning.engine.rules.state_noncitizen_spouse import Matter, Sureness, least_sure, reading
from planning.engine.rules.treaty_findings import review_finding
from planning.engine.rules.treaty_relief import matching_treaties
from planning.engine.state_law import StateLaw

NEEDS_FIGURES = "The figures wait for missing facts"
NO_STATE_TAX = "No state that has an estate tax is in reach of the first estate"
CITIZEN = "The survivor is a US citizen"


def states_in_reach(facts: PlanFacts) -> list[str]:
    """Return the state of the first decedent's domicile, then those where real property counts for the decedent."""
    codes = [facts.decedent.domicile_state]
    codes += [
        asset.state
        for asset in facts.assets or ()
        if asset.kind in LAND and asset.country in (None, "US") and asset.title != facts.survivor_slot
    ]
    return list(dict.fromkeys(code for code in codes if code is not None))


def laws_in_reach(facts: PlanFacts) -> list[StateLaw] | Verdict:
    """Return the estate taxes in reach of the first estate, at least one, or the verdict where there is none to ask."""
    if facts.decedent.domicile_state is None:
        slot = facts.assumptions.ranking_order
        text = f"The state of domicile of {facts.decedent.name} is not known"
        return undecided(text, f"{slot}.domicile_state")
    if facts.state_law is None or facts.result("outright") is None:
        return undecided(NEEDS_FIGURES)
    laws = [law for code in states_in_reach(facts) if (law := facts.state_law(code)) is not None]
    return laws or not_fired(NO_STATE_TAX)


def each(laws: Sequence[StateLaw], verdicts: Sequence[Verdict]) -> Verdict:
    """Return one verdict of several states: fired where one fires, else undecided where one is, with each text."""
    states = [verdict.fired for verdict in verdicts]
    answer = True if True in states else None if None in states else False
    first = next(verdict for verdict in verdicts if verdict.fired is answer)
    return Verdict(
        fired=answer,
        text="; ".join(f"{law.name}: {verdict.text}" for law, verdict in zip(laws, verdicts, strict=True)),
        measured=first.measured,
        threshold=first.threshold,
        citations=tuple(cite for verdict in verdicts for cite in verdict.citations),
        questions=tuple(question for verdict in verdicts for question in verdict.questions),
    )


# -- community property ----------------------------------------------------------------


@check(
    "EST-24",
    "Is anything community property, or may something be?",
    severity="warn",
    questions=("Which regime governed the marriage at each home, and was it changed by agreement?",),
)
def community_property(facts: PlanFacts) -> Verdict:
    """Name what is, may be or becomes at the death of a Californian the property of both."""
    couple, law = facts.couple, facts.community
    lived = couple.lived_in_community_property_place
    found = Sorted() if law is None else sort_assets(couple, facts.assumptions.ranking_order, law, facts.as_of)
    if law is None:
        found.titled = [asset.name for asset in facts.assets or () if asset.title == "community"]
    parts = _community_parts(facts, found, lived=lived)
    if parts:
        questions = () if law is None else law.questions
        if couple.marital_agreement:
            questions = (*questions, "What does their agreement about property change?")
        return Verdict(fired=True, text=". ".join(parts), citations=_community_cites(found, law), questions=questions)
    if lived is None:
        return undecided(
            "Not known whether they ever lived in a community property place",
            "lived_in_community_property_place",
            *found.missing,
        )
    if found.missing:
        return undecided("Not known of every asset when and how it was acquired", *found.missing)
    return not_fired("No community property was found")


def _community_parts(facts: PlanFacts, found: Sorted, *, lived: bool | None) -> list[str]:
    """Return a sentence for each kind of property that was found."""
    couple, law = facts.couple, facts.community
    parts: list[str] = []
    if found.titled:
        names = ", ".join(found.titled)
        parts.append(f"Only the decedent's half of community property is in the first estate: {names}")
        if law is not None and (lived is False or couple.lived_in_states == ()):
            point = law.points["by_choice"]
            where = ", ".join(law.by_choice.values())
            parts.append(
                f"They lived in no community property state, so it was made by choice, as {where} allow: "
                f"its federal effect is {point.status.upper()}"
            )
    if found.may_be_community:
        names = ", ".join(found.may_be_community)
        parts.append(f"May be community property, bought in the marriage while they lived in such a place: {names}")
    if found.may_be_quasi and law is not None:
        point = law.quasi["survivors_half"]
        parts.append(
            f"May be quasi-community property of {law.states[law.quasi_state]}: {', '.join(found.may_be_quasi)}. All of"
            f" it counts in the estate of {facts.decedent.name}; the half of {facts.survivor.name} is taken to pass "
            f"from the decedent and to need a QDOT ({point.status.upper()})"
        )
    if lived and not parts:
        parts.append("They lived in a community property place: what came from there may be community property")
    return parts


def _community_cites(found: Sorted, law: CommunityLaw | None) -> tuple[str, ...]:
    """Return the authority of quasi-community property where some was found."""
    if law is None or not found.may_be_quasi:
        return ()
    return tuple(cite for name in ("what", "at_death", "gross_estate") for cite in law.quasi[name].citations)


# -- the states ------------------------------------------------------------------------


@check("STA-05", "Does a state in reach leave less untaxed than the federal exclusion?", severity="warn")
def state_gap(facts: PlanFacts) -> Verdict:
    """Measure what lies between the two exclusions, and in which form it goes to the spouse."""
    laws = laws_in_reach(facts)
    if isinstance(laws, Verdict):
        return laws
    result = facts.result("outright")
    if result is None or result.first_estate is None or result.exclusion_at_first_death is None:
        return undecided(NEEDS_FIGURES)
    verdicts: list[Verdict] = []
    federal = result.exclusion_at_first_death
    for law in laws:
        gap = gap_of(law.exclusion, federal, result.first_estate)
        found = gap_finding(law, federal_exclusion=federal, gap=gap, citizen=facts.survivor_is_citizen is True)
        verdicts.append(Verdict(found.state == "fired", found.text, gap, law.exclusion, citations=found.citations))
    return each(laws, verdicts)


@check("STA-06", "Is a share of a noncitizen spouse left undeducted by a state?", severity="warn")
def denied_by_a_state(facts: PlanFacts) -> Verdict:
    """Ask each state what it makes of the spouse's share, outright and in a QDOT; a deduction is never assumed."""
    if facts.survivor_is_citizen:
        return not_fired(CITIZEN)
    laws = laws_in_reach(facts)
    if isinstance(laws, Verdict):
        return laws
    required = federal_return_required(facts)
    matter = Matter(
        spouse_counts_as_citizen=False,
        federal_return_required=required,
        federal_election=required,
        state_election=True,
        confirmed=None,
        revival=None,
    )
    verdicts: list[Verdict] = []
    for law in laws:
        outright, qdot = reading(law, "outright", matter), reading(law, "qdot", matter)
        fired = None if "open" in (outright.outcome, qdot.outcome) else outright.outcome == "denied"
        weak = least_sure(outright.sureness, qdot.sureness)
        sure = f" ({weak.upper()})" if weak in ("inferred", "unverified") else ""
        verdicts.append(
            Verdict(
                fired,
                f"outright {outright.outcome}, in QDOT form {qdot.outcome}: {qdot.reason}{sure}",
                citations=(*outright.citations, *qdot.citations),
                questions=tuple(found.question for found in (outright, qdot) if found.question),
            )
        )
    return each(laws, verdicts)


def federal_return_required(facts: PlanFacts) -> bool | None:
    """Return whether Form 706 must be filed at the first death; None where the figures wait. IRC 6018(a)."""
    result, gifts = facts.result("outright"), facts.decedent.adjusted_taxable_gifts
    if result is None or result.first_estate is None or result.exclusion_at_first_death is None or gifts is None:
        return None
    own = result.exclusion_at_first_death - (facts.decedent.dsue_received or Decimal(0))
    return result.first_estate + gifts > own


@check("STA-07", "Does a state in reach tax principal paid out of a QDOT, or its end?", severity="warn")
def state_tax_on_qdot_events(facts: PlanFacts) -> Verdict:
    """Ask each state; most say nothing, and that is a question, not a no."""
    if facts.survivor_is_citizen:
        return not_fired(CITIZEN)
    laws = laws_in_reach(facts)
    if isinstance(laws, Verdict):
        return laws
    answers = {"fired": True, "not_fired": False, "undecided": None}
    found = [qdot_events_finding(law) for law in laws]
    return each(
        laws,
        [Verdict(answers[one.state], one.text, citations=one.citations, questions=one.questions) for one in found],
    )


@check("STA-10", "Does a state's result rest on a rule that no primary source settles?", severity="warn")
def unsettled_state_law(facts: PlanFacts) -> Verdict:
    """Name every point of the states in reach that is only inferred, or not verified."""
    laws = laws_in_reach(facts)
    if isinstance(laws, Verdict):
        return laws
    verdicts = [_unsettled(law) for law in laws]
    return each(laws, verdicts)


def _unsettled(law: StateLaw) -> Verdict:
    points = law.unsettled()
    sureness: Sureness = least_sure(*(point.status for point in points.values()))
    if not points:
        return Verdict(fired=False, text="every point is verified", measured=sureness)
    words = "; ".join(f"{name.replace('_', ' ')} {point.status.upper()}" for name, point in points.items())
    return Verdict(
        fired=True,
        text=words,
        measured=sureness,
        citations=tuple(cite for point in points.values() for cite in point.citations),
        questions=(f"Are the open points of {law.name} confirmed for this matter?",),
    )


@check(
    "STA-11",
    "Is a federal return worth filing because a QDOT election for a state alone is unclear?",
    severity="warn",
    form="Form 706 Schedule M",
)
def federal_return_for_the_election(facts: PlanFacts) -> Verdict:
    """A federal return makes the election where no return is due and the state's own one is unclear."""
    if facts.survivor_is_citizen:
        return not_fired(CITIZEN)
    laws = laws_in_reach(facts)
    if isinstance(laws, Verdict):
        return laws
    if federal_return_required(facts):
        return not_fired("A federal return is due in any case; the election is made there")
    verdicts: list[Verdict] = []
    for law in laws:
        found = federal_return_finding(law, unclear=law.noncitizen.state_only_qdot.answer == "unclear")
        text = found.text if found.state == "fired" else "the state's own election is not unclear"
        verdicts.append(Verdict(found.state == "fired", text, citations=found.citations, questions=found.questions))
    return each(laws, verdicts)


# -- treaties --------------------------------------------------------------------------


@check(
    "TRY-01",
    "Is one of the spouses a citizen or domiciliary of a country with an estate or gift tax treaty?",
    severity="warn",
    form="Form 706; Form 706-NA; Form 709",
)
def treaties_in_reach(facts: PlanFacts) -> Verdict:
    """Name the treaties of the countries both spouses have to do with, and what the attorney reads in them."""
    if facts.treaties is None:
        return undecided(NEEDS_FIGURES)
    people = [facts.couple.person(slot) for slot in SPOUSES]
    missing = [
        f"{slot}.{name}"
        for slot, person in zip(SPOUSES, people, strict=True)
        for name, known in (("citizenships", person.citizenships), ("domicile_country", party(person).domicile))
        if known is None
    ]
    found = review_finding(matching_treaties(facts.treaties, *(party(person) for person in people)), tuple(missing))
    answers = {"fired": True, "not_fired": False, "undecided": None}
    return Verdict(
        answers[found.state],
        found.text,
        found.measured,
        missing=found.missing,
        citations=found.citations,
        questions=found.questions,
    )


CHECKS: tuple[Check, ...] = (
    community_property,
    state_gap,
    denied_by_a_state,
    state_tax_on_qdot_events,
    unsettled_state_law,
    federal_return_for_the_election,
    treaties_in_reach,
)
