"""When there is no page: what is wrong, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.html import format_html
from django.utils.translation import gettext as _

from moothall.foundation.fault_log import request_number


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return render(request, "website/errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403, also for a form that was sent without its token."""
    return render(request, "website/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: the same words, whether there never was such a thing or it is not for the one who asks."""
    return render(request, "website/errors/404.html", {"nowhere": True}, status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the log has the error. Reads nothing: the database may be what is wrong."""
    number = request_number(request)
    try:
        page = loader.get_template("website/errors/500.html").render({"number": number})
    except Exception:  # noqa: BLE001 - raised here, the server would log it together with the message of the first
        page = format_html("<!DOCTYPE html><title>{0}</title><p>{0}</p>", _("Error. Quote this number: ") + number)
    return HttpResponseServerError(page)
