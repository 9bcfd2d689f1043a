"""The only door to a matter: who may open it, and for what."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import audit
from clients.audit import Action
from clients.models import AuditEvent, Firm, Matter, Membership, Participant, User

# Pages opened one after another are one opening of the file, not thirty.
OPENING_LASTS = timedelta(minutes=10)


class Need(StrEnum):
    """What someone wants to do with a matter."""

    VIEW = "view"
    ANSWER = "answer"
    REVIEW = "review"
    PLAN = "plan"
    SIGN = "sign"
    ADMIN = "admin"


Role = Membership.Role
ROLES_FOR: dict[Need, frozenset[str]] = {
    Need.VIEW: frozenset({Role.ADMIN, Role.ATTORNEY, Role.PARALEGAL}),
    Need.REVIEW: frozenset({Role.ADMIN, Role.ATTORNEY, Role.PARALEGAL}),
    Need.PLAN: frozenset({Role.ADMIN, Role.ATTORNEY, Role.PARALEGAL}),
    Need.SIGN: frozenset({Role.ATTORNEY}),
    Need.ADMIN: frozenset({Role.ADMIN}),
}


def membership_of(user: User | AnonymousUser) -> Membership | None:
    """Return the user's place in a firm; None for clients and visitors."""
    if not user.is_authenticated:
        return None
    return Membership.objects.select_related("firm").filter(user=user, user__is_active=True).first()


def staff_membership(user: User | AnonymousUser, role: str | None = None) -> Membership:
    """Return the membership of a member of staff; 404 for clients, 403 when the role is not the one needed."""
    membership = membership_of(user)
    if membership is None:
        raise Http404
    if role is not None and membership.role != role:
        raise PermissionDenied(_needs({role}))
    return membership


def visible_matters(user: User | AnonymousUser) -> Any:
    """Return the matters this user may open: the firm's for staff, the own ones for a client."""
    if not user.is_authenticated or not user.is_active:
        return Matter.objects.none()
    membership = membership_of(user)
    if membership is not None:
        return Matter.objects.for_firm(membership.firm)
    return Matter.objects.open().filter(participants__user=user)


def matter_for(user: User | AnonymousUser, public_id: UUID, need: Need) -> Matter:
    """Open a matter for `need`, and write the opening into the ledger.

    Absent, another firm's or another couple's matter: 404. A matter of the
    own firm but a role too small: 403 with the role that is needed. VIEW is
    for staff; ANSWER is for the two spouses.
    """
    matter: Matter | None = visible_matters(user).select_related("firm").filter(public_id=public_id).first()
    if matter is None or not isinstance(user, User):
        raise Http404
    membership = membership_of(user)
    if need == Need.ANSWER:
        if membership is not None:
            raise PermissionDenied(_("Only the two spouses open these pages."))
    elif membership is None:
        raise Http404
    elif membership.role not in ROLES_FOR[need]:
        raise PermissionDenied(_needs(ROLES_FOR[need]))
    _record_opening(user, matter)
    return matter


def participant_of(user: User, matter: Matter) -> Participant:
    """Return the spouse this user is in the matter; 404 for anyone else."""
    participant = matter.participants.select_related("matter__firm", "user").filter(user=user).first()
    if participant is None:
        raise Http404
    return participant


def firm_of_client(user: User) -> Firm | None:
    """Return the firm of a client's newest open matter."""
    matter = visible_matters(user).select_related("firm").order_by("-opened_at", "-pk").first()
    return None if matter is None else matter.firm


def _record_opening(user: User, matter: Matter) -> None:
    """Write `matter.viewed` unless this person opened the matter a moment ago."""
    since = timezone.now() - OPENING_LASTS
    is_still_open = AuditEvent.objects.filter(
        matter=matter, actor=user, action=Action.MATTER_VIEWED.value, at__gt=since
    ).exists()
    if not is_still_open:
        audit.record(Action.MATTER_VIEWED, actor=user, matter=matter)


def _needs(roles: frozenset[str] | set[str]) -> str:
    labels = [str(label) for value, label in Role.choices if value in roles]
    return _("This needs the role %(role)s.") % {"role": _(" or ").join(labels)}
