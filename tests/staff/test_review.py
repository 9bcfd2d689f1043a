"""The page of handed-in answers: what waits, deciding about it, the record, opening answers again."""

import pytest
from django.test import Client
from django.urls import reverse

from clients.models import Answer, AnswerReview, AuditEvent, Submission
from clients.selectors import accepted_record, is_locked, open_asks
from clients.services import submissions
from tests import factories
from tests.clients.walking import read, text_of

pytestmark = pytest.mark.django_db
HOUSE = "11111111-1111-4111-8111-111111111111"


def cell(value, certainty="known", note=""):
    return {"value": value, "certainty": certainty, "source": "client_stated", "note": note}


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def firm(db):
    return factories.make_firm()


@pytest.fixture
def dana(firm):
    return factories.make_staff(firm, "paralegal")


@pytest.fixture
def staff(dana):
    return signed_in(dana)


@pytest.fixture
def matter(firm, dana):
    return factories.make_matter(firm, dana)


SHARED = {"married_on": cell("2008-01-12"), "survivor_spending": cell("120000.00", "not_sure", "about that")}


def hand_in(matter, slot="a", personal=None, shared=None, assets=None):
    return Submission.objects.create(
        matter=matter,
        participant=matter.participant(slot),
        number=matter.submissions.count() + 1,
        questionnaire_version="2026.1",
        content={
            "personal": personal or {},
            "shared": SHARED if shared is None else shared,
            "children": [],
            "assets": assets or [],
            "put_off": [],
        },
    )


@pytest.fixture
def carls(matter):
    """What Carl handed in: his own date of birth and citizenship, the marriage, one house."""
    house = {
        "id": HOUSE,
        "kind": "home",
        "answers": {"asset_name": cell("House on Selwyn Avenue"), "value": cell("3200000.00")},
    }
    own = {"date_of_birth": cell("1955-03-02"), "citizenships": cell(["US"])}
    return hand_in(matter, "a", own, assets=[house])


def url(matter, name="answers"):
    return reverse(f"clients:{name}", args=[matter.public_id])


def decide(client, matter, question, decision, slot="", item="", **typed):
    submission = matter.submissions.order_by("-number").first()
    if slot:
        submission = matter.submissions.filter(participant__slot=slot).order_by("-number").first()
    row = "-".join(part for part in (slot or "both", question.replace(".", "-"), item) if part)
    fields = {
        "question": question,
        "slot": slot,
        "item": item,
        "submission": submission.public_id,
        "state": typed.pop("state", "pending"),
        "decision": decision,
    }
    return client.post(
        url(matter, "review-answer"),
        {**fields, **{f"{row}-{decision}-{name}": value for name, value in typed.items()}},
    )


def events(action):
    return list(AuditEvent.objects.filter(action=action))


# --- the page --------------------------------------------------------------------------------------------------


def test_before_anything_is_handed_in_the_page_says_so(staff, matter):
    page = text_of(staff.get(url(matter)))

    assert "0 answers wait for review" in page
    assert "Nobody has handed in yet" in page
    assert "Nothing is accepted yet" in page
    assert "Accept all that is open" not in page


def test_what_waits_is_shown_in_words_with_who_said_it_how_sure_and_whose_it_is(staff, matter, carls):
    response = staff.get(url(matter))

    page = text_of(response)
    assert "6 answers wait for review" in page
    assert "2 March 1955" in page
    assert "House on Selwyn Avenue" in page
    assert "$3,200,000" in page
    assert "Not sure: $120,000" in page
    assert "“about that”" in page
    assert "Carl Ellery said it" in page
    assert "Private to Carl: Lucia does not see these answers" in page
    assert "<title>Answers · Marsh &amp; Calloway</title>" in response.content.decode()


def test_an_answer_the_spouse_typed_is_named_after_who_typed_it(staff, matter):
    lucia = matter.participant("b")
    Answer.objects.create(matter=matter, question="married_on", value="2008-01-12", answered_by=lucia.user)
    hand_in(matter, "a", shared={"married_on": cell("2008-01-12")})

    assert "Lucia Marin said it" in text_of(staff.get(url(matter)))


