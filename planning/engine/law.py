"""The law as values: dated amounts and rate tables with their authority. Nothing here reads files.

A rule takes the `Law` of its date. A day that no row covers is refused by
`LawBook.federal`, the law of estates, and by `LawBook.gifts`, the law of gifts,
which begins earlier. `LawBook.projected` extends the last row by an assumed
indexing rate and marks every amount as projected.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from planning.engine.worksheet import Figure, Worksheet, plain

Status = Literal["official", "projected", "entered_by_firm"]
Rounding = Literal["nearest", "down", "none"]

BASIC_EXCLUSION_AMOUNT = "basic_exclusion_amount"
GIFT_BASIC_EXCLUSION_AMOUNT = "gift_basic_exclusion_amount"
GIFT_UNIFIED_CREDIT_BEFORE_JULY = "gift_unified_credit_before_july"
ANNUAL_EXCLUSION = "annual_exclusion"
NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION = "noncitizen_spouse_annual_exclusion"

# QDOTs and the law of their first estates begin with deaths of this day: P.L. 100-647 sec. 5033(d)(1).
FIRST_DAY_OF_DEATHS = date(1988, 11, 11)
# The 1977 credit for gifts of the first six months is smaller: IRC 2505(b) of the 1976 act.
FIRST_DAY_OF_FULL_CREDIT = date(1977, 7, 1)


MOST_CREDITS_KEPT = 512


class LawNotKnownError(LookupError):
    """No law for the day or amount asked for; the message says what is known."""


@dataclass(frozen=True, slots=True)
class LawAmount:
    """One amount of one year in USD with its authority."""

    name: str
    label: str
    year: int
    amount: Decimal
    citations: tuple[str, ...]
    status: Status = "official"
    note: str = ""
    # How the amount grows with prices; `unrounded` is its level before the statutory rounding.
    rounding: Rounding = "none"
    rounding_step: Decimal = Decimal(1)
    indexed: bool = False
    unrounded: Decimal | None = None
    every_year: bool = False

    def figure(self) -> Figure:
        """Return the amount as a figure that names the law table and whether it is projected."""
        words = {"official": "law table", "projected": "projected", "entered_by_firm": "entered by the firm"}
        return Figure(self.amount, f"{words[self.status]}, {self.year}")

    def on(self, sheet: Worksheet) -> Figure:
        """Write the amount on `sheet` with its own citations and return the line's figure."""
        return sheet.write(f"{self.label}, {self.year}", self.figure(), *self.citations, status=self.status)

    def projected_to(self, year: int, indexing: Decimal) -> LawAmount:
        """Return this amount for a later `year`, grown by `indexing` percent a year and rounded as the statute says."""
        if not self.indexed:
            return replace(self, year=year, status="projected", note="not indexed")
        level = (self.unrounded or self.amount) * (1 + indexing / 100) ** (year - self.year)
        mode = ROUND_FLOOR if self.rounding == "down" else ROUND_HALF_UP
        steps = (level / self.rounding_step).quantize(Decimal(1), mode)
        return replace(
            self,
            year=year,
            amount=steps * self.rounding_step,
            unrounded=level,
            status="projected",
            note=f"{self.year} amount grown by {plain(indexing)}% a year",
        )


@dataclass(frozen=True, slots=True)
class RateBracket:
    """One row of IRC 2001(c): tax on `over`, and `rate` percent of what lies above it."""

    over: Decimal
    base_tax: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class RateTable:
    """The unified rate schedule of one era."""

    name: str
    brackets: tuple[RateBracket, ...]
    citations: tuple[str, ...]
    _overs: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)
    _credits: dict[Decimal, Decimal] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Looked up tens of thousands of times in a plan.
        object.__setattr__(self, "_overs", tuple(row.over for row in self.brackets))
        object.__setattr__(self, "_credits", {})

    def bracket(self, amount: Decimal) -> RateBracket:
        """Return the row with the largest `over` below `amount`; a boundary belongs to the lower row."""
        return self.brackets[max(0, bisect_left(self._overs, amount) - 1)]

    def tax(self, amount: Decimal) -> Decimal:
        """Return the tentative tax on `amount` USD, exact; zero for nothing or less."""
        if amount <= 0:
            return Decimal(0)
        row = self.bracket(amount)
        return row.base_tax + row.rate * (amount - row.over) / 100

    def credit_for(self, exclusion: Decimal) -> Decimal:
        """Return the credit that an `exclusion` (USD) is worth: the tax on it. A plan asks for the same few again."""
        found = self._credits.get(exclusion)
        if found is None:
            if len(self._credits) >= MOST_CREDITS_KEPT:
                self._credits.clear()
            found = self._credits[exclusion] = self.tax(exclusion)
        return found

    def on(self, figure: Figure) -> Figure:
        """Return the tentative tax on `figure` with its words: base tax plus rate on the excess."""
        if figure.amount <= 0:
            return Figure(Decimal(0), f"no tax on {figure.how}")
        row = self.bracket(figure.amount)
        words = f"{plain(row.base_tax)} plus {plain(row.rate)}% of {figure.how} over {plain(row.over)}"
        return Figure(self.tax(figure.amount), words, compound=True)

    def amount_taxed_at(self, tax: Decimal) -> Decimal:
        """Return the amount on which the tentative tax is `tax`: the inverse of `tax`."""
        row = self.brackets[0]
        for candidate in self.brackets:
            if candidate.base_tax > tax:
                break
            row = candidate
        return row.over + (tax - row.base_tax) * 100 / row.rate

    @property
    def top_rate(self) -> Decimal:
        """The highest rate of the schedule, in percent; the additional 5% of 1988 to 2001 is no part of it."""
        return self.brackets[-1].rate


