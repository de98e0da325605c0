"""Lays a pack out: the front pages, the papers behind them, and the number on every page.

The agenda prints the pages of the papers, and the papers' pages may depend on how long the agenda is: the front is
set again until the two agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from moothall.core.clocks import say
from moothall.core.packs import front_matter, publication_context
from moothall.core.packs.changes import Differences, Now, differences
from moothall.core.packs.meeting import Exemption, ExemptNumbering, Meeting
from moothall.core.packs.order import Standing, Variant, meeting_for, seen_by, spans
from moothall.core.packs.page_labels import Placed, Series, Span, lay_out, lay_out_again, lengthen, roman, series_of
from moothall.core.packs.previous_publication import Before, Occasion, numbers_elsewhere
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import SetPart, set_sheet
from moothall.core.pdf.typeset.front_pages import ChangeList, Sheet

CHANGES = "changes"
# The front pages that only members have, as the page map counts them.
_FRONT_ENDS = "front, for members"


@dataclass(frozen=True, slots=True)
class Layout:
    """One variant, laid out: its standings, where everything stands, and its front pages."""

    variant: Variant
    standings: tuple[Standing, ...]
    places: Mapping[str, Placed]
    front: SetPart
    changes: SetPart | None = None
    differences: Differences | None = None

    def same_as(self, other: Layout) -> bool:
        """Whether another variant shows the very same."""
        return replace(self, variant=other.variant) == other

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of everything in the pack, in the order in which it is bound."""
        first = (CHANGES,) if self.changes else ()
        return (*first, front_matter.FRONT, *(each.key for each in self.standings))


@dataclass(frozen=True, slots=True)
class Issue:
    """One pack to be laid out: the papers of the members' pack, and the ``date`` that is written into the files."""

    meeting: Meeting
    standings: tuple[Standing, ...]
    store: Store
    date: dt.datetime
    which: Occasion

    def exemptions(self, item: int) -> tuple[Exemption, ...]:
        """Why papers behind the item with index ``item`` are exempt, in order."""
        papers = (each.prepared.paper for each in self.standings if each.item == item and each.prepared)
        return tuple(paper.exempt for paper in papers if paper.exempt)

    def paragraphs(self, item: int) -> tuple[int, ...]:
        """The paragraphs of Schedule 12A under which papers behind the item with index ``item`` are exempt."""
        return tuple(sorted({each.paragraph for each in self.exemptions(item)}))

    def before(self, variant: Variant) -> Before | None:
        """What the readers of ``variant`` were given before."""
        return self.which.earlier.seen_by(variant, self.meeting) if self.which.earlier else None

    def meeting_for(self, variant: Variant) -> Meeting:
        """The meeting as ``variant`` tells of it."""
        return meeting_for(self.meeting, variant)

    def set(self, sheet: Sheet) -> SetPart:
        """Set a sheet of this pack."""
        return set_sheet(sheet, store=self.store, created=self.date, language=self.meeting.language)


def created(meeting: Meeting) -> dt.datetime:
    """The date written into the files: that of publication, or of the meeting; never that of the machine's clock."""
    day = meeting.published or publication_context.start(meeting).date()
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def lay_out_variants(issue: Issue, variants: Sequence[Variant]) -> tuple[Layout, ...]:
    """Each variant laid out; the public pages bear the same numbers in all of them (unless set otherwise)."""
    if issue.meeting.pages.exempt is ExemptNumbering.CONTINUOUS:
        return tuple(_finish(issue, _settle(issue, variant)) for variant in variants)
    public = _settle(issue, Variant.PUBLIC)
    return tuple(_finish(issue, public if each is Variant.PUBLIC else _around(issue, public)) for each in variants)


def _settle(issue: Issue, variant: Variant) -> Layout:
    """One variant, its front pages made longer until the agenda fits into them."""
    length = 2
    while (draft := _draft(issue, variant, length)).front.pages > length:
        length = draft.front.pages + draft.front.pages % 2
    return draft


def _draft(issue: Issue, variant: Variant, length: int) -> Layout:
    """One variant, if its front pages were ``length`` long."""
    seen = seen_by(issue.standings, variant)
    front = Span(front_matter.FRONT, length, front_matter.front_series(issue.meeting))
    places = _place(issue, variant, (front, *spans(seen, issue.meeting)))
    return Layout(variant, seen, places, issue.set(_front(issue, variant, places)))


def _place(issue: Issue, variant: Variant, counted: Sequence[Span]) -> dict[str, Placed]:
    others = numbers_elsewhere(issue.which, variant, issue.meeting)
    start = max(issue.meeting.pages.start, others.next_page(Series.MAIN))
    exempt = others.next_page(Series.EXEMPT)
    before = issue.before(variant)
    if before and issue.which.reissue:
        was, gone = before.manifest, (*before.manifest.retired, *others.lettered)
        placed = lay_out_again(counted, _apart(was.placed), start=start, exempt_start=exempt, retired=gone)
    else:
        placed = lay_out(counted, start=start, exempt_start=exempt)
    return {each.key: each for each in placed}


