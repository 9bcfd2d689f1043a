"""The what-if page through HTTP: what it answers, what it keeps of what was typed, and whom it lets in."""

import json
import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from clients.models import Answer, AuditEvent
from planning import scenarios, services
from planning.engine.assumptions import LABELS
from planning.models import Plan, Scenario
from planning.what_if import Figures, figures_of, given_in
from planning.what_if_form import GROUPS, SLIDERS
from tests.factories import make_matter, make_other_firm
from tests.planning.conftest import put_plan, signed_in
from tests.planning.test_pages import text_of

HTMX = {"HX-Request": "true"}


def url(name, matter, *args):
    """Return the address of a page of a matter."""
    return reverse(f"planning:{name}", args=[matter.public_id, *args])


def fields(response):
    """Return what the fields of the form hold, as a browser would send them."""
    form = re.search(r'<form id="what-if-form".*?</form>', response.content.decode(), re.DOTALL).group()
    found = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen.group(1) if chosen else ""
    return {name: value for name, value in found.items() if name in {*LABELS, "against", "scenario"}}


def post(study, htmx=True, **changes):
    """Open the page, change some fields, and send it."""
    address = url("what-if", study.matter)
    typed = fields(study.browser.get(address)) | changes
    return study.browser.post(address, typed, headers=HTMX if htmx else {})


def given_of(response):
    """Return the assumptions that the answer was worked out with."""
    value = re.search(r'name="assumptions" value="([^"]*)" form="keep-form"', response.content.decode()).group(1)
    return json.loads(value.replace("&quot;", '"'))


def cells(response, title):
    """Return the words of the row of an arrangement."""
    for row in re.findall(r"<tr.*?</tr>", response.content.decode(), re.DOTALL):
        if re.search(rf'<th scope="row">{title}(<|$)', row):
            return re.findall(r'<td class="num">(.*?)</td>', row)
    raise AssertionError(title)


def test_the_page_opens_with_the_saved_plan_and_no_difference(study):
    response = study.browser.get(url("what-if", study.matter))

    said = text_of(response)
    assert 200 == response.status_code
    assert "Still first: Yearly gifts, bypass trust and QDOT." in said
    assert "as in the saved plan" in said
    assert "Nothing: move a slider or write another value" in said
    assert {} == given_of(response)
    now, saved, difference, *_ = cells(response, "QDOT alone")
    assert (now, "0.00") == (saved, difference)


def test_every_assumption_of_the_engine_has_a_field_and_every_number_a_slider(study):
    body = study.browser.get(url("what-if", study.matter)).content.decode()

    assert [] == [name for name in LABELS if f'name="{name}"' not in body]
    assert set(LABELS) == {name for _title, names in GROUPS for name in names}
    words = {"ranking_order", "survivor_leaves_us", "qdot_form", "state_accepts_qdot", "treaty_confirmed", "heirs"}
    words.add("insurance_trust_insured")
    assert set(SLIDERS) == set(LABELS) - words
    assert "django_htmx/htmx-2.min.js" in body


def test_another_growth_is_answered_without_a_page_beside_the_saved_plan(study):
    response = post(study, growth="2 %")

    said = text_of(response)
    assert 200 == response.status_code
    assert "<html" not in response.content.decode()
    assert {"growth": "2"} == given_of(response)
    assert "Growth of every asset, net of cost: 2% a year instead of 5% a year" in said
    assert re.search(r"The family keeps \$[\d.]+M, \$[\d.]+M less than in the saved plan", said)
    wanted = services.work_out(matter=study.matter, assumptions={"growth": "2"}).result
    figure = next(o for o in wanted["options"] if o["strategy"] == "qdot")["figures"]["family_wealth"]
    assert f"{Decimal(figure) / 1_000_000:,.2f}" == cells(response, "QDOT alone")[0]


def test_a_change_of_the_first_place_is_said(study):
    response = post(study, years_to_first_death="1", years_to_second_death="3")

    said = text_of(response)
    assert "Changed. First now: Bypass trust and QDOT. In the saved plan: Yearly gifts, bypass trust and QDOT." in said


def test_close_is_said_where_it_is_close(study):
    response = post(study, closeness_tolerance="10")

    said = text_of(response)
    assert "Close: " in said
    assert "within the tolerance, so the simpler one is put first" in said


def test_what_follows_from_a_change_is_said_too(study):
    response = post(study, years_to_first_death="4")

    said = text_of(response)
    assert "Years to the first death: 4 years instead of 14 years" in said
    assert "Years in which a gift is made: 4 years instead of 10 years" in said
    assert {"years_to_first_death": 4} == given_of(response)


def test_a_field_emptied_takes_the_default_again(study):
    study.plan = services.compute_plan(matter=study.matter, assumptions={"growth": "3"}, actor=study.paralegal)

    assert {"growth": "3"} == given_of(study.browser.get(url("what-if", study.matter)))
    assert {} == given_of(post(study, growth=""))
    assert {"growth": "5.0"} == given_of(post(study, growth="5.0"))


