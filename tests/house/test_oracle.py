"""The second computation must stay independent: it may share no line with the product."""

import ast
from pathlib import Path

ORACLE = Path(__file__).resolve().parents[1] / "oracle"
PRODUCT = {"planning", "clients", "qdot_site"}


def test_the_oracle_imports_nothing_of_the_product():
    found = set()
    files = list(ORACLE.glob("*.py"))
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").split(".")[0])

    assert files
    assert set() == found & PRODUCT
