"""The case file: the portable form of a matter's facts, read and written as JSON.

Format `qdot-case/1`, documented in docs/case-file.md. Unknown facts are left
out or null; nothing unknown becomes zero.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from planning.engine.assumptions import Value
from planning.engine.facts import Asset, AssetKind, Couple, Person, Title, domicile_faults
from planning.inputs import Day, Flag, InputError, Money, Months, Percent, Rate, StrictModel, validate

FORMAT = "qdot-case/1"
EARLIEST_YEAR = 1850
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 alpha-2 code, such as US or CL")]
State = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="US state or DC, two letters")]
SharedPlace = Annotated[str, Field(pattern=r"^([A-Z]{2}|abroad)$", description="US state, two letters, or abroad")]
Year = Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=2200)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Years = Annotated[int, Field(strict=True, ge=0, le=80)]
MOST_HEIRS = 100
HeirCount = Annotated[int, Field(strict=True, ge=1, le=MOST_HEIRS)]


class PersonInput(StrictModel):
    """One of the spouses."""

    name: Name = Field(description="Name printed in the plan")
    date_of_birth: Day | None = Field(None, description="ISO date; needed unless the years to both deaths are set")
    sex: Literal["female", "male"] | None = Field(None, description="For the life table; null: unisex mean")
    citizenships: list[Country] | None = Field(
        None, description="All countries of citizenship; US among them means US citizen; null: not known"
    )
    us_domicile: Flag | None = Field(
        None, description="Estate-tax domicile in a US state or DC (Treas. Reg. 20.0-1(b)); null: not confirmed"
    )
    domicile_state: State | None = Field(
        None, description="State of that domicile, or DC, two letters: its estate or inheritance tax; null: not known"
    )
    domicile_country: Country | None = Field(
        None, description="Country of the domicile, for the estate tax treaties; null: not known"
    )
    lawful_permanent_resident_since: Day | None = Field(None, description="Date of the green card")
    naturalization_intent: Literal["no", "maybe", "planned", "applied", "not_sure"] | None = Field(
        None, description="Whether the person means to become a US citizen"
    )
    naturalization_expected_on: Day | None = Field(None, description="Expected day of the oath")
    adjusted_taxable_gifts: Money | None = Field(
        None, description="Exclusion used so far: taxable gifts after 1976, USD (IRC 2001(b)); null: not known"
    )
    gift_tax_paid: Money | None = Field(None, description="Gift tax payable on those gifts, USD (IRC 2001(b)(2))")
    dsue_received: Money | None = Field(
        None, description="Unused exclusion of an earlier deceased spouse, USD (IRC 2010(c)(4))"
    )
    first_death_share_to_spouse: Percent | None = Field(
        None, description="Percent that passes to the spouse if this person dies first; null: assumed all"
    )
    us_situs_share: Percent | None = Field(
        None,
        description="Of a noncitizen domiciled abroad: percent of the property situated in the US (IRC 2103-2105); "
        "null: follows from the assets where it can",
    )
    rough_total: Money | None = Field(None, description="Rough total owned alone, USD; used only if no asset is listed")


class AssetInput(StrictModel):
    """One thing the couple owns, whole value before debt."""

    name: Name = Field(description="What the couple calls it")
    kind: AssetKind = Field(description="Kind of asset")
    title: Title | None = Field(None, description="Who holds it; null: not known")
    value: Money | None = Field(None, description="Fair market value of the whole, USD")
    value_is_estimate: Flag | None = Field(None, description="Whether the value is an estimate")
    debt: Money | None = Field(None, description="Debt on it, USD; null: not known, none is deducted")
    country: Country | None = Field(None, description="Where it is")
    state: State | None = Field(None, description="US state, two letters")
    share_a: Percent | None = Field(None, description="Percent owned by a, where owned by percentages")
    share_b: Percent | None = Field(None, description="Percent owned by b, where owned by percentages")
    contribution_a: Percent | None = Field(
        None, description="Percent of the price that came from a, for joint_survivorship (IRC 2040(a)); null: not shown"
    )
    acquired_by: Literal["purchase", "gift", "inheritance"] | None = Field(None, description="How it was acquired")
    acquired_year: Year | None = Field(None, description="Year of acquisition")
    cost_basis: Money | None = Field(None, description="What it cost with improvements, USD")
    growth: Rate | None = Field(
        None, description="Growth of this asset in all, net of cost, percent a year; null: assumptions.growth"
    )
    income_yield: Percent | None = Field(
        None, description="Part of that growth paid out as income to the owner's cash, percent a year; null: none"
    )
    insured: Literal["a", "b", "other"] | None = Field(None, description="Life insurance: whose life")
    death_benefit: Money | None = Field(None, description="Life insurance: paid at the insured's death, USD")
    beneficiary: Annotated[str, Field(max_length=300)] | None = Field(None, description="Named beneficiary")

    @model_validator(mode="after")
    def fits_together(self) -> AssetInput:
        """Refuse a policy that grows, and shares of the spouses that add up to more than the whole."""
        if self.kind == "life_insurance" and (self.growth is not None or self.income_yield is not None):
            message = "growth and income_yield are of an asset that grows, expected null for life insurance"
            raise ValueError(message)
        if self.share_a is not None and self.share_b is not None and self.share_a + self.share_b > 100:  # noqa: PLR2004
            message = f"share_a {self.share_a} and share_b {self.share_b} add up to more than 100, expected at most 100"
            raise ValueError(message)
        return self


class CoupleInput(StrictModel):
    """The couple and what it owns."""

    a: PersonInput
    b: PersonInput
    married_on: Day | None = Field(None, description="Date of the marriage")
    lived_in_community_property_place: Flag | None = Field(
        None, description="Whether they ever lived in a community property place"
    )
    lived_in_states: Annotated[list[SharedPlace], Field(max_length=60)] | None = Field(
        None,
        description="Community property states they lived in while married; abroad: such a country; null: not known",
    )
    lived_in_states_from: Year | None = Field(None, description="First year lived in one of them while married")
    lived_in_states_until: Year | None = Field(
        None, description="Last year lived in one of them; null: still, or not known"
    )
    marital_agreement: Flag | None = Field(
        None, description="Whether they signed an agreement about property, before or during the marriage"
    )
    assets: Annotated[list[AssetInput], Field(max_length=500)] | None = Field(
        None, description="Everything owned; null: not asked yet"
    )
    rough_total_joint: Money | None = Field(None, description="Rough total in both names, USD, if no asset is listed")
    survivor_spending: Money | None = Field(None, description="What the survivor needs in a year, USD")
    us_trustee_available: Flag | None = Field(None, description="Whether a US trustee is known")

    @model_validator(mode="after")
    def years_in_order(self) -> CoupleInput:
        """Refuse a last year before the first."""
        first, last = self.lived_in_states_from, self.lived_in_states_until
        if first is not None and last is not None and last < first:
            message = f"lived_in_states_until {last} is before lived_in_states_from {first}, expected not before it"
            raise ValueError(message)
        return self


class AssumptionsInput(StrictModel):
    """Assumptions set instead of the product defaults."""

    growth: Rate | None = Field(None, description="Growth of every asset, percent a year; default 5.0")
    growth_set_points: Percent | None = Field(
        None, description="Points by which the two growth sets lie below and above growth; default 2"
    )
    qdot_income_yield: Percent | None = Field(None, description="QDOT income paid out, percent; default 2.0")
    qdot_yearly_cost: Percent | None = Field(None, description="QDOT yearly cost, percent; default 0.4")
    indexing: Rate | None = Field(None, description="Indexing of law amounts, percent a year; default 2.0")
    years_to_first_death: Years | None = Field(None, description="Default: life table")
    years_to_second_death: Years | None = Field(None, description="Default: life table")
    gift_years: Years | None = Field(None, description="Default: 10, or the years to the first death if fewer")
    bypass_percent: Percent | None = Field(
        None,
        description="Part of the exclusion left at the first death that a bypass trust takes; default 100",
    )
    survivor_spending: Money | None = Field(None, description="USD a year; default: the fact")
    spending_growth: Rate | None = Field(None, description="Percent a year; default 0")
    capital_gains_rate: Percent | None = Field(None, description="Percent; default 23.8")
    chance_gift_sold: Percent | None = Field(None, description="Percent; default 0")
    basis_share_of_gifts: Percent | None = Field(None, description="Cost of given assets, percent of value")
    administration_expenses: Money | None = Field(None, description="USD at each death; default 0")
    closeness_tolerance: Percent | None = Field(None, description="Percent of family wealth; default 1.0")
    oath_months_earliest: Months | None = Field(
        None,
        description="Months from filing Form N-400 to the oath, at the earliest; default: processing times on file",
    )
    oath_months_likely: Months | None = Field(
        None, description="The same, the likely time; the expected day stands for it"
    )
    oath_months_latest: Months | None = Field(None, description="The same, at the latest")
    survivor_leaves_us: Literal["yes", "no"] | None = Field(
        None, description="Whether a survivor who is not a US citizen dies domiciled abroad (IRC 2101); default no"
    )
    state_accepts_qdot: Literal["yes", "no"] | None = Field(
        None,
        description="Whether the firm confirms that a state with no settled answer takes a QDOT of its own; default no",
    )
    treaty_confirmed: Literal["yes", "no"] | None = Field(
        None, description="Whether the attorney confirms the treaty's relief, so that it may rank first; default no"
    )
    survivor_us_situs_share: Percent | None = Field(
        None, description="Then: percent of the survivor's own property situated in the US (IRC 2103); default 0"
    )
    qdot_us_situs_share: Percent | None = Field(
        None, description="Then: percent of the QDOT situated in the US (IRC 2103); default 100"
    )
    qdot_form: Literal["qtip", "general_power", "estate_trust"] | None = Field(
        None, description="Form of the QDOT; it decides the survivor's estate (IRC 2044, 2041, 2033); default qtip"
    )
    heirs: Literal["children", "siblings", "nieces_nephews", "unrelated", "charity"] | None = Field(
        None,
        description=(
            "Who takes after both deaths, and at the first beside the spouse, seen from whoever dies and grown up;"
            " decides inheritance taxes of states; default not known"
        ),
    )
    number_of_heirs: HeirCount | None = Field(None, description="Number of heirs, in equal shares; default not known")
    insurance_trust_death_benefit: Money | None = Field(
        None, description="New policy of an insurance trust: what it pays at the insured's death, USD; no default"
    )
    insurance_trust_yearly_premium: Money | None = Field(
        None, description="Its premium at the start of every year until the insured's death, USD; no default"
    )
    insurance_trust_insured: Literal["a", "b", "both"] | None = Field(
        None, description="Whose death it pays on; both: the second death; no default"
    )
    insurance_trust_beneficiaries: Annotated[int, Field(strict=True, ge=0, le=100)] | None = Field(
        None, description="Beneficiaries with a right to withdraw, the spouse not counted (IRC 2503(b)); default 0"
    )
    ranking_order: Literal["a", "b"] | None = Field(
        None, description="Who dies first in the order that ranks; default: the citizen, else the wealthier"
    )


class CaseInput(StrictModel):
    """A whole case file."""

    format: Literal["qdot-case/1"] = Field(description="Version of the format")
    as_of: Day | None = Field(None, description="Day of the plan; default: --as-of, else today")
    couple: CoupleInput
    assumptions: AssumptionsInput = Field(default_factory=AssumptionsInput)


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A case file as values of the engine."""

    couple: Couple
    assumptions: dict[str, Value]
    as_of: date | None


