"""One part of an asset on its way through a plan: what it is worth, and its basis after every event.

A basis that nobody knows is followed as two stand-ins: what comes out the same
for both does not turn on it (property that takes its value at a death) and is
known again. The law is all in the rules of basis.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.engine.basis_table import BasisEvent, Happening, Open
from planning.engine.facts import Asset
from planning.engine.rules.basis_chain import Outcome, apply, latent_gain
from planning.engine.rules.basis_facts import Event, Form, Held
from planning.engine.worksheet import ZERO, Worksheet, to_cents

ONE = Decimal(1)
STAND_INS = (ZERO, ONE)
CASH = "bank"
UNCHANGED_BY_VALUE = ("assignment", "naturalization")


class Payment(NamedTuple):
    """Principal a QDOT paid out in a year: the taxed amount, its tax, and what the trust held before, USD."""

    year: int
    amount: Decimal
    tax: Decimal
    held: Decimal


class Course:
    """One part (`share`, 0 to 1) of an asset. `value` is its value in `year`, USD and exact."""

    def __init__(self, index: int, asset: Asset, share: Decimal, as_of: date) -> None:
        self.index, self.asset, self.path = index, asset, f"assets[{index}]"
        self.value, self.year = (asset.value or ZERO) * share, as_of.year
        cost = asset.value if asset.kind == CASH else asset.cost_basis
        bases = STAND_INS if cost is None else (to_cents(cost * share),)
        self.parts = tuple(Held("decedent_owned", basis, basis) for basis in bases)
        self.open: tuple[Open, ...] = ()
        words = "cash: the amount itself" if asset.kind == CASH else "as stated"
        if cost is None:
            words = "not known"
            self.open = (Open(f"{self.path}.cost_basis", f"What did {asset.name} cost, less depreciation?"),)
        self.events: list[BasisEvent] = []
        known = cost is not None and asset.value is not None
        self.events.append(
            BasisEvent(
                kind="today",
                year=as_of.year,
                on=as_of,
                value=None if asset.value is None else to_cents(self.value),
                basis=None if cost is None else bases[0],
                latent_gain=latent_gain(value=to_cents(self.value), basis=bases[0]) if known else None,
                rule="",
                words=words,
                authority=("IRC 1011", "IRC 1012") if words == "as stated" else (),
                open=self.open,
            )
        )

    def grow(self, year: int, factor: Decimal) -> None:
        """Grow the value to the end of `year` at `factor` a year."""
        self.value *= factor ** (year - self.year)
        self.year = year

    def becomes(self, form: Form) -> None:
        """Say how it is held from now on."""
        self.parts = tuple(replace(held, form=form) for held in self.parts)

    def last_event(self, *, year: int | None, on: date | None) -> None:
        """Say on which day, or in which year, the last event was."""
        self.events[-1] = replace(self.events[-1], year=year, on=on)

    def happens(
        self,
        kind: Happening,
        event: Event,
        *,
        income_in_respect: bool = False,
        as_half: bool = False,
    ) -> None:
        """Let `event` happen to this part and go on with what it left.

        The event's own value counts; without one, that of the part. Cash has its
        amount as basis: interest was taxed as it came in. `as_half`: the
        rule speaks of a whole of which this is one half and the other half has its value.
        """
        event = event if event.value else replace(event, value=to_cents(self.value))
        if self.asset.kind == CASH:
            self.parts = tuple(_with_basis(held, event.value, event.value) for held in self.parts)
        if as_half:
            whole = tuple(_with_basis(held, held.basis * 2, held.loss_basis * 2) for held in self.parts)
            of_whole = replace(event, value=event.value * 2)
            outcomes = self._outcomes(whole, of_whole, income_in_respect=income_in_respect)
        else:
            outcomes = self._outcomes(self.parts, event, income_in_respect=income_in_respect)
        after = [outcome.held for outcome in outcomes if outcome.held is not None]
        if len(after) < len(outcomes):
            # Where the asset lies for the estate tax is the only fact of an event that a plan may lack. What the event
            # left is not known then; what follows may settle it.
            question = f"Is {self.asset.name} situated in the United States (IRC 2103-2105)?"
            self.open = (Open(self.path, question),)
            self.parts = tuple(replace(self.parts[0], basis=basis, loss_basis=basis) for basis in STAND_INS)
        else:
            if as_half and income_in_respect:
                after = [_with_basis(held, held.basis / 2, held.loss_basis / 2) for held in after]
            elif as_half:
                half = event.value
                after = [_with_basis(held, held.basis - half, held.loss_basis - half) for held in after]
            same = len({(held.basis, held.loss_basis) for held in after}) == 1
            self.parts = tuple(after[:1] if same else after)
        self.events.append(self._event(kind, event, outcomes[0], self.parts))

    def pays_out(self, payment: Payment, *, income_in_respect: bool) -> None:
        """Let a QDOT pay out its even part of this asset in kind, the tax withheld out of what it sells.

        IRC 2056A(b)(1)(A), (b)(13), 1015(d)(6); Treas. Reg. 20.2056A-12. Income in
        respect of a decedent is taxed when it is paid: 691(c).
        """
        received = (payment.amount - payment.tax) / payment.held
        value = to_cents(self.value * received)
        tax = to_cents(payment.tax * value / payment.amount)
        parts = tuple(
            _with_basis(held, to_cents(held.basis * received), to_cents(held.loss_basis * received))
            for held in self.parts
        )
        if self.asset.kind == CASH:
            parts = tuple(_with_basis(held, value, value) for held in parts)
        event = Event("income_taxed" if income_in_respect else "distribution", value, tax=tax)
        outcomes = self._outcomes(parts, event, income_in_respect=income_in_respect)
        after = tuple(outcome.held for outcome in outcomes if outcome.held is not None)
        told = after[:1] if len({held.basis for held in after}) == 1 else after
        self.events.append(replace(self._event("distribution", event, outcomes[0], told), year=payment.year, tax=tax))
        left = 1 - payment.amount / payment.held
        self.value *= left
        self.parts = tuple(_with_basis(held, held.basis * left, held.loss_basis * left) for held in self.parts)

    def _outcomes(self, parts: tuple[Held, ...], event: Event, *, income_in_respect: bool) -> list[Outcome]:
        return [
            apply(replace(held, income_in_respect=income_in_respect), event, Worksheet("B-", "Basis")) for held in parts
        ]

    def _event(self, kind: Happening, event: Event, outcome: Outcome, after: tuple[Held, ...]) -> BasisEvent:
        """Return what is told of an event; more than one stand-in left: the basis is not known."""
        basis = loss = None
        if len(after) == 1:
            basis, loss = to_cents(after[0].basis), to_cents(after[0].loss_basis)
        value = None if kind in UNCHANGED_BY_VALUE else event.value
        return BasisEvent(
            kind=kind,
            year=self.year,
            on=event.on,
            value=value,
            basis=basis,
            latent_gain=None if basis is None or value is None else latent_gain(value=value, basis=basis),
            rule=outcome.rule,
            words=outcome.reason,
            authority=outcome.citations,
            open=self.open if basis is None else (),
            loss_basis=loss if loss != basis else None,
            increase=outcome.increase if basis is not None else None,
            readings=outcome.readings if basis is not None else (),
        )


def _with_basis(held: Held, basis: Decimal, loss_basis: Decimal) -> Held:
    return replace(held, basis=basis, loss_basis=loss_basis)
