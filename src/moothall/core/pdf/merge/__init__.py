"""Binding: many PDFs joined into one, with one tree of tags, page numbers, bookmarks and labels."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from moothall.core.pdf.merge.merger import bind
from moothall.core.pdf.merge.part_cache import fold_ahead
from moothall.core.pdf.merge.parts import Bound, Part, Volume

if TYPE_CHECKING:
    from moothall.core.pdf.checks.flaws import Flaw
    from moothall.core.pdf.checks.pdfua import check_ua

__all__ = ["Bound", "Flaw", "Part", "Volume", "bind", "check_ua", "fold_ahead"]

_LATER = {"check_ua": "pdfua", "Flaw": "flaws"}


def __getattr__(name: str) -> Any:
    """What only checks a file is loaded when it is asked for: a pack is bound without it."""
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"moothall.core.pdf.checks.{_LATER[name]}"), name)
