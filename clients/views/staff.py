"""The staff's pages about matters: the board, opening one, its overview, people, activity; searching names."""

from __future__ import annotations

import logging
import uuid
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import access
from clients.access import Need
from clients.http import SignedInRequest
from clients.models import Matter, Participant
from clients.selectors import participant_status, participant_status_label
from clients.selectors.activity import events_page
from clients.selectors.board import Filter, board_page
from clients.selectors.clearing import clearances_of, fingerprint_of, open_conflicts, people_with_email
from clients.services import invitations, looking, matters
from clients.services import staff as work
from clients.services.answers import body_hash
from clients.services.invitations import InvitationClosedError
from clients.services.matters import EmailNotUsableError
from clients.services.staff import ConflictsNotSeenError
from clients.staff_forms import ClearanceForm, OpenMatterForm, ParticipantForm
from clients.views import staff_words as words

logger = logging.getLogger(__name__)
LONGEST_SEARCH = 100
FILTERS = (
    (Filter.OPEN, gettext_lazy("All open")),
    (Filter.MINE, gettext_lazy("Waiting for me")),
    (Filter.CLIENTS, gettext_lazy("Waiting for clients")),
    (Filter.SOON, gettext_lazy("Dates in 30 days")),
    (Filter.CLOSED, gettext_lazy("Closed")),
)


