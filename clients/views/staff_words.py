"""What the staff's pages say: who waits for whom, the next step, who the couple are, what is soft, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.audit import Action
from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, Cell
from clients.models import Answer, AuditEvent, BoardEntry, Matter, Membership, Participant
from clients.selectors import (
    ParticipantStatus,
    Stage,
    accepted_record,
    current_answers,
    last_submission,
    participant_status,
    participant_status_label,
    progress_of,
    review_rows,
    stage_label,
)
from clients.selectors.board import INVITATION
from clients.services.board import PLAN_IN_REVIEW, SIGNED
from clients.words import answer_in_words, fill, minutes_in_words, names_for_staff

Status = ParticipantStatus
GOOD_STAGES = frozenset({Stage.REVIEWED.value, Stage.RELEASED.value, SIGNED})
WAIT_STAGES = frozenset({Stage.ANSWERING.value, Stage.SUBMITTED.value, Stage.INVITED.value, PLAN_IN_REVIEW})
DONE = frozenset({Status.SUBMITTED})
# Saving one page after another is told once, with how often.
FOLDED = frozenset({Action.INTAKE_PAGE_SAVED, Action.INTAKE_ITEM_ADDED, Action.INTAKE_ITEM_REMOVED})
STAFF_PERSON = {question.key: question for question in QDOT.staff_person}


@dataclass(slots=True)
class Standing:
    """Where a matter stands and who waits for whom."""

    stage: str
    mark: str
    waits: str
    detail: str
    is_mine: bool


@dataclass(slots=True)
class Line:
    """One line of the board."""

    matter: Matter
    couple: str
    standing: Standing
    next_date: date | None
    next_what: str
    days_left: int | None
    changed: str
    changed_by: str


@dataclass(slots=True)
class Step:
    """The one thing to do next; without an address there is nothing to press."""

    sentence: str
    label: str = ""
    url: str = ""


@dataclass(slots=True)
class Soft:
    """One thing the plan would stand on that is not firm."""

    text: str
    why: str


def couple_name(people: Iterable[Participant]) -> str:
    """Name a matter by its two people."""
    return " & ".join(person.full_name for person in people)


def moment_words(moment: datetime) -> str:
    """Write when something happened, in the firm's zone: Today 16:05, 18 Nov, 18 Nov 2025."""
    local, today = timezone.localtime(moment), timezone.localdate()
    if local.date() == today:
        return _("Today %(clock)s") % {"clock": f"{local:%H:%M}"}
    return date_format(local, "j M" if local.year == today.year else "j M Y")


def stage_word(stage: str) -> str:
    """Name a stage as kept on the board, the plan's own steps included."""
    if stage == PLAN_IN_REVIEW:
        return _("Plan in review")
    if stage == SIGNED:
        return _("Plan signed off")
    return stage_label(Stage(stage))


def _mark(stage: str) -> str:
    return "status-good" if stage in GOOD_STAGES else "status-wait" if stage in WAIT_STAGES else ""


# --- the board ------------------------------------------------------------------------------------------------


def board_line(entry: BoardEntry, role: str) -> Line:
    """Give one line of the board as it is read."""
    people = list(entry.matter.participants.all())
    statuses = {person.slot: _kept_status(entry, person) for person in people}
    what = _("an invitation ends") if entry.next_what == INVITATION else entry.next_what
    days = (entry.next_date - timezone.localdate()).days if entry.next_date else None
    return Line(
        matter=entry.matter,
        couple=couple_name(people),
        standing=standing(entry, people, statuses, role),
        next_date=entry.next_date,
        next_what=what,
        days_left=days,
        changed=moment_words(entry.changed_at),
        changed_by=entry.changed_by.get_full_name() if entry.changed_by else "",
    )


def _kept_status(entry: BoardEntry, person: Participant) -> ParticipantStatus:
    """Read a spouse's status from the board's line; an invitation may have ended since it was written."""
    kept = entry.people.get(person.slot, {})
    status = Status(kept.get("status", Status.NOT_INVITED))
    until = kept.get("until")
    if status == Status.INVITED and until and datetime.fromisoformat(until) <= timezone.now():
        return Status.EXPIRED
    return status


