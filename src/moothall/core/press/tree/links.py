"""Which addresses a paper may link to."""

from __future__ import annotations

import re

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*(?=:)", re.IGNORECASE)
# browsers strip these before they look for the scheme, so "java\nscript:" would run
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]+")
_FRAGMENT = re.compile(r"#[A-Za-z][\w.:\-]*\Z")


def safe_href(href: str) -> str:
    """``href`` when a reader may follow it (http, https, mailto, tel, or ``#id``), tidied; otherwise "".

    A bare ``www.`` address gets its ``https://``; an address relative to the paper's own place leads nowhere
    from a pack, and is refused.
    """
    href = _IGNORED.sub("", href)
    if href.startswith("#"):
        return href if _FRAGMENT.match(href) else ""
    if href.lower().startswith("www."):
        href = f"https://{href}"
    scheme = _SCHEME.match(href)
    if scheme is None or scheme[0].lower() not in SCHEMES or len(href) <= len(scheme[0]) + 1:
        return ""
    return href
