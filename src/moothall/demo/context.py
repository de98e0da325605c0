"""What the pages of a demonstration say of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from moothall.demo import files
from moothall.demo.logins import PASSWORD


def demo(_request: HttpRequest) -> dict[str, Any]:
    """The day that it always is, and the logins for the sign-in page; nothing outside a demonstration."""
    if settings.DEMO_DAY is None:
        return {}
    return {"demo_day": settings.DEMO_DAY, "demo_logins": files.logins(), "demo_password": PASSWORD}
