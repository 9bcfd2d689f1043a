"""Tests of the product. SCENARIOS is the folder of cases a lawyer can read."""

from pathlib import Path

SCENARIOS = Path(__file__).resolve().parent / "scenarios"
ROOT = Path(__file__).resolve().parent.parent
