"""What the firm stands behind: accepted and edited answers, and what staff entered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clients.intake.questions import Cell
from clients.models import Answer, AnswerReview, Matter
from clients.selectors.current import CLIENT, REMOVED, Place


@dataclass(slots=True)
class Reviews:
    """What staff decided: the newest decision of each place, and what was last accepted there."""

    newest: dict[Place, AnswerReview] = field(default_factory=dict)
    accepted: dict[Place, dict[str, Any] | None] = field(default_factory=dict)


def reviews_of(matter: Matter) -> Reviews:
    """Read all decisions of a matter."""
    rows = AnswerReview.objects.filter(matter=matter).select_related("participant", "submission__participant")
    return gathered(rows.order_by("pk"))


def gathered(rows: Iterable[AnswerReview]) -> Reviews:
    """Put the decisions of one matter together, oldest first."""
    reviews = Reviews()
    for review in rows:
        place = place_of(review)
        reviews.newest[place] = review
        if review.decision in {AnswerReview.Decision.ACCEPTED, AnswerReview.Decision.EDITED}:
            reviews.accepted[place] = review.new_value
    return reviews


def place_of(row: AnswerReview | Answer) -> Place:
    """Give the place a row speaks about."""
    slot = None if row.participant is None else row.participant.slot
    return (slot, None if row.item is None else str(row.item), row.question)


def staff_answers(matter: Matter) -> dict[Place, dict[str, Any]]:
    """Give what staff entered themselves; an emptied entry is no entry."""
    found: dict[Place, dict[str, Any]] = {}
    rows = Answer.objects.filter(matter=matter).exclude(source=CLIENT).select_related("participant").order_by("pk")
    for row in rows:
        cell = Cell(row.value, row.certainty, row.source, row.note)
        if cell.is_answered:
            found[place_of(row)] = cell.as_json()
        else:
            found.pop(place_of(row), None)
    return found


def accepted_record(matter: Matter) -> dict[str, Any]:
    """Give what the firm stands behind: accepted and edited answers, and what staff entered."""
    cells: dict[Place, dict[str, Any] | None] = dict(reviews_of(matter).accepted)
    cells.update(staff_answers(matter))
    kinds = kinds_of_things(matter)
    record: dict[str, Any] = {"a": {}, "b": {}, "couple": {}, "children": [], "assets": []}
    items: dict[str, dict[str, Any]] = {}
    removed = {
        item for (_slot, item, key), cell in cells.items() if key.endswith(REMOVED) and cell and cell.get("value")
    }
    for (slot, item, key), cell in cells.items():
        if cell is None or item in removed or key.endswith(REMOVED):
            continue
        if item is None:
            record[slot or "couple"][key] = cell
            continue
        thing = items.setdefault(item, {"id": item, **({"kind": kinds[item]} if item in kinds else {})})
        thing[key] = cell["value"] if key == "kind" else cell
    for thing in items.values():
        record["assets" if "kind" in thing else "children"].append(thing)
    return record


def kinds_of_things(matter: Matter) -> dict[str, str]:
    """Say what each thing is, as handed in last: a home, a bank account, a policy."""
    return {
        item["id"]: item["kind"]
        for submission in matter.submissions.order_by("number")
        for item in submission.content["assets"]
        if "kind" in item
    }


def record_fingerprint(matter: Matter) -> str:
    """Give a hash of the accepted record, so that a plan can say that answers changed since."""
    return fingerprint_of(accepted_record(matter))


def fingerprint_of(record: dict[str, Any]) -> str:
    """Give the hash of an accepted record that was read before."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
