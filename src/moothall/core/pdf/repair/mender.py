"""Mending a cleaned document: what is in its tags, what stands outside them, its links and fonts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pikepdf import Object, ObjectStreamMode, Page, Pdf
from pypdfium2 import PdfiumError

from moothall.core.pdf.reader.objects import dictionary, entry
from moothall.core.pdf.repair.content_streams import UNREADABLE, Enclosing, Seen, look, remark
from moothall.core.pdf.repair.descriptions import Changes, bare_figures, describe_links, settle_figures
from moothall.core.pdf.repair.fonts import embed_fonts
from moothall.core.pdf.repair.page_contents import Pieces, read_contents
from moothall.core.pdf.repair.report import Report
from moothall.core.pdf.repair.structure_tree import Tree
from moothall.core.pdf.repair.tables import Table, name_scopes, recognise_headings, tables
from moothall.core.pdf.repair.tags import name_notes, number_anew, settle_roles
from moothall.core.pdf.repair.untagged_content import Housing, let_go_of_nothing, unowned


def describe(pdf: Pdf, report: Report) -> None:
    """What every document needs, tagged or not: links that say where they lead, and fonts in the file."""
    describe_links(pdf, report)
    embed_fonts(pdf, report)


def mend(pdf: Pdf, report: Report, scratch: Path, language: str) -> None:
    """Mend the tags of a tagged document. What it shows, and the words in its tags, stay as they are.

    ``scratch`` names a file that may be made; ``language`` is the document's own, "" when it says none.
    """
    tree = Tree(pdf)
    settle_roles(tree, report)
    name_notes(tree, report)
    seen = _look(tree)
    _enclose(tree, seen, report)
    outside = {number: mcids for number, each in seen.items() if (mcids := unowned(tree, number, each))}
    found = tables(tree)
    contents = _contents(pdf, scratch, {*outside, *_pages_to_read(tree, found)})
    changes: Changes = {}
    let_go_of_nothing(tree, seen, report)
    Housing(tree, contents, changes, report).house(outside, seen, language)
    recognise_headings(tree, found, contents, report)
    name_scopes(tree, found, report)
    settle_figures(tree, contents, changes, report, language)
    for number, each in changes.items():
        _remark(tree, number, each, report)
    if tree.changed or changes:
        number_anew(tree)


def _remark(tree: Tree, number: int, changes: dict[int, str], report: Report) -> None:
    try:
        remark(tree.pdf, tree.pages[number - 1], changes)
    except UNREADABLE:
        report.left("text", number)


def _look(tree: Tree) -> dict[int, Seen]:
    """What the content of each page holds; a page that cannot be read is left out."""
    found: dict[int, Seen] = {}
    for number, page in enumerate(tree.pages, start=1):
        try:
            found[number] = look(page)
        except UNREADABLE:
            continue
    return found


def _enclose(tree: Tree, seen: dict[int, Seen], report: Report) -> None:
    """Put marks around what is painted outside of them, and read those pages again."""
    done: set[tuple[int, int]] = set()
    for number, each in seen.items():
        page = tree.pages[number - 1]
        for key, form in each.forms.items():
            if key not in done:
                done.add(key)
                _enclose_form(form, page, number, report)
        if each.loose and _enclose_page(tree, page, each):
            seen[number] = look(page)
            report.mended("decoration", number)
        elif each.loose:
            report.left("text", number)


def _enclose_page(tree: Tree, page: Object, seen: Seen) -> bool:
    """False for a page that is left as it is, because what is odd in it cannot be written anew."""
    used = [mcid for holder, mcid in (*seen.order, *tree.owners) if holder == page.objgen]
    enclosing = Enclosing(dictionary(entry(page, "/Resources")), max(used, default=-1) + 1)
    try:
        page["/Contents"] = tree.pdf.make_stream(enclosing.rewrite(Page(page)))
    except UNREADABLE:
        return False
    return True


def _enclose_form(form: Any, page: Object, number: int, report: Report) -> None:
    resources = dictionary(entry(form, "/Resources")) or dictionary(entry(page, "/Resources"))
    enclosing = Enclosing(resources, None)
    try:
        form.write(enclosing.rewrite(form))
    except UNREADABLE:
        enclosing.left = 1
    if enclosing.left:
        report.left("text", number, enclosing.left)


def _pages_to_read(tree: Tree, found: Iterable[Table]) -> Iterable[int]:
    """The pages whose content must be known to settle figures and tables."""
    for node in (*bare_figures(tree), *(table.node for table in found if not table.has_heads)):
        yield from {tree.where[holder] for holder, _ in node.content() if holder in tree.where}


def _contents(pdf: Pdf, scratch: Path, numbers: set[int]) -> dict[int, Pieces]:
    if not numbers:
        return {}
    try:
        _save_loose(pdf, scratch.with_suffix(".mending.pdf"))
        return read_contents(scratch.with_suffix(".mending.pdf"), numbers)
    except (PdfiumError, OSError, *UNREADABLE):
        return {}


def _save_loose(pdf: Pdf, out: Path) -> None:
    """Write a file that is read once and thrown away: nothing is packed up for that."""
    pdf.save(out, encryption=False, object_stream_mode=ObjectStreamMode.disable, compress_streams=False)
