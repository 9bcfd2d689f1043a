"""What was answered, handed in and decided: rows that are added and never changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models.appendonly import AppendOnlyModel, AppendOnlyQuerySet
from clients.models.matters import Matter, Participant
from clients.models.people import User


class Answer(AppendOnlyModel):
    """One answer as it was given at one moment; the newest row of a question is the current answer."""

    class Certainty(models.TextChoices):
        """How sure the person is."""

        KNOWN = "known", _("Known")
        NOT_SURE = "not_sure", _("Not sure")
        TELL_ATTORNEY = "tell_attorney", _("Will tell the lawyer")

    class Source(models.TextChoices):
        """Where the answer comes from."""

        CLIENT_STATED = "client_stated", _("Client said")
        STAFF_CONFIRMED = "staff_confirmed", _("Staff confirmed")
        DOCUMENT_SEEN = "document_seen", _("Document seen")
        ASSUMED = "assumed", _("Assumed")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="answers")
    # Null: shared by both spouses.
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    question = models.CharField(max_length=64)
    item = models.UUIDField(null=True, blank=True)
    value = models.JSONField(null=True, blank=True)
    certainty = models.CharField(max_length=16, choices=Certainty.choices, default=Certainty.KNOWN)
    note = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.CLIENT_STATED)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[Answer]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["matter", "question", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(certainty__in=["known", "not_sure", "tell_attorney"]),
                name="answer_certainty_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["client_stated", "staff_confirmed", "document_seen", "assumed"]),
                name="answer_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} #{self.pk}"


class Submission(AppendOnlyModel):
    """A frozen copy of what one spouse handed in: own answers and the shared ones as of then."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="submissions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    questionnaire_version = models.CharField(max_length=20)
    content = models.JSONField()
    submitted_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[Submission]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_submission_for_each_number"),
        ]

    def __str__(self) -> str:
        return f"submission {self.number}"


class AnswerReview(AppendOnlyModel):
    """What staff decided about one handed-in answer; the newest row of a question counts."""

    class Decision(models.TextChoices):
        """What can be decided."""

        ACCEPTED = "accepted", _("Accepted")
        EDITED = "edited", _("Edited")
        REJECTED = "rejected", _("Rejected")
        ASKED_BACK = "asked_back", _("Asked back")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reviews")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=64)
    item = models.UUIDField(null=True, blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices)
    # Cells as in a submission: {"value", "certainty", "source", "note"}, or null where there was no answer.
    old_value = models.JSONField(null=True, blank=True)
    new_value = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[AnswerReview]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["matter", "question", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["accepted", "edited", "rejected", "asked_back"]),
                name="review_decision_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.decision}"


class SavedForm(AppendOnlyModel):
    """A form that was saved: the same form sent again gets the same answer and no second row."""

    key = models.UUIDField(unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body_hash = models.CharField(max_length=64)
    redirect = models.CharField(max_length=300)
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[SavedForm]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.key)
