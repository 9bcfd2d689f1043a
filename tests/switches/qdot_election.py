"""Switches: ways into a QDOT, its election, hardship, and citizenship afterwards."""

from tests.switches import Switch

RULES = "planning.engine.rules"
REFORM = f"{RULES}.s2056a_reformation"
TRANSFERS = f"{RULES}.s2056_d2_transfers"
ELECTION = f"{RULES}.s2056a_election"


def at_any_time(*_days, **_limits):
    """No date is too late."""
    return True


SWITCHES: list[Switch] = [
    Switch(
        "EST-40",
        {f"{REFORM}.passes_in_qdot": lambda *, is_qdot: True},
        case=("qdot-election", "hand-by-will-no-qdot"),
    ),
    Switch("EST-41", {f"{REFORM}.reformed_in_time": at_any_time}, case=("qdot-election", "hand-reform-a-day-late")),
    Switch("EST-42", {f"{REFORM}.commenced_in_time": at_any_time}, case=("qdot-election", "hand-court-a-day-late")),
    Switch(
        "EST-43",
        {f"{TRANSFERS}.transferred_in_time": at_any_time},
        case=("qdot-election", "hand-transfer-on-the-day-of-filing"),
    ),
    Switch("EST-44", {f"{TRANSFERS}.eligible_property": lambda origin: True}, case=("qdot-election", "QDT-4-B3")),
    Switch(
        "EST-45",
        {f"{TRANSFERS}.conveyed_in_time": at_any_time},
        case=("qdot-election", "hand-conveyed-when-administration-ends"),
    ),
    Switch("EST-46", {f"{TRANSFERS}.remainder_given_now": lambda **facts: False}, case=("qdot-election", "QDT-4-5")),
    Switch("EST-50", {f"{ELECTION}.within_the_bar": at_any_time}, case=("qdot-election", "DRV-16-a-day-late")),
    Switch("EST-51", {f"{ELECTION}.whole_trust_elected": lambda **facts: True}, case=("qdot-election", "QDT-3-S1")),
    Switch(
        "EST-52",
        {f"{ELECTION}.protective_statement_holds": lambda **facts: False},
        case=("qdot-election", "QDT-3-P2"),
    ),
    Switch(
        "EST-53",
        {f"{ELECTION}.election_presumed_made": lambda **facts: False},
        case=("qdot-election", "hand-schedule-m"),
    ),
    Switch(
        "EST-64",
        {f"{RULES}.s2056a_exempt_payments.need_counts": lambda **facts: False},
        case=("hardship", "QDT-5-H3"),
    ),
    Switch(
        "EST-68",
        {f"{RULES}.s2056a_spouse_becomes_citizen.condition_met": lambda ways: False},
        case=("citizenship-after-qdot", "hand-way-A"),
    ),
]
