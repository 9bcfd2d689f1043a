"""Write the ledger: every change and every opening of a matter, in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from clients.models import AuditEvent, Firm, Matter, User


class Action(StrEnum):
    """Everything the ledger can say, as `object.past_tense`."""

    MATTER_OPENED = "matter.opened"
    MATTER_VIEWED = "matter.viewed"
    MATTER_CLOSED = "matter.closed"
    MATTER_REOPENED = "matter.reopened"
    PARTICIPANT_CHANGED = "participant.changed"
    CONFLICTS_SEARCHED = "conflicts.searched"
    CONFLICTS_CLEARED = "conflicts.cleared"
    INVITATION_SENT = "invitation.sent"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    CODE_SENT = "code.sent"
    CODE_REFUSED = "code.refused"
    CLIENT_SIGNED_IN = "client.signed_in"
    LANGUAGE_CHANGED = "language.changed"
    INTAKE_PAGE_SAVED = "intake.page_saved"
    INTAKE_ITEM_ADDED = "intake.item_added"
    INTAKE_ITEM_REMOVED = "intake.item_removed"
    INTAKE_SUBMITTED = "intake.submitted"
    INTAKE_REOPENED = "intake.reopened"
    INTAKE_TALK_ASKED = "intake.talk_asked"
    ANSWER_REVIEWED = "answer.reviewed"
    ANSWERS_ACCEPTED = "answers.accepted"
    STAFF_FACTS_SAVED = "staff_facts.saved"
    FIRM_CHANGED = "firm.changed"
    MEMBER_ADDED = "member.added"
    MEMBER_CHANGED = "member.changed"
    SEARCH_RUN = "search.run"
    PLAN_COMPUTED = "plan.computed"
    PLAN_DECIDED = "plan.decided"
    PLAN_SIGNED_OFF = "plan.signed_off"
    PLAN_RELEASED = "plan.released"
    PLAN_SUPERSEDED = "plan.superseded"
    PLAN_WITHDRAWN = "plan.withdrawn"
    DOCUMENT_MADE = "document.made"
    DOCUMENT_VIEWED = "document.viewed"
    CASE_FILE_EXPORTED = "case_file.exported"
    DEADLINES_EXPORTED = "deadlines.exported"
    SCENARIO_KEPT = "scenario.kept"
    SCENARIO_CHANGED = "scenario.changed"
    SCENARIO_COMPUTED = "scenario.computed"
    SCENARIO_DELETED = "scenario.deleted"


def record(
    action: Action,
    *,
    actor: User | None,
    matter: Matter | None = None,
    firm: Firm | None = None,
    data: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one line to the ledger; `data` holds keys and ids, never answers."""
    owner = firm if firm is not None else matter.firm if matter is not None else None
    if owner is None:
        message = "An audit event needs a matter or a firm."
        raise ValueError(message)
    return AuditEvent.objects.create(firm=owner, matter=matter, actor=actor, action=action.value, data=dict(data or {}))
