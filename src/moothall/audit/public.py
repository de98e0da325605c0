"""What anybody may learn of the log: whether anything was written since, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import connection

from moothall.audit.models import Head
from moothall.councils.council import Council, Domain

FIELDS = tuple(field.column for field in Council._meta.concrete_fields)
AT_HOST = (  # names of our own tables and columns; the host is a parameter
    f"SELECT {', '.join(f'c.{each}' for each in FIELDS)}, h.edition, p.host FROM {Domain._meta.db_table} d "
    f"JOIN {Council._meta.db_table} c ON c.id = d.council_id "
    f'LEFT JOIN {Domain._meta.db_table} p ON p.council_id = c.id AND p."primary" '
    f"LEFT JOIN {Head._meta.db_table} h ON h.council_id = c.id WHERE d.host = %s"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A council, and a text that is another one after every act that anybody may see, and tells nothing of the act.

    ``primary`` is the host name in permanent addresses, or "".
    """

    council: Council
    text: str
    primary: str


def edition(council: Council) -> str:
    """A text that is another one after every act in the council that anybody may see, and tells nothing of the act."""
    return _text(Head.objects.filter(council=council).values_list("edition", flat=True).first())


def edition_at(host: str) -> Edition | None:
    """The council that answers to a host name (lower case, no port), and its edition; in one small query.

    Written in SQL, because every request of anybody asks this, and the query sets take ten times as long over it.
    """
    with connection.cursor() as cursor:
        cursor.execute(AT_HOST, [host])
        found = cursor.fetchone()
    if found is None:
        return None
    *fields, last, primary = found
    council = Council.from_db(connection.alias, FIELDS, fields)  # type: ignore[arg-type]
    return Edition(council, _text(last), primary or "")


def _text(last: str | None) -> str:
    return hashlib.blake2b((last or "").encode(), digest_size=12).hexdigest()
