"""What every static file carries besides its content; the settings hand the function to WhiteNoise."""

from __future__ import annotations

from collections.abc import MutableMapping

REFERRER_POLICY = "same-origin"


def add_static_headers(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """Forbid guessing of content types and use by other sites."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = REFERRER_POLICY
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
