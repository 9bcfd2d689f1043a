"""Pictures of a plan: the table behind each says the plan's figures, and every letter in a drawing is only a letter."""

import copy
import json
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from planning.casefile import read_case
from planning.pictures import (
    flip_map,
    gift_calendar,
    range_chart,
    solved_curves,
    tax_now_and_later,
    wealth_over_time,
    who_gets_what,
)
from planning.pictures.gift_calendar import gift_strategy, gifts_of
from planning.pictures.names import in_words, name_or, strategy_in_words
from planning.pictures.shares import shares_of
from planning.plans import plan_json
from planning.reading import Reading
from qdot_site.templatetags.money import usd_m

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
CASES = ("mixed-couple", "both-noncitizens", "small-estate", "survivor-abroad", "worked-comparison")
GIFTS = "gifts_credit_shelter_and_qdot"


@pytest.fixture(scope="module")
def plans():
    """The plans of the examples, worked out once."""
    found = {}
    for name in CASES:
        case = read_case(json.loads((EXAMPLES / f"case-{name}.json").read_text()))
        found[name] = plan_json(case.couple, case.assumptions, as_of=case.as_of)
    return found


@pytest.fixture
def mixed(plans):
    return Reading(copy.deepcopy(plans["mixed-couple"]))


def million(amount):
    return f"{Decimal(amount) / 1_000_000:,.2f}"


def drawn(picture):
    """The drawing, read as XML; it has its title and its description, and no style of its own."""
    root = ET.fromstring(str(picture.svg))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == picture.title
    assert root.find(f"{space}desc").text
    assert "style=" not in str(picture.svg)
    assert {len(row) for row in picture.rows} == {len(picture.head)}
    return root


def words_in(picture):
    return [element.text for element in drawn(picture).iter("{http://www.w3.org/2000/svg}text")]


def all_of(reading, chosen=None):
    chosen, order = chosen or reading.recommendation["strategy"], reading.ranking_order
    return {
        "shares": who_gets_what(reading, chosen=chosen, order=order),
        "taxes": tax_now_and_later(reading, chosen=chosen, order=order),
        "gifts": gift_calendar(reading, chosen=chosen, order=order),
        "ranges": range_chart(reading, chosen=chosen),
        "map": flip_map(reading),
        "wealth": wealth_over_time(reading, chosen=chosen, order=order),
    }


# -- who gets what ----------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_every_projection_of_the_examples_says_who_gets_what_and_it_adds_up(plans, name):
    reading = Reading(plans[name])
    computed = [
        (option["strategy"], order) for option in reading.options for order in "ab"
        if reading.order(option["strategy"], order)
    ]  # fmt: skip

    assert computed
    for strategy, order in computed:
        shares = shares_of(reading, strategy, order)
        figures = reading.order(strategy, order)["figures"]
        first, second = shares.first, shares.second
        gone = first.federal_tax + (first.state_tax or 0) + first.costs
        assert abs(first.estate - gone - first.bypass - first.qdot - first.outright - first.others) < 1
        assert first.federal_tax == Decimal(figures["tax_at_first_death"])
        assert second.qdot_tax + second.tax_in_life == Decimal(figures["qdot_tax"])
        assert second.family == Decimal(figures["family_wealth"])
        taken = second.qdot_tax + second.federal_tax + (second.state_tax or 0) + second.costs
        assert abs(second.together - taken - second.family) < 1


def test_the_table_of_who_gets_what_holds_the_lines_of_the_worksheets(mixed):
    picture = who_gets_what(mixed, chosen=GIFTS, order="a")
    rows = {row[0]: row[1:] for row in picture.rows}
    lines = {line["label"]: line["amount"] for sheet in mixed.sheets_of(GIFTS, "a") for line in sheet["lines"]}
    figures = mixed.order(GIFTS, "a")["figures"]

    assert rows["All there is"] == [
        million(lines["Estate after debts"]), million(lines["Together, before the taxes of the second death"])
    ]  # fmt: skip
    assert rows["Bypass trust"] == [
        million(lines["Bypass trust: the exclusion that is left"]),
        million(lines["Bypass trust, not in the survivor's estate"]),
    ]
    assert rows["QDOT"] == [million(lines["Rest of the spouse's share"]), million(lines["QDOT"])]
    assert rows["Federal estate tax"] == ["0.00", million(figures["tax_at_second_death"])]
    assert rows["QDOT tax"] == ["—", million(figures["qdot_tax"])]
    assert rows["The family keeps"] == ["—", million(figures["family_wealth"])]
    assert picture.title.startswith("Nothing is taxed when Thomas dies, $")
    assert {"Thomas dies in 2042", "Elena dies in 2051", "Bypass trust", "QDOT", "QDOT tax"} <= set(words_in(picture))
    assert "no tax at this death" in words_in(picture)