@dataclass(frozen=True, slots=True)
class StateDeathTaxCredit:
    """The most that IRC 2011(b) allows in one year for state death taxes.

    `table` is read at the taxable estate less `base_reduction` (USD); `percent`
    of its amount is allowed.
    """

    table: RateTable
    base_reduction: Decimal
    percent: Decimal
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Everything the rules need of one year.

    `rate_table` is for estates of citizens and residents. State death tax is
    either credited (`state_death_tax_credit`, deaths to 2004) or deducted.
    """

    year: int
    amounts: Mapping[str, LawAmount]
    rate_table: RateTable
    nonresident_rate_table: RateTable
    gift_rate_table: RateTable
    state_death_tax_credit: StateDeathTaxCredit | None
    state_death_tax_deducted: bool
    status: Status = "official"

    def __getitem__(self, name: str) -> LawAmount:
        try:
            return self.amounts[name]
        except KeyError:
            message = f"law of {self.year} has no amount called {name!r}; known: {', '.join(sorted(self.amounts))}"
            raise LawNotKnownError(message) from None

    @property
    def basic_exclusion_amount(self) -> Decimal:
        """IRC 2010(c)(3), USD; before 2011 the applicable exclusion amount of estates."""
        return self[BASIC_EXCLUSION_AMOUNT].amount

    @property
    def gift_basic_exclusion_amount(self) -> Decimal:
        """IRC 2505(a)(1), USD: what the credit against gift tax covers; below that of estates from 2004 to 2010."""
        return self[GIFT_BASIC_EXCLUSION_AMOUNT].amount


@dataclass(frozen=True, slots=True)
class LawBook:
    """The law by year; `version` and `fingerprint` name the set of files it was read from.

    `years` hold estates and gifts, `gift_years` the years before them, for gifts alone.
    """

    years: Mapping[int, Law]
    gift_years: Mapping[int, Law]
    version: str
    fingerprint: str
    _cache: dict[tuple[int, Decimal], Law] = field(default_factory=dict, repr=False, compare=False)

    def federal(self, on: date) -> Law:
        """Return the law of a death `on` a date that a row covers.

        Raises `LawNotKnownError` for a year without a row, and for a death before QDOTs began.
        """
        if on.year not in self.years:
            known = sorted(self.years)
            message = f"no federal law for {on.year}: the law files hold {known[0]} to {known[-1]}"
            raise LawNotKnownError(message)
        if on < FIRST_DAY_OF_DEATHS:
            first = FIRST_DAY_OF_DEATHS.isoformat()
            message = f"no estate tax law for {on.isoformat()}: the law files begin with deaths of {first}"
            raise LawNotKnownError(message)
        return self.years[on.year]

    def gifts(self, on: date) -> Law:
        """Return the law of a gift made `on` a date that a row covers, from 1977 on.

        In the first half of 1977 the exclusion is the one that the smaller credit of those months covers.
        Raises `LawNotKnownError` for a year without a row.
        """
        law = self.years.get(on.year) or self.gift_years.get(on.year)
        if law is None:
            known = sorted([*self.gift_years, *self.years])
            message = f"no federal law for {on.year}: the law of gifts goes from {known[0]} to {known[-1]}"
            raise LawNotKnownError(message)
        if on >= FIRST_DAY_OF_FULL_CREDIT:
            return law
        smaller = law[GIFT_UNIFIED_CREDIT_BEFORE_JULY]
        covered = law[GIFT_BASIC_EXCLUSION_AMOUNT]
        amounts = {
            **law.amounts,
            GIFT_BASIC_EXCLUSION_AMOUNT: replace(
                covered, amount=law.gift_rate_table.amount_taxed_at(smaller.amount), citations=smaller.citations
            ),
        }
        return replace(law, amounts=amounts)

    def projected(self, on: date, indexing: Decimal) -> Law:
        """Return the row of the year, or the last row grown by `indexing` percent a year, marked projected.

        Raises `LawNotKnownError` for a year before the first row.
        """
        last = max(self.years)
        if on.year <= last:
            return self.federal(on)
        key = (on.year, indexing)
        if key not in self._cache:
            base = self.years[last]
            amounts = {name: amount.projected_to(on.year, indexing) for name, amount in base.amounts.items()}
            self._cache[key] = replace(base, year=on.year, amounts=amounts, status="projected")
        return self._cache[key]

    def without_rows_after(self, year: int) -> LawBook:
        """Return a book that ends with `year`, so that later years are projected from there."""
        kept = {key: law for key, law in self.years.items() if key <= year}
        return LawBook(kept, self.gift_years, self.version, self.fingerprint)
