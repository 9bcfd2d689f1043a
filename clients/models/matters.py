"""A couple's file at a firm, the two people in it, and the links and codes that let them in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models.people import Firm, User, UserManager

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from clients.models.answers import Answer, Submission


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters, always read through their firm."""

    def for_firm(self, firm: Firm) -> MatterQuerySet:
        """Keep the matters of one firm."""
        return self.filter(firm=firm)

    def open(self) -> MatterQuerySet:
        """Keep the matters that are not closed."""
        return self.filter(closed_at__isnull=True)


class Matter(models.Model):
    """One couple's estate-planning file at one firm."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="matters")
    reference = models.CharField(_("reference"), max_length=20)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Both are written by `planning.services` when a plan is released or withdrawn.
    plan_released_at = models.DateTimeField(null=True, blank=True)
    released_document_public_id = models.UUIDField(null=True, blank=True)

    objects: ClassVar[Any] = MatterQuerySet.as_manager()

    if TYPE_CHECKING:
        participants: RelatedManager[Participant]
        answers: RelatedManager[Answer]
        submissions: RelatedManager[Submission]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "reference"], name="one_matter_for_each_reference"),
        ]
        indexes: ClassVar = [models.Index(fields=["firm", "opened_at"])]

    def __str__(self) -> str:
        return self.reference

    def participant(self, slot: str) -> Participant:
        """Return spouse `a` or `b`."""
        return self.participants.get(slot=slot)


class Participant(models.Model):
    """One of the two spouses of a matter; the user is set when the invitation was accepted."""

    class Slot(models.TextChoices):
        """The two places in a matter. They say nothing about who is older, richer or dies first."""

        A = "a", _("first spouse")
        B = "b", _("second spouse")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="participants")
    slot = models.CharField(max_length=1, choices=Slot.choices)
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=12, default="en")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="participations")
    # Answers are locked from a submission until staff open them again at this moment.
    reopened_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        invitations: RelatedManager[Invitation]
        submissions: RelatedManager[Submission]

    class Meta:
        ordering: ClassVar = ["slot"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "slot"], name="one_participant_for_each_slot"),
            models.UniqueConstraint(
                fields=["matter", "user"], condition=models.Q(user__isnull=False), name="one_spouse_for_each_user"
            ),
            models.CheckConstraint(condition=models.Q(slot__in=["a", "b"]), name="participant_slot_is_a_or_b"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}{self.slot}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the e-mail in lower case."""
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    @property
    def first_name(self) -> str:
        """Return the first word of the name, as spouses call each other on the pages."""
        return self.full_name.split(" ")[0]

    @property
    def spouse(self) -> Participant:
        """Return the other participant of the matter."""
        return self.matter.participant("b" if self.slot == "a" else "a")


class Invitation(models.Model):
    """A one-time link to a matter: only the hash of its secret is stored."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    # The address the link went to; a later correction of the participant's e-mail does not move an old link.
    email = models.EmailField(max_length=254)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consumed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The six-digit code that proves the mailbox: its hash, its end, wrong tries, and how often one was sent.
    code_hash = models.CharField(max_length=128, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    code_sends = models.PositiveSmallIntegerField(default=0)
    code_sends_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(consumed_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_for_each_participant",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def status(self) -> str:
        """Return open, used, revoked or expired."""
        if self.consumed_at is not None:
            return "used"
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "open"
