"""Every kind of page tells the browser to load nothing from elsewhere and to keep nothing."""

import pytest
from django.contrib.auth import get_user_model

from clients.models import Firm, Membership

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.fixture
def ana(db):
    """An attorney."""
    firm = Firm.objects.create(name="Marsh & Calloway")
    user = get_user_model().objects.create_user("ana@example.org", "a long enough pass phrase", full_name="Ana")
    Membership.objects.create(user=user, firm=firm, role="attorney")
    return user


def assert_strict(response):
    """Check the headers that every page must carry."""
    headers = response.headers
    assert POLICY == {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert "no-store" in headers["Cache-Control"]
    assert ("nosniff", "DENY") == (headers["X-Content-Type-Options"], headers["X-Frame-Options"])
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "camera=()" in headers["Permissions-Policy"]
    assert "same-origin" == headers["Cross-Origin-Opener-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 200),
        ("/accounts/password/reset/", 200),
        ("/no/such/page/", 404),
        ("/matters/", 302),
    ],
)
def test_pages_for_visitors_are_strict(client, db, path, status):
    response = client.get(path)

    assert status == response.status_code
    assert_strict(response)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/accounts/2fa/", 200), ("/no/such/page/", 404), ("/accounts/password/change/", 200)],
)
def test_pages_of_a_signed_in_person_are_strict(client, ana, path, status):
    client.force_login(ana)

    response = client.get(path)

    assert status == response.status_code
    assert_strict(response)


def test_a_page_that_breaks_is_strict_and_shows_no_trace(client, ana, settings):
    settings.ROOT_URLCONF = "tests.site.broken_urls"
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert 500 == response.status_code
    assert "a secret in the error" not in response.content.decode()
    assert_strict(response)


def test_a_form_without_its_token_is_refused_and_nothing_is_lost(db):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert (403, True) == (response.status_code, "open too long" in response.content.decode())
    assert_strict(response)


def test_signing_out_empties_what_the_browser_stores(client, ana):
    client.force_login(ana)

    response = client.post("/accounts/logout/")

    assert '"storage"' == response.headers["Clear-Site-Data"]


def test_nobody_signs_up_alone(client, db):
    response = client.post("/accounts/signup/", {"email": "eve@example.org", "password1": "a long enough pass phrase"})

    assert "Accounts come by invitation" in response.content.decode()
    assert 0 == get_user_model().objects.count()


def test_static_files_are_not_guessed_at_and_not_for_other_sites(client, db):
    response = client.get("/static/css/site.css")
    response.close()

    assert ("nosniff", "same-origin") == (
        response.headers["X-Content-Type-Options"],
        response.headers["Cross-Origin-Resource-Policy"],
    )
    assert "Access-Control-Allow-Origin" not in response.headers
