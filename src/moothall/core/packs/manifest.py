"""The manifest: what a pack consists of, page by page, and the hashes by which anyone can verify it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.page_labels import Placed, Series, number_of, series_of

FORMAT = "moothall-pack/1"


class _Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    pass


Page = int | str
# A page's printed label: 21, 21a, E3 or iv.
Label = Annotated[str, Meta(pattern=r"^(E?[0-9]{1,9}[a-z]{0,9}|[a-z]{1,20})$")]
_LETTERED = re.compile(r"E?[0-9]+[a-z]+$")


class PlacedPart(_Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a part of the pack stands: the labels of its pages, and of the blank pages behind it."""

    key: str
    labels: Annotated[tuple[Label, ...], Meta(min_length=1)]
    blanks: tuple[Label, ...] = ()

    def public(self) -> PlacedPart:
        """The same without pages that only members are given, such as the end of a longer agenda."""
        labels, blanks = (
            tuple(label for label in each if series_of(label) is not Series.EXEMPT)
            for each in (self.labels, self.blanks)
        )
        return PlacedPart(key=self.key, labels=labels, blanks=blanks)


class PaperRecord(_Struct, frozen=True, kw_only=True):
    """One paper: pages counts its own pages, without a blank one behind it.

    ``hidden_content_checked`` is true for a paper with hidden content that the clerk confirmed by name.
    """

    title: str
    path: str
    first_page: Page
    pages: int
    sha256: str
    key: str
    appendix: bool = False
    exempt: int | None = None
    hidden_content_checked: bool = False


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


class Known(_Struct, frozen=True, kw_only=True):
    """Another pack of the same meeting: which one, and the page numbers that it holds.

    ``supplement`` is 0 for the meeting's first pack. ``last_page`` and ``last_exempt`` are the last whole numbers
    given away in the two series (0: none), ``lettered`` all numbers with letters.
    """

    supplement: int = 0
    issue: int = 1
    sha256: str = ""
    last_page: int = 0
    last_exempt: int = 0
    lettered: tuple[Label, ...] = ()

    def public(self) -> Known:
        """The same without what tells of exempt pages, where these are numbered for themselves."""
        lettered = tuple(label for label in self.lettered if series_of(label) is not Series.EXEMPT)
        return msgspec.structs.replace(self, sha256="", last_exempt=0, lettered=lettered)


class Manifest(_Struct, frozen=True, kw_only=True):
    """One pack: ``kind`` is pack, supplement or re-issue; ``number`` counts supplements, or issues from 1.

    ``supplement`` is the supplement's number, also in its re-issues, where ``late`` is why its papers were late.
    ``retired`` are the labels of pages that an earlier issue had and this one has not: they never come back.
    ``others`` are the meeting's other packs, as far as they were known.
    """

    format: str = FORMAT
    kind: str = "pack"
    number: int = 1
    supplement: int = 0
    reason: str = ""
    late: str = ""
    variant: str = "full"
    follows: str = ""  # sha-256 of the manifest that it supplements or replaces
    meeting: MeetingRecord
    pages: int
    parts: tuple[PlacedPart, ...]
    items: tuple[ItemRecord, ...]
    outputs: tuple[Output, ...]
    retired: tuple[Label, ...] = ()
    others: tuple[Known, ...] = ()
    warnings: tuple[Warning_, ...] = ()

    @property
    def volume(self) -> int:
        """Which supplement it is, in whatever issue; 0 for the meeting's first pack."""
        return self.supplement or (self.number if self.kind == "supplement" else 0)

    @property
    def issue(self) -> int:
        """Which issue of it this is, from 1."""
        return self.number if self.kind == "re-issue" else 1

    @property
    def lateness(self) -> str:
        """Why the papers of this supplement were late (MTG-05)."""
        return self.reason if self.kind == "supplement" else self.late

    def known(self, sha256: str = "") -> Known:
        """What a later pack must know of this one; ``sha256`` is of its manifest's file."""
        here = dict.fromkeys(self.labels + self.retired)
        return Known(
            supplement=self.volume,
            issue=self.issue,
            sha256=sha256,
            last_page=self.next_page() - 1,
            last_exempt=self.next_page(Series.EXEMPT) - 1,
            lettered=tuple(label for label in here if _LETTERED.match(label)),
        )

    @property
    def holds_exempt(self) -> bool:
        """Whether there are exempt papers in it."""
        return any(paper.exempt is not None for item in self.items for paper in item.papers)

    def public(self) -> Manifest:
        """The manifest without what is exempt, where exempt pages are numbered for themselves."""
        hidden = {paper.key for item in self.items for paper in item.papers if paper.exempt is not None}
        items = tuple(
            msgspec.structs.replace(item, papers=tuple(paper for paper in item.papers if paper.exempt is None))
            for item in self.items
        )
        parts = tuple(part.public() for part in self.parts if part.key not in hidden)
        # An exempt paper with plain numbers was public once, and its numbers are not free again.
        once = (label for part in self.parts if part.key in hidden for label in part.labels + part.blanks)
        kept = tuple(label for label in (*self.retired, *once) if series_of(label) is Series.MAIN)
        others = tuple(each.public() for each in self.others)
        return msgspec.structs.replace(self, items=items, parts=parts, retired=kept, others=others)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The parts as the page map knows them."""
        return tuple(Placed(part.key, part.labels, part.blanks) for part in self.parts)

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every page, in order."""
        return tuple(label for placed in self.placed for label in placed.all_labels)

    def next_page(self, series: Series = Series.MAIN) -> int:
        """The number after the last numbered page of a series, from which a supplement goes on (MTG-05)."""
        here = [label for label in self.labels + self.retired if series_of(label) is series]
        return max((number_of(label) for label in here), default=0) + 1


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
        manifest = msgspec.json.decode(_bytes(path), type=Manifest)
    except OSError as error:
        raise MeetingFileError(f"the manifest {path} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MeetingFileError(f"{path} is not a manifest of a pack ({error}).") from None
    if manifest.format != FORMAT:
        raise MeetingFileError(f"{path} is a manifest of the kind {manifest.format}; this version reads {FORMAT}.")
    if len(set(manifest.labels)) != len(manifest.labels):
        raise MeetingFileError(f"{path} is damaged: two pages in it have the same number.")
    return manifest


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise MeetingFileError(f"{path} is no file. Name the manifest.json of the pack.")
    return path.read_bytes()


def page(label: str) -> Page:
    """A label as a manifest gives it: a number where it is one, else text such as 21a."""
    return int(label) if label.isdecimal() else label
