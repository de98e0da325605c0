"""Word's equations as one line of text, with the signs that make it read right: a/b, x^2, sqrt as √."""

from __future__ import annotations

from collections.abc import Callable

from moothall.core.documents.inlines import clean_text
from moothall.core.documents.readers.word.package import Element, child, q, value
from moothall.core.documents.readers.word.tracked_changes import is_element


def linear(equation: Element) -> str:
    """An equation as text: "x = (a + b)/2", "∑_(i=1)^n x_i", "√(2)". A part of an unknown kind gives its letters."""
    return clean_text(_inside(equation)).strip()


def _inside(element: Element | None) -> str:
    if element is None:
        return ""
    return "".join(_part(part) for part in element if is_element(part))


def _part(part: Element) -> str:
    if part.tag == q("m:t"):
        return part.text or ""
    if str(part.tag).endswith("Pr"):
        return ""
    written = _KINDS.get(str(part.tag))
    return written(part) if written else _inside(part)


def _argument(element: Element, name: str) -> str:
    return clean_text(_inside(child(element, name))).strip()


def _group(text: str) -> str:
    """In brackets, unless it is one number, word or sign, or stands in brackets."""
    alone = len(text) == 1 or text.isalnum() or _is_number(text) or _is_bracketed(text)
    return text if alone else f"({text})"


def _is_bracketed(text: str) -> bool:
    """Whether the first bracket closes at the end, as in (a + b) and not in (a)(b)."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place > 0 and place == len(text) - 1
    return False


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdecimal()


def _fraction(element: Element) -> str:
    return f"{_group(_argument(element, 'm:num'))}/{_group(_argument(element, 'm:den'))}"


def _scripts(element: Element) -> str:
    below, above = _argument(element, "m:sub"), _argument(element, "m:sup")
    base = _group(_argument(element, "m:e"))
    return base + _raised(below, above)


def _raised(below: str, above: str) -> str:
    return (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")


def _root(element: Element) -> str:
    degree = _argument(element, "m:deg")
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree, f"{degree}√")
    return f"{sign}({_argument(element, 'm:e')})"


def _sum(element: Element) -> str:
    sign = value(element, "m:naryPr/m:chr", "m:val")
    limits = _raised(_argument(element, "m:sub"), _argument(element, "m:sup"))
    return f"{'∫' if sign is None else sign}{limits} {_argument(element, 'm:e')}"


def _brackets(element: Element) -> str:
    opening, closing, between = (value(element, f"m:dPr/m:{name}", "m:val") for name in ("begChr", "endChr", "sepChr"))
    parts = [clean_text(_inside(part)).strip() for part in element.iterchildren(q("m:e"))]
    inside = ("|" if between is None else between).join(parts)
    return f"{'(' if opening is None else opening}{inside}{')' if closing is None else closing}"


def _function(element: Element) -> str:
    return f"{_argument(element, 'm:fName')} {_group(_argument(element, 'm:e'))}"


def _limit(element: Element) -> str:
    below = str(element.tag) == q("m:limLow")
    return f"{_argument(element, 'm:e')}{'_' if below else '^'}{_group(_argument(element, 'm:lim'))}"


def _matrix(element: Element) -> str:
    rows = (
        ", ".join(clean_text(_inside(cell)).strip() for cell in row.iterchildren(q("m:e")))
        for row in element.iterchildren(q("m:mr"))
    )
    return f"[{'; '.join(rows)}]"


_KINDS: dict[str, Callable[[Element], str]] = {
    q("m:f"): _fraction,
    q("m:sSub"): _scripts,
    q("m:sSup"): _scripts,
    q("m:sSubSup"): _scripts,
    q("m:rad"): _root,
    q("m:nary"): _sum,
    q("m:d"): _brackets,
    q("m:func"): _function,
    q("m:limLow"): _limit,
    q("m:limUpp"): _limit,
    q("m:m"): _matrix,
}
