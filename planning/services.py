"""The signing desk: compute a plan, decide, sign it off, release it, withdraw it.

Every step is one transaction with its line in the ledger. The engine
recommends; the attorney decides; only a released plan reaches the clients.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import access, audit, selectors
from clients.audit import Action
from clients.models import Matter, User
from planning.calendar_file import calendar_file
from planning.casefile import AssumptionsInput, case_to_json
from planning.client_summary import summary_html
from planning.documents import make_pdf
from planning.engine.assumptions import Source, Value, settle
from planning.engine.facts import Spouse
from planning.engine.law import LawNotKnownError
from planning.engine.readiness import explain_missing, missing_facts
from planning.engine.results import MissingFact
from planning.facts_from_answers import assumptions_from_record, couple_from_record
from planning.inputs import validate
from planning.lawbook import life_table, official_lawbook
from planning.models import NONE_NEEDED, AttorneyDecision, Document, Plan
from planning.paths import document_folders
from planning.plans import flip_points_json, plan_json

Status = Plan.Status


class PlanRefusedError(Exception):
    """A step that cannot be taken now; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the engine that nobody has kept yet: the case file it was given, and the wire plan it said back."""

    facts: dict[str, Any]
    result: dict[str, Any]
    record_fingerprint: str


def work_out(
    *,
    matter: Matter,
    assumptions: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    with_flip_points: bool = True,
) -> Run:
    """Run the engine on the accepted answers of a matter that was opened through the access door; keep nothing.

    `assumptions` are the values staff set, by name (absent or empty: product
    default); None takes those of the record. Raises `InputError` for a wrong
    assumption and `PlanRefusedError` where no law is known for the day.
    """
    record = selectors.accepted_record(matter)
    couple = couple_from_record(record, _names(matter))
    given, sources = _given(record, assumptions)
    day = as_of or timezone.localdate()
    with _law_is_known():
        result = plan_json(couple, given, as_of=day, sources=sources, with_flip_points=with_flip_points)
    return Run(case_to_json(couple, given, day), result, selectors.fingerprint_of(record))


def flip_points(*, matter: Matter, assumptions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what would change the order under these assumptions, as `work_out` gives it, without working out the rest.

    Raises as `work_out`.
    """
    record = selectors.accepted_record(matter)
    couple = couple_from_record(record, _names(matter))
    given, sources = _given(record, assumptions)
    with _law_is_known():
        return flip_points_json(couple, given, as_of=timezone.localdate(), sources=sources)


@contextmanager
def _law_is_known() -> Iterator[None]:
    """Say in words of ours that no law is known for the day."""
    try:
        yield
    except LawNotKnownError as error:
        message = _("No plan can be computed: %(why)s. Add the law of the year first.") % {"why": error}
        raise PlanRefusedError(message) from None


def compute_plan(
    *,
    matter: Matter,
    assumptions: Mapping[str, Any] | None = None,
    actor: User,
    as_of: date | None = None,
    scenario: str = "",
) -> Plan:
    """Run the engine on the accepted answers and keep what it says as a new plan.

    A run that says the same as the newest plan, still undecided, gives that plan
    back. `assumptions`, `as_of` and what is raised: as `work_out`. `scenario` is the
    id of the scenario it comes from, for the ledger. Signed and released plans are
    left alone.
    """
    access.matter_for(actor, matter.public_id, access.Need.PLAN)
    # Outside the transaction: the engine needs a while, and on SQLite everybody else would wait.
    run = work_out(matter=matter, assumptions=assumptions, as_of=as_of)
    with transaction.atomic():
        _lock(matter)
        newest = Plan.objects.for_matter(matter).first()
        if newest is not None and _is_the_same(newest, run, actor):
            return newest  # a second click, or a run in which nothing has changed
        number = 1 if newest is None else newest.number + 1
        plan = Plan.objects.create(
            matter=matter,
            number=number,
            reference=plan_reference(matter.reference, number),
            facts=run.facts,
            assumptions=run.facts["assumptions"],
            result=run.result,
            record_fingerprint=run.record_fingerprint,
            law_fingerprint=run.result["law"]["fingerprint"],
            engine_version=run.result["engine_version"],
            computed_by=actor,
        )
        origin = {"scenario": scenario} if scenario else {}
        audit.record(Action.PLAN_COMPUTED, actor=actor, matter=matter, data={"plan": str(plan.public_id), **origin})
    return plan


