"""What staff do to a matter beyond one answer: open it with its conflict check, clear names, save facts, accept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from clients import audit
from clients.audit import Action
from clients.models import Answer, AnswerReview, ConflictClearance, Firm, Matter, Participant, SavedForm, User
from clients.selectors import ReviewRow, conflicts_by_name, review_rows, to_uuid
from clients.selectors.clearing import fingerprint_of, open_conflicts, pair_key
from clients.services import invitations
from clients.services.answers import FormReusedError, lock_matter, redirect_of_saved_form
from clients.services.matters import Spouse, change_participant, open_matter
from clients.services.submissions import save_staff_facts


class ConflictsNotSeenError(Exception):
    """Names stand in other matters and the person has not looked at just these."""


class FactsChangedError(Exception):
    """Somebody saved other facts since the page was opened; `kept` holds theirs by slot and key."""

    def __init__(self, kept: Mapping[tuple[str | None, str], Answer], version: int) -> None:
        super().__init__("The facts were changed since the page was opened.")
        self.kept, self.version = kept, version


class AnswersMovedError(Exception):
    """What waits for review is not what the person looked at."""


@transaction.atomic
def once(*, key: UUID | None, matter: Matter, actor: User, body: str, do: Callable[[], str]) -> str:
    """Do something once for each form: the same form sent again gets the same address and changes nothing."""
    matter = lock_matter(matter)
    try:
        before = redirect_of_saved_form(key=key, matter=matter, actor=actor, body=body)
    except FormReusedError:
        # The page was changed and sent again, as after Back: that is a new wish.
        key, before = None, None
    if before is not None:
        return before
    address = do()
    if key is not None:
        SavedForm.objects.create(key=key, matter=matter, user=actor, body_hash=body, redirect=address)
    return address


@transaction.atomic
def open_checked_matter(
    *, firm: Firm, a: Spouse, b: Spouse, actor: User, seen: str = "", note: str = "", key: UUID | None = None
) -> Matter:
    """Open a matter once its names were compared with the firm's other matters.

    Names found elsewhere must have been shown (`seen` is their fingerprint);
    with a note they are cleared at once, without one the matter waits for it.
    """
    Firm.objects.select_for_update().get(pk=firm.pk)
    saved = SavedForm.objects.filter(key=key, user=actor).select_related("matter__firm").first() if key else None
    if saved is not None and saved.matter.firm_id == firm.pk:
        return saved.matter
    hits = conflicts_by_name(firm, [a.full_name, b.full_name])
    if hits and fingerprint_of(hits) != seen:
        raise ConflictsNotSeenError
    matter = open_matter(firm=firm, a=a, b=b, actor=actor)
    if hits and note:
        clear_conflicts(matter=matter, note=note, actor=actor)
    if key is not None:
        SavedForm.objects.create(key=key, matter=matter, user=actor, body_hash="opened", redirect=str(matter.public_id))
    return matter


@transaction.atomic
def clear_conflicts(*, matter: Matter, note: str, actor: User, seen: str | None = None) -> ConflictClearance | None:
    """Note why the names found in other matters are no conflict; None when there is nothing to clear."""
    matter = lock_matter(matter)
    hits = open_conflicts(matter)
    if not hits:
        return None
    if seen is not None and fingerprint_of(hits) != seen:
        raise ConflictsNotSeenError
    clearance = ConflictClearance.objects.create(
        matter=matter, note=note, hits=[pair_key(matter, hit) for hit in hits], cleared_by=actor
    )
    audit.record(Action.CONFLICTS_CLEARED, actor=actor, matter=matter, data={"count": len(hits)})
    return clearance


@transaction.atomic
def correct_participant(*, participant: Participant, spouse: Spouse, actor: User) -> bool:
    """Correct a spouse; a changed address ends the link sent to the old one. Tell whether a link was ended."""
    before = participant.email
    change_participant(participant=participant, spouse=spouse, actor=actor)
    if participant.email == before:
        return False
    return invitations.revoke_invitation(participant=participant, actor=actor)


# --- review ---------------------------------------------------------------------------------------------------


def is_sure(row: ReviewRow) -> bool:
    """Tell whether an answer can be accepted without a second look: new, known, without a note."""
    return not row.is_soft and not row.note and not row.is_changed and row.declared is not None


def fingerprint_of_rows(rows: Iterable[ReviewRow]) -> str:
    """Give one hash of the answers a page showed as waiting."""
    shown = [[row.slot, row.item, row.question, row.handed_in] for row in rows if row.state == "pending"]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@transaction.atomic
def accept_shown(*, matter: Matter, actor: User, seen: str, only_sure: bool = False) -> int:
    """Accept what waits for review, as it was shown; refuse when something else came in meanwhile."""
    matter = lock_matter(matter)
    rows = [row for row in review_rows(matter) if row.state == "pending"]
    if not rows:
        return 0
    if fingerprint_of_rows(rows) != seen:
        raise AnswersMovedError
    chosen = [row for row in rows if not only_sure or is_sure(row)]
    for row in chosen:
        AnswerReview.objects.create(
            matter=matter,
            submission=row.submission,
            participant=row.participant,
            question=row.question,
            item=to_uuid(row.item),
            decision=AnswerReview.Decision.ACCEPTED,
            old_value=row.handed_in,
            new_value=row.handed_in,
            decided_by=actor,
        )
    if chosen:
        data = {"count": len(chosen), "questions": sorted({row.question for row in chosen})}
        audit.record(Action.ANSWERS_ACCEPTED, actor=actor, matter=matter, data=data)
    return len(chosen)


# --- facts ----------------------------------------------------------------------------------------------------


def facts_version(matter: Matter) -> int:
    """Give the number of the newest fact staff entered: the version a page is shown with."""
    count: int = _own_answers(matter).count()
    return count


def newest_facts(matter: Matter) -> dict[tuple[str | None, str], Answer]:
    """Give the newest entry of staff by slot and question, for the person and the couple."""
    rows = _own_answers(matter).select_related("participant", "answered_by").order_by("pk")
    return {(row.participant.slot if row.participant else None, row.question): row for row in rows}


def _own_answers(matter: Matter) -> Any:
    return Answer.objects.filter(matter=matter, item__isnull=True).exclude(source=Answer.Source.CLIENT_STATED)


@transaction.atomic
def save_facts(
    *, matter: Matter, values: Mapping[str | None, Mapping[str, Any]], actor: User, version: int
) -> list[str]:
    """Save the firm's facts about both spouses and the couple; refuse what somebody else changed meanwhile."""
    matter = lock_matter(matter)
    newest = newest_facts(matter)
    if version != facts_version(matter):
        later = {row.pk for row in _own_answers(matter).order_by("pk")[version:]}
        kept = {
            (slot, key): newest[(slot, key)]
            for slot, facts in values.items()
            for key, value in facts.items()
            if (slot, key) in newest and newest[(slot, key)].pk in later and newest[(slot, key)].value != value
        }
        if kept:
            raise FactsChangedError(kept, facts_version(matter))
    changed: list[str] = []
    for slot, facts in values.items():
        changed += save_staff_facts(matter=matter, values=facts, actor=actor, slot=slot)
    return changed
