"""Typed readers of environment variables that stop the start on nonsense.

Every refusal is one sentence that says which variable to set and how. No
reader prints a value it was given, since a value may be a secret.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

MINIMUM_KEY_LENGTH = 50
SQLITE_TIMEOUT_SECONDS = 20
PERSISTENT_CONNECTION_SECONDS = 60
MAIL_TIMEOUT_SECONDS = 10


def text(name: str, default: str = "") -> str:
    """Read a plain string; blanks around it are dropped."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Read a switch; only 0 and 1 are accepted, so that "no" can never mean yes."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if value not in {"0", "1"}:
        message = f"{name} must be 0 or 1; set it to one of these or leave it out."
        raise ImproperlyConfigured(message)
    return value == "1"


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """Read a whole number inside its allowed range."""
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not (value.isascii() and value.isdigit()) or not lowest <= int(value) <= highest:
        message = f"{name} must be a whole number from {lowest} to {highest}; correct it or leave it out."
        raise ImproperlyConfigured(message)
    return int(value)


def word(name: str, default: str, *, allowed: tuple[str, ...]) -> str:
    """Read one of a few allowed words."""
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        message = f"{name} must be one of: {', '.join(allowed)}; set it to one of these or leave it out."
        raise ImproperlyConfigured(message)
    return value


def names(name: str) -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def secret(name: str) -> str:
    """Read a secret from NAME, or from the file that NAME_FILE names; empty when neither is set."""
    value, path = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and path:
        message = f"Both {name} and {name}_FILE are set; keep only one of them."
        raise ImproperlyConfigured(message)
    if not path:
        return value
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}_FILE names a file that cannot be read; set it to a readable text file."
        raise ImproperlyConfigured(message) from error
    if not value:
        message = f"{name}_FILE names an empty file; write the value into it."
        raise ImproperlyConfigured(message)
    return value


def signing_key(name: str) -> str:
    """Read the signing key and refuse one that is too short to be safe."""
    value = secret(name)
    if value and (len(value) < MINIMUM_KEY_LENGTH or len(set(value)) < MINIMUM_KEY_LENGTH // 5):
        message = (
            f"{name} is too weak; set it to at least {MINIMUM_KEY_LENGTH} random characters, for example "
            "from `python3 -c 'import secrets; print(secrets.token_urlsafe(64))'`."
        )
        raise ImproperlyConfigured(message)
    return value


def database(name: str, default_file: Path) -> dict[str, Any]:
    """Read the database address into Django's form; without one, an SQLite file is used."""
    value = secret(name) or f"sqlite:///{default_file}"
    try:
        url = urlparse(value)
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(_database_help(name)) from error
    if url.scheme == "sqlite":
        return _sqlite(name, url)
    if url.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, url, port)
    raise ImproperlyConfigured(_database_help(name))


def _database_help(name: str) -> str:
    return (
        f"{name} is not an address this product knows; set it to sqlite:////path/to/file or "
        "postgres://user:password@host:port/database?sslmode=require."
    )


def _sqlite(name: str, url: ParseResult) -> dict[str, Any]:
    path = unquote(url.path)
    # sqlite:///relative gives "/relative" and sqlite:////absolute gives "//absolute".
    path = path[1:] if path.startswith("//") else path
    if url.netloc or path in {"", "/"}:
        raise ImproperlyConfigured(_database_help(name))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": SQLITE_TIMEOUT_SECONDS,
            # A write transaction takes its lock when it begins: two people saving at once wait, none fails.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        # A file, not memory: the browser tests read and write from several threads.
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgresql(name: str, url: ParseResult, port: int | None) -> dict[str, Any]:
    database_name = unquote(url.path.removeprefix("/"))
    if not database_name or "/" in database_name:
        raise ImproperlyConfigured(_database_help(name))
    options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(url.query).items()}
    host = unquote(url.hostname or "") or options.pop("host", "")
    options.pop("host", None)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": PERSISTENT_CONNECTION_SECONDS,
        # A restarted database costs one reconnection, not one failed page.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email(name: str, default: str) -> dict[str, Any]:
    """Read where mail goes into Django's EMAIL_* settings."""
    value = secret(name) or default
    help_text = (
        f"{name} is not a place for mail this product knows; set it to console:, file:///folder or "
        "smtp://user:password@host:port?tls=1."
    )
    try:
        url = urlparse(value)
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(help_text) from error
    if url.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if url.scheme == "file" and url.path not in {"", "/"}:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(url.path),
        }
    if url.scheme == "smtp" and url.hostname:
        query = parse_qs(url.query)
        starttls, implicit = query.get("tls") == ["1"], query.get("ssl") == ["1"]
        if starttls and implicit:
            message = f"{name} asks for both tls=1 and ssl=1; keep the one your mail server offers."
            raise ImproperlyConfigured(message)
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": port or (465 if implicit else 587 if starttls else 25),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": starttls,
            "EMAIL_USE_SSL": implicit,
            "EMAIL_TIMEOUT": MAIL_TIMEOUT_SECONDS,
        }
    raise ImproperlyConfigured(help_text)
