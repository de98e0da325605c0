"""Bytes of text files as text."""

from __future__ import annotations

import re
from pathlib import Path

from moothall.core.press.cautions import Caution
from moothall.core.press.errors import CannotRead

MOST_BYTES = 20_000_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{1,40})""", re.IGNORECASE)


def read_text(path: Path, *, declared: bool = False) -> tuple[str, list[Caution]]:
    """The text of ``path``: by its byte order mark, by what it declares (HTML), as UTF-8, else as Windows-1252.

    Raises ``CannotRead`` for more than ``MOST_BYTES``.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise CannotRead(
            f"{path.name} holds {size / 1e6:.0f} MB of text, more than the {MOST_BYTES // 1_000_000} MB "
            "that a paper may hold: publish it as data instead"
        )
    content = path.read_bytes()
    for encoding in _candidates(content, declared=declared):
        try:
            return content.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    message = (
        f"{path.name} does not say in which encoding it is written; read as Windows-1252: check £ signs and dashes."
    )
    return content.decode("cp1252", "replace"), [Caution("encoding-guessed", message)]


def _candidates(content: bytes, *, declared: bool) -> list[str]:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    match = _DECLARED.search(content[:4096]) if declared else None
    said = [match[1].decode("ascii")] if match else []
    # a page that says Latin-1 means Windows-1252, as every browser knows
    said = ["cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name for name in said]
    return [*marked, "utf-8", *[name for name in said if not name.lower().startswith("utf-16")]]
