"""Switches: the treaties."""

from dataclasses import replace
from decimal import Decimal

from planning.engine.rules.treaty_findings import (
    disclosure_finding,
    domestic_law_finding,
    gift_finding,
    review_finding,
)
from tests.switches import Switch

R = "planning.engine.rules"


def without(finding):
    """The rule asks nothing and never fires."""
    return lambda *facts, **named: replace(finding(*facts, **named), state="not_fired", text="", questions=())


SWITCHES: list[Switch] = [
    Switch(
        "TRY-01",
        {f"{R}.treaty_findings.review_finding": without(review_finding)},
        case=("estate-tax", "treaty-italy-has-no-relief-for-residents"),
    ),
    Switch(
        "TRY-02",
        {f"{R}.treaty_totals.sheltered_total": lambda kind, law: Decimal(0)},
        case=("estate-tax", "treaty-canada-most-sheltered"),
    ),
    Switch(
        "TRY-03",
        {f"{R}.treaty_totals.no_tax_now": lambda estate, total: False},
        case=("estate-tax", "treaty-france-28m"),
    ),
    Switch(
        "TRY-04",
        {f"{R}.treaty_pro_rata_credit.prorates": lambda treaty, on: False},
        case=("nonresident-estate-tax", "treaty-japan-12m"),
    ),
    Switch(
        "TRY-05",
        {f"{R}.treaty_findings.disclosure_finding": without(disclosure_finding)},
        case=("estate-tax", "treaty-canada-elected"),
    ),
    Switch(
        "TRY-06",
        {f"{R}.treaty_findings.gift_finding": without(gift_finding)},
        case=("gift-tax", "treaty-flag"),
    ),
    Switch(
        "TRY-07",
        {f"{R}.treaty_findings.domestic_law_finding": without(domestic_law_finding)},
        case=("marital-deduction", "treaty-denmark-keeps-domestic-law"),
    ),
]
