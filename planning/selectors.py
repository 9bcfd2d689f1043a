"""Reads of plans and papers for the pages; a matter was opened through the access door before."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from clients.models import Matter
from planning.models import Document, Plan, Scenario


def plans_of(matter: Matter) -> list[Plan]:
    """Return the plans of a matter, newest first."""
    return list(
        Plan.objects.for_matter(matter).select_related("computed_by", "signed_off_by", "released_by", "withdrawn_by")
    )


def newest_plan(matter: Matter) -> Plan | None:
    """Return the newest plan of a matter; None where none was computed."""
    found: Plan | None = Plan.objects.for_matter(matter).first()
    return found


def plan_of(matter: Matter, plan_id: UUID) -> Plan:
    """Return a plan of this matter; 404 for one that is absent or another matter's."""
    found: Plan | None = Plan.objects.for_matter(matter).filter(public_id=plan_id).first()
    if found is None:
        raise Http404
    return found


def scenarios_of(matter: Matter) -> list[Scenario]:
    """Return the scenarios of a matter, in the order they were made."""
    return list(Scenario.objects.for_matter(matter).select_related("created_by"))


def scenario_of(matter: Matter, scenario_id: UUID) -> Scenario:
    """Return a scenario of this matter; 404 for one that is absent or another matter's."""
    found: Scenario | None = (
        Scenario.objects.for_matter(matter)
        .select_related("matter__firm", "created_by")
        .filter(public_id=scenario_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def documents_of(matter: Matter) -> list[Document]:
    """Return the papers of a matter without their bytes, newest first."""
    found = Document.objects.filter(plan__matter=matter).select_related("plan", "created_by")
    return list(found.defer("content", "plan__facts", "plan__result").order_by("-pk"))


def document_of(matter: Matter, document_id: UUID) -> Document:
    """Return a paper of this matter; 404 for one that is absent or another matter's."""
    found = Document.objects.select_related("plan__matter__firm").filter(plan__matter=matter, public_id=document_id)
    document = found.first()
    if document is None:
        raise Http404
    return document


def released_document_of(matter: Matter, document_id: UUID) -> Document:
    """Return the paper the clients were given; 404 for any other one, also an earlier one."""
    if matter.plan_released_at is None or matter.released_document_public_id != document_id:
        raise Http404
    document = document_of(matter, document_id)
    if document.draft or document.plan.status != Plan.Status.RELEASED:
        raise Http404
    return document
