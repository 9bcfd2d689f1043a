"""`manage.py compute RULE FILE`: work one rule out; exit 2 with one line per fault where the input is wrong."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from planning.compute.registry import RULES, compute, rule_named
from planning.inputs import InputError, read_json, read_text

WRONG_INPUT = 2


class Command(BaseCommand):
    """Print the answer of one rule as JSON."""

    help = "Work one rule of the law out on JSON input and print the answer as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the rule, its input and the two ways to ask about rules."""
        parser.add_argument("rule", nargs="?", help="name of the rule; see --list")
        parser.add_argument("file", nargs="?", help="input file; - reads standard input")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the rule's input")
        parser.add_argument("--list", action="store_true", help="list the rules with one line each")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the answer; faults go to standard error, one a line, and nothing to standard output."""
        try:
            self.stdout.write(self.output(options))
        except InputError as error:
            for fault in error.faults:
                self.stderr.write(fault)
            sys.exit(WRONG_INPUT)

    def output(self, options: dict[str, Any]) -> str:
        """Return what is printed; raises `InputError`."""
        if options["list"]:
            width = max(map(len, RULES))
            return "\n".join(f"{rule.name:<{width}}  {rule.line}" for rule in RULES.values())
        if options["rule"] is None:
            raise InputError([f"RULE: no rule named, expected one of {', '.join(RULES)}"])
        rule = rule_named(options["rule"])
        if options["schema"]:
            return json.dumps(rule.schema(), indent=2, ensure_ascii=False)
        answer = compute(rule.name, read_json(read_text(options["file"], "FILE")))
        return json.dumps(answer, indent=2, ensure_ascii=False)
