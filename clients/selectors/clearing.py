"""Names that stand in two matters: which were looked at, which are still open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from clients.models import ConflictClearance, Firm, Matter, Participant
from clients.models.people import UserManager
from clients.selectors.conflicts import Conflict, conflicts_by_name, names_in


def hit_key(hit: Conflict) -> str:
    """Give a hit as it is kept in a clearance: a hash, so that no name is copied."""
    return hashlib.sha256(f"{hit.matter.public_id}|{hit.name}|{hit.asked}".encode()).hexdigest()


def fingerprint_of(hits: Iterable[Conflict]) -> str:
    """Give one hash of some hits, so that a form can say which were shown."""
    return hashlib.sha256(" ".join(sorted(hit_key(hit) for hit in hits)).encode()).hexdigest()


def open_conflicts(matter: Matter) -> list[Conflict]:
    """Give the names of this matter that stand in others and that nobody has cleared."""
    cleared = {key for clearance in clearances_of(matter) for key in clearance.hits}
    hits = conflicts_by_name(matter.firm, names_in(matter), exclude=matter)
    return [hit for hit in hits if hit_key(hit) not in cleared]


def clearances_of(matter: Matter) -> list[ConflictClearance]:
    """Give who cleared names, when and why, the newest first."""
    return list(ConflictClearance.objects.filter(matter=matter).select_related("cleared_by"))


def people_with_email(firm: Firm, emails: Iterable[str]) -> list[Participant]:
    """Give the firm's clients who have one of these addresses already."""
    wanted = [UserManager.normalize_email(email) for email in emails]
    return list(Participant.objects.filter(matter__firm=firm, email__in=wanted).select_related("matter").order_by("pk"))
