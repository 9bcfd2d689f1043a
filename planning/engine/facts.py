"""What the engine is told about a couple. Unknown stays `None`; roles are given out later.

`a` and `b` are neutral persons. Who is decedent, surviving spouse, donor or
donee is decided by `planning.engine.strategies` for each order of death.
Money is `Decimal` US dollars, percentages are `Decimal` 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

AssetKind = Literal[
    "home",
    "real_estate",
    "bank",
    "brokerage",
    "retirement",
    "life_insurance",
    "business",
    "other",
    "rough_total",
]
Title = Literal[
    "a",
    "b",
    "joint_survivorship",
    "tenants_in_common",
    "community",
    "trust_or_company",
    "with_someone_else",
]
Spouse = Literal["a", "b"]
# The fifty states and the District of Columbia: a domicile in one of them is a US domicile. A territory is none.
STATES_AND_DC = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the two spouses, as known on the day of the plan."""

    name: str
    date_of_birth: date | None = None
    sex: Literal["female", "male"] | None = None
    # ISO 3166 alpha-2 codes; "US" among them means US citizen. None: not known, or "not sure".
    citizenships: tuple[str, ...] | None = None
    # Estate-tax domicile in a US state or DC as the firm concluded it (Treas. Reg. 20.0-1(b)(1)).
    us_domicile: bool | None = None
    # Where that domicile is: a state or DC (None: not known, or in no state), and the country (ISO alpha-2).
    domicile_state: str | None = None
    domicile_country: str | None = None
    lawful_permanent_resident_since: date | None = None
    naturalization_intent: Literal["no", "maybe", "planned", "applied", "not_sure"] | None = None
    naturalization_expected_on: date | None = None
    # Taxable gifts after 1976 not in the gross estate: the exclusion already used (IRC 2001(b)).
    adjusted_taxable_gifts: Decimal | None = None
    gift_tax_paid: Decimal | None = None
    # Deceased spousal unused exclusion received from an earlier spouse (IRC 2010(c)(4)).
    dsue_received: Decimal | None = None
    # What passes to the spouse if this person dies first, in percent of the net estate.
    first_death_share_to_spouse: Decimal | None = None
    # Percent of this person's property situated in the United States, as the firm concluded it; asked only for
    # a noncitizen domiciled abroad (IRC 2103-2105). None: follows from the assets where it can.
    us_situs_share: Decimal | None = None
    rough_total: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One thing the couple owns, whole value, before debt."""

    name: str
    kind: AssetKind
    title: Title | None = None
    value: Decimal | None = None
    value_is_estimate: bool | None = None
    debt: Decimal | None = None
    country: str | None = None
    state: str | None = None
    # Percent owned by a and b; asked for tenants_in_common, trust_or_company, with_someone_else.
    share_a: Decimal | None = None
    share_b: Decimal | None = None
    # Percent of the price (and later payments) that came from a; asked for joint_survivorship.
    contribution_a: Decimal | None = None
    acquired_by: Literal["purchase", "gift", "inheritance"] | None = None
    acquired_year: int | None = None
    cost_basis: Decimal | None = None
    # What is assumed of this asset alone, percent a year: its growth in all, net of cost, and the part of that which
    # is paid out as income. None: the growth of every asset, and nothing paid out.
    growth: Decimal | None = None
    income_yield: Decimal | None = None
    # Life insurance: `title` says who owns the policy, `value` is what could be cashed in today.
    insured: Literal["a", "b", "other"] | None = None
    death_benefit: Decimal | None = None
    beneficiary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """A married couple and what they own: the whole input of a plan."""

    a: Person
    b: Person
    married_on: date | None = None
    lived_in_community_property_place: bool | None = None
    # Where married life was spent under community property: states, and `abroad`; the years of it, and an agreement
    # about property that may have changed it.
    lived_in_states: tuple[str, ...] | None = None
    lived_in_states_from: int | None = None
    lived_in_states_until: int | None = None
    marital_agreement: bool | None = None
    # None: not asked yet; an empty tuple: nothing owned. Rough totals serve only while this is None.
    assets: tuple[Asset, ...] | None = None
    rough_total_joint: Decimal | None = None
    # What the surviving spouse needs in a year, in today's dollars.
    survivor_spending: Decimal | None = None
    us_trustee_available: bool | None = None

    def person(self, spouse: Spouse) -> Person:
        """Return person `a` or `b`."""
        return self.a if spouse == "a" else self.b


def domicile_faults(
    *, us_domicile: bool | None, domicile_state: str | None, domicile_country: str | None
) -> list[tuple[str, str]]:
    """Return each field whose word contradicts the others, with what is wrong; nothing where they agree."""
    faults: list[tuple[str, str]] = []
    if domicile_state is not None:
        if domicile_state not in STATES_AND_DC:
            faults.append(("domicile_state", f"{domicile_state} is not a state or DC"))
        if us_domicile is False:
            faults.append(("domicile_state", f"{domicile_state} is a US domicile, but us_domicile says no"))
        if domicile_country not in (None, "US"):
            faults.append(("domicile_state", f"{domicile_state} is not in {domicile_country}"))
    if domicile_country is not None and us_domicile is not None and us_domicile != (domicile_country == "US"):
        faults.append(
            (
                "domicile_country",
                f"{domicile_country} contradicts us_domicile, which says {'yes' if us_domicile else 'no'}",
            )
        )
    return faults


def is_us_citizen(person: Person) -> bool | None:
    """Return whether `person` is a US citizen; None where the citizenships are not known."""
    return None if person.citizenships is None else "US" in person.citizenships
