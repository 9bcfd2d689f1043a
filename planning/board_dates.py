"""Tells the board of matters which date of a plan comes next."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from clients.models import Matter
from planning.models import Plan

LIVE = (Plan.Status.COMPUTED, Plan.Status.SIGNED_OFF, Plan.Status.RELEASED)


def next_plan_date(matter: Matter) -> tuple[date, str] | None:
    """Return the first coming date of the newest live plan with what is due; dates only assumed are left out.

    What to do comes from the arrangement the attorney chose, else from the one recommended.
    """
    plan = Plan.objects.for_matter(matter).filter(status__in=LIVE).first()
    if plan is None:
        return None
    decision = plan.decision
    chosen = decision.chosen_strategy if decision is not None else plan.result["recommendation"]["strategy"]
    dates = [(line["due"], line["what"]) for line in plan.result["deadlines"] if not line["assumed"]]
    dates += [
        (action["by"], action["what"])
        for option in plan.result["options"]
        if option["strategy"] == chosen
        for action in option["actions"]
    ]
    today = timezone.localdate()
    coming = [(date.fromisoformat(day), what) for day, what in dates if day]
    return min(((day, what) for day, what in coming if day >= today), default=None)
