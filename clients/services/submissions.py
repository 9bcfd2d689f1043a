"""Hand in, review and open again; enter what staff know. Every decision is a new row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clients import audit
from clients.audit import Action
from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, Cell, Cells, Page
from clients.models import Answer, AnswerReview, Matter, Participant, SavedForm, Submission, User
from clients.selectors import (
    PageState,
    current_answers,
    is_locked,
    progress_of,
    review_rows,
    submission_content,
    to_uuid,
)
from clients.services.answers import (
    AnswersLockedError,
    lock_matter,
    mark_asks_answered,
    redirect_of_saved_form,
    save_page,
)

Decision = AnswerReview.Decision


class NotReadyError(Exception):
    """Some pages still need an answer."""

    def __init__(self, states: list[PageState]) -> None:
        super().__init__("Some pages still need an answer.")
        self.states = states


class UnknownAnswerError(ValueError):
    """The answer staff decide about was not handed in, or the question does not exist."""


@transaction.atomic
def submit(
    *,
    participant: Participant,
    actor: User,
    save_key: UUID | None = None,
    body: str = "",
    go_to: str = "",
) -> str:
    """Hand in a spouse's answers: check every page once more, freeze a copy, lock them."""
    matter = lock_matter(participant.matter)
    before = redirect_of_saved_form(key=save_key, matter=matter, actor=actor, body=body)
    if before is not None:
        return before
    participant = Participant.objects.select_related("matter").get(pk=participant.pk)
    if is_locked(participant):
        raise AnswersLockedError
    current = current_answers(matter)
    left = [state for state in progress_of(participant, current).states if not state.is_done]
    acknowledged = current.record.personal[participant.slot].get("joint_representation", Cell())
    if left or acknowledged.value != "acknowledged":
        raise NotReadyError(left)
    mark_asks_answered(participant, actor)
    _freeze(matter, participant, actor)
    if save_key is not None:
        SavedForm.objects.create(key=save_key, matter=matter, user=actor, body_hash=body, redirect=go_to)
    return go_to


@transaction.atomic
def answer_asked(
    *,
    participant: Participant,
    page: Page,
    cells: Cells,
    actor: User,
    item: UUID | None = None,
    version: int | None = None,
    save_key: UUID | None = None,
    body: str = "",
    go_to: str = "",
) -> str:
    """Save the answer to a question that was asked back, and hand it in at once."""
    address = save_page(
        participant=participant,
        page=page,
        cells=cells,
        actor=actor,
        item=item,
        version=version,
        save_key=save_key,
        body=body,
        go_to=lambda: go_to,
    )
    if mark_asks_answered(participant, actor, cells):
        _freeze(participant.matter, participant, actor)
    return address


def _freeze(matter: Matter, participant: Participant, actor: User) -> Submission:
    last = Submission.objects.filter(matter=matter).aggregate(number=Max("number"))["number"] or 0
    submission = Submission.objects.create(
        matter=matter,
        participant=participant,
        number=last + 1,
        questionnaire_version=QDOT.version,
        content=submission_content(participant, current_answers(matter)),
    )
    data = {"slot": participant.slot, "number": submission.number}
    audit.record(Action.INTAKE_SUBMITTED, actor=actor, matter=matter, data=data)
    return submission


@transaction.atomic
def reopen(*, participant: Participant, actor: User) -> None:
    """Open a spouse's answers for changes again; handing in again makes a new submission."""
    matter = lock_matter(participant.matter)
    participant.reopened_at = timezone.now()
    participant.save(update_fields=["reopened_at"])
    audit.record(Action.INTAKE_REOPENED, actor=actor, matter=matter, data={"slot": participant.slot})


@transaction.atomic
def review_answer(
    *,
    matter: Matter,
    question: str,
    decision: str,
    actor: User,
    slot: str | None = None,
    item: str | None = None,
    value: Any = None,
    certainty: str = KNOWN,
    reason: str = "",
    submission: Submission | None = None,
) -> AnswerReview:
    """Accept, edit, reject or ask back one handed-in answer.

    `value` is the stored form of an edited answer ("1250000.00", "2008-01-12").
    When `submission` is given and a newer one was handed in meanwhile, nothing
    is decided.
    """
    matter = lock_matter(matter)
    row = next(
        (row for row in review_rows(matter) if (row.slot, row.item, row.question) == (slot, item, question)), None
    )
    if row is None or (submission is not None and submission.pk != row.submission.pk):
        message = "This answer is not the one handed in last."
        raise UnknownAnswerError(message)
    new: dict[str, Any] | None = None
    if decision == Decision.ACCEPTED:
        new = row.handed_in
    elif decision == Decision.EDITED:
        new = Cell(value, certainty, Answer.Source.STAFF_CONFIRMED.value).as_json()
    review = AnswerReview.objects.create(
        matter=matter,
        submission=row.submission,
        participant=row.participant,
        question=question,
        item=to_uuid(item),
        decision=decision,
        old_value=row.handed_in,
        new_value=new,
        reason=reason,
        decided_by=actor,
    )
    data = {"question": question, "decision": str(decision), "slot": slot, "item": item}
    audit.record(Action.ANSWER_REVIEWED, actor=actor, matter=matter, data=data)
    return review


@transaction.atomic
def accept_all(*, matter: Matter, actor: User, submission: Submission | None = None) -> int:
    """Accept every handed-in answer nobody has decided about; give how many."""
    matter = lock_matter(matter)
    pending = [
        row
        for row in review_rows(matter)
        if row.state == "pending" and (submission is None or row.submission.pk == submission.pk)
    ]
    for row in pending:
        AnswerReview.objects.create(
            matter=matter,
            submission=row.submission,
            participant=row.participant,
            question=row.question,
            item=to_uuid(row.item),
            decision=Decision.ACCEPTED,
            old_value=row.handed_in,
            new_value=row.handed_in,
            decided_by=actor,
        )
    if pending:
        data = {"count": len(pending), "questions": sorted({row.question for row in pending})}
        audit.record(Action.ANSWERS_ACCEPTED, actor=actor, matter=matter, data=data)
    return len(pending)


@transaction.atomic
def save_staff_facts(
    *,
    matter: Matter,
    values: Mapping[str, Any],
    actor: User,
    slot: str | None = None,
    item: str | None = None,
    source: str = Answer.Source.STAFF_CONFIRMED,
    note: str = "",
) -> list[str]:
    """Store what staff know: it wins over the client's answer; None takes an entry away. Give the changed keys.

    `values` are in stored form; `slot` None means the couple or, with `item`, one thing.
    """
    matter = lock_matter(matter)
    unknown = [key for key in values if QDOT.question(key) is None and key != "kind"]
    if unknown:
        message = f"There is no question named {unknown[0]!r}."
        raise UnknownAnswerError(message)
    participant = matter.participant(slot) if slot is not None else None
    changed = []
    for key, value in values.items():
        before = (
            Answer.objects.filter(matter=matter, participant=participant, item=to_uuid(item), question=key)
            .exclude(source=Answer.Source.CLIENT_STATED)
            .order_by("-pk")
            .first()
        )
        is_same = (before.value, before.source, before.note) == (value, source, note) if before else value is None
        if is_same or (before is not None and value is None and before.value is None):
            continue
        Answer.objects.create(
            matter=matter,
            participant=participant,
            question=key,
            item=to_uuid(item),
            value=value,
            source=source,
            note=note,
            answered_by=actor,
        )
        changed.append(key)
    if changed:
        data = {"questions": sorted(changed), "slot": slot, "item": item}
        audit.record(Action.STAFF_FACTS_SAVED, actor=actor, matter=matter, data=data)
    return changed
