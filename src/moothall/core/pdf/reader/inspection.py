"""What a PDF is: a report for people and for machines, made without changing the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from moothall.core.documents.warnings import Caution

MM = 25.4 / 72
_NAMED_SIZES = {
    (210, 297): "A4", (297, 420): "A3", (148, 210): "A5", (420, 594): "A2", (594, 841): "A1", (841, 1189): "A0",
    (216, 279): "US letter", (216, 356): "US legal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageSize:
    """``pages`` pages of this size: millimetres as displayed."""

    width: int
    height: int
    pages: int

    @property
    def named(self) -> str:
        """ "A4 portrait" or "200 x 100 mm"; a millimetre more or less does not matter."""
        short, long = sorted((self.width, self.height))
        for (across, up), name in _NAMED_SIZES.items():
            if abs(short - across) <= 1 and abs(long - up) <= 1:
                return f"{name} {'landscape' if self.width > self.height else 'portrait'}"
        return f"{self.width} x {self.height} mm"


@dataclass(frozen=True, slots=True)
class Font:
    """A font that the pages use; ``kind`` is its PDF subtype (TrueType, Type1, Type0, Type3 ...)."""

    name: str
    kind: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Tags:
    """``elements`` counts the structure elements by their standard type; ``claims`` are such as "PDF/UA-1"."""

    tagged: bool
    marked: bool
    claims: tuple[str, ...]
    elements: dict[str, int]
    figures_without_alternative: int


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A kind of breach of PDF/UA-1 in the file as it was uploaded: how grave, how often, where, and by which rule.

    ``grade`` is "failure" or "advice"; ``pages`` is such as "pages 2 to 4", or "".
    """

    code: str
    grade: str
    rule: str
    message: str
    times: int
    pages: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A PDF looked at. ``risks`` are what taking it in would remove, mend or warn of.

    ``shortcomings`` are None where the file could not be checked.
    """

    size: int
    version: str
    pages: int
    sizes: tuple[PageSize, ...]
    title: str
    language: str
    producer: str
    creator: str
    encryption: str
    bookmarks: int
    tags: Tags
    fonts: tuple[Font, ...]
    images: int
    letters: int
    pages_with_text: int
    scanned_pages: tuple[int, ...]
    risks: tuple[Caution, ...]
    shortcomings: tuple[Shortcoming, ...] | None = None


def to_plain(inspection: Inspection) -> dict[str, Any]:
    """The inspection as JSON values."""
    return asdict(inspection)


def from_plain(plain: dict[str, Any]) -> Inspection:
    """The inspection from the reading process's answer."""
    tags, short = plain["tags"], plain["shortcomings"]
    return Inspection(
        **{
            **plain,
            "sizes": tuple(PageSize(**size) for size in plain["sizes"]),
            "tags": Tags(**{**tags, "claims": tuple(tags["claims"])}),
            "fonts": tuple(Font(**font) for font in plain["fonts"]),
            "scanned_pages": tuple(plain["scanned_pages"]),
            "risks": tuple(Caution(**risk) for risk in plain["risks"]),
            "shortcomings": None if short is None else tuple(Shortcoming(**each) for each in short),
        }
    )


def readable(inspection: Inspection) -> tuple[str, ...]:
    """The inspection as lines for a person, the most telling first."""
    return tuple(_lines(inspection))


def _lines(seen: Inspection) -> Iterator[str]:
    sizes = ", ".join(f"{size.named} ({size.pages})" for size in seen.sizes)
    yield f"Pages: {seen.pages:,} - {sizes}"
    yield f"Title: {seen.title or 'none'}"
    yield f"Language: {seen.language or 'none given'}"
    yield from _tag_lines(seen.tags)
    yield f"Text: {seen.letters:,} characters on {seen.pages_with_text:,} of {seen.pages:,} pages"
    if seen.scanned_pages:
        yield f"Scanned without text: {len(seen.scanned_pages):,} pages"
    loose = [font.name for font in seen.fonts if not font.embedded]
    yield f"Fonts: {len(seen.fonts)}" + (f", not embedded: {', '.join(loose)}" if loose else ", all embedded")
    yield f"Pictures: {seen.images:,}"
    yield f"Bookmarks: {seen.bookmarks:,}"
    yield f"Encryption: {seen.encryption or 'none'}"
    yield f"Made with: {seen.producer or seen.creator or 'not said'} (PDF {seen.version}, {seen.size:,} bytes)"
    yield from _shortcoming_lines(seen.shortcomings)
    for risk in seen.risks:
        yield f"Note: {risk.message}"


def _shortcoming_lines(found: tuple[Shortcoming, ...] | None) -> Iterator[str]:
    if found is None:
        yield "PDF/UA-1: could not be checked"
        return
    failures = sum(each.times for each in found if each.grade == "failure")
    advice = sum(each.times for each in found) - failures
    told = f"{failures:,} failure{'s' * (failures != 1)}, {advice:,} point{'s' * (advice != 1)} of advice"
    yield f"PDF/UA-1: {told if found else 'nothing found that a machine can find'}"
    for each in found:
        times = f" {each.times:,} times" if each.times > 1 else ""
        where = f" ({each.pages})" if each.pages else ""
        yield f"  {each.grade}: {each.code}{times}{where}. {each.message} [{each.rule}]"


def _tag_lines(tags: Tags) -> Iterator[str]:
    if not tags.tagged:
        yield "Tags: none" + (" (the file claims to be tagged)" if tags.marked else "")
        return
    most = sorted(tags.elements.items(), key=lambda item: (-item[1], item[0]))
    yield "Tags: " + ", ".join(f"{kind} {count:,}" for kind, count in most[:12])
    if tags.claims:
        yield f"Claims: {', '.join(tags.claims)}"
    if tags.figures_without_alternative:
        yield f"Figures without alternative text: {tags.figures_without_alternative:,}"
