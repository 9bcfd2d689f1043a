"""Form 706-QDT, part III: the tax of one return line by line, to lay beside the form.

Line numbers are those of the revisions to 2019. The revision of August 2025 has
as many lines, but its part III was not seen; the title says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planning.engine.rules.s2056a_qdot import QdotBase
from planning.engine.worksheet import Figure, Worksheet, given, to_cents

REVISION = "lines of the revisions to 2019; confirm for the revision of August 2025"


def whole_dollars(amount: Decimal) -> Decimal:
    """Return `amount` (USD) in whole dollars as the form allows: less than 50 cents is dropped."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class ReturnAmounts:
    """What one return reports, USD: distributions of the year, value at death, its deductions, earlier events.

    `tax_at_highest_rate` stands in place of lines 6 to 11 where it is due.
    """

    distributions: Decimal
    value_at_death: Decimal
    deductions: Decimal
    prior_events: Decimal
    tax_at_highest_rate: Decimal | None


def part_iii(sheet: Worksheet, *, base: QdotBase, amounts: ReturnAmounts) -> Figure:
    """Write lines 1 to 12 and line 12 in whole dollars; return line 12 in cents. Form 706-QDT part III."""
    cite = "Form 706-QDT part III"
    one = sheet.write("1 Taxable events of the spouse's life", given(amounts.distributions, "taxable events"), cite)
    two = sheet.write("2 Value of the trusts at death", given(amounts.value_at_death, "value at death"), cite)
    three = sheet.write("3 Line 1 plus line 2", one + two, cite)
    four = sheet.write(
        "4 Charitable, marital and state death tax deductions",
        given(amounts.deductions, "deductions allowed"),
        "IRC 2056A(b)(10)(A)",
        cite,
    )
    five = sheet.write("5 Line 3 less line 4", three - four, cite)
    if amounts.tax_at_highest_rate is not None:
        tax = sheet.write(
            "12 Tax at the highest rate, in place of lines 6 to 11",
            given(amounts.tax_at_highest_rate, f"highest rate of {base.year} on {five.how}"),
            "IRC 2056A(b)(2)(B)-(C)",
            cite,
        )
        return _rounded(sheet, tax)
    six = sheet.write("6 Earlier taxable events", given(amounts.prior_events, "earlier taxable events"), cite)
    seven = sheet.write(
        "7 Taxable estate of the first decedent", given(base.taxable_estate, "as finally determined"), cite
    )
    eight = sheet.write("8 Line 6 plus line 7", six + seven, cite)
    nine = sheet.write("9 Line 5 plus line 8", five + eight, cite)
    ten = sheet.write("10 Net tax on line 9", _net(base, nine, with_event=True), "IRC 2056A(b)(2)(A)(i)", cite)
    eleven = sheet.write("11 Net tax on line 8", _net(base, eight, with_event=False), "IRC 2056A(b)(2)(A)(ii)", cite)
    return _rounded(sheet, sheet.write("12 Line 10 less line 11", ten - eleven, "IRC 2056A(b)(2)(A)", cite))


def _net(base: QdotBase, enlarged: Figure, *, with_event: bool) -> Figure:
    added = enlarged.amount - base.taxable_estate
    tax = base.net_tax_with_event(added) if with_event else base.net_tax(added)
    return Figure(to_cents(tax), f"net tax by the law of {base.year} on {enlarged.how}")


def _rounded(sheet: Worksheet, tax: Figure) -> Figure:
    sheet.write(
        "12 In whole dollars",
        Figure(whole_dollars(tax.amount), f"{tax.how} rounded to whole dollars"),
        "Instructions for Form 706-QDT",
        kind="result",
    )
    return tax
