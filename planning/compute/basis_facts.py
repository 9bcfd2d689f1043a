"""Input of `basis`: one asset, and one event or a list of them."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from planning.compute.fields import Citizenship, Fraction, RuleInput
from planning.engine.rules.basis_facts import AttorneyReading, EventKind, Form
from planning.inputs import Day, Flag, Money, Percent

HELD_AS = {
    "own": "decedent_owned",
    "decedent": "decedent_owned",
    "outright": "spouse_owned",
    "outright_to_spouse": "spouse_owned",
    "gift": "gift_to_spouse",
    "lifetime_gift": "gift_to_spouse",
    "lifetime_gifts": "gift_to_spouse",
    "joint_tenants_with_survivorship": "survivorship",
    "joint_survivorship": "survivorship",
    "joint_tenancy": "survivorship",
    "tenants_by_entirety": "survivorship",
    "community_property": "community",
    "tenancy_in_common": "tenants_in_common",
    "bypass": "bypass_trust",
    "credit_shelter": "bypass_trust",
    "credit_shelter_trust": "bypass_trust",
    "qdot_general_power_of_appointment": "qdot_general_power",
    "qdot_gpoa": "qdot_general_power",
    "qdot_assigned": "qdot_spouse_funded",
    "estate_trust": "qdot_estate_trust",
    "qtip": "qtip_trust",
    "slat": "grantor_trust",
    "ilit": "life_insurance_trust",
    "qdot": "qdot_qtip",
}
EVENTS = {
    "decedent_death": "first_death",
    "death_of_decedent": "first_death",
    "spouse_death": "second_death",
    "death_of_spouse": "second_death",
    "principal": "distribution",
    "principal_distribution": "distribution",
    "sale_by_trustee": "sale",
    "ceases_to_qualify": "cessation",
    "trust_ceases_to_qualify": "cessation",
}


def _word_of(table: dict[str, str]) -> BeforeValidator:
    def known(value: object) -> object:
        return table.get(value, value) if isinstance(value, str) else value

    return BeforeValidator(known)


HeldAs = Annotated[Form, _word_of(HELD_AS)]
Happening = Annotated[Literal[EventKind, "hardship"], _word_of(EVENTS)]

FACTS_OF_EVENT: dict[str, str] = {
    "kind": "event",
    "event_date": "date",
    "date_of_death": "date",
    "decedent_date_of_death": "date",
    "decedent_death": "date",
    "spouse_date_of_death": "date",
    "distribution_date": "date",
    "date_of_death_fmv": "fair_market_value",
    "fmv_at_death": "fair_market_value",
    "asset_value": "fair_market_value",
    "property_value": "fair_market_value",
    "joint_tenancy_value": "fair_market_value",
    "fmv": "fair_market_value",
    "value": "fair_market_value",
    "price": "fair_market_value",
    "sale_price": "fair_market_value",
    "date_of_death_value": "fair_market_value",
    "proceeds": "fair_market_value",
    "gift_value": "fair_market_value",
    "section_2056a_tax_on_it": "section_2056a_tax",
    "qdot_tax": "section_2056a_tax",
    "section_2056a_tax_imposed": "section_2056a_tax",
    "gift_tax_paid_on_gift": "gift_tax_paid",
    "taxable_gifts": "taxable_gifts_of_year",
    "annual_exclusion": "exclusion_applied",
    "spouse_us_citizen": "spouse_is_us_citizen",
    "spouse_resident_alien": "spouse_income_tax_resident",
    "spouse_us_resident": "spouse_income_tax_resident",
    "donee_resident_alien": "spouse_income_tax_resident",
    "spouse_is_nonresident_alien": "spouse_nonresident_alien",
    "donee_nonresident_alien": "spouse_nonresident_alien",
    "section_6013g_election": "election_6013",
    "joint_return_election_6013g": "election_6013",
    "debt": "consideration",
    "liability_assumed": "consideration",
    "final_estate_tax_value": "estate_tax_value",
    "increased_estate_tax": "raised_estate_tax",
    "depreciation_allowed": "depreciation_allowed_to_spouse",
    "spouse_adjusted_basis": "spouse_basis",
    "decedent_share_percent": "included_percent",
    "passes_to_donor": "returns_to_donor",
    "returns_to_donor_or_spouse": "returns_to_donor",
    "included_in_spouse_estate": "included_at_second_death",
    "hardship": "exempt",
    "elected_out": "elected_out_2010",
}


class BasisEvent(RuleInput):
    """What happens to the asset, and the facts that decide its basis."""

    second_names: ClassVar = FACTS_OF_EVENT

    event: Happening | None = Field(
        None,
        description="gift, first_death (of the giver or decedent), assignment to a QDOT, distribution of principal, "
        "hardship, sale by the trustee, naturalization, cessation, second_death (of the spouse), income_taxed",
    )
    date: Day | None = Field(None, description="Day of the event; for a death the day of death")
    fair_market_value: Money | None = Field(None, description="Value on that day, or the price, USD (IRC 1014(a))")
    alternate_value: Money | None = Field(None, description="Value on the alternate date, USD (IRC 2032, 1014(a)(2))")
    alternate_valuation_elected: Flag | None = Field(None, description="Whether the executor elected it; null: no")
    spouse_is_us_citizen: Flag | None = Field(None, description="Whether the spouse is a US citizen at the event")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same in a word")
    spouse_domicile: Citizenship | None = Field(None, description="us or foreign: estate-tax domicile at the event")
    spouse_income_tax_resident: Flag | None = Field(
        None, description="Whether the spouse is a resident for the income tax (IRC 7701(b), 1041(d))"
    )
    spouse_nonresident_alien: Flag | None = Field(None, description="The opposite of it; give one of the two")
    election_6013: Flag | None = Field(
        None, description="Whether the couple elected to treat the spouse as a resident (IRC 6013(g), (h))"
    )
    decedent_citizenship: Citizenship | None = Field(None, description="us or foreign: of the first to die")
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign: estate-tax domicile (IRC 2103)")
    us_situs: Flag | None = Field(None, description="Whether the asset is situated in the US (IRC 2104, 2105)")
    gift_tax_paid: Money | None = Field(
        None, description="Gift tax paid, no credit counted, USD; of the year where taxable_gifts_of_year is stated"
    )
    taxable_gifts_of_year: Money | None = Field(
        None, description="All taxable gifts of the year, USD, to share the tax out (IRC 1015(d)(2))"
    )
    amount_of_gift: Money | None = Field(None, description="The gift after the annual exclusion, USD (IRC 1015(d)(2))")
    exclusion_applied: Money | None = Field(None, description="Annual exclusion used for the gift, USD (IRC 2503(b))")
    consideration: Money | None = Field(
        None, description="What the spouse pays or takes over in debt for it, USD; null: nothing (IRC 1041(e))"
    )
    releases_marital_rights: Flag | None = Field(None, description="Whether it is given for marital rights; null: no")
    in_trust: Flag | None = Field(None, description="Whether the gift is in trust; null: no (IRC 1041(e))")
    passes_to: HeldAs | None = Field(None, description="How it is held after the first death")
    included_percent: Percent | None = Field(
        None, description="Share of joint property the estate includes, or the decedent's own share, percent"
    )
    spouse_contribution_fraction: Fraction | None = Field(
        None, description="The spouse's part of the consideration, fraction; null: none shown (IRC 2040(a))"
    )
    spouse_basis: Money | None = Field(
        None, description="The spouse's own basis in the rest, USD; null: by shares of the whole"
    )
    depreciation_allowed_to_spouse: Money | None = Field(
        None, description="Depreciation the spouse was allowed on the included part, USD (IRC 1014(b)(9))"
    )
    estate_tax_value: Money | None = Field(
        None, description="Final value for the estate tax, USD, where it is another (IRC 1014(f), 6035)"
    )
    raised_estate_tax: Flag | None = Field(None, description="Whether the asset raised the estate tax (IRC 1014(f)(2))")
    returns_to_donor: Flag | None = Field(
        None, description="Whether asset or sale proceeds go back to the giver or the giver's spouse (IRC 1014(e))"
    )
    included_at_second_death: Flag | None = Field(
        None, description="Whether the spouse's estate includes the asset, where that is known"
    )
    elected_out_2010: Flag | None = Field(None, description="Death of 2010: no estate tax, IRC 1022; null: no")
    allocated_1022: Money | None = Field(
        None, description="Increase the executor allocated to it, USD (IRC 1022(b)-(c))"
    )
    transferred_for_value: Flag | None = Field(
        None, description="Life insurance: whether the policy was bought (IRC 101(a)(2))"
    )
    section_2056a_tax: Money | None = Field(None, description="2056A tax imposed on it, USD (IRC 2056A(b)(13))")
    exempt: Flag | None = Field(None, description="Whether the payment is hardship or otherwise exempt; null: no")
    recognized_gain: Money | None = Field(None, description="Gain the trust recognized on it, USD (IRC 643(e))")
    attorney_reading: AttorneyReading | None = Field(
        None, description="Where the law is silent: unchanged or value, as the attorney decided; null: not decided"
    )


class BasisInput(BasisEvent):
    """One asset, and one event (its facts beside) or a list of events in order."""

    second_names: ClassVar = FACTS_OF_EVENT | {
        "form": "held_as",
        "title": "held_as",
        "strategy": "held_as",
        "basis": "adjusted_basis",
        "adjusted_basis_before": "adjusted_basis",
        "basis_before": "adjusted_basis",
        "donor_basis": "adjusted_basis",
        "decedent_basis": "adjusted_basis",
        "decedent_adjusted_basis": "adjusted_basis",
        "donor_adjusted_basis": "adjusted_basis",
        "cost_basis": "adjusted_basis",
        "trust_basis": "adjusted_basis",
        "income_in_respect": "income_in_respect_of_decedent",
        "ird": "income_in_respect_of_decedent",
        "date_of_gift": "gift_date",
        "fmv_at_gift": "value_at_gift",
    }

    asset: str | None = Field(None, description="Name of the asset, for the reader", max_length=200)
    held_as: HeldAs | None = Field(
        None,
        description="decedent_owned, spouse_owned (outright), gift_to_spouse, survivorship, community, "
        "tenants_in_common, bypass_trust, qdot_qtip, qdot_general_power, qdot_spouse_funded, qdot_estate_trust, "
        "qtip_trust, grantor_trust, life_insurance_trust; before a first death also where the asset is going",
    )
    adjusted_basis: Money | None = Field(None, description="Adjusted basis before the first event, USD (IRC 1011)")
    basis_for_loss: Money | None = Field(None, description="Lower basis for loss, USD; null: the same (IRC 1015(a))")
    income_in_respect_of_decedent: Flag | None = Field(
        None, description="Whether it is income in respect of a decedent, such as a retirement account; null: no"
    )
    gift_date: Day | None = Field(None, description="A gift to the spouse made before: its day (IRC 1014(e))")
    value_at_gift: Money | None = Field(None, description="Its value that day, USD")
    basis_at_gift: Money | None = Field(None, description="Its basis that day, USD; null: the basis now")
    events: list[BasisEvent] | None = Field(
        None, description="Events in order; what is stated beside them holds for each that does not say otherwise"
    )


def facts_of_events(facts: BasisInput) -> list[BasisEvent]:
    """Return the events in order, each with what is stated for all of them."""
    shared = {
        name: getattr(facts, name)
        for name in BasisEvent.model_fields
        if name not in ("event", "date", "fair_market_value") and getattr(facts, name) is not None
    }
    if facts.events is None:
        own: dict[str, Any] = {name: getattr(facts, name) for name in BasisEvent.model_fields}
        return [BasisEvent.model_construct(**own)]
    return [
        one.model_copy(update={name: value for name, value in shared.items() if getattr(one, name) is None})
        for one in facts.events
    ]
