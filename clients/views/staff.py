"""To be written: every page answers 404 until then."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def board(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def open_matter(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def matter(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def people(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def invite(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def revoke_invitation(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def activity(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404


def search(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not written yet."""
    raise Http404
