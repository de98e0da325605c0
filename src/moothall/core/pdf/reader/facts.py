"""What is known of a PDF after it was taken in, and the limits it was taken in under.

What was found in a PDF, counted by kind and page, and said in plain sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from moothall.core.documents.warnings import Caution

MOST_TIMES = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one uploaded PDF may ask of the machine.

    ``seconds`` is the wall-clock time for an ordinary file; a file over ``ordinary_bytes``, and each page, adds to
    it, up to ten times as much. ``memory`` and ``size`` are bytes; ``pages`` counts pages.
    ``ocr_seconds`` is added once when a scan is put through ``ocrmypdf``; 0 turns that off.
    """

    seconds: float = 60.0
    memory: int = 2 << 30
    size: int = 1 << 30
    pages: int = 20_000
    ordinary_bytes: int = 20 << 20
    seconds_per_page: float = 0.03
    ocr_seconds: float = 600.0

    @property
    def longest(self) -> float:
        """The seconds that no file may exceed."""
        return MOST_TIMES * self.seconds

    def allowance(self, size: int) -> float:
        """The seconds that a file of ``size`` bytes may take, before its pages are counted."""
        return min(self.longest, max(self.seconds, self.seconds * size / self.ordinary_bytes))


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page. ``width`` and ``height`` are points as displayed: turned, and in true size (UserUnit applied).

    ``rotation`` is 0, 90, 180 or 270 degrees clockwise. ``scanned`` is a picture without text. ``clear`` names the
    stamp places that are free of the page's own marks, best first. ``unit`` is the page's UserUnit: one unit of
    its own coordinates is ``unit`` points.
    """

    width: float
    height: float
    rotation: int
    text: str
    scanned: bool
    clear: tuple[str, ...]
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An uploaded PDF made safe: ``pdf`` is the cleaned file in the store, ``sha256`` that of the original."""

    pdf: Path
    sha256: str
    pages: tuple[PageFacts, ...]
    tagged: bool
    title: str
    language: str
    cautions: tuple[Caution, ...]


def to_plain(taken: TakenIn) -> dict[str, Any]:
    """The facts as JSON values, without the path of the file (the store knows it)."""
    plain = asdict(taken)
    del plain["pdf"]
    return plain


def from_plain(plain: dict[str, Any], pdf: Path) -> TakenIn:
    """The facts again, from :func:`to_plain` or from the worker's answer."""
    pages = tuple(PageFacts(**{**page, "clear": tuple(page["clear"])}) for page in plain["pages"])
    cautions = tuple(Caution(**caution) for caution in plain["cautions"])
    return TakenIn(**{**plain, "pdf": pdf, "pages": pages, "cautions": cautions})


