"""What every response carries, how long a session lives, and what a silent database looks like."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from qdot_site.trouble import not_saved_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
SESSION_STARTED = "session_started_at"
SESSION_SEEN = "session_seen_at"
SEEN_PRECISION_SECONDS = 60

logger = logging.getLogger(__name__)


class PageHeadersMiddleware:
    """Forbid device access and keep every page out of caches.

    A page can ask for another Cache-Control by setting one itself; only the
    style sheet of the firm does.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that are missing."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL or "/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name == "account_logout":
            response.headers.setdefault("Clear-Site-Data", '"storage"')
        return response


class SessionLimitsMiddleware:
    """End a session 12 hours after sign-in, and sooner when nobody uses it.

    The moment of the last use is written once a minute at most, so that
    reading a page does not write a row each time.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign the person out when a limit has passed; otherwise note the use."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._apply(request)
        return self.get_response(request)

    def _apply(self, request: HttpRequest) -> None:
        now = int(time.time())
        started = request.session.get(SESSION_STARTED)
        seen = request.session.get(SESSION_SEEN)
        if started is None or seen is None:
            request.session[SESSION_STARTED] = request.session[SESSION_SEEN] = now
            return
        if now - started >= settings.SESSION_ABSOLUTE_SECONDS or now - seen >= _idle_limit(request):
            logout(request)
            return
        if now - seen >= SEEN_PRECISION_SECONDS:
            request.session[SESSION_SEEN] = now


def _idle_limit(request: HttpRequest) -> int:
    """Staff see many matters and get the shorter limit; a client may look for papers in between."""
    limit: int = (
        settings.SESSION_IDLE_SECONDS_STAFF
        if getattr(request.user, "membership", None) is not None
        else settings.SESSION_IDLE_SECONDS_CLIENT
    )
    return limit


class DatabaseTroubleMiddleware:
    """Answer with 503 and "not saved, try again" when the database fails during a view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a failing database into a page; leave every other exception alone."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database failed during a request", exc_info=exception)
        return not_saved_page(request)
