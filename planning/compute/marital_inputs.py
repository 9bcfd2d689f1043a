"""Input of `marital-deduction`: the ways into a QDOT, treaties, and facts about domicile."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from planning.compute.estates import SECOND_NAMES
from planning.compute.fields import RuleInput, Words
from planning.compute.treaty_facts import TREATY_NAMES, TreatyEstateInput
from planning.engine.rules.s2056_marital_deduction import Route
from planning.engine.rules.s2652_gst_transferor import Funding
from planning.engine.worksheet import ZERO
from planning.inputs import Flag, Money


class QdotShareInput(RuleInput):
    """Part of the spouse's share that comes into a QDOT, and how."""

    second_names: ClassVar = {"way": "route", "done_in_time": "step_done_in_time"}
    route: Route = Field(
        description="How it comes into the QDOT (Treas. Reg. 20.2056A-1(a)(1)(i)-(iv)): it passes there, the trust is "
        "reformed, the spouse assigns it, or it is an annuity that cannot be assigned"
    )
    amount: Money = Field(description="Value of this part, USD")
    step_done_in_time: Flag | None = Field(
        None, description="Whether the reformation, assignment or agreement was made in time; not asked of what passes"
    )


class DomicileInput(RuleInput):
    """Facts about where a person was at home; the conclusion is the attorney's."""

    second_names: ClassVar = {"intends_to_leave": "definite_intention_to_leave"}
    lived_in_us: Flag | None = Field(
        None, description="Whether the person actually lived in a State or DC, however short"
    )
    definite_intention_to_leave: Flag | None = Field(
        None, description="Whether there was a definite present intention of later leaving (Treas. Reg. 20.0-1(b)(1))"
    )
    visa: Words | None = Field(None, description="Visa or green card: evidence only")
    home: Words | None = Field(None, description="Homes kept: evidence only")
    family_and_business: Words | None = Field(None, description="Where family and business were: evidence only")
    income_tax_residence: Words | None = Field(None, description="Residence under IRC 7701(b): evidence only")
    declarations: Words | None = Field(None, description="What the person declared: evidence only")

    def evidence(self) -> dict[str, str]:
        """Return what is shown beside the two deciding facts."""
        names = ("visa", "home", "family_and_business", "income_tax_residence", "declarations")
        stated = {name: getattr(self, name) for name in names}
        return {name: words for name, words in stated.items() if words is not None}


class MaritalDeductionInput(TreatyEstateInput):
    """What passes to the spouse; amounts may be left out where only the treatment is asked for."""

    second_names: ClassVar = SECOND_NAMES | TREATY_NAMES | {"qdot_route_done_in_time": "route_step_done_in_time"}

    qdot_route: Route | None = Field(None, description="How passing_to_qdot comes into the QDOT; null: it passes there")
    route_step_done_in_time: Flag | None = Field(
        None, description="Whether the reformation, assignment or agreement was made in time"
    )
    qdot_shares: list[QdotShareInput] | None = Field(
        None, description="Several parts that come into a QDOT in different ways, in place of passing_to_qdot"
    )
    election_timely: Flag | None = Field(
        None, description="Whether the QDOT election is made in time; null: as election_made says (IRC 2056A(d))"
    )
    decedent_domicile_facts: DomicileInput | None = Field(None, description="Facts about the decedent's domicile")
    spouse_domicile_facts: DomicileInput | None = Field(None, description="Facts about the spouse's domicile")
    qdot_funded_by: Funding | None = Field(
        None, description="Who funded the QDOT, the decedent or the spouse by assignment (IRC 2652(a))"
    )
    reverse_qtip_elected: Flag | None = Field(None, description="Whether the reverse QTIP election is made")
    decedent_covered_expatriate: Flag | None = Field(
        None, description="Whether the decedent was a covered expatriate (IRC 877A(g)(1), 2801)"
    )

    @property
    def routes(self) -> list[QdotShareInput]:
        """The parts that come into a QDOT, each with its way."""
        if self.qdot_shares is not None:
            return self.qdot_shares
        if not (self.passing_to_qdot or self.all_passes_to_qdot or self.qdot_route):
            return []
        return [
            QdotShareInput(
                route=self.qdot_route or "passes_to_qdot",
                amount=self.passing_to_qdot or ZERO,
                step_done_in_time=self.route_step_done_in_time,
            )
        ]

    @property
    def elected_in_time(self) -> bool | None:
        """Whether the election is made, and in time."""
        if self.election_made is False:
            return False
        return self.election_made if self.election_timely is None else self.election_timely
