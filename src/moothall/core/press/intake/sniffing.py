"""What a file that is not a PDF looks like, so that the refusal can say so."""

from __future__ import annotations

from pathlib import Path

# Readers accept a header within the first kilobyte: some mail gateways and scanners put lines before it.
HEADER_WITHIN = 1024

_LOOKS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%!PS", "a PostScript file"),
    (b"<?xml", "an XML file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)


def looks_like(start: bytes) -> str:
    """A phrase for what begins with the bytes ``start``."""
    for magic, phrase in _LOOKS:
        if start.startswith(magic):
            return phrase
    head = start[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML)"
    if b"\x00" not in head and head.isascii():
        return "a plain text file"
    return "a file of an unknown kind"


def is_pdf(path: Path) -> bool:
    """True when a PDF header stands within the first kilobyte."""
    return b"%PDF-" in beginning(path)


def beginning(path: Path) -> bytes:
    """The first kilobyte of a file, and a little more for a header that straddles its end."""
    with path.open("rb") as file:
        return file.read(HEADER_WITHIN + 8)


def mends(path: Path) -> bool:
    """True when the file is a PDF, or at least has a PDF's objects in it and may be mended into one."""
    if is_pdf(path):
        return True
    start = beginning(path)
    if any(start.startswith(magic) for magic, _ in _LOOKS):
        return False
    with path.open("rb") as file:
        block = file.read(1 << 20)
    return b"%PDF-" in block or (b" obj" in block and b"endobj" in block)
