"""`manage.py plan CASE.json`: print one plan; exit 2 with one line per fault where the case is wrong."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from planning.casefile import case_schema, read_case
from planning.engine.law import LawNotKnownError
from planning.inputs import InputError, read_json, read_text
from planning.plans import plan_json

WRONG_INPUT = 2


class Command(BaseCommand):
    """Print the plan of a case file as JSON."""

    help = "Work out one plan from a case file and print it as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the case file and the two options."""
        parser.add_argument("case", nargs="?", help="case file; - reads standard input")
        parser.add_argument("--as-of", dest="as_of", help="day of the plan, ISO date")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the case file")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the plan or the schema; faults go to standard error, one a line."""
        if options["schema"]:
            self.print_json(case_schema())
            return
        try:
            self.print_json(self.plan(options["case"], options["as_of"]))
        except InputError as error:
            for fault in error.faults:
                self.stderr.write(fault)
            sys.exit(WRONG_INPUT)

    def print_json(self, value: Any) -> None:
        """Print JSON with stable layout."""
        self.stdout.write(json.dumps(value, indent=2, ensure_ascii=False))

    def plan(self, path: str | None, as_of_text: str | None) -> dict[str, Any]:
        """Return the plan of the case file at `path`."""
        case = read_case(read_json(read_text(path, "CASE")))
        as_of = parse_day(as_of_text) or case.as_of or date.today()  # noqa: DTZ011 - the firm's local day
        try:
            return plan_json(case.couple, case.assumptions, as_of=as_of)
        except LawNotKnownError as error:
            message = f"as_of: {error}"
            raise InputError([message]) from None


def parse_day(text: str | None) -> date | None:
    """Return the ISO date in `text`, None for nothing; raises `InputError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"--as-of: {text!r} is not a date, expected YYYY-MM-DD"
        raise InputError([message]) from None