def test_tax_at_the_first_death_and_none_at_all_are_said_in_the_title(mixed, plans):
    taxed = who_gets_what(mixed, chosen="outright", order="a")
    small = who_gets_what(Reading(plans["small-estate"]), chosen="none_needed", order="a")

    assert re.fullmatch(r"\$[\d.]+M of tax when Thomas dies, \$[\d.]+M when Elena does", taxed.title)
    assert "no tax at this death" not in words_in(taxed)
    assert small.title == "Nothing is taxed at either death"
    assert [row[2] for row in small.rows if row[0] == "State death taxes"] == ["—"]


def test_lines_that_do_not_add_up_are_not_drawn(mixed):
    for sheet in mixed.result["worksheets"]:
        for line in sheet["lines"]:
            if line["label"] == "Together, before the taxes of the second death":
                line["amount"] = "1"

    assert shares_of(mixed, GIFTS, "a") is None
    assert who_gets_what(mixed, chosen=GIFTS, order="a") is None


def test_tax_paid_on_principal_is_told_apart_from_the_tax_at_death(mixed):
    result = mixed.order("qdot", "a")
    result["figures"]["qdot_tax"] = str(Decimal(result["figures"]["qdot_tax"]) + 400_000)
    result["qdot_events"].insert(
        0, {"year": 2045, "kind": "principal", "amount": "1000000", "tax": "400000", "line": ""}
    )

    shares = shares_of(mixed, "qdot", "a")
    taxes = tax_now_and_later(mixed, chosen="qdot", order="a")

    assert shares.second.tax_in_life == 400_000
    assert "Paid before: QDOT tax of $400,000 on principal" in words_in(who_gets_what(mixed, chosen="qdot", order="a"))
    assert next(row for row in taxes.rows if row[0] == "QDOT alone")[2] == "0.40"
    assert "QDOT tax in life" in words_in(taxes)


# -- tax now and later ------------------------------------------------------------


def test_the_table_of_taxes_holds_the_figures_of_every_arrangement(mixed):
    picture = tax_now_and_later(mixed, chosen=GIFTS, order="a")

    # Eight arrangements, and an insurance trust for the policy they own.
    assert len(picture.rows) == 9
    for title, first, in_life, second, state, together in picture.rows:
        option = next(option for option in mixed.options if option["title"] == title)
        figures = mixed.order(option["strategy"], "a")["figures"]
        figures = {name: Decimal(amount) for name, amount in figures.items() if amount is not None}
        later = figures["qdot_tax"] + figures["tax_at_second_death"]
        assert [first, in_life, second, state] == [
            million(figures["tax_at_first_death"]), "0.00", million(later), million(figures["state_tax"])
        ]  # fmt: skip
        assert together == million(figures["tax_at_first_death"] + later + figures["state_tax"])
    assert picture.rows[0][0] == "Yearly gifts, bypass trust and QDOT"
    assert "Citizenship (waits for a fact)" in words_in(picture)
    assert "left out" not in picture.note


def test_a_couple_without_tax_sees_no_bar_and_is_told_what_is_left_out(plans):
    picture = tax_now_and_later(Reading(plans["small-estate"]), chosen="none_needed", order="a")

    assert picture.title == "Nothing arranged: no tax at either death"
    assert "no tax" in words_in(picture)
    assert "State taxes are left out" in picture.note


def test_state_taxes_are_a_part_of_their_own(mixed):
    mixed.order("outright", "a")["figures"]["state_tax"] = "1500000"
    picture = tax_now_and_later(mixed, chosen="outright", order="a")

    assert next(row for row in picture.rows if row[0] == "Nothing arranged")[4] == "1.50"
    assert "States, both deaths" in words_in(picture)


# -- the range --------------------------------------------------------------------


def test_the_table_of_the_range_holds_the_odds(mixed):
    picture = range_chart(mixed, chosen=GIFTS)
    outlooks = {mixed.title(found["strategy"]): found for found in mixed.result["odds"]["outlooks"]}

    assert len(picture.rows) == len(outlooks) == 7
    for title, low, middle, high in picture.rows:
        assert [low, middle, high] == [million(outlooks[title][name]) for name in ("low", "middle", "high")]
    middles = [Decimal(row[2]) for row in picture.rows]
    assert middles == sorted(middles, reverse=True)
    assert picture.title.startswith("Gifts, bypass trust and QDOT: one path in ten leaves less than $")


