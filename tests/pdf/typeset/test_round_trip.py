"""What goes in comes out: every text of a paper is on its pages, in order, and tagged."""

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.documents.tree import (
    Block,
    Cell,
    Deleted,
    Document,
    Emphasis,
    Heading,
    Inline,
    Inserted,
    Landscape,
    ListBlock,
    ListItem,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Scope,
    Strong,
    Superscript,
    Table,
    Text,
)
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import set_paper
from tests.pdf.typeset.reading import CREATED, bare, tagged_text

LETTERS = string.ascii_letters + string.digits + " ŵŷâé£–’" + "#$[]{}()*_`\\@<>~/=+-'\"%&;:.,!?^|"

texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=30).filter(lambda text: text.strip())
runs = st.builds(Text, texts)
styled = st.one_of(
    runs,
    st.builds(lambda run: Strong((run,)), runs),
    st.builds(lambda run: Emphasis((Strong((run,)),)), runs),
    st.builds(lambda run: Superscript((run,)), runs),
    st.builds(lambda run: Deleted((Strong((run,)),)), runs),
    st.builds(lambda run: Inserted((run,)), runs),
)
inlines = st.lists(styled, min_size=1, max_size=3).map(tuple)
paragraphs = st.builds(Paragraph, inlines)
labels = st.sampled_from(["5.1", "(a)", "iv.", "12."])


def _items(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    item = st.builds(ListItem, st.lists(inner, min_size=1, max_size=2).map(tuple), labels)
    return st.builds(lambda items: ListBlock(tuple(items), ordered=True), st.lists(item, min_size=1, max_size=3))


def _tables(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    cell = st.builds(
        Cell,
        st.lists(inner, max_size=2).map(tuple),
        st.sampled_from([Scope.NONE, Scope.ROW, Scope.COLUMN]),
        st.integers(1, 3),
        st.integers(1, 3),
    )
    row = st.builds(lambda cells: Row(tuple(cells)), st.lists(cell, max_size=3))
    rows = st.lists(row, max_size=3).map(tuple)
    return st.builds(Table, rows, rows, rows, inlines)


nested = st.recursive(
    paragraphs,
    lambda inner: st.one_of(_items(inner), _tables(inner), st.builds(lambda block: Quote((block,)), inner), paragraphs),
    max_leaves=6,
)
headings = st.builds(Heading, st.integers(1, 6), inlines, st.one_of(st.none(), labels))
documents = st.lists(
    st.one_of(headings, nested, st.builds(lambda block: Landscape((block,)), nested)), min_size=1, max_size=4
)


def _inline(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    return "".join(map(_inline, inline.content)) if hasattr(inline, "content") else ""


def _inlines(content: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, content))


def _text(block: Block) -> str:
    match block:
        case Heading():
            return (block.number or "") + _inlines(block.content)
        case Paragraph():
            return _inlines(block.content)
        case ListBlock():
            return "".join((item.label or "") + "".join(map(_text, item.blocks)) for item in block.items)
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            cells = "".join(_text(inner) for row in rows for cell in row.cells for inner in cell.blocks)
            return _inlines(block.caption) + cells
        case Quote() | Landscape():
            return "".join(map(_text, block.blocks))
        case _:
            return ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_text_in_is_text_out_in_order(store: Store, content: list[Block]) -> None:
    part = set_paper(Document(tuple(content)), store=store, created=CREATED)
    assert tagged_text(part.pdf) == bare("".join(map(_text, content)))


@settings(max_examples=15, deadline=None)
@given(st.lists(inlines, min_size=1, max_size=3))
def test_footnotes_follow_their_calls(store: Store, notes: list[tuple[Inline, ...]]) -> None:
    keys = [str(number) for number in range(len(notes))]
    content = tuple(Paragraph((Text(f"call{key}"), NoteReference(key))) for key in keys)
    bodies = {key: (Paragraph(note),) for key, note in zip(keys, notes, strict=True)}
    part = set_paper(Document(content, notes=bodies), store=store, created=CREATED)
    expected = "".join(
        f"call{key}{number}{number}{_inlines(notes[int(key)])}" for number, key in enumerate(keys, start=1)
    )
    assert tagged_text(part.pdf) == bare(expected)
