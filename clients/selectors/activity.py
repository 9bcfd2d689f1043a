"""What happened to a matter, newest first, in pages."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from clients.models import AuditEvent, Matter

PAGE_SIZE = 50
MOST_AT_ONCE = 10_000


def events_page(matter: Matter, before: str = "") -> tuple[list[AuditEvent], str]:
    """Give 50 events after a cursor and the cursor of the next page; one that cannot be read starts at the top.

    The cursor is the moment of the last event shown and how many of that very
    moment were shown: the number of a row would say how much other firms do.
    """
    events = AuditEvent.objects.filter(matter=matter).select_related("actor").order_by("-at", "-pk")
    start = _read(before)
    shown_before = 0
    if start is not None:
        at, shown_before = start
        events = events.filter(at__lte=at)
    found = list(events[shown_before : shown_before + PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    if len(found) <= PAGE_SIZE:
        return shown, ""
    last = shown[-1].at
    same = sum(event.at == last for event in shown)
    if start is not None and start[0] == last:
        same += shown_before
    return shown, f"{last.isoformat()}~{same}"


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, separator, number = cursor.partition("~")
    if not separator or not (number.isascii() and number.isdigit()):
        return None
    try:
        at, count = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    return None if timezone.is_naive(at) or count > MOST_AT_ONCE else (at, count)
