"""Scenarios: keep, rename, clone, compute again, delete, compare, promote; who may, and what the ledger says."""

import json
import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from clients.models import Answer, AuditEvent
from planning import scenarios, services
from planning.inputs import InputError
from planning.models import Plan, Scenario
from planning.scenarios import NameTakenError, ScenarioMovedError
from planning.services import PlanRefusedError
from tests.factories import make_matter, make_other_firm
from tests.planning.conftest import put_plan, signed_in
from tests.planning.test_pages import text_of
from tests.planning.test_what_if import url

ACTIONS = ["scenario.kept", "scenario.changed", "scenario.computed", "scenario.deleted"]


def kept(desk, name="Slow growth", **assumptions):
    """Keep a scenario."""
    return scenarios.keep(
        matter=desk.matter, name=name, note="If markets are slow.", assumptions=assumptions, actor=desk.paralegal
    )


def events(matter):
    """Return the ledger's lines about a matter's scenarios and plans, oldest first."""
    found = AuditEvent.objects.filter(matter=matter, action__in=[*ACTIONS, "plan.computed"]).order_by("pk")
    return [(event.action, event.data) for event in found]


@pytest.fixture
def browser(desk):
    """The paralegal's browser."""
    return signed_in(desk.paralegal)


# -- services ----------------------------------------------------------------------


def test_a_scenario_keeps_assumptions_figures_law_and_engine(study):
    scenario = kept(study, growth="3")

    wanted = services.work_out(matter=study.matter, assumptions={"growth": "3"}).result
    assert {"growth": "3"} == scenario.assumptions
    assert (wanted["law"]["fingerprint"], wanted["engine_version"]) == (
        scenario.law_fingerprint,
        scenario.engine_version,
    )
    assert study.plan.record_fingerprint == scenario.record_fingerprint
    assert wanted["recommendation"]["strategy"] == scenario.figures["first"]
    figures = next(o for o in wanted["options"] if o["strategy"] == "qdot")["figures"]
    row = next(o for o in scenario.figures["options"] if o["strategy"] == "qdot")
    assert figures["family_wealth"] == row["family_wealth"]
    taxes = ("tax_at_first_death", "qdot_tax", "tax_at_second_death", "state_tax")
    assert sum(Decimal(figures[name]) for name in taxes if figures[name] is not None) == Decimal(row["taxes"])
    assert [("scenario.kept", {"scenario": str(scenario.public_id)})] == events(study.matter)[1:]


def test_the_ledger_holds_ids_and_neither_names_nor_figures(study):
    scenario = kept(study, name="Graham dies soon", growth="3.125")
    copy = scenarios.clone(scenario=scenario, actor=study.paralegal)
    scenarios.change(scenario=copy, name="Lucia moves home", note="Private", version=1, actor=study.paralegal)
    scenarios.compute_again(scenario=copy, actor=study.paralegal)
    scenarios.promote(scenario=copy, actor=study.paralegal)
    scenarios.delete(scenario=copy, actor=study.paralegal)

    told = events(study.matter)[1:]
    one, two = {"scenario": str(scenario.public_id)}, {"scenario": str(copy.public_id)}
    plan = Plan.objects.for_matter(study.matter).first()
    assert [
        ("scenario.kept", one),
        ("scenario.kept", {**two, "from": str(scenario.public_id)}),
        ("scenario.changed", two),
        ("scenario.computed", two),
        ("plan.computed", {"plan": str(plan.public_id), **two}),
        ("scenario.deleted", two),
    ] == told
    assert [scenario] == list(Scenario.objects.all())


def test_a_promoted_scenario_is_the_plan_those_assumptions_make(study):
    scenario = kept(study, growth="3", survivor_leaves_us="yes")

    plan = scenarios.promote(scenario=scenario, actor=study.attorney)

    assert scenario.assumptions == plan.assumptions
    assert (2, study.attorney) == (plan.number, plan.computed_by)
    row = next(o for o in plan.result["options"] if o["strategy"] == "qdot")
    mine = next(o for o in scenario.figures["options"] if o["strategy"] == "qdot")
    assert row["figures"]["family_wealth"] == mine["family_wealth"]
    assert Scenario.objects.filter(pk=scenario.pk).exists()


