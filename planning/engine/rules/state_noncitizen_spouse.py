"""A noncitizen spouse before a state's estate tax: IRC 2056(d) as the state takes it over, and its ways out.

Every state's base carries section 2056(d), so what passes outright to a spouse who
is not a citizen is not deducted. Property in QDOT form is deducted where the election
is made: on a federal return, or for the state alone where the state knows such an
election. Where it is not known whether the state does, both results are worked
out and the attorney is asked; the deduction is never assumed. New York waived the
QDOT where no federal return was due, in deaths before July 1, 2025. Oregon has a
marital property of its own that asks for no citizenship.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.three_valued import opposite
from planning.engine.state_law import NoncitizenRule, StateLaw
from planning.engine.worksheet import ZERO

# How property comes to the spouse at the first death.
SpouseForm = Literal["outright", "qtip", "state_qtip", "qdot", "special_marital_property"]
Outcome = Literal["deducted", "denied", "open"]
Sureness = Literal["verified", "entered_by_firm", "inferred", "unverified"]

WEAKEST_LAST: tuple[Sureness, ...] = ("verified", "entered_by_firm", "inferred", "unverified")
OUTCOMES: dict[bool | None, Outcome] = {True: "deducted", False: "denied", None: "open"}
DENIAL = "IRC 2056(d)(1)"
QDOT_RULE = ("IRC 2056(d)(2)", "IRC 2056A")
# The one state that ever waived the QDOT, and the first day without the waiver (N.Y. Laws 2013, ch. 538 s. 2).
WAIVING_STATE = "NY"
WAIVER_ENDED = date(2025, 7, 1)
WAIVER = ("N.Y. Tax Law 951(b)", "N.Y. Laws 2013, ch. 538", "N.Y. Laws 2022, ch. 357")
SPECIAL_PROPERTY = "special_marital_property"


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a matter decides; None is unknown.

    `federal_return_required`: whether Form 706 is due. `federal_election`: a QDOT
    election on a federal return that is filed. `state_election`: the same election
    made for the state. `confirmed`: the attorney's answer whether the state
    accepts a QDOT election for itself alone. `revival`: the act that revived New
    York's waiver, as the firm cites it.
    """

    spouse_counts_as_citizen: bool
    federal_return_required: bool | None
    federal_election: bool | None
    state_election: bool | None
    confirmed: bool | None
    revival: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a share is deducted for the state; `open`: both results must be shown."""

    outcome: Outcome
    sureness: Sureness
    reason: str
    citations: tuple[str, ...]
    question: str = ""
    missing: tuple[str, ...] = ()


def binds_section_2056d(rule: NoncitizenRule) -> bool:
    """Return whether the state's base denies the deduction to a noncitizen spouse as the federal one does."""
    return rule.applies_2056d.answer != "no"


def qdot_waived(law: StateLaw, *, revival: str | None) -> bool:
    """Return whether the law of the death asks for no QDOT where no federal return is due. N.Y. Tax Law 951(b).

    An act that revives the waiver (`revival`, its citation) carries it on past its end.
    """
    return law.noncitizen.qdot_waived or waiver_revived(law, revival=revival)


def waiver_revived(law: StateLaw, *, revival: str | None) -> bool:
    """Return whether the firm has entered an act that revives the waiver for this death."""
    return law.code == WAIVING_STATE and not law.noncitizen.qdot_waived and revival is not None


def reading(law: StateLaw, form: SpouseForm, matter: Matter) -> Reading:
    """Return whether a share in this form is deducted for the state's tax, with sureness and question."""
    if form == "special_marital_property":
        return special_marital_property(law, citizen=matter.spouse_counts_as_citizen)
    if form == "state_qtip":
        return _state_qtip(law, matter)
    if matter.spouse_counts_as_citizen:
        return Reading("deducted", "verified", "the spouse is or counts as a citizen", ("IRC 2056(a)",))
    binds = law.noncitizen.applies_2056d
    if not binds_section_2056d(law.noncitizen):
        return Reading("deducted", binds.status, binds.why, binds.citations)
    if form == "qdot" and matter.federal_election:
        return Reading("deducted", binds.status, "the QDOT election of the federal return counts here too", QDOT_RULE)
    if qdot_waived(law, revival=matter.revival) and not matter.federal_return_required:
        return _waived(law, matter)
    if form == "qdot":
        return _qdot(law, matter)
    why = f"{law.name} takes over section 2056(d), and the property is not in a QDOT"
    return Reading("denied", binds.status, why, (DENIAL, *binds.citations))


