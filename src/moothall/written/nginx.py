"""What nginx is told, so that it serves written pages as the application would, and asks that for the rest."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from moothall.written.kinds import ADDRESSES, KINDS, SAVED_AS

Alike = tuple[tuple[str, str], ...]

MAPS = r"""# Made by "moothall written maps"; goes into the http block.
map "$http_host $host" $moothall_host {{
    default "";
    "~^([a-z0-9-]+(?:\.[a-z0-9-]+)*) \1$" "$1";
}}
map $time_iso8601 $moothall_day {{
    default "";
    "~^(\d\d\d\d-\d\d-\d\d)T[\d:]+([+-]\d\d:\d\d)$" "$1$2";
}}
map $request_uri $moothall_page {{
    default "";
{pages}
}}
map $request_uri $moothall_saved_as {{
    default "";
{saved_as}
}}
# a page is anybody's: who brings a session, a sign-in or a condition of another kind is for the application
map "$request_method $http_cookie$http_authorization$http_if_match$http_if_unmodified_since" $moothall_anybody {{
    default "";
    "~^(?:GET|HEAD) $" "yes";
}}
map "$moothall_anybody|$moothall_host|$moothall_day|$moothall_page" $moothall_file {{
    default "";
    "~^yes\|([^|]+)\|([^|]+)\|(/.*)$" "/$1/$2$3";
}}
"""
LOCATIONS = r"""# Made by "moothall written locations"; goes into the server block, in place of its "location /".
location / {{
    if ($moothall_file = "") {{ return 418; }}
    rewrite ^ $moothall_file break;
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
    add_header Last-Modified "";
    add_header Content-Disposition $moothall_saved_as;
{headers}
}}
location @moothall {{
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
    return MAPS.format(pages=_map(ADDRESSES), saved_as=_map(SAVED_AS))


def locations(root: Path, alike: Alike, application: str) -> str:
    """The part for the ``server`` block; ``application`` is where that is, such as http://127.0.0.1:8000."""
    types = "\n".join(f'        "{kind}" {ending};' for ending, kind in KINDS.items())
    headers = "\n".join(f"    add_header {name} {_quoted(value)};" for name, value in served(alike))
    place = _quoted(str(root / "now" / digest(alike)))
    return LOCATIONS.format(root=place, types=types, headers=headers, application=application)


def served(alike: Alike) -> Alike:
    """The headers of every written page: the application's, and that a page may come packed."""
    varies = [value for name, value in alike if name.lower() == "vary"]
    return (
        *((name, value) for name, value in alike if name.lower() != "vary"),
        ("Vary", ", ".join([*varies, "Accept-Encoding"])),
    )


def digest(alike: Alike) -> str:
    """A name for all that nginx tells of pages and reads in addresses: what is written for another is not found."""
    said = repr((MAPS, LOCATIONS, ADDRESSES, KINDS, SAVED_AS, alike))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _map(table: dict[str, str]) -> str:
    lines = ((_quoted(f"~{pattern}"), re.sub(r"\\(\d)", r"$\1", to)) for pattern, to in table.items())
    return "\n".join(f"    {pattern} '{to}';" for pattern, to in lines)


def _quoted(value: str) -> str:
    if "'" in value:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"'{value}'"
