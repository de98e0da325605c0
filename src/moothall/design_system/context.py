"""What every page needs to know of its council."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from moothall.foundation.councils.models import Council
from moothall.foundation.councils.options import options


def council(request: HttpRequest) -> dict[str, Any]:
    """The council of the host, its colour (six hex digits) and the line below its name."""
    found: Council | None = getattr(request, "council", None)
    if found is None:
        return {}
    chosen = options(found, found.today)
    return {"council": found, "brand": chosen.brand_colour[1:].lower(), "tagline": chosen.brand_tagline}
