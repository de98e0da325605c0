"""What ends with an office: places that nobody else can hold (LGA 1972 s.102(5)).

``END_OF_TERM`` in ``moothall.composition`` lists the functions that end them: each takes a term and its last day, ends
rows, and returns a line on each. So ending a term also ends places that are kept in higher folders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, QuerySet

from moothall.core.clocks import day_after
from moothall.foundation.councils.scoping import Dated, overlapping
from moothall.people.models import GroupMembership, Term

EndPlaces = Callable[[Term, dt.date], list[str]]
_ENDED_WITH_TERM: list[EndPlaces] = []


def install_end_of_term(functions: Iterable[EndPlaces]) -> None:
    """Set the functions that end places with a term. ``moothall.composition`` calls this once, at start."""
    _ENDED_WITH_TERM[:] = functions


def leave(term: Term, last_day: dt.date) -> dict[str, Any]:
    """End all that ends with a term after ``last_day``; gives what an audit entry tells of it."""
    found = [line for end_places in _ENDED_WITH_TERM for line in end_places(term, last_day)]
    return {"ended_with_it": found} if found else {}


def end_rows(rows: QuerySet[Any], last_day: dt.date) -> list[str]:
    """End dated rows after a day. Those that would begin later are taken away: they never came about."""
    after = rows.filter(overlapping(day_after(last_day), None))
    told = [_told(row) for row in after]
    after.filter(first_day__gt=last_day).delete()
    after.update(last_day=last_day, version=F("version") + 1)
    return told


def _told(row: Dated) -> str:
    return f"{row._meta.label} {row.pk}: {row}"


def end_group_places(term: Term, last_day: dt.date) -> list[str]:
    """End the places in political groups that end with a term: only councillors are in groups (MTG-23)."""
    if term.office != Term.Office.COUNCILLOR:
        return []
    rows = GroupMembership.objects.of(term.council).filter(person=term.person_id).select_related("person", "group")
    return end_rows(rows, last_day)
