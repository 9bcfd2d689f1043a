"""IRC 2056A(b)(12); Treas. Reg. 20.2056A-10: the spouse of a QDOT becomes a citizen, and the tax ends.

Three ways, any one of them: resident here all the time since the death; no tax
was imposed before; or the spouse takes the taxed distributions over as own
taxable gifts, with the first decedent's credit that covered a part of them as
own credit used. The US Trustee certifies it on a final Form 706-QDT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.three_valued import all_of, any_of
from planning.engine.worksheet import ZERO, to_cents

Way = Literal["A", "B", "C"]
NoticeState = Literal["filed_in_time", "filed_late", "relief_granted", "not_filed", "open"]
CITATIONS: dict[Way, tuple[str, ...]] = {
    "A": ("IRC 2056A(b)(12)(A)",),
    "B": ("IRC 2056A(b)(12)(B)",),
    "C": ("IRC 2056A(b)(12)(C)", "Form 706-QDT Part II line 4"),
}
NOTICE = ("Treas. Reg. 20.2056A-10(a)(2)", "Form 706-QDT")
LATE_RELIEF = ("Treas. Reg. 301.9100-3",)


@dataclass(frozen=True, slots=True)
class TaxedDistribution:
    """One lifetime distribution before the oath, USD: the amount, the tax imposed, and the credit that reduced it."""

    amount: Decimal
    tax: Decimal
    credit: Decimal


def resident_throughout(*, resident_all_times: bool | None) -> bool | None:
    """Return whether way A is open: domiciled here at all times from the death to the oath."""
    return resident_all_times


def nothing_taxed_before(tax_before: Decimal | None) -> bool | None:
    """Return whether way B is open: no tax (USD) was imposed on a distribution before the oath. Residence is no bar."""
    return None if tax_before is None else tax_before == ZERO


def taken_over_as_gifts(*, elects: bool | None) -> bool | None:
    """Return whether way C is taken: the spouse's own election."""
    return elects


def ways_open(
    *, resident_all_times: bool | None, tax_before: Decimal | None, elects: bool | None
) -> dict[Way, bool | None]:
    """Return each of the three ways with whether it is met; None is unknown."""
    return {
        "A": resident_throughout(resident_all_times=resident_all_times),
        "B": nothing_taxed_before(tax_before),
        "C": taken_over_as_gifts(elects=elects),
    }


def condition_met(ways: dict[Way, bool | None]) -> bool | None:
    """Return whether any one way is met."""
    return any_of(*ways.values())


def notice_state(*, due: date, extended_due: date | None, filed_on: date | None, relief: bool | None) -> NoticeState:
    """Return how the trustee's notice stands; `extended_due` only where an extension was granted.

    Relief for a late one is by ruling. Treas. Reg. 20.2056A-10(a)(2), 301.9100-3.
    """
    if filed_on is None:
        return "relief_granted" if relief else "open"
    if filed_on <= (extended_due or due):
        return "filed_in_time"
    return "relief_granted" if relief else "filed_late"


def tax_ends(*, is_citizen: bool | None, condition: bool | None, notice: NoticeState) -> bool | None:
    """Return whether no 2056A tax falls on anything after the oath: distributions, and the trust at the death.

    A notice that is still to be filed is counted on; one that missed its day is not.
    """
    return all_of(is_citizen, condition, notice not in ("filed_late", "not_filed"))


def credit_used(base: QdotBase, added: Decimal) -> Decimal:
    """Return the 2010 credit (USD) the first decedent's estate uses if its taxable estate is larger by `added`."""
    tentative = base.rate_table.tax(base.taxable_estate + base.adjusted_taxable_gifts + added)
    full = base.rate_table.tax(base.applicable_exclusion_amount)
    return min(full, max(ZERO, tentative - base.gift_tax_payable))


def tax_and_credit(base: QdotBase, amounts: Sequence[Decimal]) -> list[TaxedDistribution]:
    """Return each distribution (USD, in order of time) with its tax and with what the first decedent's credit took off.

    IRC 2056A(b)(2)(A), (b)(12)(C)(ii).
    """
    found: list[TaxedDistribution] = []
    prior = ZERO
    for amount in amounts:
        credit = credit_used(base, prior + amount) - credit_used(base, prior)
        found.append(TaxedDistribution(amount, to_cents(base.tax(prior, amount)), to_cents(credit)))
        prior += amount
    return found


def becomes_own_gifts(distributions: Sequence[TaxedDistribution]) -> Decimal:
    """Return the taxable gifts (USD) way C makes: every distribution on which tax was imposed. (b)(12)(C)(i)."""
    return sum((one.amount for one in distributions if one.tax > ZERO), ZERO)


def counts_as_credit_used(distributions: Sequence[TaxedDistribution]) -> Decimal:
    """Return the credit (USD) that counts as the spouse's own under 2505: what reduced tax imposed. (b)(12)(C)(ii)."""
    return sum((one.credit for one in distributions if one.tax > ZERO), ZERO)


def tax_comes_back() -> bool:
    """Return whether tax paid before the oath is refunded: never; the law only looks ahead."""
    return False


def security_ends(*, ended: bool | None) -> bool | None:
    """Return whether bond, letter of credit, statements and US Trustee are no longer asked for."""
    return ended


def dsue_usable_from(*, ended: bool | None, naturalized_on: date | None) -> date | None:
    """Return the day from which the first decedent's DSUE may be used: the oath, where the tax ends.

    None: it waits for the last taxable event, or the day is not known. Treas. Reg. 20.2010-3(c)(3)(ii).
    """
    return naturalized_on if ended else None
