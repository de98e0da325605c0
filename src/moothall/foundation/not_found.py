"""What may not be seen answers like what does not exist: the same page, byte for byte, whatever was asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from moothall.foundation.errors import NotThere


class Answers:
    """Turns the refusal NotThere into Django's own answer to an address that there is not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # a null byte is in no name, and PostgreSQL does not even let it be looked for
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:  # noqa: ARG002 - Django's signature
        """Raise what Django answers with the page of 404."""
        if isinstance(error, NotThere):
            raise Http404 from error
