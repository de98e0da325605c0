"""Signing in: invitations, passwords, second factors, passkeys, a council's own provider, sessions."""
