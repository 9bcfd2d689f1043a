"""What every page of a spouse needs at hand: who reads, which matter, what was answered, how far they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from clients import access
from clients.access import Need
from clients.http import SignedInRequest
from clients.intake.questions import Item, Page, Sight
from clients.models import Firm, Matter, Participant, User
from clients.selectors import (
    Current,
    OpenAsk,
    Progress,
    current_answers,
    is_locked,
    open_asks,
    progress_of,
    saved_at,
)
from clients.words import names_for


@dataclass
class Desk:
    """One spouse's place in the matter, for one request."""

    matter: Matter
    participant: Participant
    user: User
    current: Current = field(init=False)

    def __post_init__(self) -> None:
        self.current = current_answers(self.matter)

    @property
    def slot(self) -> str:
        """Give the spouse's slot."""
        return self.participant.slot

    @cached_property
    def spouse(self) -> Participant:
        """Give the other spouse."""
        return self.participant.spouse

    @property
    def firm(self) -> Firm:
        """Give the firm."""
        return self.matter.firm

    @cached_property
    def names(self) -> dict[str, str]:
        """Give the names pages are filled with."""
        return names_for(self.participant, self.spouse, self.firm)

    @cached_property
    def progress(self) -> Progress:
        """Give how far this spouse is."""
        return progress_of(self.participant, self.current)

    @cached_property
    def asks(self) -> list[OpenAsk]:
        """Give the questions asked back."""
        return open_asks(self.participant)

    @cached_property
    def is_locked(self) -> bool:
        """Tell whether the answers are handed in."""
        return is_locked(self.participant)

    @property
    def has_acknowledged(self) -> bool:
        """Tell whether this spouse agreed to go on together."""
        cell = self.current.record.personal[self.slot].get("joint_representation")
        return cell is not None and cell.value == "acknowledged"

    @property
    def wants_to_talk(self) -> bool:
        """Tell whether this spouse asked to speak with someone first."""
        cell = self.current.record.personal[self.slot].get("joint_representation")
        return cell is not None and cell.value == "talk_first"

    @property
    def saved(self) -> str:
        """Say when this spouse's newest answer was saved, in the firm's zone."""
        moment = saved_at(self.current, self.user)
        if moment is None:
            return ""
        local = timezone.localtime(moment)
        clock = f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'} {local:%Z}"  # noqa: PLR2004
        if local.date() == timezone.localdate():
            return _("Saved %(clock)s") % {"clock": clock}
        return _("Saved on %(day)s") % {"day": f"{local.day}/{local:%b}".replace("/", " ")}

    def sight(self, item: Item | None = None) -> Sight:
        """Give what conditions can see from here."""
        return Sight(self.current.record, self.slot, item)

    def where(self, page: Page) -> tuple[str, int, int]:
        """Give a page's section, its number and how many sections there are."""
        sections = [state.section for state in self.progress.sections]
        number = next((n for n, section in enumerate(sections, start=1) if section.slug == page.section), 1)
        return _(sections[number - 1].title), number, len(sections)


def desk_for(request: SignedInRequest, matter_id: UUID) -> Desk:
    """Open a matter for one of its spouses."""
    matter = access.matter_for(request.user, matter_id, Need.ANSWER)
    return Desk(matter, access.participant_of(request.user, matter), request.user)