def standing(
    entry: BoardEntry, people: list[Participant], statuses: Mapping[str, ParticipantStatus], role: str
) -> Standing:
    """Say where a matter stands and who waits for whom, as a sentence with its reason."""
    stage = Stage.CLOSED.value if entry.is_closed else entry.stage
    waits, detail, is_mine = _waits(entry, people, statuses, role)
    return Standing(stage_word(stage), _mark(stage), waits, detail, is_mine)


def _waits(
    entry: BoardEntry, people: list[Participant], statuses: Mapping[str, ParticipantStatus], role: str
) -> tuple[str, str, bool]:
    if entry.is_closed:
        return _("Nobody waits"), _("closed"), False
    own = _own_turn(entry, people, statuses)
    if own:
        return _("They wait for you"), own, True
    still = [person for person in people if statuses[person.slot] not in DONE]
    if entry.asked:
        asked = ngettext("%(n)d question asked again", "%(n)d questions asked again", entry.asked) % {"n": entry.asked}
        return _we_wait_for(still, people), asked, False
    if still:
        return _we_wait_for(still, people), _statuses(people, statuses), False
    if entry.stage in {PLAN_IN_REVIEW, SIGNED}:
        is_mine = role == Membership.Role.ATTORNEY
        what = _("plan to release") if entry.stage == SIGNED else _("plan to decide and sign off")
        return _("They wait for you") if is_mine else _("They wait for the attorney"), what, is_mine
    if entry.stage == Stage.RELEASED:
        return _("Nobody waits"), _("plan released"), False
    return _("They wait for you"), _("facts, then the plan"), True


def _own_turn(entry: BoardEntry, people: list[Participant], statuses: Mapping[str, ParticipantStatus]) -> str:
    """Say what the firm has to do before the couple can go on; empty when it is their turn."""
    for person in people:
        if statuses[person.slot] == Status.WANTS_TO_TALK:
            return _("%(name)s wants to talk first") % {"name": person.first_name}
    if entry.conflicts:
        return ngettext("%(n)d name to clear", "%(n)d names to clear", entry.conflicts) % {"n": entry.conflicts}
    if entry.pending:
        return ngettext("%(n)d answer to review", "%(n)d answers to review", entry.pending) % {"n": entry.pending}
    missing = [person for person in people if statuses[person.slot] == Status.NOT_INVITED]
    if len(missing) == len(people):
        return _("invitations not sent")
    if missing:
        return _("invitation to %(name)s not sent") % {"name": missing[0].first_name}
    for person in people:
        if statuses[person.slot] == Status.EXPIRED:
            return _("%(name)s’s invitation has ended") % {"name": person.first_name}
    return ""


def _we_wait_for(still: list[Participant], people: list[Participant]) -> str:
    if len(still) == 1 and len(people) > 1:
        return _("We wait for %(name)s") % {"name": still[0].first_name}
    return _("We wait for both")


def _statuses(people: list[Participant], statuses: Mapping[str, ParticipantStatus]) -> str:
    parts = [f"{person.first_name}: {participant_status_label(statuses[person.slot]).lower()}" for person in people]
    return ", ".join(parts)


# --- the overview ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Person:
    """How far one spouse is."""

    participant: Participant
    status: str
    mark: str
    detail: str


def people_rows(matter: Matter, people: list[Participant]) -> list[Person]:
    """Say how far each spouse is with the questions."""
    current = current_answers(matter)
    rows = []
    for person in people:
        status, detail = participant_status(person), ""
        submission = last_submission(person)
        if submission is not None:
            day = timezone.localtime(submission.submitted_at)
            detail = _("on %(day)s") % {"day": f"{day.day} {day:%b %Y}"}
        elif person.user_id is not None:
            progress = progress_of(person, current)
            detail = _("%(done)d of %(all)d parts answered") % {
                "done": progress.done_sections,
                "all": len(progress.sections),
            }
            if progress.minutes_left:
                minutes = minutes_in_words(progress.minutes_left).lower()
                detail = _("%(parts)s, %(minutes)s left") % {"parts": detail, "minutes": minutes}
        rows.append(Person(person, participant_status_label(status), status_mark(status), detail))
    return rows


def status_mark(status: ParticipantStatus) -> str:
    """Give the mark that goes with a spouse's status."""
    if status == Status.SUBMITTED:
        return "status-good"
    if status in {Status.WANTS_TO_TALK, Status.EXPIRED}:
        return "status-late"
    return "" if status == Status.NOT_INVITED else "status-wait"


