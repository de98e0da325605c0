"""Binding: many PDFs joined into one, with one tree of tags, page numbers, bookmarks and labels."""

from moothall.core.press.binding.binder import bind
from moothall.core.press.binding.checking import check_ua
from moothall.core.press.binding.checks.flaws import Flaw
from moothall.core.press.binding.keeping import fold_ahead
from moothall.core.press.binding.volume import Bound, Part, Volume

__all__ = ["Bound", "Flaw", "Part", "Volume", "bind", "check_ua", "fold_ahead"]
