"""Write docs/law-coverage.md: every law rule, its authority, where it stands, and the cases that prove it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from planning.engine.findings import CHECKS
from planning.engine.register import FIELDS, REGISTER
from planning.engine.register.entry import LawRule
from tests import switches

PAGE = Path(__file__).resolve().parents[1] / "docs" / "law-coverage.md"
HEAD = """# Which law the engine holds

Written by `./run docs` from `planning/engine/register` and `tests/switches`; a test fails while it is stale.
For every rule the named case is run twice, with the rule in force and with the rule switched off, and its answer must
differ (`tests/engine/test_law_coverage.py`). *Plan* says that the rule is also asked of every plan (rules considered).
Kinds: a *rule* computes or decides; a *finding* states what to look at; *out of scope* says why no more is done.
Verified: *verified* in a primary source; *partly*, *inferred*, *unverified*: the note says what is open, and answers
that rest on it say so.
"""


def cases_by_rule() -> dict[str, list[str]]:
    """Return the cases of tests/scenarios that prove each rule."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.iter_modules(switches.__path__):
        for switch in getattr(import_module(f"tests.switches.{module.name}"), "SWITCHES", ()):
            found.setdefault(switch.rule, []).append("/".join(switch.case))
    return found


def page() -> str:
    """Return the whole page."""
    cases, asked = cases_by_rule(), {check.rule for check in CHECKS}
    kinds = {kind: sum(entry.kind == kind for entry in REGISTER.values()) for kind in ("rule", "finding")}
    parts = [HEAD, f"{len(REGISTER)} ids: {kinds['rule']} rules, {kinds['finding']} findings, the rest out of scope.\n"]
    for field in FIELDS:
        parts.append(f"\n## {(field.__doc__ or '').strip().rstrip('.')}\n")
        parts.append("| Id | Rule | Authority | Where | Proved by | Kind, verified |\n|---|---|---|---|---|---|")
        parts += [_row(entry, cases.get(entry.id, []), in_plan=entry.id in asked) for entry in field.RULES]
    return "\n".join(parts) + "\n"


def _row(entry: LawRule, cases: list[str], *, in_plan: bool) -> str:
    kind = entry.kind.replace("_", " ") + (", plan" if in_plan else "")
    note = f": {entry.note}" if entry.note else ""
    where = entry.where.removeprefix("planning.")
    cells = [
        entry.id,
        entry.title,
        "; ".join(entry.citations),
        f"`{where}`",
        ", ".join(cases),
        f"{kind}; {entry.verification}{note}",
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.name}.")


if __name__ == "__main__":
    main()
