"""A treaty's relief for the spouse or a QDOT: one of the two, never both.

P.L. 101-239 sec. 7815(d)(14) lets a treaty's marital deduction stand beside
2056(d); Treas. Reg. 20.2056A-1(c) lets the estate of a nonresident noncitizen
choose it or the QDOT for the property. Canada, France and Germany know a marital
relief of their own, also for citizens and residents here. What each treaty gives
is data (`planning/law/treaties.toml`) and the `treaty_*` rules.
"""

from __future__ import annotations

from typing import Literal

from planning.engine.treaties import Treaty

CHOICE = ("P.L. 101-239 sec. 7815(d)(14)", "Treas. Reg. 20.2056A-1(c)")
Choice = Literal["treaty", "qdot", "none", "both_refused", "no_treaty_relief", "attorney"]


def treaty_choice(
    *, decedent_nonresident: bool | None, treaty: Treaty | None, treaty_deduction: bool, qdot_elected: bool
) -> Choice:
    """Return what the estate's choice comes to: the treaty's relief or the QDOT, one of the two.

    A citizen or resident has the choice only under a treaty with a relief for
    residents, and that is for the attorney. P.L. 101-239 sec. 7815(d)(14);
    Treas. Reg. 20.2056A-1(c).
    """
    if not treaty_deduction:
        return "qdot" if qdot_elected else "none"
    if qdot_elected:
        return "both_refused"
    if treaty is None:
        return "no_treaty_relief"
    if decedent_nonresident:
        return "treaty"
    return "attorney" if treaty.marital is not None else "no_treaty_relief"
