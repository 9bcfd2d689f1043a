"""Reading JSON from outside: exact money, strict types, and faults that say where and what to write."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError, WithJsonSchema

T = TypeVar("T", bound=BaseModel)
FIRST_YEAR, LAST_YEAR = 1850, 2200
LONGEST_SHOWN = 60
HIGHEST_RATE = 50
LARGEST_MONEY = Decimal(10) ** 13
MONEY_WORDS = 'an amount in US dollars as text ("1250000.50") or a whole number'
PERCENT_WORDS = 'a percentage as text ("5.0") or a whole number'
MONTHS_WORDS = 'months as text such as "10" or as an integer'
LONGEST_MONTHS = Decimal(240)


class InputError(ValueError):
    """Input that breaks the schema; `faults` are lines `path: what is wrong, what is expected`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def _decimal(value: object, words: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        # ValueError, since pydantic turns only that into a fault of the field.
        kind = "a decimal number" if isinstance(value, float) else type(value).__name__
        message = f"{kind} is not taken, expected {words}"
        raise ValueError(message)  # noqa: TRY004
    text = str(value).strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        message = f"{text!r} is not a number, expected {words}"
        raise ValueError(message) from None
    if not amount.is_finite() or "e" in text.lower() or "_" in text or not text.isascii():
        message = f"{text!r} is not a plain number, expected {words}"
        raise ValueError(message)
    return amount


def _money(value: object) -> Decimal:
    amount = _decimal(value, MONEY_WORDS)
    if amount < 0:
        message = f"{amount} is below zero, expected {MONEY_WORDS}, zero or more"
        raise ValueError(message)
    if amount > LARGEST_MONEY:
        message = f"{amount} is more than {LARGEST_MONEY:,}, expected {MONEY_WORDS}"
        raise ValueError(message)
    if amount != amount.quantize(Decimal("0.01")):
        message = f"{amount} has parts of a cent, expected {MONEY_WORDS}"
        raise ValueError(message)
    return amount


def _percent(value: object) -> Decimal:
    amount = _decimal(value, PERCENT_WORDS)
    if not 0 <= amount <= Decimal(100):
        message = f"{amount} is not between 0 and 100, expected {PERCENT_WORDS}"
        raise ValueError(message)
    return amount


def _rate(value: object) -> Decimal:
    amount = _decimal(value, PERCENT_WORDS)
    if abs(amount) > HIGHEST_RATE:
        message = f"{amount} is not between -50 and 50, expected {PERCENT_WORDS}"
        raise ValueError(message)
    return amount


def _months(value: object) -> Decimal:
    amount = _decimal(value, MONTHS_WORDS)
    if not 0 <= amount <= LONGEST_MONTHS:
        message = f"{amount} is not between 0 and {LONGEST_MONTHS}, expected {MONTHS_WORDS}"
        raise ValueError(message)
    return amount


def _day(value: object) -> date:
    expected = 'expected an ISO date in quotes such as "2026-06-30"'
    if not isinstance(value, str):
        message = f"{value!r} is no date, {expected}"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a fault of the field
    try:
        day = date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no date, {expected}"
        raise ValueError(message) from None
    if value != day.isoformat() or not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"{value!r} is not a day of {FIRST_YEAR} to {LAST_YEAR}, {expected}"
        raise ValueError(message)
    return day


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        message = f"{value!r} is neither true nor false, expected true, false or null"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a fault of the field
    return value


_TEXT = PlainSerializer(lambda value: f"{value:f}", return_type=str)
Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    _TEXT,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}, {"type": "integer", "minimum": 0}],
            "description": "US dollars",
        }
    ),
]
Months = Annotated[
    Decimal,
    BeforeValidator(_months),
    _TEXT,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?$"},
                {"type": "integer", "minimum": 0, "maximum": 240},
            ],
            "description": "months, 0 to 240",
        }
    ),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_percent),
    _TEXT,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?$"},
                {"type": "integer", "minimum": 0, "maximum": 100},
            ],
            "description": "percent, 0 to 100",
        }
    ),
]
Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    _TEXT,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^-?\d{1,2}(\.\d+)?$"},
                {"type": "integer", "minimum": -50, "maximum": 50},
            ],
            "description": "percent a year, -50 to 50",
        }
    ),
]


def read_text(path: str | None, argument: str) -> str:
    """Return the text of a file or of standard input (-); raises `InputError` where it cannot be read."""
    if path is None:
        raise InputError([f"{argument}: no file named, expected a path or - for standard input"])
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        message = f"{path}: cannot be read ({reason}), expected a JSON file in UTF-8"
        raise InputError([message]) from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "boolean"})]


class StrictModel(BaseModel):
    """Input with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def read_json(text: str) -> Any:
    """Return the parsed JSON; raises `InputError` where it is no JSON, repeats a key, or holds NaN."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise InputError([f"{twice[0]}: the key stands twice, expected once"])
        return dict(pairs)

    def refuse(constant: str) -> None:
        raise InputError([f"(file): {constant} is not a number, expected plain JSON"])

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        message = f"(file): not JSON, line {error.lineno} column {error.colno}: {error.msg}, expected a JSON object"
        raise InputError([message]) from None
    except RecursionError:
        raise InputError(["(file): nested too deep, expected a JSON object of the documented format"]) from None


def validate(model: type[T], data: object) -> T:
    """Return `data` as `model`; raises `InputError` with one line per fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(_fault(item) for item in error.errors()) from None


def _fault(error: Any) -> str:
    path = ""
    for part in error["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    message = str(error["msg"]).removeprefix("Value error, ")
    match error["type"]:
        case "extra_forbidden":
            message = "unknown key, expected only the keys of the schema (see --schema)"
        case "missing":
            message = "is missing, expected by the schema (see --schema)"
        case "value_error":
            pass
        case _:
            shown = repr(error["input"])
            shown = shown if len(shown) < LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}..."
            message = f"{shown} is not valid: {message[0].lower()}{message[1:]}"
            if "expected" not in message:
                message += ", expected as the schema says (see --schema)"
    return f"{path or '(file)'}: {message}"
