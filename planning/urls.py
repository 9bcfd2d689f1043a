"""Addresses of the plan pages; each name has its row in the table of who may open what (tests)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from planning import views, views_what_if

app_name = "planning"

matter_urls: list[URLPattern] = [
    path("plan/", views.plan, name="plan"),
    path("plan/run/", views.run_plan, name="run-plan"),
    path("plan/<uuid:plan_id>/", views.plan_version, name="plan-version"),
    path("plan/<uuid:plan_id>/worksheets/<slug:strategy>/<slug:order>/", views.worksheets, name="worksheets"),
    path("plan/<uuid:plan_id>/rules/", views.findings, name="findings"),
    path("plan/<uuid:plan_id>/basis/", views.basis, name="basis"),
    path("plan/<uuid:plan_id>/decide/", views.decide, name="decide"),
    path("plan/<uuid:plan_id>/sign-off/", views.sign_off, name="sign-off"),
    path("plan/<uuid:plan_id>/release/", views.release, name="release"),
    path("plan/<uuid:plan_id>/withdraw/", views.withdraw, name="withdraw"),
    path("what-if/", views_what_if.what_if_page, name="what-if"),
    path("what-if/flips/", views_what_if.what_if_flips, name="what-if-flips"),
    path("what-if/<uuid:scenario_id>/", views_what_if.what_if_scenario, name="what-if-scenario"),
    path("scenarios/", views_what_if.scenario_list, name="scenarios"),
    path("scenarios/growth/", views_what_if.growth_sets, name="growth-sets"),
    path("scenarios/compare/", views_what_if.compare_scenarios, name="compare-scenarios"),
    path("scenarios/<uuid:scenario_id>/", views_what_if.scenario, name="scenario"),
    path("scenarios/<uuid:scenario_id>/clone/", views_what_if.clone_scenario, name="clone-scenario"),
    path("scenarios/<uuid:scenario_id>/compute/", views_what_if.compute_scenario, name="compute-scenario"),
    path("scenarios/<uuid:scenario_id>/promote/", views_what_if.promote_scenario, name="promote-scenario"),
    path("scenarios/<uuid:scenario_id>/delete/", views_what_if.delete_scenario, name="delete-scenario"),
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
