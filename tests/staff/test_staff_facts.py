"""What the firm enters itself: facts about each spouse, the couple, the assumptions of the matter."""

import pytest
from django.test import Client
from django.urls import reverse

from clients.fact_forms import PRODUCT_DEFAULTS
from clients.intake.qdot import STAFF_COUPLE
from clients.models import Answer, AuditEvent
from clients.selectors import accepted_record
from clients.services import submissions
from planning.engine.assumptions import DEFAULTS, LABELS
from tests import factories
from tests.clients.walking import read, text_of

pytestmark = pytest.mark.django_db


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def firm(db):
    return factories.make_firm()


@pytest.fixture
def dana(firm):
    return factories.make_staff(firm, "paralegal")


@pytest.fixture
def staff(dana):
    return signed_in(dana)


@pytest.fixture
def matter(firm, dana):
    return factories.make_matter(firm, dana)


def url(matter):
    return reverse("clients:staff-facts", args=[matter.public_id])


def shown(client, matter):
    """Open the page and give what its form would send unchanged."""
    fields = read(client.get(url(matter))).fields
    return {name: values[-1] for name, values in fields.items() if values and name not in {"csrfmiddlewaretoken", "q"}}


def save(client, matter, fields=None, **changes):
    fields = fields or shown(client, matter)
    return client.post(url(matter), {**fields, **{name.replace("__", "-"): value for name, value in changes.items()}})


def rows():
    return Answer.objects.count()


def test_the_page_asks_for_each_spouse_and_shows_the_products_defaults(staff, matter):
    response = staff.get(url(matter))

    page = text_of(response)
    assert 2 == page.count("US domicile for estate and gift tax")
    assert "Treas. Reg. 20.0-1(b)(1)" in page
    assert "Empty: 23.8" in page
    assert 'placeholder="23.8"' in response.content.decode()
    assert "Lucia" in page
    assert "<title>Facts and assumptions · Marsh &amp; Calloway</title>" in response.content.decode()


def test_the_defaults_shown_are_the_engines():
    assert {name: default for name, (_label, _unit, default) in DEFAULTS.items()} == PRODUCT_DEFAULTS


def test_every_assumption_of_the_engine_can_be_entered():
    assert set(LABELS) == {question.key for question in STAFF_COUPLE}


def test_facts_are_saved_in_stored_form_and_the_ledger_names_keys_only(staff, matter, dana):
    response = save(
        staff,
        matter,
        a__us_domicile="yes",
        a__adjusted_taxable_gifts="$1.2 million",
        b__dsue_received="0",
        couple__growth="−1.5",
        couple__ranking_order="b",
        couple__years_to_first_death="9",
    )

    record = accepted_record(matter)
    assert (302, url(matter)) == (response.status_code, response.headers["Location"])
    assert ("yes", "1200000.00") == (
        record["a"]["us_domicile"]["value"],
        record["a"]["adjusted_taxable_gifts"]["value"],
    )
    assert "0.00" == record["b"]["dsue_received"]["value"]
    assert ("-1.5", "b", 9) == tuple(
        record["couple"][key]["value"] for key in ("growth", "ranking_order", "years_to_first_death")
    )
    events = AuditEvent.objects.filter(action="staff_facts.saved")
    assert {"questions", "slot", "item"} == {key for event in events for key in event.data}
    assert "1200000" not in str([event.data for event in events])
    assert {dana} == {event.actor for event in events}


def test_what_is_saved_is_shown_again(staff, matter):
    save(staff, matter, a__adjusted_taxable_gifts="1200000", b__us_domicile="no")

    fields = shown(staff, matter)

    assert ("1,200,000", "no", "") == (
        fields["a-adjusted_taxable_gifts"],
        fields["b-us_domicile"],
        fields["a-us_domicile"],
    )


def test_saving_without_a_change_writes_no_row(staff, matter):
    save(staff, matter, a__us_domicile="yes", couple__growth="5")
    before = rows()

    response = staff.post(url(matter), shown(staff, matter), follow=True)

    assert "Nothing was changed" in text_of(response)
    assert before == rows()


def test_an_emptied_field_takes_the_entry_away(staff, matter):
    save(staff, matter, a__us_domicile="yes", couple__growth="5")

    save(staff, matter, a__us_domicile="", couple__growth=" ")

    record = accepted_record(matter)
    assert "us_domicile" not in record["a"]
    assert "growth" not in record["couple"]


def test_a_field_that_is_not_sent_takes_nothing_away(staff, matter):
    save(staff, matter, a__us_domicile="yes", couple__growth="5")

    staff.post(url(matter), {})

    record = accepted_record(matter)
    assert ("yes", "5") == (record["a"]["us_domicile"]["value"], record["couple"]["growth"]["value"])


def test_a_page_opened_before_a_colleague_saved_takes_nothing_away(staff, matter, firm):
    old = shown(staff, matter)
    ana = signed_in(factories.make_staff(firm, "attorney"))
    save(ana, matter, a__us_domicile="yes")

    save(staff, matter, old, couple__growth="4")

    record = accepted_record(matter)
    assert ("yes", "4") == (record["a"]["us_domicile"]["value"], record["couple"]["growth"]["value"])


