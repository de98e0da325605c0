"""Content streams: what is marked, what is painted outside every mark, and setting both right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Page, Pdf, PdfError, Stream

from moothall.core.pdf.reader.objects import dictionary, entry, integer, name
from moothall.core.pdf.repair.structure_tree import Key, Mark

TEXT = frozenset({"Tj", "TJ", "'", '"'})
PATHS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_MARKS = frozenset({"BMC", "BDC", "EMC"})
_BEGINS_PATH = frozenset({"m", "re"})
_NEXT_POINT = frozenset({"l", "c", "v", "y", "h", "m", "re", "W", "W*"})
# What may stand between two pieces of text that belong together.
_BETWEEN = frozenset(
    {"Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "g", "rg", "k", "G", "RG", "K", "cs", "CS",
     "sc", "scn", "SC", "SCN", "gs", "w"}
)  # fmt: skip
_RUNS_ON = TEXT | _BETWEEN
_ARTIFACT = Name.Artifact
_LOOKED_AT = " ".join([*sorted(TEXT | PATHS | _MARKS), "Do", "sh", "BI", "ID", "EI"])
DEEPEST = 12
# A TypeError is an operator within an array, where bytes are damaged.
UNREADABLE = (PdfError, RuntimeError, ValueError, TypeError)

ARTIFACT, UNMARK = "artifact", "unmark"
FIGURE, PARAGRAPH = "/Figure", "/P"


@dataclass(slots=True)
class Seen:
    """What the content of a page and of the forms on it holds.

    ``order`` is the marked content as it is painted; ``loose`` says that something is painted outside every mark on
    the page itself, ``forms`` are the forms in which that is so. ``nested`` stands inside another mark.
    """

    order: list[Mark] = field(default_factory=list)
    nested: set[Mark] = field(default_factory=set)
    loose: bool = False
    forms: dict[Key, Stream] = field(default_factory=dict)


def look(page: Object) -> Seen:
    """Read a page's content without changing it."""
    seen = Seen()
    _follow(Page(page), _Scope(page, dictionary(entry(page, "/Resources")), (), 0), seen)
    return seen


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a stream is read within: who holds its marks, its resources, the marks around it, how deep it is drawn."""

    holder: Object
    resources: Any
    outer: tuple[str, ...]
    depth: int


def _follow(content: Any, scope: _Scope, seen: Seen) -> None:
    marks = list(scope.outer)
    for instruction in pikepdf.parse_content_stream(content, _LOOKED_AT):
        operator = str(instruction.operator)
        if operator == "EMC":
            if len(marks) > len(scope.outer):
                marks.pop()
        elif operator in _MARKS:
            kind, mcid = kind_of(instruction.operands, scope.resources)
            if mcid is not None:
                seen.order.append((scope.holder.objgen, mcid))
                seen.nested |= {(scope.holder.objgen, mcid)} if any(marks) else set()
            marks.append(kind)
        elif operator == "Do":
            _draw(drawn(instruction.operands, scope.resources), scope, marks, seen)
        elif not any(marks):
            _note(content, seen)


def _note(content: Any, seen: Seen) -> None:
    if isinstance(content, Stream):
        seen.forms[content.objgen] = content
    else:
        seen.loose = True


def _draw(form: Stream | None, scope: _Scope, marks: list[str], seen: Seen) -> None:
    if form is None:
        return
    if name(entry(form, "/Subtype")) != "/Form":
        seen.loose = seen.loose or not (any(marks) or "/StructParent" in form)
    elif scope.depth < DEEPEST and (not any(marks) or b"BDC" in read(form)):
        own = form if "/StructParents" in form else scope.holder
        resources = dictionary(entry(form, "/Resources")) or scope.resources
        inside = Seen()
        _follow(form, _Scope(own, resources, tuple(marks), scope.depth + 1), inside)
        _take_over(inside, seen)


def _take_over(inside: Seen, seen: Seen) -> None:
    """What a form holds counts to its page; where it is tagged in part, what is loose in it is mended within."""
    seen.order += inside.order
    seen.nested |= inside.nested
    if inside.order:
        seen.forms |= inside.forms
    else:
        seen.loose = seen.loose or bool(inside.forms) or inside.loose


def read(form: Stream) -> bytes:
    """A stream's content, b"" where it cannot be read."""
    try:
        return form.read_bytes()
    except UNREADABLE:
        return b""


