"""Papers made at random: every node of the tree, well formed and not."""

from io import BytesIO

from hypothesis import strategies as st
from PIL import Image

from moothall.core.documents.images import admit
from moothall.core.documents.tree import (
    Cell,
    Deleted,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inserted,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Scope,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)


def picture(colour: str = "red", *, kind: str = "PNG") -> bytes:
    """A small picture's bytes."""
    out = BytesIO()
    Image.new("RGB", (3, 2), colour).save(out, kind)
    return out.getvalue()


IMAGES = dict(filter(None, (admit(picture(colour)) for colour in ("red", "blue"))))
NOTES = ("n", "1", "2")
_IDS = st.sampled_from(("a", "b", "issue", "note-1", "1x", ""))

words = st.text(
    st.one_of(st.sampled_from(" \t\n<>&\"' a\u00a0é•\x00\u2028"), st.characters(exclude_categories=())), max_size=8
)
texts = words.map(Text)
labels = st.none() | st.sampled_from(("5.1", "(a)", "iv.", "1.", "", "  2 ", "<b>"))
hrefs = st.sampled_from(
    ("https://www.avonmere.gov.uk/?a=1&b=2", "#a", "#missing", "javascript:alert(1)", "mailto:a@b.uk", "/r", "")
)


def _wider(inner):
    content = st.lists(inner, max_size=3).map(tuple)
    marks = st.sampled_from((Strong, Emphasis, Subscript, Superscript, Deleted, Inserted))
    return st.builds(lambda mark, content: mark(content), marks, content) | st.builds(Link, hrefs, content)


notes_called = st.sampled_from((*NOTES, "unknown")).map(NoteReference)
inlines = st.recursive(texts | st.just(LineBreak()) | notes_called, _wider, max_leaves=6)
contents = st.lists(inlines, max_size=4).map(tuple)

headings = st.builds(Heading, st.integers(1, 6), contents, labels, st.none() | _IDS)
figures = st.builds(Figure, st.sampled_from((*IMAGES, "lost.png")), words, contents, st.booleans())
leaves = st.one_of(st.builds(Paragraph, contents), headings, figures, st.just(PageBreak()))


def _holders(inner):
    blocks = st.lists(inner, max_size=3).map(tuple)
    items = st.lists(st.builds(ListItem, blocks, labels), max_size=3).map(tuple)
    cells = st.builds(
        Cell,
        blocks,
        st.sampled_from(Scope),
        st.integers(1, 3),
        st.integers(1, 3),
        st.sampled_from(("", "left", "right", "justify")),
    )
    rows = st.lists(st.builds(Row, st.lists(cells, max_size=3).map(tuple)), max_size=3).map(tuple)
    widths = st.lists(st.floats(-1, 100), max_size=4).map(tuple)
    return st.one_of(
        st.builds(ListBlock, items, st.booleans()),
        st.builds(Table, rows, rows, rows, contents, widths, st.none() | _IDS),
        st.builds(Quote, blocks),
        st.builds(Landscape, blocks),
    )


blocks = st.lists(st.recursive(leaves, _holders, max_leaves=8), max_size=5).map(tuple)
documents = st.builds(
    Document,
    blocks,
    title=st.just(""),
    notes=st.dictionaries(st.sampled_from(NOTES), st.lists(leaves, max_size=2).map(tuple)),
    images=st.just(IMAGES),
)
