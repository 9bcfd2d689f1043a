"""How far each spouse is: pages, sections, minutes."""

from __future__ import annotations

from dataclasses import dataclass

from clients.intake.qdot import QDOT
from clients.intake.questions import TELL_ATTORNEY, Item, Page, Record, Scope, Section, Sight, missing_keys
from clients.models import Participant
from clients.selectors.current import Current, current_answers, slot_of_page


@dataclass(slots=True)
class PageState:
    """How far one page is."""

    page: Page
    is_done: bool
    is_begun: bool
    is_put_off: bool = False


@dataclass(slots=True)
class SectionState:
    """How far one section is."""

    section: Section
    pages: list[PageState]

    @property
    def status(self) -> str:
        """Return done, begun or todo."""
        if all(state.is_done for state in self.pages):
            return "done"
        return "begun" if any(state.is_done or state.is_begun for state in self.pages) else "todo"

    @property
    def left(self) -> list[PageState]:
        """Give the pages that are not done."""
        return [state for state in self.pages if not state.is_done]

    @property
    def minutes_left(self) -> int:
        """Give the minutes the rest takes."""
        return sum(state.page.minutes for state in self.left)

    @property
    def first_slug(self) -> str:
        """Give the page to open: the first that is not done, else the first."""
        return (self.left or self.pages)[0].page.slug

    @property
    def is_personal(self) -> bool:
        """Tell whether only this spouse sees the whole section."""
        return all(state.page.scope == Scope.PERSONAL for state in self.pages)


@dataclass(slots=True)
class Progress:
    """How far one spouse is."""

    sections: list[SectionState]

    @property
    def states(self) -> list[PageState]:
        """Give all pages in order."""
        return [state for section in self.sections for state in section.pages]

    @property
    def next_page(self) -> Page | None:
        """Give the first page that is not done."""
        return next((state.page for state in self.states if not state.is_done), None)

    @property
    def minutes_left(self) -> int:
        """Give the minutes the rest takes."""
        return sum(section.minutes_left for section in self.sections)

    @property
    def done_sections(self) -> int:
        """Count the sections that are done."""
        return sum(section.status == "done" for section in self.sections)

    def page_after(self, slug: str) -> Page | None:
        """Give the page that follows another."""
        pages = [state.page for state in self.states]
        slugs = [page.slug for page in pages]
        position = slugs.index(slug) + 1 if slug in slugs else len(pages)
        return pages[position] if position < len(pages) else None


def progress_of(participant: Participant, current: Current | None = None) -> Progress:
    """Work out how far a spouse is, from the answers alone."""
    current = current or current_answers(participant.matter)
    states = [page_state(page, participant.slot, current) for page in QDOT.pages_for(participant.slot, current.record)]
    sections = [
        SectionState(section, [state for state in states if state.page.section == section.slug])
        for section in QDOT.sections
    ]
    return Progress([section for section in sections if section.pages])


def page_state(page: Page, slot: str, current: Current) -> PageState:
    """Work out how far one page is."""
    mark = current.marks.get((slot_of_page(page, slot), page.slug))
    is_put_off = mark is not None and mark.certainty == TELL_ATTORNEY
    if page.is_list:
        items = QDOT.items_of(page, current.record)
        is_complete = all(not missing_in_item(page, item, slot, current.record) for item in items)
        is_done = mark is not None and is_complete and (bool(items) or is_put_off)
        return PageState(page, is_done, bool(items), is_put_off)
    sight = Sight(current.record, slot)
    has_answer = any((cell := sight.cell(question.key)) and cell.is_answered for question in page.questions)
    return PageState(page, mark is not None and not missing_keys(page, sight), has_answer, is_put_off)


def missing_in_item(page: Page, item: Item, slot: str, record: Record) -> list[tuple[Page, str]]:
    """Name what must still be answered about one thing, with the step page that asks it."""
    sight = Sight(record, slot, item)
    return [(step, key) for step in QDOT.steps_for(page, item, slot, record) for key in missing_keys(step, sight)]
