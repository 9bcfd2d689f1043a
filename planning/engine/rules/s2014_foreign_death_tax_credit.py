"""IRC 2014: the credit for death taxes of foreign countries, country by country.

(b) sets two limits. The first is the part of the foreign tax that falls on
property situated there that the gross estate holds too, by the values used
there. The second is the part of the US tax that falls on the same property, by
US values less what the marital and charitable deductions took of it. The smaller
is the credit: a QDOT deduction makes the second limit smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from planning.engine.worksheet import ZERO, Figure, Worksheet, given, smaller_of, total


@dataclass(frozen=True, slots=True)
class ForeignDeathTax:
    """The death tax of one country and its political subdivisions, USD.

    `situated_and_taxed_there` is the property that is situated in the country,
    taxed there and in the gross estate, and `all_taxed_there` everything taxed
    there, both by the values used there; `value_in_gross_estate` is the former by
    US values, `deducted` what the marital and charitable deductions took of it.
    """

    country: str
    tax_paid: Decimal
    situated_and_taxed_there: Decimal
    all_taxed_there: Decimal
    value_in_gross_estate: Decimal
    deducted: Decimal


def foreign_tax_on_property(tax: ForeignDeathTax) -> Decimal:
    """Return the first limit, exact USD: the foreign tax on the property in both estates. IRC 2014(b)(1), (c)(1)."""
    if not tax.all_taxed_there:
        return ZERO
    return tax.tax_paid * min(tax.situated_and_taxed_there, tax.all_taxed_there) / tax.all_taxed_there


def us_tax_on_property(tax: ForeignDeathTax, us_tax: Decimal, taxed_estate: Decimal) -> Decimal:
    """Return the second limit, exact USD: the US tax on the same property. IRC 2014(b)(2), (c)(2).

    `us_tax` is the tax after the credits of 2010, 2011 and 2012; `taxed_estate`
    the gross estate less the deductions of 2055 and 2056 (USD).
    """
    if taxed_estate <= 0:
        return ZERO
    value = max(ZERO, tax.value_in_gross_estate - tax.deducted)
    return us_tax * min(value, taxed_estate) / taxed_estate


def foreign_death_tax_credit(
    sheet: Worksheet, taxes: Iterable[ForeignDeathTax], *, us_tax: Figure, taxed_estate: Figure
) -> Figure:
    """Write the credit of each country with its two limits and return the sum, USD in cents, at most the tax.

    IRC 2014(a)-(c); Treas. Reg. 20.2014-1 to -4; Form 706 Schedule P.
    """
    credits_: list[Figure] = []
    for tax in taxes:
        first = sheet.write(
            f"{tax.country}: tax there on property that is in the gross estate",
            given(foreign_tax_on_property(tax), _first_words(tax)),
            "IRC 2014(b)(1)",
            "Treas. Reg. 20.2014-2(a)",
        )
        second = sheet.write(
            f"{tax.country}: US tax on the same property",
            given(
                us_tax_on_property(tax, us_tax.amount, taxed_estate.amount),
                f"{us_tax.how} times its value of {tax.value_in_gross_estate:,f} less {tax.deducted:,f} deducted, "
                f"over {taxed_estate.how}",
            ),
            "IRC 2014(b)(2)",
            "Treas. Reg. 20.2014-3",
        )
        credits_.append(
            sheet.write(f"{tax.country}: credit", smaller_of(first, second).cents(), "IRC 2014(b)", kind="subtotal")
        )
    return smaller_of(total(credits_), us_tax) if credits_ else given(ZERO, "no foreign death tax")


@dataclass(frozen=True, slots=True)
class ForeignTaxOfFirstEstate:
    """A foreign tax of the first estate, and the part of the property there that went to the QDOT untaxed, USD."""

    tax: ForeignDeathTax
    marital_part: Decimal


def credit_on_enlarged_estate(
    taxes: Sequence[ForeignTaxOfFirstEstate],
    *,
    added: Decimal,
    us_tax: Decimal,
    taxed_estate: Decimal,
    marital_deduction: Decimal,
    survivors: Mapping[str, Decimal],
) -> Decimal:
    """Return the credit in the QDOT tax once `added` amounts are taxed, exact USD, at most `us_tax`.

    `us_tax` is the tax of the enlarged estate after the credits of 2010, 2011
    and 2012; `taxed_estate` and `marital_deduction` are those of the first
    estate; `survivors` is what the spouse's estate paid on the QDOT, by country.
    That the foreign property is taxed again in the proportion of the amounts
    taxed to the deduction is inferred. Treas. Reg. 20.2056A-6(b)(4).
    """
    taxed_again = min(added, marital_deduction) / marital_deduction if marital_deduction else ZERO
    credit = ZERO
    for one in taxes:
        tax = replace(one.tax, deducted=one.tax.deducted - one.marital_part * taxed_again)
        paid = foreign_tax_on_property(tax) + survivors.get(tax.country, ZERO)
        credit += min(paid, us_tax_on_property(tax, us_tax, taxed_estate + added))
    return min(credit, us_tax)


def _first_words(tax: ForeignDeathTax) -> str:
    return (
        f"tax of {tax.tax_paid:,f} times {tax.situated_and_taxed_there:,f} situated and taxed there "
        f"over {tax.all_taxed_there:,f} taxed there"
    )
