"""Reads of a council's own books."""

from __future__ import annotations

from django.db.models import QuerySet

from moothall.foundation.actors import Actor, Role
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import NotThere

READS_LOG = (Role.AUDITOR, Role.ADMINISTRATOR, Role.OPERATOR)


def log_of(actor: Actor) -> QuerySet[Entry]:
    """The audit log of the actor's council, newest first. Raises NotThere for whoever may not read it."""
    if not actor.holds(*READS_LOG):
        raise NotThere
    return Entry.objects.filter(council=actor.council).select_related("contents").order_by("-number")
