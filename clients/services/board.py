"""Keep the board's lines: renewed in the transaction of whatever happened to the matter.

Every service writes its event into the ledger; the event renews the line. So
no service can forget the board, and opening the board asks for 25 lines only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from clients.audit import Action
from clients.models import AuditEvent, BoardEntry, Matter, Participant
from clients.selectors import (
    NAME_KEYS,
    ParticipantStatus,
    Stage,
    matter_stage,
    name_words,
    names_in,
    open_asks,
    participant_status,
    pending_count,
)
from clients.selectors.board import INVITATION
from clients.selectors.clearing import all_conflicts, open_conflicts

# Reading and asking change nothing that the board shows.
UNSEEN = frozenset(
    {
        Action.MATTER_VIEWED,
        Action.DOCUMENT_VIEWED,
        Action.CODE_SENT,
        Action.CODE_REFUSED,
        Action.CLIENT_SIGNED_IN,
        Action.LANGUAGE_CHANGED,
        Action.SEARCH_RUN,
        Action.CONFLICTS_SEARCHED,
        Action.CASE_FILE_EXPORTED,
        Action.DEADLINES_EXPORTED,
    }
)
# Saving a page of the intake moves the last change only, unless it is the first or says something of weight.
SAVES = frozenset({Action.INTAKE_PAGE_SAVED, Action.INTAKE_ITEM_ADDED, Action.INTAKE_ITEM_REMOVED})
WEIGHTY = frozenset({"joint_representation", *NAME_KEYS})
PLAN_ACTIONS = (
    Action.PLAN_COMPUTED,
    Action.PLAN_DECIDED,
    Action.PLAN_SIGNED_OFF,
    Action.PLAN_RELEASED,
    Action.PLAN_WITHDRAWN,
)
# After these, other names may stand in two matters.
NAMES_MOVE = frozenset(
    {Action.MATTER_OPENED, Action.CONFLICTS_CLEARED, Action.PARTICIPANT_CHANGED, Action.INTAKE_SUBMITTED}
)
MOST_OTHERS = 20
PLAN_IN_REVIEW = "plan_in_review"
SIGNED = "signed"
WaitsFor = BoardEntry.WaitsFor

# Other apps add here where a matter's next date comes from: (day, what) or None.
date_sources: list[Callable[[Matter], tuple[date, str] | None]] = []


def connect() -> None:
    """Listen to new matters and to the ledger; called once when the app starts."""
    post_save.connect(_on_matter, sender=Matter, dispatch_uid="board-matter")
    post_save.connect(_on_participant, sender=Participant, dispatch_uid="board-participant")
    post_save.connect(_on_event, sender=AuditEvent, dispatch_uid="board-event")


def _on_matter(instance: Matter, created: bool, raw: bool, **_kwargs: Any) -> None:  # noqa: FBT001 - Django's own call
    if created and not raw:
        BoardEntry.objects.create(matter=instance, firm_id=instance.firm_id, changed_by_id=instance.opened_by_id)


def _on_participant(instance: Participant, raw: bool, **_kwargs: Any) -> None:  # noqa: FBT001 - Django's own call
    if not raw:
        matter = Matter.objects.select_related("firm").get(pk=instance.matter_id)
        BoardEntry.objects.filter(matter=matter).update(names=_names(matter))


def _on_event(instance: AuditEvent, created: bool, raw: bool, **_kwargs: Any) -> None:  # noqa: FBT001 - Django's own call
    if not created or raw or instance.matter_id is None or instance.action in UNSEEN:
        return
    if instance.action in SAVES and not WEIGHTY & set(instance.data.get("questions", ())):
        begun = BoardEntry.objects.filter(matter_id=instance.matter_id).exclude(
            stage__in=[Stage.OPENED.value, Stage.INVITED.value]
        )
        if begun.update(changed_at=instance.at, changed_by_id=instance.actor_id):
            return
    refresh(Matter.objects.select_related("firm").get(pk=instance.matter_id), event=instance)


def refresh(matter: Matter, event: AuditEvent | None = None) -> None:
    """Work out a matter's line again; `event` is what happened just now."""
    people = list(matter.participants.all())
    statuses = {person.slot: participant_status(person) for person in people}
    pending = pending_count(matter)
    asked = sum(len(open_asks(person)) for person in people)
    entry = BoardEntry.objects.filter(matter=matter).first() or BoardEntry(matter=matter, firm_id=matter.firm_id)
    if event is not None:
        entry.changed_at, entry.changed_by_id = event.at, event.actor_id
    if event is None or event.action in NAMES_MOVE:
        hits = all_conflicts(matter)
        entry.conflicts = len(open_conflicts(matter, hits))
        _tell_the_others({hit.matter.pk for hit in hits})
    entry.is_closed = matter.closed_at is not None
    entry.stage = _stage(matter)
    entry.pending, entry.asked = pending, asked
    entry.people = {person.slot: _person(person, statuses[person.slot]) for person in people}
    entry.names = _names(matter)
    entry.waits_for = _waits_for(entry, set(statuses.values()))
    entry.next_date, entry.next_what = _next_date(matter, entry)
    entry.save()


