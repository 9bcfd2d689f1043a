"""IRC 2031 to 2042: every asset on its schedule of Form 706, with what the gross estate includes of it.

The kind of asset and the title decide the schedule: A to C and F for what the
decedent owned (2033) and for a marital trust that an earlier estate deducted
(2044), D insurance on the decedent's life, E survivorship property, G transfers
in life, H powers of appointment, I annuities. The order in which assets are
named changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.inclusion import HUNDRED, Inclusion, Ruling, Undecided, whole
from planning.engine.rules.s2035_three_years import GiftTaxPaid, gift_tax_inclusion
from planning.engine.rules.s2036_retained_interests import Transfer, retained_inclusion
from planning.engine.rules.s2039_annuities import annuity_inclusion
from planning.engine.rules.s2040_joint_property import (
    SPOUSES,
    JointTitle,
    common_ownership_inclusion,
    community_property_inclusion,
    survivorship_inclusion,
)
from planning.engine.rules.s2041_powers import Lapse, Power, lapsed_percent, power_inclusion
from planning.engine.rules.s2042_insurance import Policy, insurance_inclusion
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, total

Kind = Literal[
    "real_estate",
    "stock",
    "bond",
    "mutual_fund",
    "note",
    "cash",
    "bank_account",
    "brokerage_cash",
    "life_insurance",
    "insurance_on_another_life",
    "annuity",
    "retirement_account",
    "tangible_property",
    "partnership_interest",
    "business_interest",
    "trust_interest",
    "earlier_marital_trust",
    "other",
    "transfer",
    "gift_tax_paid",
    "power_of_appointment",
]
Title = Literal["sole"] | JointTitle
Schedule = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I"]
PassesTo = Literal["spouse", "qdot", "charity", "others"]

# Form 706, recapitulation: items 1 to 9 in the order of the form, with its names.
SCHEDULES: Mapping[Schedule, tuple[str, str]] = {
    "A": ("Real Estate", "IRC 2033"),
    "B": ("Stocks and Bonds", "IRC 2033"),
    "C": ("Mortgages, Notes, and Cash", "IRC 2033"),
    "D": ("Insurance on the Decedent's Life", "IRC 2042"),
    "E": ("Jointly Owned Property", "IRC 2040"),
    "F": ("Other Miscellaneous Property", "IRC 2033, 2044"),
    "G": ("Transfers During Decedent's Life", "IRC 2035, 2036, 2037, 2038"),
    "H": ("Powers of Appointment", "IRC 2041"),
    "I": ("Annuities", "IRC 2039"),
}
OWN_SCHEDULE: Mapping[Kind, Schedule] = {
    "real_estate": "A",
    "stock": "B",
    "bond": "B",
    "mutual_fund": "B",
    "note": "C",
    "cash": "C",
    "bank_account": "C",
    "brokerage_cash": "C",
}
SPECIAL_SCHEDULE: Mapping[Kind, Schedule] = {
    "life_insurance": "D",
    "transfer": "G",
    "gift_tax_paid": "G",
    "power_of_appointment": "H",
    "annuity": "I",
    "retirement_account": "I",
}
SURVIVORSHIP: frozenset[Title] = frozenset({"joint_tenants_with_survivorship", "tenants_by_entirety"})


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset in USD with the facts its schedule asks for; None means not known.

    `percent` is the decedent's share in common ownership; `survivor_percent`
    the surviving owner's share of the consideration; `consideration` what was
    paid for a transfer in life (2043).
    """

    name: str
    kind: Kind
    value: Decimal
    title: Title = "sole"
    percent: Decimal | None = None
    owners: int = SPOUSES
    with_spouse: bool | None = True
    survivor_percent: Decimal | None = None
    gift_or_inheritance: bool = False
    debt: Decimal = ZERO
    personally_liable: bool = True
    policy: Policy | None = None
    transfer: Transfer | None = None
    consideration: Decimal = ZERO
    gift_tax: GiftTaxPaid | None = None
    power: Power | None = None
    percent_subject: Decimal = HUNDRED
    lapses: Sequence[Lapse] = ()
    # Whether the decedent kept, in what lapsed, an interest that 2036 to 2038 would catch in a transfer.
    lapse_interest_kept: bool | None = None
    payable_to_survivor: bool | None = None
    paid_by_decedent: Decimal | None = HUNDRED
    paid_by_employer: Decimal | None = None
    passes_to: PassesTo | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An asset on its schedule: the ruling, what is included and which part of its debt may be deducted, USD."""

    asset: Asset
    schedule: Schedule
    ruling: Inclusion
    included: Figure
    debt: Decimal

    @property
    def net(self) -> Decimal:
        """What passes of it: the included value less the debt on that part. IRC 2056(b)(4)(B)."""
        return max(ZERO, self.included.amount - self.debt)


def schedule_of(asset: Asset) -> Schedule:
    """Return the schedule of Form 706 on which the asset belongs."""
    if asset.kind in SPECIAL_SCHEDULE:
        return SPECIAL_SCHEDULE[asset.kind]
    if asset.title in SURVIVORSHIP:
        return "E"
    return OWN_SCHEDULE.get(asset.kind, "F")


def ruling_of(asset: Asset, *, date_of_death: date | None, spouse_counts_as_citizen: bool | None) -> Ruling:
    """Return what the gross estate includes of `asset`, or the facts that are missing for it."""
    ruling = _special(asset, date_of_death)
    if asset.title == "community_property":
        return _half(ruling)
    if ruling is not None:
        return ruling
    if asset.title in SURVIVORSHIP:
        return _survivorship(asset, spouse_counts_as_citizen=spouse_counts_as_citizen)
    if asset.title == "tenants_in_common":
        return (
            Undecided(("decedent_share_percent",))
            if asset.percent is None
            else common_ownership_inclusion(asset.percent)
        )
    return whole("owned by the decedent", "IRC 2033")


def _special(asset: Asset, date_of_death: date | None) -> Ruling | None:
    """Return the ruling of a kind with a section of its own, None for what is simply owned."""
    match asset.kind:
        case "life_insurance":
            return insurance_inclusion(asset.policy or Policy(None, None), date_of_death)
        case "transfer":
            return retained_inclusion(asset.transfer or Transfer(None), date_of_death)
        case "gift_tax_paid":
            return _gift_tax(asset, date_of_death)
        case "power_of_appointment":
            return _power(asset)
        case "annuity" | "retirement_account":
            return annuity_inclusion(
                payable_to_survivor=asset.payable_to_survivor,
                decedent_percent=asset.paid_by_decedent,
                employer_percent=asset.paid_by_employer,
            )
        case "earlier_marital_trust":
            return whole("an earlier estate deducted it as qualified terminable interest property", "IRC 2044(a)-(c)")
    return None


def _gift_tax(asset: Asset, date_of_death: date | None) -> Ruling:
    if asset.gift_tax is None or date_of_death is None:
        known = {"gift_on": asset.gift_tax, "date_of_death": date_of_death}
        return Undecided(tuple(name for name, value in known.items() if value is None))
    return gift_tax_inclusion(asset.gift_tax, date_of_death)


def _power(asset: Asset) -> Ruling:
    subject = power_inclusion(asset.power or Power(None), percent_subject=asset.percent_subject)
    lapsed = lapsed_percent(asset.lapses)
    if isinstance(subject, Undecided) or "IRC 2041(a)(2)" not in subject.citations or not lapsed:
        return subject
    if asset.lapse_interest_kept is None:
        return Undecided(("lapse_interest_kept",))
    if not asset.lapse_interest_kept:
        return subject
    # What lapsed is a part of the trust of its own; only the rest is still under the power.
    together = subject.percent + lapsed * (HUNDRED - subject.percent) / HUNDRED
    return Inclusion(together, f"{subject.reason}, earlier lapses counted", (*subject.citations, "IRC 2041(b)(2)"))


def _half(ruling: Ruling | None) -> Ruling:
    """Return the decedent's half of community property, of what the asset's own section includes."""
    half = community_property_inclusion()
    if ruling is None:
        return half
    if isinstance(ruling, Undecided):
        return ruling
    return Inclusion(
        ruling.percent * half.percent / HUNDRED,
        f"{ruling.reason}, {half.reason}",
        (*ruling.citations, *half.citations),
    )


def _survivorship(asset: Asset, *, spouse_counts_as_citizen: bool | None) -> Ruling:
    if asset.with_spouse is None:
        return Undecided(("other_owner_is_spouse",))
    if asset.with_spouse and spouse_counts_as_citizen is None:
        return Undecided(("spouse_is_us_citizen",))
    return survivorship_inclusion(
        spouse_is_us_citizen=bool(asset.with_spouse and spouse_counts_as_citizen),
        spouse_contribution_percent=asset.survivor_percent,
        acquired_by_gift_or_inheritance=asset.gift_or_inheritance,
        owners=asset.owners,
    )


def entry_of(asset: Asset, ruling: Inclusion) -> Entry:
    """Return the asset on its schedule.

    Where the decedent is personally liable the whole value is entered and the
    debt deducted; otherwise only what the property is worth above it.
    IRC 2053(a)(4); Treas. Reg. 20.2053-7. Consideration received for a transfer
    comes off: IRC 2043(a).
    """
    value = given(asset.value, "its value")
    if asset.debt and not asset.personally_liable:
        value = at_least_zero(value - given(asset.debt, "debt without personal liability"))
    included = ruling.of(value)
    if asset.consideration:
        included = at_least_zero(included - given(asset.consideration, "what was paid for it (IRC 2043(a))"))
    debt = asset.debt * ruling.percent / HUNDRED if asset.personally_liable else ZERO
    return Entry(asset, schedule_of(asset), ruling, included, debt)


@dataclass(frozen=True, slots=True)
class GrossEstate:
    """The schedules added up, USD: `total` is the line of the form."""

    by_schedule: Mapping[Schedule, Decimal]
    total: Figure
    entries: tuple[Entry, ...]

    @property
    def debt(self) -> Decimal:
        """Mortgages and liens on the property entered at its whole value, USD. IRC 2053(a)(4)."""
        return sum((entry.debt for entry in self.entries), ZERO)

    def passing_to(self, whom: PassesTo) -> Decimal:
        """What passes to `whom`, net of the debt on it, USD."""
        return sum((entry.net for entry in self.entries if goes_to(entry.asset) == whom), ZERO)


def goes_to(asset: Asset) -> PassesTo | None:
    """Return who gets the asset: as stated, and the surviving spouse for survivorship property of the spouses."""
    if asset.passes_to is None and asset.title in SURVIVORSHIP and asset.with_spouse:
        return "spouse"
    return asset.passes_to


def write_gross_estate(sheet: Worksheet, entries: Iterable[Entry]) -> GrossEstate:
    """Write items 1 to 9 of the recapitulation, each asset under its schedule, and the total gross estate, USD.

    IRC 2031; Form 706, recapitulation.
    """
    ordered = sorted(entries, key=lambda entry: (entry.asset.name, entry.asset.kind, entry.asset.value))
    lines: list[Figure] = []
    by_schedule: dict[Schedule, Decimal] = {}
    for item, (schedule, (title, authority)) in enumerate(SCHEDULES.items(), start=1):
        on_it = [entry for entry in ordered if entry.schedule == schedule]
        amount = sum((entry.included.amount for entry in on_it), ZERO)
        by_schedule[schedule] = amount
        words = "total of what follows" if on_it else "nothing on this schedule"
        lines.append(
            sheet.write(f"Item {item}. Schedule {schedule}, {title}", Figure(amount, words), authority, kind="subtotal")
        )
        for entry in on_it:
            label = entry.asset.name
            sheet.write(f"{schedule}: {label}", entry.included, *entry.ruling.citations)
    gross = sheet.write("Total gross estate", total(lines), "IRC 2031", kind="result")
    return GrossEstate(by_schedule, gross, tuple(ordered))
