"""What signed-in pages show of signing in."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.http import urlencode

from moothall.foundation.councils.options import options
from moothall.sign_in.session_expiry import Ending, seconds_left

register = template.Library()


@register.inclusion_tag("sign_in/staying.html", takes_context=True)
def staying(context: dict[str, Any]) -> dict[str, Any]:
    """The warning that one will be signed out, and what keeps one signed in while one types."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {}
    over = urlencode({"next": request.get_full_path(), "ended": Ending.IDLE.value})
    return {"idle": settings.SESSION_IDLE, "left": seconds_left(request), "over": over}


@register.simple_tag(takes_context=True)
def factor_needed(context: template.Context) -> bool:
    """Whether the council lets nobody in without a second factor."""
    actor = context["request"].actor
    return bool(options(actor.council, actor.today).second_factor == "required")
