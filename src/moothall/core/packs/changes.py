"""What a re-issue changes, page by page, against the pack published before it.

The members' list and the public one are each made of what their own readers see and saw: nothing of an exempt paper
comes near the public list, be it title, page or hash.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from moothall.core.packs.front_matter import FRONT, paragraphs_named
from moothall.core.packs.manifest import ItemRecord, Manifest, PaperRecord
from moothall.core.packs.meeting import Item
from moothall.core.packs.order import Standing, sheet_key
from moothall.core.packs.page_labels import Placed, page_range
from moothall.core.pdf.typeset.front_pages import Change

AGENDA = "Agenda"


@dataclass(frozen=True, slots=True)
class Differences:
    """Which papers of a re-issue are not as they were. Keys are those of the standings."""

    changes: tuple[Change, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each change as a line of text."""
        return tuple(f"{each.pages}: {each.paper}. {each.change}" for each in self.changes)


@dataclass(frozen=True, slots=True)
class Now:
    """A pack as its readers see it now.

    ``kept_back`` gives, by the index of the item, the paragraphs under which papers are kept from these readers; and
    ``hidden`` the item of each such paper, by its key. Both are empty for members.
    """

    items: Sequence[Item]
    standings: Sequence[Standing]
    places: Mapping[str, Placed]
    kept_back: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    public: bool = False


def differences(now: Now, before: Manifest) -> Differences:
    """Compare a re-issue with the pack of the manifest ``before``, which its readers had."""
    return Differences(tuple(_Comparison(now, before).rows()))


class _Comparison:
    def __init__(self, now: Now, before: Manifest) -> None:
        self.now, self.before = now, before
        self.same = same_items([(str(each.number), each.title) for each in now.items], before.items)
        self.old = {paper.key: paper for item in before.items for paper in item.papers}
        self.old_item = {paper.key: index for index, item in enumerate(before.items) for paper in item.papers}
        self.was = {placed.key: placed for placed in before.placed}
        self.papers = [each for each in now.standings if each.prepared]
        self.strayed = self._strayed()

    def _strayed(self) -> set[str]:
        """Papers of the same item in another order than before: as few as can explain the new order."""
        order = list(self.old)
        known = [each.key for each in self.papers if self.old_item.get(each.key, -1) == self.same.get(each.item)]
        kept = longest_rising([order.index(key) for key in known])
        return {key for place, key in enumerate(known) if place not in kept}

    def rows(self) -> Iterator[Change]:
        """Every change: the agenda's, then those of papers in the order of the pack, then what is gone."""
        yield from self._agenda()
        for index in range(len(self.now.items)):
            if self.now.public:
                yield from self._kept_back(index)
            for each in (each for each in self.papers if each.item == index):
                if told := " ".join(self._told(each)):
                    assert each.prepared
                    pages = page_range(self.now.places[each.key].labels)
                    yield Change(pages, each.prepared.title, told, each.key)
        yield from self._withdrawn()

    def _agenda(self) -> Iterator[Change]:
        for index, item in enumerate(self.now.items):
            if told := " ".join(self._item_told(item, self.same.get(index))):
                yield Change(AGENDA, _named(item), told)
        for index, old in enumerate(self.before.items):
            if index not in self.same.values() and not self._supplements:
                yield Change(AGENDA, _named(old), "No longer on the agenda.")

    @property
    def _supplements(self) -> bool:
        """Whether this is a supplement, which names only the items that it has papers for."""
        return self.before.volume > 0

    def _item_told(self, item: Item, index: int | None) -> Iterator[str]:
        if index is None:
            if not self._supplements:
                yield "New item."
            return
        old = self.before.items[index]
        if str(old.number) != str(item.number):
            yield f"It was item {old.number}."
        if old.title != item.title:
            yield f"Renamed; before: “{old.title}”."

    def _told(self, standing: Standing) -> Iterator[str]:
        old = self.old.get(standing.key)
        if old is None:
            yield "New paper."
            return
        assert standing.prepared
        placed, was = self.now.places[standing.key], self.was[standing.key]
        if old.sha256 != standing.prepared.sha256:
            yield f"Replaced.{_lengths(placed, was)}"
        yield from self._moved(standing)
        if old.title != standing.prepared.title:
            yield f"Renamed; before: “{old.title}”."
        yield from _exemption(standing, old)
        if placed.labels[0] != was.labels[0]:
            yield f"It was on {page_range(was.labels).replace('P', 'p', 1)}."

    def _moved(self, standing: Standing) -> Iterator[str]:
        old, new = self.old_item[standing.key], standing.item
        after = _page_before(standing.key, [FRONT, *(each.key for each in self.now.standings)], self.now.places)
        before = _page_before(standing.key, [part.key for part in self.before.parts], self.was)
        if self.same.get(new) != old:
            here, there = self.now.items[new].number, self.before.items[old].number
            yield f"Moved from item {there} (behind page {before}) to item {here} (behind page {after})."
        elif standing.key in self.strayed:
            yield f"Moved: it stands behind page {after} now, and stood behind page {before}."

    def _kept_back(self, index: int) -> Iterator[Change]:
        """What the public may know of an item's exempt papers: whether there are any, and under which paragraph."""
        old = self.before.items[self.same[index]].exempt_paragraphs if index in self.same else ()
        new = self.now.kept_back.get(index, ())
        newly = any(self.now.hidden.get(key) == index for key in self.old)
        told = _paragraphs_told(old, new, newly=newly)
        if told:
            sheet = self.now.places.get(sheet_key(self.now.items[index]))
            pages = page_range(sheet.labels) if sheet else AGENDA
            yield Change(pages, _named(self.now.items[index]), told)

    def _withdrawn(self) -> Iterator[Change]:
        kept = {each.key for each in self.papers} | self.now.hidden.keys()
        for key, paper in self.old.items():
            if key not in kept:
                told = "Withdrawn. These page numbers are not used again."
                yield Change(page_range(self.was[key].labels), paper.title, told)