def kind_of(operands: Any, resources: Any) -> tuple[str, int | None]:
    """("artifact", "tagged", or "" for other marks, and the MCID) of a BMC or BDC."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        properties = entry(dictionary(entry(resources, "/Properties")), properties)
    if operands and operands[0] == _ARTIFACT:
        return "artifact", None
    mcid = integer(entry(properties, "/MCID"))
    return ("tagged", mcid) if mcid is not None else ("", None)


def drawn(operands: Any, resources: Any) -> Stream | None:
    """The form or picture that a Do draws."""
    if len(operands) != 1 or not isinstance(operands[0], Name):
        return None
    found = entry(dictionary(entry(resources, "/XObject")), operands[0])
    return found if isinstance(found, Stream) else None


class Enclosing:
    """Rewrites the content of one page, or form, so that nothing is painted outside a mark.

    Paths and shadings become artifacts. Text and pictures get marks of their own, numbered from ``free``;
    ``made`` says what each is. Text is left as it is where ``free`` is None.
    """

    def __init__(self, resources: Any, free: int | None) -> None:
        self.resources = resources
        self.free = free
        self.made: dict[int, str] = {}
        self.left = 0
        self._out: list[Any] = []
        self._marks: list[str] = []
        self._running = False
        self._baseline: Any = None
        self._path: int | None = None
        self._painters: dict[str, Callable[[Any], None]] = {
            **dict.fromkeys(PATHS, self._paint_path),
            **dict.fromkeys(TEXT, self._text),
            "sh": self._paint_path,
            "INLINE IMAGE": lambda instruction: self._whole(instruction, FIGURE),
            "Do": self._draw,
        }

    def rewrite(self, content: Any) -> bytes:
        """The new content."""
        for instruction in pikepdf.parse_content_stream(content):
            self._take(instruction, str(instruction.operator))
        self._end_run()
        return pikepdf.unparse_content_stream(self._out)

    def _take(self, instruction: Any, operator: str) -> None:
        if self._running and (operator not in _RUNS_ON or self._begins_line(instruction, operator)):
            self._end_run()
        if operator == "Tm" and len(instruction.operands) == 6:
            self._baseline = instruction.operands[5]
        self._follow_path(operator)
        if operator in _MARKS:
            self._mark(instruction, operator)
        elif any(self._marks) or operator not in self._painters:
            self._out.append(instruction)
        else:
            self._painters[operator](instruction)
        if operator in PATHS:
            self._path = None

    def _follow_path(self, operator: str) -> None:
        if operator in _BEGINS_PATH and self._path is None:
            self._path = len(self._out)
        elif operator not in _NEXT_POINT and operator not in PATHS:
            self._path = None

    def _begins_line(self, instruction: Any, operator: str) -> bool:
        """Lines are marked one by one: nothing else would keep the last word of one from the first of the next."""
        operands = instruction.operands
        if operator in {"Td", "TD"}:
            return len(operands) == 2 and operands[1] != 0
        if operator == "Tm":
            return len(operands) == 6 and operands[5] != self._baseline
        return operator in {"T*", "'", '"'}

    def _mark(self, instruction: Any, operator: str) -> None:
        if operator == "EMC":
            if self._marks:
                self._marks.pop()
        else:
            self._marks.append(kind_of(instruction.operands, self.resources)[0])
        self._out.append(instruction)

    def _paint_path(self, instruction: Any) -> None:
        """An artifact, from where the path begins: nothing may stand between a path and its painting."""
        self._out.insert(len(self._out) if self._path is None else self._path, ([Name.Artifact], Operator("BMC")))
        self._out += [instruction, ([], Operator("EMC"))]

    def _text(self, instruction: Any) -> None:
        if not self._running and self._open(PARAGRAPH):
            self._running = True
        self._out.append(instruction)

    def _open(self, kind: str) -> bool:
        if self.free is None:
            self.left += 1
            return False
        self._out.append(([Name(kind), Dictionary(MCID=self.free)], Operator("BDC")))
        self.made[self.free] = kind
        self.free += 1
        return True

    def _end_run(self) -> None:
        if self._running:
            self._out.append(([], Operator("EMC")))
            self._running = False

    def _draw(self, instruction: Any) -> None:
        form = drawn(instruction.operands, self.resources)
        if form is None or "/StructParent" in form:
            self._out.append(instruction)
        elif name(entry(form, "/Subtype")) == "/Form":
            self._draw_form(instruction, form)
        else:
            self._whole(instruction, FIGURE)

    def _draw_form(self, instruction: Any, form: Stream) -> None:
        kinds = _kinds(form, dictionary(entry(form, "/Resources")) or self.resources, 0)
        if "tagged" in kinds:
            self._out.append(instruction)
        elif kinds & {"text", "picture"}:
            self._whole(instruction, PARAGRAPH if "text" in kinds else FIGURE)
        else:
            self._paint_path(instruction)

    def _whole(self, instruction: Any, kind: str) -> None:
        opened = self._open(kind)
        self._out.append(instruction)
        if opened:
            self._out.append(([], Operator("EMC")))


def _kinds(form: Stream, resources: Any, depth: int) -> set[str]:
    """What a form holds: "tagged", "text", "picture"."""
    found: set[str] = set()
    try:
        instructions = pikepdf.parse_content_stream(form, _LOOKED_AT)
    except UNREADABLE:
        return found
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            found.add(kind_of(instruction.operands, resources)[0])
        elif operator in TEXT:
            found.add("text")
        elif operator == "INLINE IMAGE":
            found.add("picture")
        elif operator == "Do":
            inner = drawn(instruction.operands, resources)
            if inner is not None and name(entry(inner, "/Subtype")) != "/Form":
                found.add("picture")
            elif inner is not None and depth < DEEPEST:
                found |= _kinds(inner, dictionary(entry(inner, "/Resources")) or resources, depth + 1)
    return found - {""}


def remark(pdf: Pdf, page: Object, changes: Mapping[int, str]) -> None:
    """Make marked content of a page an artifact, or plain content of the mark around it, by its number."""
    resources = dictionary(entry(page, "/Resources"))
    page["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(list(_remarked(page, resources, changes))))


def _remarked(page: Object, resources: Any, changes: Mapping[int, str]) -> Iterator[Any]:
    kinds: list[str] = []
    for instruction in pikepdf.parse_content_stream(Page(page)):
        operator = str(instruction.operator)
        shown: Any = instruction
        if operator in {"BMC", "BDC"}:
            kind, mcid = kind_of(instruction.operands, resources)
            change = changes.get(mcid, "") if mcid is not None else ""
            if change:
                within = "tagged" in kinds or "artifact" in kinds or change == UNMARK
                shown = ([Name.Span if within else Name.Artifact], Operator("BMC"))
                kind = "" if within else "artifact"
            kinds.append(kind)
        elif operator == "EMC" and kinds:
            kinds.pop()
        yield shown