def read_case(data: object) -> Case:
    """Return the case in parsed JSON `data`; raises `InputError` with one line per fault."""
    found = validate(CaseInput, data)
    couple = found.couple
    faults = [*_date_faults(couple, found.as_of), *_domicile_faults(couple)]
    if faults:
        raise InputError(faults)
    values = {key: value for key, value in found.assumptions.model_dump(mode="python").items() if value is not None}
    first, second = values.get("years_to_first_death"), values.get("years_to_second_death")
    if first is not None and second is not None and second <= first:
        message = (
            f"assumptions.years_to_second_death: {second} is not after the first death ({first} years), "
            "expected a larger whole number"
        )
        raise InputError([message])
    return Case(_couple(couple), values, found.as_of)


def _couple(found: CoupleInput) -> Couple:
    fields = {name: getattr(found, name) for name in CoupleInput.model_fields if name not in ("a", "b", "assets")}
    assets = None if found.assets is None else tuple(Asset(**_values(asset)) for asset in found.assets)
    if found.lived_in_states is not None:
        fields["lived_in_states"] = tuple(found.lived_in_states)
    return Couple(a=_person(found.a), b=_person(found.b), assets=assets, **fields)


def _person(found: PersonInput) -> Person:
    values = _values(found)
    if found.citizenships is not None:
        values["citizenships"] = tuple(found.citizenships)
    return Person(**values)