def same_items(now: Sequence[tuple[str, str]], before: Sequence[ItemRecord]) -> dict[int, int]:
    """Which item of ``now`` (number and title) is which of ``before``, by index.

    An item that keeps neither number nor title is another item. A title tells an item before its number does.
    """
    old = [(str(item.number), item.title) for item in before]
    same: dict[int, int] = {}
    for part in (itemgetter(0, 1), itemgetter(1), itemgetter(0)):
        free_now = [index for index in range(len(now)) if index not in same]
        free_old = [index for index in range(len(old)) if index not in same.values()]
        for index in free_now:
            found = [other for other in free_old if part(old[other]) == part(now[index])]
            if len(found) == 1 and [part(now[other]) for other in free_now].count(part(now[index])) == 1:
                same[index] = found[0]
    return same


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run of ``numbers``, not necessarily neighbours."""
    ends: list[int] = []  # the places where the best runs of each length end
    previous: dict[int, int] = {}
    for place, number in enumerate(numbers):
        at = bisect_left([numbers[end] for end in ends], number)
        previous[place] = ends[at - 1] if at else -1
        ends[at:] = [place, *ends[at + 1 :]] if at < len(ends) else [place]
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return kept


def _named(item: Item | ItemRecord) -> str:
    return f"Item {item.number}, {item.title}"


def _page_before(key: str, order: Sequence[str], places: Mapping[str, Placed]) -> str:
    """The label of the page before the first of the part ``key``."""
    return places[order[order.index(key) - 1]].all_labels[-1]


def _exemption(standing: Standing, old: PaperRecord) -> Iterator[str]:
    assert standing.prepared
    exempt = standing.prepared.paper.exempt
    if exempt and old.exempt is None:
        yield f"Not for publication now (paragraph {exempt.paragraph})."
    elif exempt and old.exempt != exempt.paragraph:
        yield f"Exempt under paragraph {exempt.paragraph} now; before: paragraph {old.exempt}."
    elif old.exempt is not None and not exempt:
        yield "Open to the public now."


def _paragraphs_told(old: Sequence[int], new: Sequence[int], *, newly: bool) -> str:
    if new and not old:
        return f"Papers behind this item are not for publication now ({paragraphs_named(new)})."
    if old and not new:
        return "No paper behind this item is kept back any more."
    told = ["A paper behind this item is not for publication now."] if newly else []
    if list(old) != list(new):
        told.append(f"Papers are kept back under {paragraphs_named(new)} now; before: {paragraphs_named(old)}.")
    return " ".join(told)


def _lengths(placed: Placed, before: Placed) -> str:
    more = placed.all_labels[len(before.all_labels) :]
    fewer = [label for label in placed.blanks if label in before.labels]
    if more:
        return f" {page_range(more)} put in; every other page keeps its number."
    if fewer:
        return f" {page_range(fewer)} left blank."
    return ""
