"""The questionnaire as data: unique keys, conditions that point backwards, facts that exist, paths that end."""

from dataclasses import fields
from itertools import product

import pytest

from clients.intake.qdot import QDOT
from clients.intake.questions import (
    Cell,
    Flag,
    Item,
    Kind,
    Page,
    Record,
    Scope,
    Sight,
    is_asked,
    is_shown,
    missing_keys,
)
from planning.engine.facts import Asset, Couple, Person

pytestmark = pytest.mark.pure

STEPS = [page for page in QDOT.pages if page.is_step]
FACTS = {field.name for shape in (Person, Couple, Asset) for field in fields(shape)}


def known(**values):
    return {key: Cell(value) for key, value in values.items()}


def test_every_slug_is_used_once():
    slugs = [page.slug for page in QDOT.pages]

    assert len(slugs) == len(set(slugs))


def test_every_key_is_asked_once_for_a_person_the_couple_or_one_kind_of_thing():
    seen = set()
    for page in QDOT.pages:
        for question in page.questions:
            place = (page.list_page or page.scope, question.key)

            assert place not in seen, place
            seen.add(place)


def test_personal_and_shared_keys_never_share_a_name():
    personal = {q.key for page in QDOT.pages if page.scope == Scope.PERSONAL for q in page.questions}
    shared = {q.key for page in QDOT.pages if page.scope == Scope.SHARED for q in page.questions}

    assert set() == personal & shared


def test_every_number_and_every_deciding_question_is_a_fact_of_the_engine():
    questions = [q for page in QDOT.pages for q in page.questions] + [*QDOT.staff_person, *QDOT.staff_couple]

    missing = {q.key for q in questions if ("$" in q.use or "K" in q.use) and q.key not in FACTS}

    assert set() == missing


def test_every_fact_is_asked_somewhere():
    asked = {q.key for page in QDOT.pages for q in page.questions} | {
        q.key for q in (*QDOT.staff_person, *QDOT.staff_couple)
    }
    elsewhere = {"name", "a", "b", "assets"}  # from the participants and the lists
    elsewhere |= {"income_yield"}  # assumed of one asset, in a case file

    assert set() == FACTS - asked - elsewhere


def test_conditions_only_point_backwards():
    seen = set()
    for page in QDOT.pages:
        assert page.when is None or set(page.when.questions()) <= seen, page.slug
        for question in page.questions:
            assert question.when is None or set(question.when.questions()) <= seen, question.key
            seen.add(question.key)


def test_every_step_belongs_to_a_list_that_names_it():
    for step in STEPS:
        parent = QDOT.page(step.list_page)

        assert parent is not None
        assert step.slug in parent.steps


@pytest.mark.parametrize("page", QDOT.pages, ids=lambda page: page.slug)
def test_a_page_asks_no_more_than_six_things(page):
    assert len(page.questions) <= 6


@pytest.mark.parametrize("page", QDOT.pages, ids=lambda page: page.slug)
def test_no_page_uses_words_that_clients_are_not_told(page):
    words = " ".join(
        [page.title, page.intro, page.why, *page.text, *(f"{q.label} {q.hint}" for q in page.questions)]
    ).lower()

    for banned in ("best", "optimal", "maximum", "guarantee", "simply", "please note", "alien", "strategy"):
        assert f" {banned}" not in f" {words}", banned


@pytest.mark.parametrize("question", [q for page in QDOT.pages for q in page.questions], ids=lambda q: q.key)
def test_a_choice_has_options_and_its_words_are_unique(question):
    values = [option.value for option in question.options]

    assert len(values) == len(set(values))
    assert bool(values) == (question.kind in {Kind.CHOICE, Kind.YES_NO, Kind.MULTI, Kind.SHARE_OF_PRICE})


