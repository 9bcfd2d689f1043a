"""Reads that cross tables: current answers, progress, what was accepted, stage, conflicts."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from clients.access import firm_of_client, visible_matters
from clients.intake.qdot import QDOT
from clients.intake.questions import (
    KNOWN,
    TELL_ATTORNEY,
    Cell,
    Item,
    Page,
    Question,
    Record,
    Scope,
    Section,
    Sight,
    is_asked,
    missing_keys,
)
from clients.models import Answer, AnswerReview, Firm, Matter, Participant, Submission, User
from clients.words import answer_in_words, fill, names_for_staff

__all__ = ["firm_of_client", "visible_matters"]

PAGE_MARK = "page."
REMOVED = ".removed"
CLIENT = Answer.Source.CLIENT_STATED
GROUP_OF_KEY = {
    question.key: QDOT.group_of(page) for page in QDOT.pages if page.is_step for question in page.questions
} | {"kind": "assets"}

Place = tuple[str | None, str | None, str]
"""Where an answer stands: spouse's slot or None for shared, item or None, question."""


# --- what was answered so far --------------------------------------------------------------------------------


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
    rows = Answer.objects.filter(matter=matter, source=CLIENT).select_related("answered_by").order_by("pk")
    for row in rows:
        slot = None if row.participant_id is None else slots[row.participant_id]
        item = None if row.item is None else str(row.item)
        if row.question.startswith(PAGE_MARK):
            current.marks[(slot, row.question.removeprefix(PAGE_MARK))] = row
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


def slot_of_page(page: Page, slot: str) -> str | None:
    """Give whose answers a page holds: the spouse's slot, or None when it is shared."""
    return slot if page.scope == Scope.PERSONAL else None


def saved_at(current: Current, user: User) -> datetime | None:
    """Give the moment this person's newest answer was saved."""
    rows = [row for row in (*current.rows.values(), *current.marks.values()) if row.answered_by_id == user.pk]
    return max((row.answered_at for row in rows), default=None)


# --- how far each spouse is ------------------------------------------------------------------------------------


@dataclass(slots=True)
class PageState:
    """How far one page is."""

    page: Page
    is_done: bool
    is_begun: bool
    is_put_off: bool = False


@dataclass(slots=True)
class SectionState:
    """How far one section is."""

    section: Section
    pages: list[PageState]

    @property
    def status(self) -> str:
        """Return done, begun or todo."""
        if all(state.is_done for state in self.pages):
            return "done"
        return "begun" if any(state.is_done or state.is_begun for state in self.pages) else "todo"

    @property
    def left(self) -> list[PageState]:
        """Give the pages that are not done."""
        return [state for state in self.pages if not state.is_done]

    @property
    def minutes_left(self) -> int:
        """Give the minutes the rest takes."""
        return sum(state.page.minutes for state in self.left)

    @property
    def first_slug(self) -> str:
        """Give the page to open: the first that is not done, else the first."""
        return (self.left or self.pages)[0].page.slug

    @property
    def is_personal(self) -> bool:
        """Tell whether only this spouse sees the whole section."""
        return all(state.page.scope == Scope.PERSONAL for state in self.pages)


@dataclass(slots=True)
class Progress:
    """How far one spouse is."""

    sections: list[SectionState]

    @property
    def states(self) -> list[PageState]:
        """Give all pages in order."""
        return [state for section in self.sections for state in section.pages]

    @property
    def next_page(self) -> Page | None:
        """Give the first page that is not done."""
        return next((state.page for state in self.states if not state.is_done), None)

    @property
    def minutes_left(self) -> int:
        """Give the minutes the rest takes."""
        return sum(section.minutes_left for section in self.sections)

    @property
    def done_sections(self) -> int:
        """Count the sections that are done."""
        return sum(section.status == "done" for section in self.sections)

    def page_after(self, slug: str) -> Page | None:
        """Give the page that follows another."""
        pages = [state.page for state in self.states]
        slugs = [page.slug for page in pages]
        position = slugs.index(slug) + 1 if slug in slugs else len(pages)
        return pages[position] if position < len(pages) else None


