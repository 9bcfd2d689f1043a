"""What the couple's pages say: home, lists, review and the page for two different answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.desk import Desk
from clients.intake.qdot import QDOT
from clients.intake.questions import KNOWN, NOT_SURE, Item, Page, Scope, Sight, is_asked
from clients.selectors import (
    OpenAsk,
    SectionState,
    item_title,
    last_submission,
    missing_in_item,
    progress_of,
)
from clients.services.answers import PageConflictError
from clients.words import answer_in_words, fill, number_in_words, written_date

# --- home ----------------------------------------------------------------------------------------------------


def home_words(desk: Desk) -> dict[str, Any]:
    """Give everything the home page says."""
    progress = desk.progress
    sections = [_section_row(desk, state) for state in progress.sections]
    count = len(sections)
    heading, intro, button, button_url = _headline(desk)
    return {
        "heading": heading,
        "intro": intro,
        "button": button,
        "button_url": button_url,
        "asks": [{"label": fill(ask.question.name, desk.names), "url": ask_url(desk, ask)} for ask in desk.asks],
        "parts_title": ngettext("Your part", "Your %(n)s parts", count) % {"n": number_in_words(count)},
        "sections": sections,
        "next_steps": _next_steps(desk),
        "document_url": _document_url(desk),
        "is_locked": desk.is_locked,
        "submitted_on": _submitted_on(desk),
    }


def _headline(desk: Desk) -> tuple[str, str, str, str]:
    """Give the heading, the sentence below it and the one button."""
    matter_id, contact = desk.matter.public_id, desk.names["contact"]
    review = reverse("clients:intake-review", args=[matter_id])
    if desk.asks:
        count = len(desk.asks)
        heading = ngettext("One question for you", "%(n)s questions for you", count)
        return (
            heading % {"n": number_in_words(count).capitalize()},
            _("%(contact)s read your answers and asks you to look at this again.") % {"contact": contact},
            _("Answer the question"),
            ask_url(desk, desk.asks[0]),
        )
    if desk.is_locked:
        intro = _("Thank you. %(contact)s reads them and may ask you a short question.") % {"contact": contact}
        return _("You have sent your answers"), intro, _("Read your answers"), review
    if desk.wants_to_talk:
        intro = _("%(contact)s knows that you would like to talk first, and will get in touch.")
        page = reverse("clients:intake-page", args=[matter_id, "working-together"])
        return _("We will call you"), intro % {"contact": contact}, _("Go on without a call"), page
    following = desk.progress.next_page
    if following is None:
        intro = _("Every part is done. Read your answers once more and send them to us.")
        return _("Almost there"), intro, _("Read your answers"), review
    minutes = desk.progress.minutes_left
    heading = ngettext("About %(n)d minute left", "About %(n)d minutes left", minutes) % {"n": minutes}
    begun = any(state.is_done for state in desk.progress.states)
    start = _("Continue: %(page)s") if begun else _("Start: %(page)s")
    name = _(following.nav)
    url = reverse("clients:intake-page", args=[matter_id, following.slug])
    return heading, _done_sentence(desk), start % {"page": name[:1].lower() + name[1:]}, url


def _done_sentence(desk: Desk) -> str:
    done, count = desk.progress.done_sections, len(desk.progress.sections)
    rest = _("Stop at any time; every page you finish is kept.")
    if not done:
        return rest
    words = {"done": number_in_words(done).capitalize(), "count": number_in_words(count)}
    parts = ngettext("%(done)s of %(count)s parts is done.", "%(done)s of %(count)s parts are done.", done) % words
    return f"{parts} {rest}"


def _section_row(desk: Desk, state: SectionState) -> dict[str, Any]:
    notes = []
    if state.is_personal:
        notes.append(_("Only you and your lawyers see this part"))
    if state.status == "begun":
        left = len(state.left)
        pages = ngettext("%(n)d page left", "%(n)d pages left", left) % {"n": left}
        notes.append(f"{pages}, {_minutes(state.minutes_left)}")
    elif state.status == "todo":
        text = _minutes(state.minutes_left)
        notes.append(text[:1].upper() + text[1:])
    labels = {"done": _("Done"), "begun": _("Begun"), "todo": _("To do")}
    marks = {"done": "good", "begun": "wait", "todo": "todo"}
    matter_id = desk.matter.public_id
    is_done = state.status == "done" or desk.is_locked
    url = (
        reverse("clients:intake-review", args=[matter_id]) + f"#{state.section.slug}"
        if is_done
        else reverse("clients:intake-page", args=[matter_id, state.first_slug])
    )
    return {
        "title": _(state.section.title),
        "url": url,
        "notes": notes,
        "status": labels[state.status],
        "mark": marks[state.status],
    }


def _minutes(minutes: int) -> str:
    return ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}


def _next_steps(desk: Desk) -> list[str]:
    """Say what happens next, from where both spouses are."""
    contact, spouse = desk.names["contact"], desk.spouse.first_name
    if desk.matter.plan_released_at is not None:
        return [
            _("Read the summary your lawyer released."),
            _("Call us with any question; nothing in it happens by itself."),
        ]
    has_spouse_sent = last_submission(desk.spouse) is not None
    steps = []
    if not desk.is_locked:
        steps.append(_together(desk, has_spouse_sent=has_spouse_sent))
        steps.append(_("You read all your answers once more and send them to us."))
    elif not has_spouse_sent:
        steps.append(_("%(spouse)s sends the other half.") % {"spouse": spouse})
    steps.append(_("%(contact)s reads them and may ask you a short question.") % {"contact": contact})
    steps.append(_("You meet your lawyer and talk about what fits you both."))
    return steps


def _together(desk: Desk, *, has_spouse_sent: bool) -> str:
    spouse = desk.spouse.first_name
    if has_spouse_sent:
        return _("You finish your parts. %(spouse)s has sent the answers already.") % {"spouse": spouse}
    both = _("You and %(spouse)s finish your parts.") % {"spouse": spouse}
    minutes = progress_of(desk.spouse, desk.current).minutes_left
    if not minutes:
        return both
    left = ngettext("%(spouse)s has about %(n)d minute left.", "%(spouse)s has about %(n)d minutes left.", minutes)
    return f"{both} {left % {'spouse': spouse, 'n': minutes}}"


def _document_url(desk: Desk) -> str:
    """Give the released document's address; before the release there is none."""
    matter = desk.matter
    if matter.plan_released_at is None or matter.released_document_public_id is None:
        return ""
    try:
        return reverse("planning:client-document", args=[matter.public_id, matter.released_document_public_id])
    except NoReverseMatch:
        return ""


