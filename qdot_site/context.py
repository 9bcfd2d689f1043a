"""What every template can ask for: the firm, and the person's membership in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from clients.models import Firm, Membership


def firm(request: HttpRequest) -> dict[str, Any]:
    """Give `firm` and `membership`, looked up only when a template uses them."""
    return {
        "membership": SimpleLazyObject(lambda: membership_of(request)),
        "firm": SimpleLazyObject(lambda: firm_of(request)),
        "is_demo": settings.DEMO,
    }


def membership_of(request: HttpRequest) -> Membership | None:
    """Find the signed-in person's membership; clients and visitors have none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return getattr(user, "membership", None)


def firm_of(request: HttpRequest) -> Firm | None:
    """Find the firm whose name and colour the page carries.

    A page can name it itself by setting `request.firm`, as the invitation
    pages do for people who are not signed in yet.
    """
    named: Firm | None = getattr(request, "firm", None)
    if named is not None:
        return named
    membership = membership_of(request)
    if membership is not None:
        return membership.firm
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    from clients.selectors import firm_of_client  # noqa: PLC0415 - models load after the settings

    found: Firm | None = firm_of_client(user)
    return found
