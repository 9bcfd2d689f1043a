"""The plan pages through HTTP: what they show, whom they let in, where their links lead."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from clients.models import AuditEvent
from planning import services
from planning.models import Plan
from tests.factories import make_other_firm
from tests.planning.conftest import put_plan, signed_in

FIRST = "gifts_credit_shelter_and_qdot"

# The pictures of the plan page by the id of their titles.
PICTURES = ("wealth", "flow", "taxes", "gifts", "range", "map", "curve-bypass", "curve-years")


def url(name, desk, *args):
    """Return the address of a page of the desk's matter."""
    return reverse(f"planning:{name}", args=[desk.matter.public_id, *args])


def text_of(response):
    """Return the words of a page."""
    html = re.sub(r"<(script|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def dead_links(browser, address):
    """Return the links of a page that lead to no page or to no element of it."""
    pages = {}

    def page(path):
        if path not in pages:
            response = browser.get(path)
            pages[path] = response.content.decode() if response.status_code == 200 else None
        return pages[path]

    dead = []
    for href in {unescape(h) for h in re.findall(r'href="([^"]+)"', page(address).split("<main", 1)[1])}:
        path, _hash, anchor = href.partition("#")
        if path.startswith("?"):
            path = address + path
        body = page(path or address)
        if body is None or (anchor and f'id="{anchor}"' not in body):
            dead.append(href)
    return dead


@pytest.mark.parametrize("variant", ["gifts", "none_needed", "needs_facts", "citizens", "nonresident", "order_b"])
def test_a_plan_page_has_no_link_without_a_target(make_desk, variant):
    desk = make_desk(variant)
    browser = signed_in(desk.attorney)

    assert [] == dead_links(browser, url("plan", desk))


def test_the_other_order_and_the_worksheets_have_no_link_without_a_target(desk):
    browser = signed_in(desk.attorney)

    assert [] == dead_links(browser, url("plan", desk) + "?order=b")
    assert [] == dead_links(browser, url("worksheets", desk, desk.plan.public_id, FIRST, "a"))


def test_every_amount_of_the_comparison_leads_to_its_line(desk):
    body = signed_in(desk.attorney).get(url("plan", desk)).content.decode()

    table = re.search(r'<table class="options.*?</table>', body, re.DOTALL).group()
    cells = re.findall(r'<td class="num">(.*?)</td>', table)
    # Ten arrangements with seven amounts each. No treaty is open to this couple, there is no life insurance, and no
    # state of domicile is known: seven amounts of each of the two and the state tax of the eight others are not there.
    assert 70 == len(cells)
    assert ["—"] * 22 == [cell for cell in cells if "#" not in cell]


def test_the_answer_is_the_engines_sentence_with_a_link_on_its_amount(desk):
    body = signed_in(desk.attorney).get(url("plan", desk)).content.decode()

    answer = re.search(r'<p class="answer">(.*?)</p>', body, re.DOTALL).group(1)
    assert desk.plan.result["recommendation"]["sentence"] == re.sub(r"<[^>]+>", "", answer).strip()
    assert re.search(r'<a href="[^"]+#6A-F\d+">\$', answer)


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("needs_facts", "Nothing is ranked until these facts are known"),
        ("none_needed", "No federal tax is due"),
        ("citizens", "Both spouses are US citizens"),
    ],
)
def test_special_outcomes_are_said(make_desk, variant, words):
    desk = make_desk(variant)

    assert words in text_of(signed_in(desk.attorney).get(url("plan", desk)))


def test_options_that_wait_for_a_fact_stand_outside_the_ranking(desk):
    words = text_of(signed_in(desk.attorney).get(url("plan", desk)))

    assert words.index("Yearly gifts and QDOT") < words.index("Need a fact") < words.index("Citizenship and bypass")
    assert "Figures without a state tax leave state taxes out" in words


