"""Sessions end: after 12 hours, and sooner when nobody uses them."""

import re

import pytest
import time_machine
from django.contrib.auth import get_user_model

from clients.models import Firm, Membership

PAGE = "/accounts/2fa/"
START = 1_795_000_000


@pytest.fixture
def clock():
    """A clock that the test turns."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ana(db):
    """An attorney."""
    user = get_user_model().objects.create_user("ana@example.org", "a long enough pass phrase")
    Membership.objects.create(user=user, firm=Firm.objects.create(name="Marsh"), role="attorney")
    return user


@pytest.fixture
def carl(db):
    """A client."""
    return get_user_model().objects.create_user("carl@example.org")


def test_staff_are_signed_out_after_half_an_hour_of_rest(client, ana, clock):
    client.force_login(ana)
    client.get(PAGE)

    clock.move_to(START + 29 * 60)
    assert 200 == client.get(PAGE).status_code
    clock.move_to(START + 29 * 60 + 31 * 60)

    assert 302 == client.get(PAGE).status_code


def test_a_client_may_look_for_papers_for_two_hours(client, carl, clock):
    client.force_login(carl)
    client.get(PAGE)

    clock.move_to(START + 119 * 60)
    assert 200 == client.get(PAGE).status_code
    clock.move_to(START + 119 * 60 + 121 * 60)

    assert 302 == client.get(PAGE).status_code


def test_nobody_stays_longer_than_twelve_hours(client, ana, clock):
    client.force_login(ana)
    for minutes in range(0, 12 * 60, 20):
        clock.move_to(START + minutes * 60)
        assert 200 == client.get(PAGE).status_code

    clock.move_to(START + 12 * 60 * 60)

    assert 302 == client.get(PAGE).status_code


def test_a_new_sign_in_gets_a_new_session(client, ana):
    client.post("/accounts/login/", {"login": "ana@example.org", "password": "wrong pass phrase"})
    before = client.cookies.get("qdot_session")

    client.post("/accounts/login/", {"login": "ana@example.org", "password": "a long enough pass phrase"})

    assert client.cookies["qdot_session"].value != (before.value if before else None)


def test_a_closed_account_is_out_at_once(client, ana):
    client.force_login(ana)
    ana.is_active = False
    ana.save()

    assert 302 == client.get(PAGE).status_code


def test_ten_wrong_passwords_bar_the_account_for_a_while(client, ana):
    for _ in range(11):
        client.post("/accounts/login/", {"login": "ana@example.org", "password": "wrong pass phrase"})

    response = client.post("/accounts/login/", {"login": "ana@example.org", "password": "a long enough pass phrase"})

    assert 302 != response.status_code


def test_a_code_by_mail_signs_in_a_client(client, carl, mailoutbox):
    client.post("/accounts/login/code/", {"email": "carl@example.org"})
    code = re.search(r"to sign in:\s+(\S+)", mailoutbox[0].body).group(1)

    response = client.post("/accounts/login/code/confirm/", {"code": code})

    assert (302, str(carl.pk)) == (response.status_code, client.session["_auth_user_id"])


def test_a_code_by_mail_is_never_sent_to_staff_and_the_page_does_not_tell(client, ana, carl, mailoutbox):
    staff = client.post("/accounts/login/code/", {"email": "ana@example.org"})
    nobody = client.post("/accounts/login/code/", {"email": "nobody@example.org"})

    assert (302, staff.headers["Location"]) == (nobody.status_code, nobody.headers["Location"])
    assert [] == mailoutbox


@pytest.mark.parametrize("address", ["//evil.example", "https:evil.example", "/\\evil.example", "http:///evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, ana, address):
    response = client.post(
        "/accounts/login/",
        {"login": "ana@example.org", "password": "a long enough pass phrase", "next": address},
    )

    assert (302, "/") == (response.status_code, response.headers["Location"])


@pytest.mark.parametrize("password", ["short", "q1w2e3r4t5y6", "1qaz2wsx3edc"])
def test_a_weak_password_is_refused(client, ana, password):
    client.force_login(ana)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": "a long enough pass phrase", "password1": password, "password2": password},
    )

    assert (200, True) == (response.status_code, "error-summary" in response.content.decode())