# "{paper}" is replaced by the file's name when the facts are handed out: equal files share one entry in the store.
# "{times}" is "once" or "3 times"; "{where}" is "on page 4" or "in the document".
SENTENCES: dict[str, str] = {
    "repaired": "{paper} was damaged and has been repaired. Compare it with the original before you publish.",
    "pages-rescued": "{paper} had lost its list of pages; the pages that could be found were put back in file "
    "order. Compare it with the original before you publish.",
    "pages-copied": "{paper} was so damaged that only its pages could be copied out of it; its bookmarks, tags and "
    "title are lost. Compare it with the original before you publish, or ask the author for a fresh PDF.",
    "page-damaged": "{paper}: some of the content {where} is damaged and could not be kept. Ask the author for a "
    "fresh PDF.",
    "picture-damaged": "{paper}: a photograph {where} is damaged; it may be shown in part, or not at all. Ask the "
    "author for a fresh PDF.",
    "page-size-mended": "{paper}: no usable page size was given {where}; A4 was assumed.",
    "decrypted": "{paper} was encrypted without a password to open it. The pack holds it without encryption.",
    "javascript": "{paper}: JavaScript was removed {times} ({where}).",
    "launch": "{paper}: an action that starts a program was removed {times} ({where}).",
    "other-file": "{paper}: a link to another file was removed {times} ({where}).",
    "form-action": "{paper}: an action that sends, fills in or resets a form was removed {times} ({where}).",
    "automatic-action": "{paper}: an action that runs by itself was removed {times} ({where}).",
    "unsafe-link": "{paper}: a link that is neither a web nor an e-mail address was removed {times} ({where}).",
    "broken-link": "{paper}: a link to a place that is not in the paper was removed {times} ({where}).",
    "other-action": "{paper}: an action that a pack cannot hold was removed {times} ({where}).",
    "embedded-file": "{paper}: an attached file was removed {times} ({where}). If members need it, add it as a "
    "paper of its own.",
    "portfolio": "{paper} is a portfolio of files; only its cover could be taken. Add the files as papers of their "
    "own.",
    "multimedia": "{paper}: sound, video or 3D was removed {times} ({where}).",
    "comment": "{paper}: a comment was removed {times} ({where}).",
    "mark-up": "{paper}: drawn mark-up (highlights, stamps, boxes) was kept as part of the page {times} ({where}). "
    "Check that it is meant to be published.",
    "redaction-not-applied": "{paper}: text is marked for redaction {where} but the redaction was never applied: "
    "the text is still in the file. Apply the redaction and upload it again before you publish.",
    "form-flattened": "{paper}: form fields were made part of the page {times} ({where}); they can no longer be "
    "filled in.",
    "form-without-appearance": "{paper}: a filled-in form field has no printable appearance and is not shown "
    "{times} ({where}). Ask the author to print the form to a new PDF.",
    "xfa-form": "{paper} is an XFA form, which only Adobe's programs can show; the pack holds the page that other "
    "programs see. Ask the author to print it to a new PDF.",
    "signature-lost": "{paper}: a digital signature does not hold for the copy in the pack {times} ({where}). Keep "
    "the signed original.",
    "hidden-layer": "{paper}: content on hidden layers was removed {times} ({where}).",
    "external-content": "{paper}: a reference to content outside the file was removed {times}.",
    "structure-damaged": "{paper}: its tags are damaged in {times_places}. They are kept as far as they go; "
    "check the paper with a screen reader or ask for a fresh PDF.",
    "not-mended": "{paper} is so odd within that it could not be mended for screen readers. Ask the author for a fresh "
    "PDF.",
    "tags-without-structure": "{paper} says that it is tagged, but has no structure; it is treated as untagged.",
    "scan-without-text": "{paper} is a scan without text {where}: nobody can search it and a screen reader cannot "
    "read it. Ask for the original document.",
    "scan-read": "{paper}: the text {where} was read from a scan by OCR and may contain mistakes.",
    "ocr-failed": "{paper}: reading the text of the scan by OCR did not succeed.",
    "pages-not-examined": "{paper} is so long that it was not examined for free space {where}; those pages get a "
    "strip for the page number at their foot.",
}

_MOST_PAGES = 12


class Findings:
    """Collects what is found; ``cautions`` says it, each kind once, in the order of first finding."""

    def __init__(self) -> None:
        self._pages: dict[str, Counter[int]] = {}
        self._told: list[Caution] = []

    def add(self, code: str, page: int = 0, times: int = 1) -> None:
        """Note something of the kind ``code`` on a page (counted from 1), or in the document (0)."""
        self._pages.setdefault(code, Counter())[page] += times

    def add_times(self, code: str, times: int) -> None:
        """Note something that the document as a whole holds ``times`` over; nothing for 0."""
        if times:
            self.add(code, times=times)

    def add_pages(self, code: str, pages: Iterable[int]) -> None:
        """Note the same on several pages."""
        for page in pages:
            self.add(code, page)

    def count(self, code: str) -> int:
        """How often something was found."""
        return self._pages.get(code, Counter()).total()

    def cautions(self) -> tuple[Caution, ...]:
        """One caution for each kind, and those that were told whole."""
        return (*(self._caution(code) for code in self._pages), *self._told)

    def tell(self, cautions: Iterable[Caution]) -> None:
        """Take cautions over that others have worded."""
        self._told += cautions

    def _caution(self, code: str) -> Caution:
        found = self._pages[code]
        place = listing(sorted(page for page in found if page))
        total = found.total()
        message = (
            SENTENCES[code]
            .replace("{times_places}", "one place" if total == 1 else f"{total} places")
            .replace("{times}", "once" if total == 1 else f"{total} times")
            .replace("{where}", f"on {place}" if place else "in the document")
        )
        return Caution(code, message, place)


def listing(pages: list[int]) -> str:
    """Page numbers as a phrase: "page 4", "pages 2 to 5 and 9"; "" for none."""
    if not pages:
        return ""
    runs = _runs(pages)
    shown = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:_MOST_PAGES]]
    if len(runs) > _MOST_PAGES:
        shown.append(f"{len(pages) - sum(last - first + 1 for first, last in runs[:_MOST_PAGES])} more")
    joined = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"page {joined}" if len(pages) == 1 else f"pages {joined}"


def _runs(pages: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return runs