def _submitted_on(desk: Desk) -> str:
    last = last_submission(desk.participant)
    return "" if last is None else written_date(timezone.localdate(last.submitted_at).isoformat())


def ask_url(desk: Desk, ask: OpenAsk) -> str:
    """Give the address of the single page for a question that was asked back."""
    matter_id = desk.matter.public_id
    if ask.item is not None:
        return reverse("clients:intake-item", args=[matter_id, ask.page.slug, ask.item])
    return reverse("clients:intake-page", args=[matter_id, ask.page.slug])


# --- lists ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ItemRow:
    """One child or thing as a list shows it."""

    title: str
    value: str
    notes: list[str]
    edit_url: str
    remove_url: str
    # Where to go on when something is missing.
    missing_url: str


def item_rows(desk: Desk, page: Page, *, is_short: bool = True) -> list[ItemRow]:
    """Give the things of a list with their amounts, and what is missing."""
    rows = []
    for item in QDOT.items_of(page, desk.current.record):
        missing = missing_in_item(page, item, desk.slot, desk.current.record)
        first = QDOT.steps_for(page, item, desk.slot, desk.current.record)[0]
        matter_id = desk.matter.public_id
        value, notes = item_summary(desk, page, item, is_short=is_short)
        rows.append(
            ItemRow(
                title=item_title(page, item, desk.names),
                value=value,
                notes=notes,
                edit_url=reverse("clients:intake-item", args=[matter_id, first.slug, item.id]),
                remove_url=reverse("clients:intake-item-remove", args=[matter_id, page.slug, item.id]),
                missing_url=(
                    reverse("clients:intake-item", args=[matter_id, missing[0][0].slug, item.id]) if missing else ""
                ),
            )
        )
    return rows


SUMMARY_KEYS = ("death_benefit", "value")
PLAIN_KEYS = frozenset({"title", "child_of", "child_lives_in", "country", "state", "child_date_of_birth", "insurer"})
NOT_IN_NOTES = frozenset({"kind", "asset_name", "child_name", "value_is_estimate"})


def item_summary(desk: Desk, page: Page, item: Item, *, is_short: bool) -> tuple[str, list[str]]:
    """Give a thing's main amount, and the rest of what was said about it: all, or the few words a list needs."""
    value, notes = "", []
    sight = Sight(desk.current.record, desk.slot, item)
    for step in QDOT.steps_for(page, item, desk.slot, desk.current.record):
        for question in step.questions:
            cell = item.cells.get(question.key)
            if cell is None or not cell.is_answered or not is_asked(question, sight) or question.key in NOT_IN_NOTES:
                continue
            words = answer_in_words(question, cell, desk.names)
            if question.key in SUMMARY_KEYS and not value and cell.certainty != NOT_SURE:
                value = words
            elif question.key in PLAIN_KEYS:
                notes.append(words)
            elif not is_short or cell.certainty != KNOWN:
                notes.append(f"{fill(question.name, desk.names)}: {words}")
    estimate = item.cells.get("value_is_estimate")
    if estimate is not None and estimate.value == "yes":
        notes.append(_("Estimate"))
    return value, notes


# --- review --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ReviewLine:
    """One line of the review page."""

    label: str
    words: str
    change_url: str
    is_soft: bool = False
    notes: list[str] = field(default_factory=list)
    anchor: str = ""


