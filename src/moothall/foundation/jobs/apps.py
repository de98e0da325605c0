"""The app of jobs."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """Jobs and their leases."""

    name = "moothall.foundation.jobs"
