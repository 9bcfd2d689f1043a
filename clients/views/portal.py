"""The couple's pages: home, questions, lists, review, handing in. Door, page, form, service, redirect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import access
from clients.desk import Desk, desk_for
from clients.forms import PageForm
from clients.http import SignedInRequest
from clients.intake.qdot import QDOT
from clients.intake.questions import Item, Page, missing_keys
from clients.selectors import item_title, page_state, slot_of_page
from clients.services import answers, matters, submissions
from clients.services.answers import AnswersLockedError, FormReusedError, PageConflictError
from clients.views.portal_words import conflict_rows, home_words, item_rows, review_sections
from clients.words import fill, number_in_words

REVIEW = "review"


@login_required
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """Send staff to their matters and a client to the own matter."""
    if access.membership_of(request.user) is not None:
        return redirect("clients:board")
    own = list(access.visible_matters(request.user).select_related("firm").order_by("-opened_at", "-pk"))
    if len(own) == 1:
        return redirect("clients:portal", own[0].public_id)
    return render(request, "clients/portal/choose.html", {"matters": own})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language a person likes to read, and go back to the page."""
    if request.user.is_authenticated:
        matters.set_language(user=request.user, language=request.POST.get("language", ""))
        messages.success(request, _("We have noted your language."))
    target = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_own else reverse("clients:home"))


