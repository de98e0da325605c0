"""Signs of life: when a worker was last there, of whatever machine."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from moothall.foundation.jobs.models import WorkerSign

EVERY = dt.timedelta(seconds=30)
KEPT = dt.timedelta(days=7)
SILENT = dt.timedelta(minutes=5)
"""For how long no worker may be seen before the administrator is told."""


def give(worker: str) -> None:
    """Note that a worker is alive, at most every half a minute."""
    now = timezone.now()
    sign, new = WorkerSign.objects.get_or_create(worker=worker, defaults={"began": now, "seen": now})
    if new:
        WorkerSign.objects.filter(seen__lt=now - KEPT).delete()
    elif now - sign.seen >= EVERY:
        WorkerSign.objects.filter(pk=sign.pk).update(seen=now)


def last() -> dt.datetime | None:
    """When a worker was last seen; None when none ever was."""
    return WorkerSign.objects.order_by("-seen").values_list("seen", flat=True).first()


def silent(seen: dt.datetime | None) -> bool:
    """Whether no worker was seen for longer than may be."""
    return seen is None or age(seen) > SILENT


def age(moment: dt.datetime) -> dt.timedelta:
    """How long ago a moment was, by the machine's clock: also in a demonstration, which lives another day."""
    return timezone.now() - moment
