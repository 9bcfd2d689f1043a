"""The board of matters: pages of 25, one filter, found again by name. Reads the kept lines and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from clients.models import BoardEntry, Firm, Membership
from clients.selectors.conflicts import name_words

PAGE_SIZE = 25
SEARCH_SIZE = 50
SOON = timedelta(days=30)
INVITATION = "invitation"
WaitsFor = BoardEntry.WaitsFor


class Filter(StrEnum):
    """Which matters the board shows."""

    OPEN = "open"
    MINE = "mine"
    CLIENTS = "clients"
    SOON = "soon"
    CLOSED = "closed"


@dataclass(slots=True)
class BoardPage:
    """One page of the board and where the next one starts."""

    entries: list[BoardEntry]
    next_cursor: str
    is_first: bool


def board_page(firm: Firm, role: str, which: Filter, cursor: str = "") -> BoardPage:
    """Give 25 matters of the firm after a cursor; a cursor that cannot be read starts at the top."""
    entries = _filtered(BoardEntry.objects.filter(firm=firm), role, which)
    key = "next_date" if which == Filter.SOON else "changed_at"
    start = _read_cursor(cursor, key)
    if start is not None:
        value, matter = start
        step = "gt" if which == Filter.SOON else "lt"
        # The first condition lets the index find the place; the second leaves out what was shown.
        entries = entries.filter(**{f"{key}__{step}e": value})
        entries = entries.filter(Q(**{f"{key}__{step}": value}) | Q(matter__public_id__gt=matter))
    order = (key if which == Filter.SOON else f"-{key}", "matter__public_id")
    found = list(_with_people(entries).order_by(*order)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = ""
    if len(found) > PAGE_SIZE:
        last = shown[-1]
        more = f"{getattr(last, key).isoformat()}~{last.matter.public_id}"
    return BoardPage(shown, more, start is None)


def search_board(firm: Firm, text: str) -> list[BoardEntry]:
    """Find matters by the beginnings of names: of the couple, their children, their businesses."""
    words = name_words(text)
    if not words:
        return []
    entries = BoardEntry.objects.filter(firm=firm)
    for word in words:
        # Scripts without spaces are searched inside the word.
        entries = entries.filter(names__contains=f" {word}" if word.isascii() else word)
    return list(_with_people(entries).order_by("is_closed", "-changed_at")[:SEARCH_SIZE])


def _filtered(entries: Any, role: str, which: Filter) -> Any:
    if which == Filter.CLOSED:
        return entries.filter(is_closed__in=[True])
    # `in` is written as a comparison; `=False` would become NOT, which SQLite finds in no index.
    entries = entries.filter(is_closed__in=[False])
    today = timezone.localdate()
    if which == Filter.MINE:
        turns = [WaitsFor.STAFF, WaitsFor.ATTORNEY] if role == Membership.Role.ATTORNEY else [WaitsFor.STAFF]
        return entries.filter(Q(waits_for__in=turns) | Q(next_what=INVITATION, next_date__lt=today))
    if which == Filter.CLIENTS:
        return entries.filter(waits_for=WaitsFor.CLIENTS)
    if which == Filter.SOON:
        return entries.filter(next_date__isnull=False, next_date__lte=today + SOON)
    return entries


def _with_people(entries: Any) -> Any:
    return entries.select_related("matter", "changed_by").prefetch_related("matter__participants")


def _read_cursor(cursor: str, key: str) -> tuple[date | datetime, UUID] | None:
    value, separator, matter = cursor.partition("~")
    if not separator:
        return None
    try:
        found = date.fromisoformat(value) if key == "next_date" else datetime.fromisoformat(value)
        if isinstance(found, datetime) and timezone.is_naive(found):
            return None
        return found, UUID(matter)
    except ValueError:
        return None
