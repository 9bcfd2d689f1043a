"""The clients' summary as a PDF: its words, its tags, its watermark, its scripts."""

import io
import re
import subprocess

import pikepdf
import pytest

from planning import services
from planning.client_summary import summary_html
from qdot_site.templatetags.money import usd
from tests.planning.conftest import Desk

FIRST = "gifts_credit_shelter_and_qdot"


def words_of(content):
    """Return the text of a PDF as pdftotext reads it."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def fonts_of(content, tmp_path):
    """Return the names of the fonts a PDF holds."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True)
    rows = done.stdout.decode().splitlines()[2:]
    assert [] == [row for row in rows if not re.search(r"\byes\s+(yes|no)\s+(yes|no)\b", row)]
    return " ".join(row.split()[0] for row in rows)


def draft_of(desk):
    """Return the bytes of a draft."""
    return bytes(services.make_document(plan=desk.plan, actor=desk.paralegal).content)


def test_the_draft_says_so_and_the_signed_paper_does_not(db):
    desk = Desk()

    draft = words_of(draft_of(desk))
    services.decide(plan=desk.plan, chosen_strategy=FIRST, reason="It fits you both.", actor=desk.attorney)
    services.sign_off_plan(plan=desk.plan, note="Read.", projected_law_acknowledged=True, actor=desk.attorney)
    final = services.release_plan(plan=desk.plan, actor=desk.attorney)
    signed = words_of(bytes(final.content))

    assert "This is a draft" in draft
    assert "draft" not in signed.lower()
    assert "Ana Raman" in signed
    assert "It fits you both." in signed
    assert desk.plan.reference in signed
    assert final == services.make_document(plan=desk.plan, actor=desk.attorney)


def test_the_paper_says_what_a_client_needs(db):
    desk = Desk()

    said = re.sub(r"\s+", " ", words_of(draft_of(desk)))

    for words in ("Your situation", "What the law says for you", "The choices side by side", "What happens next"):
        assert words in said
    for words in ("trustee", "principal", "hardship", desk.plan.result["law"]["version"]):
        assert words.lower() in said.lower()
    assert not re.search(r"\b(best|optimal|maximum|guarantee|simply|alien)\b", said, re.IGNORECASE)


def test_the_paper_takes_its_amounts_from_the_stored_plan(db):
    desk = Desk()
    law = next(a for a in desk.plan.result["law"]["amounts"] if a["name"] == "basic_exclusion_amount")

    assert usd(law["amount"]) in words_of(draft_of(desk))


def test_the_paper_is_tagged_for_pdf_ua(db):
    with pikepdf.open(io.BytesIO(draft_of(Desk()))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "StructTreeRoot" in str(list(pdf.Root.keys()))
        assert "en" == str(pdf.Root.Lang)[:2]
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert "1" == metadata["pdfuaid:part"]
            assert "Ellery" not in str(metadata.get("dc:title"))
        assert 3 <= len(pdf.pages) <= 6


def test_the_same_plan_gives_the_same_bytes(db):
    desk = Desk()

    assert draft_of(desk) == draft_of(desk)


@pytest.mark.parametrize(
    ("names", "faces"),
    [
        (("王小明", "محمد عبد الله"), ("CJK", "Arabic")),
        (("अनिता शर्मा", "Lucía Marín"), ("Devanagari",)),
    ],
)
def test_names_of_other_scripts_stand_as_glyphs(db, tmp_path, names, faces):
    desk = Desk("scripts", names=names)
    result = desk.plan.result
    result["people"]["a"]["name"], result["people"]["b"]["name"] = names
    desk.plan.save()

    content = draft_of(desk)

    fonts = fonts_of(content, tmp_path)
    assert [] == [face for face in faces if face not in fonts]
    if "CJK" in faces:
        assert "王小明" in words_of(content)


def test_hostile_names_open_nothing_and_stand_as_text(db):
    content = draft_of(Desk("hostile"))

    assert "<script>" in words_of(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert 0 == len(pdf.attachments)


@pytest.mark.parametrize("variant", ["none_needed", "both_noncitizens", "citizens", "naturalization", "poor_gifts"])
def test_a_paper_can_be_made_of_every_outcome(db, variant):
    content = draft_of(Desk(variant))

    assert "Your situation" in words_of(content)


def test_a_treaty_stands_in_the_paper_only_where_the_attorney_chose_it(db):
    desk = Desk("german")

    assert "Tax treaty" not in summary_html(desk.plan)
    services.decide(plan=desk.plan, chosen_strategy="treaty", reason="The treaty covers them.", actor=desk.attorney)
    html = summary_html(type(desk.plan).objects.get(pk=desk.plan.pk))
    assert "The relief of a tax treaty" in html
    assert "It gives up the QDOT for good." in html


def test_the_paper_shows_state_tax_where_it_is_counted(db):
    html = summary_html(Desk("in_new_york").plan)

    assert "State<br>tax" in html
    assert "State taxes are not worked out" not in html
    assert "State tax is that of both deaths together." in html
    # New York taxes the family trust at the first death.
    assert "A state may take a part when Graham dies." in html
    assert "It is tax-free when" not in html
