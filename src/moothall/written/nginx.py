"""What nginx is told, so that it serves written pages as the application would, and asks that for the rest."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from moothall.written.kinds import ADDRESSES, HTML, KINDS, SAVED_AS

Alike = tuple[tuple[str, str], ...]

MAPS = r"""# Made by "moothall written maps"; goes into the http block.
map $time_iso8601 $moothall_day {{
    default "none";
    "~^(..........)T........(.*)$" "$1$2";
}}
map $request_uri $moothall_saved_as {{
    default "";
{saved_as}
}}
# a page is anybody's: who brings a session, a sign-in or a condition of another kind is for the application
map "$request_method $http_cookie$http_authorization$http_if_match$http_if_unmodified_since" $moothall_not_anybody {{
    default "yes";
    "GET " "";
    "HEAD " "";
}}
"""
PAGES = r"""location {which} {{
    if ($moothall_not_anybody) {{ return 418; }}
    # a host without a port and an address without a query, both as they were sent and in the one usual way
    if ($http_host != $host) {{ return 418; }}
    if ($request_uri != $uri) {{ return 418; }}
    rewrite ^ /$host/$moothall_day$uri@.{kind} break;
    error_page 403 404 405 418 = @moothall;
    root {root};
    types {{
{types}
    }}
    default_type application/octet-stream;
    charset off;
    log_not_found off;
    open_file_cache off;
    autoindex off;
    etag on;
    if_modified_since off;
    max_ranges 0;
    gzip off;
    gzip_static on;
    # what is small is sent faster with its headers than after them
    sendfile off;
    output_buffers 1 128k;
    add_header Last-Modified "";
{headers}
}}
"""
LOCATIONS = r"""# Made by "moothall written locations"; goes into the server block, in place of its "location /".
{pages}{files}location @moothall {{
    proxy_pass {application}$request_uri;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
}}
"""


def maps() -> str:
    """The part for the ``http`` block."""
    return MAPS.format(saved_as=_map(SAVED_AS))


def locations(root: Path, alike: Alike, application: str) -> str:
    """The part for the ``server`` block; ``application`` is where that is, such as http://127.0.0.1:8000."""
    place, headers = _quoted(str(root / "now" / digest(alike))), _headers(served(alike))
    files = {ending: kind for ending, kind in KINDS.items() if ending != HTML}
    named = f'~ "\\.(?<moothall_kind>{"|".join(files)})$"'
    saved_as = "    add_header Content-Disposition $moothall_saved_as;\n"
    return LOCATIONS.format(
        pages=_pages("/", HTML, {HTML: KINDS[HTML]}, place, headers),
        files=_pages(named, "$moothall_kind", files, place, saved_as + headers),
        application=application,
    )


def served(alike: Alike) -> Alike:
    """The headers of every written page: the application's, and that a page may come packed."""
    varies = [value for name, value in alike if name.lower() == "vary"]
    return (
        *((name, value) for name, value in alike if name.lower() != "vary"),
        ("Vary", ", ".join([*varies, "Accept-Encoding"])),
    )


def digest(alike: Alike) -> str:
    """A name for all that nginx tells of pages and reads in addresses: what is written for another is not found."""
    said = repr((MAPS, PAGES, LOCATIONS, ADDRESSES, KINDS, SAVED_AS, alike))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _pages(which: str, ending: str, kinds: dict[str, str], root: str, headers: str) -> str:
    """The location of pages of some kinds; ``ending`` is that of their files."""
    types = "\n".join(f'        "{kind}" {each};' for each, kind in kinds.items())
    return PAGES.format(which=which, kind=ending, root=root, types=types, headers=headers)


def _headers(alike: Alike) -> str:
    return "\n".join(f"    add_header {name} {_quoted(value)};" for name, value in alike)


def _map(table: dict[str, str]) -> str:
    lines = ((_quoted(f"~{pattern}"), re.sub(r"\\(\d)", r"$\1", to)) for pattern, to in table.items())
    return "\n".join(f"    {pattern} '{to}';" for pattern, to in lines)


def _quoted(value: str) -> str:
    if "'" in value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"'{value}'"
