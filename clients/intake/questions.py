"""The shapes a questionnaire is made of, and how conditions are read. No Django, no database.

A page belongs to one spouse (personal) or to both (shared). A list page
gathers things of one kind (children, accounts); its step pages ask about one
thing each. Conditions are data and are evaluated on the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


def _(text: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return text


class Kind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"
    COUNTRY = "country"
    COUNTRIES = "countries"
    STATE = "state"
    # The part of a price that came from spouse a, as a plain choice or an exact percentage.
    SHARE_OF_PRICE = "share_of_price"


CHOSEN_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE})

KNOWN = "known"
NOT_SURE = "not_sure"
TELL_ATTORNEY = "tell_attorney"


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer: its value, how sure the person is, where it comes from."""

    value: Any = None
    certainty: str = KNOWN
    source: str = "client_stated"
    note: str = ""

    @property
    def is_answered(self) -> bool:
        """Tell whether there is anything here; "not sure" is a full answer."""
        return self.certainty != KNOWN or self.value not in (None, "", [])

    @property
    def words(self) -> tuple[str, ...]:
        """Give the answer as the words conditions compare with."""
        if self.certainty != KNOWN:
            return (self.certainty,)
        if self.value in (None, "", []):
            return ()
        values = self.value if isinstance(self.value, list) else [self.value]
        return tuple(str(value) for value in values)

    def as_json(self) -> dict[str, Any]:
        """Give the cell as it is kept in a submission."""
        return {"value": self.value, "certainty": self.certainty, "source": self.source, "note": self.note}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Cell | None:
        """Read a cell from a submission or a review."""
        if stored is None:
            return None
        return cls(
            stored.get("value"),
            str(stored.get("certainty", KNOWN)),
            str(stored.get("source", "client_stated")),
            str(stored.get("note", "")),
        )


Cells = dict[str, Cell]


