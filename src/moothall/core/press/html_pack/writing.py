"""Writes the pages. Everything that is shown has been sanitised on its way into the content tree."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from moothall.core.press.html_pack.views import PackView


def write(pack: PackView, folder: Path, *, language: str, files: Mapping[str, Path]) -> None:
    """Write ``pack`` into the new folder ``folder``; ``files`` (pictures, uploaded PDFs) are copied by their names."""
    folder.mkdir(parents=True)
    (folder / "style.css").write_bytes(_template_bytes("style.css"))
    _page(folder / "index.html", "index.html", pack=pack, language=language)
    for item in pack.items:
        if item.page:
            _page(folder / item.page, "item.html", pack=pack, item=item, language=language)
    for name, source in files.items():
        shutil.copyfile(source, _under(folder, name))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a page's extracted text."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip())


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