def _values(found: StrictModel) -> dict[str, Any]:
    return {name: getattr(found, name) for name in type(found).model_fields}


def _date_faults(couple: CoupleInput, as_of: date | None) -> list[str]:
    faults: list[str] = []
    for spouse, person in (("a", couple.a), ("b", couple.b)):
        born = person.date_of_birth
        if born is None:
            continue
        if born.year < EARLIEST_YEAR or (as_of is not None and born > as_of):
            faults.append(
                f"couple.{spouse}.date_of_birth: {born} cannot be a birth date, expected a day before the plan"
            )
    return faults


def _domicile_faults(couple: CoupleInput) -> list[str]:
    return [
        f"couple.{spouse}.{name}: {wrong}, expected domicile facts that agree"
        for spouse, person in (("a", couple.a), ("b", couple.b))
        for name, wrong in domicile_faults(
            us_domicile=person.us_domicile,
            domicile_state=person.domicile_state,
            domicile_country=person.domicile_country,
        )
    ]


def case_to_json(couple: Couple, assumptions: Mapping[str, Value], as_of: date | None) -> dict[str, Any]:
    """Return the case file of a couple; reading it back gives the same values."""

    def plain(value: Any) -> Any:
        match value:
            case Decimal():
                return f"{value:f}"
            case date():
                return value.isoformat()
            case tuple():
                return [plain(item) for item in value]
            case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
                pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
                return {name: plain(item) for name, item in pairs if item is not None}
            case _:
                return value

    return {
        "format": FORMAT,
        **({"as_of": as_of.isoformat()} if as_of else {}),
        "couple": plain(couple),
        "assumptions": {name: plain(value) for name, value in assumptions.items() if value is not None},
    }


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of the case file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Case file of a couple (qdot-case/1)",
        **{key: value for key, value in CaseInput.model_json_schema().items() if key != "title"},
    }
