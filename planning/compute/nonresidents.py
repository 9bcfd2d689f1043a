"""Input of `nonresident-estate-tax`, the property in the United States, and the credit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.estates import SECOND_NAMES, schedules_of
from planning.compute.fields import Fraction
from planning.compute.schedules import situs_facts_of
from planning.compute.treaty_facts import TREATY_NAMES, TreatyEstateInput
from planning.engine.law import Law
from planning.engine.rules.inclusion import HUNDRED, Undecided
from planning.engine.rules.nonresident_findings import situs_finding
from planning.engine.rules.s2031_gross_estate import PassesTo, goes_to
from planning.engine.rules.s2101_nonresident import basic_credit, possession_credit
from planning.engine.rules.s2103_us_situs import situs_of
from planning.engine.rules.treaty_conditions import DecedentStatus
from planning.engine.rules.treaty_pro_rata_credit import prorates, treaty_credit
from planning.engine.rules.treaty_situs import exempt_property, land_and_business_only
from planning.engine.treaties import Treaty
from planning.engine.worksheet import ZERO, Figure, Worksheet, given, total
from planning.inputs import Flag, InputError, Money
from planning.treaty_book import treaty_book


class NonresidentInput(TreatyEstateInput):
    """The property in the United States, what is deducted from it, and the credit; USD."""

    second_names: ClassVar = (
        SECOND_NAMES
        | TREATY_NAMES
        | {
            "death_year": "year",
            "us_gross_estate": "gross_estate",
            "us_situs_gross_estate": "gross_estate",
            "us_situs_estate": "gross_estate",
            "us_situs_property": "gross_estate",
            "us_assets": "gross_estate",
            "us_taxable_estate": "taxable_estate",
            "us_situs_taxable_estate": "taxable_estate",
            "worldwide_gross_estate": "worldwide_estate",
            "us_situs_share": "us_share",
            "treaty": "treaty_grants_pro_rata_credit",
            "pro_rata_credit": "treaty_grants_pro_rata_credit",
            "worldwide_disclosed": "worldwide_estate_disclosed",
            "citizen_of_possession": "possession_citizen",
            "us_adjusted_taxable_gifts": "adjusted_taxable_gifts",
            "us_real_estate": "us_real_property_fmv",
            "us_real_property": "us_real_property_fmv",
            "us_house": "us_real_property_fmv",
            "us_stock": "us_stock_fmv",
            "us_shares": "us_stock_fmv",
            "us_business_property": "us_business_property_fmv",
            "us_permanent_establishment_property": "us_business_property_fmv",
        }
    )

    decedent_nonresident_noncitizen: Flag | None = Field(
        None, description="true: the decedent was neither a citizen nor domiciled here (IRC 2101(a))"
    )
    possession_citizen: Flag | None = Field(
        None, description="true: a US citizen only by a possession, and domiciled there (IRC 2209)"
    )
    worldwide_estate: Money | None = Field(
        None, description="Gross estate wherever situated, USD; decides the proportions (IRC 2102(b)(3), 2106(a)(1))"
    )
    us_share: Fraction | None = Field(
        None, description="US-situs share of the worldwide gross estate, from 0 to 1, where only that is known"
    )
    us_real_property_fmv: Money | None = Field(
        None, description="US real property, USD; the US gross estate where nothing else is stated"
    )
    us_tangible_property_fmv: Money | None = Field(None, description="US tangible property, USD; added to the real one")
    us_stock_fmv: Money | None = Field(None, description="Stock of US corporations, USD; added likewise")
    us_business_property_fmv: Money | None = Field(
        None, description="US property of a permanent establishment or business, USD; added likewise"
    )
    us_bank_deposits: Money | None = Field(
        None, description="Deposits with US banks, no US business, USD: not situated here (IRC 2105(b)(1))"
    )
    us_portfolio_debt: Money | None = Field(
        None, description="US bonds whose interest would be free of tax, USD: not situated here (IRC 2105(b)(3))"
    )
    life_insurance_proceeds: Money | None = Field(
        None, description="Insurance on the decedent's own life, USD: not situated here (IRC 2105(a))"
    )
    foreign_property_fmv: Money | None = Field(
        None, description="Everything outside the US, USD; completes the worldwide gross estate"
    )
    worldwide_estate_disclosed: Flag | None = Field(
        None,
        description="Whether the return shows the property outside the US (IRC 2106(b)); null: taken as yes where "
        "worldwide_estate or assets are given",
    )
    treaty_grants_pro_rata_credit: Flag | None = Field(
        None, description="Whether a treaty gives the share of the 2010(c) credit; null: as treaty_country says"
    )
    gift_credit_used: Money | None = Field(
        None, description="Credit of 2505 allowed on the decedent's gifts, USD (IRC 2102(b)(3)(B)); null: none"
    )
    state_taxed_us_property: Money | None = Field(
        None, description="US property on which the state tax was paid, USD (IRC 2106(a)(4)); null: all of it"
    )

    @property
    def situated_here(self) -> Decimal | None:
        """The US gross estate by the kinds of property stated, None where none is stated."""
        parts = [self.land_and_business, self.us_tangible_property_fmv, self.us_stock_fmv]
        return None if not any(part is not None for part in parts) else sum((part or ZERO for part in parts), ZERO)

    @property
    def situated_elsewhere(self) -> Decimal | None:
        """The rest by the kinds stated; None where the property outside the US is not stated."""
        if self.foreign_property_fmv is None:
            return None
        parts = [self.us_bank_deposits, self.us_portfolio_debt, self.life_insurance_proceeds]
        return sum((part or ZERO for part in parts), self.foreign_property_fmv)

    @property
    def land_and_business(self) -> Decimal | None:
        """Real property and business property in the United States, USD; None where neither is stated."""
        parts = [self.us_real_property_fmv, self.us_business_property_fmv]
        return None if not any(part is not None for part in parts) else sum((part or ZERO for part in parts), ZERO)

    @property
    def decedent_status(self) -> DecedentStatus:
        """Neither a citizen nor domiciled here: the rule answers for no one else."""
        return "neither"

    @property
    def treaty(self) -> Treaty | None:
        """The treaty named, or that of the country where the decedent lived, or of the spouses' countries."""
        if self.treaty_country is None and self.decedent_domicile_country is not None:
            lived_in = treaty_book().named(self.decedent_domicile_country)
            if lived_in is not None:
                return lived_in
        return super().treaty

    @property
    def lives_in_treaty_country(self) -> bool:
        """Whether the decedent was at home in the country of the treaty."""
        return self.treaty is not None and bool(self.decedent_party.at_home_in(self.treaty, self.treaty.code))

    @property
    def prorates(self) -> bool:
        """Whether a treaty gives the share of the full credit. IRC 2102(b)(3)(A)."""
        if self.treaty_grants_pro_rata_credit is not None:
            return self.treaty_grants_pro_rata_credit
        if self.day is None:
            return self.treaty is not None and self.treaty.prorates_since is not None
        return self.lives_in_treaty_country and prorates(self.treaty, self.day)

    @property
    def governed_by_2101(self) -> bool | None:
        """Whether the tax of nonresidents applies; None where citizenship or domicile is missing."""
        if self.possession_citizen or self.decedent_nonresident_noncitizen is not None:
            return bool(self.possession_citizen or self.decedent_nonresident_noncitizen)
        if "us" in (self.decedent_citizenship, self.decedent_domicile):
            return False
        return None if None in (self.decedent_citizenship, self.decedent_domicile) else True

    def check(self) -> None:
        """Refuse facts that stand against each other; raises `InputError`."""
        if self.decedent_nonresident_noncitizen and "us" in (self.decedent_citizenship, self.decedent_domicile):
            fault = "stands beside a US citizenship or domicile, expected the two to agree"
            raise InputError([f"decedent_nonresident_noncitizen: {fault}"])
        self.check_treaty()
        if self.gross_estate is not None and self.worldwide_estate is not None:
            self._fits("worldwide_estate", self.worldwide_estate, self.gross_estate)
        if self.gross_estate is not None and self.taxable_estate is not None:
            raise InputError(["taxable_estate: stands beside gross_estate, expected one of the two"])

    @staticmethod
    def _fits(name: str, whole: Decimal, part: Decimal) -> None:
        if whole < part:
            raise InputError([f"{name}: {whole:f} is less than the US part, expected at least {part:f}"])


