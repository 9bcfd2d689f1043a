"""Putting a rule out of force for the time of one test."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def found_at(dotted: str) -> tuple[Any, str, Any]:
    """Return owner, name and value of a dotted name in a module or a class of it."""
    parts = dotted.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            owner: Any = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:-1]:
            owner = getattr(owner, part)
        return owner, parts[-1], getattr(owner, parts[-1])
    raise LookupError(dotted)


@contextmanager
def switched_off(off: Mapping[str, Any]) -> Iterator[None]:
    """Replace each named thing wherever `planning` holds it; put everything back at the end."""
    undo: list[tuple[Any, str, Any]] = []
    try:
        for dotted, replacement in off.items():
            owner, name, original = found_at(dotted)
            undo.append((owner, name, original))
            setattr(owner, name, replacement)
            for module in [m for key, m in sys.modules.items() if key.startswith("planning") and m is not None]:
                for attribute, value in list(vars(module).items()):
                    if value is original and not (module is owner and attribute == name):
                        undo.append((module, attribute, original))
                        setattr(module, attribute, replacement)
        yield
    finally:
        for owner, name, original in reversed(undo):
            setattr(owner, name, original)
