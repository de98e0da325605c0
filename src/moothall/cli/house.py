"""Starts Django for the commands that need it, with SQLite's folder made."""

from __future__ import annotations

import os


def start() -> None:
    """Set Django up from the environment. Raises SystemExit with a paragraph of help when something is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.settings")

    import django  # noqa: PLC0415 - only the commands that need it pay for it
    from django.conf import settings  # noqa: PLC0415

    settings.DATA.mkdir(parents=True, exist_ok=True)
    django.setup()
