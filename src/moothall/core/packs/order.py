"""The order of a pack: what stands behind what, in the members' pack and in the public one.

Knows a paper again whose file was renamed or moved to another folder: its content is what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from moothall.core.packs.manifest import Manifest, PaperRecord
from moothall.core.packs.meeting import ExemptNumbering, Item, Meeting
from moothall.core.packs.page_labels import Series, Span
from moothall.core.packs.prepared_papers import Prepared
from moothall.core.pdf.cache import digest

_AWAITED = "A paper that is not for publication"


class Variant(StrEnum):
    """For whom a pack is: members (everything), or the public (nothing exempt)."""

    FULL = "full"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Standing:
    """A paper, or the sheet that stands for exempt papers, behind the item with index ``item``.

    ``prepared`` is None for a sheet. ``exempt`` marks what the public never gets.
    """

    key: str
    item: int
    pages: int
    prepared: Prepared | None = None

    @property
    def exempt(self) -> bool:
        """Whether this is an exempt paper."""
        return self.prepared is not None and self.prepared.paper.exempt is not None


def order(meeting: Meeting, prepared: Sequence[Prepared], *, sheet_pages: int = 1) -> tuple[Standing, ...]:
    """What the members' pack holds behind its front matter: per item its papers, exempt ones behind their sheet."""
    return tuple(
        standing
        for index, item in enumerate(meeting.items)
        for standing in _behind(index, item, [each for each in prepared if each.paper.item == index], sheet_pages)
    )


def _behind(index: int, item: Item, papers: Sequence[Prepared], sheet_pages: int) -> Iterator[Standing]:
    announced = False
    for each in papers:
        if each.paper.exempt and not announced:
            announced = True
            yield Standing(sheet_key(item), index, sheet_pages)
        yield Standing(paper_key(each.paper.listed_as), index, each.pages, each)


def sheet_key(item: Item) -> str:
    """The key of the sheet that stands for the exempt papers of ``item``."""
    return f"sheet-{digest(str(item.number))[:12]}"


def paper_key(listed_as: str) -> str:
    """The key of a paper: the same in every issue of the pack, as long as the file keeps its name."""
    return f"paper-{digest(listed_as)[:12]}"


def meeting_for(meeting: Meeting, variant: Variant) -> Meeting:
    """The meeting as this variant tells of it: the public learns no title of an exempt paper that is to follow."""
    if variant is Variant.FULL:
        return meeting
    items = tuple(
        msgspec.structs.replace(item, to_follow=(_AWAITED,)) if item.exempt and item.to_follow else item
        for item in meeting.items
    )
    return msgspec.structs.replace(meeting, items=items)


def seen_by(standings: Sequence[Standing], variant: Variant) -> tuple[Standing, ...]:
    """What of ``standings`` is in the pack of this variant."""
    return tuple(each for each in standings if variant is Variant.FULL or not each.exempt)


def spans(standings: Sequence[Standing], meeting: Meeting) -> tuple[Span, ...]:
    """``standings`` as the page map counts them."""
    own = meeting.pages.exempt is ExemptNumbering.OWN
    return tuple(
        Span(each.key, each.pages, Series.EXEMPT if each.exempt and own else Series.MAIN) for each in standings
    )


def recognised(standings: Sequence[Standing], before: Manifest) -> tuple[Standing, ...]:
    """``standings`` with the keys that their papers had in ``before``, so that their pages keep their numbers.

    Only where there is no doubt: one new file and one that is gone have the same content. An open paper is never taken
    for one that was exempt, so that its key does not tell what it was.
    """
    here = {each.key for each in standings}
    gone = [paper for item in before.items for paper in item.papers if paper.key not in here]
    known = {paper.key for item in before.items for paper in item.papers}
    new = [each for each in standings if each.prepared and each.key not in known]
    open_ = _pairs([each for each in new if not each.exempt], [each for each in gone if each.exempt is None])
    left = [each for each in gone if each.key not in open_.values()]
    keys = open_ | _pairs([each for each in new if each.exempt], left)
    return tuple(replace(each, key=keys.get(each.key, each.key)) for each in standings)


def _pairs(new: Iterable[Standing], gone: Iterable[PaperRecord]) -> dict[str, str]:
    """The old key of each new paper whose content one lost paper had, and no other new one has."""
    lost, found = defaultdict(list), defaultdict(list)
    for paper in gone:
        lost[paper.sha256].append(paper.key)
    for each in new:
        assert each.prepared
        found[each.prepared.sha256].append(each.key)
    return {keys[0]: lost[sha][0] for sha, keys in found.items() if len(keys) == 1 and len(lost[sha]) == 1}