def next_step(
    entry: BoardEntry, people: list[Participant], statuses: Mapping[str, ParticipantStatus], *, has_open_facts: bool
) -> Step:
    """Give the one thing to do next, from where the matter stands."""
    matter = entry.matter
    to_people = reverse("clients:people", args=[matter.public_id])
    to_answers = reverse("clients:answers", args=[matter.public_id])
    if entry.is_closed:
        return Step(_("This matter is closed."))
    if Status.WANTS_TO_TALK in statuses.values():
        who = next(person for person in people if statuses[person.slot] == Status.WANTS_TO_TALK)
        text = _("%(name)s asked to speak with someone before going on. The spouse does not see this.")
        return Step(text % {"name": who.first_name}, _("See how to reach them"), to_people)
    if entry.conflicts:
        return Step(_("Names of this matter also stand in others. Look at them first."), _("Clear the names"), "#names")
    if entry.pending:
        count = entry.pending
        text = ngettext("%(n)d answer waits for your review.", "%(n)d answers wait for your review.", count)
        return Step(text % {"n": count}, _("Review the answers"), to_answers)
    if Status.NOT_INVITED in statuses.values():
        return Step(_("Each spouse gets an own link by e-mail."), _("Send the invitations"), to_people)
    if Status.EXPIRED in statuses.values():
        return Step(_("An invitation ended before it was used."), _("Send it again"), to_people)
    if any(status not in DONE for status in statuses.values()):
        return Step(_statuses(people, statuses) + ".", _("See the people"), to_people)
    return _plan_step(entry, has_open_facts=has_open_facts)


def _plan_step(entry: BoardEntry, *, has_open_facts: bool) -> Step:
    matter = entry.matter
    try:
        to_plan = reverse("planning:plan", args=[matter.public_id])
    except NoReverseMatch:
        to_plan = ""
    if entry.stage in {PLAN_IN_REVIEW, SIGNED}:
        text = _("The plan waits for the attorney’s decision.")
        if entry.stage == SIGNED:
            text = _("The plan is signed off and waits to be released.")
        return Step(text, _("Open the plan"), to_plan)
    if entry.stage == Stage.RELEASED:
        return Step(_("The plan is released to the couple."), _("Open the plan"), to_plan)
    if has_open_facts:
        to_facts = reverse("clients:staff-facts", args=[matter.public_id])
        return Step(_("All answers are decided. Some facts only the firm can enter."), _("Enter the facts"), to_facts)
    return Step(_("All answers are decided."), _("Run the plan"), to_plan)


class Reader:
    """Reads the accepted record of a matter in words."""

    def __init__(self, matter: Matter, people: list[Participant]) -> None:
        self.record = accepted_record(matter)
        self.people = people
        self.names = names_for_staff(*people)

    def words(self, place: str, key: str) -> str:
        """Give an accepted answer in words; empty when there is none."""
        return self.in_words(key, self.record[place].get(key))

    def in_words(self, key: str, stored: Mapping[str, Any] | None) -> str:
        """Give a stored cell in words; empty when there is none."""
        declared, cell = QDOT.question(key), Cell.from_json(stored)
        return answer_in_words(declared, cell, self.names) if declared is not None else ""

    def value(self, place: str, key: str) -> Any:
        """Give an accepted answer as stored, where the person was sure."""
        cell = Cell.from_json(self.record[place].get(key))
        return cell.value if cell is not None and cell.certainty == KNOWN else None

    def is_noncitizen(self, slot: str) -> bool:
        """Tell whether a spouse is, as far as accepted, not a US citizen."""
        codes = self.value(slot, "citizenships")
        return isinstance(codes, list) and "US" not in codes


