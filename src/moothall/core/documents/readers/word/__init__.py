"""Word documents (.docx), read from their own XML: what Word prints is what the paper says.

docs/decisions/0002-word-reader.md tells why neither pandoc nor mammoth does this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.inlines import clean_text
from moothall.core.documents.normalise import normalise
from moothall.core.documents.readers.word.body import read_body, read_inside
from moothall.core.documents.readers.word.context import Context
from moothall.core.documents.readers.word.numbering import read_numbering
from moothall.core.documents.readers.word.package import Element, Package, child, q
from moothall.core.documents.readers.word.styles import read_styles
from moothall.core.documents.readers.word.tracked_changes import count_changes, make_plain
from moothall.core.documents.readers.word.visibility import find_cautions
from moothall.core.documents.tree import Block, Document
from moothall.core.documents.warnings import Caution, Reading, gathered

_NOTES = (("footnotes", "w:footnote", "f"), ("endnotes", "w:endnote", "e"))
_LOST = {
    "changes": (
        "tracked-changes",
        "Tracked changes ({count}) are taken as accepted: accept or reject them in Word before publishing.",
    ),
    "comments": ("comments-dropped", "Comments ({count}) are left out."),
    "struck": (
        "struck-text-kept",
        "Struck-through words ({count} pieces) are shown so, as words that an amendment takes out: "
        "delete them where they are not.",
    ),
    "underlined": (
        "underlined-as-inserted",
        "Underlined words ({count} pieces) are shown as put in by an amendment, since others are struck through.",
    ),
    "boxes": (
        "text-box-moved",
        "Text boxes ({count}) now follow the paragraphs that they are fixed to: check that they read well there.",
    ),
    "equations": ("equation-as-text", "Equations ({count}) are kept as a line of text, such as (a + b)/2: check them."),
    "contents": (
        "contents-list-dropped",
        "The document's own list of contents is left out: its page numbers would be wrong in a pack.",
    ),
    "imports": ("import-not-read", "Other files that the document pulls in ({count}) are not read: paste their text."),
}


def read_file(path: Path) -> Reading:
    """The document's content; headers and footers are left out, everything else lost is a caution."""
    package = Package.open(path)
    main = package.main()
    root = package.xml(main)
    body = child(root, "w:body")
    if body is None:
        raise CannotRead("the Word document is damaged (it has no body): open it in Word and save it again")
    context = _context(package, main)
    context.tally["changes"] += count_changes(root)
    context.tally["contents"] += make_plain(root)
    context.find_places(body)
    context.find_amendments(body)
    blocks = read_body(context, body)
    notes = dict(_notes(context, main))
    title, language = _title(package), _language(context)
    reading = normalise(Document(blocks, language=language, notes=notes, images=context.images))
    document = reading.document
    if not document.title and title:
        document = Document(document.blocks, title, language, document.notes, document.images)
    cautions = (
        *find_cautions(context.hidden.values()),
        *_losses(context),
        *context.cautions,
        *_macros(package),
        *reading.cautions,
    )
    return Reading(document, gathered(cautions))


def _context(package: Package, main: str) -> Context:
    def related(ending: str) -> Element | None:
        name = package.related(main, ending)
        return package.xml(name) if name else None

    styles = read_styles(related("styles"))
    return Context(package, main, styles, read_numbering(related("numbering"), styles))


def _notes(context: Context, main: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for ending, name, prefix in _NOTES:
        part = context.package.related(main, ending)
        if part is None:
            continue
        root = context.package.xml(part)
        context.tally["changes"] += count_changes(root)
        make_plain(root)
        context.part = part
        for note in root.findall(q(name)):
            if note.get(q("w:type")) in (None, "normal"):
                yield f"{prefix}{note.get(q('w:id'))}", read_inside(context, note)
    context.part = main


def _title(package: Package) -> str:
    """The title in the file's properties, unless it is one that a program made up."""
    name = next((name for name in package.names if name == "docProps/core.xml"), None)
    if name is None:
        return ""
    try:
        text = package.xml(name).findtext(q("dc:title")) or ""
    except CannotRead:
        return ""
    title = " ".join(clean_text(text).split())
    made_up = title.lower().startswith(("microsoft word", "document", "untitled", "word document"))
    return "" if made_up or title.lower().endswith((".doc", ".docx")) else title


def _language(context: Context) -> str:
    """The language of the document's defaults; the English of any country is taken for British."""
    stated = child(context.styles.run_defaults, "w:lang")
    language = stated.get(q("w:val"), "") if stated is not None else ""
    return language if language and not language.lower().startswith("en") else "en-GB"


def _losses(context: Context) -> Iterator[Caution]:
    for key, (code, message) in _LOST.items():
        if context.tally[key]:
            yield Caution(code, message.format(count=context.tally[key]))


def _macros(package: Package) -> Iterator[Caution]:
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield Caution("macros-dropped", "The document holds macros (small programs), which are left out.")
    if any(name.lower().startswith("word/embeddings/") for name in package.names):
        yield Caution("embedded-file-dropped", "The document holds other files inside it, which are left out.")
