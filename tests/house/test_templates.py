"""House rules for templates: the strict policy of the browser, words we never use, titles without people."""

import re

import pytest

from tests import ROOT

pytestmark = pytest.mark.pure
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "documents" not in path.relative_to(ROOT / "templates").parts]
MAILS = sorted((ROOT / "templates").rglob("*.txt"))
NEVER = re.compile(r"\b(best|optimal|optimum|maximum|guaranteed?s?|simply|please note|alien)\b", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def name_of(path):
    """Name a file in a test report."""
    return str(path.relative_to(ROOT / "templates"))


def without_comments(text):
    """Leave out what no reader sees."""
    return re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_holds_no_inline_style_or_script(path):
    text = without_comments(path.read_text())

    assert [] == re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_escapes_what_people_typed(path):
    assert [] == re.findall(r"\|\s*safe\b|autoescape\s+off|safeseq", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_loads_nothing_from_another_host(path):
    loads = re.findall(r"(?:src|srcset|<link[^>]*href)\s*=\s*[\"']\s*(?:https?:)?//", path.read_text())

    assert [] == loads


@pytest.mark.parametrize("path", [*TEMPLATES, *MAILS], ids=name_of)
def test_words_we_never_use_are_not_used(path):
    assert [] == NEVER.findall(without_comments(path.read_text()))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_title_names_the_page_and_never_a_person(path):
    titles = re.findall(r"{%\s*block title\s*%}(.*?){%\s*endblock", path.read_text(), re.DOTALL)
    personal = re.compile(
        r"{{[^}]*\b(?:full_name|email|names?|participant|person|reference|couple)\b[^}]*}}|\bwith\b[^%]*(?:full_name|email)"
    )

    assert [] == [title for title in titles if personal.search(title)]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_word_on_a_page_can_be_translated(path):
    text = without_comments(path.read_text())
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*block (?:body_class|\w*_class)\s*%}.*?{%\s*endblock\s*%}", "", text)
    text = re.sub(r"<(script|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
    words = re.findall(r"[A-Za-zÀ-ɏ]{3,}", re.sub(r"&\w+;", "", TAG.sub(" ", text)))

    assert [] == words


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_form_that_posts_carries_its_token(path):
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", path.read_text(), re.DOTALL | re.IGNORECASE)

    assert [] == [form[:80] for form in forms if "csrf_token" not in form]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_link_that_opens_a_new_window_is_not_used(path):
    assert [] == re.findall(r"(?<!hx-)\btarget=", path.read_text())