@dataclass(frozen=True, slots=True)
class Property:
    """The gross estate in the United States and wherever situated (None: not known), USD."""

    us: Decimal | None
    worldwide: Decimal | None
    expenses: Decimal
    outright: Decimal
    qdot: Decimal
    charity: Decimal
    adjusted_taxable_gifts: Decimal
    state_tax: Decimal


def property_of(facts: NonresidentInput, answer: Answer) -> Property | None:
    """Return the US and worldwide gross estate and who gets the US property, or None with the missing facts noted."""
    if facts.assets is not None:
        return _by_assets(facts, answer)
    shares = (facts.passing_to_spouse_outright, facts.passing_to_qdot, facts.passing_to_others)
    us = facts.gross_estate if facts.gross_estate is not None else facts.situated_here
    if us is None and facts.taxable_estate is None and any(share is not None for share in shares):
        us = sum((share or ZERO for share in shares), ZERO) + (facts.charitable_deduction or ZERO)
        answer.warn("gross_estate_from_shares", "The US gross estate is taken as the sum of what passes.")
    if us is None and facts.taxable_estate is None and facts.us_share is None:
        answer.need("gross_estate")
        return None
    outright = facts.passing_to_spouse_outright or (us if facts.all_passes_outright_to_spouse else None) or ZERO
    qdot = facts.passing_to_qdot or (us if facts.all_passes_to_qdot else None) or ZERO
    if us is not None and outright + qdot + (facts.passing_to_others or ZERO) > us:
        fault = f"what passes is more than {us:f}, the US gross estate, expected at most that"
        raise InputError([f"passing_to_spouse_outright: {fault}"])
    worldwide = facts.worldwide_estate
    if worldwide is None and us is not None and facts.situated_elsewhere is not None:
        worldwide = us + facts.situated_elsewhere
    return Property(
        us=us,
        worldwide=worldwide,
        expenses=facts.debts_and_expenses or ZERO,
        outright=outright,
        qdot=qdot,
        charity=facts.charitable_deduction or ZERO,
        adjusted_taxable_gifts=facts.adjusted_taxable_gifts or ZERO,
        state_tax=facts.state_death_tax or ZERO,
    )


