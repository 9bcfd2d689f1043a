"""The law files: every year, every amount cited, the figures of a second source, and what a wrong file is told."""

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planning.engine.law import LawNotKnownError
from planning.federal_holidays import is_legal_holiday
from planning.law_reference import reference
from planning.lawbook import (
    LAW_FOLDER,
    LawFileError,
    fingerprint,
    life_table,
    official_lawbook,
    read_lawbook,
    read_life_table,
)
from tests import ROOT
from tests.engine.commands import run

pytestmark = pytest.mark.pure
# Year: basic exclusion, annual exclusion, noncitizen spouse (IRS instructions of the year; law/parameters.json).
PUBLISHED = {
    **dict.fromkeys(range(1988, 1998), (600_000, 10_000, 100_000)),
    1998: (625_000, 10_000, 100_000),
    1999: (650_000, 10_000, 101_000),
    2000: (675_000, 10_000, 103_000),
    2001: (675_000, 10_000, 106_000),
    2002: (1_000_000, 11_000, 110_000),
    2003: (1_000_000, 11_000, 112_000),
    2004: (1_500_000, 11_000, 114_000),
    2005: (1_500_000, 11_000, 117_000),
    2006: (2_000_000, 12_000, 120_000),
    2007: (2_000_000, 12_000, 125_000),
    2008: (2_000_000, 12_000, 128_000),
    2009: (3_500_000, 13_000, 133_000),
    2010: (5_000_000, 13_000, 134_000),
    2011: (5_000_000, 13_000, 136_000),
    2012: (5_120_000, 13_000, 139_000),
    2013: (5_250_000, 14_000, 143_000),
    2014: (5_340_000, 14_000, 145_000),
    2015: (5_430_000, 14_000, 147_000),
    2016: (5_450_000, 14_000, 148_000),
    2017: (5_490_000, 14_000, 149_000),
    2018: (11_180_000, 15_000, 152_000),
    2019: (11_400_000, 15_000, 155_000),
    2020: (11_580_000, 15_000, 157_000),
    2021: (11_700_000, 15_000, 159_000),
    2022: (12_060_000, 16_000, 164_000),
    2023: (12_920_000, 17_000, 175_000),
    2024: (13_610_000, 18_000, 185_000),
    2025: (13_990_000, 19_000, 190_000),
    2026: (15_000_000, 19_000, 194_000),
    2027: (15_470_000, 20_000, 200_000),
}
CREDITS = {
    1989: 192_800, 1997: 192_800, 1998: 202_050, 1999: 211_300, 2000: 220_550, 2001: 220_550, 2002: 345_800,
    2003: 345_800, 2004: 555_800, 2005: 555_800, 2006: 780_800, 2008: 780_800, 2009: 1_455_800, 2010: 1_730_800,
    2011: 1_730_800, 2012: 1_772_800, 2013: 2_045_800, 2015: 2_117_800, 2016: 2_125_800, 2017: 2_141_800,
    2018: 4_417_800, 2019: 4_505_800, 2020: 4_577_800, 2021: 4_625_800, 2022: 4_769_800, 2023: 5_113_800,
    2024: 5_389_800, 2025: 5_541_800, 2026: 5_945_800, 2027: 6_133_800,
}  # fmt: skip


def test_the_files_hold_every_year_from_1988_to_2027_and_gifts_from_1977():
    assert list(range(1988, 2028)) == sorted(official_lawbook().years)
    assert list(range(1977, 1988)) == sorted(official_lawbook().gift_years)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_amounts_of_a_year_are_the_published_ones(year):
    law = official_lawbook().federal(date(year, 12, 1))

    names = ("basic_exclusion_amount", "annual_exclusion", "noncitizen_spouse_annual_exclusion")
    assert PUBLISHED[year] == tuple(int(law[name].amount) for name in names)


@pytest.mark.parametrize("year", CREDITS)
def test_the_applicable_credit_is_the_tax_on_the_exclusion(year):
    law = official_lawbook().federal(date(year, 1, 1))

    assert CREDITS[year] == law.rate_table.tax(law.basic_exclusion_amount)


def test_every_amount_is_cited_and_official_ones_name_their_act_or_procedure():
    for law in official_lawbook().years.values():
        for amount in law.amounts.values():
            assert re.match(r"IRC|Treas\. Reg\.", amount.citations[0]), amount
            if amount.indexed and law.status == "official":
                assert any(re.match(r"Rev\. Proc\.|P\.L\.|Notice|IRC 2503", cite) for cite in amount.citations[1:]), (
                    amount
                )


