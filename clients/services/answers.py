"""Save what a spouse answers: rows are added, never changed, and nothing is overwritten unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.mail import send_mail
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from clients import audit
from clients.audit import Action
from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, TELL_ATTORNEY, Cell, Cells, Page
from clients.models import Answer, Firm, Matter, Participant, SavedForm, User
from clients.selectors import (
    ASK_MARK,
    GROUP_OF_KEY,
    PAGE_MARK,
    REMOVED,
    Current,
    current_answers,
    is_locked,
    open_asks,
    slot_of_page,
)

NOT_PART_OF_A_FORM = frozenset({"csrfmiddlewaretoken", "save_key"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question that somebody answered differently since the page was opened."""

    question: str
    kept: Cell
    typed: Cell
    by: User
    at: Any


class PageConflictError(Exception):
    """The page was changed since it was opened; the person must choose."""

    def __init__(self, conflicts: list[Conflict], version: int) -> None:
        super().__init__("The page was changed since it was opened.")
        self.conflicts, self.version = conflicts, version


class AnswersLockedError(Exception):
    """The answers were handed in and are not open for changes."""


class FormReusedError(Exception):
    """A form with this key was saved before with other answers."""


def body_hash(posted: QueryDict) -> str:
    """Give a hash of what a form sent, without its tokens."""
    body = sorted((name, values) for name, values in posted.lists() if name not in NOT_PART_OF_A_FORM)
    return hashlib.sha256(json.dumps(body, ensure_ascii=True).encode()).hexdigest()


def lock_matter(matter: Matter) -> Matter:
    """Hold the matter until the transaction ends, so that two saves follow one another."""
    locked: Matter = Matter.objects.select_for_update().select_related("firm").get(pk=matter.pk)
    return locked


def redirect_of_saved_form(*, key: UUID | None, matter: Matter, actor: User, body: str) -> str | None:
    """Give the answer a form got when it was saved before; refuse the same key with another content."""
    saved = SavedForm.objects.filter(key=key).first() if key is not None else None
    if saved is None:
        return None
    if (saved.matter_id, saved.user_id, saved.body_hash) != (matter.pk, actor.pk, body):
        raise FormReusedError
    return saved.redirect


@transaction.atomic
def save_page(
    *,
    participant: Participant,
    page: Page,
    cells: Cells,
    actor: User,
    cleared: Iterable[str] = (),
    item: UUID | None = None,
    version: int | None = None,
    is_finished: bool = True,
    save_key: UUID | None = None,
    body: str = "",
    go_to: Callable[[], str] = str,
) -> str:
    """Save one page of answers and give the address to go to.

    The same form sent twice is saved once. An answer that somebody changed
    since the page was opened raises `PageConflictError`; handed-in answers
    raise `AnswersLockedError` unless staff asked them again.
    """
    matter = lock_matter(participant.matter)
    before = redirect_of_saved_form(key=save_key, matter=matter, actor=actor, body=body)
    if before is not None:
        return before
    participant = Participant.objects.select_related("matter").get(pk=participant.pk)
    _refuse_locked(participant, page, item, {*cells, *cleared})
    current = current_answers(matter)
    wanted: Cells = {**cells, **{key: Cell() for key in cleared}}
    slot, item_id = slot_of_page(page, participant.slot), None if item is None else str(item)
    changed = _changed(current, slot, item_id, wanted)
    _refuse_conflicts(current, slot, item_id, changed, version)
    owner = participant if slot is not None else None
    _add_rows(matter, owner, item, changed, actor)
    if item_id is not None and current.record.item(GROUP_OF_KEY.get(next(iter(changed), ""), ""), item_id) is None:
        audit.record(Action.INTAKE_ITEM_ADDED, actor=actor, matter=matter, data={"page": page.slug, "item": item_id})
    if is_finished and not page.is_step:
        _mark(current, matter, owner, page.slug, actor)
    if changed:
        data = {"page": page.slug, "questions": sorted(changed), **({"item": item_id} if item_id else {})}
        audit.record(Action.INTAKE_PAGE_SAVED, actor=actor, matter=matter, data=data)
    if changed.get("joint_representation", Cell()).value == "talk_first":
        _call_staff(matter, participant, actor)
    address = go_to()
    if save_key is not None:
        SavedForm.objects.create(key=save_key, matter=matter, user=actor, body_hash=body, redirect=address)
    return address


def _refuse_locked(participant: Participant, page: Page, item: UUID | None, keys: set[str]) -> None:
    if not is_locked(participant):
        return
    item_id = None if item is None else str(item)
    asked = {ask.question.key for ask in open_asks(participant) if ask.page.slug == page.slug and ask.item == item_id}
    if not keys or not keys <= asked:
        raise AnswersLockedError


def _changed(current: Current, slot: str | None, item: str | None, wanted: Cells) -> Cells:
    """Keep what differs from the current answers; saving the same again adds no row."""
    changed: Cells = {}
    for key, cell in wanted.items():
        row = current.rows.get((slot, item, key))
        before = Cell() if row is None else Cell(row.value, row.certainty, row.source, row.note)
        if (before.value, before.certainty, before.note) != (cell.value, cell.certainty, cell.note):
            changed[key] = cell
    return changed


