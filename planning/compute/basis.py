"""`basis`: the basis of an asset after a gift, a death, a payment, a sale or a chain of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from planning.compute.answers import Answer
from planning.compute.basis_facts import BasisEvent, BasisInput, facts_of_events
from planning.compute.fields import Citizenship, is_citizen
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.engine.rules.basis_at_death import SHARED
from planning.engine.rules.basis_chain import ImpossibleEventError, Outcome, apply, latent_gain
from planning.engine.rules.basis_facts import QDOTS, Event, EventKind, Form, Held
from planning.engine.rules.basis_findings import findings_of_event
from planning.engine.rules.election_out_2010 import may_elect_out
from planning.engine.rules.s1015_gift_basis import tax_on_this_gift
from planning.engine.rules.s2040_joint_property import survivorship_inclusion
from planning.engine.rules.three_valued import any_of, opposite
from planning.engine.worksheet import ZERO
from planning.inputs import InputError

HUNDRED = Decimal(100)
# How the engine names a fact, and how the input does.
INPUT_NAMES = {"gained_at_gift": "value_at_gift", "included_share": "included_percent"}


def answer_basis(facts: BasisInput, book: LawBook) -> Answer:
    """Follow the asset through the event or events, and say what basis it has after each."""
    del book  # No yearly amount decides a basis.
    answer = Answer()
    if facts.events is not None and facts.event is not None:
        raise InputError(["event: stands beside events, expected one of the two"])
    events = facts_of_events(facts)
    if not events:
        raise InputError(["events: is empty, expected at least one event"])
    kinds = [_kind(one, held_as=facts.held_as) for one in events]
    form = facts.held_as or _form_before(kinds[0])
    paths = [f"events[{index}]." if facts.events is not None else "" for index in range(len(events))]
    _ask(facts, answer, events, kinds, paths, form)
    answer.result = {"asset": facts.asset, "basis_after": None, "latent_gain": None, "steps": []}
    if answer.missing or facts.adjusted_basis is None or form is None:
        return answer
    held = _held(facts, form, facts.adjusted_basis)
    rows: list[dict[str, Any]] = []
    for index, (one, kind) in enumerate(zip(events, kinds, strict=True)):
        if kind is None:
            break
        try:
            event = _event(one, kind, held.form, answer, paths[index])
            outcome = apply(held, event, answer.sheet(f"B{index + 1}-", f"Basis: {_words(kind)}"))
        except ImpossibleEventError as error:
            raise InputError([f"{paths[index]}event: {error}"]) from None
        rows.append(_row(one, held, event, outcome))
        answer.findings += findings_of_event(held, event, outcome)
        _warnings(answer, held, event, outcome)
        if outcome.held is None:
            answer.need(*[f"{paths[index]}{INPUT_NAMES.get(name, name)}" for name in outcome.missing])
            break
        held = outcome.held
    answer.result |= {"steps": rows, **rows[-1]}
    if len(rows) < len(events):
        # A chain that breaks off has no basis at its end.
        answer.result |= {"basis_after": None, "new_basis": None, "basis_for_loss": None, "latent_gain": None}
    return answer


def _words(kind: EventKind) -> str:
    return kind.replace("_", " ")


def _kind(one: BasisEvent, *, held_as: Form | None) -> EventKind | None:
    """Return the event; where it is not named, tax of its own kind tells it."""
    if one.event == "hardship":
        return "distribution"
    if one.event is not None:
        return one.event
    if one.section_2056a_tax is not None:
        return "distribution"
    return "gift" if one.gift_tax_paid is not None and held_as in (None, "decedent_owned") else None


def _form_before(kind: EventKind | None) -> Form | None:
    """Return how the asset must be held where only the event is stated; a QDOT's form does not matter to a payment."""
    if kind == "gift":
        return "decedent_owned"
    return "qdot_qtip" if kind in ("distribution", "cessation", "naturalization", "sale") else None


def _ask(
    facts: BasisInput,
    answer: Answer,
    events: Sequence[BasisEvent],
    kinds: Sequence[EventKind | None],
    paths: Sequence[str],
    form: Form | None,
) -> None:
    if facts.adjusted_basis is None:
        answer.need("adjusted_basis")
    for one, kind, path in zip(events, kinds, paths, strict=True):
        if kind is None:
            answer.need(f"{path}event")
        if one.fair_market_value is None and kind not in ("assignment", "naturalization"):
            answer.need(f"{path}fair_market_value")
    if form is None:
        answer.need("held_as")


def _held(facts: BasisInput, form: Form, basis: Decimal) -> Held:
    gained = None
    if facts.value_at_gift is not None:
        gained = facts.value_at_gift > (basis if facts.basis_at_gift is None else facts.basis_at_gift)
    loss = basis if facts.basis_for_loss is None else facts.basis_for_loss
    if loss > basis:
        raise InputError(["basis_for_loss: is above adjusted_basis, expected the lower one of IRC 1015(a)"])
    return Held(form, basis, loss, bool(facts.income_in_respect_of_decedent), facts.gift_date, gained)