def left_to_tax(sheet: Worksheet, facts: NonresidentInput, found: Property, answer: Answer) -> Property:
    """Write what a treaty leaves of the US property to be taxed, and return the property without the rest.

    The worldwide estate stays as it is, and so does what passes to the spouse of the property left.
    """
    rule = land_and_business_only(facts.treaty if facts.lives_in_treaty_country else None, found.worldwide)
    if rule is None or found.us is None:
        return found
    if facts.land_and_business is None:
        answer.warn(
            "treaty_kinds_not_stated",
            "The treaty leaves only land and business property to be taxed here; the kinds of property are not stated "
            "(us_real_property_fmv, us_business_property_fmv, or treaty_exempt of an asset), so all of it is counted.",
            rule.article,
        )
        return found
    land = min(facts.land_and_business, found.us)
    free = exempt_property(found.us, land)
    if not free:
        return found
    us = sheet.write("Gross estate in the United States", given(found.us, "stated"), "IRC 2103")
    exempt = sheet.write(
        "Property that the treaty exempts", given(free, "neither land nor business property"), rule.article
    )
    left = sheet.write("Property left to tax", us - exempt, rule.article, kind="result")
    to_spouse = found.outright + found.qdot
    cut = max(ZERO, to_spouse - left.amount)
    return replace(
        found,
        us=left.amount,
        outright=found.outright - min(cut, found.outright),
        qdot=found.qdot - max(ZERO, cut - found.outright),
    )


