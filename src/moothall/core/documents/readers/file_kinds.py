"""What a file is, by its bytes: names lie, and people rename."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from moothall.core.documents.errors import CannotRead, PasswordNeeded

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"BM")
_HTML = re.compile(
    # >: no comment is tried as the beginning of a longer one, which would take for ever over many
    rb"\s*(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|h[1-6]|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)


class Kind(Enum):
    """A kind of paper: how it is called in a sentence, and the names it goes by."""

    WORD = ("a Word document", ".docx .docm .dotx .dotm")
    OLD_WORD = ("an old Word document (97-2003)", ".doc .dot")
    OPEN_DOCUMENT = ("an OpenDocument text", ".odt .ott")
    RICH_TEXT = ("a rich text file", ".rtf")
    HTML = ("a web page", ".html .htm .xhtml")
    MARKDOWN = ("a Markdown text", ".md .markdown")
    TEXT = ("a plain text", ".txt .text")
    PICTURE = ("a picture", ".png .jpg .jpeg .gif .webp .tif .tiff .bmp .heic .heif")

    def __init__(self, called: str, suffixes: str) -> None:
        self.called = called
        self.suffixes = frozenset(suffixes.split())


def kind_of_file(path: Path) -> Kind:
    """What ``path`` is.

    Raises ``CannotRead`` where it is missing, empty or no kind of paper, ``PasswordNeeded`` where it is encrypted.
    """
    head = _head(path)
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        raise CannotRead(_pdf(path))
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_OLE):
        return _compound(path)
    if head.startswith(b"{\\rtf"):
        return Kind.RICH_TEXT
    if head.startswith(_PICTURES) or _is_boxed_picture(head):
        return Kind.PICTURE
    return _written(path, head, suffix)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise CannotRead(f"{path.name} is not there: check its name and folder") from error
    except OSError as error:
        raise CannotRead(f"{path.name} cannot be opened: {error.strerror or error}") from error
    if not head:
        raise CannotRead(f"{path.name} is empty: ask its author for the file again")
    return head


def _pdf(path: Path) -> str:
    if path.suffix.lower() == ".pdf":
        return f"{path.name} is a PDF: it goes into a pack as it is, and cannot be read as a text document"
    return f"{path.name} is a PDF, although its name ends in “{path.suffix}”: rename it to end in “.pdf”"


def _zipped(path: Path) -> Kind:
    damaged = f"{path.name} is damaged (its zip container is broken): ask its author for the file again"
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError) as error:
        raise CannotRead(damaged) from error
    except Exception as error:  # zlib.error, lzma's own and others that no tuple can list
        raise CannotRead(damaged) from error
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.OPEN_DOCUMENT
    if "[Content_Types].xml" in names and any(name.lower().startswith("word/") for name in names):
        return Kind.WORD
    raise CannotRead(f"{path.name} is {_other_archive(names, mimetype)}")


def _other_archive(names: set[str], mimetype: bytes) -> str:
    if any(name.startswith("xl/") for name in names) or b"spreadsheet" in mimetype:
        return "a spreadsheet: save the part that is to be published as a PDF"
    if any(name.startswith("ppt/") for name in names) or b"presentation" in mimetype:
        return "a presentation: save it as a PDF"
    return "a zip archive, not a paper: unpack it and give the papers in it"


def _compound(path: Path) -> Kind:
    """An OLE compound file: old Word, or an encrypted package. Its directory names its streams in UTF-16."""
    content = path.read_bytes() if path.stat().st_size < 100_000_000 else b""
    streams = {name for name in ("EncryptedPackage", "WordDocument", "Workbook") if name.encode("utf-16-le") in content}
    if "EncryptedPackage" in streams:
        raise PasswordNeeded(f"{path.name} is protected by a password: ask its author for a copy without one")
    if "WordDocument" in streams:
        return Kind.OLD_WORD
    raise CannotRead(f"{path.name} is an old Office file that holds no Word document: save it as .docx or PDF")


def _is_boxed_picture(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return webp or (head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"))


def _written(path: Path, head: bytes, suffix: str) -> Kind:
    """Text of some kind: HTML by its look, Markdown only by its name."""
    by_name = next((kind for kind in (Kind.HTML, Kind.MARKDOWN, Kind.TEXT) if suffix in kind.suffixes), None)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and (b"\0" in head or _mostly_control(head)):
        raise CannotRead(_garbage(path))
    if by_name is not None:
        return by_name
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Kind.HTML
    raise CannotRead(_garbage(path))


def _mostly_control(head: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return control * 20 > len(head)


def _garbage(path: Path) -> str:
    wanted = next((kind.called for kind in Kind if path.suffix.lower() in kind.suffixes), None)
    if wanted is None:
        return f"{path.name} is of a kind that cannot be read: save it as a Word document, a PDF or a picture"
    return f"{path.name} is not {wanted}, although its name says so, or it is damaged: ask its author for it again"
