"""A council's own provider of identities, such as Entra ID: what the file of MOOTHALL_OPENID says of it.

The file holds secrets, so it is no option of the council (those are kept, with their history, in the database).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from moothall.foundation.councils.council import Council
from moothall.foundation.environment import wrong

Text = Annotated[str, msgspec.Meta(min_length=1)]
SHARED_TENANTS = ("/common", "/organizations", "/consumers")


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one council's provider is reached, and how far it is trusted."""

    name: Text
    issuer: Text
    client_id: Text
    client_secret: Text
    trusts_email: bool = False
    """Whether every address it tells was checked by it, though it does not say so (Entra ID, one tenant only)."""

    also_at: tuple[str, ...] = ()
    """Further origins that its sign-in page stands at."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the browser is sent: scheme and host."""
        parts = urlsplit(self.issuer)
        return (f"{parts.scheme}://{parts.netloc}", *self.also_at)


def provider_of(council: Council) -> Provider | None:
    """The provider of a council, if it has one."""
    return providers().get(council.slug)


def providers() -> dict[str, Provider]:
    """Every provider, by the short name of its council. Raises Misconfigured."""
    return _read(settings.OPENID_FILE) if settings.OPENID_FILE else {}


@cache
def _read(path: str) -> dict[str, Provider]:
    try:
        found = msgspec.toml.decode(Path(path).read_bytes(), type=dict[str, Provider])
    except (OSError, msgspec.DecodeError) as error:
        raise wrong("MOOTHALL_OPENID", f"{error}.") from None
    for council, provider in found.items():
        if reason := _unsafe(provider):
            raise wrong("MOOTHALL_OPENID", f"[{council}] {reason}")
    return found


def _unsafe(provider: Provider) -> str:
    if not provider.issuer.startswith("https://") and settings.PRODUCTION:
        return "issuer does not begin with https://."
    if provider.trusts_email and any(each in provider.issuer for each in SHARED_TENANTS):
        return "trusts_email needs the issuer of one tenant: anybody can be the owner of a tenant of their own."
    return ""
