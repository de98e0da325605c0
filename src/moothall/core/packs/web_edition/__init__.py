"""The pack as a folder of web pages: one per item, read from disk, without a connection and without scripts."""

from moothall.core.packs.web_edition.writer import write

__all__ = ["write"]
