"""The door for a spouse who comes by a link: the link's secret goes into the session, a code proves the mailbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from clients.fields import fold_digits
from clients.models import Firm, Invitation
from clients.services import invitations
from clients.services.invitations import CodeResult, InvitationClosedError, TooManyCodesError

SESSION_KEY = "invitation"
CODE_LENGTH = 6
SEEN_TOKEN_LENGTH = 100


@require_safe
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address: keep which invitation it is in the session, and go on without it.

    Opening the link uses nothing up, so a mail scanner does no harm.
    """
    found = invitations.invitation_for(token) if len(token) <= SEEN_TOKEN_LENGTH else None
    if found is None:
        return _private(_closed(request, None))
    request.session[SESSION_KEY] = str(found.public_id)
    return _private(redirect("clients:invitation-code"))


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the invited mailbox and let in who can read it."""
    public_id = request.session.get(SESSION_KEY, "")
    found = invitations.invitation_with_id(UUID(public_id)) if public_id else None
    if found is None or not invitations.is_open(found):
        return _kept_here(_closed(request, found))
    request.firm = found.participant.matter.firm  # type: ignore[attr-defined]
    try:
        if request.method == "POST":
            return _kept_here(_confirm(request, found) if "code" in request.POST else _send(request, found))
    except InvitationClosedError:
        found.refresh_from_db()
        return _kept_here(_closed(request, found))
    return _kept_here(_page(request, found))


def invited_firm(request: HttpRequest) -> Firm | None:
    """Give the firm whose link brought this visitor, while the link is open; its color goes with its name."""
    public_id = request.session.get(SESSION_KEY, "")
    found = invitations.invitation_with_id(UUID(public_id)) if public_id else None
    return found.participant.matter.firm if found is not None and invitations.is_open(found) else None


def _send(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        invitations.send_code(invitation=found)
    except TooManyCodesError:
        return _page(request, found, error=_("Too many codes were sent. Wait an hour, then ask for a new one."))
    return redirect("clients:invitation-code")


@sensitive_variables("code")
def _confirm(request: HttpRequest, found: Invitation) -> HttpResponse:
    code = "".join(character for character in fold_digits(request.POST["code"]) if character.isdigit())
    if len(code) != CODE_LENGTH:
        return _page(request, found, error=_("Write the six digits of the code."))
    result, user = invitations.accept(invitation=found, code=code)
    if user is None:
        return _page(request, found, error=_sentence(result))
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    request.session.pop(SESSION_KEY, None)
    matter_id = found.participant.matter.public_id
    response: HttpResponse = perform_login(
        request, user, email_verification="none", redirect_url=reverse("clients:portal", args=[matter_id])
    )
    return response


def _sentence(result: CodeResult) -> str:
    return {
        CodeResult.WRONG: _("This is not the code. Look at the newest mail and try again."),
        CodeResult.EXPIRED: _("This code has expired. Ask for a new one."),
        CodeResult.USED_UP: _("Too many wrong tries. Ask for a new code."),
    }[result]


def _page(request: HttpRequest, found: Invitation, error: str = "") -> HttpResponse:
    context = {
        "invitation": found,
        "address": _masked(found.email),
        "is_sent": bool(found.code_hash),
        "error": error,
    }
    return render(request, "clients/portal/invitation.html", context)


def _closed(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """Say what to do; a link nobody knows, a revoked and an expired one say nothing about the matter."""
    status = found.status if found is not None else "unknown"
    if found is not None and status == "open":
        status = "revoked"
    context: dict[str, Any] = {"status": status}
    if found is not None:
        request.firm = found.participant.matter.firm  # type: ignore[attr-defined]
        context["contact_firm"] = found.participant.matter.firm
    codes = {"unknown": 404, "used": 200}
    return render(request, "clients/portal/invitation_closed.html", context, status=codes.get(status, 410))


def _masked(email: str) -> str:
    """Show enough of an address to recognize the own mailbox, and no more."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def _kept_here(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches. Its address holds no secret, and its form needs an Origin that is not "null"."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address of these pages from travelling further."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
