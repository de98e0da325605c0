"""The app of the design."""

from django.apps import AppConfig


class Design(AppConfig):
    """Templates, static files and form rendering; no table of its own."""

    name = "moothall.design_system"
