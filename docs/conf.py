"""Builds the documentation site with Sphinx, without a connection: no fonts or scripts from elsewhere."""

project = "Moothall"
author = "The Moothall developers"
copyright = "the Moothall developers; Apache licence 2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Moothall"
language = "en"
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 4
nitpicky = True