@pytest.mark.parametrize(
    ("own", "other", "nc", "any_nc", "other_nc"),
    [
        (None, None, False, True, True),
        (["US"], None, False, True, True),
        (["US"], ["US"], False, False, False),
        (["US"], ["CL"], False, True, True),
        (["CL"], ["US"], True, True, False),
        (["CL", "US"], ["US"], False, False, False),
    ],
)
def test_flags_follow_citizenship(own, other, nc, any_nc, other_nc):
    record = Record()
    for slot, codes in (("a", own), ("b", other)):
        if codes is not None:
            record.personal[slot] = known(citizenships=codes)
    sight = Sight(record, "a")

    assert (nc, any_nc, other_nc) == (sight.flag("nc"), sight.flag("any_nc"), sight.flag("other_nc"))


def test_not_sure_about_citizenship_counts_as_not_a_citizen():
    record = Record(personal={"a": {"citizenships": Cell(None, "not_sure")}, "b": known(citizenships=["US"])})

    assert Sight(record, "a").flag("nc")
    assert Sight(record, "a").flag("ties")
    assert not Sight(record, "b").flag("nc")


def test_an_unknown_flag_is_an_error_and_not_a_silent_no():
    with pytest.raises(KeyError):
        Flag("typo").holds(Sight(Record(), "a"))


def test_pages_of_a_noncitizen_open_close_and_open_again_with_answers_intact():
    record = Record(personal={"a": known(citizenships=["CL"], us_status="green_card"), "b": {}})

    before = [page.slug for page in QDOT.pages_for("a", record)]
    record.personal["a"]["citizenships"] = Cell(["US"])
    between = [page.slug for page in QDOT.pages_for("a", record)]
    record.personal["a"]["citizenships"] = Cell(["CL"])
    after = [page.slug for page in QDOT.pages_for("a", record)]

    assert "your-status" in before
    assert "your-status" not in between
    assert before == after
    assert "green_card" == record.personal["a"]["us_status"].value


def test_who_paid_is_asked_only_for_things_in_both_names_of_a_mixed_couple():
    page, record = (
        QDOT.page("homes"),
        Record(personal={"a": known(citizenships=["US"]), "b": known(citizenships=["CL"])}),
    )

    def steps(title):
        return [step.slug for step in QDOT.steps_for(page, Item("1", known(title=title)), "a", record)]

    assert "homes-paid" in steps("joint_survivorship")
    assert "homes-paid" not in steps("a")
    assert "homes-shares" in steps("tenants_in_common")
    record.personal["b"] = known(citizenships=["US"])
    assert "homes-paid" not in steps("joint_survivorship")


def test_a_question_that_hangs_on_its_own_page_is_shown_and_one_that_hangs_on_another_is_not():
    page: Page = QDOT.page("where-you-live")
    state = next(question for question in page.questions if question.key == "home_state")
    sight = Sight(Record(), "a")

    assert is_shown(page, state, sight)
    assert not is_asked(state, sight)
    assert is_asked(state, Sight(Record(), "a", typed=known(home_country="US")))


def values_of(question):
    """Give some answers to walk through: each option, or one value."""
    words = [option.value for option in question.options]
    if question.kind == Kind.MULTI:
        return [[word] for word in words]
    if question.kind == Kind.COUNTRIES:
        return [["US"], ["CL"], ["US", "CL"]]
    if question.kind == Kind.COUNTRY:
        return ["US", "CL"]
    return words or ["1"]


def test_every_path_through_a_section_can_be_finished():
    for slot, a, b in product("ab", (["US"], ["CL"]), (["US"], ["CL"])):
        record = Record(personal={"a": known(citizenships=a), "b": known(citizenships=b)})
        for page in QDOT.pages_for(slot, record):
            gates = [q for q in page.questions if q.required]
            for answers in product(*(values_of(q) for q in gates)):
                typed = {q.key: Cell(value) for q, value in zip(gates, answers, strict=True)}

                assert [] == missing_keys(page, Sight(record, slot, typed=typed)), page.slug