def test_a_projected_year_is_projected_in_every_amount_and_says_how():
    law = official_lawbook().years[2027]

    assert "projected" == law.status
    assert {"projected"} == {amount.status for amount in law.amounts.values()}
    assert all(amount.note for amount in law.amounts.values())
    assert all(amount.unrounded is None for amount in law.amounts.values())


def test_official_years_are_official_throughout():
    for year in range(1988, 2027):
        assert {"official"} == {amount.status for amount in official_lawbook().years[year].amounts.values()}


def test_the_generation_skipping_exemption_is_the_basic_exclusion():
    for year, law in official_lawbook().years.items():
        assert (year >= 2004) == (law.basic_exclusion_amount == law["gst_exemption"].amount)


def test_the_projection_from_2026_starts_at_the_level_before_rounding():
    book = official_lawbook().without_rows_after(2026)

    later = book.projected(date(2028, 1, 1), Decimal(2))

    # 194,875.55 x 1.0404 = 202,748.5; 15,000,000 x 1.0404 = 15,606,000.
    assert 202_000 == later["noncitizen_spouse_annual_exclusion"].amount
    assert 15_610_000 == later.basic_exclusion_amount


def test_a_year_without_a_file_is_refused():
    with pytest.raises(LawNotKnownError, match="no federal law for 2028: the law files hold 1988 to 2027"):
        official_lawbook().federal(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("year", "top", "on_a_million"), [(2011, 35, 330_800), (2012, 35, 330_800), (2013, 40, 345_800)]
)
def test_the_rates_are_those_of_the_day(year, top, on_a_million):
    table = official_lawbook().federal(date(year, 12, 31)).rate_table

    assert (top, on_a_million) == (table.top_rate, table.tax(Decimal(1_000_000)))


def test_the_fingerprint_names_the_files_and_nothing_else(tmp_path):
    folder = copy_of_the_law(tmp_path)
    book = read_lawbook(folder)
    (folder / "notes.txt").write_text("read by nobody")
    assert book.fingerprint == read_lawbook(folder).fingerprint
    assert official_lawbook().fingerprint == fingerprint(sorted(LAW_FOLDER.rglob("*.toml")))

    change(folder / "2026.toml", "194_000", "195_000")

    assert book.fingerprint != read_lawbook(folder).fingerprint


def test_the_life_table_holds_both_sexes_to_age_119():
    table = life_table()

    assert (120, 120) == (len(table.q["female"]), len(table.q["male"]))
    # Period life expectancies of the same source: 65-year-olds, women about 20.7 years, men about 18.2.
    assert (Decimal("20.7"), Decimal("18.1")) == (
        round(table.expectancy(65, "female"), 1),
        round(table.expectancy(65, "male"), 1),
    )


def test_holidays_are_those_of_the_district_of_columbia():
    emancipation, juneteenth, workday = date(2026, 4, 16), date(2026, 6, 19), date(2026, 4, 15)

    assert [True, True, False] == [is_legal_holiday(day) for day in (emancipation, juneteenth, workday)]


def test_the_reference_in_the_docs_is_not_stale():
    written = (ROOT / "docs" / "law-amounts.md").read_text(encoding="utf-8")

    assert reference(official_lawbook()) == written, "write it anew with: manage.py law --reference"


def test_law_prints_each_amount_with_authority_and_status():
    ran = run("law", "2026")

    assert 0 == ran.code
    line = next(line for line in ran.out.splitlines() if " noncitizen_spouse_annual_exclusion " in line)
    assert ["2026", "official", "noncitizen_spouse_annual_exclusion", "194,000"] == line.split()[:4]
    assert "IRC 2523(i)(2), Rev. Proc. 2025-32 sec. 4.42" in line


def test_law_says_on_every_line_that_a_year_is_projected():
    lines = run("law", "2027").out.splitlines()

    assert len(lines) > 10
    assert all("PROJECTED, not official" in line for line in lines)


def test_law_prints_the_state_credit_and_the_rates_that_only_some_use():
    lines = [line.split()[2:4] for line in run("law", "1995").out.splitlines()]

    assert ["state_death_tax_credit", "100%"] in lines
    assert ["rate_over_21040000", "55%"] in lines
    assert ["nonresident_rate_over_17444000", "55%"] in lines
    assert ["gift_basic_exclusion_amount", "600,000"] in lines
    assert [] == [name for name, _ in lines if name.startswith("gift_rate")]
    assert "gift_rate_over_500000" in [line.split()[2] for line in run("law", "2010").out.splitlines()]
    assert "state_death_tax_credit" not in run("law", "2005").out