def _is_the_same(newest: Plan, run: Run, actor: User) -> bool:
    """Whether `newest` is an undecided plan of the same person that says the same of the same record."""
    undecided = newest.status == Plan.Status.COMPUTED and not newest.decisions.exists()
    record = newest.record_fingerprint == run.record_fingerprint and newest.facts == run.facts
    return undecided and record and newest.computed_by == actor and newest.result == run.result


def assumptions_again(plan: Plan) -> dict[str, Any]:
    """Return what staff set for this plan, under what the record says now."""
    given, _sources = assumptions_from_record(selectors.accepted_record(plan.matter))
    shown = {name: value for name, value in plan.assumptions.items() if value is not None}
    return {**shown, **given}


def lacks(matter: Matter) -> list[MissingFact]:
    """Return the facts without which a plan of this matter has no figures."""
    record = selectors.accepted_record(matter)
    couple = couple_from_record(record, _names(matter))
    given, sources = assumptions_from_record(record)
    nothing: dict[Spouse, Decimal] = {"a": Decimal(0), "b": Decimal(0)}
    settled, _printed = settle(
        couple, given, sources=sources, life_table=life_table(), wealth=nothing, as_of=timezone.localdate()
    )
    return [explain_missing(couple, path) for path in missing_facts(couple, settled)]


def plan_reference(matter_reference: str, number: int) -> str:
    """Return the plan's name on pages and papers: M-2026-0117 and 3 give P-2026-0117-3."""
    return f"P-{matter_reference.removeprefix('M-')}-{number}"


def decide(*, plan: Plan, chosen_strategy: str, reason: str, actor: User) -> AttorneyDecision:
    """Keep which arrangement the attorney chose; another than the engine's needs a reason."""
    _attorney(plan, actor)
    with transaction.atomic():
        plan = _locked(plan)
        if plan.status != Status.COMPUTED:
            raise PlanRefusedError(_("This plan is signed already. Compute a new plan to decide anew."))
        if chosen_strategy not in choices_of(plan.result):
            raise PlanRefusedError(_("Choose one of the arrangements that are open to this couple."))
        recommended = plan.result["recommendation"]["strategy"] or ""
        overrides = chosen_strategy != recommended
        if overrides and not reason.strip():
            raise PlanRefusedError(_("Write why you choose another arrangement; the clients read it."))
        decision = AttorneyDecision.objects.create(
            plan=plan,
            recommended_strategy=recommended,
            chosen_strategy=chosen_strategy,
            overrides=overrides,
            reason=reason.strip(),
            decided_by=actor,
        )
        audit.record(
            Action.PLAN_DECIDED,
            actor=actor,
            matter=plan.matter,
            data={"plan": str(plan.public_id), "overrides": overrides},
        )
    return decision


def choices_of(result: Mapping[str, Any]) -> list[str]:
    """Return the strategies an attorney can choose: those open to the couple, and `none_needed` where it is said."""
    found = [option["strategy"] for option in result["options"] if option["status"] == "available"]
    return [NONE_NEEDED, *found] if result["recommendation"]["strategy"] == NONE_NEEDED else found


def sign_off_plan(*, plan: Plan, note: str, projected_law_acknowledged: bool, actor: User) -> Plan:
    """Freeze the plan under the attorney's name.

    Refused without a note, without a decision, with projected amounts nobody
    acknowledged, and when answers or law have changed since it was computed.
    """
    _attorney(plan, actor)
    with transaction.atomic():
        plan = _locked(plan)
        if plan.status != Status.COMPUTED:
            raise PlanRefusedError(_("This plan is signed already."))
        if plan.decision is None:
            raise PlanRefusedError(_("Confirm the recommendation or choose another arrangement first."))
        if not note.strip():
            raise PlanRefusedError(_("Write a note for the file: what you looked at and why you sign."))
        if uses_projected_law(plan.result) and not projected_law_acknowledged:
            raise PlanRefusedError(_("This plan uses projected amounts. Tick the box to say that you know."))
        if answers_changed(plan):
            raise PlanRefusedError(
                _("Answers have changed since this plan was computed. Compute it again, then sign the new one.")
            )
        if law_changed(plan):
            raise PlanRefusedError(
                _("The law files have changed since this plan was computed. Compute it again, then sign the new one.")
            )
        plan.status = Status.SIGNED_OFF
        plan.signed_off_at, plan.signed_off_by = timezone.now(), actor
        plan.sign_off_note = note.strip()
        plan.projected_law_acknowledged = projected_law_acknowledged
        plan.save()
        audit.record(Action.PLAN_SIGNED_OFF, actor=actor, matter=plan.matter, data={"plan": str(plan.public_id)})
    return plan


