"""Input of `gift-tax`: the donor, the spouse, and each gift with what decides about it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planning.compute.fields import Citizenship, Count, RuleInput, StateCode, Words, Year
from planning.engine.rules.s2501_nonresident_donor import Kind, Status, domicile_of_donor, donor_status
from planning.engine.rules.s2503_gift_exclusions import Interest
from planning.engine.rules.s2503e_qualified_transfers import Payment
from planning.engine.rules.s2511_completed_gifts import Change
from planning.engine.rules.s2523_gifts_to_spouse import Form
from planning.inputs import Day, Flag, Money, Percent

GiftForm = Literal[
    "outright",
    "income_and_general_power_trust",
    "qtip_trust",
    "estate_trust",
    "other_terminable_interest",
    "spousal_access_trust",
    "insurance_trust",
    "discretionary_trust",
    "joint_real_property_with_survivorship",
    "joint_bank_account_deposit",
    "joint_account_withdrawal",
    "joint_registered_securities",
    "survivor_annuity",
    "regime_change",
    "support",
    "divorce_settlement",
    "loan",
]
# How the law of gifts between spouses sees each form that it knows by name.
FORMS: dict[str, Form] = {
    "income_and_general_power_trust": "income_and_general_power_trust",
    "qtip_trust": "qtip_trust",
    "estate_trust": "estate_trust",
    "other_terminable_interest": "other_terminable_interest",
    "spousal_access_trust": "other_terminable_interest",
    "insurance_trust": "other_terminable_interest",
    "discretionary_trust": "other_terminable_interest",
    "joint_registered_securities": "joint_tenancy",
}
INCOME_TRUSTS = frozenset({"income_and_general_power_trust", "qtip_trust"})
RIGHTS_TRUSTS = frozenset({"spousal_access_trust", "insurance_trust", "discretionary_trust"})
TRUSTS = INCOME_TRUSTS | RIGHTS_TRUSTS | {"estate_trust"}

Days = Annotated[int, Field(strict=True, ge=1, le=365)]
Age = Annotated[int, Field(strict=True, ge=0, le=110)]


class WithdrawalRight(RuleInput):
    """A right to take out part of an addition at once."""

    holder: Words = Field(description="Who may withdraw: spouse, or the name of another person")
    amount: Money = Field(description="How much, USD")


class GiftInput(RuleInput):
    """One gift of the donor."""

    second_names: ClassVar = {
        "gift_value": "amount",
        "value": "amount",
        "trust_value": "amount",
        "gift_date": "date",
        "gift_year": "year",
        "pv_of_income_interest": "income_interest_value",
        "would_qualify_for_marital_deduction_but_for_citizenship": "marital_deduction_form",
        "recipient": "donee",
    }

    date: Day | None = Field(None, description="Day of the gift; status is read on it (Treas. Reg. 25.2523(i)-1(a))")
    year: Year | None = Field(None, description="Calendar year of the gift, where the day is not known")
    amount: Money | None = Field(None, description="Value on that day, USD (IRC 2512)")
    donee: Literal["spouse", "other"] = Field("spouse", description="spouse or other")
    donee_name: Words | None = Field(
        None, description="Keeps other donees apart: each has an own exclusion (IRC 2503(b))"
    )
    given_by: Literal["donor", "spouse"] = Field(
        "donor", description="spouse: a gift to others of the other spouse, which counts here only if split (IRC 2513)"
    )
    spouse_is_us_citizen: Flag | None = Field(
        None, description="Whether the spouse is a US citizen on the day of the gift (IRC 2523(i)); null: as above"
    )
    present_interest: Flag | None = Field(
        None, description="false: a future interest, no exclusion (IRC 2503(b)(1)); null: as `interest` says"
    )
    interest: Interest = Field(
        "present", description="What the donee gets; all but the first two are future interests (25.2503-3)"
    )
    form: GiftForm = Field(
        "outright", description="Form of the gift (IRC 2523(d), (e), (f), (i)); outright if not said"
    )
    marital_deduction_form: Flag | None = Field(
        None, description="false: a form that would not have earned the marital deduction (IRC 2523(b)); null: `form`"
    )
    qtip_elected: Flag | None = Field(
        None, description="qtip_trust for a citizen spouse: whether the donor elects on a timely return (2523(f)(4))"
    )
    income_interest_value: Money | None = Field(
        None,
        description="Trusts: value of the spouse's income interest, USD (IRC 7520); only that part can be excluded",
    )
    spouse_age: Age | None = Field(
        None, description="Trusts: age at the nearest birthday on the day of the gift, to value the income interest"
    )
    section_7520_rate: Percent | None = Field(
        None, description="Rate of the month as entered by the firm, percent (IRC 7520(a)(2)); null: the law files"
    )
    section_7520_rate_citation: Words | None = Field(None, description="The ruling the entered rate is from")
    mortality_table: Words | None = Field(None, description="Table chosen by the donor where the day allows a choice")
    qualified_transfer: Payment = Field(
        "none", description="What was paid for another; tuition and medical care are no gift (IRC 2503(e))"
    )
    paid_to_provider: Flag | None = Field(
        None, description="Whether the school or provider was paid directly (25.2503-6(c)); null: as the word says"
    )
    donor_paid: Money | None = Field(None, description="Jointly registered securities: what the donor paid, USD")
    spouse_paid: Money | None = Field(None, description="Jointly registered securities: what the spouse paid, USD")
    spouse_own_deposits: Money | None = Field(
        None, description="Withdrawal: what the spouse had put into the account, USD; null: nothing"
    )
    for_own_use: Flag | None = Field(
        None, description="Withdrawal: false if for the household or with a duty to account; null: for own use"
    )
    only_spouses_receive: Flag | None = Field(
        None, description="survivor_annuity: false if others can be paid before the last spouse dies; null: only they"
    )
    regime_change: Change | None = Field(None, description="regime_change: from what to what (IRC 2511)")
    agreement_on: Day | None = Field(None, description="divorce_settlement: day of the written agreement (IRC 2516)")
    divorce_on: Day | None = Field(None, description="divorce_settlement: day of the divorce")
    community_property: Flag | None = Field(
        None, description="Whether both own it, as community or joint property: each gives half; null: the donor's own"
    )
    spouse_has_general_power: Flag | None = Field(
        None, description="Gifts to others: the spouse gets a general power over it, so it cannot be split"
    )
    spouse_part: Money | None = Field(
        None, description="Gifts to others in which the spouse shares: the part that can be told apart, USD"
    )
    spouse_shares: Flag | None = Field(
        None, description="Gifts to others: whether the spouse shares in it without a part that can be told apart"
    )
    withdrawal_rights: list[WithdrawalRight] | None = Field(
        None, description="Trusts: who may take out how much of this addition at once; null: nobody (25.2503-3(c))"
    )
    trust_fund: Money | None = Field(None, description="Value of the trust when a right lapses, USD (IRC 2514(e))")
    policy_owned_by_trust_from_start: Flag | None = Field(None, description="insurance_trust: IRC 2035(a)")
    insured_keeps_incidents: Flag | None = Field(None, description="insurance_trust: IRC 2042(2)")
    executor_receives_proceeds: Flag | None = Field(None, description="insurance_trust: IRC 2042(1)")
    spouse_is_trustee_without_standard: Flag | None = Field(
        None, description="spousal_access_trust: the spouse decides alone, without an ascertainable standard (2041(b))"
    )
    mirror_trust_of_spouse: Flag | None = Field(None, description="spousal_access_trust: reciprocal trusts")
    donor_keeps_interest: Flag | None = Field(
        None, description="Whether the donor keeps use, income or control, or money flows back (IRC 2036, 2038)"
    )
    transfers_life_insurance: Flag | None = Field(
        None, description="Whether a policy on the donor's life is given away (IRC 2035(a), 2042)"
    )
    descendants_benefit: Flag | None = Field(None, description="Trusts: whether descendants benefit too (IRC 2642(c))")
    one_person_trust: Flag | None = Field(
        None, description="Trusts: for one person alone and in that person's estate (IRC 2642(c)(2))"
    )
    loan_kind: Literal["demand", "term"] | None = Field(None, description="loan: payable on demand or after a term")
    federal_rate: Percent | None = Field(None, description="loan: applicable federal rate, percent (IRC 7872(f)(2))")
    charged_rate: Percent | None = Field(None, description="loan: interest charged, percent; null: none")
    days_outstanding: Days | None = Field(None, description="Demand loan: days of the year outstanding; null: all")
    present_value_of_payments: Money | None = Field(
        None, description="Term loan: present value of all payments at the federal rate, USD (IRC 7872(b)(1))"
    )
    for_income_producing_assets: Flag | None = Field(
        None, description="loan: money used for assets that bear income (IRC 7872(c)(2)(B)); null: not"
    )
    paid_by_check: Flag | None = Field(None, description="Whether the gift was made by check (Rev. Rul. 96-56)")
    check_presented_on: Day | None = Field(None, description="Day the check was deposited or presented")
    check_paid_on: Day | None = Field(None, description="Day the donor's bank paid")
    check_conditions_met: Flag | None = Field(
        None, description="Gift meant, delivered without condition, presented in time, paid at once while donor lived"
    )
    certificate_delivered_on: Day | None = Field(None, description="Securities: endorsed certificate delivered")
    transferred_on_books_on: Day | None = Field(None, description="Securities: transfer on the issuer's books")
    through_donors_broker: Flag | None = Field(
        None, description="Securities: sent through the donor's own broker or the issuer (25.2511-2(h))"
    )
    us_real_or_tangible_property: Flag | None = Field(
        None, description="Nonresident noncitizen donor: only such property is taxed (IRC 2501(a)(2), 2511(a))"
    )
    property_kind: Kind | None = Field(None, description="Nonresident noncitizen donor: what is given")
    located_in: Citizenship | None = Field(None, description="us or foreign: where land or a thing lies at the gift")
    hard_to_value: Flag | None = Field(None, description="Whether the value can be disputed: report it in any case")


class PriorYear(RuleInput):
    """Taxable gifts of one earlier year."""

    second_names: ClassVar = {"amount": "taxable_gifts"}
    year: Year = Field(description="Calendar year; the law of gifts is held from 1977 on")
    taxable_gifts: Money = Field(description="Taxable gifts of that year after exclusions, USD (IRC 2503(a))")


class GiftTaxInput(RuleInput):
    """Gifts of one donor; `year` with `annual_gift_to_spouse`, or one gift's own keys, are the short forms."""

    second_names: ClassVar = {
        "tax_year": "year",
        "gift_to_spouse": "annual_gift_to_spouse",
        "spouse_naturalized": "spouse_naturalized_on",
        "naturalization_date": "spouse_naturalized_on",
        "spouse_citizen": "spouse_is_us_citizen",
        "dsue_amount": "dsue",
        "dsue_received": "dsue",
        "adjusted_taxable_gifts": "prior_taxable_gifts",
        "donor_is_us_citizen": "donor_citizen",
        "amount": "gift_value",
        "trust_value": "gift_value",
        "date": "gift_date",
        "gift_form": "form",
        "income_interest_pv": "income_interest_value",
        "noncitizen_spouse_exclusion": "spouse_exclusion",
    }

    year: Year | None = Field(None, description="Year of the short form, and of gifts that name none")
    tax_years: list[Year] | None = Field(None, description="Years whose limits are asked for; no gift is needed")
    annual_gift_to_spouse: Money | None = Field(
        None, description="Outright present gifts to the spouse in `year`, USD; with gift_years the same in each year"
    )
    gift_years: Count | None = Field(None, description="Short form: the gift is made in this many years from `year` on")
    gift_value: Money | None = Field(None, description="One gift to the spouse, USD, in place of `gifts`")
    gift_date: Day | None = Field(None, description="Day of that gift")
    form: GiftForm | None = Field(None, description="Form of that gift; outright if not said")
    present_interest: Flag | None = Field(None, description="Whether that gift is a present interest (IRC 2503(b))")
    would_qualify_for_marital_deduction_but_for_citizenship: Flag | None = Field(
        None, description="Whether that gift has a marital deduction form; said only of a spouse who is not a citizen"
    )
    income_interest_value: Money | None = Field(None, description="That gift in trust: the income interest, USD")
    spouse_exclusion: Money | None = Field(
        None, description="The yearly exclusion as a source states it, USD, to compare"
    )
    gifts: list[GiftInput] | None = Field(None, description="Gifts in order of time; the order counts within a year")
    donor_citizen: Flag | None = Field(None, description="Whether the donor is a US citizen")
    donor_citizenship: Citizenship | None = Field(None, description="us or foreign; null: taken as citizen or resident")
    donor_domicile: Citizenship | None = Field(
        None, description="us or foreign: domicile on the day of the gift (Treas. Reg. 25.2501-1(b))"
    )
    donor_lived_in_us: Flag | None = Field(None, description="Whether the donor lived in a State or DC, even briefly")
    donor_definite_intention_to_leave: Flag | None = Field(
        None, description="Whether the donor had a definite present intention of leaving"
    )
    donor_citizen_through_possession_only: Flag | None = Field(
        None, description="A US citizen only through birth, residence or citizenship in a possession (IRC 2501(b)-(c))"
    )
    spouse_is_us_citizen: Flag | None = Field(None, description="Whether the spouse is a US citizen at all these gifts")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign: the same question in a word")
    spouse_domicile: Citizenship | None = Field(None, description="us or foreign: the spouse's, for gift-splitting")
    spouse_naturalized_on: Day | None = Field(
        None, description="Day of the spouse's oath: gifts from that day on go to a citizen (IRC 2523(a))"
    )
    split_gifts: Flag | None = Field(None, description="Whether both consent to split all gifts to others (IRC 2513)")
    married_at_gifts: Flag | None = Field(None, description="Whether they were married at all these gifts; null: yes")
    remarried_in_year: Flag | None = Field(None, description="Whether the donor remarried in the year; null: no")
    prior_taxable_gifts: Money | None = Field(
        None, description="Taxable gifts of all years before, USD (IRC 2502(a)); null: taken as none"
    )
    prior_deductible_gifts_to_spouse: Money | None = Field(
        None,
        description="Gifts to the spouse from 1977 to before the first gift here, exclusions taken off, USD, for the "
        "limits of the deduction to 1981; null: none",
    )
    credit_used_before: Money | None = Field(
        None, description="Credit those gifts used at today's rates, USD (IRC 2505(a)(2)); null: the tax on them"
    )
    prior_years: list[PriorYear] | None = Field(
        None, description="The same year by year: the credit used is then worked out (IRC 2505(a))"
    )
    dsue: Money | None = Field(
        None, description="Unused exclusion of a deceased spouse, USD (IRC 2010(c)(4)); null: none"
    )
    extension_granted: Flag | None = Field(None, description="Form 4868 or 8892 was filed in time; null: no")
    donor_date_of_death: Day | None = Field(None, description="Where the donor died: the return may be due earlier")
    estate_return_required: Flag | None = Field(None, description="Whether Form 706 is required; null: taken as so")
    estate_return_extended: Flag | None = Field(None, description="Whether Form 706 was extended; null: no")
    return_filed_on: Day | None = Field(None, description="Day the return of the last year was filed (IRC 6501)")
    adequately_disclosed: Flag | None = Field(
        None, description="Whether that return discloses the gifts adequately (Treas. Reg. 301.6501(c)-1(f)(2))"
    )
    omitted_gifts: Money | None = Field(None, description="Gifts left out of that return, USD (IRC 6501(e)(2))")
    spouse_is_us_person: Flag | None = Field(
        None, description="Whether the spouse is a US person for income tax, who reports gifts from abroad (6039F)"
    )
    received_from_foreign_entities: Money | None = Field(
        None, description="What the spouse received in the year from foreign corporations and partnerships, USD"
    )
    donor_covered_expatriate: Flag | None = Field(None, description="Whether the donor is one (IRC 2801, 877A)")
    state: StateCode | None = Field(None, description="State whose law may look at the gifts, two letters")
    treaty_country: Words | None = Field(None, description="Country of a treaty that may cover the gift")
    estate_value: Money | None = Field(
        None, description="The donor's estate today, USD: then the size of a credit shelter trust is shown"
    )

    @property
    def citizen(self) -> bool | None:
        """Whether the donor is a US citizen, from the yes/no or the word."""
        if self.donor_citizen is not None:
            return self.donor_citizen
        return None if self.donor_citizenship is None else self.donor_citizenship == "us"

    @property
    def domicile(self) -> Citizenship | None:
        """The donor's domicile as stated, or as the stated facts place it."""
        return self.donor_domicile or domicile_of_donor(
            lived_in_us=self.donor_lived_in_us, definite_intention_to_leave=self.donor_definite_intention_to_leave
        )

    @property
    def status(self) -> Status | None:
        """How the donor counts; a donor of whom nothing is said is taken as a citizen or resident."""
        if self.citizen is None and self.domicile is None and self.donor_lived_in_us is None:
            return "resident"
        return donor_status(
            citizen=bool(self.citizen),
            domicile=self.domicile,
            citizen_through_possession_only=bool(self.donor_citizen_through_possession_only),
        )
