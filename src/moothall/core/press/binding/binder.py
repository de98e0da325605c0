"""Binding a volume: its folded parts get their numbers, a common tree, bookmarks and labels, and become one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pikepdf import Pdf

from moothall.core.press.binding.cover import Cover
from moothall.core.press.binding.deep import with_deep_stack
from moothall.core.press.binding.keeping import quire_of
from moothall.core.press.binding.naming import agreed
from moothall.core.press.binding.quires import Quire
from moothall.core.press.binding.sewing import Sewer
from moothall.core.press.binding.spine import Spine
from moothall.core.press.binding.volume import Bound, Part, Volume
from moothall.core.press.cautions import Caution
from moothall.core.press.store import Store


def bind(volume: Volume, out: Path, *, store: Store | None = None) -> Bound:
    """Join the parts of ``volume`` into one tagged, numbered PDF 1.7 at ``out``, which appears whole or not at all.

    The same volume gives the same bytes. What can be done to a part alone is done once, and kept in the ``store``.
    Raises CannotRead or PasswordNeeded, naming the part, for a file that is no readable PDF; ValueError when a part
    has not one label a page, or two parts share a key.
    """
    if not volume.parts:
        raise ValueError("a volume needs a part")
    if len({part.key for part in volume.parts}) != len(volume.parts):
        raise ValueError("two parts share a key")
    return with_deep_stack(lambda: _bind(volume, out, store))


def _bind(volume: Volume, out: Path, store: Store | None) -> Bound:
    quires = _folded(volume, store)
    for part, quire in zip(volume.parts, quires, strict=True):
        if len(quire.facts.pages) != len(part.labels):
            raise ValueError(f"{part.key}: {len(quire.facts.pages)} pages, but {len(part.labels)} labels")
    facts = [quire.facts for quire in quires]
    roles, naming = agreed(facts)
    with Pdf.new() as pdf:
        frozen, letters = Cover(pdf, volume, facts, roles, naming).made()
    spine = Spine(volume.parts, quires, naming, frozen)
    _write(out, lambda sewer: spine.sew(sewer, letters), spine.last)
    return Bound(sum(len(part.labels) for part in volume.parts), tuple(_cautions(volume.parts, quires)))


def _folded(volume: Volume, store: Store | None) -> list[Quire]:
    """Every part folded; one that links to a part which is not there, without those links."""
    keys = {part.key for part in volume.parts}

    def folded(part: Part) -> Quire:
        quire = quire_of(part, volume.language, store=store)
        absent = [key for key in quire.facts.asked if key not in keys]
        return quire_of(part, volume.language, store=store, absent=absent) if absent else quire

    return [folded(part) for part in volume.parts]


def _write(out: Path, sew: Callable[[Sewer], None], last: int) -> None:
    making = out.with_name(f".binding-{os.getpid()}-{out.name}")
    try:
        with making.open("wb") as file:
            sewer = Sewer(file, last)
            sew(sewer)
            sewer.finish(root=1, info=2)
        making.replace(out)
    finally:
        making.unlink(missing_ok=True)


def _cautions(parts: Sequence[Part], quires: Sequence[Quire]) -> list[Caution]:
    return [caution for part, quire in zip(parts, quires, strict=True) for caution in _told(part, quire)]


def _told(part: Part, quire: Quire) -> list[Caution]:
    found = [
        Caution(each.code, each.message, "" if each.at is None else f"page {part.labels[each.at]}")
        for each in quire.facts.remarks
    ]
    if not quire.facts.tagged:
        first, last = part.labels[0], part.labels[-1]
        where = f"page {first}" if first == last else f"pages {first} to {last}"
        message = f"{part.title} ({where}) has no tags; a screen reader gets its plain text. Ask for a tagged PDF."
        found.append(Caution("untagged", message))
    return found