def uses_projected_law(result: Mapping[str, Any]) -> bool:
    """Whether any amount of the law in the plan is projected."""
    return any(amount["status"] == "projected" for amount in result["law"]["amounts"])


def answers_changed(plan: Plan) -> bool:
    """Whether the accepted answers are no longer those the plan was computed from."""
    return bool(plan.record_fingerprint != selectors.record_fingerprint(plan.matter))


def law_changed(plan: Plan) -> bool:
    """Whether the law files are no longer those the plan was computed from."""
    return plan.law_fingerprint != official_lawbook().fingerprint


def make_document(*, plan: Plan, actor: User) -> Document:
    """Make the clients' summary: a draft until sign-off, the final paper afterwards (made once).

    Raises `PressError` where the paper cannot be made, `PlanRefusedError` where
    the plan has nothing to hand to clients.
    """
    access.matter_for(actor, plan.matter.public_id, access.Need.PLAN)
    chosen = chosen_strategy(plan)
    if not chosen:
        raise PlanRefusedError(_("The plan still needs facts, so there is nothing to hand to the clients yet."))
    is_draft = plan.status == Status.COMPUTED
    if not is_draft:
        made = plan.documents.filter(draft=False, kind=Document.Kind.CLIENT_SUMMARY).first()
        if made is not None:
            return made
    content = make_pdf(summary_html(plan), identifier=paper_identifier(plan), folders=document_folders())
    with transaction.atomic():
        _lock(plan.matter)
        if not is_draft:
            made = plan.documents.filter(draft=False, kind=Document.Kind.CLIENT_SUMMARY).first()
            if made is not None:
                return made
        document = Document.objects.create(
            plan=plan,
            draft=is_draft,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            created_by=actor,
        )
        audit.record(
            Action.DOCUMENT_MADE,
            actor=actor,
            matter=plan.matter,
            data={"plan": str(plan.public_id), "document": str(document.public_id), "draft": is_draft},
        )
    return document


def chosen_strategy(plan: Plan) -> str:
    """Return what the attorney chose, else what the engine recommends, else the empty string."""
    decision = plan.decision
    return decision.chosen_strategy if decision is not None else plan.result["recommendation"]["strategy"] or ""


def paper_identifier(plan: Plan) -> str:
    """Return the fixed identifier of a plan's paper, so that the same plan gives the same bytes."""
    return f"{plan.public_id}:{Document.Kind.CLIENT_SUMMARY.value}:{'draft' if not plan.is_frozen else 'final'}"


def release_plan(*, plan: Plan, actor: User) -> Document:
    """Hand the signed plan to the clients: make its PDF, and replace an earlier released plan.

    Raises `PressError` where the PDF cannot be made; then nothing changes.
    """
    _attorney(plan, actor)
    plan.refresh_from_db()
    _refuse_release(plan)
    document = make_document(plan=plan, actor=actor)
    with transaction.atomic():
        plan = _locked(plan)
        _refuse_release(plan)
        older = Plan.objects.select_for_update().for_matter(plan.matter).exclude(pk=plan.pk)
        for other in older.filter(status__in=[Status.RELEASED, Status.SIGNED_OFF], number__lt=plan.number):
            other.status = Status.SUPERSEDED
            other.save(update_fields=["status"])
            audit.record(Action.PLAN_SUPERSEDED, actor=actor, matter=plan.matter, data={"plan": str(other.public_id)})
        plan.status = Status.RELEASED
        plan.released_at, plan.released_by = timezone.now(), actor
        plan.save(update_fields=["status", "released_at", "released_by"])
        matter = plan.matter
        matter.plan_released_at = plan.released_at
        matter.released_document_public_id = document.public_id
        matter.save(update_fields=["plan_released_at", "released_document_public_id"])
        audit.record(
            Action.PLAN_RELEASED,
            actor=actor,
            matter=matter,
            data={"plan": str(plan.public_id), "document": str(document.public_id)},
        )
    return document


