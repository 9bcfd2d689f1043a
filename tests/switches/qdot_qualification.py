"""Switches: what makes a trust a QDOT and keeps it one."""

from decimal import Decimal

from planning.engine.rules.s2056a_monitor import Watch
from tests.switches import Switch

RULES = "planning.engine.rules"

SWITCHES: list[Switch] = [
    Switch(
        "EST-30",
        {f"{RULES}.s2056a_gates.qualifies": lambda passed: True},
        case=("qdot-qualification", "hand-no-us-trustee"),
    ),
    Switch(
        "EST-31",
        {f"{RULES}.s2056_marital_form.marital_form_met": lambda form, facts: True},
        case=("qdot-qualification", "hand-no-marital-form"),
    ),
    Switch(
        "EST-32",
        {f"{RULES}.s2056a_security.over_two_million": lambda value, threshold: False},
        case=("qdot-security", "E09-bowditch-sec"),
    ),
    Switch(
        "EST-33",
        {f"{RULES}.s2056a_security.is_operative": lambda terms: True},
        case=("qdot-security", "hand-no-security"),
    ),
    Switch(
        "EST-34",
        {f"{RULES}.s2056a_foreign_property.limit_exceeded": lambda *, foreign, whole, percent: False},
        case=("qdot-security", "hand-35-a-dollar-over"),
    ),
    Switch(
        "EST-35",
        {f"{RULES}.s2056a_residence.value_of_residences": lambda residences: Decimal(0)},
        case=("qdot-security", "DRV-08"),
    ),
    Switch(
        "EST-36",
        {f"{RULES}.s2056a_foreign_property.look_through_applies": lambda holding, *, above, owners: False},
        case=("qdot-security", "DRV-11"),
    ),
    Switch(
        "EST-37",
        {f"{RULES}.s2056a_annual_statement.statement_required": lambda **facts: False},
        case=("qdot-security", "hand-statement-late"),
    ),
    Switch(
        "EST-38",
        {f"{RULES}.s2056a_final_value.deduction_lost": lambda **facts: False},
        case=("qdot-security", "DRV-12"),
    ),
    Switch(
        "EST-39",
        {f"{RULES}.s2056a_monitor.watch": lambda year, **limits: Watch("OK", year.day, "the rule is off")},
        case=("qdot-qualification", "QDT-5-DQ"),
    ),
    Switch(
        "EST-82",
        {f"{RULES}.s7701_domestic_trust.is_domestic": lambda control: True},
        case=("qdot-qualification", "hand-domestic-veto"),
    ),
]
