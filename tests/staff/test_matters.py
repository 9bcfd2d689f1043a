"""The board, opening a matter, its overview, people, activity and the search, through HTTP."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from clients.models import Answer, AuditEvent, BoardEntry, ConflictClearance, Invitation, Matter, Submission
from clients.services.board import refresh
from clients.services.invitations import send_invitation
from clients.services.matters import close_matter
from clients.services.submissions import accept_all, save_staff_facts
from tests.factories import make_firm, make_matter, make_other_firm, make_staff, make_user
from tests.staff.opening import actions, couple, opened

MATTER_PAGES = ("matter", "people", "activity")
HOSTILE = (
    "<script>alert(1)</script> O'Brien",
    "\u0645\u0631\u064a\u0645 \u0627\u0644\u062d\u062f\u0627\u062f",
    "王小明",
    "Ａnna " + "x" * 190,
    "\u202eevil Name",
)


def address(name, *args, **query):
    """Give a page's address."""
    found = reverse(f"clients:{name}", args=args)
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def text_of(response):
    """Give a page's source."""
    return response.content.decode()


def title_of(response):
    """Give a page's title."""
    return re.search(r"<title>(.*?)</title>", text_of(response), re.DOTALL)[1]


# --- the board ------------------------------------------------------------------------------------------------


def test_the_board_says_how_to_start_when_nothing_is_open(desk):
    response = desk.get(address("board"))

    assert 200 == response.status_code
    assert "No matter is open yet" in text_of(response)
    assert address("open-matter") in text_of(response)


def test_the_board_shows_the_firms_matters_the_newest_change_first(desk, dana):
    first, second = opened(dana, number=1), opened(dana, "Jo Weller", "Kei Tanaka", number=2)
    send_invitation(participant=first.participant("a"), base_url="http://testserver", actor=dana)

    page = text_of(desk.get(address("board")))

    assert page.index(str(first.public_id)) < page.index(str(second.public_id))
    assert "Carl Ellery &amp; Lucia Marin" in page
    assert "They wait for you" in page
    assert "invitation to Lucia not sent" in page
    assert "invitations not sent" in page


def test_the_board_says_whom_the_firm_waits_for(desk, dana):
    matter = opened(dana)
    for slot in "ab":
        send_invitation(participant=matter.participant(slot), base_url="http://testserver", actor=dana)

    page = text_of(desk.get(address("board")))

    assert "We wait for both" in page
    assert "Carl: invited, Lucia: invited" in page


def test_an_invitation_that_ended_is_the_firms_turn(desk, dana):
    matter = opened(dana)
    for slot in "ab":
        send_invitation(participant=matter.participant(slot), base_url="http://testserver", actor=dana)
    entry = BoardEntry.objects.get(matter=matter)
    entry.people["a"]["until"] = (timezone.now() - timedelta(days=1)).isoformat()
    entry.save()

    page = text_of(desk.get(address("board")))

    assert "Carl’s invitation has ended" in page


def test_the_board_goes_on_after_25_matters_and_comes_back(desk, dana):
    for number in range(27):
        opened(dana, f"Person{number} Alpha", f"Person{number} Beta", number=number)

    first = text_of(desk.get(address("board")))
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = text_of(desk.get(following))

    assert 25 == first.count('class="who"')
    assert 2 == second.count('class="who"')
    assert "Person0 Alpha" in second
    assert "Back to the top" in second
    assert 'rel="next"' not in second


def test_the_board_asks_the_same_number_of_questions_for_one_and_for_many(desk, dana, django_assert_max_num_queries):
    for number in range(20):
        opened(dana, f"Person{number} Alpha", f"Person{number} Beta", number=number)

    with django_assert_max_num_queries(10):
        desk.get(address("board"))


