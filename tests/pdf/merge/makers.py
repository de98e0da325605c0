"""Small PDFs for the binder's tests: set by Typst, or put together by hand to be odd in one way."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.pdf.merge import Bound, Part, Volume, bind
from tests.tagged import tagged_text

CREATED = datetime(2014, 11, 14, 9, 0, tzinfo=UTC)


def set_pdf(path: Path, body: str, *, title: str = "A paper", tagged: bool = True, extra: str = "") -> Path:
    """A PDF that Typst sets; PDF/UA-1 when tagged."""
    source = f'#set document(title: "{title}")\n#set text(lang: "en")\n{extra}\n{body}'.encode()
    fonts = typst.Fonts(include_system_fonts=False)
    if tagged:
        made = typst.compile(source, format="pdf", font_paths=fonts, pdf_standards="ua-1", timestamp=0)
    else:
        made = typst.compile(source, format="pdf", font_paths=fonts, pdf_tags=False, timestamp=0)
    path.write_bytes(made)
    return path


@dataclass
class Handmade:
    """A tagged PDF by hand: pages of (role, text) lines, one marked-content sequence each."""

    pdf: Pdf = field(default_factory=Pdf.new)
    elements: list[Object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.rows = Array()
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self.rows))
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.font = self.pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )

    def page(self, *lines: tuple[str, str]) -> Object:
        """A page of lines; each line's role gets an element below the root."""
        page = self.pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = Dictionary(Font=Dictionary(F1=self.font))
        content, row = b"", Array()
        for at, (role, text) in enumerate(lines):
            shown = f"BT /F1 12 Tf 72 {750 - 20 * at} Td ({text}) Tj ET"
            content += f"/{role} <</MCID {at}>> BDC {shown} EMC\n".encode()
            row.append(self.element(role, page, at))
        page.Contents = self.pdf.make_stream(content)
        self.number(page, "/StructParents", self.pdf.make_indirect(row))
        return page

    def element(self, role: str, page: Object, mcid: object) -> Object:
        """An element below the root."""
        made = self.pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}"), "/P": self.root, "/Pg": page, "/K": mcid})
        )
        self.root.K.append(made)
        self.elements.append(made)
        return made

    def number(self, thing: Object, key: str, owner: Object) -> None:
        """Enter ``thing`` into the parent tree."""
        thing[key] = len(self.rows) // 2
        self.rows.append(len(self.rows) // 2)
        self.rows.append(owner)

    def save(self, path: Path) -> Path:
        """Write the file."""
        self.pdf.save(path)
        return path


def handmade(path: Path, *lines: tuple[str, str], **root: Any) -> Path:
    """A one-page tagged PDF with entries of the tree's root such as ``RoleMap``."""
    made = Handmade()
    made.page(*lines)
    for key, value in root.items():
        made.root[f"/{key}"] = value
    return made.save(path)


def part(pdf: Path, key: str, first: int = 1, **more: Any) -> Part:
    """A part whose labels count up from ``first``."""
    with Pdf.open(pdf) as opened:
        count = len(opened.pages)
    more.setdefault("labels", tuple(str(first + at) for at in range(count)))
    return Part(pdf=pdf, title=more.pop("title", f"Paper {key}"), key=key, **more)


def volume(parts: Sequence[Part]) -> Volume:
    """A volume of the demo council."""
    return Volume(tuple(parts), "Agenda pack", "en-GB", "Avonmere Council", "Scrutiny panel", CREATED)


def bound(folder: Path, *parts: Part) -> tuple[Pdf, Bound]:
    """Bind ``parts`` and open the result."""
    out = folder / "out.pdf"
    result = bind(volume(parts), out)
    return Pdf.open(out), result


def sections(pdf: Pdf) -> list[Object]:
    """The Part elements of a bound file."""
    return list(pdf.Root.StructTreeRoot.K[0].K)


def struct_text(path: Path) -> list[str]:
    """What poppler reads from the tags, a line each; object numbers are left out."""
    lines = tagged_text(path).decode("utf-8", "replace").splitlines()
    return [re.sub(r"Object \d+ \d+", "Object", line.rstrip()) for line in lines if line.strip()]


def parts_of_struct_text(path: Path) -> list[list[str]]:
    """The tagged text of each part of a bound file, without its own line and two levels of indentation."""
    found: list[list[str]] = []
    for line in struct_text(path)[1:]:
        if line.startswith("  Part"):
            found.append([])
        else:
            found[-1].append(line[4:])
    return found


def qpdf_is_content(path: Path) -> bool:
    """``qpdf --check`` finds nothing."""
    return subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def string(value: str) -> String:
    """A PDF string."""
    return String(value)