@login_required
@require_GET
def portal(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show what is left, what happens next and whom to call."""
    desk = desk_for(request, matter_id)
    return _render(request, desk, "home.html", home_words(desk))


@login_required
@require_http_methods(["GET", "POST"])
def intake_page(request: SignedInRequest, matter_id: UUID, page: str) -> HttpResponse:
    """Show or save one page of the questionnaire."""
    desk, found = desk_for(request, matter_id), QDOT.page(page)
    if found is None or found.is_step:
        raise Http404
    refused = _not_now(request, desk, found)
    if refused is not None:
        return refused
    if found.is_list:
        return _list(request, desk, found)
    only = _asked_keys(desk, found, None)
    return _questions(request, desk, found, only=only)


@login_required
@require_http_methods(["GET", "POST"])
def intake_item_add(request: SignedInRequest, matter_id: UUID, page: str) -> HttpResponse:
    """Ask about a new thing of a list; it exists from the first save on."""
    desk, parent = desk_for(request, matter_id), QDOT.page(page)
    if parent is None or not parent.is_list:
        raise Http404
    refused = _not_now(request, desk, parent)
    if refused is not None:
        return refused
    item = Item("", answers.cells_of_new_item(parent))
    return _questions(request, desk, QDOT.steps_for(parent, item, desk.slot, desk.current.record)[0], item=item)


@login_required
@require_http_methods(["GET", "POST"])
def intake_item(request: SignedInRequest, matter_id: UUID, page: str, item: UUID) -> HttpResponse:
    """Show or save one page about one thing."""
    desk, step = desk_for(request, matter_id), QDOT.page(page)
    parent = QDOT.page(step.list_page) if step is not None else None
    if step is None or parent is None:
        raise Http404
    found = next((thing for thing in QDOT.items_of(parent, desk.current.record) if thing.id == str(item)), None)
    if found is None:
        raise Http404
    only = _asked_keys(desk, step, str(item))
    refused = None if only else _not_now(request, desk, parent)
    if refused is not None:
        return refused
    if only is None and step not in QDOT.steps_for(parent, found, desk.slot, desk.current.record):
        return redirect("clients:intake-page", desk.matter.public_id, parent.slug)
    return _questions(request, desk, step, item=found, only=only)


@login_required
@require_http_methods(["GET", "POST"])
def intake_item_remove(request: SignedInRequest, matter_id: UUID, page: str, item: UUID) -> HttpResponse:
    """Ask whether a thing should go, and take it off the list."""
    desk, parent = desk_for(request, matter_id), QDOT.page(page)
    if parent is None or not parent.is_list:
        raise Http404
    refused = _not_now(request, desk, parent)
    if refused is not None:
        return refused
    back = redirect("clients:intake-page", desk.matter.public_id, parent.slug)
    found = next((thing for thing in QDOT.items_of(parent, desk.current.record) if thing.id == str(item)), None)
    if found is None:
        if request.method == "POST":
            return back
        raise Http404
    if request.method == "POST":
        try:
            answers.remove_item(participant=desk.participant, page=parent, item=item, actor=desk.user)
        except AnswersLockedError:
            return _locked(request, desk)
        messages.success(request, _("Removed from the list."))
        return back
    context = {"page": parent, "thing": item_title(parent, found, desk.names), "item_id": found.id}
    return _render(request, desk, "remove.html", context)


@login_required
@require_GET
def intake_review(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show all answers of this spouse, ready to be changed or handed in."""
    desk = desk_for(request, matter_id)
    return _render(request, desk, "review.html", review_sections(desk))


@login_required
@require_http_methods(["GET", "POST"])
def intake_submit(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Hand the answers in; afterwards say thank you."""
    desk = desk_for(request, matter_id)
    if request.method == "GET":
        if not desk.is_locked:
            return redirect("clients:intake-review", desk.matter.public_id)
        return _render(request, desk, "thank_you.html", home_words(desk))
    here = reverse("clients:intake-submit", args=[desk.matter.public_id])
    try:
        address = submissions.submit(
            participant=desk.participant,
            actor=desk.user,
            save_key=_save_key(request.POST),
            body=answers.body_hash(request.POST),
            go_to=here,
        )
    except (AnswersLockedError, FormReusedError):
        address = here
    except submissions.NotReadyError:
        messages.error(request, _("Some pages still need an answer. They are listed first."))
        return redirect("clients:intake-review", desk.matter.public_id)
    return redirect(address)


# --- pages ---------------------------------------------------------------------------------------------------


def _not_now(request: SignedInRequest, desk: Desk, page: Page) -> HttpResponse | None:
    """Give the answer for a page that is not open now: handed in, not asked any more, or not yet."""
    matter_id = desk.matter.public_id
    if desk.is_locked:
        if _asked_keys(desk, page, None):
            return None
        return _locked(request, desk) if request.method == "POST" else redirect("clients:intake-review", matter_id)
    if page not in QDOT.pages_for(desk.slot, desk.current.record):
        messages.info(request, _("That page is not needed with your present answers."))
        return redirect("clients:portal", matter_id)
    if page.slug != "working-together" and not desk.has_acknowledged:
        return redirect("clients:intake-page", matter_id, "working-together")
    return None


def _asked_keys(desk: Desk, page: Page, item: str | None) -> frozenset[str] | None:
    """Give the questions of a page that were asked back; None while the answers are open anyway."""
    if not desk.is_locked:
        return None
    keys = frozenset(ask.question.key for ask in desk.asks if ask.page.slug == page.slug and ask.item == item)
    return keys or None


def _list(request: SignedInRequest, desk: Desk, page: Page) -> HttpResponse:
    """Show the things of a list, or note that it is complete."""
    error = ""
    if request.method == "POST":
        is_put_off = "put_off" in request.POST
        rows = item_rows(desk, page)
        if not rows and not is_put_off:
            error = _("Add at least one, or choose to go through it with the lawyer.")
        elif any(row.missing_url for row in rows) and not is_put_off:
            error = _("Something is missing. Open what is marked “Not finished”.")
        else:
            try:
                answers.finish_list(participant=desk.participant, page=page, actor=desk.user, is_put_off=is_put_off)
            except AnswersLockedError:
                return _locked(request, desk)
            after = Desk(desk.matter, desk.participant, desk.user)
            return redirect(_next_address(after, page, request.GET.get("from") == REVIEW))
    context = {
        "page": page,
        "title": fill(page.title, desk.names),
        "intro": fill(page.intro, desk.names),
        "add_label": fill(page.add_label, desk.names),
        "rows": item_rows(desk, page),
        "error": error,
        "can_put_off": page.group == "assets",
        "is_put_off": page_state(page, desk.slot, desk.current).is_put_off,
        "where": desk.where(page),
        "who_sees": _who_sees(desk, page),
    }
    return _render(request, desk, "list.html", context)


def _questions(
    request: SignedInRequest,
    desk: Desk,
    page: Page,
    *,
    item: Item | None = None,
    only: frozenset[str] | None = None,
) -> HttpResponse:
    """Show or save a page of questions."""
    if request.method == "GET":
        return _question_page(request, desk, page, _form(desk, page, item, only), item)
    posted, is_later = _posted(request.POST), "later" in request.POST
    form = _form(desk, page, item, only, posted, is_finishing=not is_later)
    is_valid = form.is_valid()
    if not is_valid and not (is_later and form.cells):
        return _question_page(request, desk, page, form, item)
    try:
        address = _save(request, desk, page, form, item, is_finished=is_valid and not is_later, is_later=is_later)
    except PageConflictError as conflict:
        return _conflict_page(request, desk, page, form, item, conflict)
    except AnswersLockedError:
        return _locked(request, desk)
    if not is_valid:
        posted["version"] = str(_version(Desk(desk.matter, desk.participant, desk.user), page, item))
        posted["save_key"] = str(PageForm(page, sight=desk.sight()).fields["save_key"].initial)
        form = _form(desk, page, item, only, posted, is_finishing=False)
        return _question_page(request, desk, page, form, item)
    for question in form.kept:
        messages.info(
            request,
            _("We kept your earlier answer to “%(question)s”. To remove it, tick “Clear this answer”.")
            % {"question": fill(question.name, desk.names)},
        )
    return redirect(address)


def _form(
    desk: Desk,
    page: Page,
    item: Item | None,
    only: frozenset[str] | None,
    posted: QueryDict | None = None,
    *,
    is_finishing: bool = True,
) -> PageForm:
    names = {**desk.names, "thing": item_title(page, item, desk.names) if item is not None else ""}
    return PageForm(
        page,
        posted,
        sight=desk.sight(item),
        names=names,
        version=_version(desk, page, item),
        only=only,
        is_finishing=is_finishing,
    )


def _version(desk: Desk, page: Page, item: Item | None) -> int:
    keys = [question.key for question in page.questions]
    return desk.current.version_of(slot_of_page(page, desk.slot), item.id if item is not None else None, keys)


def _save(
    request: SignedInRequest,
    desk: Desk,
    page: Page,
    form: PageForm,
    item: Item | None,
    *,
    is_finished: bool,
    is_later: bool,
) -> str:
    """Save a page; a form that was saved before with other answers is compared with what is stored now."""
    key = form.cleaned_data.get("save_key")
    item_id, cells = None, dict(form.cells)
    if item is not None:
        item_id = UUID(item.id) if item.id else answers.new_item_id(desk.matter, key)
        if not item.id:
            cells = {**item.cells, **cells}
    wanted: dict[str, Any] = {
        "participant": desk.participant,
        "page": page,
        "cells": cells,
        "actor": desk.user,
        "item": item_id,
        "version": form.cleaned_data.get("version") or 0,
        "save_key": key,
        "body": answers.body_hash(request.POST),
    }
    if form.only is not None:
        return submissions.answer_asked(**wanted, go_to=reverse("clients:portal", args=[desk.matter.public_id]))
    go_to = _address_after(desk, page, item_id, is_later=is_later, is_review=request.GET.get("from") == REVIEW)
    wanted |= {"cleared": form.cleared, "is_finished": is_finished, "go_to": go_to}
    try:
        return answers.save_page(**wanted)
    except FormReusedError:
        return answers.save_page(**{**wanted, "save_key": None, "version": 0})


def _address_after(desk: Desk, page: Page, item: UUID | None, *, is_later: bool, is_review: bool) -> Callable[[], str]:
    """Give the function that finds the next address once the page is saved."""
    matter_id = desk.matter.public_id

    def address() -> str:
        after = Desk(desk.matter, desk.participant, desk.user)
        if is_later:
            return reverse("clients:portal", args=[matter_id])
        if page.is_step and item is not None:
            return _next_step(after, page, str(item), is_review=is_review)
        return _next_address(after, page, is_review)

    return address


def _next_step(desk: Desk, step: Page, item: str, *, is_review: bool) -> str:
    """Give the next page about the same thing, else the list."""
    matter_id, parent = desk.matter.public_id, QDOT.page(step.list_page)
    if parent is None:
        raise Http404
    found = desk.current.record.item(parent.group, item)
    steps = QDOT.steps_for(parent, found, desk.slot, desk.current.record)
    position = steps.index(step) + 1 if step in steps else len(steps)
    if is_review and not any(missing_keys(later, desk.sight(found)) for later in steps[position:]):
        return reverse("clients:intake-review", args=[matter_id]) + f"#{parent.slug}"
    if position < len(steps):
        return reverse("clients:intake-item", args=[matter_id, steps[position].slug, item]) + _from(is_review)
    return reverse("clients:intake-page", args=[matter_id, parent.slug])


def _next_address(desk: Desk, page: Page, is_review: bool) -> str:  # noqa: FBT001 - one of two places
    """Give the next page that is not done, looking ahead first; then the review."""
    matter_id = desk.matter.public_id
    review = reverse("clients:intake-review", args=[matter_id])
    if is_review:
        return f"{review}#{page.slug}"
    if desk.wants_to_talk:
        return reverse("clients:portal", args=[matter_id])
    states = desk.progress.states
    slugs = [state.page.slug for state in states]
    start = slugs.index(page.slug) + 1 if page.slug in slugs else 0
    for state in (*states[start:], *states[:start]):
        if not state.is_done:
            return reverse("clients:intake-page", args=[matter_id, state.page.slug])
    return review


def _from(is_review: bool) -> str:  # noqa: FBT001 - one of two places
    return "?" + urlencode({"from": REVIEW}) if is_review else ""


def _posted(data: QueryDict) -> QueryDict:
    """Give what was posted, without the answers a person gave up on the conflict page."""
    posted = data.copy()
    for name in list(posted):
        if name.startswith("choice--") and posted[name] == "kept":
            key = name.removeprefix("choice--")
            for other in [other for other in posted if other.split("--")[0] == key]:
                del posted[other]
    return posted


def _save_key(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("save_key", ""))
    except ValueError:
        return None


# --- drawing -------------------------------------------------------------------------------------------------


def _who_sees(desk: Desk, page: Page) -> str:
    if slot_of_page(page, desk.slot) is not None:
        return _("Only you and your lawyers see this page.")
    return _("You, %(spouse)s and your lawyers see this page.") % {"spouse": desk.spouse.first_name}


def _question_page(request: SignedInRequest, desk: Desk, page: Page, form: PageForm, item: Item | None) -> HttpResponse:
    """Draw a page of questions, with its errors if it has some."""
    errors = form.error_list() if form.is_bound else []
    reasons = [ask.reason for ask in desk.asks if form.only is not None and ask.question.key in form.only]
    context = {
        "page": page,
        "title": fill(page.title, form.names),
        "intro": fill(page.intro, form.names),
        "why": fill(page.why, form.names),
        "text": [fill(text, form.names) for text in page.text],
        "thing": form.names.get("thing", "") if item is not None and item.id else "",
        "form": form,
        "errors": errors,
        "error_heading": ngettext("One answer needs another look", "%(n)s answers need another look", len(errors))
        % {"n": number_in_words(len(errors)).capitalize()},
        "reasons": [reason for reason in reasons if reason],
        "is_asked_back": form.only is not None,
        "where": desk.where(page),
        "who_sees": _who_sees(desk, page),
    }
    return _render(request, desk, "page.html", context)


def _conflict_page(
    request: SignedInRequest, desk: Desk, page: Page, form: PageForm, item: Item | None, conflict: PageConflictError
) -> HttpResponse:
    """Show both values of what was changed meanwhile, and keep everything that was typed."""
    conflicting = {found.question for found in conflict.conflicts}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "version", "save_key", "later"} and not name.startswith("choice--")
    ]
    fresh = PageForm(page, sight=desk.sight(item))
    context = {
        "page": page,
        "rows": conflict_rows(desk, page, conflict),
        "typed": typed,
        "has_more": any(name.split("--")[0] not in conflicting for name, _value in typed),
        "version": conflict.version,
        "save_key": fresh.fields["save_key"].initial,
        "where": desk.where(page),
    }
    return _render(request, desk, "conflict.html", context, status=409)


def _locked(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Say that the answers were handed in, and what to do."""
    return _render(request, desk, "locked.html", {}, status=409)


def _render(
    request: SignedInRequest, desk: Desk, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    base = {
        "matter": desk.matter,
        "firm": desk.firm,
        "me": desk.participant,
        "spouse": desk.spouse,
        "saved": desk.saved,
        "contact": desk.firm.contact_name or desk.firm.name,
    }
    return render(request, f"clients/portal/{template}", {**base, **context}, status=status)
