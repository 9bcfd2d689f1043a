"""Treaty with the United Kingdom, article 8: the spouse's deduction and the cap, as if domiciled here.

Recalled, not read. (2) Property here that passes to the spouse of a decedent domiciled in or a
national of the United Kingdom is deducted as if the decedent had been domiciled
here and owned nothing else. (5) The tax of a national who was neither domiciled
here nor a US citizen is at most that of a decedent domiciled here, on the
worldwide estate. Every figure of it is for the attorney to confirm.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.law import Law
from planning.engine.rules.treaty_half_rule import tax_if_domiciled_here
from planning.engine.worksheet import Figure, Worksheet, given, smaller_of, to_cents


def spouse_deduction(to_spouse: Decimal) -> Decimal:
    """Return the deduction of article 8(2), USD: all property here that passes to the spouse."""
    return to_spouse


def write_spouse_deduction(sheet: Worksheet, article: str, to_spouse: Figure) -> Figure:
    """Write the deduction and return it, USD."""
    return sheet.write(
        "Deduction for the spouse as if domiciled here",
        Figure(spouse_deduction(to_spouse.amount), to_spouse.how),
        f"{article}(2)",
        status="assumed",
    )


def write_capped(sheet: Worksheet, article: str, *, tax: Figure, worldwide_estate: Figure, law: Law) -> Figure:
    """Write the tax of a decedent domiciled here and the smaller of the two, and return that, USD in cents."""
    cap = sheet.write(
        "Tax of a decedent domiciled in the United States, on the worldwide estate",
        given(
            to_cents(tax_if_domiciled_here(worldwide_estate.amount, law)),
            f"tax on {worldwide_estate.how} less the unified credit of {law.year}",
        ),
        f"{article}(5)",
        status="assumed",
    )
    return sheet.write("Estate tax, not above that", smaller_of(tax, cap), f"{article}(5)", status="assumed")
