"""A report shown: as JSON for machines, as text for a terminal, as a web page for a reader."""
