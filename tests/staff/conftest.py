"""A firm with its staff, each signed in."""

import pytest
from django.test import Client

from tests.factories import make_firm, make_staff


@pytest.fixture
def firm(db):
    """Make the firm."""
    return make_firm()


@pytest.fixture
def ana(firm):
    """Make the attorney."""
    return make_staff(firm, "attorney")


@pytest.fixture
def dana(firm):
    """Make the paralegal."""
    return make_staff(firm, "paralegal")


@pytest.fixture
def signed_in():
    """Give a browser in which a person is signed in."""

    def sign_in(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


@pytest.fixture
def desk(signed_in, dana):
    """Give the paralegal's browser."""
    return signed_in(dana)
