"""What the council's log says of signing in. An auditor signs in too, so these entries are no verbs and ask no gate."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from moothall.foundation.audit import chain
from moothall.people.middleware import origin_of
from moothall.people.models import Account, Person
from moothall.people.queries import person_of


def note(request: HttpRequest, did: str, account: Account | None, **after: Any) -> None:
    """Leave an entry ``sign_in.<did>`` about the person that ``account`` is in the council of the request.

    An attempt that belongs to nobody here is noted as well, without the address typed: people type passwords there.
    """
    council = request.council  # type: ignore[attr-defined]
    person = person_of(account, council)
    with transaction.atomic():
        chain.append(
            council,
            account=account.pk if account and person else None,
            who=person.plain_name if person else "the public",
            origin=origin_of(request),
            verb=f"sign_in.{did}",
            kind=Person._meta.label,
            thing=str(person.pk) if person else "",
            before=None,
            after=after or None,
        )
