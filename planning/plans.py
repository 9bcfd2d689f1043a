"""One door from facts to a plan: joins the engine with the law files, the life table and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from planning.community_property import community_law
from planning.engine.assumptions import Source, Value
from planning.engine.behind import what_changes_the_order
from planning.engine.facts import Couple
from planning.engine.planner import make_plan
from planning.engine.wire import flip_point_to_json, plan_to_json
from planning.federal_holidays import is_legal_holiday
from planning.immigration import processing_times
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book


def plan_json(
    couple: Couple,
    assumptions: Mapping[str, Value],
    *,
    as_of: date,
    sources: Mapping[str, Source] | None = None,
    with_flip_points: bool = True,
) -> dict[str, Any]:
    """Return the plan of a couple as JSON values, with the law on file.

    `assumptions` replace product defaults, `sources` say who set them (default:
    staff). Without the flip points, which take longer than all else, the answer
    comes at once. Raises `LawNotKnownError` where no law is known for `as_of`.
    """
    plan = make_plan(
        couple,
        lawbook=official_lawbook(),
        given=assumptions,
        sources=sources or {},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=as_of,
        state_book=official_state_book(),
        treaty_book=treaty_book(),
        community=community_law(),
        processing=processing_times(),
        with_flip_points=with_flip_points,
    )
    return plan_to_json(plan)


def flip_points_json(
    couple: Couple, assumptions: Mapping[str, Value], *, as_of: date, sources: Mapping[str, Source]
) -> list[dict[str, Any]]:
    """Return the flip points that `plan_json` would give, and nothing else. Raises as it does."""
    found = what_changes_the_order(
        couple,
        lawbook=official_lawbook(),
        given=assumptions,
        sources=sources,
        life_table=life_table(),
        as_of=as_of,
        state_book=official_state_book(),
        treaty_book=treaty_book(),
    )
    return [flip_point_to_json(point) for point in found]
