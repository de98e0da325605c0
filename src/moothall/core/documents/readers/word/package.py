"""The zip container of a Word document, opened with suspicion: nothing is ever unpacked to disk.

The vocabulary of WordprocessingML, and the few ways in which its elements state things.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self
from zipfile import BadZipFile, ZipFile

from lxml import etree

from moothall.core.documents.errors import CannotRead, PasswordNeeded

Element = etree._Element  # noqa: SLF001 -- lxml has no public name for its elements' type

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@cache
def q(name: str) -> str:
    """The full name for a prefixed one: ``w:p``."""
    prefix, local = name.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(q(name) for name in path.split("/"))


def child(element: Element | None, path: str) -> Element | None:
    """The first element at ``path`` (prefixed names parted by ``/``) below ``element``."""
    for name in _steps(path):
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def value(element: Element | None, path: str, attribute: str = "w:val") -> str | None:
    """An attribute of the element at ``path``, or None."""
    found = child(element, path)
    return None if found is None else found.get(q(attribute))


def number(element: Element | None, path: str, attribute: str = "w:val") -> int | None:
    """A whole-number attribute of the element at ``path``, or None where it is absent or no number."""
    text = value(element, path, attribute)
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def switch(element: Element | None, path: str) -> bool | None:
    """An on/off property at ``path``: None where it is not stated; stated without a value it is on."""
    found = child(element, path)
    if found is None:
        return None
    return (found.get(q("w:val")) or "true").lower() not in ("0", "false", "off", "none")


MOST_ENTRIES = 20_000
MOST_BYTES = 600_000_000  # unpacked, all parts together
MOST_XML_BYTES = 150_000_000  # unpacked, one part of XML
_PROLOGUE = 100_000
_ENTITIES = "it holds XML entities, which no Word document needs, and was not read"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# "Strict" files use other names for the same vocabulary
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", SPACES["w"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", SPACES["r"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: the part it leads to (or the address, when ``external``) and its kind."""

    target: str
    kind: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts of one Word document by their full names, such as ``word/document.xml``."""

    archive: ZipFile
    names: frozenset[str]
    unpacked: int = 0
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The package at ``path``. Raises ``CannotRead`` where it is damaged or unreasonably large."""
        try:
            archive = ZipFile(path)
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise CannotRead(_damaged("its zip container is broken")) from error
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise CannotRead("it unpacks to far more than any paper needs and was not opened")
        if any(entry.flag_bits & 1 for entry in entries):
            raise PasswordNeeded("it is protected by a password: ask its author for a copy without one")
        return cls(archive, frozenset(entry.filename for entry in entries))

    def read(self, name: str) -> bytes:
        """The bytes of a part. The declared sizes may lie, so what is truly unpacked is counted too."""
        try:
            with self.archive.open(name) as part:
                content = part.read(MOST_BYTES - self.unpacked + 1)
        except KeyError as error:
            raise CannotRead(_damaged(f"its part “{name}” is missing")) from error
        except Exception as error:  # zlib, lzma and struct errors, bad checksums, unknown compression
            raise CannotRead(_damaged(f"its part “{name}” cannot be unpacked")) from error
        self.unpacked += len(content)
        if self.unpacked > MOST_BYTES:
            raise CannotRead("it unpacks to far more than any paper needs and was not opened")
        return content

    def xml(self, name: str) -> Element:
        """A part's XML. Document types, and with them entities, are refused: no Word document has any."""
        content = self.read(name)
        if len(content) > MOST_XML_BYTES:
            raise CannotRead(f"its part “{name}” is larger than any paper needs and was not opened")
        for strict, transitional in _STRICT:
            content = content.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        # in UTF-16 every other byte is a zero
        declared = b"<!DOCTYPE" in content[:_PROLOGUE].replace(b"\0", b"")
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise CannotRead(_ENTITIES if declared else _damaged(f"its part “{name}” is not sound XML")) from error
        if declared or root.getroottree().docinfo.internalDTD is not None:
            raise CannotRead(_ENTITIES)
        return root

    def main(self) -> str:
        """The name of the document's main part."""
        for relation in self.relations("").values():
            if relation.kind == _DOCUMENT and relation.target in self.names:
                return relation.target
        if "word/document.xml" in self.names:
            return "word/document.xml"
        raise CannotRead(_damaged("it has no main part"))

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the package) by id."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            source = posixpath.join(folder, "_rels", f"{base}.rels")
            self._relations[name] = self._read_relations(source, folder) if source in self.names else {}
        return self._relations[name]

    def _read_relations(self, source: str, folder: str) -> dict[str, Relation]:
        found = {}
        for element in self.xml(source).iter(q("rel:Relationship")):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(target, element.get("Type", ""), external)
        return found

    def related(self, name: str, ending: str) -> str | None:
        """The part to which ``name`` stands in the relationship whose kind ends in ``ending``, if there is one."""
        for relation in self.relations(name).values():
            if relation.kind.endswith(f"/{ending}") and relation.target in self.names:
                return relation.target
        return None


def _damaged(how: str) -> str:
    return f"the Word document is damaged ({how}): open it in Word, save it again, or ask its author for it"
