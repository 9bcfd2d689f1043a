"""Estate tax, gift tax and 2056A tax of every year since 1988 once more: fractions, sums of max-terms, no shared code.

A progressive schedule is the sum over its steps of (rise of the rate) times
max(0, amount - step). All eras are one schedule cut off at the era's top rate:
the rates of 1977's unified schedule up to 55%, lowered step by step since 2002.
From 2013 on, above a million and an exclusion of at least that, the net tax is
0.4 times the excess; `straight_line` says it that way.
"""

from fractions import Fraction

STEPS = (
    (0, 18),
    (10_000, 20),
    (20_000, 22),
    (40_000, 24),
    (60_000, 26),
    (80_000, 28),
    (100_000, 30),
    (150_000, 32),
    (250_000, 34),
    (500_000, 37),
    (750_000, 39),
    (1_000_000, 41),
    (1_250_000, 43),
    (1_500_000, 45),
    (2_000_000, 49),
    (2_500_000, 53),
    (3_000_000, 55),
)
SURTAX_FROM = 10_000_000


def top_rate(year):
    """The highest rate of a year's schedule, percent."""
    falling = {2002: 50, 2003: 49, 2004: 48, 2005: 47, 2006: 46}
    if year < 2002:
        return 55
    if year in falling:
        return falling[year]
    return 45 if year < 2010 else 35 if year < 2013 else 40


def surtax_until(year):
    """Where the 5% surtax on large estates and gifts ends; None: a year without it."""
    if year < 1998:
        return 21_040_000
    return 17_184_000 if year < 2002 else None


def tentative(amount, year):
    """The tax of the schedule of a year since 1988, with the surtax."""
    tax, before = Fraction(0), 0
    for step, rate in STEPS:
        capped = min(rate, top_rate(year))
        tax += Fraction(capped - before, 100) * max(0, amount - step)
        before = capped
    end = surtax_until(year)
    if end is not None:
        tax += Fraction(5, 100) * (max(0, amount - SURTAX_FROM) - max(0, amount - end))
    return tax


def estate_exclusion(year):
    """What the estate tax credit of a year covers."""
    published = {
        1998: 625, 1999: 650, 2000: 675, 2001: 675, 2002: 1_000, 2003: 1_000, 2004: 1_500, 2005: 1_500,
        2006: 2_000, 2007: 2_000, 2008: 2_000, 2009: 3_500, 2010: 5_000, 2011: 5_000, 2012: 5_120, 2013: 5_250,
        2014: 5_340, 2015: 5_430, 2016: 5_450, 2017: 5_490, 2018: 11_180, 2019: 11_400, 2020: 11_580, 2021: 11_700,
        2022: 12_060, 2023: 12_920, 2024: 13_610, 2025: 13_990, 2026: 15_000,
    }  # fmt: skip
    return 1_000 * published.get(year, 600)


def gift_exclusion(year):
    """What the gift tax credit of a year since 1988 covers: a million from 2002 to 2010."""
    return 1_000_000 if 2002 <= year <= 2010 else estate_exclusion(year)


def cents(amount):
    """Half a cent goes up."""
    return Fraction((amount * 100 + Fraction(1, 2)).__floor__(), 100)


def gift_taxes(gifts):
    """Tax due on each year of `gifts`, a list of (year, taxable gifts) in order; earlier years at today's rates."""
    due = []
    for number, (year, amount) in enumerate(gifts):
        earlier = gifts[:number]
        prior = sum(gift for _, gift in earlier)
        tax = tentative(prior + amount, year) - tentative(prior, year)
        used = credit_used(earlier, year)
        credit = min(tax, max(0, tentative(gift_exclusion(year), year) - used))
        due.append(tax - credit)
    return due


def credit_used(gifts, rates_of):
    """Credit that earlier gifts used, at the rates of one year."""
    cumulative, used = 0, Fraction(0)
    for year, amount in gifts:
        tax = tentative(cumulative + amount, rates_of) - tentative(cumulative, rates_of)
        used += min(tax, max(0, tentative(gift_exclusion(year), rates_of) - used))
        cumulative += amount
    return used


def gift_tax_payable(gifts, rates_of):
    """What the gifts would have cost at the rates of the year of death."""
    return tentative(sum(gift for _, gift in gifts), rates_of) - credit_used(gifts, rates_of)


def estate_tax(taxable_estate, gifts, dsue, year):
    """Net tax after the unified credit."""
    tax = tentative(taxable_estate + sum(gift for _, gift in gifts), year) - gift_tax_payable(gifts, year)
    return max(0, tax - tentative(estate_exclusion(year) + dsue, year))


def straight_line(taxable_estate, gifts, dsue, year):
    """The same from 2013 where nothing was paid on gifts: 40% of the excess over the exclusion."""
    return Fraction(2, 5) * max(0, taxable_estate + sum(gift for _, gift in gifts) - estate_exclusion(year) - dsue)


def qdot_taxes(taxable_estate, gifts, dsue, year, events):
    """Tax of each event, on top of the estate and all earlier events, at the rates of the first death."""
    taxes, before = [], Fraction(0)
    for amount in events:
        with_event = estate_tax(taxable_estate + before + amount, gifts, dsue, year)
        without = estate_tax(taxable_estate + before, gifts, dsue, year)
        taxes.append(cents(with_event) - cents(without))
        before += amount
    return taxes
