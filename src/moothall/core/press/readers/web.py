"""Web pages saved to a file."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from moothall.core.press.readers.beside import Beside
from moothall.core.press.readers.decode import read_text
from moothall.core.press.tree.inlines import clean_text
from moothall.core.press.tree.parse import parse_html
from moothall.core.press.tree.reading import Reading

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})""", re.IGNORECASE
)


def read_file(path: Path) -> Reading:
    """The page's content, with its own title and language where it states them."""
    html, cautions = read_text(path, declared=True)
    reading = parse_html(html, images=Beside(path))
    title, language = _TITLE.search(html[:20_000]), _LANGUAGE.search(html[:20_000])
    document = replace(
        reading.document,
        title=clean_text(unescape(title[1])).strip() if title else reading.document.title,
        language=language[1] if language else reading.document.language,
    )
    return Reading(document, (*cautions, *reading.cautions))
