"""Names that stand in two matters: which were looked at, which are still open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from clients.models import ConflictClearance, Firm, Matter, Participant
from clients.models.people import UserManager
from clients.selectors.conflicts import Conflict, conflicts_by_name, names_in


def fingerprint_of(hits: Iterable[Conflict]) -> str:
    """Give one hash of some hits, so that a form can say which were shown; no name is copied."""
    shown = sorted(f"{hit.matter.public_id}|{hit.name}|{hit.asked}" for hit in hits)
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def pair_key(matter: Matter, hit: Conflict) -> str:
    """Give a hit as a clearance keeps it: a hash of the two names in their matters, the same from both sides."""
    sides = sorted([f"{matter.public_id}|{hit.asked}", f"{hit.matter.public_id}|{hit.name}"])
    return hashlib.sha256("\n".join(sides).encode()).hexdigest()


def all_conflicts(matter: Matter) -> list[Conflict]:
    """Give the names of this matter that stand in others, cleared or not."""
    return conflicts_by_name(matter.firm, names_in(matter), exclude=matter)


def open_conflicts(matter: Matter, hits: list[Conflict] | None = None) -> list[Conflict]:
    """Give the names of this matter that stand in others and that nobody has cleared, here or there."""
    hits = all_conflicts(matter) if hits is None else hits
    if not hits:
        return []
    rows = ConflictClearance.objects.filter(matter__in={matter.pk, *(hit.matter.pk for hit in hits)})
    cleared = {key for keys in rows.values_list("hits", flat=True) for key in keys}
    return [hit for hit in hits if pair_key(matter, hit) not in cleared]


def clearances_of(matter: Matter) -> list[ConflictClearance]:
    """Give who cleared names, when and why, the newest first."""
    return list(ConflictClearance.objects.filter(matter=matter).select_related("cleared_by"))


def people_with_email(firm: Firm, emails: Iterable[str]) -> list[Participant]:
    """Give the firm's clients who have one of these addresses already."""
    wanted = [UserManager.normalize_email(email) for email in emails]
    return list(Participant.objects.filter(matter__firm=firm, email__in=wanted).select_related("matter").order_by("pk"))
