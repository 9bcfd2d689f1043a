"""IRC 2056A(b)(3), (15); Treas. Reg. 20.2056A-5(c): what a QDOT may pay out without the 2056A tax.

Income to the spouse; principal for hardship, an immediate and substantial need
that no reasonably available source meets; expenses and taxes of the trust; what
is sold for its full worth; and the spouse's income tax on what the spouse does
not get.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s2056a_events import exempt_reimbursement
from planning.engine.rules.three_valued import all_of, any_of, opposite
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, smaller_of

NeedFor = Literal["health", "maintenance", "education", "support", "other"]
Person = Literal["spouse", "legally_supported", "other"]
SourceKind = Literal[
    "publicly_traded_stock",
    "certificate_of_deposit",
    "cash",
    "marketable_bonds",
    "closely_held_business",
    "real_estate",
    "tangible_personalty",
    "other",
]
Item = Literal[
    "accounting_income",
    "capital_gain",
    "income_in_respect_of_decedent",
    "corpus_under_local_law",
    "unitrust_or_adjustment",
]
HARDSHIP = ("IRC 2056A(b)(3)(B)", "Treas. Reg. 20.2056A-5(c)(1)")
INCOME = ("IRC 2056A(b)(3)(A)", "IRC 643(b)", "Treas. Reg. 20.2056A-5(c)(2)")
EXPENSES = ("Treas. Reg. 20.2056A-5(c)(3)(i)",)
OTHER_TAXES = ("Treas. Reg. 20.2056A-5(c)(3)(ii)",)
FULL_VALUE = ("Treas. Reg. 20.2056A-5(c)(3)(iii)",)
REIMBURSEMENT = ("IRC 2056A(b)(15)", "Treas. Reg. 20.2056A-5(c)(3)(iv)")
SEVERAL_QDOTS = ("IRC 2056A(b)(2)(C)", "Treas. Reg. 20.2056A-9")
NEEDS: frozenset[NeedFor] = frozenset({"health", "maintenance", "education", "support"})
# The regulation names marketable stock and deposits; money and marketable bonds are nearer still.
AVAILABLE: frozenset[SourceKind] = frozenset(
    {"publicly_traded_stock", "certificate_of_deposit", "cash", "marketable_bonds"}
)
NOT_AVAILABLE: frozenset[SourceKind] = frozenset({"closely_held_business", "real_estate", "tangible_personalty"})


# What other sources pay: all of it, all as is presumed, not known, or a part nobody has measured.
Coverage = Literal["all", "presumed", "unsure", "unmeasured"]


@dataclass(frozen=True, slots=True)
class Source:
    """Something else the spouse could pay from; `value` USD. None is unknown.

    `covers`: whether it is said to be enough by itself. `available` answers for
    a kind the regulation does not name.
    """

    kind: SourceKind
    value: Decimal | None
    covers: bool | None
    available: bool | None


def need_counts(*, need: NeedFor, person: Person, immediate: bool | None, substantial: bool | None) -> bool | None:
    """Return whether the need is of the kind that counts, for a person that counts. Treas. Reg. 20.2056A-5(c)(1)."""
    return all_of(need in NEEDS, person != "other", immediate, substantial)


def reasonably_available(source: Source) -> bool | None:
    """Return whether the spouse can be expected to turn to this source. Treas. Reg. 20.2056A-5(c)(1).

    None for a kind the regulation does not name and nobody has judged.
    """
    if source.kind in AVAILABLE:
        return True
    return False if source.kind in NOT_AVAILABLE else source.available


def covered_by_sources(sources: Sequence[Source]) -> Coverage | Decimal:
    """Return what the available sources pay, USD, or in a word; one of unstated value is presumed to be enough.

    Hardship is the trustee's to show: a source that is named and not measured
    counts against it. One said to fall short needs its value.
    """
    known = [source for source in sources if reasonably_available(source)]
    if any(source.covers for source in known):
        return "all"
    if any(source.covers is None and source.value is None for source in known):
        return "presumed"
    if any(reasonably_available(source) is None for source in sources):
        return "unsure"
    values = [source.value for source in known if source.value is not None]
    return sum(values, ZERO) if len(values) == len(known) else "unmeasured"


def hardship_open(*, number_of_qdots: int, designated_filer: bool | None, paid_to_spouse: bool | None) -> bool | None:
    """Return whether the hardship rule is open at all: paid to the spouse, and one filer where there are several QDOTs.

    IRC 2056A(b)(2)(C), (b)(3)(B).
    """
    return all_of(any_of(number_of_qdots == 1, designated_filer), paid_to_spouse is not False)


def hardship_amount(sheet: Worksheet, *, paid: Figure, need: Figure, other_sources: Figure) -> Figure:
    """Write and return what of a payment (USD) is exempt as hardship: up to the need that other sources leave open.

    The regulation speaks of an amount that may be had elsewhere; where other
    sources meet a part only, the rest is taken as exempt.
    """
    asked = sheet.write("Principal paid out", paid, "IRC 2056A(b)(1)(A)")
    wanted = sheet.write("Immediate and substantial need", need, *HARDSHIP)
    elsewhere = sheet.write("Other sources reasonably available", other_sources, *HARDSHIP)
    open_need = sheet.write("Need that they leave open", at_least_zero(wanted - elsewhere), *HARDSHIP)
    exempt = sheet.write("Exempt as hardship", smaller_of(asked, open_need), *HARDSHIP, kind="subtotal")
    sheet.write("Taxable distribution", asked - exempt, "IRC 2056A(b)(1)(A)", kind="result")
    return exempt


def hardship_is_reported() -> bool:
    """Return whether Form 706-QDT shows a payment for hardship: always, even if it is the only one of the year."""
    return True


def is_income(item: Item, *, local_statute_qualifies: bool | None, capital_gain_in_it: bool | None) -> bool | None:
    """Return whether a payment to the spouse is income. IRC 2056A(b)(3)(A), (c)(2); Treas. Reg. 20.2056A-5(c)(2).

    Never capital gain, income in respect of a decedent, or what local law puts
    in corpus whatever the instrument says. A unitrust amount or an adjustment
    counts if local law meets Treas. Reg. 1.643(b)-1.
    """
    if item == "accounting_income":
        return opposite(bool(capital_gain_in_it))
    return local_statute_qualifies if item == "unitrust_or_adjustment" else False


def expense_exempt(*, ordinary_and_necessary: bool | None) -> bool | None:
    """Return whether an expense of the trust is exempt; a bond premium or letter of credit fee always is one."""
    return ordinary_and_necessary


def tax_exempt(*, is_2056a_tax: bool | None) -> bool | None:
    """Return whether a tax of the trust is paid without tax: any but the 2056A tax itself."""
    return opposite(is_2056a_tax)


def disposition_exempt(*, full_consideration: bool | None) -> bool | None:
    """Return whether a sale, exchange or pledge is no event: it is for full and adequate consideration."""
    return full_consideration


def reimbursement_exempt(sheet: Worksheet, *, paid: Figure, tax_with: Figure, tax_without: Figure) -> Figure:
    """Write and return what of a reimbursement of the spouse's income tax is exempt: tax with the items less without.

    All USD. IRC 2056A(b)(15); Treas. Reg. 20.2056A-5(c)(3)(iv).
    """
    refunded = sheet.write("Reimbursed to the spouse", paid, *REIMBURSEMENT)
    actual = sheet.write("The spouse's income tax with the trust's items", tax_with, *REIMBURSEMENT)
    without = sheet.write("The spouse's income tax without them", tax_without, *REIMBURSEMENT)
    caused = sheet.write("Tax the items cause", at_least_zero(actual - without), *REIMBURSEMENT)
    part = exempt_reimbursement(paid=paid.amount, tax_with_item=tax_with.amount, tax_without_item=tax_without.amount)
    words = f"the smaller of {refunded.how} and {caused.how}"
    exempt = sheet.write("Exempt reimbursement", Figure(part, words), *REIMBURSEMENT, kind="subtotal")
    sheet.write("Taxable distribution", refunded - exempt, "IRC 2056A(b)(1)(A)", kind="result")
    return exempt
