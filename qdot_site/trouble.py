"""Error pages that must be shown even when the database, or the page itself, is broken."""

from __future__ import annotations

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

SECONDS_UNTIL_RETRY = 10
NEVER_REPEATED = {"csrfmiddlewaretoken", "code", "credential"}

logger = logging.getLogger(__name__)


def not_saved_page(request: HttpRequest) -> HttpResponse:
    """Say that nothing was saved and keep what was typed, ready to be sent again.

    The page is built without the request's context, so that it needs no
    database. Passwords and codes are never written back into a page.
    """
    is_save = request.method == "POST"
    typed = [
        (name, value)
        for name, values in (request.POST.lists() if is_save else [])
        for value in values
        if name not in NEVER_REPEATED and "password" not in name.lower()
    ]
    can_repeat = is_save and not request.path.startswith("/accounts/") and not request.FILES
    context = {
        "is_save": is_save,
        "address": request.get_full_path(),
        "typed": typed if can_repeat else [],
        "can_repeat": can_repeat,
        "csrf_token": get_token(request),
    }
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response.headers["Retry-After"] = str(SECONDS_UNTIL_RETRY)
    response.headers["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an unexpected error; a database that failed outside a view gets the 503 page."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return not_saved_page(request)
    return HttpResponseServerError(render_to_string("500.html"))
