"""Change a firm's own data and its staff; the ledger names the fields, never what was written in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from clients import audit
from clients.audit import Action
from clients.models import Firm, Membership, User

Role = Membership.Role


class AddressTakenError(Exception):
    """An account with this e-mail address exists already."""


class LastAdministratorError(Exception):
    """Without this person nobody could change the firm's data any more."""


class UnknownMemberError(Exception):
    """This person does not work at the firm."""


@transaction.atomic
def change_firm(*, firm: Firm, values: Mapping[str, Any], actor: User) -> list[str]:
    """Store the firm's data; give the names of the fields that changed."""
    kept = Firm.objects.select_for_update().get(pk=firm.pk)
    changed = sorted(name for name, value in values.items() if getattr(kept, name) != value)
    for name in changed:
        setattr(kept, name, values[name])
    if changed:
        kept.save(update_fields=changed)
        audit.record(Action.FIRM_CHANGED, actor=actor, firm=kept, data={"fields": changed})
    return changed


@transaction.atomic
def add_member(*, firm: Firm, full_name: str, email: str, role: str, actor: User) -> Membership:
    """Make an account for a new member of staff; it has no password until the person sets one."""
    Firm.objects.select_for_update().get(pk=firm.pk)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AddressTakenError
    user = User.objects.create_user(email, None, full_name=full_name)
    membership = Membership.objects.create(user=user, firm=firm, role=role)
    data = {"member": str(user.public_id), "role": role}
    audit.record(Action.MEMBER_ADDED, actor=actor, firm=firm, data=data)
    return membership


@transaction.atomic
def change_member(*, firm: Firm, member: UUID, role: str, is_active: bool, actor: User) -> list[str]:
    """Change a member's role, or lock or unlock the account; at least one administrator stays."""
    Firm.objects.select_for_update().get(pk=firm.pk)
    membership = Membership.objects.select_related("user").filter(firm=firm, user__public_id=member).first()
    if membership is None:
        raise UnknownMemberError
    user = membership.user
    changed = []
    if membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
        changed.append("role")
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        changed.append("is_active")
    if not Membership.objects.filter(firm=firm, role=Role.ADMIN, user__is_active=True).exists():
        raise LastAdministratorError
    if changed:
        data = {"member": str(user.public_id), "fields": changed}
        audit.record(Action.MEMBER_CHANGED, actor=actor, firm=firm, data=data)
    return changed
