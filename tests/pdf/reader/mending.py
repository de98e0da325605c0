"""Papers that lack something, and what comes of them when they are taken in (in this very process)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.pdf.checks.pdfua import check_ua
from moothall.core.pdf.reader import process_jobs
from moothall.core.pdf.repair import Report
from moothall.core.pdf.repair.fonts import embed_fonts
from tests.pdf.merge.makers import Handmade

OF_THE_WHOLE = {"no-title", "title-not-shown", "no-claim"}  # the pack says these


def take(paper: Path) -> tuple[Path, dict[str, str]]:
    """The cleaned and mended paper, and its cautions by code."""
    out = paper.with_name("mended.pdf")
    limits = {"seconds": 60.0, "seconds_per_page": 0.03, "longest": 600.0, "pages": 20_000}
    told = process_jobs.run(
        {"kind": "take", "source": str(paper), "out": str(out), "sha256": "", **limits}, lambda seconds: None
    )
    answer: dict[str, Any] = json.loads(told)
    return out, {caution["code"]: caution["message"] for caution in answer["cautions"]}


def failures(paper: Path) -> set[str]:
    """The codes of what fails PDF/UA-1 in a paper, without what a pack says for all its papers."""
    return {flaw.code for flaw in check_ua(paper) if flaw.fails} - OF_THE_WHOLE


def flaws(paper: Path) -> set[str]:
    """The codes of all flaws."""
    return {flaw.code for flaw in check_ua(paper)} - OF_THE_WHOLE


def pixels(paper: Path) -> list[bytes]:
    """What the pages look like at 72 dots an inch."""
    with pypdfium2.PdfDocument(paper) as document:
        return [bytes(page.render().buffer) for page in document]


@dataclass
class Writer(Handmade):
    """A tagged paper by hand, with tables and any content."""

    bold: Object = field(init=False)
    embedded: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self.pdf.Root.Lang = String("en-GB")
        self.bold = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"), Encoding=Name.WinAnsiEncoding
            )
        )

    def save(self, path: Path) -> Path:
        """Write the file, with its fonts in it unless told otherwise."""
        if self.embedded:
            embed_fonts(self.pdf, Report())
        return super().save(path)

    def content(self, content: bytes, *tagged: tuple[str, int], **resources: Object) -> Object:
        """A page with this content; each (role, MCID) gets an element below the root."""
        page: Object = self.pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = Dictionary(
            Font=Dictionary(F1=self.font, F2=self.bold), **{key: resources[key] for key in resources}
        )
        page.Contents = self.pdf.make_stream(content)
        row = Array()
        for role, mcid in tagged:
            while len(row) <= mcid:
                row.append(None)
            row[mcid] = self.element(role, page, mcid)
        self.number(page, "/StructParents", self.pdf.make_indirect(row))
        return page

    def below(self, parent: Object, role: str, page: Object, kids: object = None) -> Object:
        """An element below another."""
        made = self.pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}"), "/P": parent, "/Pg": page})
        )
        made["/K"] = Array() if kids is None else kids
        if "/K" not in parent or not isinstance(parent["/K"], Array):
            parent["/K"] = Array()
        parent["/K"].append(made)
        return made

    def table(self, *rows: str, cells: str = "") -> Object:
        """A page with a table. A row is words; one in *stars* is bold, and _ a cell of nothing that takes no room.

        ``cells`` has a letter a cell: H or d.
        """
        content, at, kinds = b"", 0, iter(cells)
        page = self.content(b"", ("P", 0))
        table = self.element("Table", page, Array())
        owners = [self.elements[0]]
        content += b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 790 Td (The figures) Tj ET EMC\n"
        for line, words in enumerate(rows):
            row = self.below(table, "TR", page)
            places = iter(range(72, 595, 90))
            for word in words.split():
                if word == "_":
                    self.below(row, "TD", page)
                    continue
                at += 1
                font = "F2" if word.startswith("*") else "F1"
                shown = f"BT /{font} 12 Tf {next(places)} {750 - 20 * line} Td ({word.strip('*')}) Tj ET"
                content += f"/TD <</MCID {at}>> BDC {shown} EMC\n".encode()
                owners.append(self.below(row, "TH" if next(kinds, "d") == "H" else "TD", page, at))
        page.Contents = self.pdf.make_stream(content)
        self.root.ParentTree.Nums[-1] = self.pdf.make_indirect(Array(owners))
        return page
