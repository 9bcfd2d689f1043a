"""Where a matter and each spouse stand, computed from facts."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

from clients.models import Answer, Matter, Participant
from clients.selectors.current import CLIENT, is_locked, last_submission
from clients.selectors.review import open_asks, pending_count


class Stage(StrEnum):
    """Where a matter stands; computed from facts, never set by hand."""

    OPENED = "opened"
    INVITED = "invited"
    ANSWERING = "answering"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    RELEASED = "released"
    CLOSED = "closed"


class ParticipantStatus(StrEnum):
    """Where one spouse stands."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    EXPIRED = "expired"
    SIGNED_IN = "signed_in"
    ANSWERING = "answering"
    WANTS_TO_TALK = "wants_to_talk"
    SUBMITTED = "submitted"
    ASKED_BACK = "asked_back"
    REOPENED = "reopened"


def stage_label(stage: Stage) -> str:
    """Name a stage for staff."""
    return {
        Stage.OPENED: _("Opened"),
        Stage.INVITED: _("Invited"),
        Stage.ANSWERING: _("Answering"),
        Stage.SUBMITTED: _("In review"),
        Stage.REVIEWED: _("Answers accepted"),
        Stage.RELEASED: _("Released"),
        Stage.CLOSED: _("Closed"),
    }[stage]


def participant_status_label(status: ParticipantStatus) -> str:
    """Name a spouse's status for staff."""
    return {
        ParticipantStatus.NOT_INVITED: _("Not invited yet"),
        ParticipantStatus.INVITED: _("Invited"),
        ParticipantStatus.EXPIRED: _("Invitation expired"),
        ParticipantStatus.SIGNED_IN: _("Signed in"),
        ParticipantStatus.ANSWERING: _("Answering"),
        ParticipantStatus.WANTS_TO_TALK: _("Wants to talk first"),
        ParticipantStatus.SUBMITTED: _("Handed in"),
        ParticipantStatus.ASKED_BACK: _("Asked again"),
        ParticipantStatus.REOPENED: _("Opened again"),
    }[status]


def participant_status(participant: Participant) -> ParticipantStatus:
    """Work out where a spouse stands."""
    if wants_to_talk(participant):
        return ParticipantStatus.WANTS_TO_TALK
    if last_submission(participant) is not None:
        if not is_locked(participant):
            return ParticipantStatus.REOPENED
        return ParticipantStatus.ASKED_BACK if open_asks(participant) else ParticipantStatus.SUBMITTED
    if participant.user_id is not None:
        has_answer = Answer.objects.filter(matter=participant.matter, answered_by=participant.user_id).exists()
        return ParticipantStatus.ANSWERING if has_answer else ParticipantStatus.SIGNED_IN
    invitation = participant.invitations.order_by("-sent_at", "-pk").first()
    if invitation is None or invitation.status == "revoked":
        return ParticipantStatus.NOT_INVITED
    return ParticipantStatus.EXPIRED if invitation.status == "expired" else ParticipantStatus.INVITED


def matter_stage(matter: Matter) -> Stage:
    """Work out where a matter stands."""
    if matter.closed_at is not None:
        return Stage.CLOSED
    if matter.plan_released_at is not None:
        return Stage.RELEASED
    people = list(matter.participants.all())
    handed = [last_submission(participant) is not None and is_locked(participant) for participant in people]
    if all(handed):
        return Stage.REVIEWED if pending_count(matter) == 0 else Stage.SUBMITTED
    if any(handed) or Answer.objects.filter(matter=matter, source=CLIENT).exists():
        return Stage.ANSWERING
    invited = any(participant.invitations.exists() or participant.user_id for participant in people)
    return Stage.INVITED if invited else Stage.OPENED


def wants_to_talk(participant: Participant) -> bool:
    """Tell whether a spouse asked to speak with someone before going on. For staff only."""
    row = Answer.objects.filter(participant=participant, question="joint_representation").order_by("-pk").first()
    return row is not None and row.value == "talk_first"
