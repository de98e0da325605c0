"""Where an agenda can be read: an address that becomes a link, or a place in words."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LOOKS_LIKE_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:(//|\S+$)|www\.", re.IGNORECASE)


def is_link(where: str) -> bool:
    """Return whether ``where`` is a whole http or https address, which a page may link to.

    One with a user name or password is not: it looks like the address of another website.
    """
    if not where.isprintable() or " " in where or "\\" in where:
        return False
    try:
        parts = urlsplit(where)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:
        return False


def is_place(where: str) -> bool:
    """Return whether ``where`` is words such as "Guildhall, High Street", and no address of any kind."""
    return not _LOOKS_LIKE_ADDRESS.match(where)
