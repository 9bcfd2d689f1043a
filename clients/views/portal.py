"""To be written: every page answers 404 until then."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def home(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def set_language(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def portal(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_page(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_item_add(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_item(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_item_remove(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_review(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def intake_submit(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404
