"""Look for names across a firm's matters: what was asked is not kept, that it was asked is."""

from __future__ import annotations

from django.db import transaction

from clients import audit
from clients.audit import Action
from clients.models import BoardEntry, Firm, User
from clients.selectors import Conflict, conflicts_by_name
from clients.selectors.board import search_board
from clients.services.matters import Spouse


@transaction.atomic
def search_names(*, firm: Firm, text: str, actor: User) -> list[BoardEntry]:
    """Find the firm's matters by a name and write into the ledger that somebody looked."""
    found = search_board(firm, text)
    audit.record(Action.SEARCH_RUN, actor=actor, firm=firm, data={"found": len(found)})
    return found


@transaction.atomic
def compare_names(*, firm: Firm, spouses: tuple[Spouse, Spouse], actor: User) -> list[Conflict]:
    """Compare a new couple's names with the firm's matters and write into the ledger that it was done."""
    hits = conflicts_by_name(firm, [spouse.full_name for spouse in spouses])
    audit.record(Action.CONFLICTS_SEARCHED, actor=actor, firm=firm, data={"found": len(hits)})
    return hits
