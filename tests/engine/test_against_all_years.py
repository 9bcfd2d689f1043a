"""Ten thousand random couples across all law years: the rules and the independent computation agree to the cent."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planning.engine.rules.s2001_estate_tax import estate_tax
from planning.engine.rules.s2001g_tax_on_earlier_gifts import YearOfGifts, tax_on_earlier_gifts
from planning.engine.rules.s2056a_qdot import QdotBase, qdot_tax
from planning.engine.rules.s2502_gift_tax import gift_tax
from planning.engine.worksheet import Figure, Worksheet, given
from planning.lawbook import official_lawbook
from tests.oracle import all_years

pytestmark = pytest.mark.pure
BOOK = official_lawbook()
COUPLES, PARTS = 10_000, 10
FIRST, LAST = 1988, 2026
FIRST_WITH_DSUE = 2011
# Amounts near which schedules and exclusions turn.
CORNERS = (10_000, 600_000, 1_000_000, 3_000_000, 5_000_000, 10_000_000, 15_000_000, 17_184_000, 21_040_000)


def amount(draw):
    """A sum of dollars and cents: any size, often right at a corner of the law."""
    kind = draw.randrange(4)
    if kind == 0:
        return draw.choice(CORNERS) * 100 + draw.randrange(-200, 201)
    return draw.randrange(10 ** draw.randrange(4, 10))


def couple(draw):
    year = draw.randrange(FIRST, LAST + 1)
    years = sorted(draw.sample(range(FIRST, year + 1), k=min(draw.randrange(4), year + 1 - FIRST)))
    gifts = [(gift_year, Fraction(amount(draw), 100)) for gift_year in years]
    dsue = Fraction(draw.randrange(0, 500_000_000), 100) if year >= FIRST_WITH_DSUE and draw.random() < 0.3 else 0
    events = [Fraction(amount(draw), 100) for _ in range(draw.randrange(5))]
    return year, Fraction(amount(draw), 100), gifts, Fraction(dsue), events


def decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


def law_of(year):
    return BOOK.federal(date(year, 12, 31))


@pytest.mark.parametrize("part", range(PARTS))
def test_on_random_couples_of_all_years_both_computations_agree(part):
    draw = random.Random(2056 + part)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    for _ in range(COUPLES // PARTS):
        year, taxable_estate, gifts, dsue, events = couple(draw)
        law, told = law_of(year), (year, taxable_estate, gifts, dsue, events)
        rows = [
            YearOfGifts(gift_year, decimal(gift), law_of(gift_year).gift_basic_exclusion_amount)
            for gift_year, gift in gifts
        ]

        due = []
        for number, row in enumerate(rows):
            law_then = law_of(row.year)
            before = tax_on_earlier_gifts(rows[:number], law_then.gift_rate_table)
            found = gift_tax(
                Worksheet("G", ""),
                taxable_gifts=given(row.taxable_gifts, "gifts"),
                prior_taxable_gifts=given(before.taxable_gifts, "before"),
                credit_used_before=given(before.credit_used, "used"),
                dsue_amount=given(Decimal(0), "none"),
                law=law_then,
            )
            due.append(found.due)
        assert [decimal(tax) for tax in all_years.gift_taxes(gifts)] == due, told

        earlier = tax_on_earlier_gifts(rows, law.rate_table)
        tax = estate_tax(
            Worksheet("E", ""),
            taxable_estate=given(decimal(taxable_estate), "estate"),
            adjusted_taxable_gifts=given(earlier.taxable_gifts, "gifts"),
            gift_tax_payable=given(earlier.tax_payable, "payable"),
            dsue_amount=given(decimal(dsue), "dsue"),
            law=law,
        )
        assert decimal(all_years.cents(all_years.estate_tax(taxable_estate, gifts, dsue, year))) == tax.amount, told
        if year >= 2013 and taxable_estate + sum(gift for _, gift in gifts) > 1_000_000 and not earlier.tax_payable:
            line = all_years.straight_line(taxable_estate, gifts, dsue, year)
            assert decimal(all_years.cents(line)) == tax.amount, told

        base = QdotBase(
            decimal(taxable_estate),
            earlier.taxable_gifts,
            earlier.tax_payable,
            law.basic_exclusion_amount + decimal(dsue),
            law.rate_table,
            year,
        )
        sheet, prior = Worksheet("Q", ""), Figure(Decimal(0), "nothing")
        expected = [decimal(tax) for tax in all_years.qdot_taxes(taxable_estate, gifts, dsue, year, events)]
        for event, tax_expected in zip(events, expected, strict=True):
            event_amount = given(decimal(event), "event")
            found_tax = qdot_tax(sheet, base=base, prior=prior, amount=event_amount, label="Event")
            assert tax_expected == found_tax.amount, told
            prior = prior + event_amount


def test_every_law_year_is_drawn():
    draw = random.Random(2056)  # noqa: S311 - the seed of the test above

    assert set(range(FIRST, LAST + 1)) == {couple(draw)[0] for _ in range(COUPLES // PARTS)}
