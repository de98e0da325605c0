"""Every page with its own, sane size, turn and resources, inherited from nothing.

Layers (optional content): what is hidden when the document opens is taken out, what is shown stays.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectSet, Operator, Pdf, PdfError, Stream

from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.objects import dictionary, drop, elements, entry, integer, name, number, pages

Rectangle = tuple[float, float, float, float]

A4: Rectangle = (0.0, 0.0, 595.276, 841.89)
# The longest side that every reader shows: 200 inches (ISO 32000-1, annex C).
LONGEST = 14_400.0
# A sliver of less than a millimetre is no page.
SHORTEST = 3.0
_DEEPEST = 64


def settle_geometry(pdf: Pdf, findings: Findings) -> None:
    """Give each page its own MediaBox, CropBox, Rotate, UserUnit and Resources, mended where they are unusable."""
    for number_, page in pages(pdf):
        media = rectangle(inherited(page, "/MediaBox"))
        if media is None:
            findings.add("page-size-mended", number_)
            media = A4
        crop = _overlap(rectangle(inherited(page, "/CropBox")), media)
        page["/MediaBox"] = Array(media)
        page["/CropBox"] = Array(crop or media)
        page["/Rotate"] = _turn(inherited(page, "/Rotate"))
        _settle_unit(page)
        page["/Resources"] = dictionary(inherited(page, "/Resources")) or Dictionary()


def user_units(pdf: Pdf) -> list[float]:
    """Each page's points to a unit of its own coordinates, after :func:`settle_geometry`."""
    return [number(entry(page, "/UserUnit")) or 1.0 for _, page in pages(pdf)]


def inherited(page: Dictionary, key: str) -> Any:
    """A page's attribute, or the nearest one above it; loops and endless trees end the search."""
    seen = ObjectSet()
    node: Any = page
    for _ in range(_DEEPEST):
        if dictionary(node) is None or not seen.add(node):
            return None
        value = entry(node, key)
        if value is not None:
            return value
        node = entry(node, "/Parent")
    return None


def rectangle(value: Any, *, shortest: float = SHORTEST) -> Rectangle | None:
    """(left, bottom, right, top), cut to ``LONGEST``; None if unusable or a side is under ``shortest``."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    sides = [number(side) for side in value]
    if any(side is None or abs(side) > 1e6 for side in sides):
        return None
    x0, y0, x1, y1 = (float(side) for side in sides if side is not None)
    left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if right - left < shortest or top - bottom < shortest:
        return None
    return left, bottom, min(right, left + LONGEST), min(top, bottom + LONGEST)


def _overlap(crop: Rectangle | None, media: Rectangle) -> Rectangle | None:
    if crop is None:
        return None
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    return (left, bottom, right, top) if right - left >= SHORTEST and top - bottom >= SHORTEST else None


def _turn(value: Any) -> int:
    turn = integer(value)
    return turn % 360 if turn is not None and turn % 90 == 0 else 0


def _settle_unit(page: Dictionary) -> None:
    unit = number(entry(page, "/UserUnit"))
    if unit is None or not 0.01 <= unit <= 100 or unit == 1:
        drop(page, "/UserUnit")


_PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_MARKS = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_NEXT_LINE = frozenset({"'", '"'})
_MOST_FORMS = 20_000


class Layers:
    """Which layers of a document show when it is opened (ISO 32000-1, 8.11)."""

    def __init__(self, pdf: Pdf) -> None:
        properties = dictionary(entry(pdf.Root, "/OCProperties"))
        setting = dictionary(entry(properties, "/D"))
        hidden = elements(entry(setting, "/OFF"))
        if name(entry(setting, "/BaseState")) == "/OFF":
            hidden = elements(entry(properties, "/OCGs"))
        shown = {each.objgen for each in elements(entry(setting, "/ON")) if dictionary(each) is not None}
        off = {each.objgen for each in hidden if dictionary(each) is not None}
        base_off = name(entry(setting, "/BaseState")) == "/OFF"
        self._hidden = off - shown if base_off else off

    @property
    def any_hidden(self) -> bool:
        """True when some layer is not shown."""
        return bool(self._hidden)

    def visible(self, content: Any) -> bool:
        """Whether what belongs to a layer, or to a rule over layers, is shown."""
        if dictionary(content) is None:
            return True
        if name(entry(content, "/Type")) != "/OCMD":
            return content.objgen not in self._hidden
        if isinstance(entry(content, "/VE"), Array):
            return self._holds(entry(content, "/VE"), 0)
        return self._policy(content)

    def _policy(self, rule: Any) -> bool:
        shown = [each.objgen not in self._hidden for each in elements(entry(rule, "/OCGs")) if dictionary(each)]
        if not shown:
            return True
        return {
            "/AllOn": all(shown),
            "/AnyOff": not all(shown),
            "/AllOff": not any(shown),
        }.get(name(entry(rule, "/P")), any(shown))

    def _holds(self, expression: Any, depth: int) -> bool:
        if not isinstance(expression, Array):
            return self.visible(expression) if name(entry(expression, "/Type")) != "/OCMD" else True
        parts = elements(expression)
        if not parts or depth > 30:
            return True
        values = [self._holds(part, depth + 1) for part in parts[1:]]
        return {"/Not": not all(values), "/Or": any(values)}.get(name(parts[0]), all(values))


def remove_hidden_layers(pdf: Pdf, layers: Layers, findings: Findings) -> None:
    """Take hidden content out of every page and form, and the layers' names and switches out of the document.

    Only marks are taken out: what changes the graphics state stays, so that what follows is drawn as before.
    """
    if layers.any_hidden:
        seen = ObjectSet()
        for number, page in pages(pdf):
            found = _clean_page(pdf, page, layers) + _clean_forms(entry(page, "/Resources"), layers, seen)
            if found:
                findings.add("hidden-layer", number, found)
    for value in pdf.objects:
        _forget(value)


def _forget(value: Any) -> None:
    """A layer's name ("exempt figures") says what was hidden; only its kind is kept, for the marks that name it."""
    if dictionary(value) is not None and name(entry(value, "/Type")) in {"/OCG", "/OCMD"}:
        for key in list(value.keys()):
            del value[key]
        value["/Type"], value["/Name"] = Name.OCG, pikepdf.String("Layer")
    elif isinstance(value, Stream) and "/OC" in value:
        del value["/OC"]


