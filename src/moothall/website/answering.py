"""How the website answers: pages that anyone may keep, as long as they ask whether they still hold.

A page depends on the books, the day, the language and the release, and on nobody who asks. So its tag is known
before anything is read: an unchanged page costs one small query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from moothall.audit.public import Edition
from moothall.bodies import public as bodies
from moothall.councils.models import Council
from moothall.people import public as people
from moothall.website.kept import for_any
from moothall.website.release import release

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A view for anyone: read-only, with a tag by which an unchanged page need not be sent again."""
    return _page(view, frozenset())


def page_of(*read: str) -> Callable[[View], View]:
    """The same for a view that reads these parameters of the query, and refuses (404) values that there are not."""
    return lambda view: _page(view, frozenset(read))


def _page(view: View, read: frozenset[str]) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            onward = address_after_renaming(request)
            if onward is None:
                raise
            return redirect(onward, permanent=True)
        if for_any(request) and answer.status_code == HTTPStatus.OK:
            answer.headers["ETag"] = _tag_of_page(request)
        return answer

    tagged = condition(etag_func=_tag)(answered)
    kept = cache_control(public=True, max_age=0, must_revalidate=True)(tagged)
    return login_not_required(_told_apart(require_safe(kept), read))


def _told_apart(view: View, read: frozenset[str]) -> View:
    """Say of every answer whether it may be kept (``website.kept``): its query holds nothing but what is read."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.for_anyone = _only(request, read)  # type: ignore[attr-defined]
        return answer

    return answered


def _only(request: HttpRequest, read: frozenset[str]) -> bool:
    """Whether the query holds nothing but what the view reads, each once, and written in the one usual way."""
    query = request.META.get("QUERY_STRING", "")
    return query == "" or (
        all(name in read and len(values) == 1 and values[0] for name, values in request.GET.lists())
        and request.GET.urlencode() == query
    )


def council_of(request: HttpRequest) -> Council:
    """The council that a request is for."""
    found: Council = request.council  # type: ignore[attr-defined]
    return found


def or_404(found: Any) -> Any:
    """What was found; raises Http404 for nothing."""
    if found is None:
        raise Http404
    return found


def as_json(value: Any) -> HttpResponse:
    """A value of a ``public`` module as JSON: its fields by their names, days and times in ISO 8601."""
    return HttpResponse(msgspec.json.encode(value), content_type="application/json")


def as_calendar(found: bytes | None, name: str) -> HttpResponse:
    """A calendar to subscribe to, or to save under a name."""
    answer = HttpResponse(or_404(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def address_after_renaming(request: HttpRequest) -> str | None:
    """Where the page is now that was asked for at the address of a former name; None where nothing was renamed."""
    match, council = request.resolver_match, council_of(request)
    if match is None:
        return None
    asked, query = dict(match.kwargs), request.GET.copy()
    of_person = match.view_name.startswith("website:person")
    key = "body" if "body" in asked else "slug"
    if key in asked and (now := (people if of_person else bodies).renamed(council, asked[key])):
        asked[key] = now
    elif now := bodies.renamed(council, request.GET.get("body", "")):
        query["body"] = now
    else:
        return None
    return "?".join(filter(None, (reverse(match.view_name, kwargs=asked), query.urlencode())))


def site(request: HttpRequest) -> str:
    """The root of the council's website, for permanent addresses: its primary domain, or the host that was asked."""
    primary, host = edition_of(request).primary, request.get_host()
    if primary in {"", host.partition(":")[0]}:
        primary = host
    return f"{request.scheme}://{primary}"


def edition_of(request: HttpRequest) -> Edition:
    """The edition of the council that a request is for, which ``website.kept`` has asked for."""
    found: Edition = request.edition  # type: ignore[attr-defined]
    return found


def _tag(request: HttpRequest, *_: Any, **__: Any) -> str | None:
    if for_any(request):
        return None  # only the view knows whether there is anything
    return _tag_of_page(request)


def _tag_of_page(request: HttpRequest) -> str:
    council = council_of(request)
    parts = (
        edition_of(request).text,
        council.today.isoformat(),
        get_language() or "",
        release(),
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
    )
    return f'"{hashlib.blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'
