"""The app of people."""

from django.apps import AppConfig


class People(AppConfig):
    """Persons and their accounts."""

    name = "moothall.people"