@dataclass(slots=True)
class ReviewSection:
    """One section of the review page."""

    slug: str
    title: str
    who_sees: str
    lines: list[ReviewLine]


def review_sections(desk: Desk) -> dict[str, Any]:
    """Give everything the review page says."""
    sections: list[ReviewSection] = []
    for state in desk.progress.sections:
        for scope in (Scope.PERSONAL, Scope.SHARED):
            pages = [entry.page for entry in state.pages if entry.page.scope == scope]
            lines = [line for page in pages for line in _page_lines(desk, page)]
            if lines:
                is_first = not any(section.slug == state.section.slug for section in sections)
                title = _(state.section.title)
                sections.append(
                    ReviewSection(
                        state.section.slug if is_first else f"{state.section.slug}-shared",
                        title if is_first else _("%(part)s, together") % {"part": title},
                        _scope_words(desk, scope),
                        lines,
                    )
                )
    matter_id = desk.matter.public_id
    left = [
        {"title": _(entry.page.nav), "url": reverse("clients:intake-page", args=[matter_id, entry.page.slug])}
        for entry in desk.progress.states
        if not entry.is_done
    ]
    soft = sum(line.is_soft for section in sections for line in section.lines)
    return {
        "sections": sections,
        "left": [] if desk.is_locked else left,
        "soft_sentence": _soft_sentence(desk, soft),
        "is_locked": desk.is_locked,
        "submitted_on": _submitted_on(desk),
        "save_key": str(uuid4()),
        "can_send": not left and not desk.is_locked and desk.has_acknowledged,
    }


def _soft_sentence(desk: Desk, count: int) -> str:
    if not count:
        return ""
    sentence = ngettext(
        "One answer is “not sure”. That is fine: %(contact)s will go through it with you.",
        "%(n)s answers are “not sure”. That is fine: %(contact)s will go through them with you.",
        count,
    )
    return sentence % {"n": number_in_words(count).capitalize(), "contact": desk.names["contact"]}


def _scope_words(desk: Desk, scope: Scope) -> str:
    if scope == Scope.PERSONAL:
        return _("Only you and your lawyers see this part.")
    return _("You, %(spouse)s and your lawyers see this part.") % {"spouse": desk.spouse.first_name}


def _page_lines(desk: Desk, page: Page) -> list[ReviewLine]:
    """Give the lines of one page, or of the things of a list."""
    matter_id, back = desk.matter.public_id, "?" + urlencode({"from": "review"})
    if page.is_list:
        lines = []
        for row in item_rows(desk, page, is_short=False):
            url = row.missing_url or row.edit_url
            is_soft = any(note.endswith(_("Not sure")) for note in row.notes)
            words = row.value or (_("Not finished") if row.missing_url else "")
            lines.append(ReviewLine(row.title, words, url + back, is_soft=is_soft, notes=row.notes, anchor=page.slug))
        url = reverse("clients:intake-page", args=[matter_id, page.slug]) + back
        if not lines:
            words = _("To go through with the lawyer") if _is_put_off(desk, page) else _("Nothing yet")
            lines.append(ReviewLine(_(page.nav), words, url, anchor=page.slug))
        return lines
    sight, lines = desk.sight(), []
    url = reverse("clients:intake-page", args=[matter_id, page.slug]) + back
    for question in page.questions:
        if not is_asked(question, sight):
            continue
        cell = sight.cell(question.key)
        words = answer_in_words(question, cell, desk.names)
        if not words and not question.required:
            continue
        lines.append(
            ReviewLine(
                label=fill(question.name, desk.names),
                words=words or _("Not answered yet"),
                change_url=url,
                is_soft=cell is not None and cell.certainty != KNOWN,
                notes=[f"“{cell.note}”"] if cell is not None and cell.note else [],
                anchor=page.slug,
            )
        )
    return lines


def _is_put_off(desk: Desk, page: Page) -> bool:
    return any(state.page.slug == page.slug and state.is_put_off for state in desk.progress.states)


# --- two different answers -----------------------------------------------------------------------------------


def conflict_rows(desk: Desk, page: Page, conflict: PageConflictError) -> list[dict[str, Any]]:
    """Give each question with both answers and who gave the kept one."""
    rows = []
    for found in conflict.conflicts:
        question = next(question for question in page.questions if question.key == found.question)
        local = timezone.localtime(found.at)
        clock = f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004
        by = _("you") if found.by.pk == desk.user.pk else desk.spouse.first_name
        rows.append(
            {
                "key": found.question,
                "label": fill(question.label, desk.names),
                "kept": _words_or_empty(answer_in_words(question, found.kept, desk.names)),
                "typed": _words_or_empty(answer_in_words(question, found.typed, desk.names)),
                "kept_by": _("saved at %(clock)s by %(name)s") % {"clock": clock, "name": by},
            }
        )
    return rows


def _words_or_empty(words: str) -> str:
    return words or _("no answer")
