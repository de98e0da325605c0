"""``python -m moothall`` is the command ``moothall``."""

from moothall.cli import main

main()