def _event(one: BasisEvent, kind: EventKind, form: Form, answer: Answer, path: str) -> Event:
    citizen = is_citizen(
        flag=one.spouse_is_us_citizen, citizenship=one.spouse_citizenship, path=f"{path}spouse_is_us_citizen"
    )
    resident = _resident(one, path)
    if citizen is None and one.spouse_nonresident_alien:
        citizen = False  # an alien is no citizen
    if one.elected_out_2010 and (one.date is None or not may_elect_out(one.date)):
        raise InputError([f"{path}elected_out_2010: only for a death of 2010, expected its date"])
    going_to = (one.passes_to or form) if form == "decedent_owned" else form
    return Event(
        kind=kind,
        value=_value(one, answer, path),
        on=one.date,
        decedent_us_person=_us_person(
            is_citizen(flag=None, citizenship=one.decedent_citizenship, path=""), one.decedent_domicile
        ),
        spouse_us_person=_us_person(citizen, one.spouse_domicile),
        spouse_citizen=citizen,
        spouse_income_tax_resident=resident,
        elected_6013=_elected(one, answer, citizen=citizen),
        us_situs=one.us_situs,
        tax=_tax_of_gift(one) if kind == "gift" else one.section_2056a_tax,
        amount_of_gift=_amount_of_gift(one),
        consideration=one.consideration or ZERO,
        releases_marital_rights=bool(one.releases_marital_rights),
        in_trust=bool(one.in_trust),
        passes_to=one.passes_to,
        included_share=_included_share(one, going_to, answer, path, citizen=citizen) if kind == "first_death" else None,
        included_at_second_death=one.included_at_second_death,
        spouse_basis=one.spouse_basis,
        depreciation_allowed_to_spouse=one.depreciation_allowed_to_spouse or ZERO,
        estate_tax_value=one.estate_tax_value,
        raised_estate_tax=one.raised_estate_tax,
        returns_to_donor=one.returns_to_donor,
        elected_out_2010=bool(one.elected_out_2010),
        allocated_1022=one.allocated_1022 or ZERO,
        transferred_for_value=one.transferred_for_value,
        exempt=True if one.event == "hardship" else one.exempt,
        recognized_gain=one.recognized_gain or ZERO,
        reading=one.attorney_reading or "unchanged",
    )


def _value(one: BasisEvent, answer: Answer, path: str) -> Decimal:
    """Return the value at the event, USD: at a death the alternate one where it is elected. IRC 1014(a)(2), 2032."""
    if not one.alternate_valuation_elected:
        return ZERO if one.fair_market_value is None else one.fair_market_value
    if one.alternate_value is None:
        raise InputError([f"{path}alternate_value: not stated, expected the value on the alternate date"])
    answer.warn(
        "alternate_value_used",
        "The alternate value is the basis of every asset of that estate, not of this one alone.",
        "IRC 1014(a)(2)",
        "IRC 2032",
    )
    return one.alternate_value


def _us_person(citizen: bool | None, domicile: Citizenship | None) -> bool | None:  # noqa: FBT001 - a fact
    """Return whether a person is a citizen or domiciled here."""
    return any_of(citizen, None if domicile is None else domicile == "us")


def _resident(one: BasisEvent, path: str) -> bool | None:
    stated, opposite_stated = one.spouse_income_tax_resident, opposite(one.spouse_nonresident_alien)
    if None not in (stated, opposite_stated) and stated != opposite_stated:
        raise InputError(
            [f"{path}spouse_nonresident_alien: contradicts spouse_income_tax_resident, expected one of them"]
        )
    return opposite_stated if stated is None else stated


def _elected(one: BasisEvent, answer: Answer, *, citizen: bool | None) -> bool | None:
    """Return whether 6013(g) or (h) was elected; where S is stated to be a nonresident alien, silence is no."""
    if one.election_6013 is not None or citizen or one.spouse_income_tax_resident:
        return one.election_6013
    if one.spouse_income_tax_resident is False or one.spouse_nonresident_alien:
        answer.warn(
            "election_not_stated",
            "No election under 6013(g) or (h) is counted; with one the spouse is a resident and 1041 governs.",
            "IRC 6013(g)(1)",
            "IRC 1041(d)",
        )
        return False
    return None


def _amount_of_gift(one: BasisEvent) -> Decimal | None:
    if one.amount_of_gift is not None or one.exclusion_applied is None or one.fair_market_value is None:
        return one.amount_of_gift
    return max(ZERO, one.fair_market_value - one.exclusion_applied)


