"""What the page of answers shows: what waits, whose it is, what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from clients.fields import country_choices
from clients.intake.questions import NOT_SURE, TELL_ATTORNEY, Cell
from clients.models import Matter, Participant
from clients.review_forms import COUNTRY_LIST, EditForm, ReasonForm, row_id
from clients.selectors import (
    Current,
    ReviewRow,
    current_answers,
    is_locked,
    last_submission,
    participant_status,
    participant_status_label,
    review_rows,
    wants_to_talk,
)
from clients.selectors.standing import standing_sections
from clients.services.staff import fingerprint_of_rows, is_sure
from clients.words import names_for_staff


@dataclass(slots=True)
class RowView:
    """One answer with the forms beside it."""

    row: ReviewRow
    id: str
    said_by: str
    said_at: datetime | None
    sure: str
    ask: str
    edit: EditForm | None
    reject: ReasonForm
    ask_form: ReasonForm | None
    opened: str = ""


@dataclass(slots=True)
class ThingView:
    """Rows about one section or one thing."""

    title: str
    rows: list[RowView] = field(default_factory=list)


@dataclass(slots=True)
class GroupView:
    """Rows of one submission: a spouse's own, or the shared ones."""

    id: str
    title: str
    owner: str
    other: str
    number: int
    by: str
    at: datetime
    count: int = 0
    things: list[ThingView] = field(default_factory=list)


@dataclass(slots=True)
class PersonView:
    """Where a spouse stands, and whether the answers can be opened again."""

    slot: str
    name: str
    status: str
    number: int | None
    at: datetime | None
    can_reopen: bool
    wants_to_talk: bool
    spouse: str


def page_context(matter: Matter, *, bad: RowView | None = None) -> dict[str, Any]:
    """Give everything the page shows; `bad` is the row whose form needs another look."""
    rows = review_rows(matter)
    people = {participant.slot: participant for participant in matter.participants.all()}
    current = current_answers(matter)
    pending = [row for row in rows if row.state == "pending"]
    views = {id(row): row_view(row, people, current) for row in rows}
    if bad is not None:
        for row in rows:
            if views[id(row)].id == bad.id:
                views[id(row)] = bad
    return {
        "matter": matter,
        "is_open": matter.closed_at is None,
        "people": [_person(participant, people) for participant in people.values()],
        "groups": _groups(pending, people, views),
        "pending": len(pending),
        "sure": sum(is_sure(row) for row in pending),
        "seen": fingerprint_of_rows(pending),
        "asked": [views[id(row)] for row in rows if row.state == "asked_back"],
        "rejected": [views[id(row)] for row in rows if row.state == "rejected"],
        "sections": standing_sections(matter),
        "has_submission": any(last_submission(participant) for participant in people.values()),
        "country_list": COUNTRY_LIST,
        "countries": country_choices() if pending else (),
    }


def row_view(row: ReviewRow, people: dict[str, Participant], current: Current) -> RowView:
    """Give one row with empty forms."""
    said_by, said_at = _who_said(row, current)
    names = names_for_staff(people["a"], people["b"])
    ask = row.submission.participant.first_name
    can_ask = row.declared is not None and row.page is not None
    return RowView(
        row=row,
        id=row_id(row),
        said_by=said_by,
        said_at=said_at,
        sure=_sure(row),
        ask=ask,
        edit=EditForm(row, names) if row.declared is not None else None,
        reject=ReasonForm(row, "rejected"),
        ask_form=ReasonForm(row, "asked_back", ask=ask) if can_ask else None,
    )


def next_row(matter: Matter, decided: str) -> str:
    """Name the row that comes after the one decided about, as the page shows them; empty after the last."""
    pending = [row for row in review_rows(matter) if row.state == "pending"]
    shown = [row_id(row) for slot in ("a", "b", None) for row in pending if row.slot == slot]
    after = shown[shown.index(decided) + 1 :] if decided in shown else []
    return after[0] if after else ""


def _who_said(row: ReviewRow, current: Current) -> tuple[str, datetime | None]:
    """Name who typed the answer as it was handed in; the one who handed it in when it changed since."""
    answer = current.rows.get((row.slot, row.item, row.question))
    if answer is not None:
        cell = Cell(answer.value, answer.certainty, answer.source, answer.note)
        if cell.as_json() == row.handed_in:
            return answer.answered_by.get_full_name(), answer.answered_at
    return row.submission.participant.full_name, row.submission.submitted_at


def _sure(row: ReviewRow) -> str:
    return {NOT_SURE: _("not sure"), TELL_ATTORNEY: _("will tell the lawyer")}.get(row.certainty, "")


def _groups(pending: list[ReviewRow], people: dict[str, Participant], views: dict[int, RowView]) -> list[GroupView]:
    groups: dict[str | None, GroupView] = {}
    for slot in ("a", "b", None):
        for row in pending:
            if row.slot != slot:
                continue
            group = groups.get(slot)
            if group is None:
                group = groups[slot] = _group(row, people)
            title = row.section if not row.item_name else f"{row.section} · {row.item_name}"
            if not group.things or group.things[-1].title != title:
                group.things.append(ThingView(title))
            group.things[-1].rows.append(views[id(row)])
            group.count += 1
    return list(groups.values())


def _group(row: ReviewRow, people: dict[str, Participant]) -> GroupView:
    owner = people[row.slot] if row.slot else None
    title = _("Answered for both") if owner is None else _("%(name)s’s own answers") % {"name": owner.first_name}
    return GroupView(
        id=f"group-{row.slot or 'both'}",
        title=title,
        owner=owner.first_name if owner is not None else "",
        other=people["b" if row.slot == "a" else "a"].first_name if owner is not None else "",
        number=row.submission.number,
        by=row.submission.participant.first_name,
        at=row.submission.submitted_at,
    )


def _person(participant: Participant, people: dict[str, Participant]) -> PersonView:
    last = last_submission(participant)
    return PersonView(
        slot=participant.slot,
        name=participant.full_name,
        status=participant_status_label(participant_status(participant)),
        number=last.number if last is not None else None,
        at=last.submitted_at if last is not None else None,
        can_reopen=is_locked(participant),
        wants_to_talk=wants_to_talk(participant),
        spouse=people["b" if participant.slot == "a" else "a"].first_name,
    )
