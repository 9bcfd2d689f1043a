"""What one spouse says stays with that spouse and the lawyers (rows P1, P8, A1, A2, L13)."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from clients.intake.qdot import QDOT
from clients.intake.questions import Kind, Scope
from clients.models import Answer, AuditEvent, Submission
from clients.selectors import wants_to_talk
from tests import factories
from tests.clients.walking import answer, page_url, text_of, walk_all

pytestmark = pytest.mark.django_db

SECRET = "Zorbenquist"
HERS = {
    "your-names": {"legal_name": f"{SECRET} One", "earlier_names": f"{SECRET} Two"},
    "about-you": {"date_of_birth": "3 March 1971", "occupation": f"{SECRET} Three"},
    "where-you-live": {"home_country": "US", "home_state": "NC", "plans_to_move": f"{SECRET} Four"},
    "your-citizenship": {"citizenships": ["CL"], "citizenships__note": f"{SECRET} Five"},
    "becoming-a-citizen": {"naturalization_intent": "no", "naturalization_reasons_against": f"{SECRET} Six"},
    "large-gifts": {"large_gifts": "yes", "large_gifts_note": f"{SECRET} Seven"},
    "rough-total": {"rough_total": "7,654,321"},
}


def pages_of(client, matter):
    """Read every page a spouse can open."""
    paths = [reverse(f"clients:{name}", args=[matter.public_id]) for name in ("portal", "intake-review")]
    paths += [page_url(matter, page.slug) for page in QDOT.pages]
    return {path: client.get(path, follow=True).content.decode() for path in paths}


def test_no_page_shows_what_the_other_spouse_said_alone(carl, lucia, matter):
    walk_all(lucia, matter, **HERS)
    answer(carl, page_url(matter, "working-together"), joint_representation="acknowledged")

    for path, text in pages_of(carl, matter).items():
        assert SECRET not in text, path
        assert "7,654,321" not in text, path
        assert "3 March 1971" not in text, path


def test_a_submission_holds_the_own_answers_and_the_shared_ones_only(carl, lucia, matter):
    walk_all(lucia, matter, **HERS)
    factories.hand_in(matter, "a")

    content = str(Submission.objects.get().content)

    assert SECRET not in content
    assert "3200000.00" in content


def test_every_personal_question_is_stored_with_its_person_and_every_shared_one_without(carl, lucia, matter):
    walk_all(lucia, matter)
    personal = {q.key for page in QDOT.pages if page.scope == Scope.PERSONAL for q in page.questions}
    shared = {q.key for page in QDOT.pages if page.scope == Scope.SHARED for q in page.questions}

    assert not Answer.objects.filter(question__in=personal, participant=None).exists()
    assert not Answer.objects.filter(question__in=shared, participant__isnull=False).exists()


def test_a_wish_to_talk_first_reaches_staff_and_never_the_spouse(
    carl, lucia, matter, firm, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = answer(lucia, page_url(matter, "working-together"), joint_representation="talk_first")

    assert "We will call you" in text_of(lucia.get(response.headers["Location"]))
    assert wants_to_talk(matter.participant("b"))
    assert AuditEvent.objects.filter(action="intake.talk_asked").exists()
    assert [firm.email] == mail.outbox[-1].to
    assert not re.search("Lucia|Marin|Carl|Ellery", mail.outbox[-1].subject + mail.outbox[-1].body)
    answer(carl, page_url(matter, "working-together"), joint_representation="acknowledged")
    for path, text in pages_of(carl, matter).items():
        assert "talk_first" not in text or path == page_url(matter, "working-together"), path
        assert "We will call you" not in text, path
        assert "would like to talk" not in text, path


def test_nothing_is_asked_before_working_together_is_clear(lucia, matter):
    response = lucia.get(page_url(matter, "about-you"))

    assert page_url(matter, "working-together") == response.headers["Location"]


def test_titles_and_addresses_name_nobody(carl, matter):
    factories.answer_everything(matter, "a")
    for page in QDOT.pages:
        response = carl.get(page_url(matter, page.slug), follow=True)
        title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)

        if response.status_code == 200:
            assert not re.search("Carl|Lucia|Ellery|Marin|Selwyn|Savings", title.group(1)), title.group(1)


def test_the_pages_hold_no_plan_before_the_release(carl, matter):
    factories.hand_in(matter, "a")

    home = text_of(carl.get(reverse("clients:portal", args=[matter.public_id])))

    for word in ("QDOT", "strategy", "recommend", "tax"):
        assert word not in home


def test_a_stranger_and_another_firm_find_nothing(olga, staff, client, matter):
    own = reverse("clients:portal", args=[matter.public_id])

    assert 404 == olga.get(own).status_code
    assert 403 == staff.get(own).status_code
    assert 302 == client.get(own).status_code
    assert own in client.get(own).headers["Location"]


def test_a_client_of_another_matter_finds_nothing(carl, firm, dana):
    other = factories.make_matter(firm, dana)

    assert 404 == carl.get(reverse("clients:portal", args=[other.public_id])).status_code
    assert 404 == carl.post(page_url(other, "about-you"), {"occupation": "Spy"}).status_code


def test_a_released_document_is_linked_and_only_then(carl, matter):
    from uuid import uuid4

    from django.utils import timezone

    before = carl.get(reverse("clients:portal", args=[matter.public_id])).content.decode()
    document = uuid4()
    matter.released_document_public_id, matter.plan_released_at = document, timezone.now()
    matter.save()

    after = carl.get(reverse("clients:portal", args=[matter.public_id])).content.decode()

    assert "/documents/" not in before
    assert f"/documents/{document}/" in after


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}",
        "{x.__class__}",
        "%s%n",
        "محمد علي",
        "李小龍",
        "👩‍👧",
        "x" * 200,
    ],
)
def test_hostile_and_foreign_names_are_shown_as_text(carl, lucia, matter, name):
    participant = matter.participant("b")
    participant.full_name = name
    participant.save()
    answer(carl, page_url(matter, "working-together"), joint_representation="acknowledged")
    answer(carl, page_url(matter, "other-names"), disputes=name)

    for path in (
        reverse("clients:portal", args=[matter.public_id]),
        reverse("clients:intake-review", args=[matter.public_id]),
        page_url(matter, "first-death"),
        page_url(matter, "other-names"),
    ):
        for client in (carl, lucia):
            response = client.get(path, follow=True)
            assert 200 == response.status_code
            assert b"<img src=x" not in response.content


def test_no_free_text_takes_an_identification_number(carl, matter):
    answer(carl, page_url(matter, "working-together"), joint_representation="acknowledged")
    for page in QDOT.pages:
        if page.is_step or page.is_list:
            continue
        for question in page.questions:
            if question.kind in {Kind.TEXT, Kind.LONG_TEXT}:
                carl.post(page_url(matter, page.slug), {question.key: "123-45-6789", "later": "yes"})

    assert not any("123-45" in str(value) for value in Answer.objects.values_list("value", flat=True))
