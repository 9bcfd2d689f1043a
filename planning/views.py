"""The plan pages: door, page, form, service, redirect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import access
from clients.access import Need
from clients.http import SignedInRequest
from clients.models import Matter
from clients.selectors import pending_count
from planning import selectors, services
from planning.basis_page import BasisPage
from planning.calendar_file import CONTENT_TYPE
from planning.documents import PressError
from planning.findings_page import finding_groups
from planning.forms import AssumptionForm, DecideForm, SignForm
from planning.inputs import InputError
from planning.law_page import law_years, year_page
from planning.models import NONE_NEEDED, Plan
from planning.plan_page import PlanPage
from planning.reading import SPOUSES
from planning.services import PlanRefusedError
from planning.state_page import overview, state_page, treaty_page

UNPROCESSABLE = 422


# -- the plan ------------------------------------------------------------------


@login_required
@require_GET
def plan(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show the newest plan, or what is missing before the first one."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    plans = selectors.plans_of(matter)
    return _plan_page(request, matter, plans[0]) if plans else _empty_page(request, matter)


@login_required
@require_GET
def plan_version(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show one plan of the matter."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    return _plan_page(request, matter, selectors.plan_of(matter, plan_id))


@login_required
@require_POST
def run_plan(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Compute a plan: from the record alone, like an earlier plan, or with the assumptions typed."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    assumptions: dict[str, Any] | None = None
    if "plan" in request.POST:
        shown = selectors.plan_of(matter, _uuid(request.POST))
        assumptions = services.assumptions_again(shown)
        if "again" not in request.POST:
            form = _assumption_form(PlanPage(shown), request.POST)
            if not form.is_valid():
                return _plan_page(request, matter, shown, {"assumption_form": form}, UNPROCESSABLE)
            assumptions = form.given()
    try:
        computed = services.compute_plan(matter=matter, assumptions=assumptions, actor=request.user)
    except (PlanRefusedError, InputError) as error:
        messages.error(request, str(error))
        return redirect("planning:plan", matter.public_id)
    messages.success(request, _("Plan %(plan)s is computed.") % {"plan": computed.reference})
    return redirect("planning:plan", matter.public_id)


@login_required
@require_POST
def decide(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Keep the attorney's choice."""
    matter, shown = _for_signing(request, matter_id, plan_id)
    form = _decide_form(PlanPage(shown), request.POST)
    if not form.is_valid():
        return _plan_page(request, matter, shown, {"decide_form": form}, UNPROCESSABLE)
    return _step(
        request,
        shown,
        lambda: services.decide(plan=shown, actor=request.user, **form.cleaned_data),
        _("Your decision is kept. Sign the plan next."),
    )