def who_they_are(reader: Reader) -> list[tuple[str, str]]:
    """Describe the couple from what was accepted, else by their names."""
    pairs = []
    for person in reader.people:
        name = reader.words(person.slot, "legal_name") or person.full_name
        pairs.append((name, _person_words(reader, person) or _("nothing accepted yet")))
        status = reader.words(person.slot, "us_status")
        if status:
            pairs.append((_("%(name)s’s status") % {"name": person.first_name}, status))
    homes = list(dict.fromkeys(home for person in reader.people if (home := _home(reader, person.slot))))
    married = [reader.words("couple", "married_on"), reader.words("couple", "place_of_marriage")]
    children = [str(cell["value"]) for child in reader.record["children"] if (cell := child.get("child_name"))]
    both = [reader.value(person.slot, "joint_representation") for person in reader.people]
    pairs += [
        (_("Home"), "; ".join(homes)),
        (_("Married"), ", ".join(part for part in married if part)),
        (_("Earnings shared in"), _shared_earnings(reader)),
        (_("Children"), ", ".join(children)),
        (_("Joint representation"), _("both agreed") if both == ["acknowledged"] * 2 else ""),
    ]
    return [(label, text) for label, text in pairs if text]


def _shared_earnings(reader: Reader) -> str:
    """Say where the couple lived under community property, and in which years."""
    places = reader.words("couple", "lived_in_states")
    first, last = (reader.words("couple", f"lived_in_states_{end}") for end in ("from", "until"))
    years = f"{first or '?'}–{last}" if first or last else ""
    return ", ".join(part for part in (places, years) if part)


@dataclass(slots=True)
class Owned:
    """One thing the couple own, as accepted."""

    name: str
    whose: str
    value: str
    source: str


def owned(reader: Reader) -> list[Owned]:
    """List what the couple own as it was accepted; nothing is added up here, the plan does that."""
    kinds = {option.value: option.label for page in QDOT.pages for option in page.kinds}
    rows = []
    for thing in reader.record["assets"]:
        key = "death_benefit" if thing.get("kind") == "life_insurance" else "value"
        cell = thing.get(key) or {}
        name = str((thing.get("asset_name") or {}).get("value") or "") or fill(
            kinds.get(thing["kind"], ""), reader.names
        )
        sources = {**dict(Answer.Source.choices), "": ""}
        rows.append(
            Owned(
                name=name,
                whose=reader.in_words("title", thing.get("title")),
                value=reader.in_words(key, cell or None),
                source=str(sources.get(cell.get("source", ""), "")),
            )
        )
    return rows


def _person_words(reader: Reader, person: Participant) -> str:
    parts = []
    age = _age(reader.value(person.slot, "date_of_birth"))
    if age is not None:
        parts.append(str(age))
    countries = reader.words(person.slot, "citizenships")
    if countries:
        parts.append(_("citizenship: %(countries)s") % {"countries": countries})
    domicile = reader.words(person.slot, "domicile_state") or reader.words(person.slot, "domicile_country")
    if domicile:
        parts.append(_("domicile: %(place)s") % {"place": domicile})
    return ", ".join(parts)


def _age(born: Any) -> int | None:
    try:
        day = date.fromisoformat(str(born))
    except ValueError:
        return None
    today = timezone.localdate()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _home(reader: Reader, slot: str) -> str:
    parts = [reader.words(slot, "home_state"), reader.words(slot, "home_country")]
    return ", ".join(part for part in parts if part)


def soft_points(matter: Matter, reader: Reader) -> tuple[list[Soft], list[Soft]]:
    """Give the answers nobody is sure of, and the facts only the firm can enter that are still open."""
    answers = []
    for row in review_rows(matter):
        is_firm_now = row.counts is not None and row.counts.get("certainty") == KNOWN
        if row.is_soft and not is_firm_now:
            who = row.participant.first_name if row.participant else _("both")
            about = " · ".join(part for part in (row.item_name, row.label) if part)
            answers.append(Soft(about, f"{who}: {row.handed_in_words}"))
    facts = []
    for person in reader.people:
        if not reader.record[person.slot]:
            continue
        keys = ["us_domicile"] if reader.is_noncitizen(person.slot) else []
        for key in (*keys, "adjusted_taxable_gifts"):
            if reader.value(person.slot, key) in (None, ""):
                label = fill(STAFF_PERSON[key].label, reader.names)
                facts.append(Soft(label, _("%(name)s: not entered yet") % {"name": person.first_name}))
    return answers, facts


# --- activity -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Happening:
    """One event in words, or several of the same kind in a row."""

    what: str
    who: str
    at: datetime
    times: int = 1


