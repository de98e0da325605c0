"""Which council a request is for: the one whose domain it asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from moothall.foundation.councils.public_versions import find_tenant


class TenancyMiddleware:
    """Sets ``request.council`` and ``request.tenant`` in one query; a host of no council is answered 404 everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name, _ = split_domain_port(request.get_host())
        tenant = find_tenant(name.lower(), request.path_info)
        if tenant is None:
            return HttpResponse("No council answers to this address.\n", status=404, content_type="text/plain")
        request.council, request.tenant = tenant.council, tenant  # type: ignore[attr-defined]
        return self.get_response(request)
