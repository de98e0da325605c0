"""The app of the audit log."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The audit log."""

    name = "moothall.foundation.audit"
