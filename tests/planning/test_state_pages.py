"""The library's pages on states and treaties: every rule with authority and status in words, and no facts of a matter."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from planning.state_law import official_state_book
from planning.state_page import mark, overview, state_page, treaty_page
from planning.state_words import sureness_words, weakest
from planning.treaty_book import treaty_book
from tests import factories
from tests.clients.walking import text_of

EVERY_STATE = [*official_state_book().codes, "IA", "KY", "NE", "NJ", "PA", "CA", "AZ", "AK"]


@pytest.fixture
def browser(db):
    staff = factories.make_staff(factories.make_firm(), "paralegal")
    client = Client()
    client.force_login(staff)
    return client


def shown(browser, name, *args):
    response = browser.get(reverse(f"planning:{name}", args=args))
    assert 200 == response.status_code
    return text_of(response)


def test_the_table_of_all_leads_to_a_page_for_each_state_and_treaty(browser):
    response = browser.get(reverse("planning:law-states"))
    html, words = response.content.decode(), text_of(response)

    for code in EVERY_STATE:
        assert reverse("planning:law-state", args=[code]) in html
    for code in treaty_book().treaties:
        assert reverse("planning:law-treaty", args=[code]) in html
    assert "$7,350,000" in words
    assert "from 2026-07-01 $3,000,000" in words
    assert "unverified: ask the attorney" in words
    assert "No estate tax: Alabama" in words
    assert "Sweden: ended" in words
    assert reverse("planning:law-states") in browser.get(reverse("planning:law")).content.decode()


@pytest.mark.parametrize("code", EVERY_STATE)
def test_every_state_has_a_page(browser, code):
    words = shown(browser, "law-state", code)

    assert state_page(code).name in words


@pytest.mark.parametrize("code", sorted(treaty_book().treaties))
def test_every_treaty_has_a_page(browser, code):
    words = shown(browser, "law-treaty", code)

    assert f"Treaty with {treaty_book().treaties[code].country}" in words
    assert "Sources" in words


def test_a_state_with_an_estate_tax_says_how_and_for_whom(browser):
    words = shown(browser, "law-state", "NY")

    for part in (
        "2026-01-01 to 2026-12-31",
        "$7,350,000",
        "no QDOT asked for where no federal return is due",
        "less a credit that ends at 105% of the exclusion",
        "gifts of the last 3 years",
        "only those made as a resident",
        "deaths before 2032-01-01",
        "Portability between spouses no",
        "only where no federal return is filed",
        "N.Y. Tax Law 955(c)",
        "inferred",
    ):
        assert part in words, part


def test_the_rates_of_each_date_stand_apart(browser):
    page = state_page("WA")

    assert 2 == len(page.rates)
    assert Decimal(35) == page.rates[1].rows[-1][2]
    assert Decimal(20) == page.rates[0].rows[-1][2]
    assert "deaths of 2026-07-01" in page.rates[0].title
    assert 4 == len(page.bands)
    assert 2 == len(state_page("MD").rates)
    assert "less $60,000" in state_page("MA").rates[0].title


def test_a_state_with_an_inheritance_tax_names_its_classes(browser):
    words = shown(browser, "law-state", "KY")

    for part in (
        "No estate tax.",
        "aunt or uncle, child in law, great grandchild, nephew or niece",
        "everybody else",
        "$1,000 free, inside the lowest bracket",
        "4% to 16%",
        "pays nothing, whatever the citizenship",
        "counts as the spouse’s own if it is elected",
        "Has an act of the 2026 session moved",
        "by a trust or an agreement",
    ):
        assert part in words, part
    assert "Ended: no inheritance tax" in shown(browser, "law-state", "IA")
    assert "$100,000 free, subtracted" in shown(browser, "law-state", "NE")
    assert "the brackets begin above it" in shown(browser, "law-state", "NJ")
    assert "transfers below $500 are free" in shown(browser, "law-state", "NJ")
    pennsylvania = shown(browser, "law-state", "PA")
    assert "children, from a parent of 21 or younger" in pennsylvania
    assert "above $3,000 a person and year" in pennsylvania


def test_california_shows_quasi_community_property_with_what_to_ask(browser):
    words = shown(browser, "law-state", "CA")

    assert "Quasi-community property" in words
    assert "Cal. Prob. Code 66" in words
    assert "Does the survivor's half of quasi-community property pass from the decedent" in words
    assert "Where was each spouse domiciled since the marriage" in words
    assert "Quasi-community property" not in shown(browser, "law-state", "TX")


def test_a_treaty_shows_each_condition_with_its_status(browser):
    words = shown(browser, "law-treaty", "CA")

    for part in (
        "an article of the income tax treaty",
        "Gifts since not covered",
        "Marital credit",
        "XXIX-B(3)-(4)",
        "the decedent was a US citizen",
        "the executor elects it and gives up the marital deduction",
        "where the whole estate is at most $1,200,000",
        "share of the credit",
        "Questions for the attorney",
    ):
        assert part in words, part
    assert "unverified: ask the attorney" not in words
    german = shown(browser, "law-treaty", "DE")
    assert "not below the tax of a decedent domiciled here" in german
    assert "unverified: ask the attorney" in german
    assert "No relief for a spouse is known." in shown(browser, "law-treaty", "IE")
    assert "as if the decedent had been domiciled here" in shown(browser, "law-treaty", "GB")
    assert "deductions of domestic law stay" in shown(browser, "law-treaty", "DK")


@pytest.mark.parametrize(
    ("name", "code"), [("law-state", "XX"), ("law-state", "ny"), ("law-state", "OH"), ("law-treaty", "SE")]
)
def test_there_is_no_page_for_what_is_not_on_file(browser, name, code):
    assert 404 == browser.get(reverse(f"planning:{name}", args=[code])).status_code


def test_the_table_counts_and_orders():
    found = overview()

    assert 13 == len(found.states)
    assert ["IA", "KY", "MD", "NE", "NJ", "PA"] == [row.code for row in found.inheritance]
    assert 16 == len(found.treaties)
    assert [row.country for row in found.treaties] == sorted(row.country for row in found.treaties)
    assert [2025, 2026] == found.years
    washington = next(row for row in found.states if row.code == "WA")
    assert ["$2,193,000; from 2025-07-01 $3,000,000", "$3,076,000; from 2026-07-01 $3,000,000"] == washington.amounts
    connecticut = next(row for row in found.states if row.code == "CT")
    assert ["$13,990,000", "$15,000,000"] == connecticut.amounts
    assert "12%" == connecticut.rates


def test_the_status_is_said_in_words_and_not_by_a_sign_alone():
    assert ("verified", "status-good") == (mark("verified").words, mark("verified").css)
    assert ("inferred", "status-wait") == (mark("inferred").words, mark("inferred").css)
    assert ("unverified: ask the attorney", "status-late") == (mark("unverified").words, mark("unverified").css)
    assert "on file" == sureness_words("on_file")
    assert "verified" == weakest([])
    assert "unverified" == weakest(["inferred", "unverified", "on_file"])
    assert "inferred" == weakest(["verified", "inferred"])
    assert treaty_page("FR").points
