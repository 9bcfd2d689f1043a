"""What every reader of a law file does: open TOML, take words, numbers and citations, and say what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast

LAW_FOLDER = Path(__file__).resolve().parent / "law"
Toml = Mapping[str, object]


class LawFileError(ValueError):
    """A law file that cannot be used; the message names file and key, what is wrong and what is expected."""

    def __init__(self, file: Path, key: str, fault: str) -> None:
        super().__init__(f"{file.name}: {key}: {fault}" if key else f"{file.name}: {fault}")


def read_toml(file: Path) -> Toml:
    """Return the content of a TOML file. Raises `LawFileError`."""
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        raise LawFileError(file, "", f"not found; expected in {file.parent}") from None
    except tomllib.TOMLDecodeError as error:
        raise LawFileError(file, "", f"is not TOML: {error}") from error


def as_table(file: Path, key: str, entry: object) -> Toml:
    """Return the entry at `key` as a table. Raises `LawFileError`."""
    if not isinstance(entry, dict):
        raise LawFileError(file, key, f"is {entry!r}; expected a table [{key}]")
    return cast(Toml, entry)


def refuse_unknown(file: Path, key: str, table: Toml, known: frozenset[str]) -> None:
    """Refuse a key of `table` that is not `known`. Raises `LawFileError`."""
    for name in table:
        if name not in known:
            path = f"{key}.{name}" if key else name
            raise LawFileError(file, path, f"is not a known key; expected one of {', '.join(sorted(known))}")


def as_text(file: Path, key: str, value: object) -> str:
    """Return words that are not empty. Raises `LawFileError`."""
    if not isinstance(value, str) or not value.strip():
        raise LawFileError(file, key, f"is {value!r}; expected words")
    return value


def as_number(file: Path, key: str, value: object) -> Decimal:
    """Return a number, zero or more, written as an integer or as a decimal in quotes. Raises `LawFileError`."""
    fault = f"is {value!r}; expected an integer, or a decimal number in quotes, not below zero"
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise LawFileError(file, key, fault)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise LawFileError(file, key, fault) from None
    if not number.is_finite() or number < 0:
        raise LawFileError(file, key, fault)
    return number


def citations_of(file: Path, name: str, table: Toml) -> tuple[str, ...]:
    """Return the authorities under `cites`; there must be one. Raises `LawFileError`."""
    cites = table.get("cites")
    if not isinstance(cites, list) or not cites or not all(isinstance(cite, str) and cite for cite in cites):
        key = f"{name}.cites" if name else "cites"
        raise LawFileError(file, key, 'is missing or empty; expected a list such as ["IRC 2010(c)(3)"]')
    return tuple(cites)