def test_a_name_stands_once_in_a_matter_and_again_in_another(desk):
    kept(desk)
    other = make_matter(desk.firm, desk.paralegal)

    with pytest.raises(NameTakenError):
        kept(desk)
    twin = scenarios.keep(matter=other, name="Slow growth", note="", assumptions={}, actor=desk.paralegal)

    assert 2 == Scenario.objects.count()
    assert [twin] == list(Scenario.objects.for_matter(other))
    assert 2 == AuditEvent.objects.filter(action="scenario.kept").count()
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.filter(pk=twin.pk).update(name="")


def test_copies_take_free_names_within_the_length(desk):
    scenario = kept(desk, name="x" * 100)

    first = scenarios.clone(scenario=scenario, actor=desk.attorney)
    second = scenarios.clone(scenario=scenario, actor=desk.attorney)

    assert ("Copy of " + "x" * 92, "Copy of " + "x" * 88 + " (2)") == (first.name, second.name)
    assert (scenario.figures, scenario.assumptions, scenario.note) == (second.figures, second.assumptions, second.note)
    assert desk.attorney == second.created_by


def test_there_is_an_end_to_scenarios(desk, monkeypatch):
    monkeypatch.setattr(scenarios, "MOST_SCENARIOS", 2)
    scenario = kept(desk)
    scenarios.clone(scenario=scenario, actor=desk.paralegal)

    for step in (
        lambda: kept(desk, name="Third"),
        lambda: scenarios.clone(scenario=scenario, actor=desk.paralegal),
        lambda: scenarios.keep_growth_sets(plan=desk.plan, points=Decimal(2), actor=desk.paralegal),
    ):
        with pytest.raises(PlanRefusedError, match="2 scenarios already"):
            step()
    assert 2 == Scenario.objects.count()


def test_a_wrong_assumption_keeps_nothing(desk):
    with pytest.raises(InputError, match="growth"):
        kept(desk, growth="999")

    assert 0 == Scenario.objects.count()


def test_the_growth_sets_lie_the_stated_points_below_and_above_the_base(study):
    study.plan = services.compute_plan(
        matter=study.matter, assumptions={"growth": "4", "indexing": "3"}, actor=study.paralegal
    )

    low, high = scenarios.keep_growth_sets(plan=study.plan, points=Decimal("1.50"), actor=study.paralegal)

    assert ("Growth 2.5%, 1.5 points lower", "Growth 5.5%, 1.5 points higher") == (low.name, high.name)
    assert [("2.5", "3"), ("5.5", "3")] == [
        (f"{Decimal(s.assumptions['growth']).normalize()}", s.assumptions["indexing"]) for s in (low, high)
    ]
    assert low.note == f"Beside the base of 4%, plan {study.plan.reference}."
    with pytest.raises(NameTakenError):
        scenarios.keep_growth_sets(plan=study.plan, points=Decimal("1.5"), actor=study.paralegal)
    assert 2 == Scenario.objects.count()


def test_growth_sets_stay_within_the_range_of_growth(study):
    study.plan.result["assumptions"] = [{"name": "growth", "value": "49.0"}]

    with pytest.raises(PlanRefusedError, match="fewer points"):
        scenarios.keep_growth_sets(plan=study.plan, points=Decimal(2), actor=study.paralegal)
    at_the_edge = scenarios.keep_growth_sets(plan=study.plan, points=Decimal(1), actor=study.paralegal)

    assert "50.0" == at_the_edge[1].assumptions["growth"]


def test_a_second_window_does_not_write_over_what_it_has_not_seen(desk):
    scenario = kept(desk)
    scenarios.change(scenario=scenario, name="First window", note="", version=1, actor=desk.paralegal)

    with pytest.raises(ScenarioMovedError):
        scenarios.change(scenario=scenario, name="Second window", note="", version=1, actor=desk.attorney)
    changed = scenarios.change(scenario=scenario, name="First window", note="n", version=2, actor=desk.attorney)

    assert ("First window", "n", 3) == (changed.name, changed.note, changed.version)


def test_a_scenario_deleted_meanwhile_is_not_there(desk):
    scenario = kept(desk)
    Scenario.objects.filter(pk=scenario.pk).delete()

    for step in (
        lambda: scenarios.change(scenario=scenario, name="x", note="", version=1, actor=desk.paralegal),
        lambda: scenarios.compute_again(scenario=scenario, actor=desk.paralegal),
        lambda: scenarios.delete(scenario=scenario, actor=desk.paralegal),
    ):
        with pytest.raises(Http404):
            step()


