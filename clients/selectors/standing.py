"""The accepted record as staff read it: by section, in words, with where each answer comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from clients.intake.qdot import QDOT
from clients.intake.questions import Cell, Page, Question
from clients.models import Answer, Matter
from clients.selectors.accepted import kinds_of_things, reviews_of, staff_answers
from clients.selectors.current import REMOVED, Place
from clients.selectors.review import POSITIONS
from clients.words import answer_in_words, fill, names_for_staff


@dataclass(slots=True)
class StandingAnswer:
    """One answer the firm stands behind."""

    who: str
    label: str
    words: str
    source: str
    note: str
    is_private: bool


@dataclass(slots=True)
class StandingThing:
    """The answers of a section that belong together: about nothing in particular, or about one child or asset."""

    title: str
    answers: list[StandingAnswer] = field(default_factory=list)


@dataclass(slots=True)
class StandingSection:
    """One section of the questionnaire, or what the firm entered itself."""

    title: str
    things: list[StandingThing] = field(default_factory=list)


def standing_sections(matter: Matter) -> list[StandingSection]:
    """Give everything that was accepted, corrected or entered by staff, in the order it is asked."""
    people = {participant.slot: participant for participant in matter.participants.all()}
    names = names_for_staff(people["a"], people["b"])
    kinds = kinds_of_things(matter)
    cells = _standing_cells(matter)
    titles = {
        item: str(cell["value"])
        for (_slot, item, key), cell in cells.items()
        if item is not None and key in {"asset_name", "child_name"} and cell["value"]
    }
    found: dict[str, dict[str | None, list[tuple[int, StandingAnswer]]]] = {}
    for (slot, item, key), cell in cells.items():
        page = QDOT.page_of(key, kinds.get(item or "", ""))
        question = _question(page, key)
        if question is None:
            continue
        answer = StandingAnswer(
            who=people[slot].first_name if slot else _("Both"),
            label=fill(question.name, names),
            words=answer_in_words(question, Cell.from_json(cell), names),
            source=_source(cell),
            note=str(cell.get("note", "")),
            is_private=slot is not None,
        )
        section = page.section if page is not None else ""
        found.setdefault(section, {}).setdefault(item, []).append((_position(page, key), answer))
    sections = [(section.slug, _(section.title)) for section in QDOT.sections] + [("", _("Entered by the firm"))]
    return [
        StandingSection(title, [_thing(titles.get(item or "", ""), rows) for item, rows in found[slug].items()])
        for slug, title in sections
        if slug in found
    ]


def _standing_cells(matter: Matter) -> dict[Place, dict[str, Any]]:
    """Give what counts at each place, without things that were taken off their list."""
    every: dict[Place, dict[str, Any] | None] = {**reviews_of(matter).accepted, **staff_answers(matter)}
    cells = {place: cell for place, cell in every.items() if cell is not None}
    removed = {item for (_slot, item, key), cell in cells.items() if key.endswith(REMOVED) and cell.get("value")}
    return {place: cell for place, cell in cells.items() if place[1] not in removed and not place[2].endswith(REMOVED)}


def _question(page: Page | None, key: str) -> Question | None:
    if page is not None:
        return next(question for question in page.questions if question.key == key)
    return QDOT.question(key)


def _position(page: Page | None, key: str) -> int:
    if page is None:
        keys = [question.key for question in (*QDOT.staff_person, *QDOT.staff_couple)]
        return keys.index(key)
    return POSITIONS[page.slug] * 100 + [question.key for question in page.questions].index(key)


def _thing(title: str, rows: list[tuple[int, StandingAnswer]]) -> StandingThing:
    rows.sort(key=lambda row: (row[0], row[1].who))
    return StandingThing(title, [answer for _number, answer in rows])


def _source(cell: dict[str, Any]) -> str:
    labels = {str(value): str(label) for value, label in Answer.Source.choices}
    return labels.get(str(cell.get("source")), "")
