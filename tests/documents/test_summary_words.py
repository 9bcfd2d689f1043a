"""What the clients' summary says and never says, in every outcome: read from its HTML, so these tests are quick."""

import re
from html import unescape

import pytest

from planning.client_summary import accent_of, summary_html, summary_of
from planning.services import decide, sign_off_plan
from tests.planning.conftest import Desk
from tests.planning.sample_plan import VARIANTS

WITH_A_CHOICE = [name for name in VARIANTS if name not in ("needs_facts", "nonresident")]
BANNED = ("best", "optimal", "maximum", "guarantee", "simply", "please note", "alien", "exemption")
LATIN = ("per annum", "inter alia", "per stirpes", "et al", "i.e.", "e.g.")


def words(html):
    """Return the visible words of a paper."""
    body = re.sub(r"<(style|svg).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def said(variant):
    """Return the words of an outcome's paper."""
    return words(summary_html(Desk(variant).plan))


@pytest.mark.parametrize("variant", WITH_A_CHOICE)
def test_no_banned_word_and_no_latin_in_any_outcome(db, variant):
    text = said(variant).lower()

    assert [] == [word for word in BANNED if re.search(rf"\b{word}\b", text)]
    assert [] == [word for word in LATIN if word in text]


@pytest.mark.parametrize("variant", WITH_A_CHOICE)
def test_every_amount_of_the_choices_is_a_stored_one(db, variant):
    plan = Desk(variant).plan
    stored = {line["amount"] for sheet in plan.result["worksheets"] for line in sheet["lines"]}
    for option in plan.result["options"]:
        for order in option["orders"]:
            stored |= set(order["figures"].values())

    rows = summary_of(plan).rows

    assert rows
    assert {a for r in rows for a in (r.tax_first, r.survivor_has, r.qdot_tax, r.tax_second, r.keeps)} <= stored


def test_no_private_answer_reaches_the_shared_paper(db):
    plan = Desk("does_not_want").plan
    for option in plan.result["options"]:
        for reason in option["reasons"]:
            reason["text"] = f"SECRET {reason['text']}"
    for fact in plan.result["missing"]:
        fact["text"] = f"SECRET {fact['text']}"
    for row in plan.result["assumptions"]:
        row["note"] = f"SECRET {row['note']}"
        if row["name"].endswith(("dsue_received", "first_death_share_to_spouse")):
            row["value"], row["source"] = "SECRET", "client"
    for why in plan.result["recommendation"]["why_not"].values():
        why["text"] = f"SECRET {why['text']}"
    plan.facts = {"couple": {"a": "SECRET", "b": "SECRET"}}

    text = words(summary_html(plan))

    assert "SECRET" not in text
    for private in ("does not plan to", "green card", "visa", "divorce", "earlier marriage", "immigration"):
        assert private not in text.lower()


def test_the_wish_against_citizenship_is_not_told_to_the_other_spouse(db):
    text = said("does_not_want")

    assert "Whether to apply is a personal choice" in text
    assert "Whether Lucía may become a US citizen" not in text


def test_the_five_steps_the_conditions_and_both_other_ways_are_explained(db):
    text = said("gifts")

    for part in ("Set it up", "Fund it", "Trustee", "Income", "Principal and the end"):
        assert part in text
    assert "What the trust must have" in text
    assert "What it gives, and what it does not" in text
    assert "Two other ways: gifts and citizenship" in text
    assert "projected, not law yet" in text
    assert "Taxes of your state at death are not worked out here" in text


def test_another_choice_prints_the_attorneys_reason_and_not_the_ranking(db):
    desk = Desk("gifts")
    decide(
        plan=desk.plan,
        chosen_strategy="credit_shelter_and_qdot",
        reason="You would rather give nothing away now.",
        actor=desk.attorney,
    )
    plan = sign_off_plan(plan=desk.plan, note="Talked it over.", projected_law_acknowledged=True, actor=desk.attorney)

    text = words(summary_html(plan))

    assert "You would rather give nothing away now." in text
    assert "Two trusts for Lucía would leave your family about" in text
    assert "Talked it over." not in text
    assert "it leaves your family the most" not in text


def test_nothing_needed_says_so_and_what_to_watch(db):
    text = said("none_needed")

    assert "You need no special plan now" in text
    assert "watch the size of what you own" in text


def test_the_roles_follow_the_order_that_ranks(db):
    text = said("order_b")

    assert "If Graham dies before Lucía" in text
    assert "Tax when Lucía dies" in text


def test_two_noncitizens_are_told_that_the_rule_holds_both_ways(db):
    text = said("both_noncitizens")

    assert "Neither of you is counted as a US citizen" in text
    assert "the other way round" in text


def test_unknown_citizenship_is_said_as_counted_not_as_known(db):
    text = said("citizenship_unknown")

    assert "We have not confirmed the citizenship of Lucía" in text
    assert "Lucía is not a US citizen" not in text


def test_hostile_names_are_letters(db):
    html = summary_html(Desk("hostile").plan)

    assert "<script>" not in html
    assert '<img src="http' not in html
    assert "{{ 7*7 }}" in unescape(html)


def test_a_plan_that_waits_for_facts_has_no_summary(db):
    with pytest.raises(ValueError, match="no summary"):
        summary_html(Desk("needs_facts").plan)


@pytest.mark.parametrize("color", ["#ffffff", "#ffee00", "#1f4e5f", "#000000", "red", "#12345g", "#fff;}"])
def test_the_accent_can_be_read_whatever_the_firm_entered(color):
    assert re.fullmatch(r"#[0-9a-f]{6}", accent_of(color))