def happenings(events: Iterable[AuditEvent], people: list[Participant]) -> list[Happening]:
    """Say in words what happened; the ledger holds keys only, so no answer can stand here."""
    names = {person.slot: person.first_name for person in people}
    labels = names_for_staff(*people)
    told: list[Happening] = []
    for event in events:
        what = _what(event, names, labels)
        who = event.actor.get_full_name() if event.actor is not None else _("somebody not signed in")
        last = told[-1] if told else None
        if last is not None and event.action in FOLDED and (last.what, last.who) == (what, who):
            last.times += 1
        else:
            told.append(Happening(what, who, event.at))
    return told


def _what(event: AuditEvent, names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    words = _sentences().get(event.action)
    if words is None:
        return event.action.replace(".", ": ").replace("_", " ")
    slot, question = event.data.get("slot"), QDOT.question(str(event.data.get("question", "")))
    declared = fill(question.name, labels) if question is not None else _("an answer")
    decision = _decisions().get(str(event.data.get("decision", "")), "")
    about = {
        "name": names.get(str(slot), _("both")),
        "question": declared,
        "decision": decision,
        "n": event.data.get("count", 0),
    }
    return words % about


def _decisions() -> dict[str, str]:
    return {
        "accepted": _("Accepted"),
        "edited": _("Edited"),
        "rejected": _("Rejected"),
        "asked_back": _("Asked again"),
    }


def _sentences() -> dict[str, str]:
    return {
        Action.MATTER_OPENED: _("Opened the matter"),
        Action.MATTER_VIEWED: _("Looked at the matter"),
        Action.MATTER_CLOSED: _("Closed the matter"),
        Action.MATTER_REOPENED: _("Opened the matter again"),
        Action.PARTICIPANT_CHANGED: _("Corrected the entry of %(name)s"),
        Action.CONFLICTS_SEARCHED: _("Compared names with other matters"),
        Action.CONFLICTS_CLEARED: _("Cleared names that also stand in other matters: %(n)s"),
        Action.INVITATION_SENT: _("Sent %(name)s an invitation"),
        Action.INVITATION_REVOKED: _("Revoked the invitation of %(name)s"),
        Action.INVITATION_ACCEPTED: _("%(name)s accepted the invitation"),
        Action.CODE_SENT: _("A sign-in code was sent"),
        Action.CODE_REFUSED: _("A wrong sign-in code was typed"),
        Action.CLIENT_SIGNED_IN: _("Signed in"),
        Action.LANGUAGE_CHANGED: _("Changed the language"),
        Action.INTAKE_PAGE_SAVED: _("Saved a page of questions"),
        Action.INTAKE_ITEM_ADDED: _("Added something to a list"),
        Action.INTAKE_ITEM_REMOVED: _("Took something off a list"),
        Action.INTAKE_SUBMITTED: _("%(name)s handed in"),
        Action.INTAKE_REOPENED: _("Opened the answers of %(name)s again"),
        Action.INTAKE_TALK_ASKED: _("Asked to talk before going on"),
        Action.ANSWER_REVIEWED: _("%(decision)s: %(question)s"),
        Action.ANSWERS_ACCEPTED: _("Accepted answers: %(n)s"),
        Action.STAFF_FACTS_SAVED: _("Saved facts about %(name)s"),
        Action.PLAN_COMPUTED: _("Ran the plan"),
        Action.PLAN_DECIDED: _("Decided on the plan"),
        Action.PLAN_SIGNED_OFF: _("Signed off the plan"),
        Action.PLAN_RELEASED: _("Released the plan to the couple"),
        Action.PLAN_SUPERSEDED: _("A newer plan took the place of the earlier one"),
        Action.PLAN_WITHDRAWN: _("Withdrew the plan"),
        Action.DOCUMENT_MADE: _("Made a document"),
        Action.DOCUMENT_VIEWED: _("Opened a document"),
        Action.CASE_FILE_EXPORTED: _("Exported the case file"),
        Action.DEADLINES_EXPORTED: _("Exported the dates"),
        Action.SCENARIO_KEPT: _("Kept a scenario"),
        Action.SCENARIO_CHANGED: _("Changed the name or note of a scenario"),
        Action.SCENARIO_COMPUTED: _("Computed a scenario again"),
        Action.SCENARIO_DELETED: _("Deleted a scenario"),
    }
