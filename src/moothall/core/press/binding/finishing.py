"""Finishing a page: its own content is closed off, tagged as a whole where it has no tags; a number finds room."""

from __future__ import annotations

from pikepdf import Object

from moothall.core.press.binding.content import balance, content, surround
from moothall.core.press.binding.freezing import Slots
from moothall.core.press.binding.quires import Spot
from moothall.core.press.binding.stamps import add_strip, spot
from moothall.core.press.binding.untagged import CLOSING, OPENING
from moothall.core.press.binding.volume import Part

# Slots: the typeface of the numbers, and what draws the number of a page.
LETTERING = "lettering"
STAMP = "stamp"


class Finisher:
    """Finishes the pages of one part."""

    def __init__(self, part: Part, slots: Slots) -> None:
        self.part = part
        self.slots = slots
        self._streams: dict[bytes, Object] = {}

    def finish(self, at: int, page: Object, *, tagged: bool) -> Spot | None:
        """Isolate the content of page ``at`` (0-based); where its number goes, when it is to have one."""
        if tagged and not self.part.stamped:
            return None
        place, clip = _place(self.part, at), b""
        if self.part.stamped and not place:
            place, clip = "bottom-centre", add_strip(page)
        missing = balance(page, content(page))
        opening, closing = (b"", b"") if tagged else (OPENING, CLOSING)
        before = opening + b"q\n" + clip + b"q\n" * missing.saves + b"/Span BMC\n" * missing.begins
        after = b"\nEMC" * missing.ends + b"\nQ" * missing.restores + b"\nQ\n" + closing
        behind = [self._stream(after)]
        if self.part.stamped:
            behind.append(self.slots.get(f"{STAMP} {at}"))
        surround(self.slots.pdf, page, self._stream(before), *behind)
        return spot(page, place, self.slots.get(LETTERING)) if self.part.stamped else None

    def _stream(self, data: bytes) -> Object:
        """The same bytes are one stream, which many pages share."""
        if data not in self._streams:
            self._streams[data] = self.slots.pdf.make_stream(data)
        return self._streams[data]


def _place(part: Part, at: int) -> str:
    """The best free place for the number, "" when there is none."""
    if not part.clear:
        return "bottom-centre"
    return part.clear[at][0] if at < len(part.clear) and part.clear[at] else ""
