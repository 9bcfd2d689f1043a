"""Addresses that fail on purpose, for tests of the error pages."""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.urls import path

from qdot_site import urls


def broken(_request):
    """Fail as a programming error does."""
    raise ValueError("a secret in the error")


def database_down(_request):
    """Fail as a database that does not answer does."""
    raise OperationalError("could not connect to db.internal")


def role_missing(_request):
    """Refuse as a view does that needs another role."""
    raise PermissionDenied("Only an attorney can sign off a plan.")


urlpatterns = [
    path("broken/", broken),
    path("database-down/", database_down),
    path("role-missing/", role_missing),
    *urls.urlpatterns,
]
handler500 = urls.handler500
