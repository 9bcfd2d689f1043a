"""The thirteen state estate taxes once more, for deaths of 2025 and 2026: fractions, closed forms, no shared code.

A schedule is a tuple of (step, rate from there on) in thousands of dollars and
thousandths; its tax is the sum of (rise of the rate) times max(0, amount - step).
Illinois needs no search: the state death tax credit is the largest of its lines,
each line can be solved for the tax that it takes off its own base, and the largest
of those is the tax. New York's credit is the tax on 21 exclusions less 20 estates,
between nothing and the estate. `share` is the part of the estate that the state
may tax, 1 for all of it: most take it of the tax, New York of the estate, Hawaii
for a nonresident of estate and exclusion, Massachusetts since August 2025 for a
resident of the estate, else of the credit before its own 99,600 come off.
"""

from collections import namedtuple
from datetime import date
from fractions import Fraction

ALL = Fraction(1)
# Steps and thousandths of the credit of section 2011(b), on the taxable estate less 60,000.
CREDIT = (
    (40, 8), (90, 16), (140, 24), (240, 32), (440, 40), (640, 48), (840, 56), (1_040, 64), (1_540, 72), (2_040, 80),
    (2_540, 88), (3_040, 96), (3_540, 104), (4_040, 112), (5_040, 120), (6_040, 128), (7_040, 136), (8_040, 144),
    (9_040, 152), (10_040, 160),
)  # fmt: skip
DISTRICT = ((0, 112), (5_000, 120), (6_000, 128), (7_000, 136), (8_000, 144), (9_000, 152), (10_000, 160))
HAWAII = ((0, 100), (1_000, 110), (2_000, 120), (3_000, 130), (4_000, 140), (5_000, 157), (10_000, 200))
MAINE = ((0, 80), (3_000, 100), (6_000, 120))
MINNESOTA = ((0, 130), (7_100, 136), (8_100, 144), (9_100, 152), (10_100, 160))
# 3.06% at first, hence a Fraction.
NEW_YORK = (
    (0, Fraction(306, 10)), (500, 50), (1_000, 55), (1_500, 65), (2_100, 80), (2_600, 88), (3_100, 96), (3_600, 104),
    (4_100, 112), (5_100, 120), (6_100, 128), (7_100, 136), (8_100, 144), (9_100, 152), (10_100, 160),
)  # fmt: skip
OREGON = (
    (1_000, 100), (1_500, Fraction(205, 2)), (2_500, 105), (3_500, 110), (4_500, 115), (5_500, 120), (6_500, 130),
    (7_500, 140), (8_500, 150), (9_500, 160),
)  # fmt: skip
WASHINGTON = (
    (0, 100), (1_000, 140), (2_000, 150), (3_000, 160), (4_000, 180), (6_000, 190), (7_000, 195), (9_000, 200),
)  # fmt: skip
WASHINGTON_2025 = (
    (0, 100), (1_000, 150), (2_000, 170), (3_000, 190), (4_000, 230), (6_000, 260), (7_000, 300), (9_000, 350),
)  # fmt: skip

# What a state leaves free or gives as credit, by year of death.
FREE = {
    "CT": {2025: 13_990_000, 2026: 15_000_000},
    "DC": {2025: 4_873_200, 2026: 4_988_400},
    "ME": {2025: 7_000_000, 2026: 7_160_000},
    "NY": {2025: 7_160_000, 2026: 7_350_000},
    "RI": {2025: 85_375, 2026: 87_940},
}

# `gifts` is what the state's own rule brings back: CT since 2005, IL and HI all adjusted taxable gifts, ME one year,
# MN and NY three, VT two. `gift_tax_paid` is Connecticut's, `inheritance_tax` Maryland's on the same estate, `business`
# a Minnesota farm or business. `alien` is a Hawaii decedent who was neither a citizen nor a resident of the country.
Estate = namedtuple(
    "Estate",
    "amount gifts share dsue gift_tax_paid inheritance_tax business resident alien",
    defaults=(0, ALL, 0, 0, 0, 0, True, False),
)
OUTSIDE_LEFT_OUT = date(2025, 8, 1)  # Massachusetts


def schedule(steps, amount):
    """Tax of a schedule: the sum of what each step adds."""
    total, before = Fraction(0), 0
    for step, rate in steps:
        total += Fraction(rate - before) / 1_000 * max(0, amount - 1_000 * step)
        before = rate
    return total


