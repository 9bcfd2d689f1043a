"""Every page and question of the intake for a couple with one spouse who is not a US citizen.

Words in braces are filled in where a page is shown: {spouse} is the other
spouse's first name, {contact} the person at the firm, {thing} the name of the
item, and {a_...}, {b_...} name spouse a and b as the reader calls them.
"""

from __future__ import annotations

from clients.intake.questions import (
    Flag,
    Kind,
    Option,
    Page,
    Question,
    Questionnaire,
    Scope,
    Section,
    When,
    _,
)

VERSION = "2026.2"

YES_NO = (Option("yes", _("Yes")), Option("no", _("No")))
NC = Flag("nc")
ANY_NC = Flag("any_nc")

SECTIONS = (
    Section("start", _("Before we start")),
    Section("you-two", _("You two")),
    Section("citizenship", _("Citizenship and home")),
    Section("family", _("Family")),
    Section("own", _("What you own")),
    Section("living", _("Living costs")),
    Section("gifts", _("Gifts and wishes")),
)

# --- A: before we start ----------------------------------------------------------------------------------------
START = (
    Page(
        slug="working-together",
        section="start",
        nav=_("Working together"),
        title=_("We usually work for you both together"),
        scope=Scope.PERSONAL,
        text=("{joint_representation}",),
        why=_(
            "When two people share one lawyer, each should know what that means before telling anything. "
            "{spouse} is asked the same. How you answer is not shown to {spouse}."
        ),
        questions=(
            Question(
                key="joint_representation",
                kind=Kind.CHOICE,
                label=_("How would you like to go on?"),
                short=_("Working together"),
                options=(
                    Option("acknowledged", _("I have read this and want to go on")),
                    Option("talk_first", _("I’d like to speak with someone before I go on")),
                ),
                required=True,
                use="C",
            ),
        ),
    ),
    Page(
        slug="your-names",
        section="start",
        nav=_("Your names"),
        title=_("What names have you used?"),
        scope=Scope.PERSONAL,
        intro=_("Names in your passport and any name you used before."),
        why=_(
            "A law firm first checks that it does not already work for someone whose interests are against yours. "
            "It does that by names."
        ),
        questions=(
            Question(
                key="legal_name",
                kind=Kind.TEXT,
                label=_("Your full legal name"),
                hint=_("As in your passport."),
                short=_("Legal name"),
                required=True,
                use="C",
            ),
            Question(
                key="earlier_names",
                kind=Kind.TEXT,
                label=_("Earlier names, if any"),
                hint=_("For example a name before marriage. Put a comma between names."),
                short=_("Earlier names"),
                use="C",
            ),
            Question(
                key="other_spellings",
                kind=Kind.TEXT,
                label=_("Other spellings of your name, if any"),
                short=_("Other spellings"),
                use="C",
            ),
        ),
    ),
    Page(
        slug="other-names",
        section="start",
        nav=_("Other people and businesses"),
        title=_("Who else should we check?"),
        scope=Scope.SHARED,
        intro=_("Leave a field empty when there is nothing to say."),
        why=_(
            "The firm looks for these names in its own files, so that nobody works for both sides of a dispute. "
            "Nobody outside the firm is asked."
        ),
        questions=(
            Question(
                key="business_names",
                kind=Kind.LONG_TEXT,
                label=_("Businesses either of you owns or leads"),
                hint=_("One on each line."),
                short=_("Businesses"),
                max_length=1000,
                use="C",
            ),
            Question(
                key="other_lawyers",
                kind=Kind.LONG_TEXT,
                label=_("Other lawyers who are helping you now"),
                short=_("Other lawyers"),
                max_length=1000,
                use="C",
            ),
            Question(
                key="disputes",
                kind=Kind.LONG_TEXT,
                label=_("Anyone you are in a dispute with"),
                hint=_("Only names are needed."),
                short=_("Disputes"),
                max_length=1000,
                use="C",
            ),
        ),
    ),
)

