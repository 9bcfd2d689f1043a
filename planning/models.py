"""What is kept of a plan: the engine's answer, the attorney's decision, and the papers made from them.

A plan is frozen from sign-off on; the database refuses it too (migration 0002).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Matter, User
from clients.models.appendonly import AppendOnlyModel, AppendOnlyQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

NONE_NEEDED = "none_needed"
SCENARIO_NAME, SCENARIO_NOTE = 100, 2000

# What a plan says. It never changes once an attorney has signed.
CONTENT_FIELDS = (
    "public_id",
    "matter_id",
    "number",
    "reference",
    "facts",
    "assumptions",
    "result",
    "record_fingerprint",
    "law_fingerprint",
    "engine_version",
    "computed_at",
    "computed_by_id",
    "signed_off_at",
    "signed_off_by_id",
    "sign_off_note",
    "projected_law_acknowledged",
)


class PlanFrozenError(RuntimeError):
    """Something tried to change or delete a plan that is kept as it was signed."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Plan {reference} is signed and stays as it is; compute a new one instead.")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans of a matter; content is never changed in bulk."""

    def for_matter(self, matter: Matter) -> PlanQuerySet:
        """Keep the plans of one matter, newest first."""
        return self.filter(matter=matter).order_by("-number")

    def update(self, **values: Any) -> int:
        """Refuse to write over content; a status may be set in bulk."""
        names = {name.removesuffix("_id") for name in CONTENT_FIELDS}
        if names & {name.removesuffix("_id") for name in values}:
            raise PlanFrozenError(str(_("in bulk")))
        return super().update(**values)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise PlanFrozenError(str(_("in bulk")))


class Plan(models.Model):
    """The result of one engine run, with its facts, law and assumptions."""

    class Status(models.TextChoices):
        """How far a plan has come; clients see a released one only."""

        COMPUTED = "computed", _("computed, not signed")
        SIGNED_OFF = "signed_off", _("signed, not released")
        RELEASED = "released", _("released to the clients")
        SUPERSEDED = "superseded", _("replaced by a newer one")
        WITHDRAWN = "withdrawn", _("withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=32)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.COMPUTED)
    # The case file the engine was given, what staff assumed, and the wire plan it said back.
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    assumptions = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    record_fingerprint = models.CharField(max_length=64)
    law_fingerprint = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField(default=timezone.now)
    computed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sign_off_note = models.TextField(max_length=4000, blank=True)
    projected_law_acknowledged = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    if TYPE_CHECKING:
        decisions: RelatedManager[AttorneyDecision]
        documents: RelatedManager[Document]

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_plan_for_each_number"),
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(status="released"), name="one_released_plan_for_each_matter"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["computed", "signed_off", "released", "superseded", "withdrawn"]),
                name="plan_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status="computed")
                | models.Q(signed_off_at__isnull=False, signed_off_by__isnull=False),
                name="only_a_computed_plan_is_unsigned",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what a signed plan says; its status may move on."""
        if not self._state.adding:
            stored = type(self).objects.filter(pk=self.pk).values("status", *CONTENT_FIELDS).get()
            if stored.pop("status") != self.Status.COMPUTED and any(
                getattr(self, name) != value for name, value in stored.items()
            ):
                raise PlanFrozenError(self.reference)
        super().save(*args, **kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:  # noqa: FBT001, FBT002 - Django's own signature
        """Refuse: a plan that was computed stays in the file."""
        raise PlanFrozenError(self.reference)

    @property
    def decision(self) -> AttorneyDecision | None:
        """Return the attorney's latest decision about this plan."""
        return self.decisions.select_related("decided_by").order_by("-pk").first()

    @property
    def is_frozen(self) -> bool:
        """Whether the plan can no longer be changed."""
        return self.status != self.Status.COMPUTED


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios of a matter."""

    def for_matter(self, matter: Matter) -> ScenarioQuerySet:
        """Keep the scenarios of one matter, in the order they were made."""
        return self.filter(matter=matter).order_by("pk")


class Scenario(models.Model):
    """Assumptions staff tried and kept under a name, with what the engine said of them.

    It is no plan: nothing is decided or signed on it, and the clients never see
    it. It can be changed and deleted; the ledger says that it was.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=SCENARIO_NAME)
    note = models.TextField(max_length=SCENARIO_NOTE, blank=True)
    # What was set, as a case file writes it, and the figures of the answer (planning.what_if.figures_of).
    assumptions = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    record_fingerprint = models.CharField(max_length=64)
    law_fingerprint = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    # Counts the changes, so that a second window does not write over what it has not seen.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScenarioQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "name"], name="one_scenario_for_each_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_scenario_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class AttorneyDecision(AppendOnlyModel):
    """What the attorney chose, and why; the engine's own ranking is kept beside it. The latest row counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    recommended_strategy = models.CharField(max_length=40, blank=True)
    chosen_strategy = models.CharField(max_length=40)
    overrides = models.BooleanField()
    reason = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[AttorneyDecision]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(overrides=False) | ~models.Q(reason=""), name="another_choice_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.chosen_strategy


class Document(AppendOnlyModel):
    """A PDF made from a plan, kept as it was made."""

    class Kind(models.TextChoices):
        """What the paper is."""

        CLIENT_SUMMARY = "client_summary", _("Summary for the clients")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CLIENT_SUMMARY)
    draft = models.BooleanField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[AppendOnlyQuerySet[Document]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=models.Q(draft=False), name="one_final_paper_for_each_plan"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