def test_state_taxes_and_what_could_be_done_about_them_stand_on_the_page(make_desk):
    desk = make_desk("in_new_york")
    body = signed_in(desk.attorney).get(url("plan", desk)).content.decode()

    words = text_of(signed_in(desk.attorney).get(url("plan", desk)))
    assert "Figures without a state tax" not in words
    assert "Within the arrangement chosen" in words
    assert "Bypass trust limited to the state amount" in words
    assert [] == dead_links(signed_in(desk.attorney), url("plan", desk))
    assert re.search(r'href="[^"]+#6AS-U\d+">\d', body)
    sheets = text_of(signed_in(desk.attorney).get(url("worksheets", desk, desk.plan.public_id, FIRST, "a")))
    assert "New York estate tax" in sheets


def test_a_treaty_is_an_arrangement_with_its_conditions_and_never_the_first_unasked(make_desk):
    desk = make_desk("german")
    words = text_of(signed_in(desk.attorney).get(url("plan", desk)))

    assert "Treaty relief in place of a QDOT" in words
    assert "It ranks first only once the attorney has confirmed it" in words
    assert "Treaty relief in place of a QDOT ranked first" not in words


def test_the_titles_name_page_and_firm_only(desk):
    browser = signed_in(desk.attorney)

    for name in ("plan", "deadlines", "documents"):
        title = re.search(r"<title>(.*?)</title>", browser.get(url(name, desk)).content.decode()).group(1)
        assert "Ellery" not in title
        assert "Lucia" not in title


def test_a_paralegal_sees_which_role_is_needed_and_no_form_to_sign(desk):
    response = signed_in(desk.paralegal).get(url("plan", desk))

    assert "need the role Attorney" in text_of(response)
    assert url("decide", desk, desk.plan.public_id) not in response.content.decode()


def test_the_attorney_confirms_signs_and_releases_and_the_clients_get_the_paper(desk):
    browser = signed_in(desk.attorney)
    plan_id = desk.plan.public_id

    browser.post(url("decide", desk, plan_id), {"chosen_strategy": FIRST})
    browser.post(url("sign-off", desk, plan_id), {"note": "Read.", "projected_law_acknowledged": "on"})
    released = browser.post(url("release", desk, plan_id), follow=True)
    desk.matter.refresh_from_db()
    paper = url("client-document", desk, desk.matter.released_document_public_id)
    given = signed_in(desk.spouse).get(paper)

    assert "is with the clients now" in text_of(released)
    assert given.content.startswith(b"%PDF-")
    assert "application/pdf" == given["Content-Type"]
    assert "no-store" in given["Cache-Control"]
    assert f'attachment; filename="{desk.plan.reference}.pdf"' == given["Content-Disposition"]
    last = AuditEvent.objects.filter(matter=desk.matter).order_by("-pk").first()
    assert ("document.viewed", desk.spouse.pk) == (last.action, last.actor_id)
    assert 403 == browser.get(paper).status_code
    browser.post(url("withdraw", desk, plan_id))
    assert 404 == signed_in(desk.spouse).get(paper).status_code


def test_a_choice_without_reason_keeps_the_choice_and_says_what_to_do(desk):
    response = signed_in(desk.attorney).post(url("decide", desk, desk.plan.public_id), {"chosen_strategy": "qdot"})

    assert 422 == response.status_code
    assert "Write why you choose another arrangement" in text_of(response)
    assert '<option value="qdot" selected>' in response.content.decode()


def test_a_signature_without_note_keeps_the_page_and_signs_nothing(desk):
    browser = signed_in(desk.attorney)
    browser.post(url("decide", desk, desk.plan.public_id), {"chosen_strategy": FIRST})

    response = browser.post(url("sign-off", desk, desk.plan.public_id), {"note": ""})

    assert 422 == response.status_code
    assert "Tick the box" in text_of(response)
    desk.plan.refresh_from_db()
    assert Plan.Status.COMPUTED == desk.plan.status


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("growth", "abc"),
        ("growth", "51"),
        ("growth", "1e1"),
        ("growth", "NaN"),
        ("survivor_spending", "-1"),
        ("survivor_spending", "99999999999999999999"),
        ("years_to_first_death", "3.5"),
        ("qdot_income_yield", "101"),
        ("ranking_order", "c"),
        ("gift_years", "٣x"),
    ],
)
def test_a_wrong_assumption_keeps_what_was_typed_and_opens_the_form(desk, name, typed):
    response = signed_in(desk.paralegal).post(
        url("run-plan", desk), {"plan": str(desk.plan.public_id), "indexing": "3.5", name: typed}
    )

    body = response.content.decode()
    assert 422 == response.status_code
    assert '<details class="change-assumptions" open>' in body
    assert 'value="3.5"' in body
    assert f'href="#id_{name}"' in body
    assert name == "ranking_order" or f'value="{typed}"' in body
    assert 1 == desk.matter.plans.count()


