"""The content tree: what a paper may hold, as plain data.

The web page and the PDF are two renderings of the same tree; nothing else ever carries content.
"""