def test_clients_and_strangers_are_refused_by_the_services_too(desk):
    scenario = kept(desk)
    olga, _ = make_other_firm()

    for actor in (desk.spouse, olga):
        for step in (
            lambda actor=actor: scenarios.keep(matter=desk.matter, name="x", note="", assumptions={}, actor=actor),
            lambda actor=actor: scenarios.keep_growth_sets(plan=desk.plan, points=Decimal(2), actor=actor),
            lambda actor=actor: scenarios.clone(scenario=scenario, actor=actor),
            lambda actor=actor: scenarios.change(scenario=scenario, name="x", note="", version=1, actor=actor),
            lambda actor=actor: scenarios.compute_again(scenario=scenario, actor=actor),
            lambda actor=actor: scenarios.delete(scenario=scenario, actor=actor),
            lambda actor=actor: scenarios.promote(scenario=scenario, actor=actor),
        ):
            with pytest.raises((Http404, PermissionDenied)):
                step()
    assert [scenario] == list(Scenario.objects.all())


# -- pages -------------------------------------------------------------------------


def keep_by_page(browser, desk, **changes):
    """Post the form below the what-if answer."""
    sent = {"name": "Slow growth", "note": "Why", "assumptions": '{"growth": "3"}', "against": desk.plan.public_id}
    return browser.post(url("scenarios", desk.matter), {**sent, **changes})


def test_an_answer_is_kept_under_its_name_and_shown(desk, browser):
    response = keep_by_page(browser, desk, name="  Slow \n growth ", note="<b>Why</b>")

    scenario = Scenario.objects.get()
    assert response["Location"] == url("scenario", desk.matter, scenario.public_id)
    page = browser.get(response["Location"])
    said = text_of(page)
    assert "Slow growth" == scenario.name
    assert "The scenario is kept" in said
    assert "<b>Why</b>" in said
    assert "Growth of every asset, net of cost: 3% a year instead of 5% a year" in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Write a name"),
        ({"name": "\u200b\u200b"}, "Write a name"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"note": "x" * 2001}, "at most 2000 characters"),
        ({"assumptions": ""}, "did not arrive whole"),
        ({"assumptions": '{"growth": "99"}'}, "did not arrive whole"),
    ],
)
def test_what_cannot_be_kept_says_so_and_loses_nothing(desk, browser, changes, words):
    response = keep_by_page(browser, desk, **changes)

    assert 422 == response.status_code
    assert words in text_of(response)
    assert ">\nWhy</textarea>" in response.content.decode() or "note" in changes
    assert 0 == Scenario.objects.count()


def test_a_name_that_is_taken_keeps_what_was_typed(desk, browser):
    kept(desk)

    response = keep_by_page(browser, desk, assumptions=json.dumps({"growth": "2"}))

    body = response.content.decode()
    assert 422 == response.status_code
    assert "Another scenario of this matter has this name" in text_of(response)
    assert 'value="Slow growth"' in body
    assert re.search(r'name="growth" value="2"', body)


def test_the_list_shows_the_plan_and_every_scenario_with_words_for_none(desk, browser):
    empty = text_of(browser.get(url("scenarios", desk.matter)))
    kept(desk, growth="3")
    full = text_of(browser.get(url("scenarios", desk.matter)))

    assert "No scenario is kept yet" in empty
    assert f"Plan {desk.plan.reference}" in full
    assert "Slow growth" in full
    assert "out of date" not in full


def test_growth_sets_are_offered_and_kept(desk, browser):
    offered = browser.get(url("scenarios", desk.matter)).content.decode()
    made = browser.post(url("growth-sets", desk.matter), {"points": "1.5"}, follow=True)
    again = browser.post(url("growth-sets", desk.matter), {"points": "1.5"})

    assert re.search(r'name="points"[^>]* value="2"|value="2"[^>]* name="points"', offered)
    assert "Growth 3.5%, 1.5 points lower" in text_of(made)
    assert "Growth 6.5%, 1.5 points higher" in text_of(made)
    assert 422 == again.status_code
    assert "kept already" in text_of(again)
    assert 2 == Scenario.objects.count()


@pytest.mark.parametrize("points", ["", "0", "-1", "21", "two", "NaN"])
def test_wrong_points_are_said_at_the_field(desk, browser, points):
    response = browser.post(url("growth-sets", desk.matter), {"points": points})

    assert 422 == response.status_code
    assert "Write points from 0.1 to 20" in text_of(response)
    assert 0 == Scenario.objects.count()


