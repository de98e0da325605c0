"""The compiler, kept: one set of fonts and one set of template files for each process."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from moothall.core.press.errors import CannotSet
from moothall.core.press.setting.glyphs import FONT_FOLDER
from moothall.core.press.store import digest

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be set: the form that the template reads, and the pictures by name."""

    form: Mapping[str, Any]
    images: Mapping[str, bytes] = field(default_factory=dict)


@cache
def _templates() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])


@cache
def template_version() -> str:
    """A digest of everything but the content that decides a page: this package, its fonts, the compiler."""
    package = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.typ", "*.ttf") for path in package.rglob(kind))
    parts = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    compiler: Any = typst  # its stubs do not know of its version
    return digest(compiler.__version__, *parts)


def compile_pdf(work: Work, *, created: datetime) -> bytes:
    """Set ``work`` as PDF/UA-1; the same work gives the same bytes. CannotSet when Typst refuses it.

    The content goes in as a value, the templates as files in memory. Pictures can only be given as files on disk:
    they are the only ones in the folder that the compiler may read.
    """
    data = json.dumps(work.form, ensure_ascii=False, separators=(",", ":"))
    with tempfile.TemporaryDirectory(prefix="moothall-pictures-") as root:
        for name, image in work.images.items():
            Path(root, name).write_bytes(image)
        return _compile(data.encode("utf-8", "replace").decode(), root, created)


def _compile(data: str, root: str, created: datetime) -> bytes:
    compiler: Any = typst  # its stubs do not know of files given as a dictionary
    try:
        made: bytes = compiler.compile(
            _templates(),
            sys_inputs={"data": data},
            format="pdf",
            root=root,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=created,
        )
    except typst.TypstError as error:
        raise CannotSet(_explain(error)) from error
    return made


def _explain(error: typst.TypstError) -> str:
    said = str(error.message)
    if "depth" in said:
        return "The paper is nested too deeply to be set; make its lists, tables and quotations flatter."
    if "image" in said or "SVG" in said or "decode" in said:
        return f"A picture in the paper cannot be read ({said}); open it and save it again."
    return f"The setter refused the paper: {said}."
