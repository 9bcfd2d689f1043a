"""Staff accept, edit, reject and ask back; the record holds only what the firm stands behind (row M9, C4, C6)."""

import pytest
from django.urls import reverse

from clients.models import AnswerReview, AppendOnlyError, AuditEvent, Submission
from clients.selectors import (
    ParticipantStatus,
    accepted_record,
    open_asks,
    participant_status,
    pending_count,
    record_fingerprint,
    review_rows,
)
from clients.services import submissions
from clients.services.submissions import UnknownAnswerError
from tests import factories
from tests.clients.test_story import hand_in
from tests.clients.walking import answer, page_url, read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(carl, matter):
    """Carl has handed in everything."""
    factories.hand_in(matter, "a")
    return matter


def row_of(matter, question, slot=None, item=None):
    return next(r for r in review_rows(matter) if (r.question, r.slot) == (question, slot) and item in {None, r.item})


def test_nothing_counts_before_staff_accept_it(handed):
    assert {"a": {}, "b": {}, "couple": {}, "children": [], "assets": []} == accepted_record(handed)
    assert pending_count(handed) == len(review_rows(handed)) > 20


def test_accepting_all_leaves_nothing_open_and_is_recorded_by_keys(handed, dana):
    count = submissions.accept_all(matter=handed, actor=dana)

    assert 0 == pending_count(handed)
    assert count == len(review_rows(handed))
    assert 0 == submissions.accept_all(matter=handed, actor=dana)
    event = AuditEvent.objects.get(action="answers.accepted")
    assert count == event.data["count"]
    assert "1979" not in str(event.data)


def test_an_edit_counts_and_keeps_what_was_handed_in(handed, dana):
    review = submissions.review_answer(
        matter=handed,
        question="rough_total",
        slot="a",
        decision="edited",
        value="1500000.00",
        reason="Statement",
        actor=dana,
    )

    row = row_of(handed, "rough_total", "a")
    cell = accepted_record(handed)["a"]["rough_total"]
    assert ("1500000.00", "staff_confirmed") == (cell["value"], cell["source"])
    assert "1000000.00" == review.old_value["value"]
    assert ("edited", "Statement") == (row.state, row.reason)
    assert ("$1,000,000", "$1,500,000") == (row.handed_in_words, row.counts_words)


def test_a_rejected_answer_falls_back_to_the_last_accepted_one(handed, carl, dana):
    submissions.accept_all(matter=handed, actor=dana)
    submissions.reopen(participant=handed.participant("a"), actor=dana)
    answer(carl, page_url(handed, "rough-total"), rough_total="9")
    hand_in(carl, handed)
    row = row_of(handed, "rough_total", "a")
    assert ("pending", True) == (row.state, row.is_changed)

    submissions.review_answer(matter=handed, question="rough_total", slot="a", decision="rejected", actor=dana)

    assert "1000000.00" == accepted_record(handed)["a"]["rough_total"]["value"]
    assert "rejected" == row_of(handed, "rough_total", "a").state


def test_an_answer_nobody_handed_in_cannot_be_decided(handed, dana):
    for wanted in (
        {"question": "rough_total", "slot": "b"},
        {"question": "no_such_key"},
        {"question": "legal_name", "slot": None},
    ):
        with pytest.raises(UnknownAnswerError):
            submissions.review_answer(matter=handed, decision="accepted", actor=dana, **wanted)


def test_what_staff_enter_wins_and_can_be_taken_away(handed, dana):
    submissions.accept_all(matter=handed, actor=dana)

    submissions.save_staff_facts(
        matter=handed, slot="a", values={"us_domicile": "yes", "date_of_birth": "1978-04-14"}, actor=dana
    )
    with_facts = accepted_record(handed)["a"]
    again = submissions.save_staff_facts(matter=handed, slot="a", values={"us_domicile": "yes"}, actor=dana)
    submissions.save_staff_facts(matter=handed, slot="a", values={"date_of_birth": None}, actor=dana)

    assert ("yes", "1978-04-14") == (with_facts["us_domicile"]["value"], with_facts["date_of_birth"]["value"])
    assert [] == again
    assert "1979-04-14" == accepted_record(handed)["a"]["date_of_birth"]["value"]
    with pytest.raises(UnknownAnswerError):
        submissions.save_staff_facts(matter=handed, values={"password": "x"}, actor=dana)


def test_the_fingerprint_follows_what_counts(handed, carl, dana):
    submissions.accept_all(matter=handed, actor=dana)
    first = record_fingerprint(handed)
    submissions.reopen(participant=handed.participant("a"), actor=dana)
    answer(carl, page_url(handed, "rough-total"), rough_total="9")
    hand_in(carl, handed)

    assert first == record_fingerprint(handed), "what is not accepted changes nothing"
    submissions.accept_all(matter=handed, actor=dana)
    assert first != record_fingerprint(handed)


