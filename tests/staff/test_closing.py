"""Closing and opening again, what they own, failing mail, and cursors that say nothing about other firms."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from clients.models import AuditEvent, BoardEntry, Invitation
from tests.clients.walking import text_of
from tests.factories import make_other_firm
from tests.staff.opening import actions, opened

pytestmark = pytest.mark.django_db


class DeadMailServer(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        """Refuse."""
        raise SMTPServerDisconnected("gone: carl@example.com")


def overview(matter):
    """Give the overview's address."""
    return reverse("clients:matter", args=[matter.public_id])


def test_a_matter_is_closed_and_opened_again_each_once(desk, dana):
    matter = opened(dana)

    for action in ("close", "close", "reopen", "reopen"):
        assert 302 == desk.post(overview(matter), {"action": action}).status_code

    matter.refresh_from_db()
    assert matter.closed_at is None
    assert ["matter.opened", "matter.closed", "matter.reopened"] == [
        action for action in actions(matter) if action != "matter.viewed"
    ]


def test_a_closed_matter_offers_to_be_opened_again_and_nothing_else_to_do(desk, dana):
    matter = opened(dana)
    desk.post(overview(matter), {"action": "close"})

    page = text_of(desk.get(overview(matter)))

    assert "Open it again" in page
    assert "Send the invitations" not in page


@pytest.mark.parametrize("action", ["delete", "close ", "<script>"])
def test_another_action_is_not_there(desk, dana, action):
    matter = opened(dana)

    assert 404 == desk.post(overview(matter), {"action": action}).status_code
    assert not BoardEntry.objects.get(matter=matter).is_closed


def test_another_firm_closes_nothing(signed_in, dana):
    olga, _theirs = make_other_firm()
    matter = opened(dana)

    response = signed_in(olga).post(overview(matter), {"action": "close"})

    matter.refresh_from_db()
    assert 404 == response.status_code
    assert matter.closed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_hangs_up_is_said_and_the_link_can_be_sent_again(desk, dana, settings, caplog):
    settings.EMAIL_BACKEND = "tests.staff.test_closing.DeadMailServer"
    matter = opened(dana)

    response = desk.post(reverse("clients:invite", args=[matter.public_id, "a"]), follow=True)

    assert 200 == response.status_code
    assert "did not take the invitation" in text_of(response)
    assert "Send again" in text_of(response)
    assert "carl@example.com" not in caplog.text
    assert 1 == Invitation.objects.count()


def test_pages_of_activity_follow_one_another_also_within_one_moment(desk, dana):
    matter = opened(dana)
    at = matter.events.get().at
    for number in range(120):
        AuditEvent.objects.create(
            firm=matter.firm,
            matter=matter,
            actor=dana,
            action="answer.reviewed",
            at=at,
            data={"question": f"q{number}"},
        )
    from clients.selectors.activity import events_page

    seen, cursor = [], ""
    while True:
        events, cursor = events_page(matter, cursor)
        seen += [event.pk for event in events]
        if not cursor:
            break

    assert 121 == len(seen)
    assert 121 == len(set(seen))


def test_the_address_of_earlier_activity_holds_no_row_number(desk, dana):
    matter = opened(dana)
    for _ in range(60):
        AuditEvent.objects.create(firm=matter.firm, matter=matter, actor=dana, action="intake.submitted")
    from clients.selectors.activity import events_page

    events, cursor = events_page(matter)

    assert cursor.startswith(events[-1].at.isoformat())
    assert 200 == desk.get(reverse("clients:activity", args=[matter.public_id]), {"before": cursor}).status_code


def test_what_they_own_is_listed_once_it_is_accepted(signed_in):
    from clients.models import User
    from planning.demo.firm import load_demo

    load_demo()
    dana = User.objects.get(email="dana@marshcalloway.example")
    matter = BoardEntry.objects.get(stage="released").matter

    page = text_of(signed_in(dana).get(overview(matter)))

    assert "What they own" in page
    assert "Client said" in page
