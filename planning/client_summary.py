"""The clients' summary: chooses the words and the stored figures of the paper. Computes no tax.

Both spouses read this paper. It takes the plan's result only, never the facts,
and of the engine's sentences none that could repeat a private answer: reasons,
immigration, earlier marriages, wishes about the will.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from planning.models import NONE_NEEDED, AttorneyDecision, Plan
from planning.pictures import ACCENT, NATURALIZATIONS, Picture, family_keeps
from planning.reading import SPOUSES, Reading, parts_of
from planning.templatetags.plan_words import about
from qdot_site.templatetags.money import client_date, percent, usd

LAST_OFFICIAL = "official"
# Differences below this are called "about as much" in words, USD.
SMALL = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of choices; amounts as stored."""

    title: str
    small: str
    tax_first: str | None
    survivor_has: str | None
    qdot_tax: str | None
    tax_second: str | None
    state_tax: str | None
    keeps: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: when, what, who."""

    when: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class LawRow:
    """An amount of the law with its year and whether it is law or our projection."""

    label: str
    amount: str
    is_projected: bool


@dataclass(slots=True)
class Summary:
    """Everything the template prints."""

    plan: Plan
    reading: Reading
    chosen: str
    order: str
    decision: AttorneyDecision | None
    parts: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look the chosen arrangement's building blocks up."""
        self.parts = parts_of(self.chosen, self.reading.base(self.chosen))

    # -- who ---------------------------------------------------------------------

    @property
    def first(self) -> str:
        """The spouse who dies first in the order that ranks."""
        return self.reading.short_name(self.order)

    @property
    def survivor(self) -> str:
        """The other one."""
        return self.reading.short_name(other(self.order))

    @property
    def full_names(self) -> list[str]:
        """Both full names, a before b."""
        return [self.reading.name(spouse) for spouse in SPOUSES]

    @property
    def survivor_is_citizen(self) -> bool:
        """Whether the survivor of the order that ranks is a US citizen."""
        return self.reading.is_citizen(other(self.order)) is True

    @property
    def first_is_citizen(self) -> bool:
        """Whether the first to die is a US citizen."""
        return self.reading.is_citizen(self.order) is True

    @property
    def noncitizens(self) -> list[str]:
        """Short names of the spouses who are not known to be US citizens."""
        return [self.reading.short_name(s) for s in SPOUSES if self.reading.is_citizen(s) is not True]

    @property
    def unconfirmed(self) -> list[str]:
        """Short names of the spouses whose citizenship nobody confirmed."""
        return [self.reading.short_name(s) for s in SPOUSES if self.reading.is_citizen(s) is None]

    @property
    def qdot_for(self) -> str:
        """The spouse a QDOT would be for: the survivor, or the only one who is not a citizen."""
        return self.survivor if not self.survivor_is_citizen or not self.noncitizens else self.noncitizens[0]

    @property
    def qdot_from(self) -> str:
        """The spouse whose estate would fund the QDOT."""
        return self.first if self.qdot_for == self.survivor else self.survivor

    @property
    def donor_slot(self) -> str:
        """Who gives in the gift strategies, as the engine's actions say; else the spouse who is a citizen."""
        option = self.reading.option("lifetime_gifts")
        for action in option["actions"] if option is not None else ():
            if action["who"] in SPOUSES:
                return str(action["who"])
        return next((spouse for spouse in SPOUSES if self.reading.is_citizen(spouse) is True), self.order)

    @property
    def donor(self) -> str:
        """The giver's short name."""
        return self.reading.short_name(self.donor_slot)

    @property
    def donee(self) -> str:
        """The short name of the spouse who receives the gifts."""
        return self.reading.short_name(other(self.donor_slot))

    # -- what was chosen ---------------------------------------------------------

    @property
    def real(self) -> str:
        """The strategy whose figures are printed; nothing needed prints those of nothing arranged."""
        return "outright" if self.chosen == NONE_NEEDED else self.chosen

    @property
    def is_none_needed(self) -> bool:
        """Whether no tax is due without any of it."""
        return self.chosen == NONE_NEEDED

    @property
    def is_outright(self) -> bool:
        """Whether the choice is to arrange nothing."""
        return self.real == "outright"

    @property
    def has_trusts(self) -> bool:
        """Whether the choice sets up a trust."""
        return self.parts["credit_shelter"] or self.parts["qdot"]

    @property
    def is_ranked_first(self) -> bool:
        """Whether the choice is the one the comparison put first."""
        return bool(self.chosen == self.reading.recommendation["strategy"])

    @property
    def reason(self) -> str:
        """The attorney's own words about the choice."""
        return self.decision.reason if self.decision is not None else ""

    @property
    def sentence(self) -> str:
        """The one sentence of the paper."""
        if self.is_none_needed:
            if self.states_counted:
                return _(
                    "Under the law we looked at, your family would owe no federal or state estate tax. You need no "
                    "special plan now."
                )
            return _(
                "Under the law we looked at, your family would owe no federal estate tax. You need no special plan now."
            )
        if self.is_outright:
            return _("We propose to leave things as they are: each of you leaves everything to the other directly.")
        what, more = _what(self), self.figure("against_outright")
        if more is None or abs(Decimal(more)) < SMALL:
            return _("%(what)s would leave your family about as much as no plan.") % {"what": what}
        words = {"what": what, "amount": about(more)}
        if Decimal(more) > 0:
            return _("%(what)s would leave your family about %(amount)s more than no plan.") % words
        return _("%(what)s would leave your family about %(amount)s less than no plan. The reasons are below.") % words

    @property
    def state_takes_at_first_death(self) -> bool:
        """Whether a state takes part at the first death in the arrangement shown, or may: where it is not counted."""
        tax = self.figure("state_tax_at_first_death")
        return tax is None or Decimal(tax) > 0

    @property
    def states_counted(self) -> bool:
        """Whether the states' taxes are in the figures."""
        return self.figure("state_tax", "outright") is not None

    def figure(self, name: str, strategy: str | None = None) -> str | None:
        """Return a stored figure in the order that ranks."""
        return self.reading.figure(strategy or self.real, self.order, name)

    @property
    def tax_without_plan(self) -> str | None:
        """Tax at the first death with nothing arranged, where there is some."""
        tax = self.figure("tax_at_first_death", "outright")
        return tax if tax is not None and Decimal(tax) > 0 else None

    @property
    def gifts_alone(self) -> str | None:
        """What yearly gifts alone leave against no plan."""
        return self.figure("against_outright", "lifetime_gifts") if self._is_open("lifetime_gifts") else None

    @property
    def citizenship(self) -> str | None:
        """What citizenship in time would leave against no plan, where it was worked out."""
        found = [self.figure("against_outright", name) for name in NATURALIZATIONS]
        return next((amount for amount in found if amount is not None), None)

    @property
    def gifts_alone_more(self) -> bool:
        """Whether yearly gifts alone leave at least as much as no plan."""
        return self.gifts_alone is not None and Decimal(self.gifts_alone) >= 0

    @property
    def citizenship_more(self) -> bool:
        """Whether citizenship in time would leave noticeably more than no plan."""
        return self.citizenship is not None and Decimal(self.citizenship) >= SMALL

    @property
    def keeps_words(self) -> str:
        """What the family keeps with the choice, in words."""
        return about(self.figure("family_wealth"))

    def _is_open(self, strategy: str) -> bool:
        option = self.reading.option(strategy)
        return option is not None and option["status"] == "available"

    # -- the years ---------------------------------------------------------------

    @property
    def years(self) -> tuple[int, int] | None:
        """The assumed years of the two deaths."""
        return self.reading.years(self.order)

    @property
    def together(self) -> str | None:
        """What the couple has together today, as stored for the picture."""
        found = self.reading.order(self.real, self.order)
        path = found["path"] if found is not None else ()
        return next((point["family_wealth"] for point in path if point["both_alive"]), None)

    @property
    def day(self) -> date:
        """The date of the paper: the sign-off, or the day of the computation for a draft."""
        return timezone.localtime(self.plan.signed_off_at or self.plan.computed_at).date()

    @property
    def other_order_line(self) -> str:
        """What comes of the choice if the deaths come the other way round."""
        survivor_then = self.reading.is_citizen(self.order) is True
        if survivor_then:
            return _(
                "Then no QDOT is needed, because %(first)s is a US citizen. What %(survivor)s leaves to %(first)s "
                "is not taxed at that time. Your new wills cover this too."
            ) % {"first": self.first, "survivor": self.survivor}
        return _(
            "Then the same rules apply the other way round: what %(survivor)s leaves to %(first)s directly can be "
            "taxed at once, and a QDOT for %(first)s can put that tax off. Your new wills cover this too."
        ) % {"first": self.first, "survivor": self.survivor}

    # -- tables ------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        """The choices side by side: the chosen one first, then by what the family keeps; citizenship stays apart."""
        # A treaty that no attorney has confirmed is no choice to show.
        found = [o for o in self.reading.ranked(self.order) if o["strategy"] != "treaty" or self.treaty_counts]
        chosen = [option for option in found if option["strategy"] == self.real]
        rest = [option for option in found if option["strategy"] != self.real]
        rest.sort(key=lambda option: -Decimal(self.figure("family_wealth", option["strategy"]) or 0))
        rows = [self._row(option["strategy"]) for option in [*chosen, *rest]]
        listed = {option["strategy"] for option in found}
        waiting = next(
            (name for name in NATURALIZATIONS if name not in listed and self.reading.order(name, self.order)), None
        )
        return [*rows, self._row(waiting)] if waiting is not None else rows

    @property
    def treaty_counts(self) -> bool:
        """Whether the attorney chose or confirmed the treaty's relief."""
        return self.parts["treaty"] or self.reading.assumption("treaty_confirmed") == "yes"

    def _row(self, strategy: str) -> Row:
        title, small = _choice_words(strategy, self)
        is_chosen = strategy == self.real
        return Row(
            title,
            _("what we propose") if is_chosen else small,
            self.figure("tax_at_first_death", strategy),
            self.figure("survivor_resources", strategy),
            self.figure("qdot_tax", strategy),
            self.figure("tax_at_second_death", strategy),
            self.figure("state_tax", strategy),
            self.figure("family_wealth", strategy),
            is_chosen,
        )

    @property
    def steps(self) -> list[Step]:
        """What to do, dated steps first."""
        dated = self._gift_steps() if self.parts["gifts"] else []
        soon = _("Next")
        if self.has_trusts:
            named = [
                _("the family trust") if self.parts["credit_shelter"] else "",
                _("the QDOT") if self.parts["qdot"] or self.noncitizens else "",
            ]
            trusts = _(" and ").join(word for word in named if word)
            dated.append(
                Step(
                    soon,
                    _("Sign new wills at our office, with %(trusts)s in them.") % {"trusts": trusts},
                    _("Both of you"),
                )
            )
        if self.parts["qdot"]:
            dated.append(
                Step(
                    soon,
                    _("Choose a trustee in the United States: a US citizen or a US bank."),
                    _("Both of you, with us"),
                )
            )
        if self.parts["naturalization"]:
            dated.append(
                Step(
                    soon, _("Talk to an immigration lawyer about the way to citizenship and its timing."), self.survivor
                )
            )
            if not self.has_trusts:
                dated.append(
                    Step(
                        soon,
                        _("Sign new wills that keep a QDOT in place, in case citizenship comes too late."),
                        _("Both of you"),
                    )
                )
        dated.append(
            Step(
                _("Once a year"),
                _("A short check with us: new law, new amounts, any change in your lives."),
                _("Both of you, with us"),
            )
        )
        return dated

    def _gift_steps(self) -> list[Step]:
        words = {"donee": self.donee, "amount": "", "count": ""}
        year = date.fromisoformat(self.reading.result["as_of"]).year
        limit = self._law("noncitizen_spouse_annual_exclusion", year)
        words["amount"] = usd(limit["amount"]) if limit else ""
        words["count"] = self._assumption("gift_years") or ""
        option = self.reading.option(self.real)
        dates = [action["by"] for action in option["actions"] if action["by"]] if option is not None else []
        says = [
            _("First gift: up to %(amount)s to %(donee)s, for %(donee)s alone to own and use.") % words,
            _("Then one gift each January, %(count)s in all. We tell you each year’s amount.") % words,
        ]
        steps = [Step(client_date(day), text, self.donor) for day, text in zip(dates, says, strict=False)]
        for deadline in self.reading.result["deadlines"]:
            if not deadline["assumed"]:
                what = _("Gift tax return, only if the gifts of the year before are more than the yearly amount.")
                steps.append(Step(client_date(deadline["due"]), what, _("Our office")))
        return steps

    @property
    def still_needed(self) -> list[str]:
        """Open questions in words that repeat nobody's private answer."""
        found = [_question(fact["fact"], self) for fact in self.reading.result["missing"]]
        return list(dict.fromkeys(question for question in found if question))

    @property
    def assumed(self) -> list[tuple[str, str]]:
        """What was assumed, in plain words; private wishes and earlier marriages are left out."""
        years = self.years
        rows = [
            (_("Growth of what you own, each year, after costs"), _percent(self._assumption("growth"))),
            (_("Growth of the law’s amounts with prices, each year"), _percent(self._assumption("indexing"))),
        ]
        if years is not None:
            rows.append((_("Year in which %(name)s dies") % {"name": self.first}, str(years[0])))
            rows.append((_("Year in which %(name)s dies") % {"name": self.survivor}, str(years[1])))
        if self.noncitizens:
            rows.append(
                (_("Income a QDOT pays out each year, of its value"), _percent(self._assumption("qdot_income_yield")))
            )
            rows.append((_("Cost of a QDOT each year, of its value"), _percent(self._assumption("qdot_yearly_cost"))))
        if self.parts["gifts"]:
            rows.append((_("Number of yearly gifts"), self._assumption("gift_years") or ""))
        spending = self._assumption("survivor_spending")
        rows.append(
            (
                _("What the one of you who lives longer spends each year"),
                usd(spending) if spending else _("not known"),
            )
        )
        rows.append((_("Costs at each death"), usd(self._assumption("administration_expenses"))))
        if all(self._source(f"{s}.first_death_share_to_spouse") == "product default" for s in SPOUSES):
            rows.append((_("What each of you leaves to the other, as you have not said yet"), _("everything")))
        return [(label, value) for label, value in rows if value]

    @property
    def law_rows(self) -> list[LawRow]:
        """The amounts of the law that carry the result: today's and those of the assumed years."""
        year = date.fromisoformat(self.reading.result["as_of"]).year
        wanted = [
            ("basic_exclusion_amount", y, _("Tax-free amount of one person at death"))
            for y in (year, *(self.years or ()))
        ]
        if self.noncitizens:
            label = _("Tax-free gifts in a year to a husband or wife who is not a citizen")
            last = year + max(0, int(self._assumption("gift_years") or 1) - 1)
            wanted += [("noncitizen_spouse_annual_exclusion", y, label) for y in (year, last)]
        rows: list[LawRow] = []
        for name, of, label in dict.fromkeys(wanted):
            amount = self._law(name, of)
            if amount is not None:
                rows.append(LawRow(f"{label}, {of}", usd(amount["amount"]), amount["status"] != LAST_OFFICIAL))
        return rows

    @property
    def exclusion_today(self) -> str | None:
        """The tax-free amount of the plan's year."""
        return self._today("basic_exclusion_amount")

    @property
    def gift_limit_today(self) -> str | None:
        """The yearly amount for gifts to a spouse who is not a citizen, in the plan's year."""
        return self._today("noncitizen_spouse_annual_exclusion")

    @property
    def year(self) -> int:
        """The plan's year."""
        return date.fromisoformat(self.reading.result["as_of"]).year

    @property
    def limits(self) -> list[str]:
        """What this paper does not cover, from the plan's warnings in plain words."""
        words = _warning_words(self)
        codes = dict.fromkeys(warning["code"] for warning in self.reading.result["warnings"])
        return [words[code] for code in codes if code in words]

    def _today(self, name: str) -> str | None:
        amount = self._law(name, self.year)
        return None if amount is None else usd(amount["amount"])

    def _law(self, name: str, year: int) -> Mapping[str, Any] | None:
        amounts = self.reading.result["law"]["amounts"]
        return next((amount for amount in amounts if amount["name"] == name and amount["year"] == year), None)

    def _assumption(self, name: str) -> str | None:
        found = next((a for a in self.reading.result["assumptions"] if a["name"] == name), None)
        return None if found is None else found["value"]

    def _source(self, name: str) -> str | None:
        found = next((a for a in self.reading.result["assumptions"] if a["name"] == name), None)
        return None if found is None else found["source"]


