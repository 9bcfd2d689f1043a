"""Switches: naturalization, and what it changes for the estate tax."""

from datetime import date

from planning.engine.finding import Finding
from planning.engine.rules.naturalization_routes import Route
from planning.engine.rules.s2056d4_citizenship_before_return import CitizenshipBeforeReturn
from tests.switches import Switch

R = "planning.engine.rules"
ROUTES, FINDINGS, BEFORE = (
    f"{R}.naturalization_routes",
    f"{R}.naturalization_findings",
    f"{R}.s2056d4_citizenship_before_return",
)


def silent(rule):
    """A finding that says nothing."""
    return lambda *args, **facts: Finding(rule, "not_fired", "note", "-", "-", ())


def closed(name):
    return lambda *args, **facts: Route(name, None, "closed", ())


def case(name):
    return ("naturalization-timeline", name)


SWITCHES = [
    Switch("CIT-01", {f"{ROUTES}.general_route": closed("general")}, case("checked-row-2")),
    Switch("CIT-02", {f"{ROUTES}.spouse_route": closed("spouse_of_citizen")}, case("hand-spouse-route")),
    Switch("CIT-03", {f"{ROUTES}.spouse_route_end": lambda **facts: None}, case("checked-row-1")),
    Switch("CIT-04", {f"{ROUTES}.stationed_abroad_route": closed("stationed_abroad")}, case("hand-stationed-abroad")),
    Switch(
        "CIT-05",
        {f"{ROUTES}.service_member_route": closed("surviving_spouse_of_service_member")},
        case("hand-died-in-service"),
    ),
    Switch("CIT-06", {f"{ROUTES}.earliest_filing": lambda day: day}, case("checked-row-2")),
    Switch("CIT-07", {f"{ROUTES}.continuity": lambda absence: "kept"}, case("hand-absence-of-a-year")),
    Switch("CIT-08", {f"{FINDINGS}.no_permanent_residence": silent("CIT-08")}, case("hand-no-green-card")),
    Switch("CIT-09", {f"{FINDINGS}.already_citizen": silent("CIT-09")}, case("hand-already-citizen")),
    Switch("CIT-10", {f"{FINDINGS}.oath_hastened": silent("CIT-10")}, case("hand-gravely-ill")),
    Switch("CIT-11", {f"{FINDINGS}.documents_finding": silent("CIT-11")}, case("checked-row-1")),
    Switch("CIT-12", {f"{FINDINGS}.processing_finding": silent("CIT-12")}, case("checked-row-1")),
    Switch("CIT-13", {f"{FINDINGS}.slow_downs": silent("CIT-13")}, case("checked-row-1")),
    Switch(
        "CIT-20",
        {f"{BEFORE}.oath_before_return": lambda oath, made: True},
        ("citizenship-before-return", "hand-same-day"),
    ),
    Switch(
        "CIT-21", {f"{BEFORE}.return_made_on": lambda due, filed: filed or due}, ("citizenship-before-return", "DRV-13")
    ),
    Switch(
        "CIT-22",
        {f"{BEFORE}.payment_due": lambda death, is_holiday: date(2100, 1, 1)},
        ("citizenship-before-return", "must-not-end-at-nine-months"),
    ),
    Switch(
        "CIT-23",
        {f"{BEFORE}.late_filing_penalty": lambda tax, months: tax * 0},
        ("citizenship-before-return", "hand-penalty"),
    ),
    Switch(
        "CIT-24", {f"{BEFORE}.resident_throughout": lambda domiciled: True}, ("citizenship-before-return", "DRV-15")
    ),
    Switch(
        "CIT-25",
        {f"{R}.s2056a_spouse_becomes_citizen.condition_met": lambda ways: False},
        ("citizenship-after-qdot", "hand-way-A"),
    ),
    Switch(
        "CIT-26",
        {f"{BEFORE}.ruling_may_waive_conveyance": lambda oath: False},
        ("qdot-election", "hand-naturalized-with-an-assignment-open"),
    ),
    Switch(
        "CIT-27",
        {f"{R}.s2010c_dsue.waits_for_final_event": lambda **facts: True},
        ("dsue", "hand-naturalized-with-a-qdot"),
    ),
    Switch("CIT-28", {f"{FINDINGS}.lifelong_duties": silent("CIT-28")}, case("checked-row-1")),
    Switch(
        "EST-22",
        {
            f"{BEFORE}.citizenship_before_return": lambda **facts: CitizenshipBeforeReturn(
                date(2026, 1, 1), date(2026, 1, 1), "off", treated_as_citizen=False
            )
        },
        ("citizenship-before-return", "DRV-13"),
    ),
]
