"""The what-if page in a browser: moved with a script, sent without one; scenarios kept, compared and promoted."""

import re

import pytest

from planning.models import Plan, Scenario
from tests.browser.clicking import follow, press
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_story import demo, open_demo_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["demo"]  # a fixture


def heading(page):
    """Return what the page says first about the answer."""
    return page.locator("#what-if-said")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_slider_answers_in_place_and_the_answer_becomes_a_plan(open_page, live_server, accessible, demo, width):
    page = open_page(width=width)
    open_demo_plan(page, live_server.url, demo)
    follow(page, page.get_by_role("link", name="What if it were otherwise?"))
    page.get_by_text("With what the couple owns today").first.wait_for()  # the flip points came behind
    accessible(page)
    address = page.url

    # A slider, by keyboard: the field follows, and the answer comes without another page.
    slider = page.get_by_label("Slider: Growth of every asset")
    slider.focus()
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    assert "4.5" == page.locator("#id_growth").input_value()
    page.get_by_text("4.5% a year instead of 5% a year").wait_for()
    assert "less than in the saved plan" in heading(page).inner_text()
    assert slider.evaluate("slider => slider === document.activeElement")
    assert slider.bounding_box()["height"] >= 44

    # Something wrong: said at the field, what was typed and the last answer stay.
    page.locator("#id_growth").fill("four")
    page.get_by_text("Write a percentage from -50 to 50").first.wait_for()
    assert "four" == page.locator("#id_growth").input_value()
    assert "true" == page.locator("#id_growth").get_attribute("aria-invalid")
    assert page.get_by_text("4.5% a year instead of 5% a year").is_visible()
    accessible(page)
    page.locator("#scenario-name").fill("Growth of 3%")
    page.locator("#id_growth").fill("3")
    page.get_by_text("3% a year instead of 5% a year", exact=False).wait_for()
    assert page.locator("#id_growth").get_attribute("aria-invalid") is None
    for _ in range(2):
        with page.expect_response(lambda response: response.url == address):
            page.get_by_role("button", name="Work it out").click()
    assert page.url == address

    # Kept with its name, compared, promoted, deleted.
    press(page, "Keep as a scenario")
    accessible(page)
    assert {"growth": "3"} == Scenario.objects.get(name="Growth of 3%").assumptions
    follow(page, page.get_by_role("link", name="All scenarios"))
    accessible(page)
    for box in page.locator('[name="s"]').all():
        box.check()
    press(page, "Compare side by side")
    accessible(page)
    assert page.get_by_text("3% a year instead of 5% a year").first.is_visible()
    follow(page, page.get_by_role("link", name="Growth of 3%"))
    press(page, "Make it the plan")
    assert {"growth": "3"} == Plan.objects.order_by("-number").first().assumptions
    page.go_back(wait_until="load")
    follow(page, page.get_by_role("link", name="Delete ..."))
    accessible(page)
    press(page, "Delete the scenario")
    assert not Scenario.objects.filter(name="Growth of 3%").exists()


def test_without_a_script_the_form_is_sent_by_its_button(open_page, live_server, demo):
    page = open_page(width=PHONE, java_script_enabled=False)
    open_demo_plan(page, live_server.url, demo)
    follow(page, page.get_by_role("link", name="What if it were otherwise?"))
    assert not page.locator(".slider").first.is_visible()

    page.locator("#id_growth").fill("3 %")
    press(page, "Work it out")
    assert page.get_by_text("3% a year instead of 5% a year").is_visible()
    assert "less than in the saved plan" in heading(page).inner_text()
    press(page, "Look for it")
    assert page.get_by_text(re.compile("With what the couple owns today")).first.is_visible()
    assert "3" == page.locator("#id_growth").input_value()
    page.locator("#scenario-name").fill("Slow")
    press(page, "Keep as a scenario")

    assert {"growth": "3"} == Scenario.objects.get(name="Slow").assumptions