def test_the_second_death_comes_after_the_first(desk):
    response = signed_in(desk.paralegal).post(
        url("run-plan", desk),
        {"plan": str(desk.plan.public_id), "years_to_first_death": "20", "years_to_second_death": "10"},
    )

    assert "Write more years than to the first death" in text_of(response)


def test_assumptions_as_people_write_them_make_a_new_plan(desk):
    response = signed_in(desk.paralegal).post(
        url("run-plan", desk),
        {"plan": str(desk.plan.public_id), "growth": "4.5 %", "survivor_spending": "$250,000"},
        follow=True,
    )

    newest = desk.matter.plans.first()
    assert 200 == response.status_code
    assert {"growth": "4.5", "survivor_spending": "250000"} == {k: v for k, v in newest.assumptions.items() if v}
    assert newest.computed_by == desk.paralegal


def test_a_plan_whose_answers_changed_says_so_and_can_be_computed_again(desk):
    Plan.objects.get(pk=desk.plan.pk)
    desk.plan.record_fingerprint = "0" * 64
    desk.plan.save()
    browser = signed_in(desk.paralegal)

    said = text_of(browser.get(url("plan", desk)))
    browser.post(url("run-plan", desk), {"plan": str(desk.plan.public_id), "again": "1"})

    assert "Answers have changed since this plan was computed" in said
    assert 2 == desk.matter.plans.count()
    assert "This is an earlier plan" in text_of(browser.get(url("plan-version", desk, desk.plan.public_id)))


def test_hostile_names_are_written_as_text(make_desk):
    desk = make_desk("hostile", names=('<script>alert("x")</script>', "Bobby <img src=x>"))
    browser = signed_in(desk.attorney)

    for address in (
        url("plan", desk),
        url("deadlines", desk),
        url("documents", desk),
        url("worksheets", desk, desk.plan.public_id, "outright", "a"),
    ):
        body = browser.get(address).content.decode()
        assert "<script>alert" not in body
        assert "<img" not in body
        assert '<link rel="attachment' not in body


def test_pages_of_another_firm_or_matter_are_not_there(desk):
    olga, other_matter = make_other_firm()
    other_plan = put_plan(other_matter, olga)
    browser = signed_in(desk.attorney)
    paper = services.make_document(plan=other_plan, actor=olga)

    for address in (
        reverse("planning:plan", args=[other_matter.public_id]),
        url("plan-version", desk, other_plan.public_id),
        url("worksheets", desk, other_plan.public_id, "qdot", "a"),
        url("document", desk, paper.public_id),
        url("document", desk, uuid4()),
        url("worksheets", desk, desk.plan.public_id, "nothing", "a"),
        url("worksheets", desk, desk.plan.public_id, "qdot", "c"),
        reverse("planning:law-year", args=[1987]),
    ):
        assert 404 == browser.get(address).status_code, address
    for name in ("decide", "sign-off", "release", "withdraw"):
        assert 404 == browser.post(url(name, desk, other_plan.public_id)).status_code
    assert 404 == browser.post(url("run-plan", desk), {"plan": str(other_plan.public_id)}).status_code
    assert 404 == browser.post(url("run-plan", desk), {"plan": "no-uuid"}).status_code