def test_a_range_of_one_amount_is_drawn_too(mixed):
    for found in mixed.result["odds"]["outlooks"]:
        found.update(low="5000000", middle="5000000", high="5000000")

    picture = range_chart(mixed, chosen=GIFTS)

    assert picture.rows[0][1:] == ["5.00", "5.00", "5.00"]
    assert "nan" not in str(picture.svg)


# -- the map ----------------------------------------------------------------------


def test_the_table_of_the_map_holds_what_ranks_first_everywhere(mixed):
    found = mixed.result["flip_map"]
    picture = flip_map(mixed)

    assert picture.head[1:][6] == "$19.4M"
    assert [row[0] for row in picture.rows] == [str(years) for years in found["years"]]
    row, column = found["here"]["row"], found["here"]["column"]
    # The dot: within the tolerance of the next one.
    assert picture.rows[row][column + 1] == "Gifts, bypass and QDOT ·"
    marks = [[cell.endswith(" ·") for cell in line[1:]] for line in picture.rows]
    assert marks == found["close"]
    own = sum(line.count(GIFTS) for line in found["first"])
    assert picture.title == f"Gifts, bypass trust and QDOT: first at {own} of 169 places"
    assert list(picture.small)[:-1] == found["conventions"]
    letters = [word for word in words_in(picture) if word in tuple("ABCDEFGHIJ")]
    assert len(letters) == 169 + len({name for line in found["first"] for name in line})


def test_a_map_of_one_answer_and_of_places_not_ranked_is_drawn(mixed):
    found = mixed.result["flip_map"]
    found["first"] = [["none_needed"] * 13 for _row in found["first"]]
    assert flip_map(mixed).title == "No tax, so nothing is needed, at 169 of 169 places"

    found["first"][0][0] = None
    assert flip_map(mixed).rows[0][1].startswith("Not ranked")


# -- the gift calendar ------------------------------------------------------------


def test_the_gift_calendar_holds_each_years_exclusion_and_adds_up(mixed):
    picture = gift_calendar(mixed, chosen=GIFTS, order="a")
    law = {
        row["year"]: row
        for row in mixed.result["law"]["amounts"]
        if row["name"] == "noncitizen_spouse_annual_exclusion"
    }

    assert [int(row[0]) for row in picture.rows] == sorted(law)
    given = Decimal(0)
    for year, exclusion, so_far, _worth, _due in picture.rows:
        amount = Decimal(law[int(year)]["amount"])
        given += amount
        assert exclusion.startswith(f"${amount:,.0f}")
        assert exclusion.endswith(", projected") is (law[int(year)]["status"] == "projected")
        assert so_far == million(given)
    assert picture.rows[0][:3] == ["2026", "$194,000", "0.19"]
    assert picture.rows[0][4] == "15 April 2027"
    assert picture.rows[1][4] == "18 April 2028"  # the 15th is a Saturday, and Emancipation Day is observed on Monday
    assert str(given) == mixed.figure(GIFTS, "a", "gifts_total")
    lines = {line["label"]: line["amount"] for sheet in mixed.sheets_of(GIFTS, "a") for line in sheet["lines"]}
    assert picture.rows[-1][3] == million(lines["Gifts with their growth at the first death"])
    assert "need no Form 709" in picture.note


def test_the_calendar_says_what_is_left_for_the_qdot(mixed):
    words = words_in(gift_calendar(mixed, chosen=GIFTS, order="a"))
    left = shares_of(mixed, GIFTS, "a").first.qdot
    without = shares_of(mixed, "credit_shelter_and_qdot", "a").first.qdot

    assert f"Left for the QDOT: ${left / 1_000_000:.1f}M, without gifts {without / 1_000_000:.1f}" in words


def test_gifts_are_those_of_the_chosen_arrangement_or_of_the_first_ranked_one(mixed):
    assert gift_strategy(mixed, "lifetime_gifts", "a") == "lifetime_gifts"
    assert gift_strategy(mixed, "qdot", "a") == GIFTS
    assert "Left for the QDOT" not in " ".join(words_in(gift_calendar(mixed, chosen="lifetime_gifts", order="a")))


def test_a_return_that_is_needed_is_said(mixed):
    finding = next(found for found in mixed.result["findings"] if found["rule"] == "GFT-23")
    finding.update(state="fired", text="A gift passes the yearly limit")

    assert "Form 709 is needed: A gift passes the yearly limit." in gift_calendar(mixed, chosen=GIFTS, order="a").note


