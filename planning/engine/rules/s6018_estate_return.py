"""IRC 6018: when an estate must file Form 706.

(a)(1) A citizen's or resident's estate files where the gross estate is more than
the exclusion of the year of death; (a)(3) that amount is first reduced by
adjusted taxable gifts and by an exemption used on gifts late in 1976. Deductions
do not count: an estate that goes to the spouse and owes no tax still files.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.finding import Finding


def filing_threshold(*, exclusion: Decimal, adjusted_taxable_gifts: Decimal, exemption_1976: Decimal) -> Decimal:
    """Return the gross estate above which Form 706 is due, USD. IRC 6018(a)(1), (3)."""
    return max(Decimal(0), exclusion - adjusted_taxable_gifts - exemption_1976)


def form_706_required(*, gross_estate: Decimal | None, taxable_estate: Decimal, threshold: Decimal) -> bool | None:
    """Return whether Form 706 is due; None where the gross estate is not known and the taxable one is not enough.

    All USD. A gross estate of exactly the threshold is not above it. IRC 6018(a).
    """
    least = taxable_estate if gross_estate is None else gross_estate
    if least > threshold:
        return True
    return None if gross_estate is None else False


def return_finding(*, required: bool | None, gross_estate: Decimal | None, threshold: Decimal) -> Finding:
    """Return the duty to file as a finding; all USD."""
    text = {
        True: "the estate is above the threshold: Form 706 is due nine months after the death",
        False: "no Form 706 is due for the tax; one is needed to elect a QDOT or portability",
        None: "the gross estate is not known, so the duty to file cannot be decided",
    }[required]
    return Finding(
        rule="EST-12",
        state="undecided" if required is None else "fired" if required else "not_fired",
        severity="warn" if required else "note",
        test="Is the gross estate above the amount for which Form 706 must be filed?",
        text=text,
        citations=("IRC 6018(a)(1)", "IRC 6018(a)(3)"),
        measured=gross_estate,
        threshold=threshold,
        form="Form 706",
        missing=("gross_estate",) if required is None else (),
    )
