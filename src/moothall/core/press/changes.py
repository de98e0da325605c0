"""What a re-issue changes, page by page, against the pack published before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moothall.core.press.manifest import Manifest, PaperRecord
from moothall.core.press.ordering import Standing
from moothall.core.press.pagemap import Placed, page_range
from moothall.core.press.setting.sheets import Change


@dataclass(frozen=True, slots=True)
class Differences:
    """Which papers of a re-issue are not as they were. Keys are those of the standings."""

    changes: tuple[Change, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each change as a line of text."""
        return tuple(f"{each.pages}: {each.paper}. {each.change}" for each in self.changes)


def differences(standings: Sequence[Standing], places: Mapping[str, Placed], before: Manifest) -> Differences:
    """Compare the papers of a re-issue with those of the manifest ``before``."""
    old = {paper.key: paper for item in before.items for paper in item.papers}
    was = {placed.key: placed for placed in before.placed}
    here = [each for each in standings if each.prepared]
    found = [change for each in here if (change := _change(each, places[each.key], old.get(each.key), was))]
    return Differences((*found, *_withdrawn(here, old, was)))


def _change(standing: Standing, placed: Placed, old: PaperRecord | None, was: Mapping[str, Placed]) -> Change | None:
    assert standing.prepared
    title = standing.prepared.title
    if old is None:
        return Change(page_range(placed.labels), title, "New paper.", standing.key)
    if old.sha256 == standing.prepared.sha256:
        return None
    before = was[standing.key]
    return Change(page_range(placed.labels), title, f"Replaced.{_lengths(placed, before)}", standing.key)


def _lengths(placed: Placed, before: Placed) -> str:
    more = placed.all_labels[len(before.all_labels) :]
    fewer = [label for label in placed.blanks if label in before.labels]
    if more:
        return f" {page_range(more)} put in; every other page keeps its number."
    if fewer:
        return f" {page_range(fewer)} left blank."
    return ""


def _withdrawn(here: Sequence[Standing], old: Mapping[str, PaperRecord], was: Mapping[str, Placed]) -> Iterator[Change]:
    kept = {each.key for each in here}
    for key, paper in old.items():
        if key not in kept:
            yield Change(page_range(was[key].labels), paper.title, "Withdrawn. These page numbers are not used again.")
