"""The outermost of every request: its line in the access log, and the health address."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from moothall.foundation.fault_log import request_number

HEALTH = "/health"
log = logging.getLogger("moothall.foundation.permissions")
Answer = Callable[[HttpRequest], HttpResponse]


class AccessLog:
    """Writes one line of JSON a request, without anything that tells of a person.

    In place of the path stands the pattern that it fits ("people/<slug:slug>/"): paths hold names and the words of
    sign-in letters. No address, no browser, no account, no search.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        line = {
            "method": request.method if request.method in KNOWN else "OTHER",
            "route": match.route if match else None,
            "status": response.status_code,
            **({"fault": request_number(request)} if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR else {}),
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "council": getattr(getattr(request, "council", None), "slug", None),
        }
        log.info(json.dumps(line))
        return response


KNOWN = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Health:
    """Answers /health under any host name, on plain http too: 200 when the database answers, else 503."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != HEALTH:
            return self.get_response(request)
        well = _database_answers()
        response = JsonResponse({"database": "ok" if well else "does not answer"}, status=200 if well else 503)
        response["Cache-Control"] = "no-store"
        return response


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
