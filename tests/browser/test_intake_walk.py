"""A couple answers every page of the intake in the browser, each on an own device."""

import pytest

from clients.models import User
from planning.demo import couples
from tests.browser.clicking import follow, press, sign_in
from tests.browser.conftest import DESK, PHONE
from tests.browser.walk import walk_through
from tests.factories import PASSWORD, make_firm, make_matter, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_password(participant):
    """Give a spouse a password, so that a test can sign in without a mail."""
    user = User.objects.get(pk=participant.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user.email


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_both_spouses_answer_everything_and_hand_it_in(open_page, live_server, accessible, width):
    firm = make_firm()
    matter = make_matter(firm, make_staff(firm, "paralegal"))
    wife, husband = open_page(width=width), open_page(width=width)
    sign_in(wife, live_server.url, with_password(matter.participant("b")))
    sign_in(husband, live_server.url, with_password(matter.participant("a")))

    for page, own in ((husband, couples.GRAHAM), (wife, couples.LUCIA)):
        page.goto(f"{live_server.url}/portal/{matter.public_id}/")
        accessible(page)
        follow(page, page.locator("main a.btn-primary").first)
        walk_through(page, {**couples.ELLERY_SHARED, **own}, couples.ELLERY_LISTS, accessible)
    for page in (husband, wife):
        page.goto(f"{live_server.url}/portal/{matter.public_id}/review/")
        if page.get_by_role("button", name="Send my answers").count() == 0:
            page.goto(f"{live_server.url}/portal/{matter.public_id}/")
            follow(page, page.locator("main a.btn-primary").first)
            walk_through(
                page,
                {**couples.ELLERY_SHARED, **(couples.GRAHAM if page is husband else couples.LUCIA)},
                {},
                accessible,
            )
        press(page, "Send my answers")
        accessible(page)

    assert 2 == matter.submissions.count()
