"""Log lines: no secret of a link, and one event is one line."""

import logging

import pytest

from qdot_site.logs import LinkSecretFilter


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Not Found: /invitation/Ab3_secret/", "Not Found: /invitation/***/"),
        ("Gone: /accounts/password/reset/key/1-abc-def/", "Gone: /accounts/password/reset/key/***/"),
        ("agent\r\nfalse line", "agent false line"),
        ("Not Found: /matters/7/", "Not Found: /matters/7/"),
    ],
)
def test_a_line_holds_no_secret_and_no_line_break(given, expected):
    record = logging.LogRecord("x", logging.WARNING, "file", 1, "%s", (given,), None)

    LinkSecretFilter().filter(record)

    assert expected == record.getMessage()
