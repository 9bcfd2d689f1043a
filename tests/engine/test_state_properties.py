"""What holds of every state's estate tax whatever the estate: no jumps, no falls, nothing below zero, no part twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from planning.engine.rules.state_estate_tax import (
    Holding,
    StateEstate,
    StateFigures,
    shares_of,
    state_tax,
    write_state_estate_tax,
)
from planning.engine.rules.state_gift_tax import state_gift_tax
from planning.engine.worksheet import ZERO, Worksheet, given, to_cents
from planning.state_law import official_state_book

pytestmark = pytest.mark.pure
BOOK = official_state_book()
# New York's phase-out: 13.6% of the next dollar, and 13.6% of the twenty dollars of credit that it takes away.
STEEPEST = Decimal("2.9")
# Vermont and Hawaii round their fraction to four decimals.
ROUNDED = Decimal("0.00005")

sums = st.decimals(min_value=0, max_value=40_000_000, places=2)
small = st.decimals(min_value=0, max_value=6_000_000, places=2)
steps = st.decimals(min_value=0, max_value=500_000, places=2)
parts = st.decimals(min_value=0, max_value=1, places=4)
every_state = pytest.mark.parametrize("code", BOOK.codes)
any_day = st.integers(min_value=0, max_value=7)


def band(code, at):
    """One of the laws of a state in 2025 and 2026."""
    return BOOK.laws[code][at % len(BOOK.laws[code])]


@st.composite
def estates(draw):
    return StateEstate(
        draw(sums),
        draw(small),
        draw(small),
        draw(parts),
        draw(small),
        draw(small),
        draw(small),
        draw(small),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@every_state
@drawn(any_day, estates(), steps)
@settings(max_examples=30)
def test_more_estate_never_pays_less_and_no_dollar_jumps(code, at, estate, step):
    law = band(code, at)
    rise = state_tax(law, estate._replace(taxable_estate=estate.taxable_estate + step)) - state_tax(law, estate)
    assert 0 <= rise <= STEEPEST * step


@every_state
@drawn(any_day, estates())
@settings(max_examples=30)
def test_no_tax_is_below_zero_and_none_is_above_a_fifth_of_what_is_taxed(code, at, estate):
    law = band(code, at)
    tax = state_tax(law, estate)
    # The highest rate is 20%, for one year of Washington 35%; gifts brought back are taxed with the estate.
    most = Decimal("0.35") if law.table.top_rate > 20 and law.code == "WA" else Decimal("0.2")
    assert 0 <= tax <= most * (estate.taxable_estate + estate.addback_gifts)


@every_state
@drawn(any_day, estates())
@settings(max_examples=30)
def test_the_sheet_and_the_number_agree_to_the_cent(code, at, estate):
    law = band(code, at)
    figures = StateFigures(*(given(value, "amount") for value in estate[:8]), *estate[8:])
    assert write_state_estate_tax(Worksheet("S", ""), law, figures).amount == to_cents(state_tax(law, estate))


@every_state
@drawn(any_day, estates(), st.sampled_from(["adjusted_taxable_gifts", "addback_gifts", "share"]), small, parts)
@settings(max_examples=30)
def test_gifts_and_a_larger_part_never_lower_the_tax(code, at, estate, name, more, part):
    law = band(code, at)
    now = getattr(estate, name)
    larger = max(now, part) if name == "share" else now + more
    assert state_tax(law, estate) <= state_tax(law, estate._replace(**{name: larger}))


@every_state
@drawn(any_day, estates(), st.sampled_from(["dsue", "gift_tax_paid", "inheritance_tax", "business_property"]), small)
@settings(max_examples=30)
def test_what_is_credited_or_carried_over_never_raises_the_tax(code, at, estate, name, more):
    law = band(code, at)
    assert state_tax(law, estate._replace(**{name: getattr(estate, name) + more})) <= state_tax(law, estate)


@every_state
@drawn(any_day, sums)
@settings(max_examples=25)
def test_up_to_the_exclusion_nothing_is_due_and_above_it_something(code, at, estate):
    law = band(code, at)
    tax = state_tax(law, StateEstate(estate))
    # A cent of Rhode Island's table is left at its rounded threshold.
    assert (tax > 0) == (estate > law.exclusion) or abs(estate - law.exclusion) < 1


places = st.sampled_from([*BOOK.codes, "FL", "CA", None])
holdings = st.lists(st.builds(Holding, places, st.decimals(min_value=0, max_value=3_000_000, places=2)), max_size=8)


@drawn(holdings, st.decimals(min_value=0, max_value=9_000_000, places=2), places)
@example([Holding("VT", Decimal(1)), Holding("NY", Decimal(2))], ZERO, "OR")
def test_the_parts_of_several_states_never_make_more_than_the_whole(situated, elsewhere, home):
    gross = elsewhere + sum((found.value for found in situated), ZERO)
    codes = {found.state for found in situated if found.state} | ({home} if home else set())
    laws = {code: BOOK.estate_tax(code, date(2026, 9, 1)) for code in codes}
    shares = shares_of(laws, gross, situated, home)
    assert set(shares) == codes - {"FL", "CA"}
    assert all(0 <= share <= 1 for share in shares.values())
    rounded = sum(1 for code in shares if laws[code].sharing.places is not None)
    assert sum(shares.values(), ZERO) <= 1 + rounded * ROUNDED


@drawn(st.lists(small, min_size=1, max_size=6))
def test_connecticuts_gift_tax_of_many_years_is_that_of_all_gifts_at_once(gifts):
    law = BOOK.estate_tax("CT", date(2026, 12, 31))
    earlier = paid = ZERO
    for gift in gifts:
        paid += state_gift_tax(law, earlier=earlier, gifts=gift, paid=paid)
        earlier += gift
    assert paid == state_gift_tax(law, earlier=ZERO, gifts=earlier, paid=ZERO)


@drawn(
    st.sampled_from(BOOK.codes),
    st.integers(min_value=2027, max_value=2060),
    st.decimals(min_value=0, max_value=6, places=2),
    st.decimals(min_value=0, max_value=3, places=2),
    sums,
)
def test_faster_indexing_never_raises_a_projected_tax(code, year, indexing, more, estate):
    laws = [
        BOOK.projected(code, date(year, 1, 1), indexing=rate, federal_exclusion=15_000_000 * (1 + rate / 100))
        for rate in (indexing, indexing + more)
    ]
    slower, faster = (state_tax(law, StateEstate(estate)) for law in laws)
    assert slower >= faster >= 0
