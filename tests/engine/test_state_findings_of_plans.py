"""What a plan asks of states, treaties and community property: fired, not fired, and undecided with what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.community_property import community_law
from planning.engine.assumptions import settle
from planning.engine.findings import findings_of_plan
from planning.engine.findings.asking import PlanFacts
from planning.engine.findings.states import states_in_reach
from planning.engine.holdings import wealth_today
from planning.engine.planner import make_plan
from planning.federal_holidays import is_legal_holiday
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import asset, person, worked_comparison_couple

pytestmark = pytest.mark.pure

AS_OF = date(2026, 7, 15)
STILL = {
    "growth": Decimal(0),
    "indexing": Decimal(0),
    "years_to_first_death": 0,
    "years_to_second_death": 1,
    "ranking_order": "a",
    "survivor_spending": Decimal(0),
    "gift_years": 0,
}
BOOKS = {"state_book": official_state_book(), "treaty_book": treaty_book(), "community": community_law()}


def couple_in(state, *assets, **facts):
    couple = replace(worked_comparison_couple(), assets=assets, **facts)
    home = {"domicile_state": state, "domicile_country": "US"}
    return replace(couple, a=replace(couple.a, **home), b=replace(couple.b, **home))


def found(rule, couple, books=BOOKS):
    plan = make_plan(
        couple,
        lawbook=official_lawbook(),
        given=STILL,
        sources={},
        life_table=life_table(),
        is_holiday=is_legal_holiday,
        as_of=AS_OF,
        with_flip_points=False,
        **books,
    )
    return next(finding for finding in plan.findings if finding.rule == rule)


TEN = asset("a", 10_000_000)
HUGE = asset("a", 20_000_000)
CITIZEN = person("Sol", "US", domicile_state="NY", domicile_country="US")


@pytest.mark.parametrize("rule", ["STA-05", "STA-06", "STA-07", "STA-10", "STA-11"])
def test_a_state_rule_waits_for_the_domicile_and_the_figures(rule):
    unknown = found(rule, couple_in(None, TEN))
    waiting = found(rule, couple_in("NY", asset("a", 1, "life_insurance")))
    without_books = found(rule, couple_in("NY", TEN), books={})

    assert ("undecided", ("a.domicile_state",)) == (unknown.state, unknown.missing)
    assert ("undecided", "The figures wait for missing facts") == (waiting.state, waiting.text)
    assert "undecided" == without_books.state


@pytest.mark.parametrize("rule", ["STA-05", "STA-06", "STA-07", "STA-10", "STA-11"])
def test_where_no_state_taxes_nothing_fires(rule):
    finding = found(rule, couple_in("NC", TEN))

    assert ("not_fired", "No state that has an estate tax is in reach of the first estate") == (
        finding.state,
        finding.text,
    )


def test_the_gap_between_the_exclusions_is_measured():
    new_york = found("STA-05", couple_in("NY", TEN))
    small = found("STA-05", couple_in("NY", asset("a", 5_000_000)))
    connecticut = found("STA-05", couple_in("CT", TEN))

    # 10,000,000 less New York's 7,350,000.
    assert ("fired", Decimal(2_650_000), Decimal(7_350_000)) == (
        new_york.state,
        new_york.measured,
        new_york.threshold,
    )
    assert "New York: Fund the bypass share up to 7,350,000" in new_york.text
    assert "a trust in QDOT form" in new_york.text
    assert "N.Y. Tax Law 952(c)" in new_york.citations
    assert ("not_fired", Decimal(0)) == (small.state, small.measured)
    assert ("not_fired", "Connecticut: The state leaves as much untaxed as the federal exclusion.") == (
        connecticut.state,
        connecticut.text,
    )
    for_a_citizen = found("STA-05", couple_in("NY", TEN).__class__(a=couple_in("NY").a, b=CITIZEN, assets=(TEN,)))
    assert "QTIP election" in for_a_citizen.text


def test_land_in_another_state_brings_that_state_in():
    couple = couple_in("NY", TEN, asset("a", 2_000_000, "home", country="US", state="OR"))

    finding = found("STA-05", couple)

    assert "New York:" in finding.text
    assert "Oregon:" in finding.text
    assert "special marital property" in finding.text


@pytest.mark.parametrize(
    ("owned", "states"),
    [
        ((), ["NY"]),
        ((asset("a", 1, "home", country="US", state="OR"),), ["NY", "OR"]),
        ((asset("a", 1, "real_estate", state="OR"),), ["NY", "OR"]),
        ((asset("b", 1, "home", country="US", state="OR"),), ["NY"]),
        ((asset("joint_survivorship", 1, "home", country="US", state="OR"),), ["NY", "OR"]),
        ((asset("a", 1, "brokerage", country="US", state="OR"),), ["NY"]),
        ((asset("a", 1, "home", country="FR", state=None),), ["NY"]),
        ((asset("a", 1, "home", country="US", state=None),), ["NY"]),
        ((asset("a", 1, "home", country="US", state="NY"),), ["NY"]),
    ],
)
def test_the_states_in_reach_are_the_home_and_those_of_land(owned, states):
    plan_facts = PlanFacts(couple_in("NY", *owned), settled(), official_lawbook().federal(AS_OF), AS_OF, {})

    assert states == states_in_reach(plan_facts)


def settled():
    couple = couple_in("NY", TEN)
    return settle(couple, STILL, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF)[0]


def test_what_a_state_makes_of_a_noncitizens_share():
    below = found("STA-06", couple_in("NY", TEN))
    unclear = found("STA-06", couple_in("MN", TEN))
    with_return = found("STA-06", couple_in("MN", HUGE))
    citizen = found("STA-06", replace(couple_in("NY", TEN), b=CITIZEN))

    assert "fired" == below.state
    assert "New York: outright denied, in QDOT form deducted" in below.text
    assert "(INFERRED)" in below.text
    assert "undecided" == unclear.state
    assert "in QDOT form open" in unclear.text
    assert "(UNVERIFIED)" in unclear.text
    assert any("Minnesota accept a QDOT election for itself alone" in question for question in unclear.questions)
    assert "fired" == with_return.state
    assert "in QDOT form deducted: the QDOT election of the federal return" in with_return.text
    assert "UNVERIFIED" not in with_return.text
    assert ("not_fired", "The survivor is a US citizen") == (citizen.state, citizen.text)


@pytest.mark.parametrize("rule", ["STA-07", "STA-11"])
def test_nothing_about_a_qdot_is_asked_where_the_survivor_is_a_citizen(rule):
    finding = found(rule, replace(couple_in("NY", TEN), b=CITIZEN))

    assert ("not_fired", "The survivor is a US citizen") == (finding.state, finding.text)


def test_tax_on_what_leaves_a_qdot():
    new_york, minnesota = found("STA-07", couple_in("NY", TEN)), found("STA-07", couple_in("MN", TEN))

    assert ("not_fired", ()) == (new_york.state, new_york.questions)
    assert "New York: New York taxes neither" in new_york.text
    assert "undecided" == minnesota.state
    assert minnesota.questions


def test_every_point_that_is_not_settled_is_named():
    new_york, washington = found("STA-10", couple_in("NY", TEN)), found("STA-10", couple_in("MN", TEN))

    assert ("fired", "inferred") == (new_york.state, new_york.measured)
    assert "state only qdot INFERRED" in new_york.text
    assert ("Are the open points of New York confirmed for this matter?",) == new_york.questions
    assert ("fired", "unverified") == (washington.state, washington.measured)
    assert "state only qdot UNVERIFIED" in washington.text


def test_a_federal_return_is_thought_of_only_where_none_is_due_and_the_election_is_unclear():
    unclear = found("STA-11", couple_in("MN", TEN))
    clear = found("STA-11", couple_in("NY", TEN))
    due = found("STA-11", couple_in("MN", HUGE))

    assert "fired" == unclear.state
    assert "Minnesota: A federal return makes the election" in unclear.text
    assert ("Should a federal return be filed to make the QDOT election?",) == unclear.questions
    assert ("not_fired", "New York: the state's own election is not unclear") == (clear.state, clear.text)
    assert ("not_fired", "A federal return is due in any case; the election is made there") == (due.state, due.text)


def test_the_return_is_due_above_the_exclusion_with_gifts_and_not_at_it():
    at_it = couple_in("MN", asset("a", 15_000_000))
    above = replace(at_it, a=replace(at_it.a, adjusted_taxable_gifts=Decimal(1)))
    with_dsue = replace(above, a=replace(above.a, dsue_received=Decimal(1_000_000)))

    assert "fired" == found("STA-11", at_it).state
    assert "not_fired" == found("STA-11", above).state
    # The unused exclusion of an earlier spouse does not lift the filing threshold.
    assert "not_fired" == found("STA-11", with_dsue).state


# -- treaties ------------------------------------------------------------------


def test_a_treaty_is_in_reach_by_citizenship_or_home_of_either_spouse():
    couple = couple_in("NC", TEN)
    german = replace(couple, b=replace(couple.b, citizenships=("DE",)))
    at_home_in_france = replace(couple, a=replace(couple.a, domicile_state=None, domicile_country="FR"))

    by_citizenship, by_home = found("TRY-01", german), found("TRY-01", at_home_in_france)
    neither = found("TRY-01", couple)

    assert ("fired", "Germany") == (by_citizenship.state, by_citizenship.measured)
    assert "Treaty with Germany" in by_citizenship.citations
    assert any(question.startswith("Germany: ") for question in by_citizenship.questions)
    assert ("fired", "France") == (by_home.state, by_home.measured)
    assert ("not_fired", ()) == (neither.state, neither.missing)


def test_what_is_not_known_of_citizenship_and_home_keeps_the_treaties_open():
    couple = couple_in("NC", TEN)
    unknown = replace(couple, a=replace(couple.a, domicile_country=None, us_domicile=None), b=person("Sol"))

    finding = found("TRY-01", unknown)

    # Of Sol the firm has concluded that the home is in the United States.
    assert ("undecided", ("a.domicile_country", "b.citizenships")) == (finding.state, finding.missing)
    assert "undecided" == found("TRY-01", couple, books={}).state


# -- community property --------------------------------------------------------


BOUGHT = {"acquired_by": "purchase", "acquired_year": 2014}
CALIFORNIA = {"lived_in_community_property_place": True, "lived_in_states": ("CA",), "lived_in_states_from": 2012}


def test_what_was_bought_there_may_be_community_property():
    couple = couple_in("NC", asset("a", 10_000_000, **BOUGHT), married_on=date(2004, 6, 19), **CALIFORNIA)

    finding = found("EST-24", couple)

    assert "fired" == finding.state
    assert "May be community property, bought in the marriage" in finding.text
    assert "brokerage of a" in finding.text
    assert "Where was each spouse domiciled since the marriage, with dates?" in finding.questions
    assert "What does their agreement about property change?" not in finding.questions
    agreed = found("EST-24", replace(couple, marital_agreement=True))
    assert "What does their agreement about property change?" in agreed.questions


def test_a_californians_earlier_purchases_may_be_quasi_community_property():
    brought = asset("a", 10_000_000, acquired_by="purchase", acquired_year=2008)
    couple = couple_in("CA", brought, married_on=date(2004, 6, 19), **CALIFORNIA)

    finding = found("EST-24", couple)

    assert "May be quasi-community property of California: brokerage of a" in finding.text
    assert "All of it counts in the estate of Dana" in finding.text
    assert "the half of Sol is taken to pass from the decedent and to need a QDOT (UNVERIFIED)" in finding.text
    assert "Cal. Prob. Code 66" in finding.citations
    in_nevada = found("EST-24", couple_in("NV", brought, married_on=date(2004, 6, 19), **CALIFORNIA))
    assert "quasi" not in in_nevada.text
    assert "They lived in a community property place" in in_nevada.text
    assert "Cal. Prob. Code 66" not in in_nevada.citations


def test_community_property_without_such_a_home_was_made_by_choice():
    titled = asset("community", 10_000_000)
    by_choice = found("EST-24", couple_in("FL", titled, lived_in_community_property_place=False))
    nowhere = found("EST-24", couple_in("FL", titled, lived_in_states=()))
    at_home = found("EST-24", couple_in("TX", titled, **CALIFORNIA))
    not_known = found("EST-24", couple_in("TX", titled))

    for finding in (by_choice, nowhere):
        assert "Only the decedent's half of community property is in the first estate: brokerage" in finding.text
        assert "made by choice, as Alaska, Florida, Kentucky, South Dakota, Tennessee allow" in finding.text
        assert "UNVERIFIED" in finding.text
    assert "made by choice" not in at_home.text + not_known.text
    assert "fired" == found("EST-24", couple_in("FL", titled), books={}).state


def test_what_keeps_community_property_open_is_named():
    couple = couple_in("CA", TEN, married_on=date(2004, 6, 19))
    unknown = found("EST-24", couple)
    elsewhere = found("EST-24", replace(couple, lived_in_community_property_place=False))
    none = found("EST-24", couple_in("NC", TEN, lived_in_community_property_place=False))

    assert "undecided" == unknown.state
    assert (
        "lived_in_community_property_place",
        "assets[0].acquired_by",
        "assets[0].acquired_year",
        "lived_in_states",
        "lived_in_states_from",
    ) == unknown.missing
    # A Californian who says to have lived nowhere under community property: the asset may be quasi-community.
    assert ("undecided", ("assets[0].acquired_by", "assets[0].acquired_year")) == (elsewhere.state, elsewhere.missing)
    assert "not_fired" == none.state


def test_every_finding_of_the_module_is_asked_of_every_plan():
    facts = PlanFacts(couple_in("NY", TEN), settled(), official_lawbook().federal(AS_OF), AS_OF, {})

    rules = [finding.rule for finding in findings_of_plan(facts)]

    assert {"EST-24", "STA-05", "STA-06", "STA-07", "STA-10", "STA-11", "TRY-01"} <= set(rules)
