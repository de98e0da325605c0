"""Signs the clerk of the demo council in, in the process of an installation: ``python -m bench._sign_in HOST``.

Prints the cookies, and an address of each page of a working day, as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import django
from django.http import HttpRequest, HttpResponse
from django.test import Client

if TYPE_CHECKING:
    from moothall.people.models import Account


def main(host: str) -> None:
    """Sign in, see that the workspace opens, and print what a browser then knows."""
    django.setup()

    from moothall.demo.files import logins  # noqa: PLC0415 - needs Django started
    from moothall.people.models import Account  # noqa: PLC0415

    email = next(each.email for each in logins() if each.role == "clerk")
    client = Client(SERVER_NAME=host, HTTP_X_FORWARDED_PROTO="https")
    account = Account.objects.get(email=email)
    client.force_login(account)
    _as_if_by_the_door(client, account)
    if client.get("/workspace/").status_code != 200:
        raise RuntimeError("the clerk of the demo council cannot sign in")
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    sys.stdout.write(json.dumps({"cookies": cookies, "pages": _pages(host)}))


def _as_if_by_the_door(client: Client, account: Account) -> None:
    """What signing in with a password and a code leaves: its records, and the cookie that says when it was used."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415 - needs Django started

    from moothall.sign_in import session_expiry  # noqa: PLC0415

    request, answer = HttpRequest(), HttpResponse()
    request.session = client.session
    for each in ("password", "mfa"):
        record_authentication(request, account, each)
    request.session.save()
    session_expiry.renew(request, answer)
    client.cookies.update(answer.cookies)


def _pages(host: str) -> dict[str, str]:
    from moothall.bodies.models import Body  # noqa: PLC0415
    from moothall.foundation.councils.models import Council  # noqa: PLC0415

    council = Council.objects.get(domains__host=host)
    body = Body.objects.of(council).filter(memberships__isnull=False, meetings__isnull=False).order_by("pk")[0]
    return {
        "home": "/workspace/",
        "a body": f"/workspace/bodies/{body.slug}/",
        "a meeting": f"/workspace/meetings/{body.meetings.order_by('pk')[0].pk}/",
        "people": "/workspace/people/",
    }


if __name__ == "__main__":
    main(sys.argv[1])
