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
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moothall.actor import Request
from moothall.errors import NotAllowed, NotThere

View = Callable[..., HttpResponse]
A_PAGE = 50


def page(view: View) -> View:
    """A view for people of the council: a stranger is told so, what may not be seen is not there."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.account_id is None:
            return refusal(request, _("Your account belongs to nobody in this council."))
        try:
            return view(request, *args, **kwargs)
        except NotThere:
            raise Http404 from None
        except NotAllowed as error:
            return refusal(request, str(error))

    kept: View = never_cache(require_http_methods(["GET", "HEAD", "POST"])(answered))
    return kept


def refusal(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why something may not be done."""
    return render(request, "workspace/refused.html", {"why": why}, status=403)


def given(request: HttpRequest) -> QueryDict | None:
    """What a form was given: something, be it empty, once it is sent; nothing while it is only looked at."""
    return request.POST if request.method == "POST" else None


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any]) -> Page[Any]:
    """The rows of the page that is asked for; a page that there is not is the last one."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
