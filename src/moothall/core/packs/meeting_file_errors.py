"""Says what is wrong with a meeting file: one clear sentence for a clerk, and the line.

On which line of a TOML file a key stands, so that a message can name it.

The standard parser keeps no positions. This reads only table headers and the keys that begin a line, which is
how meeting files are written; a key within an inline table is found by its own name on the lines of its owner.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec

from moothall.core.documents.errors import MeetingFileError
from moothall.core.packs.meeting import Meeting

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[(\[)?\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]?\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]*\")\s*=")


class Lines:
    """The lines of the keys of one TOML text; lines count from 1."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")  # the only line end in TOML; splitlines knows more
        self._at: dict[Path, int] = {}
        for path, line in _keys(self._text):
            self._at.setdefault(path, line)

    def line(self, path: Path, key: str = "") -> int | None:
        """The line of ``path``, or of ``key`` within it, or of the nearest owner that has one."""
        if key and (line := self._at.get((*path, key))):
            return line
        for end in range(len(path), 0, -1):
            if line := self._at.get(path[:end]):
                return self._within(line, key, path[end:])
        return None

    def _within(self, start: int, key: str, rest: Path) -> int:
        """The line from ``start`` on that names ``key`` (or the innermost name of ``rest``), if one does soon."""
        names = [name for name in (key, *reversed(rest)) if isinstance(name, str) and name]
        for name in names:
            pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            for offset, text in enumerate(self._text[start - 1 : start + 60]):
                if offset and _HEADER.match(text):
                    break
                if pattern.search(text):
                    return start + offset
        return start


def _keys(lines: list[str]) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    table: Path = ()
    within = ""  # the quotes of a text of several lines, in which nothing is a key
    for number, text in enumerate(lines, start=1):
        if within:
            within = "" if within in text else within
            continue
        within = next((quotes for quotes in ('"""', "'''") if text.count(quotes) % 2), "")
        if header := _HEADER.match(text):
            table = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield table, number
        elif key := _KEY.match(text):
            yield (*table, key[1].strip('"')), number


# Tabs and line ends are for longer texts; all other controls, U+FFFE and U+FFFF are no characters of XML.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


_HINTS = (
    (r"[“”‘’]", 'Use straight quotes, "like these".'),
    (r"\\", "In a path write / and not a backslash."),
    (r"=\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", "Write a date as 2014-11-24, without quotes."),
    (r"=\s*\d{4}-\d\d-\d\d", "There is no such day or hour, or something stands behind it."),
    (r"^\s*\[(item|notes|members)\]", "Write two brackets, as in [[item]], each time."),
    (r"^\s*\w+\s*:", "Write = and not a colon after a key."),
    (r"=\s*[A-Za-z]", "Put text into quotes."),
)
"""What a line looks like that the parser could not read, and how to mend it."""


def syntax(error: tomllib.TOMLDecodeError, text: str) -> MeetingFileError:
    """What the TOML parser could not read, and how to mend the usual mistakes."""
    found = re.match(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)", str(error))
    message = found[1] if found else str(error)
    line = int(found[2]) if found and found[2] else None
    at_fault = text.split("\n")[line - 1] if line else ""
    hint = next((f" {hint}" for looks, hint in _HINTS if re.search(looks, at_fault)), "")
    return MeetingFileError(f"this is not valid TOML: {message[:1].lower()}{message[1:]}.{hint}", line=line)


