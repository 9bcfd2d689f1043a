"""Death taxes beside the federal one: what the estate paid to a state and abroad."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from planning.compute.answers import Answer
from planning.compute.fields import RuleInput, Words
from planning.engine.rules.s2014_foreign_death_tax_credit import (
    ForeignDeathTax,
    ForeignTaxOfFirstEstate,
    credit_on_enlarged_estate,
)
from planning.engine.worksheet import ZERO
from planning.inputs import Money

# The 2014 credit for amounts added to the estate, the tax left, and what the survivor's estate paid by country, USD.
RecomputedCredit = Callable[[Decimal, Decimal, Mapping[str, Decimal]], Decimal]


class ForeignDeathTaxInput(RuleInput):
    """The death tax of one foreign country."""

    second_names: ClassVar = {
        "foreign_tax_paid": "tax_paid",
        "foreign_tax": "tax_paid",
        "foreign_situs_property": "situated_and_taxed_there",
        "property_taxed_there": "all_taxed_there",
        "us_value": "value_in_gross_estate",
    }

    country: Words = Field(description="The country, its provinces or cantons included")
    tax_paid: Money = Field(description="Estate, inheritance or succession tax paid there, USD (IRC 2014(a))")
    situated_and_taxed_there: Money = Field(
        description="Property situated there by US rules, taxed there and in the gross estate, at the values there, USD"
    )
    all_taxed_there: Money | None = Field(
        None, description="Everything taxed there, by values used there, USD; null: the same property"
    )
    value_in_gross_estate: Money | None = Field(
        None, description="Value of that property in the gross estate, USD; null: the value used there"
    )
    marital_part: Money | None = Field(
        None, description="Part of it that the marital deduction took, USD; needed where there is such a deduction"
    )
    charitable_part: Money | None = Field(
        None, description="Part of it that the charitable deduction took, USD; needed where there is such a deduction"
    )


def foreign_taxes_of(
    entries: Sequence[ForeignDeathTaxInput], *, marital: Decimal, charitable: Decimal
) -> list[ForeignDeathTax]:
    """Return the taxes for an estate with these deductions (USD); without one its part counts as nothing."""
    return [
        ForeignDeathTax(
            country=entry.country,
            tax_paid=entry.tax_paid,
            situated_and_taxed_there=entry.situated_and_taxed_there,
            all_taxed_there=entry.situated_and_taxed_there if entry.all_taxed_there is None else entry.all_taxed_there,
            value_in_gross_estate=(
                entry.situated_and_taxed_there if entry.value_in_gross_estate is None else entry.value_in_gross_estate
            ),
            deducted=(entry.marital_part or ZERO if marital else ZERO)
            + (entry.charitable_part or ZERO if charitable else ZERO),
        )
        for entry in entries
    ]


def recomputed_credit(
    entries: Sequence[ForeignDeathTaxInput],
    *,
    marital: Decimal,
    charitable: Decimal,
    taxed_estate: Decimal,
    gift_tax_credit: Decimal,
) -> RecomputedCredit:
    """Return the credit of the QDOT tax for a first estate with these deductions and this credit of 2012, USD."""
    taxes = tuple(
        ForeignTaxOfFirstEstate(tax, entry.marital_part or ZERO)
        for tax, entry in zip(foreign_taxes_of(entries, marital=marital, charitable=charitable), entries, strict=True)
    )

    def credit(added: Decimal, us_tax: Decimal, survivors: Mapping[str, Decimal]) -> Decimal:
        return credit_on_enlarged_estate(
            taxes,
            added=added,
            us_tax=max(ZERO, us_tax - gift_tax_credit),
            taxed_estate=taxed_estate,
            marital_deduction=marital,
            survivors=survivors,
        )

    return credit


def need_parts(
    entries: Sequence[ForeignDeathTaxInput], answer: Answer, *, marital: Decimal, charitable: Decimal
) -> None:
    """Note the parts of foreign property that a deduction took and that are not stated."""
    for index, entry in enumerate(entries):
        path = f"foreign_death_taxes[{index}]"
        if marital and entry.marital_part is None:
            answer.need(f"{path}.marital_part")
        if charitable and entry.charitable_part is None:
            answer.need(f"{path}.charitable_part")
