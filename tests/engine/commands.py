"""Running our commands as a person at a terminal does: what they print, what they complain about, their code."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output read as JSON."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


def run(*arguments: str, **options: Any) -> Run:
    """Run a command of manage.py."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err, no_color=True, **options)
    except SystemExit as ended:
        return Run(int(ended.code or 0), out.getvalue(), err.getvalue())
    return Run(0, out.getvalue(), err.getvalue())


def compute(rule: str, given: Any, folder: Path) -> Run:
    """Write the input to a file and run `compute` on it."""
    file = folder / "input.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return run("compute", rule, str(file))
