"""What `./run bench comparison` measures of the what-if page: an answer, the page alone, and what comes behind."""

from __future__ import annotations

import json
import statistics
import sys
from typing import Any
from unittest import mock

from tools.bench_comparison import cpu_seconds

ROUNDS = 9
MOST_TIMES_THE_PAGE = 2
MOST_SECONDS_BEHIND = 0.3
TRIED = {"growth": "4.5"}


class _Desk:
    """A member of staff at the what-if page of the demo's finished matter."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.test import Client
        from django.urls import reverse

        from planning.models import Plan

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        plan = Plan.objects.get()
        names = "planning:what-if", "planning:what-if-flips"
        self.answer_at, self.behind_at = (reverse(name, args=[plan.matter.public_id]) for name in names)
        self.against = str(plan.public_id)
        self.client = Client()
        self.client.force_login(plan.computed_by)

    def _post(self, address: str, typed: dict[str, str]) -> None:
        response = self.client.post(address, {**typed, "against": self.against}, headers={"HX-Request": "true"})
        if response.status_code != 200:  # noqa: PLR2004 - as the browser sees it
            sys.exit(f"{address} answers {response.status_code}.")

    def answer(self) -> None:
        """Change an assumption."""
        self._post(self.answer_at, TRIED)

    def behind(self) -> None:
        """Ask for what would change the order."""
        self._post(self.behind_at, {"assumptions": json.dumps(TRIED)})


def what_if() -> None:
    """Print what an answer costs beside the page without the engine, and what comes behind it; exit if too much."""
    from planning import plans, services

    desk, kept = _Desk(), {}
    real = plans.plan_json

    def remembered(*args: Any, **options: Any) -> dict[str, Any]:
        kept["result"] = real(*args, **options)
        return kept["result"]

    with mock.patch.object(services, "plan_json", remembered):
        desk.answer()
    with_engine, page = [], []
    for _ in range(ROUNDS):
        with_engine.append(cpu_seconds(desk.answer))
        with mock.patch.object(services, "plan_json", return_value=kept["result"]):
            page.append(cpu_seconds(desk.answer))
    times = statistics.median(with_engine) / statistics.median(page)
    print(
        f"a what-if answer and the same page without the engine: {times:.2f} times"
        f" ({statistics.median(with_engine) * 1000:.0f} ms against {statistics.median(page) * 1000:.0f} ms)"
    )
    if times > MOST_TIMES_THE_PAGE:
        sys.exit(f"That is more than {MOST_TIMES_THE_PAGE} times.")
    desk.behind()
    behind = statistics.median(cpu_seconds(desk.behind) for _ in range(ROUNDS))
    print(
        f"what comes behind the answer, page and all: {behind * 1000:.0f} ms of processor time,"
        f" as much as {behind / statistics.median(page):.1f} pages without the engine"
    )
    if behind >= MOST_SECONDS_BEHIND:
        sys.exit(f"That is not below {MOST_SECONDS_BEHIND} s.")