def test_a_scenario_is_renamed_and_a_second_window_is_told(desk, browser):
    scenario = kept(desk)
    address = url("scenario", desk.matter, scenario.public_id)

    done = browser.post(address, {"name": "Slower", "note": "", "version": "1"}, follow=True)
    late = browser.post(address, {"name": "Slowest", "note": "mine", "version": "1"})
    odd = browser.post(address, {"name": "Slowest", "note": "mine", "version": "x"})
    nameless = browser.post(address, {"name": "", "note": "mine", "version": "2"})

    assert "The scenario is changed" in text_of(done)
    for response in (late, odd):
        assert 422 == response.status_code
        assert "it is called “Slower” now" in text_of(response)
        assert 'value="Slowest"' in response.content.decode()
        assert 'name="version" value="2"' in response.content.decode()
    assert "Write a name" in text_of(nameless)
    scenario.refresh_from_db()
    assert ("Slower", 2) == (scenario.name, scenario.version)


def test_a_name_of_another_scenario_is_refused_on_renaming(desk, browser):
    kept(desk)
    other = kept(desk, name="Other")

    response = browser.post(
        url("scenario", desk.matter, other.public_id), {"name": "Slow growth", "note": "", "version": "1"}
    )

    assert 422 == response.status_code
    assert "has this name" in text_of(response)


def test_a_clone_can_be_named_at_once(desk, browser):
    scenario = kept(desk)

    response = browser.post(url("clone-scenario", desk.matter, scenario.public_id), follow=True)

    assert "Copy of Slow growth" in text_of(response)
    assert 2 == Scenario.objects.count()


def test_deleting_asks_first(desk, browser):
    scenario = kept(desk)
    address = url("delete-scenario", desk.matter, scenario.public_id)

    asked = browser.get(address)
    still_there = Scenario.objects.count()
    done = browser.post(address, follow=True)

    assert "Delete this scenario?" in text_of(asked)
    assert (1, 0) == (still_there, Scenario.objects.count())
    assert "The scenario is deleted" in text_of(done)
    assert 404 == browser.post(address).status_code


def test_a_scenario_out_of_date_says_why_and_is_computed_again(desk, browser):
    scenario = kept(desk, growth="3")
    Scenario.objects.filter(pk=scenario.pk).update(law_fingerprint="0" * 64, engine_version="0.0.1")
    Answer.objects.create(
        matter=desk.matter,
        participant=desk.matter.participant("b"),
        question="us_domicile",
        value="no",
        source=Answer.Source.STAFF_CONFIRMED,
        answered_by=desk.paralegal,
    )

    page = text_of(browser.get(url("scenario", desk.matter, scenario.public_id)))
    listed = text_of(browser.get(url("scenarios", desk.matter)))
    again = text_of(browser.post(url("compute-scenario", desk.matter, scenario.public_id), follow=True))

    assert "Answers have changed since it was computed" in page
    assert "The law files have changed since it was computed" in page
    assert "by an earlier version of the engine" in page
    assert "out of date" in listed
    assert "computed again" in again
    assert "have changed since it was computed" not in again


def test_a_scenario_becomes_the_plan(desk, browser):
    scenario = kept(desk, growth="3")

    response = browser.post(url("promote-scenario", desk.matter, scenario.public_id), follow=True)

    newest = Plan.objects.for_matter(desk.matter).first()
    assert f"Plan {newest.reference} is computed from the scenario" in text_of(response)
    assert {"growth": "3"} == newest.assumptions


def test_a_scenario_opens_on_the_what_if_page_and_stays_itself(study):
    scenario = kept(study, growth="3")

    response = study.browser.get(url("what-if-scenario", study.matter, scenario.public_id))

    said, body = text_of(response), response.content.decode()
    assert "Filled with the scenario “Slow growth”" in said
    assert re.search(r'name="growth" value="3"', body)
    assert "Growth of every asset, net of cost: 3% a year instead of 5% a year" in said
    assert f'name="scenario" value="{scenario.public_id}"' in body


def test_eight_scenarios_stand_side_by_side_and_nine_are_refused(study):
    first = kept(study, name="Growth of 3%", growth="3")
    kept(study, name="Early", years_to_first_death=1, years_to_second_death=3)
    for _ in range(6):
        scenarios.clone(scenario=first, actor=study.paralegal)
    chosen = [("s", str(s.public_id)) for s in Scenario.objects.all()]
    address = url("compare-scenarios", study.matter)

    eight = study.browser.get(address, {"s": [value for _, value in chosen]})
    ninth = scenarios.clone(scenario=first, actor=study.paralegal)
    nine = study.browser.get(address, {"s": [*(value for _, value in chosen), str(ninth.public_id)]})

    said = text_of(eight)
    assert 200 == eight.status_code
    assert "3% a year instead of 5% a year" in said
    assert "Years to the first death: 1 year instead of 14 years" in said
    assert "another than in the plan" in said
    head = re.search(r'class="figures by-arrangement".*?</thead>', eight.content.decode(), re.DOTALL).group()
    assert 10 == head.count('scope="col"')
    assert 422 == nine.status_code
    assert "Choose eight scenarios or fewer; 9 are ticked" in text_of(nine)
    assert 9 == nine.content.decode().count(" checked")


