"""Ways into a QDOT, hardship and citizenship: what the input takes, what findings say, what worksheets show."""

from decimal import Decimal

import pytest

from planning.compute.hardship import read_need, read_source_kind
from planning.compute.qdot_election_facts import read_action, read_doubt, read_origin, read_part
from planning.engine.rules.election_findings import requirement_finding
from planning.engine.rules.s2056a_exempt_payments import hardship_amount, reimbursement_exempt
from planning.engine.worksheet import Worksheet, given
from tests.engine.commands import compute

pytestmark = pytest.mark.pure


def lines(sheet):
    return [(line.label, line.amount) for line in sheet.lines]


def test_a_hardship_worksheet_shows_need_sources_and_both_parts():
    sheet = Worksheet("H-", "hardship")

    exempt = hardship_amount(
        sheet,
        paid=given(Decimal(50_000), "paid"),
        need=given(Decimal(80_000), "need"),
        other_sources=given(Decimal(40_000), "sources"),
    )

    assert Decimal(40_000) == exempt.amount
    assert [
        ("Principal paid out", 50_000),
        ("Immediate and substantial need", 80_000),
        ("Other sources reasonably available", 40_000),
        ("Need that they leave open", 40_000),
        ("Exempt as hardship", 40_000),
        ("Taxable distribution", 10_000),
    ] == lines(sheet)
    assert ["plain"] * 4 + ["subtotal", "result"] == [line.kind for line in sheet.lines]


def test_a_reimbursement_worksheet_shows_the_tax_with_and_without():
    sheet = Worksheet("R-", "reimbursement")

    exempt = reimbursement_exempt(
        sheet,
        paid=given(Decimal(25_000), "paid"),
        tax_with=given(Decimal(61_000), "with"),
        tax_without=given(Decimal(40_000), "without"),
    )

    assert Decimal(21_000) == exempt.amount
    assert [
        ("Reimbursed to the spouse", 25_000),
        ("The spouse's income tax with the trust's items", 61_000),
        ("The spouse's income tax without them", 40_000),
        ("Tax the items cause", 21_000),
        ("Exempt reimbursement", 21_000),
        ("Taxable distribution", 4_000),
    ] == lines(sheet)
    assert "the smaller of line R-1 and line R-4" == sheet.lines[4].how
    assert ["plain"] * 4 + ["subtotal", "result"] == [line.kind for line in sheet.lines]


@pytest.mark.parametrize(
    ("met", "state", "severity", "questions", "missing"),
    [
        (True, "fired", "note", (), ()),
        (False, "not_fired", "stop", ("When?",), ()),
        (None, "undecided", "warn", ("When?",), ("day",)),
    ],
)
def test_a_finding_asks_only_while_the_demand_is_not_met(met, state, severity, questions, missing):
    found = requirement_finding(
        "EST-50", met=met, test="In time?", text="why", citations=("IRC 2056A(d)",), question="When?", missing=("day",)
    )

    assert (state, severity, questions, missing) == (found.state, found.severity, found.questions, found.missing)
    assert ("EST-50", "In time?", "why", ("IRC 2056A(d)",)) == (found.rule, found.test, found.text, found.citations)
    assert (None, None, "") == (found.measured, found.threshold, found.form)


def test_a_finding_without_a_question_asks_nothing_and_may_be_less_than_a_stop():
    found = requirement_finding("EST-46", met=False, test="Gift?", text="no", citations=(), if_not="note")

    assert ("note", ()) == (found.severity, found.questions)


