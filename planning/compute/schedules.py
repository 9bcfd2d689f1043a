"""The estate asset by asset: assets and deductions as input, Form 706's schedules as output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.contributions import (
    CONTRIBUTION_NAMES,
    ContributionFacts,
    other_owners_percent,
    warn_about_regime,
)
from planning.compute.fields import Owners, RuleInput, Words, Year
from planning.engine.law import Law
from planning.engine.rules.estate_findings import asset_findings
from planning.engine.rules.inclusion import HUNDRED, Undecided
from planning.engine.rules.s2001b_adjusted_taxable_gifts import TransferInLife, adjusted_taxable_gifts
from planning.engine.rules.s2031_gross_estate import (
    SURVIVORSHIP,
    Asset,
    Entry,
    GrossEstate,
    Kind,
    PassesTo,
    Title,
    entry_of,
    goes_to,
    ruling_of,
    write_gross_estate,
)
from planning.engine.rules.s2031c_conservation_easement import LIMIT, Easement, easement_exclusions, qualifies
from planning.engine.rules.s2035_three_years import GiftTaxPaid, Payer
from planning.engine.rules.s2036_retained_interests import Retained, Transfer
from planning.engine.rules.s2041_powers import Lapse, Power
from planning.engine.rules.s2042_insurance import Policy
from planning.engine.rules.s2053_deductions import AllowedDeductions, Deductions, write_deductions
from planning.engine.rules.s2103_us_situs import SitusFacts
from planning.engine.worksheet import ZERO, Figure, Worksheet, given
from planning.inputs import Day, Flag, InputError, Money, Percent

Place = Literal["us", "foreign"]


class LapseInput(RuleInput):
    """One year in which a power of appointment lapsed."""

    second_names: ClassVar = {"trust_value": "property_value"}
    year: Year | None = Field(None, description="Year of the lapse")
    amount: Money = Field(description="What could have been drawn and was not, USD")
    property_value: Money = Field(description="What it could have been drawn from, at the lapse, USD")


class EasementInput(RuleInput):
    """A qualified conservation easement on land of the estate (IRC 2031(c); Form 706 Schedule U)."""

    second_names: ClassVar = {"value": "easement_value", "retained_rights": "retained_development_rights"}
    easement_value: Money = Field(description="What the easement takes off the land, at its contribution, USD")
    granted_before_death: Flag = Field(default=True, description="Whether it burdened the land at the death already")
    retained_development_rights: Money | None = Field(None, description="Development rights kept, USD; null: none")
    charitable_deduction: Money | None = Field(None, description="Deducted for it under IRC 2055(f), USD; null: none")
    acquisition_debt: Money | None = Field(None, description="Still owed for buying the land, USD; null: none")
    land_in_us: Flag | None = Field(None, description="Whether the land is in the US or a possession (2031(c)(8)(A))")
    owned_three_years: Flag | None = Field(
        None, description="Whether the decedent's family owned it for the three years to the death (2031(c)(8)(A))"
    )
    election_made: Flag | None = Field(None, description="Whether Schedule U elects the exclusion (2031(c)(6))")


class AssetInput(ContributionFacts):
    """One asset of the decedent, with the facts that its schedule of Form 706 asks for."""

    second_names: ClassVar = CONTRIBUTION_NAMES | {
        "type": "kind",
        "fmv": "value",
        "market_value": "value",
        "proceeds": "value",
        "mortgage": "debt",
        "transferred_interest": "retained",
        "given_up_on_date": "given_up_on",
        "transferred_on": "gift_on",
        "in_us": "located_in",
    }

    name: Words | None = Field(None, description="What it is called on the schedule; null: its kind")
    kind: Kind = Field(description="Kind of asset; with the title it decides the schedule")
    value: Money = Field(description="Fair market value at the death of the whole, USD; gift tax: the tax paid")
    title: Title = Field("sole", description="How the decedent held it (IRC 2033, 2040)")
    debt: Money | None = Field(None, description="Mortgage or lien on the whole, USD (IRC 2053(a)(4)); null: none")
    personally_liable: Flag | None = Field(
        None, description="Whether the decedent owed it personally; null: taken as yes (Treas. Reg. 20.2053-7)"
    )
    decedent_share_percent: Percent | None = Field(None, description="Tenants in common: the decedent's own share")
    owners: Owners = Field(2, description="Survivorship: how many owners, the decedent included")
    other_owner_is_spouse: Flag | None = Field(
        None, description="Survivorship: whether the other owner is the spouse; null: yes by the entirety, else needed"
    )
    passes_to: PassesTo | None = Field(
        None, description="Who gets it; survivorship property of the spouses goes to the spouse"
    )
    receivable_by_executor: Flag | None = Field(None, description="Insurance: payable to the estate (IRC 2042(1))")
    incidents_of_ownership: Flag | None = Field(
        None, description="Insurance: whether the decedent held any incident of ownership at death (IRC 2042(2))"
    )
    reversion_percent: Percent | None = Field(
        None, description="Value of a reversion just before the death, percent of the property (IRC 2037, 2042(2))"
    )
    given_up_on: Day | None = Field(
        None, description="Day the retained interest, power or policy was given up (IRC 2035(a))"
    )
    given_up_for_full_value: Flag = Field(default=False, description="Whether it was sold for full value (IRC 2035(d))")
    retained: list[Retained] | None = Field(
        None, description="Transfer: what the decedent kept; an empty list for nothing (IRC 2036, 2037, 2038)"
    )
    retained_percent: Percent | None = Field(None, description="Transfer: the part concerned; null: the whole")
    for_full_value: Flag = Field(default=False, description="Transfer: whether it was a sale for full value")
    consideration_received: Money | None = Field(None, description="Transfer: what was paid for it, USD (IRC 2043(a))")
    others_take_by_survival_only: Flag | None = Field(
        None, description="Transfer: whether others could take by surviving the decedent only (IRC 2037(a)(1))"
    )
    taxable_gift: Money | None = Field(
        None,
        description="Transfer: the taxable gift then made, after exclusions, USD; it counts as an adjusted taxable "
        "gift only where the property is not in the estate (IRC 2001(b))",
    )
    gift_on: Day | None = Field(None, description="Gift tax paid, transfer: day of the gift")
    gift_by: Payer = Field("decedent", description="Gift tax paid: whose gift it was (IRC 2035(b))")
    paid_by: Payer = Field("decedent", description="Gift tax paid: who paid the tax (IRC 2035(b))")
    power_in_favor_of_decedent: Flag | None = Field(
        None, description="Power: exercisable for the decedent, the estate or creditors of either (IRC 2041(b)(1))"
    )
    ascertainable_standard: Flag | None = Field(
        None, description="Power: limited to health, education, support or maintenance (IRC 2041(b)(1)(A))"
    )
    needs_consent_of_creator_or_adverse_person: Flag = Field(
        default=False, description="Power: only with the creator's or an adverse person's consent (IRC 2041(b)(1)(C))"
    )
    power_created_on: Day | None = Field(None, description="Power: day it was created; matters before 1942-10-22")
    power_exercised: Flag = Field(default=False, description="Power: whether it was exercised (IRC 2041(a)(1))")
    percent_subject: Percent | None = Field(None, description="Power: the part it reached at the death; null: all")
    lapses: list[LapseInput] | None = Field(None, description="Power: years in which it lapsed (IRC 2041(b)(2))")
    lapse_interest_kept: Flag | None = Field(
        None, description="Power: whether the decedent kept an interest in what lapsed, such as its income for life"
    )
    payable_to_survivor: Flag | None = Field(None, description="Annuity: whether others are paid after the death")
    employer_consideration_percent: Percent | None = Field(
        None, description="Annuity: the employer's percent of the price; it counts as the decedent's (IRC 2039(b))"
    )
    conservation_easement: EasementInput | None = Field(
        None, description="Land: a qualified conservation easement on it (IRC 2031(c))"
    )
    value_estimated: Flag = Field(
        default=False, description="Whether the value is an estimate for a return filed for portability alone"
    )
    value_matters_elsewhere: Flag | None = Field(
        None,
        description="Then: whether its value decides anything else, such as IRC 2032, 2032A, 2652(a)(3) or 6166, the "
        "share of somebody else, or a deduction for a part (Treas. Reg. 20.2010-2(a)(7)(ii))",
    )
    # Where the property is, for a decedent who was neither a citizen nor domiciled here.
    located_in: Place | None = Field(None, description="Real or tangible property, cash: us or foreign (IRC 2103)")
    issuer: Place | None = Field(None, description="Stock, bond, fund, insurer: us for a domestic one (IRC 2104(a))")
    obligor: Place | None = Field(None, description="Debt, deposit, annuity: us for a US person or government")
    portfolio_debt: Flag | None = Field(
        None, description="Debt: whether its interest would be free of tax as portfolio interest (IRC 2105(b)(3))"
    )
    effectively_connected: Flag | None = Field(
        None, description="Deposit: whether its interest is effectively connected with a US business (IRC 2105(b)(1))"
    )
    on_loan_for_exhibition: Flag = Field(
        default=False, description="Art in the US on loan to a public gallery only for exhibition (IRC 2105(c))"
    )
    us_situs_at_transfer: Flag | None = Field(
        None, description="Transfer: whether it was situated in the US when it was made (IRC 2104(b))"
    )
    us_situs_percent: Percent | None = Field(
        None, description="Trust, fund: part of the underlying assets situated in the US, percent"
    )
    attorney_situs: Place | None = Field(
        None, description="Where the attorney holds it to be situated; asked for partnerships, whose situs is unsettled"
    )
    treaty_exempt: Flag = Field(
        default=False, description="Whether a treaty exempts it from the tax (IRC 2102(b)(3)(A))"
    )


class DeductionsInput(RuleInput):
    """Deductions of Form 706, schedules J to L and O, USD; null: none."""

    second_names: ClassVar = {
        "funeral": "funeral_expenses",
        "debts_of_decedent": "debts",
        "losses": "net_losses",
        "charity": "charitable",
    }
    funeral_expenses: Money | None = Field(None, description="Schedule J, USD (IRC 2053(a)(1))")
    administration_expenses: Money | None = Field(None, description="Schedule J, USD (IRC 2053(a)(2))")
    debts: Money | None = Field(None, description="Schedule K, unsecured debts, USD (IRC 2053(a)(3))")
    mortgages: Money | None = Field(
        None, description="Schedule K, USD (IRC 2053(a)(4)), beside the debt stated with the assets"
    )
    net_losses: Money | None = Field(None, description="Schedule L, casualty and theft losses, USD (IRC 2054)")
    expenses_not_subject_to_claims: Money | None = Field(None, description="Schedule L, USD (IRC 2053(b))")
    charitable: Money | None = Field(None, description="Schedule O, beside assets that pass to charity, USD")
    state_death_tax: Money | None = Field(None, description="State death tax, USD (IRC 2058)")
    property_subject_to_claims: Money | None = Field(
        None, description="Limit of schedules J and K, USD (IRC 2053(c)(2)); null: taken to cover them"
    )
    paid_before_return_due: Money | None = Field(None, description="Paid before the return is due, USD")


@dataclass(frozen=True, slots=True)
class Schedules:
    """The estate asset by asset, worked out; `sheet` is open for the marital deduction."""

    sheet: Worksheet
    # Each asset as it was given, with its place on the form.
    placed: Sequence[tuple[AssetInput, Entry]]
    gross: GrossEstate
    allowed: AllowedDeductions
    adjusted_taxable_gifts: Decimal
    # What land under conservation easements takes out, USD, by who gets the land.
    excluded: Mapping[PassesTo | None, Decimal]

    @property
    def counted(self) -> Figure:
        """The total gross estate less what land under easements takes out, USD."""
        taken_out = sum(self.excluded.values(), ZERO)
        total = given(self.gross.total.amount, "total gross estate")
        return total - given(taken_out, "Schedule U") if taken_out else total

    def passing_to(self, whom: PassesTo) -> Decimal:
        """What passes to `whom` of what the gross estate includes, net of the debt on it, USD."""
        return max(ZERO, self.gross.passing_to(whom) - self.excluded.get(whom, ZERO))


def asset_of(facts: AssetInput, path: str) -> tuple[Asset, list[str]]:
    """Return the asset for the engine, and the facts of its contributions that are missing."""
    with_spouse = facts.other_owner_is_spouse
    if with_spouse is None and facts.title == "tenants_by_entirety":
        with_spouse = True
    percent: Decimal | None = None
    missing: list[str] = []
    if facts.title in SURVIVORSHIP:
        percent, missing = other_owners_percent(facts, path, with_spouse=with_spouse is not False)
    asset = Asset(
        name=facts.name or facts.kind.replace("_", " ").capitalize(),
        kind=facts.kind,
        value=facts.value,
        title=facts.title,
        percent=facts.decedent_share_percent,
        owners=facts.owners,
        with_spouse=with_spouse,
        survivor_percent=percent,
        gift_or_inheritance=bool(facts.acquired_by_gift_or_inheritance),
        debt=facts.debt or ZERO,
        personally_liable=facts.personally_liable is not False,
        policy=Policy(
            facts.receivable_by_executor,
            facts.incidents_of_ownership,
            facts.reversion_percent,
            facts.given_up_on,
            facts.given_up_for_full_value,
        ),
        transfer=Transfer(
            retained=facts.retained,
            share=HUNDRED if facts.retained_percent is None else facts.retained_percent,
            for_full_value=facts.for_full_value,
            reversion_percent=facts.reversion_percent,
            others_take_by_survival_only=facts.others_take_by_survival_only,
            given_up_on=facts.given_up_on,
            given_up_for_full_value=facts.given_up_for_full_value,
        ),
        consideration=facts.consideration_received or ZERO,
        gift_tax=None
        if facts.gift_on is None
        else GiftTaxPaid(facts.gift_on, facts.value, facts.gift_by, facts.paid_by),
        power=Power(
            facts.power_in_favor_of_decedent,
            facts.ascertainable_standard,
            facts.needs_consent_of_creator_or_adverse_person,
            facts.power_created_on,
            facts.power_exercised,
        ),
        percent_subject=HUNDRED if facts.percent_subject is None else facts.percent_subject,
        lapses=tuple(Lapse(lapse.amount, lapse.property_value) for lapse in facts.lapses or ()),
        lapse_interest_kept=facts.lapse_interest_kept,
        payable_to_survivor=facts.payable_to_survivor,
        paid_by_decedent=_paid_by_decedent(facts),
        paid_by_employer=facts.employer_consideration_percent,
        passes_to=facts.passes_to,
    )
    return asset, missing


def situs_facts_of(facts: AssetInput) -> SitusFacts:
    """Return what decides where the asset is situated."""
    return SitusFacts(
        located_in=facts.located_in,
        issuer=facts.issuer,
        obligor=facts.obligor,
        portfolio_debt=facts.portfolio_debt,
        effectively_connected=facts.effectively_connected,
        on_loan_for_exhibition=facts.on_loan_for_exhibition,
        in_us_at_transfer=facts.us_situs_at_transfer,
        us_percent=facts.us_situs_percent,
        concluded=facts.attorney_situs,
        treaty_exempt=facts.treaty_exempt,
    )


def _paid_by_decedent(facts: AssetInput) -> Decimal | None:
    """Return the decedent's percent of an annuity's price; all of it where nothing else is said."""
    employer = facts.employer_consideration_percent or ZERO
    if facts.decedent_consideration_percent is not None:
        return facts.decedent_consideration_percent
    return HUNDRED - employer - (facts.other_owner_consideration_percent or ZERO)


def entries_of(
    assets: Sequence[AssetInput],
    answer: Answer,
    *,
    date_of_death: date | None,
    spouse_counts_as_citizen: bool | None,
) -> list[Entry]:
    """Return the assets on their schedules; what is missing to place one is noted in the answer."""
    entries: list[Entry] = []
    for index, facts in enumerate(assets):
        path = f"assets[{index}]."
        asset, missing = asset_of(facts, path)
        answer.need(*missing)
        ruling = ruling_of(asset, date_of_death=date_of_death, spouse_counts_as_citizen=spouse_counts_as_citizen)
        if isinstance(ruling, Undecided):
            answer.need(*(name if name in OF_THE_ESTATE else path + name for name in ruling.missing))
            continue
        if ruling.percent > HUNDRED:
            fault = f"adds up to {ruling.percent:f} percent of the price, expected at most 100"
            raise InputError([f"{path}employer_consideration_percent: {fault}"])
        if ruling.presumed:
            answer.warn(
                "contribution_not_shown",
                f"{asset.name}: the whole is included because the other owner's payments are not shown; records can "
                "change that.",
                "IRC 2040(a)",
                "Treas. Reg. 20.2040-1(a)(2)",
            )
        if asset.debt and facts.personally_liable is None:
            answer.warn(
                "taken_as_personally_liable",
                "Debt on property is taken as owed personally: the whole value is entered and the debt deducted.",
                "IRC 2053(a)(4)",
                "Treas. Reg. 20.2053-7",
            )
        if asset.title == "community_property":
            warn_about_regime(facts, answer)
        if "implied_understanding" in (facts.retained or ()):
            answer.warn(
                "unverified_rule",
                f"{asset.name}: whether conduct shows an understanding without words (GFT-29) is for the attorney.",
                "IRC 2036(a)(1)",
            )
        entries.append(entry_of(asset, ruling))
    return entries


RECAPITULATION = "Recapitulation of the gross estate and deductions, as on Form 706"
OF_THE_ESTATE = frozenset({"date_of_death", "spouse_is_us_citizen"})


def work_out_schedules(
    assets: Sequence[AssetInput],
    deductions: DeductionsInput | None,
    answer: Answer,
    *,
    date_of_death: date | None,
    spouse_counts_as_citizen: bool | None,
    law: Law | None = None,
    title: str = RECAPITULATION,
) -> Schedules | None:
    """Write the recapitulation of Form 706 and return its figures, or None with the missing facts noted.

    `law` gives the limit of land under easements; without it that is not worked out.
    """
    entries = entries_of(assets, answer, date_of_death=date_of_death, spouse_counts_as_citizen=spouse_counts_as_citizen)
    easements = _easements(assets, entries, answer)
    if answer.missing:
        return None
    sheet = answer.sheet("R-", title)
    gross = write_gross_estate(sheet, entries)
    excluded = _excluded(sheet, easements, law, answer)
    stated = deductions or DeductionsInput()
    allowed = write_deductions(
        sheet,
        Deductions(
            funeral_expenses=stated.funeral_expenses or ZERO,
            administration_expenses=stated.administration_expenses or ZERO,
            debts=stated.debts or ZERO,
            mortgages=gross.debt + (stated.mortgages or ZERO),
            losses=stated.net_losses or ZERO,
            expenses_not_subject_to_claims=stated.expenses_not_subject_to_claims or ZERO,
            charity=max(ZERO, gross.passing_to("charity") - excluded.get("charity", ZERO))
            + (stated.charitable or ZERO),
            state_death_tax=stated.state_death_tax or ZERO,
            subject_to_claims=stated.property_subject_to_claims,
            paid_before_return_due=stated.paid_before_return_due or ZERO,
        ),
    )
    transfers = [
        TransferInLife(facts.taxable_gift, in_gross_estate=bool(entry.included.amount))
        for facts, entry in zip(assets, entries, strict=True)
        if facts.taxable_gift
    ]
    answer.findings += asset_findings(entries)
    placed = list(zip(assets, entries, strict=True))
    return Schedules(sheet, placed, gross, allowed, adjusted_taxable_gifts(transfers), excluded)


def _easements(
    assets: Sequence[AssetInput], entries: Sequence[Entry], answer: Answer
) -> list[tuple[Easement, PassesTo | None]]:
    """Return the easements with who gets the land; what decides about them and is not stated is noted."""
    if len(entries) != len(assets):
        return []
    found: list[tuple[Easement, PassesTo | None]] = []
    for index, (facts, entry) in enumerate(zip(assets, entries, strict=True)):
        stated = facts.conservation_easement
        if stated is None:
            continue
        easement = Easement(
            name=entry.asset.name,
            land=entry.included.amount,
            easement=stated.easement_value,
            granted_before_death=stated.granted_before_death,
            development_rights=stated.retained_development_rights or ZERO,
            deducted=stated.charitable_deduction or ZERO,
            debt=stated.acquisition_debt or ZERO,
            in_the_us=stated.land_in_us,
            owned_three_years=stated.owned_three_years,
            elected=stated.election_made,
        )
        if qualifies(easement) is None:
            names = ("land_in_us", "owned_three_years", "election_made")
            path = f"assets[{index}].conservation_easement"
            answer.need(*(f"{path}.{name}" for name in names if getattr(stated, name) is None))
        found.append((easement, goes_to(entry.asset)))
    return found


def _excluded(
    sheet: Worksheet, easements: Sequence[tuple[Easement, PassesTo | None]], law: Law | None, answer: Answer
) -> dict[PassesTo | None, Decimal]:
    """Write what land under easements takes out of the gross estate, and return it by who gets the land, USD."""
    good = [(easement, whom) for easement, whom in easements if qualifies(easement)]
    if len(good) < len(easements):
        answer.warn(
            "easement_not_excluded",
            "Land under a conservation easement is left out only if it is in the United States or a possession, was "
            "in the family for three years, and Schedule U elects it.",
            "IRC 2031(c)(6), (8)",
        )
    if not good:
        return {}
    if law is None or LIMIT not in law.amounts:
        answer.warn(
            "easement_not_counted",
            "Land under a conservation easement is left out for deaths since 1998, of citizens and residents; here "
            "nothing is left out for it.",
            "IRC 2031(c)",
        )
        return {}
    answer.uses(law, LIMIT)
    answer.warn(
        "unverified_rule",
        "Of the exclusion for land under an easement the statute was read, and the form to line 12; the order of its "
        "last lines is from memory. An attorney must confirm it.",
        "IRC 2031(c)",
        "Form 706 Schedule U",
    )
    parts = easement_exclusions(sheet, [easement for easement, _ in good], law[LIMIT].figure())
    excluded: dict[PassesTo | None, Decimal] = {}
    for (_, whom), part in zip(good, parts, strict=True):
        excluded[whom] = excluded.get(whom, ZERO) + part
    return excluded


def close_recapitulation(
    schedules: Schedules, marital_deduction: Decimal, state_death_tax: Decimal | None = None
) -> None:
    """Write schedule M and the lines that carry the recapitulation to the tax computation of Form 706.

    `state_death_tax` is what of it is deducted (USD), nothing for deaths before 2005; None: all that is stated.
    """
    sheet, allowed = schedules.sheet, schedules.allowed
    deducted = allowed.state_death_tax if state_death_tax is None else state_death_tax
    marital = sheet.write(
        "Schedule M, Bequests, etc., to Surviving Spouse", given(marital_deduction, "marital deduction"), "IRC 2056"
    )
    deductions = sheet.write(
        "Tentative total allowable deductions",
        given(allowed.expenses, "schedules J, K and L") + given(allowed.charity, "schedule O") + marital,
        "IRC 2051",
        kind="subtotal",
    )
    before = sheet.write("Tentative taxable estate", schedules.counted - deductions, "IRC 2051")
    state = sheet.write("State death tax deduction", given(deducted, "state death tax paid"), "IRC 2058")
    sheet.write("Taxable estate, carried to the tax computation", before - state, "IRC 2051", kind="result")


def schedules_result(schedules: Schedules) -> dict[str, Any]:
    """Return the named figures of the schedules."""
    gross = schedules.gross
    return {
        "schedules": dict(gross.by_schedule),
        "assets": [
            {
                "name": entry.asset.name,
                "schedule": entry.schedule,
                "value": entry.asset.value,
                "percent_included": entry.ruling.percent,
                "included": entry.included.amount,
                "reason": entry.ruling.reason,
                "citations": list(entry.ruling.citations),
            }
            for entry in gross.entries
        ],
        "conservation_easement_exclusion": sum(schedules.excluded.values(), ZERO),
        "mortgages_and_liens": gross.debt,
        "expenses_and_debts_allowed": schedules.allowed.expenses,
    }
