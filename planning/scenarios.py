"""Scenarios of a matter: keep, rename, clone, compute again, delete, and promote to a plan.

Every step opens the matter through the door, and is one transaction with its
line in the ledger, which holds ids only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import access, audit
from clients.audit import Action
from clients.models import Matter, User
from planning import services
from planning.inputs import HIGHEST_RATE
from planning.models import SCENARIO_NAME, Plan, Scenario
from planning.services import PlanRefusedError, Run
from planning.what_if import figures_of
from qdot_site.templatetags.money import percent

MOST_SCENARIOS = 60
MOST_COMPARED = 8


class NameTakenError(Exception):
    """Another scenario of the matter has this name."""


class ScenarioMovedError(Exception):
    """Somebody changed the scenario since the page was opened."""


def keep(*, matter: Matter, name: str, note: str, assumptions: Mapping[str, Any], actor: User) -> Scenario:
    """Work the assumptions out and keep them under a name.

    Raises `NameTakenError`, `InputError` for a wrong assumption, and
    `PlanRefusedError` where no law is known or there are too many scenarios.
    """
    _open(matter, actor)
    run = services.work_out(matter=matter, assumptions=assumptions, with_flip_points=False)
    with transaction.atomic():
        _lock(matter)
        return _make(matter, name, note, run, actor)


def keep_growth_sets(*, plan: Plan, points: Decimal, actor: User) -> list[Scenario]:
    """Keep two scenarios that differ from a plan in growth only: `points` below and above.

    Raises `PlanRefusedError` where growth would leave the range, `NameTakenError` where they are kept already.
    """
    matter = plan.matter
    _open(matter, actor)
    given = {name: value for name, value in plan.assumptions.items() if value is not None}
    row = next(row for row in plan.result["assumptions"] if row["name"] == "growth")
    base = Decimal(row["value"])
    words = {"points": f"{points.normalize():f}"}
    runs = []
    for growth, label in (
        (base - points, _("Growth %(growth)s, %(points)s points lower")),
        (base + points, _("Growth %(growth)s, %(points)s points higher")),
    ):
        if abs(growth) > HIGHEST_RATE:
            raise PlanRefusedError(_("Growth would leave the range from -50% to 50%. Write fewer points."))
        assumptions = {**given, "growth": f"{growth:f}"}
        run = services.work_out(matter=matter, assumptions=assumptions, with_flip_points=False)
        runs.append((label % {"growth": percent(growth), **words}, run))
    note = _("Beside the base of %(growth)s, plan %(plan)s.") % {"growth": percent(base), "plan": plan.reference}
    with transaction.atomic():
        _lock(matter)
        return [_make(matter, name, note, run, actor) for name, run in runs]


def clone(*, scenario: Scenario, actor: User) -> Scenario:
    """Keep a copy under a free name, with the same figures; raises `PlanRefusedError` where there are too many."""
    matter = scenario.matter
    _open(matter, actor)
    with transaction.atomic():
        _lock(matter)
        _refuse_more(matter)
        copy = Scenario.objects.create(
            matter=matter,
            name=_free_name(matter, _("Copy of %(name)s") % {"name": scenario.name}),
            note=scenario.note,
            assumptions=scenario.assumptions,
            figures=scenario.figures,
            record_fingerprint=scenario.record_fingerprint,
            law_fingerprint=scenario.law_fingerprint,
            engine_version=scenario.engine_version,
            computed_at=scenario.computed_at,
            created_by=actor,
        )
        data = {"scenario": str(copy.public_id), "from": str(scenario.public_id)}
        audit.record(Action.SCENARIO_KEPT, actor=actor, matter=matter, data=data)
    return copy


def change(*, scenario: Scenario, name: str, note: str, version: int, actor: User) -> Scenario:
    """Give a scenario another name or note.

    `version` is the one the page was opened with. Raises `ScenarioMovedError` where somebody changed it since,
    `NameTakenError` where another scenario has the name.
    """
    _open(scenario.matter, actor)
    with transaction.atomic():
        fresh = _locked(scenario)
        if fresh.version != version:
            raise ScenarioMovedError
        _refuse_name(fresh.matter, name, fresh)
        fresh.name, fresh.note = name, note
        fresh.version += 1
        fresh.save(update_fields=["name", "note", "version"])
        _told(Action.SCENARIO_CHANGED, fresh, actor)
    return fresh


def compute_again(*, scenario: Scenario, actor: User) -> Scenario:
    """Work a scenario out on the answers, law and engine of today. Raises as `services.work_out`."""
    _open(scenario.matter, actor)
    run = services.work_out(matter=scenario.matter, assumptions=scenario.assumptions, with_flip_points=False)
    with transaction.atomic():
        fresh = _locked(scenario)
        for field, value in _content(run).items():
            setattr(fresh, field, value)
        fresh.computed_at = timezone.now()
        fresh.save(update_fields=[*_content(run), "computed_at"])
        _told(Action.SCENARIO_COMPUTED, fresh, actor)
    return fresh


def delete(*, scenario: Scenario, actor: User) -> None:
    """Delete a scenario; the ledger keeps that there was one."""
    _open(scenario.matter, actor)
    with transaction.atomic():
        fresh = _locked(scenario)
        _told(Action.SCENARIO_DELETED, fresh, actor)
        fresh.delete()


def promote(*, scenario: Scenario, actor: User) -> Plan:
    """Compute a plan with the scenario's assumptions, from the answers of today. Raises as `services.compute_plan`."""
    return services.compute_plan(
        matter=scenario.matter, assumptions=scenario.assumptions, actor=actor, scenario=str(scenario.public_id)
    )


