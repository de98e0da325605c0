"""Builder of a paper from blocks: gives headings their levels and collects sections, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from moothall.core.documents.warnings import Caution
from moothall.core.figures.model import Heading, Paper, Passage, Place, Section, Sentence, Table
from moothall.core.figures.quantities import find_quantities
from moothall.core.figures.readers.blocks import Block, Piece, RawHeading, RawParagraph, RawTable
from moothall.core.figures.readers.outline import Outline
from moothall.core.figures.readers.sentences import split_sentences
from moothall.core.figures.tables.builder import TableBuilder
from moothall.core.figures.vocabulary import list_words

_OPEN_ENDS = (".", ":", ";", "!", "?", ")", "]", "”", '"', "’")
LONGEST_CAPTION = 160
MOST_FIGURES = 150_000  # in sentences: about 5,000 pages, read in less than a minute
MOST_PIECES = 500  # lines of one paragraph: without a limit, a text without full stops would take quadratic time


@dataclass(slots=True)
class PaperBuilder:
    """Builds a ``Paper`` from blocks in reading order."""

    name: str
    form: str
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section(0)])
    sentences: list[Sentence] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    lead: str = ""
    above: str = ""
    pending: tuple[RawParagraph, Section] | None = None
    builder: TableBuilder = field(default_factory=TableBuilder)
    figures: int = 0

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Add blocks in reading order."""
        for block in blocks:
            if isinstance(block, RawTable):
                self._add_table(block)
            elif isinstance(block, RawHeading):
                self._flush_table()
                self._add_heading(block)
            else:
                self._flush_table()
                self._add_paragraph(block)

    def build_paper(self, lines: tuple[str, ...], pages: tuple[int, ...] = ()) -> Paper:
        """Return the paper of all blocks added."""
        self._flush_table()
        self._flush_paragraph()
        return Paper(
            name=self.name,
            form=self.form,
            lines=lines,
            pages=pages,
            headings=tuple(self.headings),
            sections=tuple(self.sections),
            sentences=tuple(self.sentences),
            tables=tuple(self.tables),
            cautions=tuple(self.cautions),
        )

    @property
    def section(self) -> Section:
        return self.sections[-1]

    def _add_heading(self, block: RawHeading) -> None:
        self._flush_paragraph()
        self._open_section(block, block.piece.text.strip().strip("#*_ "))

    def _open_section(self, block: RawHeading, text: str) -> None:
        made = Heading(text, 1, self._make_place(block.piece), block.number)
        made = replace(made, level=self.outline.open_heading(made, block.level))
        self.headings.append(made)
        self.sections.append(Section(len(self.sections), self.outline.list_open_headings()))
        self.lead, self.above = "", text

    def _add_paragraph(self, block: RawParagraph) -> None:
        self.outline.note_content()
        text = " ".join(piece.text.strip() for piece in block.pieces)
        if self.pending and not block.label and self._continues_paragraph(self.pending[0], text):
            before, section = self.pending
            self.pending = replace(before, pieces=before.pieces + block.pieces), section
            return
        self._flush_paragraph()
        self.pending = block, self.section
        self.above = text if len(text) <= LONGEST_CAPTION else ""

    @staticmethod
    def _continues_paragraph(before: RawParagraph, text: str) -> bool:
        """Return whether a page break divided a paragraph: no end before it, a small letter after it."""
        open_end = not before.pieces[-1].text.rstrip().endswith(_OPEN_ENDS) and text[:1].islower()
        return open_end and len(before.pieces) < MOST_PIECES

    def _flush_paragraph(self) -> None:
        if self.pending is None:
            return
        block, section = self.pending
        self.pending = None
        passage = self._make_passage(block, section)
        if not passage.text.strip():
            return
        self._add_sentences(passage)
        if passage.text.rstrip().endswith(":"):
            self.lead = passage.text
        elif not block.label:
            self.lead = ""

    def _make_passage(self, block: RawParagraph, section: Section) -> Passage:
        starts, texts, offset = [], [], 0
        for piece in block.pieces:
            bare = piece.text.strip()
            starts.append((offset, piece.line, piece.column + len(piece.text) - len(piece.text.lstrip())))
            texts.append(bare)
            offset += len(bare) + 1
        return Passage(
            text=" ".join(texts),
            section=section,
            starts=tuple(starts),
            source=self.name,
            label=block.label,
            lead=self.lead if block.label else "",
            pages=tuple((piece.line, piece.page) for piece in block.pieces if piece.page is not None),
            boxes=tuple((piece.line, piece.box) for piece in block.pieces if piece.box is not None),
        )

    def _add_sentences(self, passage: Passage) -> None:
        for start, end in split_sentences(passage.text):
            if self.figures > MOST_FIGURES:
                return
            text = passage.text[start:end]
            bare = Sentence(text, passage, start)
            found = tuple(find_quantities(text, bare.locate))
            self.sentences.append(replace(bare, quantities=found))
            self.figures += len(found)
            if self.figures > MOST_FIGURES:
                self._stop_reading_at(passage.locate(end, end).line)

    def _stop_reading_at(self, line: int) -> None:
        text = (
            f"The sentences of this paper have more than {MOST_FIGURES:,} figures. "
            f"Those after line {line} were not checked. Split the paper."
        )
        self.cautions.append(Caution("too-many-figures", text, f"line {line}"))

    def _make_place(self, piece: Piece) -> Place:
        return Place(self.name, piece.line, piece.column, piece.column + len(piece.text), piece.page, box=piece.box)

    def _add_table(self, block: RawTable) -> None:
        self._flush_paragraph()
        self.builder.add_table(block, caption=block.caption or self.above, section=self.section, place=self._make_place)
        titles = list_words("reading", "title_labels")
        for row in block.rows:
            filled = [cell.piece for cell in row if cell.piece.text]
            if len(filled) == 2 and filled[0].text.lower().strip(" :") in titles:
                self._open_section(RawHeading(filled[1], 1), filled[1].text)
        self.above = ""

    def _flush_table(self) -> None:
        made, cautions = self.builder.build_tables(first=len(self.tables))
        self.tables.extend(made)
        self.cautions.extend(cautions)
        if made:
            self.outline.note_content()