@pytest.mark.parametrize("asked", [[], ["x"], [str(uuid4())]])
def test_a_comparison_of_nothing_leads_back_to_the_list(desk, browser, asked):
    kept(desk)

    response = browser.get(url("compare-scenarios", desk.matter), {"s": asked}, follow=True)

    assert "tick one or more" in text_of(response)


def test_names_of_any_length_and_script_are_written_as_text(desk, browser):
    scenario = kept(desk, name="<script>alert(1)</script> محمد " + "x" * 60)

    for address in (
        url("scenarios", desk.matter),
        url("scenario", desk.matter, scenario.public_id),
        url("delete-scenario", desk.matter, scenario.public_id),
        url("what-if-scenario", desk.matter, scenario.public_id),
        url("compare-scenarios", desk.matter) + f"?s={scenario.public_id}",
    ):
        body = browser.get(address).content.decode()
        assert "<script>alert" not in body
        assert "محمد" in body
        assert "alert" not in re.search(r"<title>(.*?)</title>", body).group(1)


def test_scenarios_of_another_firm_or_matter_are_not_there(desk, browser):
    olga, theirs = make_other_firm()
    put_plan(theirs, olga)
    foreign = scenarios.keep(matter=theirs, name="Theirs", note="", assumptions={}, actor=olga)

    for name in ("scenario", "delete-scenario", "what-if-scenario"):
        for key in (foreign.public_id, uuid4()):
            assert 404 == browser.get(url(name, desk.matter, key)).status_code
        assert 404 == browser.get(url(name, theirs, foreign.public_id)).status_code
    for name in ("scenario", "clone-scenario", "compute-scenario", "promote-scenario", "delete-scenario"):
        for key in (foreign.public_id, uuid4()):
            assert 404 == browser.post(url(name, desk.matter, key)).status_code
    for name in ("scenarios", "growth-sets"):
        assert 404 == browser.post(url(name, theirs)).status_code
    compared = browser.get(url("compare-scenarios", desk.matter), {"s": [str(foreign.public_id)]}, follow=True)
    assert "Theirs" not in compared.content.decode()
    assert [foreign] == list(Scenario.objects.all())


def test_clients_find_no_scenario(desk):
    scenario = kept(desk)
    browser = signed_in(desk.spouse)

    assert 404 == browser.get(url("scenarios", desk.matter)).status_code
    assert 404 == browser.post(url("promote-scenario", desk.matter, scenario.public_id)).status_code


def test_wrong_methods_are_refused(desk, browser):
    scenario = kept(desk)

    for name in ("clone-scenario", "compute-scenario", "promote-scenario"):
        assert 405 == browser.get(url(name, desk.matter, scenario.public_id)).status_code
    assert 405 == browser.get(url("growth-sets", desk.matter)).status_code
    assert 405 == browser.post(url("compare-scenarios", desk.matter)).status_code
    assert 405 == browser.put(url("scenarios", desk.matter)).status_code
    assert 405 == browser.put(url("scenario", desk.matter, scenario.public_id)).status_code


def test_without_a_plan_there_is_nothing_to_keep(desk, browser):
    other = make_matter(desk.firm, desk.paralegal)

    posted = browser.post(url("scenarios", other), {"name": "x", "assumptions": "{}"})

    assert "No scenario is kept yet" in text_of(posted)
    assert 404 == browser.post(url("growth-sets", other), {"points": "2"}).status_code
    scenario = scenarios.keep(matter=other, name="Before the plan", note="", assumptions={}, actor=desk.paralegal)
    assert "No plan to compare with yet" in text_of(browser.get(url("what-if-scenario", other, scenario.public_id)))
    assert "Before the plan" in text_of(browser.get(url("scenario", other, scenario.public_id)))
    assert 200 == browser.get(url("compare-scenarios", other), {"s": [str(scenario.public_id)]}).status_code
