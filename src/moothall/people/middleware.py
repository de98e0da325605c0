"""Who asks: the actor of a request, looked up when first needed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from moothall.people.queries import actor_of


class ActorOfRequest:
    """Sets ``request.actor``: the person signed in, in the council of the host, or the public there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def actor() -> object:
            account = request.user if request.user.is_authenticated else None
            return actor_of(account, request.council, origin=origin_of(request))  # type: ignore[attr-defined]

        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        return self.get_response(request)


def origin_of(request: HttpRequest) -> str:
    """Where a request comes from, for the log."""
    return f"web {request.META.get('REMOTE_ADDR', '')}".strip()
