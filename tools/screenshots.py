"""Takes the pictures of the documents: starts the demo on an own file, signs in, and looks at the pages.

.venv/bin/python -m tools.screenshots
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
ATTORNEY = "priya@marshcalloway.example"
PATIENCE_SECONDS = 40
DESK = {"width": 1280, "height": 1000}
# Each picture of the plan page by the file it is kept in, found by the id of its title.
OF_THE_PLAN = {
    "plan-wealth.png": "#wealth-title",
    "plan-who-gets-what.png": "#flow-title",
    "plan-taxes.png": "#taxes-title",
    "plan-gift-calendar.png": "#gifts-title",
    "plan-range.png": "#range-title",
    "plan-flip-map.png": "#map-title",
    "plan-bypass-share.png": "#curve-bypass-title",
    "plan-gift-years.png": "#curve-years-title",
}


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> None:
    """Serve the demo for a minute and write docs/pictures/*.png."""
    with tempfile.TemporaryDirectory(prefix="qdot-pictures-") as folder:
        environment = {
            **os.environ,
            "QDOT_DEMO": "1",
            "QDOT_SECRET_KEY": "only-for-pictures-0123456789-abcdefghijklmnopqrstuvwxyz",
            "QDOT_DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "QDOT_MEDIA_ROOT": f"{folder}/media",
            "QDOT_EMAIL_URL": f"file://{folder}/mail",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in (["build_fonts"], ["migrate", "-v0"], ["createcachetable"], ["load_demo"]):
            subprocess.run([*manage, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        server = subprocess.Popen(
            [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/accounts/login/")
            take(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(address: str) -> None:
    """Wait until the page answers; raise `TimeoutError` when it does not."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - this machine only
                return
        except (URLError, OSError):
            time.sleep(0.3)
    message = f"{address} did not answer within {PATIENCE_SECONDS} seconds"
    raise TimeoutError(message)


def take(base: str) -> None:
    """Sign in as the demo's attorney and photograph the plan page and its pictures."""
    from playwright.sync_api import sync_playwright

    from planning.demo.firm import PASSWORD

    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=DESK)
        page.goto(f"{base}/accounts/login/")
        page.locator('[name="login"]').fill(ATTORNEY)
        page.locator('[name="password"]').fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(f"{base}/matters/")
        page.get_by_role("link", name="Ellery").first.click()
        page.get_by_role("link", name="Plan", exact=True).click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=str(PICTURES / "plan-page.png"))
        for name, place in OF_THE_PLAN.items():
            page.locator(".picture").filter(has=page.locator(place)).first.screenshot(path=str(PICTURES / name))
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdot_site.settings")
    os.environ.setdefault("QDOT_DEBUG", "1")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    main()
