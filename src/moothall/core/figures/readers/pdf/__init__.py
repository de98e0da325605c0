"""PDF into a ``Paper``, page by page: tagged pages by their tags, others by where their words stand."""

from moothall.core.figures.readers.pdf.process_client import read_pdf

__all__ = ["read_pdf"]
