"""What all projections of one couple stand on: facts, assumptions, the law by year, and what both have today.

Strategies differ in what they do with the property, not in what there is; only
joint property counts differently where the survivor is a citizen (2040(b)). So
today's worksheet is written once for an order of death and read by all.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Couple, Spouse
from planning.engine.holdings import Holdings, holdings, other
from planning.engine.inheritance_law import InheritanceLaw
from planning.engine.law import NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, Law, LawBook
from planning.engine.projection.at_first_death import AtFirstDeath, at_first_death
from planning.engine.projection.gift_programme import YearsGift, gift_programme
from planning.engine.projection.nonresident import is_nonresident_noncitizen
from planning.engine.state_law import StateBook, StateLaw
from planning.engine.treaties import TreatyBook
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, plain, to_cents


class Opening(NamedTuple):
    """Today's figures for one order of death with the worksheet they stand on.

    `found` keeps what runs of this opening have worked out once, by name and year.
    """

    sheet: Worksheet
    holdings: Holdings
    then: AtFirstDeath
    contribution_presumed: bool
    found: dict[tuple[str, int], Any]


class Ground:
    """The common ground of all runs; each thing is worked out when it is first asked for.

    Raises `ValueError` where the years to the deaths are not settled.
    """

    def __init__(
        self,
        couple: Couple,
        assumptions: Assumptions,
        lawbook: LawBook,
        as_of: date,
        state_book: StateBook | None = None,
        treaty_book: TreatyBook | None = None,
    ) -> None:
        if assumptions.years_to_first_death is None or assumptions.years_to_second_death is None:
            message = "the years to both deaths must be settled before a projection"
            raise ValueError(message)
        self.couple, self.assumptions, self.lawbook, self.as_of = couple, assumptions, lawbook, as_of
        self.years_before = assumptions.years_to_first_death
        self.years_between = assumptions.years_to_second_death - assumptions.years_to_first_death
        self.growth_words = f"growth of {plain(assumptions.growth)}%"
        self.state_book, self.treaty_book = state_book, treaty_book
        self._state_laws: dict[tuple[str, int], StateLaw | None] = {}
        self._openings: dict[tuple[Spouse, bool], Opening] = {}
        self._laws: dict[int, Law] = {}
        self._growth: dict[int, Figure] = {}
        self._spending: dict[int, Figure] = {}

    def law(self, year: int) -> Law:
        """Return the law of `year`, projected where it is not published."""
        found = self._laws.get(year)
        if found is None:
            found = self._laws[year] = self.lawbook.projected(date(year, 12, 31), self.assumptions.indexing)
        return found

    def state_law(self, code: str, year: int) -> StateLaw | None:
        """Return the estate tax law of a state in `year`, projected where not published; None where it has none."""
        key = code, year
        if key not in self._state_laws:
            book = self.state_book
            self._state_laws[key] = (
                None
                if book is None
                else book.projected(
                    code,
                    date(year, 12, 31),
                    indexing=self.assumptions.indexing,
                    federal_exclusion=self.law(year).basic_exclusion_amount,
                )
            )
        return self._state_laws[key]

    def inheritance_law(self, code: str, year: int) -> InheritanceLaw | None:
        """Return the inheritance tax law of a state in `year`, the last one carried on; None where it has none."""
        book = self.state_book
        if book is None or code not in book.inheritance.states:
            return None
        law = book.inheritance.of(code, min(date(year, 12, 31), book.last_day))
        return law if law.classes else None

    def growth(self, years: int) -> Figure:
        """Return the factor of `years` years of growth with its words."""
        found = self._growth.get(years)
        if found is None:
            words = f"{self.growth_words} for {years} year{'s' if years > 1 else ''}"
            found = self._growth[years] = given((1 + self.assumptions.growth / 100) ** years, words)
        return found

    def gifts(self, decedent: Spouse, opening: Opening) -> tuple[YearsGift, ...]:
        """Return the yearly gifts of the programme if `decedent` dies first. IRC 2523(i)(2)."""
        key = "gifts", 0
        if key not in opening.found:
            a = self.assumptions
            opening.found[key] = gift_programme(
                opening.holdings.lots,
                donor=a.gift_donor,
                donor_dies_first=a.gift_donor == decedent,
                limits=[
                    self.law(self.as_of.year + year)[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount
                    for year in range(a.gift_years or 0)
                ],
                growth=a.growth,
            )
        gifts: tuple[YearsGift, ...] = opening.found[key]
        return gifts

    def spending(self, count: int) -> Figure:
        """Return what the survivor spends in year `count` of the widowhood (1: the first), USD; it must be known."""
        found = self._spending.get(count)
        if found is None:
            a = self.assumptions
            spent = to_cents((a.survivor_spending or ZERO) * (1 + a.spending_growth / 100) ** (count - 1))
            found = self._spending[count] = given(spent, f"spending of {plain(spent)}")
        return found

    def opening(self, decedent: Spouse, *, survivor_is_citizen: bool) -> Opening:
        """Return what counts for whom today if `decedent` dies first; the facts must be complete."""
        key = decedent, survivor_is_citizen
        if key not in self._openings:
            self._openings[key] = self._open(decedent, survivor_is_citizen=survivor_is_citizen)
        return self._openings[key]

    def _open(self, decedent: Spouse, *, survivor_is_citizen: bool) -> Opening:
        person = self.couple.person(decedent)
        letter, words = ("C", ", the survivor a US citizen") if survivor_is_citizen else ("A", "")
        sheet = Worksheet(f"0{decedent.upper()}-{letter}", f"What each of you has today · {person.name} first{words}")
        found = holdings(
            sheet,
            self.couple,
            decedent,
            survivor_is_citizen=survivor_is_citizen,
            decedent_is_nonresident=is_nonresident_noncitizen(person),
        )
        then = at_first_death(
            found,
            growth=self.assumptions.growth,
            years=self.years_before,
            first_year=self.as_of.year,
            names=(person.name, self.couple.person(other(decedent)).name),
            code=f"0{decedent.upper()}-{letter}D",
            us_situs_share=person.us_situs_share,
        )
        return Opening(sheet, found, then, any(line.status == "assumed" for line in sheet.lines), {})
