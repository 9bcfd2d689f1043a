"""The form of a page: what is asked, what is missing, what is kept, and nothing that breaks it."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from clients.forms import PageForm
from clients.intake.qdot import QDOT
from clients.intake.questions import Cell, Item, Record, Sight

pytestmark = pytest.mark.pure


def form_for(slug, posted=None, *, record=None, item=None, slot="a", **options):
    data = None
    if posted is not None:
        data = QueryDict(mutable=True)
        for name, value in posted.items():
            data.setlist(name.replace("__", "--"), value if isinstance(value, list) else [value])
    return PageForm(QDOT.page(slug), data, sight=Sight(record or Record(), slot, item), **options)


def test_answers_become_cells_in_stored_form():
    form = form_for(
        "your-marriage",
        {"married_on": "12 January 2008", "lived_in_community_property_place": "no", "marital_agreement": "yes"},
    )

    assert form.is_valid(), form.errors
    assert "2008-01-12" == form.cells["married_on"].value
    assert {"married_on", "lived_in_community_property_place", "marital_agreement"} == set(form.cells)


def test_money_is_stored_as_a_string_with_cents():
    form = form_for("rough-total", {"rough_total": "$1,250,000"})

    assert form.is_valid()
    assert Cell("1250000.00") == form.cells["rough_total"]


def test_not_sure_is_a_full_answer():
    form = form_for(
        "your-citizenship", {"citizenships__certainty": "not_sure", "citizenships__note": "My mother was American."}
    )

    assert form.is_valid(), form.errors
    assert Cell(None, "not_sure", note="My mother was American.") == form.cells["citizenships"]


def test_zero_empty_and_not_sure_are_three_answers():
    zero = form_for("rough-total", {"rough_total": "0"})
    unsure = form_for("rough-total", {"rough_total__certainty": "not_sure"})
    empty = form_for("rough-total", {})

    assert zero.is_valid()
    assert unsure.is_valid()
    assert not empty.is_valid()
    assert "0.00" == zero.cells["rough_total"].value
    assert unsure.cells["rough_total"].value is None


def test_both_ways_out_at_once_are_refused():
    form = form_for("rough-total", {"rough_total__certainty": ["not_sure", "tell_attorney"]})

    assert not form.is_valid()
    assert "Choose one" in form.errors["rough_total"][0]


def test_not_sure_is_refused_where_it_is_not_offered():
    form = form_for("children", {"has_children": "not_sure"})

    assert not form.is_valid()


def test_a_missing_star_question_is_named_in_words():
    form = form_for("trustee", {})

    assert not form.is_valid()
    assert [
        ("US trustee", "Choose one answer. “I’m not sure” is a full answer.", "id_us_trustee_available_0")
    ] == form.error_list()


def test_come_back_later_asks_for_nothing():
    form = form_for("your-marriage", {"place_of_marriage": "Valparaíso"}, is_finishing=False)

    assert form.is_valid(), form.errors
    assert {"place_of_marriage"} == set(form.cells)


def test_an_answer_to_a_question_that_is_not_asked_is_dropped_even_when_it_is_wrong():
    form = form_for("where-you-live", {"home_country": "CL", "home_state": "NC", "home_since": "2009"})
    wrong = form_for("becoming-a-citizen", {"naturalization_intent": "no", "naturalization_expected_on": "soon"})

    assert form.is_valid(), form.errors
    assert "home_state" not in form.cells
    assert wrong.is_valid(), wrong.errors


def test_a_question_that_is_asked_by_an_answer_of_the_same_page_must_be_answered():
    form = form_for("where-you-live", {"home_country": "US"})

    assert not form.is_valid()
    assert ["home_state"] == list(form.errors)


def test_an_empty_field_keeps_what_was_known_and_says_so():
    record = Record(personal={"a": {"occupation": Cell("Pilot"), "date_of_birth": Cell("1979-04-14")}, "b": {}})
    form = form_for("about-you", {"occupation": "", "date_of_birth": ""}, record=record)

    assert form.is_valid(), form.errors
    assert {} == form.cells
    assert set() == form.cleared
    assert {"occupation", "date_of_birth"} == {question.key for question in form.kept}


def test_clearing_is_explicit_and_only_for_what_may_be_empty():
    record = Record(personal={"a": {"occupation": Cell("Pilot"), "date_of_birth": Cell("1979-04-14")}, "b": {}})
    form = form_for("about-you", {"occupation__clear": "yes", "date_of_birth__clear": "yes"}, record=record)

    assert form.is_valid(), form.errors
    assert {"occupation"} == form.cleared


@pytest.mark.parametrize(("chosen", "exact", "stored"), [("75", "", "75"), ("exact", "62.5", "62.5"), ("0", "", "0")])
def test_who_paid_is_stored_as_the_percentage_of_spouse_a(chosen, exact, stored):
    form = form_for("homes-paid", {"contribution_a": chosen, "contribution_a__exact": exact}, item=Item("1"))

    assert form.is_valid(), form.errors
    assert Cell(stored) == form.cells["contribution_a"]


@pytest.mark.parametrize("exact", ["", "120", "lots"])
def test_an_exact_percentage_must_be_one(exact):
    form = form_for("homes-paid", {"contribution_a": "exact", "contribution_a__exact": exact}, item=Item("1"))

    assert not form.is_valid()
    assert ["contribution_a"] == list(form.errors)


@pytest.mark.parametrize(
    ("a", "b", "title", "fine"),
    [
        ("60", "40", "tenants_in_common", True),
        ("60", "30", "tenants_in_common", False),
        ("60", "30", "with_someone_else", True),
        ("60", "50", "trust_or_company", False),
    ],
)
def test_shares_must_come_to_the_whole_where_only_the_two_own_it(a, b, title, fine):
    item = Item("1", {"title": Cell(title)})

    form = form_for("homes-shares", {"share_a": a, "share_b": b}, item=item)

    assert fine == form.is_valid()


def test_nothing_excludes_something():
    form = form_for("what-you-own", {"owns": ["nothing", "bank"]})

    assert not form.is_valid()
    assert form_for("what-you-own", {"owns": ["nothing"]}).is_valid()


def test_citizenships_drop_empty_choices_and_repeats():
    form = form_for("your-citizenship", {"citizenships": ["US", "CL", "", "CL"]})

    assert form.is_valid()
    assert ["US", "CL"] == form.cells["citizenships"].value


@pytest.mark.parametrize("code", ["XX", "us", "<b>", "USA"])
def test_a_country_that_does_not_exist_is_refused(code):
    assert not form_for("your-citizenship", {"citizenships": [code]}).is_valid()


def test_a_name_in_any_script_is_written_back_escaped():
    form = form_for("your-names", {"legal_name": '"><script>alert(1)</script> 李'})
    form.is_valid()

    drawn = "".join(render_to_string("clients/portal/_question.html", {"q": block}) for block in form.blocks())

    assert "<script>" not in drawn
    assert "李" in drawn


def test_every_page_draws_empty_with_answers_and_with_errors():
    for page in QDOT.pages:
        item = Item("1") if page.is_step else None
        for posted in (None, {}, {question.key: "???" for question in page.questions}):
            form = form_for(page.slug, posted, item=item)
            if posted is not None:
                form.is_valid()
            for block in form.blocks():
                assert block.id in render_to_string("clients/portal/_question.html", {"q": block})


NAMES = sorted(
    {
        name
        for page in QDOT.pages
        for question in page.questions
        for name in (
            question.key,
            f"{question.key}--certainty",
            f"{question.key}--exact",
            f"{question.key}--note",
            f"{question.key}--clear",
        )
    }
    | {"version", "save_key"}
)
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "yes",
            "no",
            "US",
            "not_sure",
            "tell_attorney",
            "exact",
            "100",
            "1e5",
            "-1",
            "\x00",
            "\u202e",
            "NaN",
            "9" * 400,
            "2026-02-29",
            "nothing",
        ]
    ),
)


@given(
    slug=st.sampled_from([page.slug for page in QDOT.pages]),
    posted=st.dictionaries(st.sampled_from(NAMES), st.lists(HOSTILE, max_size=4), max_size=14),
    later=st.booleans(),
)
def test_no_posted_form_breaks_a_page(slug, posted, later):
    form = form_for(slug, posted, item=Item("1"), is_finishing=not later)

    is_valid = form.is_valid()

    assert is_valid or form.error_list()
    assert set(form.cells) <= {question.key for question in form.page.questions}
    for cell in form.cells.values():
        assert cell.certainty in {"known", "not_sure", "tell_attorney"}
        assert isinstance(cell.value, str | int | list | type(None))
    for block in form.blocks():
        render_to_string("clients/portal/_question.html", {"q": block})