def credit(taxable_estate):
    """The state death tax credit of 2001 on a taxable estate."""
    return schedule(CREDIT, taxable_estate - 60_000)


def connecticut(estate, died):
    over = max(0, estate.amount + estate.gifts - FREE["CT"][died.year])
    due = min(Fraction(12, 100) * over * estate.share, 15_000_000)
    return max(0, due - estate.gift_tax_paid)


def district_of_columbia(estate, died):
    free = FREE["DC"][died.year]
    return (schedule(DISTRICT, max(free, estate.amount)) - schedule(DISTRICT, free)) * estate.share


def hawaii(estate, died):
    free = 60_000 if estate.alien else max(0, 5_490_000 - estate.gifts) + estate.dsue
    if estate.resident:
        return schedule(HAWAII, estate.amount - free) * estate.share
    return schedule(HAWAII, (estate.amount - free) * estate.share)


# Each line of the credit: what it takes at its step, the step, its rate.
LINES = [(schedule(CREDIT, 1_000 * step), 1_000 * step, Fraction(rate, 1_000)) for step, rate in CREDIT]


def illinois(estate, died):
    base = estate.amount - 60_000
    # T = credit at the step + rate x (base - T - step)
    by_credit = max(0, *((begun + rate * (base - step)) / (1 + rate) for begun, step, rate in LINES))
    forty_percent = Fraction(4, 14) * (estate.amount + estate.gifts - 4_000_000)
    return max(0, min(by_credit, forty_percent)) * estate.share


def maine(estate, died):
    return schedule(MAINE, estate.amount + estate.gifts - FREE["ME"][died.year]) * estate.share


def maryland(estate, died):
    over = estate.amount - 5_000_000 - min(estate.dsue, 5_000_000)
    due = min(credit(estate.amount), Fraction(16, 100) * max(0, over)) * estate.share
    return max(0, due - estate.inheritance_tax)


def massachusetts(estate, died):
    if estate.resident and died >= OUTSIDE_LEFT_OUT:
        return max(0, credit(estate.amount * estate.share) - 99_600)
    return max(0, credit(estate.amount) * estate.share - 99_600)


def minnesota(estate, died):
    free = 3_000_000 + min(estate.business, 2_000_000)
    return schedule(MINNESOTA, estate.amount + estate.gifts - free) * estate.share


def new_york(estate, died):
    whole = estate.amount * estate.share + estate.gifts
    credited = min(whole, max(0, 21 * FREE["NY"][died.year] - 20 * whole))
    return schedule(NEW_YORK, whole) - schedule(NEW_YORK, credited)


def oregon(estate, died):
    return schedule(OREGON, estate.amount) * estate.share


def rhode_island(estate, died):
    return max(0, credit(estate.amount) - FREE["RI"][died.year]) * estate.share


def vermont(estate, died):
    return Fraction(16, 100) * max(0, estate.amount + estate.gifts - 5_000_000) * estate.share


def washington(estate, died):
    if died <= date(2025, 6, 30):
        steps, free = WASHINGTON, 2_193_000
    elif died <= date(2025, 12, 31):
        steps, free = WASHINGTON_2025, 3_000_000
    elif died <= date(2026, 6, 30):
        steps, free = WASHINGTON_2025, 3_076_000
    else:
        steps, free = WASHINGTON, 3_000_000
    return schedule(steps, estate.amount - free) * estate.share


TAXES = {
    "CT": connecticut, "DC": district_of_columbia, "HI": hawaii, "IL": illinois, "ME": maine, "MD": maryland,
    "MA": massachusetts, "MN": minnesota, "NY": new_york, "OR": oregon, "RI": rhode_island, "VT": vermont,
    "WA": washington,
}  # fmt: skip


def cents(amount):
    """Half a cent goes up."""
    return Fraction((Fraction(amount) * 100 + Fraction(1, 2)).__floor__(), 100)


def state_tax(state, died, estate):
    """The tax of a state on a death, exact."""
    return Fraction(TAXES[state](estate, died))


def connecticut_gift_tax(earlier, now, earlier_tax, year):
    """12% of all Connecticut gifts since 2005 above the exclusion, less what was paid on earlier ones."""
    return max(0, Fraction(12, 100) * max(0, earlier + now - FREE["CT"][year]) - earlier_tax)
