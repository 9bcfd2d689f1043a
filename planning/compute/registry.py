"""The rules by name, each with its line, its input model and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from planning.compute.answers import Answer, to_json
from planning.compute.citizenship_before_return import (
    CitizenshipBeforeReturnInput,
    answer_citizenship_before_return,
)
from planning.compute.deadlines import DeadlinesInput, answer_deadlines
from planning.compute.estate_tax import EstateTaxInput, answer_estate_tax
from planning.compute.fields import M, RuleInput, read_input
from planning.compute.gift_tax import GiftTaxInput, answer_gift_tax
from planning.compute.joint_property import JointPropertyInput, answer_joint_property
from planning.compute.marital_deduction import MaritalDeductionInput, answer_marital_deduction
from planning.compute.qdot_tax import QdotTaxInput, answer_qdot_tax
from planning.engine.law import LawBook
from planning.inputs import InputError
from planning.lawbook import official_lawbook

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Rule(Generic[M]):
    """One rule of the command line."""

    name: str
    line: str
    model: type[M]
    answer: Callable[[M, LawBook], Answer]

    def work_out(self, data: object, book: LawBook) -> dict[str, Any]:
        """Return the printed answer for JSON `data`; raises `InputError`."""
        return to_json(self.name, self.answer(read_input(self.model, data), book), book)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the input, draft 2020-12."""
        schema = self.model.model_json_schema(mode="validation")
        return {"$schema": DRAFT, "$id": f"qdot-compute-{self.name}", **schema, "title": f"Input of {self.name}"}


def _rules() -> dict[str, Rule[Any]]:
    rules: list[Rule[Any]] = [
        Rule(
            "estate-tax", "Estate tax of a citizen or resident, and of the survivor", EstateTaxInput, answer_estate_tax
        ),
        Rule("gift-tax", "Exclusion, taxable gift, gift tax and Form 709, year by year", GiftTaxInput, answer_gift_tax),
        Rule("qdot-tax", "Tax on what leaves a QDOT, event by event", QdotTaxInput, answer_qdot_tax),
        Rule(
            "marital-deduction",
            "Is what passes to the spouse deducted, and does it take a QDOT",
            MaritalDeductionInput,
            answer_marital_deduction,
        ),
        Rule(
            "joint-property",
            "How much of jointly held property the estate includes",
            JointPropertyInput,
            answer_joint_property,
        ),
        Rule(
            "citizenship-before-return",
            "Is the spouse a citizen in time for the ordinary marital deduction",
            CitizenshipBeforeReturnInput,
            answer_citizenship_before_return,
        ),
        Rule(
            "deadlines",
            "Due dates of Forms 706, 4768, 709, 706-QDT, of election and assignment",
            DeadlinesInput,
            answer_deadlines,
        ),
    ]
    return {rule.name: rule for rule in rules}


RULES = _rules()


def rule_named(name: str) -> Rule[Any]:
    """Return the rule called `name`; raises `InputError` for another word."""
    if name not in RULES:
        raise InputError([f"RULE: {name!r} is not a rule, expected one of {', '.join(RULES)}"])
    return RULES[name]


def compute(name: str, data: object, book: LawBook | None = None) -> dict[str, Any]:
    """Return the answer of the rule called `name` on JSON `data`, under the law of the files unless told otherwise."""
    return rule_named(name).work_out(data, book or official_lawbook())


__all__ = ["RULES", "Rule", "RuleInput", "compute", "rule_named"]
