"""The register: every rule of law the product knows, by its id.

EST are estate tax and QDOT rules, GFT gifts, BAS basis, CIT citizenship, TRY
treaties, STA states.
`docs/law-coverage.md` is written from it; for each entry a test switches the
rule off and sees an answer change (`tests/switches`).
"""

from __future__ import annotations

from planning.engine.register import (
    annuities_and_dates,
    basis,
    citizenship,
    estate_tax,
    gifts,
    gross_estate,
    qdot_election,
    qdot_qualification,
    qdot_tax,
    states,
    treaties,
)
from planning.engine.register.entry import LawRule

FIELDS = (
    estate_tax,
    gross_estate,
    qdot_qualification,
    qdot_election,
    qdot_tax,
    annuities_and_dates,
    gifts,
    basis,
    citizenship,
    treaties,
    states,
)
REGISTER: dict[str, LawRule] = {rule.id: rule for field in FIELDS for rule in field.RULES}
