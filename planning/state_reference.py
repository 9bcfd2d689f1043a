"""State death taxes, treaties and community property as text: for `manage.py law` and docs/law-amounts.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from planning.community_property import community_law
from planning.engine.inheritance_law import InheritanceLaw
from planning.engine.law import Law, RateTable
from planning.engine.state_law import StateLaw
from planning.engine.treaties import Treaty
from planning.engine.worksheet import plain
from planning.state_law import official_state_book
from planning.state_words import (
    Said,
    Sureness,
    cited,
    community_points,
    computation,
    days,
    exempting_words,
    heirs_of,
    inheritance_points,
    noncitizen_points,
    other_points,
    quasi_points,
    treaty_kind_words,
    treaty_points,
    treaty_relief_words,
    treaty_status,
)
from planning.treaty_book import treaty_book

PROJECTED = "PROJECTED, not official"
# What a later year's exclusion grows by, as the product assumes it for every plan.
INDEXING = Decimal("2.0")
SURE: dict[Sureness, str] = {
    "verified": "verified",
    "on_file": "on file",
    "inferred": "INFERRED",
    "unverified": "UNVERIFIED",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: whose law, what about, the amount or answer, how sure, and why with the authority."""

    whose: str
    about: str
    answer: str
    status: str
    words: str


def state_laws_of(law: Law) -> list[StateLaw]:
    """Return the estate taxes of states in a year, each band of its days; later years are projected.

    Empty for years before the law files of states begin.
    """
    book = official_state_book()
    first, last = date(law.year, 1, 1), date(law.year, 12, 31)
    if last < book.first_day:
        return []
    if first > book.last_day:
        found = (
            book.projected(code, last, indexing=INDEXING, federal_exclusion=law.basic_exclusion_amount)
            for code in book.codes
        )
        return [band for band in found if band is not None]
    return [
        band for code in book.codes for band in book.laws[code] if band.first_day <= last and first <= band.last_day
    ]


def inheritance_laws_of(year: int) -> list[InheritanceLaw]:
    """Return the inheritance taxes that hold in a year, those that have ended among them."""
    laws = official_state_book().inheritance.laws
    return [law for law in laws if law.first.year <= year <= law.last.year]


def treaties_of(year: int) -> list[Treaty]:
    """Return the treaties that cover deaths of a year."""
    return [treaty for treaty in treaty_book().treaties.values() if treaty.estate_from.year <= year]


# -- as lines ------------------------------------------------------------------------------


def state_lines(law: Law) -> list[str]:
    """Return one line for each amount, rate and rule of states and treaties in the year of `law`."""
    projected = law.status == "projected"
    rows = rows_of_year(law)
    width = max(len(f"{row.whose} {row.about}") for row in rows)
    mark = max(len(row.status) for row in rows)
    return [
        f"{law.year}  {PROJECTED if projected else f'{row.status:<{mark}}'}  {f'{row.whose} {row.about}':<{width}}  "
        f"{row.answer}  {f'{row.status}; ' if projected and row.status != PROJECTED else ''}{row.words}"
        for row in rows
    ]


def rows_of_year(law: Law) -> list[Row]:
    """Return every row of a year: estate taxes, inheritance taxes, treaties, community property."""
    rows = [row for band in state_laws_of(law) for row in _of_state(band)]
    if not rows:
        book = official_state_book()
        rows.append(Row("states", "estate_taxes", "not held", "not on file", days(book.first_day, book.last_day)))
    inheritance = [row for found in inheritance_laws_of(law.year) for row in _of_inheritance(found)]
    if not inheritance:
        inheritance.append(Row("states", "inheritance_taxes", "not held", "not on file", "no law for this year"))
    treaties = [row for treaty in treaties_of(law.year) for row in _of_treaty(treaty)]
    community = community_law()
    names = ", ".join(community.states)
    by_choice = ", ".join(community.by_choice)
    return [
        *rows,
        *inheritance,
        *treaties,
        Row("community", "states", names, SURE["verified"], community.source),
        Row("community", "by_choice", by_choice, SURE["unverified"], community.source),
        *_said("community", community_points(community)),
        *_said(f"quasi-community {community.quasi_state}", quasi_points(community)),
    ]


def _said(whose: str, found: Iterable[Said]) -> list[Row]:
    return [
        Row(
            whose,
            said.about,
            said.answer,
            SURE[said.status],
            f"{said.why}; {said.authority}" if said.why else said.authority,
        )
        for said in found
    ]


def _of_state(law: StateLaw) -> list[Row]:
    held = "official" if law.status == "official" else PROJECTED
    when = f"deaths {days(law.first_day, law.last_day)}"
    exclusion = f"{law.exclusion_label}, {when}; {cited(law.exclusion_citations)}"
    rows = [Row(law.code, "exclusion", plain(law.exclusion), held, exclusion)]
    if law.credit:
        rows.append(Row(law.code, "credit", plain(law.credit), held, f"{when}; {cited(law.exclusion_citations)}"))
    rows += _rates(law.code, "rate", law.table, held)
    return [*rows, *_said(law.code, [*computation(law), *noncitizen_points(law), *other_points(law)])]


def _rates(whose: str, name: str, table: RateTable, held: str) -> list[Row]:
    return [
        Row(
            whose,
            f"{name}_over_{row.over}",
            f"{plain(row.rate)}%",
            held,
            f"plus {plain(row.base_tax)}; {cited(table.citations)}",
        )
        for row in table.brackets
    ]


