"""To be written: every page answers 404 until then."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def answers(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def review_answer(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def accept_all(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def staff_facts(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404
