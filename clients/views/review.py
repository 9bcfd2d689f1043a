"""What was handed in, and what the firm decides about it; and the facts the firm enters itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clients import access
from clients.access import Need
from clients.fact_forms import FactsForm
from clients.fields import country_choices
from clients.http import SignedInRequest
from clients.intake.questions import KNOWN
from clients.models import Matter, Participant
from clients.review_forms import COUNTRY_LIST, EditForm, PlaceForm, ReasonForm
from clients.review_page import RowView, next_row, page_context, row_view
from clients.selectors import current_answers, is_locked, review_rows
from clients.services import staff, submissions
from clients.views.staff_words import couple_name
from clients.words import names_for_staff

ANSWERS_PAGE = "clients/staff/answers.html"
FACTS_PAGE = "clients/staff/staff_facts.html"


@login_required
@require_http_methods(["GET", "POST"])
def answers(request: SignedInRequest, matter_id: UUID) -> HttpResponseBase:
    """Show what waits for review and what counts; POST opens a spouse's answers again."""
    matter = access.matter_for(request.user, matter_id, Need.REVIEW)
    if request.method == "POST":
        return _reopen(request, matter)
    return _answers(request, matter)


@login_required
@require_POST
def review_answer(request: SignedInRequest, matter_id: UUID) -> HttpResponseBase:
    """Accept, correct, reject or ask again one answer."""
    matter = access.matter_for(request.user, matter_id, Need.REVIEW)
    if _refuse_closed(request, matter) or not request.POST.get("question"):
        return _to_answers(matter)
    place = PlaceForm(request.POST)
    if not place.is_valid():
        raise Http404
    values = place.cleaned_data
    where = (values["slot"] or None, str(values["item"]) if values["item"] else None, values["question"])
    row = next((row for row in review_rows(matter) if (row.slot, row.item, row.question) == where), None)
    if row is None:
        raise Http404
    if row.submission.public_id != values["submission"] or row.state != values["state"]:
        return _moved(request, matter)
    view = row_view(row, _people(matter), current_answers(matter))
    return _decide(request, matter, view, str(values["decision"]))


def _decide(request: SignedInRequest, matter: Matter, view: RowView, decision: str) -> HttpResponse:
    row, form = view.row, _bound(request, matter, view, decision)
    if form is not None and not form.is_valid():
        return _answers(request, matter, bad=view, bad_form=form)
    onward = next_row(matter, view.id)
    try:
        submissions.review_answer(
            matter=matter,
            question=row.question,
            decision=decision,
            actor=request.user,
            slot=row.slot,
            item=row.item,
            value=form.stored if isinstance(form, EditForm) else None,
            certainty=KNOWN,
            reason=form.cleaned_data["reason"] if form is not None else "",
            submission=row.submission,
        )
    except submissions.UnknownAnswerError:
        return _moved(request, matter)
    words = {
        "accepted": _("Accepted: %(label)s"),
        "edited": _("Corrected: %(label)s"),
        "rejected": _("Rejected: %(label)s. What counted before still counts."),
        "asked_back": _("Asked again: %(label)s"),
    }[decision]
    messages.success(request, words % {"label": row.label})
    return _to_answers(matter, onward)


def _bound(request: SignedInRequest, matter: Matter, view: RowView, decision: str) -> ReasonForm | None:
    """Give the form that was sent, in its place on the page; None when nothing is typed to accept."""
    view.opened = decision
    if decision == "edited":
        if view.edit is None:
            raise Http404
        view.edit = EditForm(view.row, _names(matter), request.POST)
        return view.edit
    if decision == "rejected":
        view.reject = ReasonForm(view.row, decision, request.POST)
        return view.reject
    if decision == "asked_back":
        if view.ask_form is None:
            raise Http404
        view.ask_form = ReasonForm(view.row, decision, request.POST, ask=view.ask)
        return view.ask_form
    return None


