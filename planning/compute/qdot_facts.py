"""Input of `qdot-tax`: the first decedent's estate, the events of the trusts, and the spouse's death."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from planning.compute.death_taxes import ForeignDeathTaxInput
from planning.compute.estates import TaxableGiftsOfYear
from planning.compute.fields import Citizenship, Count, RuleInput, Words, Year, one_day
from planning.engine.rules.s2044_survivors_estate import QdotForm
from planning.engine.rules.s2056a_events import EventKind
from planning.inputs import Day, Flag, InputError, Money, Percent

# Other words the kind of an event is read under.
KIND_WORDS: dict[str, str] = {
    "distribution": "principal",
    "principal_distribution": "principal",
    "power_of_appointment": "power_exercised",
    "exercise_of_power": "power_exercised",
    "capital_gains": "capital_gain",
    "corpus_portion": "annuity_corpus_portion",
    "expenses": "expense",
    "bond premium": "bond_premium",
    "letter_of_credit_fee": "bond_premium",
    "bond premium or letter of credit fee": "bond_premium",
    "other_taxes": "other_tax",
    "income_tax": "other_tax",
    "reimbursement": "income_tax_reimbursement",
    "sale": "sale_for_full_consideration",
    "exchange": "sale_for_full_consideration",
    "pledge": "sale_for_full_consideration",
    "ceases_to_qualify": "disqualification",
}


def _kind(value: object) -> object:
    return KIND_WORDS.get(value, value) if isinstance(value, str) else value


Kind = Annotated[
    EventKind,
    BeforeValidator(_kind),
    WithJsonSchema({"type": "string", "enum": [*EventKind.__args__, *KIND_WORDS]}),
]


class EventInput(RuleInput):
    """One payment or event of a trust."""

    second_names: ClassVar = {
        "net_to_spouse": "net_amount",
        "payment": "kind",
        "disposition": "kind",
        "distribution": "amount",
        "qdot_reimburses": "amount",
        "trust": "qdot",
    }

    date: Day | None = Field(None, description="Day of the event")
    year: Year | None = Field(None, description="Year of the event, where the day is not known")
    kind: Kind = Field(
        "principal", description="What happened; principal if not said (IRC 2056A(b)(1), (3), (4), (11), (15))"
    )
    qdot: Words | None = Field(None, description="Which QDOT, where there are several")
    amount: Money | None = Field(
        None, description="Cash and value paid, USD, tax withheld included (Treas. Reg. 20.2056A-5(b)(1))"
    )
    net_amount: Money | None = Field(
        None, description="What the spouse keeps after the tax is withheld, USD; the payment is then grossed up"
    )
    tax_withheld: Money | None = Field(
        None, description="Tax withheld, USD: with net_amount the payment is the two together; part of amount otherwise"
    )
    tax_paid_from: Annotated[
        str | None, Field(pattern="^(distribution|other_qdot_assets)$", description="Where the tax comes from")
    ] = None
    tax_paid_from_other_qdot_assets: Money | None = Field(
        None,
        description="2056A tax on this event paid from other trust assets, USD: a further payment (IRC 2056A(b)(11))",
    )
    tax_paid_in_year: Year | None = Field(None, description="Year that tax is paid in; null: the year after the event")
    hardship_test_met: Flag | None = Field(
        None,
        description="Hardship: substantial need, no other source (Treas. Reg. 20.2056A-5(c)(1)); null: taken as met",
    )
    spouse_income_tax_actual: Money | None = Field(
        None, description="Income tax reimbursement: the spouse's tax with the trust items, USD (IRC 2056A(b)(15))"
    )
    spouse_income_tax_without_item: Money | None = Field(None, description="The spouse's tax without those items, USD")


class SpouseDeathInput(RuleInput):
    """The surviving spouse's death."""

    second_names: ClassVar = {
        "amount": "qdot_value",
        "value": "qdot_value",
        "avd_value": "alternate_value",
        "state_death_tax_paid_by_spouse_estate_on_qdot": "state_death_tax",
    }

    date: Day | None = Field(None, description="The spouse's day of death")
    year: Year | None = Field(None, description="The year, where the day is not known")
    qdot: Words | None = Field(None, description="Which QDOT, where there are several; else qdot_values")
    qdot_value: Money | None = Field(
        None, description="Value of everything in the QDOT, undistributed income included, USD (IRC 2056A(b)(1)(B))"
    )
    qdot_values: dict[str, Money] | None = Field(None, description="Several QDOTs: the value of each by name, USD")
    undistributed_income: Money | None = Field(
        None, description="Income not paid out and not in qdot_value, USD (Treas. Reg. 20.2056A-5(b)(2))"
    )
    corpus_portions_held: Money | None = Field(
        None, description="Corpus portions of a nonassignable annuity in the QDOT, not in qdot_value, USD"
    )
    residual_payments: Money | None = Field(
        None, description="What a nonassignable arrangement still pays to the estate or successors, USD"
    )
    qdot_form: QdotForm | None = Field(
        None, description="Form of the trust; null: taken as one that is in the spouse's estate"
    )
    charitable_deduction: Money | None = Field(None, description="Passing to charity, USD (IRC 2056A(b)(10)(A), 2055)")
    marital_deduction: Money | None = Field(None, description="Passing to the spouse's new spouse, USD (IRC 2056)")
    new_spouse_is_us_citizen: Flag | None = Field(None, description="Whether that new spouse is a US citizen")
    new_qdot_elected: Flag | None = Field(None, description="A noncitizen new spouse: whether it passes to a new QDOT")
    state_death_tax: Money | None = Field(
        None,
        description="State death tax on the trust, USD: deducted (IRC 2058), credited for a first death before 2005",
    )
    foreign_death_taxes: dict[str, Money] | None = Field(
        None, description="Death taxes the spouse's estate paid abroad on the trust, by country, USD (IRC 2014)"
    )
    administration_expenses: Money | None = Field(
        None,
        description="Expenses of the survivor's estate, USD: not deductible here (IRC 2053 is not in 2056A(b)(10))",
    )
    alternate_value: Money | None = Field(
        None, description="Value of all QDOTs on the alternate valuation date, USD (IRC 2032)"
    )
    alternate_valuation_elected: Flag | None = Field(
        None, description="Whether alternate valuation is elected on the final Form 706-QDT"
    )
    special_use_decrease: Money | None = Field(
        None, description="Decrease in value for farm or business use, USD, before the limit (IRC 2032A)"
    )


