"""Binding a volume: the parts' pages, tags, links, layers and bookmarks become one file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf
from pikepdf import Dictionary, Object, Page, Pdf

from moothall.core.press.binding.bookmarks import Bookmark, add_part, write_bookmarks
from moothall.core.press.binding.claim import may_claim
from moothall.core.press.binding.destinations import explicit
from moothall.core.press.binding.finishing import Finisher
from moothall.core.press.binding.labels import page_labels
from moothall.core.press.binding.layers import merge_layers
from moothall.core.press.binding.lettering import lettering
from moothall.core.press.binding.links import Links
from moothall.core.press.binding.metadata import write_catalog, write_metadata
from moothall.core.press.binding.objects import make_tree
from moothall.core.press.binding.roles import settle
from moothall.core.press.binding.sink import Sink
from moothall.core.press.binding.sources import Gathered, gathered
from moothall.core.press.binding.stamps import WORD
from moothall.core.press.binding.tags import Tags, forget_numbers
from moothall.core.press.binding.untagged import alternative, describe, strip_marks, tag_page
from moothall.core.press.binding.volume import Bound, Part, Volume
from moothall.core.press.cautions import Caution

DEEP_STACK = 256 * 1024 * 1024  # enough for two million levels


def bind(volume: Volume, out: Path) -> Bound:
    """Join the parts of ``volume`` into one tagged, numbered PDF 1.7 at ``out``, which appears whole or not at all.

    The same volume gives the same bytes. Raises CannotRead or PasswordNeeded, naming the part, for a file that is no
    readable PDF; ValueError when a part has not one label a page, or two parts share a key.
    """
    if not volume.parts:
        raise ValueError("a volume needs a part")
    if len({part.key for part in volume.parts}) != len(volume.parts):
        raise ValueError("two parts share a key")
    return _with_deep_stack(lambda: _bind(volume, out))


def _bind(volume: Volume, out: Path) -> Bound:
    with Pdf.new() as target, gathered(volume.parts, target) as papers:
        binder = _Binder(volume, target, papers)
        binder.run()
        _write(target, out)
        return Bound(len(target.pages), tuple(binder.cautions))


def _with_deep_stack(work: Callable[[], Bound]) -> Bound:
    """Do ``work`` on a thread with a large stack: qpdf copies by recursion, and a hostile tree may be very deep."""
    before = threading.stack_size(DEEP_STACK)
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(work).result()
    finally:
        threading.stack_size(before)


def _write(target: Pdf, out: Path) -> None:
    making = out.with_name(f".binding-{os.getpid()}-{out.name}")
    try:
        with making.open("w+b") as file:
            sink = Sink(file)
            target.save(
                cast(BinaryIO, sink),
                force_version="1.7",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
        sink.tell_failure()
        making.replace(out)
    finally:
        making.unlink(missing_ok=True)


class _Binder:
    """The work of one binding."""

    def __init__(self, volume: Volume, target: Pdf, papers: Sequence[Gathered]) -> None:
        self.volume = volume
        self.target = target
        self.papers = papers
        self.cautions: list[Caution] = []
        self.tags = Tags(target, settle((paper.roles, len(paper.pages)) for paper in papers))
        self.sound = bool(volume.title and volume.language)  # so far nothing speaks against PDF/UA
        stamped = "".join(label for part in volume.parts if part.stamped for label in part.labels)
        self.finisher = Finisher(target, lettering(target, WORD + stamped) if stamped else None)
        self.firsts = {paper.part.key: paper.pages[0] for paper in papers}

    def run(self) -> None:
        """Set each part right in its new place."""
        marks: list[Bookmark] = []
        for paper in self.papers:
            self._tag(paper, self._settle_links(paper))
            add_part(marks, paper.part, paper.headings, paper.pages)
            for page in paper.pages:
                self.target.pages.append(Page(page))
        self._catalog(marks)

    def _settle_links(self, paper: Gathered) -> Links:
        part = paper.part
        links = Links(paper.pages, paper.places, self.firsts).settle()
        for at, key in links.unknown:
            self._warn(
                "link-to-unknown-part", f"{part.title}: a link to the unknown part {key} was taken out.", at, part
            )
        if links.dead:
            self._warn("dead-link", f"{part.title}: {links.dead} of its links lead nowhere and were taken out.")

        if links.fields:
            message = f"{part.title}: {links.fields} form fields were taken out; print the form to PDF to keep them."
            self._warn("form-fields", message)
        return links

    def _tag(self, paper: Gathered, links: Links) -> None:
        part, language = paper.part, paper.language
        language = "" if language.lower() == self.volume.language.lower() else language
        if paper.tags is not None:
            found = self.tags.graft(paper.tags, paper, language, links.gone)
            if found.cut:
                self.sound = False
                self._warn("tags-mended", f"{part.title}: {found.cut} of its tags led nowhere and were left out.")
            if found.content:
                for at, page in enumerate(paper.pages):
                    self.finisher.finish(part, at, page, tagged=True)
                return
        else:
            forget_numbers(paper.pages)
        self._tag_untagged(paper, language)

    def _tag_untagged(self, paper: Gathered, language: str) -> None:
        self.sound, part = False, paper.part
        section = self.tags.open_part(part.title, language)
        for at, page in enumerate(paper.pages):
            text = part.text[at] if at < len(part.text) else ""
            strip_marks(self.target, page)
            name = describe(part.title, at + 1, len(paper.pages))
            tag_page(self.tags, section, page, name, alternative(name, text), pictured=not text.strip())
            self.finisher.finish(part, at, page, tagged=False)
        first, last = part.labels[0], part.labels[-1]
        where = f"page {first}" if first == last else f"pages {first} to {last}"
        self._warn(
            "untagged",
            f"{part.title} ({where}) has no tags; a screen reader gets its plain text. Ask for a tagged PDF.",
        )

    def _catalog(self, marks: list[Bookmark]) -> None:
        root = self.target.Root
        write_catalog(self.target, self.volume, self.tags.finish())
        root["/PageLabels"] = page_labels(self.target, [label for part in self.volume.parts for label in part.labels])
        if marks:
            root["/Outlines"] = write_bookmarks(self.target, marks)
        layers = merge_layers(self.target, [paper.layers for paper in self.papers if paper.layers is not None])
        if layers is not None:
            root["/OCProperties"] = layers
        named: list[tuple[bytes, Object]] = [(key.encode(), explicit(self.firsts[key])) for key in self.firsts]
        named.sort(key=lambda pair: pair[0])
        root["/Names"] = Dictionary(Dests=make_tree(self.target, named, "/Names"))
        accessible = self.sound and all(may_claim(paper) for paper in self.papers)
        write_metadata(self.target, self.volume, accessible=accessible)

    def _warn(self, code: str, message: str, at: int | None = None, part: Part | None = None) -> None:
        place = f"page {part.labels[at]}" if part is not None and at is not None else ""
        self.cautions.append(Caution(code, message, place))
