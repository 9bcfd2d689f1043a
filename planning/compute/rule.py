"""One rule of the command line: its name, its line, its input model and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from planning.compute.answers import Answer, to_json
from planning.compute.fields import M, read_input
from planning.engine.law import LawBook

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
