"""What the database keeps and must not tell: encrypted with the installation's key, which no copy of it holds."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str, *, purpose: str) -> str:
    """A secret as the database keeps it; it opens for the same purpose only."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """A secret as it was. Raises InvalidToken when it was sealed with another key, or for another purpose."""
    return _fernet(purpose).decrypt(sealed.encode()).decode()


def _fernet(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key), purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    digest = salted_hmac(f"moothall.sign_in.{purpose}", "fernet", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(hashlib.sha256(digest).digest())