# --- B: you two ------------------------------------------------------------------------------------------------
SHARED_EARNINGS = (
    Option("AZ", _("Arizona")),
    Option("CA", _("California")),
    Option("ID", _("Idaho")),
    Option("LA", _("Louisiana")),
    Option("NV", _("Nevada")),
    Option("NM", _("New Mexico")),
    Option("TX", _("Texas")),
    Option("WA", _("Washington")),
    Option("WI", _("Wisconsin")),
    Option("abroad", _("A country outside the United States")),
)
YOU_TWO = (
    Page(
        slug="about-you",
        section="you-two",
        nav=_("About you"),
        title=_("Who are you?"),
        scope=Scope.PERSONAL,
        minutes=2,
        why=_(
            "We use your age to plan over the coming years. Tables of life expectancy differ for women and men; "
            "you need not say."
        ),
        questions=(
            Question(
                key="date_of_birth",
                kind=Kind.DATE,
                label=_("Your date of birth"),
                short=_("Date of birth"),
                required=True,
                use="$",
            ),
            Question(
                key="place_of_birth",
                kind=Kind.TEXT,
                label=_("Where were you born?"),
                hint=_("City and country."),
                short=_("Place of birth"),
                use="D",
            ),
            Question(
                key="name_in_home_script",
                kind=Kind.TEXT,
                label=_("Your name in another script, if it has one"),
                hint=_("For example 李小龍 or Мария Иванова."),
                short=_("Name in another script"),
                use="D",
            ),
            Question(
                key="sex",
                kind=Kind.CHOICE,
                label=_("Your sex, if you want to say"),
                short=_("Sex"),
                options=(
                    Option("female", _("Female")),
                    Option("male", _("Male")),
                    Option("rather_not_say", _("I’d rather not say")),
                ),
                use="$",
            ),
            Question(
                key="occupation",
                kind=Kind.TEXT,
                label=_("What do you do for work?"),
                hint=_("“Retired” or “at home” is an answer too."),
                short=_("Work"),
                use="D",
            ),
        ),
    ),
    Page(
        slug="where-you-live",
        section="you-two",
        nav=_("Where you live"),
        title=_("Where do you live now?"),
        scope=Scope.PERSONAL,
        minutes=2,
        why=_("The state and country where you live decide which rules apply to what you own."),
        questions=(
            Question(
                key="home_address",
                kind=Kind.LONG_TEXT,
                label=_("Your address"),
                short=_("Address"),
                max_length=500,
                use="D",
            ),
            Question(
                key="home_country",
                kind=Kind.COUNTRY,
                label=_("Country"),
                required=True,
                use="W",
            ),
            Question(
                key="home_state",
                kind=Kind.STATE,
                label=_("State, if you live in the United States"),
                short=_("State"),
                required=True,
                when=When("home_country", ("US",)),
                use="W",
            ),
            Question(
                key="home_since",
                kind=Kind.YEAR,
                label=_("Since which year?"),
                short=_("Lived there since"),
                use="D",
            ),
            Question(
                key="other_homes",
                kind=Kind.LONG_TEXT,
                label=_("Any other place you stay in during the year?"),
                hint=_("Yours or not. City and country are enough."),
                short=_("Other homes"),
                max_length=1000,
                use="W",
            ),
            Question(
                key="plans_to_move",
                kind=Kind.TEXT,
                label=_("Do you plan to move to another state or country?"),
                hint=_("If so, where and about when."),
                short=_("Plans to move"),
                use="W",
            ),
        ),
    ),
    Page(
        slug="your-marriage",
        section="you-two",
        nav=_("Your marriage"),
        title=_("Where have you lived since you married?"),
        scope=Scope.SHARED,
        minutes=2,
        intro=_("One of you answers this page for both."),
        why=_(
            "Some places treat what couples earn as shared. These are called community property places: Arizona, "
            "California, Idaho, Louisiana, Nevada, New Mexico, Texas, Washington and Wisconsin in the United States, "
            "and many other countries."
        ),
        questions=(
            Question(
                key="married_on",
                kind=Kind.DATE,
                label=_("When did you marry?"),
                short=_("Married on"),
                required=True,
                allow_not_sure=True,
                use="K",
            ),
            Question(
                key="place_of_marriage",
                kind=Kind.TEXT,
                label=_("Where did you marry?"),
                hint=_("City and country."),
                short=_("Married in"),
                use="D",
            ),
            Question(
                key="places_lived",
                kind=Kind.LONG_TEXT,
                label=_("States and countries you have lived in as a couple"),
                hint=_("With the years, as well as you remember: “Chile 2008 to 2009, North Carolina since then”."),
                short=_("Lived since then"),
                max_length=1000,
                use="W",
            ),
            Question(
                key="lived_in_community_property_place",
                kind=Kind.YES_NO,
                label=_("Was any of them a place that treats what couples earn as shared?"),
                hint=_("“Why we ask” names them."),
                short=_("Lived where earnings are shared"),
                options=YES_NO,
                required=True,
                allow_not_sure=True,
                use="K",
            ),
            Question(
                key="marital_agreement",
                kind=Kind.YES_NO,
                label=_("Did you sign an agreement about property, before or during the marriage?"),
                short=_("Agreement about property"),
                options=YES_NO,
                required=True,
                allow_not_sure=True,
                use="W",
            ),
            Question(
                key="separated",
                kind=Kind.YES_NO,
                label=_("Do you live apart from each other now?"),
                short=_("Living apart"),
                options=YES_NO,
                allow_tell=True,
                use="W",
            ),
        ),
    ),
    Page(
        slug="shared-earnings",
        section="you-two",
        nav=_("Where earnings are shared"),
        title=_("Where was that, and when?"),
        scope=Scope.SHARED,
        when=When("lived_in_community_property_place", ("yes", "not_sure")),
        intro=_("Only the time since you married counts. Leave empty what you don’t remember."),
        why=_(
            "What one of you earned or bought while you lived there may belong to both of you, whoever’s name is on "
            "it. It often stays so after a move. Your lawyer looks at it with you."
        ),
        questions=(
            Question(
                key="lived_in_states",
                kind=Kind.MULTI,
                label=_("Which of these have you lived in since you married?"),
                short=_("Places where earnings are shared"),
                options=SHARED_EARNINGS,
                allow_not_sure=True,
                use="W",
            ),
            Question(
                key="lived_in_states_from",
                kind=Kind.YEAR,
                label=_("From about which year?"),
                hint=_("If it was several places, the first year in any of them."),
                short=_("Lived there from"),
                use="W",
            ),
            Question(
                key="lived_in_states_until",
                kind=Kind.YEAR,
                label=_("Until about which year?"),
                hint=_("Leave empty if you still live there."),
                short=_("Lived there until"),
                use="W",
            ),
        ),
    ),
    Page(
        slug="earlier-marriages",
        section="you-two",
        nav=_("Earlier marriages"),
        title=_("Were you married before?"),
        scope=Scope.PERSONAL,
        intro=_("If more than once, answer for the last marriage before this one."),
        why=_(
            "When a husband or wife died, part of what they could have left free of tax may have come to you. "
            "It depends on a tax return, Form 706, that an accountant or lawyer files after the death."
        ),
        questions=(
            Question(
                key="earlier_marriage",
                kind=Kind.CHOICE,
                label=_("How did the earlier marriage end?"),
                short=_("Earlier marriage"),
                options=(
                    Option("no", _("I was not married before")),
                    Option("ended_by_divorce", _("By divorce")),
                    Option("ended_by_death_return_filed", _("By death, and a Form 706 was filed then")),
                    Option("ended_by_death_no_return", _("By death, and no Form 706 was filed")),
                ),
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                use="W",
            ),
        ),
    ),
)

