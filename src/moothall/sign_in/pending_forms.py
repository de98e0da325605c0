"""What somebody sent after their session had ended: kept until they have signed in again, and sent only if they say so.

It waits in the browser's new session, for the same account alone. Files and passwords are not kept.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.http import HttpRequest
from django.urls import reverse

SESSION_KEY = "sign_in_kept"
MOST = 500_000
"""Characters, all fields together. What is longer is not typed but pasted, and is somewhere else too."""

PART = re.compile(r"_(day|month|year)$")
UNTOLD = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class Kept:
    """A form that was sent too late: whose, where to, its fields, and the names of the files that are not kept."""

    account: str
    path: str
    fields: list[list[str]]
    files: list[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What a request has typed in it; None when there is nothing to keep."""
        if request.method != "POST" or request.path.startswith(reverse("sign_in_account")):
            return None
        fields = [
            [name, value]
            for name, values in request.POST.lists()
            if not any(word in name.lower() for word in UNTOLD)
            for value in values
            if isinstance(value, str)
        ]
        if not fields or sum(len(value) for _, value in fields) > MOST:
            return None
        files = [str(each.name) for name in request.FILES for each in request.FILES.getlist(name)]
        return cls(str(request.user.pk), request.get_full_path(), fields, files)

    def put(self, request: HttpRequest) -> None:
        """Keep it in the request's session."""
        request.session[SESSION_KEY] = asdict(self)

    @classmethod
    def waiting(cls, request: HttpRequest) -> Self | None:
        """What waits for who is signed in. What waits for somebody else is thrown away."""
        held: dict[str, Any] | None = request.session.get(SESSION_KEY)
        if held is not None and held["account"] != str(request.user.pk):
            throw_away(request)
            return None
        return cls(**held) if held else None

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields that somebody typed, with a name to read; a day in three boxes is one."""
        told: dict[str, str] = {}
        for name, value in self.fields:
            if value.strip() and name != "version":
                whole = PART.sub("", name)
                told[whole] = f"{told[whole]} {value}" if whole in told else value
        return [(re.sub(r"[_-]", " ", name).capitalize(), value) for name, value in told.items()]


def throw_away(request: HttpRequest) -> None:
    """Keep it no longer."""
    request.session.pop(SESSION_KEY, None)