@pytest.mark.parametrize(
    ("words", "route", "in_time", "conveyed", "irrevocable", "stage"),
    [
        ("kept_by_spouse", "kept_by_spouse", None, None, None, None),
        ("not transferred", "kept_by_spouse", None, None, None, None),
        ("transferred_before_return", "transferred", True, None, None, None),
        ("transferred after the return", "transferred", False, None, None, None),
        ("irrevocably-assigned-before-return", "assigned", True, None, True, None),
        ("revocably_assigned_before_return", "assigned", True, None, False, None),
        ("assigned_after_filing_then_funded", "assigned", False, True, None, None),
        ("assigned_in_time_not_funded", "assigned", True, False, None, None),
        ("reformed_under_instrument_in_time", "reformed_under_instrument", True, None, None, None),
        ("judicial_reformation_pending", "judicial_reformation", None, None, None, "pending"),
        ("reformed_by_court", "judicial_reformation", None, None, None, None),
        ("nonassignable_annuity", "nonassignable_annuity", None, None, None, None),
        ("roll_over", "nonassignable_annuity", None, None, None, None),
        ("passes_to_qdot_by_will", "passes_to_qdot", None, None, None, None),
    ],
)
def test_words_for_what_was_done(words, route, in_time, conveyed, irrevocable, stage):
    found = read_action(words)

    assert (route, in_time, conveyed, irrevocable, stage) == (
        found.route,
        found.in_time,
        found.conveyed,
        found.irrevocable,
        found.stage,
    )


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("bona_fide_will_contest", "entitlement"),
        ("nature of what the spouse gets", "entitlement"),
        ("amount_spouse_entitled_to_uncertain", "entitlement"),
        ("asset_inclusion_uncertain", "inclusion"),
        ("spouse_citizenship_uncertain", "spouse_citizenship"),
        ("spouse_naturalization_uncertain", "spouse_citizenship"),
        ("decedent_citizenship_uncertain", "decedent_status"),
        ("decedent_domicile_uncertain", "decedent_status"),
        ("no idea yet", "other"),
    ],
)
def test_words_for_what_is_in_doubt(words, matter):
    assert matter == read_doubt(words)


@pytest.mark.parametrize(
    ("words", "part"),
    [("whole_trust", False), ("the entire trust", False), ("trust A", False), ("half", True), ("severed trust", True)],
)
def test_words_for_what_is_elected(words, part):
    assert part is read_part(words)


@pytest.mark.parametrize(
    ("words", "origin"),
    [
        ("owned_by_spouse_at_decedent_death", "owned_by_spouse"),
        ("conversion of what was received", "proceeds_from_decedent"),
        ("received from decedent", "from_decedent"),
    ],
)
def test_words_for_whose_property(words, origin):
    assert origin == read_origin(words)


@pytest.mark.parametrize(
    ("words", "need"),
    [
        ("immediate_and_substantial_health", ("health", "spouse", True, True)),
        ("immediate support of a dependent", ("support", "legally_supported", True, None)),
        ("not_immediate but substantial maintenance", ("maintenance", "spouse", False, True)),
        ("insubstantial education of a relative", ("education", "other", None, False)),
        ("a boat", ("other", "spouse", None, None)),
    ],
)
def test_words_for_a_need(words, need):
    found = read_need(words)

    assert need == (found.what, found.person, found.immediate, found.substantial)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("publicly_traded_stock", "publicly_traded_stock"),
        ("closely_held_stock", "closely_held_business"),
        ("certificates_of_deposit", "certificate_of_deposit"),
        ("bank account", "cash"),
        ("treasury bills", "marketable_bonds"),
        ("real estate", "real_estate"),
        ("works of art", "tangible_personalty"),
        ("pension", "other"),
    ],
)
def test_words_for_a_source(words, kind):
    assert kind == read_source_kind(words)