@pytest.mark.parametrize("query", ["?show=nonsense", "?after=nonsense", "?after=2026-01-01~x", "?after=%00", "?show="])
def test_a_board_address_that_makes_no_sense_shows_the_top(desk, dana, query):
    opened(dana)

    response = desk.get(address("board") + query)

    assert 200 == response.status_code
    assert "Carl Ellery" in text_of(response)


def test_closed_matters_stand_apart(desk, dana):
    close_matter(matter=opened(dana), actor=dana)

    assert "Carl Ellery" not in text_of(desk.get(address("board")))
    assert "Carl Ellery" in text_of(desk.get(address("board", show="closed")))
    assert "Nobody waits" in text_of(desk.get(address("board", show="closed")))


def test_the_board_filters_by_whose_turn_it_is(desk, dana):
    mine, theirs = opened(dana, number=1), opened(dana, "Jo Weller", "Kei Tanaka", number=2)
    for slot in "ab":
        send_invitation(participant=theirs.participant(slot), base_url="http://testserver", actor=dana)

    for show, inside, outside in (("mine", mine, theirs), ("clients", theirs, mine)):
        page = text_of(desk.get(address("board", show=show)))
        assert str(inside.public_id) in page
        assert str(outside.public_id) not in page


def test_another_firms_matters_are_not_on_the_board(desk):
    make_other_firm()

    assert "Otto" not in text_of(desk.get(address("board")))


# --- opening --------------------------------------------------------------------------------------------------


def test_two_names_and_two_addresses_open_a_matter(desk, dana):
    response = desk.post(address("open-matter"), couple())

    matter = Matter.objects.get()
    assert (302, address("people", matter.public_id)) == (response.status_code, response.url)
    people = [(person.slot, person.full_name, person.email, person.language) for person in matter.participants.all()]
    assert [
        ("a", "Carl Ellery", "carl@example.com", "en"),
        ("b", "Lucia Marin", "lucia@example.com", "es"),
    ] == people
    assert ["matter.opened"] == actions(matter)
    assert dana == matter.opened_by


def test_the_same_form_sent_twice_opens_one_matter(desk):
    form = couple()

    answers = [desk.post(address("open-matter"), form) for _ in range(2)]

    assert 1 == Matter.objects.count()
    assert answers[0].url == answers[1].url


def test_a_form_filled_in_again_for_another_couple_is_not_swallowed(desk):
    form = couple()
    desk.post(address("open-matter"), form)
    other = form | {
        "a_full_name": "Jo Weller",
        "a_email": "jo@example.com",
        "b_full_name": "Kei Tanaka",
        "b_email": "kei@example.com",
    }

    response = desk.post(address("open-matter"), other)

    assert 200 == response.status_code
    assert "has opened a matter already" in text_of(response)
    assert "Kei Tanaka" in text_of(response)
    assert form["save_key"] not in text_of(response)


def test_one_address_for_both_is_refused_with_the_reason_and_nothing_is_lost(desk):
    response = desk.post(address("open-matter"), couple(b_email="CARL@example.com"))

    assert 200 == response.status_code
    assert "Each spouse needs an own e-mail address" in text_of(response)
    assert 'value="Lucia Marin"' in text_of(response)
    assert title_of(response).startswith("Error:")
    assert 0 == Matter.objects.count()


def test_a_staff_address_is_refused(desk, dana):
    response = desk.post(address("open-matter"), couple(a_email=dana.email))

    assert "belongs to a member of staff" in text_of(response)
    assert 0 == Matter.objects.count()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("a_full_name", ""),
        ("a_full_name", "x" * 201),
        ("a_full_name", "Bad\x00Name"),
        ("b_email", "not-an-address"),
        ("b_language", "xx"),
        ("save_key", "no-uuid"),
        ("b_full_name", "Lucia 123-45-6789"),
    ],
)
def test_what_cannot_be_kept_is_refused(desk, field, value):
    response = desk.post(address("open-matter"), couple(**{field: value}))

    assert 200 == response.status_code
    assert "error-summary" in text_of(response)
    assert 0 == Matter.objects.count()


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_kept_and_shown_as_text(desk, name):
    desk.post(address("open-matter"), couple(a=name))
    matter = Matter.objects.get()

    pages = [text_of(desk.get(address(page, matter.public_id))) for page in MATTER_PAGES]
    pages.append(text_of(desk.get(address("board"))))

    for page in pages:
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "{}" not in page
    assert all(
        matter.participant("a").full_name.split()[0].replace("<", "&lt;").replace(">", "&gt;") in p for p in pages
    )


