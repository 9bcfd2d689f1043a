"""One line of the register of law rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["rule", "finding", "out_of_scope"]
Verification = Literal["verified", "partly", "inferred", "unverified"]


@dataclass(frozen=True, slots=True)
class LawRule:
    """One rule of law the product knows, with its authority and the function that holds it.

    `where` is the dotted name of that function or value; for a rule out of
    scope it is the finding that says so. `note` says what is not verified.
    """

    id: str
    title: str
    citations: tuple[str, ...]
    where: str
    kind: Kind = "rule"
    verification: Verification = "verified"
    note: str = ""
