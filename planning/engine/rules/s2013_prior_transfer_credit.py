"""IRC 2013 as 2056(d)(3) changes it: tax already paid on what the surviving spouse received.

Where the marital deduction was denied only because the spouse is not a citizen,
and for the 2056A tax of a QDOT, the credit knows no ten-year window, no
percentages and no 2013(d)(3) reduction.
"""

from __future__ import annotations

from planning.engine.worksheet import Figure, Worksheet, at_least_zero, smaller_of


def prior_transfer_credit(
    sheet: Worksheet, *, first_limitation: Figure, tax_with: Figure, tax_without: Figure
) -> Figure:
    """Write and return the credit in the survivor's estate, USD.

    `first_limitation` is the tax paid on the property before; `tax_with` and
    `tax_without` are the survivor's tax with and without the property, after
    the unified credit. IRC 2013(b)-(c), 2056(d)(3); Treas. Reg. 20.2056A-7.
    """
    second = sheet.write(
        "Second limitation: tax because of that property",
        at_least_zero(tax_with - tax_without),
        "IRC 2013(c)(1)",
        "Treas. Reg. 20.2056A-7(a)",
    )
    first = sheet.write("First limitation: tax paid on it before", first_limitation, "IRC 2013(b)", "IRC 2056(d)(3)")
    return sheet.write("Credit for tax on prior transfers", smaller_of(first, second), "IRC 2013(a)", "IRC 2056(d)(3)")