def _waived(law: StateLaw, matter: Matter) -> Reading:
    """Return the deduction that the waiver gives; open while it is not known whether a federal return is due."""
    if matter.federal_return_required is None:
        why = "the waiver of the QDOT holds only where no federal return is due"
        return Reading("open", "verified", why, WAIVER, missing=("federal_return_required",))
    why = "no federal return is due, and the state asks for no QDOT then"
    if matter.revival is not None and waiver_revived(law, revival=matter.revival):
        return Reading("deducted", "entered_by_firm", why, (*WAIVER, matter.revival))
    return Reading("deducted", "verified", why, WAIVER)


def _qdot(law: StateLaw, matter: Matter) -> Reading:
    """Return what a state makes of property in QDOT form that no federal election covers."""
    point, place = law.noncitizen.state_only_qdot, law.noncitizen.election_place
    citations = (*QDOT_RULE, *point.citations)
    if point.answer == "no":
        return Reading("denied", point.status, point.why, citations)
    if matter.confirmed is False:
        why = "the attorney holds for this matter that the state does not take the election"
        return Reading("denied", "entered_by_firm", why, citations)
    sureness: Sureness = point.status
    why = point.why
    if matter.confirmed and point.status != "verified":
        sureness = "entered_by_firm"
        why = "the attorney holds for this matter that the state takes the election"
    if point.answer == "unclear" and not matter.confirmed:
        question = (
            f"Does {law.name} accept a QDOT election for itself alone ({place})? If not, is a federal return to be "
            "filed to make it there?"
        )
        return Reading("open", sureness, why, citations, question)
    if matter.state_election is None:
        return Reading("open", sureness, why, citations, missing=("state_election_made",))
    if not matter.state_election:
        return Reading("denied", sureness, f"the election is not made: {place}", citations)
    return Reading("deducted", sureness, f"{why}; elected: {place}", citations)


def special_marital_property(law: StateLaw, *, citizen: bool) -> Reading:
    """Return what a state's own marital property gives: it asks for no citizenship. ORS 118.013, 118.016."""
    point = law.points.get(SPECIAL_PROPERTY)
    if point is None:
        return Reading("denied", "verified", f"{law.name} has no such property of its own", law.citations)
    if citizen:
        return Reading("deducted", "verified", point.why, point.citations)
    question = "May the executor elect this property for a spouse who is not a citizen?"
    return Reading("deducted", point.status, point.why, point.citations, question)


def _state_qtip(law: StateLaw, matter: Matter) -> Reading:
    """Return what a QTIP election for the state alone gives; 2056(d) stands before it for a noncitizen."""
    point, binds = law.state_qtip, law.noncitizen.applies_2056d
    if not matter.spouse_counts_as_citizen and binds_section_2056d(law.noncitizen):
        why = f"a QTIP election of {law.name} still meets section 2056(d): the trust must be in QDOT form"
        return Reading("denied", binds.status, why, (DENIAL, *binds.citations, *point.citations))
    if point.answer == "unclear":
        question = f"Does {law.name} take a QTIP election for itself alone?"
        return Reading("open", point.status, point.why, point.citations, question)
    if point.answer == "only_without_federal_return":
        required = matter.federal_return_required
        missing = ("federal_return_required",) if required is None else ()
        return Reading(OUTCOMES[opposite(required)], point.status, point.why, point.citations, missing=missing)
    return Reading(OUTCOMES[point.answer == "yes"], point.status, point.why, point.citations)


def least_sure(*found: Sureness) -> Sureness:
    """Return the weakest of them; verified where there is none."""
    return max(found, key=WEAKEST_LAST.index, default="verified")


def deducted(
    shares: Mapping[SpouseForm, Decimal], readings: Mapping[SpouseForm, Reading], *, open_too: bool
) -> Decimal:
    """Return what of the spouse's shares is deducted, USD; `open_too`: as if every open point went the estate's way."""
    counted = {"deducted", "open"} if open_too else {"deducted"}
    return sum((amount for form, amount in shares.items() if readings[form].outcome in counted), ZERO)
