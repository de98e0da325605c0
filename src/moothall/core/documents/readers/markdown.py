"""Markdown (CommonMark with tables and footnotes)."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from moothall.core.documents.html_reader import parse_html
from moothall.core.documents.readers.plain_text import read_text
from moothall.core.documents.readers.web import Beside
from moothall.core.documents.warnings import Reading


def read_file(path: Path) -> Reading:
    """The text's content; HTML in it counts as far as the subset goes."""
    text, cautions = read_text(path)
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 90}).enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin).use(footnote_plugin)
    reading = parse_html(markdown.render(text), images=Beside(path))
    return Reading(reading.document, (*cautions, *reading.cautions))
