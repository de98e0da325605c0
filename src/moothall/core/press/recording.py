"""What the manifest records of each item and paper."""

from __future__ import annotations

from collections.abc import Sequence

from moothall.core.press.fronting import span_of
from moothall.core.press.issuing import Issue, Layout
from moothall.core.press.manifest import ItemRecord, PaperRecord, page
from moothall.core.press.ordering import Standing, Variant
from moothall.core.press.pagemap import Series


def items_of(issue: Issue, layout: Layout) -> tuple[ItemRecord, ...]:
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
        exempt_paragraphs=tuple(sorted({each.paragraph for each in issue.exemptions(index)})),
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
    )
