"""Who asks, where proxies stand in front: what they say of it is believed, and what anybody else says is not."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from itertools import islice

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from moothall.foundation.environment import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
OWN_WORDS = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
"""Headers in which a caller could tell anything of itself."""

HOPS = 20


class Proxies:
    """Puts the address of who asks into REMOTE_ADDR, for limits, log and sessions alike.

    It is the last of X-Forwarded-For that is no proxy of ours: whatever stands before it, the caller can have written.
    From anybody but a proxy of ours, the headers are taken off, so that nothing further in can believe them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = address(request.META.get("REMOTE_ADDR", ""))
        if peer is None or not is_ours(peer, settings.PROXIES):
            for name in OWN_WORDS:
                request.META.pop(name, None)
        else:
            peer = asker(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXIES)
            _keep_nearest(request)
        request.META["REMOTE_ADDR"] = str(peer or "")
        return self.get_response(request)


def asker(peer: Address, told: str, ours: tuple[Network, ...]) -> Address:
    """Who asks, when our proxy ``peer`` passes on ``told``. What cannot be read ends the way back at who told it."""
    found = peer
    for hop in islice(reversed(told.split(",")), HOPS):
        before = address(hop)
        if before is None:
            return found
        found = before
        if not is_ours(found, ours):
            return found
    return found


def address(told: str) -> Address | None:
    """The address in a text, also with a port, in brackets, or IPv4 within IPv6; None for anything else."""
    text = told.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_ours(found: Address, ours: tuple[Network, ...]) -> bool:
    """Whether an address is that of a proxy of ours."""
    return any(found in network for network in ours)


def _keep_nearest(request: HttpRequest) -> None:
    """Of several words on https, only the one of the proxy itself: the last."""
    if told := request.META.get("HTTP_X_FORWARDED_PROTO"):
        request.META["HTTP_X_FORWARDED_PROTO"] = told.rpartition(",")[2].strip().lower()