def _tell_the_others(matters: set[int]) -> None:
    """Renew the count of open names in the matters on the other side; a name cleared here is cleared there."""
    for entry in BoardEntry.objects.filter(matter__in=sorted(matters)[:MOST_OTHERS]).select_related("matter__firm"):
        entry.conflicts = len(open_conflicts(entry.matter))
        entry.waits_for = _waits_for(entry, {ParticipantStatus(kept["status"]) for kept in entry.people.values()})
        entry.save(update_fields=["conflicts", "waits_for"])


def _stage(matter: Matter) -> str:
    """Give the matter's stage, with the plan's own steps between review and release."""
    stage = matter_stage(matter)
    if stage not in {Stage.REVIEWED, Stage.RELEASED}:
        return stage.value
    newest = (
        AuditEvent.objects.filter(matter=matter, action__in=[action.value for action in PLAN_ACTIONS])
        .order_by("-pk")
        .values_list("action", flat=True)
        .first()
    )
    if newest in {Action.PLAN_COMPUTED, Action.PLAN_DECIDED}:
        return PLAN_IN_REVIEW
    return SIGNED if newest == Action.PLAN_SIGNED_OFF else stage.value


def _person(person: Participant, status: ParticipantStatus) -> dict[str, str]:
    kept = {"status": status.value}
    invitation = person.invitations.filter(consumed_at__isnull=True, revoked_at__isnull=True).first()
    if person.user_id is None and invitation is not None:
        kept["until"] = invitation.expires_at.isoformat()
    return kept


def _waits_for(entry: BoardEntry, statuses: set[ParticipantStatus]) -> str:
    if entry.is_closed:
        return WaitsFor.NOBODY
    needs_staff = {ParticipantStatus.NOT_INVITED, ParticipantStatus.WANTS_TO_TALK, ParticipantStatus.EXPIRED}
    if entry.conflicts or entry.pending or needs_staff & statuses:
        return WaitsFor.STAFF
    if entry.asked or ParticipantStatus.REOPENED in statuses:
        return WaitsFor.CLIENTS
    if entry.stage in {Stage.OPENED.value, Stage.INVITED.value, Stage.ANSWERING.value}:
        return WaitsFor.CLIENTS
    if entry.stage in {PLAN_IN_REVIEW, SIGNED}:
        return WaitsFor.ATTORNEY
    return WaitsFor.NOBODY if entry.stage == Stage.RELEASED.value else WaitsFor.STAFF


def _next_date(matter: Matter, entry: BoardEntry) -> tuple[date | None, str]:
    if entry.is_closed:
        return None, ""
    found = [when for source in date_sources if (when := source(matter)) is not None]
    ends = [person["until"] for person in entry.people.values() if "until" in person]
    if ends:
        found.append((timezone.localtime(datetime.fromisoformat(min(ends))).date(), INVITATION))
    if not found:
        return None, ""
    day, what = min(found)
    return day, what[:200]


def _names(matter: Matter) -> str:
    words = {word for name in names_in(matter) for word in name_words(name)}
    return f" {' '.join(sorted(words | set(name_words(matter.reference))))} "
