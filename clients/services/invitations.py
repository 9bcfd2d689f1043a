"""Links that let a spouse in: one-time, expiring, stored as a hash, and proven by a code sent to the mailbox."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import override

from clients import audit
from clients.audit import Action
from clients.models import Firm, Invitation, Participant, User
from clients.services.matters import refuse_email

LINK_LIVES = timedelta(days=14)
CODE_LIVES = timedelta(minutes=10)
CODE_ATTEMPTS = 5
CODES_AN_HOUR = 5
TOKEN_BYTES = 32


class InvitationClosedError(Exception):
    """The invitation is used, revoked, expired, or its matter is closed."""


class TooManyCodesError(Exception):
    """Too many codes were asked for in the last hour."""


class CodeResult(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED_UP = "used_up"


def hash_of(token: str) -> str:
    """Give the hash under which a link's secret is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def send_invitation(*, participant: Participant, base_url: str, actor: User) -> Invitation:
    """Send a spouse a new link and revoke the one before; `base_url` is the site, as in https://example.com."""
    participant = (
        Participant.objects.select_for_update(of=("self",)).select_related("matter__firm").get(pk=participant.pk)
    )
    if participant.matter.closed_at is not None or participant.user_id is not None:
        raise InvitationClosedError
    refuse_email(participant.email, participant.spouse.email)
    _revoke_open(participant)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        participant=participant,
        token_hash=hash_of(token),
        email=participant.email,
        expires_at=timezone.now() + LINK_LIVES,
        sent_by=actor,
    )
    audit.record(
        Action.INVITATION_SENT,
        actor=actor,
        matter=participant.matter,
        data={"slot": participant.slot, "invitation": str(invitation.public_id)},
    )
    link = base_url.rstrip("/") + reverse("clients:invitation", args=[token])
    firm, language, email = participant.matter.firm, participant.language, participant.email
    transaction.on_commit(lambda: _mail("invitation", email, language, firm, link=link, days=str(LINK_LIVES.days)))
    return invitation


def _revoke_open(participant: Participant) -> int:
    revoked: int = participant.invitations.filter(consumed_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), code_hash=""
    )
    return revoked


@transaction.atomic
def revoke_invitation(*, participant: Participant, actor: User) -> bool:
    """End the open link of a spouse; give whether there was one."""
    if not _revoke_open(participant):
        return False
    data = {"slot": participant.slot}
    audit.record(Action.INVITATION_REVOKED, actor=actor, matter=participant.matter, data=data)
    return True


def invitation_for(token: str) -> Invitation | None:
    """Find the invitation a link belongs to; a forged or damaged link finds nothing."""
    wanted = hash_of(token)
    invitation = Invitation.objects.select_related("participant__matter__firm").filter(token_hash=wanted).first()
    if invitation is None or not constant_time_compare(invitation.token_hash, wanted):
        return None
    return invitation


def invitation_with_id(public_id: UUID) -> Invitation | None:
    """Find the invitation a session has been sent a code for."""
    return Invitation.objects.select_related("participant__matter__firm").filter(public_id=public_id).first()


def is_open(invitation: Invitation) -> bool:
    """Tell whether a link still lets someone in."""
    return invitation.status == "open" and invitation.participant.matter.closed_at is None


@transaction.atomic
def send_code(*, invitation: Invitation) -> None:
    """Send a six-digit code to the invited mailbox; the code before stops working."""
    invitation = _locked(invitation)
    if not is_open(invitation):
        raise InvitationClosedError
    now = timezone.now()
    if invitation.code_sends_since is None or invitation.code_sends_since < now - timedelta(hours=1):
        invitation.code_sends, invitation.code_sends_since = 0, now
    if invitation.code_sends >= CODES_AN_HOUR:
        raise TooManyCodesError
    code = f"{secrets.randbelow(1_000_000):06d}"
    invitation.code_hash = make_password(code)
    invitation.code_expires_at = now + CODE_LIVES
    invitation.code_attempts = 0
    invitation.code_sends += 1
    invitation.save()
    participant = invitation.participant
    audit.record(
        Action.CODE_SENT, actor=None, matter=participant.matter, data={"invitation": str(invitation.public_id)}
    )
    firm, email, language = participant.matter.firm, invitation.email, participant.language
    minutes = str(int(CODE_LIVES.total_seconds() // 60))
    transaction.on_commit(lambda: _mail("code", email, language, firm, code=code, minutes=minutes))


def accept(*, invitation: Invitation, code: str) -> tuple[CodeResult, User | None]:
    """Check a typed code; a right one uses the link up and gives the user it belongs to."""
    with transaction.atomic():
        invitation = _locked(invitation)
        if not is_open(invitation):
            raise InvitationClosedError
        result = _judge(invitation, code)
        if result != CodeResult.RIGHT:
            if result == CodeResult.WRONG:
                data = {"invitation": str(invitation.public_id)}
                audit.record(Action.CODE_REFUSED, actor=None, matter=invitation.participant.matter, data=data)
            return result, None
        return result, _let_in(invitation)


def _judge(invitation: Invitation, code: str) -> CodeResult:
    if not invitation.code_hash or invitation.code_expires_at is None or invitation.code_expires_at <= timezone.now():
        return CodeResult.EXPIRED
    if invitation.code_attempts >= CODE_ATTEMPTS:
        return CodeResult.USED_UP
    Invitation.objects.filter(pk=invitation.pk).update(code_attempts=F("code_attempts") + 1)
    if check_password(code, invitation.code_hash):
        return CodeResult.RIGHT
    return CodeResult.USED_UP if invitation.code_attempts + 1 >= CODE_ATTEMPTS else CodeResult.WRONG


def _let_in(invitation: Invitation) -> User:
    participant = invitation.participant
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(
            invitation.email, full_name=participant.full_name, language=participant.language
        )
    if not user.is_active or getattr(user, "membership", None) is not None:
        raise InvitationClosedError
    # The code proves the mailbox, so that later codes may go there.
    EmailAddress.objects.update_or_create(
        user=user, email=invitation.email, defaults={"verified": True, "primary": True}
    )
    participant.user = user
    participant.save(update_fields=["user"])
    invitation.consumed_at = timezone.now()
    invitation.code_hash = ""
    invitation.save(update_fields=["consumed_at", "code_hash"])
    audit.record(Action.INVITATION_ACCEPTED, actor=user, matter=participant.matter, data={"slot": participant.slot})
    return user


def _locked(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("participant__matter__firm")
        .get(pk=invitation.pk)
    )


def _mail(name: str, to: str, language: str, firm: Firm, **words: str) -> None:
    """Send one plain mail: the firm's name and the link or code, nothing personal."""
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        context = {"firm": firm.name, **words}
        subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
        send_mail(subject, render_to_string(f"emails/{name}.txt", context), None, [to])
