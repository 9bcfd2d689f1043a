"""Every address of the product, gathered from the two apps and the sign-in pages."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from qdot_site import demo

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("qdot_site.account_urls")),
    path("", include("clients.urls")),
    path("", include("planning.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/mail/", demo.mail, name="demo-mail"))

handler500 = "qdot_site.trouble.server_error"
