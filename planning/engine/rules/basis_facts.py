"""What is known of one asset and of one event, for the rules of basis: IRC 1014, 1015, 1022, 1041, 2056A(b)(13).

D is the donor or the spouse who dies first, S the spouse who receives and
survives, as everywhere: roles, not persons. Amounts are USD. None is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planning.engine.worksheet import ZERO

Form = Literal[
    "decedent_owned",
    "spouse_owned",
    "gift_to_spouse",
    "survivorship",
    "community",
    "tenants_in_common",
    "bypass_trust",
    "qdot_qtip",
    "qdot_general_power",
    "qdot_spouse_funded",
    "qdot_estate_trust",
    "qtip_trust",
    "grantor_trust",
    "life_insurance_trust",
]
EventKind = Literal[
    "gift",
    "first_death",
    "assignment",
    "distribution",
    "sale",
    "naturalization",
    "cessation",
    "second_death",
    "income_taxed",
]
AttorneyReading = Literal["unchanged", "value"]
QDOTS: tuple[Form, ...] = ("qdot_qtip", "qdot_general_power", "qdot_spouse_funded", "qdot_estate_trust")
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Held:
    """One asset between two events: how it is held, its adjusted basis, and where it came from by gift.

    `basis` is for gain, `loss_basis` for loss (lower only after some gifts).
    `income_in_respect` marks income the first decedent had earned and not yet
    been taxed on (IRC 691). `gift_on` and `gift_gained` remember a gift to S:
    its day, and whether the value was above the basis.
    """

    form: Form
    basis: Decimal
    loss_basis: Decimal
    income_in_respect: bool = False
    gift_on: date | None = None
    gift_gained: bool | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event: what happens, when, the value at it, and the facts that decide; what a kind does not ask is unused."""

    kind: EventKind
    value: Decimal
    on: date | None = None
    # Persons: whether a US citizen or domiciled here (for the estate tax), and S for the income tax.
    decedent_us_person: bool | None = None
    spouse_us_person: bool | None = None
    spouse_citizen: bool | None = None
    spouse_income_tax_resident: bool | None = None
    elected_6013: bool | None = None
    us_situs: bool | None = None
    # A gift: tax of it, what is left of it after the exclusion, and what S gives or takes over for it.
    tax: Decimal | None = None
    amount_of_gift: Decimal | None = None
    consideration: Decimal = ZERO
    releases_marital_rights: bool = False
    in_trust: bool = False
    # A death.
    passes_to: Form | None = None
    included_share: Decimal | None = None
    included_at_second_death: bool | None = None
    spouse_basis: Decimal | None = None
    depreciation_allowed_to_spouse: Decimal = ZERO
    estate_tax_value: Decimal | None = None
    raised_estate_tax: bool | None = None
    returns_to_donor: bool | None = None
    elected_out_2010: bool = False
    allocated_1022: Decimal = ZERO
    transferred_for_value: bool | None = None
    # A payment of principal out of a QDOT.
    exempt: bool | None = None
    recognized_gain: Decimal = ZERO
    reading: AttorneyReading = "unchanged"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a silent law: its words and the basis it gives, USD."""

    words: str
    basis: Decimal


@dataclass(frozen=True, slots=True)
class StepUp:
    """What share (0 to 1) of an asset takes its value at a death: the row of the table, why, and by what authority.

    `share` None: a fact that decides is `missing`. `open`: no rule says so, an
    attorney decides.
    """

    rule: str
    share: Decimal | None
    reason: str
    citations: tuple[str, ...]
    missing: tuple[str, ...] = ()
    open: bool = False