@dataclass(slots=True)
class Item:
    """One child or one thing owned."""

    id: str
    cells: Cells = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """The current answers of a matter: each spouse's own, the shared ones, and the lists."""

    personal: dict[str, Cells] = field(default_factory=lambda: {"a": {}, "b": {}})
    shared: Cells = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)

    def item(self, group: str, item_id: str) -> Item | None:
        """Find one thing of a list."""
        return next((item for item in self.items.get(group, []) if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a condition can see: the record from one spouse's place, perhaps one item, perhaps typed answers."""

    record: Record
    slot: str
    item: Item | None = None
    typed: Mapping[str, Cell] = field(default_factory=dict)

    def cell(self, key: str) -> Cell | None:
        """Find the answer to a question: as typed now, of the item, of the person, or shared."""
        if key in self.typed:
            return self.typed[key]
        if self.item is not None and key in self.item.cells:
            return self.item.cells[key]
        own = self.record.personal.get(self.slot, {})
        return own.get(key) or self.record.shared.get(key)

    def words(self, key: str) -> tuple[str, ...]:
        """Give an answer as words; nothing when it was not answered."""
        cell = self.cell(key)
        return () if cell is None else cell.words

    def is_noncitizen(self, slot: str) -> bool | None:
        """Tell whether a spouse is not a US citizen; "not sure" counts as not, unanswered is None."""
        cell = self.typed.get("citizenships") if slot == self.slot else None
        cell = cell or self.record.personal.get(slot, {}).get("citizenships")
        if cell is None or not cell.is_answered:
            return None
        return "US" not in cell.words

    def flag(self, name: str) -> bool:
        """Work out a flag; flags are computed and never asked."""
        other = "b" if self.slot == "a" else "a"
        if name == "nc":
            return self.is_noncitizen(self.slot) is True
        if name == "other_nc":
            return self.is_noncitizen(other) is not False
        if name == "any_nc":
            return self.is_noncitizen(self.slot) is not False or self.is_noncitizen(other) is not False
        if name == "ties":
            return self._has_ties()
        if name == "joint_nc":
            return "joint_survivorship" in self.words("title") and self.flag("any_nc")
        message = f"There is no flag named {name!r}."
        raise KeyError(message)

    def _has_ties(self) -> bool:
        """Tell whether this spouse has ties abroad: not a citizen, two citizenships, a home or property there."""
        lives_in = self.words("home_country")
        owned_in = [word for item in self.record.items.get("assets", []) for word in _words(item, "country")]
        return (
            self.flag("nc")
            or len(self.words("citizenships")) > 1
            or any(country != "US" for country in (*lives_in, *owned_in))
        )


def _words(item: Item, key: str) -> tuple[str, ...]:
    cell = item.cells.get(key)
    return () if cell is None or cell.certainty != KNOWN else cell.words


class Condition(Protocol):
    """Something that holds or does not for what can be seen."""

    def holds(self, sight: Sight) -> bool:
        """Tell whether the condition is met."""
        ...

    def questions(self) -> Iterator[str]:
        """Name the questions the condition looks at."""
        ...


@dataclass(frozen=True, slots=True)
class When:
    """Holds when a question was answered with one of the words; `not_sure` is a word too."""

    question: str
    is_in: tuple[str, ...]

    def holds(self, sight: Sight) -> bool:
        """Tell whether the answer is among the words."""
        return any(word in self.is_in for word in sight.words(self.question))

    def questions(self) -> Iterator[str]:
        """Name the question."""
        yield self.question


@dataclass(frozen=True, slots=True)
class Flag:
    """Holds when a computed flag does."""

    name: str

    def holds(self, sight: Sight) -> bool:
        """Tell whether the flag is set."""
        return sight.flag(self.name)

    def questions(self) -> Iterator[str]:
        """Name nothing: a flag looks at citizenship, home and property by itself."""
        return iter(())


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one of the conditions does."""

    conditions: tuple[Condition, ...]

    def holds(self, sight: Sight) -> bool:
        """Tell whether one of them holds."""
        return any(condition.holds(sight) for condition in self.conditions)

    def questions(self) -> Iterator[str]:
        """Name the questions of all of them."""
        for condition in self.conditions:
            yield from condition.questions()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `apart` options stand below a line, as "I'm not sure" does."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; its key is the fact's name from end to end, and is never reused for something else."""

    key: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    # Must be answered before handing in; "I'm not sure" answers it where it is offered.
    required: bool = False
    allow_not_sure: bool = False
    allow_tell: bool = False
    with_note: bool = False
    when: Condition | None = None
    # K decides a strategy, $ is a number of the engine, W warns, D drafts, C complies (goals.md section 4);
    # A is one of the firm's assumptions.
    use: str = "D"
    max_length: int = 200
    earliest: int = 1900
    # Years from today that a date or year may lie ahead; 0 is today.
    years_ahead: int = 0
    # An option of a multiple choice that excludes all others.
    exclusive: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """Give the short label for the review page."""
        return self.short or self.label


class Scope(StrEnum):
    """Whose page it is."""

    PERSONAL = "personal"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One topic on one page."""

    slug: str
    section: str
    title: str
    nav: str
    scope: Scope
    questions: tuple[Question, ...] = ()
    intro: str = ""
    why: str = ""
    text: tuple[str, ...] = ()
    when: Condition | None = None
    minutes: int = 1
    # Names of checks across several answers, done by the form.
    checks: tuple[str, ...] = ()
    # A list page names its group, what it lists and the step pages that ask about one thing.
    group: str = ""
    kinds: tuple[Option, ...] = ()
    steps: tuple[str, ...] = ()
    item_name: str = ""
    add_label: str = ""
    # A step page names the list page it belongs to.
    list_page: str = ""

    @property
    def is_list(self) -> bool:
        """Tell whether this page lists things."""
        return bool(self.steps)

    @property
    def is_step(self) -> bool:
        """Tell whether this page asks about one thing of a list."""
        return bool(self.list_page)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the questionnaire as the home page shows it."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All sections and pages, in the order they are asked."""

    version: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]
    staff_person: tuple[Question, ...] = ()
    staff_couple: tuple[Question, ...] = ()

    def page(self, slug: str) -> Page | None:
        """Find a page."""
        return next((page for page in self.pages if page.slug == slug), None)

    def page_of(self, key: str, kind: str = "") -> Page | None:
        """Find the page that asks a question; `kind` picks among the step pages of different lists."""
        for page in self.pages:
            if any(question.key == key for question in page.questions) and (
                not kind or not page.is_step or kind in self.kinds_of(page)
            ):
                return page
        return None

    def kinds_of(self, step: Page) -> tuple[str, ...]:
        """Name the kinds of things a step page is about."""
        parent = self.page(step.list_page)
        return () if parent is None else tuple(option.value for option in parent.kinds)

    def question(self, key: str) -> Question | None:
        """Find a question by its key, the staff's own included."""
        for page in self.pages:
            for question in page.questions:
                if question.key == key:
                    return question
        return next((q for q in (*self.staff_person, *self.staff_couple) if q.key == key), None)

    def pages_for(self, slot: str, record: Record) -> list[Page]:
        """Give the pages a spouse is shown now: no step pages, and none whose condition does not hold."""
        sight = Sight(record, slot)
        return [page for page in self.pages if not page.is_step and _holds(page.when, sight)]

    def steps_for(self, page: Page, item: Item | None, slot: str, record: Record) -> list[Page]:
        """Give the step pages of a list that apply to one thing."""
        sight = Sight(record, slot, item)
        steps = (self.page(slug) for slug in page.steps)
        return [step for step in steps if step is not None and _holds(step.when, sight)]

    def group_of(self, page: Page) -> str:
        """Give the list a page works on: children, assets, or none."""
        parent = self.page(page.list_page) if page.is_step else page
        return "" if parent is None else parent.group

    def items_of(self, page: Page, record: Record) -> list[Item]:
        """Give the things a list page shows."""
        kinds = {option.value for option in page.kinds}
        return [
            item
            for item in record.items.get(page.group, [])
            if not kinds or any(word in kinds for word in _words(item, "kind"))
        ]


def _holds(condition: Condition | None, sight: Sight) -> bool:
    return condition is None or condition.holds(sight)


def is_asked(question: Question, sight: Sight) -> bool:
    """Tell whether a question of a shown page is asked, given what can be seen."""
    return _holds(question.when, sight)


def is_shown(page: Page, question: Question, sight: Sight) -> bool:
    """Tell whether the page shows a question at all.

    A condition on an answer of the same page cannot be known before the page
    is sent, so such a question is shown, with its condition in `data-when`.
    """
    if question.when is None:
        return True
    here = {other.key for other in page.questions}
    if any(key in here for key in question.when.questions()):
        return True
    return question.when.holds(sight)


def missing_keys(page: Page, sight: Sight) -> list[str]:
    """Name the questions of a page that must be answered and are not."""
    return [
        question.key
        for question in page.questions
        if question.required and is_asked(question, sight) and not _is_answered(sight, question.key)
    ]


def _is_answered(sight: Sight, key: str) -> bool:
    cell = sight.cell(key)
    return cell is not None and cell.is_answered
