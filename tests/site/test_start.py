"""A start that is not safe is refused with one sentence; a production start has no complaint left."""

import os
import subprocess
import sys

import pytest

from tests import ROOT

KEY = "start-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM"
PRODUCTION = {
    "QDOT_SECRET_KEY": KEY,
    "QDOT_ALLOWED_HOSTS": "plan.example.org",
    "QDOT_DATABASE_URL": "sqlite:////tmp/qdot-never-opened.sqlite3",
}


def manage(*words, **variables):
    """Run manage.py with exactly these variables of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QDOT_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "manage.py", *words],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "QDOT_ALLOWED_HOSTS is not set; set it"),
        ({"QDOT_ALLOWED_HOSTS": "plan.example.org"}, "QDOT_SECRET_KEY is not set; set it"),
        ({**PRODUCTION, "QDOT_SECRET_KEY": "short"}, "QDOT_SECRET_KEY is too weak; set it"),
        ({**PRODUCTION, "QDOT_ALLOWED_HOSTS": "*"}, "QDOT_ALLOWED_HOSTS must not hold *"),
        ({**PRODUCTION, "QDOT_DEBUG": "yes"}, "QDOT_DEBUG must be 0 or 1"),
        ({**PRODUCTION, "QDOT_DEMO": "1"}, "QDOT_DEMO and QDOT_ALLOWED_HOSTS are both set"),
        ({**PRODUCTION, "QDOT_TASKS": "celery"}, "QDOT_TASKS must be one of"),
        ({**PRODUCTION, "QDOT_DATABASE_URL": "mysql://a/b"}, "QDOT_DATABASE_URL is not an address"),
        ({**PRODUCTION, "QDOT_EMAIL_URL": "pigeon:"}, "QDOT_EMAIL_URL is not a place for mail"),
    ],
)
def test_an_unsafe_start_is_refused_with_a_sentence(variables, words):
    result = manage("check", **variables)

    assert 0 != result.returncode
    assert words in result.stderr.strip().splitlines()[-1]


def test_a_production_start_has_no_complaint():
    result = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)

    assert (0, "System check identified no issues (2 silenced).") == (
        result.returncode,
        result.stdout.strip(),
    )


def test_cookies_and_transport_are_strict_in_production():
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY SECURE_SSL_REDIRECT "
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SAMESITE SECURE_HSTS_SECONDS DEBUG DEMO"
    )
    script = f"from django.conf import settings as s; print([getattr(s, n) for n in {names.split()!r}])"

    result = manage("shell", "--no-imports", "-c", script, **PRODUCTION)

    assert (
        "[True, True, True, True, True, '__Host-session', '__Host-csrf', 'Lax', 31536000, False, False]"
        == result.stdout.strip()
    )


def test_the_demo_page_of_mails_exists_only_in_the_demo():
    script = "from django.urls import reverse; print(reverse('demo-mail'))"

    result = manage("shell", "--no-imports", "-c", script, **PRODUCTION)

    assert "NoReverseMatch" in result.stderr


def test_no_migration_is_missing():
    result = manage("makemigrations", "--check", "--dry-run", **PRODUCTION)

    assert (0, "No changes detected") == (result.returncode, result.stdout.strip())