def test_names_known_from_another_matter_are_shown_before_anything_is_opened(desk, dana):
    known = opened(dana, "Lucía Marín", "Otto Weller", number=7)

    response = desk.post(address("open-matter"), couple())

    page = text_of(response)
    assert 200 == response.status_code
    assert "These names also stand in other matters" in page
    assert known.reference in page
    assert 'value="carl@example.com"' in page
    assert 1 == Matter.objects.count()
    assert AuditEvent.objects.filter(action="conflicts.searched", data={"found": 1}).exists()


def test_seen_names_can_be_confirmed_and_a_double_click_opens_one(desk, dana):
    opened(dana, "Lucía Marín", "Otto Weller", number=7)
    page = text_of(desk.post(address("open-matter"), couple()))
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    form.pop("csrfmiddlewaretoken", None)

    answers = [desk.post(address("open-matter"), form) for _ in range(2)]

    assert 2 == Matter.objects.count()
    assert [302, 302] == [answer.status_code for answer in answers]
    assert answers[0].url == answers[1].url


def test_going_back_to_change_the_names_loses_nothing(desk, dana):
    opened(dana, "Lucía Marín", "Otto Weller", number=7)

    response = desk.post(address("open-matter"), couple(change="yes"))

    assert 'value="Lucia Marin"' in text_of(response)
    assert "error-summary" not in text_of(response)
    assert 1 == Matter.objects.count()


def test_another_firms_names_are_no_hit(desk):
    _olga, other = make_other_firm()

    response = desk.post(address("open-matter"), couple(a=other.participant("a").full_name))

    assert 302 == response.status_code


# --- the overview ---------------------------------------------------------------------------------------------


def test_the_overview_has_one_next_step_and_is_written_into_the_ledger(desk, dana):
    matter = opened(dana)

    page = text_of(desk.get(address("matter", matter.public_id)))

    assert 1 == page.count("btn-primary")
    assert "Send the invitations" in page
    assert "Carl Ellery" in page
    assert ["matter.opened", "matter.viewed"] == actions(matter)


def test_the_overview_waits_once_both_are_invited(desk, dana):
    matter = opened(dana)
    for slot in "ab":
        send_invitation(participant=matter.participant(slot), base_url="http://testserver", actor=dana)

    page = text_of(desk.get(address("matter", matter.public_id)))

    assert "Carl: invited, Lucia: invited." in page
    assert "See the people" in page


def test_names_found_elsewhere_are_cleared_with_a_note(desk, dana):
    opened(dana, "Lucía Marín", "Otto Weller", number=7)
    matter = opened(dana)
    page = text_of(desk.get(address("matter", matter.public_id)))
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]

    response = desk.post(address("matter", matter.public_id), {"note": "Another <b>Lucía</b>, born 1990", "seen": seen})

    clearance = ConflictClearance.objects.get()
    assert 302 == response.status_code
    assert (matter, dana, "Another <b>Lucía</b>, born 1990") == (clearance.matter, clearance.cleared_by, clearance.note)
    assert "conflicts.cleared" in actions(matter)
    after = text_of(desk.get(address("matter", matter.public_id)))
    assert "Names that also stand" not in after
    assert "Another &lt;b&gt;Lucía" in after


