"""IRC 2056A(b)(2)(B)-(C): when an event is taxed at the highest rate and without credit, and the refund.

Two cases: the first decedent's tax is not finally determined before the event,
which is put right later; and several QDOTs without one designated filer, which
is not. The code does not say what "finally determined" means here; the test of
the security rules is used (Treas. Reg. 20.2056A-2(d)(1)(iii)), an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.rules.s7503_due_dates import IsHoliday, add_months, next_business_day
from planning.engine.worksheet import CENT, ZERO, Figure, Worksheet

MONTHS_TO_CLAIM = 12
DAYS_OF_NOTICE_TO_FILER = 60


def finally_determined_before(
    *, event_day: date | None, event_year: int | None, determined_on: date | None, stated: bool | None
) -> bool:
    """Return whether the first decedent's tax was finally determined before an event.

    `determined_on` decides where it is known; an event known by its year alone
    counts as earlier in the year of the determination. Without a date, `stated`
    decides and unknown is taken as yes, which the caller says in a warning.
    """
    if determined_on is None:
        return stated is not False
    if event_day is not None:
        return event_day >= determined_on
    return event_year is not None and event_year > determined_on.year


def claim_refund_by(determined_on: date, is_holiday: IsHoliday) -> tuple[date, date]:
    """Return the day by the statute and the day after IRC 7503 by which the excess must be claimed.

    One year after the final determination; warn on the first of the two. IRC 2056A(b)(2)(B)(ii).
    """
    statutory = add_months(determined_on, MONTHS_TO_CLAIM)
    return statutory, next_business_day(statutory, is_holiday)


def highest_rate_without_filer(*, number_of_qdots: int, designated_filer: bool) -> bool:
    """Return whether several QDOTs lack a designated filer: highest rate on everything, no hardship exemption.

    IRC 2056A(b)(2)(C); Treas. Reg. 20.2056A-9.
    """
    return number_of_qdots > 1 and not designated_filer


def data_due_to_filer(return_due: date) -> date:
    """Return the day by which every US trustee gives the filer the data: 60 days before the return is due.

    A duty between trustees, so no weekend rule lengthens it. Treas. Reg. 20.2056A-9.
    """
    return return_due - timedelta(days=DAYS_OF_NOTICE_TO_FILER)


def split_by_taxable_amount(tax: Decimal, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the tax (USD, cents) each QDOT bears, in the ratio of its taxable `amounts` (USD).

    The cents that rounding leaves go to the last QDOT. Treas. Reg. 20.2056A-9.
    """
    whole = sum(amounts.values(), ZERO)
    if not whole:
        return dict.fromkeys(amounts, ZERO)
    shares = {name: (tax * amount / whole).quantize(CENT, ROUND_DOWN) for name, amount in amounts.items()}
    shares[list(shares)[-1]] += tax - sum(shares.values(), ZERO)
    return shares


def tax_at_highest_rate(sheet: Worksheet, *, base: QdotBase, amount: Figure) -> Figure:
    """Write the tentative tax at the highest rate of the first decedent's day, without credit, and return it, USD.

    The surtax of 1988-2001 is no part of the rate. IRC 2056A(b)(2)(B)(i), (C).
    """
    return sheet.write(
        "Tentative QDOT tax at the highest rate",
        amount.percent(base.rate_table.top_rate, f"highest rate of {base.year}").cents(),
        "IRC 2056A(b)(2)(B)",
        kind="subtotal",
    )