def other(spouse: str) -> str:
    """Return the other spouse."""
    return "b" if spouse == "a" else "a"


def summary_of(plan: Plan) -> Summary:
    """Return what the clients' summary of a plan says; the plan must hold a choice."""
    decision = plan.decision
    reading = Reading(plan.result)
    chosen = decision.chosen_strategy if decision is not None else reading.recommendation["strategy"]
    if not chosen:
        message = "a plan without a choice has no summary"
        raise ValueError(message)
    return Summary(plan, reading, chosen, reading.ranking_order, decision)


def summary_html(plan: Plan) -> str:
    """Return the finished HTML of the clients' summary."""
    summary = summary_of(plan)
    firm = plan.matter.firm
    accent = accent_of(firm.accent_color)
    picture: Picture | None = family_keeps(summary.reading, chosen=summary.chosen, order=summary.order, accent=accent)
    context = {
        "s": summary,
        "plan": plan,
        "firm": firm,
        "accent": accent,
        "accent_wash": mixed(accent, 0.09),
        "picture": picture,
        "is_draft": not plan.is_frozen,
    }
    return render_to_string("documents/client_summary.html", context)


def accent_of(color: str) -> str:
    """Return the firm's colour, darkened until white text on it can be read (4.5 to 1)."""
    red, green, blue = _channels(color)
    for _step in range(40):
        if 1.05 / (_luminance(red, green, blue) + 0.05) >= 4.5:  # noqa: PLR2004 - WCAG's ratio
            break
        red, green, blue = red * 0.94, green * 0.94, blue * 0.94
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def mixed(color: str, share: float) -> str:
    """Return the colour thinned with white."""
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02x}" for channel in _channels(color))