def _by_assets(facts: NonresidentInput, answer: Answer) -> Property | None:
    """Write the estate asset by asset, then the part of each that is situated in the United States."""
    found = schedules_of(facts, answer, "Entire gross estate wherever situated, and deductions in full")
    if found is None:
        return None
    sheet = answer.sheet("P-", "Gross estate in the United States (Form 706-NA schedule A)")
    parts: list[Figure] = []
    here: dict[PassesTo, Decimal] = {}
    # Sorted as on the schedules: the order in which assets are given changes nothing.
    for index, (asset, entry) in sorted(enumerate(found.placed), key=lambda item: item[1][1].asset.name):
        if not entry.included.amount:
            continue
        ruling = situs_of(asset.kind, situs_facts_of(asset), facts.day)
        answer.findings.append(situs_finding(entry.asset.name, ruling))
        if isinstance(ruling, Undecided):
            answer.need(*(f"assets[{index}].{name}" for name in ruling.missing))
            continue
        parts.append(sheet.write(f"{entry.asset.name}: situated here", ruling.of(entry.included), *ruling.citations))
        recipient = goes_to(entry.asset)
        if recipient is not None:
            here[recipient] = here.get(recipient, ZERO) + entry.net * ruling.percent / HUNDRED
    if answer.missing:
        return None
    us = sheet.write("Gross estate in the United States", total(parts), "IRC 2103", kind="result")
    stated = {"spouse": facts.passing_to_spouse_outright, "qdot": facts.passing_to_qdot}
    for whom, amount in stated.items():
        if amount is not None and whom in here:
            raise InputError([f"passing_to_{whom}: stands beside assets that pass so, expected one of the two"])
    return Property(
        us=us.amount,
        worldwide=found.gross.total.amount,
        expenses=found.allowed.expenses,
        outright=here.get("spouse", facts.passing_to_spouse_outright or ZERO),
        qdot=here.get("qdot", facts.passing_to_qdot or ZERO),
        charity=here.get("charity", ZERO) + (facts.deductions.charitable or ZERO if facts.deductions else ZERO),
        adjusted_taxable_gifts=found.adjusted_taxable_gifts + (facts.adjusted_taxable_gifts or ZERO),
        state_tax=found.allowed.state_death_tax,
    )


def credit_of(
    sheet: Worksheet, facts: NonresidentInput, found: Property, law: Law, answer: Answer
) -> tuple[Figure, bool]:
    """Write the credit before it is cut to the tax; return it, and whether it is a treaty's."""
    used = None if facts.gift_credit_used is None else given(facts.gift_credit_used, "gift_credit_used")
    shared = facts.prorates or bool(facts.possession_citizen)
    if not shared or facts.worldwide_estate_disclosed is False:
        if shared:
            answer.warn(
                "proration_needs_disclosure",
                "The share of the credit is given only where the return shows the property outside the United States.",
                "IRC 2102(b)(2)-(3)",
                "IRC 6018",
            )
        return basic_credit(sheet, law, used), False
    part, whole_estate = proportion(facts, found)
    if part is None or whole_estate is None:
        answer.need("worldwide_estate")
        return given(ZERO, "not known"), False
    if used is None:
        answer.warn("taken_as_none", "Not stated, taken as none: credit used on gifts.", "IRC 2102(b)(3)(B)")
    work_out = treaty_credit if facts.prorates else possession_credit
    credit = work_out(sheet, law, us_gross_estate=part, worldwide_gross_estate=whole_estate, gift_credit_used=used)
    return credit, facts.prorates


def proportion(facts: NonresidentInput, found: Property) -> tuple[Figure | None, Figure | None]:
    """Return US and worldwide gross estate, or the share over one where only that is stated."""
    if facts.us_share is not None:
        return given(facts.us_share, "us_share"), given(Decimal(1), "the whole")
    us = None if found.us is None else given(found.us, "gross estate in the United States")
    everywhere = None if found.worldwide is None else given(found.worldwide, "worldwide gross estate")
    return us, everywhere
