"""How the website answers: public pages that anybody may cache, as long as they ask whether they still hold.

A page depends on the subjects that it shows, the day, the language and the release, and on nothing else of the request.
So its ETag is known before anything is read: an unchanged page costs one query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, overload

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from moothall.bodies import public as bodies
from moothall.foundation.councils.models import Council
from moothall.foundation.councils.public_versions import ANYTHING, COUNCIL, Tenant, body_subject, meeting_subject
from moothall.people import public as people
from moothall.website import response_cache
from moothall.website.release import release

View = Callable[..., HttpResponse]
Subjects = Callable[..., tuple[str, ...]]
NGINX_SECONDS = "1"
"""How long nginx may serve its copy without asking; it counts whole seconds, so up to two."""


def everything(**_: Any) -> tuple[str, ...]:
    """Return the subject of pages that show several bodies, or people."""
    return (ANYTHING,)


def settings_only(**_: Any) -> tuple[str, ...]:
    """Return the subject of pages that show nothing but the council's settings."""
    return (COUNCIL,)


def one_body(*, slug: str, **_: Any) -> tuple[str, ...]:
    """Return the subjects of pages of one body and its forward plan."""
    return (COUNCIL, body_subject(slug))


def one_meeting(*, body: str, slug: str) -> tuple[str, ...]:
    """Return the subjects of pages of one meeting."""
    return (COUNCIL, meeting_subject(body, slug))


@overload
def page(view: View, /) -> View: ...


@overload
def page(*, shows: Subjects = everything, reads: tuple[str, ...] = ()) -> Callable[[View], View]: ...


def page(view: View | None = None, /, *, shows: Subjects = everything, reads: tuple[str, ...] = ()) -> Any:
    """Make a view a public page: read-only, with an ETag, cached until one of the subjects that it ``shows`` changes.

    ``reads`` are the parameters of the query that the view reads; it must answer 404 to values that do not exist.
    """
    if view is None:
        return lambda each: _page(each, shows, frozenset(reads))
    return _page(view, shows, frozenset(reads))


def _page(view: View, shows: Subjects, reads: frozenset[str]) -> View:
    def tag(request: HttpRequest, **kwargs: Any) -> str | None:
        if asks_any_tag(request):
            return None  # only the view knows whether the page exists
        return _tag(request, shows(**kwargs))

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key = _tag(request, shows(**kwargs))
        answer = response_cache.get(key)
        if answer is None:
            try:
                answer = view(request, **kwargs)
            except Http404:
                onward = address_after_renaming(request)
                if onward is None:
                    raise
                return redirect(onward, permanent=True)
            if response_cache.may_be_cached(request, answer, reads):
                response_cache.put(key, answer)
        if asks_any_tag(request) and answer.status_code == HTTPStatus.OK:
            answer.headers["ETag"] = key
        return answer

    tagged = condition(etag_func=tag)(answered)
    cached = cache_control(public=True, max_age=0, must_revalidate=True)(tagged)
    return login_not_required(_cached_by_nginx(require_safe(cached)))


def _cached_by_nginx(view: View) -> View:
    """Let an nginx in front keep the answer for a moment (docs/it/nginx); it removes this header."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer = view(request, **kwargs)
        answer.headers["X-Accel-Expires"] = NGINX_SECONDS
        return answer

    return answered


def asks_any_tag(request: HttpRequest) -> bool:
    """Return whether a request asks for a page that differs from any (``If-None-Match: *``): no ETag answers that."""
    return "*" in request.META.get("HTTP_IF_NONE_MATCH", "")


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
    primary, host = _tenant_of(request).primary_host, request.get_host()
    if primary in {"", host.partition(":")[0]}:
        primary = host
    return f"{request.scheme}://{primary}"


def _tenant_of(request: HttpRequest) -> Tenant:
    found: Tenant = request.tenant  # type: ignore[attr-defined]
    return found


def _tag(request: HttpRequest, subjects: tuple[str, ...]) -> str:
    versions = _tenant_of(request).versions
    council = council_of(request)
    parts = (
        council.slug,
        *(versions[each] for each in subjects),
        council.today.isoformat(),
        get_language() or "",
        release(),
        request.scheme or "",
        request.get_host(),
        request.get_full_path(),
    )
    return f'"{hashlib.blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'
