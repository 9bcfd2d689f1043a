"""The firm's own page for its administrator, and the style sheet with the firm's color."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients import access
from clients.colors import PRODUCT_ACCENT, brand_sheet
from clients.firm_forms import FirmForm, MemberForm, NewMemberForm
from clients.http import SignedInRequest
from clients.models import Firm, Membership
from clients.services import firms
from clients.views.invitation import invited_firm
from clients.words import default_joint_representation
from qdot_site.context import firm_of

logger = logging.getLogger(__name__)
BRAND_KEPT_FOR = 300


@login_required
@require_http_methods(["GET", "POST"])
def firm_settings(request: SignedInRequest) -> HttpResponseBase:
    """Show and change the firm's data and its staff; for administrators."""
    firm = access.staff_membership(request.user, Membership.Role.ADMIN).firm
    if request.method == "GET":
        return _page(request, firm)
    action = request.POST.get("action", "")
    if action == "firm":
        return _change_firm(request, firm)
    if action == "add":
        return _add_member(request, firm)
    if action == "change":
        return _change_member(request, firm)
    raise Http404


@require_GET
def brand_css(request: HttpRequest) -> HttpResponse:
    """Give the color of the reader's firm as a style sheet."""
    firm = invited_firm(request) or firm_of(request)
    sheet = brand_sheet(firm.accent_color if firm is not None else PRODUCT_ACCENT)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, max_age=BRAND_KEPT_FOR)
    patch_vary_headers(response, ["Cookie"])
    return response


def _page(
    request: HttpRequest,
    firm: Firm,
    *,
    form: FirmForm | None = None,
    new: NewMemberForm | None = None,
    changed: MemberForm | None = None,
) -> HttpResponse:
    members = firm.memberships.select_related("user").order_by("user__full_name", "user__email")
    context: dict[str, Any] = {
        "form": form or FirmForm(firm),
        "new": new or NewMemberForm(),
        "bad_form": next((bad for bad in (form, new, changed) if bad is not None and bad.errors), None),
        "members": members,
        "roles": Membership.Role.choices,
        "default_text": default_joint_representation(),
    }
    return render(request, "clients/staff/firm_settings.html", context)


def _change_firm(request: SignedInRequest, firm: Firm) -> HttpResponse:
    form = FirmForm(firm, request.POST)
    if not form.is_valid():
        return _page(request, firm, form=form)
    changed = firms.change_firm(firm=firm, values=form.cleaned_data, actor=request.user)
    if form.was_darkened:
        message = _("The color was too light for white paper. It was made darker: %(color)s.")
        messages.warning(request, message % {"color": form.cleaned_data["accent_color"]})
    messages.success(request, _("The firm’s data are saved.") if changed else _("Nothing was changed."))
    return redirect("clients:firm-settings")


def _add_member(request: SignedInRequest, firm: Firm) -> HttpResponse:
    new = NewMemberForm(request.POST)
    if not new.is_valid():
        return _page(request, firm, new=new)
    values = new.cleaned_data
    try:
        membership = firms.add_member(
            firm=firm,
            full_name=values["full_name"],
            email=values["email"],
            role=values["role"],
            actor=request.user,
        )
    except firms.AddressTakenError:
        new.add_error("email", _("An account with this address exists. Write another address."))
        return _page(request, firm, new=new)
    name = membership.user.full_name
    if _send_password_mail(request, membership):
        message = _("%(name)s is on the list. A mail with a link to choose a password is on its way.")
        messages.success(request, message % {"name": name})
    else:
        message = _("%(name)s is on the list, but the mail could not be sent. “Forgot your password?” sends it again.")
        messages.warning(request, message % {"name": name})
    return redirect("clients:firm-settings")


def _send_password_mail(request: HttpRequest, membership: Membership) -> bool:
    """Send allauth's mail with a link to choose a password; tell whether the mail server took it."""
    form = ResetPasswordForm({"email": membership.user.email})
    if not form.is_valid():
        return False
    try:
        form.save(request)
    except (SMTPException, OSError):
        logger.exception("The mail to a new member of staff could not be sent.")
        return False
    return True


def _change_member(request: SignedInRequest, firm: Firm) -> HttpResponse:
    form = MemberForm(request.POST)
    if not form.is_valid():
        raise Http404
    values = form.cleaned_data
    try:
        changed = firms.change_member(
            firm=firm,
            member=values["member"],
            role=values["role"],
            is_active=values["is_active"],
            actor=request.user,
        )
    except firms.UnknownMemberError as error:
        raise Http404 from error
    except firms.LastAdministratorError:
        form.add_error(None, _("One administrator must stay. Make someone else an administrator first."))
        return _page(request, firm, changed=form)
    messages.success(request, _("The change is saved.") if changed else _("Nothing was changed."))
    return redirect("clients:firm-settings")
