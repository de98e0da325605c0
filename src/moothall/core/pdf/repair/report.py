"""What was mended, and what only the author can mend, told to the clerk in two sentences a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moothall.core.documents.warnings import Caution
from moothall.core.pdf.reader.facts import listing

# What is said of each kind: one, and many ("{n}" is how many).
MENDED = {
    "link": ("a link says where it leads", "{n} links say where they lead"),
    "scope": ("a header cell says what it heads", "{n} header cells say what they head"),
    "headers": ("the headings of a table are header cells", "the headings of {n} tables are header cells"),
    "text": ("text outside the tags is a paragraph", "{n} pieces of text outside the tags are paragraphs"),
    "picture": ("a picture outside the tags is a figure", "{n} pictures outside the tags are figures"),
    "decoration": ("decoration is passed over", "decoration is passed over in {n} places"),
    "running": ("a running header or footer is passed over", "running headers and footers are passed over ({n})"),
    "empty": ("a tag of nothing is left out", "{n} tags of nothing are left out"),
    "note": ("a note has an identifier", "{n} notes have identifiers"),
    "role": ("a tag of unknown meaning has one", "{n} tags of unknown meaning have one"),
    "font": ("a font of equal widths is put into the file", "{n} fonts of equal widths are put into the file"),
}
LEFT = {
    "picture": ("a picture has no description", "{n} pictures have no description"),
    "headers": ("a table has no header cells", "{n} tables have no header cells"),
    "font": ("a font is not in the file", "{n} fonts are not in the file"),
    "text": ("some text stands outside the tags", "text stands outside the tags in {n} places"),
}


class Report:
    """Counts what was done, and what is left, by kind and page."""

    def __init__(self) -> None:
        self._mended: dict[str, Counter[int]] = {}
        self._left: dict[str, Counter[int]] = {}

    def mended(self, kind: str, page: int = 0, times: int = 1) -> None:
        """Something of ``kind`` (a key of MENDED) was mended on a page (counted from 1), or in the document (0)."""
        self._mended.setdefault(kind, Counter())[page] += times

    def left(self, kind: str, page: int = 0, times: int = 1) -> None:
        """Something of ``kind`` (a key of LEFT) can be mended only by the author."""
        self._left.setdefault(kind, Counter())[page] += times

    @property
    def is_empty(self) -> bool:
        """True when nothing was mended and nothing is left."""
        return not (self._mended or self._left)

    def cautions(self) -> Iterator[Caution]:
        """At most two: what was mended, and what is left."""
        if self._left:
            told = _told(self._left, LEFT)
            yield Caution(
                "author-must-mend",
                f"{{paper}} is not whole for those who cannot see it: {told}. Only its author can mend this.",
                _place(self._left),
            )
        if self._mended:
            yield Caution("mended", f"{{paper}} was mended for screen readers: {_told(self._mended, MENDED)}.")


def _told(counted: dict[str, Counter[int]], words: dict[str, tuple[str, str]]) -> str:
    return "; ".join(_phrase(counted[kind], *words[kind]) for kind in words if kind in counted)


def _phrase(pages: Counter[int], one: str, many: str) -> str:
    total = pages.total()
    where = listing(sorted(page for page in pages if page))
    said = one if total == 1 else many.replace("{n}", f"{total:,}")
    return f"{said} ({where})" if where else said


def _place(counted: dict[str, Counter[int]]) -> str:
    return listing(sorted({page for pages in counted.values() for page in pages if page}))
