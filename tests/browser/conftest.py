"""A real browser for tests: pages that fail a test by an error, by a foreign host, or by what axe finds.

    def test_something(open_page, live_server, accessible):
        page = open_page(width=PHONE)
        page.goto(live_server.url + "/")
        accessible(page)

Two calls of `open_page` are two people: each has cookies of its own.
"""

import shutil
from urllib.parse import urlparse

import pytest

PHONE = 390
DESK = 1280
HEIGHTS = {PHONE: 844, DESK: 900}
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Start Debian's Chromium once for all tests."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium is not on the PATH; ./run test installs it, or names the command that does.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Open a page in a context of its own; at the end no page may have complained."""
    contexts, problems = [], []
    host = urlparse(live_server.url).netloc

    def watch(page):
        page.on(
            "console",
            lambda message: (
                problems.append(f"console: {message.text} ({message.location.get('url')})")
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on(
            "request",
            lambda request: (
                problems.append(f"foreign host: {request.url}")
                if urlparse(request.url).scheme in {"http", "https"} and urlparse(request.url).netloc != host
                else None
            ),
        )

    def opener(*, width=DESK, **options):
        options.setdefault("viewport", {"width": width, "height": HEIGHTS.get(width, 900)})
        context = chromium.new_context(locale="en-US", reduced_motion="reduce", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.problems = problems
        return page

    yield opener
    for context in contexts:
        context.close()
    assert [] == problems


@pytest.fixture
def accessible():
    """Give a check that fails with axe's own words, and when the page is wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page):
        results = axe.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} px wider than the screen"

    return check
