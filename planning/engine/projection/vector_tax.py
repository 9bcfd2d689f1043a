"""Rate schedules and the taxes under 2001, 2101 and 2056A over many paths at once.

Tax is counted in ten-thousandths of a cent (`units`): with rates in hundredths of
a percent every step is a whole number and exact; only a tax that is owed is
rounded to cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from planning.engine.law import RateTable
from planning.engine.projection.vector_money import HAIR, Cents, Numbers, Whole, whole_cents

UNITS = 10_000
UNITS_OF_PERCENT = UNITS // 100


class Schedule:
    """One rate table; amounts in cents, tax in units."""

    def __init__(self, table: RateTable) -> None:
        rates = [row.rate * UNITS_OF_PERCENT for row in table.brackets]
        if any(rate != int(rate) for rate in rates):
            message = f"{table.name} has a rate finer than a hundredth of a percent"
            raise ValueError(message)
        self.overs: Cents = np.array([whole_cents(row.over) for row in table.brackets])
        self.base: Numbers = np.array([whole_cents(row.base_tax) * UNITS for row in table.brackets])
        self.rates: Numbers = np.array([float(rate) for rate in rates])
        # What is left of each threshold after its tax; grows, as no rate reaches 100%.
        self.kept: Numbers = self.overs * UNITS - self.base

    def tax(self, amount: Cents) -> Numbers:
        """Return the tentative tax; nothing on nothing or less."""
        row = np.maximum(np.searchsorted(self.overs, amount) - 1, 0)
        owed: Numbers = self.base[row] + self.rates[row] * (amount - self.overs[row])
        return np.maximum(owed, 0)

    def amount_taxed_at(self, tax: Numbers) -> Numbers:
        """Return the amount on which the tentative tax is `tax` units, in cents and parts of one."""
        row = np.maximum(np.searchsorted(self.base, tax, side="right") - 1, 0)
        amount: Numbers = self.overs[row] + (tax - self.base[row]) / self.rates[row]
        return amount

    def amount_that_leaves(self, kept: Numbers, less: Cents) -> Numbers:
        """Return the amount, less `less`, of which `kept` units are left after the tentative tax on it."""
        row = np.maximum(np.searchsorted(self.kept, kept, side="right") - 1, 0)
        more: Numbers = (self.overs[row] - less) + (kept - self.kept[row]) / (UNITS - self.rates[row])
        return more


class Schedules:
    """The rate table of every year of a projection; most often one for all."""

    def __init__(self, tables: Sequence[RateTable]) -> None:
        different = list(dict.fromkeys(table.name for table in tables))
        by_name = {table.name: table for table in tables}
        self.schedules = [Schedule(by_name[name]) for name in different]
        self.of_year: Whole = np.array([different.index(table.name) for table in tables])

    def tax(self, amount: Cents, year: Whole) -> Numbers:
        """Return the tentative tax in the years that `year` counts from the first, units."""
        first, *others = self.schedules
        owed = first.tax(amount)
        for index, schedule in enumerate(others, start=1):
            owed = np.where(self.of_year[year] == index, schedule.tax(amount), owed)
        return owed

    def amount_taxed_at(self, tax: Numbers, year: Whole) -> Numbers:
        """Return the amount on which the tentative tax of `year` is `tax` units."""
        first, *others = self.schedules
        amount = first.amount_taxed_at(tax)
        for index, schedule in enumerate(others, start=1):
            amount = np.where(self.of_year[year] == index, schedule.amount_taxed_at(tax), amount)
        return amount

    def amount_that_leaves(self, kept: Numbers, less: Cents, year: Whole) -> Numbers:
        """Return the amount, less `less`, of which `kept` units are left after the tentative tax of `year`."""
        first, *others = self.schedules
        more = first.amount_that_leaves(kept, less)
        for index, schedule in enumerate(others, start=1):
            more = np.where(self.of_year[year] == index, schedule.amount_that_leaves(kept, less), more)
        return more


def cents_of(units: Numbers) -> Cents:
    """Return a tax (units, not below zero) rounded half up to cents."""
    return np.floor((units + UNITS // 2) / UNITS)


def units_of(amount: Decimal) -> float:
    """Return an amount (USD) in units."""
    return whole_cents(amount) * UNITS


class BaseOfQdot(NamedTuple):
    """The first decedents' estates, cents: `estate` with the gifts; `sheltered` is what their credits cover, units."""

    schedules: Schedules
    year: Whole
    estate: Cents
    sheltered: Numbers

    def of_paths(self, chosen: tuple[Whole, ...]) -> BaseOfQdot:
        """Return the estates of the chosen paths alone."""
        shape = self.estate.shape
        return BaseOfQdot(
            self.schedules,
            np.broadcast_to(self.year, shape)[chosen],
            self.estate[chosen],
            np.broadcast_to(self.sheltered, shape)[chosen],
        )

    def net(self, added: Cents) -> Numbers:
        """Return the net estate tax with `added` on top, units. IRC 2056A(b)(2)(A)."""
        return np.maximum(self.schedules.tax(self.estate + added, self.year) - self.sheltered, 0)

    def tax(self, prior: Cents, amount: Cents) -> Cents:
        """Return the 2056A tax on `amount` after `prior`, each term in cents as on its line."""
        return cents_of(self.net(prior + amount)) - cents_of(self.net(prior))

    def gross_distribution(self, prior: Cents, net: Cents) -> Cents:
        """Return the distribution that leaves `net` after its own tax, up to a cent. Treas. Reg. 20.2056A-5(b)(1).

        What is left of all amounts is the smaller of their sum and of the sum
        less the tax above the shelter; so the amount is the larger of two inverses.
        """
        before = self.estate + prior
        already = self.net(prior)
        wanted = (net + before) * UNITS - already
        taxed = self.schedules.amount_that_leaves(wanted - self.sheltered, before, self.year)
        return np.ceil(np.maximum(net - already / UNITS, taxed) - HAIR)
