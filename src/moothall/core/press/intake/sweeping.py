"""A last look at every object: entries that have no business in a pack are dropped wherever they stand."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, ObjectSet, Pdf, Stream

from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, drop

# Programs' private data, metadata, attachments and everything that acts.
ANYWHERE = (
    "/AA", "/AF", "/JS", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/EF", "/XFA", "/RichMediaContent",
    "/3DD", "/Rendition",
)  # fmt: skip
# A stream whose bytes, or a form whose drawing, stand in another file.
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Alternates")

_SUSPECT = re.compile(
    rb"/(AA|AF|JS|Metadata|PieceInfo|Thumb|LastModified|EF|XFA|RichMediaContent|3DD|Rendition|FFilter|FDecodeParms"
    rb"|Ref|OPI|Alternates|F)[ \[</(]"
)


def sweep(pdf: Pdf, findings: Findings) -> None:
    """Drop what may stand in no object of a pack."""
    for value in pdf.objects:
        holder = value.stream_dict if isinstance(value, Stream) else value
        if isinstance(holder, Dictionary | Array) and _SUSPECT.search(holder.unparse(resolved=True)):
            if isinstance(value, Stream) and drop(value, *OUTSIDE):
                findings.add("external-content")
            _drop_within(holder)


def _drop_within(value: Any) -> None:
    """Drop from a dictionary or array and all that is written within it, not what it refers to."""
    seen = ObjectSet()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary | Array) or not seen.add(node):
            continue
        inside = dictionary(node)
        if inside is not None:
            drop(inside, *ANYWHERE)
        parts = list(inside.values()) if inside is not None else list(node)
        waiting.extend(part for part in parts if isinstance(part, Dictionary | Array) and not part.is_indirect)
