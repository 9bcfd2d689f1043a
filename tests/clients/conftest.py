"""People for the tests of the couple's pages: Carl is spouse a, Lucia spouse b of the same matter."""

import pytest
from django.test import Client

from clients.models import Matter
from tests import factories


@pytest.fixture
def firm(db):
    return factories.make_firm()


@pytest.fixture
def dana(firm):
    return factories.make_staff(firm, "paralegal")


@pytest.fixture
def matter(firm, dana) -> Matter:
    return factories.make_matter(firm, dana)


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def carl(matter):
    return signed_in(matter.participant("a").user)


@pytest.fixture
def lucia(matter):
    return signed_in(matter.participant("b").user)


@pytest.fixture
def staff(dana):
    return signed_in(dana)


@pytest.fixture
def olga(db):
    user, _matter = factories.make_other_firm()
    return signed_in(user)
