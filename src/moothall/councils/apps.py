"""The app of councils; after every migration it lays the database's own guards anew."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Councils(AppConfig):
    """Councils, and the guards of every table."""

    name = "moothall.councils"

    def ready(self) -> None:
        post_migrate.connect(_lay_guards, dispatch_uid="moothall.guards")


def _lay_guards(*, using: str, **_: Any) -> None:
    from moothall.councils import guards  # noqa: PLC0415 - models are not ready when this module is read

    guards.lay(using)
