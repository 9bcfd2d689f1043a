"""What the two spouses have answered so far, read from the rows they left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clients.intake.qdot import QDOT
from clients.intake.questions import Cell, Item, Page, Record, Scope
from clients.models import Answer, Matter, Participant, Submission, User
from clients.words import fill

PAGE_MARK = "page."
REMOVED = ".removed"
ASK_MARK = "ask."
CLIENT = Answer.Source.CLIENT_STATED
GROUP_OF_KEY = {
    question.key: QDOT.group_of(page) for page in QDOT.pages if page.is_step for question in page.questions
} | {"kind": "assets"}

Place = tuple[str | None, str | None, str]
"""Where an answer stands: spouse's slot or None for shared, item or None, question."""


@dataclass(slots=True)
class Current:
    """The current answers of a matter, with the rows they come from."""

    record: Record = field(default_factory=Record)
    rows: dict[Place, Answer] = field(default_factory=dict)
    # Pages that were finished once, by slot or None for shared; the certainty says whether they were put off.
    marks: dict[tuple[str | None, str], Answer] = field(default_factory=dict)

    def version_of(self, slot: str | None, item: str | None, keys: Iterable[str]) -> int:
        """Give the newest row id among some questions: the version a page is shown with."""
        rows = (self.rows.get((slot, item, key)) for key in keys)
        return max((row.pk for row in rows if row is not None), default=0)


def current_answers(matter: Matter) -> Current:
    """Read what the two spouses have answered so far."""
    current = Current()
    slots = {participant.pk: participant.slot for participant in matter.participants.all()}
    removed: set[str] = set()
    rows = Answer.objects.filter(matter=matter, source=CLIENT).order_by("pk")
    for row in rows:
        slot = None if row.participant_id is None else slots[row.participant_id]
        item = None if row.item is None else str(row.item)
        if row.question.startswith(PAGE_MARK):
            current.marks[(slot, row.question.removeprefix(PAGE_MARK))] = row
        elif row.question.startswith(ASK_MARK):
            continue
        elif row.question.endswith(REMOVED):
            if row.value and item is not None:
                removed.add(item)
        else:
            current.rows[(slot, item, row.question)] = row
            _place(current.record, slot, item, row)
    for group, items in current.record.items.items():
        current.record.items[group] = [item for item in items if item.id not in removed]
    return current


def _place(record: Record, slot: str | None, item: str | None, row: Answer) -> None:
    cell = Cell(row.value, row.certainty, row.source, row.note)
    if item is not None:
        group = GROUP_OF_KEY.get(row.question, "")
        found = record.item(group, item)
        if found is None:
            found = Item(item)
            record.items.setdefault(group, []).append(found)
        found.cells[row.question] = cell
    elif slot is None:
        record.shared[row.question] = cell
    else:
        record.personal[slot][row.question] = cell


def answered_asks(matter: Matter) -> set[int]:
    """Give the reviews whose question was asked back and has been answered since."""
    marks = Answer.objects.filter(matter=matter, question__startswith=ASK_MARK).values_list("question", flat=True)
    return {int(mark.removeprefix(ASK_MARK)) for mark in marks}


def slot_of_page(page: Page, slot: str) -> str | None:
    """Give whose answers a page holds: the spouse's slot, or None when it is shared."""
    return slot if page.scope == Scope.PERSONAL else None


def saved_at(current: Current, user: User) -> datetime | None:
    """Give the moment this person's newest answer was saved."""
    rows = [row for row in (*current.rows.values(), *current.marks.values()) if row.answered_by_id == user.pk]
    return max((row.answered_at for row in rows), default=None)


def is_locked(participant: Participant) -> bool:
    """Tell whether the spouse's answers are handed in and not opened again."""
    last = last_submission(participant)
    if last is None:
        return False
    return participant.reopened_at is None or participant.reopened_at <= last.submitted_at


def last_submission(participant: Participant) -> Submission | None:
    """Give what a spouse handed in last."""
    return Submission.objects.filter(participant=participant).order_by("-number").first()


def item_title(page: Page, item: Item, names: dict[str, str]) -> str:
    """Give the name of a child or a thing, or what it is while it has none."""
    for key in ("asset_name", "child_name"):
        cell = item.cells.get(key)
        if cell is not None and cell.value:
            return str(cell.value)
    return fill(page.item_name, names)


def to_uuid(text: str | None) -> UUID | None:
    """Read an item's id."""
    return None if text is None else UUID(text)
