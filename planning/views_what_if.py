"""The what-if page and the scenarios of a matter: door, page, form, service, redirect."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import access
from clients.access import Need
from clients.http import SignedInRequest
from clients.models import Matter
from planning import scenarios, selectors, what_if
from planning.engine.facts import Spouse
from planning.inputs import InputError
from planning.models import Plan, Scenario
from planning.plan_page import PlanPage
from planning.scenario_page import ScenariosPage
from planning.scenarios import MOST_COMPARED, NameTakenError, ScenarioMovedError
from planning.services import PlanRefusedError
from planning.what_if import Answer
from planning.what_if_form import GrowthSetsForm, ScenarioForm, WhatIfForm

UNPROCESSABLE = 422
# The fields that a page of ours carries along beside what people type.
AGAINST, SCENARIO, ASSUMPTIONS = "against", "scenario", "assumptions"


# -- what if ---------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def what_if_page(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show the saved plan's assumptions as a form; a post answers what was typed, and keeps nothing."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    newest = selectors.newest_plan(matter)
    if newest is None:
        return _render(request, matter, "what_if_empty.html", {})
    if request.method == "GET":
        return _page(request, matter, _Desk(matter, newest))
    desk = _Desk.of(matter, newest, request.POST)
    form = desk.form(request.POST)
    is_valid = form.is_valid()
    given = form.given() if is_valid else what_if.given_in(request.POST.get(ASSUMPTIONS, ""))
    if request.headers.get("HX-Request") != "true":
        return _page(request, matter, desk, form=form, given=given, status=200 if is_valid else UNPROCESSABLE)
    context: dict[str, Any] = {"matter": matter, "form": form, "desk": desk, "is_partial": True}
    if not is_valid:
        response = render(request, "planning/_what_if_refused.html", context)
        response["HX-Reswap"] = "none"  # the last good answer stays
        return response
    try:
        context["answer"] = desk.answer(given or {})
    except PlanRefusedError as error:
        response = render(request, "planning/_what_if_refused.html", {**context, "refused": str(error)})
        response["HX-Reswap"] = "none"
        return response
    return render(request, "planning/_what_if_answered.html", context)


@login_required
@require_GET
def what_if_scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Show the what-if page filled with a scenario."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    scenario = selectors.scenario_of(matter, scenario_id)
    newest = selectors.newest_plan(matter)
    if newest is None:
        return _render(request, matter, "what_if_empty.html", {})
    return _page(request, matter, _Desk(matter, newest, scenario=scenario))


@login_required
@require_POST
def what_if_flips(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Look for what would change the first place under the assumptions shown; takes longer, so it comes behind."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    newest = selectors.newest_plan(matter)
    if newest is None:
        raise Http404
    desk = _Desk.of(matter, newest, request.POST)
    given = what_if.given_in(request.POST.get(ASSUMPTIONS, ""))
    if request.headers.get("HX-Request") != "true":
        return _page(request, matter, desk, given=given, with_flip_points=True)
    return render(request, "planning/_what_if_flips.html", {"flips": _flips(desk, given), "has_looked": True})


class _Desk:
    """What the what-if page lies on: the saved plan beside it, and what its fields opened with."""

    def __init__(
        self, matter: Matter, newest: Plan, *, opened_with: Plan | None = None, scenario: Scenario | None = None
    ) -> None:
        self.matter, self.saved, self.scenario = matter, newest, scenario
        self.opened_with = opened_with or newest
        self.is_gone = False

    @classmethod
    def of(cls, matter: Matter, newest: Plan, data: QueryDict) -> _Desk:
        """Return the desk a posted page was opened with; another matter's plan is 404, a deleted scenario is said."""
        against = _uuid(data.get(AGAINST, "")) if data.get(AGAINST) else newest.public_id
        # What a plan says is long: the one that was read already is not read again.
        opened = newest if against == newest.public_id else selectors.plan_of(matter, against)
        scenario, is_gone = None, False
        if data.get(SCENARIO):
            try:
                scenario = selectors.scenario_of(matter, _uuid(data.get(SCENARIO, "")))
            except Http404:
                is_gone = True
        desk = cls(matter, newest, opened_with=opened, scenario=scenario)
        desk.is_gone = is_gone
        return desk

    @property
    def names(self) -> dict[Spouse, str]:
        """The spouses' names by slot."""
        return _names(self.matter)

    @property
    def is_older(self) -> bool:
        """Whether a newer plan was computed since the page was opened."""
        return bool(self.saved.pk != self.opened_with.pk)

    @property
    def given(self) -> dict[str, Any]:
        """What was set in what the page opened with."""
        kept = self.scenario.assumptions if self.scenario is not None else self.opened_with.assumptions
        return {name: value for name, value in kept.items() if value is not None}

    def form(self, data: QueryDict | None = None, shown: dict[str, Any] | None = None) -> WhatIfForm:
        """Return the form, bound to what was typed, or filled with what is shown."""
        opened = self.scenario.figures if self.scenario is not None else self.opened_with.result
        start = {row["name"]: row["value"] for row in opened["assumptions"]}
        return WhatIfForm(
            data, names=self.names, printed=_printed(self.saved), start=start, kept=self.given, shown=shown
        )

    def answer(self, given: dict[str, Any]) -> Answer:
        """Work the matter out under these assumptions."""
        return what_if.answer(saved=self.saved, assumptions=given, names=_by_slot(self.matter))


