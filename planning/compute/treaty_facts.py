"""Input about treaties that `estate-tax`, `marital-deduction` and `nonresident-estate-tax` share."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.estates import SECOND_NAMES, EstateInput
from planning.compute.fields import Citizenship, Words
from planning.engine.rules.treaty_conditions import DecedentStatus, Party
from planning.engine.rules.treaty_relief import matching_treaties, treaty_relief
from planning.engine.treaties import UNITED_STATES, Treaty
from planning.inputs import Flag, InputError, Money
from planning.treaty_book import treaty_book

T = TypeVar("T", bound="TreatyEstateInput")

TREATY_NAMES = {
    "taxable_estate_before_marital_deduction": "gross_estate",
    "taxable_estate_before_marital_relief": "gross_estate",
    "estate_before_marital_deduction": "gross_estate",
    "treaty_elected": "treaty_deduction_elected",
    "treaty_relief_elected": "treaty_deduction_elected",
    "treaty_election_made": "treaty_deduction_elected",
    "treaty_credit_elected": "treaty_deduction_elected",
    "treaty_marital_credit_elected": "treaty_deduction_elected",
    "treaty_with": "treaty_country",
    "decedent_treaty_country": "treaty_country",
    "decedent_citizenships": "decedent_citizenship_countries",
    "decedent_citizenship_country": "decedent_citizenship_countries",
    "decedent_country_of_citizenship": "decedent_citizenship_countries",
    "decedent_nationality": "decedent_citizenship_countries",
    "spouse_citizenships": "spouse_citizenship_countries",
    "spouse_citizenship_country": "spouse_citizenship_countries",
    "spouse_country_of_citizenship": "spouse_citizenship_countries",
    "spouse_nationality": "spouse_citizenship_countries",
    "decedent_country_of_domicile": "decedent_domicile_country",
    "spouse_country_of_domicile": "spouse_domicile_country",
    "decedent_country_of_residence": "decedent_residence_country",
    "decedent_residence": "decedent_residence_country",
    "spouse_country_of_residence": "spouse_residence_country",
    "spouse_residence": "spouse_residence_country",
}


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Countries = Annotated[
    list[Words],
    BeforeValidator(_several),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]}
    ),
]


class TreatyEstateInput(EstateInput):
    """The estate, and where both spouses are at home and citizens."""

    second_names: ClassVar = SECOND_NAMES | TREATY_NAMES

    treaty_country: Words | None = Field(
        None,
        description="Country of an estate tax treaty that may apply, ISO code or name; null: as the countries of the "
        "two spouses say",
    )
    treaty_deduction_elected: Flag | None = Field(
        None,
        description="Whether the estate takes a treaty's marital relief, not a QDOT (Treas. Reg. 20.2056A-1(c)); "
        "null: not decided",
    )
    treaty_marital_deduction: Money | None = Field(
        None, description="A treaty's deduction as the attorney worked it out, USD, where no rule here does"
    )
    decedent_citizenship_countries: Countries | None = Field(
        None, description="Every country the decedent was a citizen of, ISO codes or names"
    )
    spouse_citizenship_countries: Countries | None = Field(
        None, description="Every country the spouse is a citizen of, ISO codes or names"
    )
    decedent_domicile_country: Words | None = Field(
        None, description="The decedent's country of domicile at death, ISO code or name"
    )
    spouse_domicile_country: Words | None = Field(
        None, description="The spouse's country of domicile at the death, ISO code or name"
    )
    spouse_domicile: Citizenship | None = Field(None, description="us or foreign: the spouse's domicile at the death")
    decedent_residence_country: Words | None = Field(
        None, description="The decedent's country of residence for income tax; null: as the domicile (Canada)"
    )
    spouse_residence_country: Words | None = Field(
        None, description="The spouse's country of residence for income tax; null: as the domicile (Canada)"
    )

    @property
    def treaty(self) -> Treaty | None:
        """The treaty with the country named, or of the spouses' countries the one whose relief fits best."""
        if self.treaty_country is not None:
            return treaty_book().named(self.treaty_country)
        found = self.treaties
        if len(found) > 1 and self.day is not None:
            relief = treaty_relief(
                treaty_book(),
                status=self.decedent_status,
                decedent=self.decedent_party,
                survivor=self.spouse_party,
                on=self.day,
            )
            return found[0] if relief is None else relief.treaty
        return found[0] if found else None

    @property
    def treaties(self) -> tuple[Treaty, ...]:
        """The treaty named and every treaty of a country of the two spouses."""
        named = None if self.treaty_country is None else treaty_book().named(self.treaty_country)
        found = matching_treaties(treaty_book(), self.decedent_party, self.spouse_party)
        return found if named is None or named in found else (named, *found)

    @property
    def treaty_named(self) -> str | None:
        """The country whose treaty is asked about, as written or found; None where there is none."""
        if self.treaty_country is not None:
            return self.treaty_country
        return None if self.treaty is None else self.treaty.country

    @property
    def decedent_party(self) -> Party:
        """The decedent's citizenships and homes; where nothing else is stated a decedent abroad lived in the treaty
        country named."""
        home = self._home("decedent", self.decedent_domicile)
        if home is None and self.decedent_status == "neither" and self.treaty_country is not None:
            home = treaty_book().code(self.treaty_country)
        return Party(
            citizenships=_codes(self.decedent_citizenship_countries),
            domicile=home,
            residence=_code(self.decedent_residence_country),
        )

    @property
    def spouse_party(self) -> Party:
        """The spouse's citizenships and homes."""
        lives: Citizenship | None = self.spouse_domicile
        if self.spouse_us_resident is not None:
            lives = "us" if self.spouse_us_resident else "foreign"
        return Party(
            citizenships=_codes(self.spouse_citizenship_countries),
            domicile=self._home("spouse", lives),
            residence=_code(self.spouse_residence_country),
        )

    @property
    def decedent_status(self) -> DecedentStatus:
        """How the decedent counts: a decedent of whom nothing is said is taken as domiciled here."""
        if self.decedent_citizenship == "us" or UNITED_STATES in (_codes(self.decedent_citizenship_countries) or ()):
            return "citizen"
        return "neither" if self.nonresident_decedent else "domiciled_here"

    def check_treaty(self) -> None:
        """Refuse facts about treaties that stand against each other; raises `InputError`."""
        if self.treaty_deduction_elected and self.election_made:
            fault = "stands beside a QDOT election, expected one of the two (Treas. Reg. 20.2056A-1(c))"
            raise InputError([f"treaty_deduction_elected: {fault}"])
        for who in ("decedent", "spouse"):
            countries = _codes(getattr(self, f"{who}_citizenship_countries"))
            word = getattr(self, f"{who}_citizenship")
            if countries is not None and word is not None and (UNITED_STATES in countries) != (word == "us"):
                fault = f"says the opposite of {who}_citizenship, expected the two to agree"
                raise InputError([f"{who}_citizenship_countries: {fault}"])
        if None not in (self.spouse_domicile, self.spouse_us_resident) and self.spouse_us_resident != (
            self.spouse_domicile == "us"
        ):
            raise InputError(["spouse_domicile: says the opposite of spouse_us_resident, expected the two to agree"])
        for who, lives in (("decedent", self.decedent_domicile), ("spouse", self.spouse_domicile)):
            country = _code(getattr(self, f"{who}_domicile_country"))
            if country is not None and lives is not None and (country == UNITED_STATES) != (lives == "us"):
                fault = f"says the opposite of {who}_domicile, expected the two to agree"
                raise InputError([f"{who}_domicile_country: {fault}"])

    def _home(self, who: str, lives: Citizenship | None) -> str | None:
        country = _code(getattr(self, f"{who}_domicile_country"))
        return country if country is not None else UNITED_STATES if lives == "us" else None