def test_a_clearance_needs_a_note(desk, dana):
    opened(dana, "Lucía Marín", "Otto Weller", number=7)
    matter = opened(dana)

    response = desk.post(address("matter", matter.public_id), {"note": " ", "seen": "x"})

    assert 200 == response.status_code
    assert "error-summary" in text_of(response)
    assert 0 == ConflictClearance.objects.count()


def test_names_that_came_in_meanwhile_are_not_cleared_unseen(desk, dana):
    opened(dana, "Lucía Marín", "Otto Weller", number=7)
    matter = opened(dana)

    response = desk.post(address("matter", matter.public_id), {"note": "No conflict", "seen": "0" * 64}, follow=True)

    assert "Other names came in meanwhile" in text_of(response)
    assert 0 == ConflictClearance.objects.count()


def handed_in(matter, slot, personal, shared=None):
    """Hand in some answers of a spouse."""
    return Submission.objects.create(
        matter=matter,
        participant=matter.participant(slot),
        number=matter.submissions.count() + 1,
        questionnaire_version="2026.1",
        content={"personal": personal, "shared": shared or {}, "children": [], "assets": [], "put_off": []},
    )


def cell(value, certainty="known"):
    """Give an answer as it is handed in."""
    return {"value": value, "certainty": certainty, "source": "client_stated", "note": ""}


@pytest.fixture
def answered(firm, dana):
    """Make a matter whose two spouses have handed in; Lucia is not sure about one thing."""
    matter = make_matter(firm, dana)
    handed_in(matter, "a", {"citizenships": cell(["US"]), "date_of_birth": cell("1955-03-02")})
    lucia = {
        "citizenships": cell(["CL"]),
        "us_status": cell("green_card"),
        "gift_tax_returns_filed": cell(None, "not_sure"),
    }
    handed_in(matter, "b", lucia, {"married_on": cell("2008-01-12")})
    refresh(matter)
    return matter


def test_handed_in_answers_wait_for_review_and_the_tab_counts_them(desk, answered):
    page = text_of(desk.get(address("matter", answered.public_id)))

    assert "6 answers wait for your review." in page
    assert address("answers", answered.public_id) in page
    assert '<span class="count">6' in page
    assert "They wait for you: 6 answers to review" in page
    assert 1 == page.count("btn-primary")


def test_accepted_answers_say_who_they_are_and_what_is_soft(desk, dana, answered):
    accept_all(matter=answered, actor=dana)

    page = text_of(desk.get(address("matter", answered.public_id)))

    assert "citizenship: Chile" in page
    assert "12 January 2008" in page
    assert "Lucia: Not sure" in page
    assert "US domicile" in page
    assert 2 == page.count("Adjusted taxable gifts")
    assert "Enter the facts" in page


def test_facts_the_firm_entered_are_no_longer_soft_and_the_plan_is_next(desk, dana, answered):
    accept_all(matter=answered, actor=dana)
    facts = {"us_domicile": "yes", "adjusted_taxable_gifts": "0.00"}
    for slot in "ab":
        save_staff_facts(matter=answered, slot=slot, values=facts, actor=dana)

    page = text_of(desk.get(address("matter", answered.public_id)))

    assert "US domicile" not in page
    assert "Adjusted taxable gifts" not in page
    assert "Run the plan" in page


def test_a_wish_to_talk_first_comes_before_everything(desk, dana, firm):
    matter = make_matter(firm, dana)
    lucia = matter.participant("b")
    Answer.objects.create(
        matter=matter, participant=lucia, question="joint_representation", value="talk_first", answered_by=lucia.user
    )
    refresh(matter)

    page = text_of(desk.get(address("matter", matter.public_id)))

    assert "Lucia asked to speak with someone before going on." in page
    assert "Lucia wants to talk first" in text_of(desk.get(address("board")))


def test_a_name_that_a_later_matter_brought_is_the_next_step_of_the_earlier_one(desk, dana):
    earlier = opened(dana)
    opened(dana, "Lucía Marín", "Otto Weller", number=7)

    assert "Clear the names" in text_of(desk.get(address("matter", earlier.public_id)))


