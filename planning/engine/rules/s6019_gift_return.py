"""IRC 6019, 6075, 6501: whether a gift tax return is needed, when it is due, and how long it stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.engine.rules.s2503_gift_exclusions import GiftTreatment
from planning.engine.rules.s6075_return_dates import gift_return
from planning.engine.rules.s7503_due_dates import Calendar, add_months

THREE_YEARS, SIX_YEARS = 36, 72
# Gifts left out of the return count as many when they are above this share of those stated. IRC 6501(e)(2).
OMITTED_PERCENT = Decimal(25)


def return_needed(treatments: Iterable[GiftTreatment], *, split: bool, qtip_elected: bool) -> bool:
    """Return whether the donor must file for the year.

    Not for gifts inside an exclusion, for tuition and medical care, or for what is
    deducted without an election. A future interest is never excluded. Splitting and a
    QTIP election are made on a return. IRC 6019, 2513(b), 2523(f)(4).
    """
    taxed = any(found.taxable > 0 or (found.gift.future and not found.gift.deducted) for found in treatments)
    return taxed or split or qtip_elected


@dataclass(frozen=True, slots=True)
class ReturnDates:
    """When the return and the tax of a year's gifts are due."""

    due: date
    with_extension: date
    payment: date


def return_dates(
    calendar: Calendar,
    year: int,
    *,
    donor_death: date | None,
    estate_return_extended: bool,
    estate_return_required: bool | None,
    extended: bool,
) -> ReturnDates:
    """Return the dates of `year`: April 15, six months more with Form 4868 or 8892.

    Where the donor died that year, not later than the estate tax return. Payment is
    not extended. IRC 6075(b), 6081, 6151(a); Treas. Reg. 25.6075-1, 25.6081-1.
    """
    found = gift_return(
        calendar,
        year,
        donor_death=donor_death,
        estate_return_extended=estate_return_extended,
        estate_return_required=estate_return_required,
        extended=extended,
    )
    by_name = {entry.name: entry.due for entry in found}
    return ReturnDates(by_name["form_709_due"], by_name["form_709_extended_due"], by_name["gift_tax_payment_due"])


def assessable_until(
    *, filed_on: date, due: date, adequately_disclosed: bool, omitted: Decimal, stated: Decimal
) -> date | None:
    """Return the last day the tax on a gift can be assessed; None: at any time.

    Three years from filing, six where the gifts left out are above 25% of those
    stated; a return filed early counts from its due date. A gift not shown or not
    adequately disclosed stays open. IRC 6501(a), (b)(1), (c)(9), (e)(2).
    """
    if not adequately_disclosed:
        return None
    months = SIX_YEARS if omitted * 100 > stated * OMITTED_PERCENT else THREE_YEARS
    return add_months(max(filed_on, due), months)
