"""The ledger: who did what to which matter, and when. Never what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from clients.models.appendonly import AppendOnlyModel, AppendOnlyQuerySet
from clients.models.matters import Matter
from clients.models.people import Firm, User


class AuditEvent(AppendOnlyModel):
    """One thing that happened; `data` holds keys and ids, never answers."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=40)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AppendOnlyQuerySet[AuditEvent]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["firm", "at"]),
            models.Index(fields=["matter", "actor", "action", "at"]),
        ]

    def __str__(self) -> str:
        return self.action
