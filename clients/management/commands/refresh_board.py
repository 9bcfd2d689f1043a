"""`manage.py refresh_board`: work out every line of the board again, after an import or a repair."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from clients.models import Matter
from clients.services import board


class Command(BaseCommand):
    """Renew the board; running it again changes nothing."""

    help = "Work out every line of the board of matters again."

    def handle(self, *_: Any, **__: Any) -> None:
        """Renew each matter's line in its own transaction."""
        count = 0
        for matter in Matter.objects.select_related("firm").order_by("pk").iterator(chunk_size=500):
            with transaction.atomic():
                board.refresh(matter)
            count += 1
        self.stdout.write(f"{count} matters renewed.")
