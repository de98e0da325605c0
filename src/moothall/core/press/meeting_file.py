"""Reads a meeting file (TOML) and finds its papers; every mistake is one message with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR
from moothall.core.press.errors import MeetingFileError
from moothall.core.press.meeting import Exemption, Item, Meeting, PaperEntry
from moothall.core.press.toml_lines import Lines
from moothall.core.press.toml_lines import Path as KeyPath

MAX_BYTES = 5_000_000


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

    Raises MeetingFileError, with the line where one can be named.
    """
    text = _text(path)
    lines = Lines(text)
    meeting = parse(text)
    folder = (papers or path.parent).resolve()
    if not folder.is_dir():
        raise MeetingFileError(f"the folder of papers {folder} is not there.")
    return MeetingFile(meeting, tuple(_papers(meeting, folder, lines)))


def parse(text: str) -> Meeting:
    """The meeting that ``text`` (TOML) describes. Raises MeetingFileError."""
    lines = Lines(text)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(error) from None
    _spell(raw, lines)
    try:
        meeting = msgspec.convert(raw, Meeting)
    except msgspec.ValidationError as error:
        raise _translate(str(error), raw, lines) from None
    _check(meeting, lines)
    return meeting


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MeetingFileError(f"{path.name} is larger than a meeting file can be (5 MB).")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise MeetingFileError(f"{path.name} is not a text file in UTF-8.") from None
    except OSError as error:
        raise MeetingFileError(f"{path} cannot be read: {error.strerror}.") from None


def _syntax(error: tomllib.TOMLDecodeError) -> MeetingFileError:
    found = re.match(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)", str(error))
    message = found[1] if found else str(error)
    line = int(found[2]) if found and found[2] else None
    return MeetingFileError(f"this is not valid TOML: {message[:1].lower()}{message[1:]}.", line=line)


def _spell(raw: dict[str, Any], lines: Lines) -> None:
    """Say which key is not known, with the nearest one that is, before anything else is judged."""
    for path, key, known in _unknown(raw, Meeting, ()):
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(known))}."
        raise MeetingFileError(f"the key {key} is not known{_inside(path)}. {hint}", line=lines.line(path, key))


def _unknown(value: Any, kind: Any, path: KeyPath) -> list[tuple[KeyPath, str, list[str]]]:
    """Every key of ``value`` that the struct ``kind`` does not have, with the keys it has."""
    found: list[tuple[KeyPath, str, list[str]]] = []
    if isinstance(value, list):
        for index, each in enumerate(value):
            found += _unknown(each, kind, (*path, index))
    elif isinstance(value, dict):
        hints = get_type_hints(kind)
        fields = {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}
        for key, inner in value.items():
            if key not in fields:
                found.append((path, key, list(fields)))
            elif struct := _struct_in(fields[key]):
                found += _unknown(inner, struct, (*path, key))
    return found


def _struct_in(hint: Any) -> Any | None:
    """The struct somewhere within a type such as ``tuple[str | PaperEntry, ...]``."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next((found for arg in getattr(hint, "__args__", ()) if (found := _struct_in(arg))), None)


def _inside(path: KeyPath) -> str:
    named = [str(part) for part in path if isinstance(part, str)]
    return f" in [[{'.'.join(named)}]]" if named else ""


_EXPECTED = {
    "datetime": "a date and time, such as 2014-11-24T16:30:00",
    "date": "a date, such as 2014-11-14",
    "time": "a time, such as 16:30:00",
    "str": "text in quotes",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list in [brackets]",
    "object": "a table in {braces}",
}


def _translate(message: str, raw: dict[str, Any], lines: Lines) -> MeetingFileError:
    """A validation message of msgspec, in words for a clerk and with its line."""
    where = re.search(r"`\$(.*?)`", message.rpartition(" - at ")[2]) if " - at " in message else None
    path = _path(where[1] if where else "")
    named = ".".join(str(part) for part in path if isinstance(part, str)) or "the file"
    line = lines.line(path)
    if missing := re.search(r"missing required field `(.+?)`", message):
        return MeetingFileError(f"{missing[1]} is missing{_inside(path)}: every {_thing(path)} needs it.", line=line)
    if kinds := re.search(r"Expected `(.+?)`, got `(.+?)`", message):
        wanted = " or ".join(_EXPECTED.get(kind.strip(), kind.strip()) for kind in kinds[1].split("|"))
        return MeetingFileError(f"{named} should be {wanted}.", line=line)
    if "enum value" in message:
        return MeetingFileError(f"{named} cannot be {_value(raw, path)!r}. {_choices(path)}", line=line)
    if "encoded" in message:
        return MeetingFileError(f"{named} is not a real date: write 2014-11-24T16:30:00, without quotes.", line=line)
    return MeetingFileError(f"{named}: {message.partition(' - at ')[0]}.", line=line)


def _thing(path: KeyPath) -> str:
    names = [part for part in path if isinstance(part, str)]
    return {"item": "agenda item", "papers": "paper", "exempt": "exemption"}.get(names[-1] if names else "", "meeting")


def _path(text: str) -> KeyPath:
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", text)
    return tuple(name or int(index) for name, index in parts)


def _value(raw: Any, path: KeyPath) -> Any:
    for part in path:
        raw = raw[part]
    return raw


def _choices(path: KeyPath) -> str:
    kind: Any = Meeting
    for name in (part for part in path if isinstance(part, str)):
        fields = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        hint = get_type_hints(kind)[fields[name]]
        kind = _struct_in(hint) or hint
    members = next((arg for arg in (kind, *getattr(kind, "__args__", ())) if hasattr(arg, "__members__")), None)
    return f"It can be: {', '.join(members)}." if members else ""


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
    used: dict[str, int] = {}
    for index, item in enumerate(meeting.items):
        for order, listed in enumerate(item.papers):
            entry = listed if isinstance(listed, PaperEntry) else PaperEntry(path=listed)
            line = lines.line(("item", index, "papers", order), entry.path)
            path = _find(entry.path, folder, line)
            if entry.path in used:
                raise MeetingFileError(f"{entry.path} is listed twice.", line=line)
            used[entry.path] = index
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
    )


def _find(listed: str, folder: Path, line: int | None) -> Path:
    if "\x00" in listed or Path(listed).is_absolute() or "\\" in listed:
        raise MeetingFileError(f"{listed!r} is not a path within the folder of papers.", line=line)
    path = (folder / listed).resolve()
    if not path.is_relative_to(folder):
        raise MeetingFileError(f"{listed} leaves the folder of papers {folder.name}.", line=line)
    if not path.is_file():
        near = difflib.get_close_matches(listed, _names(folder), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise MeetingFileError(f"the paper {listed} is not in {folder.name}.{hint}", line=line)
    return path


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.is_file()][:5000]