class QdotTaxInput(RuleInput):
    """The first decedent's final estate and the events of the QDOT."""

    second_names: ClassVar = {
        "decedent_date_of_death": "date_of_death",
        "first_decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "death_date": "date_of_death",
        "decedent_death_year": "year",
        "first_decedent_death_year": "year",
        "death_year": "year",
        "tax_year": "year",
        "first_decedent_taxable_estate": "taxable_estate",
        "decedent_taxable_estate": "taxable_estate",
        "first_decedent_gross_estate": "gross_estate",
        "qdot_marital_deduction": "marital_deduction",
        "passing_to_qdot": "marital_deduction",
        "worldwide_estate": "worldwide_gross_estate",
        "first_decedent_citizenship": "decedent_citizenship",
        "first_decedent_domicile": "decedent_domicile",
        "dsue_amount": "dsue",
        "events": "distributions",
        "qdot_distributions": "distributions",
        "qdot_value": "qdot_value_at_spouse_death",
        "prior_amounts_taxed": "prior_taxable_events",
        "state_death_tax_paid_by_first_estate": "state_death_tax_paid",
        "state_death_tax_paid_by_decedent_estate": "state_death_tax_paid",
        "state_death_tax_paid_by_spouse_estate_on_qdot": "spouse_state_death_tax_on_qdot",
        "spouse_death_year": "spouse_year_of_death",
        "designated_filer_appointed": "designated_filer",
        "elected_out_of_estate_tax": "elected_out_2010",
        "state_taxed_us_property": "state_taxed_property",
        "disposition": "payment",
        "distribution": "event_amount",
        "amount": "event_amount",
        "qdot_reimburses": "event_amount",
    }

    date_of_death: Day | None = Field(
        None,
        description="The first decedent's day of death: its rates and exclusion hold for ever (IRC 2056A(b)(2)(A))",
    )
    year: Year | None = Field(None, description="The first decedent's year of death, where the day is not known")
    decedent_citizenship: Citizenship | None = Field(
        None, description="us or foreign; null: taken as citizen or resident"
    )
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign: domicile at death")
    spouse_citizenship: Citizenship | None = Field(
        None, description="us or foreign: the surviving spouse at the time of the events (IRC 2056A(b)(12))"
    )
    spouse_is_us_citizen: Flag | None = Field(None, description="The same question as yes or no")
    spouse_naturalized_on: Day | None = Field(
        None,
        description="Day of the spouse's oath: whether later events are taxed is citizenship-after-qdot's question",
    )
    conditions_of_2056a_b12_met: Flag | None = Field(
        None, description="Whether 2056A(b)(12) ends the tax after the oath, as citizenship-after-qdot says"
    )
    elected_out_2010: Flag | None = Field(
        None, description="Whether the executor of a death in 2010 elected out of the estate tax (P.L. 111-312, 301(c))"
    )
    taxable_estate: Money | None = Field(
        None, description="The first decedent's taxable estate after the marital deduction, USD, as finally determined"
    )
    gross_estate: Money | None = Field(None, description="In its place: the gross estate, USD, with marital_deduction")
    marital_deduction: Money | None = Field(None, description="The marital deduction for the QDOT, USD")
    passing_to_others: Money | None = Field(
        None, description="In their place: what passed to others and was taxed in the first estate, USD"
    )
    election_made: Flag | None = Field(
        None, description="Whether the QDOT election was made (IRC 2056A(a)(3)); null: taken as yes"
    )
    spouse_us_resident: Flag | None = Field(
        None, description="Whether the spouse lives in the US; the tax is the same (Treas. Reg. 20.2056A-6(b)(2))"
    )
    adjusted_taxable_gifts: Money | None = Field(
        None, description="The first decedent's, USD (IRC 2001(b)); null: none"
    )
    taxable_gifts_by_year: list[TaxableGiftsOfYear] | None = Field(
        None, description="The same gifts year by year: the gift tax payable is then worked out (IRC 2001(g)(1))"
    )
    gift_tax_payable: Money | None = Field(
        None, description="Gift tax payable on them, USD (IRC 2001(b)(2)); null: none"
    )
    dsue: Money | None = Field(None, description="DSUE the first decedent had, USD (IRC 2010(c)(4)); null: none")
    pre_1977_exemption_used: Money | None = Field(
        None, description="Specific exemption used for gifts from 1976-09-09 to 1976-12-31, USD (IRC 2010(b))"
    )
    prior_transfer_credit: Money | None = Field(
        None, description="The first estate's credit for tax on prior transfers, USD (IRC 2013); null: none"
    )
    foreign_death_tax_credit: Money | None = Field(
        None, description="The first estate's credit for foreign death taxes, USD (IRC 2014); null: none"
    )
    foreign_death_taxes: list[ForeignDeathTaxInput] | None = Field(
        None, description="In its place: what the first estate paid abroad; the credit is then recomputed"
    )
    charitable_deduction: Money | None = Field(
        None, description="The first estate's charitable deduction, USD, for that credit (IRC 2055); null: none"
    )
    deducted_expenses: Money | None = Field(
        None, description="Debts, expenses and state death tax the first estate deducted, USD, for that credit"
    )
    state_taxed_property: Money | None = Field(
        None, description="Nonresident decedent before 2005: property here that a state taxed, USD (old IRC 2102(b))"
    )
    pre_1977_gift_tax_credit: Money | None = Field(
        None, description="The first estate's credit for gift tax on pre-1977 gifts, USD (IRC 2012); null: none"
    )
    state_death_tax_paid: Money | None = Field(
        None, description="State death tax the first estate paid, USD; counts for deaths before 2005 (IRC 2011)"
    )
    spouse_state_death_tax_on_qdot: Money | None = Field(
        None, description="State death tax the spouse's estate paid on the QDOT, USD; short form of spouse_death's"
    )
    us_gross_estate: Money | None = Field(
        None, description="Nonresident decedent: gross estate situated in the US, USD, for a treaty's credit"
    )
    worldwide_gross_estate: Money | None = Field(None, description="Nonresident decedent: worldwide gross estate, USD")
    treaty_grants_pro_rata_credit: Flag | None = Field(
        None, description="Nonresident decedent: whether a treaty gives the prorated credit (IRC 2102(b)(3)); null: no"
    )
    prior_taxable_events: Money | None = Field(
        None, description="Amounts taxed before the events here, all QDOTs of the decedent, USD; null: none"
    )
    distributions: list[EventInput] | None = Field(None, description="Events in order of time")
    payment: Kind | None = Field(None, description="Short form of one event: its kind")
    event_amount: Money | None = Field(None, description="Short form of one event: its amount, USD")
    tax_withheld: Money | None = Field(None, description="Short form of one event: tax withheld, part of it, USD")
    tax_paid_from_other_qdot_assets: Money | None = Field(
        None, description="Short form of one event: tax paid from other trust assets, USD (IRC 2056A(b)(11))"
    )
    spouse_income_tax_actual: Money | None = Field(
        None, description="Short form of one reimbursement: the spouse's tax with the trust items, USD"
    )
    spouse_income_tax_without_item: Money | None = Field(
        None, description="Short form of one reimbursement: the spouse's tax without those items, USD"
    )
    event_year: Year | None = Field(None, description="Short form of one event: its year")
    net_to_spouse: Money | None = Field(None, description="Short form of one event: what the spouse keeps, USD")
    marginal_rate_percent: Percent | None = Field(
        None, description="Flat rate the tax is withheld at, percent, where the estate is not stated"
    )
    spouse_death: SpouseDeathInput | None = Field(None, description="The spouse's death, if it is to be taxed")
    spouse_date_of_death: Day | None = Field(None, description="Short form of spouse_death.date")
    spouse_year_of_death: Year | None = Field(None, description="Short form of spouse_death.year")
    qdot_value_at_spouse_death: Money | None = Field(None, description="Short form of spouse_death.qdot_value, USD")
    finally_determined: Flag | None = Field(
        None,
        description="Whether the first decedent's tax is finally determined (IRC 2056A(b)(2)(B)); null: taken as yes",
    )
    final_determination_date: Day | None = Field(
        None, description="Day it was finally determined: earlier events are taxed at the highest rate first"
    )
    number_of_qdots: Count | None = Field(None, description="How many QDOTs the decedent left; null: as events name")
    designated_filer: Flag | None = Field(
        None, description="Several QDOTs: whether one designated filer files for all (IRC 2056A(b)(2)(C))"
    )
    designated_filer_is_us_trustee: Flag | None = Field(
        None, description="Whether the filer is a US trustee, an individual one with a US tax home; null: taken as yes"
    )
    designated_filer_vacant: Flag | None = Field(
        None, description="Whether the filer is gone when the return is due; null: no"
    )
    successor_chosen_before_due_date: Flag | None = Field(
        None, description="After a vacancy: whether the trustees chose another filer before the return is due"
    )
    instrument_or_local_law_says_otherwise: Flag | None = Field(
        None,
        description="Whether the tax is split otherwise than by taxable amounts (Treas. Reg. 20.2056A-9); null: no",
    )
    total_tax: Money | None = Field(
        None, description="2056A tax of all events as already worked out, USD: it is then only split among the QDOTs"
    )

    @property
    def day(self) -> date | None:
        """The day whose law decides."""
        return one_day(self.date_of_death, self.year, "date_of_death")

    @property
    def nonresident_decedent(self) -> bool:
        """Whether the first decedent was neither a US citizen nor domiciled in the US."""
        return self.decedent_citizenship == "foreign" and self.decedent_domicile == "foreign"

    @property
    def events(self) -> list[EventInput]:
        """The events, the short form of a single one included; raises `InputError` where both stand."""
        short = {
            "kind": self.payment,
            "amount": self.event_amount,
            "net_amount": self.net_to_spouse,
            "year": self.event_year,
            "tax_withheld": self.tax_withheld,
            "tax_paid_from_other_qdot_assets": self.tax_paid_from_other_qdot_assets,
            "spouse_income_tax_actual": self.spouse_income_tax_actual,
            "spouse_income_tax_without_item": self.spouse_income_tax_without_item,
        }
        stated = {key: value for key, value in short.items() if value is not None}
        if not stated:
            return self.distributions or []
        if self.distributions is not None:
            raise InputError(["distributions: stands beside the short form of one event, expected one of the two"])
        if "kind" not in stated and "spouse_income_tax_actual" in stated:
            stated["kind"] = "income_tax_reimbursement"
        return [EventInput.model_validate(stated)]

    @property
    def qdot_names(self) -> list[str]:
        """The QDOTs the events and the spouse's death name, in order."""
        names = [event.qdot for event in self.events if event.qdot]
        death = self.spouse_death
        if death is not None:
            names += [death.qdot] if death.qdot else []
            names += list(death.qdot_values or {})
        return list(dict.fromkeys(names))

    @property
    def qdots(self) -> int:
        """How many QDOTs there are: as stated, else as named, else one."""
        return self.number_of_qdots or max(1, len(self.qdot_names))
