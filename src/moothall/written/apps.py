"""The app of written pages; no table of its own."""

from django.apps import AppConfig


class Written(AppConfig):
    """Found by its jobs."""

    name = "moothall.written"
