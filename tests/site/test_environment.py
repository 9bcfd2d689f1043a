"""The readers of the environment: nonsense stops the start with a sentence that says what to set."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from qdot_site import env

STRONG = "k3y-" + "".join(chr(97 + number % 26) for number in range(60))


@pytest.mark.parametrize(("given", "expected"), [("", False), ("0", False), ("1", True), (" 1 ", True)])
def test_a_flag_is_zero_or_one(monkeypatch, given, expected):
    monkeypatch.setenv("QDOT_DEBUG", given)

    assert expected is env.flag("QDOT_DEBUG")


@pytest.mark.parametrize("given", ["yes", "true", "no", "off", "2", "-1"])
def test_any_other_flag_is_refused(monkeypatch, given):
    monkeypatch.setenv("QDOT_DEBUG", given)

    with pytest.raises(ImproperlyConfigured, match="QDOT_DEBUG must be 0 or 1"):
        env.flag("QDOT_DEBUG")


@pytest.mark.parametrize("given", ["x", "1.5", "-3", "0", "65536", "٣"])
def test_a_number_outside_its_range_is_refused(monkeypatch, given):
    monkeypatch.setenv("PORT", given)

    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number from 1 to 65535"):
        env.number("PORT", 8000, lowest=1, highest=65535)


def test_a_number_that_is_not_set_is_the_default(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)

    assert 8000 == env.number("PORT", 8000, lowest=1, highest=65535)


def test_a_word_outside_the_list_is_refused(monkeypatch):
    monkeypatch.setenv("QDOT_TASKS", "celery")

    with pytest.raises(ImproperlyConfigured, match="QDOT_TASKS must be one of: immediate, database"):
        env.word("QDOT_TASKS", "immediate", allowed=("immediate", "database"))


def test_a_secret_is_read_from_its_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{STRONG}\n")
    monkeypatch.delenv("QDOT_SECRET_KEY", raising=False)
    monkeypatch.setenv("QDOT_SECRET_KEY_FILE", str(path))

    assert STRONG == env.signing_key("QDOT_SECRET_KEY")


def test_a_secret_given_twice_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("QDOT_SECRET_KEY", STRONG)
    monkeypatch.setenv("QDOT_SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match="keep only one"):
        env.secret("QDOT_SECRET_KEY")


@pytest.mark.parametrize("content", [None, "", b"\xff\xfe\x00"])
def test_a_secret_file_that_is_missing_empty_or_no_text_is_refused(monkeypatch, tmp_path, content):
    path: Path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    monkeypatch.delenv("QDOT_SECRET_KEY", raising=False)
    monkeypatch.setenv("QDOT_SECRET_KEY_FILE", str(path))

    with pytest.raises(ImproperlyConfigured, match="QDOT_SECRET_KEY_FILE"):
        env.secret("QDOT_SECRET_KEY")


@pytest.mark.parametrize("given", ["short", "a" * 80])
def test_a_weak_key_is_refused_without_showing_it(monkeypatch, given):
    monkeypatch.setenv("QDOT_SECRET_KEY", given)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.signing_key("QDOT_SECRET_KEY")

    assert "too weak" in str(caught.value)
    assert given not in str(caught.value)


def test_sqlite_waits_for_its_lock_and_survives_a_power_loss(monkeypatch):
    monkeypatch.setenv("QDOT_DATABASE_URL", "sqlite:////srv/qdot/qdot.sqlite3")

    database = env.database("QDOT_DATABASE_URL", Path("/unused"))

    assert "/srv/qdot/qdot.sqlite3" == database["NAME"]
    assert ("IMMEDIATE", 20) == (database["OPTIONS"]["transaction_mode"], database["OPTIONS"]["timeout"])
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_a_relative_sqlite_path_is_kept_as_written(monkeypatch):
    monkeypatch.setenv("QDOT_DATABASE_URL", "sqlite:///data/other.sqlite3")

    assert "/data/other.sqlite3" == env.database("QDOT_DATABASE_URL", Path("/unused"))["NAME"]


def test_postgresql_is_read_with_its_options_and_checks_its_connections(monkeypatch):
    monkeypatch.setenv("QDOT_DATABASE_URL", "postgres://an%40na:p%2Fw@db.example:5433/qdot?sslmode=require")

    database = env.database("QDOT_DATABASE_URL", Path("/unused"))

    assert "django.db.backends.postgresql" == database["ENGINE"]
    assert ("an@na", "p/w", "db.example", "5433", "qdot") == (
        database["USER"],
        database["PASSWORD"],
        database["HOST"],
        database["PORT"],
        database["NAME"],
    )
    assert {"sslmode": "require"} == database["OPTIONS"]
    assert (60, True) == (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"])


def test_postgresql_on_a_socket_takes_the_folder_as_its_host(monkeypatch):
    monkeypatch.setenv("QDOT_DATABASE_URL", "postgres://qdot@/qdot?host=/run/postgresql")

    database = env.database("QDOT_DATABASE_URL", Path("/unused"))

    assert ("/run/postgresql", {}) == (database["HOST"], database["OPTIONS"])


@pytest.mark.parametrize(
    "given",
    [
        "mysql://a/b",
        "qdot.sqlite3",
        "sqlite://",
        "sqlite:///",
        "postgres://host/",
        "postgres://host/a/b",
        "postgres://h:x/d",
    ],
)
def test_a_database_address_that_makes_no_sense_is_refused_without_showing_it(monkeypatch, given):
    monkeypatch.setenv("QDOT_DATABASE_URL", given)

    with pytest.raises(ImproperlyConfigured, match="QDOT_DATABASE_URL is not an address") as caught:
        env.database("QDOT_DATABASE_URL", Path("/unused"))

    assert given.startswith("sqlite") or given not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        ("file:///tmp/mail", {"EMAIL_FILE_PATH": "/tmp/mail"}),
        (
            "smtp://u:p%40w@mail.example:2525?tls=1",
            {"EMAIL_PORT": 2525, "EMAIL_USE_TLS": True, "EMAIL_HOST_PASSWORD": "p@w"},
        ),
        ("smtp://mail.example?ssl=1", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
        ("smtp://mail.example", {"EMAIL_PORT": 25, "EMAIL_HOST": "mail.example"}),
    ],
)
def test_mail_goes_where_the_address_says(monkeypatch, given, expected):
    monkeypatch.setenv("QDOT_EMAIL_URL", given)

    settings = env.email("QDOT_EMAIL_URL", "console:")

    assert expected == {name: settings[name] for name in expected}


@pytest.mark.parametrize("given", ["imap://x", "file://", "smtp://", "smtp://h?tls=1&ssl=1", "smtp://h:port"])
def test_a_mail_address_that_makes_no_sense_is_refused(monkeypatch, given):
    monkeypatch.setenv("QDOT_EMAIL_URL", given)

    with pytest.raises(ImproperlyConfigured, match="QDOT_EMAIL_URL"):
        env.email("QDOT_EMAIL_URL", "console:")
