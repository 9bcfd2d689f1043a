"""Addresses of the plan pages; each name has its row in the table of who may open what (tests)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from planning import views

app_name = "planning"

matter_urls: list[URLPattern] = [
    path("plan/", views.plan, name="plan"),
    path("plan/run/", views.run_plan, name="run-plan"),
    path("plan/<uuid:plan_id>/", views.plan_version, name="plan-version"),
    path("plan/<uuid:plan_id>/worksheets/<slug:strategy>/<slug:order>/", views.worksheets, name="worksheets"),
    path("plan/<uuid:plan_id>/rules/", views.findings, name="findings"),
    path("plan/<uuid:plan_id>/decide/", views.decide, name="decide"),
    path("plan/<uuid:plan_id>/sign-off/", views.sign_off, name="sign-off"),
    path("plan/<uuid:plan_id>/release/", views.release, name="release"),
    path("plan/<uuid:plan_id>/withdraw/", views.withdraw, name="withdraw"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines.ics", views.deadlines_file, name="deadlines-file"),
    path("documents/", views.documents, name="documents"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("case.json", views.case_file, name="case-file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("matters/<uuid:matter_id>/", include(matter_urls)),
    path("portal/<uuid:matter_id>/documents/<uuid:document_id>/", views.client_document, name="client-document"),
    path("law/", views.law, name="law"),
    path("law/<int:year>/", views.law_year, name="law-year"),
    path("law/states/", views.law_states, name="law-states"),
    path("law/states/<str:code>/", views.law_state, name="law-state"),
    path("law/treaties/<str:code>/", views.law_treaty, name="law-treaty"),
]
