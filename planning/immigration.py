"""Reads the processing times of naturalization: dated figures from secondary sources."""

from __future__ import annotations

from datetime import date
from functools import cache

from planning.engine.rules.naturalization_timeline import ProcessingTimes
from planning.law_files import LAW_FOLDER, LawFileError, as_number, as_table, as_text, read_toml, refuse_unknown

FILE = LAW_FOLDER / "naturalization.toml"
KEYS = frozenset({"low", "base", "high", "as_of", "source", "cites"})


@cache
def processing_times() -> ProcessingTimes:
    """Return the months from filing to the oath with their date and source; raises `LawFileError`."""
    table = as_table(FILE, "processing_months", read_toml(FILE).get("processing_months"))
    refuse_unknown(FILE, "processing_months", table, KEYS)
    as_of = table.get("as_of")
    if not isinstance(as_of, date):
        raise LawFileError(FILE, "processing_months.as_of", f"is {as_of!r}; expected a date such as 2026-11-23")
    low, base, high = (
        as_number(FILE, f"processing_months.{name}", table.get(name)) for name in ("low", "base", "high")
    )
    if not low <= base <= high:
        raise LawFileError(FILE, "processing_months", f"is {low}, {base}, {high}; expected low, base, high in order")
    return ProcessingTimes(low, base, high, as_of, as_text(FILE, "processing_months.source", table.get("source")))
