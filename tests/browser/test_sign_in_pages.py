"""The doors of the house in a real browser: sign-in, forgotten password, second step, error pages."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from clients.models import Firm, Membership
from tests.browser.clicking import press
from tests.browser.conftest import DESK, PHONE

WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
PASSWORD = "a long enough pass phrase"


@pytest.fixture
def ana(transactional_db):
    """An attorney who can sign in."""
    firm = Firm.objects.create(name="Marsh & Calloway", accent_color="#1f4e5f")
    user = get_user_model().objects.create_user("ana@example.org", PASSWORD, full_name="Ana Reyes")
    Membership.objects.create(user=user, firm=firm, role="attorney")
    return user


def sign_in(page, live_server, password=PASSWORD):
    """Fill the sign-in form."""
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


@WIDTHS
def test_every_page_outside_is_accessible(open_page, live_server, accessible, width):
    page = open_page(width=width)

    for path in ("login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        accessible(page)


@WIDTHS
def test_a_wrong_password_is_said_and_the_address_is_kept(open_page, live_server, accessible, ana, width):
    page = open_page(width=width)

    sign_in(page, live_server, password="wrong")

    assert "ana@example.org" == page.get_by_label("Email").input_value()
    assert page.locator(".error-summary").is_visible()
    accessible(page)


def test_a_forgotten_password_is_replaced_through_the_mail(open_page, live_server, accessible, ana):
    page = open_page()
    page.goto(f"{live_server.url}/accounts/password/reset/")
    page.get_by_label("Email").fill("ana@example.org")
    press(page, "Send the link")
    link = re.search(r"http\S+", mail.outbox[0].body).group()

    page.goto(link)
    accessible(page)
    page.get_by_label("New Password", exact=True).fill("another long pass phrase")
    page.get_by_label(re.compile("again", re.IGNORECASE)).fill("another long pass phrase")
    press(page, "Save the new password")

    assert page.get_by_role("heading", name="Your password is changed").is_visible()
    ana.refresh_from_db()
    assert ana.check_password("another long pass phrase")
    assert "Ana" not in mail.outbox[0].body


@WIDTHS
def test_the_second_step_is_switched_on_and_asked_for(open_page, live_server, accessible, ana, width):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    def code(secret):
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    page = open_page(width=width)
    sign_in(page, live_server)
    for path in ("2fa/", "password/change/", "2fa/webauthn/add/", "2fa/webauthn/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        accessible(page)
    page.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    page.wait_for_url("**/reauthenticate/**")
    accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm")
    page.wait_for_url("**/totp/activate/")
    accessible(page)
    secret = page.locator("strong.figures").inner_text()
    page.get_by_label("Authenticator code").fill(code(secret))
    press(page, "Switch it on")

    page.wait_for_url("**/recovery-codes/**")
    accessible(page)

    other = open_page(width=width)
    sign_in(other, live_server)
    other.wait_for_url("**/2fa/authenticate/**")
    accessible(other)