# --- C: citizenship and home -----------------------------------------------------------------------------------
CITIZENSHIP = (
    Page(
        slug="why-we-ask",
        section="citizenship",
        nav=_("Why we ask"),
        title=_("Why we ask about citizenship"),
        scope=Scope.PERSONAL,
        text=(
            _(
                "US estate and gift tax rules for married people differ when one of you is not a US citizen. "
                "That is why we ask."
            ),
            _(
                "The next pages are about you alone. Only you and your lawyers see them. "
                "Nothing here is sent to a government office."
            ),
            _("“I’m not sure” is always a full answer."),
        ),
    ),
    Page(
        slug="your-citizenship",
        section="citizenship",
        nav=_("Your citizenship"),
        title=_("Which countries are you a citizen of?"),
        scope=Scope.PERSONAL,
        intro=_("Choose all. Many people are citizens of two countries."),
        why=_(
            "The rules for what one of you leaves or gives to the other depend on whether the other is a US citizen. "
            "A green card is not citizenship."
        ),
        questions=(
            Question(
                key="citizenships",
                kind=Kind.COUNTRIES,
                label=_("Citizen of"),
                required=True,
                allow_not_sure=True,
                with_note=True,
                use="K",
            ),
            Question(
                key="citizenship_how",
                kind=Kind.CHOICE,
                label=_("If you are a US citizen: how did you become one?"),
                short=_("US citizen since"),
                options=(
                    Option("born_in_us", _("Born in the United States")),
                    Option("born_abroad", _("Born abroad to a US parent")),
                    Option("naturalized", _("Naturalized")),
                ),
                when=When("citizenships", ("US",)),
                allow_not_sure=True,
                use="D",
            ),
        ),
    ),
    Page(
        slug="your-status",
        section="citizenship",
        nav=_("Your status in the United States"),
        title=_("What is your status in the United States?"),
        scope=Scope.PERSONAL,
        when=NC,
        why=_(
            "Your status is one of several signs of where home is for the tax rules, and a plan must not depend on "
            "something that could change. We do not need any papers."
        ),
        questions=(
            Question(
                key="us_status",
                kind=Kind.CHOICE,
                label=_("Choose what fits today"),
                short=_("Status"),
                options=(
                    Option("green_card", _("Permanent resident (green card)")),
                    Option("worker", _("Here for work")),
                    Option("spouse_of_worker", _("Spouse of someone here for work")),
                    Option("student", _("Student")),
                    Option("other_visa", _("Another visa")),
                    Option("outside_us", _("I live outside the United States")),
                    Option("none", _("None of these")),
                    Option("rather_discuss", _("I’d rather talk about it")),
                ),
                required=True,
                allow_not_sure=True,
                use="W",
            ),
            Question(
                key="lawful_permanent_resident_since",
                kind=Kind.DATE,
                label=_("If you have a green card: since when?"),
                hint=_("The card says “Resident since”."),
                short=_("Green card since"),
                when=When("us_status", ("green_card",)),
                allow_not_sure=True,
                use="K",
            ),
        ),
    ),
    Page(
        slug="becoming-a-citizen",
        section="citizenship",
        nav=_("Becoming a citizen"),
        title=_("Do you plan to become a US citizen?"),
        scope=Scope.PERSONAL,
        when=NC,
        intro=_("This can change which plan makes sense. There is no right answer."),
        why=_(
            "Once both of you are US citizens, other rules apply between you. Some people have good reasons not to, "
            "and a plan can be made either way."
        ),
        questions=(
            Question(
                key="naturalization_intent",
                kind=Kind.CHOICE,
                label=_("Your plans today"),
                short=_("Becoming a US citizen"),
                options=(
                    Option("applied", _("I have applied")),
                    Option("planned", _("Yes, in the next years")),
                    Option("maybe", _("Maybe")),
                    Option("no", _("No")),
                ),
                required=True,
                allow_not_sure=True,
                use="K",
            ),
            Question(
                key="naturalization_expected_on",
                kind=Kind.DATE,
                label=_("If you applied or plan to: about when could you take the oath?"),
                hint=_("A rough date is fine."),
                short=_("Oath expected"),
                when=When("naturalization_intent", ("applied", "planned")),
                allow_not_sure=True,
                earliest=2000,
                years_ahead=30,
                use="K",
            ),
            Question(
                key="naturalization_reasons_against",
                kind=Kind.LONG_TEXT,
                label=_("Anything that speaks against it for you?"),
                hint=_("For example, your country does not allow two citizenships."),
                short=_("Reasons against"),
                max_length=1000,
                use="W",
            ),
        ),
    ),
    Page(
        slug="home-for-good",
        section="citizenship",
        nav=_("Home for good"),
        title=_("Where is home for good?"),
        scope=Scope.PERSONAL,
        when=Flag("ties"),
        minutes=2,
        why=_(
            "The tax rules look at where someone means to stay, not only at papers. Your lawyer puts the pieces "
            "together; this page decides nothing."
        ),
        questions=(
            Question(
                key="home_for_good",
                kind=Kind.CHOICE,
                label=_("If nothing special happened, where would you live for the rest of your life?"),
                short=_("Home for good"),
                options=(
                    Option("us", _("In the United States")),
                    Option("other_country", _("In another country")),
                    Option("not_decided", _("Not decided yet")),
                ),
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                use="W",
            ),
            Question(
                key="arrived_in_us",
                kind=Kind.YEAR,
                label=_("In which year did you come to the United States?"),
                hint=_("Leave it empty if you never lived here."),
                short=_("Came to the US"),
                use="W",
            ),
            Question(
                key="days_in_us_last_three_years",
                kind=Kind.TEXT,
                label=_("About how many days were you in the United States in each of the last three years?"),
                hint=_("For example “all year, all year, 300”."),
                short=_("Days in the US"),
                use="W",
            ),
        ),
    ),
)

