"""Switches: estate taxes of the states, and a noncitizen spouse before them."""

from datetime import date
from decimal import Decimal

from planning.engine.finding import Finding
from tests.switches import Switch

R = "planning.engine.rules"
FINDINGS, SPOUSE = f"{R}.state_findings", f"{R}.state_noncitizen_spouse"


def silent(rule):
    """A finding that says nothing."""
    return lambda *args, **facts: Finding(rule, "not_fired", "note", "-", "-", ())


def case(name):
    return ("state-estate-tax", name)


def last_band(book, code, on):
    """The law of the last days held, whatever the day."""
    laws = book.laws.get(code)
    assert isinstance(on, date)
    return laws[-1] if laws else None


SWITCHES = [
    Switch("STA-01", {"planning.engine.state_law.StateBook.estate_tax": last_band}, case("wa-band-2026-06-30")),
    Switch(
        "STA-02",
        {f"{R}.state_credit_table.credit_table_tax": lambda law, base: law.credit_table.tax(base)},
        case("hand-ma-2"),
    ),
    Switch(
        "STA-03",
        {f"{R}.state_interrelated.rate_limb": lambda law, base, gifts, threshold: base},
        case("hand-il-5m"),
    ),
    Switch(
        "STA-04",
        {f"{R}.state_shrinking_credit.amount_credited": min},
        case("hand-ny-2"),
    ),
    Switch(
        "STA-05", {f"{FINDINGS}.gap_of": lambda state, federal, estate: Decimal(0)}, case("citizen-spouse-outright")
    ),
    Switch("STA-06", {f"{SPOUSE}.binds_section_2056d": lambda rule: False}, case("E11-wa-dwt")),
    Switch("STA-06a", {f"{SPOUSE}.qdot_waived": lambda law, revival: False}, case("ny-waiver-last-day")),
    Switch("STA-07", {f"{FINDINGS}.qdot_events_finding": silent("STA-07")}, case("wa-qdot-elected")),
    Switch("STA-08", {f"{R}.state_shares.fraction": lambda law, taxed, gross: Decimal(1)}, case("ma-and-or")),
    Switch(
        "STA-09",
        {f"{R}.state_settling.settled_tax": lambda tax_after: (tax_after(Decimal(0)), 1)},
        case("wa-tax-from-the-residue"),
    ),
    Switch("STA-10", {f"{FINDINGS}.not_verified_finding": silent("STA-10")}, case("il-qdot-open")),
    Switch("STA-11", {f"{FINDINGS}.federal_return_finding": silent("STA-11")}, case("il-qdot-open")),
]
