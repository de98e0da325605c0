"""What is known of a PDF after it was taken in, and the limits it was taken in under."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from moothall.core.press.cautions import Caution

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
