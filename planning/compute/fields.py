"""Input of the rules: exact types, second names for keys, and faults under the name that was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from planning.engine.law import Law, LawBook, LawNotKnownError
from planning.inputs import FIRST_YEAR, LAST_YEAR, InputError, StrictModel, validate

M = TypeVar("M", bound="RuleInput")
Citizenship = Literal["us", "foreign"]


def _whole(low: int, high: int, what: str) -> BeforeValidator:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            message = f"{value!r} is not {what}, expected a whole number from {low} to {high}"
            raise ValueError(message)
        return value

    return BeforeValidator(check)


def _fraction(value: object) -> Decimal:
    expected = 'expected a fraction from 0 to 1 in quotes such as "0.5"'
    if (
        isinstance(value, bool)
        or not isinstance(value, str | int)
        or not re.fullmatch(r"\d+(\.\d+)?", str(value).strip())
    ):
        message = f"{value!r} is not taken, {expected}"
        raise ValueError(message)
    fraction = Decimal(str(value).strip())
    if fraction > 1:
        message = f"{value!r} is more than 1, {expected}"
        raise ValueError(message)
    return fraction


Fraction = Annotated[
    Decimal,
    BeforeValidator(_fraction),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^\d+(\.\d+)?$"}, {"type": "integer", "minimum": 0, "maximum": 1}]}
    ),
]
Year = Annotated[
    int,
    _whole(FIRST_YEAR, LAST_YEAR, "a year"),
    WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}),
]
Owners = Annotated[
    int, _whole(2, 100, "a number of owners"), WithJsonSchema({"type": "integer", "minimum": 2, "maximum": 100})
]
Count = Annotated[
    int, _whole(1, 100, "a number from 1"), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})
]
StateCode = Annotated[str, Field(strict=True, pattern=r"^[A-Z]{2}$")]
Words = Annotated[str, Field(strict=True, min_length=1, max_length=200)]


class RuleInput(StrictModel):
    """Input of one rule; `second_names` are other words a key is also read under."""

    second_names: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def read_second_names(cls, data: object) -> object:
        """Put what stands under a second name under the first one; both at once are refused."""
        if not isinstance(data, dict):
            message = f"{type(data).__name__} is not taken, expected a JSON object"
            raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a fault
        named: dict[object, object] = {}
        for key, value in data.items():
            meant = cls.second_names.get(key, key)
            if meant in named:
                message = f"{key} says the same as another key, expected {meant} once"
                raise ValueError(message)
            named[meant] = value
        return named

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """Return the schema with every second name beside the key it stands for."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        properties = schema.get("properties", {})
        for written, meant in cls.second_names.items():
            properties[written] = properties[meant] | {"description": f"The same as {meant}; give one of the two"}
        return schema


def read_input(model: type[M], data: object) -> M:
    """Return `data` as `model`; raises `InputError` with one line per fault, named as it was written."""
    written = (
        {model.second_names[key]: key for key in data if key in model.second_names} if isinstance(data, dict) else {}
    )
    try:
        return validate(model, data)
    except InputError as error:
        raise InputError(_as_written(fault, written) for fault in error.faults) from None


def _as_written(fault: str, written: Mapping[str, str]) -> str:
    path, rest = fault.split(": ", 1)
    for meant, key in written.items():
        if path == meant or path.startswith((f"{meant}.", f"{meant}[")):
            return f"{key}{path.removeprefix(meant)}: {rest}"
    return fault


def law_of(book: LawBook, day: date, path: str) -> Law:
    """Return the law of `day`; a year without law is a fault of the input at `path`."""
    try:
        return book.federal(day)
    except LawNotKnownError as error:
        known = sorted(book.years)
        message = f"{path}: {error}, expected a year from {known[0]} to {known[-1]}"
        raise InputError([message]) from None


def gift_law_of(book: LawBook, day: date, path: str) -> Law:
    """Return the law of a gift made on `day`, from 1977 on; a year without law is a fault of the input at `path`."""
    try:
        return book.gifts(day)
    except LawNotKnownError as error:
        known = sorted([*book.gift_years, *book.years])
        message = f"{path}: {error}, expected a year from {known[0]} to {known[-1]}"
        raise InputError([message]) from None


def one_day(day: date | None, year: int | None, path: str) -> date | None:
    """Return the day, or the last day of the year where only that is known; the two must agree."""
    if day is not None and year is not None and day.year != year:
        raise InputError([f"{path}: {day.isoformat()} is not in {year}, expected date and year to agree"])
    if day is not None:
        return day
    return None if year is None else date(year, 12, 31)


def is_citizen(*, flag: bool | None, citizenship: Citizenship | None, path: str) -> bool | None:
    """Return whether a person is a US citizen from a yes/no or from the word; the two must agree."""
    if flag is not None and citizenship is not None and flag != (citizenship == "us"):
        raise InputError([f"{path}: says the opposite of the other citizenship field, expected the two to agree"])
    if flag is not None:
        return flag
    return None if citizenship is None else citizenship == "us"
