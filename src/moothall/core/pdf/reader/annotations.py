"""Annotations: links that are safe stay links, what can be seen becomes part of the page, the rest goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectSet, Pdf, String

from moothall.core.pdf.reader.appearances import Flattener
from moothall.core.pdf.reader.document_structure import Destinations, report_actions
from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.objects import (
    dictionary,
    drop,
    elements,
    entry,
    field_value,
    integer,
    keep_only,
    name,
    pages,
)
from moothall.core.pdf.reader.pages import Layers, rectangle

LINK = frozenset(
    {
        "/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/F", "/StructParent", "/Contents",
        "/A", "/Dest", "/P",
    }
)  # fmt: skip

_INVISIBLE, _HIDDEN, _NO_VIEW = 1, 2, 32
_SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[!-~]+", re.IGNORECASE)
_LONGEST_ADDRESS = 4000

# What is reported of an annotation, by kind; "" is nothing. A kind that is not here is mark-up.
_CODES = {
    "/Text": "comment",
    "/Popup": "",
    "/FileAttachment": "embedded-file",
    "/Redact": "redaction-not-applied",
    "/Screen": "multimedia",
    "/RichMedia": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/3D": "multimedia",
    "/Widget": "form-flattened",
    "/Watermark": "",
    "/PrinterMark": "",
    "/TrapNet": "",
}
# These leave nothing on the page: an icon of a note or a paper clip would say what is no longer there.
_NOT_SHOWN = frozenset({"/Text", "/Popup", "/FileAttachment", "/Redact", "/Sound", "/PrinterMark", "/TrapNet"})


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is needed to settle the annotations of one page."""

    pdf: Pdf
    page: Dictionary
    number: int
    destinations: Destinations
    layers: Layers
    flattener: Flattener
    findings: Findings

    def note(self, code: str) -> None:
        if code:
            self.findings.add(code, self.number)

    def report(self, actions: Any) -> None:
        report_actions(actions, self.findings, self.number)


def settle_annotations(pdf: Pdf, destinations: Destinations, findings: Findings, layers: Layers) -> ObjectSet:
    """Go through every page's annotations; the answer holds those that are gone (the structure may refer to them)."""
    gone = ObjectSet()
    flattener = Flattener(pdf)
    for number, page in pages(pdf):
        setting = _Setting(pdf, page, number, destinations, layers, flattener, findings)
        annotations = [each for each in elements(entry(page, "/Annots")) if dictionary(each) is not None]
        kept = [each for each in annotations if _settle(each, setting, gone)]
        flattener.finish(page)
        drop(page, "/Annots")
        if kept:
            page["/Annots"] = Array([each if each.is_indirect else pdf.make_indirect(each) for each in kept])
    return gone


def _settle(annotation: Any, setting: _Setting, gone: ObjectSet) -> bool:
    """True when the annotation is a link that stays."""
    _report(annotation, setting)
    if name(entry(annotation, "/Subtype")) == "/Link" and _settle_link(annotation, setting):
        return True
    gone.add(annotation)
    _flatten(annotation, setting)
    return False


def _report(annotation: Any, setting: _Setting) -> None:
    setting.report(entry(annotation, "/AA"))
    setting.report(entry(annotation, "/PA"))
    kind = name(entry(annotation, "/Subtype"))
    if kind != "/Link":
        setting.report(entry(annotation, "/A"))
    if kind == "/Widget" and field_value(annotation, "/FT") == Name.Sig:
        setting.note("signature-lost")
    else:
        setting.note(_CODES.get(kind, ""))


def _flatten(annotation: Any, setting: _Setting) -> None:
    kind = name(entry(annotation, "/Subtype"))
    flags = integer(entry(annotation, "/F")) or 0
    if kind in _NOT_SHOWN or kind == "/Link" or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW):
        return
    if not setting.layers.visible(entry(annotation, "/OC")):
        setting.note("hidden-layer")
        return
    shown = setting.flattener.add(setting.page, annotation)
    if kind not in _CODES:
        setting.note("mark-up" if shown else "comment")
    elif kind == "/Widget" and not shown and _filled_in(annotation):
        setting.note("form-without-appearance")


def _filled_in(widget: Any) -> bool:
    value = field_value(widget, "/V")
    return isinstance(value, String | Array) and len(str(value)) > 0


def _settle_link(link: Any, setting: _Setting) -> bool:
    """Leave a link one safe place to lead to; False when it has none, or no area to press."""
    action = dictionary(entry(link, "/A"))
    setting.report(entry(action, "/Next"))
    target = _target(link, action, setting)
    if target is None or rectangle(entry(link, "/Rect"), shortest=0.0) is None:
        return False
    keep_only(link, LINK)
    drop(link, "/A", "/Dest")
    link["/A" if isinstance(target, Dictionary) else "/Dest"] = target
    link["/P"] = setting.page
    return True


def _target(link: Any, action: Dictionary | None, setting: _Setting) -> Dictionary | Array | None:
    kind = name(entry(action, "/S"))
    if action is None or kind == "/GoTo":
        place = setting.destinations.resolve(entry(link, "/Dest") if action is None else entry(action, "/D"))
        setting.note("broken-link" if place is None else "")
        return place
    if kind != "/URI":
        setting.report(Dictionary(S=Name(kind)) if kind else None)
        return None
    address = entry(action, "/URI")
    plain = bytes(address).decode("latin-1").strip() if isinstance(address, String) else ""
    if len(plain) > _LONGEST_ADDRESS or not _SAFE_ADDRESS.fullmatch(plain):
        setting.note("unsafe-link")
        return None
    return Dictionary(S=Name.URI, URI=String(plain))
