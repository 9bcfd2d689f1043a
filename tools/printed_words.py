"""Write tests/words: what the answers of every rule say, word for word, without their numbers.

A label, a citation or a sentence that changes shows up as a changed line in a
review, and a test fails until the file is written again: `./run docs`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planning.compute.registry import RULES, compute

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS, WORDS = ROOT / "tests" / "scenarios", ROOT / "tests" / "words"
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def words_of_rule(rule: str) -> str:
    """Return everything the cases of a rule print beside numbers, one thing a line, sorted."""
    with (SCENARIOS / f"{rule}.toml").open("rb") as file:
        cases = tomllib.load(file)["case"]
    found: set[str] = set()
    for case in cases:
        given = json.loads(json.dumps(_with_nulls(case["given"]), default=str))
        found |= set(_words(compute(rule, given)))
    return "\n".join(sorted(found)) + "\n"


def _words(answer: dict[str, Any]) -> Iterator[str]:
    for sheet in answer["worksheets"]:
        for line in sheet["lines"]:
            yield _line("line", line["kind"], sheet["title"], line["label"], line["how"], "; ".join(line["citations"]))
    yield from _said("result", answer["result"])
    for kind in ("warnings", "reasons"):
        for said in answer[kind]:
            yield _line(kind, said["code"], said["text"], "; ".join(said["citations"]))
    for finding in answer["findings"]:
        names = ("rule", "state", "severity", "test", "text", "form")
        lists = ("; ".join(finding[name]) for name in ("questions", "missing", "citations"))
        against = (str(finding["measured"]), str(finding["threshold"]))
        yield _line("finding", *(finding[name] for name in names), *against, *lists)


def _said(path: str, value: Any) -> Iterator[str]:
    """Return every text in a result with its place; amounts and dates become a mark."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _said(f"{path}.{key}", item)
    elif isinstance(value, list):
        for item in value:
            # One of several things with a name: its words are its own, not those of the list.
            name = item["name"] if isinstance(item, dict) and isinstance(item.get("name"), str) else ""
            yield from _said(f"{path}[{NUMBERS.sub('#', name)}]", item)
    elif isinstance(value, str):
        yield _line(path, value, "")


def _line(*parts: str) -> str:
    # Citations keep their numbers; of everything else only the words are kept.
    *words, citations = parts
    return " | ".join([*(NUMBERS.sub("#", part) for part in words), citations])


def _with_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    return None if value == "null" else value


def main() -> None:
    """Write the words of every rule."""
    WORDS.mkdir(exist_ok=True)
    for rule in RULES:
        (WORDS / f"{rule}.txt").write_text(words_of_rule(rule), encoding="utf-8")
    print(f"Wrote the words of {len(RULES)} rules.")


if __name__ == "__main__":
    main()
