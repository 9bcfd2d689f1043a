"""What `qdot-qualification` and `qdot-security` refuse, how they read a trustee, and where their amounts come from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.compute.registry import RULES, compute
from planning.engine.law import LawBook
from planning.inputs import InputError
from planning.lawbook import official_lawbook

pytestmark = pytest.mark.pure

REFUSED = [
    (
        "qdot-security",
        {"trustee_type": "bank", "trustees": [{"kind": "us_bank"}]},
        "trustees: stands beside trustee_type, expected one of the two",
    ),
    (
        "qdot-security",
        {"qdot_assets_fmv": 3000000, "residence_value": 1, "residences": []},
        "residences: stands beside residence_value, expected one of the two",
    ),
    (
        "qdot-security",
        {"qdot_assets_fmv": 3000000, "exclusion_elected": True, "exclusion_election": "none"},
        "exclusion_election: stands beside exclusion_elected, expected one of the two",
    ),
    (
        "qdot-security",
        {"qdot_direct_shares_percent": 15, "entities": []},
        "entities: stands beside the fields of one corporation, expected one of the two",
    ),
    (
        "qdot-security",
        {"qdot_assets_fmv": 500000, "residence_value": 500001, "exclusion_elected": True},
        "residence_value: is more than the trust holds, expected it to be part of qdot_assets_fmv",
    ),
    (
        "qdot-qualification",
        {"ordinary_trust": True, "trustee_type": "bank", "trustees": []},
        "trustees: stands beside trustee_type, expected one of the two",
    ),
    (
        "qdot-qualification",
        {"ordinary_trust": True, "us_state_law_governs": False, "governing_law_state": "NY"},
        "governing_law_state: says the opposite of us_state_law_governs, expected the two to agree",
    ),
    (
        "qdot-qualification",
        {"years": [{"year_end": "2027-12-31"}, {"year_end": "2027-12-31"}]},
        "years: are not in order of time, expected each year_end after the one before",
    ),
]


@pytest.mark.parametrize(("rule", "given", "fault"), REFUSED)
def test_contradictions_are_refused_with_the_fact_that_is_wrong(rule, given, fault):
    with pytest.raises(InputError) as refused:
        compute(rule, given)

    assert [fault] == refused.value.faults


@pytest.mark.parametrize(
    ("words", "operative", "thin"),
    [
        ("us_bank", True, None),
        ("domestic_bank", True, None),
        ("a bank in Ohio", True, None),
        ("a US branch of a foreign bank", False, None),
        ("a foreign bank", False, None),
        ("a foreign corporation", False, None),
        ("her foreign cousin", False, None),
        ("a trust company in Delaware", False, None),
        ("a citizen in Texas", None, None),
        ("family_company", False, "anti_abuse_thin_us_trustee"),
        ("a thinly capitalized company of the family", False, "anti_abuse_thin_us_trustee"),
    ],
)
def test_a_trustee_is_read_from_a_word_or_from_a_short_description(words, operative, thin):
    answer = compute("qdot-security", {"qdot_assets_fmv": 3000000, "trustee_type": words, "security": "bank"})

    # An individual is no bank, whatever the tax home.
    assert answer["result"]["security_operative"] is (False if operative is None else operative)
    assert answer["result"].get("finding") == thin


def test_a_word_that_names_no_trustee_is_refused():
    with pytest.raises(InputError) as refused:
        compute("qdot-security", {"qdot_assets_fmv": 3000000, "trustee_type": "robot"})

    assert refused.value.faults[0].startswith("trustee_type: ")


def test_the_thresholds_are_law_and_not_written_in_code():
    """The IRS may change them by guidance: Treas. Reg. 20.2056A-2(d)(5)."""
    book = official_lawbook()
    last = max(year for year, law in book.years.items() if law.status == "official")
    law = book.years[last]
    changed = {
        "qdot_security_threshold": 3_000_000,
        "qdot_residence_exclusion": 700_000,
        "qdot_security_percent": 50,
        "qdot_foreign_real_property_percent": 40,
        "qdot_look_through_ownership_percent": 30,
        "qdot_look_through_owners": 10,
        "qdot_undervaluation_percent": 40,
    }
    amounts = law.amounts | {name: replace(law[name], amount=Decimal(new)) for name, new in changed.items()}
    new_book = replace(book, years=dict(book.years) | {last: replace(law, amounts=amounts)})
    assert isinstance(new_book, LawBook)

    def result(**given):
        return RULES["qdot-security"].work_out(given, new_book)["result"]

    value = result(qdot_assets_fmv=3700000, residence_value=900000)
    foreign = result(trust_fmv_year_end=1000000, foreign_real_property=400000)
    corporation = {
        "qdot_direct_shares_percent": 25,
        "spouse_and_267c4_family_shares_percent": 6,
        "corporation_foreign_real_property": 100000,
    }
    few = result(**corporation, shareholders_after_attribution=10)
    many = result(**corporation, shareholders_after_attribution=11)
    low = result(security="bond", reported_value=2500000, final_value=5000000, reasonable_cause_and_good_faith=False)

    assert (False, "700000", "1500000") == (
        value["over_two_million_regime"],
        value["residence_exclusion"],
        value["bond_amount"],
    )
    assert foreign["limit_exceeded"] is False
    assert (True, False) == (few["look_through_applies"], many["look_through_applies"])
    assert low["marital_deduction_disallowed"] is False
