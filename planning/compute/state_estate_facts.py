"""Input of `state-estate-tax`: the estate, where its property lies, how it passes, gifts, heirs and elections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.estates import SECOND_NAMES, EstateInput
from planning.compute.fields import Fraction, RuleInput, StateCode, Words
from planning.engine.inheritance_law import Relationship
from planning.engine.rules.state_noncitizen_spouse import SpouseForm
from planning.inheritance_taxes import RELATIONSHIPS
from planning.inputs import Day, Flag, InputError, Money

# Other words for a kinship, as people write them.
KINSHIPS: Mapping[str, str] = {
    "husband": "spouse",
    "wife": "spouse",
    "surviving_spouse": "spouse",
    "son": "child",
    "daughter": "child",
    "adopted": "adopted_child",
    "stepson": "stepchild",
    "stepdaughter": "stepchild",
    "grandson": "grandchild",
    "granddaughter": "grandchild",
    "great_grandson": "great_grandchild",
    "great_granddaughter": "great_grandchild",
    "descendant": "great_grandchild",
    "lineal_descendant": "great_grandchild",
    "lineal": "child",
    "mother": "parent",
    "father": "parent",
    "stepmother": "stepparent",
    "stepfather": "stepparent",
    "grandmother": "grandparent",
    "grandfather": "grandparent",
    "brother": "sibling",
    "sister": "sibling",
    "half_brother": "half_sibling",
    "half_sister": "half_sibling",
    "brother_in_law": "sibling_in_law",
    "sister_in_law": "sibling_in_law",
    "son_in_law": "child_in_law",
    "daughter_in_law": "child_in_law",
    "spouse_of_child": "child_in_law",
    "nephew": "nephew_or_niece",
    "niece": "nephew_or_niece",
    "niece_or_nephew": "nephew_or_niece",
    "grand_nephew": "grand_nephew_or_niece",
    "grand_niece": "grand_nephew_or_niece",
    "aunt": "aunt_or_uncle",
    "uncle": "aunt_or_uncle",
    "civil_partner": "civil_union_partner",
    "partner": "domestic_partner",
    "unrelated": "other",
    "unrelated_person": "other",
    "non_relative": "other",
    "remote": "nephew_or_niece",
    "others": "other",
    "trust": "other",
}
SpouseTrustForm = Literal["outright", "life_income_trust", "other_trust"]
TRUST_FORMS: Mapping[str, str] = {
    "qtip": "life_income_trust",
    "general_power_trust": "life_income_trust",
    "sole_use_trust": "life_income_trust",
    "qdot": "life_income_trust",
    "life_estate": "life_income_trust",
    "estate_trust": "life_income_trust",
    "trust": "other_trust",
    "terminable": "other_trust",
    "bypass": "other_trust",
}


def _read_kinship(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = re.sub(r"[\s-]+", "_", value.strip().lower())
    return KINSHIPS.get(words, words)


def _read_form(value: object) -> object:
    return TRUST_FORMS.get(value, value) if isinstance(value, str) else value


Kinship = Annotated[
    Relationship,
    BeforeValidator(_read_kinship),
    WithJsonSchema({"type": "string", "enum": sorted(RELATIONSHIPS | set(KINSHIPS))}),
]
TrustForm = Annotated[
    SpouseTrustForm,
    BeforeValidator(_read_form),
    WithJsonSchema({"type": "string", "enum": ["outright", "life_income_trust", "other_trust", *sorted(TRUST_FORMS)]}),
]
Age = Annotated[int, Field(strict=True, ge=0, le=130)]


class GiftMade(RuleInput):
    """A taxable gift made in life."""

    second_names: ClassVar = {"gift_date": "date", "made_on": "date", "value": "amount", "taxable_gift": "amount"}
    date: Day = Field(description="Day of the gift")
    amount: Money = Field(description="Taxable gift after exclusions, USD (IRC 2503)")
    made_as_resident_of: StateCode | None = Field(
        None, description="State of which the donor was a resident then; null: taken as the state of domicile"
    )
    situated_in: StateCode | None = Field(
        None, description="State in which land or things given lay; null: other property, at the donor's home"
    )


class GiftToHeir(RuleInput):
    """A gift to an heir shortly before the death."""

    second_names: ClassVar = {"gift_date": "date", "made_on": "date", "amount": "value"}
    date: Day = Field(description="Day of the gift")
    value: Money = Field(description="Value at the death, USD")


class HeirInput(RuleInput):
    """What one heir takes."""

    second_names: ClassVar = {
        "amount": "value",
        "share": "value",
        "inherits": "value",
        "inheritance": "value",
        "relation": "relationship",
        "kinship": "relationship",
        "class": "heir_class",
    }
    name: Words | None = Field(None, description="A word for the heir; null: the kinship")
    relationship: Kinship = Field(description="Kinship, seen from the decedent")
    value: Money = Field(description="What the heir takes of property the state taxes, after its share of debts, USD")
    age: Age | None = Field(None, description="Age at the death; null: taken as grown up")
    heir_class: Words | None = Field(None, description="Class under the state's law, where the kinship leaves it open")
    state: StateCode | None = Field(None, description="State whose tax is asked; null: the state of the estate")
    gifts: list[GiftToHeir] | None = Field(None, description="Gifts to the heir in the last year; null: none")
    spouse_interest: TrustForm | None = Field(
        None, description="Spouse only: outright, or a trust; null: outright (KRS 140.080(1)(a); 72 P.S. 9113)"
    )
    state_election_made: Flag | None = Field(
        None, description="Spouse's trust: Kentucky's election in, Pennsylvania's election out; null: not known"
    )
    remainder_value: Money | None = Field(
        None, description="Spouse's trust that is not free as a whole: value of what follows the spouse's interest, USD"
    )
    remainder_to: Kinship | None = Field(None, description="Kinship of those who take it then")


class StateEstateTaxInput(EstateInput):
    """The first estate as the states see it, with what their laws ask beyond the federal one."""

    second_names: ClassVar = SECOND_NAMES | {
        "domicile_state": "state",
        "state_of_domicile": "state",
        "decedent_state": "state",
        "decedent_domicile_state": "state",
        "state_resident": "resident",
        "property_by_state": "property_in_states",
        "situs_property": "property_in_states",
        "in_state_property": "property_in_state",
        "value_in_state": "property_in_state",
        "share_in_state": "state_share",
        "in_state_fraction": "state_share",
        "passing_to_bypass": "passing_to_others",
        "passing_to_bypass_trust": "passing_to_others",
        "bypass": "passing_to_others",
        "passing_to_osmp": "passing_to_special_marital_property",
        "osmp": "passing_to_special_marital_property",
        "outright": "passing_to_spouse_outright",
        "qtip": "passing_to_qtip",
        "qdot": "passing_to_qdot",
        "state_qtip": "passing_to_state_qtip",
        "qdot_election_made": "election_made",
        "federal_election_made": "election_made",
        "state_qdot_election_made": "state_election_made",
        "state_qdot_elected": "state_election_made",
        "form_706_required": "federal_return_required",
        "form_706_filed": "federal_return_filed",
        "gifts": "taxable_gifts",
        "lifetime_gifts": "taxable_gifts",
        "beneficiaries": "heirs",
    }

    state: StateCode | None = Field(None, description="US state of domicile at death, two letters, or DC")
    resident: Flag | None = Field(
        None, description="Whether the decedent was at home in `state`; false: only property lay there; null: yes"
    )
    property_in_states: dict[StateCode, Money] | None = Field(
        None, description="Real and tangible property by the state in which it lies, USD"
    )
    property_in_state: Money | None = Field(
        None, description="In its place, where only `state` matters: real and tangible property there, USD"
    )
    property_abroad: Money | None = Field(None, description="Real and tangible property outside the country, USD")
    state_share: Fraction | None = Field(
        None, description="In place of property: the part of the estate that `state` taxes, 0 to 1; null: by property"
    )
    passing_to_qtip: Money | None = Field(
        None, description="Passing to a QTIP trust that is no QDOT, USD (IRC 2056(b)(7))"
    )
    passing_to_state_qtip: Money | None = Field(
        None, description="Passing to a trust with a QTIP election for the state alone, USD"
    )
    passing_to_special_marital_property: Money | None = Field(
        None, description="Passing to Oregon special marital property, USD (ORS 118.013)"
    )
    federal_return_required: Flag | None = Field(
        None, description="Whether Form 706 is due; null: worked out from the estate (IRC 6018)"
    )
    federal_return_filed: Flag | None = Field(None, description="Whether Form 706 is filed; null: as far as it is due")
    state_election_made: Flag | None = Field(
        None, description="Whether the QDOT election is made for the state; null: as election_made"
    )
    state_qdot_confirmed: Flag | None = Field(
        None, description="The attorney's answer whether the state takes a QDOT election for itself alone; null: none"
    )
    ny_951b_revived: Flag | None = Field(
        None, description="Whether New York has revived the waiver of N.Y. Tax Law 951(b); null: no"
    )
    ny_951b_citation: Words | None = Field(None, description="The act that revived it; needed with ny_951b_revived")
    taxable_gifts: list[GiftMade] | None = Field(
        None, description="Taxable gifts by day, which some states bring back; null: adjusted_taxable_gifts alone"
    )
    state_dsue: Money | None = Field(
        None, description="The state's own unused exclusion of an earlier spouse, USD (HI, MD); null: as dsue"
    )
    state_gift_tax_paid: Money | None = Field(None, description="Connecticut gift tax paid, USD; null: none")
    business_property: Money | None = Field(
        None, description="Qualifying farm or small business property in Minnesota, USD; null: none"
    )
    inheritance_tax_paid: Money | None = Field(
        None, description="Maryland inheritance tax on the same estate, USD; null: as worked out from heirs"
    )
    heirs: list[HeirInput] | None = Field(None, description="What each heir takes, for states with an inheritance tax")
    decedent_age: Age | None = Field(None, description="Age of the decedent; null: taken as grown up")

    def check(self) -> None:
        """Refuse facts that exclude each other; raises `InputError`."""
        if self.ny_951b_revived and self.ny_951b_citation is None:
            raise InputError(["ny_951b_citation: is missing, expected the act that revived N.Y. Tax Law 951(b)"])
        if self.state_share is not None and self.property_in_states is not None:
            raise InputError(["state_share: stands beside property_in_states, expected one of the two"])
        if self.property_in_state is not None and (self.property_in_states is not None or self.state_share is not None):
            raise InputError(["property_in_state: stands beside another way to say it, expected one"])
        for name in ("state_share", "property_in_state"):
            if getattr(self, name) is not None and self.state is None:
                raise InputError([f"{name}: stands without state, expected the state it belongs to"])
        if self.state_death_tax is not None or self.state_death_tax_percent is not None:
            raise InputError(["state_death_tax: is worked out here, expected no amount"])
        if self.assets is not None or self.deductions is not None:
            raise InputError(["assets: belong to estate-tax, expected gross_estate and what is deducted"])

    @property
    def situated(self) -> dict[str, Decimal]:
        """Real and tangible property by state, USD."""
        if self.property_in_state is not None and self.state is not None:
            return {self.state: self.property_in_state}
        return dict(self.property_in_states or {})

    @property
    def at_home(self) -> str | None:
        """The state of domicile, None where the decedent was at home in none that is named."""
        return None if self.resident is False else self.state

    @property
    def forms(self) -> dict[SpouseForm, Decimal]:
        """What passes to the spouse by form, USD; only what is stated."""
        named: dict[SpouseForm, Decimal | None] = {
            "outright": self.passing_to_spouse_outright,
            "qtip": self.passing_to_qtip,
            "state_qtip": self.passing_to_state_qtip,
            "special_marital_property": self.passing_to_special_marital_property,
            "qdot": self.passing_to_qdot,
        }
        return {form: amount for form, amount in named.items() if amount is not None}

    @property
    def estate_is_stated(self) -> bool:
        """Whether anything is said of the estate itself; an inheritance tax alone does not ask for it."""
        stated = (self.gross_estate, self.taxable_estate, self.passing_to_others, *self.forms.values())
        return any(amount is not None for amount in stated)
