"""The rules by name, in the order of the command line contract; each module holds its own."""

from __future__ import annotations

from typing import Any

from planning.compute import (
    annuity_corpus_portion,
    basis,
    citizenship_after_qdot,
    citizenship_before_return,
    deadlines,
    dsue,
    estate_tax,
    gift_tax,
    hardship,
    joint_property,
    joint_tenancy_termination,
    marital_deduction,
    naturalization_timeline,
    nonresident_estate_tax,
    prior_transfer_credit,
    qdot_election,
    qdot_qualification,
    qdot_security,
    qdot_tax,
    state_estate_tax,
)
from planning.compute.fields import RuleInput
from planning.compute.rule import Rule
from planning.engine.law import LawBook
from planning.inputs import InputError
from planning.lawbook import official_lawbook

MODULES = (
    estate_tax,
    gift_tax,
    qdot_tax,
    qdot_qualification,
    qdot_security,
    qdot_election,
    marital_deduction,
    citizenship_before_return,
    citizenship_after_qdot,
    naturalization_timeline,
    joint_property,
    joint_tenancy_termination,
    annuity_corpus_portion,
    hardship,
    dsue,
    prior_transfer_credit,
    basis,
    nonresident_estate_tax,
    state_estate_tax,
    deadlines,
)
RULES: dict[str, Rule[Any]] = {module.RULE.name: module.RULE for module in MODULES}


def rule_named(name: str) -> Rule[Any]:
    """Return the rule called `name`; raises `InputError` for another word."""
    if name not in RULES:
        raise InputError([f"RULE: {name!r} is not a rule, expected one of {', '.join(RULES)}"])
    return RULES[name]


def compute(name: str, data: object, book: LawBook | None = None) -> dict[str, Any]:
    """Return the answer of the rule called `name` on JSON `data`, under the law of the files unless told otherwise."""
    return rule_named(name).work_out(data, book or official_lawbook())


__all__ = ["RULES", "Rule", "RuleInput", "compute", "rule_named"]
