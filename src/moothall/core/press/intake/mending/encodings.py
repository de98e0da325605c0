"""Which letter a code stands for in a simple font: the encodings of PDF, and what a file changes in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pikepdf import Name

from moothall.core.press.intake.values import dictionary, elements, entry, integer, name

Names = Mapping[int, str]

# Letters of Windows' code page 1252 that stand twice in it (ISO 32000-1, annex D).
_TWICE = {0xA0: "space", 0xAD: "hyphen"}
_ABSENT = ".notdef"


@cache
def win_ansi() -> Names:
    """WinAnsiEncoding: code and the name of its letter."""
    from fontTools.agl import UV2AGL  # noqa: PLC0415 - few papers need it

    letters = ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(32, 256))
    named = {code: UV2AGL[ord(letter)] for code, letter in letters if letter and ord(letter) in UV2AGL}
    return named | _TWICE


@cache
def _mac_roman() -> Names:
    from fontTools.encodings.MacRoman import MacRoman  # noqa: PLC0415

    return _listed(MacRoman)


@cache
def _standard() -> Names:
    from fontTools.encodings.StandardEncoding import StandardEncoding  # noqa: PLC0415

    return _listed(StandardEncoding)


def _listed(encoding: list[str]) -> Names:
    return {code: called for code, called in enumerate(encoding) if code >= 32 and called != _ABSENT}


def names_of(encoding: Any) -> dict[int, str] | None:
    """The names of a font's letters by code; None for an encoding that is none of those with letters.

    A font that names no encoding has that of its program, which for those matched here is Adobe's standard one.
    """
    inside = dictionary(encoding)
    called = name(entry(inside, "/BaseEncoding") if inside is not None else encoding)
    known = {"": _standard, "/StandardEncoding": _standard, "/WinAnsiEncoding": win_ansi}
    known["/MacRomanEncoding"] = _mac_roman
    if called not in known:
        return None
    return dict(known[called]()) | _differences(entry(inside, "/Differences"))


def _differences(listed: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for each in elements(listed):
        if isinstance(each, Name):
            if 0 <= code < 256:
                found[code] = name(each)[1:]
            code += 1
        else:
            code = integer(each) or 0
    return found


def letters_of(names: Names) -> dict[int, str]:
    """The letter that each code stands for; codes whose name means no single letter are left out."""
    from fontTools.agl import toUnicode  # noqa: PLC0415

    told = ((code, toUnicode(called)) for code, called in names.items())
    return {code: letter for code, letter in told if len(letter) == 1}