def printable(value: Any, path: Path, lines: Lines) -> None:
    """No control characters: they cannot be printed, and a PDF's metadata may not hold them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            printable(inner, (*path, key), lines)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            printable(inner, (*path, index), lines)
    elif isinstance(value, str) and (found := _CONTROL.search(value)):
        raise MeetingFileError(
            f"{_named(path)} holds the character U+{ord(found[0]):04X}, which cannot be printed: take it out.",
            line=lines.line(path, value[: found.start()]),
        )


def _named(path: Path) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str)) or "the file"


def spell(raw: dict[str, Any], lines: Lines) -> None:
    """Say which key is not known, with the nearest one that is, before anything else is judged."""
    for path, key, known in _unknown(raw, Meeting, ()):
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(known))}."
        raise MeetingFileError(f"the key {key} is not known{_inside(path)}. {hint}", line=lines.line(path, key))


def _unknown(value: Any, kind: Any, path: Path) -> list[tuple[Path, str, list[str]]]:
    """Every key of ``value`` that the struct ``kind`` does not have, with the keys it has."""
    found: list[tuple[Path, str, list[str]]] = []
    if isinstance(value, list):
        for index, each in enumerate(value):
            found += _unknown(each, kind, (*path, index))
    elif isinstance(value, dict):
        structs = _structs(kind)
        for key, inner in value.items():
            if key not in structs:
                found.append((path, key, list(structs)))
            elif struct := structs[key]:
                found += _unknown(inner, struct, (*path, key))
    return found


@cache
def _structs(kind: Any) -> Mapping[str, Any | None]:
    """The keys that the struct ``kind`` has, each with the struct somewhere within its value, if there is one."""
    hints = get_type_hints(kind)
    return {field.encode_name: _struct_in(hints[field.name]) for field in msgspec.structs.fields(kind)}


def _struct_in(hint: Any) -> Any | None:
    """The struct somewhere within a type such as ``tuple[str | PaperEntry, ...]``."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next((found for arg in getattr(hint, "__args__", ()) if (found := _struct_in(arg))), None)


def _inside(path: Path) -> str:
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

_PATTERNS = {"language": "should be a language tag, such as en-GB"}


def translate(message: str, raw: dict[str, Any], lines: Lines) -> MeetingFileError:
    """A validation message of msgspec, in words for a clerk and with its line."""
    where = re.search(r"`\$(.*?)`", message.rpartition(" - at ")[2]) if " - at " in message else None
    path = _path(where[1] if where else "")
    named = _named(path)
    line = lines.line(path)
    if missing := re.search(r"missing required field `(.+?)`", message):
        return MeetingFileError(f"{missing[1]} is missing{_inside(path)}: every {_thing(path)} needs it.", line=line)
    if kinds := re.search(r"Expected `(.+?)`, got `(.+?)`", message):
        wanted = " or ".join(_EXPECTED.get(kind.strip(), kind.strip()) for kind in kinds[1].split("|"))
        return MeetingFileError(f"{named} should be {wanted}.", line=line)
    if "enum value" in message:
        return MeetingFileError(f"{named} cannot be {_value(raw, path)!r}. {_choices(path)}", line=line)
    return MeetingFileError(_misfit(named, message.partition(" - at ")[0]), line=line)


def _misfit(named: str, message: str) -> str:
    """A value of the right type that will not do."""
    if bound := re.search(r"Expected `.+?` (of length )?(<=|>=) (\d+)", message):
        return f"{named} {_bounded(*bound.groups())}."
    if "matching regex" in message:
        return f"{named} {_PATTERNS.get(named, 'should be one line of text')}."
    if "encoded" in message:
        return f"{named} is not a real date: write 2014-11-24T16:30:00, without quotes."
    return f"{named}: {message}."


def _bounded(length: str | None, sign: str, bound: str) -> str:
    if length:
        return f"is longer than {bound} characters" if sign == "<=" else "is empty"
    return f"should be {bound} or {'less' if sign == '<=' else 'more'}"


def _thing(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return {"item": "agenda item", "papers": "paper", "exempt": "exemption"}.get(names[-1] if names else "", "meeting")


def _path(text: str) -> Path:
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", text)
    return tuple(name or int(index) for name, index in parts)


def _value(raw: Any, path: Path) -> Any:
    for part in path:
        raw = raw[part]
    return raw


def _choices(path: Path) -> str:
    kind: Any = Meeting
    for name in (part for part in path if isinstance(part, str)):
        fields = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        hint = get_type_hints(kind)[fields[name]]
        kind = _struct_in(hint) or hint
    members = next((arg for arg in (kind, *getattr(kind, "__args__", ())) if hasattr(arg, "__members__")), None)
    return f"It can be: {', '.join(members)}." if members else ""