def progress_of(participant: Participant, current: Current | None = None) -> Progress:
    """Work out how far a spouse is, from the answers alone."""
    current = current or current_answers(participant.matter)
    states = [page_state(page, participant.slot, current) for page in QDOT.pages_for(participant.slot, current.record)]
    sections = [
        SectionState(section, [state for state in states if state.page.section == section.slug])
        for section in QDOT.sections
    ]
    return Progress([section for section in sections if section.pages])


def page_state(page: Page, slot: str, current: Current) -> PageState:
    """Work out how far one page is."""
    mark = current.marks.get((slot_of_page(page, slot), page.slug))
    is_put_off = mark is not None and mark.certainty == TELL_ATTORNEY
    if page.is_list:
        items = QDOT.items_of(page, current.record)
        is_complete = all(not missing_in_item(page, item, slot, current.record) for item in items)
        is_done = mark is not None and is_complete and (bool(items) or is_put_off)
        return PageState(page, is_done, bool(items), is_put_off)
    sight = Sight(current.record, slot)
    has_answer = any((cell := sight.cell(question.key)) and cell.is_answered for question in page.questions)
    return PageState(page, mark is not None and not missing_keys(page, sight), has_answer, is_put_off)


def missing_in_item(page: Page, item: Item, slot: str, record: Record) -> list[tuple[Page, str]]:
    """Name what must still be answered about one thing, with the step page that asks it."""
    sight = Sight(record, slot, item)
    return [(step, key) for step in QDOT.steps_for(page, item, slot, record) for key in missing_keys(step, sight)]


def is_locked(participant: Participant) -> bool:
    """Tell whether the spouse's answers are handed in and not opened again."""
    last = last_submission(participant)
    if last is None:
        return False
    return participant.reopened_at is None or participant.reopened_at <= last.submitted_at


def last_submission(participant: Participant) -> Submission | None:
    """Give what a spouse handed in last."""
    return Submission.objects.filter(participant=participant).order_by("-number").first()


# --- what is handed in -----------------------------------------------------------------------------------------


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


# --- what was accepted -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Handed:
    """One handed-in answer with the submission it stands in."""

    place: Place
    cell: dict[str, Any] | None
    submission: Submission


def handed_in(matter: Matter) -> dict[Place, Handed]:
    """Give the newest handed-in answers: each spouse's from the own submission, shared ones from the newest."""
    found: dict[Place, Handed] = {}
    for submission in _newest_submissions(matter):
        slot = submission.participant.slot
        for key, cell in submission.content["personal"].items():
            found[(slot, None, key)] = Handed((slot, None, key), cell, submission)
    newest = matter.submissions.select_related("participant").order_by("-number").first()
    if newest is None:
        return found
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


def _newest_submissions(matter: Matter) -> list[Submission]:
    newest: dict[int, Submission] = {}
    for submission in matter.submissions.select_related("participant").order_by("number"):
        newest[submission.participant_id] = submission
    return list(newest.values())


@dataclass(slots=True)
class Reviews:
    """What staff decided: the newest decision of each place, and what was last accepted there."""

    newest: dict[Place, AnswerReview] = field(default_factory=dict)
    accepted: dict[Place, dict[str, Any] | None] = field(default_factory=dict)


def reviews_of(matter: Matter) -> Reviews:
    """Read all decisions of a matter."""
    reviews = Reviews()
    rows = AnswerReview.objects.filter(matter=matter).select_related("participant", "submission__participant")
    for review in rows.order_by("pk"):
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
    kinds = _kinds_of_things(matter)
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
    for item in items.values():
        record["assets" if "kind" in item else "children"].append(item)
    return record


def _kinds_of_things(matter: Matter) -> dict[str, str]:
    """Say what each thing is, as handed in last: a home, a bank account, a policy."""
    return {
        item["id"]: item["kind"]
        for submission in matter.submissions.order_by("number")
        for item in submission.content["assets"]
        if "kind" in item
    }


