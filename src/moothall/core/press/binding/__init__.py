"""Binding: many PDFs joined into one, with one tree of tags, page numbers, bookmarks and labels."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from moothall.core.press.binding.binder import bind
from moothall.core.press.binding.keeping import fold_ahead
from moothall.core.press.binding.volume import Bound, Part, Volume

if TYPE_CHECKING:
    from moothall.core.press.binding.checking import check_ua
    from moothall.core.press.binding.checks.flaws import Flaw

__all__ = ["Bound", "Flaw", "Part", "Volume", "bind", "check_ua", "fold_ahead"]

_LATER = {"check_ua": "checking", "Flaw": "checks.flaws"}


def __getattr__(name: str) -> Any:
    """What only checks a file is loaded when it is asked for: a pack is bound without it."""
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
