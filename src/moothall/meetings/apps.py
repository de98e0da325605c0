"""The app of meetings."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """Meetings and their calendar."""

    name = "moothall.meetings"
