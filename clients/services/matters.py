"""Open, correct, close matters; keep people's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import audit
from clients.audit import Action
from clients.models import Firm, Matter, Membership, Participant, User
from clients.models.people import UserManager


class EmailNotUsableError(ValueError):
    """An e-mail address cannot be used for a spouse; the message says why."""


@dataclass(frozen=True, slots=True)
class Spouse:
    """What staff enter about one spouse when a matter is opened."""

    full_name: str
    email: str
    language: str = "en"


@transaction.atomic
def open_matter(*, firm: Firm, a: Spouse, b: Spouse, actor: User) -> Matter:
    """Open a matter for two spouses with the next reference of the year."""
    Firm.objects.select_for_update().get(pk=firm.pk)
    refuse_email(a.email, b.email)
    matter: Matter = Matter.objects.create(firm=firm, reference=_next_reference(firm), opened_by=actor)
    for slot, spouse in (("a", a), ("b", b)):
        Participant.objects.create(
            matter=matter, slot=slot, full_name=spouse.full_name, email=spouse.email, language=spouse.language
        )
    audit.record(Action.MATTER_OPENED, actor=actor, matter=matter)
    return matter


def refuse_email(email: str, other: str) -> None:
    """Refuse one address for both spouses, and a staff member's address."""
    if UserManager.normalize_email(email) == UserManager.normalize_email(other):
        raise EmailNotUsableError(
            _("Each spouse needs an own e-mail address, so that each can answer in private. Enter two addresses.")
        )
    for address in (email, other):
        if Membership.objects.filter(user__email=UserManager.normalize_email(address)).exists():
            raise EmailNotUsableError(_("This address belongs to a member of staff. Enter the client’s own address."))


def _next_reference(firm: Firm) -> str:
    start = f"M-{timezone.localdate().year}-"
    taken = Matter.objects.for_firm(firm).filter(reference__startswith=start).values_list("reference", flat=True)
    numbers = [int(reference.removeprefix(start)) for reference in taken if reference.removeprefix(start).isdigit()]
    return f"{start}{max(numbers, default=0) + 1:04d}"


@transaction.atomic
def change_participant(*, participant: Participant, spouse: Spouse, actor: User) -> None:
    """Correct a spouse's name, language or, before the invitation was accepted, e-mail."""
    changed = [
        name for name in ("full_name", "email", "language") if getattr(participant, name) != getattr(spouse, name)
    ]
    if "email" in changed:
        if participant.user_id is not None:
            raise EmailNotUsableError(_("The spouse has signed in with this address; it stays."))
        refuse_email(spouse.email, participant.spouse.email)
    if not changed:
        return
    participant.full_name, participant.email, participant.language = spouse.full_name, spouse.email, spouse.language
    participant.save()
    data = {"slot": participant.slot, "fields": changed}
    audit.record(Action.PARTICIPANT_CHANGED, actor=actor, matter=participant.matter, data=data)


@transaction.atomic
def close_matter(*, matter: Matter, actor: User) -> bool:
    """Close a matter: the couple's pages and links end, staff can still read it. Tell whether it was open."""
    if not Matter.objects.filter(pk=matter.pk, closed_at__isnull=True).update(closed_at=timezone.now()):
        return False
    audit.record(Action.MATTER_CLOSED, actor=actor, matter=matter)
    return True


@transaction.atomic
def reopen_matter(*, matter: Matter, actor: User) -> bool:
    """Open a closed matter again. Tell whether it was closed."""
    if not Matter.objects.filter(pk=matter.pk, closed_at__isnull=False).update(closed_at=None):
        return False
    audit.record(Action.MATTER_REOPENED, actor=actor, matter=matter)
    return True


@transaction.atomic
def set_language(*, user: User, language: str) -> None:
    """Keep the language a person likes to read; an unknown one changes nothing."""
    if language not in dict(settings.LANGUAGES) or language == user.language:
        return
    User.objects.filter(pk=user.pk).update(language=language)
    Participant.objects.filter(user=user).update(language=language)
    for participant in Participant.objects.filter(user=user).select_related("matter__firm"):
        audit.record(Action.LANGUAGE_CHANGED, actor=user, matter=participant.matter, data={"language": language})
