"""What public pages of plans ask the database: each question goes through the gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from moothall.forward_plan.models import Author, Document, Entry, Notice, Plan, Request, Slip
from moothall.forward_plan.states import EntryState
from moothall.foundation.actors import Actor
from moothall.foundation.councils.council import Council
from moothall.foundation.permissions import visible

B = TypeVar("B", Author, Document, Slip, Notice)


def anybody(council: Council) -> Actor:
    return Actor.public(council, origin="public pages")


def open_entries(council: Council) -> QuerySet[Entry]:
    """Open entries, with the rows that they point to."""
    return visible(anybody(council), Entry).select_related("plan__body", "meeting", "lead", "request__meeting")


def lines(council: Council) -> Iterable[tuple[str, str, str, str]]:
    rows = visible(anybody(council), Plan).order_by("kind", "body__name")
    return rows.values_list("body__slug", "body__name", "title", "kind")


def of_body(council: Council, body: str) -> Iterable[Plan]:
    return visible(anybody(council), Plan).filter(body__slug=body).select_related("body", "contact").order_by()


def published(council: Council, plan: Plan) -> Sequence[Entry]:
    rows = visible(anybody(council), Entry).filter(plan__id=plan.pk, state=EntryState.PUBLISHED)
    return _in_order(rows.select_related("meeting", "lead", "request__meeting"), plan)


def outlined(council: Council, plan: Plan) -> Sequence[Entry]:
    rows = visible(anybody(council), Entry).filter(plan__id=plan.pk, state=EntryState.PUBLISHED)
    return _in_order(rows.select_related("meeting"), plan)


def entry_at(council: Council, body: str, number: int) -> Iterable[Entry]:
    return open_entries(council).filter(plan__body__slug=body, number=number).order_by()


def of_meeting(council: Council, body: str, slug: str) -> Iterable[Entry]:
    rows = open_entries(council).filter(meeting__body__slug=body, meeting__slug=slug)
    return rows.exclude(state=EntryState.WITHDRAWN)


def authors_of(council: Council, entries: tuple[int, ...]) -> Iterable[Author]:
    return visible(anybody(council), Author).filter(entry__id__in=entries).select_related("person")


def documents_of(council: Council, entries: tuple[int, ...]) -> Iterable[Document]:
    return visible(anybody(council), Document).filter(entry__id__in=entries)


def slips_of(council: Council, entries: tuple[int, ...]) -> Iterable[Slip]:
    return visible(anybody(council), Slip).filter(entry__id__in=entries)


def notices_of(council: Council, entries: tuple[int, ...]) -> Iterable[Notice]:
    return visible(anybody(council), Notice).filter(entry__id__in=entries).select_related("agreed_by")


def requests_of(council: Council, plan: int) -> Iterable[Request]:
    return visible(anybody(council), Request).filter(plan__id=plan).select_related("meeting__body")


def answering(council: Council, requests: tuple[int, ...]) -> Iterable[Entry]:
    rows = visible(anybody(council), Entry).filter(request__id__in=requests)
    return rows.select_related("meeting", "plan__body")


def _in_order(rows: QuerySet[Entry], plan: Plan) -> Sequence[Entry]:
    """Return the entries of a plan that has been read, by number: Django takes longer to put an order into SQL."""
    found = sorted(rows.order_by(), key=lambda each: each.number)
    for each in found:
        each.plan = plan
    return found


def by_entry(rows: Iterable[B]) -> Mapping[int, Sequence[B]]:
    found: dict[int, list[B]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(row)
    return found