@login_required
@require_GET
def board(request: SignedInRequest) -> HttpResponse:
    """Show the firm's matters, the newest change first."""
    membership = access.staff_membership(request.user)
    asked = request.GET.get("show", "")
    which = Filter(asked) if asked in set(Filter) else Filter.OPEN
    page = board_page(membership.firm, membership.role, which, request.GET.get("after", ""))
    context = {
        "lines": [words.board_line(entry, membership.role) for entry in page.entries],
        "filters": FILTERS,
        "which": which,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "today": timezone.localdate(),
    }
    return render(request, "clients/staff/board.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_matter(request: SignedInRequest) -> HttpResponse:
    """Open a matter for two spouses; names known from other matters are shown first."""
    membership = access.staff_membership(request.user)
    if request.method == "GET":
        return _open_page(request, OpenMatterForm(initial={"save_key": uuid.uuid4()}))
    form = OpenMatterForm(request.POST)
    if not form.is_valid() or request.POST.get("change"):
        return _open_page(request, form)
    spouses = (form.spouse("a"), form.spouse("b"))
    try:
        matter = work.open_checked_matter(
            firm=membership.firm,
            a=spouses[0],
            b=spouses[1],
            actor=request.user,
            seen=form.cleaned_data["seen"],
            key=form.key,
        )
    except ConflictsNotSeenError:
        hits = looking.compare_names(firm=membership.firm, spouses=spouses, actor=request.user)
        known = people_with_email(membership.firm, [spouse.email for spouse in spouses])
        context = {"form": form, "hits": hits, "known": known, "seen": fingerprint_of(hits)}
        return render(request, "clients/staff/open_matter_names.html", context)
    except EmailNotUsableError as refused:
        form.add_error("b_email", str(refused))
        return _open_page(request, form)
    if {person.email for person in matter.participants.all()} != {spouse.email.lower() for spouse in spouses}:
        # The form was sent before and then filled in for another couple, as after Back.
        data = request.POST.copy()
        data["save_key"] = str(uuid.uuid4())
        form = OpenMatterForm(data)
        form.add_error(None, _("This form has opened a matter already. Send it again to open another one."))
        return _open_page(request, form)
    messages.success(request, _("The matter is open. Next: invite both spouses."))
    return redirect("clients:people", matter.public_id)


def _open_page(request: SignedInRequest, form: OpenMatterForm) -> HttpResponse:
    return render(request, "clients/staff/open_matter.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def matter(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show who the couple are, what is soft and the one next step; clear names, close the matter or open it again."""
    found = access.matter_for(request.user, matter_id, Need.VIEW if request.method == "GET" else Need.REVIEW)
    form = ClearanceForm()
    if request.method == "POST" and request.POST.get("action"):
        return _close_or_reopen(request, found, request.POST["action"])
    if request.method == "POST":
        form = ClearanceForm(request.POST)
        if form.is_valid():
            return _clear(request, found, form)
    role = access.staff_membership(request.user).role
    people = list(found.participants.all())
    statuses = {person.slot: participant_status(person) for person in people}
    hits = open_conflicts(found)
    if not form.is_bound:
        form = ClearanceForm(initial={"seen": fingerprint_of(hits)})
    reader = words.Reader(found, people)
    soft_answers, open_facts = words.soft_points(found, reader)
    # Other matters may have brought names since the board's line was written.
    entry = found.board_entry
    entry.conflicts = len(hits)
    context = {
        "matter": found,
        "couple": words.couple_name(people),
        "standing": words.standing(entry, people, statuses, role),
        "step": words.next_step(entry, people, statuses, has_open_facts=bool(open_facts)),
        "pairs": words.who_they_are(reader),
        "people": words.people_rows(found, people),
        "owned": words.owned(reader),
        "soft_answers": soft_answers,
        "open_facts": open_facts,
        "hits": hits,
        "form": form,
        "clearances": clearances_of(found),
    }
    return render(request, "clients/staff/matter.html", context)


def _close_or_reopen(request: SignedInRequest, found: Matter, action: str) -> HttpResponse:
    if action not in {"close", "reopen"}:
        raise Http404
    if action == "close" and matters.close_matter(matter=found, actor=request.user):
        messages.success(request, _("The matter is closed. The couple’s pages and links no longer open."))
    if action == "reopen" and matters.reopen_matter(matter=found, actor=request.user):
        messages.success(request, _("The matter is open again."))
    return redirect("clients:matter", found.public_id)


def _clear(request: SignedInRequest, found: Matter, form: ClearanceForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        cleared = work.clear_conflicts(matter=found, note=data["note"], actor=request.user, seen=data["seen"])
    except ConflictsNotSeenError:
        messages.warning(request, _("Other names came in meanwhile. Look at the list again; nothing was cleared."))
        return redirect(f"{reverse('clients:matter', args=[found.public_id])}#names")
    if cleared is not None:
        messages.success(request, _("The names are cleared and your note is kept."))
    return redirect("clients:matter", found.public_id)


@login_required
@require_http_methods(["GET", "POST"])
def people(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show both spouses, their invitations, and correct what was entered."""
    found = access.matter_for(request.user, matter_id, Need.VIEW if request.method == "GET" else Need.REVIEW)
    spouses = list(found.participants.all())
    forms = {person.slot: ParticipantForm(participant=person) for person in spouses}
    if request.method == "POST":
        person = _person(found, request.POST.get("slot", ""))
        form = ParticipantForm(request.POST, participant=person)
        if form.is_valid() and _correct(request, person, form):
            return redirect("clients:people", found.public_id)
        forms[person.slot] = form
    context = {
        "matter": found,
        "couple": words.couple_name(spouses),
        "cards": [_card(person, forms[person.slot]) for person in spouses],
        "bad": next((form for form in forms.values() if form.is_bound), None),
    }
    return render(request, "clients/staff/people.html", context)


def _card(person: Participant, form: ParticipantForm) -> dict[str, Any]:
    """Give what the page shows of one spouse."""
    status = participant_status(person)
    newest = person.invitations.select_related("sent_by").first()
    return {
        "person": person,
        "form": form,
        "status": participant_status_label(status),
        "mark": words.status_mark(status),
        "invitation": newest,
        "can_invite": person.user_id is None and person.matter.closed_at is None,
        "save_key": uuid.uuid4(),
    }


def _correct(request: SignedInRequest, person: Participant, form: ParticipantForm) -> bool:
    """Save a correction; tell whether it was saved."""
    try:
        is_link_ended = work.correct_participant(participant=person, spouse=form.spouse(), actor=request.user)
    except EmailNotUsableError as refused:
        form.add_error("email", str(refused))
        return False
    if is_link_ended:
        messages.warning(request, _("Saved. The link sent to the earlier address no longer works; send a new one."))
    else:
        messages.success(request, _("Saved."))
    return True


def _person(found: Matter, slot: str) -> Participant:
    if slot not in set(Participant.Slot):
        raise Http404
    return found.participant(slot)


@login_required
@require_POST
def invite(request: SignedInRequest, matter_id: UUID, slot: str) -> HttpResponse:
    """Send a spouse a link; a link sent before stops working."""
    found = access.matter_for(request.user, matter_id, Need.REVIEW)
    person = _person(found, slot)
    address = reverse("clients:people", args=[found.public_id])

    def send() -> str:
        site = request.build_absolute_uri("/")
        invitations.send_invitation(participant=person, base_url=site, actor=request.user)
        return address

    try:
        body = f"{slot}:{body_hash(request.POST)}"[:64]
        work.once(key=_key(request), matter=found, actor=request.user, body=body, do=send)
    except InvitationClosedError:
        messages.error(request, _("No invitation was sent: the spouse has signed in already, or the matter is closed."))
    except EmailNotUsableError as refused:
        messages.error(request, str(refused))
    except (SMTPException, OSError):
        # The link was made; only the mail did not go out. What the server said may hold an address: it is not logged.
        logger.warning("The mail server did not take an invitation")
        messages.error(request, _("The mail server did not take the invitation. Press “Send again” in a few minutes."))
    else:
        messages.success(request, _("The invitation is on its way. The link works once, for 14 days."))
    return redirect(address)


def _key(request: SignedInRequest) -> UUID | None:
    """Read the key of a form; one that cannot be read is none."""
    try:
        return UUID(request.POST.get("save_key", ""))
    except ValueError:
        return None


@login_required
@require_POST
def revoke_invitation(request: SignedInRequest, matter_id: UUID, slot: str) -> HttpResponse:
    """End a spouse's open link."""
    found = access.matter_for(request.user, matter_id, Need.REVIEW)
    if invitations.revoke_invitation(participant=_person(found, slot), actor=request.user):
        messages.success(request, _("The link no longer works."))
    else:
        messages.warning(request, _("There was no open link to revoke."))
    return redirect("clients:people", found.public_id)


@login_required
@require_GET
def activity(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show what happened to a matter, newest first."""
    found = access.matter_for(request.user, matter_id, Need.VIEW)
    spouses = list(found.participants.all())
    before = request.GET.get("before", "")
    events, next_cursor = events_page(found, before)
    context = {
        "matter": found,
        "couple": words.couple_name(spouses),
        "happenings": words.happenings(events, spouses),
        "next_cursor": next_cursor,
        "is_first": not before,
    }
    return render(request, "clients/staff/activity.html", context)


@login_required
@require_POST
def search(request: SignedInRequest) -> HttpResponse:
    """Find matters by a name; the name is sent in the body, so that it stands in no address."""
    membership = access.staff_membership(request.user)
    text = " ".join(request.POST.get("q", "")[:LONGEST_SEARCH].split())
    entries = looking.search_names(firm=membership.firm, text=text, actor=request.user) if text else []
    lines = [words.board_line(entry, membership.role) for entry in entries]
    return render(request, "clients/staff/search.html", {"text": text, "lines": lines})
