"""Logging helpers: one event stays one line, and no secret of a link reaches a line."""

from __future__ import annotations

import logging
import re

_SECRET_PATHS = re.compile(r"(/invitation/|/accounts/password/reset/key/)(?!code/)[^/\s?]+")
_LINE_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")


def without_secrets(line: str) -> str:
    """Replace invitation and password-reset tokens in a path and keep the text on one line."""
    return _LINE_BREAKS.sub(" ", _SECRET_PATHS.sub(r"\1***", line))


class LinkSecretFilter(logging.Filter):
    """Clean a record's message and arguments before it is written; tracebacks stay as they are."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it through."""
        record.msg = without_secrets(record.getMessage())
        record.args = None
        return True