def test_law_as_json_holds_every_rate_table_and_how_state_tax_counts():
    old, new = (run("law", year, json=True).json for year in ("2004", "2005"))

    assert (False, "25") == (old["state_death_tax_deducted"], old["state_death_tax_credit_percent"])
    assert (True, None) == (new["state_death_tax_deducted"], new["state_death_tax_credit_percent"])
    assert 3 == sum(name.endswith("rate_table") for name in old)


@pytest.mark.parametrize("year", ["2028", "1987", "next", "-1", "20260", "٢٠٢٦"])
def test_law_refuses_an_unknown_year(year):
    ran = run("law", year) if not year.startswith("-") else run("law", "--", year)

    assert (2, "") == (ran.code, ran.out)
    assert ran.faults[0].startswith("YEAR: ")
    assert ran.faults[0].endswith("expected a year from 1988 to 2027")


# -- files with faults ---------------------------------------------------------------------


def copy_of_the_law(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAW_FOLDER / "us", tmp_path / "us"))


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


FAULTS = {
    "an unknown key": (
        "2026.toml",
        "label =",
        "lable =",
        "2026.toml: basic_exclusion_amount.lable: is not a known key",
    ),
    "no citation": (
        "2026.toml",
        'cites = ["IRC 2503(b)", "Rev. Proc. 2025-32 sec. 4.42"]',
        "cites = []",
        "2026.toml: annual_exclusion.cites: is missing or empty",
    ),
    "a float": (
        "2026.toml",
        "194_000",
        "194_000.0",
        "2026.toml: noncitizen_spouse_annual_exclusion.amount: is 194000.0",
    ),
    "a word": ("2026.toml", "194_000", '"much"', "2026.toml: noncitizen_spouse_annual_exclusion.amount: is 'much'"),
    "a negative amount": ("2026.toml", "194_000", "-5", "2026.toml: noncitizen_spouse_annual_exclusion.amount: is -5"),
    "another year": ("2026.toml", "year = 2026", "year = 2025", "2026.toml: year: is 2025; expected 2026"),
    "an unknown status": ("2026.toml", 'status = "official"', 'status = "law"', "2026.toml: status: is 'law'"),
    "no status": ("2026.toml", 'status = "official"\n\n', "\n", "2026.toml: status: is None"),
    "official in a projected year": (
        "2027.toml",
        'status = "projected"\nindexed',
        'status = "official"\nindexed',
        "2027.toml: basic_exclusion_amount.status: is official in a projected year",
    ),
    "projected without a note": (
        "2027.toml",
        "note =",
        "# note =",
        "2027.toml: basic_exclusion_amount.note: is missing",
    ),
    "a step of nothing": (
        "2026.toml",
        "rounding_step = 10_000",
        "rounding_step = 0",
        "rounding_step: is 0; expected a step",
    ),
    "an unknown rounding": (
        "2026.toml",
        'rounding = "nearest"',
        'rounding = "up"',
        "rounding: is 'up'; expected nearest",
    ),
    "a required amount gone": (
        "2026.toml",
        "[annual_exclusion]",
        "[anual_exclusion]",
        "2026.toml: annual_exclusion: is missing",
    ),
    "a jump in the rates": (
        "rate_tables.toml",
        "base_tax = 3_800",
        "base_tax = 3_900",
        "rate_tables.toml: gift_rates_1977_1981.brackets[2].base_tax: is 3900; expected 3800",
    ),
    "rows out of order": (
        "rate_tables.toml",
        "over = 20_000",
        "over = 9_000",
        "rate_tables.toml: gift_rates_1977_1981.brackets[2].over: is 9000; expected more than 10000",
    ),
    "a year between two tables": (
        "rate_tables.toml",
        "to = 2012-12-31",
        "to = 2012-06-30",
        "2012.toml: 0 rate tables hold for the whole of 2012",
    ),
    "a use nobody knows": (
        "rate_tables.toml",
        'used_for = ["gift"]',
        'used_for = ["gifts"]',
        "rate_tables.toml: gift_rates_1977_1981.used_for: is ['gifts']; expected a list of estate, nonresident_estate,",
    ),
    "no use": (
        "rate_tables.toml",
        'used_for = ["gift"]',
        "used_for = []",
        "rate_tables.toml: gift_rates_1977_1981.used_for: is []; expected a list of",
    ),
    "a year without a gift table": (
        "rate_tables.toml",
        'from = 1982-01-01\nto = 1982-12-31\nused_for = ["gift"]',
        'from = 1982-01-01\nto = 1982-12-31\nused_for = ["estate"]',
        "gifts_1977_1987.toml: 0 rate tables hold for the whole of 1982 (gift)",
    ),
    "a first year in words": (
        "statute.toml",
        "first_year = 2004",
        'first_year = "2004"',
        "statute.toml: expatriation_net_worth_threshold.first_year: is '2004'; expected a year",
    ),
    "an unknown key of the statute": (
        "statute.toml",
        "first_year = 2004",
        "last_year = 2004",
        "statute.toml: expatriation_net_worth_threshold.last_year: is not a known key",
    ),
    "a gift year in words": (
        "gifts_1977_1987.toml",
        "[1987.annual_exclusion]",
        "[last.annual_exclusion]",
        "gifts_1977_1987.toml: last: is not a year; expected tables such as [1977.annual_exclusion]",
    ),
    "a gift year without a credit": (
        "gifts_1977_1987.toml",
        "[1978.gift_unified_credit]",
        "[1978.gift_credit]",
        "gifts_1977_1987.toml: 1978: has neither gift_basic_exclusion_amount nor gift_unified_credit",
    ),
    "a gift year before all rates": (
        "gifts_1977_1987.toml",
        "[1987.gift_basic_exclusion_amount]",
        "[1976.gift_basic_exclusion_amount]",
        "gifts_1977_1987.toml: 0 rate tables hold for the whole of 1976 (gift)",
    ),
    "a jump in the state table": (
        "state_death_tax.toml",
        "base_tax = 1_200",
        "base_tax = 1_300",
        "state_death_tax.toml: credit.brackets[3].base_tax: is 1300; expected 1200",
    ),
    "no percent": (
        "state_death_tax.toml",
        "percent = 75",
        "part = 75",
        "state_death_tax.toml: credit.allowed[1].part: is not a known key",
    ),
    "a percent in words": (
        "state_death_tax.toml",
        "percent = 75",
        'percent = "most"',
        "state_death_tax.toml: credit.allowed[1].percent: is 'most'",
    ),
    "a state year in words": (
        "state_death_tax.toml",
        "from = 2005",
        'from = "2005"',
        "state_death_tax.toml: deduction.from: is '2005'; expected a year",
    ),
    "a part of state law nobody knows": (
        "state_death_tax.toml",
        "[deduction]",
        "[deductions]",
        "state_death_tax.toml: deductions: is not a known key",
    ),
    "no years of the credit": (
        "state_death_tax.toml",
        "[[credit.allowed]]\nfrom = 1988",
        "[[credit.allow]]\nfrom = 1988",
        "state_death_tax.toml: credit.allow: is not a known key",
    ),
    "fixed and yearly at once": (
        "statute.toml",
        "[nonresident_credit]",
        "[annual_exclusion]",
        "annual_exclusion: stands in statute.toml too",
    ),
    "no TOML": ("2026.toml", "year = 2026", "year 2026", "2026.toml: is not TOML"),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_file_names_file_and_key(file, old, new, message, tmp_path):
    folder = copy_of_the_law(tmp_path)
    change(folder / file, old, new)

    with pytest.raises(LawFileError) as raised:
        read_lawbook(folder)

    assert message in str(raised.value)


def test_a_year_left_out_is_named(tmp_path):
    folder = copy_of_the_law(tmp_path)
    (folder / "2019.toml").unlink()

    with pytest.raises(LawFileError, match="no file for 2019; expected every year from 1988 on"):
        read_lawbook(folder)


@pytest.mark.parametrize("name", ["statute.toml", "rate_tables.toml", "state_death_tax.toml", "gifts_1977_1987.toml"])
def test_a_missing_file_is_named(name, tmp_path):
    folder = copy_of_the_law(tmp_path)
    (folder / name).unlink()

    with pytest.raises(LawFileError, match=f"{name}: not found"):
        read_lawbook(folder)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(LawFileError, match="no year files found"):
        read_lawbook(tmp_path)


def test_a_life_table_with_an_impossible_probability_is_refused(tmp_path):
    file = Path(shutil.copy(LAW_FOLDER / "ssa_period_2023.toml", tmp_path))
    change(file, '"0.005125"', '"1.5"')

    with pytest.raises(LawFileError, match=re.escape("female[0]: is 1.5; expected a probability from 0 to 1")):
        read_life_table(file)
