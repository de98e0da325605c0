"""The manifest: what a pack consists of, page by page, and the hashes by which anyone can verify it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from moothall.core.press.errors import MeetingFileError
from moothall.core.press.pagemap import Placed, Series, series_of

FORMAT = "moothall-pack/1"


class _Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


Page = int | str


class PlacedPart(_Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a part of the pack stands: the labels of its pages, and of the blank pages behind it."""

    key: str
    labels: tuple[str, ...]
    blanks: tuple[str, ...] = ()


class PaperRecord(_Struct, frozen=True, kw_only=True):
    """One paper: pages counts its own pages, without a blank one behind it."""

    title: str
    path: str
    first_page: Page
    pages: int
    sha256: str
    key: str
    appendix: bool = False
    exempt: int | None = None


class ItemRecord(_Struct, frozen=True, kw_only=True):
    """An item of the agenda with the first and last page of what stands behind it (a blank page counts)."""

    number: Page
    title: str
    first_page: Page | None = None
    last_page: Page | None = None
    exempt_paragraphs: tuple[int, ...] = ()
    papers: tuple[PaperRecord, ...] = ()


class Output(_Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file that was written; its path is relative to the manifest."""

    path: str
    sha256: str
    bytes: int
    pages: int | None = None


class Warning_(_Struct, frozen=True, kw_only=True):  # noqa: N801 - Warning is Python's own
    """What the clerk should know."""

    code: str
    message: str
    place: str = ""


class MeetingRecord(_Struct, frozen=True, kw_only=True):
    """Which meeting it is."""

    council: str
    body: str
    start: dt.datetime
    place: str
    published: dt.date | None = None


class Manifest(_Struct, frozen=True, kw_only=True):
    """One pack: ``kind`` is pack, supplement or re-issue; ``number`` counts supplements, or issues from 1."""

    format: str = FORMAT
    kind: str = "pack"
    number: int = 1
    reason: str = ""
    variant: str = "full"
    follows: str = ""  # sha-256 of the manifest that it supplements or replaces
    meeting: MeetingRecord
    pages: int
    parts: tuple[PlacedPart, ...]
    items: tuple[ItemRecord, ...]
    outputs: tuple[Output, ...]
    warnings: tuple[Warning_, ...] = ()

    def public(self) -> Manifest:
        """The manifest without what is exempt."""
        hidden = {paper.key for item in self.items for paper in item.papers if paper.exempt is not None}
        items = tuple(
            msgspec.structs.replace(item, papers=tuple(paper for paper in item.papers if paper.exempt is None))
            for item in self.items
        )
        parts = tuple(part for part in self.parts if part.key not in hidden)
        return msgspec.structs.replace(self, items=items, parts=parts)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The parts as the page map knows them."""
        return tuple(Placed(part.key, part.labels, part.blanks) for part in self.parts)

    @property
    def next_page(self) -> int:
        """The number after the last numbered page, from which a supplement goes on (MTG-05)."""
        labels = [label for part in self.parts for label in part.labels + part.blanks]
        numbers = [
            int(label.rstrip("abcdefghijklmnopqrstuvwxyz")) for label in labels if series_of(label) is Series.MAIN
        ]
        return max(numbers, default=0) + 1


def encode(manifest: Manifest) -> bytes:
    """The manifest as indented JSON, the same bytes for the same manifest."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def seen_from(manifest: Manifest, folder: str) -> Manifest:
    """The manifest with its outputs named as seen from ``folder`` rather than from the folder above."""
    outputs = tuple(
        msgspec.structs.replace(each, path=each.path.removeprefix(f"{folder}/")) for each in manifest.outputs
    )
    return msgspec.structs.replace(manifest, outputs=outputs)


def read(path: Path) -> Manifest:
    """The manifest in the file ``path``. Raises MeetingFileError."""
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise MeetingFileError(f"the manifest {path} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MeetingFileError(f"{path} is not a manifest of a pack ({error}).") from None
    if manifest.format != FORMAT:
        raise MeetingFileError(f"{path} is a manifest of the kind {manifest.format}; this version reads {FORMAT}.")
    return manifest


def page(label: str) -> Page:
    """A label as a manifest gives it: a number where it is one, else text such as 21a."""
    return int(label) if label.isdecimal() else label
