"""Binding: many PDFs joined into one, with one tree of tags, page numbers, bookmarks and labels."""

from moothall.core.press.binding.binder import bind
from moothall.core.press.binding.volume import Bound, Part, Volume

__all__ = ["Bound", "Part", "Volume", "bind"]
