"""The app of the workspace."""

from django.apps import AppConfig


class Workspace(AppConfig):
    """Views, forms and templates; no table of its own."""

    name = "moothall.workspace"
