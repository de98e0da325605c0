"""Writes the pages. Everything that is shown has been sanitised on its way into the content tree."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from moothall.core.press.html_pack.views import PackView
from moothall.core.press.tree.html_out import to_html
from moothall.core.press.tree.nodes import Document, Heading


def write(
    pack: PackView, folder: Path, *, language: str, images: Mapping[str, bytes], files: Mapping[str, Path]
) -> None:
    """Write ``pack`` into the new folder ``folder``.

    ``images`` are the pictures by name; ``files`` are copied under their names (the PDFs of uploaded papers).
    """
    folder.mkdir(parents=True)
    (folder / "style.css").write_bytes(_template_bytes("style.css"))
    _page(folder / "index.html", "index.html", pack=pack, language=language)
    for item in pack.items:
        if item.page:
            _page(folder / item.page, "item.html", pack=pack, item=item, language=language)
    for name, image in images.items():
        _under(folder, f"images/{name}").write_bytes(image)
    for name, source in files.items():
        shutil.copyfile(source, _under(folder, name))


def content(document: Document) -> Markup:
    """A paper's content as it stands in a page: headings one level down, wide tables able to scroll."""
    blocks = document.blocks[1:] if starts_with_title(document) else document.blocks
    shown = Document(blocks, document.title, document.language, document.notes, document.images)
    html = to_html(shown, shift=1, image_url=lambda name: f"images/{name}")
    return Markup(_scrolling(html))  # noqa: S704 - the tree is sanitised, and written with escapes


def starts_with_title(document: Document) -> bool:
    """Whether the paper begins with a heading that its page shows as the paper's title."""
    return bool(document.blocks) and isinstance(document.blocks[0], Heading) and document.blocks[0].level == 1


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a page's extracted text."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip())


def _scrolling(html: str) -> str:
    """Each table in a box of its own that scrolls sideways, reachable from the keyboard."""
    count = 0

    def box(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<div class="wide" role="group" aria-label="Table {count}" tabindex="0"><table'

    return re.sub(r"<table(?=[\s>])", box, html).replace("</table>", "</table></div>")


def _under(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _page(path: Path, template: str, **values: object) -> None:
    path.write_text(_environment().get_template(template).render(**values), "utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(lambda name: _template_bytes(name).decode()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _template_bytes(name: str) -> bytes:
    return resources.files("moothall.core.press.html_pack").joinpath("templates", name).read_bytes()
