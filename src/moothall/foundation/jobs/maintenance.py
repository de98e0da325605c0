"""Chores of the installation, held by a lease like jobs; and what is done from outside, and noted here.

They belong to no council and say nothing of one: a name, when it is due, when it was done, the kind of a failure.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from moothall.foundation.jobs import leases
from moothall.foundation.jobs.models import ChoreOfInstallation as Row
from moothall.foundation.jobs.recurrence import Chore, chores

BACKUP = "backup"
"""The name of what is noted when a backup was made: it is done from outside, and never due."""


def enter(now: dt.datetime | None = None) -> None:
    """Give new chores their first occurrence."""
    now = now or timezone.now()
    missing = set(chores()) - set(Row.objects.values_list("name", flat=True))
    new = [Row(name=name, due=_next(chores()[name], now)) for name in sorted(missing)]
    if new:
        Row.objects.bulk_create(new, ignore_conflicts=True)


def take(worker: str, *, lease: dt.timedelta = leases.LEASE, now: dt.datetime | None = None) -> Row | None:
    """A chore that is due and that nobody holds, held for ``worker``; None when there is none."""
    now = now or timezone.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    for row in Row.objects.filter(free, due__lte=now, name__in=chores()).order_by("due", "pk"):
        if _same(row).update(holder=worker, lease_until=now + lease, attempts=F("attempts") + 1):
            row.refresh_from_db()
            return row
    return None


def renew(row: Row, *, lease: dt.timedelta = leases.LEASE) -> bool:
    """Hold a chore for longer; False when it is no longer held."""
    return bool(_same(row).update(lease_until=timezone.now() + lease))


def finish(row: Row, now: dt.datetime | None = None) -> bool:
    """Note that a chore is done; False when it was no longer held."""
    now = now or timezone.now()
    return _leave(row, due=_next(chores()[row.name], now), last=now, attempts=0, lease_until=None, error="")


def fail(row: Row, error: BaseException, now: dt.datetime | None = None) -> bool:
    """Note that a chore failed: it is tried again after a pause, in the end at its next occurrence."""
    now, told = now or timezone.now(), type(error).__name__
    if row.attempts < leases.TRIES:
        return _leave(row, lease_until=now + leases.pause(row.attempts), error=told)
    return _leave(row, due=_next(chores()[row.name], now), attempts=0, lease_until=None, error=told)


def done_outside(name: str, at: dt.datetime) -> None:
    """Note that something was done by a command and not by a worker."""
    Row.objects.update_or_create(name=name, defaults={"last": at})


def _leave(row: Row, **values: object) -> bool:
    return bool(_same(row).update(holder="", **values))


def _same(row: Row) -> QuerySet[Row]:
    """The row, as long as nobody else has taken it since it was read."""
    return Row.objects.filter(pk=row.pk, holder=row.holder, attempts=row.attempts, due=row.due)


def _next(chore: Chore, now: dt.datetime) -> dt.datetime:
    return chore.when.after(now, timezone.get_default_timezone())
