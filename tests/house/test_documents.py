"""House rules for documents: what can be set is explained, and what is explained exists."""

import re

import pytest

from tests import ROOT

pytestmark = pytest.mark.pure
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_every_variable_is_explained():
    sources = [*(ROOT / "qdot_site").rglob("*.py"), ROOT / "run", ROOT / "tools" / "with_postgres.sh"]
    used = {name for path in sources for name in re.findall(r"\bQDOT_[A-Z]+(?:_[A-Z]+)*\b", path.read_text())}
    used = {name.removesuffix("_FILE") for name in used} | {"PORT"}

    assert set() == {name for name in used if f"`{name}`" not in OPERATIONS}


def test_every_explained_variable_is_used():
    explained = set(re.findall(r"^\| `(QDOT_[A-Z_]+)`", OPERATIONS, re.MULTILINE))
    settings = (ROOT / "qdot_site" / "settings.py").read_text()

    assert set() == {name for name in explained if f'"{name}"' not in settings}


def test_every_word_of_run_is_named_in_its_help():
    run = (ROOT / "run").read_text()
    words = set(re.findall(r"^  (\w+)\) ", run, re.MULTILINE))

    assert {"serve", "test", "check", "bench", "mutate", "docs", "lock", "setup"} == words
    assert set() == {word for word in words if f"#   ./run {word}" not in run}
