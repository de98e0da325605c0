"""Rules that the source keeps, as `docs/developers/structure.md` describes them.

Each rule is a function from a module's source to what breaks it, and is tried on samples that break it. An exception is
a path with its reason. The import contracts in `pyproject.toml` check the imports between folders.
"""
