"""What is assumed about the years ahead: each value with its label, unit and source.

Product defaults stand here once; staff, the firm or a client's answer replace
them. `None` means that nobody knows and nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.facts import Couple, Person, Spouse, is_us_citizen
from planning.engine.mortality import LifeTable
from planning.engine.rules.naturalization_timeline import ProcessingTimes
from planning.engine.rules.s2044_survivors_estate import QdotForm

Source = Literal["product default", "firm", "staff", "client", "life table", "law"]
Value = Decimal | int | str | None
# Who takes after both deaths, and at the first beside the spouse, seen from whoever dies.
HeirsKind = Literal["children", "siblings", "nieces_nephews", "unrelated", "charity"]
# Whose death a policy pays on; both: the second one.
Insured = Literal["a", "b", "both"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One printed assumption."""

    name: str
    label: str
    value: Value
    unit: str
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The settled values that the projection reads; percentages are percent, money is USD."""

    growth: Decimal
    growth_set_points: Decimal
    qdot_income_yield: Decimal
    qdot_yearly_cost: Decimal
    indexing: Decimal
    years_to_first_death: int | None
    years_to_second_death: int | None
    gift_years: int | None
    bypass_percent: Decimal
    survivor_spending: Decimal | None
    spending_growth: Decimal
    capital_gains_rate: Decimal
    chance_gift_sold: Decimal
    basis_share_of_gifts: Decimal | None
    administration_expenses: Decimal
    closeness_tolerance: Decimal
    # Months from filing Form N-400 to the oath; None: no processing times are known.
    oath_months_earliest: Decimal | None
    oath_months_likely: Decimal | None
    oath_months_latest: Decimal | None
    survivor_us_situs_share: Decimal
    qdot_us_situs_share: Decimal
    survivor_leaves_us: bool
    state_accepts_qdot: bool
    treaty_confirmed: bool
    qdot_form: QdotForm
    heirs: HeirsKind | None
    number_of_heirs: int | None
    ranking_order: Spouse
    gift_donor: Spouse
    # A policy an insurance trust would buy: what it pays, its premium at the start of every year (USD), whose death.
    insurance_trust_death_benefit: Decimal | None
    insurance_trust_yearly_premium: Decimal | None
    insurance_trust_insured: Insured | None
    # Beneficiaries who may withdraw what is put into the trust, the spouse not counted.
    insurance_trust_beneficiaries: int
    # Who pays the premiums while both live: the wealthier spouse.
    insurance_trust_payer: Spouse


# name -> (label, unit, product default). Years and the order have no fixed default.
DEFAULTS: dict[str, tuple[str, str, str]] = {
    "growth": ("Growth of every asset, net of cost", "percent a year", "5.0"),
    "growth_set_points": ("Two growth sets beside the base, so far below and above it", "points", "2"),
    "qdot_income_yield": ("Income a QDOT pays out", "percent of its value a year", "2.0"),
    "qdot_yearly_cost": ("Yearly cost of a QDOT", "percent of its value a year", "0.4"),
    "indexing": ("Growth of law amounts after the last published year", "percent a year", "2.0"),
    "spending_growth": ("Growth of the survivor's spending", "percent a year", "0"),
    "capital_gains_rate": ("Income tax on capital gains", "percent", "23.8"),
    "chance_gift_sold": ("Chance that a gifted asset is sold before the recipient dies", "percent", "0"),
    "bypass_percent": ("Part that a bypass trust takes of the exclusion left at the first death", "percent", "100"),
    "administration_expenses": ("Administration expenses at each death", "USD", "0"),
    "closeness_tolerance": ("Options this near to one another count as close", "percent of family wealth", "1.0"),
    "survivor_us_situs_share": (
        "US-situs part of the own property of a survivor who dies domiciled abroad",
        "percent",
        "0",
    ),
    "qdot_us_situs_share": ("US-situs part of the QDOT of a survivor who dies domiciled abroad", "percent", "100"),
}
HEIRS: dict[str, HeirsKind] = {
    "children": "children",
    "siblings": "siblings",
    "nieces_nephews": "nieces_nephews",
    "unrelated": "unrelated",
    "charity": "charity",
}
INSURED: dict[str, Insured] = {"a": "a", "b": "b", "both": "both"}
QDOT_FORMS: dict[str, QdotForm] = {"qtip": "qtip", "general_power": "general_power", "estate_trust": "estate_trust"}
LABELS: dict[str, tuple[str, str]] = {name: (label, unit) for name, (label, unit, _) in DEFAULTS.items()} | {
    "years_to_first_death": ("Years to the first death", "years"),
    "years_to_second_death": ("Years to the second death", "years"),
    "gift_years": ("Years in which a gift is made", "years"),
    "survivor_spending": ("What the survivor spends", "USD a year"),
    "basis_share_of_gifts": ("Cost of the assets given, as a share of their value", "percent"),
    "ranking_order": ("Who dies first in the order that ranks", "spouse"),
    "survivor_leaves_us": ("A survivor who is not a US citizen dies domiciled abroad", ""),
    "state_accepts_qdot": ("A state whose answer is not settled accepts a QDOT election of its own", ""),
    "treaty_confirmed": ("The attorney confirms that the treaty's relief may be relied on", ""),
    "qdot_form": ("Form of the QDOT", ""),
    "heirs": ("Who takes after both deaths, and at the first beside the spouse", ""),
    "number_of_heirs": ("Number of heirs", "in equal shares"),
    "insurance_trust_death_benefit": ("Death benefit of a new policy of an insurance trust", "USD"),
    "insurance_trust_yearly_premium": ("Premium of that policy, at the start of every year", "USD a year"),
    "insurance_trust_insured": ("Whose death that policy pays on", "spouse"),
    "insurance_trust_beneficiaries": (
        "Beneficiaries of the insurance trust who may withdraw what is put in, the spouse not counted",
        "people",
    ),
}
# The middle one is the time that the couple's expected day answers to.
OATH_MONTHS = ("oath_months_earliest", "oath_months_likely", "oath_months_latest")
LABELS |= {
    name: (f"Time from filing Form N-400 to the oath, {word}", "months")
    for name, word in zip(OATH_MONTHS, ("earliest", "likely", "latest"), strict=True)
}
LONGEST_GIFT_PROGRAMME = 10


def default_first_to_die(couple: Couple, wealth: Mapping[Spouse, Decimal]) -> tuple[Spouse, str]:
    """Return who dies first in the order that ranks, and why.

    The spouse who is a citizen, if only one is; otherwise the wealthier one (a on a tie).
    """
    a, b = is_us_citizen(couple.a) is True, is_us_citizen(couple.b) is True
    if a != b:
        return ("a" if a else "b"), "the spouse who is a US citizen"
    return ("a" if wealth["a"] >= wealth["b"] else "b"), "the wealthier spouse"


def default_gift_donor(couple: Couple, wealth: Mapping[Spouse, Decimal]) -> Spouse:
    """Return who would give: toward the spouse who is not a citizen, else from the wealthier one."""
    return default_first_to_die(couple, wealth)[0]


class _Settling:
    """Settles values one by one and keeps what is printed of each."""

    def __init__(self, given: Mapping[str, Value], sources: Mapping[str, Source]) -> None:
        self.given, self.sources = given, sources
        self.printed: list[Assumption] = []

    def note(self, name: str, value: Value, source: Source, text: str = "") -> None:
        """Print one assumption."""
        label, unit = LABELS[name]
        self.printed.append(Assumption(name, label, value, unit, source, text))

    def of_assets(self, couple: Couple) -> None:
        """Print what is assumed of one asset alone."""
        for index, asset in enumerate(couple.assets or ()):
            for name, words in (("growth", "Growth"), ("income_yield", "Of that, income paid out by")):
                value: Decimal | None = getattr(asset, name)
                if value is not None:
                    label = f"{words} {'of ' if name == 'growth' else ''}{asset.name}"
                    self.printed.append(Assumption(f"assets[{index}].{name}", label, value, "percent a year", "staff"))

    def source(self, name: str) -> Source:
        """Return who set a value."""
        return self.sources.get(name, "staff")

    def number(self, name: str) -> Decimal:
        """Settle a number that has a product default."""
        value = self.given.get(name)
        settled = Decimal(DEFAULTS[name][2] if value is None else value)
        self.note(name, settled, "product default" if value is None else self.source(name))
        return settled

    def word(self, name: str, default: str) -> str:
        """Settle a value that is chosen from words."""
        value = self.given.get(name)
        self.note(name, value or default, "product default" if value is None else self.source(name))
        return str(value or default)

    def order(self, couple: Couple, wealth: Mapping[Spouse, Decimal]) -> Spouse:
        """Settle who dies first in the order that ranks."""
        order, why = default_first_to_die(couple, wealth)
        stated = self.given.get("ranking_order")
        if stated not in ("a", "b"):
            self.note("ranking_order", order, "product default", why)
            return order
        order = "a" if stated == "a" else "b"
        self.note("ranking_order", order, self.source("ranking_order"))
        return order

    def gift_years(self, first: int | None) -> int | None:
        """Settle the years of gifts; they end at the first death."""
        stated = self.given.get("gift_years")
        if stated is None:
            programme = None if first is None else min(LONGEST_GIFT_PROGRAMME, first)
            text = "ten years, or fewer if the first death comes before"
            self.note("gift_years", programme, "product default", text)
            return programme
        years = int(stated)
        if first is not None and years > first:
            self.note("gift_years", first, self.source("gift_years"), "shortened: gifts end at the first death")
            return first
        self.note("gift_years", years, self.source("gift_years"))
        return years

    def heirs(self) -> tuple[HeirsKind | None, int | None]:
        """Settle who the heirs are and how many; None where nobody knows."""
        stated = self.given.get("heirs")
        unknown = "not known: inheritance taxes of states are left open where they would tax children"
        source = "product default" if stated is None else self.source("heirs")
        self.note("heirs", stated, source, unknown if stated is None else "seen from whoever dies; all grown up")
        number = self.given.get("number_of_heirs")
        count = None if number is None else int(number)
        source = "product default" if count is None else self.source("number_of_heirs")
        self.note("number_of_heirs", count, source, "not known" if count is None else "")
        return None if stated is None else HEIRS[str(stated)], count

    def oath_months(self, times: ProcessingTimes | None) -> dict[str, Decimal | None]:
        """Settle the times to the oath, in order; None where none are known."""
        on_file = (None, None, None) if times is None else (times.low, times.base, times.high)
        words = "not known: the oath is taken to come on the day expected"
        if times is not None:
            words = f"{times.source}, as of {times.as_of.isoformat()}"
        found: dict[str, Decimal | None] = {}
        for name, default in zip(OATH_MONTHS, on_file, strict=True):
            stated = self.given.get(name)
            found[name] = default if stated is None else Decimal(stated)
        earliest, likely, latest = found.values()
        if earliest is not None and likely is not None and latest is not None:
            found |= {OATH_MONTHS[0]: min(earliest, likely), OATH_MONTHS[2]: max(likely, latest)}
        for name, settled in found.items():
            stated = self.given.get(name)
            if stated is None:
                self.note(name, settled, "product default", words)
            else:
                moved = "" if settled == Decimal(stated) else "moved to the likely time, which lies beyond it"
                self.note(name, settled, self.source(name), moved)
        return found

    def new_policy(self) -> tuple[Decimal | None, Decimal | None, Insured | None]:
        """Settle the policy an insurance trust would buy; no amount is put where none is stated."""
        benefit, premium = (self.amount(f"insurance_trust_{name}") for name in ("death_benefit", "yearly_premium"))
        insured = self.given.get("insurance_trust_insured")
        if insured is not None:
            text = "it pays at the second death" if insured == "both" else ""
            self.note("insurance_trust_insured", insured, self.source("insurance_trust_insured"), text)
        return benefit, premium, None if insured is None else INSURED[str(insured)]

    def amount(self, name: str) -> Decimal | None:
        """Settle an amount that has no default; it is printed only where it is stated."""
        value = self.given.get(name)
        if value is None:
            return None
        self.note(name, Decimal(value), self.source(name))
        return Decimal(value)

    def beneficiaries(self, *, is_open: bool) -> int:
        """Settle how many may withdraw what is put into an insurance trust; printed where there may be one."""
        value = self.given.get("insurance_trust_beneficiaries")
        if value is None:
            if is_open:
                text = "nobody stated: all that is put in counts as a taxable gift"
                self.note("insurance_trust_beneficiaries", 0, "product default", text)
            return 0
        self.note("insurance_trust_beneficiaries", int(value), self.source("insurance_trust_beneficiaries"))
        return int(value)

    def spending(self, couple: Couple) -> Decimal | None:
        """Settle what the survivor spends in a year; None where nobody knows."""
        stated = self.given.get("survivor_spending")
        if stated is not None:
            self.note("survivor_spending", Decimal(stated), self.source("survivor_spending"))
            return Decimal(stated)
        known = couple.survivor_spending is not None
        unknown = "" if known else "not known: worked out without spending and without principal"
        self.note("survivor_spending", couple.survivor_spending, "client", unknown)
        return couple.survivor_spending


def settle(
    couple: Couple,
    given: Mapping[str, Value],
    *,
    sources: Mapping[str, Source],
    life_table: LifeTable,
    wealth: Mapping[Spouse, Decimal],
    as_of: date,
    processing: ProcessingTimes | None = None,
) -> tuple[Assumptions, list[Assumption]]:
    """Return the settled assumptions and their printed list.

    `given` holds the values set by firm or staff (absent or None: product
    default); `sources` says by whom; `processing` the times from filing to the
    oath on file (None: none are known, and the oath is not drawn). Years are None where a date of birth is
    missing and nobody set them.
    """
    settling = _Settling(given, sources)
    numbers = {name: settling.number(name) for name in DEFAULTS}
    order = settling.order(couple, wealth)
    first, second = _years(couple, given, life_table, as_of)
    table_note = f"{life_table.name}; a period table, it ignores that mortality may improve"
    for name, years in (("years_to_first_death", first), ("years_to_second_death", second)):
        from_table = given.get(name) is None
        source = "life table" if from_table else settling.source(name)
        settling.note(name, years, source, table_note if from_table else "")
    settling.of_assets(couple)
    gift_years = settling.gift_years(first)
    survivor_spending = settling.spending(couple)
    heirs, number_of_heirs = settling.heirs()
    benefit, premium, insured = settling.new_policy()
    beneficiaries = settling.beneficiaries(
        is_open=any(asset.kind == "life_insurance" for asset in couple.assets or ())
        or (benefit, premium, insured) != (None, None, None)
    )
    basis = given.get("basis_share_of_gifts")
    basis_share = None if basis is None else Decimal(basis)
    settling.note(
        "basis_share_of_gifts",
        basis_share,
        "product default" if basis is None else settling.source("basis_share_of_gifts"),
        "not known: the lost basis step-up is not worked out" if basis is None and numbers["chance_gift_sold"] else "",
    )
    months = settling.oath_months(processing)
    settled = Assumptions(
        **numbers,
        oath_months_earliest=months[OATH_MONTHS[0]],
        oath_months_likely=months[OATH_MONTHS[1]],
        oath_months_latest=months[OATH_MONTHS[2]],
        survivor_leaves_us=settling.word("survivor_leaves_us", "no") == "yes",
        state_accepts_qdot=settling.word("state_accepts_qdot", "no") == "yes",
        treaty_confirmed=settling.word("treaty_confirmed", "no") == "yes",
        qdot_form=QDOT_FORMS[settling.word("qdot_form", "qtip")],
        heirs=heirs,
        number_of_heirs=number_of_heirs,
        ranking_order=order,
        gift_donor=default_gift_donor(couple, wealth),
        years_to_first_death=first,
        years_to_second_death=second,
        gift_years=gift_years,
        survivor_spending=survivor_spending,
        basis_share_of_gifts=basis_share,
        insurance_trust_death_benefit=benefit,
        insurance_trust_yearly_premium=premium,
        insurance_trust_insured=insured,
        insurance_trust_beneficiaries=beneficiaries,
        insurance_trust_payer="a" if wealth["a"] >= wealth["b"] else "b",
    )
    return settled, settling.printed


def _years(
    couple: Couple, given: Mapping[str, Value], life_table: LifeTable, as_of: date
) -> tuple[int | None, int | None]:
    """Return whole years to the first and to the second death; the second comes at least a year later."""

    def expected(person: Person) -> int | None:
        if person.date_of_birth is None:
            return None
        return life_table.whole_years(person.date_of_birth, person.sex, as_of)

    lives = [expected(couple.a), expected(couple.b)]
    known = [years for years in lives if years is not None]
    both = known if len(known) == len(lives) else None
    first_given, second_given = given.get("years_to_first_death"), given.get("years_to_second_death")
    first = int(first_given) if first_given is not None else (min(both) if both else None)
    second = int(second_given) if second_given is not None else (max(both) if both else None)
    if first is not None and second is not None and second <= first:
        if second_given is None:
            second = first + 1
        elif first_given is None:
            first = max(0, second - 1)
    return first, second
