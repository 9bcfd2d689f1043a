"""Where papers find their style sheets, fonts and marks."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def document_folders() -> list[Path]:
    """Return the only folders the press reads from."""
    return [Path(settings.BASE_DIR) / "static"]
