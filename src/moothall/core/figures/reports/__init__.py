"""Reports of findings: JSON for programs, text for a terminal, a web page for a reader."""
