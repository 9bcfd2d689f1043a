"""Community and quasi-community property: what may be, what is not, and what is missing; and the file it is read from."""

from dataclasses import replace
from datetime import date

import pytest

from planning.community_property import FILE, community_law, read_community_law
from planning.engine.facts import Asset, Couple, Person
from planning.engine.rules.community_property import (
    acquired_in_marriage,
    lived_there_in,
    may_be_community,
    may_be_quasi,
    outside_the_state_land,
    sort_assets,
)
from planning.law_files import LawFileError

pytestmark = pytest.mark.pure

AS_OF = date(2026, 11, 24)
LAW = community_law()
CALIFORNIAN = Person(name="Dana", domicile_state="CA")
COUPLE = Couple(
    a=CALIFORNIAN,
    b=Person(name="Sol", domicile_state="CA"),
    married_on=date(2004, 6, 19),
    lived_in_community_property_place=True,
    lived_in_states=("CA",),
    lived_in_states_from=2012,
)
STOCKS = Asset(name="Stocks", kind="brokerage", title="a", acquired_by="purchase", acquired_year=2008)


@pytest.mark.parametrize(
    ("acquired_by", "year", "married_on", "answer"),
    [
        ("purchase", 2004, date(2004, 6, 19), True),
        ("purchase", 2003, date(2004, 6, 19), False),
        ("purchase", 2005, date(2004, 6, 19), True),
        ("gift", 2005, date(2004, 6, 19), False),
        ("inheritance", None, None, False),
        (None, 2005, date(2004, 6, 19), None),
        (None, 2003, date(2004, 6, 19), False),
        ("purchase", None, date(2004, 6, 19), None),
        ("purchase", 2005, None, None),
    ],
)
def test_only_what_was_bought_in_the_marriage_counts(acquired_by, year, married_on, answer):
    asset = replace(STOCKS, acquired_by=acquired_by, acquired_year=year)

    assert answer is acquired_in_marriage(asset, replace(COUPLE, married_on=married_on))


@pytest.mark.parametrize(
    ("year", "facts", "answer"),
    [
        (2012, {}, True),
        (2011, {}, False),
        (2026, {}, True),
        (2016, {"lived_in_states_until": 2016}, True),
        (2017, {"lived_in_states_until": 2016}, False),
        (None, {}, None),
        (2012, {"lived_in_states_from": None}, None),
        (2012, {"lived_in_community_property_place": False}, False),
        (None, {"lived_in_states": ()}, False),
        (2012, {"lived_in_community_property_place": None, "lived_in_states": None}, True),
    ],
)
def test_the_years_in_a_community_property_place_include_both_ends(year, facts, answer):
    assert answer is lived_there_in(year, replace(COUPLE, **facts), AS_OF)


@pytest.mark.parametrize(
    ("year", "answer"),
    [(2008, False), (2012, True), (2003, False), (None, None)],
)
def test_an_asset_bought_there_in_the_marriage_may_be_community_property(year, answer):
    assert answer is may_be_community(replace(STOCKS, acquired_year=year), COUPLE, AS_OF)


@pytest.mark.parametrize(
    ("kind", "country", "state", "answer"),
    [
        ("brokerage", "FR", None, False),
        ("home", "FR", None, True),
        ("real_estate", "US", "NY", True),
        ("real_estate", None, "CA", False),
        ("home", "US", "CA", False),
        ("home", "US", None, None),
        ("home", None, None, None),
    ],
)
def test_land_outside_california_is_never_quasi_community(kind, country, state, answer):
    asset = replace(STOCKS, kind=kind, country=country, state=state)

    assert answer is outside_the_state_land(asset, "CA")


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({}, True),
        ({"acquired_year": 2012}, False),
        ({"title": "b"}, False),
        ({"title": "community"}, False),
        ({"title": None}, None),
        ({"title": None, "acquired_year": 2003}, False),
        ({"acquired_by": "inheritance"}, False),
        ({"kind": "home", "country": "US", "state": "OR"}, False),
        ({"kind": "home", "country": "US", "state": "CA"}, True),
        ({"kind": "home", "country": "US"}, None),
        ({"acquired_year": None}, None),
    ],
)
def test_what_the_decedent_bought_elsewhere_may_be_quasi_community_property(facts, answer):
    assert answer is may_be_quasi(replace(STOCKS, **facts), COUPLE, "a", LAW, AS_OF)


def test_each_asset_is_sorted_once_and_the_missing_facts_are_named():
    couple = replace(
        COUPLE,
        assets=(
            replace(STOCKS, name="Titled so", title="community"),
            replace(STOCKS, name="Bought there", acquired_year=2015),
            replace(STOCKS, name="Brought along"),
            replace(STOCKS, name="Of the survivor", title="b"),
            replace(STOCKS, name="Of no known year", acquired_year=None, acquired_by=None),
            replace(STOCKS, name="Before the marriage", acquired_year=2000),
        ),
    )

    found = sort_assets(couple, "a", LAW, AS_OF)

    assert (["Titled so"], ["Bought there"], ["Brought along"]) == (
        found.titled,
        found.may_be_community,
        found.may_be_quasi,
    )
    assert ["assets[4].acquired_by", "assets[4].acquired_year"] == found.missing


