"""When the database does not answer, nobody loses what was typed, and no page shows a trace."""

import pytest


@pytest.fixture(autouse=True)
def _broken_addresses(settings):
    settings.ROOT_URLCONF = "tests.site.broken_urls"


def test_a_save_that_failed_keeps_what_was_typed(client, db):
    response = client.post(
        "/database-down/?step=2", {"place": 'Valparaíso "<b>"', "tag": ["a", "b"], "password": "hidden-word"}
    )

    page = response.content.decode()
    assert (503, "10") == (response.status_code, response.headers["Retry-After"])
    assert "Not saved. Try again" in page
    assert 'name="place" value="Valparaíso &quot;&lt;b&gt;&quot;"' in page
    assert 'name="tag" value="a"' in page
    assert 'name="tag" value="b"' in page
    assert 'action="/database-down/?step=2"' in page
    assert "hidden-word" not in page
    assert "db.internal" not in page


def test_a_page_that_failed_offers_to_load_it_again(client, db):
    response = client.get("/database-down/")

    page = response.content.decode()
    assert 503 == response.status_code
    assert "Not reachable for a moment" in page


def test_the_trouble_page_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/database-down/")


def test_a_missing_role_is_named(client, db):
    response = client.get("/role-missing/")

    assert (403, True) == (
        response.status_code,
        "Only an attorney can sign off a plan." in response.content.decode(),
    )
