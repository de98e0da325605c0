"""Reader of PDF files: tagged pages by their tags, others by the position of their words."""

from moothall.core.figures.readers.pdf.process_client import read_pdf

__all__ = ["read_pdf"]
