"""The dates of a plan as a calendar file (RFC 5545) that a firm's own calendar can read.

A title holds the matter's reference and what is due, never a name. A date keeps
its identity from plan to plan, so that a later file moves the entry in place of
adding another; dates that hang on an assumed death are tentative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//QDOT//Deadlines of a plan//EN"


def calendar_file(
    deadlines: Sequence[Mapping[str, Any]],
    *,
    matter: UUID,
    reference: str,
    plan: str,
    plan_number: int,
    computed_at: datetime,
) -> bytes:
    """Return the calendar file of `deadlines` as the plan prints them (`what`, `due`, `authority`, `assumed`, `note`).

    `matter` is the matter's public id and `reference` its number, which opens
    every title; `plan` names the plan the dates come from, `plan_number` makes
    a later plan's entry the newer one, `computed_at` is its time.
    """
    # Read when a file is first asked for: importing it costs every start of a command.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", reference)
    seen: Counter[str] = Counter()
    for line in deadlines:
        what, due = str(line["what"]), date.fromisoformat(str(line["due"]))
        seen[what] += 1
        event = Event()
        event.add("uid", str(uuid5(matter, f"{what}#{seen[what]}")))
        event.add("dtstamp", computed_at)
        event.add("sequence", plan_number)
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        event.add("summary", f"{reference}: {what}")
        event.add("description", _description(line, plan))
        event.add("status", "TENTATIVE" if line["assumed"] else "CONFIRMED")
        # All day, and nobody is busy because of it.
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(line: Mapping[str, Any], plan: str) -> str:
    """Return authority, note and origin, a line each."""
    lines = [f"Authority: {', '.join(line['authority'])}."]
    if line["assumed"]:
        lines.append("Assumed date: it follows from an assumed death.")
    if line["note"]:
        lines.append(str(line["note"]))
    lines.append(f"From plan {plan}. An attorney must confirm every date before it is relied on.")
    return "\n".join(lines)
