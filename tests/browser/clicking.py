"""A click that leads to another page, and the wait for that page.

Playwright's click returns before the browser has left the old page; a check
that follows at once reads the old page, or one that is half there. Every click
that leads on goes through `follow`.
"""

from tests.factories import PASSWORD


def follow(page, target):
    """Click `target`, and wait until the page it leads to is whole."""
    with page.expect_navigation(wait_until="load"):
        target.click()


def press(page, name):
    """Press the button of that name; the new page is whole on return."""
    follow(page, page.get_by_role("button", name=name).first)


def sign_in(page, base, email, password=PASSWORD):
    """Sign in with a password; the page behind the sign-in is whole on return."""
    page.goto(f"{base}/accounts/login/")
    page.locator('[name="login"]').fill(email)
    page.locator('[name="password"]').fill(password)
    follow(page, page.locator("main form button[type=submit]").first)
