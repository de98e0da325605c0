"""Papers in: every kind of file that an author hands over becomes the one content tree.

A reader is chosen by what a file is, not by its name; each is imported only when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.readers.file_kinds import Kind, kind_of_file
from moothall.core.documents.warnings import Caution, Reading

__all__ = ["SUFFIXES", "read"]

SUFFIXES = frozenset(suffix for kind in Kind for suffix in kind.suffixes)
_READERS = {
    Kind.WORD: "word",
    Kind.OLD_WORD: "office",
    Kind.OPEN_DOCUMENT: "office",
    Kind.RICH_TEXT: "office",
    Kind.HTML: "web",
    Kind.MARKDOWN: "markdown",
    Kind.TEXT: "plain_text",
    Kind.PICTURE: "pictures",
}


def read(path: Path) -> Reading:
    """The content of a paper, normalised, with its title (from the file itself, or else its file name).

    Raises ``CannotRead`` (or a subclass) with one sentence that names the file, for anything that is not a readable
    paper: missing, empty, damaged, too large, of another kind than its name says, or protected by a password.
    """
    kind = kind_of_file(path)
    reader: Callable[[Path], Reading] = import_module(f"{__name__}.{_READERS[kind]}").read_file
    try:
        reading = reader(path)
    except CannotRead as error:
        raise _naming(path, error) from error
    except RecursionError as error:
        raise CannotRead(f"{path.name}: its content is nested too deeply to be read: save it again") from error
    title = reading.document.title or path.stem.replace("_", " ").strip()
    cautions = (*_name_cautions(path, kind), *_empty_cautions(path, reading), *reading.cautions)
    return Reading(replace(reading.document, title=title), cautions)


def _naming(path: Path, error: CannotRead) -> CannotRead:
    message = str(error)
    return error if message.startswith(path.name) else type(error)(f"{path.name}: {message}")


def _empty_cautions(path: Path, reading: Reading) -> list[Caution]:
    if reading.document.blocks:
        return []
    return [Caution("paper-empty", f"{path.name} has no content that could be read: look at it before publishing.")]


def _name_cautions(path: Path, kind: Kind) -> list[Caution]:
    if path.suffix.lower() in kind.suffixes:
        return []
    message = f"{path.name} is {kind.called}, whatever its name says; it was read as that."
    return [Caution("wrong-name", message)]