# --- D: family -------------------------------------------------------------------------------------------------
FAMILY = (
    Page(
        slug="children",
        section="family",
        nav=_("Children"),
        title=_("Do either of you have children?"),
        scope=Scope.SHARED,
        intro=_("Together or from before, adopted, grown up, living elsewhere, or no longer living: all count."),
        questions=(
            Question(
                key="has_children",
                kind=Kind.YES_NO,
                label=_("Children"),
                options=YES_NO,
                required=True,
                use="D",
            ),
        ),
    ),
    Page(
        slug="your-children",
        section="family",
        nav=_("Your children"),
        title=_("Your children"),
        scope=Scope.SHARED,
        when=When("has_children", ("yes",)),
        minutes=2,
        intro=_("Have you listed all your children, including those who live elsewhere or have died?"),
        group="children",
        steps=("child",),
        item_name=_("child"),
        add_label=_("Add a child"),
    ),
    Page(
        slug="child",
        section="family",
        nav=_("A child"),
        title=_("About this child"),
        scope=Scope.SHARED,
        list_page="your-children",
        why=_("Plans often provide for children after both of you. Their names are also part of the firm’s check."),
        questions=(
            Question(
                key="child_name",
                kind=Kind.TEXT,
                label=_("Full name"),
                short=_("Name"),
                required=True,
                use="D",
            ),
            Question(
                key="child_date_of_birth",
                kind=Kind.DATE,
                label=_("Date of birth"),
                allow_not_sure=True,
                use="D",
            ),
            Question(
                key="child_of",
                kind=Kind.CHOICE,
                label=_("Whose child?"),
                short=_("Child of"),
                options=(
                    Option("both", _("Both of us")),
                    Option("a", _("{a_title} only")),
                    Option("b", _("{b_title} only")),
                ),
                required=True,
                use="D",
            ),
            Question(
                key="child_lives_in",
                kind=Kind.COUNTRY,
                label=_("Country the child lives in"),
                short=_("Lives in"),
                use="D",
            ),
        ),
    ),
)

# --- E: what you own -------------------------------------------------------------------------------------------
OWNS = (
    Option("home", _("The home you live in")),
    Option("other_land", _("Other land, houses or flats")),
    Option("bank", _("Money at a bank")),
    Option("brokerage", _("Shares, funds or bonds")),
    Option("retirement", _("A retirement account, such as a 401(k) or an IRA")),
    Option("life_insurance", _("Life insurance")),
    Option("business", _("A business or part of one")),
    Option("other", _("Other things of value")),
    Option("nothing", _("Nothing of these")),
)

TITLES = (
    Option("a", _("{a_own} name only")),
    Option("b", _("{b_own} name only")),
    Option("joint_survivorship", _("Both names, and the survivor gets it all")),
    Option("tenants_in_common", _("Both names, each with a share of our own")),
    Option("community", _("Both, as community property")),
    Option("trust_or_company", _("A trust or a company")),
    Option("with_someone_else", _("Together with someone else")),
)
SHARED_TITLES = ("tenants_in_common", "trust_or_company", "with_someone_else")

WHO_PAID_WHY = _(
    "When one of you is not a US citizen, the tax rules look at who paid for what you own together. "
    "Your answer changes the sums, not who owns it."
)
COST_WHY = _("What something cost decides how much of its value is gain. That matters when it is given away or sold.")


def _name(hint: str) -> Question:
    return Question(
        key="asset_name",
        kind=Kind.TEXT,
        label=_("What do you call it?"),
        hint=hint,
        short=_("Name"),
        required=True,
        max_length=120,
        use="D",
    )


def _kind(*options: Option) -> Question:
    return Question(
        key="kind", kind=Kind.CHOICE, label=_("What is it?"), short=_("Kind"), options=options, required=True, use="D"
    )


COUNTRY = Question(
    key="country", kind=Kind.COUNTRY, label=_("Which country is it in?"), short=_("Country"), required=True, use="$"
)
STATE = Question(
    key="state",
    kind=Kind.STATE,
    label=_("State, if it is in the United States"),
    short=_("State"),
    when=When("country", ("US",)),
    use="$",
)
TITLE = Question(
    key="title",
    kind=Kind.CHOICE,
    label=_("In whose name is it?"),
    hint=_("The deed or the statement says so."),
    short=_("In whose name"),
    options=TITLES,
    required=True,
    allow_not_sure=True,
    use="$",
)
VALUE = Question(
    key="value",
    kind=Kind.MONEY,
    label=_("What is all of it worth today, in US dollars?"),
    hint=_("Before any debt. To the nearest $10,000 is enough."),
    short=_("Worth"),
    required=True,
    allow_not_sure=True,
    use="$",
)
ESTIMATE = Question(
    key="value_is_estimate",
    kind=Kind.YES_NO,
    label=_("How do you know the amount?"),
    short=_("Estimate"),
    options=(Option("yes", _("It is an estimate")), Option("no", _("From a statement or an appraisal"))),
    use="$",
)
DEBT = Question(
    key="debt",
    kind=Kind.MONEY,
    label=_("How much is still owed on it?"),
    hint=_("Write 0 when nothing is owed."),
    short=_("Still owed"),
    required=True,
    allow_not_sure=True,
    use="$",
)


