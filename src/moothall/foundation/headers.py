"""Headers that every answer carries: what a browser may load, run, embed and keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "img-src": ("'self'", "data:"),  # data: for the square code that an authenticator app reads
    "manifest-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
}
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(
    [
        *(f"{each}=()" for each in UNUSED),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


OF_NOWHERE = {"Cache-Control": "private, no-store", "Vary": "Accept-Language, Cookie"}
TELLING = ("Allow", "Content-Security-Policy", "ETag", "Expires", "Last-Modified", "X-Accel-Expires")
"""Headers by which a page that may not be seen would differ from an address that never was."""


def policy(*, form_action: Iterable[str] = ()) -> str:
    """The Content-Security-Policy: no inline script or style, nothing from elsewhere.

    ``form_action`` are further origins that a form of the page ends at: browsers hold redirects to it too.
    """
    parts = {**POLICY, "form-action": (*POLICY["form-action"], *form_action)}
    said = [f"{name} {' '.join(values)}" for name, values in parts.items()]
    return "; ".join([*said, "upgrade-insecure-requests"] if settings.PRODUCTION else said)


class Headers:
    """Sets the headers; a view that must differ sets its own before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND:
            for name in TELLING:
                response.headers.pop(name, None)
            for name, value in OF_NOWHERE.items():
                response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        session = getattr(request, "session", None)
        if response.cookies:
            # a broken cookie of forms is renewed with whatever page it came with, one for anybody too
            response.headers["Cache-Control"] = "private, no-store"
            response.headers.pop("X-Accel-Expires", None)
        if session is not None and session.accessed:
            # made for one person: it stays out of every cache, the browser's back button included
            response.headers.setdefault("Cache-Control", "private, no-store")
            response.headers.pop("X-Accel-Expires", None)
        return response
