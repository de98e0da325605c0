"""What ends with an office: places that nobody else can hold (LGA 1972 s.102(5)).

A folder says what ends there: ``LEAVES`` in its ``leaving.py`` names functions of a term and its last day, which end
rows and give back what they ended. So a term of office ends what stands in higher folders, and knows nothing of them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet

from moothall import folders
from moothall.councils.scoped import Dated, overlapping
from moothall.people.models import GroupMembership, Term


def leave(term: Term, last_day: dt.date) -> dict[str, Any]:
    """End all that ends with a term after ``last_day``; gives what an audit entry tells of it."""
    found = [
        told for module in folders.modules("leaving") for leaves in module.LEAVES for told in leaves(term, last_day)
    ]
    return {"ended_with_it": found} if found else {}


def end_rows(rows: QuerySet[Any], last_day: dt.date) -> list[str]:
    """End dated rows after a day. Those that would begin later are taken away: they never came about."""
    after = rows.filter(overlapping(last_day + dt.timedelta(days=1), None))
    told = [_told(row) for row in after]
    after.filter(first_day__gt=last_day).delete()
    after.update(last_day=last_day, version=F("version") + 1)
    return told


def _told(row: Dated) -> str:
    return f"{row._meta.label} {row.pk}: {row}"


def _groups(term: Term, last_day: dt.date) -> list[str]:
    """Only councillors are in political groups (MTG-23)."""
    if term.office != Term.Office.COUNCILLOR:
        return []
    rows = GroupMembership.objects.of(term.council).filter(person=term.person_id).select_related("person", "group")
    return end_rows(rows, last_day)


LEAVES = (_groups,)