def test_clients_find_no_page_of_the_staff_and_no_draft(desk):
    draft = services.make_document(plan=desk.plan, actor=desk.paralegal)
    browser = signed_in(desk.spouse)

    for address in (
        url("plan", desk),
        url("plan-version", desk, desk.plan.public_id),
        url("worksheets", desk, desk.plan.public_id, "qdot", "a"),
        url("deadlines", desk),
        url("documents", desk),
        url("document", desk, draft.public_id),
        url("client-document", desk, draft.public_id),
        url("case-file", desk),
        url("deadlines-file", desk),
        reverse("planning:law"),
        reverse("planning:law-year", args=[2026]),
    ):
        assert 404 == browser.get(address).status_code, address
    assert 404 == browser.post(url("run-plan", desk)).status_code
    assert 404 == browser.post(url("sign-off", desk, desk.plan.public_id)).status_code


def test_a_paralegal_is_told_the_role_on_every_step_of_the_attorney(desk):
    browser = signed_in(desk.paralegal)

    for name in ("decide", "sign-off", "release", "withdraw"):
        response = browser.post(url(name, desk, desk.plan.public_id))
        assert 403 == response.status_code
        assert "Attorney" in response.content.decode()


def test_visitors_are_sent_to_the_door(desk, client):
    for address in (url("plan", desk), url("documents", desk), reverse("planning:law")):
        response = client.get(address)
        assert 302 == response.status_code
        assert response["Location"].startswith("/accounts/login/")


def test_wrong_methods_are_refused(desk):
    browser = signed_in(desk.attorney)

    for name in ("run-plan",):
        assert 405 == browser.get(url(name, desk)).status_code
    for name in ("decide", "sign-off", "release", "withdraw"):
        assert 405 == browser.get(url(name, desk, desk.plan.public_id)).status_code
    for name in ("plan", "deadlines", "deadlines-file", "case-file"):
        assert 405 == browser.post(url(name, desk)).status_code


def test_reading_changes_no_plan(desk):
    browser = signed_in(desk.attorney)
    before = Plan.objects.values().get()

    for name in ("plan", "deadlines", "documents"):
        browser.get(url(name, desk))

    assert before == Plan.objects.values().get()


def test_a_draft_is_made_listed_and_given_with_a_line_in_the_ledger(desk):
    browser = signed_in(desk.paralegal)

    page = browser.post(url("documents", desk), follow=True)
    paper = desk.plan.documents.get()
    given = browser.get(url("document", desk, paper.public_id))

    assert "draft" in text_of(page)
    assert f'attachment; filename="{desk.plan.reference}-draft.pdf"' == given["Content-Disposition"]
    assert "no-store" in given["Cache-Control"]
    last = AuditEvent.objects.filter(matter=desk.matter).order_by("-pk").first()
    assert {"document": str(paper.public_id)} == last.data


def test_assumed_dates_are_marked(desk):
    words = text_of(signed_in(desk.paralegal).get(url("deadlines", desk)))

    assert "Form 709" in words
    assert words.index("fixed") < words.index("assumed")


def test_a_law_year_shows_amounts_with_authority_and_status(desk):
    browser = signed_in(desk.paralegal)

    official = text_of(browser.get(reverse("planning:law-year", args=[2026])))
    projected = text_of(browser.get(reverse("planning:law-year", args=[2027])))

    assert "$15,000,000" in official
    assert "IRC 2010(c)(3)" in official
    assert "projected, not law" in projected
    assert "2011" in text_of(browser.get(reverse("planning:law")))


def test_the_demo_firm_has_a_released_plan_and_a_matter_that_waits(demo):
    browser = demo.browser("priya")
    matter_id = demo.matter.public_id

    plan = browser.get(reverse("planning:plan", args=[matter_id]))
    case = browser.get(reverse("planning:case-file", args=[matter_id]))
    empty = browser.get(reverse("planning:plan", args=[demo.half_way.public_id]))

    assert "With the clients since" in text_of(plan)
    assert [] == dead_links(browser, reverse("planning:plan", args=[matter_id]))
    assert "qdot-case/1" == case.json()["format"]
    assert f'attachment; filename="{demo.matter.reference}.json"' == case["Content-Disposition"]
    assert "No plan yet" in text_of(empty)
    assert "Whether the home of Lena Brandt" in text_of(empty)


