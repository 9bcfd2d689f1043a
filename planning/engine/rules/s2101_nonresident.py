"""IRC 2101 and 2102: the estate tax of a decedent who was neither a citizen nor domiciled in the United States.

(2101(b)) The rate schedule is applied twice, to the estate with the gifts and to
the gifts alone; the difference, less a credit of 13,000, is the tax. There is no
exclusion of property: the 13,000 is a credit, the 60,000 of 6018 only decides
about the return. A treaty may give a share of the 2010(c) credit in its place,
and a citizen of a possession gets a share of 46,800.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law, RateTable
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, larger_of, smaller_of

NONRESIDENT_CREDIT = "nonresident_credit"
POSSESSION_CREDIT = "possession_citizen_credit"
FILING_THRESHOLD = "nonresident_filing_threshold"


SURTAX_OVER = Decimal(10_000_000)
LAST_SURTAX_YEAR = 2001


def rates_of(law: Law) -> RateTable:
    """Return the rate schedule of nonresidents: that of 2001(c), to 2001 with its own surtax bound. IRC 2101(b)."""
    return law.nonresident_rate_table


def surtax_bound_unverified(law: Law, taxable_estate_and_gifts: Decimal) -> bool:
    """Return whether the tax rests on the inferred bound of the surtax: a death to 2001 above 10,000,000 USD."""
    return law.year <= LAST_SURTAX_YEAR and taxable_estate_and_gifts > SURTAX_OVER


def net_nonresident_tax(
    *, taxable_estate: Decimal, adjusted_taxable_gifts: Decimal, credit: Decimal, law: Law
) -> Decimal:
    """Return the tax in exact USD, without a worksheet. IRC 2101(b), 2102(b)(1), (4).

    `credit` is the credit of 2102(b) in USD before it is cut to the tax.
    """
    table = rates_of(law)
    tax = table.tax(taxable_estate + adjusted_taxable_gifts) - table.tax(adjusted_taxable_gifts)
    return max(ZERO, tax - credit)


def nonresident_estate_tax(
    sheet: Worksheet,
    *,
    taxable_estate: Figure,
    adjusted_taxable_gifts: Figure,
    law: Law,
    credit: Figure | None = None,
) -> Figure:
    """Write the tax on property situated in the United States and return it, USD in cents.

    `taxable_estate` is that of 2106, `adjusted_taxable_gifts` those of US-situs
    property after 1976, both USD; `law` is the law of the date of death;
    `credit` is a figure of `basic_credit`, `treaty_credit` or
    `possession_credit`, None for the 13,000. Other credits (2013) are the
    caller's. IRC 2101(b), 2102(b); Form 706-NA part II.
    """
    table = rates_of(law)
    total = sheet.write(
        "Taxable estate plus adjusted taxable gifts", taxable_estate + adjusted_taxable_gifts, "IRC 2101(b)(1)"
    )
    on_all = sheet.write("Tax on both", table.on(total), "IRC 2101(b)(1)", *table.citations)
    on_gifts = sheet.write("Tax on the gifts alone", table.on(adjusted_taxable_gifts), "IRC 2101(b)(2)")
    gross_tax = sheet.write("Estate tax before the credit", on_all - on_gifts, "IRC 2101(b)", kind="subtotal")
    full = credit if credit is not None else basic_credit(sheet, law)
    allowed = sheet.write("Credit allowed, not above the tax", smaller_of(full, gross_tax), "IRC 2102(b)(1), (4)")
    return sheet.write(
        "Estate tax after this credit", (gross_tax - allowed).cents(), "IRC 2101", "IRC 2102", kind="result"
    )


def basic_credit(sheet: Worksheet, law: Law, gift_credit_used: Figure | None = None) -> Figure:
    """Write the credit of 13,000, less the credit that gifts used, and return it, USD. IRC 2102(b)(1), (3)(B)."""
    return less_gift_credit(sheet, law[NONRESIDENT_CREDIT].on(sheet), gift_credit_used)


def prorated_credit(full: Figure, part: Figure, whole: Figure) -> Figure:
    """Return `full` (USD) times `part` over `whole`, USD in cents; nothing where the whole is nothing."""
    if not whole.amount:
        return given(ZERO, "no estate at all")
    share = full.amount * min(part.amount, whole.amount) / whole.amount
    return Figure(share, f"{full.how} times {part.how} over {whole.how}").cents()


def possession_credit(
    sheet: Worksheet,
    law: Law,
    *,
    us_gross_estate: Figure,
    worldwide_gross_estate: Figure,
    gift_credit_used: Figure | None = None,
) -> Figure:
    """Write the credit of a citizen through a possession alone and return it, USD in cents.

    The larger of 13,000 and the US share of 46,800. IRC 2102(b)(2), 2209.
    """
    share = prorated_credit(law[POSSESSION_CREDIT].on(sheet), us_gross_estate, worldwide_gross_estate)
    prorated = sheet.write("The share of US property", share, "IRC 2102(b)(2)(B)")
    larger = sheet.write(
        "Credit of a citizen of a possession",
        larger_of(prorated, law[NONRESIDENT_CREDIT].on(sheet)),
        "IRC 2102(b)(2)",
        "IRC 2209",
    )
    return less_gift_credit(sheet, larger, gift_credit_used)


def less_gift_credit(sheet: Worksheet, credit: Figure, used: Figure | None) -> Figure:
    """Write `credit` less the credit that gifts used and return it, USD. IRC 2102(b)(3)(B), 2505."""
    if used is None or not used.amount:
        return credit
    return sheet.write(
        "Credit less the credit used on gifts", at_least_zero(credit - used), "IRC 2102(b)(3)(B)", "IRC 2505"
    )


def filing_required(*, us_gross_estate: Decimal, adjusted_taxable_gifts: Decimal, law: Law) -> bool:
    """Return whether Form 706-NA is due: US gross estate above 60,000 less gifts (USD). IRC 6018(a)(2)-(3)."""
    return us_gross_estate + adjusted_taxable_gifts > law[FILING_THRESHOLD].amount
