"""Two lives drawn from the published period table: in which year from today each of the spouses dies.

A period table holds the mortality of one calendar year for ever: it ignores that
mortality may improve, and so understates how long people live. The lives are
taken to be independent. A death within the k-th year from today counts at the
end of that year, as all deaths of the projection come at year ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from planning.engine.facts import Person
from planning.engine.mortality import LifeTable, Sex, age_on
from planning.engine.projection.vector_money import Numbers, Whole

SEXES: tuple[Sex, ...] = ("female", "male")


@dataclass(frozen=True, slots=True)
class Life:
    """A person as the table sees one: age today, sex (None: the mean of both), years added or taken off for health.

    `health_shift` of 5 reads the table as for somebody five years older.
    """

    age: int
    sex: Sex | None = None
    health_shift: int = 0


def life_of(person: Person, as_of: date, health_shift: int = 0) -> Life | None:
    """Return the life of `person` on `as_of`; None where the date of birth is not known."""
    if person.date_of_birth is None:
        return None
    return Life(age_on(person.date_of_birth, as_of), person.sex, health_shift)


def chances_of_death(table: LifeTable, life: Life) -> Numbers:
    """Return the chance of dying within each year from today, the first at place 0; together they are 1.

    Without a sex half of a group of women and half of one of men are followed, as
    in `LifeTable.expectancy`. Nobody outlives the table.
    """
    sexes = SEXES if life.sex is None else (life.sex,)
    found: Numbers = np.mean([_of_sex(table, sex, life.age + life.health_shift) for sex in sexes], axis=0)
    return found


def _of_sex(table: LifeTable, sex: Sex, age: int) -> Numbers:
    rates = table.q[sex]
    within = np.array([float(rate) for rate in rates[min(max(age, 0), len(rates) - 1) :]])
    within[-1] = 1
    alive = np.concatenate([np.ones(1), np.cumprod(1 - within)[:-1]])
    chances: Numbers = alive * within
    return chances


def draw_deaths(chances: Numbers, draws: Numbers) -> Whole:
    """Return the year of death (1: within the first year from today) for each of `draws`, numbers from 0 to below 1."""
    died_by = np.cumsum(chances)
    return np.minimum(np.searchsorted(died_by, draws, side="right") + 1, len(chances)).astype(np.int64)
