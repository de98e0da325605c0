"""What the manifest records of a pack: its items and papers, its pages, and the packs before it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from moothall.core.documents.warnings import Caution
from moothall.core.packs import publication_context
from moothall.core.packs.front_matter import span_of
from moothall.core.packs.hidden_content import find_hidden
from moothall.core.packs.layout import CHANGES, Issue, Layout
from moothall.core.packs.manifest import (
    ItemRecord,
    Manifest,
    MeetingRecord,
    Output,
    PaperRecord,
    PlacedPart,
    Warning_,
    page,
)
from moothall.core.packs.order import Standing, Variant
from moothall.core.packs.page_labels import Placed, Series
from moothall.core.packs.previous_publication import elsewhere


def record(issue: Issue, layout: Layout, outputs: Sequence[Output], cautions: Sequence[Caution]) -> Manifest:
    """The manifest of one variant; ``outputs`` are its files as they were written."""
    meeting, which = issue.meeting, issue.which
    before = issue.before(layout.variant)
    labels = [label for key in layout.order for label in layout.places[key].all_labels]
    pages = len(labels)
    return Manifest(
        kind=which.kind,
        number=which.number,
        supplement=which.supplement,
        reason=which.reason,
        late=which.lateness if which.reissue else "",
        variant=layout.variant,
        follows=before.sha256 if before else "",
        meeting=MeetingRecord(
            council=meeting.council,
            body=meeting.body,
            start=publication_context.start(meeting),
            place=meeting.place,
            published=meeting.published,
        ),
        pages=pages,
        parts=tuple(_placed(layout.places[key]) for key in layout.order),
        items=_items(issue, layout),
        outputs=tuple(
            msgspec.structs.replace(each, pages=pages) if each.path.endswith("pack.pdf") else each for each in outputs
        ),
        retired=_retired(before.manifest, labels) if before and which.reissue else (),
        others=elsewhere(which, layout.variant, meeting).known,
        warnings=tuple(Warning_(code=each.code, message=each.message, place=each.place) for each in cautions),
    )


def _retired(before: Manifest, labels: Sequence[str]) -> tuple[str, ...]:
    """Labels that were given away before and are not in this issue. The change list's own pages are no matter."""
    once = (*before.retired, *(label for part in before.parts if part.key != CHANGES for label in _labels(part)))
    return tuple(label for label in once if label not in set(labels))


def _labels(part: PlacedPart) -> tuple[str, ...]:
    return part.labels + part.blanks


def _placed(placed: Placed) -> PlacedPart:
    return PlacedPart(key=placed.key, labels=placed.labels, blanks=placed.blanks)


def _items(issue: Issue, layout: Layout) -> tuple[ItemRecord, ...]:
    """Every item of the agenda with its pages and papers, as this variant shows them."""
    return tuple(
        _item(issue, layout, index, [each for each in layout.standings if each.item == index])
        for index in range(len(issue.meeting.items))
    )


def _item(issue: Issue, layout: Layout, index: int, here: Sequence[Standing]) -> ItemRecord:
    item = issue.meeting.items[index]
    labels = span_of(here, layout.places) or span_of(here, layout.places, Series.EXEMPT)
    return ItemRecord(
        number=item.number,
        title=item.title,
        first_page=page(labels[0]) if labels else None,
        last_page=page(labels[-1]) if labels else None,
        exempt_paragraphs=issue.paragraphs(index),
        papers=tuple(_paper(each, layout) for each in here if each.prepared),
    )


def _paper(standing: Standing, layout: Layout) -> PaperRecord:
    prepared = standing.prepared
    assert prepared
    exempt = prepared.paper.exempt if layout.variant is Variant.FULL else None
    return PaperRecord(
        title=prepared.title,
        path=prepared.paper.listed_as,
        first_page=page(layout.places[standing.key].labels[0]),
        pages=prepared.pages,
        sha256=prepared.sha256,
        key=standing.key,
        appendix=prepared.paper.appendix,
        exempt=exempt.paragraph if exempt else None,
        hidden_content_checked=prepared.paper.hidden_content_checked and bool(find_hidden(prepared)),
    )
