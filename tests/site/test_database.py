"""The database the tests run on is the one that was asked for, set up as promised."""

import os

import pytest
from django.db import connection


@pytest.mark.skipif(os.environ.get("QDOT_EXPECT_POSTGRESQL") != "1", reason="this leg is not the PostgreSQL leg")
def test_the_postgresql_leg_talks_to_postgresql(db):
    with connection.cursor() as cursor:
        cursor.execute("select version()")
        version = cursor.fetchone()[0]

    assert ("postgresql", True) == (connection.vendor, version.startswith("PostgreSQL"))
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True


@pytest.mark.skipif(os.environ.get("QDOT_EXPECT_POSTGRESQL") == "1", reason="this leg is not the SQLite leg")
def test_sqlite_keeps_its_promises(db):
    def pragma(name):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    full, on = 2, 1

    assert ("wal", full, on) == (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys"))
    assert "IMMEDIATE" == connection.transaction_mode
