"""Measure what must not become slow: `./run bench [name]`.

Every benchmark prints a ratio of two things measured side by side in one run, so
that the result says something on a busy machine as well as on a quiet one.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

Benchmark = Callable[[], None]
BENCHMARKS: dict[str, Benchmark] = {}
ROUNDS = 7
CALLS = 20


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Enter a function into the list under its name."""

    def enter(function: Benchmark) -> Benchmark:
        BENCHMARKS[name] = function
        return function

    return enter


def cpu_seconds(call: Callable[[], object]) -> float:
    """Measure the processor time of one round of calls."""
    start = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - start) / CALLS


def compare(title: str, subject: Callable[[], object], yardstick: Callable[[], object]) -> float:
    """Measure two calls in turns, print both and their ratio, and return the ratio."""
    subject()
    yardstick()
    pairs = [(cpu_seconds(subject), cpu_seconds(yardstick)) for _ in range(ROUNDS)]
    ours = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratio = ours / theirs
    print(f"{title}: {ratio:.2f} times ({ours * 1000:.2f} ms against {theirs * 1000:.2f} ms processor time)")
    return ratio


def prepare_django() -> None:
    """Start Django on a database of its own with the demo firm in it."""
    import atexit
    import shutil

    folder = Path(tempfile.mkdtemp(prefix="qdot-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("QDOT_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "qdot_site.settings",
        "QDOT_DEMO": "1",
        "QDOT_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "QDOT_EMAIL_URL": f"file://{folder / 'mail'}",
        "QDOT_MEDIA_ROOT": str(folder / "media"),
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_demo", verbosity=0)


@benchmark("pages")
def pages() -> None:
    """Compare the board of a signed-in member of staff with a bare Django view that reads one row."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path, reverse

    from qdot_site import urls

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"<p>{get_user_model().objects.filter(pk=request.user.pk).count()}</p>")

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    urls.urlpatterns.append(path("bench/bare/", bare))
    member = get_user_model().objects.filter(membership__isnull=False).first()
    if member is None:
        sys.exit("The demo has no staff account to sign in with.")
    client = Client()
    client.force_login(member)
    board = reverse("clients:board")
    compare("staff board and a bare view", lambda: client.get(board), lambda: client.get("/bench/bare/"))


@benchmark("engine")
def engine() -> None:
    """Print full plans a second, and compare one with a bare Decimal computation of the same taxes.

    A full plan: the couple of docs/examples/case-mixed-couple.json, eight
    strategies, both orders, all worksheets and reasons, without flip points.
    """
    from tools.bench_engine import bare_taxes_of_plan, check_against_the_plan, full_plan

    plan, case = full_plan()
    check_against_the_plan(plan)
    bare = bare_taxes_of_plan()
    # The fastest round: the others say how busy the machine was.
    seconds = min(cpu_seconds(lambda: full_plan(case)) for _ in range(ROUNDS))
    sheets = {s.code: s for option in plan.options for order in option.orders for s in order.worksheets}
    lines = sum(len(sheet.lines) for sheet in sheets.values())
    print(f"full plans, {len(plan.options)} strategies, both orders, {lines} lines: {1 / seconds:.0f} a second")
    compare("a full plan and its taxes in bare Decimal arithmetic", lambda: full_plan(case), bare)
    for state in ("NY", "IL"):
        compare(
            f"a full plan of a couple in {state} and the same without state taxes",
            partial(full_plan, case, state=state),
            lambda: full_plan(case),
        )


@benchmark("comparison")
def comparison() -> None:
    """Measure the what-if page and ten thousand lives, and hold the projection over many paths to the exact one."""
    from tools.bench_comparison import comparison as run
    from tools.bench_what_if import what_if

    what_if()
    run()


def main(names: list[str]) -> int:
    """Run the benchmarks that are named, or all of them."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(sorted(BENCHMARKS))}.")
        return 2
    if not names or {"pages", "comparison"} & set(names):
        prepare_django()
    for name in names or sorted(BENCHMARKS):
        print(f"-- {name}")
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
