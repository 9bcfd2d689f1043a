"""Switches: annuities that cannot be assigned, valuation by section 7520, and dates."""

from tests.switches import Switch

ANNUITY = "planning.engine.rules.s2056a_nonassignable_annuity"
DATES = "planning.engine.rules.s2056a_tax_dates"

SWITCHES: list[Switch] = [
    # Without the rule every right could be assigned, and nothing would be worked out.
    Switch(
        "EST-47", {f"{ANNUITY}.nonassignable": lambda plan, **facts: False}, case=("annuity-corpus-portion", "QDT-4-4")
    ),
    # Without the rule no agreement would save the deduction.
    Switch(
        "EST-48",
        {f"{ANNUITY}.qualifies": lambda steps: False},
        case=("annuity-corpus-portion", "hand-every-step-taken"),
    ),
    # Without the rule no date would follow from a payment.
    Switch("EST-69", {f"{DATES}.tax_on_distributions": lambda *facts: []}, case=("deadlines", "DRV-20")),
]
