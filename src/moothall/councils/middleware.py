"""Which council a request is for: the one whose domain it asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from moothall.councils.models import Council


class CouncilOfHost:
    """Sets ``request.council``; a host that no council has is answered 404, whatever the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        council = getattr(request, "council", None) or council_of(request.get_host())
        if council is None:
            return HttpResponse("No council answers to this address.\n", status=404, content_type="text/plain")
        request.council = council  # type: ignore[attr-defined]
        return self.get_response(request)


def council_of(host: str) -> Council | None:
    """The council that answers to ``host`` (a port and upper case do not matter)."""
    name, _ = split_domain_port(host)
    return Council.objects.filter(domains__host=name.lower()).first()