def _shares(prefix: str, title: str) -> Page:
    return Page(
        slug=f"{prefix}-shares",
        section="own",
        nav=_("Your shares"),
        title=_("Which part is yours?"),
        scope=Scope.SHARED,
        list_page=title,
        when=When("title", SHARED_TITLES),
        checks=("shares",),
        intro=_("Percent of the whole. The two parts can be less than 100 when others own a part too."),
        questions=(
            Question(
                key="share_a",
                kind=Kind.PERCENT,
                label=_("{a_own} part, in percent"),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
            Question(
                key="share_b",
                kind=Kind.PERCENT,
                label=_("{b_own} part, in percent"),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
        ),
    )


def _cost(prefix: str, title: str) -> Page:
    return Page(
        slug=f"{prefix}-cost",
        section="own",
        nav=_("How you got it"),
        title=_("How did you come to own it?"),
        scope=Scope.SHARED,
        list_page=title,
        why=COST_WHY,
        intro=_("A rough answer is fine. You can change it later."),
        questions=(
            Question(
                key="acquired_by",
                kind=Kind.CHOICE,
                label=_("How"),
                short=_("Came by"),
                options=(
                    Option("purchase", _("We bought or saved it")),
                    Option("gift", _("It was a gift")),
                    Option("inheritance", _("It was inherited")),
                ),
                allow_not_sure=True,
                use="$",
            ),
            Question(
                key="acquired_year",
                kind=Kind.YEAR,
                label=_("In which year?"),
                short=_("Since"),
                allow_not_sure=True,
                use="$",
            ),
            Question(
                key="cost_basis",
                kind=Kind.MONEY,
                label=_("What did it cost, with later improvements, in US dollars?"),
                short=_("Cost"),
                allow_not_sure=True,
                allow_tell=True,
                use="$",
            ),
        ),
    )


def _paid(prefix: str, title: str) -> Page:
    return Page(
        slug=f"{prefix}-paid",
        section="own",
        nav=_("Who paid"),
        title=_("Who paid for it?"),
        scope=Scope.SHARED,
        list_page=title,
        when=Flag("joint_nc"),
        why=WHO_PAID_WHY,
        intro=_("A rough answer is fine. You can change it later."),
        questions=(
            Question(
                key="contribution_a",
                kind=Kind.SHARE_OF_PRICE,
                label=_("Where did the money come from?"),
                hint=_("Count the first payment and the loan payments since."),
                short=_("Who paid"),
                options=(
                    Option("100", _("All from {a_from}")),
                    Option("75", _("Mostly from {a_from}")),
                    Option("50", _("About half from each of us")),
                    Option("25", _("Mostly from {b_from}")),
                    Option("0", _("All from {b_from}")),
                    Option("exact", _("I know the percentage that came from {a_from}")),
                ),
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                with_note=True,
                use="$",
            ),
        ),
    )


def _things(
    prefix: str,
    *,
    nav: str,
    gate: tuple[str, ...],
    kinds: tuple[Option, ...],
    item_name: str,
    add_label: str,
    about: tuple[Question, ...],
    worth: tuple[Question, ...] = (VALUE, ESTIMATE, DEBT),
    has_cost: bool = True,
    checks: tuple[str, ...] = (),
) -> tuple[Page, ...]:
    """Make a list page and its step pages."""
    about_page = Page(
        slug=f"{prefix}-about",
        section="own",
        nav=_("What it is"),
        title=_("What is it, and in whose name?"),
        scope=Scope.SHARED,
        list_page=prefix,
        questions=about,
        checks=checks,
        why=_("Whose name it is in decides how it passes, and which rule counts it."),
    )
    worth_page = Page(
        slug=f"{prefix}-worth",
        section="own",
        nav=_("What it is worth"),
        title=_("What is it worth?"),
        scope=Scope.SHARED,
        list_page=prefix,
        questions=worth,
        why=_("Every plan starts from what there is. Rough amounts are enough for the first one."),
    )
    steps = [about_page]
    if has_cost:
        steps.append(_shares(prefix, prefix))
    steps.append(worth_page)
    if has_cost:
        steps += [_cost(prefix, prefix), _paid(prefix, prefix)]
    listing = Page(
        slug=prefix,
        section="own",
        nav=nav,
        title=nav,
        scope=Scope.SHARED,
        when=When("owns", gate),
        minutes=3,
        group="assets",
        kinds=kinds,
        steps=tuple(step.slug for step in steps),
        item_name=item_name,
        add_label=add_label,
    )
    return (listing, *steps)


HOME_KINDS = (Option("home", _("The home you live in")), Option("real_estate", _("Other land, house or flat")))
ACCOUNT_KINDS = (Option("bank", _("Bank account")), Option("brokerage", _("Shares, funds or bonds")))
BENEFICIARY = Question(
    key="beneficiary",
    kind=Kind.TEXT,
    label=_("Who is named on the form to receive it?"),
    hint=_("The person or people named as beneficiary."),
    short=_("Beneficiary"),
    allow_not_sure=True,
    use="$",
)
SOLE_TITLE = Question(
    key="title",
    kind=Kind.CHOICE,
    label=_("Whose account is it?"),
    short=_("In whose name"),
    options=TITLES[:2],
    required=True,
    use="$",
)

OWN = (
    Page(
        slug="what-you-own",
        section="own",
        nav=_("What you have"),
        title=_("What do you two own?"),
        scope=Scope.SHARED,
        intro=_("In the United States or abroad, in one name or both. Tick all that you have."),
        why=_("We ask about each kind on its own page, and skip what you do not have."),
        questions=(
            Question(
                key="owns",
                kind=Kind.MULTI,
                label=_("You have"),
                options=OWNS,
                exclusive="nothing",
                required=True,
                use="W",
            ),
        ),
    ),
    Page(
        slug="rough-total",
        section="own",
        nav=_("Your own total, roughly"),
        title=_("About how much do you own in your own name?"),
        scope=Scope.PERSONAL,
        intro=_("A guess is fine: everything in your own name, in US dollars, before debts."),
        why=_("A rough total lets us see early which rules matter at all. The pages that follow are more exact."),
        questions=(
            Question(
                key="rough_total",
                kind=Kind.MONEY,
                label=_("In your own name, roughly"),
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                use="$",
            ),
        ),
    ),
    Page(
        slug="rough-total-joint",
        section="own",
        nav=_("Your joint total, roughly"),
        title=_("About how much do you own together?"),
        scope=Scope.SHARED,
        intro=_("A guess is fine: everything in both your names, in US dollars, before debts."),
        questions=(
            Question(
                key="rough_total_joint",
                kind=Kind.MONEY,
                label=_("In both names, roughly"),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
        ),
    ),
    *_things(
        "homes",
        nav=_("Your home and land"),
        gate=("home", "other_land"),
        kinds=HOME_KINDS,
        item_name=_("home or land"),
        add_label=_("Add a home or land"),
        about=(_kind(*HOME_KINDS), _name(_("For example “House on Selwyn Avenue”.")), COUNTRY, STATE, TITLE),
    ),
    *_things(
        "accounts",
        nav=_("Bank and investment accounts"),
        gate=("bank", "brokerage"),
        kinds=ACCOUNT_KINDS,
        item_name=_("account"),
        add_label=_("Add an account"),
        about=(
            _kind(*ACCOUNT_KINDS),
            _name(_("The bank and a word of your own. Never the account number; the last four digits are fine.")),
            COUNTRY,
            STATE,
            TITLE,
        ),
        worth=(VALUE, ESTIMATE),
    ),
    *_things(
        "retirement",
        nav=_("Retirement accounts"),
        gate=("retirement",),
        kinds=(Option("retirement", _("Retirement account")),),
        item_name=_("retirement account"),
        add_label=_("Add a retirement account"),
        about=(
            _name(_("For example “My 401(k)”.")),
            SOLE_TITLE,
            Question(
                key="employer",
                kind=Kind.TEXT,
                label=_("Employer or institution"),
                short=_("Employer"),
                use="D",
            ),
            COUNTRY,
        ),
        worth=(VALUE, ESTIMATE, BENEFICIARY),
        has_cost=False,
    ),
    *_things(
        "life-insurance",
        nav=_("Life insurance"),
        gate=("life_insurance",),
        kinds=(Option("life_insurance", _("Life insurance")),),
        item_name=_("policy"),
        add_label=_("Add a policy"),
        about=(
            _name(_("For example “Term policy from work”.")),
            Question(key="insurer", kind=Kind.TEXT, label=_("Insurance company"), short=_("Insurer"), use="D"),
            Question(
                key="insured",
                kind=Kind.CHOICE,
                label=_("Whose life is insured?"),
                short=_("Insured"),
                options=(
                    Option("a", _("{a_title}")),
                    Option("b", _("{b_title}")),
                    Option("other", _("Someone else")),
                ),
                required=True,
                use="$",
            ),
            Question(
                key="title",
                kind=Kind.CHOICE,
                label=_("Who owns the policy?"),
                hint=_("The owner can change or end it. That is not always the person insured."),
                short=_("Owner"),
                options=(TITLES[0], TITLES[1], TITLES[5], TITLES[6]),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
            COUNTRY,
        ),
        worth=(
            Question(
                key="death_benefit",
                kind=Kind.MONEY,
                label=_("What does it pay at death, in US dollars?"),
                short=_("Pays at death"),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
            Question(
                key="value",
                kind=Kind.MONEY,
                label=_("What could it be cashed in for today?"),
                hint=_("Write 0 for a term policy."),
                short=_("Cash value"),
                allow_not_sure=True,
                use="$",
            ),
            Question(
                key="premium",
                kind=Kind.MONEY,
                label=_("What do you pay for it in a year?"),
                short=_("Yearly premium"),
                allow_not_sure=True,
                use="D",
            ),
            BENEFICIARY,
        ),
        has_cost=False,
    ),
    *_things(
        "business",
        nav=_("Your business"),
        gate=("business",),
        kinds=(Option("business", _("Business")),),
        item_name=_("business"),
        add_label=_("Add a business"),
        about=(_name(_("The name of the business.")), COUNTRY, STATE, TITLE),
    ),
    *_things(
        "other-things",
        nav=_("Other things of value"),
        gate=("other",),
        kinds=(Option("other", _("Other")),),
        item_name=_("thing"),
        add_label=_("Add something"),
        about=(_name(_("For example “Loan to my brother” or “Paintings”.")), COUNTRY, STATE, TITLE),
    ),
)

# --- F: living costs -------------------------------------------------------------------------------------------
LIVING = (
    Page(
        slug="living-costs",
        section="living",
        nav=_("Living costs"),
        title=_("If one of you died, what would the other need in a year?"),
        scope=Scope.SHARED,
        when=ANY_NC,
        minutes=2,
        intro=_("Housing, food, travel, help for family: everything, in today’s dollars."),
        why=_("A plan should leave the survivor enough to live on. This amount shows whether it does."),
        questions=(
            Question(
                key="survivor_spending",
                kind=Kind.MONEY,
                label=_("Needed in a year"),
                required=True,
                allow_not_sure=True,
                use="$",
            ),
        ),
    ),
)

# --- G and H: gifts and wishes -----------------------------------------------------------------------------------
GIFTS = (
    Page(
        slug="large-gifts",
        section="gifts",
        nav=_("Large gifts"),
        title=_("Have you made large gifts to anyone but {spouse}?"),
        scope=Scope.PERSONAL,
        minutes=2,
        intro=_("Any year in which one person got more than about $10,000 from you."),
        why=_(
            "Help with a house, a debt forgiven, or adding a name to an account or a deed counts too. "
            "Paying a school or a doctor directly does not."
        ),
        questions=(
            Question(
                key="large_gifts",
                kind=Kind.YES_NO,
                label=_("Large gifts"),
                options=YES_NO,
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                use="W",
            ),
            Question(
                key="large_gifts_note",
                kind=Kind.LONG_TEXT,
                label=_("If yes or not sure: to whom, when and about how much?"),
                short=_("Which gifts"),
                max_length=2000,
                when=When("large_gifts", ("yes", "not_sure")),
                use="W",
            ),
        ),
    ),
    Page(
        slug="gifts-to-spouse",
        section="gifts",
        nav=_("Gifts to your spouse"),
        title=_("Have you moved large amounts to {spouse}?"),
        scope=Scope.PERSONAL,
        when=Flag("other_nc"),
        minutes=2,
        intro=_("Any year in which more than about $100,000 went into {spouse}’s own name."),
        why=_(
            "There is a yearly limit for gifts to a husband or wife who is not a US citizen. Opening a joint account, "
            "changing the names on a deed, or paying premiums on a policy {spouse} owns can count."
        ),
        questions=(
            Question(
                key="gifts_to_spouse",
                kind=Kind.YES_NO,
                label=_("Large amounts to {spouse}"),
                short=_("Gifts to your spouse"),
                options=YES_NO,
                required=True,
                allow_not_sure=True,
                allow_tell=True,
                use="W",
            ),
            Question(
                key="gifts_to_spouse_years",
                kind=Kind.LONG_TEXT,
                label=_("If yes or not sure: in which years, and about how much?"),
                short=_("In which years"),
                max_length=2000,
                when=When("gifts_to_spouse", ("yes", "not_sure")),
                use="W",
            ),
        ),
    ),
    Page(
        slug="gift-tax-returns",
        section="gifts",
        nav=_("Gift tax returns"),
        title=_("Have you ever filed a gift tax return?"),
        scope=Scope.PERSONAL,
        intro=_("The form is called Form 709. It is filed in the year after a large gift."),
        why=_("The returns say how much of what each person may give free of tax has been used."),
        questions=(
            Question(
                key="gift_tax_returns_filed",
                kind=Kind.CHOICE,
                label=_("Form 709 filed"),
                short=_("Gift tax returns"),
                options=(
                    Option("yes", _("Yes")),
                    Option("no", _("No, never")),
                    Option("accountant_knows", _("My accountant knows")),
                ),
                required=True,
                allow_not_sure=True,
                with_note=True,
                use="W",
            ),
        ),
    ),
    Page(
        slug="first-death",
        section="gifts",
        nav=_("At the first death"),
        title=_("If you died first, who should get what is yours?"),
        scope=Scope.PERSONAL,
        when=ANY_NC,
        minutes=2,
        intro=_("Your wish today. Nothing is decided by this answer."),
        why=_("How much passes to {spouse}, and how much to others, changes what a plan has to do."),
        questions=(
            Question(
                key="first_death_wish",
                kind=Kind.CHOICE,
                label=_("At my death"),
                short=_("At the first death"),
                options=(
                    Option("all_to_spouse", _("All to {spouse}")),
                    Option("part_to_children", _("Part to {spouse}, part to the children or others")),
                    Option("depends", _("It depends")),
                ),
                allow_not_sure=True,
                allow_tell=True,
                use="W",
            ),
            Question(
                key="first_death_share_to_spouse",
                kind=Kind.PERCENT,
                label=_("If part: how much to {spouse}, in percent?"),
                short=_("To your spouse"),
                when=When("first_death_wish", ("part_to_children",)),
                allow_not_sure=True,
                use="K",
            ),
        ),
    ),
    Page(
        slug="trustee",
        section="gifts",
        nav=_("A trustee in the United States"),
        title=_("Is there someone in the United States you would trust to look after money for you?"),
        scope=Scope.SHARED,
        when=ANY_NC,
        intro=_("A US citizen or a US bank or trust company."),
        why=_(
            "Some plans use a trust. The law then asks for at least one trustee who is a US citizen or a US company."
        ),
        questions=(
            Question(
                key="us_trustee_available",
                kind=Kind.YES_NO,
                label=_("Someone you would trust"),
                short=_("US trustee"),
                options=YES_NO,
                required=True,
                allow_not_sure=True,
                use="K",
            ),
            Question(
                key="us_trustee_name",
                kind=Kind.TEXT,
                label=_("If yes: who?"),
                hint=_("Name, and how you know each other."),
                short=_("Who"),
                when=When("us_trustee_available", ("yes",)),
                use="D",
            ),
        ),
    ),
)

# --- S: staff only -----------------------------------------------------------------------------------------------
STAFF_PERSON = (
    Question(
        key="us_domicile",
        kind=Kind.YES_NO,
        label=_("US domicile for estate and gift tax"),
        hint=_("The attorney’s conclusion under Treas. Reg. 20.0-1(b)(1). Leave open while it is not concluded."),
        options=YES_NO,
        use="K",
    ),
    Question(
        key="domicile_state",
        kind=Kind.STATE,
        label=_("State of that domicile"),
        hint=_("Decides which state taxes the estate. Left open: the state of the home the client named."),
        use="$",
    ),
    Question(
        key="domicile_country",
        kind=Kind.COUNTRY,
        label=_("Country of domicile"),
        hint=_("Decides whether an estate tax treaty applies. Left open: the country of the home the client named."),
        use="W",
    ),
    Question(
        key="citizenship_document_seen",
        kind=Kind.YES_NO,
        label=_("Citizenship document seen"),
        options=YES_NO,
        use="W",
    ),
    Question(
        key="adjusted_taxable_gifts",
        kind=Kind.MONEY,
        label=_("Adjusted taxable gifts after 1976 (exclusion used)"),
        hint=_("From the Forms 709. Write 0 when none were made; leave open when not known."),
        use="$",
    ),
    Question(key="gift_tax_paid", kind=Kind.MONEY, label=_("Gift tax payable on them"), use="$"),
    Question(
        key="dsue_received",
        kind=Kind.MONEY,
        label=_("DSUE amount received from an earlier spouse"),
        hint=_("IRC 2010(c)(4). Write 0 when none."),
        use="$",
    ),
    Question(
        key="first_death_share_to_spouse",
        kind=Kind.PERCENT,
        label=_("Share to the spouse at this person’s death, in percent"),
        hint=_("Overrides the client’s answer."),
        use="K",
    ),
    Question(
        key="us_situs_share",
        kind=Kind.PERCENT,
        label=_("US-situs part of this person’s property, in percent"),
        hint=_("Of a noncitizen domiciled abroad: IRC 2103. Left open: from the assets where it follows."),
        use="$",
    ),
)


def _assumption(key: str, label: str, kind: Kind = Kind.PERCENT) -> Question:
    return Question(key=key, kind=kind, label=label, use="A")


STAFF_COUPLE = (
    Question(
        key="ranking_order",
        kind=Kind.CHOICE,
        label=_("Who dies first in the ranking"),
        hint=_("Left open: the US citizen."),
        options=(Option("a", _("{a_title}")), Option("b", _("{b_title}"))),
        use="A",
    ),
    Question(
        key="survivor_spending",
        kind=Kind.MONEY,
        label=_("What the survivor needs in a year"),
        hint=_("Overrides the client’s answer."),
        use="$",
    ),
    _assumption("growth", _("Growth, percent a year")),
    _assumption("growth_set_points", _("Lower and higher growth: so many points from the base")),
    _assumption("indexing", _("Indexing of the law’s amounts, percent a year")),
    _assumption("spending_growth", _("Growth of spending, percent a year")),
    _assumption("qdot_income_yield", _("QDOT income, percent a year")),
    _assumption("qdot_yearly_cost", _("QDOT yearly cost, percent")),
    _assumption("capital_gains_rate", _("Capital gains rate, percent")),
    _assumption("chance_gift_sold", _("Chance that a gift is sold, percent")),
    _assumption("basis_share_of_gifts", _("Basis of gifts, percent of their value")),
    _assumption("closeness_tolerance", _("Counts as close, percent of family wealth")),
    _assumption("years_to_first_death", _("Years to the first death, from today"), Kind.NUMBER),
    _assumption("years_to_second_death", _("Years to the second death, from today"), Kind.NUMBER),
    _assumption("gift_years", _("Years of gifts"), Kind.NUMBER),
    _assumption("oath_months_earliest", _("Months from filing to the oath, at the earliest"), Kind.NUMBER),
    _assumption("oath_months_likely", _("Months from filing to the oath, most likely"), Kind.NUMBER),
    _assumption("oath_months_latest", _("Months from filing to the oath, at the latest"), Kind.NUMBER),
    _assumption("bypass_percent", _("Bypass trust: part of the exclusion left, percent")),
    _assumption("administration_expenses", _("Administration expenses"), Kind.MONEY),
    Question(
        key="insurance_trust_insured",
        kind=Kind.CHOICE,
        label=_("New policy in an insurance trust: on whose death it pays"),
        options=(Option("a", _("{a_title}")), Option("b", _("{b_title}")), Option("both", _("The second of both"))),
        use="A",
    ),
    _assumption("insurance_trust_death_benefit", _("Then: its death benefit"), Kind.MONEY),
    _assumption("insurance_trust_yearly_premium", _("Then: its yearly premium"), Kind.MONEY),
    _assumption(
        "insurance_trust_beneficiaries",
        _("Insurance trust: beneficiaries who may withdraw, the spouse not counted"),
        Kind.NUMBER,
    ),
    Question(
        key="survivor_leaves_us",
        kind=Kind.YES_NO,
        label=_("A noncitizen survivor dies domiciled abroad"),
        options=YES_NO,
        use="A",
    ),
    _assumption("survivor_us_situs_share", _("Then: US-situs part of the survivor’s own property, percent")),
    _assumption("qdot_us_situs_share", _("Then: US-situs part of the QDOT, percent")),
    Question(
        key="state_accepts_qdot",
        kind=Kind.YES_NO,
        label=_("Confirmed: the state takes a QDOT election of its own"),
        options=YES_NO,
        use="A",
    ),
    Question(
        key="treaty_confirmed",
        kind=Kind.YES_NO,
        label=_("Confirmed: the treaty’s relief may be relied on"),
        options=YES_NO,
        use="A",
    ),
    Question(
        key="heirs",
        kind=Kind.CHOICE,
        label=_("Who takes after both deaths, and at the first beside the spouse"),
        options=(
            Option("children", _("Children")),
            Option("siblings", _("Siblings")),
            Option("nieces_nephews", _("Nieces and nephews")),
            Option("unrelated", _("People not related")),
            Option("charity", _("Charities")),
        ),
        use="A",
    ),
    _assumption("number_of_heirs", _("Number of heirs, in equal shares"), Kind.NUMBER),
    Question(
        key="qdot_form",
        kind=Kind.CHOICE,
        label=_("Form of the QDOT"),
        options=(
            Option("qtip", _("QTIP election")),
            Option("general_power", _("General power of appointment")),
            Option("estate_trust", _("Estate trust")),
        ),
        use="A",
    ),
)

QDOT = Questionnaire(
    version=VERSION,
    sections=SECTIONS,
    pages=(*START, *YOU_TWO, *CITIZENSHIP, *FAMILY, *OWN, *LIVING, *GIFTS),
    staff_person=STAFF_PERSON,
    staff_couple=STAFF_COUPLE,
)
