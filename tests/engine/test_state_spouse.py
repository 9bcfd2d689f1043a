"""A noncitizen spouse before a state's estate tax: readings, waiver, gifts brought back, findings, and bad input."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.engine.rules.state_findings import (
    both_taxes_finding,
    credit_table_finding,
    federal_return_finding,
    gap_finding,
    gap_form,
    gap_of,
    interrelated_finding,
    not_verified_finding,
    qdot_events_finding,
    several_states_finding,
    shrinking_credit_finding,
    waiver_finding,
)
from planning.engine.rules.state_gift_addback import GiftInLife, brought_back, gifts_brought_back
from planning.engine.rules.state_noncitizen_spouse import (
    WAIVER_ENDED,
    Matter,
    Reading,
    binds_section_2056d,
    deducted,
    least_sure,
    qdot_waived,
    reading,
    waiver_revived,
)
from planning.engine.rules.state_settling import settled_tax
from planning.engine.state_law import Point
from planning.state_law import official_state_book
from tests.engine.commands import compute

pytestmark = pytest.mark.pure

BOOK = official_state_book()
LAST = date(2026, 9, 30)
FORMS = ("outright", "qtip", "state_qtip", "qdot", "special_marital_property")
STATES = BOOK.codes
KNOWN = {"WA": "verified", "MA": "inferred", "NY": "inferred"}


def law(code, on=LAST):
    return BOOK.estate_tax(code, on)


def matter(**facts):
    standard = {
        "spouse_counts_as_citizen": False,
        "federal_return_required": False,
        "federal_election": False,
        "state_election": None,
        "confirmed": None,
        "revival": None,
    }
    return Matter(**standard | facts)


@pytest.mark.parametrize("code", STATES)
def test_outright_property_of_a_noncitizen_is_denied_everywhere(code):
    found = reading(law(code), "outright", matter())

    assert "denied" == found.outcome
    assert "IRC 2056(d)(1)" == found.citations[0]
    assert law(code).noncitizen.applies_2056d.status == found.sureness


@pytest.mark.parametrize("code", STATES)
@pytest.mark.parametrize("form", ["outright", "qtip", "qdot"])
def test_the_share_of_a_citizen_is_deducted_everywhere(code, form):
    found = reading(law(code), form, matter(spouse_counts_as_citizen=True))

    assert ("deducted", "verified") == (found.outcome, found.sureness)


@pytest.mark.parametrize("code", STATES)
def test_a_qdot_election_for_the_state_alone_is_never_assumed(code):
    known = code in KNOWN
    silent = reading(law(code), "qdot", matter())
    elected = reading(law(code), "qdot", matter(state_election=True))

    assert "open" == silent.outcome
    assert (("state_election_made",) if known else ()) == silent.missing
    assert bool(silent.question) is not known
    assert ("deducted" if known else "open") == elected.outcome
    assert KNOWN.get(code, law(code).noncitizen.state_only_qdot.status) == elected.sureness


@pytest.mark.parametrize("code", STATES)
def test_the_attorneys_answer_decides_where_the_law_is_open(code):
    yes = reading(law(code), "qdot", matter(confirmed=True, state_election=True))
    no = reading(law(code), "qdot", matter(confirmed=False, state_election=True))
    not_made = reading(law(code), "qdot", matter(confirmed=True, state_election=False))
    not_said = reading(law(code), "qdot", matter(confirmed=True))

    sure = "verified" if code == "WA" else "entered_by_firm"
    assert ("deducted", sure) == (yes.outcome, yes.sureness)
    assert ("denied", "entered_by_firm") == (no.outcome, no.sureness)
    assert ("denied", sure) == (not_made.outcome, not_made.sureness)
    assert ("the attorney holds" in yes.reason) is (code != "WA")
    assert "the attorney holds" in no.reason
    assert ("open", ("state_election_made",)) == (not_said.outcome, not_said.missing)
    assert "election is not made" in not_made.reason


@pytest.mark.parametrize("code", STATES)
def test_a_federal_election_counts_for_the_state(code):
    found = reading(law(code), "qdot", matter(federal_election=True, federal_return_required=True))

    assert ("deducted", "the QDOT election of the federal return counts here too") == (found.outcome, found.reason)


def with_point(code, name, answer):
    known = law(code)
    point = Point(answer, "verified", "made for this test", ("X",))
    if name == "state_qtip":
        return replace(known, state_qtip=point)
    return replace(known, noncitizen=replace(known.noncitizen, **{name: point}))


def test_a_state_without_section_2056d_deducts_all():
    free = with_point("WA", "applies_2056d", "no")

    assert not binds_section_2056d(free.noncitizen)
    assert ["deducted"] * 3 == [reading(free, form, matter()).outcome for form in ("outright", "qtip", "qdot")]
    assert ("deducted", "made for this test") == (
        reading(free, "outright", matter()).outcome,
        reading(free, "outright", matter()).reason,
    )
    assert "deducted" == reading(free, "state_qtip", matter()).outcome
    assert "state_qtip" == gap_form(free, citizen=False)


def test_a_state_that_knows_no_election_of_its_own_denies_it():
    none = with_point("WA", "state_only_qdot", "no")

    found = reading(none, "qdot", matter(state_election=True, confirmed=True))

    assert ("denied", "made for this test", "verified") == (found.outcome, found.reason, found.sureness)


@pytest.mark.parametrize(
    ("day", "revival", "required", "expected"),
    [
        ("2025-06-30", None, False, "deducted"),
        ("2025-06-30", None, None, "open"),
        ("2025-06-30", None, True, "denied"),
        ("2025-07-01", None, False, "denied"),
        ("2025-07-01", "an act", False, "deducted"),
        ("2026-09-30", "an act", None, "open"),
        ("2026-09-30", "an act", True, "denied"),
    ],
)
def test_new_yorks_waiver_ends_with_june_2025_unless_revived(day, revival, required, expected):
    on = date.fromisoformat(day)
    known = law("NY", on)

    found = reading(known, "outright", matter(revival=revival, federal_return_required=required))

    assert expected == found.outcome
    assert qdot_waived(known, revival=revival) is (on < WAIVER_ENDED or revival is not None)
    assert waiver_revived(known, revival=revival) is (on >= WAIVER_ENDED and revival is not None)
    if expected == "deducted":
        assert ("entered_by_firm" if revival else "verified") == found.sureness
        assert ("an act" in found.citations) is (revival is not None)
    if expected == "open":
        assert (("federal_return_required",), "verified") == (found.missing, found.sureness)


def test_no_other_state_can_be_given_new_yorks_waiver():
    assert "denied" == reading(law("WA"), "outright", matter(revival="an act")).outcome
    assert not qdot_waived(law("WA"), revival="an act")
    assert not waiver_revived(law("NY", date(2025, 6, 30)), revival="an act")


def test_a_revival_cited_for_a_death_under_the_waiver_changes_nothing():
    found = reading(law("NY", date(2025, 6, 30)), "outright", matter(revival="an act"))

    assert ("deducted", "verified") == (found.outcome, found.sureness)
    assert "an act" not in found.citations


@pytest.mark.parametrize(
    ("code", "citizen", "required", "expected"),
    [
        ("MA", True, False, "deducted"),
        ("MA", False, False, "denied"),
        ("VT", True, False, "denied"),
        ("DC", True, False, "open"),
        ("NY", True, False, "deducted"),
        ("NY", True, True, "denied"),
        ("NY", True, None, "open"),
        ("NY", False, False, "denied"),
    ],
)
def test_a_qtip_election_for_the_state_alone(code, citizen, required, expected):
    found = reading(law(code), "state_qtip", matter(spouse_counts_as_citizen=citizen, federal_return_required=required))

    assert expected == found.outcome
    assert (("federal_return_required",) if required is None else ()) == found.missing
    assert bool(found.question) is (code == "DC")


@pytest.mark.parametrize("code", STATES)
def test_only_oregon_has_a_marital_property_of_its_own(code):
    found = reading(law(code), "special_marital_property", matter())

    assert ("deducted" if code == "OR" else "denied") == found.outcome
    assert ("inferred" if code == "OR" else "verified") == found.sureness
    assert bool(found.question) is (code == "OR")


def test_a_citizen_needs_no_question_about_oregons_property():
    found = reading(law("OR"), "special_marital_property", matter(spouse_counts_as_citizen=True))

    assert ("deducted", "verified", "") == (found.outcome, found.sureness, found.question)


def test_what_is_deducted_counts_open_shares_only_when_told():
    shares = {"outright": Decimal(1), "qdot": Decimal(10), "qtip": Decimal(100)}
    found = {
        "outright": Reading("denied", "verified", "", ()),
        "qdot": Reading("open", "verified", "", ()),
        "qtip": Reading("deducted", "verified", "", ()),
    }

    assert (100, 110) == (deducted(shares, found, open_too=False), deducted(shares, found, open_too=True))


def test_the_weakest_rule_marks_the_result():
    assert "verified" == least_sure()
    assert "entered_by_firm" == least_sure("verified", "entered_by_firm")
    assert "inferred" == least_sure("inferred", "verified", "entered_by_firm")
    assert "unverified" == least_sure("unverified", "inferred")


@pytest.mark.parametrize(
    ("code", "gift", "death", "expected"),
    [
        ("ME", ("2025-07-02", None), "2026-07-01", True),
        ("ME", ("2025-07-01", None), "2026-07-01", False),
        ("VT", ("2024-07-02", None), "2026-07-01", True),
        ("VT", ("2024-07-01", None), "2026-07-01", False),
        ("MN", ("2023-07-02", None), "2026-07-01", True),
        ("MN", ("2023-07-01", None), "2026-07-01", False),
        ("NY", ("2024-01-01", "NY"), "2026-07-01", True),
        ("NY", ("2024-01-01", "NJ"), "2026-07-01", False),
        ("NY", ("2023-07-01", "NY"), "2026-07-01", False),
        ("CT", ("2005-01-01", None), "2026-07-01", True),
        ("CT", ("2004-12-31", None), "2026-07-01", False),
        ("ME", ("2026-07-01", None), "2026-07-01", True),
        ("ME", ("2026-07-02", None), "2026-07-01", False),
    ],
)
def test_each_state_brings_gifts_back_by_its_own_window(code, gift, death, expected):
    on = date.fromisoformat(death)
    made = GiftInLife(date.fromisoformat(gift[0]), Decimal(7), gift[1])

    assert expected is brought_back(law(code).gifts, code, made, on)
    assert (7 if expected else 0) == gifts_brought_back(law(code).gifts, code, [made], on)


def test_a_rule_on_gifts_ends_when_it_says_and_other_uses_bring_nothing_back():
    made = GiftInLife(date(2031, 12, 1), Decimal(7), "NY")
    rule = law("NY").gifts

    assert 7 == gifts_brought_back(rule, "NY", [made], date(2031, 12, 31))
    assert 0 == gifts_brought_back(rule, "NY", [made], date(2032, 1, 1))
    assert 0 == gifts_brought_back(law("HI").gifts, "HI", [made], date(2031, 12, 31))


def test_a_tax_that_bears_itself_settles_and_counts_its_rounds():
    tax, rounds = settled_tax(lambda borne: 100 + borne / 2)

    assert abs(tax - 200) < Decimal("0.002")
    assert 18 == rounds
    assert (Decimal(5), 2) == settled_tax(lambda borne: Decimal(5))
    assert (Decimal(0), 1) == settled_tax(lambda borne: Decimal(0))


def test_the_gap_lies_between_the_exclusions_and_within_the_estate():
    assert 2 == gap_of(Decimal(3), Decimal(9), Decimal(5))
    assert 6 == gap_of(Decimal(3), Decimal(9), Decimal(50))
    assert 0 == gap_of(Decimal(3), Decimal(9), Decimal(2))


def test_findings_about_a_state_are_asked_only_where_it_computes_so():
    assert [None, None, None] == [
        credit_table_finding(law("WA"), Decimal(1)),
        interrelated_finding(law("MA"), taxable_estate=Decimal(1), tax=Decimal(1)),
        shrinking_credit_finding(law("MA"), taxable_estate=Decimal(1), tax=Decimal(1)),
    ]
    assert [True] * 4 == [credit_table_finding(law(code), Decimal(1)) is not None for code in ("MA", "RI", "MD", "IL")]
    assert 40_000 == credit_table_finding(law("MA"), Decimal(100_000)).measured
    assert 0 == credit_table_finding(law("MA"), Decimal(50_000)).measured


@pytest.mark.parametrize(
    ("taxable", "tax", "state", "severity"),
    [
        (7_350_000, 0, "not_fired", "note"),
        (7_350_001, 3, "fired", "warn"),
        (7_717_500, 734_780, "fired", "warn"),
        (7_717_501, 734_780, "not_fired", "warn"),
        (9_000_000, 916_400, "not_fired", "note"),
    ],
)
def test_new_yorks_finding_shows_what_giving_the_excess_away_would_save(taxable, tax, state, severity):
    found = shrinking_credit_finding(law("NY"), taxable_estate=Decimal(taxable), tax=Decimal(tax))

    assert (state, severity) == (found.state, found.severity)
    assert ("would save the whole tax" in found.text) is (severity == "warn")
    assert len(found.questions) == (severity == "warn")


def test_illinois_finding_fires_with_a_tax():
    fired, not_fired = (interrelated_finding(law("IL"), taxable_estate=Decimal(1), tax=Decimal(tax)) for tax in (1, 0))

    assert ("fired", "warn", "not_fired", "note") == (
        fired.state,
        fired.severity,
        not_fired.state,
        not_fired.severity,
    )


def test_the_gap_finding_names_the_form_for_the_spouse():
    def told(code, *, citizen, gap=1, federal=15_000_000):
        return gap_finding(law(code), federal_exclusion=Decimal(federal), gap=Decimal(gap), citizen=citizen)

    assert "QDOT form" in told("WA", citizen=False).text
    assert "QTIP election" in told("WA", citizen=True).text
    assert "special marital property" in told("OR", citizen=False).text
    assert ("fired", "warn") == (told("WA", citizen=False).state, told("WA", citizen=False).severity)
    assert ("not_fired", "note") == (told("WA", citizen=False, gap=0).state, told("WA", citizen=False, gap=0).severity)
    assert "not_fired" == told("CT", citizen=False).state
    assert "as much untaxed" in told("CT", citizen=False).text


def test_the_waiver_is_a_question_of_new_york_and_of_noncitizens_alone():
    assert waiver_finding(law("WA"), matter(), LAST) is None
    assert waiver_finding(law("NY"), matter(spouse_counts_as_citizen=True), LAST) is None
    lapsed = waiver_finding(law("NY"), matter(), LAST)
    revived = waiver_finding(law("NY"), matter(revival="ch. 1"), LAST)

    assert ("not_fired", "warn", 1) == (lapsed.state, lapsed.severity, len(lapsed.questions))
    assert ("fired", "note", 0) == (revived.state, revived.severity, len(revived.questions))
    assert "Revived, as the firm has entered, by ch. 1." in revived.text


@pytest.mark.parametrize(("code", "state"), [("NY", "not_fired"), ("WA", "undecided"), ("MA", "undecided")])
def test_tax_on_qdot_events_is_open_but_for_new_york(code, state):
    found = qdot_events_finding(law(code))

    assert (state, "note" if code == "NY" else "warn") == (found.state, found.severity)
    assert (state == "undecided") == bool(found.questions)


def test_a_charging_provision_would_fire():
    assert "fired" == qdot_events_finding(with_point("NY", "qdot_distribution_tax", "yes")).state


def test_small_findings_say_what_they_measure():
    assert ["not_fired", "fired"] == [several_states_finding(states).state for states in (["NY"], ["NY", "OR"])]
    assert "NY, OR" == several_states_finding(["NY", "OR"]).measured
    both = both_taxes_finding(state_tax=Decimal(5), rounds=2, federal_before=Decimal(9), federal_after=Decimal(7))
    none = both_taxes_finding(state_tax=Decimal(0), rounds=1, federal_before=Decimal(9), federal_after=Decimal(9))
    assert ("fired", "not_fired") == (both.state, none.state)
    assert "Settled in 2 rounds. The deduction of the state tax saves 2" in both.text
    assert "Settled in 1 round. " in none.text
    assert ["fired", "not_fired"] == [
        federal_return_finding(law("IL"), unclear=unclear).state for unclear in (True, False)
    ]
    assert ["not_fired", "not_fired", "fired", "fired"] == [
        not_verified_finding("X", ["a point"], sureness).state
        for sureness in ("verified", "entered_by_firm", "inferred", "unverified")
    ]
    assert "UNVERIFIED: a point." == not_verified_finding("X", ["a point"], "unverified").text


BASE = {"state": "NY", "date_of_death": "2026-02-01", "taxable_estate": 8_000_000}
NY_ONLY = "expected a death from 2025-01-01 to 2026-12-31"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (BASE | {"state": "ZZ"}, "state: ZZ is no state, expected one of AK, AL"),
        (BASE | {"state": "New York"}, "state: "),
        (BASE | {"date_of_death": "2024-12-31"}, "date_of_death: no law of NY for a death of 2024-12-31"),
        (BASE | {"date_of_death": "2027-01-01"}, NY_ONLY),
        (BASE | {"year": 2024, "date_of_death": None}, NY_ONLY),
        (BASE | {"property_in_states": {"QQ": 1}, "gross_estate": 9}, "property_in_states.QQ: QQ is no state"),
        (BASE | {"ny_951b_revived": True}, "ny_951b_citation: is missing, expected the act"),
        (BASE | {"state_share": "0.5", "property_in_states": {"NY": 1}}, "state_share: stands beside"),
        ({"state_share": "0.5", "date_of_death": "2026-02-01"}, "state_share: stands without state"),
        ({"property_in_state": 5, "date_of_death": "2026-02-01"}, "property_in_state: stands without state"),
        (BASE | {"property_in_state": 5, "state_share": "1"}, "property_in_state: stands beside another way"),
        (BASE | {"property_in_state": 5, "property_in_states": {"NY": 1}}, "property_in_state: stands beside another"),
        (BASE | {"state_death_tax": 1}, "state_death_tax: is worked out here"),
        (BASE | {"state_death_tax_percent": "1"}, "state_death_tax: is worked out here"),
        (BASE | {"assets": []}, "assets: belong to estate-tax"),
        (BASE | {"gross_estate": 5, "property_in_states": {"NY": 9}}, "property_in_states: is more than the gross"),
        (BASE | {"unknown": 1}, "unknown: "),
        (
            {"state": "NY", "date_of_death": "2026-02-01", "gross_estate": 5, "debts_and_expenses": 9},
            "debts_and_expenses: the deductions are more than the gross estate",
        ),
        (
            {"state": "NY", "date_of_death": "2026-02-01", "gross_estate": 5, "passing_to_others": 9},
            "passing_to_spouse_outright: what passes adds up to 9, expected at most 5",
        ),
        (
            {"state": "PA", "date_of_death": "2019-12-31", "heirs": []},
            "date_of_death: no law of PA for a death of 2019-12-31",
        ),
        (
            {"state": "NE", "date_of_death": "2026-02-01", "heirs": [{"relationship": "stepchild", "value": 1,
             "class": "A"}]},
            "heirs[0].heir_class: 'A' is no class of Nebraska, expected one of exempt, close relatives",
        ),
        (
            {"state": "PA", "date_of_death": "2026-02-01", "heirs": [{"relationship": "dog", "value": 1}]},
            "heirs[0].relationship: ",
        ),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_its_path(given, fault, tmp_path):
    given = {name: value for name, value in given.items() if value is not None}
    ran = compute("state-estate-tax", given, tmp_path)

    assert (2, "") == (ran.code, ran.out)
    assert fault in ran.err


def test_a_worksheet_shows_the_spouses_share_and_its_reason(tmp_path):
    given = {
        "state": "IL",
        "date_of_death": "2026-02-01",
        "gross_estate": 9_000_000,
        "passing_to_spouse_outright": 1_000_000,
        "passing_to_qdot": 4_000_000,
        "spouse_citizenship": "foreign",
    }
    answer = compute("state-estate-tax", given, tmp_path).json

    sheet = next(sheet for sheet in answer["worksheets"] if sheet["code"] == "IL-")
    assert [
        ("Estate after debts, expenses and charity", "9000000"),
        ("Not deducted: share of the spouse outright", "0"),
        ("Open, so not deducted: share of the spouse in QDOT form", "0"),
        ("Taxable estate for Illinois", "9000000"),
    ] == [(line["label"], line["amount"]) for line in sheet["lines"][:4]]
    assert "1,000,000 passing so, Illinois takes over section 2056(d)" in sheet["lines"][1]["how"]


def test_every_form_has_a_reading_in_every_state():
    assert all(
        reading(law(code), form, matter(spouse_counts_as_citizen=citizen)).citations
        for code in STATES
        for form in FORMS
        for citizen in (True, False)
    )
