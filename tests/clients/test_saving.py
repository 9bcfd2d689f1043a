"""Saving through HTTP: nothing is lost, nothing twice, nothing over another answer (rows C1 to C5, L13, A4, A5)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from clients.models import Answer, AppendOnlyError, AuditEvent, SavedForm
from clients.selectors import current_answers
from clients.services import answers
from clients.services.answers import PageConflictError
from tests.clients.walking import HOME, add_thing, answer, fields_of, page_url, read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _both_go_on(carl, lucia, matter):
    for client in (carl, lucia):
        answer(client, page_url(matter, "working-together"), joint_representation="acknowledged")


def shared(matter, key):
    return current_answers(matter).record.shared[key]


def own(matter, slot, key):
    return current_answers(matter).record.personal[slot][key]


MARRIAGE = {"married_on": "12 January 2008", "lived_in_community_property_place": "no", "marital_agreement": "no"}


def test_a_page_is_saved_and_leads_to_the_next(carl, matter):
    response = answer(carl, page_url(matter, "about-you"), date_of_birth="14 April 1979", occupation="Pilot")

    assert page_url(matter, "where-you-live") == response.headers["Location"]
    assert "1979-04-14" == own(matter, "a", "date_of_birth").value
    event = AuditEvent.objects.filter(action="intake.page_saved").first()
    assert {"page": "about-you", "questions": ["date_of_birth", "occupation"]} == event.data


def test_saving_the_same_again_adds_no_row(carl, matter):
    answer(carl, page_url(matter, "your-marriage"), **MARRIAGE)
    rows = Answer.objects.count()

    answer(carl, page_url(matter, "your-marriage"))

    assert rows == Answer.objects.count()


def test_the_same_form_twice_gives_the_same_answer_and_one_row(carl, matter):
    fields = {**fields_of(carl, page_url(matter, "your-marriage")), **MARRIAGE}

    first = carl.post(page_url(matter, "your-marriage"), fields)
    rows, events = Answer.objects.count(), AuditEvent.objects.count()
    second = carl.post(page_url(matter, "your-marriage"), fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert (rows, events) == (Answer.objects.count(), AuditEvent.objects.count())
    assert 1 == SavedForm.objects.filter(key=fields["save_key"][0]).count()


def test_the_same_form_with_another_answer_is_asked_about(carl, matter):
    fields = {**fields_of(carl, page_url(matter, "your-marriage")), **MARRIAGE}
    carl.post(page_url(matter, "your-marriage"), fields)

    again = carl.post(page_url(matter, "your-marriage"), {**fields, "married_on": "12 January 2009"})

    assert 409 == again.status_code
    assert "12 January 2008" in text_of(again)
    assert "12 January 2009" in text_of(again)
    assert "2008-01-12" == shared(matter, "married_on").value


def test_an_older_page_sees_both_answers_and_nothing_is_lost(carl, lucia, matter):
    url = page_url(matter, "your-marriage")
    hers = fields_of(lucia, url)
    answer(carl, url, **MARRIAGE)

    response = lucia.post(url, {**hers, **MARRIAGE, "married_on": "13 January 2008", "places_lived": "Chile"})

    assert 409 == response.status_code
    text = text_of(response)
    assert "12 January 2008" in text
    assert "13 January 2008" in text
    assert "by Carl" in text
    assert "2008-01-12" == shared(matter, "married_on").value
    assert "Chile" in read(response).fields["places_lived"]


@pytest.mark.parametrize(("choice", "stored"), [("kept", "2008-01-12"), ("typed", "2008-01-13")])
def test_the_person_chooses_between_two_answers(carl, lucia, matter, choice, stored):
    url = page_url(matter, "your-marriage")
    hers = fields_of(lucia, url)
    answer(carl, url, **MARRIAGE)
    conflict = lucia.post(url, {**hers, **MARRIAGE, "married_on": "13 January 2008", "places_lived": "Chile"})
    fields = read(conflict).fields
    fields.pop("csrfmiddlewaretoken", None)

    response = lucia.post(url, {**fields, "choice--married_on": choice})

    assert 302 == response.status_code
    assert stored == shared(matter, "married_on").value
    assert "Chile" == shared(matter, "places_lived").value


def test_two_spouses_on_different_questions_of_one_page_do_not_meet(carl, lucia, matter):
    url = page_url(matter, "other-names")
    his, hers = fields_of(carl, url), fields_of(lucia, url)

    carl.post(url, {**his, "business_names": "Ellery LLC"})
    response = lucia.post(url, {**hers, "other_lawyers": "Ms Soto"})

    assert 302 == response.status_code
    assert "Ellery LLC" == shared(matter, "business_names").value
    assert "Ms Soto" == shared(matter, "other_lawyers").value


def test_a_second_tab_of_the_same_person_is_asked_too(carl, matter):
    url = page_url(matter, "about-you")
    old_tab = fields_of(carl, url)
    answer(carl, url, date_of_birth="14 April 1979", occupation="Pilot")

    response = carl.post(url, {**old_tab, "date_of_birth": "15 April 1979"})

    assert 409 == response.status_code
    assert "by you" in text_of(response)


def test_the_service_refuses_an_older_version(carl, matter):
    from clients.intake.qdot import QDOT
    from clients.intake.questions import Cell

    participant = matter.participant("a")
    wanted = {"participant": participant, "page": QDOT.page("other-names"), "actor": participant.user}
    answers.save_page(**wanted, cells={"disputes": Cell("One")}, version=0)

    with pytest.raises(PageConflictError) as conflict:
        answers.save_page(**wanted, cells={"disputes": Cell("Two")}, version=0)

    assert ["disputes"] == [found.question for found in conflict.value.conflicts]
    assert "One" == shared(matter, "disputes").value


def test_come_back_later_keeps_what_was_typed_and_leaves_the_page_open(carl, matter):
    response = answer(carl, page_url(matter, "your-marriage"), later=True, place_of_marriage="Valparaíso")

    assert reverse("clients:portal", args=[matter.public_id]) == response.headers["Location"]
    assert "Valparaíso" == shared(matter, "place_of_marriage").value
    assert "Begun" in text_of(carl.get(response.headers["Location"]))


def test_come_back_later_with_a_wrong_field_saves_the_rest_and_shows_the_wrong_one(carl, matter):
    response = answer(
        carl, page_url(matter, "your-marriage"), later=True, place_of_marriage="Valparaíso", married_on="soon"
    )

    assert 200 == response.status_code
    assert "Valparaíso" == shared(matter, "place_of_marriage").value
    fields = read(response).fields
    assert ["soon"] == fields["married_on"]
    fields.pop("csrfmiddlewaretoken", None)
    again = carl.post(page_url(matter, "your-marriage"), {**fields, **MARRIAGE})
    assert 302 == again.status_code


def test_a_wrong_page_keeps_everything_typed_and_names_each_error(carl, matter):
    response = answer(carl, page_url(matter, "your-marriage"), married_on="31 February 2008", places_lived="Chile <b>")

    text = text_of(response)
    assert "Three answers need another look" in text
    assert "There is no such day" in text
    fields = read(response).fields
    assert ["31 February 2008"] == fields["married_on"]
    assert ["Chile <b>"] == fields["places_lived"]
    assert b"Chile &lt;b&gt;" in response.content
    assert {"#id_married_on", "#id_marital_agreement_0"} <= set(read(response).links)
    assert Answer.objects.filter(question="married_on").count() == 0


def test_an_emptied_field_keeps_its_answer_and_says_how_to_clear_it(carl, matter):
    url = page_url(matter, "about-you")
    answer(carl, url, date_of_birth="14 April 1979", occupation="Pilot")

    response = answer(carl, url, occupation="")

    assert "Pilot" == own(matter, "a", "occupation").value
    assert "We kept your earlier answer to “Work”" in text_of(carl.get(response.headers["Location"]))


def test_clearing_removes_the_answer_and_keeps_the_history(carl, matter):
    url = page_url(matter, "about-you")
    answer(carl, url, date_of_birth="14 April 1979", occupation="Pilot")

    answer(carl, url, occupation="", occupation__clear="yes")

    assert not own(matter, "a", "occupation").is_answered
    assert ["Pilot", None] == list(
        Answer.objects.filter(question="occupation").order_by("pk").values_list("value", flat=True)
    )


def test_staff_only_and_unknown_fields_are_ignored(carl, matter):
    answer(
        carl,
        page_url(matter, "about-you"),
        date_of_birth="14 April 1979",
        us_domicile="yes",
        firm="1",
        joint_representation="talk_first",
    )

    assert not Answer.objects.filter(question__in=["us_domicile", "firm"]).exists()
    assert "acknowledged" == own(matter, "a", "joint_representation").value


def test_a_page_that_is_not_asked_any_more_is_not_saved(carl, matter):
    response = carl.post(page_url(matter, "your-status"), {"us_status": "student"})

    assert reverse("clients:portal", args=[matter.public_id]) == response.headers["Location"]
    assert not Answer.objects.filter(question="us_status").exists()


def test_a_thing_is_added_changed_and_removed(carl, matter):
    answer(carl, page_url(matter, "what-you-own"), owns=["home"])
    assert page_url(matter, "homes") == add_thing(carl, matter, "homes", HOME)
    home = current_answers(matter).record.items["assets"][0]

    answer(carl, reverse("clients:intake-item", args=[matter.public_id, "homes-worth", home.id]), value="3,300,000")
    listed = text_of(carl.get(page_url(matter, "homes")))
    remove = reverse("clients:intake-item-remove", args=[matter.public_id, "homes", home.id])
    asked = carl.get(remove)
    carl.post(remove)
    carl.post(remove)

    assert "$3,300,000" in listed
    assert "Remove “House on Selwyn Avenue”?" in text_of(asked)
    assert [] == current_answers(matter).record.items["assets"]
    assert 1 == Answer.objects.filter(question="assets.removed").count()
    assert 404 == carl.get(reverse("clients:intake-item", args=[matter.public_id, "homes-worth", home.id])).status_code


def test_adding_the_same_thing_twice_by_a_double_click_adds_one(carl, matter):
    answer(carl, page_url(matter, "what-you-own"), owns=["home"])
    url = reverse("clients:intake-item-add", args=[matter.public_id, "homes"])
    fields = {**fields_of(carl, url), **HOME[0]}

    first, second = carl.post(url, fields), carl.post(url, fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert 1 == len(current_answers(matter).record.items["assets"])


def test_a_list_is_not_finished_while_something_is_missing_but_can_be_put_off(carl, matter):
    answer(carl, page_url(matter, "what-you-own"), owns=["home", "bank"])
    url = page_url(matter, "homes")

    empty = carl.post(url)
    add_thing(carl, matter, "homes", HOME[:1])
    unfinished = carl.post(url)
    put_off = carl.post(page_url(matter, "accounts"), {"put_off": "yes"})

    assert "Add at least one" in text_of(empty)
    assert "Something is missing" in text_of(unfinished)
    assert 302 == put_off.status_code


@pytest.mark.parametrize(
    "posted",
    [
        {"version": "x"},
        {"version": "-1"},
        {"save_key": "forged"},
        {"version": "9" * 40},
        {"occupation": "\x00"},
        {"date_of_birth": ["a", "b"]},
        {"sex": "rocket"},
    ],
)
def test_damaged_forms_are_answered_without_an_error_page(carl, matter, posted):
    response = carl.post(page_url(matter, "about-you"), {"date_of_birth": "14 April 1979", **posted})

    assert response.status_code in {200, 302, 409}


def test_an_unknown_page_or_thing_is_not_found(carl, matter):
    answer(carl, page_url(matter, "what-you-own"), owns=["home"])
    paths = [
        page_url(matter, "no-such-page"),
        page_url(matter, "homes-about"),
        reverse("clients:intake-item", args=[matter.public_id, "homes-about", uuid4()]),
        reverse("clients:intake-item", args=[matter.public_id, "about-you", uuid4()]),
        reverse("clients:intake-item-add", args=[matter.public_id, "about-you"]),
        reverse("clients:intake-item-remove", args=[matter.public_id, "homes", uuid4()]),
    ]

    assert {404} == {carl.get(path).status_code for path in paths}


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(carl, matter, method):
    assert 405 == getattr(carl, method)(page_url(matter, "about-you")).status_code


def test_every_save_needs_the_token_of_the_page(matter):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(matter.participant("a").user)

    for name, args in (("intake-page", ["about-you"]), ("intake-submit", [])):
        assert 403 == browser.post(reverse(f"clients:{name}", args=[matter.public_id, *args])).status_code
    assert 403 == browser.post(reverse("clients:set-language"), {"language": "es"}).status_code


def test_reading_pages_writes_nothing_but_one_opening(carl, matter):
    AuditEvent.objects.count()
    rows = Answer.objects.count()

    for path in (
        page_url(matter, "about-you"),
        reverse("clients:portal", args=[matter.public_id]),
        reverse("clients:intake-review", args=[matter.public_id]),
    ):
        carl.get(path)

    assert rows == Answer.objects.count()
    assert 1 == AuditEvent.objects.filter(action="matter.viewed", actor=matter.participant("a").user).count()


def test_rows_are_written_once_in_python_and_in_the_database(matter):
    row = Answer.objects.first()
    row.value = "changed"

    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        Answer.objects.update(value="changed")
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE clients_answer SET note = 'changed'")


def test_the_ledger_never_holds_an_answer(carl, matter):
    answer(carl, page_url(matter, "about-you"), date_of_birth="14 April 1979", occupation="Stuntwoman")

    kept = " ".join(str(event.data) for event in AuditEvent.objects.all())

    assert "Stuntwoman" not in kept
    assert "1979" not in kept


def test_a_language_is_kept_and_the_way_back_stays_on_the_site(carl, matter):
    home = reverse("clients:portal", args=[matter.public_id])

    own_page = carl.post(reverse("clients:set-language"), {"language": "es", "next": home})
    elsewhere = [
        carl.post(reverse("clients:set-language"), {"language": "xx", "next": target}).headers["Location"]
        for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example", "")
    ]

    user = matter.participant("a").user
    assert home == own_page.headers["Location"]
    assert "es" == user.language
    assert {"/"} == set(elsewhere)
