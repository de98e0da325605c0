"""A passkey in software: what a security key does, so that a whole ceremony can be tested."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One key for one host."""

    def __init__(self, host, scheme="https"):
        self.origin, self.host = f"{scheme}://{host}", host
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.user = b""
        self.count = 0

    def create(self, options):
        """What the browser sends when a key is added."""
        public = options["publicKey"]
        self.user = websafe_decode(public["user"]["id"])
        attested = AttestedCredentialData.create(bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key()))
        attestation = AttestationObject.create("none", self._data(attested), {})
        client = self._client(CollectedClientData.TYPE.CREATE, public["challenge"])
        return self._said(clientDataJSON=client, attestationObject=attestation)

    def get(self, options):
        """What the browser sends when the key is used."""
        client = self._client(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        data = self._data()
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._said(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user)

    def _data(self, attested=None):
        self.count += 1
        flags = PRESENT_AND_VERIFIED | (AuthenticatorData.FLAG.AT if attested else 0)
        digest = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(digest, flags, self.count, bytes(attested) if attested else b"")

    def _client(self, kind, challenge):
        return CollectedClientData.create(kind, challenge, self.origin)

    def _said(self, **response):
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {name: websafe_encode(bytes(value)) for name, value in response.items()},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
