"""The order of a pack: what stands behind what, in the members' pack and in the public one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from moothall.core.press.meeting import ExemptNumbering, Item, Meeting
from moothall.core.press.pagemap import Series, Span
from moothall.core.press.preparing import Prepared
from moothall.core.press.store import digest

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
