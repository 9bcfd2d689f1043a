"""Sentences about options: reasons, why not, actions and points that are not scored.

Everything is said in words the attorney can check against a worksheet line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planning.engine.assumptions import Assumptions
from planning.engine.facts import Couple, Spouse
from planning.engine.holdings import other
from planning.engine.law import NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION, Law
from planning.engine.results import Action, Option, OrderResult, Reason, WhyNot, WhyReason
from planning.engine.strategies.catalogue import BY_ID, Strategy
from planning.engine.worksheet import plain

WHOLE = Decimal(100)


def usd(amount: Decimal) -> str:
    """Return whole dollars as text: $18,400,000."""
    sign = "−" if amount < 0 else ""
    return f"{sign}${abs(amount):,.0f}"


SMALLEST_IN_MILLIONS = 100_000


def millions(amount: Decimal) -> str:
    """Return millions of dollars as text: $18.4M; smaller amounts whole."""
    if abs(amount) < SMALLEST_IN_MILLIONS:
        return usd(amount)
    sign = "−" if amount < 0 else ""
    return f"{sign}${abs(amount) / 1_000_000:,.1f}M"


def option_reasons(strategy: Strategy, couple: Couple, order: OrderResult) -> list[Reason]:
    """Return what the strategy does for this couple in the order that ranks."""
    donor, survivor = couple.person(order.first_to_die).name, couple.person(other(order.first_to_die)).name
    found: list[Reason] = []
    if strategy.id == "outright":
        found.append(
            Reason(
                "outright",
                f"All of {donor}'s share for the spouse passes to {survivor} directly",
                ("IRC 2056(d)(1)(A)",),
            )
        )
    if strategy.gifts and order.figures["gifts_total"] is not None:
        found.append(
            Reason(
                "gifts_within_exclusion",
                f"Gifts of {usd(order.figures['gifts_total'])} stay within the yearly exclusion:"
                " no gift tax, no exclusion used",
                ("IRC 2523(i)(2)", "IRC 2503(b)"),
            )
        )
    if strategy.credit_shelter and order.bypass_at_start is not None:
        part = "" if order.bypass_percent == WHOLE else f"{plain(order.bypass_percent)}% of "
        found.append(
            Reason(
                "bypass_trust",
                f"A bypass trust takes {usd(order.bypass_at_start)}, {part}what is left of {donor}'s exclusion;"
                " it is in neither estate later",
                ("IRC 2010(c)", "IRC 2041(b)(1)(A)"),
            )
        )
    if strategy.qdot and order.qdot_at_start is not None:
        found.append(
            Reason(
                "qdot_defers",
                f"The QDOT takes {usd(order.qdot_at_start)} and puts its tax off"
                f" until principal is paid out or {survivor} dies",
                ("IRC 2056(d)(2)", "IRC 2056A"),
            )
        )
    if strategy.naturalization:
        found.append(
            Reason(
                "citizen_in_time",
                f"{survivor} is a US citizen in time, so the ordinary marital deduction is open",
                ("IRC 2056(a)", "IRC 2056(d)(4)"),
            )
        )
    return found


def why_first(option: Option, outright: OrderResult | None, couple: Couple, order: OrderResult) -> list[WhyReason]:
    """Return the reasons of the first-ranked option, each with its rule, measured value and threshold."""
    strategy = BY_ID[option.strategy]
    decedent, survivor = couple.person(order.first_to_die).name, couple.person(other(order.first_to_die)).name
    found: list[WhyReason] = []
    if outright is not None and outright.figures["tax_at_first_death"]:
        found.append(
            WhyReason(
                f"{survivor} is not a US citizen, so what passes outright is taxed when {decedent} dies: "
                f"{usd(outright.figures['tax_at_first_death'])} in {outright.first_death_year}",
                "IRC 2056(d)(1)",
                outright.first_estate,
                outright.exclusion_at_first_death,
            )
        )
    if strategy.credit_shelter:
        part = "" if order.bypass_percent == WHOLE else f"{plain(order.bypass_percent)}% of "
        found.append(
            WhyReason(
                f"A bypass trust keeps {part}{decedent}'s exclusion and all its growth out of both estates",
                "IRC 2010(c)",
                order.bypass_at_start,
                order.exclusion_at_first_death,
            )
        )
    if strategy.gifts:
        found.append(
            WhyReason(
                f"Yearly gifts move {usd(order.figures['gifts_total'] or Decimal(0))} to {survivor}"
                " free of gift tax and use room in the survivor's own exclusion",
                "IRC 2523(i)",
                order.figures["gifts_total"],
                None,
            )
        )
    if strategy.qdot and order.qdot_at_start:
        found.append(
            WhyReason(
                f"The QDOT puts off the tax on the rest until {survivor} dies",
                "IRC 2056A",
                order.qdot_at_start,
                None,
            )
        )
    if strategy.naturalization:
        found.append(
            WhyReason(
                f"{survivor} as a US citizen has the unlimited marital deduction; no QDOT is needed",
                "IRC 2056(d)(4)",
                order.first_estate,
                order.exclusion_at_first_death,
            )
        )
    if strategy.id == "outright":
        found.append(
            WhyReason(
                "Nothing that could be arranged leaves the family more by a margin that matters",
                "IRC 2001, 2010",
                order.first_estate,
                order.exclusion_at_first_death,
            )
        )
    return found


def why_not(option: Option, first: Option, ranking_order: Spouse, couple: Couple) -> WhyNot:
    """Return why `option` does not come first: the inputs that decide and the difference in family wealth."""
    if option.status == "not_available":
        return WhyNot(option.reasons[0].text if option.reasons else "Not open to this couple", None)
    order, best = option.order(ranking_order), first.order(ranking_order)
    if order.family_wealth is None or best.family_wealth is None:
        return WhyNot("It waits for facts: " + ", ".join(option.missing), None)
    difference = order.family_wealth - best.family_wealth
    text = _deciding_inputs(BY_ID[option.strategy], BY_ID[first.strategy], order, couple)
    if option.status == "needs_facts":
        text = f"It waits for a fact, so it is not ranked. {text}"
    elif difference > 0:
        text = f"It leaves a little more, within the tolerance, and is less simple. {text}"
    return WhyNot(text, difference)


def _deciding_inputs(strategy: Strategy, first: Strategy, order: OrderResult, couple: Couple) -> str:
    """Return the two or three inputs that decide against `strategy`."""
    decedent, survivor = couple.person(order.first_to_die).name, couple.person(other(order.first_to_die)).name
    exclusion = order.exclusion_at_first_death or Decimal(0)
    if strategy.qdot and not strategy.credit_shelter:
        grown = f", {usd(order.qdot_at_end)} by the second death," if order.qdot_at_end else ""
        return (
            f"{decedent}'s exclusion freezes at {usd(exclusion)} in {order.first_death_year},"
            f" while everything inside the QDOT{grown} keeps growing and is taxed at the end"
        )
    if strategy.naturalization and not strategy.credit_shelter:
        return f"{decedent}'s unused exclusion passes to {survivor} frozen; without a bypass trust its growth is taxed"
    if strategy.naturalization:
        return f"It rests on {survivor} becoming a citizen before the return is made"
    if strategy.credit_shelter and not strategy.gifts and first.gifts:
        return f"It works without gifts, but leaves room in {survivor}'s own exclusion unused"
    if strategy.credit_shelter:
        return "It is more to set up and run for what it adds"
    if strategy.gifts:
        return "The gifts lower the tax at the first death, and with it the credit for that tax at the second death"
    tax = order.figures["tax_at_first_death"] or Decimal(0)
    return f"{usd(tax)} falls due at {decedent}'s death, and what is left grows into {survivor}'s estate"


def actions(strategy: Strategy, couple: Couple, assumptions: Assumptions, law: Law, as_of: date) -> list[Action]:
    """Return what has to be done for the strategy, with dates where they follow from the law."""
    found: list[Action] = []
    donor = assumptions.gift_donor
    donee = couple.person(other(donor)).name
    if strategy.gifts:
        limit = law[NONCITIZEN_SPOUSE_ANNUAL_EXCLUSION].amount
        found.append(
            Action(
                f"Give {donee} up to {usd(limit)} for {as_of.year}, outright and in {donee}'s name alone",
                date(as_of.year, 12, 31),
                donor,
                ("IRC 2523(i)(2)", "Treas. Reg. 25.2523(i)-1(c)"),
            )
        )
        found.append(
            Action(
                f"Give again each January, up to that year's exclusion; {assumptions.gift_years} gifts in all",
                date(as_of.year + 1, 1, 31),
                donor,
                ("IRC 2503(b)", "IRC 2523(i)(2)"),
            )
        )
        found.append(
            Action("Choose what to give: cash and assets with a high cost first", None, "firm", ("IRC 1015(a)",))
        )
    if strategy.credit_shelter:
        share = assumptions.bypass_percent
        size = "up to" if share == WHOLE else f"of {plain(share)}% of"
        found.append(
            Action(f"Sign wills with a bypass trust {size} the exclusion that is left", None, "both", ("IRC 2010(c)",))
        )
    if strategy.qdot:
        found.append(
            Action(
                "Sign wills with a QDOT that meets the trustee, withholding and security rules",
                None,
                "both",
                ("IRC 2056A(a)", "Treas. Reg. 20.2056A-2"),
            )
        )
        if couple.us_trustee_available is not True:
            found.append(
                Action(
                    "Find a trustee who is a US citizen or a US company;"
                    " above $2,000,000 a US bank, a bond or a letter of credit",
                    None,
                    "both",
                    ("IRC 2056A(a)(1)(A)", "Treas. Reg. 20.2056A-2(d)(1)(i)"),
                )
            )
    if strategy.naturalization:
        spouse = other(assumptions.ranking_order)
        found.append(
            Action(
                f"{couple.person(spouse).name}: speak with an immigration lawyer about the way to citizenship",
                None,
                spouse,
                ("IRC 2056(d)(4)",),
            )
        )
        found.append(
            Action(
                "Keep a QDOT clause in the wills in case citizenship comes too late", None, "firm", ("IRC 2056A(a)",)
            )
        )
    if strategy.id == "outright":
        found.append(Action("Look again once a year: new amounts, new law, any change in your lives", None, "firm"))
    return found


def non_tax_points(strategy: Strategy) -> list[str]:
    """Return what is listed beside the figures and not scored."""
    found: list[str] = []
    if strategy.gifts:
        found += [
            "A gift is final: the recipient owns it, also after a divorce and against the giver's wishes.",
            "Given assets keep the giver's cost for income tax; the step-up at the giver's death is lost.",
        ]
    if strategy.qdot:
        found += [
            "A US trustee must be in office at all times; trustee and security cost money every year.",
            "The survivor has the income; principal is taxed when it is paid out, except for hardship.",
        ]
    if strategy.credit_shelter:
        found.append("The survivor does not own the bypass trust; its terms say what can be paid out.")
    if strategy.naturalization:
        found += [
            "Citizenship is a personal decision with effects outside tax, at home and abroad.",
            "A US citizen is taxed on worldwide income and estate for life, wherever the home is.",
        ]
    if strategy.id == "outright":
        found.append("The survivor owns everything and decides alone.")
    return found
