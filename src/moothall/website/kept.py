"""Answers for anyone, kept in memory and given again until anything is written in the council.

What may be kept, and when it is given (docs/decisions/0043-answers-kept.md):

- A page for anyone depends on the council's books, the day, the release, the language, the scheme, the host and the
  address, and on nothing else of the request. All of them are the key. The books are in it by the council's edition,
  which every verb changes in its own transaction and which is asked of the database for every request: whatever
  process wrote, an answer from before is not found any more. There is no time for which an answer "may" be old.
- Asked for by GET or HEAD, without a cookie, without a sign-in of any kind, without a precondition other than
  If-None-Match with tags. Every other request passes by as if this were not here.
- Kept are answers of views that say so (``answering.page``), of status 200, public, whole, without a cookie, that
  looked at no session and vary by nothing but the language; only where every part of the query is one that the view
  reads, under a host that is written in the usual way, without a port of the caller's own. So nobody can fill the
  memory with addresses of their own.
- What is missing and what may not be seen are never kept: both take the same way, every time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request

from moothall.audit.public import Edition, edition_at
from moothall.website.release import release
from moothall.website.shelf import Kept, Shelf

SHELF = Shelf(16 * 2**20)
PASSED_BY = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
OF_BODY = {"Content-Type", "Content-Length", "Content-Disposition"}
OUTER = {
    # set by what stands before this, for every answer anew
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
}


class KeptAnswers:
    """Stands before sessions, languages and sign-in, and behind what puts the headers of safety on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        release()  # read now, not while somebody waits

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name, port = split_domain_port(request.get_host())
        edition = edition_at(name.lower())
        if edition is None:
            return self.get_response(request)
        # found for those too that are passed by: query sets take ten times as long to find the council
        request.council, request.edition = edition.council, edition  # type: ignore[attr-defined]
        if (
            request.method not in {"GET", "HEAD"}
            or any(request.META.get(each) for each in PASSED_BY)
            or for_any(request)
        ):
            return self.get_response(request)
        key = _key(request, edition)
        answer = _again(request, SHELF.get(key))
        if answer is None:
            answer = self.get_response(request)
            if answer.status_code == HTTPStatus.NOT_MODIFIED:
                answer.headers.pop("Content-Length", None)  # it would tell the length of the page, RFC 9110 8.6
            if _usual(request, name, port) and may_be_kept(request, answer):
                SHELF.put(key, _kept(request, answer))
        return answer


def may_be_kept(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether an answer is the same for everybody who asks for it, until something is written."""
    session = getattr(request, "session", None)
    varies = {each.strip().lower() for each in answer.headers.get("Vary", "").split(",")}
    said = answer.headers.get("Cache-Control", "")
    return (
        getattr(answer, "for_anyone", False)
        and request.method == "GET"
        and answer.status_code in {200, 304}
        and not answer.streaming
        and not answer.cookies
        and not (session is not None and session.accessed)
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and varies <= {"", "accept-language"}
        and "public" in said
        and not ("private" in said or "no-store" in said)
        and "ETag" in answer.headers
    )


def for_any(request: HttpRequest) -> bool:
    """Whether somebody asks for what differs from anything at all (``If-None-Match: *``): no tag can answer that."""
    return "*" in request.META.get("HTTP_IF_NONE_MATCH", "")


def _usual(request: HttpRequest, name: str, port: str) -> bool:
    """Whether the host is written in the one usual way: a host can be written in very many."""
    return port in {"", request.META.get("SERVER_PORT")} and request.get_host() == (f"{name}:{port}" if port else name)


def _key(request: HttpRequest, edition: Edition) -> Hashable:
    return (
        edition.text,
        edition.council.today,
        request.scheme,
        request.get_host(),
        request.path_info,
        request.META.get("QUERY_STRING", ""),
        get_language_from_request(request),
    )


def _kept(request: HttpRequest, answer: HttpResponse) -> Kept:
    headers = {name: value for name, value in answer.headers.items() if name not in OUTER}
    body = answer.content if answer.status_code == 200 else None  # of an unchanged page only its tag is known
    return Kept(answer.headers["ETag"], headers, body, request.resolver_match)


def _again(request: HttpRequest, kept: Kept | None) -> HttpResponse | None:
    """The answer that is kept, or that nothing has changed; None when it must be made."""
    if kept is None:
        return None
    whole = HttpResponse(kept.body or b"", headers=kept.headers)
    answer = get_conditional_response(request, etag=kept.tag, response=whole) or whole
    if answer is whole and kept.body is None:
        return None
    for name, value in kept.headers.items():
        if name not in OF_BODY:
            answer.headers.setdefault(name, value)
    request.resolver_match = kept.route  # for the access log
    return answer