def with_words(facts: T) -> T:
    """Return the facts with us or foreign wherever a country says it and the word is not given.

    Where the treaty's relief is elected no QDOT is.
    """
    update: dict[str, Citizenship | bool] = {}
    for who in ("decedent", "spouse"):
        countries = _codes(getattr(facts, f"{who}_citizenship_countries"))
        if countries is not None and getattr(facts, f"{who}_citizenship") is None:
            update[f"{who}_citizenship"] = "us" if UNITED_STATES in countries else "foreign"
        home = _code(getattr(facts, f"{who}_domicile_country"))
        if home is not None and getattr(facts, f"{who}_domicile") is None:
            update[f"{who}_domicile"] = "us" if home == UNITED_STATES else "foreign"
    if facts.treaty_deduction_elected and facts.election_made is None:
        update["election_made"] = False
    lives = update.get("spouse_domicile", facts.spouse_domicile)
    if lives is not None and facts.spouse_us_resident is None:
        update["spouse_us_resident"] = lives == "us"
    return facts.model_copy(update=update)


def _code(country: str | None) -> str | None:
    if country is None:
        return None
    name = country.strip().upper()
    return UNITED_STATES if name in {"US", "USA", "UNITED STATES"} else treaty_book().code(country)


def _codes(countries: list[str] | None) -> tuple[str, ...] | None:
    return None if countries is None else tuple(code for country in countries if (code := _code(country)) is not None)
