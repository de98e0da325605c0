"""Headings that an author made by hand: a short bold line above ordinary text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from moothall.core.press.cautions import Caution
from moothall.core.press.readers.word.passages import Item, Passage, SectionEnd
from moothall.core.press.tree.inlines import Run, flatten, tidy
from moothall.core.press.tree.nodes import LineBreak, PageBreak

_LONGEST = 120
_MOST_NAMED = 5


def settle_headings(items: Sequence[Item]) -> list[Caution]:
    """Give hand-made headings their level, below the real ones where there are any; say in a caution which they are.

    Where a paper has a title (Word's Title style), all other headings move one level down.
    """
    passages = [item for item in items if isinstance(item, Passage)]
    real = any(passage.level is not None for passage in passages)
    guessed = _guessed(items)
    looks = sorted({_rank(passage) for passage in guessed})
    chosen = {id(passage) for passage in guessed}
    level = 0
    for passage in passages:
        if id(passage) not in chosen:
            level = level if passage.level is None else passage.level
            continue
        passage.level = min(level + 1 if real else looks.index(_rank(passage)) + 1, 6)
        passage.content = tidy(passage.content, _unbold)
    if any(passage.level == 0 for passage in passages):
        for passage in passages:
            passage.level = None if passage.level is None else passage.level + 1
    return [_caution(guessed)] if guessed else []


def _guessed(items: Sequence[Item]) -> list[Passage]:
    """Candidates that something else follows: two bold lines of one look in a row are an address, not headings."""
    shown = [item for item in items if not isinstance(item, SectionEnd | PageBreak)]
    looks = [_rank(item) if isinstance(item, Passage) and _stands_out(item) else None for item in shown]
    found = []
    for place, (item, look) in enumerate(zip(shown, looks, strict=True)):
        before = looks[place - 1] if place else None
        after = looks[place + 1] if place + 1 < len(looks) else look
        if isinstance(item, Passage) and look is not None and look not in (before, after):
            found.append(item)
    return found


def _stands_out(passage: Passage) -> bool:
    text = passage.text.strip()
    broken = any(isinstance(run.piece, LineBreak) for run in flatten(passage.content))
    bullet = passage.marker is not None and passage.marker.label is None
    if passage.level is not None or passage.kind or not passage.look.bold or broken or bullet:
        return False
    ends = text.endswith((".", ";", ",")) or (text.endswith(":") and len(text.split()) > 5)
    return 1 < len(text) <= _LONGEST and any(letter.isalpha() for letter in text) and not ends


def _rank(passage: Passage) -> tuple[int, bool, bool, int]:
    """Larger type first, then centred, then capitals, then the shallower number."""
    depth = passage.marker.depth + (passage.label or "").strip(".").count(".") if passage.marker else 0
    return (-passage.look.size, not passage.look.centred, not passage.look.capitals, depth)


def _unbold(run: Run) -> Run:
    return replace(run, marks=replace(run.marks, strong=False))


def _caution(guessed: list[Passage]) -> Caution:
    names = ", ".join(f"“{passage.text.strip()}”" for passage in guessed[:_MOST_NAMED])
    more = f" and {len(guessed) - _MOST_NAMED} more" if len(guessed) > _MOST_NAMED else ""
    message = (
        f"Bold lines were taken as headings, since they stand alone above text: {names}{more}; "
        "use Word's heading styles to be sure."
    )
    return Caution("headings-guessed", message)
