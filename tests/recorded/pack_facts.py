"""Reads a finished pack with public tools: pages, words, structure tree, bookmarks, web pages and manifest."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from tests.recorded.files import count_and_hash, hash_parts

Facts = dict[str, Any]
ATTRIBUTES = ("Scope", "RowSpan", "ColSpan", "ListNumbering", "Summary", "Placement", "Role")


def describe_pack(folder: Path, manifest: Facts) -> Facts:
    """Return the facts of one variant of a pack."""
    return {
        "pdf": describe_pdf(folder / "pack.pdf"),
        "html": {path.name: describe_page(path) for path in sorted((folder / "html").glob("*.html"))},
        "manifest": describe_manifest(manifest),
    }


# The PDF


def describe_pdf(path: Path) -> Facts:
    """Return the facts of a PDF, page by page."""
    with pikepdf.open(path) as pdf:
        tree = _read_tree(pdf)
        words = _read_words(path)
        links = _count_links(pdf)
        pages = [
            {
                "label": page.label,
                "size": [round(float(side)) for side in page.mediabox],
                "words": count_and_hash(words[number].split()),
                "tagged": _tagged_text(tree.content.get(number, []), words.pieces[number]),
                "roles": [len(tree.roles.get(number, [])), hash_parts(tree.roles.get(number, []))],
                "attributes": hash_parts(tree.attributes.get(number, [])),
                "links": [len(links[number]), hash_parts(links[number])],
            }
            for number, page in enumerate(pdf.pages)
        ]
        return {
            "pages": pages,
            "roles": dict(sorted(tree.counts.items())),
            "role_map": {str(key): str(value) for key, value in sorted(tree.role_map.items())},
            "bookmarks": list(_bookmarks(pdf)),
            "language": str(pdf.Root.get("/Lang", "")),
            "marked": bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)),
            "title": str(pdf.docinfo.get("/Title", "")),
            "attachments": sorted(pdf.attachments),
            "sound": subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode,
        }


@dataclass
class _Words:
    """The text of each page, and its pieces by the number of their marked content."""

    texts: list[str] = field(default_factory=list)
    pieces: list[dict[int, list[str]]] = field(default_factory=list)

    def __getitem__(self, page: int) -> str:
        return self.texts[page]


def _read_words(path: Path) -> _Words:
    read = _Words()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            read.texts.append(text.get_text_range())
            pieces: dict[int, list[str]] = {}
            for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
                number = pdfium.FPDFPageObj_GetMarkedContentID(each.raw)
                if number >= 0:
                    pieces.setdefault(number, []).append(_text_of(each.raw, text.raw))
            read.pieces.append(pieces)
            text.close()
            page.close()
    return read


def _text_of(piece: Any, page: Any) -> str:
    length = pdfium.FPDFTextObj_GetText(piece, page, None, 0)
    if length <= 2:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    pdfium.FPDFTextObj_GetText(piece, page, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _tagged_text(order: list[int], pieces: dict[int, list[str]]) -> list[object]:
    """Return the letters of a page in the order of its tags: their number, and a hash."""
    text = "".join("".join(pieces.get(number, [])) for number in order)
    letters = "".join(text.split())
    return [len(letters), hash_parts([letters])]


@dataclass
class _Tree:
    """What the structure tree says of each page. An element belongs to the page of its first content."""

    roles: dict[int, list[str]] = field(default_factory=dict)
    attributes: dict[int, list[str]] = field(default_factory=dict)
    content: dict[int, list[int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    role_map: dict[str, str] = field(default_factory=dict)


@dataclass
class _Element:
    role: str
    attributes: str
    depth: int
    page: int | None = None


def _read_tree(pdf: pikepdf.Pdf) -> _Tree:
    tree = _Tree()
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return tree
    tree.role_map = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
    reader = _TreeReader(tree, {page.objgen: number for number, page in enumerate(pdf.pages)}, root)
    for kid in _kids(root):
        reader.read(kid, 0, None)
    for element in reader.elements:
        number = -1 if element.page is None else element.page
        tree.roles.setdefault(number, []).append(f"{element.depth} {element.role}")
        tree.attributes.setdefault(number, []).append(element.attributes)
        tree.counts[element.role] += 1
    return tree


class _TreeReader:
    def __init__(self, tree: _Tree, numbers: dict[tuple[int, int], int], root: pikepdf.Object) -> None:
        self.tree = tree
        self.numbers = numbers
        self.classes = root.get("/ClassMap", {})
        self.elements: list[_Element] = []
        self.waiting: list[_Element] = []

    def read(self, node: Any, depth: int, page: int | None) -> None:
        """Read an element or a piece of content, and what is below it."""
        if not isinstance(node, pikepdf.Dictionary | pikepdf.Object) or isinstance(node, int):
            self._content(page, int(node))
            return
        if "/Pg" in node:
            page = self.numbers.get(node.Pg.objgen, page)
        if "/S" not in node:
            self._content(page, int(node.MCID) if "/MCID" in node else None)
            return
        element = _Element(str(node.S), _attributes(node, self.classes), depth)
        self.elements.append(element)
        self.waiting.append(element)
        for kid in _kids(node):
            self.read(kid, depth + 1, page)
        self.waiting = [each for each in self.waiting if each is not element]

    def _content(self, page: int | None, number: int | None) -> None:
        for element in self.waiting:
            element.page = page
        self.waiting = []
        if page is not None and number is not None:
            self.tree.content.setdefault(page, []).append(number)


def _kids(node: pikepdf.Object) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _attributes(node: pikepdf.Object, classes: Any) -> str:
    """Return what the element says beside its role, without identifiers and measures."""
    told = [f"{key}={node[key]}" for key in ("/Alt", "/ActualText", "/E", "/Lang") if key in node]
    for owner in _owners(node, classes):
        told += [f"{key}={owner[f'/{key}']}" for key in ATTRIBUTES if f"/{key}" in owner]
        if "/Headers" in owner:
            told.append(f"Headers={len(owner.Headers)}")
    return "|".join(sorted(told))


def _owners(node: pikepdf.Object, classes: Any) -> Iterator[pikepdf.Object]:
    """Give the attribute dictionaries of an element, its own and those of its classes."""
    own = node.get("/A")
    yield from _dictionaries(own)
    named = node.get("/C")
    names = list(named) if isinstance(named, pikepdf.Array) else [named]
    for name in names:
        if isinstance(name, pikepdf.Name):
            yield from _dictionaries(classes.get(str(name)))


def _dictionaries(value: Any) -> Iterator[pikepdf.Object]:
    for each in list(value) if isinstance(value, pikepdf.Array) else [value]:
        if isinstance(each, pikepdf.Dictionary):
            yield each


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[list[object]]:
    """Give each bookmark: its depth, the page from 1 that it opens, and its title."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    first = pdf.Root.get("/Outlines", {}).get("/First")
    stack = [(first, 0)] if first is not None else []
    while stack:
        node, depth = stack.pop()
        yield [depth, _target(pdf, node, numbers), str(node.get("/Title", ""))]
        stack += [(node[key], depth + down) for key, down in (("/Next", 0), ("/First", 1)) if key in node]


