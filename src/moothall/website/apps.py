"""The app of the website."""

from django.apps import AppConfig


class Website(AppConfig):
    """Views and templates for anyone; no table of its own."""

    name = "moothall.website"
