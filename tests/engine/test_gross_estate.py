"""What the findings about an estate say, and what holds for every estate and every nonresident."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.compute.registry import compute
from planning.engine.rules.domicile import QUESTIONS, domicile_finding
from planning.engine.rules.inclusion import Undecided, whole
from planning.engine.rules.joint_findings import contribution_finding
from planning.engine.rules.marital_findings import denial_finding, interest_finding, route_finding, treaty_finding
from planning.engine.rules.nonresident_findings import situs_finding
from planning.engine.rules.outside_the_estate_tax import covered_bequest_finding, trust_income_finding
from planning.engine.rules.s2056b_terminable import Gate
from planning.engine.rules.s2101_nonresident import net_nonresident_tax, surtax_bound_unverified
from planning.engine.rules.s2103_us_situs import SitusFacts, situs_of
from planning.engine.rules.s2652_gst_transferor import gst_finding
from planning.lawbook import official_lawbook
from planning.treaty_book import treaty_book

pytestmark = pytest.mark.pure

LAW_2026 = official_lawbook().federal(date(2026, 1, 1))


def law_of(year):
    return official_lawbook().federal(date(year, 12, 31))


def test_domicile_is_decided_by_the_attorney_alone():
    found = domicile_finding("spouse", points_to="us", concluded=None, evidence={"visa": "H-1B", "home": "Lyon"})

    assert ("undecided", "warn", ("spouse_domicile",)) == (found.state, found.severity, found.missing)
    assert found.questions == QUESTIONS
    assert "home: Lyon; visa: H-1B" in found.text


def test_a_conclusion_against_the_facts_is_questioned():
    found = domicile_finding("decedent", points_to="foreign", concluded="us", evidence={})

    assert ("fired", "warn", ()) == (found.state, found.severity, found.missing)
    assert found.questions == QUESTIONS
    assert "which is another place" in found.text


@pytest.mark.parametrize(
    ("points_to", "concluded", "state"),
    [("foreign", "foreign", "not_fired"), ("us", "us", "fired"), (None, "us", "fired")],
)
def test_a_conclusion_with_the_facts_asks_nothing(points_to, concluded, state):
    found = domicile_finding("decedent", points_to=points_to, concluded=concluded, evidence={})

    assert (state, "note", ()) == (found.state, found.severity, found.questions)
    assert "which is another place" not in found.text


@pytest.mark.parametrize(
    ("facts", "state", "severity", "words", "missing", "asks"),
    [
        ((None, True, None), "undecided", "note", "not known who funded", ("qdot_funded_by",), False),
        (("decedent", None, None), "undecided", "note", "not known who funded", ("qtip_form",), False),
        (("spouse", True, None), "not_fired", "note", "the spouse, who assigned", (), False),
        (("decedent", False, None), "not_fired", "note", "from the second death", (), False),
        (("decedent", True, None), "fired", "warn", "is possible; without it", (), True),
        (("decedent", True, False), "fired", "note", "is possible; without it", (), True),
        (("decedent", True, True), "fired", "note", "the decedent stays the transferor", (), True),
    ],
)
def test_the_transferor_for_the_generation_skipping_tax(facts, state, severity, words, missing, asks):
    funded_by, qtip, elected = facts

    found = gst_finding(funded_by=funded_by, qtip_form=qtip, reverse_qtip_elected=elected)

    assert (state, severity, missing, asks) == (found.state, found.severity, found.missing, bool(found.questions))
    assert words in found.text


@pytest.mark.parametrize(
    ("funded", "nonresident", "missing", "words"),
    [
        (None, True, ("spouse_funded",), "subject to withholding"),
        (True, None, ("spouse_us_resident",), "grantor trust"),
        (False, False, (), "capital gains are the trust's"),
    ],
)
def test_who_is_taxed_on_the_income_is_for_the_attorney(funded, nonresident, missing, words):
    found = trust_income_finding(spouse_funded=funded, spouse_nonresident=nonresident)

    assert found.missing == missing
    assert words in found.text
    assert "not verified" in found.text
    assert found.questions


@pytest.mark.parametrize(
    ("covered", "citizen", "state", "missing", "asks"),
    [
        (None, None, "undecided", ("decedent_covered_expatriate", "spouse_is_us_citizen"), True),
        (True, None, "undecided", ("spouse_is_us_citizen",), True),
        (True, False, "fired", (), True),
        (True, True, "not_fired", (), False),
        (False, None, "not_fired", (), False),
    ],
)
def test_bequests_of_covered_expatriates(covered, citizen, state, missing, asks):
    found = covered_bequest_finding(covered_expatriate=covered, spouse_is_us_citizen=citizen)

    assert (state, missing, asks) == (found.state, found.missing, bool(found.questions))
    assert found.severity == ("warn" if state == "fired" else "note")


@pytest.mark.parametrize(
    ("citizen", "saved", "state", "severity", "missing"),
    [
        (None, False, "undecided", "note", ("spouse_is_us_citizen",)),
        (False, False, "fired", "stop", ()),
        (False, True, "fired", "note", ()),
        (True, True, "not_fired", "note", ()),
    ],
)
def test_the_denial_stops_a_plan_only_without_an_exception(citizen, saved, state, severity, missing):
    found = denial_finding(spouse_is_us_citizen=citizen, citizen_before_return=False, saved=saved)

    assert (state, severity, missing) == (found.state, found.severity, found.missing)
    assert ("; an exception holds" in found.text) == (citizen is False and saved)


@pytest.mark.parametrize(
    ("holds", "severity", "asks"), [(True, "note", False), (False, "stop", True), (None, "warn", True)]
)
def test_a_way_into_a_qdot_that_fails_stops_the_plan(holds, severity, asks):
    found = route_finding("reformed_trust", holds=holds, missing=())

    assert (severity, asks) == (found.severity, bool(found.questions))


@pytest.mark.parametrize(("passes", "severity"), [(True, "note"), (False, "stop"), (None, "warn")])
def test_an_interest_that_may_end_stops_the_plan(passes, severity):
    assert interest_finding(Gate(passes, "why", ("IRC 2056(b)",))).severity == severity


def test_both_the_treaty_and_the_qdot_stop_the_plan():
    treaty = treaty_book().named("france")

    assert treaty_finding("FR", treaty, "both_refused").severity == "stop"
    assert treaty_finding("FR", treaty, "treaty").severity == "warn"


def test_a_partnership_is_put_to_the_attorney():
    asked = situs_finding("share", Undecided(("attorney_situs",)))
    open_fact = situs_finding("flat", Undecided(("located_in",)))

    assert ("no rule settles where such an interest is situated", 1) == (asked.text, len(asked.questions))
    assert ("not decided yet", 0) == (open_fact.text, len(open_fact.questions))


@pytest.mark.parametrize(
    ("kind", "facts", "reason"),
    [
        ("stock", {"issuer": "us"}, "issued by a domestic corporation"),
        ("stock", {"issuer": "foreign"}, "issued by a foreign corporation"),
        ("cash", {"located_in": "us"}, "it lies in the United States"),
        ("cash", {"located_in": "foreign"}, "it lies in another country"),
    ],
)
def test_the_reason_of_a_situs_names_the_place(kind, facts, reason):
    assert situs_of(kind, SitusFacts(**facts)).reason == reason


def test_joint_property_without_records_asks_for_them():
    shown = contribution_finding("tenants_by_entirety", whole("paid by the decedent"), ())

    assert ("note", ()) == (shown.severity, shown.questions)
    assert contribution_finding("tenants_by_entirety", None, ("x",)).severity == "warn"


@pytest.mark.parametrize(
    ("year", "amount", "unverified"),
    [(2001, 10_000_001, True), (2001, 10_000_000, False), (2002, 20_000_000, False), (1988, 20_000_000, True)],
)
def test_the_inferred_bound_of_the_surtax_is_named_where_it_counts(year, amount, unverified):
    assert surtax_bound_unverified(law_of(year), Decimal(amount)) is unverified


@pytest.mark.parametrize(("created", "warned"), [("1976-12-31", True), ("1977-01-01", False)])
def test_a_joint_interest_older_than_the_half_rule_is_questioned(created, warned):
    answer = compute("joint-property", {"spouse_citizenship": "us", "acquired_on": created})

    assert warned == ("joint_interest_of_before_1977" in [warning["code"] for warning in answer["warnings"]])


def test_gifts_are_taxed_once():
    tax = net_nonresident_tax(
        taxable_estate=Decimal(2_000_000),
        adjusted_taxable_gifts=Decimal(1_000_000),
        credit=Decimal(13_000),
        law=LAW_2026,
    )

    assert tax == 787_000


def recapitulation(assets, **more):
    facts = {"date_of_death": "2026-06-30", "spouse_citizenship": "foreign", "assets": assets, **more}
    return compute("estate-tax", facts)


def test_the_worksheet_is_laid_out_as_the_recapitulation():
    answer = recapitulation(
        [
            {"name": "shares", "kind": "stock", "value": 300},
            {"name": "house", "kind": "real_estate", "value": 200},
            {"name": "bonds", "kind": "bond", "value": 100},
        ],
        deductions={"debts": 50, "state_death_tax": 10, "charitable": 20},
    )

    [sheet] = [sheet for sheet in answer["worksheets"] if sheet["code"] == "R-"]
    lines = [(line["label"], line["amount"]) for line in sheet["lines"]]
    assert lines[:7] == [
        ("Item 1. Schedule A, Real Estate", "200"),
        ("A: house", "200"),
        ("Item 2. Schedule B, Stocks and Bonds", "400"),
        ("B: bonds", "100"),
        ("B: shares", "300"),
        ("Item 3. Schedule C, Mortgages, Notes, and Cash", "0"),
        ("Item 4. Schedule D, Insurance on the Decedent's Life", "0"),
    ]
    assert [label for label, _ in lines[7:]] == [
        "Item 5. Schedule E, Jointly Owned Property",
        "Item 6. Schedule F, Other Miscellaneous Property",
        "Item 7. Schedule G, Transfers During Decedent's Life",
        "Item 8. Schedule H, Powers of Appointment",
        "Item 9. Schedule I, Annuities",
        "Total gross estate",
        "Schedule J, Funeral Expenses",
        "Schedule J, Expenses Incurred in Administering Property Subject to Claims",
        "Schedule K, Debts of the Decedent",
        "Schedule K, Mortgages and Liens",
        "Schedules J and K",
        "Allowable amount of them",
        "Schedule L, Net Losses During Administration",
        "Schedule L, Expenses Incurred in Administering Property Not Subject to Claims",
        "Schedules J, K and L",
        "Schedule O, Charitable, Public, and Similar Gifts and Bequests",
        "Schedule M, Bequests, etc., to Surviving Spouse",
        "Tentative total allowable deductions",
        "Tentative taxable estate",
        "State death tax deduction",
        "Taxable estate, carried to the tax computation",
    ]
    assert lines[-1][1] == answer["result"]["taxable_estate"] == "520"


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"gross_estate": 1}, "gross_estate: stands beside assets"),
        ({"taxable_estate": 1}, "taxable_estate: stands beside assets"),
        ({"debts_and_expenses": 1}, "debts_and_expenses: stands beside assets"),
        ({"passing_to_qdot": 1}, "passing_to_qdot: stands beside assets that pass so"),
        ({"assets": None, "deductions": {}}, "deductions: stands without assets"),
    ],
)
def test_an_estate_stated_in_two_ways_is_refused(facts, fault):
    assets = [{"kind": "cash", "value": 2, "passes_to": "qdot"}]

    with pytest.raises(ValueError, match=fault):
        compute("estate-tax", {"date_of_death": "2026-06-30", "assets": assets, **facts})


def test_a_gift_tax_payment_asks_for_the_day_of_the_gift():
    answer = recapitulation([{"kind": "gift_tax_paid", "value": 1}])

    assert answer["missing"] == ["assets[0].gift_on"]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"gross_estate": 2, "worldwide_estate": 1}, "worldwide_estate: 1 is less than the US part"),
        ({"gross_estate": 2, "taxable_estate": 1}, "taxable_estate: stands beside gross_estate"),
        ({"gross_estate": 2, "decedent_domicile": "us"}, "decedent_nonresident_noncitizen: stands beside"),
        ({"gross_estate": 2, "passing_to_others": 3}, "what passes is more than 2"),
        (
            {"gross_estate": 2, "treaty_deduction_elected": True, "election_made": True},
            "treaty_deduction_elected: stands beside a QDOT election",
        ),
    ],
)
def test_facts_of_a_nonresident_that_do_not_fit_are_refused(facts, fault):
    with pytest.raises(ValueError, match=fault):
        compute("nonresident-estate-tax", {"year": 2026, "decedent_nonresident_noncitizen": True, **facts})


ASSETS = st.sampled_from(
    [
        {"name": "a", "kind": "stock", "value": 9_000_000, "issuer": "us", "passes_to": "qdot"},
        {"name": "b", "kind": "cash", "value": 300_000, "located_in": "us", "passes_to": "others"},
        {"name": "c", "kind": "real_estate", "value": 4_000_000, "located_in": "us", "debt": 250_000},
        {
            "name": "d",
            "kind": "real_estate",
            "value": 2_000_000,
            "located_in": "foreign",
            "title": "tenants_by_entirety",
            "decedent_consideration_percent": 75,
        },
        {
            "name": "e",
            "kind": "transfer",
            "value": 5_000_000,
            "retained": [],
            "taxable_gift": 800_000,
            "located_in": "us",
        },
        {"name": "f", "kind": "life_insurance", "value": 700_000, "receivable_by_executor": True},
    ]
)


@pytest.mark.parametrize("rule", ["estate-tax", "nonresident-estate-tax"])
@given(assets=st.lists(ASSETS, min_size=1, max_size=6), data=st.data())
def test_the_order_of_assets_changes_no_figure(rule, assets, data):
    abroad = {"decedent_nonresident_noncitizen": True} if rule == "nonresident-estate-tax" else {}
    facts = {"date_of_death": "2026-06-30", "spouse_citizenship": "foreign", "election_made": True, **abroad}

    first, second = (
        compute(rule, facts | {"assets": given_so}) for given_so in (assets, data.draw(st.permutations(assets)))
    )

    assert first["result"] == second["result"]
    assert first["worksheets"] == second["worksheets"]
    assert first["findings"] == second["findings"]


@given(
    estate=st.decimals(0, 30_000_000, places=2),
    more=st.decimals(0, 1_000_000, places=2),
    year=st.sampled_from(sorted(official_lawbook().years)),
)
def test_a_nonresidents_tax_grows_with_the_estate_and_never_takes_more_than_it(estate, more, year):
    def tax(amount):
        law = law_of(year)
        return net_nonresident_tax(
            taxable_estate=amount, adjusted_taxable_gifts=Decimal(0), credit=Decimal(13_000), law=law
        )

    assert 0 <= tax(estate) <= tax(estate + more) <= tax(estate) + more * Decimal("0.6")