def test_there_is_quasi_community_property_only_at_the_death_of_a_californian():
    couple = replace(COUPLE, a=replace(CALIFORNIAN, domicile_state="NV"), assets=(STOCKS,))

    assert [] == sort_assets(couple, "a", LAW, AS_OF).may_be_quasi


def test_what_is_missing_of_the_couple_is_named_once():
    unknown = replace(
        COUPLE, married_on=None, lived_in_states=None, lived_in_states_from=None, lived_in_community_property_place=None
    )
    couple = replace(unknown, assets=(STOCKS, replace(STOCKS, title=None)))

    found = sort_assets(couple, "a", LAW, AS_OF)

    assert ["married_on", "lived_in_states", "lived_in_states_from", "assets[1].title"] == found.missing
    nowhere = replace(couple, lived_in_states=())
    assert "lived_in_states_from" not in sort_assets(nowhere, "a", LAW, AS_OF).missing
    assert (
        "lived_in_states"
        not in sort_assets(replace(couple, lived_in_community_property_place=False), "a", LAW, AS_OF).missing
    )
    assert [] == sort_assets(replace(couple, assets=None), "a", LAW, AS_OF).missing


@pytest.mark.parametrize(
    ("home", "facts", "missing"),
    [
        # Inherited: separate whatever the year.
        ("CA", {"acquired_by": "inheritance", "acquired_year": None}, []),
        ("NV", {"acquired_by": "inheritance", "acquired_year": None}, []),
        ("NV", {"title": None, "acquired_year": 2008}, []),
        # Not community property; whose it is decides whether it may be quasi-community.
        ("CA", {"title": None, "acquired_year": 2008}, ["assets[0].title"]),
        # Of the survivor: never quasi-community, but it may be community property.
        ("CA", {"title": "b", "acquired_year": None}, ["assets[0].acquired_year"]),
    ],
)
def test_only_facts_that_decide_are_missing(home, facts, missing):
    couple = replace(COUPLE, a=replace(CALIFORNIAN, domicile_state=home), assets=(replace(STOCKS, **facts),))

    assert missing == sort_assets(couple, "a", LAW, AS_OF).missing


# -- the file ------------------------------------------------------------------


def test_the_nine_states_and_the_five_by_choice_stand_in_the_file():
    assert {"AZ", "CA", "ID", "LA", "NV", "NM", "TX", "WA", "WI"} == set(LAW.states)
    assert {"AK", "FL", "KY", "SD", "TN"} == set(LAW.by_choice)
    assert "CA" == LAW.quasi_state
    assert {"AZ", "ID", "WA"} == LAW.elsewhere
    assert ("unverified", "inferred") == (LAW.points["by_choice"].status, LAW.quasi["gross_estate"].status)
    assert "unverified" == LAW.quasi["survivors_half"].status
    assert 7 == len(LAW.questions)
    assert date(2026, 11, 23) == LAW.as_of
    assert LAW.source


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('CA = "California"', 'XX = "California"', "states.XX: is not a known key"),
        ('AK = "Alaska"', 'CA = "California"', "by_choice.CA: stands under states too"),
        ("[point.basis]", "[point.bases]", "point.bases: is not a known key"),
        ("[quasi.point.what]", "[quasi.what]", "quasi.what: is not a known key"),
        ('state = "CA"', 'state = "NY"', "quasi.state: is 'NY'; expected one of AZ"),
        ('states = ["AZ", "ID", "WA"]', 'states = ["Arizona"]', "point.elsewhere.states: names 'Arizona'"),
        ('states = ["AZ", "ID", "WA"]', "", "point.elsewhere.states: is None; expected a list"),
        ('status = "verified"', 'status = "sure"', "status: is 'sure'; expected one of verified"),
        ("as_of = 2026-11-23", "", "as_of: is None; expected a date"),
        ('question = "Does the community property made by choice', 'note = "x', "is not a known key"),
        ("ask = [", "asked = [", "questions.asked: is not a known key"),
        ("source = ", "sources = ", "sources: is not a known key"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path, old, new, fault):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / FILE.name
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(LawFileError) as error:
        read_community_law(file)

    assert fault in str(error.value)


def test_what_is_not_verified_asks_the_attorney(tmp_path):
    text = FILE.read_text(encoding="utf-8")
    start = text.index('question = "Does the survivor')
    file = tmp_path / FILE.name
    file.write_text(text[:start] + text[text.index("\n", start) :], encoding="utf-8")

    with pytest.raises(LawFileError, match=r"quasi.point.survivors_half.question: is missing"):
        read_community_law(file)


def test_every_point_stands_in_the_file(tmp_path):
    text = FILE.read_text(encoding="utf-8")
    start = text.index("[point.basis]")
    file = tmp_path / FILE.name
    file.write_text(text[:start] + text[text.index("[point.citizenship]") :], encoding="utf-8")

    with pytest.raises(LawFileError, match=r"point.basis: is missing"):
        read_community_law(file)
