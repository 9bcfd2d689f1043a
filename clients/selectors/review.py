"""What staff still have to look at, and what they asked back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, Cell, Page, Question
from clients.models import AnswerReview, Matter, Participant, Submission, User
from clients.selectors.accepted import Reviews, kinds_of_things, reviews_of, staff_answers
from clients.selectors.current import GROUP_OF_KEY, REMOVED, Place, answered_asks
from clients.selectors.handing_in import Handed, handed_in, handed_of, newest_submissions
from clients.words import answer_in_words, fill, names_for_staff


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
    by_slot = {submission.participant.slot: submission for submission in newest_submissions(matter)}
    gone = _gone(handed, reviews, by_slot, newest)
    names = names_for_staff(participants["a"], participants["b"])
    item_names = _item_names(handed, reviews)
    kinds, answered = kinds_of_things(matter), answered_asks(matter)
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
                state=_state(review, entry, answered),
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
    return pending_in(newest_submissions(matter), reviews_of(matter), answered_asks(matter))


def pending_in(submissions: list[Submission], reviews: Reviews, answered: set[int]) -> int:
    """Count them from the newest submission of each spouse, the decisions, and the asked questions answered since."""
    if not submissions:
        return 0
    handed = handed_of(submissions)
    by_slot = {submission.participant.slot: submission for submission in submissions}
    gone = _gone(handed, reviews, by_slot, max(submissions, key=lambda submission: submission.number))
    return sum(
        _state(reviews.newest.get(place), entry, answered) == "pending"
        for place, entry in {**handed, **gone}.items()
        if place[2] != "kind"
    )


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


def _state(review: AnswerReview | None, entry: Handed, answered: set[int]) -> str:
    """Say what was decided; an answer that changed since, or a question answered again, is pending."""
    if review is None or review.old_value != entry.cell or review.pk in answered:
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


@dataclass(slots=True)
class OpenAsk:
    """A question staff ask this spouse again."""

    question: Question
    page: Page
    item: str | None
    reason: str
    asked_by: User
    review_id: int


def open_asks(participant: Participant) -> list[OpenAsk]:
    """Give the questions asked back that this spouse has not answered since."""
    asks = []
    kinds, answered = kinds_of_things(participant.matter), answered_asks(participant.matter)
    for (_slot, item, key), review in reviews_of(participant.matter).newest.items():
        if review.decision != AnswerReview.Decision.ASKED_BACK or review.submission.participant_id != participant.pk:
            continue
        page = QDOT.page_of(key, kinds.get(item or "", ""))
        if review.pk in answered or page is None:
            continue
        question = next(question for question in page.questions if question.key == key)
        asks.append(OpenAsk(question, page, item, review.reason, review.decided_by, review.pk))
    return asks
