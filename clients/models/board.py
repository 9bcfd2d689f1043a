"""What the board of matters shows of each matter, and how names that stand in two matters were cleared."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from clients.models.appendonly import AppendOnlyModel, AppendOnlyQuerySet
from clients.models.matters import Matter
from clients.models.people import Firm, User


class BoardEntry(models.Model):
    """One line of the board: kept beside the matter and renewed whenever something happens to it.

    Everything here can be worked out again from the matter's rows; it is kept
    so that the board reads 25 lines and nothing else (see `services.board`).
    """

    class WaitsFor(models.TextChoices):
        """Whose turn it is."""

        STAFF = "staff"
        ATTORNEY = "attorney"
        CLIENTS = "clients"
        NOBODY = "nobody"

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="board_entry")
    # The indexes below start with the firm; one of its own would only mislead the planner of queries.
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="+", db_index=False)
    is_closed = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, default="opened")
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices, default=WaitsFor.STAFF)
    # For each slot: the spouse's status, and the moment until which an unused invitation is good.
    people = models.JSONField(default=dict)
    pending = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    conflicts = models.PositiveIntegerField(default=0)
    # Names of the couple, their children and businesses as plain words, for the search.
    names = models.TextField(blank=True)
    next_date = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["firm", "is_closed", "-changed_at"], name="board_by_change"),
            models.Index(fields=["firm", "is_closed", "waits_for", "-changed_at"], name="board_by_turn"),
            models.Index(fields=["firm", "is_closed", "next_date"], name="board_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.stage}"


class ConflictClearance(AppendOnlyModel):
    """Somebody looked at names that also stand in other matters and wrote why they are no conflict."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="conflict_clearances")
    note = models.CharField(max_length=1000)
    # Hashes of what was looked at, so that a name that turns up later is shown again.
    hits = models.JSONField(default=list)
    cleared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[ConflictClearance]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"clearance {self.pk}"
