"""Finishing a page: its own content is closed off, tagged as a whole where it has no tags, and numbered."""

from __future__ import annotations

from pikepdf import Object, Pdf

from moothall.core.press.binding.content import balance, content, surround
from moothall.core.press.binding.lettering import Lettering
from moothall.core.press.binding.stamps import add_strip, stamp
from moothall.core.press.binding.untagged import CLOSING, OPENING
from moothall.core.press.binding.volume import Part


class Finisher:
    """Finishes the pages of one file."""

    def __init__(self, pdf: Pdf, letters: Lettering | None) -> None:
        self.pdf = pdf
        self.letters = letters
        self.save = pdf.make_stream(b"q\n")
        self.whole = pdf.make_stream(OPENING + b"q\n")

    def finish(self, part: Part, at: int, page: Object, *, tagged: bool) -> None:
        """Isolate the content of page ``at`` (0-based) of ``part``, and stamp its number where there is room."""
        if tagged and not part.stamped:
            return
        place, clip = _place(part, at), b""
        if part.stamped and not place:
            place, clip = "bottom-centre", add_strip(page)
        missing = balance(page, content(page))
        before = self.save if tagged else self.whole
        extra = clip + b"q\n" * missing.saves + b"/Span BMC\n" * missing.begins
        if extra:
            before = self.pdf.make_stream((b"" if tagged else OPENING) + b"q\n" + extra)
        after = b"\nEMC" * missing.ends + b"\nQ" * missing.restores + b"\nQ\n" + (b"" if tagged else CLOSING)
        if part.stamped and self.letters is not None:
            after += stamp(page, place, part.labels[at], self.letters)
        surround(self.pdf, page, before, after)


def _place(part: Part, at: int) -> str:
    """The best free place for the number, "" when there is none."""
    if not part.clear:
        return "bottom-centre"
    return part.clear[at][0] if at < len(part.clear) and part.clear[at] else ""
