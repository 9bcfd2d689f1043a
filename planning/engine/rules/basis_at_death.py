"""IRC 1014, 1022: the basis of one asset after a death, by how it is held.

First which row of the table decides and what share steps up, then what the
basis becomes: the alternate value is the caller's, the cap of 1014(f) and the
depreciation of 1014(b)(9) are taken here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from planning.engine.rules import s101_insurance_proceeds, s1014_basis, s1014_shared_property, s1022_carryover_2010
from planning.engine.rules.basis_facts import ONE, QDOTS, Event, Form, Held, Reading, StepUp
from planning.engine.rules.s2044_survivors_estate import QdotForm
from planning.engine.worksheet import ZERO, Figure, Worksheet, given

FORM_OF_QDOT: dict[Form, QdotForm] = {
    "qdot_general_power": "general_power",
    "qdot_spouse_funded": "spouse_funded",
    "qdot_estate_trust": "estate_trust",
}
# What is deducted from the first estate never raised its tax, so 1014(f) has no part in it.
DEDUCTED: tuple[Form, ...] = (*QDOTS, "qtip_trust")
DEDUCTED_FOR_CITIZEN: tuple[Form, ...] = ("decedent_owned", "spouse_owned", "survivorship")
SHARED: tuple[Form, ...] = ("survivorship", "community", "tenants_in_common")


@dataclass(frozen=True, slots=True)
class AtDeath:
    """What a death did: the row, the asset after it (None while a fact is missing), and what was taxed (USD)."""

    row: StepUp
    held: Held | None
    missing: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    gain: Decimal = ZERO


def at_death(held: Held, event: Event, sheet: Worksheet) -> AtDeath:
    """Return what the death does to the asset; the work goes to `sheet`."""
    first = event.kind == "first_death"
    # Property of D goes where it passes to, and takes its row by that.
    form = event.passes_to or held.form if first and held.form == "decedent_owned" else held.form
    owned_after = replace(held, form="spouse_owned" if form in SHARED else form)
    if not s1014_basis.outside_income_in_respect(income_in_respect=held.income_in_respect):
        kept = sheet.write("Basis, not stepped up", given(held.basis, "adjusted_basis"), "IRC 1014(c)", kind="result")
        row = StepUp("BAS-24", ZERO, "income in respect of a decedent is not stepped up", ("IRC 1014(c)", "IRC 691"))
        return AtDeath(row, replace(owned_after, basis=kept.amount))
    if first and event.elected_out_2010:
        return _carried_over(owned_after, event, sheet)
    if first and form == "life_insurance_trust":
        return _insurance(owned_after, event, sheet)
    row = at_first_death(form, event) if first else at_second_death(held, event)
    if row.share is None:
        return AtDeath(row, None, row.missing)
    value, missing = _value_that_may_be_used(form, event, sheet)
    if value is None:
        return AtDeath(row, None, missing)
    return _stepped_up(owned_after, form, event, row, value, sheet)


def at_first_death(form: Form, event: Event) -> StepUp:
    """Return the row for D's death, by how the asset is held or where it goes."""
    match form:
        case "gift_to_spouse":
            return s1014_basis.gift_at_givers_death()
        case "survivorship":
            return s1014_shared_property.survivorship_at_first_death(event.included_share)
        case "community":
            return community(event)
        case "tenants_in_common":
            return s1014_shared_property.common_at_first_death(event.included_share)
        case "bypass_trust" | "life_insurance_trust":
            return s1014_basis.bypass_at_first_death()
        case "qdot_qtip" | "qdot_general_power" | "qdot_estate_trust":
            return s1014_basis.qdot_at_first_death()
        case "qdot_spouse_funded":
            return s1014_basis.assigned_at_first_death()
        case "grantor_trust":
            return s1014_basis.grantor_trust_at_death()
        case "qtip_trust":
            return s1014_basis.citizen_spouse_property()
        case "decedent_owned" | "spouse_owned":
            if event.spouse_citizen:
                return s1014_basis.citizen_spouse_property()
            return s1014_basis.outright_at_first_death()


