"""What `basis` refuses, what its findings say, and what holds for any asset."""

from decimal import Decimal

import pytest
from hypothesis import given as any_of_these
from hypothesis import strategies as st

from planning.compute.registry import compute
from planning.engine.rules.basis_chain import follow, latent_gain
from planning.engine.rules.basis_facts import Event, Held
from planning.engine.worksheet import Worksheet
from planning.inputs import InputError

pytestmark = pytest.mark.pure

OF_A_QDOT = "(held_as one of qdot_qtip, qdot_general_power, qdot_spouse_funded, qdot_estate_trust)"
MONEY = st.integers(min_value=0, max_value=50_000_000)
BASE = {"held_as": "qdot_qtip", "adjusted_basis": 300_000, "fair_market_value": 1_000_000}


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"event": "flood"}, "event:"),
        ({"event": "sale", "held_as": "castle"}, "held_as:"),
        ({"event": "gift"}, "event: a gift to the spouse is of property the giver owns (held_as decedent_owned)"),
        (
            {"event": "distribution", "held_as": "bypass_trust", "section_2056a_tax": 1},
            f"event: a payment of principal under 2056A(b)(1) is an event of a QDOT {OF_A_QDOT}",
        ),
        (
            {"event": "cessation", "held_as": "spouse_owned"},
            f"event: a trust that ceases to qualify is an event of a QDOT {OF_A_QDOT}",
        ),
        (
            {"event": "assignment"},
            "event: the spouse can assign to a QDOT only what the spouse owns (held_as spouse_owned)",
        ),
        (
            {"event": "income_taxed", "section_2056a_tax": 1},
            "event: only income in respect of a decedent is taxed when it is paid (income_in_respect true)",
        ),
        (
            {"event": "first_death", "elected_out_2010": True},
            "elected_out_2010: only for a death of 2010, expected its date",
        ),
        (
            {"event": "first_death", "elected_out_2010": True, "date": "2011-01-01"},
            "elected_out_2010: only for a death of 2010, expected its date",
        ),
        (
            {"event": "first_death", "alternate_valuation_elected": True},
            "alternate_value: not stated, expected the value on the alternate date",
        ),
        (
            {"event": "sale", "basis_for_loss": 300_001},
            "basis_for_loss: is above adjusted_basis, expected the lower one of IRC 1015(a)",
        ),
        ({"event": "sale", "events": []}, "event: stands beside events, expected one of the two"),
        ({"events": []}, "events: is empty, expected at least one event"),
        (
            {
                "event": "gift",
                "held_as": "decedent_owned",
                "spouse_nonresident_alien": True,
                "spouse_income_tax_resident": True,
            },
            "spouse_nonresident_alien: contradicts spouse_income_tax_resident, expected one of them",
        ),
        (
            {"events": [{"event": "first_death", "fmv": 1}, {"event": "gift", "fmv": 1}]},
            "events[1].event: a gift to the spouse is of property the giver owns (held_as decedent_owned)",
        ),
        ({"event": "sale", "spouse_is_us_citizen": True, "spouse_citizenship": "foreign"}, "spouse_is_us_citizen:"),
    ],
)
def test_what_cannot_be_is_refused(given, fault):
    with pytest.raises(InputError) as refused:
        compute("basis", BASE | given)

    assert refused.value.faults[0].startswith(fault)


def test_a_gift_to_a_stated_nonresident_counts_no_election_and_says_so():
    given = {"event": "gift", "basis": 1, "fmv": 2, "gift_tax_paid": 0}

    assumed = compute("basis", given | {"spouse_nonresident_alien": True})
    stated = compute("basis", given | {"spouse_nonresident_alien": True, "election_6013": False})

    assert [warning["code"] for warning in assumed["warnings"]] == ["election_not_stated"]
    assert stated["warnings"] == []
    assert assumed["result"] == stated["result"]


@pytest.mark.parametrize("answer", [{"spouse_income_tax_resident": True}, {"spouse_is_us_citizen": True}])
def test_a_resident_is_not_warned_about_an_election(answer):
    printed = compute("basis", {"event": "gift", "basis": 1, "fmv": 2} | answer)

    assert printed["warnings"] == []
    assert printed["result"]["rule"] == "BAS-01"


