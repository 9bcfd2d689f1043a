"""The estate and gift tax treaties as values: what each covers, gives and asks, and what of it was read in its text.

`planning/treaty_book.py` reads them from `planning/law/treaties.toml`; a rule takes the treaty it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

# situs: rules say which State taxes which property. domicile, nationality: one State taxes all, the other land and
# business property. income_tax: an article on death taxes in an income tax treaty.
TreatyKind = Literal["situs", "domicile", "nationality", "income_tax"]
MaritalKind = Literal["credit", "deduction"]
Test = Literal["decedent", "spouse", "both_live_here", "election"]
UNITED_STATES = "US"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a marital relief: what it tests, in words, and whether it was read in the treaty's text."""

    test: Test
    words: str
    verified: bool


@dataclass(frozen=True, slots=True)
class MaritalRelief:
    """A relief for what passes to a spouse who is no US citizen, elected in place of a QDOT; for deaths `since`."""

    kind: MaritalKind
    article: str
    since: date
    conditions: tuple[Condition, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HalfRule:
    """Property taxed here by situs alone is taken at half where it passes to the spouse.

    `floor`: not below the tax of a decedent domiciled here. `verified`: its content was read, not recalled.
    """

    article: str
    floor: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class SpouseAsDomiciled:
    """A deduction for the spouse, and a cap of the tax, as if the decedent had been domiciled here."""

    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class LandAndBusinessOnly:
    """The United States tax only land and business property here, up to `worldwide_limit` USD (None: always)."""

    article: str
    worldwide_limit: Decimal | None


@dataclass(frozen=True, slots=True)
class Treaty:
    """One country's treaty; it covers estates `estate_from` a day, and gifts `gifts_from` one (None: it does not).

    `prorates_since`: deaths from that day have a share of the 2010(c) credit (2102(b)(3)).
    `keeps_domestic_deductions`: its text leaves every deduction of domestic law, a QDOT's among them.
    """

    code: str
    country: str
    # The name in a sentence: the Netherlands.
    called: str
    kind: TreatyKind
    estate_from: date
    gifts_from: date | None = None
    prorates_since: date | None = None
    marital: MaritalRelief | None = None
    half_rule: HalfRule | None = None
    spouse_as_domiciled: SpouseAsDomiciled | None = None
    land_and_business_only: LandAndBusinessOnly | None = None
    keeps_domestic_deductions: str = ""
    notes: str = ""
    questions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def covers_gifts(self) -> bool:
        """Whether the treaty covers gifts."""
        return self.gifts_from is not None

    def prorates(self, on: date) -> bool:
        """Return whether a death `on` that day has the share of the credit. IRC 2102(b)(3)(A)."""
        return self.prorates_since is not None and on >= self.prorates_since

    def marital_on(self, on: date) -> MaritalRelief | None:
        """Return the marital relief of a death `on` that day, None where the treaty has none."""
        return self.marital if self.marital is not None and on >= self.marital.since else None


@dataclass(frozen=True, slots=True)
class TreatyBook:
    """Every treaty by ISO code; `other_names` lead to codes, `ended` name countries whose treaty is no law any more."""

    treaties: Mapping[str, Treaty]
    other_names: Mapping[str, str]
    ended: Mapping[str, str]
    as_of: date

    def named(self, country: str) -> Treaty | None:
        """Return the treaty with `country`, an ISO code or English name, or None where there is none."""
        return self.treaties.get(self.code(country))

    def code(self, country: str) -> str:
        """Return the ISO code of a treaty country, or the word as written, in capitals."""
        name = country.strip().upper()
        return self.other_names.get(name, name)
