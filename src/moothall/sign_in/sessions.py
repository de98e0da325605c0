"""Sessions: each is bound to the council it began in, so that a cookie carried to another host opens nothing there."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

BOUND = "_council"


class SessionStore(db.SessionStore):
    """Sessions in the database; outside of a request (``council`` None) bound to nothing."""

    council: int | None = None

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, under a new key, for a session of another council."""
        data: dict[str, Any] = super().load()
        if self.council is not None and data.get(BOUND, self.council) != self.council:
            self._session_key = None
            return {}
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with the council in it."""
        bound = data if self.council is None else {**data, BOUND: self.council}
        return super().create_model_instance(bound)


class SessionOfCouncil(SessionMiddleware):
    """The session of a request; looked at only when the page asks."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session."""
        super().process_request(request)
        request.session.council = request.council.pk  # type: ignore[attr-defined]