def record_fingerprint(matter: Matter) -> str:
    """Give a hash of the accepted record, so that a plan can say that answers changed since."""
    canonical = json.dumps(accepted_record(matter), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


# --- what staff still have to look at --------------------------------------------------------------------------


@dataclass(slots=True)
class ReviewRow:
    """One answer as staff see it: what was handed in, what counts, what was decided."""

    slot: str | None
    item: str | None
    question: str
    label: str
    section: str
    page: Page | None
    item_name: str
    participant: Participant | None
    submission: Submission
    handed_in: dict[str, Any] | None
    counts: dict[str, Any] | None
    handed_in_words: str
    counts_words: str
    certainty: str
    note: str
    # pending, accepted, edited, rejected or asked_back
    state: str
    reason: str
    is_changed: bool
    declared: Question | None

    @property
    def is_soft(self) -> bool:
        """Tell whether the client was not sure or left it for the lawyer."""
        return self.certainty != KNOWN


def review_rows(matter: Matter) -> list[ReviewRow]:
    """Give every handed-in answer in the order it was asked, and every answer that went away since it counted."""
    handed, reviews, staff = handed_in(matter), reviews_of(matter), staff_answers(matter)
    newest = matter.submissions.select_related("participant").order_by("-number").first()
    if newest is None:
        return []
    participants = {participant.slot: participant for participant in matter.participants.all()}
    by_slot = {submission.participant.slot: submission for submission in _newest_submissions(matter)}
    gone = _gone(handed, reviews, by_slot, newest)
    names = names_for_staff(participants["a"], participants["b"])
    item_names = _item_names(handed, reviews)
    kinds = _kinds_of_things(matter)
    rows = []
    for place, entry in {**handed, **gone}.items():
        slot, item, key = place
        if key == "kind":
            continue
        review = reviews.newest.get(place)
        counts = staff.get(place, reviews.accepted.get(place))
        declared = _declared(key, kinds.get(item or "", ""))
        page = QDOT.page_of(key, kinds.get(item or "", ""))
        handed_cell, counts_cell = Cell.from_json(entry.cell), Cell.from_json(counts)
        rows.append(
            ReviewRow(
                slot=slot,
                item=item,
                question=key,
                label=fill(declared.name, names) if declared is not None else _("Removed from the list"),
                section=_section_title(page),
                page=page,
                item_name=item_names.get(item, "") if item else "",
                participant=participants[slot] if slot else None,
                submission=entry.submission,
                handed_in=entry.cell,
                counts=counts,
                handed_in_words=_in_words(declared, handed_cell, names),
                counts_words=_in_words(declared, counts_cell, names),
                certainty=handed_cell.certainty if handed_cell is not None else KNOWN,
                note=handed_cell.note if handed_cell is not None else "",
                state=_state(review, entry),
                reason=review.reason if review is not None else "",
                is_changed=place in reviews.accepted and reviews.accepted[place] != entry.cell,
                declared=declared,
            )
        )
    things = list(dict.fromkeys(row.item for row in rows))
    rows.sort(key=lambda row: (_list_position(row.page), things.index(row.item), _position(row.page), row.slot or ""))
    return rows


POSITIONS = {page.slug: number for number, page in enumerate(QDOT.pages)}


def _position(page: Page | None) -> int:
    return POSITIONS[page.slug] if page is not None else len(POSITIONS)


def _list_position(page: Page | None) -> int:
    """Give the place of a page, or of the list a step page belongs to, so that things stay together."""
    return POSITIONS[page.list_page] if page is not None and page.is_step else _position(page)


def pending_count(matter: Matter) -> int:
    """Count the handed-in answers nobody has decided about."""
    return sum(row.state == "pending" for row in review_rows(matter))


def _gone(
    handed: dict[Place, Handed], reviews: Reviews, by_slot: dict[str, Submission], newest: Submission
) -> dict[Place, Handed]:
    """Give what counts and is no longer handed in: removed things as one row, other answers each."""
    items = {item for (_slot, item, _key) in handed if item is not None}
    gone: dict[Place, Handed] = {}
    for (slot, item, key), cell in reviews.accepted.items():
        if cell is None or (slot, item, key) in handed or key.endswith(REMOVED):
            continue
        if item is not None and item not in items:
            group = GROUP_OF_KEY.get(key, "assets")
            place: Place = (None, item, f"{group}{REMOVED}")
            gone[place] = Handed(place, Cell(value=True).as_json(), newest)
            continue
        gone[(slot, item, key)] = Handed((slot, item, key), None, by_slot.get(slot, newest) if slot else newest)
    return gone


def _state(review: AnswerReview | None, entry: Handed) -> str:
    if review is None or review.old_value != entry.cell:
        return "pending"
    if review.decision == AnswerReview.Decision.ASKED_BACK and entry.submission.number > review.submission.number:
        return "pending"
    return review.decision


def _declared(key: str, kind: str) -> Question | None:
    page = QDOT.page_of(key, kind)
    if page is None:
        return QDOT.question(key)
    return next(question for question in page.questions if question.key == key)


def _in_words(declared: Question | None, cell: Cell | None, names: dict[str, str]) -> str:
    if declared is None:
        return _("Removed") if cell is not None and cell.value else ""
    return answer_in_words(declared, cell, names)


def _section_title(page: Page | None) -> str:
    section = next((section for section in QDOT.sections if page is not None and section.slug == page.section), None)
    return _(section.title) if section is not None else _("What you own")


def _item_names(handed: dict[Place, Handed], reviews: Reviews) -> dict[str, str]:
    names: dict[str, str] = {}
    for places in (reviews.accepted.items(), ((place, entry.cell) for place, entry in handed.items())):
        for (_slot, item, key), cell in places:
            if item is not None and cell and key in {"asset_name", "child_name"} and cell.get("value"):
                names[item] = str(cell["value"])
    return names


# --- questions asked back --------------------------------------------------------------------------------------


@dataclass(slots=True)
class OpenAsk:
    """A question staff ask this spouse again."""

    question: Question
    page: Page
    item: str | None
    reason: str
    asked_by: User


def open_asks(participant: Participant) -> list[OpenAsk]:
    """Give the questions asked back that this spouse has not answered since."""
    last = last_submission(participant)
    if last is None:
        return []
    asks = []
    kinds = {item["id"]: item.get("kind", "") for item in last.content["assets"]}
    for (_slot, item, key), review in reviews_of(participant.matter).newest.items():
        if review.decision != AnswerReview.Decision.ASKED_BACK or review.submission.participant_id != participant.pk:
            continue
        page = QDOT.page_of(key, kinds.get(item or "", ""))
        if last.number > review.submission.number or page is None:
            continue
        question = next(question for question in page.questions if question.key == key)
        asks.append(OpenAsk(question, page, item, review.reason, review.decided_by))
    return asks


# --- where a matter stands -------------------------------------------------------------------------------------


class Stage(StrEnum):
    """Where a matter stands; computed from facts, never set by hand."""

    OPENED = "opened"
    INVITED = "invited"
    ANSWERING = "answering"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    RELEASED = "released"
    CLOSED = "closed"


class ParticipantStatus(StrEnum):
    """Where one spouse stands."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    EXPIRED = "expired"
    SIGNED_IN = "signed_in"
    ANSWERING = "answering"
    WANTS_TO_TALK = "wants_to_talk"
    SUBMITTED = "submitted"
    ASKED_BACK = "asked_back"
    REOPENED = "reopened"


def stage_label(stage: Stage) -> str:
    """Name a stage for staff."""
    return {
        Stage.OPENED: _("Opened"),
        Stage.INVITED: _("Invited"),
        Stage.ANSWERING: _("Answering"),
        Stage.SUBMITTED: _("In review"),
        Stage.REVIEWED: _("Answers accepted"),
        Stage.RELEASED: _("Released"),
        Stage.CLOSED: _("Closed"),
    }[stage]


def participant_status_label(status: ParticipantStatus) -> str:
    """Name a spouse's status for staff."""
    return {
        ParticipantStatus.NOT_INVITED: _("Not invited yet"),
        ParticipantStatus.INVITED: _("Invited"),
        ParticipantStatus.EXPIRED: _("Invitation expired"),
        ParticipantStatus.SIGNED_IN: _("Signed in"),
        ParticipantStatus.ANSWERING: _("Answering"),
        ParticipantStatus.WANTS_TO_TALK: _("Wants to talk first"),
        ParticipantStatus.SUBMITTED: _("Handed in"),
        ParticipantStatus.ASKED_BACK: _("Asked again"),
        ParticipantStatus.REOPENED: _("Opened again"),
    }[status]


def participant_status(participant: Participant) -> ParticipantStatus:
    """Work out where a spouse stands."""
    if wants_to_talk(participant):
        return ParticipantStatus.WANTS_TO_TALK
    if last_submission(participant) is not None:
        if not is_locked(participant):
            return ParticipantStatus.REOPENED
        return ParticipantStatus.ASKED_BACK if open_asks(participant) else ParticipantStatus.SUBMITTED
    if participant.user_id is not None:
        has_answer = Answer.objects.filter(matter=participant.matter, answered_by=participant.user_id).exists()
        return ParticipantStatus.ANSWERING if has_answer else ParticipantStatus.SIGNED_IN
    invitation = participant.invitations.order_by("-sent_at", "-pk").first()
    if invitation is None or invitation.status == "revoked":
        return ParticipantStatus.NOT_INVITED
    return ParticipantStatus.EXPIRED if invitation.status == "expired" else ParticipantStatus.INVITED


def matter_stage(matter: Matter) -> Stage:
    """Work out where a matter stands."""
    if matter.closed_at is not None:
        return Stage.CLOSED
    if matter.plan_released_at is not None:
        return Stage.RELEASED
    people = list(matter.participants.all())
    handed = [last_submission(participant) is not None and is_locked(participant) for participant in people]
    if all(handed):
        return Stage.REVIEWED if pending_count(matter) == 0 else Stage.SUBMITTED
    if any(handed) or Answer.objects.filter(matter=matter, source=CLIENT).exists():
        return Stage.ANSWERING
    invited = any(participant.invitations.exists() or participant.user_id for participant in people)
    return Stage.INVITED if invited else Stage.OPENED


def wants_to_talk(participant: Participant) -> bool:
    """Tell whether a spouse asked to speak with someone before going on. For staff only."""
    row = Answer.objects.filter(participant=participant, question="joint_representation").order_by("-pk").first()
    return row is not None and row.value == "talk_first"


# --- conflicts by name -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """A name that also stands in another matter of the firm."""

    matter: Matter
    name: str
    where: str
    asked: str
    is_exact: bool


NAME_KEYS = ("legal_name", "earlier_names", "other_spellings", "name_in_home_script", "business_names", "child_name")


def conflicts_by_name(firm: Firm, names: Iterable[str], *, exclude: Matter | None = None) -> list[Conflict]:
    """Find names in the firm's matters: people, earlier names, children, businesses; case and accents do not count."""
    asked = {name: name_words(name) for name in names if name_words(name)}
    found: dict[tuple[int, str, str], Conflict] = {}
    for matter, name, where in _names_of(firm, exclude):
        words = name_words(name)
        for wanted, wanted_words in asked.items():
            is_exact = words == wanted_words
            if is_exact or _is_similar(words, wanted_words):
                key = (matter.pk, name, wanted)
                if key not in found:
                    found[key] = Conflict(matter, name, where, wanted, is_exact)
    return sorted(found.values(), key=lambda hit: (not hit.is_exact, hit.matter.reference, hit.name))


def names_in(matter: Matter) -> list[str]:
    """Give every name that stands in a matter, for the conflict check."""
    return list(dict.fromkeys(name for _matter, name, _where in _names_of(matter.firm, None, only=matter)))


def name_words(name: str) -> tuple[str, ...]:
    """Give a name as sorted words without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(sorted(set(re.findall(r"\w+", plain))))


def _is_similar(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller) > 1 and smaller <= larger


def _names_of(firm: Firm, exclude: Matter | None, only: Matter | None = None) -> Iterable[tuple[Matter, str, str]]:
    matters = Matter.objects.for_firm(firm)
    if exclude is not None:
        matters = matters.exclude(pk=exclude.pk)
    if only is not None:
        matters = matters.filter(pk=only.pk)
    for participant in Participant.objects.filter(matter__in=matters).select_related("matter"):
        yield participant.matter, participant.full_name, _("client")
    rows = Answer.objects.filter(matter__in=matters, question__in=NAME_KEYS).select_related("matter").order_by("pk")
    newest = {(row.matter_id, row.participant_id, row.item, row.question): row for row in rows}
    labels = {"child_name": _("child"), "business_names": _("business")}
    for row in newest.values():
        for name in re.split(r"[\n;,]", str(row.value or "")):
            if name.strip():
                yield row.matter, name.strip(), labels.get(row.question, _("other name"))


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
