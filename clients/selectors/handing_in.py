"""What a spouse hands in, and the newest of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clients.intake.qdot import QDOT
from clients.intake.questions import Cell, Item, Page, Record, Scope, Sight, is_asked
from clients.models import Matter, Participant, Submission
from clients.selectors.current import Current, Place
from clients.selectors.progress import page_state


def submission_content(participant: Participant, current: Current) -> dict[str, Any]:
    """Give the frozen copy of a spouse's own answers and the shared ones; what is not asked is left out."""
    slot, record = participant.slot, current.record
    content: dict[str, Any] = {"personal": {}, "shared": {}, "children": [], "assets": [], "put_off": []}
    for page in QDOT.pages_for(slot, record):
        state = page_state(page, slot, current)
        if state.is_put_off:
            content["put_off"].append(page.slug)
        if page.is_list:
            content[page.group] += [_frozen_item(page, item, slot, record) for item in QDOT.items_of(page, record)]
            continue
        store = content["personal" if page.scope == Scope.PERSONAL else "shared"]
        store.update(_asked_cells(page, Sight(record, slot)))
    return content


def _frozen_item(page: Page, item: Item, slot: str, record: Record) -> dict[str, Any]:
    sight = Sight(record, slot, item)
    frozen: dict[str, Any] = {"id": item.id, "answers": {}}
    if "kind" in item.cells:
        frozen["kind"] = item.cells["kind"].value
    for step in QDOT.steps_for(page, item, slot, record):
        frozen["answers"].update(_asked_cells(step, sight))
    frozen["answers"].pop("kind", None)
    return frozen


def _asked_cells(page: Page, sight: Sight) -> dict[str, Any]:
    cells = {}
    for question in page.questions:
        cell = sight.cell(question.key)
        if cell is not None and cell.is_answered and is_asked(question, sight):
            cells[question.key] = cell.as_json()
    return cells


@dataclass(slots=True)
class Handed:
    """One handed-in answer with the submission it stands in."""

    place: Place
    cell: dict[str, Any] | None
    submission: Submission


def handed_in(matter: Matter) -> dict[Place, Handed]:
    """Give the newest handed-in answers: each spouse's from the own submission, shared ones from the newest."""
    return handed_of(newest_submissions(matter))


def handed_of(submissions: list[Submission]) -> dict[Place, Handed]:
    """Give the handed-in answers of a matter from the newest submission of each spouse."""
    found: dict[Place, Handed] = {}
    if not submissions:
        return found
    for submission in submissions:
        slot = submission.participant.slot
        for key, cell in submission.content["personal"].items():
            found[(slot, None, key)] = Handed((slot, None, key), cell, submission)
    newest = max(submissions, key=lambda submission: submission.number)
    for key, cell in newest.content["shared"].items():
        found[(None, None, key)] = Handed((None, None, key), cell, newest)
    for group in ("children", "assets"):
        for item in newest.content[group]:
            if "kind" in item:
                place = (None, item["id"], "kind")
                found[place] = Handed(place, Cell(item["kind"]).as_json(), newest)
            for key, cell in item["answers"].items():
                place = (None, item["id"], key)
                found[place] = Handed(place, cell, newest)
    return found


def newest_submissions(matter: Matter) -> list[Submission]:
    """Give what each spouse handed in last."""
    newest: dict[int, Submission] = {}
    for submission in matter.submissions.select_related("participant").order_by("number"):
        newest[submission.participant_id] = submission
    return list(newest.values())