def test_pages_saved_one_after_another_are_told_once(desk, dana):
    matter = opened(dana)
    for _ in range(3):
        AuditEvent.objects.create(firm=matter.firm, matter=matter, actor=dana, action="intake.page_saved", data={})

    page = text_of(desk.get(address("activity", matter.public_id)))

    assert 1 == page.count("Saved a page of questions")
    assert "3 times" in page


# --- people ---------------------------------------------------------------------------------------------------


def test_an_invitation_is_sent_and_said_in_words(desk, dana, django_capture_on_commit_callbacks):
    matter = opened(dana)

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(address("invite", matter.public_id, "a"), follow=True)

    assert ["a1@clients.example"] == mail.outbox[0].to
    assert "http://testserver/invitation/" in mail.outbox[0].body
    page = text_of(response)
    assert "The invitation is on its way" in page
    assert "The link works until" in page
    assert "Send again" in page
    assert "Revoke" in page
    assert "invitation.sent" in actions(matter)


def test_the_same_invitation_form_sent_twice_sends_one(desk, dana):
    matter = opened(dana)
    form = {"save_key": str(uuid.uuid4())}

    for _ in range(2):
        desk.post(address("invite", matter.public_id, "a"), form)

    assert 1 == Invitation.objects.count()


def test_the_same_key_for_the_other_spouse_is_another_invitation(desk, dana):
    matter = opened(dana)
    form = {"save_key": str(uuid.uuid4())}

    for slot in "ab":
        desk.post(address("invite", matter.public_id, slot), form)

    assert 2 == Invitation.objects.count()


def test_sending_again_ends_the_link_before(desk, dana):
    matter = opened(dana)

    for _ in range(2):
        desk.post(address("invite", matter.public_id, "a"), {"save_key": str(uuid.uuid4())})

    assert ["open", "revoked"] == [invitation.status for invitation in Invitation.objects.order_by("-pk")]


def test_an_invitation_can_be_revoked_once(desk, dana):
    matter = opened(dana)
    desk.post(address("invite", matter.public_id, "a"))

    first = desk.post(address("revoke-invitation", matter.public_id, "a"), follow=True)
    second = desk.post(address("revoke-invitation", matter.public_id, "a"), follow=True)

    assert "The link no longer works" in text_of(first)
    assert "The link was revoked" in text_of(first)
    assert "There was no open link" in text_of(second)
    assert 1 == actions(matter).count("invitation.revoked")


def test_nobody_who_has_signed_in_is_invited_again(desk, firm):
    matter = make_matter(firm)

    response = desk.post(address("invite", matter.public_id, "a"), follow=True)

    assert "No invitation was sent" in text_of(response)
    assert 0 == Invitation.objects.count()


def test_a_spouse_is_corrected_before_the_link_is_used(desk, dana):
    matter = opened(dana)
    desk.post(address("invite", matter.public_id, "b"))
    form = {"slot": "b", "b-full_name": "Lucía Marín", "b-email": "New@example.com", "b-language": "es"}

    response = desk.post(address("people", matter.public_id), form, follow=True)

    person = matter.participant("b")
    assert ("Lucía Marín", "new@example.com", "es") == (person.full_name, person.email, person.language)
    assert "no longer works; send a new one" in text_of(response)
    assert "revoked" == person.invitations.get().status
    assert "participant.changed" in actions(matter)


def test_an_address_somebody_signed_in_with_stays(desk, firm):
    matter = make_matter(firm)
    before = matter.participant("a").email
    form = {"slot": "a", "a-full_name": "Carl E.", "a-email": "new@example.com", "a-language": "en"}

    desk.post(address("people", matter.public_id), form)

    person = matter.participant("a")
    assert ("Carl E.", before) == (person.full_name, person.email)


