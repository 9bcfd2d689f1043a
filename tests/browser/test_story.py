"""The main job from end to end: a matter is opened, two spouses answer, the plan is signed, the PDF is released.

Four people in four browsers: paralegal, attorney, both spouses. Every page is
looked at by axe, may load nothing from elsewhere, and must fit the screen.
"""

import re
from urllib.parse import urlsplit

import pytest

from clients.models import Matter
from planning.demo import couples
from planning.models import Plan
from tests.browser.clicking import follow, press, sign_in
from tests.browser.conftest import DESK, PHONE
from tests.browser.walk import walk_through
from tests.factories import make_firm, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = re.compile(r"http://\S+/invitation/\S+")
CODE = re.compile(r"\b(\d{6})\b")
PEOPLE = {"a": ("Graham Ellery", "graham@clients.example"), "b": ("Lucía Marín Ellery", "lucia@clients.example")}


def newest_mail(mailoutbox, email, pattern):
    """Return what the newest mail to someone holds."""
    return next(found[0] for mail in reversed(mailoutbox) if email in mail.to and (found := pattern.search(mail.body)))


def once_for_each_kind_of_page(check):
    """Check each page of the intake once, whoever opens it and whatever thing it is about."""
    seen = set()

    def look(page):
        kind = re.sub(r"[0-9a-f-]{36}", "", urlsplit(page.url).path)
        if kind not in seen:
            seen.add(kind)
            check(page)

    return look


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_an_invitation_to_a_released_pdf(  # noqa: PLR0915 - one story, told in order
    open_page, live_server, accessible, mailoutbox, width
):
    base = live_server.url
    look = once_for_each_kind_of_page(accessible)
    firm = make_firm()
    paralegal, attorney = make_staff(firm, "paralegal"), make_staff(firm, "attorney")

    # The paralegal opens the matter and invites both.
    dana = open_page(width=width)
    sign_in(dana, base, paralegal.email)
    accessible(dana)
    dana.goto(f"{base}/matters/open/")
    accessible(dana)
    for slot, (name, email) in PEOPLE.items():
        dana.locator(f'[name="{slot}_full_name"]').fill(name)
        dana.locator(f'[name="{slot}_email"]').fill(email)
    press(dana, "Open the matter")
    matter = Matter.objects.get()
    dana.goto(f"{base}/matters/{matter.public_id}/people/")
    accessible(dana)
    press(dana, "Send the invitation")
    press(dana, "Send the invitation")
    accessible(dana)
    assert {email for _, email in PEOPLE.values()} == {address for mail in mailoutbox for address in mail.to}
    assert not any(name.split()[0] in mail.body for mail in mailoutbox for name, _ in PEOPLE.values())

    # Each spouse comes by the link, proves the mailbox, answers and hands in; both at the same time.
    spouses = {}
    for slot, (_, email) in PEOPLE.items():
        page = spouses[slot] = open_page(width=width)
        page.goto(newest_mail(mailoutbox, email, LINK))
        accessible(page)
        press(page, "Send the code")
        accessible(page)
        page.locator('[name="code"]').fill(newest_mail(mailoutbox, email, CODE))
        press(page, "Go on")
        assert page.url.endswith(f"/portal/{matter.public_id}/")
    answers = {"a": {**couples.ELLERY_SHARED, **couples.GRAHAM}, "b": {**couples.ELLERY_SHARED, **couples.LUCIA}}
    lists = {"a": couples.ELLERY_LISTS, "b": {}}
    for slot, page in spouses.items():
        accessible(page)
        follow(page, page.locator("main a.btn-primary").first)
        walk_through(page, answers[slot], lists[slot], look)
    # What one of them answered can open a page for the other.
    for slot, page in spouses.items():
        page.goto(f"{base}/portal/{matter.public_id}/")
        follow(page, page.locator("main a.btn-primary").first)
        walk_through(page, answers[slot], {}, look)
        press(page, "Send my answers")
        accessible(page)
    assert 2 == matter.submissions.count()

    # Staff read and accept, enter what only the firm can conclude, and run the plan.
    dana.goto(f"{base}/matters/{matter.public_id}/answers/")
    accessible(dana)
    press(dana, "Accept all that is open")
    accessible(dana)
    dana.goto(f"{base}/matters/{matter.public_id}/facts/")
    accessible(dana)
    for slot in PEOPLE:
        dana.locator(f'[name="{slot}-us_domicile"][value="yes"]').check()
        dana.locator(f'[name="{slot}-adjusted_taxable_gifts"]').fill("0")
        dana.locator(f'[name="{slot}-dsue_received"]').fill("0")
    press(dana, "Save the facts")
    dana.goto(f"{base}/matters/{matter.public_id}/plan/")
    accessible(dana)
    press(dana, "Run the plan")
    accessible(dana)
    assert "leave the family" in dana.locator(".answer").inner_text()
    assert dana.get_by_role("button", name="Sign this plan").count() == 0

    # Before the release a client sees status only.
    for page in spouses.values():
        page.goto(f"{base}/portal/{matter.public_id}/")
        words = page.locator("main").inner_text()
        assert "QDOT" not in words
        assert "$" not in words

    # The attorney decides, signs and releases.
    priya = open_page(width=width)
    priya.context.set_default_timeout(60_000)  # the release waits for its PDF
    sign_in(priya, base, attorney.email)
    priya.goto(f"{base}/matters/{matter.public_id}/plan/")
    accessible(priya)
    press(priya, "Confirm the first")
    accessible(priya)
    priya.locator("#sign-note").fill("Facts read with both; worksheets followed by hand.")
    priya.locator("#sign-projected_law_acknowledged").check()
    press(priya, "Sign this plan")
    press(priya, "Release to the clients")
    accessible(priya)
    plan = Plan.objects.get()
    assert "released" == plan.status

    # Both spouses can read the PDF now.
    for page in spouses.values():
        page.goto(f"{base}/portal/{matter.public_id}/")
        accessible(page)
        address = page.locator("main a.btn-primary").first.get_attribute("href")
        paper = page.request.get(base + address)
        assert 200 == paper.status
        assert paper.body().startswith(b"%PDF-1.7")


