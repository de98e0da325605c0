"""The server by itself, without Django in its own process: ``python -m moothall.server JSON``."""

from __future__ import annotations

import sys

import msgspec

from moothall.server.server import Wanted, serve

if __name__ == "__main__":
    serve(msgspec.json.decode(sys.argv[1], type=Wanted))