@pytest.mark.parametrize(
    ("given", "rule", "severity", "questions"),
    [
        ({"event": "cessation"}, "BAS-23", "warn", ["Which reading of the silent law is taken?"]),
        ({"event": "sale"}, "BAS-16", "note", []),
        ({"event": "distribution"}, "BAS-17", "warn", []),
        (
            {"event": "second_death", "included_at_second_death": False},
            "EST-85",
            "warn",
            ["What basis does an asset outside the spouse's estate take?"],
        ),
        ({"event": "second_death", "included_at_second_death": True}, "EST-85", "note", []),
        (
            {"event": "gift", "held_as": "decedent_owned", "spouse_nonresident_alien": True, "gift_tax_paid": 0},
            "GFT-33",
            "note",
            ["Did the couple elect under 6013(g) or (h) for the year of the transfer?"],
        ),
        (
            {
                "event": "gift",
                "held_as": "decedent_owned",
                "spouse_nonresident_alien": True,
                "gift_tax_paid": 0,
                "consideration": 300_001,
            },
            "GFT-33",
            "warn",
            ["Did the couple elect under 6013(g) or (h) for the year of the transfer?"],
        ),
        (
            {"event": "gift", "held_as": "decedent_owned", "spouse_income_tax_resident": True},
            "GFT-33",
            "note",
            [],
        ),
        (
            {"event": "first_death", "held_as": "bypass_trust", "estate_tax_value": 1, "raised_estate_tax": True},
            "EST-84",
            "warn",
            [],
        ),
        ({"event": "first_death", "held_as": "bypass_trust", "estate_tax_value": 1}, "EST-84", "warn", []),
        ({"event": "first_death", "held_as": "bypass_trust"}, "EST-84", "note", []),
    ],
)
def test_a_finding_is_as_bad_as_what_it_found(given, rule, severity, questions):
    [finding] = [one for one in compute("basis", BASE | given)["findings"] if one["rule"] == rule]

    assert (severity, questions) == (finding["severity"], finding["questions"])


def test_a_finding_measures_and_names_what_is_missing():
    decided = compute("basis", BASE | {"event": "first_death", "held_as": "bypass_trust", "estate_tax_value": 900_000})
    gift = compute("basis", BASE | {"event": "gift", "held_as": "decedent_owned", "spouse_is_us_citizen": True})
    found = {one["rule"]: one for one in decided["findings"]}
    of_gift = {one["rule"]: one for one in gift["findings"]}

    assert ("1000000", "900000", ["raised_estate_tax"]) == tuple(
        found["EST-84"][name] for name in ("measured", "threshold", "missing")
    )
    assert (None, "300000", ["raised_estate_tax"]) == tuple(
        found["GFT-31"][name] for name in ("measured", "threshold", "missing")
    )
    assert ("IRC 1041", []) == (of_gift["GFT-30"]["measured"], of_gift["GFT-30"]["missing"])
    assert ("0", "0", []) == tuple(of_gift["GFT-33"][name] for name in ("measured", "threshold", "missing"))


def test_each_rule_speaks_once_of_an_event():
    printed = compute(
        "basis", BASE | {"event": "first_death", "held_as": "outright", "date": "2010-06-01", "elected_out_2010": True}
    )

    assert [one["rule"] for one in printed["findings"]] == ["GFT-31", "EST-84"]


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({"event": "gift", "held_as": "decedent_owned", "spouse_is_us_citizen": True}, ["BAS-01", "GFT-30", "GFT-33"]),
        ({"event": "first_death", "held_as": "gift_to_spouse"}, ["BAS-03", "GFT-31", "EST-84"]),
        ({"event": "second_death", "held_as": "gift_to_spouse", "returns_to_donor": False}, ["BAS-04", "GFT-32"]),
        ({"event": "second_death", "held_as": "bypass_trust"}, ["BAS-13"]),
        ({"event": "first_death"}, ["BAS-14", "GFT-31", "EST-84"]),
        ({"event": "sale"}, ["BAS-16"]),
        ({"event": "hardship"}, ["BAS-18", "EST-85"]),
        ({"event": "second_death", "us_situs": True}, ["BAS-20", "EST-85"]),
    ],
)
def test_an_event_is_asked_only_its_own_rules(given, rules):
    assert rules == [one["rule"] for one in compute("basis", BASE | given)["findings"]]