def test_a_changed_answer_shows_what_counted_before(staff, matter, dana, carls):
    submissions.accept_all(matter=matter, actor=dana)
    hand_in(
        matter, "a", {"date_of_birth": cell("1956-03-02"), "citizenships": cell(["US"])}, assets=carls.content["assets"]
    )

    page = text_of(staff.get(url(matter)))

    assert "1 answer waits for review" in page
    assert "Before: 2 March 1955 → 2 March 1956" in page
    assert "changed since it was accepted" in page


def test_every_field_has_a_label_and_every_id_is_used_once(staff, matter, carls):
    reader = read(staff.get(url(matter)))

    assert len(reader.ids) == len(set(reader.ids))


def test_hostile_answers_are_shown_as_words(staff, matter):
    hand_in(matter, "a", {"occupation": cell("<script>alert(1)</script>", note="<b>x</b>")}, shared={})

    page = staff.get(url(matter)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>x</b>" not in page


def test_reading_the_page_changes_no_answer_and_is_in_the_ledger(staff, matter, carls):
    staff.get(url(matter))

    assert 0 == AnswerReview.objects.count()
    assert 1 == len(events("matter.viewed"))


# --- deciding --------------------------------------------------------------------------------------------------


def test_an_accepted_answer_counts(staff, matter, carls, dana):
    response = decide(staff, matter, "date_of_birth", "accepted", "a")

    assert (302, f"{url(matter)}#row-a-citizenships") == (response.status_code, response.headers["Location"])
    assert "1955-03-02" == accepted_record(matter)["a"]["date_of_birth"]["value"]
    (event,) = events("answer.reviewed")
    assert {"question": "date_of_birth", "decision": "accepted", "slot": "a", "item": None} == event.data
    assert dana == event.actor
    assert "1955" not in str(event.data)


@pytest.mark.parametrize(
    ("question", "slot", "item", "typed", "stored"),
    [
        ("date_of_birth", "a", "", "March 3, 1955", "1955-03-03"),
        ("citizenships", "a", "", "United States of America\r\nChile", ["US", "CL"]),
        ("value", "", HOUSE, "$3.1 million", "3100000.00"),
        ("survivor_spending", "", "", "130,000", "130000.00"),
    ],
)
def test_a_corrected_answer_is_read_as_its_kind_and_counts(staff, matter, carls, question, slot, item, typed, stored):
    response = decide(staff, matter, question, "edited", slot, item, value=typed, reason="Seen on the deed")

    assert 302 == response.status_code, text_of(response)
    review = AnswerReview.objects.get()
    assert ("edited", stored, "staff_confirmed") == (
        review.decision,
        review.new_value["value"],
        review.new_value["source"],
    )
    assert "Seen on the deed" == review.reason
    assert "deed" not in str(events("answer.reviewed")[0].data)


@pytest.mark.parametrize(
    ("question", "slot", "item", "typed", "words"),
    [
        ("date_of_birth", "a", "", "31 February 1955", "There is no such day"),
        ("value", "", HOUSE, "a lot", "Write an amount in US dollars"),
        ("value", "", HOUSE, "", "Write the corrected answer"),
        ("citizenships", "a", "", "Atlantis", "is not in the list of countries"),
    ],
)
def test_a_value_of_the_wrong_kind_keeps_what_was_typed(staff, matter, carls, question, slot, item, typed, words):
    response = decide(staff, matter, question, "edited", slot, item, value=typed, reason="Because of the deed")

    page = response.content.decode()
    assert 200 == response.status_code
    assert words in text_of(response)
    assert "Because of the deed" in page
    assert typed in page
    assert 1 == page.count(" open>"), "the form with the error stands open"
    assert 0 == AnswerReview.objects.count()


@pytest.mark.parametrize("decision", ["edited", "rejected", "asked_back"])
def test_a_decision_against_the_client_needs_words(staff, matter, carls, decision):
    response = decide(staff, matter, "date_of_birth", decision, "a", value="2 March 1955", reason="  ")

    assert 200 == response.status_code
    assert 'class="error-summary"' in response.content.decode()
    target = f"id_a-date_of_birth-{decision}-reason"
    assert f'href="#{target}"' in response.content.decode()
    assert target in read(response).ids
    assert 0 == AnswerReview.objects.count()


def test_a_rejected_answer_does_not_count_and_can_be_accepted_after_all(staff, matter, carls):
    decide(staff, matter, "date_of_birth", "rejected", "a", reason="Passport says otherwise")
    page = text_of(staff.get(url(matter)))

    assert "Passport says otherwise" in page
    assert "date_of_birth" not in accepted_record(matter)["a"]

    decide(staff, matter, "date_of_birth", "accepted", "a", state="rejected")

    assert "1955-03-02" == accepted_record(matter)["a"]["date_of_birth"]["value"]


def test_a_question_asked_back_reaches_the_spouse_and_stays_listed(staff, matter, carls):
    decide(staff, matter, "survivor_spending", "asked_back", reason="With or without the house?")

    (ask,) = open_asks(matter.participant("a"))
    page = text_of(staff.get(url(matter)))
    assert "With or without the house?" == ask.reason
    assert "Asked again, not answered yet" in page
    assert "With or without the house?" in page
    assert [] == open_asks(matter.participant("b"))
    assert "house" not in str(events("answer.reviewed")[0].data)


def test_a_reason_with_a_social_security_number_is_refused(staff, matter, carls):
    response = decide(staff, matter, "date_of_birth", "rejected", "a", reason="SSN 123-45-6789")

    assert "leave out numbers" in text_of(response)
    assert 0 == AnswerReview.objects.count()


def test_a_choice_outside_the_list_is_refused(staff, matter):
    hand_in(matter, "a", {"sex": cell("female")}, shared={})

    response = decide(staff, matter, "sex", "edited", "a", value="<script>", reason="x")

    assert 200 == response.status_code
    assert 0 == AnswerReview.objects.count()


def test_an_answer_handed_in_again_meanwhile_is_not_decided(staff, matter, carls):
    old = {
        "question": "date_of_birth",
        "slot": "a",
        "submission": carls.public_id,
        "state": "pending",
        "decision": "accepted",
    }
    hand_in(matter, "a", {"date_of_birth": cell("1960-01-01")})

    response = staff.post(url(matter, "review-answer"), old, follow=True)

    assert "Nothing was decided" in text_of(response)
    assert 0 == AnswerReview.objects.count()


def test_an_answer_a_colleague_decided_meanwhile_is_not_decided_twice(staff, matter, carls):
    decide(staff, matter, "date_of_birth", "accepted", "a")

    decide(staff, matter, "date_of_birth", "rejected", "a", reason="x")

    assert 1 == AnswerReview.objects.count()


@pytest.mark.parametrize(
    "change",
    [
        {"question": "no_such"},
        {"slot": "b"},
        {"slot": "c"},
        {"item": "11111111-1111-4111-8111-222222222222"},
        {"item": "x"},
        {"decision": "burn"},
        {"submission": "x"},
    ],
)
def test_an_answer_that_was_not_handed_in_is_not_found(staff, matter, carls, change):
    fields = {
        "question": "date_of_birth",
        "slot": "a",
        "submission": carls.public_id,
        "state": "pending",
        "decision": "accepted",
        **change,
    }

    assert 404 == staff.post(url(matter, "review-answer"), fields).status_code
    assert 0 == AnswerReview.objects.count()


# --- all at once -----------------------------------------------------------------------------------------------


def seen_on(response):
    return read(response).fields["seen"][0]


def test_all_that_waits_is_accepted_at_once(staff, matter, carls):
    seen = seen_on(staff.get(url(matter)))

    response = staff.post(url(matter, "accept-all"), {"seen": seen}, follow=True)

    page = text_of(response)
    assert "6 answers are accepted" in page
    assert "Everything that was handed in has been looked at" in page
    assert "House on Selwyn Avenue" in page
    assert "Client said" in page
    (event,) = events("answers.accepted")
    assert {"count", "questions"} == set(event.data)


def test_only_what_is_sure_can_be_accepted_at_once(staff, matter, carls):
    seen = seen_on(staff.get(url(matter)))

    staff.post(url(matter, "accept-all"), {"seen": seen, "only_sure": "yes"})

    record = accepted_record(matter)
    assert "married_on" in record["couple"]
    assert "survivor_spending" not in record["couple"]


def test_what_came_in_after_the_page_was_opened_is_not_accepted_unseen(staff, matter, carls):
    seen = seen_on(staff.get(url(matter)))
    hand_in(matter, "b", {"date_of_birth": cell("1962-07-01")})

    response = staff.post(url(matter, "accept-all"), {"seen": seen}, follow=True)

    assert "Nothing was decided" in text_of(response)
    assert 0 == AnswerReview.objects.count()


# --- the record, opening again, closed matters ------------------------------------------------------------------


def test_the_record_names_section_source_and_whose_it_is(staff, matter, dana, carls):
    submissions.accept_all(matter=matter, actor=dana)
    submissions.save_staff_facts(matter=matter, slot="b", values={"us_domicile": "yes"}, actor=dana)

    page = text_of(staff.get(url(matter)))

    record = page.split("What counts now")[1]
    assert "Citizenship and home" in record
    assert "Entered by the firm" in record
    assert "US domicile for estate and gift tax Yes Lucia private Staff confirmed" in record


def test_answers_are_opened_again(staff, matter, carls):
    assert is_locked(matter.participant("a"))

    response = staff.post(url(matter), {"reopen": "a"}, follow=True)

    assert "Carl can change the answers again" in text_of(response)
    assert not is_locked(matter.participant("a"))
    (event,) = events("intake.reopened")
    assert {"slot": "a"} == event.data


def test_answers_that_are_open_are_not_opened_twice(staff, matter):
    response = staff.post(url(matter), {"reopen": "b"}, follow=True)

    assert "are open already" in text_of(response)
    assert [] == events("intake.reopened")


def test_a_slot_that_does_not_exist_is_not_found(staff, matter):
    assert 404 == staff.post(url(matter), {"reopen": "z"}).status_code


def test_nothing_changes_in_a_closed_matter(staff, matter, carls):
    type(matter).objects.filter(pk=matter.pk).update(closed_at="2026-11-01T00:00:00Z")

    decide(staff, matter, "date_of_birth", "accepted", "a")
    staff.post(url(matter, "accept-all"), {"seen": "x"})
    response = staff.post(url(matter), {"reopen": "a"}, follow=True)

    assert "This matter is closed" in text_of(response)
    assert "Accept" not in read(response).labels
    assert 0 == AnswerReview.objects.count()
    assert is_locked(matter.participant("a"))


def test_that_a_spouse_asks_to_talk_is_shown_to_staff(staff, matter):
    carl = matter.participant("a")
    Answer.objects.create(
        matter=matter, participant=carl, question="joint_representation", value="talk_first", answered_by=carl.user
    )

    assert "asks to speak with someone first; Lucia must not learn of it" in text_of(staff.get(url(matter)))


# --- who may ---------------------------------------------------------------------------------------------------

PAGES = [("answers", "get"), ("review-answer", "post"), ("accept-all", "post"), ("staff-facts", "get")]


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_only_the_firms_staff_get_in(firm, matter, name, method):
    olga, _other = factories.make_other_firm()
    carl = matter.participant("a").user

    assert 404 == getattr(signed_in(olga), method)(url(matter, name)).status_code
    assert 404 == getattr(signed_in(carl), method)(url(matter, name)).status_code
    assert "/accounts/login/" in getattr(Client(), method)(url(matter, name)).headers["Location"]
    for role in ("attorney", "paralegal", "admin"):
        user = factories.make_staff(firm, role, email=f"{role}@example.com")
        assert getattr(signed_in(user), method)(url(matter, name)).status_code in {200, 302}


def test_the_wrong_method_is_refused(staff, matter):
    assert 405 == staff.get(url(matter, "review-answer")).status_code
    assert 405 == staff.get(url(matter, "accept-all")).status_code
    assert 405 == staff.put(url(matter)).status_code
    assert 405 == staff.delete(url(matter, "staff-facts")).status_code