def test_the_spouses_address_is_refused(desk, dana):
    matter = opened(dana)
    form = {"slot": "a", "a-full_name": "Carl Ellery", "a-email": "b1@clients.example", "a-language": "en"}

    response = desk.post(address("people", matter.public_id), form)

    assert 200 == response.status_code
    assert "Each spouse needs an own e-mail address" in text_of(response)
    assert "a1@clients.example" == matter.participant("a").email


@pytest.mark.parametrize("slot", ["c", "", "A", "ab"])
def test_there_is_no_third_spouse(desk, dana, slot):
    matter = opened(dana)

    assert 404 == desk.post(address("people", matter.public_id), {"slot": slot}).status_code
    if slot:
        assert 404 == desk.post(address("invite", matter.public_id, slot)).status_code
        assert 404 == desk.post(address("revoke-invitation", matter.public_id, slot)).status_code


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demo_leads_to_its_mails(desk, dana, settings, is_demo):
    settings.DEMO = is_demo

    page = text_of(desk.get(address("people", opened(dana).public_id)))

    assert is_demo == ("Read the mails it would have sent" in page)


# --- activity -------------------------------------------------------------------------------------------------


def test_activity_says_in_words_what_happened_newest_first(desk, dana):
    matter = opened(dana)
    send_invitation(participant=matter.participant("a"), base_url="http://testserver", actor=dana)

    page = text_of(desk.get(address("activity", matter.public_id)))

    assert page.index("Sent Carl an invitation") < page.index("Opened the matter")
    assert "Dana Whitfield" in page


def test_activity_goes_on_after_50_events(desk, dana):
    matter = opened(dana)
    for number in range(60):
        AuditEvent.objects.create(
            firm=matter.firm,
            matter=matter,
            actor=dana,
            action="answer.reviewed",
            data={"question": "home_state", "decision": "accepted", "slot": "a", "item": None, "number": number},
        )

    first = text_of(desk.get(address("activity", matter.public_id)))
    second = text_of(desk.get(re.search(r'rel="next" href="([^"]+)"', first)[1]))

    assert "Accepted: " in first
    assert "Opened the matter" not in first
    assert "Opened the matter" in second


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "%00", "²"])
def test_an_activity_address_that_makes_no_sense_shows_the_top(desk, dana, before):
    matter = opened(dana)

    assert "Opened the matter" in text_of(desk.get(address("activity", matter.public_id, before=before)))


def test_every_action_of_the_ledger_has_words(desk, dana):
    from clients.audit import Action

    matter = opened(dana)
    for action in Action:
        AuditEvent.objects.create(firm=matter.firm, matter=matter, actor=None, action=action.value, data={})

    response = desk.get(address("activity", matter.public_id))

    assert 200 == response.status_code
    assert "%(" not in text_of(response)


# --- search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["lucia", "LUCÍA mar", "  marin ", "Marin Lucia"])
def test_a_name_finds_its_matter_and_the_ledger_keeps_no_name(desk, dana, asked):
    matter = opened(dana, "Carl Ellery", "Lucía Marín")

    response = desk.post(address("search"), {"q": asked})

    assert str(matter.public_id) in text_of(response)
    event = AuditEvent.objects.get(action="search.run")
    assert (dana, {"found": 1}) == (event.actor, event.data)


@pytest.mark.parametrize(
    "asked", ["", "   ", "%", "'; drop table", "\x00", "x" * 5000, "<script>alert(1)</script>", "..."]
)
def test_a_search_for_nothing_finds_nothing(desk, dana, asked):
    opened(dana)

    response = desk.post(address("search"), {"q": asked})

    assert 200 == response.status_code
    assert "Carl Ellery" not in text_of(response)
    assert "<script>alert" not in text_of(response)


def test_a_search_does_not_look_into_other_firms(desk):
    make_other_firm()

    assert "Otto Else" not in text_of(desk.post(address("search"), {"q": "otto"}))


