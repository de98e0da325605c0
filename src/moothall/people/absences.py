"""The six-month rule over the books: where each councillor stands (MTG-25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import Max, Min

from moothall.core.clocks import Clock
from moothall.foundation.councils.council import Council
from moothall.foundation.councils.council_clock import clocks
from moothall.foundation.councils.scoping import holding
from moothall.people.models import AbsenceApproval, Attendance, Person, Term
from moothall.people.six_months import Approval, Standing, counted_from, standing

# who follows from elsewhere is in attendance, and is not present (MTG-40)
CAME = (Attendance.How.PRESENT, Attendance.How.SUBSTITUTE)
A_YEAR = dt.timedelta(days=366)


def six_months(
    person: Person, *, on: dt.date, executive: bool = False, since: dt.date | None = None
) -> Standing | None:
    """Where a councillor stands under the six-month rule; None for who is none on ``on``.

    Counts from the last attendance in the term; before the first one from the day that the term began. None, too,
    while the council has recorded no attendance: then nothing is known. With ``executive`` only meetings of the
    executive count, from the day of joining it (``since``).
    """
    term = person.terms.filter(holding(on), office=Term.Office.COUNCILLOR).order_by("-first_day").first()
    if term is None:
        return None
    began = max(term.first_day, since or term.first_day)
    return standings(person.council, {person.pk: began}, on=on, executive=executive).get(person.pk)


def six_month_warnings(
    council: Council, on: dt.date, *, clock: Callable[[dt.date], Clock] | None = None
) -> list[tuple[Person, Standing]]:
    """Councillors of whom the six-month rule is to be thought, who would cease first first.

    ``clock`` is the council's, where the caller has it.
    """
    terms = Term.objects.of(council).filter(holding(on), office=Term.Office.COUNCILLOR).order_by("first_day")
    return warned(council, standings(council, dict(terms.values_list("person", "first_day")), on=on, clock=clock))


def warned(council: Council, found: Mapping[int, Standing]) -> list[tuple[Person, Standing]]:
    """Those who are to be warned, or have ceased, who would cease first first."""
    wanted = {pk: where for pk, where in found.items() if where.warning or where.ceased}
    people = Person.objects.of(council).filter(pk__in=wanted)
    return sorted(((each, wanted[each.pk]) for each in people), key=lambda pair: (pair[1].expires, pair[0].pk))


def standings(
    council: Council,
    began: Mapping[int, dt.date],
    *,
    on: dt.date,
    executive: bool = False,
    clock: Callable[[dt.date], Clock] | None = None,
) -> dict[int, Standing]:
    """Where members stand, by id, who began on these days. Empty while no attendance of the kind has been recorded.

    Who began before anything was recorded counts from the first attendance of their own. That somebody came when the
    time was over is seen for a year.
    """
    if not began:
        return {}
    rows = Attendance.objects.of(council).filter(day__lte=on, **({"executive": True} if executive else {}))
    recorded_from = rows.aggregate(first=Min("day"))["first"]
    if recorded_from is None:
        return {}
    came, year = rows.filter(how__in=CAME, person__in=began).order_by(), on - A_YEAR
    before = dict(came.filter(day__lt=year).values_list("person").annotate(last=Max("day")))
    within: dict[int, list[dt.date]] = {}
    for pk, day in came.filter(day__gte=year).values_list("person", "day"):
        within.setdefault(pk, []).append(day)
    clock, approved, found = clock or clocks(council), _approvals(council, began, executive=executive), {}
    for pk, first in began.items():
        days, given = within.get(pk, []), approved.get(pk, [])
        known = first if first >= recorded_from else min(days, default=recorded_from)
        since = counted_from(max(first, before.get(pk, known)), days, given, clock=clock)
        found[pk] = standing(since, given, on=on, clock=clock(since))
    return found


def _approvals(council: Council, people: Mapping[int, dt.date], *, executive: bool) -> dict[int, list[Approval]]:
    found: dict[int, list[Approval]] = {}
    for row in AbsenceApproval.objects.of(council).filter(executive=executive, person__in=people):
        found.setdefault(row.person_id, []).append(Approval(row.approved_on, row.approved_until))
    return found
