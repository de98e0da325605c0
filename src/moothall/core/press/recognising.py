"""Knows a paper again whose file was renamed or moved to another folder: its content is what it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from moothall.core.press.manifest import Manifest, PaperRecord
from moothall.core.press.ordering import Standing


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
