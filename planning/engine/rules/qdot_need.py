"""Is a QDOT needed for the federal tax? Only where the law without one would take tax that it puts off.

The answer follows from IRC 2056(d)(1) with 2001 and 2010: a noncitizen spouse
must take something, and the estate, worked out without any marital deduction,
must owe tax. A state with its own estate tax may still make one useful.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from planning.engine.finding import Finding
from planning.engine.worksheet import Figure, at_least_zero, plain

Reason = Literal[
    "citizenship_not_known",
    "nothing_passes_to_the_spouse",
    "spouse_counts_as_citizen",
    "no_federal_tax_without_it",
    "tax_without_it",
    "elected_out_of_the_estate_tax",
]
WORDS: dict[Reason, str] = {
    "citizenship_not_known": "whether the spouse is a US citizen is not known",
    "nothing_passes_to_the_spouse": "nothing passes to the spouse",
    "spouse_counts_as_citizen": "the spouse counts as a citizen: the marital deduction needs no QDOT",
    "no_federal_tax_without_it": "no federal tax falls due without a marital deduction",
    "tax_without_it": "without a QDOT, federal tax falls due on what passes to the spouse",
    "elected_out_of_the_estate_tax": "the executor elected out of the estate tax of 2010",
}


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a QDOT is needed (None: not known) and why."""

    needed: bool | None
    reason: Reason


def qdot_need(
    *, to_spouse: Decimal, counts_as_citizen: bool | None, tax_without_deduction: Decimal, elected_out: bool
) -> Need:
    """Return whether federal tax would fall due without a QDOT. IRC 2001, 2010, 2056(d)(1)-(2).

    `to_spouse` is what passes to the spouse, `tax_without_deduction` the tax with no marital deduction, USD.
    """
    if elected_out:
        return Need(needed=False, reason="elected_out_of_the_estate_tax")
    if counts_as_citizen is None:
        return Need(needed=None, reason="citizenship_not_known")
    if not to_spouse:
        return Need(needed=False, reason="nothing_passes_to_the_spouse")
    if counts_as_citizen:
        return Need(needed=False, reason="spouse_counts_as_citizen")
    if tax_without_deduction <= 0:
        return Need(needed=False, reason="no_federal_tax_without_it")
    return Need(needed=True, reason="tax_without_it")


def least_qdot(undeducted: Figure, gifts: Figure, covered: Figure) -> Figure:
    """Return the least share in a QDOT that leaves no tax at the first death, USD.

    `undeducted` is the taxable estate with no marital deduction, `covered` the
    amount of property that the unified credit and the gift tax payable cover;
    other credits would let it be smaller. IRC 2001(b), 2010(c), 2056A.
    """
    return at_least_zero(undeducted + gifts - covered)


def need_finding(need: Need, tax_without_deduction: Decimal) -> Finding:
    """Return the decision as a finding, with what to compare either way."""
    compare = (
        "compare the tax with a QDOT, with a partial one, with the spouse's citizenship, and with gifts in life"
        if need.needed
        else "compare DSUE without a QDOT, growth outside the survivor's estate, and the spouse's citizenship"
    )
    tax = f"; the tax would be {plain(tax_without_deduction)}" if need.needed else ""
    return Finding(
        rule="EST-13",
        state="undecided" if need.needed is None else "fired" if need.needed else "not_fired",
        severity="warn" if need.needed else "note",
        test="Does federal estate tax fall due without a QDOT?",
        text=f"{WORDS[need.reason]}{tax}; {compare}",
        citations=("IRC 2056(d)(1)", "IRC 2001(b)", "IRC 2010(c)"),
        measured=tax_without_deduction,
        threshold=Decimal(0),
        form="Form 706",
        questions=("Does the state of domicile have an estate tax of its own?",),
        missing=("spouse_is_us_citizen",) if need.needed is None else (),
    )
