"""The comparison once more, in another style: floating point, closed forms, no worksheets, no shared code.

Above 1,000,000 the rate schedule is a straight line, so the tax over an
exclusion of at least that much is 40% of the excess. Gifts are a sum of powers.
The widowhood is one loop over plain numbers.
"""

RATE = 0.4


def excess(amount, exclusion):
    """Estate tax on `amount` with an exclusion of at least a million."""
    return RATE * max(0.0, amount - exclusion)


def exclusion(year):
    """The basic exclusion `year` years after 2026 with 2% indexing from 15 million, to the nearest 10,000."""
    return float(int(15_000_000 * 1.02**year / 10_000 + 0.5) * 10_000)


def gift(year):
    """The yearly exclusion for a spouse who is not a citizen, `year` years after 2026, down to a thousand."""
    return float(int(194_875.55 * 1.02**year / 1_000) * 1_000)


def wealth(*, strategy, first, second, growth, income, cost, before, between, gifts, spending):
    """Family wealth after both deaths; `first` and `second` are what decedent and survivor own today."""
    up = 1 + growth
    moved = left = 0.0
    if "gifts" in strategy:
        left = first
        for year in range(min(gifts, before)):
            amount = min(gift(year), max(0.0, left))
            left = (left - amount) * up
            moved += amount * up ** (before - year)
    estate, own = first * up**before - moved, second * up**before + moved
    frozen = exclusion(before)
    bypass = min(frozen, estate) if "credit_shelter" in strategy else 0.0
    rest = estate - bypass
    qdot = rest if "qdot" in strategy else 0.0
    paid = excess(rest, frozen) if strategy in ("outright", "lifetime_gifts") else 0.0
    received = rest - paid if not qdot else 0.0
    own += received
    shelter = max(0.0, frozen - bypass)  # what later QDOT amounts still find of the first exclusion
    withheld = taken = 0.0
    for _ in range(between):
        own = own * up + income * qdot - spending
        qdot *= 1 + growth - income - cost
        bypass *= up
        if own < 0:
            from_bypass = min(bypass, -own)
            bypass -= from_bypass
            own += from_bypass
        if own < 0 and qdot > 0:
            need, free = -own, max(0.0, shelter - taken)
            gross = need if need <= free else free + (need - free) / (1 - RATE)
            gross = min(gross, qdot)
            tax = RATE * max(0.0, gross - free)
            qdot, taken, withheld = qdot - gross, taken + gross, withheld + tax
        own = max(0.0, own)
    last = before + between
    at_death = RATE * max(0.0, taken + qdot - shelter) - RATE * max(0.0, taken - shelter)
    portable = 0.0
    if "naturalization" in strategy:
        portable = shelter
    elif "qdot" in strategy and rest > 0:
        portable = max(0.0, shelter - taken - qdot)
    own_exclusion = exclusion(last) + portable
    tax = excess(own + qdot, own_exclusion)
    if "qdot" in strategy:
        tax -= min(withheld + at_death, tax - excess(own, own_exclusion))
    elif paid:
        tax -= min(paid, tax - excess(max(0.0, own - received), own_exclusion))
    return own + bypass + qdot - at_death - tax
