"""The pack as a folder of web pages: one per item, read from disk, without a connection and without scripts."""

from moothall.core.press.html_pack.writing import write

__all__ = ["write"]