@pytest.mark.parametrize(
    ("rule", "facts", "fault"),
    [
        ("qdot-election", {"assets": [{"value": "1", "action": "hidden"}]}, "assets[0].action"),
        ("qdot-election", {"assets": [{"value": "1", "action": 5}]}, "assets[0].action"),
        ("qdot-election", {"requested": "now"}, "requested"),
        ("qdot-election", {"requested": 5}, "requested"),
        ("qdot-election", {"property_assigned": "something"}, "property_assigned"),
        ("qdot-election", {"unheard_of": 1}, "unheard_of"),
        (
            "qdot-election",
            {"date_of_death": "2026-03-02", "return_due_with_extension": "2026-03-02"},
            "return_due_with_extension",
        ),
        ("qdot-election", {"date_of_death": "2026-03-02", "return_filed_on": "2026-03-01"}, "return_filed_on"),
        (
            "qdot-election",
            {"return_filed_on": "2026-03-01", "returns": [{"filed_on": "2026-03-01"}]},
            "returns",
        ),
        ("hardship", {"need": 5}, "need"),
        ("hardship", {"need": ""}, "need"),
        ("hardship", {"need": "health", "distribution_of_principal": 5.5}, "distribution_of_principal"),
        ("hardship", {"need": "immediate and substantial travel", "paid_on": "2026-01-01", "year": 2027}, "year"),
        ("hardship", {"spouse_owns": [5]}, "spouse_owns[0]"),
        ("hardship", {"spouse_owns": [{"kind": 5}]}, "spouse_owns[0].kind"),
        (
            "citizenship-after-qdot",
            {"date_of_death": "2026-03-02", "spouse_naturalized_on": "2026-03-02"},
            "spouse_naturalized_on",
        ),
        (
            "citizenship-after-qdot",
            {"spouse_naturalized_on": "2026-03-02", "notice_filed_on": "2026-03-01"},
            "notice_filed_on",
        ),
        (
            "citizenship-after-qdot",
            {
                "spouse_naturalized_on": "2026-03-02",
                "spouse_elects_line_4": True,
                "distributions_before_citizenship": [],
                "spouse_taxable_gifts_by_year": [{"year": 2025, "taxable_gifts": "1"}],
            },
            "spouse_taxable_gifts_by_year[0].year",
        ),
        (
            "citizenship-after-qdot",
            {"spouse_citizen_now": True, "spouse_citizenship": "foreign"},
            "spouse_citizen_now",
        ),
    ],
)
def test_what_is_not_taken(rule, facts, fault, tmp_path):
    ran = compute(rule, facts, tmp_path)

    assert (2, "") == (ran.code, ran.out)
    assert ran.faults[0].startswith(f"{fault}: ")


def test_the_oath_on_the_day_after_the_death_is_taken(tmp_path):
    facts = {
        "date_of_death": "2026-03-02",
        "spouse_naturalized_on": "2026-03-03",
        "us_resident_all_times_since_death": True,
        "notice_filed_on": "2026-03-03",
    }

    assert compute("citizenship-after-qdot", facts, tmp_path).json["result"]["section_2056a_tax_ends"] is True


def test_a_return_on_the_day_of_death_is_taken(tmp_path):
    facts = {"date_of_death": "2026-03-02", "extension_granted": False, "return_filed_on": "2026-03-02"}

    assert compute("qdot-election", facts, tmp_path).json["result"]["election_allowed"] is True


def test_a_sum_with_an_unknown_part_has_no_worksheet(tmp_path):
    assets = [{"value": "1", "action": "passes_to_qdot"}, {"action": "passes_to_qdot"}]
    facts = {"qdot_election_timely": True, "qdot_requirements_met": True, "assets": assets}

    assert [] == compute("qdot-election", facts, tmp_path).json["worksheets"]


def test_what_passes_is_summed_on_the_worksheet(tmp_path):
    assets = [
        {"name": "residue", "value": "700000", "action": "passes_to_qdot"},
        {"name": "house", "value": "300000", "action": "kept_by_spouse"},
    ]
    facts = {"qdot_election_timely": True, "qdot_requirements_met": True, "assets": assets}

    [sheet] = compute("qdot-election", facts, tmp_path).json["worksheets"]

    assert [
        ("residue", "700000"),
        ("house", "300000"),
        ("Passing to the spouse", "1000000"),
        ("Marital deduction", "700000"),
        ("Denied", "300000"),
    ] == [(line["label"], line["amount"]) for line in sheet["lines"]]
