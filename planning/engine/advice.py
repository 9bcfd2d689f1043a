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
from planning.engine.projection.insurance_trust import new_policy, own_policies
from planning.engine.results import Action, Option, OrderResult, Reason, WhyNot, WhyReason
from planning.engine.rules.s2035_three_years import three_years_over
from planning.engine.strategies.catalogue import BY_ID, Strategy, strategy_of
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


def insurance_words(order: OrderResult) -> str:
    """Return what an insurance trust costs and holds, in one sentence without its end."""
    held, premiums = (order.figures[name] or Decimal(0) for name in ("insurance_trust", "insurance_premiums"))
    cost = f", for premiums of {usd(premiums)}" if premiums else ""
    return f"The insurance trust holds {usd(held)} in the end, in neither estate{cost}"


def insurance_reasons(strategy: Strategy, order: OrderResult) -> list[Reason]:
    """Return what an insurance trust adds, to what, and how it is counted."""
    found = [
        Reason("added_to", f"Added to what comes first without it: {BY_ID[strategy.base or 'outright'].title}"),
        Reason("insurance_trust", insurance_words(order), ("IRC 2042", "IRC 2035(a)", "IRC 101(a)")),
    ]
    if order.figures["insurance_taxable_gifts"]:
        found.append(
            Reason(
                "taxable_gifts_to_trust",
                f"{usd(order.figures['insurance_taxable_gifts'])} of what is put in is covered by no right of"
                " withdrawal: taxable gifts, which use exclusion",
                ("IRC 2503(b)", "IRC 2001(b)"),
            )
        )
    text = (
        "Its money is held for the family and grows as a bypass trust would; none of it is counted on for the"
        " survivor's spending"
    )
    return [*found, Reason("not_for_the_survivor", text)]


def option_reasons(strategy: Strategy, couple: Couple, order: OrderResult) -> list[Reason]:
    """Return what the strategy does for this couple in the order that ranks."""
    donor, survivor = couple.person(order.first_to_die).name, couple.person(other(order.first_to_die)).name
    found: list[Reason] = insurance_reasons(strategy, order) if strategy.insurance_trust else []
    if "outright" in (strategy.id, strategy.base):
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
    strategy = strategy_of(option.strategy, option.base)
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
    if strategy.insurance_trust:
        found.append(WhyReason(insurance_words(order), "IRC 2042, 2035(a)", order.figures["insurance_trust"], None))
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
    leading = strategy_of(first.strategy, first.base)
    text = _deciding_inputs(strategy_of(option.strategy, option.base), leading, order, couple)
    if option.status == "needs_facts":
        text = f"It waits for a fact, so it is not ranked. {text}"
    elif difference > 0:
        text = f"It leaves a little more, within the tolerance, and is less simple. {text}"
    return WhyNot(text, difference)


def _deciding_inputs(strategy: Strategy, first: Strategy, order: OrderResult, couple: Couple) -> str:
    """Return the two or three inputs that decide against `strategy`."""
    decedent, survivor = couple.person(order.first_to_die).name, couple.person(other(order.first_to_die)).name
    exclusion = order.exclusion_at_first_death or Decimal(0)
    if strategy.insurance_trust:
        return insurance_words(order)
    if strategy.id == first.base:
        return "It is the same without the insurance trust: what the policies pay is taxed, or is not there"
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


def insurance_actions(couple: Couple, assumptions: Assumptions, as_of: date, gift_return: date) -> list[Action]:
    """Return what has to be done for an insurance trust, with dates where they follow from the law."""
    found = [
        Action(
            "Draw up an irrevocable insurance trust: no spouse whose life is insured is trustee or keeps a right in it;"
            " proceeds that an estate includes after all go where that will sends the spouse's share",
            None,
            "firm",
            ("IRC 2042", "IRC 2036", "IRC 2038"),
        )
    ]
    policies = own_policies(couple)
    if policies:
        names = ", ".join(policy.asset.name for policy in policies)
        over = three_years_over(as_of)
        found += [
            Action(
                f"Give the policies to the trust on the insurers' forms, with Form 712 for their value: {names}",
                None,
                "both",
                ("IRC 2035(a)", "Treas. Reg. 25.2512-6"),
            ),
            Action(
                f"Until {over.isoformat()}, three years from a gift on the day of this plan, the proceeds come back"
                " into the estate if the insured dies",
                over,
                "firm",
                ("IRC 2035(a)", "IRC 2042"),
            ),
        ]
    if new_policy(assumptions) is not None:
        found.append(
            Action(
                "Let the trustee apply for, own and pay the new policy from the start: then no three years run",
                None,
                "firm",
                ("IRC 2035(a)", "IRC 2042(2)"),
            )
        )
    holders = assumptions.insurance_trust_beneficiaries
    if holders:
        found.append(
            Action(
                f"Before each premium is paid: money to the trust, and a written notice of the right to withdraw to"
                f" each of the {holders} beneficiaries, with time to use it",
                date(as_of.year, 12, 31),
                "firm",
                ("IRC 2503(b)", "IRC 2514(e)"),
            )
        )
    found.append(
        Action(
            "File Form 709 for what no right of withdrawal covers, and allocate GST exemption if grandchildren may"
            " take: the annual exclusion does not shield such a trust from the GST tax",
            gift_return,
            "firm",
            ("IRC 6019", "IRC 2642(c)(2)", "IRC 2632"),
        )
    )
    return found


def actions(
    strategy: Strategy, couple: Couple, assumptions: Assumptions, law: Law, as_of: date, gift_return: date
) -> list[Action]:
    """Return what has to be done for the strategy, with dates where they follow from the law.

    `gift_return` is the day on which Form 709 for this year's gifts is due.
    """
    found: list[Action] = insurance_actions(couple, assumptions, as_of, gift_return) if strategy.insurance_trust else []
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
    if "outright" in (strategy.id, strategy.base):
        found.append(Action("Look again once a year: new amounts, new law, any change in your lives", None, "firm"))
    return found


def non_tax_points(strategy: Strategy) -> list[str]:
    """Return what is listed beside the figures and not scored."""
    found: list[str] = []
    if strategy.insurance_trust:
        found += [
            "The trust cannot be changed; whoever gave a policy can no longer borrow on it or say who takes.",
            "The survivor may be a beneficiary at the trustee's discretion, without a QDOT, but has no claim.",
            "Policy and premium have to be kept up for life; a lapsed policy leaves nothing.",
        ]
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
    if "outright" in (strategy.id, strategy.base):
        found.append("The survivor owns everything and decides alone.")
    return found
