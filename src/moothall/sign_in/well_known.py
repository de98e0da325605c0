"""What programs look for at agreed addresses: whom to tell of a weakness, and where a password is changed."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from moothall.core.clocks import first_of_month
from moothall.foundation.actors import Request
from moothall.sign_in.emails import address

GOOD_FOR = dt.timedelta(days=180)


@login_not_required
def security_txt(request: Request) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); nothing where the installation names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    # from the first of the month, so that the file changes twelve times a year and not with every second
    ends = first_of_month(request.actor.at.date()) + GOOD_FOR
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {ends.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {address(request.council, request.path)}",
    )
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@login_not_required
def change_password(_: Request) -> HttpResponse:
    """Where password managers send their owners."""
    return HttpResponseRedirect(reverse("account_change_password"))
