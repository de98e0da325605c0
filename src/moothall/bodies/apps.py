"""The app of bodies."""

from django.apps import AppConfig


class Bodies(AppConfig):
    """Bodies and their members."""

    name = "moothall.bodies"
