"""The whole way of both spouses: every page, handing in, review, and the record the plan starts from."""

import pytest
from django.urls import reverse

from clients.models import Answer, AuditEvent, Submission
from clients.selectors import accepted_record, matter_stage, record_fingerprint
from clients.services import submissions
from planning.facts_from_answers import couple_from_record
from tests import factories
from tests.clients.walking import page_url, read, text_of, walk_all

pytestmark = pytest.mark.django_db

LUCIA = {"your-citizenship": {"citizenships": ["CL"]}}


def hand_in(client, matter):
    review = client.get(reverse("clients:intake-review", args=[matter.public_id]))
    key = read(review).fields["save_key"]
    return client.post(reverse("clients:intake-submit", args=[matter.public_id]), {"save_key": key})


def test_two_spouses_answer_everything_and_the_record_holds_it(carl, lucia, dana, matter):
    carl_met = walk_all(carl, matter)
    lucia_met = walk_all(lucia, matter, **LUCIA)

    assert 302 == hand_in(carl, matter).status_code
    assert 302 == hand_in(lucia, matter).status_code
    assert "submitted" == matter_stage(matter)
    submissions.accept_all(matter=matter, actor=dana)
    record = accepted_record(matter)

    assert "homes" in carl_met
    assert "homes" not in lucia_met, "shared pages are asked once"
    assert "your-status" in lucia_met
    assert "your-status" not in carl_met
    assert ["CL"] == record["b"]["citizenships"]["value"]
    assert ["US"] == record["a"]["citizenships"]["value"]
    assert "2008-01-12" == record["couple"]["married_on"]["value"]
    home = next(asset for asset in record["assets"] if asset["kind"] == "home")
    assert "3200000.00" == home["value"]["value"]
    assert "75" == home["contribution_a"]["value"]
    assert "reviewed" == matter_stage(matter)
    assert 64 == len(record_fingerprint(matter))


def test_the_record_becomes_facts_of_the_engine(dana, matter):
    factories.hand_in(matter, "a")
    factories.hand_in(matter, "b", citizenships=["CL"], things=())
    submissions.accept_all(matter=matter, actor=dana)

    couple = couple_from_record(accepted_record(matter), {"a": "Carl", "b": "Lucia"})

    assert ("US",) == couple.a.citizenships
    assert ("CL",) == couple.b.citizenships
    assert 1 == len(couple.assets)
    assert 100 == couple.a.first_death_share_to_spouse


def test_every_page_of_the_walk_has_a_label_for_each_field_and_no_id_twice(lucia, matter):
    for slug in walk_all(lucia, matter, **LUCIA):
        page = read(lucia.get(page_url(matter, slug)))

        assert len(page.ids) == len(set(page.ids)), slug


def test_handing_in_twice_makes_one_submission(carl, matter):
    factories.answer_everything(matter, "a")
    review = carl.get(reverse("clients:intake-review", args=[matter.public_id]))
    key = {"save_key": read(review).fields["save_key"]}
    url = reverse("clients:intake-submit", args=[matter.public_id])

    first, second = carl.post(url, key), carl.post(url, key)

    assert first.headers["Location"] == second.headers["Location"]
    assert 1 == Submission.objects.count()
    assert 1 == AuditEvent.objects.filter(action="intake.submitted").count()
    assert "Thank you" in text_of(carl.get(url))


def test_an_unfinished_questionnaire_is_not_handed_in(carl, matter):
    carl.post(page_url(matter, "working-together"), {"joint_representation": "acknowledged"})

    response = carl.post(reverse("clients:intake-submit", args=[matter.public_id]))

    assert reverse("clients:intake-review", args=[matter.public_id]) == response.headers["Location"]
    assert 0 == Submission.objects.count()
    assert "Still to do" in text_of(carl.get(response.headers["Location"]))


def test_handed_in_answers_are_locked_until_staff_open_them(carl, dana, matter):
    factories.hand_in(matter, "a")
    rows = Answer.objects.count()

    refused = carl.post(page_url(matter, "about-you"), {"occupation": "Pilot"})
    submissions.reopen(participant=matter.participant("a"), actor=dana)
    saved = carl.post(page_url(matter, "about-you"), {"occupation": "Pilot", "version": 10**9})

    assert 409 == refused.status_code
    assert "already sent" in text_of(refused)
    assert 302 == saved.status_code
    assert rows + 1 == Answer.objects.count()