@pytest.mark.parametrize("held_as", ["survivorship", "community", "tenants_in_common"])
def test_what_the_spouses_shared_is_the_survivors_at_the_second_death(held_as):
    printed = compute("basis", BASE | {"event": "second_death", "held_as": held_as})

    assert ("BAS-07", "spouse_owned", "1000000") == tuple(
        printed["result"][name] for name in ("rule", "held_after", "basis_after")
    )


@pytest.mark.parametrize(
    "held_as", ["spouse_owned", "gift_to_spouse", "survivorship", "tenants_in_common", "community"]
)
def test_whatever_the_spouse_owns_can_be_assigned(held_as):
    printed = compute("basis", BASE | {"event": "assignment", "held_as": held_as})

    assert ("BAS-15", "qdot_spouse_funded", "300000") == tuple(
        printed["result"][name] for name in ("rule", "held_after", "basis_after")
    )


def test_a_finding_about_residence_says_what_is_missing():
    printed = compute("basis", BASE | {"event": "gift", "held_as": "decedent_owned"})
    found = {one["rule"]: one for one in printed["findings"]}

    for rule in ("GFT-30", "GFT-33"):
        assert ["spouse_income_tax_resident"] == found[rule]["missing"]
    assert len(found["GFT-33"]["questions"]) == 1
    assert found["GFT-30"]["measured"] is None


def test_a_grantor_trust_gift_asks_no_residence():
    printed = compute("basis", BASE | {"event": "gift", "held_as": "slat"})

    assert [one["rule"] for one in printed["findings"]] == ["BAS-25"]
    assert printed["warnings"] == []


@any_of_these(basis=MONEY, first=MONEY, price=MONEY, tax=MONEY, second=MONEY)
def test_every_asset_can_be_followed_through_both_deaths(basis, first, price, tax, second):
    events = [
        Event("first_death", Decimal(first)),
        Event("sale", Decimal(price)),
        Event("distribution", Decimal(price), tax=Decimal(tax)),
        Event("second_death", Decimal(second)),
    ]
    start = Held("qdot_qtip", Decimal(basis), Decimal(basis))

    found = follow(start, events, [Worksheet(f"W{index}-", "any") for index in range(len(events))])

    # Cash is worth its basis, so nothing appreciated and nothing is added for the tax.
    after = [outcome.held.basis for outcome in found]
    assert after == [first, price, price, second]
    assert sum(outcome.gain for outcome in found) == price - first
    assert latent_gain(value=Decimal(second), basis=after[-1]) == 0


@any_of_these(basis=MONEY, value=st.integers(min_value=1, max_value=50_000_000), tax=MONEY)
def test_tax_never_lifts_a_basis_above_value_nor_by_more_than_itself(basis, value, tax):
    start = Held("qdot_qtip", Decimal(basis), Decimal(basis))
    [outcome] = follow(start, [Event("distribution", Decimal(value), tax=Decimal(tax))], [Worksheet("W-", "any")])
    by_hand = min(tax * Decimal(max(0, value - basis)) / value, tax, max(0, value - basis))

    assert outcome.held.basis == basis + by_hand
    assert outcome.held.basis <= max(basis, value)
    assert outcome.increase <= tax
    # Without tax the payment is no gift, and the trust's basis counts for a loss too.
    assert outcome.held.loss_basis == (min(outcome.held.basis, value) if tax else basis)


def test_a_chain_stops_where_a_fact_is_missing():
    start = Held("qdot_qtip", Decimal(1), Decimal(1))
    events = [Event("distribution", Decimal(2)), Event("sale", Decimal(3))]

    found = follow(start, events, [Worksheet("A-", "one"), Worksheet("B-", "two")])

    assert [("BAS-17", ("section_2056a_tax", "exempt"))] == [(outcome.rule, outcome.missing) for outcome in found]