def community(event: Event) -> StepUp:
    """Return the row for community property: by whether D's estate includes D's half."""
    included = s1014_shared_property.decedents_half_included(
        decedent_us_person=event.decedent_us_person, us_situs=event.us_situs
    )
    if included is None:
        return s1014_shared_property.community_undecided()
    if included:
        return s1014_shared_property.community_in_estate()
    return s1014_shared_property.community_outside_estate()


def at_second_death(held: Held, event: Event) -> StepUp:
    """Return the row for S's death, by how the asset is held."""
    match held.form:
        case "gift_to_spouse":
            return _gift_at_second_death(held, event)
        case "bypass_trust" | "life_insurance_trust":
            return s1014_basis.bypass_at_second_death()
        case "qdot_qtip" | "qdot_general_power" | "qdot_spouse_funded" | "qdot_estate_trust":
            return _qdot_at_second_death(held.form, event)
        case "grantor_trust":
            return s1014_basis.grantor_trust_at_death()
        case "qtip_trust":
            return s1014_basis.citizen_spouse_property()
        case "survivorship" | "community" | "tenants_in_common" | "spouse_owned":
            if event.spouse_citizen:
                return s1014_basis.citizen_spouse_property()
            return s1014_basis.outright_at_second_death()
        case "decedent_owned":
            reason = "where the asset went at the decedent's death is not known"
            return StepUp("GFT-31", None, reason, ("IRC 1014(b)",), ("passes_to",))


def _gift_at_second_death(held: Held, event: Event) -> StepUp:
    recent = None
    if held.gift_on is not None and event.on is not None:
        recent = s1014_basis.within_a_year(gift_on=held.gift_on, death=event.on)
    back = s1014_basis.comes_back_within_a_year(
        in_the_year=recent, gained=held.gift_gained, returns=event.returns_to_donor
    )
    if back is None:
        named = {
            "gift_date": held.gift_on,
            "date": event.on,
            "gained_at_gift": held.gift_gained,
            "returns_to_donor": event.returns_to_donor,
        }
        missing = tuple(name for name, known in named.items() if known is None)
        return StepUp(
            "GFT-32", None, "whether the gift comes back within a year is not known", ("IRC 1014(e)",), missing
        )
    return s1014_basis.returned_gift() if back else s1014_basis.gift_at_recipients_death()


def _qdot_at_second_death(form: Form, event: Event) -> StepUp:
    included = s1014_basis.in_spouses_estate(
        stated=event.included_at_second_death, spouse_us_person=event.spouse_us_person, us_situs=event.us_situs
    )
    if included is None:
        names = {"spouse_domicile": event.spouse_us_person, "us_situs": event.us_situs}
        missing = tuple(name for name, known in names.items() if known is None)
        return StepUp(
            "BAS-20", None, "whether the spouse's estate includes the asset is not known", ("IRC 2103",), missing
        )
    if not included:
        return s1014_basis.qdot_outside_estate()
    if form == "qdot_qtip":
        return s1014_basis.qtip_qdot_in_estate()
    return s1014_basis.other_qdot_in_estate(FORM_OF_QDOT[form])


def raised_the_tax(form: Form, event: Event) -> bool | None:
    """Return whether the asset raised the estate tax of this death: never where it is deducted. IRC 1014(f)(2)."""
    if event.kind == "first_death" and (form in DEDUCTED or (form in DEDUCTED_FOR_CITIZEN and event.spouse_citizen)):
        return False
    return event.raised_estate_tax


def _value_that_may_be_used(form: Form, event: Event, sheet: Worksheet) -> tuple[Figure | None, tuple[str, ...]]:
    value = sheet.write("Value at the death", given(event.value, "fair_market_value"), "IRC 1014(a)")
    capped = s1014_basis.cap_applies(
        raised_estate_tax=raised_the_tax(form, event), value=event.value, estate_tax_value=event.estate_tax_value
    )
    if capped is None:
        return None, ("raised_estate_tax",)
    if not capped:
        return value, ()
    final = given(cast(Decimal, event.estate_tax_value), "estate_tax_value")
    final = sheet.write("Final value for the estate tax", final, "IRC 1014(f)(1)", "IRC 6035")
    used = s1014_basis.consistent_with_estate_tax(value=value, estate_tax_value=final)
    return sheet.write("Value that may be used", used, "IRC 1014(f)(1)-(2)"), ()


