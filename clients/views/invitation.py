"""To be written: every page answers 404 until then."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def invitation_code(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def invitation(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404