def _apart(placed: Sequence[Placed]) -> list[Placed]:
    """``placed``, where the front pages that only members have stand for themselves."""
    out = [each for each in placed if each.key != front_matter.FRONT]
    for front in (each for each in placed if each.key == front_matter.FRONT):
        ends = tuple(label for label in front.all_labels if series_of(label) is Series.EXEMPT)
        out.append(Placed(front_matter.FRONT, tuple(label for label in front.all_labels if label not in ends)))
        out.append(Placed(_FRONT_ENDS, ends))
    return out


def _around(issue: Issue, public: Layout) -> Layout:
    """The members' pack: the public pages as they stand, and the exempt ones counted for themselves.

    The public pack is settled first and alone, so that nothing in it can tell what the exempt papers are like. Where
    the members' longer agenda needs more front pages, those are counted with the exempt ones: a number of the public
    series, such as 6a, might be given to a public page later.
    """
    more = 0
    while (draft := _draft_around(issue, public, more)).front.pages > len(draft.places[front_matter.FRONT].all_labels):
        more += 2
    return draft


def _draft_around(issue: Issue, public: Layout, more: int) -> Layout:
    """The members' pack, if its front needed ``more`` pages than the public one."""
    exempt = spans([each for each in issue.standings if each.exempt], issue.meeting)
    own = _place(issue, Variant.FULL, (Span(_FRONT_ENDS, more, Series.EXEMPT), *exempt))
    ends, begun = own.pop(_FRONT_ENDS), public.places[front_matter.FRONT]
    places = {**public.places, **own}
    places[front_matter.FRONT] = Placed(front_matter.FRONT, begun.all_labels + ends.all_labels)
    front = issue.set(_front(issue, Variant.FULL, places))
    if not front_is_stamped(issue.meeting):
        places[front_matter.FRONT] = lengthen(begun, front.pages, _labels(places))
    return Layout(Variant.FULL, issue.standings, places, front)


def _labels(places: Mapping[str, Placed]) -> set[str]:
    return {label for placed in places.values() for label in placed.all_labels}


def _front(issue: Issue, variant: Variant, places: Mapping[str, Placed]) -> Sheet:
    meeting, which = issue.meeting_for(variant), issue.which
    if which.supplement:
        return front_matter.supplement_cover(meeting, issue.standings, places, name=which.name, reason=which.lateness)
    return front_matter.front(meeting, issue.standings, places)


def _finish(issue: Issue, layout: Layout) -> Layout:
    """Give the front its blank pages, and a re-issue its list of changes."""
    placed = layout.places[front_matter.FRONT]
    pages = layout.front.pages
    places = dict(layout.places)
    places[front_matter.FRONT] = Placed(front_matter.FRONT, placed.all_labels[:pages], placed.all_labels[pages:])
    before = issue.before(layout.variant)
    if not (before and issue.which.reissue):
        return replace(layout, places=places)
    found = differences(_now(issue, layout, places), before.manifest)
    changes = issue.set(_change_list(issue.meeting, found, issue.which))
    places[CHANGES] = _changes_placed(changes.pages, places)
    return replace(layout, places=places, changes=changes, differences=found)


def _now(issue: Issue, layout: Layout, places: Mapping[str, Placed]) -> Now:
    """What the readers of ``layout`` have before them: for the public, no more of an exempt paper than its item."""
    now = Now(issue.meeting.items, layout.standings, places)
    if layout.variant is Variant.FULL:
        return now
    exempt = [each for each in issue.standings if each.exempt]
    kept_back = {each.item: issue.paragraphs(each.item) for each in exempt}
    return replace(now, public=True, kept_back=kept_back, hidden={each.key: each.item for each in exempt})


def _changes_placed(pages: int, places: Mapping[str, Placed]) -> Placed:
    """The change list stands before page 1, numbered in roman numerals that the front does not use."""
    taken = _labels(places)
    free = (label for number in count(1) if (label := roman(number)) not in taken)
    labels = tuple(next(free) for _ in range(pages + pages % 2))
    return Placed(CHANGES, labels[:pages], labels[pages:])


def _change_list(meeting: Meeting, found: Differences, which: Occasion) -> ChangeList:
    return ChangeList(
        council=meeting.council,
        meeting=f"{meeting.body}, {say(publication_context.start(meeting).date())}",
        version=which.name,
        explanation=which.reason
        or "Pages that were published before keep their numbers. Pages put in between take letters.",
        changes=found.changes,
        date=say(meeting.published) if meeting.published else "",
    )


def front_is_stamped(meeting: Meeting) -> bool:
    """Whether the front pages are counted with the rest, and so bear their number."""
    return front_matter.front_series(meeting) is Series.MAIN
