"""Every page that can be opened is accessible, loads nothing from elsewhere and fits the screen, phone and desk."""

import pytest
from django.urls import reverse

from clients.models import Firm, Matter
from planning.demo.firm import CLIENTS, PASSWORD, STAFF, load_demo
from tests.browser.clicking import sign_in
from tests.browser.conftest import DESK, PHONE
from tests.site.test_who_may_open_what import RULES, arguments

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Not pages: a style sheet, files, and addresses that only lead on.
NO_PAGE = {
    "clients:brand-css",
    "clients:home",
    "clients:invitation",
    "clients:invitation-code",
    "clients:intake-submit",
    "planning:case-file",
    "planning:deadlines-file",
    "planning:document",
    "planning:client-document",
}
COUPLE = "clients:portal", "clients:intake-"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("email", [STAFF[2][0], CLIENTS[1]], ids=["staff", "client"])
def test_every_page_is_accessible(open_page, live_server, accessible, width, email):
    load_demo()
    matter = Matter.objects.for_firm(Firm.objects.get()).get(plan_released_at__isnull=False)
    is_client = email in CLIENTS
    page = open_page(width=width)
    sign_in(page, live_server.url, email, PASSWORD)
    seen = 0
    for name, (method, _) in RULES.items():
        if method != "get" or name in NO_PAGE or name.startswith(COUPLE) != is_client:
            continue
        page.goto(live_server.url + reverse(name, kwargs=arguments(name, matter)))
        accessible(page)
        seen += 1

    assert seen >= (3 if is_client else 14)