def test_a_name_in_an_address_is_not_searched(desk):
    assert 405 == desk.get(address("search", q="lucia")).status_code


# --- who may --------------------------------------------------------------------------------------------------


def every_request(matter):
    """Name each page with its methods."""
    mine = matter.public_id
    return [
        ("get", address("board")),
        ("get", address("open-matter")),
        ("post", address("open-matter")),
        ("get", address("matter", mine)),
        ("post", address("matter", mine)),
        ("get", address("people", mine)),
        ("post", address("people", mine)),
        ("post", address("invite", mine, "a")),
        ("post", address("revoke-invitation", mine, "a")),
        ("get", address("activity", mine)),
        ("post", address("search")),
    ]


def test_nobody_signed_in_is_sent_to_the_door(client, dana):
    for method, page in every_request(opened(dana)):
        response = getattr(client, method)(page)

        assert 302 == response.status_code, page
        assert response.url.startswith("/accounts/login/"), page


def test_a_client_finds_none_of_the_staffs_pages(signed_in, firm):
    matter = make_matter(firm)
    browser = signed_in(matter.participant("a").user)

    assert {404} == {getattr(browser, method)(page).status_code for method, page in every_request(matter)}


def test_somebody_without_a_firm_finds_nothing(signed_in, dana):
    browser = signed_in(make_user())

    assert {404} == {getattr(browser, method)(page).status_code for method, page in every_request(opened(dana))}


def test_another_firms_matter_is_not_there_and_nothing_is_written(desk):
    _olga, other = make_other_firm()
    before = AuditEvent.objects.count()

    pages = [(method, page) for method, page in every_request(other) if str(other.public_id) in page]

    assert {404} == {getattr(desk, method)(page).status_code for method, page in pages}
    assert before == AuditEvent.objects.count()


def test_an_absent_matter_is_not_there(desk):
    absent = uuid.uuid4()

    assert {404} == {desk.get(address(page, absent)).status_code for page in MATTER_PAGES}


@pytest.mark.parametrize("role", ["attorney", "paralegal", "admin"])
def test_every_role_reads_the_pages_and_titles_name_nobody(signed_in, firm, role):
    user = make_staff(firm, role)
    matter = opened(user)
    browser = signed_in(user)

    for page in (address("board"), address("open-matter"), *(address(name, matter.public_id) for name in MATTER_PAGES)):
        response = browser.get(page)

        assert 200 == response.status_code, page
        assert not re.search(r"Carl|Ellery|Lucia|Marin", title_of(response)), page
        assert "Marsh &amp; Calloway" in title_of(response), page


def test_a_page_refuses_the_wrong_method(desk, dana):
    mine = opened(dana).public_id
    wrong = [
        ("post", address("board")),
        ("put", address("open-matter")),
        ("delete", address("matter", mine)),
        ("put", address("people", mine)),
        ("get", address("invite", mine, "a")),
        ("get", address("revoke-invitation", mine, "a")),
        ("post", address("activity", mine)),
        ("get", address("search")),
    ]

    assert {405} == {getattr(desk, method)(page).status_code for method, page in wrong}


def test_a_form_without_its_token_is_refused(dana):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dana)

    response = browser.post(address("open-matter"), couple())

    assert 403 == response.status_code
    assert 0 == Matter.objects.count()


def test_reading_changes_nothing_but_the_ledger(desk, dana):
    matter = opened(dana)
    before = BoardEntry.objects.values().get()

    for page in MATTER_PAGES:
        desk.get(address(page, matter.public_id))
    desk.get(address("board"))

    assert before == BoardEntry.objects.values().get()
    assert ["matter.opened", "matter.viewed"] == actions(matter)


def test_a_firm_of_the_same_name_sees_its_own(signed_in, dana):
    opened(dana)
    twin = make_staff(make_firm(), "paralegal", email="twin@example.com")

    assert "Carl Ellery" not in text_of(signed_in(twin).get(address("board")))
