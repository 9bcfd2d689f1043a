"""The dates as a calendar file: read back with the library, through the staff's page."""

import re
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar

from clients.models import AuditEvent
from planning.calendar_file import calendar_file
from tests.factories import make_matter
from tests.planning.conftest import put_plan, signed_in
from tests.planning.test_pages import url

MATTER = UUID("0c0f7f3e-5a4e-4b8e-9d55-1d3a6f2b8c11")
LINES = [
    {
        "what": "Form 709 for gifts of 2026, if they pass the yearly exclusion",
        "due": "2027-04-15",
        "authority": ["IRC 6019", "IRC 6075(b)(1)"],
        "assumed": False,
        "note": "Gifts within the exclusion need no return.",
    },
    {
        "what": "Form 706: file and pay",
        "due": "2047-09-30",
        "authority": ["IRC 6075(a)"],
        "assumed": True,
        "note": "",
    },
    {"what": "Form 706: file and pay", "due": "2052-09-30", "authority": ["IRC 6075(a)"], "assumed": True, "note": ""},
]


def written(lines=LINES, number=3, matter=MATTER):
    return calendar_file(
        lines,
        matter=matter,
        reference="MC-2026-0007",
        plan="MC-2026-0007-P3",
        plan_number=number,
        computed_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
    )


def read(content):
    calendar = Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")


@pytest.mark.pure
def test_each_date_is_an_event_of_a_whole_day():
    calendar, events = read(written())

    assert ("2.0", "PUBLISH", "MC-2026-0007") == (calendar["version"], calendar["method"], calendar["x-wr-calname"])
    first, second, _third = events
    assert (date(2027, 4, 15), date(2027, 4, 16)) == (first.decoded("dtstart"), first.decoded("dtend"))
    assert "MC-2026-0007: Form 709 for gifts of 2026, if they pass the yearly exclusion" == str(first["summary"])
    assert str(first["description"]).split("\n") == [
        "Authority: IRC 6019, IRC 6075(b)(1).",
        "Gifts within the exclusion need no return.",
        "From plan MC-2026-0007-P3. An attorney must confirm every date before it is relied on.",
    ]
    assert ("CONFIRMED", "TRANSPARENT", "PRIVATE", 3) == (
        str(first["status"]), str(first["transp"]), str(first["class"]), first.decoded("sequence")
    )  # fmt: skip
    assert datetime(2026, 11, 25, 9, 30, tzinfo=UTC) == first.decoded("dtstamp")
    assert "TENTATIVE" == str(second["status"])
    assert "Assumed date: it follows from an assumed death." in str(second["description"]).split("\n")


@pytest.mark.pure
def test_a_date_keeps_its_identity_from_plan_to_plan():
    moved = [{**LINES[0], "due": "2027-04-16", "note": "moved"}, *LINES[1:]]

    before = [str(event["uid"]) for event in read(written())[1]]
    after = [str(event["uid"]) for event in read(written(moved, number=4))[1]]

    assert before == after
    assert 3 == len(set(before))
    assert not set(before) & {str(event["uid"]) for event in read(written(matter=uuid4()))[1]}
    assert all(UUID(uid) for uid in before)


@pytest.mark.pure
def test_the_file_is_made_of_lines_that_calendars_take():
    content = written()

    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@pytest.mark.pure
def test_a_plan_without_dates_is_an_empty_calendar():
    assert [] == read(written([]))[1]


def test_the_staff_download_the_dates_of_the_newest_plan(desk):
    browser = signed_in(desk.paralegal)
    page = browser.get(url("deadlines", desk)).content.decode()
    overview = browser.get(url("plan", desk)).content.decode()

    given = browser.get(url("deadlines-file", desk))

    assert url("deadlines-file", desk) in page
    assert url("deadlines-file", desk) in overview
    assert "text/calendar; charset=utf-8" == given["Content-Type"]
    assert f'attachment; filename="{desk.plan.reference}.ics"' == given["Content-Disposition"]
    assert "no-store, private" == given["Cache-Control"]
    _calendar, events = read(given.content)
    printed = [(line["due"], line["assumed"]) for line in desk.plan.result["deadlines"]]
    assert printed == [(event.decoded("dtstart").isoformat(), str(event["status"]) == "TENTATIVE") for event in events]
    assert printed
    event = AuditEvent.objects.latest("pk")
    assert ("deadlines.exported", desk.paralegal) == (event.action, event.actor)


def test_the_file_names_nobody(desk):
    content = signed_in(desk.attorney).get(url("deadlines-file", desk)).content.decode()

    names = re.findall(r"\w+", " ".join(person.full_name for person in desk.matter.participants.all()))
    assert names
    assert [] == [name for name in names if re.search(rf"\b{name}\b", content)]
    assert desk.attorney.email not in content


def test_a_matter_without_a_plan_has_no_file(desk):
    matter = make_matter(desk.matter.firm, names=("Noa Far", "Nils Far"))

    address = url("deadlines-file", desk).replace(str(desk.matter.public_id), str(matter.public_id))
    assert 404 == signed_in(desk.attorney).get(address).status_code
    put_plan(matter, desk.attorney)
    assert 200 == signed_in(desk.attorney).get(address).status_code
