"""`manage.py law YEAR`: the year's amounts, states and treaties with authority and status.

`--reference` writes docs/law-amounts.md.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from planning.engine.law import Law, LawNotKnownError, RateTable
from planning.engine.wire import law_amount_to_json, money
from planning.inputs import InputError
from planning.law_reference import applicable_credit, reference, year_lines
from planning.lawbook import official_lawbook
from planning.state_reference import state_lines, states_to_json

WRONG_INPUT = 2
REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "law-amounts.md"


class Command(BaseCommand):
    """Print the law amounts of a year."""

    help = "Print the law amounts of a year with their authority, or write the reference of all years."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the year and the two forms of output."""
        parser.add_argument("year", nargs="?", help="calendar year")
        parser.add_argument("--json", action="store_true", help="print the year as JSON")
        parser.add_argument("--reference", action="store_true", help="write docs/law-amounts.md")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the year, or write the reference; an unknown year goes to standard error."""
        if options["reference"]:
            REFERENCE.write_text(reference(official_lawbook()), encoding="utf-8")
            self.stdout.write(f"Wrote {REFERENCE.name}.")
            return
        try:
            law = law_of_year(options["year"])
        except InputError as error:
            for fault in error.faults:
                self.stderr.write(fault)
            sys.exit(WRONG_INPUT)
        if options["json"]:
            self.stdout.write(json.dumps(year_to_json(law), indent=2, ensure_ascii=False))
            return
        self.stdout.write("\n".join([*year_lines(law), *state_lines(law)]))


def law_of_year(text: str | None) -> Law:
    """Return the law of the year written as `text`; raises `InputError`."""
    years = official_lawbook().years
    expected = f"expected a year from {min(years)} to {max(years)}"
    if text is None:
        raise InputError([f"YEAR: no year named, {expected}"])
    if not text.isascii() or not text.isdigit() or not date.min.year <= int(text) <= date.max.year:
        raise InputError([f"YEAR: {text!r} is not a year, {expected}"])
    try:
        return official_lawbook().federal(date(int(text), 12, 31))
    except LawNotKnownError as error:
        message = f"YEAR: {error}, {expected}"
        raise InputError([message]) from None


def year_to_json(law: Law) -> dict[str, Any]:
    """Return the year's amounts and rates as JSON; rates are text in percent."""
    credit = law.state_death_tax_credit
    return {
        "year": law.year,
        "status": law.status,
        "amounts": [law_amount_to_json(amount) for amount in law.amounts.values()],
        "applicable_credit_amount": money(applicable_credit(law)),
        "rate_table": _rates(law.rate_table),
        "nonresident_rate_table": _rates(law.nonresident_rate_table),
        "gift_rate_table": _rates(law.gift_rate_table),
        "state_death_tax_deducted": law.state_death_tax_deducted,
        "state_death_tax_credit_percent": None if credit is None else money(credit.percent),
        "states_and_treaties": states_to_json(law),
    }


def _rates(table: RateTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "citations": list(table.citations),
        "rows": [
            {"over": money(row.over), "base_tax": money(row.base_tax), "rate": money(row.rate)}
            for row in table.brackets
        ],
    }
