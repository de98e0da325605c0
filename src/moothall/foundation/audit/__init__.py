"""The log of who did what: a chain of entries per council, each holding the digest of the one before it."""
