"""What the library says of states and treaties: one table of all, and one page for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.community_property import community_law
from planning.engine.inheritance_law import InheritanceLaw
from planning.engine.law import RateTable
from planning.engine.state_law import StateLaw
from planning.plan_page import status_words
from planning.state_law import official_state_book
from planning.state_words import (
    Said,
    Sureness,
    all_rates_words,
    answer_words,
    cited,
    community_points,
    computation,
    days,
    dollars,
    exempting_words,
    heirs_of,
    inheritance_points,
    kind_words,
    noncitizen_points,
    other_points,
    quasi_points,
    rates_words,
    sureness_words,
    treaty_kind_words,
    treaty_points,
    treaty_relief_words,
    treaty_status,
)
from planning.treaty_book import treaty_book

MARKS: dict[Sureness, str] = {
    "verified": "status-good",
    "on_file": "",
    "inferred": "status-wait",
    "unverified": "status-late",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How sure something is: the words, and the class that draws their sign."""

    words: str
    css: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One statement as the table shows it."""

    about: str
    answer: str
    why: str
    mark: Mark
    authority: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """The amount of one stretch of days of death."""

    days: str
    amount: Decimal
    label: str
    status: str
    authority: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A rate schedule under its heading."""

    title: str
    authority: str
    rows: list[tuple[Decimal, Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class HeirRow:
    """One class of heirs of an inheritance tax."""

    name: str
    heirs: str
    free: str
    rates: str
    authority: str


@dataclass(frozen=True, slots=True)
class Inheritance:
    """The inheritance tax of a state; without classes it has ended."""

    days: str
    authority: str
    classes: list[HeirRow]
    points: list[SaidRow]


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state in the table of all."""

    code: str
    name: str
    amounts: list[str]
    label: str
    kind: str
    rates: str
    binds: str
    binds_mark: Mark
    election: str
    election_mark: Mark
    qtip: str
    qtip_mark: Mark


@dataclass(frozen=True, slots=True)
class InheritanceRow:
    """One state with an inheritance tax in the table of all."""

    code: str
    name: str
    classes: str
    rates: str
    open_points: int


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """One treaty in the table of all."""

    code: str
    country: str
    kind: str
    covers: str
    relief: str
    mark: Mark
    questions: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page of all states and treaties shows."""

    days: str
    years: list[int]
    states: list[StateRow]
    without: list[str]
    inheritance: list[InheritanceRow]
    treaties: list[TreatyRow]
    treaties_as_of: str
    ended: list[str]
    community: list[tuple[str, str]]
    by_choice: list[tuple[str, str]]
    community_points: list[SaidRow]


@dataclass(frozen=True, slots=True)
class StatePage:
    """Everything on file about one state."""

    code: str
    name: str
    bands: list[BandRow]
    computation: list[SaidRow]
    noncitizen: list[SaidRow]
    other: list[SaidRow]
    rates: list[Rates]
    inheritance: Inheritance | None
    community: str
    quasi: list[SaidRow]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreatyPage:
    """Everything on file about one treaty."""

    code: str
    country: str
    kind: str
    estate_from: str
    gifts_from: str
    as_of: str
    notes: str
    points: list[SaidRow]
    questions: tuple[str, ...]
    sources: tuple[str, ...]


def mark(status: Sureness) -> Mark:
    """Return how sure something is, for the page."""
    return Mark(sureness_words(status), MARKS[status])


def _rows(found: list[Said]) -> list[SaidRow]:
    return [SaidRow(said.about, said.answer, said.why, mark(said.status), said.authority) for said in found]


# -- all of them -----------------------------------------------------------------------


def overview() -> Overview:
    """Return the table of all states and treaties."""
    book, treaties, community = official_state_book(), treaty_book(), community_law()
    return Overview(
        days=days(book.first_day, book.last_day),
        years=_years(),
        states=[_state_row(book.laws[code]) for code in book.codes],
        without=sorted(book.without_estate_tax.values()),
        inheritance=[_inheritance_row(law) for law in _inheritance_laws()],
        treaties=[
            TreatyRow(
                code=treaty.code,
                country=treaty.country,
                kind=treaty_kind_words(treaty),
                covers=_("estates and gifts") if treaty.covers_gifts else _("estates"),
                relief=treaty_relief_words(treaty),
                mark=mark(treaty_status(treaty)),
                questions=len(treaty.questions),
            )
            for treaty in sorted(treaties.treaties.values(), key=lambda treaty: treaty.country)
        ],
        treaties_as_of=treaties.as_of.isoformat(),
        ended=[f"{country}: {words}" for country, words in treaties.ended.items()],
        community=list(community.states.items()),
        by_choice=list(community.by_choice.items()),
        community_points=_rows(community_points(community)),
    )


def _years() -> list[int]:
    book = official_state_book()
    return list(range(book.first_day.year, book.last_day.year + 1))


def _amount_in(bands: tuple[StateLaw, ...], year: int) -> str:
    """Return the amounts of a year: the first, and each later one with its first day."""
    parts: list[str] = []
    held: Decimal | None = None
    for law in bands:
        if law.first_day.year <= year <= law.last_day.year and law.exclusion != held:
            amount, held = dollars(law.exclusion), law.exclusion
            since = {"amount": amount, "day": law.first_day.isoformat()}
            parts.append(_("from %(day)s %(amount)s") % since if parts else amount)
    return "; ".join(parts)


def _state_row(bands: tuple[StateLaw, ...]) -> StateRow:
    law = bands[-1]
    binds, election, qtip = law.noncitizen.applies_2056d, law.noncitizen.state_only_qdot, law.state_qtip
    return StateRow(
        code=law.code,
        name=law.name,
        amounts=[_amount_in(bands, year) for year in _years()],
        label=law.exclusion_label,
        kind=kind_words(law),
        rates=all_rates_words(law),
        binds=answer_words(binds),
        binds_mark=mark(binds.status),
        election=answer_words(election),
        election_mark=mark(election.status),
        qtip=answer_words(qtip),
        qtip_mark=mark(qtip.status),
    )


def _inheritance_laws() -> list[InheritanceLaw]:
    """Return the last law of each state with an inheritance tax."""
    newest: dict[str, InheritanceLaw] = {}
    for law in sorted(official_state_book().inheritance.laws, key=lambda law: (law.state, law.first)):
        newest[law.state] = law
    return list(newest.values())


def _inheritance_row(law: InheritanceLaw) -> InheritanceRow:
    tables = [found.table for found in law.classes.values() if found.table is not None]
    return InheritanceRow(
        code=law.state,
        name=law.name,
        classes=str(len(law.classes)) if law.classes else _("ended"),
        rates="; ".join(dict.fromkeys(rates_words(table) for table in tables)) or "—",
        open_points=len(law.open_points),
    )


# -- one state ---------------------------------------------------------------------------


def state_page(code: str) -> StatePage | None:
    """Return the page of a state; None where nothing but the absence of a tax is on file."""
    book, community = official_state_book(), community_law()
    bands = book.laws.get(code, ())
    inheritance = next((law for law in _inheritance_laws() if law.state == code), None)
    in_community = code in community.states or code in community.by_choice
    if not bands and inheritance is None and not in_community:
        return None
    law = bands[-1] if bands else None
    quasi = code == community.quasi_state
    return StatePage(
        code=code,
        name=law.name if law is not None else book.without_estate_tax[code],
        bands=[_band(found) for found in bands],
        computation=[] if law is None else _rows(computation(law)),
        noncitizen=[] if law is None else _rows(noncitizen_points(law)),
        other=[] if law is None else _rows(other_points(law)),
        rates=_rate_tables(bands),
        inheritance=None if inheritance is None else _inheritance(inheritance),
        community=_community_words(code),
        quasi=_rows(quasi_points(community)) if quasi else [],
        questions=community.questions if in_community else (),
    )


def _band(law: StateLaw) -> BandRow:
    label = law.exclusion_label
    if law.noncitizen.qdot_waived:
        label = _("%(label)s; no QDOT asked for where no federal return is due") % {"label": label}
    return BandRow(
        days(law.first_day, law.last_day),
        law.exclusion,
        label,
        status_words(law.status),
        cited(law.exclusion_citations),
    )


def _rate_tables(bands: tuple[StateLaw, ...]) -> list[Rates]:
    """Return each rate schedule once, with the first of its days, the newest first."""
    found: dict[tuple[object, ...], Rates] = {}
    for law in reversed(bands):
        for title, table in _tables(law):
            key = (title, *table.brackets)
            if key not in found:
                heading = _("%(title)s, deaths of %(days)s") % {
                    "title": title,
                    "days": days(law.first_day, law.last_day),
                }
                rows = [(row.over, row.base_tax, row.rate) for row in table.brackets]
                found[key] = Rates(heading, cited(table.citations), rows)
    return list(found.values())


def _tables(law: StateLaw) -> list[tuple[str, RateTable]]:
    credit = _("Credit table of IRC 2011(b), read at the taxable estate less %(amount)s") % {
        "amount": dollars(law.base_reduction)
    }
    match law.kind:
        case "credit_table":
            return [(credit, law.credit_table)]
        case "smaller_of_two" | "interrelated":
            return [(credit, law.credit_table), (_("Rate of the other amount"), law.table)]
        case "excess":
            return [(_("Rates on what lies above the exclusion"), law.table)]
        case _:
            return [(_("Rates on the whole"), law.table)]


def _inheritance(law: InheritanceLaw) -> Inheritance:
    return Inheritance(
        days=days(law.first, law.last),
        authority=cited(law.citations),
        classes=[
            HeirRow(
                name=found.name.replace("_", " "),
                heirs=heirs_of(found),
                free=exempting_words(found),
                rates=_("none") if found.table is None else rates_words(found.table),
                authority=cited(found.citations),
            )
            for found in law.classes.values()
        ],
        points=_rows(inheritance_points(law)) if law.classes else [],
    )


def _community_words(code: str) -> str:
    community = community_law()
    if code in community.states:
        return _("A community property state: what a married person earns or buys while at home here belongs to both.")
    if code in community.by_choice:
        return _("Couples may make community property here by a trust or an agreement, residents or not.")
    return ""


# -- one treaty --------------------------------------------------------------------------


def treaty_page(code: str) -> TreatyPage | None:
    """Return the page of a treaty; None where there is none with that country."""
    book = treaty_book()
    treaty = book.treaties.get(code)
    if treaty is None:
        return None
    return TreatyPage(
        code=treaty.code,
        country=treaty.country,
        kind=treaty_kind_words(treaty),
        estate_from=_date(treaty.estate_from),
        gifts_from=_date(treaty.gifts_from) if treaty.gifts_from is not None else _("not covered"),
        as_of=_date(book.as_of),
        notes=treaty.notes,
        points=_rows(treaty_points(treaty)),
        questions=treaty.questions,
        sources=treaty.sources,
    )


def _date(day: date) -> str:
    return day.isoformat()
