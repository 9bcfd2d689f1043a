"""The press: what it opens, what it refuses, and that the same order gives the same bytes."""

from pathlib import Path

import pytest

from planning.documents import PressError, make_pdf, only_our_files

pytestmark = pytest.mark.pure


@pytest.fixture
def folder(tmp_path):
    """A folder with a style sheet, beside a file that must stay closed."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "a.css").write_text("p { color: black }")
    (tmp_path / "secret.css").write_text("p { color: red }")
    (ours / "way-out.css").symlink_to(tmp_path / "secret.css")
    return ours


def test_our_own_files_are_opened(folder):
    response = only_our_files([folder]).fetch((folder / "a.css").as_uri())

    assert "text/css" in response.headers["Content-Type"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.css",
        "https://example.com/x.css",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "file://evil.example/etc/passwd",
        "data:text/css,p{}",
    ],
)
def test_every_other_address_is_refused(folder, address):
    with pytest.raises(ValueError, match="refused"):
        only_our_files([folder]).fetch(address)


@pytest.mark.parametrize("way", ["../secret.css", "%2e%2e/secret.css", "way-out.css", "missing.css"])
def test_no_way_leads_out_of_the_folder(folder, way):
    with pytest.raises(ValueError, match="refused"):
        only_our_files([folder]).fetch(f"{folder.as_uri()}/{way}")


def test_the_same_order_gives_the_same_bytes(folder):
    html = "<!doctype html><html lang='en'><title>x</title><p>Hello</p>"

    first, second = (make_pdf(html, identifier="x", folders=[folder]) for _ in range(2))

    assert first == second
    assert first.startswith(b"%PDF-")


def test_a_paper_that_takes_too_long_is_stopped(folder):
    with pytest.raises(PressError, match="longer than"):
        make_pdf("<p>x", identifier="x", folders=[folder], seconds=0.01)


def test_a_paper_that_is_too_long_is_refused(folder):
    with pytest.raises(PressError, match="too long"):
        make_pdf("x" * 2_000_001, identifier="x", folders=[folder])


def test_the_child_holds_no_secret():
    source = Path("planning/documents.py").read_text()

    assert "SECRET" not in source.split("KEPT_ENVIRONMENT = ")[1].split("\n")[0]
