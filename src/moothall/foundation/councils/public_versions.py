"""The public version of each subject: the council, a body, a meeting.

A public page shows some subjects. Its ETag is made of their versions, so an unchanged page is known by one query, and
a page from before an action is never taken for the current one. An action says with ``public_effect`` which subjects it
changes; their versions are written in its own transaction (docs/decisions/0051-one-response-cache.md).

A version is a random value and not a count: a database that is restored from a backup must never give a page the
version that another page had before.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from moothall.foundation.councils.council import Council, Domain
from moothall.foundation.councils.models import PublicVersion

COUNCIL = "council"
"""The subject of every page: names, people, settings, and whatever has no narrower subject."""
ANYTHING = "anything"
"""Changes with every action that has a public effect: for pages that show all bodies or all meetings."""

PublicEffect = Callable[[Any], Collection[str]]
"""Gives the subjects that an action changes, from the row that its audit entry is about."""

FIELDS = tuple(field.column for field in Council._meta.concrete_fields)
AT_HOST = (  # names of our own tables and columns; host and subjects are parameters
    f"SELECT {', '.join(f'c.{each}' for each in FIELDS)}, p.host, v.subject, v.version "
    f"FROM {Domain._meta.db_table} d JOIN {Council._meta.db_table} c ON c.id = d.council_id "
    f'LEFT JOIN {Domain._meta.db_table} p ON p.council_id = c.id AND p."primary" '
    f"LEFT JOIN {PublicVersion._meta.db_table} v ON v.council_id = c.id AND v.subject IN (%s, %s, %s, %s) "
    "WHERE d.host = %s"
)


@dataclass(frozen=True, slots=True)
class Tenant:
    """The council that answers to a host.

    ``primary_host`` is the host name in permanent addresses, or "". ``versions`` are those of the subjects that the
    requested address may show.
    """

    council: Council
    primary_host: str
    versions: Mapping[str, str]


def whole_council(_: Any) -> Collection[str]:
    """Return the subject of every page: the public effect of an action that declares no other."""
    return (COUNCIL,)


def no_public_effect(_: Any) -> Collection[str]:
    """Return no subject: the action writes into no table that a public page is made from."""
    return ()


def body_subject(slug: str) -> str:
    """Return the subject of a body."""
    return f"body:{slug}"


def meeting_subject(body: str, slug: str) -> str:
    """Return the subject of whatever meeting has, or had, the address ``/<body>/<slug>/``."""
    return f"meeting:{body}/{slug}"


def renew_versions(council: Council, subjects: Collection[str]) -> None:
    """Give subjects a new version. Call it in the transaction of the action that changes them."""
    if not subjects:
        return
    rows = [
        PublicVersion(council=council, subject=each, version=secrets.token_hex(8))
        for each in sorted({*subjects, ANYTHING})
    ]
    PublicVersion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["council", "subject"], update_fields=["version"]
    )


def find_tenant(host: str, path: str) -> Tenant | None:
    """Return the council of a host name (lower case, no port) with the versions that a page at ``path`` may need.

    One query, in SQL because every request asks it: a query set takes ten times as long.
    """
    subjects = _subjects_at(path)
    with connection.cursor() as cursor:
        # PostgreSQL refuses a null byte in a value; nothing has such an address, so its version stays empty
        cursor.execute(AT_HOST, [*(each.replace("\0", "") for each in subjects), host])
        rows = cursor.fetchall()
    if not rows:
        return None
    *fields, primary, _, _ = rows[0]
    council = Council.from_db(connection.alias, FIELDS, fields)  # type: ignore[arg-type]
    versions = {**dict.fromkeys(subjects, ""), **{subject: version for *_, subject, version in rows if subject}}
    return Tenant(council, primary or "", versions)


def _subjects_at(path: str) -> tuple[str, str, str, str]:
    """Return the subjects that a page at ``/<body>/<meeting>/`` may show; there are none of the last two elsewhere."""
    body, meeting = (each.partition(".")[0] for each in (*path.strip("/").split("/"), "")[:2])
    return (COUNCIL, ANYTHING, body_subject(body), meeting_subject(body, meeting))
