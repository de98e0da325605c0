"""When pages are written: a little after the last act, and at the beginning of every day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from moothall.councils.council import Council
from moothall.jobs.queue import enqueue
from moothall.jobs.recurring import Recurring
from moothall.jobs.times import Daily
from moothall.written.writing import write

SETTLED = dt.timedelta(seconds=5)
"""How long after an act pages are written: acts come in rows, and each takes away what was written before."""


@task()
def write_pages(council: str) -> str:
    """Write the public pages of a council (its slug) as files, and put them out; a second time does no harm."""
    return write(Council.objects.get(slug=council), settings.WRITTEN_PAGES) if settings.WRITTEN_PAGES else ""


def write_soon(council: Council) -> None:
    """Put the writing of a council's pages in line; inside the transaction of the act that it follows."""
    enqueue(write_pages, council.slug, council=council, key="written pages", after=timezone.now() + SETTLED)


AFTER_ACTS = (write_soon,)
RECURS = (Recurring(write_pages, Daily(dt.time(0, 0, 20))),)
