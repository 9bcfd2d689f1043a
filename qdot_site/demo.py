"""The demo's letter box: mails that would have been sent, shown on a page of the demo only."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = "\n" + "-" * 79 + "\n"
SHOWN = 30


@dataclass(frozen=True, slots=True)
class DemoMail:
    """One mail as the page shows it."""

    to: str
    subject: str
    sent: str
    text: str


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Show the newest mails of the demo; outside the demo the page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo_mail.html", {"mails": newest_mails(Path(settings.DEMO_MAIL_ROOT))})


def newest_mails(folder: Path) -> list[DemoMail]:
    """Read the mail files of a folder, the newest mail first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]
    mails: list[DemoMail] = []
    for path in files:
        parts = path.read_text(encoding="utf-8", errors="replace").split(SEPARATOR)
        mails += [_read(part) for part in reversed(parts) if part.strip()]
    return mails[:SHOWN]


def _read(source: str) -> DemoMail:
    message = email.message_from_string(source.lstrip("\n"), _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    return DemoMail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent=str(message["Date"] or ""),
        text=body.get_content().strip() if body is not None else "",
    )