@login_required
@require_POST
def sign_off(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Freeze the plan under the attorney's name."""
    matter, shown = _for_signing(request, matter_id, plan_id)
    form = _sign_form(shown, request.POST)
    if not form.is_valid():
        return _plan_page(request, matter, shown, {"sign_form": form}, UNPROCESSABLE)
    return _step(
        request,
        shown,
        lambda: services.sign_off_plan(
            plan=shown,
            note=form.cleaned_data["note"],
            projected_law_acknowledged=form.cleaned_data.get("projected_law_acknowledged", False),
            actor=request.user,
        ),
        _("Plan %(plan)s is signed. The clients see it once you release it.") % {"plan": shown.reference},
    )


@login_required
@require_POST
def release(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Hand the signed plan to the clients."""
    _matter, shown = _for_signing(request, matter_id, plan_id)
    return _step(
        request,
        shown,
        lambda: services.release_plan(plan=shown, actor=request.user),
        _("Plan %(plan)s is with the clients now.") % {"plan": shown.reference},
    )


@login_required
@require_POST
def withdraw(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Take a signed or released plan back."""
    _matter, shown = _for_signing(request, matter_id, plan_id)
    return _step(
        request,
        shown,
        lambda: services.withdraw_plan(plan=shown, actor=request.user),
        _("Plan %(plan)s is withdrawn; the clients no longer see it.") % {"plan": shown.reference},
    )


# -- worksheets and dates --------------------------------------------------------


@login_required
@require_GET
def worksheets(request: SignedInRequest, matter_id: UUID, plan_id: UUID, strategy: str, order: str) -> HttpResponse:
    """Show every worksheet of one option in one order of death."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    shown = selectors.plan_of(matter, plan_id)
    page = PlanPage(shown, order)
    sheets = page.sheets(strategy, order) if order in SPOUSES and strategy != NONE_NEEDED else []
    if not sheets:
        raise Http404
    other = page.other_order
    context = {
        "page": page,
        "plan": shown,
        "sheets": sheets,
        "title": page.title(strategy),
        "other_href": page.sheets_href(strategy, other) if page.sheets(strategy, other) else "",
    }
    return _render(request, matter, "worksheets.html", context)


@login_required
@require_GET
def findings(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show every rule of law that was asked of a plan, and what came of it."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    shown = selectors.plan_of(matter, plan_id)
    return _render(request, matter, "findings.html", {"plan": shown, "groups": finding_groups(shown)})


@login_required
@require_GET
def basis(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show the basis of every asset of a plan, event by event."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    shown = selectors.plan_of(matter, plan_id)
    page = BasisPage(shown, request.GET.get("order", ""))
    return _render(request, matter, "basis.html", {"plan": shown, "page": page})


@login_required
@require_GET
def deadlines(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show the dates of the newest plan, the assumed ones marked."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    plans = selectors.plans_of(matter)
    context = {"page": PlanPage(plans[0]), "plan": plans[0]} if plans else {}
    return _render(request, matter, "deadlines.html", context, tab="deadlines")


@login_required
@require_GET
def deadlines_file(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Give the dates of the newest plan as a calendar file."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    plans = selectors.plans_of(matter)
    if not plans:
        raise Http404
    content = services.export_deadlines(plan=plans[0], actor=request.user)
    return _kept_nowhere(HttpResponse(content, content_type=CONTENT_TYPE), f"{plans[0].reference}.ics")


# -- papers ----------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def documents(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """List the papers; a post makes the paper of the newest plan."""
    is_post = request.method == "POST"
    matter = access.matter_for(request.user, matter_id, Need.PLAN if is_post else Need.VIEW)
    plans = selectors.plans_of(matter)
    newest = plans[0] if plans else None
    if is_post:
        if newest is None:
            raise Http404
        try:
            services.make_document(plan=newest, actor=request.user)
        except (PlanRefusedError, PressError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The paper is made. It is the first in the list."))
        return redirect("planning:documents", matter.public_id)
    context = {"documents": selectors.documents_of(matter), "newest": newest}
    return _render(request, matter, "documents.html", context, tab="documents")


@login_required
@require_GET
def document(request: SignedInRequest, matter_id: UUID, document_id: UUID) -> HttpResponse:
    """Give a paper to staff."""
    matter = access.matter_for(request.user, matter_id, Need.VIEW)
    found = selectors.document_of(matter, document_id)
    name = f"{found.plan.reference}{'-draft' if found.draft else ''}.pdf"
    return _pdf(services.open_document(document=found, actor=request.user), name)


@login_required
@require_GET
def client_document(request: SignedInRequest, matter_id: UUID, document_id: UUID) -> HttpResponse:
    """Give the released paper to the two spouses."""
    matter = access.matter_for(request.user, matter_id, Need.ANSWER)
    found = selectors.released_document_of(matter, document_id)
    return _pdf(services.open_document(document=found, actor=request.user), f"{found.plan.reference}.pdf")


@login_required
@require_GET
def case_file(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Give the portable form of the accepted facts."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    case = services.export_case_file(matter=matter, actor=request.user)
    response = JsonResponse(case, json_dumps_params={"indent": 2, "ensure_ascii": False})
    return _kept_nowhere(response, f"{matter.reference}.json")


# -- law -------------------------------------------------------------------------


@login_required
@require_GET
def law(request: SignedInRequest) -> HttpResponse:
    """List the years of the law on file."""
    access.staff_membership(request.user)
    return render(request, "planning/law.html", {"years": law_years()})


@login_required
@require_GET
def law_year(request: SignedInRequest, year: int) -> HttpResponse:
    """Show the amounts of one year with authority and status."""
    access.staff_membership(request.user)
    page = year_page(year)
    if page is None:
        raise Http404
    return render(request, "planning/law_year.html", {"law": page})


@login_required
@require_GET
def law_states(request: SignedInRequest) -> HttpResponse:
    """Show every state's death taxes and every treaty in one place."""
    access.staff_membership(request.user)
    return render(request, "planning/law_states.html", {"law": overview()})


@login_required
@require_GET
def law_state(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the rules of one state with authority and status."""
    access.staff_membership(request.user)
    page = state_page(code)
    if page is None:
        raise Http404
    return render(request, "planning/law_state.html", {"law": page})


@login_required
@require_GET
def law_treaty(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what one treaty covers, gives and asks."""
    access.staff_membership(request.user)
    page = treaty_page(code)
    if page is None:
        raise Http404
    return render(request, "planning/law_treaty.html", {"law": page})


# -- helps -----------------------------------------------------------------------


def _for_signing(request: SignedInRequest, matter_id: UUID, plan_id: UUID) -> tuple[Matter, Plan]:
    matter = access.matter_for(request.user, matter_id, Need.SIGN)
    return matter, selectors.plan_of(matter, plan_id)


def _step(request: SignedInRequest, shown: Plan, take: Callable[[], object], done: str) -> HttpResponse:
    """Take a step of the signing desk; a refusal is said on the plan's page."""
    try:
        take()
    except (PlanRefusedError, PressError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("planning:plan-version", shown.matter.public_id, shown.public_id)


def _uuid(data: QueryDict) -> UUID:
    try:
        return UUID(str(data.get("plan", "")))
    except ValueError:
        raise Http404 from None


def _assumption_form(page: PlanPage, data: QueryDict | None = None) -> AssumptionForm:
    initial = {name: value for name, value in page.plan.assumptions.items() if value is not None}
    return AssumptionForm(data, initial=initial, names=page.names, printed=page.printed)


def _decide_form(page: PlanPage, data: QueryDict | None = None) -> DecideForm:
    kept = page.plan.decision
    initial = {"chosen_strategy": page.chosen, "reason": kept.reason if kept is not None else ""}
    return DecideForm(data, initial=initial, choices=page.choices, recommended=page.recommended)


def _sign_form(shown: Plan, data: QueryDict | None = None) -> SignForm:
    return SignForm(data, asks_projected=services.uses_projected_law(shown.result))


def _plan_page(
    request: SignedInRequest, matter: Matter, shown: Plan, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = PlanPage(shown, request.GET.get("order", ""))
    plans = selectors.plans_of(matter)
    context = {
        "page": page,
        "plan": shown,
        "plans": plans,
        "is_newest": plans[0].pk == shown.pk,
        "decision": shown.decision,
        "can_sign": _may(request, matter, Need.SIGN),
        "answers_changed": services.answers_changed(shown),
        "law_changed": services.law_changed(shown),
        "picture": page.picture(matter.firm.accent_color),
        "pictures": page.pictures(matter.firm.accent_color),
        "assumption_form": _assumption_form(page),
        "decide_form": _decide_form(page),
        "sign_form": _sign_form(shown),
        **(forms or {}),
    }
    return _render(request, matter, "plan.html", context, status=status)


def _empty_page(request: SignedInRequest, matter: Matter) -> HttpResponse:
    return _render(request, matter, "empty.html", {"to_review": pending_count(matter), "lacks": services.lacks(matter)})


def _may(request: SignedInRequest, matter: Matter, need: Need) -> bool:
    try:
        access.matter_for(request.user, matter.public_id, need)
    except PermissionDenied:
        return False
    return True


def _render(
    request: SignedInRequest,
    matter: Matter,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "plan",
    status: int = 200,
) -> HttpResponse:
    base = {"matter": matter, "current": tab}
    return render(request, f"planning/{template}", {**base, **context}, status=status)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return _kept_nowhere(HttpResponse(content, content_type="application/pdf"), name)


def _kept_nowhere(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "no-store, private"
    return response
