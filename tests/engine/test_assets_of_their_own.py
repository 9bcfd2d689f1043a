"""Assets that grow at rates of their own, pay income, carry debt and cost: each amount worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.engine.assumptions import settle
from planning.engine.facts import Couple
from planning.engine.holdings import wealth_today
from planning.engine.projection.asset_growth import blended_rate, factor_of, words_of
from planning.engine.projection.exact import project
from planning.engine.projection.gift_programme import gift_programme, in_order_of_giving
from planning.engine.projection.ground import Ground
from planning.engine.strategies.catalogue import BY_ID
from planning.lawbook import life_table, official_lawbook
from planning.state_law import official_state_book
from planning.treaty_book import treaty_book
from tests.engine.couples import AS_OF, asset, person

pytestmark = pytest.mark.pure

# Gifts to a noncitizen spouse: 194,000 in 2026 (Rev. Proc. 2025-32), the projected row of 2027 has 200,000.
IN_2026, IN_2027 = Decimal(194_000), Decimal(200_000)
CASH = asset("a", 100_000, "bank")
SHARES = asset("a", 1_000_000, cost_basis=Decimal(900_000), growth=Decimal(7))
LAND = replace(
    asset("a", 500_000, "real_estate", growth=Decimal(3), income_yield=Decimal(1), state="TX", country="US"),
    debt=Decimal(200_000),
)


def ground(*assets, years=2, **given):
    couple = Couple(
        a=person("Dana", "US", domicile_state="TX"), b=person("Sol", "CL", domicile_state="TX"), assets=assets
    )
    values = {"years_to_first_death": years, "years_to_second_death": years + 1, "ranking_order": "a", **given}
    settled, _printed = settle(
        couple, values, sources={}, life_table=life_table(), wealth=wealth_today(couple), as_of=AS_OF
    )
    return Ground(couple, settled, official_lawbook(), AS_OF, official_state_book(), treaty_book())


def run(ground, strategy):
    result = project(ground, decedent="a", strategy=BY_ID[strategy])
    return result, {line.label: line for sheet in result.worksheets for line in sheet.lines}


def test_income_leaves_the_asset_and_grows_with_the_cash():
    # Two years at 3%, of it 1% paid out: 1.02 x 1.02 stays; the first 0.01 grows at 5%, the second is 1.02 x 0.01.
    assert Decimal("1.0404") + Decimal("0.0105") + Decimal("0.0102") == factor_of(LAND, Decimal(5), 2)
    assert Decimal("1.1449") == factor_of(SHARES, Decimal(5), 2)
    assert Decimal("1.1025") == factor_of(CASH, Decimal(5), 2)
    # At the rate of all it makes no difference whether income is paid out.
    assert Decimal("1.1025") == factor_of(replace(CASH, income_yield=Decimal(4)), Decimal(5), 2)
    assert "growth of 3%, of it 1% paid out and grown at 5% for 2 years" == words_of(LAND, Decimal(5), 2)
    assert "growth of 5% for 1 year" == words_of(CASH, Decimal(5), 1)


def test_each_asset_stands_grown_on_the_worksheet_and_its_debt_stays():
    result, lines = run(ground(CASH, SHARES, LAND), "qdot")

    assert Decimal("110250.00") == lines["bank of a, counted for Dana"].amount
    assert Decimal("1144900.00") == lines["brokerage of a, counted for Dana"].amount
    # 500,000 x 1.0611 less 200,000.
    assert Decimal("330550.00") == lines["real_estate of a, counted for Dana"].amount
    assert "which stays what it is" in lines["real_estate of a, counted for Dana"].how
    assert Decimal("1585700.00") == result.first_estate
    # Today, after one year, and at the death; of the land one year makes 500,000 x (1.02 + 0.01).
    assert [1_400_000, 105_000 + 1_070_000 + 315_000, 1_585_700] == [point.family_wealth for point in result.path[:3]]


def test_after_the_first_death_a_pot_grows_at_the_rate_of_its_mix():
    result, lines = run(ground(CASH, SHARES, LAND), "qdot")

    # Before debt: 110,250 at 5, 1,144,900 at 7 and 530,550 at 3 percent, of 1,785,700.
    shares = round(Decimal(1_144_900) / 1_785_700, 6), round(Decimal(530_550) / 1_785_700, 6)
    expected = 5 + 2 * shares[0] - 2 * shares[1]
    assert expected == lines["Growth of what Dana leaves, percent"].amount
    kept = (Decimal(1585700) * (1 + (expected - 2 - Decimal("0.4")) / 100)).quantize(Decimal("0.01"))
    assert kept == lines["QDOT, end of 2029"].amount
    assert result.qdot_at_end == kept


def test_gifts_come_out_of_cash_first_and_carry_their_cost_over():
    settled = ground(CASH, SHARES, LAND, gift_years=2, chance_gift_sold=Decimal(50))
    result, lines = run(settled, "gifts_and_qdot")

    # 2026: all the cash, then 94,000 of the shares, which cost 84,600. They grow: 906,000 x 1.07 = 969,420, cost 815,400.
    # 2027: the income of the land, 300,000 after debt x 1%, then 197,000 of the shares.
    cost_2027 = (197_000 * Decimal(815_400) / 969_420).quantize(Decimal("0.01"))
    first, second = settled.gifts("a", settled.opening("a", survivor_is_citizen=False))
    assert [("bank of a", 100_000, 100_000), ("brokerage of a", 94_000, 84_600)] == [
        (piece.asset.name, piece.amount, piece.basis) for piece in first.pieces
    ]
    assert [(None, 3_000, 3_000), (SHARES, 197_000, cost_2027)] == list(map(tuple, second.pieces))
    assert "out of income paid out, brokerage of a" in lines["Gift in 2027"].how
    moved = Decimal(110250) + Decimal("107620.60") + 3_150 + Decimal("210790.00")
    assert moved == lines["Gifts with their growth at the first death"].amount
    assert IN_2026 + IN_2027 == result.figures["gifts_total"]
    gain = moved - (100_000 + 84_600 + 3_000 + cost_2027)
    assert (gain * Decimal("0.119")).quantize(Decimal("0.01")) == result.figures["lost_basis_cost"]
    assert Decimal("1585700.00") - moved == result.first_estate


def test_a_gift_of_what_nobody_knows_the_cost_of_has_no_cost():
    unknown = replace(SHARES, cost_basis=None)
    settled = ground(unknown, gift_years=1, chance_gift_sold=Decimal(50))
    result, _lines = run(settled, "gifts_and_qdot")
    assert result.figures["lost_basis_cost"] is None

    stated = ground(unknown, gift_years=1, chance_gift_sold=Decimal(50), basis_share_of_gifts=Decimal(40))
    result, _lines = run(stated, "gifts_and_qdot")
    # 194,000 x 1.1449 less 40% of 194,000, of which half is sold at 23.8%.
    gain = Decimal("222110.60") - 77_600
    assert (gain * Decimal("0.119")).quantize(Decimal("0.01")) == result.figures["lost_basis_cost"]


def test_what_is_given_first():
    home, land = asset("a", 1, "home"), asset("a", 1, "real_estate", cost_basis=Decimal(1))
    low, high = (asset("a", 100, cost_basis=Decimal(cost)) for cost in (10, 90))
    unknown, joint_cash = asset("a", 100), asset("joint_survivorship", 100, "bank")
    retirement = asset("a", 100, "retirement")

    found = in_order_of_giving([_Of(a) for a in (home, land, unknown, low, high, retirement, joint_cash, CASH)], "a")

    assert [CASH, joint_cash, high, low, unknown, land, home] == [one.asset for one in found]


def test_what_runs_out_is_given_whole():
    settled = ground(asset("a", 300_000, "bank"), gift_years=2)
    opening = settled.opening("a", survivor_is_citizen=False)

    gifts = gift_programme(
        opening.holdings.lots,
        donor="a",
        donor_dies_first=True,
        limits=[IN_2026, IN_2027],
        growth=Decimal(5),
    )

    # 106,000 are left and grow by a year.
    assert [194_000, 111_300] == [gift.amount for gift in gifts]


def test_a_retirement_account_is_never_given():
    settled = ground(asset("a", 300_000, "retirement"), gift_years=2)

    result, lines = run(settled, "gifts_and_qdot")

    assert Decimal(0) == result.figures["gifts_total"]
    assert "what the donor has left" in lines["Gift in 2026"].how


def test_rates_blend_by_share_to_a_millionth():
    third = Decimal(1) / 3
    assert Decimal("5.666666") == blended_rate(Decimal(5), [(Decimal(7), Decimal(1))], Decimal(3)).quantize(
        Decimal("0.000001")
    )
    assert Decimal(5) == blended_rate(Decimal(5), [(Decimal(9), third)], Decimal(0))
    # A part never counts for more than the whole, nor for less than nothing.
    assert Decimal(9) == blended_rate(Decimal(5), [(Decimal(9), Decimal(8))], Decimal(4))
    assert Decimal(5) == blended_rate(Decimal(5), [(Decimal(9), Decimal(-8))], Decimal(4))


class _Of:
    """An asset as the sorting takes it."""

    def __init__(self, asset):
        self.asset = asset
