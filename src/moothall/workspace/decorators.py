"""How the workspace answers: to people of this council only, never from a cache, and like nothing at all where the
gate says that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moothall.bodies.models import Body, FormerOutsideName, OutsideBody
from moothall.bodies.models import FormerName as FormerNameOfBody
from moothall.foundation.actors import Request
from moothall.foundation.errors import NotAllowed, NotThere
from moothall.foundation.permissions import visible
from moothall.people.models import FormerGroupName, FormerName, Person, PoliticalGroup

View = Callable[..., HttpResponse]
A_PAGE = 50
RENAMED: dict[str, tuple[type[Any], type[Any]]] = {
    "people": (Person, FormerName),
    "groups": (PoliticalGroup, FormerGroupName),
    "bodies": (Body, FormerNameOfBody),
    "outside-bodies": (OutsideBody, FormerOutsideName),
}
"""By the first part of an address: what has a name there, and where its former ones are kept."""


def page(view: View) -> View:
    """A view for people of the council: a stranger is told so, what may not be seen is not there."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.account_id is None:
            return refusal(request, _("Your account belongs to nobody in this council."), "no-person")
        try:
            return view(request, *args, **kwargs)
        except NotThere:
            onward = address_after_renaming(request)
            if onward is None:
                raise Http404 from None
            return redirect(onward, permanent=True)
        except NotAllowed as error:
            return refusal(request, str(error), error.code)

    kept: View = never_cache(require_http_methods(["GET", "HEAD", "POST"])(answered))
    return kept


def address_after_renaming(request: Request) -> str | None:
    """Where a page is now that was asked for under a former name; None where nothing was renamed."""
    match = request.resolver_match
    kinds = RENAMED.get(match.route.split("/")[1]) if match and "slug" in match.kwargs else None
    if match is None or kinds is None:
        return None
    kind, former = kinds
    known = visible(request.actor, former).filter(slug=match.kwargs["slug"])
    now = visible(request.actor, kind).filter(former_names__in=known).first()
    return reverse(match.view_name, kwargs={**match.kwargs, "slug": now.slug}) if now else None


def refusal(request: HttpRequest, why: str, code: str) -> HttpResponse:
    """The page that says why something may not be done."""
    return render(request, "workspace/refused.html", {"why": why, "code": code}, status=403)


def given(request: HttpRequest) -> QueryDict | None:
    """What a form was given: something, be it empty, once it is sent; nothing while it is only looked at."""
    return request.POST if request.method == "POST" else None


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any]) -> Page[Any]:
    """The rows of the page that is asked for; a page that there is not is the last one."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
