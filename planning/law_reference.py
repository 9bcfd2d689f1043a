"""The law files as text: what `manage.py law` prints and what docs/law-amounts.md holds."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planning.engine.law import Law, LawAmount, LawBook, RateTable
from planning.engine.worksheet import plain, to_cents
from planning.state_reference import state_reference

STATUS_WORDS = {
    "official": "official",
    "projected": "PROJECTED, not official",
    "entered_by_firm": "entered by the firm",
}
HEAD = """# Law amounts by year

Written by `manage.py law --reference` from `planning/law`; do not edit. How to add a year: [law.md](law.md).
Amounts in US dollars. Applicable credit: the tentative tax on the basic exclusion amount, IRC 2010(c)(1).
"""


def applicable_credit(law: Law) -> Decimal:
    """Return the tentative tax on the year's basic exclusion amount, USD. IRC 2010(c)(1)."""
    return law.rate_table.tax(law.basic_exclusion_amount)


def year_lines(law: Law) -> list[str]:
    """Return one line for each amount and rate of the year; a year that is not official says so on every line."""
    rows = [(amount.name, plain(amount.amount), _authority(amount)) for amount in law.amounts.values()]
    credit = ("applicable_credit_amount", plain(applicable_credit(law)), "tax on the basic exclusion; IRC 2010(c)(1)")
    rows.insert(1, credit)
    if law.state_death_tax_credit is not None:
        allowed = law.state_death_tax_credit
        words = f"part of the table allowed for state death taxes; {_cites(allowed.citations)}"
        rows.append(("state_death_tax_credit", f"{plain(allowed.percent)}%", words))
    for name, table in _tables_of(law).items():
        rows += [
            (f"{name}_over_{bracket.over}", f"{plain(bracket.rate)}%", _bracket_words(bracket.base_tax, table))
            for bracket in table.brackets
        ]
    width = max(len(name) for name, _, _ in rows)
    return [
        f"{law.year}  {STATUS_WORDS[law.status]}  {name:<{width}}  {amount:>12}  {words}"
        for name, amount, words in rows
    ]


def reference(book: LawBook) -> str:
    """Return the generated reference of every year, newest first, of the rate tables, the states and the treaties."""
    parts = [HEAD]
    for year in sorted(book.years, reverse=True):
        law = book.years[year]
        parts.append(f"## {year}{'' if law.status == 'official' else f' ({STATUS_WORDS[law.status]})'}\n")
        parts.append(_table(["Amount", "USD", "Status", "Authority", "Note"], (_row(item) for item in _moving(law))))
        parts.append(f"Applicable credit amount: {plain(applicable_credit(law))}. Rates: {_rates(law)}.\n")
        if law.state_death_tax_credit is not None:
            percent = plain(law.state_death_tax_credit.percent)
            parts.append(f"State death tax: credit, {percent}% of the amount of the table below.\n")
    fixed = [amount for amount in book.years[max(book.years)].amounts.values() if amount.every_year]
    parts.append("## Fixed by statute, every year\n")
    parts.append(
        _table(["Amount", "USD", "Authority"], ([a.label, plain(a.amount), _cites(a.citations)] for a in fixed))
    )
    parts.append(f"## Gifts before {min(book.years)}\n")
    rows = (
        [str(law.year), a.label, plain(to_cents(a.amount)), _cites(a.citations)]
        for law in book.gift_years.values()
        for a in law.amounts.values()
    )
    parts.append(_table(["Year", "Amount", "USD", "Authority"], rows))
    parts += _state_death_tax(book)
    for table in _tables(book):
        parts.append(f"## Rates: {table.name}\n\n{_cites(table.citations)}\n")
        parts.append(_brackets(table))
    parts += state_reference(_table)
    return "\n".join(parts).rstrip() + "\n"


def _state_death_tax(book: LawBook) -> list[str]:
    credit = book.years[min(book.years)].state_death_tax_credit
    if credit is None:
        return []
    base = f"Read at the taxable estate less {plain(credit.base_reduction)}. {_cites(credit.citations)}."
    return [f"## Credit for state death taxes, deaths to 2004\n\n{base}\n", _brackets(credit.table)]


def _tables_of(law: Law) -> dict[str, RateTable]:
    """Return the year's rate tables, those for gifts and for nonresidents only where they differ."""
    others = {"gift_rate": law.gift_rate_table, "nonresident_rate": law.nonresident_rate_table}
    differing = {name: table for name, table in others.items() if table.name != law.rate_table.name}
    return {"rate": law.rate_table} | differing


def _rates(law: Law) -> str:
    """Return the names of the year's rate tables."""
    uses = {"rate": "", "gift_rate": " for gifts", "nonresident_rate": " for nonresident noncitizens"}
    return ", ".join(f"{table.name}{uses[name]}" for name, table in _tables_of(law).items())


def _brackets(table: RateTable) -> str:
    rows = ([plain(row.over), plain(row.base_tax), plain(row.rate)] for row in table.brackets)
    return _table(["Over", "Tax on that", "Percent above"], rows)


def _moving(law: Law) -> list[LawAmount]:
    return [amount for amount in law.amounts.values() if not amount.every_year]


def _row(amount: LawAmount) -> list[str]:
    return [amount.label, plain(amount.amount), STATUS_WORDS[amount.status], _cites(amount.citations), amount.note]


def _tables(book: LawBook) -> list[RateTable]:
    found: dict[str, RateTable] = {}
    for law in (*(book.years[year] for year in sorted(book.years, reverse=True)), *book.gift_years.values()):
        for table in (law.rate_table, law.nonresident_rate_table, law.gift_rate_table):
            found.setdefault(table.name, table)
    return list(found.values())


def _authority(amount: LawAmount) -> str:
    words = f"{amount.label}; {_cites(amount.citations)}"
    return f"{words} ({amount.note})" if amount.note else words


def _bracket_words(base_tax: Decimal, table: RateTable) -> str:
    return f"plus {plain(base_tax)}; {_cites(table.citations)}"


def _cites(citations: Iterable[str]) -> str:
    return ", ".join(citations)


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
