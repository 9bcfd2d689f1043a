"""Every address of the app: the staff's pages and the couple's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from clients.views import firm, invitation, portal, review, staff

app_name = "clients"

staff_urls: list[URLPattern] = [
    path("matters/", staff.board, name="board"),
    path("matters/open/", staff.open_matter, name="open-matter"),
    path("matters/<uuid:matter_id>/", staff.matter, name="matter"),
    path("matters/<uuid:matter_id>/people/", staff.people, name="people"),
    path("matters/<uuid:matter_id>/people/<slug:slot>/invite/", staff.invite, name="invite"),
    path("matters/<uuid:matter_id>/people/<slug:slot>/revoke/", staff.revoke_invitation, name="revoke-invitation"),
    path("matters/<uuid:matter_id>/answers/", review.answers, name="answers"),
    path("matters/<uuid:matter_id>/answers/review/", review.review_answer, name="review-answer"),
    path("matters/<uuid:matter_id>/answers/accept-all/", review.accept_all, name="accept-all"),
    path("matters/<uuid:matter_id>/facts/", review.staff_facts, name="staff-facts"),
    path("matters/<uuid:matter_id>/activity/", staff.activity, name="activity"),
    path("firm/", firm.firm_settings, name="firm-settings"),
    path("brand.css", firm.brand_css, name="brand-css"),
    path("search/", staff.search, name="search"),
]

portal_urls: list[URLPattern] = [
    path("", portal.home, name="home"),
    path("language/", portal.set_language, name="set-language"),
    path("invitation/code/", invitation.invitation_code, name="invitation-code"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("portal/<uuid:matter_id>/", portal.portal, name="portal"),
    path("portal/<uuid:matter_id>/p/<slug:page>/", portal.intake_page, name="intake-page"),
    path("portal/<uuid:matter_id>/p/<slug:page>/add/", portal.intake_item_add, name="intake-item-add"),
    path("portal/<uuid:matter_id>/p/<slug:page>/<uuid:item>/", portal.intake_item, name="intake-item"),
    path(
        "portal/<uuid:matter_id>/p/<slug:page>/<uuid:item>/remove/",
        portal.intake_item_remove,
        name="intake-item-remove",
    ),
    path("portal/<uuid:matter_id>/review/", portal.intake_review, name="intake-review"),
    path("portal/<uuid:matter_id>/submit/", portal.intake_submit, name="intake-submit"),
]

urlpatterns = staff_urls + portal_urls
