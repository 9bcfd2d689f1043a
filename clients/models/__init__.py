"""Every table of the app, gathered for Django and for short imports."""

from __future__ import annotations

from clients.models.answers import Answer, AnswerReview, SavedForm, Submission
from clients.models.appendonly import AppendOnlyError
from clients.models.audit import AuditEvent
from clients.models.board import BoardEntry, ConflictClearance
from clients.models.matters import Invitation, Matter, Participant
from clients.models.people import Firm, Membership, User

__all__ = [
    "Answer",
    "AnswerReview",
    "AppendOnlyError",
    "AuditEvent",
    "BoardEntry",
    "ConflictClearance",
    "Firm",
    "Invitation",
    "Matter",
    "Membership",
    "Participant",
    "SavedForm",
    "Submission",
    "User",
]
