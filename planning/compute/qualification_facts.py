"""Input of `qdot-qualification`, in the words of the cases."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from planning.compute.fields import Citizenship, RuleInput, StateCode
from planning.compute.security_facts import QdotSecurityInput, TrusteeInput, TrusteeType
from planning.engine.rules.s2056_marital_form import MaritalForm
from planning.engine.rules.s2056a_foreign_property import Cause
from planning.engine.rules.s2056a_gates import Legacy
from planning.inputs import Day, Flag, Money

FORM_WORDS: dict[str, MaritalForm] = {
    "life_estate_gpoa": "general_power",
    "life_estate_with_power": "general_power",
    "life_estate_power_of_appointment": "general_power",
    "crt": "charitable_remainder",
    "outright": "none",
}


def _form(value: object) -> object:
    return FORM_WORDS.get(value.lower(), value.lower()) if isinstance(value, str) else value


FormOfTrust = Annotated[MaritalForm, BeforeValidator(_form)]
TrusteesInOffice = Annotated[int, Field(strict=True, ge=0, le=100)]


class TrustYearInput(RuleInput):
    """The trust on the last day of one of its years."""

    second_names: ClassVar = {
        "day": "year_end",
        "date": "year_end",
        "trust_fmv_year_end": "trust_fmv",
        "fmv": "trust_fmv",
        "foreign_real_property_fmv": "foreign_real_property",
        "cause": "cause_of_excess",
    }

    year_end: Day = Field(description="Last day of the trust's year")
    us_trustees_in_office: TrusteesInOffice | None = Field(
        None, description="US Trustees in office that day; null: as before"
    )
    us_trustee_may_withhold_tax: Flag | None = Field(
        None, description="Whether one may still withhold the tax; null: as before"
    )
    kept_under_us_law: Flag | None = Field(
        None, description="Whether records and governing law are still here; null: as before"
    )
    abusive_device: Flag | None = Field(None, description="Whether a device to avoid the tax is used (-2(d)(1)(v))")
    security_in_place: Flag | None = Field(
        None, description="Whether a bank trustee, bond or letter of credit is in place"
    )
    trust_fmv: Money | None = Field(None, description="Assets of the trust, USD")
    foreign_real_property: Money | None = Field(None, description="Real property abroad, look-through included, USD")
    cause_of_excess: Cause | None = Field(None, description="Why the 35% limit is exceeded")


class QdotQualificationInput(RuleInput):
    """What is known of a trust that is, or shall be, a QDOT."""

    second_names: ClassVar = {
        "requires_us_trustee": "instrument_requires_us_trustee",
        "us_trustee_required": "instrument_requires_us_trustee",
        "withholding_clause": "us_trustee_may_withhold_tax",
        "instrument_allows_withholding": "us_trustee_may_withhold_tax",
        "trustee_may_withhold_tax": "us_trustee_may_withhold_tax",
        "other_security_rules_met": "security_rules_met",
        "qdot_security": "security_facts",
        "qdot_election_made": "election_made",
        "records_kept_in_us": "records_in_us",
        "governing_law_us": "us_state_law_governs",
        "form": "marital_form",
        "trust_form": "marital_form",
        "all_income_to_spouse_annually": "income_at_least_annually",
        "funded_only_by_assignment": "only_assigned_property",
        "instrument_executed_on": "executed_on",
        "us_trustee": "trustee_type",
        "decedent_date_of_death": "date_of_death",
        "decedent_death": "date_of_death",
        "extension": "extension_granted",
        "return_filed": "return_filed_on",
        "reformation_commenced_on": "reformation_begun_on",
        "trust_fmv_on_that_date": "trust_fmv",
        "trust_fmv_year_end": "trust_fmv",
        "foreign_real_property_fmv": "foreign_real_property",
        "date_of_disqualification": "checked_on",
        "disqualified_on": "checked_on",
        "trust_year_end": "checked_on",
        "security_operative": "security_in_place",
        "court_test_met": "us_court_supervises",
        "control_test_met": "us_persons_control_all_decisions",
    }

    decedent_citizenship: Citizenship | None = Field(None, description="us or foreign; it changes nothing here")
    decedent_domicile: Citizenship | None = Field(None, description="us or foreign; it changes nothing here")
    spouse_citizenship: Citizenship | None = Field(None, description="us or foreign; a citizen needs no QDOT")

    instrument_requires_us_trustee: Flag | None = Field(
        None,
        description="Whether the instrument requires a US citizen or domestic corporation as trustee (2056A(a)(1)(A))",
    )
    us_trustee_may_withhold_tax: Flag | None = Field(
        None,
        description="Whether only income may be paid unless that trustee may withhold the tax (2056A(a)(1)(B))",
    )
    executed_on: Day | None = Field(
        None, description="Day the instrument was signed: for the relief of old instruments"
    )
    all_trustees_must_be_us: Flag | None = Field(
        None,
        description="Instrument before 1990-11-05: whether all trustees must be US citizens or domestic corporations",
    )
    security_rules_met: Flag | None = Field(
        None, description="Whether the rules of Treas. Reg. 20.2056A-2(d) are met; null: from security_facts"
    )
    security_facts: QdotSecurityInput | None = Field(
        None, description="Instead: input of qdot-security, by which gate 3 is worked out here"
    )
    instrument_secures_tax: Flag | None = Field(
        None,
        description="Whether the instrument demands a bank trustee, bond or letter of credit, or where the trust is "
        "small the 35% limit (Treas. Reg. 20.2056A-2(d)(1)(i)-(ii)); null: taken so",
    )
    legacy_relief: Legacy | None = Field(
        None, description="Relief claimed for an instrument executed by 1995-11-20 (Treas. Reg. 20.2056A-2(d)(6))"
    )
    trustee_or_executor_may_amend: Flag | None = Field(None, description="Legacy relief: whether anybody may amend it")
    compliance_statement_filed: Flag | None = Field(
        None, description="Legacy relief: whether the trustee's statement was filed"
    )
    election_made: Flag | None = Field(
        None, description="Whether the executor made the QDOT election (IRC 2056A(a)(3))"
    )
    election_timely: Flag | None = Field(
        None, description="Whether in time; work it out with qdot-election; null: taken so"
    )
    records_in_us: Flag | None = Field(None, description="Whether records or copies are kept in a State or DC")
    us_state_law_governs: Flag | None = Field(
        None, description="Whether the law of a State or DC governs the administration"
    )
    governing_law_state: StateCode | None = Field(None, description="That State, two letters; says the same")
    foreign_instrument: Flag | None = Field(None, description="Whether it is a foreign will or trust")
    choice_of_law_valid: Flag | None = Field(
        None, description="Then: whether its choice of that law is effective there"
    )
    ordinary_trust: Flag | None = Field(None, description="Whether it is an ordinary trust (Treas. Reg. 301.7701-4(a))")
    marital_form: FormOfTrust | None = Field(
        None,
        description="In which form it earns the marital deduction (Treas. Reg. 20.2056A-2(b)(1)); none: in no form",
    )
    income_at_least_annually: Flag | None = Field(
        None, description="Whether the spouse gets all income at least annually"
    )
    spouse_may_appoint: Flag | None = Field(
        None, description="general_power: whether the spouse alone may appoint to self or estate"
    )
    nobody_may_appoint_to_others: Flag | None = Field(
        None, description="qtip: whether nobody may appoint to others in the spouse's life"
    )
    qtip_election_made: Flag | None = Field(None, description="qtip: whether the executor elects QTIP")
    spouse_only_noncharitable_beneficiary: Flag | None = Field(
        None, description="charitable_remainder: whether the spouse is"
    )
    annuity_trust_or_unitrust: Flag | None = Field(
        None, description="charitable_remainder: whether it is one of the two"
    )
    remainder_to_spouse_estate: Flag | None = Field(
        None, description="estate_trust: whether the rest goes to the spouse's estate"
    )
    only_assigned_property: Flag | None = Field(
        None, description="Whether it holds only what the spouse assigned to it"
    )
    trustee_type: TrusteeType | None = Field(None, description="Who the US Trustee is")
    trustee_tax_home_in_us: Flag | None = Field(None, description="Of an individual: whether the tax home is in the US")
    trustees: list[TrusteeInput] | None = Field(None, description="All trustees in office, instead of trustee_type")
    us_trustees_in_office: TrusteesInOffice | None = Field(None, description="How many US Trustees are in office")

    decedent_living: Flag | None = Field(
        None, description="Whether the decedent still lives: everything can be changed"
    )
    date_of_death: Day | None = Field(None, description="The decedent's day of death: bounds every cure")
    extension_granted: Flag | None = Field(None, description="Whether Form 4768 gave six months more; null: no")
    return_filed_on: Day | None = Field(None, description="Day Form 706 or 706-NA was filed")
    reformation_begun_on: Day | None = Field(None, description="Day a court was asked to reform it (IRC 2056(d)(5))")
    as_of: Day | None = Field(
        None, description="Day the question is asked for; null: every date is taken as still open"
    )

    checked_on: Day | None = Field(
        None, description="Day of the event, or last day of the trust's year, for the yearly check"
    )
    trust_fmv: Money | None = Field(None, description="Assets of the trust that day, USD")
    kept_under_us_law: Flag | None = Field(
        None, description="Whether records and governing law are still here that day"
    )
    over_two_million: Flag | None = Field(None, description="Whether the 2,000,000 test makes security a must")
    qdot_assets_fmv: Money | None = Field(
        None,
        description="Instead: value for the 2,000,000 test at the decedent's death, residence exclusion deducted, USD",
    )
    security_in_place: Flag | None = Field(
        None, description="Whether a bank trustee, bond or letter of credit is in place"
    )
    foreign_real_property: Money | None = Field(None, description="Real property abroad that day, USD")
    cause_of_excess: Cause | None = Field(None, description="Why the 35% limit is exceeded")
    principal_purpose_to_avoid_or_prevent_collection: Flag | None = Field(
        None, description="Whether a device is used with a principal purpose of avoiding the tax or its collection"
    )
    years: list[TrustYearInput] | None = Field(None, description="The trust at the end of several years, in order")

    us_court_supervises: Flag | None = Field(
        None, description="Whether a US court can supervise it (IRC 7701(a)(30)(E))"
    )
    administered_only_in_us: Flag | None = Field(None, description="Safe harbor: whether it is administered only here")
    instrument_directs_administration_abroad: Flag | None = Field(
        None, description="Safe harbor: whether it directs otherwise"
    )
    moves_abroad_on_court_action: Flag | None = Field(None, description="Whether it leaves the US if a US court acts")
    us_persons_control_all_decisions: Flag | None = Field(
        None, description="Whether US persons control all substantial decisions"
    )
    foreign_person_may_veto: Flag | None = Field(
        None, description="Whether a foreign spouse or protector may veto them"
    )
    us_fiduciary_lost_on: Day | None = Field(None, description="Day a US fiduciary died, resigned or lost capacity")
    us_fiduciary_replaced_on: Day | None = Field(None, description="Day of the replacement")