def _refuse_release(plan: Plan) -> None:
    if plan.status == Status.COMPUTED:
        raise PlanRefusedError(_("Sign this plan before you release it."))
    if plan.status == Status.RELEASED:
        raise PlanRefusedError(_("This plan is released already."))
    if plan.status != Status.SIGNED_OFF:
        raise PlanRefusedError(_("This plan was replaced or withdrawn. Compute and sign a new one."))
    if Plan.objects.for_matter(plan.matter).filter(status=Status.RELEASED, number__gt=plan.number).exists():
        raise PlanRefusedError(_("A newer plan is with the clients already."))


def withdraw_plan(*, plan: Plan, actor: User) -> Plan:
    """Take a signed or released plan back; the clients see it no longer."""
    _attorney(plan, actor)
    with transaction.atomic():
        plan = _locked(plan)
        if plan.status not in {Status.SIGNED_OFF, Status.RELEASED}:
            raise PlanRefusedError(_("Only a signed or released plan can be withdrawn."))
        was_released = plan.status == Status.RELEASED
        plan.status = Status.WITHDRAWN
        plan.withdrawn_at, plan.withdrawn_by = timezone.now(), actor
        plan.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
        if was_released:
            matter = plan.matter
            matter.plan_released_at = None
            matter.released_document_public_id = None
            matter.save(update_fields=["plan_released_at", "released_document_public_id"])
        audit.record(Action.PLAN_WITHDRAWN, actor=actor, matter=plan.matter, data={"plan": str(plan.public_id)})
    return plan


def open_document(*, document: Document, actor: User) -> bytes:
    """Write the opening into the ledger, then give the bytes."""
    audit.record(
        Action.DOCUMENT_VIEWED,
        actor=actor,
        matter=document.plan.matter,
        data={"document": str(document.public_id)},
    )
    return bytes(document.content)


def export_case_file(*, matter: Matter, actor: User) -> dict[str, Any]:
    """Return the portable form of the matter's accepted facts and assumptions, and write the export down."""
    record = selectors.accepted_record(matter)
    given, _sources = _given(record, None)
    case = case_to_json(couple_from_record(record, _names(matter)), given, timezone.localdate())
    audit.record(Action.CASE_FILE_EXPORTED, actor=actor, matter=matter)
    return case


def export_deadlines(*, plan: Plan, actor: User) -> bytes:
    """Return the plan's dates as a calendar file, and write the export down."""
    content = calendar_file(
        plan.result["deadlines"],
        matter=plan.matter.public_id,
        reference=plan.matter.reference,
        plan=plan.reference,
        plan_number=plan.number,
        computed_at=plan.computed_at,
    )
    audit.record(Action.DEADLINES_EXPORTED, actor=actor, matter=plan.matter, data={"plan": str(plan.public_id)})
    return content


def _names(matter: Matter) -> dict[Spouse, str]:
    """Return the full names by slot."""
    return {"a": matter.participant("a").full_name, "b": matter.participant("b").full_name}


def _given(
    record: Mapping[str, Any], assumptions: Mapping[str, Any] | None
) -> tuple[dict[str, Value], dict[str, Source]]:
    """Return the assumptions to use with their sources, validated as in a case file."""
    if assumptions is None:
        return assumptions_from_record(record)
    typed = validate(AssumptionsInput, {name: value for name, value in assumptions.items() if value not in (None, "")})
    given = {name: value for name, value in typed.model_dump(mode="python").items() if value is not None}
    return given, dict.fromkeys(given, "staff")


def _attorney(plan: Plan, actor: User) -> None:
    """Let attorneys of the firm through; 403 for anyone else."""
    access.matter_for(actor, plan.matter.public_id, access.Need.SIGN)


def _lock(matter: Matter) -> Matter:
    """Hold the matter's row until the transaction ends, so that two people cannot move its plans at once."""
    locked: Matter = Matter.objects.select_for_update().get(pk=matter.pk)
    return locked


def _locked(plan: Plan) -> Plan:
    """Return the plan as stored now, with its matter held."""
    _lock(plan.matter)
    fresh: Plan = Plan.objects.select_for_update().select_related("matter__firm").get(pk=plan.pk)
    return fresh
