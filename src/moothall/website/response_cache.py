"""The cache of public responses, on Django's cache framework (the cache "pages" of the settings).

The key is the ETag, which changes with whatever the page shows; so nothing is ever removed from the cache, and no
action waits for it. A page is made without the cache when the cache cannot be reached.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

SECONDS = 600
LARGEST = 256 * 2**10
HEADERS = ("Content-Type", "Content-Disposition")
log = logging.getLogger(__name__)


def get(tag: str) -> HttpResponse | None:
    """Return the response with this ETag, if it is cached."""
    try:
        found: tuple[bytes, dict[str, str]] | None = caches["pages"].get(_key(tag))
    except Exception:
        log.warning("The cache of pages cannot be read.", exc_info=True)
        return None
    return None if found is None else HttpResponse(found[0], headers=found[1])


def put(tag: str, response: HttpResponse) -> None:
    """Cache a response under its ETag."""
    headers: dict[str, Any] = {name: response.headers[name] for name in HEADERS if name in response.headers}
    try:
        caches["pages"].set(_key(tag), (response.content, headers), SECONDS)
    except Exception:
        log.warning("The cache of pages cannot be written.", exc_info=True)


def may_be_cached(request: HttpRequest, response: HttpResponse, reads: frozenset[str]) -> bool:
    """Return whether a response is the same for everybody, and its address is one that is worth a place.

    ``reads`` are the parameters that its view reads. Other parameters, ports and spellings of the host are refused:
    otherwise anybody could fill the cache with addresses of their own.
    """
    session = getattr(request, "session", None)
    return (
        request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and set(response.headers) <= set(HEADERS)
        and not (session is not None and session.accessed)
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(response.content) <= LARGEST
        and _is_usual_query(request, reads)
        and _is_usual_host(request)
    )


def _key(tag: str) -> str:
    return tag.strip('"')


def _is_usual_query(request: HttpRequest, reads: frozenset[str]) -> bool:
    """Return whether the query has only parameters that the view reads, each once, in the usual spelling."""
    query = request.META.get("QUERY_STRING", "")
    return query == "" or (
        all(name in reads and len(values) == 1 and values[0] for name, values in request.GET.lists())
        and request.GET.urlencode() == query
    )


def _is_usual_host(request: HttpRequest) -> bool:
    """Return whether the host is in its usual spelling: lower case, and no port but the server's own."""
    host = request.get_host()
    name, port = split_domain_port(host)
    return port in {"", request.META.get("SERVER_PORT")} and host == (
        f"{name.lower()}:{port}" if port else name.lower()
    )