def _of_inheritance(law: InheritanceLaw) -> list[Row]:
    whose = f"{law.state} inheritance"
    if not law.classes:
        return [Row(whose, "tax", "ended", "official", f"deaths {days(law.first, law.last)}; {cited(law.citations)}")]
    rows: list[Row] = []
    for found in law.classes.values():
        words = f"{heirs_of(found)}; {cited(found.citations)}"
        rows.append(Row(whose, f"class_{found.name}", exempting_words(found), "official", words))
        if found.table is not None:
            rows += _rates(whose, f"class_{found.name}_rate", found.table, "official")
    return [*rows, *_said(whose, inheritance_points(law))]


def _of_treaty(treaty: Treaty) -> list[Row]:
    whose = f"treaty_{treaty.code}"
    covers = "estates and gifts" if treaty.covers_gifts else "estates"
    head = f"{treaty.country}, {treaty_kind_words(treaty)}, {covers}; {cited(treaty.sources)}"
    rows = [Row(whose, "relief", treaty_relief_words(treaty), SURE[treaty_status(treaty)], head)]
    asked = [
        Row(whose, "question", question, SURE["unverified"], cited(treaty.sources)) for question in treaty.questions
    ]
    return [*rows, *_said(whose, treaty_points(treaty)), *asked]


# -- as JSON -------------------------------------------------------------------------------


def states_to_json(law: Law) -> list[dict[str, Any]]:
    """Return every row of a year as JSON values."""
    return [
        {"of": row.whose, "about": row.about, "answer": row.answer, "status": row.status, "authority": row.words}
        for row in rows_of_year(law)
    ]


# -- as a document -------------------------------------------------------------------------


def state_reference(table: Callable[[list[str], Iterable[list[str]]], str]) -> list[str]:
    """Return the parts of docs/law-amounts.md on states and treaties; `table` writes a table of Markdown."""
    book = official_state_book()
    parts = [f"## Estate taxes of states, deaths {days(book.first_day, book.last_day)}\n"]
    head = ["What", "Rule", "Status", "Authority"]
    for code in book.codes:
        bands = book.laws[code]
        parts.append(f"### {bands[-1].name} ({code})\n")
        parts.append(
            table(
                ["Deaths", "Left untaxed, USD", "Term", "Authority"],
                (
                    [
                        days(law.first_day, law.last_day),
                        plain(law.exclusion),
                        law.exclusion_label,
                        cited(law.exclusion_citations),
                    ]
                    for law in bands
                ),
            )
        )
        law = bands[-1]
        parts.append(table(head, _cells([*computation(law), *noncitizen_points(law), *other_points(law)])))
        parts += [_brackets(rates, table) for rates in _tables_of(bands)]
    parts.append(f"No estate tax: {', '.join(sorted(book.without_estate_tax.values()))}.\n")
    parts.append("## Inheritance taxes of states\n")
    for inheritance in book.inheritance.laws:
        parts.append(
            f"### {inheritance.name} ({inheritance.state}), deaths {days(inheritance.first, inheritance.last)}\n"
        )
        if not inheritance.classes:
            parts.append(f"Ended. {cited(inheritance.citations)}.\n")
            continue
        parts.append(
            table(
                ["Class", "Heirs", "Free", "Over", "Percent above", "Authority"],
                (
                    [found.name, heirs_of(found), exempting_words(found), *_inline(found.table), cited(found.citations)]
                    for found in inheritance.classes.values()
                ),
            )
        )
        parts.append(table(head, _cells(inheritance_points(inheritance))))
    treaties = treaty_book()
    parts.append(f"## Estate and gift tax treaties, as of {treaties.as_of.isoformat()}\n")
    for treaty in treaties.treaties.values():
        covers = "estates and gifts" if treaty.covers_gifts else "estates"
        parts.append(f"### {treaty.country} ({treaty.code})\n")
        parts.append(f"{treaty_kind_words(treaty)}; {covers}; deaths since {treaty.estate_from.isoformat()}.\n")
        if points := treaty_points(treaty):
            parts.append(table(head, _cells(points)))
        parts.append(f"Open: {' '.join(treaty.questions) or 'nothing'}\n")
        parts.append(f"Sources: {cited(treaty.sources)}.\n")
    community = community_law()
    parts.append(f"## Community property, as of {community.as_of.isoformat()}\n")
    parts.append(
        f"By law: {', '.join(community.states.values())}. By choice: {', '.join(community.by_choice.values())}.\n"
    )
    parts.append(table(head, _cells([*community_points(community), *quasi_points(community)])))
    return parts


def _cells(found: Iterable[Said]) -> list[list[str]]:
    return [
        [said.about, f"{said.answer} ({said.why})" if said.why else said.answer, SURE[said.status], said.authority]
        for said in found
    ]


def _tables_of(bands: tuple[StateLaw, ...]) -> list[RateTable]:
    """Return each rate table of the bands once, the newest first; the credit table of IRC 2011(b) stands elsewhere."""
    found: list[RateTable] = []
    for law in reversed(bands):
        if law.table not in found and law.table is not law.credit_table:
            found.append(law.table)
    return found


def _brackets(rates: RateTable, table: Callable[[list[str], Iterable[list[str]]], str]) -> str:
    rows = ([plain(row.over), plain(row.base_tax), plain(row.rate)] for row in rates.brackets)
    return table(["Over", "Tax on that", "Percent above"], rows)


def _inline(rates: RateTable | None) -> tuple[str, str]:
    """Return the brackets of a class in one row: where each begins, and its percent."""
    if rates is None:
        return "", ""
    return "; ".join(plain(row.over) for row in rates.brackets), "; ".join(plain(row.rate) for row in rates.brackets)
