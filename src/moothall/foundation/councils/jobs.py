"""Work on a council's own books that is done by itself."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from moothall.foundation.audit import chain
from moothall.foundation.councils.council import Council
from moothall.foundation.errors import Refused


class LogTouched(Refused):
    """The check of the audit log found something."""


@task()
def verify_log(council: str) -> str:
    """Check the audit log of a council (its slug), and give its end. Raises LogTouched.

    It fails for the administrator to see it among the failed jobs: there is nobody else at that hour to be told.
    """
    found = chain.verify(Council.objects.get(slug=council))
    if found.flaws:
        raise LogTouched(_told(found.flaws))
    return f"{found.entries} {found.digest}"


def _told(flaws: tuple[chain.Flaw, ...]) -> str:
    number = len(flaws)
    told = ngettext("The audit log does not hold: {n} flaw.", "The audit log does not hold: {n} flaws.", number)
    first = flaws[0]
    where = _("Entry {n} {flaw}.").format(n=first.number, flaw=first.message) if first.number else f"{first.message}."
    return f"{told.format(n=number)} {where}"
