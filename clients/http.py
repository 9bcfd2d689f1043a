"""Small helps for views: the type of a signed-in request."""

from __future__ import annotations

from django.http import HttpRequest

from clients.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known, as behind `login_required`."""

    user: User