def _channels(color: str) -> tuple[float, float, float]:
    plain = color if len(color) == 7 and color.startswith("#") else ACCENT  # noqa: PLR2004 - # and six digits
    try:
        return int(plain[1:3], 16), int(plain[3:5], 16), int(plain[5:7], 16)
    except ValueError:
        return _channels(ACCENT)


def _luminance(*channels: float) -> float:
    def linear(channel: float) -> float:
        value = channel / 255
        return float(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004

    red, green, blue = (linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _percent(value: str | None) -> str:
    return "" if value is None else percent(value)


def _what(s: Summary) -> str:
    """Return the arrangement as the subject of a sentence."""
    base = _base_words(s)
    if not s.parts["insurance_trust"]:
        return base
    if not base:
        return _("A trust that holds life insurance")
    return _("%(what)s, together with a trust that holds life insurance,") % {"what": base.rstrip(",")}


def _base_words(s: Summary) -> str:
    """Return the arrangement without an insurance trust; empty where there is nothing besides."""
    p = s.parts
    if not any(there for name, there in p.items() if name != "insurance_trust"):
        return ""
    names = {"donee": s.donee, "survivor": s.survivor}
    if p["naturalization"]:
        return (
            _("US citizenship for %(survivor)s in time, with a family trust,") % names
            if p["credit_shelter"]
            else _("US citizenship for %(survivor)s in time") % names
        )
    if p["treaty"]:
        return _("The relief of a tax treaty")
    trusts = p["credit_shelter"] + p["qdot"]
    if p["gifts"]:
        return (
            _("Yearly gifts to %(donee)s") % names,
            _("Yearly gifts to %(donee)s and a trust called a QDOT") % names,
            _("Yearly gifts to %(donee)s and two trusts") % names,
        )[trusts]
    return (
        _("Two trusts for %(survivor)s") % names
        if trusts > 1
        else _("A trust for %(survivor)s, called a QDOT,") % names
    )


def _choice_words(strategy: str, s: Summary) -> tuple[str, str]:
    """Return the name of a choice and what it means in small type."""
    names = {"survivor": s.survivor, "donee": s.donee}
    words = {
        "outright": (_("No plan"), _("all to %(survivor)s directly") % names),
        "qdot": (_("QDOT alone"), _("no gifts, no family trust")),
        "lifetime_gifts": (_("Yearly gifts"), _("the rest to %(survivor)s directly") % names),
        "gifts_and_qdot": (_("Yearly gifts and QDOT"), _("no family trust")),
        "credit_shelter_and_qdot": (_("Family trust and QDOT"), _("without the yearly gifts")),
        "gifts_credit_shelter_and_qdot": (_("Gifts, family trust and QDOT"), _("all three together")),
        "naturalization": (_("Citizenship"), _("only if %(survivor)s becomes a citizen in time") % names),
        "naturalization_and_credit_shelter": (
            _("Citizenship and family trust"),
            _("only if %(survivor)s becomes a citizen in time") % names,
        ),
        "treaty": (_("Tax treaty"), _("in place of a QDOT")),
        "life_insurance_trust": (_("Life insurance trust"), _("added to the arrangement that comes first without it")),
    }
    return words.get(strategy) or (s.reading.title(strategy), "")


def _question(fact: str, s: Summary) -> str:
    """Return an open fact as something the clients can answer; facts for the attorney alone give nothing."""
    owner, _dot, key = fact.rpartition(".")
    name = s.reading.short_name(owner) if owner in SPOUSES else ""
    words = {
        "citizenships": _("Which citizenships %(name)s has, with papers.") % {"name": name},
        "naturalization_intent": _("Whether %(name)s may become a US citizen, and when.") % {"name": name},
        "naturalization_expected_on": _("Whether %(name)s may become a US citizen, and when.") % {"name": name},
        "contribution_a": _("How much each of you paid for what you own together, with any papers that show it."),
        "survivor_spending": _("What the one of you who lives longer would need in a year."),
        "us_trustee_available": _("Who in the United States could be a trustee."),
        "first_death_share_to_spouse": _("What each of you wants to leave to the other, and to anyone else."),
    }
    return words.get(key, "")


def _warning_words(s: Summary) -> dict[str, str]:
    """Return the plain words of every warning the engine can give."""
    unsure = _(" and ").join(s.unconfirmed)
    return {
        "states_not_computed": _(
            "Taxes of your state at death are not worked out here. Some states have one; ask us about yours."
        ),
        "states_not_counted": _(
            "Taxes of your state at death are not worked out here. Some states have one; ask us about yours."
        ),
        "qdot_taxed_twice_abroad": _(
            "If %(survivor)s lives abroad for good when %(survivor)s dies, what a QDOT holds here can be taxed a second"
            " time."
        )
        % {"survivor": s.survivor},
        "inheritance_tax_not_counted": _(
            "Your state taxes what some heirs receive. That tax depends on who they are and is not counted here."
        ),
        "inheritance_tax_assumed": _(
            "Your state taxes what some heirs receive. We counted that tax for the heirs we were told of, all with the"
            " same share."
        ),
        "inheritance_rule_unverified": _(
            "One point of the tax of your state on what heirs receive is not settled. We will ask."
        ),
        "charitable_deduction_not_counted": _(
            "What goes to a charity can lower the federal tax. We have not counted that yet."
        ),
        "treaty_not_confirmed": _("A tax treaty may help. We look into it and have not counted on it."),
        "treaty_credit_not_counted": _("A tax treaty may help. We look into it and have not counted on it."),
        "state_answer_unverified": _(
            "How your state treats a QDOT for its own tax is not settled. We counted no deduction for it and will ask."
        ),
        "treaties_not_computed": _("Tax treaties with other countries are not worked out here."),
        "citizenship_unconfirmed": _(
            "We have not confirmed the citizenship of %(name)s and counted it as not a US citizenship."
        )
        % {"name": unsure},
        "projected_amounts": _("Amounts marked “projected” are our estimate of later years. They are not law yet."),
        "contribution_presumed": _(
            "Where no papers show who paid for what you own together, the law counts all of it for the one who dies "
            "first. So did we."
        ),
        "debt_not_known": _("Where a debt is not known, none was taken off."),
        "insurance_assumed_in_force": _("Life insurance is counted as kept up and paid out in today’s amount."),
        "insurance_given_within_three_years": _(
            "Life insurance given to a trust helps only if the insured person lives three years more. Here it was not"
            " counted as out of the estate."
        ),
        "insurance_gifts_pass_the_exclusion": _(
            "What goes into the life insurance trust may be more than the tax-free amount. We will look at this with"
            " you."
        ),
        "insurance_as_stated": _(
            "What a new life insurance policy costs and pays is what we were told. We did not test the policy."
        ),
        "dsue_of_noncitizen_survivor": _(
            "The law is not clear on one point: whether %(survivor)s, while not a citizen, could use what %(first)s "
            "leaves unused of the tax-free amount. We counted nothing for it."
        )
        % {"survivor": s.survivor, "first": s.first},
        "spending_not_covered": _("In some choices the yearly spending could not be paid in every year."),
        "survivor_spending_unknown": _(
            "The yearly spending is not known, so nothing is taken out of a QDOT before the end."
        ),
        "administration_expenses_open": _("The costs of settling an estate are not counted yet."),
    }
