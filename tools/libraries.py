"""Name the Debian packages of libraries WeasyPrint opens and this machine lacks; standard library only."""

from __future__ import annotations

import ctypes.util
import sys

# library name for the linker -> Debian package that brings it
LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}


def missing_packages() -> list[str]:
    """List the Debian packages whose library cannot be found."""
    return [package for library, package in LIBRARIES.items() if ctypes.util.find_library(library) is None]


if __name__ == "__main__":
    sys.stdout.write(" ".join(missing_packages()) + "\n")
