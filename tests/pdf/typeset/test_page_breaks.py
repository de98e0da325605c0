"""Whatever is too tall for a page breaks, and nothing falls below its edge."""

import io
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from PIL import Image

from moothall.core.documents import readers
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Scope,
    Table,
    Text,
)
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import set_paper
from tests.pdf.typeset.conftest import Setter
from tests.pdf.typeset.reading import CREATED, boxes, page_sizes, paragraph, printed_text, scopes, visible_words
from tests.shared import needs_shared, shared

SHARED = {"tall-row.docx": 100, "tall-row.html": 100, "rowspan-long.docx": 90, "rowspan-theme.docx": 800}


def _words(count: int, start: str = "word") -> list[str]:
    return [f"{start}{number}" for number in range(count)]


def _cell(*content: str | Block, rows: int = 1, columns: int = 1, scope: Scope = Scope.NONE) -> Cell:
    blocks = tuple(paragraph(each) if isinstance(each, str) else each for each in content)
    return Cell(blocks, scope=scope, rows=rows, columns=columns)


def _row(*cells: str | Cell) -> Row:
    return Row(tuple(cell if isinstance(cell, Cell) else _cell(cell) for cell in cells))


def _lines(count: int) -> Paragraph:
    content = [part for word in _words(count) for part in (Text(word), LineBreak())]
    return Paragraph(tuple(content))


HEAD = _row(_cell("heading1", scope=Scope.COLUMN), _cell("heading2", scope=Scope.COLUMN))
INNER = Table(tuple(_row(word, "other") for word in _words(90)), head=(HEAD,))
TALL = _cell(*_words(150))
ITEMS = ListBlock(tuple(ListItem((paragraph(word),)) for word in _words(150)))
MIXED = (
    _row(_cell("merged", rows=120, columns=2), "word0", _cell("beside", rows=60)),
    *(_row(word) for word in _words(60, "upper")[1:]),
    _row("middle", _cell("beside2", rows=60)),
    *(_row(word) for word in _words(60, "lower")[1:]),
)


@pytest.mark.parametrize(
    "table",
    [
        Table((_row(TALL, TALL), _row("alpha", "beta")), head=(HEAD,)),
        Table((_row(_cell(_lines(150)), "other"),)),
        Table((_row(_cell(ITEMS), "other"),), head=(HEAD,)),
        Table((_row(_cell(Quote(tuple(map(paragraph, _words(150))))), "other"),)),
        Table((_row(_cell(*_words(150), columns=2)), _row("alpha", "beta")), head=(HEAD,)),
        Table((_row(_cell(INNER), "other"),), head=(HEAD,)),
        Table((_row(_cell(*_words(40), INNER, *_words(40)), TALL),), head=(HEAD,)),
        Table((_row(_cell(Table((_row(_cell(INNER), "outer"),))), "other"),)),
        Table((_row(_cell("merged", rows=200), "first"), *map(_row, _words(199))), head=(HEAD,)),
        Table(
            (_row(_cell(*_words(120), rows=3), "alpha"), _row("beta"), _row("gamma"), _row("delta", "epsilon")),
            head=(HEAD,),
        ),
        Table((_row(_cell("merged", rows=3), TALL), _row(TALL), _row(TALL)), head=(HEAD,)),
        Table(MIXED),
        Table((_row("alpha", "beta"),) * 3, head=(_row(_cell(*_words(100), scope=Scope.COLUMN), "other"),)),
        Table((_row("alpha", "beta"),) * 3, head=tuple(_row(word, "other") for word in _words(90))),
        Table((_row("alpha", "beta"),) * 3, head=(HEAD,), foot=tuple(_row(word, "other") for word in _words(90))),
        Table((_row(_cell("alpha", scope=Scope.COLUMN), TALL),) * 3, head=(HEAD,)),
        Table((_row("alpha", "beta"),), caption=(Text(" ".join(_words(1500))),)),
    ],
    ids=[
        "paragraphs",
        "line breaks",
        "list",
        "quotation",
        "all columns",
        "inner table",
        "inner table among paragraphs",
        "three tables deep",
        "merged rows",
        "tall merged cell",
        "merged tall rows",
        "merged both ways",
        "tall head",
        "head of many rows",
        "foot of many rows",
        "headings between",
        "long caption",
    ],
)
@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "turned"])
def test_table_taller_than_page_keeps_every_word(set_blocks: Setter, table: Table, landscape: bool) -> None:
    words = Counter(_all_words([table]))
    assert not words - visible_words(set_blocks(table, landscape=landscape).pdf)


def _all_words(blocks: Sequence[Block]) -> list[str]:
    return to_text(Document(tuple(blocks))).replace("•", " ").split()


def test_head_of_broken_row_is_repeated(set_blocks: Setter) -> None:
    printed = printed_text(set_blocks(Table((_row(TALL, "other"),), head=(HEAD,))).pdf)
    assert [page.count("heading1") for page in printed.split("\f")[:-1]] == [1, 1, 1]


def test_head_taller_than_page_keeps_its_scopes(set_blocks: Setter) -> None:
    head = _row(_cell(*_words(100), scope=Scope.COLUMN), _cell("other", scope=Scope.COLUMN))
    assert scopes(set_blocks(Table((_row("alpha", "beta"),), head=(head,))).pdf) == ["/Column", "/Column"]


@pytest.fixture
def tall_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 4000)).save(file, "PNG")
    return file.getvalue()


def _inner(picture: Figure) -> Block:
    return Table((_row(_cell(picture), "other"),), head=(HEAD,))


@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "turned"])
@pytest.mark.parametrize(
    "arrange", [lambda each: each, lambda each: ListBlock((ListItem((each,)),)), _inner], ids=["cell", "list", "table"]
)
def test_picture_in_cell_ends_within_the_page(
    set_blocks: Setter, tall_picture: bytes, arrange: Callable[[Figure], Block], landscape: bool
) -> None:
    head = _row(_cell(*_words(12), scope=Scope.COLUMN), _cell("beta", scope=Scope.COLUMN))
    picture = Figure("tall.png", "A tower", caption=(Text("caption"),))
    row = _row(_cell(arrange(picture), "below"), _cell("beside"))
    part = set_blocks(Table((row,), head=(head,)), landscape=landscape, images={"tall.png": tall_picture})
    (_, height), *_ = page_sizes(part.pdf)
    ((_, lower, _, upper),) = boxes(part.pdf)
    assert 50 < lower < upper < height - 50
    assert upper - lower > 150


@needs_shared
@pytest.mark.parametrize(("name", "lines"), SHARED.items(), ids=SHARED)
def test_shared_tables_keep_every_line(store: Store, name: str, lines: int) -> None:
    document = readers.read(shared("cases", "packs", name)).document
    part = set_paper(document, store=store, created=CREATED)
    words = visible_words(part.pdf)
    assert words["Line"] + words["Year"] + words["Action"] >= lines


@pytest.mark.parametrize("number", ["19.09.03", "Appendix 10.12.13", "A" * 150], ids=len)
def test_long_number_is_not_printed_over_its_heading(set_blocks: Setter, number: str) -> None:
    pdf = set_blocks(*(Heading(level, (Text("Minutes"),), number=number) for level in range(1, 7))).pdf
    assert visible_words(pdf)["Minutes"] == 6
    assert "".join(printed_text(pdf).split()).count("Minutes") == 6
