"""Switches: the tax on what leaves a QDOT, portability and the credit for tax on prior transfers."""

from decimal import Decimal

from planning.engine.finding import Finding
from planning.engine.rules.s2044_survivors_estate import Inclusion
from planning.engine.rules.s2056a_b10_benefits import DeductionsAtDeath
from tests.switches import Switch

R = "planning.engine.rules"
NOTHING = Decimal(0)
OUTSIDE = Inclusion(NOTHING, "outside the survivor's estate", ("none",))


def silent(rule):
    """Return a finding that says nothing came of the rule."""
    return lambda **facts: Finding(rule, "not_fired", "note", "Switched off?", "Switched off.", ("none",))


SWITCHES: list[Switch] = [
    Switch("EST-04", {f"{R}.s2010c_dsue.gifts_that_count": lambda gifts, taxed: gifts}, case=("dsue", "DSUE-2-2")),
    Switch(
        "EST-05",
        {f"{R}.s2010c_dsue.waits_for_final_event": lambda **facts: False},
        case=("dsue", "hand-waits-for-the-last-qdot-event"),
    ),
    Switch(
        "EST-06",
        {f"{R}.s2010c_dsue.barred_as_nonresident": lambda **facts: False},
        case=("dsue", "hand-nonresident-survivor"),
    ),
    Switch(
        "EST-09",
        {f"{R}.s2013_prior_transfer_credit.percent_allowed": lambda transferor, decedent: Decimal(100)},
        case=("prior-transfer-credit", "hand-ordinary-a-day-over-two-years"),
    ),
    Switch(
        "EST-10",
        {f"{R}.s2013_prior_transfer_credit.fades": lambda kind: True},
        case=("prior-transfer-credit", "hand-denied-deduction-does-not-fade"),
    ),
    Switch(
        "EST-60",
        {f"{R}.s2056a_events.is_taxable_event": lambda kind: False},
        case=("qdot-tax", "hand-power-exercised-and-other-kinds"),
    ),
    Switch("EST-61", {f"{R}.s2056a_qdot.QdotBase.net_tax": lambda base, added: NOTHING}, case=("qdot-tax", "DRV-02")),
    Switch(
        "EST-62",
        {f"{R}.s2056a_highest_rate.finally_determined_before": lambda **facts: True},
        case=("qdot-tax", "DRV-04"),
    ),
    Switch(
        "EST-63",
        {f"{R}.s2056a_highest_rate.highest_rate_without_filer": lambda **facts: False},
        case=("qdot-tax", "hand-several-qdots-no-filer"),
    ),
    Switch(
        "EST-65",
        {f"{R}.s2056a_b10_benefits.deductions_at_death": lambda **facts: DeductionsAtDeath(NOTHING, NOTHING, NOTHING)},
        case=("qdot-tax", "hand-deductions-at-death"),
    ),
    Switch(
        "EST-67",
        {f"{R}.s2056a_highest_rate.split_by_taxable_amount": lambda tax, amounts: dict.fromkeys(amounts, NOTHING)},
        case=("qdot-tax", "DRV-06"),
    ),
    Switch("EST-70", {f"{R}.s2056a_liability.liability_finding": silent("EST-70")}, case=("qdot-tax", "QDT-6-1")),
    Switch(
        "EST-71",
        {
            f"{R}.s2056a_events.tax_paid_is_a_distribution": lambda tax: NOTHING,
            f"{R}.s2056a_events.tax_on_tax": lambda tax_of, prior, amount: [],
        },
        case=("qdot-tax", "hand-tax-from-other-trust-property"),
    ),
    Switch("EST-72", {f"{R}.s2056a_liability.character_finding": silent("EST-72")}, case=("qdot-tax", "QDT-6-1")),
    Switch(
        "EST-73",
        {f"{R}.s2056a_liability.regulations_bind": lambda first_death: True},
        case=("qdot-tax", "hand-old-death-before-the-regulations"),
    ),
    Switch(
        "EST-81",
        {f"{R}.s2044_survivors_estate.qdot_in_survivors_estate": lambda **facts: OUTSIDE},
        case=("prior-transfer-credit", "hand-recovery-from-a-general-power-trust"),
    ),
    Switch(
        "GFT-41",
        {f"{R}.s2044_survivors_estate.extra_tax_of_qtip": lambda **facts: NOTHING},
        case=("prior-transfer-credit", "hand-recovery-from-a-qtip-trust"),
    ),
    Switch(
        "GFT-49",
        {f"{R}.s2010c_dsue.usable_for_gift": lambda found, gift_on: True},
        case=("dsue", "hand-gift-in-the-year-of-the-last-event"),
    ),
]
