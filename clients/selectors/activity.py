"""What happened to a matter, newest first, in pages."""

from __future__ import annotations

from clients.models import AuditEvent, Matter

PAGE_SIZE = 50


def events_page(matter: Matter, before: str = "") -> tuple[list[AuditEvent], str]:
    """Give 50 events older than a cursor and the cursor of the next page; one that cannot be read starts at the top."""
    events = AuditEvent.objects.filter(matter=matter).select_related("actor").order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 19:  # noqa: PLR2004 - the digits of a row's number
        events = events.filter(pk__lt=int(before))
    found = list(events[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return shown, str(shown[-1].pk) if len(found) > PAGE_SIZE else ""