@login_required
@require_POST
def accept_all(request: SignedInRequest, matter_id: UUID) -> HttpResponseBase:
    """Accept what waits, as it was shown; with `only_sure` leave out what needs a second look."""
    matter = access.matter_for(request.user, matter_id, Need.REVIEW)
    if _refuse_closed(request, matter):
        return _to_answers(matter)
    try:
        number = staff.accept_shown(
            matter=matter,
            actor=request.user,
            seen=request.POST.get("seen", ""),
            only_sure=request.POST.get("only_sure") == "yes",
        )
    except staff.AnswersMovedError:
        return _moved(request, matter)
    if number:
        text = ngettext("%(n)d answer is accepted.", "%(n)d answers are accepted.", number)
        messages.success(request, text % {"n": number})
    else:
        messages.info(request, _("No answer waits for review."))
    return _to_answers(matter)


@login_required
@require_http_methods(["GET", "POST"])
def staff_facts(request: SignedInRequest, matter_id: UUID) -> HttpResponseBase:
    """Show and save what the firm knows itself, and the assumptions of this matter."""
    matter = access.matter_for(request.user, matter_id, Need.REVIEW)
    if request.method == "GET":
        return _facts(request, matter, FactsForm(matter))
    if _refuse_closed(request, matter):
        return redirect("clients:staff-facts", matter.public_id)
    form = FactsForm(matter, request.POST)
    if not form.is_valid():
        return _facts(request, matter, form)
    try:
        changed = staff.save_facts(
            matter=matter, values=form.changed_values(), actor=request.user, version=form.version_shown
        )
    except staff.FactsChangedError as error:
        form.show_conflicts(error)
        return _facts(request, matter, form, status=409)
    messages.success(request, _("The facts are saved.") if changed else _("Nothing was changed."))
    return redirect("clients:staff-facts", matter.public_id)


def _facts(request: SignedInRequest, matter: Matter, form: FactsForm, status: int = 200) -> HttpResponse:
    context = {"matter": matter, "couple": _couple(matter), "form": form, "is_open": matter.closed_at is None}
    context |= {"country_list": COUNTRY_LIST, "countries": country_choices()}
    return render(request, FACTS_PAGE, context, status=status)


def _reopen(request: SignedInRequest, matter: Matter) -> HttpResponse:
    """Open a spouse's handed-in answers again."""
    if _refuse_closed(request, matter):
        return _to_answers(matter)
    slot = request.POST.get("reopen", "")
    participant = _people(matter).get(slot)
    if participant is None:
        raise Http404
    if is_locked(participant):
        submissions.reopen(participant=participant, actor=request.user)
        text = _("%(name)s can change the answers again. What was accepted still counts.")
        messages.success(request, text % {"name": participant.first_name})
    else:
        text = _("%(name)s’s answers are open already.")
        messages.info(request, text % {"name": participant.first_name})
    return _to_answers(matter)


def _refuse_closed(request: SignedInRequest, matter: Matter) -> bool:
    """Say that nothing changes in a closed matter."""
    if matter.closed_at is None:
        return False
    messages.error(request, _("This matter is closed. Nothing was changed."))
    return True


def _moved(request: SignedInRequest, matter: Matter) -> HttpResponse:
    messages.warning(
        request, _("Something changed since you opened the page. Nothing was decided. Look at the answers again.")
    )
    return _to_answers(matter)


def _answers(
    request: SignedInRequest, matter: Matter, *, bad: RowView | None = None, bad_form: ReasonForm | None = None
) -> HttpResponse:
    context = {**page_context(matter, bad=bad), "couple": _couple(matter), "bad_form": bad_form}
    return render(request, ANSWERS_PAGE, context)


def _to_answers(matter: Matter, onward: str = "") -> HttpResponse:
    """Go back to the page, at the answer that comes next."""
    address = reverse("clients:answers", args=[matter.public_id])
    return redirect(f"{address}#row-{onward}" if onward else address)


def _people(matter: Matter) -> dict[str, Participant]:
    return {participant.slot: participant for participant in matter.participants.select_related("matter")}


def _couple(matter: Matter) -> str:
    return couple_name(matter.participants.all())


def _names(matter: Matter) -> dict[str, str]:
    people = _people(matter)
    return names_for_staff(people["a"], people["b"])