@pytest.fixture
def demo(transactional_db):
    """The demo firm with its finished plan."""
    from planning.demo.firm import PASSWORD as DEMO_PASSWORD
    from planning.demo.firm import load_demo

    load_demo()
    return Matter.objects.get(plan_released_at__isnull=False), DEMO_PASSWORD


def open_demo_plan(page, base, demo):
    """Sign in as the demo's attorney and open the finished plan; return its address."""
    matter, password = demo
    sign_in(page, base, "priya@marshcalloway.example", password)
    page.goto(f"{base}/matters/{matter.public_id}/plan/")
    return page.url


@pytest.mark.parametrize("width", [DESK])
def test_every_amount_on_the_plan_page_lands_on_its_worksheet_line(open_page, live_server, demo, width):
    page = open_page(width=width)
    home = open_demo_plan(page, live_server.url, demo)
    is_amount = re.compile(r"^[+−$]*\$?\d[\d,.]*M?$")
    links = page.locator("main a[href*='#']").evaluate_all(
        "links => links.map(a => [a.innerText.trim(), a.getAttribute('href')])"
    )
    amounts = {href: text for text, href in links if is_amount.match(text)}
    assert len(amounts) > 60

    for href, text in amounts.items():
        if page.url != home:
            page.goto(home)
        here = page.locator(f'main a[href="{href}"]').filter(visible=True)
        if not here.count():  # inside a closed worksheet further down: open them all
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        here.first.click()
        page.wait_for_url(re.compile("#" + re.escape(urlsplit(href).fragment) + "$"))
        target = page.locator(f'[id="{urlsplit(href).fragment}"]')
        assert target.is_visible(), (text, href)
        shown, amount = (re.sub(r"[^\d.]", "", words) for words in (text, target.locator("td.num").first.inner_text()))
        if "," in text:  # whole dollars in sentences
            assert abs(float(shown) - float(amount)) < 1, (text, amount)
        else:  # millions in the tables
            assert abs(float(shown) - float(amount) / 1_000_000) < 0.051, (text, amount, href)
