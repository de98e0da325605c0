"""The server by itself, without Django in its own process: ``python -m moothall.serving JSON``."""

from __future__ import annotations

import sys

import msgspec

from moothall.serving.server import Wanted, serve

if __name__ == "__main__":
    serve(msgspec.json.decode(sys.argv[1], type=Wanted))
