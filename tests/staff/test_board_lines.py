"""The kept lines of the board: they follow the ledger, page by key, and are found by name."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clients.models import BoardEntry, ConflictClearance, Membership
from clients.models.appendonly import AppendOnlyError
from clients.selectors.board import Filter, board_page, search_board
from clients.selectors.clearing import fingerprint_of, open_conflicts
from clients.services import board
from clients.services.invitations import send_invitation
from clients.services.matters import Spouse, close_matter, open_matter
from clients.services.staff import (
    ConflictsNotSeenError,
    clear_conflicts,
    correct_participant,
    once,
    open_checked_matter,
)
from tests.factories import make_firm, make_matter, make_other_firm, make_staff

pytestmark = pytest.mark.django_db
PARALEGAL = Membership.Role.PARALEGAL


@pytest.fixture
def firm(db):
    return make_firm()


@pytest.fixture
def dana(firm):
    return make_staff(firm, "paralegal")


def opened(firm, actor, a="Carl Ellery", b="Lucía Marín", number=1):
    """Open a matter through the service."""
    return open_matter(
        firm=firm, a=Spouse(a, f"a{number}@example.com"), b=Spouse(b, f"b{number}@example.com"), actor=actor
    )


def line_of(matter):
    """Read the matter's line."""
    return BoardEntry.objects.get(matter=matter)


def test_an_opened_matter_waits_for_staff_and_an_invited_one_for_the_clients(firm, dana):
    matter = opened(firm, dana)

    before = line_of(matter)
    for participant in matter.participants.all():
        send_invitation(participant=participant, base_url="https://example.com", actor=dana)
    after = line_of(matter)

    assert ("opened", "staff") == (before.stage, before.waits_for)
    assert ("invited", "clients") == (after.stage, after.waits_for)
    assert timezone.localdate() + timedelta(days=14) == after.next_date
    assert dana == after.changed_by


def test_a_closed_matter_leaves_the_open_ones(firm, dana):
    matter = opened(firm, dana)

    close_matter(matter=matter, actor=dana)

    assert [] == board_page(firm, PARALEGAL, Filter.OPEN).entries
    assert [matter] == [entry.matter for entry in board_page(firm, PARALEGAL, Filter.CLOSED).entries]
    assert "nobody" == line_of(matter).waits_for


def test_pages_follow_one_another_without_gap_or_repeat_even_at_the_same_moment(firm, dana):
    matters = [make_matter(firm, dana, users=False) for _ in range(60)]
    BoardEntry.objects.update(changed_at=timezone.now())
    seen, cursor, sizes = [], "", []

    while True:
        page = board_page(firm, PARALEGAL, Filter.OPEN, cursor)
        seen += [entry.matter_id for entry in page.entries]
        sizes.append(len(page.entries))
        cursor = page.next_cursor
        if not cursor:
            break

    assert [25, 25, 10] == sizes
    assert sorted(matter.pk for matter in matters) == sorted(seen)


@pytest.mark.parametrize(
    "cursor", ["x", "~", "2026-01-01~x", "9e9", "2026-11-24T00:00:00~nope", "'; drop table", "1~2~3"]
)
def test_a_cursor_that_cannot_be_read_starts_at_the_top(firm, dana, cursor):
    matter = opened(firm, dana)

    page = board_page(firm, PARALEGAL, Filter.OPEN, cursor)

    assert [matter] == [entry.matter for entry in page.entries]


def test_one_page_costs_the_same_few_queries_however_many_matters(firm, dana, django_assert_num_queries):
    for _ in range(30):
        make_matter(firm, dana)

    with django_assert_num_queries(2):
        for entry in board_page(firm, PARALEGAL, Filter.OPEN).entries:
            assert 2 == len(entry.matter.participants.all())


def test_dates_within_thirty_days_come_earliest_first(firm, dana):
    late, early, far = (opened(firm, dana, number=number) for number in (1, 2, 3))
    today = timezone.localdate()
    for matter, days in ((late, 20), (early, 3), (far, 90)):
        BoardEntry.objects.filter(matter=matter).update(next_date=today + timedelta(days=days))

    page = board_page(firm, PARALEGAL, Filter.SOON)

    assert [early, late] == [entry.matter for entry in page.entries]


def test_a_date_from_another_room_stands_on_the_board(firm, dana, monkeypatch):
    matter = opened(firm, dana)
    monkeypatch.setattr(board, "date_sources", [lambda _matter: (date(2031, 4, 15), "Form 709")])

    board.refresh(matter)

    assert (date(2031, 4, 15), "Form 709") == (line_of(matter).next_date, line_of(matter).next_what)


