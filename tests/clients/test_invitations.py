"""Links and codes that let a spouse in (rows L1 to L8, C8, I6, P1, P9)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clients.models import AuditEvent, Invitation, User
from clients.services import invitations, matters
from clients.services.invitations import CodeResult, InvitationClosedError, TooManyCodesError
from clients.services.matters import EmailNotUsableError, Spouse
from tests import factories
from tests.clients.walking import text_of

pytestmark = pytest.mark.django_db

BASE = "http://localhost:8000"
CODE_PAGE = "/invitation/code/"


@pytest.fixture
def new_matter(firm, dana):
    return factories.make_matter(firm, dana, names=("Carl Ellery", "Lucía Marín"), users=False)


@pytest.fixture
def send(dana, new_matter, django_capture_on_commit_callbacks):
    """Send an invitation and give the path of its link."""

    def sending(slot="b", matter=new_matter):
        with django_capture_on_commit_callbacks(execute=True):
            invitations.send_invitation(participant=matter.participant(slot), base_url=BASE, actor=dana)
        return re.search(r"http://\S+", mail.outbox[-1].body).group().removeprefix(BASE)

    return sending


@pytest.fixture
def code_for(django_capture_on_commit_callbacks):
    """Ask for a code in a browser that opened the link, and read it from the mail."""

    def asking(browser):
        with django_capture_on_commit_callbacks(execute=True):
            response = browser.post(CODE_PAGE)
        assert 302 == response.status_code, text_of(response)
        return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()

    return asking


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_spouse_comes_in_by_link_and_code(send, code_for, new_matter):
    browser = Client()

    opened = browser.get(send())
    asked = browser.get(CODE_PAGE)
    entered = browser.post(CODE_PAGE, {"code": code_for(browser)})

    assert CODE_PAGE == opened.headers["Location"]
    assert "Send the code" in text_of(asked)
    assert reverse("clients:portal", args=[new_matter.public_id]) == entered.headers["Location"]
    assert 200 == browser.get(entered.headers["Location"]).status_code
    participant = new_matter.participant("b")
    assert participant.email == participant.user.email
    assert not participant.user.has_usable_password()
    assert "used" == participant.invitations.get().status
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert ["invitation.sent", "code.sent", "invitation.accepted"] == [a for a in actions if a != "matter.viewed"]


def test_the_mails_name_the_firm_and_nobody_else(send, code_for):
    browser = Client()
    browser.get(send())
    code_for(browser)

    for message in mail.outbox:
        words = message.subject + message.body
        assert "Marsh & Calloway" in words
        for name in ("Carl", "Ellery", "Lucía", "Marín", "M-2026"):
            assert name not in words


def test_only_the_hash_of_a_link_is_stored(send):
    token = send().split("/")[2]

    invitation = Invitation.objects.get()

    assert len(token) >= 43
    assert token not in str(vars(invitation))
    assert invitations.hash_of(token) == invitation.token_hash


def test_a_mail_scanner_uses_nothing_up(send, code_for):
    link = send()
    scanner = Client()

    scanner.head(link)
    scanner.get(link, follow=True)
    scanner.get(link)
    browser = Client()
    browser.get(link)

    assert 302 == browser.post(CODE_PAGE, {"code": code_for(browser)}).status_code


def test_the_link_leaves_the_address_and_no_referrer_carries_it(send):
    browser = Client()

    opened = browser.get(send())
    page = browser.get(opened.headers["Location"])

    assert "no-referrer" == opened.headers["Referrer-Policy"]
    assert CODE_PAGE == opened.headers["Location"]
    # The code page's address holds no secret; "no-referrer" there would make browsers post with Origin "null".
    assert "same-origin" == page.headers["Referrer-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_a_used_link_lets_nobody_in_again_and_says_how_to_come_back(send, code_for):
    link, first = send(), Client()
    first.get(link)
    first.post(CODE_PAGE, {"code": code_for(first)})

    second = Client()
    page = second.get(link, follow=True)

    assert "already used" in text_of(page)
    assert "/accounts/login/code/" in page.content.decode()
    assert "_auth_user_id" not in second.session
    assert 1 == User.objects.filter(email__startswith="b").count()


def test_an_expired_link_says_what_to_do_and_nothing_of_the_matter(send):
    link, browser = send(), Client()

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        page = browser.get(link, follow=True)
        posted = browser.post(CODE_PAGE)

    assert 410 == page.status_code == posted.status_code
    assert "expired" in text_of(page)
    for name in ("Carl", "Ellery", "Lucía", "Marín", "M-2026", "b1"):
        assert name not in text_of(page)
    assert 1 == len(mail.outbox)


def test_sending_again_revokes_the_link_before(send, code_for):
    old, new = send(), send()
    browser = Client()

    refused = browser.get(old, follow=True)
    browser.get(new)

    assert 410 == refused.status_code
    assert "no longer works" in text_of(refused)
    assert 302 == browser.post(CODE_PAGE, {"code": code_for(browser)}).status_code


def test_a_link_revoked_while_the_page_is_open_is_dead_at_once(send, code_for, new_matter, dana):
    browser = Client()
    browser.get(send())
    code = code_for(browser)

    invitations.revoke_invitation(participant=new_matter.participant("b"), actor=dana)

    assert 410 == browser.post(CODE_PAGE, {"code": code}).status_code
    assert new_matter.participant("b").user is None


@pytest.mark.parametrize("token", ["x", "a" * 43, "../../etc", "%00", "A" * 5000, "✓", "' OR 1=1"])
def test_a_forged_link_is_not_found(token):
    response = Client().get(
        reverse("clients:invitation", args=["x"]).replace("x", token, 1) if "/" in token else f"/invitation/{token}/"
    )

    assert 404 == response.status_code


def test_the_code_page_without_a_link_is_not_found():
    assert 404 == Client().get(CODE_PAGE).status_code
    assert 404 == Client().post(CODE_PAGE, {"code": "123456"}).status_code


def test_a_forwarded_link_does_nothing_without_the_mailbox(send):
    stranger = Client()
    stranger.get(send())

    response = stranger.post(CODE_PAGE, {"code": "000000"})

    assert "expired" in text_of(response)
    assert "_auth_user_id" not in stranger.session


def test_five_wrong_tries_end_a_code(send, code_for, new_matter):
    browser = Client()
    browser.get(send())
    code = code_for(browser)

    answers = [text_of(browser.post(CODE_PAGE, {"code": wrong(code)})) for _try in range(5)]
    right_too_late = browser.post(CODE_PAGE, {"code": code})

    assert "This is not the code" in answers[0]
    assert "Too many wrong tries" in answers[4]
    assert "Too many wrong tries" in text_of(right_too_late)
    assert new_matter.participant("b").user is None
    assert 302 == browser.post(CODE_PAGE, {"code": code_for(browser)}).status_code


def test_a_code_works_for_ten_minutes(send, code_for):
    browser = Client()
    browser.get(send())
    code = code_for(browser)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        response = browser.post(CODE_PAGE, {"code": code})

    assert "expired" in text_of(response)


def test_a_new_code_ends_the_one_before(send, code_for):
    browser = Client()
    browser.get(send())
    old = code_for(browser)
    new = code_for(browser)

    if old != new:
        assert "not the code" in text_of(browser.post(CODE_PAGE, {"code": old}))
    assert 302 == browser.post(CODE_PAGE, {"code": f" {new[:3]} {new[3:]} "}).status_code


def test_only_five_codes_are_sent_in_an_hour(send, code_for):
    browser = Client()
    browser.get(send())
    for _turn in range(5):
        code_for(browser)

    refused = browser.post(CODE_PAGE)

    assert "Too many codes" in text_of(refused)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        code_for(browser)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\x00", "<b>", "１２３"])
def test_a_code_that_is_none_is_asked_for_again(send, code_for, typed):
    browser = Client()
    browser.get(send())
    code_for(browser)

    response = browser.post(CODE_PAGE, {"code": typed})

    assert 200 == response.status_code
    assert "six digits" in text_of(response)


def test_the_session_gets_a_new_key_at_the_door(send, code_for):
    browser = Client()
    browser.get(send())
    before = browser.session.session_key

    browser.post(CODE_PAGE, {"code": code_for(browser)})

    assert before != browser.session.session_key
    assert "invitation" not in browser.session


def test_one_link_in_two_browsers_makes_one_account(send, code_for, new_matter):
    link, one, two = send(), Client(), Client()
    one.get(link)
    two.get(link)
    code = code_for(one)

    first = one.post(CODE_PAGE, {"code": code})
    second = two.post(CODE_PAGE, {"code": code})

    assert 302 == first.status_code
    assert "already used" in text_of(second)
    assert 1 == User.objects.filter(email=new_matter.participant("b").email).count()


def test_a_link_opened_by_the_other_spouse_signs_that_one_out(send, code_for, new_matter, firm, dana):
    browser = Client()
    browser.get(send("a"))
    browser.post(CODE_PAGE, {"code": code_for(browser)})

    browser.get(send("b"))
    browser.post(CODE_PAGE, {"code": code_for(browser)})

    assert str(new_matter.participant("b").user_id) == browser.session["_auth_user_id"]


def test_a_closed_matter_closes_its_links_and_pages(send, code_for, new_matter, dana):
    link, browser = send(), Client()
    browser.get(link)
    browser.post(CODE_PAGE, {"code": code_for(browser)})
    home = reverse("clients:portal", args=[new_matter.public_id])

    other = send("a")
    matters.close_matter(matter=new_matter, actor=dana)

    assert 410 == Client().get(other, follow=True).status_code
    assert 404 == browser.get(home).status_code


def test_a_person_whose_account_was_switched_off_is_out_at_the_next_page(send, code_for, new_matter):
    browser = Client()
    browser.get(send())
    browser.post(CODE_PAGE, {"code": code_for(browser)})
    User.objects.filter(pk=new_matter.participant("b").user_id).update(is_active=False)

    response = browser.get(reverse("clients:portal", args=[new_matter.public_id]))

    assert 302 == response.status_code
    assert "/accounts/login/" in response.headers["Location"]


def test_both_spouses_need_own_addresses_and_staff_addresses_are_refused(firm, dana):
    with pytest.raises(EmailNotUsableError, match="own e-mail"):
        matters.open_matter(firm=firm, a=Spouse("A", "one@example.com"), b=Spouse("B", "ONE@example.com"), actor=dana)
    with pytest.raises(EmailNotUsableError, match="member of staff"):
        matters.open_matter(firm=firm, a=Spouse("A", dana.email), b=Spouse("B", "b@example.com"), actor=dana)


def test_an_invitation_is_not_sent_to_who_is_in_already(matter, dana):
    with pytest.raises(InvitationClosedError):
        invitations.send_invitation(participant=matter.participant("a"), base_url=BASE, actor=dana)


def test_references_count_up_within_the_firm_and_the_year(firm, dana):
    opened = [
        matters.open_matter(firm=firm, a=Spouse("A", f"a{n}@x.example"), b=Spouse("B", f"b{n}@x.example"), actor=dana)
        for n in range(2)
    ]

    first, second = (matter.reference for matter in opened)

    assert re.fullmatch(r"M-\d{4}-\d{4}", first)
    assert int(first[-4:]) + 1 == int(second[-4:])


def test_a_correct_address_moves_new_links_and_not_the_old_one(send, new_matter, dana):
    send()
    participant = new_matter.participant("b")

    matters.change_participant(participant=participant, spouse=Spouse("Lucía Marín", "new@example.com"), actor=dana)
    send()

    assert ["new@example.com"] == mail.outbox[-1].to
    assert "new@example.com" != mail.outbox[0].to[0]


def test_a_firm_name_with_a_line_break_cannot_add_mail_headers(send, firm):
    firm.name = "Marsh\nBcc: everyone@example.com"
    firm.save()

    send()

    assert "\n" not in mail.outbox[-1].subject


def test_the_services_say_what_happened(send, new_matter):
    send()
    invitation = Invitation.objects.get()
    invitations.send_code(invitation=invitation)

    assert (CodeResult.WRONG, None) == invitations.accept(invitation=invitation, code="not a code")
    for _turn in range(4):
        invitations.send_code(invitation=invitation)
    with pytest.raises(TooManyCodesError):
        invitations.send_code(invitation=invitation)
