"""The staff's matter pages in a real browser: accessible at both widths, and moved through by keys."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clients.services.invitations import send_invitation
from clients.services.matters import Spouse, open_matter
from tests.browser.clicking import press
from tests.browser.conftest import DESK, PHONE
from tests.factories import make_firm, make_staff

LONG = "Lucía Marín Ellery Al-Haddad von und zu Hohenstein-Gutenberg " + "x" * 100


@pytest.fixture
def dana(transactional_db):
    """Make the paralegal with two matters: one with names that also stand in the other."""
    user = make_staff(make_firm(), "paralegal")
    for number, names in enumerate((("Carl Ellery", "Lucía Marín"), (LONG, "王小明"))):
        a, b = (Spouse(name, f"{slot}{number}@clients.example") for slot, name in zip("ab", names, strict=True))
        matter = open_matter(firm=user.membership.firm, a=a, b=b, actor=user)
        send_invitation(participant=matter.participant("a"), base_url="http://testserver", actor=user)
    return user


@pytest.fixture
def desk(dana, open_page, live_server):
    """Open a page in which the paralegal is signed in."""

    def opener(width):
        browser = Client()
        browser.force_login(dana)
        page = open_page(width=width)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": live_server.url}])
        return page

    return opener


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_matter_page_is_accessible(desk, dana, live_server, accessible, width):
    page = desk(width)
    matter = dana.membership.firm.matters.last()

    for address in (
        reverse("clients:board"),
        reverse("clients:board") + "?show=closed",
        reverse("clients:open-matter"),
        *(reverse(f"clients:{name}", args=[matter.public_id]) for name in ("matter", "people", "activity")),
    ):
        page.goto(live_server.url + address)
        accessible(page)


def test_a_matter_is_opened_after_its_names_were_seen(desk, live_server, accessible):
    page = desk(PHONE)
    page.goto(live_server.url + reverse("clients:open-matter"))

    page.get_by_label("First spouse’s full name").fill("Lucia Marin")
    page.get_by_label("First spouse’s e-mail").fill("new@clients.example")
    press(page, "Open the matter")
    page.get_by_role("link", name="Second spouse’s full name").wait_for()
    accessible(page)
    page.get_by_label("Second spouse’s full name").fill("Bob Weller")
    page.get_by_label("Second spouse’s e-mail").fill("bob@clients.example")
    press(page, "Open the matter")
    page.get_by_role("heading", name="These names also stand in other matters").wait_for()
    accessible(page)
    press(page, "Open the matter all the same")

    page.get_by_text("The matter is open. Next: invite both spouses.").wait_for()
    accessible(page)


def test_keys_move_open_search_and_tell_themselves(desk, live_server, accessible):
    page = desk(DESK)
    page.goto(live_server.url + reverse("clients:board"))

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "Carl Ellery & Lucía Marín" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert "Hohenstein" in page.evaluate("document.activeElement.textContent")
    page.keyboard.type("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("carl j/k?")
    assert "carl j/k?" == page.get_by_label("Search names").input_value()
    page.get_by_label("Search names").fill("carl")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Search").wait_for()
    assert page.url.endswith(reverse("clients:search"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Carl Ellery & Lucía Marín").wait_for()