def test_an_asked_back_question_is_one_page_and_goes_to_staff_at_once(handed, carl, dana):
    submissions.review_answer(
        matter=handed, question="married_on", decision="asked_back", reason="Your certificate says 2009?", actor=dana
    )
    submissions.review_answer(matter=handed, question="rough_total", slot="a", decision="asked_back", actor=dana)
    home = text_of(carl.get(reverse("clients:portal", args=[handed.public_id])))
    assert ParticipantStatus.ASKED_BACK == participant_status(handed.participant("a"))

    page = carl.get(page_url(handed, "your-marriage"))
    response = answer(carl, page_url(handed, "your-marriage"), married_on="12 January 2009")

    assert "Two questions for you" in home
    assert "Your certificate says 2009?" in text_of(page)
    assert "married_on" in read(page).names
    assert "marital_agreement" not in read(page).names
    assert 302 == response.status_code
    assert 2 == Submission.objects.count()
    assert ["rough_total"] == [ask.question.key for ask in open_asks(handed.participant("a"))]
    row = row_of(handed, "married_on")
    assert ("pending", "12 January 2009") == (row.state, row.handed_in_words)
    assert 409 == carl.post(page_url(handed, "your-marriage"), {"marital_agreement": "yes"}).status_code


def test_answering_an_asked_question_the_same_way_is_an_answer(handed, carl, dana):
    submissions.review_answer(matter=handed, question="rough_total", slot="a", decision="asked_back", actor=dana)

    answer(carl, page_url(handed, "rough-total"), rough_total="1,000,000")

    assert [] == open_asks(handed.participant("a"))
    assert "pending" == row_of(handed, "rough_total", "a").state


def test_an_asked_back_question_about_a_thing_opens_that_thing(handed, carl, dana):
    row = next(r for r in review_rows(handed) if r.question == "value" and r.item_name == "House on Selwyn Avenue")
    submissions.review_answer(matter=handed, question="value", item=row.item, decision="asked_back", actor=dana)

    url = reverse("clients:intake-item", args=[handed.public_id, "homes-worth", row.item])
    assert url in carl.get(reverse("clients:portal", args=[handed.public_id])).content.decode()
    response = answer(carl, url, value="3,500,000")

    assert 302 == response.status_code
    assert "3500000.00" == row_of(handed, "value", None, row.item).handed_in["value"]


def test_a_removed_thing_leaves_the_record_once_staff_accept_it(handed, carl, dana):
    submissions.accept_all(matter=handed, actor=dana)
    home = next(asset["id"] for asset in accepted_record(handed)["assets"] if asset["kind"] == "home")
    submissions.reopen(participant=handed.participant("a"), actor=dana)
    carl.post(reverse("clients:intake-item-remove", args=[handed.public_id, "homes", home]))
    carl.post(page_url(handed, "homes"), {"put_off": "yes"})
    hand_in(carl, handed)

    still_there = [asset["id"] for asset in accepted_record(handed)["assets"]]
    pending = [row for row in review_rows(handed) if row.state == "pending"]
    submissions.accept_all(matter=handed, actor=dana)

    assert home in still_there
    assert ["assets.removed"] == [row.question for row in pending]
    assert home not in [asset["id"] for asset in accepted_record(handed)["assets"]]


def test_a_hidden_answer_leaves_the_record_only_with_staff(lucia, matter, dana):
    factories.hand_in(matter, "b", citizenships=["CL"])
    submissions.accept_all(matter=matter, actor=dana)
    submissions.reopen(participant=matter.participant("b"), actor=dana)
    answer(lucia, page_url(matter, "your-citizenship"), citizenships=["US"])
    hand_in(lucia, matter)

    before = accepted_record(matter)["b"]
    rows = {row.question: row for row in review_rows(matter) if row.state == "pending"}
    submissions.accept_all(matter=matter, actor=dana)
    after = accepted_record(matter)["b"]

    assert "green_card" == before["us_status"]["value"]
    assert rows["us_status"].handed_in is None
    assert "us_status" not in after
    assert ["US"] == after["citizenships"]["value"]
    assert "us_status" not in Submission.objects.order_by("-number").first().content["personal"]


def test_decisions_are_written_once(handed, dana):
    submissions.accept_all(matter=handed, actor=dana)

    with pytest.raises(AppendOnlyError):
        AnswerReview.objects.update(decision="rejected")