# -- helps -----------------------------------------------------------------------


def _open(matter: Matter, actor: User) -> None:
    access.matter_for(actor, matter.public_id, access.Need.PLAN)


def _lock(matter: Matter) -> None:
    """Hold the matter's row, so that two people cannot take one name at once."""
    Matter.objects.select_for_update().get(pk=matter.pk)


def _locked(scenario: Scenario) -> Scenario:
    """Return the scenario as stored now; 404 where somebody deleted it meanwhile."""
    _lock(scenario.matter)
    stored = Scenario.objects.select_for_update().select_related("matter__firm").filter(pk=scenario.pk)
    fresh: Scenario | None = stored.first()
    if fresh is None:
        raise Http404
    return fresh


def _content(run: Run) -> dict[str, Any]:
    return {
        "assumptions": run.facts["assumptions"],
        "figures": figures_of(run.result),
        "record_fingerprint": run.record_fingerprint,
        "law_fingerprint": run.result["law"]["fingerprint"],
        "engine_version": run.result["engine_version"],
    }


def _make(matter: Matter, name: str, note: str, run: Run, actor: User) -> Scenario:
    _refuse_more(matter)
    _refuse_name(matter, name)
    made: Scenario = Scenario.objects.create(matter=matter, name=name, note=note, created_by=actor, **_content(run))
    _told(Action.SCENARIO_KEPT, made, actor)
    return made


def _told(action: Action, scenario: Scenario, actor: User) -> None:
    audit.record(action, actor=actor, matter=scenario.matter, data={"scenario": str(scenario.public_id)})


def _refuse_more(matter: Matter) -> None:
    if Scenario.objects.for_matter(matter).count() >= MOST_SCENARIOS:
        message = _("This matter has %(number)s scenarios already. Delete one that is no longer needed.")
        raise PlanRefusedError(message % {"number": MOST_SCENARIOS})


def _refuse_name(matter: Matter, name: str, own: Scenario | None = None) -> None:
    others = Scenario.objects.for_matter(matter).filter(name=name)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise NameTakenError


def _free_name(matter: Matter, wanted: str) -> str:
    taken = set(Scenario.objects.for_matter(matter).values_list("name", flat=True))
    return next(name for name in _names(wanted) if name not in taken)


def _names(wanted: str) -> Iterator[str]:
    """Give the name, then the name with a number, cut to the length that is kept."""
    yield wanted[:SCENARIO_NAME].rstrip()
    for number in count(2):
        tail = f" ({number})"
        yield wanted[: SCENARIO_NAME - len(tail)].rstrip() + tail
