"""The treaties: what the file holds, which relief is open to whom, and what it leaves of the tax."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as given_cases
from hypothesis.strategies import integers

from planning.compute.registry import compute
from planning.engine.rules.s2056a_qdot import NonresidentQdotBase, QdotBase
from planning.engine.rules.treaties import CHOICE, treaty_choice
from planning.engine.rules.treaty_conditions import Party, decedent_status, holds
from planning.engine.rules.treaty_findings import (
    credit_finding,
    disclosure_finding,
    relief_finding,
    review_finding,
    unknown_of,
)
from planning.engine.rules.treaty_half_rule import held_to_floor, left_out, tax_if_domiciled_here
from planning.engine.rules.treaty_marital_credit import marital_credit
from planning.engine.rules.treaty_marital_deduction import limited_deduction
from planning.engine.rules.treaty_pro_rata_credit import pro_rata_credit, prorates
from planning.engine.rules.treaty_relief import (
    TaxedEstate,
    matching_treaties,
    relief_of_tax,
    reliefs_of,
    tax_caused,
    treaty_relief,
    write_treaty_relief,
)
from planning.engine.rules.treaty_situs import exempt_property, land_and_business_only
from planning.engine.rules.treaty_totals import no_tax_now, sheltered_total
from planning.engine.rules.treaty_with_the_uk import spouse_deduction
from planning.engine.treaties import HalfRule, SpouseAsDomiciled
from planning.engine.worksheet import Worksheet, given, to_cents
from planning.inputs import InputError
from planning.law_files import LawFileError
from planning.lawbook import official_lawbook
from planning.treaty_book import FILE, read_treaty_book, treaty_book

pytestmark = pytest.mark.pure

BOOK = treaty_book()


def codes(test):
    return {code for code, treaty in BOOK.treaties.items() if test(treaty)}


def test_the_sixteen_treaties_and_what_each_gives():
    assert len(BOOK.treaties) == 16
    assert codes(lambda t: t.prorates_since) == {"AU", "CA", "CH", "DE", "FI", "FR", "GR", "IT", "JP", "NO"}
    assert codes(lambda t: t.covers_gifts) == {"AU", "AT", "DK", "FR", "DE", "JP", "GB"}
    assert codes(lambda t: t.marital) == {"CA", "DE", "FR"}
    assert codes(lambda t: t.half_rule) == {"DE", "FR"}
    assert codes(lambda t: t.spouse_as_domiciled) == {"GB"}
    assert codes(lambda t: t.land_and_business_only) == {"AT", "CA"}
    assert codes(lambda t: t.keeps_domestic_deductions) == {"AT", "DK"}


def test_a_treaty_is_found_by_code_and_by_name():
    assert BOOK.named("uk") is BOOK.named("United Kingdom") is BOOK.treaties["GB"]
    assert BOOK.named(" holland ") is BOOK.named("NL")
    assert BOOK.named("Sweden") is None
    assert set(BOOK.ended) == {"Sweden", "Belgium"}


ON = date(2026, 6, 30)
LAW = official_lawbook().federal(ON)
CANADA, FRANCE, GERMANY = BOOK.treaties["CA"], BOOK.treaties["FR"], BOOK.treaties["DE"]
HERE = Party(citizenships=("US",), domicile="US")
D = Decimal


def relief_for(treaty, decedent=HERE, survivor=HERE, status="citizen", on=ON, elected=None):
    return reliefs_of(treaty, status=status, decedent=decedent, survivor=survivor, on=on, elected=elected)


def states(relief):
    return [entry.state for entry in relief.conditions]


# --- the persons


@pytest.mark.parametrize(
    ("citizen", "here", "status"),
    [
        (True, False, "citizen"),
        (True, None, "citizen"),
        (False, True, "domiciled_here"),
        (False, False, "neither"),
        (False, None, None),
        (None, True, None),
    ],
)
def test_how_the_law_sees_the_decedent(citizen, here, status):
    assert decedent_status(citizen=citizen, domiciled_here=here) == status


def test_the_countries_of_a_person_and_where_it_is_at_home():
    person = Party(citizenships=("MX", "CA"), domicile="US", residence="CA")

    assert person.countries == ("MX", "CA", "US", "CA")
    assert Party().countries == ()
    assert person.home(CANADA) == "CA"
    assert person.home(FRANCE) == "US"
    assert Party(domicile="FR").home(CANADA) == "FR"
    assert person.citizen_of("CA") is True
    assert person.citizen_of("FR") is False
    assert Party().citizen_of("FR") is None
    assert Party().at_home_in(FRANCE, "FR", "US") is None
    assert person.at_home_in(FRANCE, "FR", "US") is True
    assert person.at_home_in(FRANCE, "FR") is False


@pytest.mark.parametrize(
    ("status", "decedent", "holds_"),
    [
        ("citizen", Party(domicile="MX"), True),
        ("domiciled_here", Party(), True),
        ("neither", Party(domicile="FR"), True),
        ("neither", Party(domicile="US"), True),
        ("neither", Party(domicile="MX"), False),
        ("neither", Party(), None),
    ],
)
def test_the_decedents_condition(status, decedent, holds_):
    assert holds("decedent", FRANCE, status, decedent, Party()) is holds_


@pytest.mark.parametrize(("domicile", "holds_"), [("FR", True), ("US", True), ("DE", False), (None, None)])
def test_the_spouses_condition(domicile, holds_):
    assert holds("spouse", FRANCE, "citizen", Party(), Party(domicile=domicile)) is holds_


@pytest.mark.parametrize(
    ("status", "decedent", "survivor", "holds_"),
    [
        ("domiciled_here", Party(citizenships=()), Party(domicile="US", citizenships=("FR",)), True),
        ("domiciled_here", Party(citizenships=("FR",)), Party(domicile="US", citizenships=()), True),
        ("domiciled_here", Party(citizenships=()), Party(domicile="US", citizenships=()), False),
        ("domiciled_here", Party(citizenships=()), Party(domicile="US"), None),
        ("citizen", Party(domicile="US", citizenships=("US",)), Party(domicile="US", citizenships=()), False),
        ("citizen", Party(domicile="FR", citizenships=("US",)), Party(domicile="US", citizenships=()), True),
        ("citizen", Party(citizenships=("US",)), Party(domicile="US", citizenships=()), None),
        ("citizen", Party(citizenships=("FR",)), Party(domicile="US", citizenships=()), True),
        ("citizen", Party(citizenships=("US",)), Party(domicile="FR", citizenships=()), True),
        ("citizen", Party(), Party(), None),
    ],
)
def test_where_both_live_here_one_is_a_citizen_of_the_other_state(status, decedent, survivor, holds_):
    assert holds("both_live_here", FRANCE, status, decedent, survivor) is holds_


@pytest.mark.parametrize(("elected", "state"), [(None, "to_do"), (True, "met"), (False, "not_met")])
def test_the_election_is_still_to_be_made(elected, state):
    [relief] = relief_for(FRANCE, survivor=Party(citizenships=("FR",), domicile="US"), elected=elected)

    assert states(relief) == ["met", "met", "met", state]
    assert relief.open is (elected is not False)
    assert relief.waives_qdot


def test_what_fails_goes_before_what_is_not_known():
    [failed] = relief_for(FRANCE, survivor=Party(domicile="MX"))
    [unknown] = relief_for(FRANCE, survivor=Party(domicile="US"))

    assert failed.open is False
    assert (unknown.open, states(unknown)) == (None, ["met", "met", "unknown", "to_do"])


# --- which relief


def test_no_relief_where_the_treaty_has_none_or_not_yet():
    assert relief_for(BOOK.treaties["IT"]) == ()
    assert relief_for(FRANCE, on=date(2006, 12, 20)) == ()
    assert len(relief_for(FRANCE, on=date(2006, 12, 21))) == 1
    assert relief_for(CANADA, on=date(1988, 11, 10)) == ()
    assert len(relief_for(CANADA, on=date(1988, 11, 11))) == 1


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("CA", [("credit", 0)]),
        ("FR", [("deduction", 1), ("half_rule", 0)]),
        ("DE", [("deduction", 4), ("half_rule", 1)]),
        ("GB", [("as_domiciled", 1)]),
        ("DK", []),
    ],
)
def test_the_reliefs_of_a_decedent_abroad_and_how_much_was_not_read(code, ways):
    treaty = BOOK.treaties[code]
    found = relief_for(treaty, Party(domicile=code), Party(domicile=code), status="neither")

    assert [(relief.way, len(relief.unverified)) for relief in found] == ways
    assert {relief.open for relief in found} <= {True}
    assert [relief.waives_qdot for relief in found] == [way in ("credit", "deduction") for way, _ in ways]


@pytest.mark.parametrize(("domicile", "opened"), [("FR", True), ("MX", False), (None, None)])
def test_the_half_rule_is_for_a_decedent_domiciled_there(domicile, opened):
    assert relief_for(FRANCE, Party(domicile=domicile), Party(), status="neither")[1].open is opened


@pytest.mark.parametrize(
    ("decedent", "opened"),
    [
        (Party(domicile="GB"), True),
        (Party(domicile="MX", citizenships=("GB",)), True),
        (Party(citizenships=("GB",)), True),
        (Party(domicile="MX", citizenships=("MX",)), False),
        (Party(domicile="MX"), None),
        (Party(citizenships=("MX",)), None),
    ],
)
def test_the_british_article_is_for_domiciliaries_and_nationals(decedent, opened):
    assert relief_for(BOOK.treaties["GB"], decedent, Party(), status="neither")[0].open is opened


def test_the_front_door_prefers_what_is_open_and_then_what_was_read():
    def chosen(survivor, decedent=HERE, status="citizen"):
        found = treaty_relief(BOOK, status=status, decedent=decedent, survivor=survivor, on=ON)
        return None if found is None else (found.treaty.code, found.way)

    assert chosen(Party(citizenships=("MX",), domicile="US")) is None
    assert chosen(Party(citizenships=("IT",), domicile="US")) is None
    assert chosen(Party(citizenships=("CA",), domicile="MX")) is None
    assert chosen(Party(citizenships=("DE",), domicile="US")) == ("DE", "deduction")
    assert chosen(Party(citizenships=("DE", "CA"), domicile="US")) == ("CA", "credit")
    # Canada's is not decided, Germany's is open.
    both = Party(citizenships=("DE", "CA"), domicile="DE")
    assert chosen(both) == ("DE", "deduction")
    at_home = Party(domicile="FR")
    assert chosen(at_home, at_home, "neither") == ("FR", "half_rule")
    assert chosen(Party(), Party(domicile="GB"), "neither") == ("GB", "as_domiciled")
    # Of Canada's it is not known where the spouse lives; the French half rule is open.
    in_two = Party(domicile="FR", residence="CA")
    assert chosen(Party(citizenships=("CA",)), in_two, "neither") == ("FR", "half_rule")


def test_a_relief_that_the_executor_does_not_elect_is_closed():
    spouse = Party(citizenships=("CA",), domicile="US")

    assert treaty_relief(BOOK, status="citizen", decedent=HERE, survivor=spouse, on=ON, elected=False) is None
    elected = treaty_relief(BOOK, status="citizen", decedent=HERE, survivor=spouse, on=ON, elected=True)
    assert elected is not None
    assert states(elected) == ["met"] * 4
    assert [entry.condition for entry in elected.conditions] == list(CANADA.marital.conditions)


def test_a_decedent_abroad_at_home_in_neither_state_has_no_elected_relief():
    abroad = Party(domicile="MX")

    assert states(relief_for(CANADA, abroad, Party(domicile="CA"), status="neither")[0])[0] == "not_met"


@pytest.mark.parametrize(
    ("treaty", "nonresident", "elected", "qdot", "choice"),
    [
        (CANADA, False, False, True, "qdot"),
        (CANADA, False, False, False, "none"),
        (CANADA, False, True, True, "both_refused"),
        (None, True, True, False, "no_treaty_relief"),
        (CANADA, True, True, False, "treaty"),
        (CANADA, False, True, False, "attorney"),
        (BOOK.treaties["IT"], None, True, False, "no_treaty_relief"),
    ],
)
def test_the_treaty_or_the_qdot_never_both(treaty, nonresident, elected, qdot, choice):
    found = treaty_choice(decedent_nonresident=nonresident, treaty=treaty, treaty_deduction=elected, qdot_elected=qdot)

    assert found == choice


def test_what_the_findings_say():
    [failed] = relief_for(CANADA, survivor=Party(citizenships=("MX",), domicile="MX"), elected=False)
    no = relief_finding(failed, most=D(1))
    assert no.text == (
        "not open, since this does not hold: the spouse was a resident of the United States or Canada at the death; "
        "the executor elects it and gives up the marital deduction, a QDOT with it, for good"
    )
    assert (no.state, no.severity, no.threshold) == ("not_fired", "note", 1)
    none = credit_finding(None, shared=False)
    assert (none.text, none.state, none.questions) == ("no treaty: 13,000 alone", "not_fired", ())
    assert disclosure_finding(FRANCE, waives_qdot=True, taken=False).state == "not_fired"
    assert disclosure_finding(FRANCE, waives_qdot=True, taken=False).severity == "note"
    assert unknown_of("spouse", Party()) == ("spouse_citizenship_countries", "spouse_domicile_country")
    assert unknown_of("spouse", HERE) == ()
    assert review_finding((), ("a",)).missing == ("a",)
    assert review_finding((FRANCE,), ("a",)).missing == ()
    assert review_finding((), ()).state == "not_fired"


def test_the_treaties_of_both_spouses_in_the_order_of_the_book():
    found = matching_treaties(BOOK, Party(citizenships=("IT",)), Party(domicile="CA", residence="FR"))

    assert [treaty.code for treaty in found] == ["CA", "FR", "IT"]
    assert matching_treaties(BOOK, HERE) == ()


def test_the_share_of_the_credit_goes_by_the_day_of_death():
    assert prorates(FRANCE, date(2006, 12, 21))
    assert not prorates(FRANCE, date(2006, 12, 20))
    assert not prorates(BOOK.treaties["GB"], ON)
    assert not prorates(None, ON)


# --- amounts


def test_what_each_kind_shelters():
    assert sheltered_total("credit", LAW) == 29_864_500
    assert sheltered_total("deduction", LAW) == 30_000_000
    assert no_tax_now(D(30_000_000), D(30_000_000))
    assert not no_tax_now(D(30_000_001), D(30_000_000))


def test_the_smaller_of_two_and_never_below_zero():
    assert marital_credit(unified_credit=D(5), tax_caused=D(3)) == 3
    assert marital_credit(unified_credit=D(5), tax_caused=D(8)) == 5
    assert marital_credit(unified_credit=D(5), tax_caused=D(-1)) == 0
    assert limited_deduction(to_spouse=D(3), exclusion=D(5)) == 3
    assert limited_deduction(to_spouse=D(8), exclusion=D(5)) == 5
    assert limited_deduction(to_spouse=D(-1), exclusion=D(5)) == 0
    assert left_out(D(3)) == D("1.5")
    assert spouse_deduction(D(3)) == 3
    assert held_to_floor(tax=D(1), without=D(5), floor=D(3)) == 3
    assert held_to_floor(tax=D(1), without=D(5), floor=D(9)) == 5
    assert held_to_floor(tax=D(4), without=D(5), floor=D(3)) == 4
    assert tax_if_domiciled_here(D(16_000_000), LAW) == 400_000
    assert tax_if_domiciled_here(D(15_000_000), LAW) == 0


def test_the_share_of_the_credit_is_never_below_the_13000():
    assert pro_rata_credit(us_gross_estate=D(4), worldwide_gross_estate=D(20), law=LAW) == 1_189_160
    assert pro_rata_credit(us_gross_estate=D(1), worldwide_gross_estate=D(10_000), law=LAW) == 13_000
    assert pro_rata_credit(us_gross_estate=D(1), worldwide_gross_estate=D(3), law=LAW) == D("1981933.33")


@pytest.mark.parametrize(
    ("code", "worldwide", "applies"),
    [("AT", None, True), ("CA", 1_200_000, True), ("CA", 1_200_001, False), ("CA", None, False), ("FR", 1, False)],
)
def test_where_only_land_and_business_property_is_taxed(code, worldwide, applies):
    rule = land_and_business_only(BOOK.treaties[code], None if worldwide is None else D(worldwide))

    assert (rule is not None) is applies
    assert land_and_business_only(None, D(1)) is None
    assert exempt_property(D(5), D(2)) == 3


def an_estate(taxable, to_spouse, *, gifts=0, worldwide=None):
    base = QdotBase(D(taxable), D(gifts), D(0), D(15_000_000), LAW.rate_table, 2026)
    return TaxedEstate(
        base,
        given(to_cents(base.net_tax(D(0))), "line E9"),
        given(D(taxable), "line E5"),
        given(D(to_spouse), "line E2"),
        given(LAW.rate_table.tax(D(15_000_000)), "unified credit"),
        None if worldwide is None else given(D(worldwide), "worldwide"),
    )


def estate_abroad(taxable, to_spouse, *, credit, worldwide):
    base = NonresidentQdotBase(
        D(taxable), D(0), D(0), D(0), LAW.nonresident_rate_table, 2026, credit=D(credit), other_credits=D(0)
    )
    return TaxedEstate(
        base,
        given(to_cents(base.net_tax(D(0))), "line N9"),
        given(D(taxable), "line N5"),
        given(D(to_spouse), "line N2"),
        given(D(credit), "credit before gifts"),
        given(D(worldwide), "worldwide estate"),
    )


ABROAD = {code: Party(domicile=code) for code in BOOK.treaties}
EVERY_RELIEF = [
    *(relief_for(BOOK.treaties[code])[0] for code in ("CA", "FR", "DE")),
    *(
        relief
        for code in ("CA", "FR", "DE", "GB")
        for relief in relief_for(BOOK.treaties[code], ABROAD[code], ABROAD[code], status="neither")
    ),
]


def test_the_credit_is_not_measured_by_a_credit_cut_by_gifts():
    estate = an_estate(20_000_000, 20_000_000, gifts=15_000_000)
    [credit] = relief_for(CANADA)

    # T(35,000,000) - T(15,000,000) = 8,000,000, of which the credit of 5,945,800 covers its own amount.
    assert tax_caused(estate.base, D(20_000_000)) == 8_000_000
    assert relief_of_tax(credit, estate, LAW) == 5_945_800


def test_the_german_floor_and_the_british_cap_are_measured_on_the_worldwide_estate():
    half = relief_for(GERMANY, ABROAD["DE"], Party(), status="neither")[1]
    french = relief_for(FRANCE, ABROAD["FR"], Party(), status="neither")[1]
    [british] = relief_for(BOOK.treaties["GB"], ABROAD["GB"], Party(), status="neither")
    estate = estate_abroad(6_000_000, 4_000_000, credit=13_000, worldwide=16_000_000)

    # T(6m) - 13,000 = 2,332,800; half: T(4m) - 13,000 = 1,532,800, above the floor of 400,000.
    assert relief_of_tax(half, estate, LAW) == 800_000
    assert relief_of_tax(french, estate, LAW) == 800_000
    # All deducted: T(2m) - 13,000 = 732,800; the cap is 400,000.
    assert relief_of_tax(british, estate, LAW) == 1_932_800
    floored = estate._replace(worldwide_estate=given(D(30_000_000), "worldwide"))
    assert relief_of_tax(half, floored, LAW) == 0
    assert relief_of_tax(french, floored, LAW) == 800_000
    assert relief_of_tax(british, floored, LAW) == 1_600_000
    assert relief_of_tax(half, estate._replace(worldwide_estate=None), LAW) == 800_000


@pytest.mark.parametrize("relief", EVERY_RELIEF, ids=lambda relief: f"{relief.treaty.code}-{relief.way}")
@given_cases(
    taxable=integers(0, 60_000_000),
    part=integers(0, 100),
    more=integers(1, 5_000_000),
    worldwide=integers(0, 90_000_000),
)
def test_a_treaty_never_raises_the_tax_nor_gives_back_more_than_it(relief, taxable, part, more, worldwide):
    if relief.waives_qdot:
        of = an_estate
    else:
        everywhere = max(worldwide, taxable + more)

        def of(taxable, to_spouse):
            return estate_abroad(taxable, to_spouse, credit=13_000, worldwide=everywhere)

    to_spouse = taxable * part // 100
    estate = of(taxable, to_spouse)
    found = relief_of_tax(relief, estate, LAW)
    written = write_treaty_relief(Worksheet("T-", "t"), relief, estate, LAW)

    assert 0 <= found <= estate.tax.amount
    # The worksheet is the same computation.
    assert written.amount == estate.tax.amount - found
    # More to the spouse is never less relief; a larger estate is never less tax.
    assert relief_of_tax(relief, of(taxable, min(taxable, to_spouse + more)), LAW) >= found
    larger = of(taxable + more, to_spouse)
    assert larger.tax.amount - relief_of_tax(relief, larger, LAW) >= written.amount


def test_the_worksheet_of_the_german_floor_is_the_same_computation():
    half = relief_for(GERMANY, ABROAD["DE"], Party(), status="neither")[1]
    sheet = Worksheet("T-", "t")
    estate = estate_abroad(6_000_000, 6_000_000, credit=13_000, worldwide=16_000_000)

    # Half: T(3m) - 13,000 = 1,132,800; the floor 400,000 is below it. On 19,000,000 it is 1,600,000.
    assert write_treaty_relief(Worksheet("T-", "t"), half, estate, LAW).amount == 1_132_800
    held = write_treaty_relief(sheet, half, estate._replace(worldwide_estate=given(D(19_000_000), "worldwide")), LAW)
    assert held.amount == 1_600_000
    assert [line.status for line in sheet.lines[-3:]] == ["assumed"] * 3
    assert sheet.lines[-3].citations == ("IRC 2001", "Treaty with Germany art. 10(4)")
    assert half.conditions == ()


def test_a_rule_that_was_not_read_is_named():
    unread = replace(GERMANY, half_rule=HalfRule("art. 1", floor=False, verified=False))
    [_, half] = relief_for(unread, ABROAD["DE"], Party(), status="neither")
    read = replace(BOOK.treaties["GB"], spouse_as_domiciled=SpouseAsDomiciled("art. 2", verified=True))
    [british] = relief_for(read, ABROAD["GB"], Party(), status="neither")

    assert half.unverified == ("art. 1: the rule itself",)
    assert (british.unverified, british.conditions) == ((), ())


def test_a_line_that_rests_on_what_was_not_read_is_marked():
    sheet = Worksheet("T-", "t")
    write_treaty_relief(sheet, relief_for(FRANCE)[0], an_estate(28_000_000, 28_000_000), LAW)

    assert (sheet.lines[-1].label, sheet.lines[-1].status) == ("Estate tax under the treaty with France", "assumed")
    assert sheet.lines[-1].citations == ("Treaty with France art. 11(3)", *CHOICE)

    read = Worksheet("T-", "t")
    half = relief_for(FRANCE, ABROAD["FR"], Party(), status="neither")[1]
    write_treaty_relief(read, half, estate_abroad(4_000_000, 4_000_000, credit=13_000, worldwide=9_000_000), LAW)
    assert (read.lines[-1].status, read.lines[-1].citations) == (None, ("Treaty with France art. 11(2)",))


# --- the file


TEXT = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('kind = "income_tax"', 'kind = "no"', "CA.kind: is 'no'; expected one of situs"),
        ("estate_from = 1983-07-01", 'estate_from = "1983"', "AT.estate_from: is '1983'; expected a date"),
        ('status = "verified"\n[CA.land', 'status = "sure"\n[CA.land', "CA.marital.conditions[3].status: is 'sure'"),
        ("floor = true", 'floor = "yes"', "DE.half_rule.floor: is 'yes'; expected true or false"),
        ('test = "spouse"', 'test = "pet"', "CA.marital.conditions[1].test: is 'pet'"),
        ("[AU]\n", "[AU]\ncolour = 1\n", "AU.colour: is not a known key"),
        ("[AU]\n", "[AUS]\n", "AUS: is not a country; expected an ISO code"),
        ('UK = "GB"', 'UK = "XX"', "other_names.UK: is 'XX'; expected the code of a treaty"),
        ("as_of = 2026-11-23", "", "as_of: is None; expected a date"),
        ('article = "Treaty with Germany art. 10(4)"', "article = 4", "DE.half_rule.article: is 4; expected words"),
        ("worldwide_limit = 1_200_000", "worldwide_limit = -1", "CA.land_and_business_only.worldwide_limit: is -1"),
        (
            'sources = ["IRS list of estate and gift tax treaties"]\n\n[IT]',
            "sources = []\n\n[IT]",
            "IE.sources: is miss",
        ),
    ],
)
def test_a_fault_in_the_file_is_named(old, new, fault, tmp_path):
    assert old in TEXT
    file = tmp_path / "treaties.toml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(LawFileError) as caught:
        read_treaty_book(file)

    assert fault in str(caught.value)


def test_a_file_without_a_treaty_is_refused(tmp_path):
    file = tmp_path / "treaties.toml"
    file.write_text('as_of = 2026-01-01\nsource = "x"\n[ended]\n[other_names]\n', encoding="utf-8")

    with pytest.raises(LawFileError, match="holds no treaty"):
        read_treaty_book(file)


# --- the command line


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"treaty_elected": True, "election_made": True}, "stands beside a QDOT election"),
        ({"decedent_citizenship_countries": ["CA"]}, "opposite of decedent_citizenship"),
        ({"spouse_nationality": "US", "spouse_citizenship": "foreign"}, "opposite of spouse_citizenship"),
        ({"spouse_domicile": "us", "spouse_us_resident": False}, "opposite of spouse_us_resident"),
        ({"decedent_domicile_country": "CA"}, "opposite of decedent_domicile"),
        ({"spouse_domicile": "foreign", "spouse_domicile_country": "USA"}, "opposite of spouse_domicile"),
        ({"treaty": "CA"}, "treaty"),
    ],
)
@pytest.mark.parametrize("rule", ["estate-tax", "marital-deduction"])
def test_facts_that_contradict_each_other_are_refused(rule, wrong, fault):
    facts = {
        "year": 2026,
        "decedent_citizenship": "us",
        "decedent_domicile": "us",
        "passing_to_spouse_outright": 20_000_000,
    }

    with pytest.raises(InputError) as caught:
        compute(rule, facts | wrong)

    assert fault in str(caught.value)


def test_words_and_countries_say_the_same():
    common = {"year": 2026, "decedent_citizenship": "us", "decedent_domicile": "us", "gross_estate": 25_000_000}
    one = {"spouse_nationality": ["Canada", "Mexico"], "spouse_domicile_country": "United States"}
    two = {"spouse_citizenships": ["CA", "MX"], "spouse_us_resident": True}
    passing = {"passing_to_spouse_outright": 20_000_000}

    first, second = (compute("estate-tax", common | passing | facts) for facts in (one, two))

    assert first["result"] == second["result"]
    assert first["result"]["treaty_conditions_met"] is True


def test_the_questions_of_a_treaty_go_with_the_review():
    [found] = [
        finding
        for finding in compute(
            "marital-deduction",
            {"decedent_citizenship": "us", "spouse_nationality": "NL", "passing_to_spouse_outright": 1},
        )["findings"]
        if finding["rule"] == "TRY-01"
    ]

    assert (found["state"], found["measured"]) == ("fired", "the Netherlands")
    assert found["questions"] == [
        "Netherlands: Does the convention deduct half of what passes to the spouse, and under which article?"
    ]