def _refuse_conflicts(
    current: Current, slot: str | None, item: str | None, changed: Cells, version: int | None
) -> None:
    if version is None:
        return
    conflicts = []
    for key, cell in changed.items():
        row = current.rows.get((slot, item, key))
        if row is not None and row.pk > version:
            kept = Cell(row.value, row.certainty, row.source, row.note)
            conflicts.append(Conflict(key, kept, cell, row.answered_by, row.answered_at))
    if conflicts:
        newest = max(row.pk for row in current.rows.values())
        raise PageConflictError(conflicts, newest)


def _add_rows(matter: Matter, owner: Participant | None, item: UUID | None, cells: Cells, actor: User) -> None:
    now = timezone.now()
    for key, cell in cells.items():
        Answer.objects.create(
            matter=matter,
            participant=owner,
            question=key,
            item=item,
            value=cell.value,
            certainty=cell.certainty,
            note=cell.note,
            answered_by=actor,
            answered_at=now,
        )


def _mark(
    current: Current, matter: Matter, owner: Participant | None, slug: str, actor: User, certainty: str = KNOWN
) -> bool:
    """Note that a page was finished once; give whether that is news."""
    before = current.marks.get((None if owner is None else owner.slot, slug))
    if before is not None and before.certainty == certainty:
        return False
    Answer.objects.create(
        matter=matter,
        participant=owner,
        question=f"{PAGE_MARK}{slug}",
        value=True,
        certainty=certainty,
        answered_by=actor,
    )
    return True


@transaction.atomic
def finish_list(*, participant: Participant, page: Page, actor: User, is_put_off: bool = False) -> None:
    """Note that a list is complete, or that the couple would rather go through it with the lawyer."""
    matter = lock_matter(participant.matter)
    if is_locked(Participant.objects.get(pk=participant.pk)):
        raise AnswersLockedError
    slot = slot_of_page(page, participant.slot)
    certainty = TELL_ATTORNEY if is_put_off else KNOWN
    owner = participant if slot is not None else None
    if _mark(current_answers(matter), matter, owner, page.slug, actor, certainty):
        data = {"page": page.slug, "put_off": is_put_off}
        audit.record(Action.INTAKE_PAGE_SAVED, actor=actor, matter=matter, data=data)


def mark_asks_answered(participant: Participant, actor: User, keys: Iterable[str] | None = None) -> int:
    """Note that questions which were asked back have been answered; give how many. None means all of them."""
    asks = [ask for ask in open_asks(participant) if keys is None or ask.question.key in keys]
    for ask in asks:
        Answer.objects.create(
            matter=participant.matter,
            participant=participant,
            question=f"{ASK_MARK}{ask.review_id}",
            value=True,
            answered_by=actor,
        )
    return len(asks)


def new_item_id(matter: Matter, save_key: UUID | None) -> UUID:
    """Give a new thing its id: the same form sent twice makes the same thing."""
    return uuid5(matter.public_id, str(save_key))


def cells_of_new_item(page: Page) -> Cells:
    """Give what a new thing starts with: its kind, where the list holds one kind only."""
    return {"kind": Cell(page.kinds[0].value)} if len(page.kinds) == 1 else {}


@transaction.atomic
def remove_item(*, participant: Participant, page: Page, item: UUID, actor: User) -> None:
    """Take a thing off a list; its answers stay stored and are no longer asked for."""
    matter = lock_matter(participant.matter)
    if is_locked(Participant.objects.get(pk=participant.pk)):
        raise AnswersLockedError
    found = current_answers(matter).record.item(page.group, str(item))
    if found is None:
        return
    Answer.objects.create(
        matter=matter, participant=None, question=f"{page.group}{REMOVED}", item=item, value=True, answered_by=actor
    )
    data = {"page": page.slug, "item": str(item)}
    audit.record(Action.INTAKE_ITEM_REMOVED, actor=actor, matter=matter, data=data)


def pages_with_questions(keys: Iterable[str]) -> list[Page]:
    """Give the pages that ask some questions, in order."""
    wanted = set(keys)
    return [page for page in QDOT.pages if wanted & {question.key for question in page.questions}]


def _call_staff(matter: Matter, participant: Participant, actor: User) -> None:
    """Tell the firm at once that somebody wants to talk first; the spouse is told nothing."""
    audit.record(Action.INTAKE_TALK_ASKED, actor=actor, matter=matter, data={"slot": participant.slot})
    firm, reference = matter.firm, matter.reference
    if firm.email:
        transaction.on_commit(lambda: _send_talk_mail(firm, reference))


def _send_talk_mail(firm: Firm, reference: str) -> None:
    context: Mapping[str, str] = {"firm": firm.name, "reference": reference}
    subject = render_to_string("emails/talk_first_subject.txt", context).strip()
    send_mail(subject, render_to_string("emails/talk_first.txt", context), None, [firm.email], fail_silently=True)
