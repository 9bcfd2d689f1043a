"""Walking through the intake in a browser, as a person would: read the page, fill what it asks, go on."""

import re

from tests.browser.clicking import follow, press

PAGE = re.compile(r"/p/(?P<slug>[\w-]+)/(?:(?P<item>[0-9a-f-]{36})/|(?P<add>add)/)?(?:\?.*)?$")
GO_ON = re.compile(r"^(Save and continue|Continue)$")
LONGEST_WALK = 120


def fill_question(page, key, value):
    """Answer one question, whatever kind of field it has; a question that is not on the page is left alone."""
    field = page.locator(f'[name="{key}"]')
    if not field.count():
        return
    if isinstance(value, tuple):  # (value, certainty)
        name = key if page.locator(f'[name="{key}"][value="{value[1]}"]').count() else f"{key}--certainty"
        page.locator(f'[name="{name}"][value="{value[1]}"]').check()
        return
    kind = field.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
    if kind == "radio":
        page.locator(f'[name="{key}"][value="{value}"]').check()
    elif kind == "checkbox":
        selects = page.locator(f'select[name="{key}"]')
        for number, part in enumerate(v for v in value if not page.locator(f'[name="{key}"][value="{v}"]').count()):
            selects.nth(number).select_option(part)
        for part in value:
            box = page.locator(f'input[name="{key}"][value="{part}"]')
            if box.count():
                box.check()
    elif kind == "select":
        field.first.select_option(value)
    else:
        field.first.fill(value)


def walk_through(page, pages, lists, look=lambda page: None):
    """Go from page to page until the review; `look` sees every page once before it is filled."""
    waiting = {slug: list(things) for slug, things in lists.items()}
    thing = {}
    for _ in range(LONGEST_WALK):
        look(page)
        if page.url.endswith("/review/"):
            return
        found = PAGE.search(page.url)
        assert found, page.url
        slug = found["slug"]
        if slug in waiting and not found["add"]:
            if waiting[slug]:
                thing = waiting[slug].pop(0)
                follow(page, page.locator("#add"))
            else:
                press(page, "That is everything")
            continue
        answers = thing if found["item"] or found["add"] else pages[slug]
        for key, value in answers.items():
            fill_question(page, key, value)
        before = page.url
        button = page.get_by_role("button", name=GO_ON)
        assert button.count() == 1, (before, page.locator("body").inner_text())
        follow(page, button)
        assert not page.locator(".error-summary").count(), (before, page.locator(".error-summary").inner_text())
    raise AssertionError("the walk does not end")
