"""A paper's content as it stands in a web page of the pack."""

from __future__ import annotations

import re

from moothall.core.press.tree.html_out import to_html
from moothall.core.press.tree.nodes import Document, Heading


def fragment(document: Document) -> str:
    """The content as HTML below a heading with the paper's title: headings one level down, wide tables scroll.

    The tree is sanitised on its way in and written with escapes, so the fragment is safe to show.
    """
    blocks = document.blocks[1:] if _starts_with_title(document) else document.blocks
    shown = Document(blocks, document.title, document.language, document.notes, document.images)
    return _scrolling(to_html(shown, shift=1, image_url=lambda name: f"images/{name}"))


def _starts_with_title(document: Document) -> bool:
    return bool(document.blocks) and isinstance(document.blocks[0], Heading) and document.blocks[0].level == 1


def _scrolling(html: str) -> str:
    """Each table in a box of its own that scrolls sideways, reachable from the keyboard."""
    count = 0

    def box(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<div class="wide" role="group" aria-label="Table {count}" tabindex="0"><table'

    return re.sub(r"<table(?=[\s>])", box, html).replace("</table>", "</table></div>")
