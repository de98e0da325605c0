"""Which table columns hold figures, and how far their decimals reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from moothall.core.press.setting.glyphs import width

_FIGURE = re.compile(
    r"\(?[-+−–]?\s?[£$€]?\s?[-+−–]?(?P<whole>\d[\d,\u00a0\u202f ]*)(?P<tail>\.\d*)?\s?(?P<unit>%|pp|[kKmM]|bn)?\)?\*?"
)
_PLAINLY_NONE = frozenset({"-", "–", "—", "n/a", "na", "nil"})
_NO_FIGURE = _PLAINLY_NONE | {"", "*", "..", "x", "c", "tbc", "†", "supp", "low"}
_SHARE = 0.6


def is_figure(text: str) -> bool:
    """Whether a cell's whole text is one figure: ``1,204``, ``£3.5m``, ``-0.7``, ``95%``, ``(12)``."""
    return bool(_FIGURE.fullmatch(text.strip()))


def stands_for_none(text: str) -> bool:
    """Whether a cell says that there is no figure: empty, a dash, ``n/a``, a suppression mark."""
    return text.strip().lower() in _NO_FIGURE


def figure_columns(columns: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns (the texts of their body cells) are figures.

    Most cells are, and the rest say that there is none. A single figure makes a column only beside another column of
    figures, or where its other cells say plainly that there is none.
    """
    found = [_figures(texts) > 0 and _are_figures(texts) for texts in columns]
    return found if sum(found) > 1 else [each and _is_firm(texts) for each, texts in zip(found, columns, strict=True)]


def _figures(texts: Sequence[str]) -> int:
    return sum(is_figure(text) for text in texts)


def _none(texts: Sequence[str]) -> int:
    return sum(text.strip().lower() in _PLAINLY_NONE for text in texts)


def _are_figures(texts: Sequence[str]) -> bool:
    figures, empty = _figures(texts), sum(stands_for_none(text) for text in texts)
    return figures + empty == len(texts) and figures >= _SHARE * (len(texts) - texts.count("") - _none(texts))


def _is_firm(texts: Sequence[str]) -> bool:
    return _figures(texts) + _none(texts) > 1


def tails(texts: Sequence[str]) -> list[float]:
    """The space in ems to leave after each text, so that right-aligned figures stand point under point."""
    reaches = [_reach(text) for text in texts]
    furthest = max(reaches, default=0.0)
    return [round(furthest - reach, 3) if is_figure(text) else 0.0 for text, reach in zip(texts, reaches, strict=True)]


def _reach(text: str) -> float:
    """The width of what stands after the last whole digit."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return 0.0
    return width(text.strip()[match.end("whole") :]) if match.end("whole") else 0.0
