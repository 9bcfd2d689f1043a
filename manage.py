#!/usr/bin/env python3
"""Run Django's commands for this product."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qdot_site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings name

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
