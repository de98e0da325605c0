"""Web pages saved to a file.

The pictures that lie beside a paper in its own folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.images import LARGEST
from moothall.core.documents.inlines import clean_text
from moothall.core.documents.readers.plain_text import read_text
from moothall.core.documents.warnings import Reading


class Beside(Mapping[str, bytes]):
    """Pictures by the relative address that a paper gives them; never a file outside the paper's folder."""

    def __init__(self, paper: Path) -> None:
        self._folder = paper.parent.resolve()

    def __getitem__(self, address: str) -> bytes:
        try:
            file = (self._folder / unquote(address)).resolve()
            if not file.is_relative_to(self._folder) or not file.is_file() or file.stat().st_size > LARGEST:
                raise KeyError(address)
            return file.read_bytes()
        except (OSError, ValueError) as error:
            raise KeyError(address) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


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