@pytest.mark.parametrize("typed", ["marin", "MARÍN", "Luc", "ellery carl", "M-20", "éllery"])
def test_a_matter_is_found_by_the_beginnings_of_names(firm, dana, typed):
    matter = opened(firm, dana)

    found = search_board(firm, typed)

    assert [matter] == [entry.matter for entry in found]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "arin", "' or 1=1", "nobody"])
def test_nothing_is_found_by_signs_or_the_middle_of_a_name(firm, dana, typed):
    opened(firm, dana)

    assert [] == search_board(firm, typed)


def test_names_without_spaces_are_found_inside(firm, dana):
    matter = opened(firm, dana, a="山田太郎", b="محمد علي")

    assert [matter] == [entry.matter for entry in search_board(firm, "太郎")]
    assert [matter] == [entry.matter for entry in search_board(firm, "علي")]


def test_another_firm_is_never_found(firm, dana):
    _olga, theirs = make_other_firm()
    opened(firm, dana)

    assert [] == search_board(firm, "Else")
    assert theirs not in [entry.matter for entry in board_page(firm, PARALEGAL, Filter.OPEN).entries]


def test_names_elsewhere_must_have_been_seen_before_a_matter_is_opened(firm, dana):
    opened(firm, dana)
    spouses = {"a": Spouse("Carl Éllery", "new@example.com"), "b": Spouse("Nina Ray", "nina@example.com")}

    with pytest.raises(ConflictsNotSeenError):
        open_checked_matter(firm=firm, actor=dana, **spouses)

    assert 1 == BoardEntry.objects.count()


def test_names_left_open_wait_on_the_board_until_they_are_cleared(firm, dana):
    first = opened(firm, dana)
    second = opened(firm, dana, a="Carl Ellery", b="Nina Ray", number=2)
    waiting = [line_of(first).conflicts, line_of(second).conflicts]

    clear_conflicts(matter=second, note="Another Carl, born 1950.", actor=dana)

    assert [1, 1] == waiting
    assert [0, 0] == [line_of(first).conflicts, line_of(second).conflicts]
    assert [] == open_conflicts(second) + open_conflicts(first)


def test_a_name_that_turns_up_after_clearing_is_open_again(firm, dana):
    opened(firm, dana)
    second = opened(firm, dana, a="Carl Ellery", b="Nina Ray", number=2)
    clear_conflicts(matter=second, note="Another Carl.", actor=dana)

    opened(firm, dana, a="Nina Ray", b="Paul Ray", number=3)

    assert ["Nina Ray"] == [hit.name for hit in open_conflicts(second)]


def test_clearing_refuses_names_that_were_not_shown(firm, dana):
    opened(firm, dana)
    second = opened(firm, dana, a="Carl Ellery", b="Nina Ray", number=2)

    with pytest.raises(ConflictsNotSeenError):
        clear_conflicts(matter=second, note="Seen.", actor=dana, seen=fingerprint_of([]))

    assert not ConflictClearance.objects.exists()


def test_a_clearance_is_written_once(firm, dana):
    opened(firm, dana)
    second = opened(firm, dana, a="Carl Ellery", b="Nina Ray", number=2)
    clearance = clear_conflicts(matter=second, note="Another Carl.", actor=dana)

    with pytest.raises(AppendOnlyError):
        clearance.save()
    with pytest.raises(AppendOnlyError):
        clearance.delete()


def test_a_changed_address_ends_the_link_that_went_to_the_old_one(firm, dana):
    participant = opened(firm, dana).participant("a")
    invitation = send_invitation(participant=participant, base_url="https://example.com", actor=dana)

    ended = correct_participant(participant=participant, spouse=Spouse("Carl Ellery", "other@example.com"), actor=dana)

    invitation.refresh_from_db()
    assert ended
    assert "revoked" == invitation.status


def test_the_same_form_does_its_work_once(firm, dana):
    from uuid import uuid4

    matter, key, calls = opened(firm, dana), uuid4(), []

    def work():
        calls.append(1)
        return "/there/"

    addresses = [once(key=key, matter=matter, actor=dana, body="same", do=work) for _ in range(2)]

    assert ["/there/", "/there/"] == addresses
    assert [1] == calls


def test_very_many_names_are_compared_too(firm, dana):
    from clients.selectors import conflicts_by_name

    matter = opened(firm, dana)
    many = [" ".join(f"w{number}x{part}" for part in range(9)) for number in range(100)]

    hits = conflicts_by_name(firm, [*many, "Lucia Marin"])

    assert [matter] == [hit.matter for hit in hits]


def test_a_plan_s_next_date_stands_on_the_board(db):
    from planning.demo.firm import load_demo

    load_demo()

    entry = BoardEntry.objects.get(stage="released")
    assert entry.next_date >= timezone.localdate()
    assert entry.next_what
    assert "nobody" == entry.waits_for