def _clean_page(pdf: Pdf, page: Dictionary, layers: Layers) -> int:
    try:
        kept, found = _without_hidden(page, entry(page, "/Resources"), layers)
    except (PdfError, RuntimeError, ValueError, TypeError):
        return 0
    if found:
        page["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    return found


def _clean_forms(resources: Any, layers: Layers, seen: ObjectSet) -> int:
    found = 0
    waiting = [resources]
    while waiting and len(seen) < _MOST_FORMS:
        holder = waiting.pop()
        for category in ("/XObject", "/Pattern"):
            inside = dictionary(entry(holder, category))
            for form in inside.values() if inside is not None else ():
                if isinstance(form, Stream) and name(entry(form, "/Subtype")) != "/Image" and seen.add(form):
                    found += _clean_form(form, layers)
                    waiting.append(entry(form, "/Resources"))
    return found


def _clean_form(form: Stream, layers: Layers) -> int:
    try:
        kept, found = _without_hidden(form, entry(form, "/Resources"), layers)
        if found:
            form.write(pikepdf.unparse_content_stream(kept))
    except (PdfError, RuntimeError, ValueError, TypeError):
        return 0
    return found


def _without_hidden(content: Any, resources: Any, layers: Layers) -> tuple[list[Any], int]:
    properties, drawings = entry(resources, "/Properties"), entry(resources, "/XObject")
    kept: list[Any] = []
    shown: list[bool] = []
    found = 0
    for instruction in pikepdf.parse_content_stream(content):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            hidden = operator == "BDC" and _hides(operands, properties, layers)
            found += hidden
            shown.append(not hidden)
        elif operator == "EMC" and shown:
            shown.pop()
        elif operator == "Do" and not _drawn(operands, drawings, layers):
            found += 1
            continue
        elif not all(shown):
            kept.extend(_unmarked(instruction, operator))
            continue
        kept.append(instruction)
    return kept, found


def _drawn(operands: Any, drawings: Any, layers: Layers) -> bool:
    named = len(operands) == 1 and isinstance(operands[0], Name)
    return layers.visible(entry(entry(drawings, operands[0]), "/OC")) if named else True


def _hides(operands: Any, properties: Any, layers: Layers) -> bool:
    if len(operands) != 2 or operands[0] != Name.OC:
        return False
    group = operands[1]
    return not layers.visible(entry(properties, group) if isinstance(group, Name) else group)


def _unmarked(instruction: Any, operator: str) -> list[Any]:
    """An instruction without the mark that it would leave on the page."""
    if operator in _PAINTING:
        return [([], Operator("n"))]
    if operator in _NEXT_LINE:
        return [([], Operator("T*"))]
    return [] if operator in _MARKS else [instruction]
