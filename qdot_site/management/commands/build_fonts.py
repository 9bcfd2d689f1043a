"""Make the web fonts of pages and PDFs from the installed font packages.

The fonts are subset to Latin letters, punctuation and the signs the pages use,
and written as WOFF2 into static/fonts (not under version control). Names in
other scripts fall back to the Noto fonts of the system.
"""

from __future__ import annotations

import importlib.resources
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# package, source file, our file, our family name. The licence reserves the name "Source" for unchanged fonts,
# so a subset carries a name of its own.
FONTS = (
    ("font_source_sans_pro", "SourceSansPro-Regular.otf", "text-regular.woff2", "QDOT Text"),
    ("font_source_sans_pro", "SourceSansPro-It.otf", "text-italic.woff2", "QDOT Text Italic"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.otf", "text-semibold.woff2", "QDOT Text Semibold"),
    (
        "font_source_serif_pro",
        "SourceSerifPro-Semibold.otf",
        "heading-semibold.woff2",
        "QDOT Heading",
    ),
)
LICENSES = (("font_source_sans_pro", "LICENSE-text.txt"), ("font_source_serif_pro", "LICENSE-heading.txt"))
# Basic Latin to Latin Extended-B, combining marks, Vietnamese and other Latin additions, punctuation,
# currency, arrows, mathematical signs, circles and check marks where the font has them.
UNICODES = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2BB, 0x2E0),
    *range(0x300, 0x330),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x2070, 0x20D0),
    *range(0x2100, 0x2200),
    *range(0x2200, 0x2270),
    *range(0x25A0, 0x2600),
    0x2713,
    0x2717,
    0xFB01,
    0xFB02,
)
FEATURES = ["kern", "liga", "lnum", "tnum", "pnum", "mark", "mkmk", "ccmp", "locl", "case", "frac", "sups"]
NAME_IDS = {1, 3, 4, 6, 16, 18}
STYLE_NAME = 2
TYPOGRAPHIC_STYLE_NAME = 17


class Command(BaseCommand):
    """Write the four font files and their licences."""

    help = "Make the web fonts in static/fonts from the installed font packages."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Offer to make the files again even when they are there."""
        parser.add_argument("--again", action="store_true", help="make the files again even when they are there")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make what is missing."""
        made = build_fonts(Path(settings.BASE_DIR) / "static" / "fonts", again=options["again"])
        self.stdout.write(f"{made} font files made." if made else "The font files are there already.")


def build_fonts(folder: Path, *, again: bool = False) -> int:
    """Make every font file that is missing in the folder and return how many were made."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [font for font in FONTS if again or not (folder / font[2]).exists()]
    for package, source, target, family in wanted:
        with _packaged(package, source) as path:
            _subset(path, folder / target, family)
    for package, target in LICENSES:
        with _packaged(package, "LICENSE.txt") as path:
            if not (folder / target).exists():
                shutil.copyfile(path, folder / target)
    return len(wanted)


def _packaged(package: str, name: str) -> AbstractContextManager[Path]:
    """Open a file of an installed font package."""
    return importlib.resources.as_file(importlib.resources.files(package) / "files" / name)


def _subset(source: Path, target: Path, family: str) -> None:
    from fontTools import subset  # noqa: PLC0415 - slow to import, needed only here

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["DSIG"]
    options.timing = False
    font: Any = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=UNICODES)
    subsetter.subset(font)
    _rename(font, family)
    half_written = target.with_suffix(".part")
    subset.save_font(font, str(half_written), options)
    font.close()
    half_written.replace(target)


def _rename(font: Any, family: str) -> None:
    """Give the changed font our own name, as its licence asks."""
    plain = family.replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID == STYLE_NAME:
            record.string = "Regular"
        elif record.nameID in {6, 3}:
            record.string = plain
        elif record.nameID in NAME_IDS:
            record.string = family
        elif record.nameID == TYPOGRAPHIC_STYLE_NAME:
            font["name"].names.remove(record)
    if "CFF " in font:
        table = font["CFF "].cff
        table.fontNames = [plain]
        top = table.topDictIndex[0]
        top.FullName, top.FamilyName = family, family
