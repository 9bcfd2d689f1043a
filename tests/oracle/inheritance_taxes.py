"""The five inheritance taxes once more, deaths of 2025 and 2026: fractions, one sum of max-terms for each heir.

(step, percent from there on), in dollars. A step above zero is at once what is
free below it: Kentucky's small amounts lie in the lowest bracket, New Jersey's and
Nebraska's brackets begin above theirs.
"""

from fractions import Fraction

FREE = ()
KENTUCKY_B = (
    (1_000, 4), (10_000, 5), (20_000, 6), (30_000, 8), (45_000, 10), (60_000, 12), (100_000, 14), (200_000, 16),
)  # fmt: skip
KENTUCKY_C = ((500, 6), (10_000, 8), (20_000, 10), (30_000, 12), (45_000, 14), (60_000, 16))
RATES = {
    ("KY", "A"): FREE,
    ("KY", "B"): KENTUCKY_B,
    ("KY", "C"): KENTUCKY_C,
    ("MD", "exempt"): FREE,
    ("MD", "other"): ((0, 10),),
    ("NE", "spouse"): FREE,
    ("NE", "close"): ((100_000, 1),),
    ("NE", "remote"): ((40_000, 11),),
    ("NE", "other"): ((25_000, 15),),
    ("NJ", "A"): FREE,
    ("NJ", "C"): ((25_000, 11), (1_100_000, 13), (1_400_000, 14), (1_700_000, 16)),
    ("NJ", "D"): ((0, 15), (700_000, 16)),
    ("PA", "spouse"): FREE,
    ("PA", "lineal"): ((0, Fraction(9, 2)),),
    ("PA", "sibling"): ((0, 12),),
    ("PA", "other"): ((0, 15),),
}
NEW_JERSEY_TRIFLE = 500  # less than this in all is free for everybody
MARYLAND_TRIFLE = 1_000  # this and less in all is free for everybody
OF_AGE = 22  # younger than this: free in Nebraska, and between parent and child in Pennsylvania


def inheritance_tax(state, kin, amount, *, age=None, parent_of_child_aged=None):
    """Tax on what one heir takes, exact.

    `age` is the heir's own where the law spares the young; `parent_of_child_aged`
    is the decedent's where a parent takes from a child.
    """
    if (state == "NJ" and amount < NEW_JERSEY_TRIFLE) or (state == "MD" and amount <= MARYLAND_TRIFLE):
        return Fraction(0)
    if state == "NE" and age is not None and age < OF_AGE:
        return Fraction(0)
    if (state, kin) == ("PA", "lineal"):
        younger = [years for years in (age, parent_of_child_aged) if years is not None]
        if any(years < OF_AGE for years in younger):
            return Fraction(0)
    total, before = Fraction(0), 0
    for step, percent in RATES[state, kin]:
        total += Fraction(percent - before) / 100 * max(0, amount - step)
        before = percent
    return total


def cents(amount):
    """Half a cent goes up."""
    return Fraction((Fraction(amount) * 100 + Fraction(1, 2)).__floor__(), 100)
