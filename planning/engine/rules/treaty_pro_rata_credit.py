"""IRC 2102(b)(3): the share of the unified credit that ten treaties give a nonresident noncitizen's estate.

Australia, Canada, Finland, France, Germany, Greece, Italy, Japan, Norway and
Switzerland. The credit is prorated, not the exclusion: US-situs over worldwide
gross estate, property that a treaty exempts not counted as US-situs; never less
than the 13,000; less the credit allowed on gifts. The return shows the worldwide
estate, names the treaty and carries a copy of the foreign return or an inventory.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.law import Law
from planning.engine.rules.s2101_nonresident import NONRESIDENT_CREDIT, less_gift_credit, prorated_credit
from planning.engine.treaties import Treaty
from planning.engine.worksheet import Figure, Worksheet, given, larger_of, to_cents


def prorates(treaty: Treaty | None, on: date) -> bool:
    """Return whether a death `on` that day has the treaty's share of the credit. IRC 2102(b)(3)(A)."""
    return treaty is not None and treaty.prorates(on)


def pro_rata_credit(*, us_gross_estate: Decimal, worldwide_gross_estate: Decimal, law: Law) -> Decimal:
    """Return the credit before gifts cut it, USD in cents: the share, not below the 13,000."""
    full = given(law.rate_table.credit_for(law.basic_exclusion_amount), "")
    share = prorated_credit(full, given(us_gross_estate, ""), given(worldwide_gross_estate, ""))
    return to_cents(max(share.amount, law[NONRESIDENT_CREDIT].amount))


def treaty_credit(
    sheet: Worksheet,
    law: Law,
    *,
    us_gross_estate: Figure,
    worldwide_gross_estate: Figure,
    gift_credit_used: Figure | None = None,
) -> Figure:
    """Write the credit and return it, USD in cents. IRC 2102(b)(3)(A)-(B)."""
    larger = write_before_gifts(
        sheet, law, us_gross_estate=us_gross_estate, worldwide_gross_estate=worldwide_gross_estate
    )
    return less_gift_credit(sheet, larger, gift_credit_used)


def write_before_gifts(
    sheet: Worksheet, law: Law, *, us_gross_estate: Figure, worldwide_gross_estate: Figure
) -> Figure:
    """Write the credit before gifts cut it and return it, USD in cents. IRC 2102(b)(3)(A)."""
    full = sheet.write(
        "Credit of a citizen or resident, in full",
        law.rate_table.on(law["basic_exclusion_amount"].on(sheet)),
        "IRC 2010(c)",
        "IRC 2102(b)(3)(A)",
    )
    prorated = sheet.write(
        "The treaty's share of it",
        prorated_credit(full, us_gross_estate, worldwide_gross_estate),
        "IRC 2102(b)(3)(A)",
    )
    return sheet.write(
        "Credit, not below that without a treaty", larger_of(prorated, law[NONRESIDENT_CREDIT].on(sheet)), "IRC 2102(b)"
    )
