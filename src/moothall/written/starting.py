"""The start of the site: pages of another release are taken away, and its own are put in line to be written."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from moothall.audit.models import Head
from moothall.audit.written import begin
from moothall.website.release import release
from moothall.written.folder import Sets
from moothall.written.jobs import write_soon


def begin_anew() -> None:
    """Begin with no page written. Raises PagesRemain, and OSError when the folder cannot be written to."""
    root = settings.WRITTEN_PAGES
    if root is None:
        if Head.objects.exclude(pages_out="", pages_release="").exists():
            begin("", None)
        return
    for council in begin(release(), root):
        Sets(root, council.slug)
        with transaction.atomic():
            write_soon(council)