def test_a_capped_or_single_gift_is_told_and_gifts_that_do_not_add_up_are_not(mixed):
    sheet = next(sheet for sheet in mixed.sheets_of(GIFTS, "a") if sheet["code"].endswith("-P"))
    sheet["lines"] = [
        {"number": "x", "label": "Gift in 2026", "amount": "100000", "how": "", "citations": [], "kind": "plain",
         "status": None},
    ]  # fmt: skip
    assert gifts_of(mixed, GIFTS, "a") == []
    assert gift_calendar(mixed, chosen=GIFTS, order="a") is None

    mixed.order(GIFTS, "a")["figures"]["gifts_total"] = "100000"
    picture = gift_calendar(mixed, chosen=GIFTS, order="a")
    assert picture.title == "One yearly gift moves $100,000"
    assert picture.rows == [["2026", "$100,000", "0.10", "—", "15 April 2027"]]


# -- all of them ------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_every_picture_of_every_example_is_sound(plans, name):
    found = all_of(Reading(plans[name]))

    assert {"shares", "taxes", "gifts", "map", "wealth"} <= {key for key, picture in found.items() if picture}
    assert (found["ranges"] is None) is (plans[name]["odds"] is None)
    for picture in found.values():
        if picture is not None:
            drawn(picture)


def test_an_earlier_plan_has_the_pictures_its_figures_allow(mixed):
    del mixed.result["odds"], mixed.result["flip_map"]
    for option in mixed.options:
        for order in option["orders"]:
            order["figures"] = {k: v for k, v in order["figures"].items() if "state_tax_at" not in k}
    found = all_of(mixed)

    assert found["ranges"] is None
    assert found["map"] is None
    assert found["shares"].rows[7][1:] == ["—", "—"]
    assert found["taxes"] is not None
    assert found["gifts"] is not None


def test_a_plan_without_figures_has_no_picture(mixed):
    for option in mixed.options:
        option["orders"] = []
    del mixed.result["odds"], mixed.result["flip_map"]

    assert set(all_of(mixed).values()) == {None}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("נועה כהן", "The first to die dies in 2042"),
        ("Wolfeschlegelsteinhausenbergerdorff Q", "Wolfeschlegel… dies in 2042"),
        ("欧阳娜娜欧阳娜娜欧阳 X", "欧阳娜娜欧阳… dies in 2042"),
        ("<script>&\"' X", "<script>&\"' dies in 2042"),
    ],
)
def test_names_of_any_length_and_script_stay_in_the_drawing(mixed, name, shown):
    mixed.result["people"]["a"]["name"] = name

    assert shown in words_in(who_gets_what(mixed, chosen=GIFTS, order="a"))
    for picture in all_of(mixed, GIFTS).values():
        drawn(picture)


def test_strategies_are_named_even_where_they_are_built_of_nothing_known():
    assert in_words("treaty") == "Treaty relief"
    assert in_words("something_new") == "something_new"
    assert strategy_in_words("none_needed") == "Nothing arranged"
    assert name_or("Dana", "the survivor", 3) == "Da…"


# -- how much, and how long -------------------------------------------------------------


def test_the_curves_tell_every_point_the_plan_keeps_and_mark_its_top(mixed):
    option = next(found for found in mixed.options if {"bypass_percent", "gift_years"} <= _solved(found))

    curves = solved_curves(mixed, chosen=option["strategy"])

    for solved in option["solved"]:
        if solved["what"] == "together":
            continue
        picture = curves["bypass" if solved["what"] == "bypass_percent" else "years"]
        assert [usd_m(Decimal(point["family_wealth"])) for point in solved["curve"]] == [row[1] for row in picture.rows]
        top = max(Decimal(point["family_wealth"]) for point in solved["curve"])
        assert abs(top - Decimal(solved["family_wealth"])) < 1
        assert solved["text"] in picture.note
        assert 1 == picture.svg.count('r="5"')
        drawn(picture)
        assert not re.search(r">\d+\.5%?</text>", picture.svg.split("<polyline")[0]) or solved["what"] != "gift_years"


def _solved(option):
    return {solved["what"] for solved in option.get("solved") or ()}


def test_a_plan_of_before_has_no_curves(mixed):
    for option in mixed.options:
        option.pop("solved", None)

    assert {"bypass": None, "years": None} == solved_curves(mixed, chosen="qdot")
