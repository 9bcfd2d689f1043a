"""The estate tax of a state on one estate, from its law and what of the estate it may tax.

Every state in turn: what it leaves untaxed (`state_exclusion`), gifts it brings
back, its own computation, the part that lies in the state (`state_shares`),
credits for gift and inheritance tax of its own, and a cap.
"""

from __future__ import annotations

from decimal import Decimal

from planning.engine.rules.state_credit_table import credit_table_tax, write_credit_table_tax
from planning.engine.rules.state_estate import WHOLE, StateEstate, StateFigures, sharing_of
from planning.engine.rules.state_exclusion import exclusion_of, write_exclusion
from planning.engine.rules.state_interrelated import interrelated_tax, write_interrelated_tax
from planning.engine.rules.state_own_table import (
    excess_tax,
    write_excess_tax,
    write_zero_bracket_tax,
    zero_bracket_tax,
)
from planning.engine.rules.state_shares import Holding, shares_of
from planning.engine.rules.state_shrinking_credit import shrinking_credit_tax, write_shrinking_credit_tax
from planning.engine.rules.state_smaller_of_two import smaller_of_two_tax, write_smaller_of_two_tax
from planning.engine.state_law import StateLaw
from planning.engine.worksheet import ZERO, Figure, Worksheet, at_least_zero, given, plain, smaller_of

__all__ = ["Holding", "StateEstate", "StateFigures", "shares_of", "state_tax", "write_state_estate_tax"]


def state_tax(law: StateLaw, estate: StateEstate) -> Decimal:
    """Return the estate tax of the state on `estate`, exact USD, never below zero."""
    sharing, share = sharing_of(law, resident=estate.resident), estate.share
    base, exclusion = estate.taxable_estate, exclusion_of(law, estate)
    if sharing != "tax":
        base *= share
    if sharing == "base_and_exclusion":
        exclusion *= share
    if law.gifts.use == "base":
        base += estate.addback_gifts
    tax = tax_on_whole(law, base, exclusion, estate.adjusted_taxable_gifts)
    if law.credit and not law.credit_after_share:
        tax = max(ZERO, tax - law.credit)
    if sharing == "tax":
        tax *= share
    if law.credit_after_share:
        tax -= law.credit
    if law.cap is not None:
        tax = min(tax, law.cap)
    return max(ZERO, tax - law.credited(estate.gift_tax_paid, estate.inheritance_tax))


def tax_on_whole(law: StateLaw, base: Decimal, exclusion: Decimal, gifts: Decimal) -> Decimal:
    """Return the tax of the state's own computation on `base`, exact USD, before its credits and its share."""
    match law.kind:
        case "excess":
            return excess_tax(law, base, exclusion)
        case "zero_bracket":
            return zero_bracket_tax(law, base, exclusion)
        case "credit_table":
            return credit_table_tax(law, base)
        case "smaller_of_two":
            return smaller_of_two_tax(law, base, exclusion)
        case "interrelated":
            return interrelated_tax(law, base, gifts, exclusion)
        case "shrinking_credit":
            return shrinking_credit_tax(law, base, exclusion)


def write_state_estate_tax(sheet: Worksheet, law: StateLaw, figures: StateFigures) -> Figure:
    """Write the tax of the state with its lines and return it, USD in cents; equal to `state_tax`."""
    sharing, divided = sharing_of(law, resident=figures.resident), figures.share.amount != WHOLE
    base = figures.taxable_estate
    if divided and sharing != "tax":
        label = f"Part of the taxable estate that {law.name} taxes{_sureness(law, figures)}"
        base = sheet.write(label, base * figures.share, *law.sharing.citations)
    if law.gifts.use == "base" and figures.addback_gifts.amount:
        base = base + figures.addback_gifts
    base = sheet.write(f"{law.name} taxable estate", base, *law.citations)
    tax = _write_tax_on_whole(sheet, law, figures, base, shared_exclusion=divided and sharing == "base_and_exclusion")
    if law.credit and not law.credit_after_share:
        tax = at_least_zero(tax - _write_credit(sheet, law))
    if divided and sharing == "tax":
        tax = sheet.write(f"{law.name} tax on the whole estate", tax, *law.table.citations)
        label = f"Part of it that {law.name} takes{_sureness(law, figures)}"
        tax = sheet.write(label, tax * figures.share, *law.sharing.citations)
    if law.credit_after_share:
        tax = tax - _write_credit(sheet, law)
    if law.cap is not None:
        tax = smaller_of(tax, given(law.cap, f"{plain(law.cap)}, the most of estate and gift tax together"))
    if law.has_gift_tax and figures.gift_tax_paid.amount:
        tax = tax - figures.gift_tax_paid
    if law.credits_inheritance_tax and figures.inheritance_tax.amount:
        tax = tax - figures.inheritance_tax
    tax = at_least_zero(tax)
    return sheet.write(f"{law.name} estate tax", tax.cents(), *law.citations, kind="result", status=law.status)


def _sureness(law: StateLaw, figures: StateFigures) -> str:
    """Return the word that marks a way of dividing an estate which no primary source settles."""
    doubt = law.doubt_of_share(resident=figures.resident)
    return "" if doubt is None else f" ({doubt.status})"


def _write_credit(sheet: Worksheet, law: StateLaw) -> Figure:
    figure = law.amount_figure(law.credit)
    return sheet.write(f"{law.name} credit", figure, *law.exclusion_citations, status=law.status)


def _write_tax_on_whole(
    sheet: Worksheet, law: StateLaw, figures: StateFigures, base: Figure, *, shared_exclusion: bool
) -> Figure:
    if law.kind == "credit_table":
        return write_credit_table_tax(sheet, law, base)
    exclusion = write_exclusion(sheet, law, figures)
    if shared_exclusion:
        label = f"Part of the {law.exclusion_label} that belongs to it"
        exclusion = sheet.write(label, exclusion * figures.share, *law.exclusion_citations)
    match law.kind:
        case "excess":
            return write_excess_tax(sheet, law, base, exclusion)
        case "zero_bracket":
            return write_zero_bracket_tax(sheet, law, base, exclusion)
        case "smaller_of_two":
            return write_smaller_of_two_tax(sheet, law, base, exclusion)
        case "interrelated":
            return write_interrelated_tax(sheet, law, base, figures.adjusted_taxable_gifts, exclusion)
        case "shrinking_credit":
            return write_shrinking_credit_tax(sheet, law, base, exclusion)