def test_who_dies_first_and_words_can_be_changed(study):
    response = post(study, ranking_order="b", survivor_leaves_us="yes", qdot_form="estate_trust")

    assert {"ranking_order": "b", "survivor_leaves_us": "yes", "qdot_form": "estate_trust"} == given_of(response)
    said = text_of(response)
    names = {slot: study.matter.participant(slot).full_name for slot in "ab"}
    assert f"order that ranks: {names['b']} instead of {names['a']}" in said
    assert "dies domiciled abroad: yes instead of no" in said


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("growth", "abc", "Write a percentage from -50 to 50"),
        ("growth", "51", "Write a percentage from -50 to 50"),
        ("survivor_spending", "-1", "Write an amount in US dollars"),
        ("years_to_first_death", "3.5", "Write whole years"),
        ("years_to_second_death", "5", "Write more years than to the first death"),
        ("qdot_income_yield", "101", "Write a percentage from 0 to 100"),
        ("ranking_order", "c", "Select a valid choice"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_the_last_answer_stays(study, name, typed, words):
    response = post(study, **{name: typed})

    body = response.content.decode()
    assert 200 == response.status_code
    assert "none" == response["HX-Reswap"]
    place = re.search(rf'<p id="id_{name}-error" hx-swap-oob="innerHTML">(.*?)</p>', body, re.DOTALL).group(1)
    assert words in place
    assert "The answer shown is the last one that could be worked out" in text_of(response)
    assert "what-if-table" not in body


def test_an_answer_takes_the_words_of_earlier_faults_away(study):
    body = post(study, growth="4").content.decode()

    assert len(LABELS) == len(re.findall(r'<p id="id_\w+-error" hx-swap-oob="innerHTML"></p>', body))


def test_without_a_script_the_form_answers_with_the_whole_page(study):
    response = post(study, htmx=False, growth="3", survivor_spending="250,000")

    assert 200 == response.status_code
    assert {"growth": "3", "survivor_spending": "250000"} == given_of(response)
    assert "3" == fields(response)["growth"]
    assert "<title>" in response.content.decode()


def test_without_a_script_a_wrong_value_keeps_what_was_typed_and_the_last_answer(study):
    shown = json.dumps({"growth": "3"})
    response = post(study, htmx=False, growth="abc", indexing="1.5", assumptions=shown)

    body = response.content.decode()
    assert 422 == response.status_code
    assert 'value="abc"' in body
    assert 'value="1.5"' in body
    assert 'href="#id_growth"' in body
    assert {"growth": "3"} == given_of(response)
    assert "less than in the saved plan" in text_of(response) or "3% a year instead of 5%" in text_of(response)


@pytest.mark.parametrize("carried", ["", "{", "[]", '{"growth": 3.5}', '{"other": "1"}', "1" * 5000, "[" * 3000])
def test_assumptions_carried_along_that_are_not_ours_are_left_out(study, carried):
    assert given_in(carried) is None
    assert {} == given_of(post(study, htmx=False, growth="abc", assumptions=carried))


def test_flip_points_come_behind_and_never_with_the_answer(study):
    answered = post(study, growth="4")
    address = url("what-if-flips", study.matter)
    sent = {"assumptions": json.dumps(given_of(answered)), "against": str(study.plan.public_id)}
    behind = study.browser.post(address, sent, headers=HTMX)
    whole = study.browser.post(address, sent)

    body = answered.content.decode()
    assert f'hx-post="{address}"' in body
    assert 'hx-trigger="load, submit"' in body
    assert "With what the couple owns today" not in body
    wanted = services.work_out(matter=study.matter, assumptions={"growth": "4"}).result["recommendation"]
    assert wanted["flip_points"]
    for point in wanted["flip_points"]:
        assert point["text"] in text_of(behind)
        assert point["text"] in text_of(whole)
    assert "<html" not in behind.content.decode()
    assert "4" == fields(whole)["growth"]


def test_flip_points_of_nothing_say_so(study):
    behind = study.browser.post(url("what-if-flips", study.matter), {"assumptions": "no"}, headers=HTMX)

    assert "It could not be looked for" in text_of(behind)


def test_a_newer_plan_of_another_window_is_said_and_compared_with(study):
    before = fields(study.browser.get(url("what-if", study.matter)))
    newer = services.compute_plan(matter=study.matter, assumptions={"growth": "4"}, actor=study.attorney)

    response = study.browser.post(url("what-if", study.matter), before, headers=HTMX)

    said = text_of(response)
    assert f"the comparison is with {newer.reference} now" in said
    assert "Growth of every asset, net of cost: 5% a year instead of 4% a year" in said
    assert {} == given_of(response)


def test_changed_answers_law_and_engine_are_said(study):
    Answer.objects.create(
        matter=study.matter,
        participant=None,
        question="growth",
        value="4.0",
        source=Answer.Source.STAFF_CONFIRMED,
        answered_by=study.paralegal,
    )
    study.plan.law_fingerprint, study.plan.engine_version = "0" * 64, "0.0.1"
    study.plan.save()

    said = text_of(study.browser.get(url("what-if", study.matter)))

    assert "Answers have changed since the saved plan" in said
    assert "The law files have changed since the saved plan" in said
    assert "computed by an earlier version of the engine" in said


def test_a_matter_without_a_plan_says_what_comes_first(study):
    half_way = make_matter(study.matter.firm, study.paralegal, reference="M-2026-7777")

    response = study.browser.get(url("what-if", half_way))

    assert "No plan to compare with yet" in text_of(response)
    assert url("plan", half_way) in response.content.decode()
    assert 404 == study.browser.post(url("what-if-flips", half_way)).status_code


def test_a_plan_that_waits_for_facts_shows_the_engines_words(make_desk):
    desk = make_desk("needs_facts")
    response = signed_in(desk.paralegal).get(url("what-if", desk.matter))

    said = text_of(response)
    assert 200 == response.status_code
    assert "The comparison waits for facts" in said
    assert "Look for it" not in said


def test_names_in_any_script_are_written_as_text(make_desk):
    desk = make_desk("gifts", names=('<script>alert("x")</script>', "محمد عبد الله" + " x" * 60))
    body = signed_in(desk.paralegal).get(url("what-if", desk.matter)).content.decode()

    assert "<script>alert" not in body
    assert "محمد" in body


def test_the_page_keeps_nothing_and_tells_the_ledger_of_the_opening_only(study):
    before = AuditEvent.objects.exclude(action="matter.viewed").count()

    post(study, growth="3")

    assert before == AuditEvent.objects.exclude(action="matter.viewed").count()
    assert 1 == Plan.objects.count()
    assert 0 == Scenario.objects.count()


def test_no_figure_stands_in_an_address_and_no_person_in_a_title(study):
    response = post(study, htmx=False, survivor_spending="250,000")

    body = response.content.decode()
    title = re.search(r"<title>(.*?)</title>", body).group(1)
    assert "What if" in title
    assert not any(part in title for slot in "ab" for part in study.matter.participant(slot).full_name.split())
    assert [] == [href for href in re.findall(r'(?:href|action|hx-post)="([^"]*)"', body) if "250" in href]


def test_pages_of_another_firm_or_matter_are_not_there(study):
    olga, theirs = make_other_firm()
    plan = put_plan(theirs, olga)
    scenario = scenarios.keep(matter=theirs, name="Theirs", note="", assumptions={}, actor=olga)

    for address in (
        url("what-if", theirs),
        url("what-if-scenario", study.matter, scenario.public_id),
        url("what-if-scenario", study.matter, uuid4()),
    ):
        assert 404 == study.browser.get(address).status_code
    for against in (str(plan.public_id), str(uuid4()), "no-uuid"):
        assert 404 == study.browser.post(url("what-if", study.matter), {"against": against}).status_code
        assert 404 == study.browser.post(url("what-if-flips", study.matter), {"against": against}).status_code


def test_another_matters_scenario_in_the_form_counts_as_gone(study):
    olga, theirs = make_other_firm()
    scenario = scenarios.keep(matter=theirs, name="Theirs", note="", assumptions={"growth": "1"}, actor=olga)

    response = post(study, scenario=str(scenario.public_id))

    assert "was deleted meanwhile" in text_of(response)
    assert {} == given_of(response)


def test_clients_and_visitors_stay_outside(study, client):
    address = url("what-if", study.matter)

    assert 404 == signed_in(study.spouse).get(address).status_code
    assert 404 == signed_in(study.spouse).post(address).status_code
    assert 302 == client.get(address).status_code


def test_wrong_methods_are_refused(study):
    assert 405 == study.browser.put(url("what-if", study.matter)).status_code
    assert 405 == study.browser.get(url("what-if-flips", study.matter)).status_code
    scenario = scenarios.keep(matter=study.matter, name="One", note="", assumptions={}, actor=study.paralegal)
    assert 405 == study.browser.post(url("what-if-scenario", study.matter, scenario.public_id)).status_code


def test_figures_tell_unknown_from_nothing(make_desk):
    desk = make_desk("needs_facts")
    figures = Figures(figures_of(desk.plan.result), {"a": "A", "b": "B"})

    assert ("", "nothing ranked") == (figures.first, figures.first_title)
    assert (None, None) == (figures.wealth, figures.taxes)
    assert "" == figures.close_words


def test_nothing_needed_counts_as_nothing_arranged(make_desk):
    desk = make_desk("none_needed")
    figures = Figures(figures_of(desk.plan.result), {"a": "A", "b": "B"})

    assert "No plan needed" == figures.first_title
    assert figures.wealth == figures.amount("outright", "family_wealth")
    assert Decimal(0) == figures.taxes
