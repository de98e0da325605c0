"""What carries a number into the parent tree: pages, forms, pictures and annotations."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Object, Page, Stream

from moothall.core.press.binding.objects import Key, dictionary, items, names

MANY, ONE = "/StructParents", "/StructParent"


def holders(pages: list[Object]) -> Iterator[tuple[Object, str]]:
    """Each object of ``pages`` that has a place in the parent tree, once, with the name of its number."""
    seen: set[Key] = set()
    for page in pages:
        yield from _own(page, seen)
        for annotation in items(page.get("/Annots")):
            if isinstance(annotation, Dictionary):
                yield from _own(annotation, seen)
        yield from _drawn(page, seen)


def _own(thing: Object, seen: set[Key]) -> Iterator[tuple[Object, str]]:
    if thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    for key in (MANY, ONE):
        if key in thing:
            yield thing, key


def _drawn(page: Object, seen: set[Key]) -> Iterator[tuple[Object, str]]:
    """The forms, patterns and pictures that the page draws, however deep."""
    try:
        scopes = list(Page(page).content_scopes())
    except (pikepdf.PdfError, RecursionError):
        return
    for scope in scopes:
        if isinstance(scope.content, Stream):
            yield from _own(scope.content, seen)
        xobjects = dictionary(scope.resources, "/XObject")
        for name in names(xobjects):
            picture = xobjects.get(name) if xobjects is not None else None
            if isinstance(picture, Stream):
                yield from _own(picture, seen)