def _flips(desk: _Desk, given: dict[str, Any] | None) -> list[str] | None:
    """Say what would change the first place; None where it could not be looked for."""
    if given is None:
        return None
    try:
        return what_if.flips(saved=desk.saved, assumptions=given)
    except PlanRefusedError:
        return None


def _page(
    request: SignedInRequest,
    matter: Matter,
    desk: _Desk,
    *,
    form: WhatIfForm | None = None,
    given: dict[str, Any] | None = None,
    with_flip_points: bool = False,
    keep_form: ScenarioForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the whole page; without `given` it answers what the page opens with."""
    shown = desk.given if given is None else given
    try:
        answer: Answer | None = desk.answer(shown)
        refused = ""
    except PlanRefusedError as error:
        answer, refused = None, str(error)
    context = {
        "desk": desk,
        "form": form or desk.form(shown=given),
        "answer": answer,
        "refused": refused,
        "has_looked": with_flip_points,
        "flips": _flips(desk, given) if with_flip_points else None,
        "keep_form": keep_form or ScenarioForm(),
        "scenario_count": len(selectors.scenarios_of(matter)),
    }
    return _render(request, matter, "what_if.html", context, status=status)


# -- scenarios -------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def scenario_list(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """List the scenarios; a post keeps the assumptions of the what-if page under a name."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    newest = selectors.newest_plan(matter)
    if request.method == "GET" or newest is None:
        return _list_page(request, matter)
    given = what_if.given_in(request.POST.get(ASSUMPTIONS, ""))
    desk, form = _Desk.of(matter, newest, request.POST), ScenarioForm(request.POST)
    if given is None:
        messages.error(request, _("The assumptions did not arrive whole. Work them out again, then keep them."))
        return _page(request, matter, desk, keep_form=form, status=UNPROCESSABLE)
    if form.is_valid():
        try:
            made = scenarios.keep(matter=matter, assumptions=given, actor=request.user, **form.cleaned_data)
        except NameTakenError:
            form.add_error("name", _name_taken())
        except (PlanRefusedError, InputError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The scenario is kept."))
            return redirect("planning:scenario", matter.public_id, made.public_id)
    return _page(request, matter, desk, given=given, keep_form=form, status=UNPROCESSABLE)


@login_required
@require_POST
def growth_sets(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Keep two growth sets beside the newest plan."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    newest = selectors.newest_plan(matter)
    if newest is None:
        raise Http404
    form = GrowthSetsForm(request.POST)
    if form.is_valid():
        try:
            scenarios.keep_growth_sets(plan=newest, points=form.cleaned_data["points"], actor=request.user)
        except NameTakenError:
            form.add_error("points", _("These growth sets are kept already. Write other points, or delete them."))
        except PlanRefusedError as error:
            form.add_error("points", str(error))
        else:
            messages.success(request, _("Two scenarios are kept: lower and higher growth."))
            return redirect("planning:scenarios", matter.public_id)
    return _list_page(request, matter, growth_form=form, status=UNPROCESSABLE)


@login_required
@require_http_methods(["GET", "POST"])
def scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Show one scenario; a post gives it another name or note."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    found = selectors.scenario_of(matter, scenario_id)
    if request.method == "GET":
        return _scenario_page(request, matter, found)
    form = ScenarioForm(request.POST)
    if form.is_valid():
        try:
            version = int(request.POST.get("version", "0"))
        except ValueError:
            version = 0
        try:
            scenarios.change(scenario=found, version=version, actor=request.user, **form.cleaned_data)
        except NameTakenError:
            form.add_error("name", _name_taken())
        except ScenarioMovedError:
            words = _("Somebody changed it meanwhile: it is called “%(name)s” now. Press again to write over that.")
            form.add_error(None, words % {"name": found.name})
        else:
            messages.success(request, _("The scenario is changed."))
            return redirect("planning:scenario", matter.public_id, found.public_id)
    return _scenario_page(request, matter, found, form=form, status=UNPROCESSABLE)


@login_required
@require_POST
def clone_scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Keep a copy of a scenario."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    found = selectors.scenario_of(matter, scenario_id)
    try:
        copy = scenarios.clone(scenario=found, actor=request.user)
    except PlanRefusedError as error:
        messages.error(request, str(error))
        return redirect("planning:scenario", matter.public_id, found.public_id)
    messages.success(request, _("The copy is kept. Give it a name of its own."))
    return redirect("planning:scenario", matter.public_id, copy.public_id)


@login_required
@require_POST
def compute_scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Work a scenario out on the answers and law of today."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    found = selectors.scenario_of(matter, scenario_id)
    try:
        scenarios.compute_again(scenario=found, actor=request.user)
    except (PlanRefusedError, InputError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The scenario is computed again."))
    return redirect("planning:scenario", matter.public_id, found.public_id)


@login_required
@require_http_methods(["GET", "POST"])
def delete_scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Ask whether to delete a scenario; a post deletes it."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    found = selectors.scenario_of(matter, scenario_id)
    if request.method == "GET":
        return _render(request, matter, "scenario_delete.html", {"scenario": found})
    scenarios.delete(scenario=found, actor=request.user)
    messages.success(request, _("The scenario is deleted."))
    return redirect("planning:scenarios", matter.public_id)


@login_required
@require_POST
def promote_scenario(request: SignedInRequest, matter_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Compute a new plan with the scenario's assumptions."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    found = selectors.scenario_of(matter, scenario_id)
    try:
        computed = scenarios.promote(scenario=found, actor=request.user)
    except (PlanRefusedError, InputError) as error:
        messages.error(request, str(error))
        return redirect("planning:scenario", matter.public_id, found.public_id)
    messages.success(request, _("Plan %(plan)s is computed from the scenario.") % {"plan": computed.reference})
    return redirect("planning:plan", matter.public_id)


@login_required
@require_GET
def compare_scenarios(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Show up to eight scenarios side by side, the saved plan first."""
    matter = access.matter_for(request.user, matter_id, Need.PLAN)
    asked = request.GET.getlist("s")
    chosen = [found for found in selectors.scenarios_of(matter) if str(found.public_id) in asked]
    if not chosen:
        messages.error(request, _("Choose the scenarios to compare: tick one or more."))
        return redirect("planning:scenarios", matter.public_id)
    if len(chosen) > MOST_COMPARED:
        words = _("Choose eight scenarios or fewer; %(number)s are ticked.") % {"number": len(chosen)}
        return _list_page(request, matter, ticked=asked, too_many=words, status=UNPROCESSABLE)
    page = ScenariosPage(selectors.newest_plan(matter), chosen, _by_slot(matter))
    back = urlencode([("s", str(found.public_id)) for found in chosen])
    return _render(request, matter, "scenario_compare.html", {"page": page, "back": back})


def _list_page(
    request: SignedInRequest,
    matter: Matter,
    *,
    growth_form: GrowthSetsForm | None = None,
    ticked: list[str] | None = None,
    too_many: str = "",
    status: int = 200,
) -> HttpResponse:
    newest = selectors.newest_plan(matter)
    page = ScenariosPage(newest, selectors.scenarios_of(matter), _by_slot(matter))
    context = {
        "page": page,
        "plan": newest,
        "growth_form": growth_form or GrowthSetsForm(),
        "ticked": request.GET.getlist("s") if ticked is None else ticked,
        "too_many": too_many,
        "most": MOST_COMPARED,
    }
    return _render(request, matter, "scenarios.html", context, status=status)


def _scenario_page(
    request: SignedInRequest, matter: Matter, found: Scenario, *, form: ScenarioForm | None = None, status: int = 200
) -> HttpResponse:
    newest = selectors.newest_plan(matter)
    page = ScenariosPage(newest, [found], _by_slot(matter))
    context = {
        "scenario": found,
        "page": page,
        "column": page.columns[-1],
        "plan": newest,
        "form": form or ScenarioForm(initial={"name": found.name, "note": found.note}),
    }
    return _render(request, matter, "scenario.html", context, status=status)


# -- helps -----------------------------------------------------------------------


def _names(matter: Matter) -> dict[Spouse, str]:
    return {"a": matter.participant("a").full_name, "b": matter.participant("b").full_name}


def _by_slot(matter: Matter) -> dict[str, str]:
    return {str(slot): name for slot, name in _names(matter).items()}


def _printed(plan: Plan) -> dict[str, str]:
    """Say for each assumption what the saved plan used, and who set it."""
    words = _("saved plan: %(value)s (%(source)s)")
    rows = zip(plan.result["assumptions"], PlanPage(plan).assumed, strict=True)
    return {row["name"]: words % {"value": said.value, "source": said.source} for row, said in rows}


def _name_taken() -> str:
    return _("Another scenario of this matter has this name. Write another one.")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _render(
    request: SignedInRequest, matter: Matter, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    base = {"matter": matter, "current": "plan"}
    return render(request, f"planning/{template}", {**base, **context}, status=status)
