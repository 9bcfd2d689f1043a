"""Input of `qdot-security`, in the words of the cases."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from planning.compute.fields import Citizenship, Count, RuleInput, Words
from planning.engine.rules.s2056a_final_value import Way
from planning.engine.rules.s2056a_foreign_property import Cause
from planning.engine.rules.s2056a_residence import Election, Kind
from planning.engine.rules.s2056a_security import Arrangement, Issuer
from planning.engine.rules.s2056a_trustees import Trustee, TrusteeKind
from planning.inputs import Day, Flag, Money, Percent

TRUSTEE_WORDS: dict[str, TrusteeKind] = {
    "us_citizen": "us_individual",
    "us_citizen_individual": "us_individual",
    "individual_us_citizen": "us_individual",
    "individual": "us_individual",
    "us_corporation": "domestic_corporation",
    "us_trust_company": "domestic_corporation",
    "trust_company": "domestic_corporation",
    "bank": "us_bank",
    "bank_trustee": "us_bank",
    "domestic_bank": "us_bank",
    "us_branch_foreign_bank": "us_branch_of_foreign_bank",
    "foreign_bank_us_branch": "us_branch_of_foreign_bank",
    "family_company": "thin_family_company",
    "foreign_bank": "foreign_corporation",
    "foreign_trustee": "foreign_individual",
    "noncitizen_individual": "foreign_individual",
}
ARRANGEMENT_WORDS: dict[str, Arrangement] = {
    "bank": "bank_trustee",
    "surety_bond": "bond",
    "loc": "letter_of_credit",
    "alternate_arrangement": "private_letter_ruling",
}


def _trustee(value: object) -> object:
    """Read a trustee from a word of the list, or from a sentence that says what it is."""
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    if " " not in text:
        return TRUSTEE_WORDS.get(text, text)
    if "capital" in text and ("insubstantial" in text or "thin" in text or "little" in text):
        return "thin_family_company"
    if "branch" in text:
        return "us_branch_of_foreign_bank"
    if "foreign" in text or "noncitizen" in text:
        return "foreign_corporation" if "corporation" in text or "bank" in text else "foreign_individual"
    if "bank" in text:
        return "us_bank"
    return "domestic_corporation" if "corporation" in text or "company" in text else "us_individual"


def _arrangement(value: object) -> object:
    return ARRANGEMENT_WORDS.get(value, value) if isinstance(value, str) else value


TrusteeType = Annotated[TrusteeKind, BeforeValidator(_trustee)]
ArrangementType = Annotated[Arrangement, BeforeValidator(_arrangement)]


class TrusteeInput(RuleInput):
    """One trustee in office."""

    second_names: ClassVar = {"trustee_type": "kind", "type": "kind", "trustee_tax_home_in_us": "tax_home_in_us"}

    kind: TrusteeType = Field(description="Who the trustee is (Treas. Reg. 20.2056A-2(c))")
    tax_home_in_us: Flag | None = Field(
        None, description="Of an individual: whether the tax home is in the US (Treas. Reg. 20.2056A-2(d)(2))"
    )

    def trustee(self) -> Trustee:
        """Return the trustee as the engine knows it."""
        return Trustee(self.kind, self.tax_home_in_us)


class ResidenceInput(RuleInput):
    """One residence of the spouse in the trust."""

    second_names: ClassVar = {"residence_value": "value", "related_furnishings": "furnishings"}

    value: Money = Field(description="Value, debt not deducted, USD")
    kind: Kind = Field("principal", description="The spouse's principal residence, or the one other that counts")
    furnishings: Money = Field(0, validate_default=True, description="Ordinary furnishings, no art or vehicles, USD")
    owned_directly: Flag | None = Field(None, description="Whether the trust itself owns it")
    available_at_all_times: Flag | None = Field(None, description="Whether the spouse may use it at all times")
    rented: Flag | None = Field(None, description="Whether it is rented to anybody")
    country: Words | None = Field(None, description="Where it lies; the exclusion is open abroad too")


class QdotInput(RuleInput):
    """Another QDOT of the same decedent for the same spouse."""

    second_names: ClassVar = {"qdot_assets_fmv": "fmv", "qdot_fmv": "fmv", "value": "fmv"}

    name: Words | None = Field(None, description="What it is called")
    fmv: Money = Field(description="Assets at the decedent's death, debt not deducted, USD")


class EntityInput(RuleInput):
    """A share in a corporation or partnership."""

    second_names: ClassVar = {
        "qdot_direct_shares_percent": "share_percent",
        "qdot_capital_percent": "share_percent",
        "qdot_profits_percent": "profits_percent",
        "spouse_and_267c4_family_shares_percent": "family_share_percent",
        "spouse_and_family_percent": "family_share_percent",
        "shareholders_after_attribution": "owners_after_attribution",
        "partners_after_attribution": "owners_after_attribution",
        "corporation_assets": "assets",
        "partnership_assets": "assets",
        "corporation_foreign_real_property": "foreign_real_property",
        "partnership_foreign_real_property": "foreign_real_property",
    }

    name: Words | None = Field(None, description="What it is called")
    share_percent: Percent = Field(description="The trust's own share: voting stock or value, or capital, percent")
    profits_percent: Percent | None = Field(None, description="Of a partnership: its share of the profits, percent")
    family_share_percent: Percent = Field(
        0, validate_default=True, description="Shares of the spouse and the family of IRC 267(c)(4), percent"
    )
    owners_after_attribution: Count | None = Field(
        None, description="Owners, those of spouse and family counted as the trust"
    )
    owners: Count | None = Field(None, description="All owners before attribution")
    family_owners: Annotated[int, Field(strict=True, ge=0, le=100)] | None = Field(
        None, description="How many of them are the spouse and the family"
    )
    assets: Money | None = Field(None, description="Assets of the entity, USD")
    foreign_real_property: Money = Field(description="Its real property outside the United States, USD")
    interest_value: Money | None = Field(None, description="What the trust's own share is worth in its accounts, USD")


class QdotSecurityInput(RuleInput):
    """What is known of a QDOT's value, residence, foreign real property and security."""

    second_names: ClassVar = {
        "qdot_fmv": "qdot_assets_fmv",
        "qdot_fmv_gross_of_debt": "qdot_assets_fmv",
        "qdot_fmv_gross_of_debt_at_death": "qdot_assets_fmv",
        "passing_to_qdot": "qdot_assets_fmv",
        "qualifying_residence_value_direct": "residence_value",
        "personal_residence_value": "residence_value",
        "related_furnishings_value": "furnishings_value",
        "exclusion_elected_on_return": "exclusion_elected",
        "residence_exclusion_elected": "exclusion_elected",
        "foreign_real_property": "foreign_real_property_fmv",
        "trust_fmv": "trust_fmv_year_end",
        "fmv_year_end": "trust_fmv_year_end",
        "year_end": "trust_year_end",
        "security_type": "security",
        "security_arrangement": "security",
        "us_trustee": "trustee_type",
        "trustee": "trustee_type",
        "finally_determined_value": "final_value",
        "bond_amount": "security_amount",
        "letter_of_credit_amount": "security_amount",
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "return_filed": "return_filed_on",
        "extension": "extension_granted",
    }

    decedent_citizenship: Citizenship | None = Field(None, description="us or foreign; it changes nothing here")
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign; it changes nothing here")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign; a citizen needs no QDOT")
    date_of_death: Day | None = Field(None, description="The decedent's day of death: starts the filing of a security")
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 gave six months more; null: no")
    return_filed_on: Day | None = Field(None, description="Day Form 706 or 706-NA was filed")

    qdot_assets_fmv: Money | None = Field(
        None,
        description="Assets of the QDOT at the decedent's death or on the alternate date, debt not deducted, as "
        "finally determined, USD (Treas. Reg. 20.2056A-2(d)(1)(i))",
    )
    debt: Money | None = Field(None, description="Debt on the assets, USD; it is not deducted")
    multiple_qdots: Flag | None = Field(None, description="Whether the decedent has more than one QDOT for the spouse")
    other_qdots: list[QdotInput] | None = Field(None, description="The other QDOTs; all count together")
    residence_value: Money | None = Field(
        None, description="Residence of the spouse the QDOT owns directly, debt not deducted, USD"
    )
    furnishings_value: Money | None = Field(None, description="Its ordinary furnishings, USD")
    residence_kind: Kind = Field("principal", description="The principal residence, or the one other that counts")
    residence_owned_directly: Flag | None = Field(None, description="Whether the QDOT itself owns the residence")
    residence_available_at_all_times: Flag | None = Field(None, description="Whether the spouse may always use it")
    residence_rented: Flag | None = Field(None, description="Whether it is rented to anybody, even at times")
    residence_country: Words | None = Field(None, description="Where it lies; the exclusion is open abroad too")
    residences: list[ResidenceInput] | None = Field(
        None, description="Residences one by one, instead of the fields above"
    )
    exclusion_elected: Flag | None = Field(
        None, description="Whether the executor elects the residence exclusion on the return; null: taken as elected"
    )
    exclusion_election: Election | None = Field(
        None,
        description="The same, or made later on Form 706-QDT, or cancelled there (Treas. Reg. 20.2056A-2(d)(1)(iv)(B))",
    )

    trustee_type: TrusteeType | None = Field(None, description="Who the US Trustee is; a word or a short description")
    trustees: list[TrusteeInput] | None = Field(None, description="All trustees, instead of trustee_type")
    security: ArrangementType | None = Field(None, description="What secures the tax")
    security_amount: Money | None = Field(None, description="Amount of the bond or letter of credit, USD")
    satisfactory_surety: Flag | None = Field(None, description="Bond: whether the surety is satisfactory (IRC 7101)")
    cancellable: Flag | None = Field(None, description="Bond: whether it can be canceled")
    term_months: Count | None = Field(None, description="For how many months it runs")
    automatically_renewable: Flag | None = Field(None, description="Whether it renews by itself every year")
    irrevocable: Flag | None = Field(None, description="Letter of credit: whether it is irrevocable")
    sight_payment: Flag | None = Field(None, description="Letter of credit: whether it is payable at sight")
    issuer: Issuer | None = Field(None, description="Letter of credit: which bank issues it")
    confirmed_by_us_bank: Flag | None = Field(
        None, description="Letter of a foreign bank: whether a US bank confirms it"
    )
    instrument_bars_return_until_april_15: Flag | None = Field(
        None,
        description="Whether the instrument lets nobody ask for a drawn amount back before April 15 of the next year",
    )
    asset_statement_filed: Flag | None = Field(
        None, description="Whether the trustee's statement of assets, values and exclusions comes with it"
    )
    arrangement_approved: Flag | None = Field(
        None, description="Other arrangement: whether guidance or a ruling covers it (Treas. Reg. 20.2056A-2(d)(4))"
    )
    security_filed_on: Day | None = Field(None, description="Day bond or letter of credit went to the IRS")
    security_expires_on: Day | None = Field(None, description="Day bond or letter of credit ends")
    nonrenewal_notice_mailed_on: Day | None = Field(
        None, description="Day the notice that it will not renew was mailed"
    )
    nonrenewal_notice_received_on: Day | None = Field(None, description="Day the IRS received that notice")
    replacement_shown_on: Day | None = Field(None, description="Day the trustee showed the IRS a new arrangement")
    drawn_on: Day | None = Field(None, description="Day the IRS drew on the security")
    other_security_rules_met: Flag | None = Field(None, description="Whether the other rules are said to be met")
    principal_purpose_to_avoid_or_prevent_collection: Flag | None = Field(
        None, description="Whether a principal purpose is to avoid the tax or its collection (-2(d)(1)(v))"
    )
    device_or_arrangement: Flag | None = Field(
        None, description="Whether another device or arrangement is used to that end"
    )

    trust_fmv_year_end: Money | None = Field(None, description="Assets of the trust on the last day of its year, USD")
    foreign_real_property_fmv: Money | None = Field(
        None, description="Real property outside the United States that day, owned directly, USD"
    )
    trust_year_end: Day | None = Field(None, description="Last day of the trust's year; December 31 where it has none")
    cause_of_excess: Cause | None = Field(None, description="Why the 35% limit was exceeded")
    exceeded_since: Day | None = Field(
        None, description="The year end at which it was first exceeded, if an earlier one"
    )
    entities: list[EntityInput] | None = Field(None, description="Shares in corporations and partnerships")
    qdot_direct_shares_percent: Percent | None = Field(
        None, description="Of one corporation: the trust's own shares, percent"
    )
    spouse_and_267c4_family_shares_percent: Percent | None = Field(
        None, description="Shares of spouse and family, percent"
    )
    shareholders_after_attribution: Count | None = Field(
        None, description="Shareholders, spouse and family counted as the trust"
    )
    corporation_assets: Money | None = Field(None, description="Its assets, USD")
    corporation_foreign_real_property: Money | None = Field(None, description="Its foreign real property, USD")
    annual_statement_filed_on: Day | None = Field(None, description="Day the yearly statement was filed")

    residence_sold_on: Day | None = Field(None, description="Day an excluded residence was sold")
    residence_ceased_on: Day | None = Field(None, description="Day it stopped being a residence of the spouse")
    adjusted_sales_price: Money | None = Field(None, description="Adjusted sales price, USD")
    reinvested_amount: Money | None = Field(None, description="What bought a new residence, USD")
    reinvested_on: Day | None = Field(None, description="Day the new residence was bought")
    exclusion_claimed: Money | None = Field(None, description="Exclusion claimed for the residence sold, USD")
    exclusion_of_other_residence: Money | None = Field(
        None, description="Exclusion allocated to a residence that still qualifies, USD; null: none"
    )

    reported_value: Money | None = Field(None, description="QDOT property as reported on the estate tax return, USD")
    final_value: Money | None = Field(None, description="QDOT property as finally determined, USD")
    reasonable_cause_and_good_faith: Flag | None = Field(
        None, description="Whether there was reasonable cause, and the fiduciary acted in good faith (Reg. 1.6664-4(b))"
    )
    marital_deduction_claimed: Money | None = Field(None, description="Marital deduction on the return, USD")
    final_determination_date: Day | None = Field(None, description="Day the value was finally determined")
    finality: Way | None = Field(
        None, description="How the value is said to be final (Treas. Reg. 20.2056A-2(d)(1)(iii))"
    )
    assessment_period_ended: Flag | None = Field(None, description="Whether the time to assess has run out (IRC 6501)")
    adjusted_by_irs: Flag | None = Field(None, description="Whether the IRS adjusted the reported value in time")
    contest_in_writing: Flag | None = Field(None, description="Whether the executor wrote against the IRS's value")
    contest_names_property: Flag | None = Field(None, description="Whether that names the property")
    contest_states_value: Flag | None = Field(None, description="Whether that states the executor's own value")
    agreement_signed_by_both: Flag | None = Field(None, description="Whether executor and IRS signed the agreement")
    agreement_binding: Flag | None = Field(None, description="Whether it binds all parties")
    appeal_possible: Flag | None = Field(None, description="Whether the court's decision can still be appealed")