def test_two_who_change_the_same_fact_are_told_and_may_choose(staff, matter, firm):
    old = shown(staff, matter)
    ana = signed_in(factories.make_staff(firm, "attorney"))
    save(ana, matter, couple__growth="6")

    response = save(staff, matter, old, couple__growth="4")

    assert 409 == response.status_code
    assert "Ana Raman saved “6%” here meanwhile" in text_of(response)
    assert "6" == accepted_record(matter)["couple"]["growth"]["value"]
    again = {name: values[-1] for name, values in read(response).fields.items() if values}
    assert "4" == again["couple-growth"]
    staff.post(url(matter), again)
    assert "4" == accepted_record(matter)["couple"]["growth"]["value"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("a-adjusted_taxable_gifts", "lots", "Write an amount in US dollars"),
        ("a-adjusted_taxable_gifts", "-5", "Write an amount of 0 or more"),
        ("b-first_death_share_to_spouse", "101", "Write a number from 0 to 100"),
        ("couple-growth", "50.01", "Write a number from −50 to 50"),
        ("couple-growth", "-51", "Write a number from −50 to 50"),
        ("couple-growth", "-", "Write a number from −50 to 50"),
        ("couple-capital_gains_rate", "-1", "Write a number from 0 to 100"),
        ("couple-years_to_first_death", "81", "from 0 to 80"),
        ("couple-years_to_first_death", "9.5", "Write a whole number"),
        ("couple-gift_years", "-1", "Write a whole number"),
        ("couple-growth", "<script>alert(1)</script>", "Write a number from −50 to 50"),
    ],
)
def test_a_bad_value_keeps_everything_typed_and_says_what_to_do(staff, matter, field, typed, words):
    response = save(staff, matter, **{field: typed, "couple__indexing": "2.5"})

    again = read(response).fields
    assert 200 == response.status_code
    assert words in text_of(response)
    assert "<script>alert" not in response.content.decode()
    assert (typed, "2.5") == (again[field][-1], again["couple-indexing"][-1])
    assert 0 == rows()


def test_an_error_names_whose_fact_it_is(staff, matter):
    response = save(staff, matter, b__gift_tax_paid="lots")

    assert "Lucia, Gift tax payable on them: Write an amount" in text_of(response)
    assert "<title>Error: Facts and assumptions" in response.content.decode()


@pytest.mark.parametrize("second", ["9", "3"])
def test_the_second_death_comes_after_the_first(staff, matter, second):
    response = save(staff, matter, couple__years_to_first_death="9", couple__years_to_second_death=second)

    assert "The second death comes after the first" in text_of(response)
    assert 0 == rows()


def test_a_choice_outside_the_list_is_refused(staff, matter):
    response = save(staff, matter, a__us_domicile="perhaps")

    assert 200 == response.status_code
    assert 0 == rows()


def test_the_clients_answer_is_shown_beside_the_firms(staff, matter, dana):
    from tests.staff.test_review import cell, hand_in

    hand_in(matter, "a", shared={"survivor_spending": cell("120000.00")})
    submissions.accept_all(matter=matter, actor=dana)

    assert "The client said: $120,000." in text_of(staff.get(url(matter)))


def test_nothing_changes_in_a_closed_matter(staff, matter):
    fields = shown(staff, matter)
    type(matter).objects.filter(pk=matter.pk).update(closed_at="2026-11-01T00:00:00Z")

    response = staff.post(url(matter), {**fields, "a-us_domicile": "yes"}, follow=True)

    assert "This matter is closed" in text_of(response)
    assert 0 == rows()


def test_every_field_has_its_label_and_every_id_is_used_once(staff, matter):
    reader = read(staff.get(url(matter)))

    assert len(reader.ids) == len(set(reader.ids))


def test_the_domicile_is_a_state_and_a_country_by_name_and_shows_what_the_client_said(staff, matter):
    response = save(
        staff, matter, a__us_domicile="yes", a__domicile_state="CA", a__domicile_country="United States of America"
    )

    record = accepted_record(matter)
    fields = shown(staff, matter)
    assert 302 == response.status_code
    assert ("CA", "US") == (record["a"]["domicile_state"]["value"], record["a"]["domicile_country"]["value"])
    assert ("CA", "United States of America") == (fields["a-domicile_state"], fields["a-domicile_country"])
    assert 'list="countries"' in staff.get(url(matter)).content.decode()
    assert '<datalist id="countries">' in staff.get(url(matter)).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"a__us_domicile": "no", "a__domicile_state": "CA"}, "a-domicile_state"),
        ({"a__domicile_state": "PR"}, "a-domicile_state"),
        ({"a__domicile_state": "CA", "a__domicile_country": "Chile"}, "a-domicile_state"),
        ({"b__us_domicile": "yes", "b__domicile_country": "Chile"}, "b-domicile_country"),
        ({"b__us_domicile": "no", "b__domicile_country": "US"}, "b-domicile_country"),
    ],
)
def test_a_domicile_that_contradicts_itself_is_refused(staff, matter, changes, field):
    response = save(staff, matter, **changes)

    assert 200 == response.status_code
    assert [field] == list(response.context["form"].errors)
    assert 0 == rows()


def test_a_choice_among_the_assumptions_is_one_list_in_its_grid(staff, matter):
    html = staff.get(url(matter)).content.decode()

    assert '<select name="couple-survivor_leaves_us"' in html
    assert 'type="radio" name="couple-ranking_order"' in html
    assert 'type="radio" name="couple-survivor_leaves_us"' not in html
    save(staff, matter, couple__survivor_leaves_us="yes")
    assert "yes" == accepted_record(matter)["couple"]["survivor_leaves_us"]["value"]
    assert "yes" == shown(staff, matter)["couple-survivor_leaves_us"]