def _stepped_up(held: Held, form: Form, event: Event, row: StepUp, value: Figure, sheet: Worksheet) -> AtDeath:
    share = cast(Decimal, row.share)
    old = sheet.write("Adjusted basis before", given(held.basis, "adjusted_basis"), "IRC 1011")
    rest = old
    if form in SHARED and share != ONE:
        own = None if event.spouse_basis is None else given(event.spouse_basis, "spouse_basis")
        rest = s1014_shared_property.basis_of_the_rest(basis=old, share=share, spouse_basis=own)
        rest = sheet.write("Spouse's own basis in the rest", rest, "IRC 1012")
    after = s1014_basis.new_basis_at_death(value=value, basis=rest, share=share)
    if form == "survivorship":
        used = given(event.depreciation_allowed_to_spouse, "depreciation_allowed_to_spouse")
        used = sheet.write("Depreciation the spouse was allowed on the included part", used, "IRC 1014(b)(9)")
        after = s1014_shared_property.less_depreciation(after, used)
    readings: tuple[Reading, ...] = ()
    if row.open:
        readings = (
            Reading("no rule of basis: unchanged", old.amount),
            Reading("the 2056A tax read as one on property passing at the death: the value", value.amount),
        )
        after = given(readings[event.reading == "value"].basis, f"reading {event.reading}; an attorney decides")
    after = sheet.write("Basis after the death", after, *row.citations, kind="result")
    loss = held.loss_basis if after.amount == held.basis else after.amount
    return AtDeath(row, replace(held, basis=after.amount, loss_basis=loss), readings=readings)


def _carried_over(held: Held, event: Event, sheet: Worksheet) -> AtDeath:
    basis = sheet.write("Decedent's adjusted basis", given(held.basis, "adjusted_basis"), "IRC 1022(a)(2)(A)")
    value = sheet.write("Value at the death", given(event.value, "fair_market_value"), "IRC 1022(a)(2)(B)")
    more = given(event.allocated_1022, "allocated_1022")
    more = sheet.write("Increase allocated by the executor", more, "IRC 1022(b)-(c)")
    after = s1022_carryover_2010.carryover_basis_2010(basis=basis, value=value, allocated=more)
    after = sheet.write("Basis after the death", after, *s1022_carryover_2010.CITATIONS, kind="result")
    row = StepUp("GFT-31", ONE, "the executor elected out of the estate tax", s1022_carryover_2010.CITATIONS)
    return AtDeath(row, replace(held, basis=after.amount, loss_basis=after.amount))


def _insurance(held: Held, event: Event, sheet: Worksheet) -> AtDeath:
    if event.transferred_for_value is None:
        row = StepUp("BAS-26", None, "whether the policy was bought is not known", s101_insurance_proceeds.CITATIONS)
        return AtDeath(row, None, ("transferred_for_value",))
    proceeds = sheet.write("Proceeds", given(event.value, "fair_market_value"), "IRC 101(a)(1)")
    paid = sheet.write("Price and premiums paid", given(held.basis, "adjusted_basis"), "IRC 101(a)(2)")
    taxed = s101_insurance_proceeds.taxed_proceeds(
        proceeds=proceeds.amount, paid=paid.amount, transferred_for_value=event.transferred_for_value
    )
    after = s101_insurance_proceeds.proceeds_in_cash(proceeds)
    after = sheet.write("Cash", after, *s101_insurance_proceeds.CITATIONS, kind="result")
    reason = "bought for value: all above price and premiums is income" if taxed else "cash, and no income"
    row = StepUp("BAS-26", ONE, reason, s101_insurance_proceeds.CITATIONS)
    return AtDeath(row, replace(held, basis=after.amount, loss_basis=after.amount), gain=taxed)
