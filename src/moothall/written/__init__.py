"""Public pages written as files, for nginx to serve: only until anything is written in the council."""
