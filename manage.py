#!/usr/bin/env python3
"""Run Django's commands for this product."""

from __future__ import annotations

import os
import sys

# These work on files alone: no site, no database, no key. They run on a bare checkout too.
NEEDS_NO_SITE = ("compute", "law", "plan")
SITE_SETTINGS = ("QDOT_DEBUG", "QDOT_DEMO", "QDOT_ALLOWED_HOSTS")


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdot_site.settings")
    if sys.argv[1:2] and sys.argv[1] in NEEDS_NO_SITE and not any(map(os.environ.get, SITE_SETTINGS)):
        os.environ["QDOT_DEBUG"] = "1"
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings name

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
