"""What the rules of gifts ask, in words: the question, the paper and the authority of each, for its finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from planning.engine.finding import Finding, Severity, State


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule as a question, with where it shows up, its authority and what the attorney is asked."""

    test: str
    citations: tuple[str, ...]
    severity: Severity = "note"
    form: str = "Form 709"
    questions: tuple[str, ...] = ()


ASKED: Mapping[str, Asked] = {
    "GFT-01": Asked(
        "Is the deduction lost because the spouse is not a US citizen on the day of the gift?",
        ("IRC 2523(i)(1)", "Treas. Reg. 25.2523(i)-1(a)"),
        "warn",
    ),
    "GFT-02": Asked("Does the marital deduction cover the gift to a US citizen?", ("IRC 2523(a)",)),
    "GFT-03": Asked(
        "Does the larger yearly exclusion apply?", ("IRC 2523(i)(2)", "IRC 2503(b)", "Treas. Reg. 25.2503-2(f)(1)")
    ),
    "GFT-04": Asked(
        "Would the form have earned the marital deduction but for citizenship?",
        ("IRC 2523(i)(2)", "Treas. Reg. 25.2503-2(f)(2)"),
        "warn",
    ),
    "GFT-05": Asked(
        "Is only the spouse's income interest in the trust excluded?",
        ("IRC 2523(e)", "IRC 7520", "Treas. Reg. 25.2523(i)-1(d) example 3"),
        "warn",
    ),
    "GFT-06": Asked(
        "Is the trust in a form that a spouse who is not a citizen cannot use?",
        ("IRC 2523(f)", "Treas. Reg. 25.2523(i)-1(d) example 4"),
        "warn",
    ),
    "GFT-07": Asked(
        "Is it a future interest, without any exclusion?", ("IRC 2503(b)(1)", "Treas. Reg. 25.2503-3"), "warn"
    ),
    "GFT-08": Asked(
        "Does the gift pass the exclusion, so that it uses up the donor's own?", ("IRC 2502", "IRC 2505"), "warn"
    ),
    "GFT-09": Asked(
        "Is it tuition or medical care paid straight to the provider?",
        ("IRC 2503(e)", "Treas. Reg. 25.2503-6"),
        questions=("Who was paid, and for what?",),
    ),
    "GFT-10": Asked(
        "Does the survivor annuity keep the deduction whatever the citizenship?",
        ("IRC 2523(f)(6)", "IRC 2523(i)", "Treas. Reg. 25.2523(i)-1(b)"),
    ),
    "GFT-11": Asked(
        "Was putting real property in both names no gift?",
        ("IRC 2523(i)(3)", "Treas. Reg. 25.2523(i)-2(b)(1)"),
        questions=("Which papers show what each spouse paid?",),
    ),
    "GFT-12": Asked(
        "Does ending the tenancy make a gift?",
        ("Treas. Reg. 25.2523(i)-2(b)(2)", "Treas. Reg. 25.2515-3"),
        "warn",
        questions=("Can the proceeds be divided as they were paid for, or be reinvested in both names?",),
    ),
    "GFT-13": Asked(
        "Was the tenancy created under older law?",
        ("Treas. Reg. 25.2523(i)-2(b)-(c)", "Treas. Reg. 25.2515-1(a)-(b)"),
        "warn",
        questions=("When was the tenancy created, and was an election under old section 2515(c) filed?",),
    ),
    "GFT-14": Asked(
        "Is registering the property in both names a gift?", ("Treas. Reg. 25.2511-1(h)(5)", "IRC 2523(d)"), "warn"
    ),
    "GFT-15": Asked(
        "Is it the withdrawal from the joint account that is the gift?",
        ("Treas. Reg. 25.2511-1(h)(4)", "Rev. Rul. 69-148"),
    ),
    "GFT-17": Asked(
        "Does a change between separate and community property give something away?",
        ("IRC 2511(a)", "Treas. Reg. 25.2511-1(e)", "Damner v. Commissioner, 3 T.C. 638"),
        "warn",
        questions=("Does the change have the form the state's law asks for?",),
    ),
    "GFT-18": Asked("Is it support or a settlement on divorce, and so no gift?", ("IRC 2516", "Treas. Reg. 25.2512-8")),
    "GFT-19": Asked(
        "Are gifts to others split between the spouses?",
        ("IRC 2513", "Treas. Reg. 25.2513-1"),
        questions=("Do both consent for all gifts to others of the year?",),
    ),
    "GFT-20": Asked(
        "Is the donor a nonresident noncitizen, taxed only on land and things in the United States?",
        ("IRC 2501(a)(2)", "IRC 2511(a)-(b)", "Treas. Reg. 25.2511-3"),
        "warn",
        "Form 709-NA",
        ("Is the donor an expatriate of section 877(b)?",),
    ),
    "GFT-21": Asked(
        "Is there no credit against the gift tax?",
        ("IRC 2505(a)", "IRC 2502(a)"),
        "warn",
        "Form 709-NA",
        ("Can money go from an account abroad to an account abroad?",),
    ),
    "GFT-22": Asked(
        "Is the donor domiciled in a State or the District of Columbia?",
        ("Treas. Reg. 25.2501-1(b)-(d)", "IRC 2501(b)-(c)"),
        "warn",
        questions=("Where did the donor live, and with what intention to stay or to leave?",),
    ),
    "GFT-23": Asked("Is a gift tax return needed?", ("IRC 6019", "IRC 2503(b), (e)"), "warn"),
    "GFT-24": Asked(
        "When is the return due?", ("IRC 6075(b)", "Treas. Reg. 25.6075-1", "Treas. Reg. 25.6081-1"), "warn"
    ),
    "GFT-25": Asked(
        "Can the tax on the gift still be assessed at any time?",
        ("IRC 6501(c)(9)", "IRC 2504(c)", "Treas. Reg. 301.6501(c)-1(f)"),
        "warn",
        questions=("Does the return describe the property, the parties, and how it was valued?",),
    ),
    "GFT-34": Asked(
        "Must the donee report gifts from abroad?", ("IRC 6039F", "Notice 97-34 sec. VI.B"), "warn", "Form 3520"
    ),
    "GFT-35": Asked(
        "May the donee owe tax on a gift from a covered expatriate?",
        ("IRC 2801", "T.D. 10027"),
        "warn",
        "Form 708",
        ("Is the donor a covered expatriate, and did the donor report the gift in time?",),
    ),
    "GFT-38": Asked(
        "Could the trust for the spouse come back into an estate?",
        ("IRC 2036", "IRC 2041(b)(1)(A)", "US v. Estate of Grace, 395 U.S. 316 (1969)"),
        "warn",
        questions=(
            "Who is trustee, and by what standard?",
            "Is there a trust of the other spouse that mirrors it?",
            "What if the spouses divorce or the spouse leaves the United States?",
        ),
    ),
    "GFT-39": Asked(
        "Is the insurance clear of the insured's estate, and are premiums excluded?",
        ("IRC 2035(a)", "IRC 2042", "IRC 2503(b)", "IRC 2514(e)"),
        "warn",
        questions=("Did the holders know of their rights in time to use them?",),
    ),
    "GFT-40": Asked(
        "How large can a credit shelter trust be?", ("IRC 2010(c)", "IRC 2041(b)", "IRC 2056A(a)(3)"), form="Form 706"
    ),
    "GFT-42": Asked(
        "May the survivor disclaim property held in both names?",
        ("IRC 2518(b)", "Treas. Reg. 25.2518-2(c)(4)"),
        "warn",
        "Form 706",
        ("Has the survivor accepted anything?", "Who takes what is disclaimed?"),
    ),
    "GFT-43": Asked(
        "Is a loan below the market rate a gift?",
        ("IRC 7872", "IRC 2511"),
        "warn",
        questions=("Is there a note with interest at the applicable federal rate, and is it paid?",),
    ),
    "GFT-44": Asked(
        "Does naturalization in the year divide its gifts?",
        ("IRC 2523(a), (i)", "Treas. Reg. 25.2523(i)-1(a), (d) example 5"),
    ),
    "GFT-45": Asked(
        "On which day did the donor give up dominion and control?",
        ("Treas. Reg. 25.2511-2(b)-(h)", "Rev. Rul. 96-56"),
    ),
    "GFT-46": Asked(
        "Does a state look at taxable gifts?",
        ("State law",),
        "warn",
        "State return",
        ("Which state's law governs the gift?",),
    ),
    "GFT-47": Asked(
        "May a treaty change the result?",
        ("Estate and gift tax treaty",),
        "warn",
        "Form 8833",
        ("Does the treaty give the gift a relief of its own?",),
    ),
    "GFT-48": Asked(
        "Should GST exemption be allocated to the gift?",
        ("IRC 2642(c)", "IRC 2651(c)(1)"),
        "warn",
        questions=("Is exemption allocated, or the automatic rule opted out of?",),
    ),
    "GFT-50": Asked("Is half of the gift made by each spouse?", ("IRC 2511(a)", "Form 709 instructions")),
}


def gift_finding(
    rule: str,
    state: State,
    text: str,
    *,
    measured: Decimal | str | None = None,
    threshold: Decimal | str | None = None,
    missing: tuple[str, ...] = (),
) -> Finding:
    """Return the finding of `rule` with its question and authority; `measured` stands against `threshold`."""
    asked = ASKED[rule]
    return Finding(
        rule=rule,
        state=state,
        severity=asked.severity,
        test=asked.test,
        text=text,
        citations=asked.citations,
        measured=measured,
        threshold=threshold,
        form=asked.form,
        questions=asked.questions if state != "not_fired" else (),
        missing=missing,
    )


def told(holds: bool | None) -> State:  # noqa: FBT001 - the one thing it is about
    """Return the state of a test from its answer; None: a deciding fact is not known."""
    if holds is None:
        return "undecided"
    return "fired" if holds else "not_fired"
