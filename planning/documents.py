"""The press: turns finished HTML into a PDF. The only importer of WeasyPrint.

WeasyPrint runs in a child process that is killed at a time limit, holds no
secret, has a bounded memory, and can open nothing but the files of our own
static folder. The module imports no Django, so that the child starts quickly.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SECONDS_FOR_A_PAPER = 40
LARGEST_MEMORY = 3 * 1024**3
LARGEST_HTML = 2_000_000
PDF_VARIANT = "pdf/ua-1"
# What the child may see of our environment: where fonts and temporary files are, and the language. No secrets.
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME")


class PressError(RuntimeError):
    """The paper could not be made; the message is fit for the page."""


def make_pdf(html: str, *, identifier: str, folders: Sequence[Path], seconds: float = SECONDS_FOR_A_PAPER) -> bytes:
    """Return the PDF of `html`, the same bytes for the same input.

    `folders` are the only places files are read from; relative addresses start
    at the first. `identifier` becomes the file's fixed identifier. Raises
    `PressError` where the child fails or runs out of time.
    """
    if len(html) > LARGEST_HTML:
        raise PressError("The paper is too long to be made.")  # noqa: EM101 - one sentence
    order = json.dumps(
        {
            "html": html.encode("utf-8", "replace").decode("utf-8"),
            "identifier": hashlib.sha256(identifier.encode()).hexdigest()[:32],
            "folders": [str(folder.resolve()) for folder in folders],
        }
    )
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "planning.documents"],
            input=order.encode(),
            capture_output=True,
            cwd=ROOT,
            env={**environment, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"Making the paper took longer than {seconds:g} seconds and was stopped. Try again."
        raise PressError(message) from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise PressError("The paper could not be made. Try again; if it fails again, tell whoever runs this site.")  # noqa: EM101 - one sentence
    return done.stdout


def only_our_files(folders: Sequence[Path]) -> Any:
    """Return a fetcher that serves files inside `folders` and refuses everything else.

    Every address is resolved first, so neither `..` nor a link leads outside.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - slow to import, needed in the child only

    allowed = [folder.resolve() for folder in folders]

    class OnlyOurFiles(URLFetcher):
        """Deny everything but our own files."""

        def fetch(self, url: str, _headers: Any = None) -> Any:
            """Open one of our files, or raise ValueError."""
            parts = urlsplit(url)
            if parts.scheme == "data" and url.startswith("data:image/png;base64,"):
                return URLFetcherResponse(url, base64.b64decode(url.partition(",")[2]), {"Content-Type": "image/png"})
            if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
                message = f"refused: {parts.scheme or 'relative'} address"
                raise ValueError(message)
            path = Path(unquote(parts.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in allowed) or not path.is_file():
                message = "refused: not one of our files"
                raise ValueError(message)
            return URLFetcherResponse(path.as_uri(), path.read_bytes(), {"Content-Type": _kind_of(path)})

    return OnlyOurFiles(allowed_protocols=["file", "data"], allow_redirects=False)


def _kind_of(path: Path) -> str:
    kinds = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png"}
    return kinds.get(path.suffix, "application/octet-stream")


def _print(order: dict[str, Any]) -> bytes:
    """Make the PDF inside the child."""
    from weasyprint import HTML  # noqa: PLC0415 - slow to import, needed in the child only

    folders = [Path(folder) for folder in order["folders"]]
    page = HTML(string=order["html"], base_url=folders[0].as_uri() + "/", url_fetcher=only_our_files(folders))
    made: bytes = page.write_pdf(
        pdf_variant=PDF_VARIANT, pdf_identifier=order["identifier"].encode(), custom_metadata=False
    )
    return made


def _child() -> None:
    """Read an order from standard input and write the PDF to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_print(json.load(sys.stdin)))


if __name__ == "__main__":
    _child()
