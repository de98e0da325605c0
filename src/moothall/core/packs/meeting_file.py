"""Reads a meeting file (TOML) and finds its papers; every mistake is one message with its line."""

from __future__ import annotations

import difflib
import re
import stat
import tomllib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PureWindowsPath

import msgspec

from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR
from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.meeting import Exemption, Item, Meeting, PaperEntry
from moothall.core.packs.meeting_file_errors import Lines, printable, spell, syntax, translate

MAX_BYTES = 2_000_000
# Names of fifty parts are nobody's, and the parser takes longer over them than anyone would wait.
_DEEP = re.compile(r"(?<![\w-])(?:(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*\.[ \t]*){50}")
_BOMB = "this is not a meeting file: it holds a number, a name or a nesting beyond all measure."


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on disk, behind the item with index ``item``. ``key`` names it within the pack."""

    key: str
    item: int
    path: Path
    listed_as: str
    title: str
    appendix: bool
    exempt: Exemption | None
    hidden_content_checked: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A meeting and its papers, in the order of the agenda."""

    meeting: Meeting
    papers: tuple[Paper, ...]

    def behind(self, item: int) -> tuple[Paper, ...]:
        """The papers of the item with index ``item``."""
        return tuple(paper for paper in self.papers if paper.item == item)


def load(path: Path, *, papers: Path | None = None) -> MeetingFile:
    """Read the meeting file ``path``; its papers are looked for in ``papers`` (default: the file's folder).

    Raises MeetingFileError, with the file and the line where one can be named.
    """
    text = _text(path)
    folder = papers or path.parent
    if not folder.is_dir():
        raise MeetingFileError(f"the folder of papers {folder} is not there.")
    try:
        meeting = parse(text)
        return MeetingFile(meeting, tuple(_papers(meeting, folder.resolve(), Lines(text))))
    except MeetingFileError as error:
        raise error.of(path.name) from None


def parse(text: str) -> Meeting:
    """The meeting that ``text`` (TOML) describes. Raises MeetingFileError."""
    lines = Lines(text)
    if _DEEP.search(text):
        raise MeetingFileError(_BOMB)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax(error, text) from None
    except (ValueError, RecursionError):
        raise MeetingFileError(_BOMB) from None
    printable(raw, (), lines)
    spell(raw, lines)
    try:
        meeting = msgspec.convert(raw, Meeting)
    except msgspec.ValidationError as error:
        raise translate(str(error), raw, lines) from None
    _check(meeting, lines)
    return meeting


def _text(path: Path) -> str:
    try:
        # Looked at before it is opened: a pipe or a device would never come to an end.
        if not stat.S_ISREG((found := path.stat()).st_mode):
            raise MeetingFileError(f"{path} is no file. Name the meeting file itself.")
        if found.st_size > MAX_BYTES:
            raise MeetingFileError(f"{path.name} is larger than a meeting file can be (2 MB).")
        content = path.read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MeetingFileError(
            "this is not text in UTF-8. Save the file anew, and choose the encoding UTF-8.", line=line, file=path.name
        ) from None
    except OSError as error:
        raise MeetingFileError(f"{path} cannot be read: {error.strerror}.") from None


def _check(meeting: Meeting, lines: Lines) -> None:
    seen: dict[str, int] = {}
    for index, item in enumerate(meeting.items):
        number = str(item.number)
        if number in seen:
            raise MeetingFileError(
                f"two agenda items have the number {number}.", line=lines.line(("item", index), "number")
            )
        seen[number] = index
    if not FIRST_YEAR < meeting.start.year < LAST_YEAR:
        raise MeetingFileError(
            f"a meeting in the year {meeting.start.year} is not likely.", line=lines.line(("start",))
        )
    if meeting.published and meeting.published > meeting.start.date():
        raise MeetingFileError("published is after the day of the meeting.", line=lines.line(("published",)))


def _papers(meeting: Meeting, folder: Path, lines: Lines) -> list[Paper]:
    found: list[Paper] = []
    used: set[Path] = set()
    for index, item in enumerate(meeting.items):
        for order, listed in enumerate(item.papers):
            entry = listed if isinstance(listed, PaperEntry) else PaperEntry(path=listed)
            try:
                path = _find(entry.path, folder, used)
            except MeetingFileError as error:
                line = lines.line(("item", index, "papers", order), entry.path)
                raise MeetingFileError(str(error), line=line) from None
            used.add(path)
            found.append(_paper(item, index, order, entry, path))
    return found


def _paper(item: Item, index: int, order: int, entry: PaperEntry, path: Path) -> Paper:
    return Paper(
        key=f"{index + 1}-{order + 1}",
        item=index,
        path=path,
        listed_as=entry.path,
        title=entry.title,
        appendix=entry.appendix,
        exempt=entry.exempt or item.exempt,
        hidden_content_checked=entry.hidden_content_checked,
    )


def _find(listed: str, folder: Path, used: set[Path]) -> Path:
    """The paper's real path. A link may lead to another place in the folder, and the same file counts once."""
    if Path(listed).is_absolute() or "\\" in listed or PureWindowsPath(listed).drive:
        raise MeetingFileError(
            f"{listed} is not a path within the folder of papers: begin there, and write / between folder and file."
        )
    try:
        path = (folder / listed).resolve()
        there, is_file, is_folder = path.exists(), path.is_file(), path.is_dir()
    except (OSError, RuntimeError):  # a name too long, a folder that may not be entered, links in a circle
        raise MeetingFileError(f"the paper {_short(listed)} cannot be reached in {folder.name}.") from None
    if not path.is_relative_to(folder):
        raise MeetingFileError(f"{listed} leaves the folder of papers {folder.name}.")
    if path in used:
        raise MeetingFileError(f"{listed} is listed twice.")
    if is_file:
        return path
    if there:
        raise MeetingFileError(f"{listed} is {'a folder' if is_folder else 'no file'}: name the papers one by one.")
    near = difflib.get_close_matches(listed, _names(folder), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise MeetingFileError(f"the paper {_short(listed)} is not in {folder.name}.{hint}")


def _short(listed: str) -> str:
    return listed if len(listed) <= 200 else f"{listed[:200]}..."


def _names(folder: Path) -> list[str]:
    """What there is in the folder and those below, as a meeting file would name it."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in islice(found, 5000)]
