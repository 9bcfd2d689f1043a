"""Money and rates over many paths at once: whole cents in float64, rounded as the exact projection rounds.

A float64 holds every whole number of cents up to 90 trillion dollars, so sums and
differences are exact. A product is not; where it lands too near half a cent it is
worked out again in two floats (Dekker, Numer. Math. 18, 1971), which carries some
thirty digits. So a half cent goes the way it goes in `worksheet.to_cents`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# Whole cents, and plain numbers; both are float64.
Cents = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CENTS_OF_A_DOLLAR = 100
# Rates are read to a millionth of a percent.
DECIMALS_OF_PERCENT = 6
UNITS_OF_ONE = 10 ** (DECIMALS_OF_PERCENT + 2)
SPLITTER = 2**27 + 1
# Nearer to half a cent than this a product is worked out again. A product of 10 billion dollars errs by far less.
TOO_NEAR = 0.001
# Two floats err by far less than this; an exact half cent is met within it.
HALF = 0.5
HAIR = 1e-9


def whole_cents(amount: Decimal) -> float:
    """Return `amount` (USD, at most two decimals) in cents."""
    return float(amount * CENTS_OF_A_DOLLAR)


def in_cents(amounts: Numbers) -> Cents:
    """Return `amounts` (USD) in whole cents."""
    return np.rint(amounts * CENTS_OF_A_DOLLAR)


def dollars(cents: float) -> Decimal:
    """Return `cents` as an amount in USD with two decimals."""
    return Decimal(int(np.rint(cents))).scaleb(-2)


class Rate(NamedTuple):
    """A number held as the sum of two floats, `low` being what `high` misses."""

    high: Numbers
    low: Numbers

    @classmethod
    def exact(cls, value: Decimal) -> Rate:
        """Return `value`, the same on every path."""
        high = float(value)
        return cls(np.asarray(high), np.asarray(float(value - Decimal(high))))

    @classmethod
    def of_units(cls, units: Numbers) -> Rate:
        """Return `units` hundred-millionths."""
        high = units / UNITS_OF_ONE
        product, error = two_product(high, np.asarray(float(UNITS_OF_ONE)))
        return cls(high, ((units - product) - error) / UNITS_OF_ONE)

    def first(self, count: int) -> Rate:
        """Return the rate on the first `count` paths."""
        return self if not self.high.ndim else Rate(self.high[..., :count], self.low[..., :count])

    def times(self, other: Rate) -> Rate:
        """Return the product of two rates."""
        product, error = two_product(self.high, other.high)
        error = error + (self.high * other.low + self.low * other.high)
        high = product + error
        return Rate(high, error - (high - product))

    def plus(self, other: Rate) -> Rate:
        """Return the sum of two rates (Knuth's two-sum)."""
        total = self.high + other.high
        back = total - self.high
        error = (self.high - (total - back)) + (other.high - back)
        error = error + (self.low + other.low)
        high = total + error
        return Rate(high, error - (high - total))


def percent_units(percent: Numbers) -> Numbers:
    """Return percentages in hundred-millionths of one: whole numbers, exact where six decimals say all."""
    units: Numbers = np.rint(percent * (UNITS_OF_ONE // 100))
    return units


def powers(factor: Rate, most: int) -> Rate:
    """Return the powers 0 to `most` of `factor`, one row for each."""
    row = Rate(np.ones_like(factor.high), np.zeros_like(factor.high))
    high, low = [row.high], [row.low]
    for _ in range(most):
        row = row.times(factor)
        high.append(row.high)
        low.append(row.low)
    return Rate(np.stack(high), np.stack(low))


def two_product(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Return the float product and its error; together they are the product exactly."""
    product = left * right
    big = left * SPLITTER
    left_high = big - (big - left)
    left_low = left - left_high
    big = right * SPLITTER
    right_high = big - (big - right)
    right_low = right - right_high
    error = ((left_high * right_high - product) + left_high * right_low + left_low * right_high) + left_low * right_low
    return product, error


def settle(whole: Cents, rest: Numbers) -> Cents:
    """Return `whole` plus `rest` (0 or more, exact to a hair) rounded half away from zero."""
    return whole + np.floor(rest + HALF + np.copysign(HAIR, whole + rest))


def rounded(whole: Cents, *terms: tuple[Cents, Rate]) -> Cents:
    """Return `whole` plus every amount times its rate, rounded half away from zero to whole cents."""
    result: Numbers = np.asarray(whole)
    for amount, rate in terms:
        result = result + amount * rate.high
    quick: Cents = np.floor(result + HALF)
    near = np.abs(np.abs(result - quick) - HALF) < TOO_NEAR
    if near.any():
        quick[near] = _exactly(_at(whole, near), *((_at(a, near), _rate_at(r, near)) for a, r in terms))
    return quick


def _at(values: Numbers, chosen: Flags) -> Numbers:
    spread: Numbers = np.broadcast_to(values, chosen.shape)[chosen]
    return spread


def _rate_at(rate: Rate, chosen: Flags) -> Rate:
    return rate if not rate.high.ndim else Rate(_at(rate.high, chosen), _at(rate.low, chosen))


def _exactly(whole: Cents, *terms: tuple[Cents, Rate]) -> Cents:
    # A bypass trust of what a credit shelters may hold part of a cent.
    rest: Numbers = whole - np.floor(whole)
    whole = np.floor(whole)
    errors: Numbers = np.zeros_like(whole)
    for amount, rate in terms:
        product, error = two_product(amount, rate.high)
        floor = np.floor(product)
        whole = whole + floor
        rest = rest + (product - floor)
        errors = errors + (error + amount * rate.low)
    return settle(whole, rest + errors)


def rounded_pair(high: Numbers, low: Numbers) -> Cents:
    """Return the sum of two floats rounded half away from zero."""
    floor = np.floor(high)
    return settle(floor, (high - floor) + low)


def rounded_half_even(amount: Cents, rate: Rate) -> Cents:
    """Return `amount` times `rate`, rounded half to even, as `Decimal.quantize` does."""
    product, error = two_product(amount, rate.high)
    floor = np.floor(product)
    rest = (product - floor) + (error + amount * rate.low)
    up = np.where(np.abs(rest - HALF) <= HAIR, floor % 2 == 1, rest > HALF)
    return floor + up


def share_of(amount: Cents, part: Cents, whole: Cents) -> Cents:
    """Return `amount` times `part` over `whole`, rounded half up; none is below zero, nothing over nothing is 0."""
    divisor = np.where(whole > 0, whole, 1)
    result = np.floor(amount * part / divisor + HALF)
    product, error = two_product(amount, part)
    back, back_error = two_product(result, divisor)
    rest = (product - back) + (error - back_error)
    result = result + (2 * rest >= divisor) - (2 * rest < -divisor)
    return np.where(whole > 0, result, 0)