def test_the_odds_over_many_lives_stand_on_the_page_with_their_seed(desk):
    words = text_of(signed_in(desk.attorney).get(url("plan", desk)))

    found = desk.plan.result["odds"]
    assert 6 == len(found["outlooks"])
    assert "If they live longer or shorter, and growth is another" in words
    assert f"seed {found['seed']}" in words
    assert "10,000 pairs of lives" in words
    assert "it ignores that mortality may improve" in words


def test_the_days_of_the_oath_and_how_often_it_comes_too_late_stand_with_the_odds(make_desk):
    desk = make_desk("route_of_the_spouse")
    page = url("plan", desk)

    words = text_of(signed_in(desk.attorney).get(page))
    share = desk.plan.result["odds"]["chance_oath_too_late"]
    assert (
        "The oath of Lucía is drawn between 30 September 2027 and 31 October 2028, likeliest 31 January 2028. A death of"
        " the spouse before it ends the application; a new one may be filed from 3 March 2029."
        f" On {share}% of the paths citizenship comes too late for the first estate" in words
    )


def test_every_picture_stands_on_the_page_with_its_table(desk):
    found = signed_in(desk.attorney).get(url("plan", desk)).content.decode()

    assert [name for name in PICTURES if f'id="{name}-title"' not in found] == []
    assert found.count("The same as a table") == len(PICTURES)


def test_an_earlier_plan_shows_the_pictures_its_figures_allow(desk):
    del desk.plan.result["odds"], desk.plan.result["flip_map"]
    desk.plan.save()

    found = signed_in(desk.attorney).get(url("plan", desk)).content.decode()

    assert [name for name in PICTURES if f'id="{name}-title"' not in found] == ["range", "map"]


def test_an_earlier_plan_without_odds_shows_none(desk):
    del desk.plan.result["odds"]
    desk.plan.save()

    assert "If they live longer or shorter" not in text_of(signed_in(desk.attorney).get(url("plan", desk)))


@pytest.mark.parametrize("variant", ["gifts", "none_needed"])
def test_lower_and_higher_growth_stand_beside_the_base(make_desk, variant):
    desk = make_desk(variant)

    words = text_of(signed_in(desk.attorney).get(url("plan", desk)))

    sets = desk.plan.result["growth_sets"]
    assert ["3", "5", "7"] == [one["growth"] for one in sets]
    assert "With lower and higher growth" in words
    assert "Comes first: with 3%" in words


def test_a_plan_without_figures_shows_no_growth_sets(make_desk):
    desk = make_desk("needs_facts")

    assert [] == desk.plan.result["growth_sets"]
    assert "With lower and higher growth" not in text_of(signed_in(desk.attorney).get(url("plan", desk)))


# -- basis of each asset ---------------------------------------------------------------


@pytest.mark.parametrize("variant", ["gifts", "none_needed", "citizens", "nonresident", "order_b"])
def test_the_basis_page_tells_every_row_the_plan_keeps_in_both_orders(make_desk, variant):
    desk = make_desk(variant)
    browser = signed_in(desk.attorney)
    address = url("basis", desk, desk.plan.public_id)

    for table in desk.plan.result["basis"]:
        response = browser.get(address, {"order": table["first_to_die"]})
        page = text_of(response)
        assert 200 == response.status_code
        events = sum(len(row["events"]) for row in table["rows"])
        assert events == response.content.decode().count('<th scope="row">')
        for row in table["rows"]:
            assert row["name"] in page
    assert [] == dead_links(browser, address)


def test_a_plan_without_a_table_of_basis_says_so(make_desk):
    desk = make_desk("gifts")
    del desk.plan.result["basis"]
    desk.plan.save()

    assert "This plan keeps no basis of assets" in text_of(
        signed_in(desk.attorney).get(url("basis", desk, desk.plan.public_id))
    )