def _target(pdf: pikepdf.Pdf, node: pikepdf.Object, numbers: dict[tuple[int, int], int]) -> object:
    """Return the page from 1 that a bookmark or link opens, or its address."""
    action = node.get("/A")
    goal = node.get("/Dest", action.get("/D") if action is not None else None)
    if action is not None and "/URI" in action:
        return str(action.URI)
    if isinstance(goal, pikepdf.String | pikepdf.Name):
        goal = _named(pdf, goal)
    if isinstance(goal, pikepdf.Dictionary):
        goal = goal.get("/D")
    if isinstance(goal, pikepdf.Array) and isinstance(goal[0], pikepdf.Dictionary):
        return numbers.get(goal[0].objgen, 0)
    return 0


def _named(pdf: pikepdf.Pdf, name: Any) -> Any:
    if isinstance(name, pikepdf.Name):
        return pdf.Root.get("/Dests", {}).get(str(name))
    names = pdf.Root.get("/Names", {}).get("/Dests")
    return pikepdf.NameTree(names).get(str(name)) if names is not None else None


def _count_links(pdf: pikepdf.Pdf) -> list[list[str]]:
    """Return, for each page, where its links lead."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return [
        [str(_target(pdf, each, numbers)) for each in page.get("/Annots", []) if each.get("/Subtype") == "/Link"]
        for page in pdf.pages
    ]


# The web edition


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.silent += tag in {"script", "style"}
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split()


def describe_page(path: Path) -> Facts:
    """Return the facts of a web page."""
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return {
        "words": count_and_hash(page.words),
        "tags": dict(sorted(page.tags.items())),
        "links": [len(page.links), hash_parts(page.links)],
    }


# The manifest


def describe_manifest(manifest: Facts) -> Facts:
    """Return a manifest's facts: no hashes, no sizes in bytes, no sentences."""
    parts = manifest.get("parts", [])
    named = {part["key"]: f"part {number}" for number, part in enumerate(parts, 1)}
    return {key: _plain(key, value, named) for key, value in manifest.items() if key not in {"follows", "format"}}


def _plain(key: str, value: Any, named: dict[str, str]) -> Any:
    if isinstance(value, list) and key in {"labels", "blanks", "retired", "lettered"}:
        return shorten_labels(value)
    if isinstance(value, list):
        return [_plain("", each, named) for each in value]
    if isinstance(value, dict):
        left_out = {"sha256", "bytes", "message"}
        return {name: _plain(name, each, named) for name, each in value.items() if name not in left_out}
    return named.get(value, value) if key == "key" else value


def shorten_labels(labels: list[str]) -> str:
    """Return labels as ranges: "1-5, 7, E1-E3"."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and _follows(runs[-1][-1], label):
            runs[-1] = [runs[-1][0], label]
        else:
            runs.append([label])
    return ", ".join("-".join(run) for run in runs)


def _follows(before: str, label: str) -> bool:
    one, two = (re.fullmatch(r"(\D*)([0-9]+)", each) for each in (before, label))
    return bool(one and two and one[1] == two[1] and int(two[2]) == int(one[2]) + 1)