def _tax_of_gift(one: BasisEvent) -> Decimal | None:
    """Return the gift tax paid on this gift, USD: shared out where that of the whole year is stated."""
    amount = _amount_of_gift(one)
    if one.gift_tax_paid is None or one.taxable_gifts_of_year is None or amount is None:
        return one.gift_tax_paid
    return tax_on_this_gift(
        tax_of_year=one.gift_tax_paid, amount_of_gift=amount, taxable_gifts=one.taxable_gifts_of_year
    )


def _included_share(one: BasisEvent, form: Form, answer: Answer, path: str, *, citizen: bool | None) -> Decimal | None:
    """Return the included share, 0 to 1: as stated, or for survivorship property by contribution (IRC 2040)."""
    if one.included_percent is not None:
        return one.included_percent / HUNDRED
    if form != "survivorship":
        return None
    if citizen is None:
        answer.need(f"{path}spouse_is_us_citizen")
        return None
    fraction = one.spouse_contribution_fraction
    inclusion = survivorship_inclusion(
        spouse_is_us_citizen=citizen, spouse_contribution_percent=None if fraction is None else fraction * HUNDRED
    )
    return inclusion.percent / HUNDRED


def _row(one: BasisEvent, held: Held, event: Event, outcome: Outcome) -> dict[str, Any]:
    after = outcome.held
    known = after is not None and one.fair_market_value is not None
    return {
        "event": event.kind,
        "date": event.on,
        "held_as": held.form,
        "held_after": None if after is None else after.form,
        "rule": outcome.rule,
        "reason": outcome.reason,
        "fair_market_value": one.fair_market_value,
        "basis_before": held.basis,
        "basis_after": None if after is None else after.basis,
        "new_basis": None if after is None else after.basis,
        "basis_for_loss": None if after is None else after.loss_basis,
        "basis_change": None if after is None else after.basis - held.basis,
        "net_appreciation": outcome.net_appreciation,
        "basis_increase": outcome.increase,
        "gain_recognized": None if after is None else outcome.gain,
        "income_tax_deduction": outcome.deduction,
        "latent_gain": latent_gain(value=event.value, basis=after.basis) if known and after is not None else None,
        "attorney_decision": bool(outcome.readings),
        "readings": [
            {
                "reading": reading.words,
                "basis": reading.basis,
                "latent_gain": latent_gain(value=event.value, basis=reading.basis),
            }
            for reading in outcome.readings
        ],
        "citations": list(outcome.citations),
    }


def _warnings(answer: Answer, held: Held, event: Event, outcome: Outcome) -> None:
    if outcome.readings:
        answer.warn(
            "attorney_decision",
            f"{outcome.rule}: the law is silent; both readings are shown, and the basis follows the reading "
            f"'{event.reading}' until an attorney decides.",
            *outcome.citations,
        )
    if outcome.rule == "BAS-17":
        _unverified(
            answer,
            "BAS-17",
            "that the whole value is the amount of the gift; Treas. Reg. 1.1015-5(c)(4)-(5) was not read",
            "Treas. Reg. 1.1015-5(c)(4)-(5)",
        )
    if outcome.rule == "BAS-02" and outcome.increase:
        _unverified(answer, "BAS-02", "that the amount of the gift is what the exclusion leaves", "IRC 1015(d)(2)")
    if outcome.rule == "BAS-02" and (event.consideration or event.releases_marital_rights):
        _unverified(answer, "GFT-33", "the gain on a transfer for value to a nonresident", "IRC 1041(d)")
    if outcome.rule == "BAS-10":
        _unverified(answer, "BAS-10", "that the decedent's half alone takes its value", "IRC 1014(b)(6)", "IRC 2103")
    if outcome.rule in ("BAS-20", "BAS-21") and event.spouse_us_person is False:
        _unverified(answer, outcome.rule, "the situs of a trust's assets for a nonresident", "IRC 2044", "IRC 2103")
    if event.elected_out_2010:
        answer.warn(
            "historic_law_confirm",
            "The executor elected out for 2010: IRC 1022 gives the basis. What it means for a QDOT is inferred.",
            "P.L. 111-312 sec. 301(c)",
            "IRC 1022",
        )
    if held.form in SHARED and outcome.held is not None:
        answer.warn(
            "shared_property",
            "The basis is that of the whole; a part that passes elsewhere is followed as its own asset.",
            "IRC 1014(b)(6), (9)",
        )
    if event.kind == "naturalization" and held.form not in QDOTS:
        answer.warn("no_qdot", "The asset is in no QDOT; the oath changes nothing for it.", "IRC 2056A(b)(12)")


def _unverified(answer: Answer, rule: str, what: str, *citations: str) -> None:
    answer.warn("unverified_rule", f"{rule}: {what}. An attorney must confirm.", *citations)


RULE = Rule(
    "basis",
    "The basis of an asset after a gift, a death, a payment or a sale",
    BasisInput,
    answer_basis,
)
