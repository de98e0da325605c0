"""Which host a passkey was made for: the only one that it opens."""

from __future__ import annotations

import hashlib

from allauth.mfa.models import Authenticator


def made_for(passkey: Authenticator, host: str) -> bool:
    """Whether a passkey was made for a host: what was signed when it was added says so."""
    made: bytes = passkey.wrap().authenticator_data.rp_id_hash
    return made == hashlib.sha256(host.encode()).digest()
