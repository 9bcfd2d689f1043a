"""Change the rules one small step at a time and see whether a test notices: `./run mutate`.

    ./run mutate                                every mutant of planning/engine/rules; hours
    ./run mutate 'planning.engine.rules.s2010*' those of some modules
    ./run mutate --sample 400                   every n-th of all, the same ones each time

mutmut makes and runs the mutants, in a copy called `mutants`; it remembers what
it has run. Labels and citations are mutated too: `tests/words` guards them.
What survives is named here, and explained in docs/mutation.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path("mutants") / "planning" / "engine" / "rules"
FIRST = "planning.engine.rules.inclusion*"
# Exit codes as mutmut keeps them: 1 and 3 a test failed, 0 none did, 33 no test came by, 36 and 24 too slow.
KILLED, SURVIVED, UNTESTED, SLOW = {1, 3}, {0}, {33}, {24, 36, 152, 255}


def run(names: Iterable[str], children: int) -> None:
    """Let mutmut run the mutants of these names or patterns; none means all."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children), *names]
    subprocess.run(command, check=False)


def results() -> dict[str, int | None]:
    """Return the exit code of every mutant known, None for one that was not run."""
    found: dict[str, int | None] = {}
    for file in sorted(FOLDER.glob("*.py.meta")):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def summary(names: Iterable[str] | None = None) -> str:
    """Return how many were killed, and the names of those that were not."""
    codes = results()
    ran = {name: code for name, code in codes.items() if code is not None and (names is None or name in set(names))}
    by = {
        word: [name for name, code in ran.items() if code in kinds]
        for word, kinds in (
            ("killed", KILLED | SLOW),
            ("survived", SURVIVED),
            ("untested", UNTESTED),
        )
    }
    share = 100 * len(by["killed"]) / len(ran) if ran else 0
    lines = [f"{len(codes)} mutants, {len(ran)} run: {len(by['killed'])} killed ({share:.1f}%)"]
    lines += [f"  {word}: {name}" for word in ("survived", "untested") for name in by[word]]
    return "\n".join(lines)


def main() -> int:
    """Run what is asked for and print what survived."""
    parser = argparse.ArgumentParser(description="Mutation testing of planning/engine/rules")
    parser.add_argument("names", nargs="*", help="names or patterns of mutants; none: all of them")
    parser.add_argument("--sample", type=int, help="run about so many, evenly spread over all")
    parser.add_argument("--children", type=int, default=2, help="how many at once")
    options = parser.parse_args()
    if not options.sample:
        run(options.names, options.children)
        print(summary())
        return 0
    run([FIRST], options.children)  # makes the mutants of every module
    names = sorted(results())
    if not names:
        return 1
    chosen = names[:: max(1, len(names) // options.sample)]
    run(chosen, options.children)
    print(summary(chosen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
