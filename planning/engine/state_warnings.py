"""What a plan must say of the states: whose taxes it leaves out, what it assumes of heirs, and which answers are open.

IRC 2058 lets estate and inheritance taxes of states be deducted; what is not
counted here lowers no federal tax either.
"""

from __future__ import annotations

from collections.abc import Sequence

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Couple, Spouse
from planning.engine.holdings import LAND, listed_assets
from planning.engine.inheritance_law import InheritanceLaw
from planning.engine.projection.heirs import ONE_OF, RELATIONSHIPS, class_of_heirs
from planning.engine.results import Option, PlanWarning
from planning.engine.state_law import StateBook

SPOUSES: tuple[Spouse, Spouse] = ("a", "b")
SEVERAL = {
    "children": "children",
    "siblings": "siblings",
    "nieces_nephews": "nieces and nephews",
    "unrelated": "unrelated heirs",
    "charity": "charities",
}


def inheritance_laws(couple: Couple, book: StateBook | None) -> list[InheritanceLaw]:
    """Return the inheritance taxes in reach of either estate: by home, and by land in the United States."""
    homes = [couple.person(spouse).domicile_state for spouse in SPOUSES]
    lands = [
        asset.state for asset in listed_assets(couple) or () if asset.kind in LAND and asset.country in (None, "US")
    ]
    codes = [code for code in dict.fromkeys([*homes, *lands]) if code is not None]
    if book is None:
        return []
    laws = [book.inheritance.of(code, book.last_day) for code in codes if code in book.inheritance.states]
    return [law for law in laws if law.classes]


def inheritance_warnings(
    couple: Couple, options: Sequence[Option], assumptions: Assumptions, book: StateBook | None
) -> list[PlanWarning]:
    """Return what the plan must say of states that tax what heirs take."""
    found: list[PlanWarning] = []
    for law in inheritance_laws(couple, book):
        if assumptions.heirs is None:
            text = (
                f"{law.name} taxes what heirs other than the spouse take, children too: that tax is in no figure here."
                if law.taxes_children
                else f"{law.name} taxes what heirs other than spouse and descendants take: none is counted here."
            )
            found.append(PlanWarning("inheritance_tax_not_counted", text))
        else:
            found += _of_known_heirs(law, options, assumptions, book)
    if assumptions.heirs == "charity":
        text = "What goes to a charity is deducted from the federal estate (IRC 2055): that deduction is not counted."
        found.append(PlanWarning("charitable_deduction_not_counted", text))
    return found


def _of_known_heirs(
    law: InheritanceLaw, options: Sequence[Option], assumptions: Assumptions, book: StateBook | None
) -> list[PlanWarning]:
    kind, number = assumptions.heirs, assumptions.number_of_heirs
    if kind is None or book is None:
        return []
    found = [
        PlanWarning("inheritance_rule_unverified", f"{law.name}: {point.point}. {point.question}")
        for point in law.open_for(RELATIONSHIPS[kind], book.last_day)
    ]
    group = class_of_heirs(law, kind)
    if group is not None and group.table is None:
        return found
    if number is None:
        text = f"{law.name} taxes what {SEVERAL[kind]} take, each apart: state how many there are to have it counted."
        return [PlanWarning("inheritance_tax_not_counted", text), *found]
    heirs = f"1 {ONE_OF[kind]}, grown up" if number == 1 else f"{number} {SEVERAL[kind]} in equal shares, all grown up"
    text = (
        f"{law.name} taxes what heirs take: counted for {heirs}. What a bypass trust holds counts as theirs at the"
        " first death; an interest of the spouse in it, which is free, is not valued."
    )
    results = [result for option in options for result in option.orders]
    federal = ("tax_at_first_death", "tax_at_second_death", "qdot_tax")
    if law.federal_tax_citations and any(result.figures[name] for result in results for name in federal):
        cites = ", ".join(law.federal_tax_citations)
        text += f" The state lets federal estate tax be deducted ({cites}); that is not counted."
    return [PlanWarning("inheritance_tax_assumed", text), *found]


def state_warnings(
    couple: Couple, options: Sequence[Option], assumptions: Assumptions, book: StateBook | None
) -> list[PlanWarning]:
    """Return what the plan must say of the states: whose taxes are not counted, and whose answers are not settled."""
    found = inheritance_warnings(couple, options, assumptions, book)
    unknown = [couple.person(spouse).name for spouse in SPOUSES if couple.person(spouse).domicile_state is None]
    results = [result for option in options for result in option.orders]
    if any(result.status == "computed" and result.figures["state_tax"] is None for result in results):
        whose = f": the state of domicile of {' and '.join(unknown)} is not known" if unknown else ""
        found.append(
            PlanWarning("states_not_counted", f"Figures without a state tax leave state death taxes out{whose}.")
        )
    questions = {
        question.state: question
        for option in options
        for result in option.orders
        if result.first_to_die == assumptions.ranking_order
        for question in result.state_questions
    }
    found += [
        PlanWarning("state_answer_unverified", f"{question.text} {question.question}")
        for question in questions.values()
    ]
    return found
