"""The app of councils; around every migration it takes the database's own guards off, and lays them anew."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class Councils(AppConfig):
    """Councils, and the guards of every table."""

    name = "moothall.foundation.councils"

    def ready(self) -> None:
        pre_migrate.connect(_take_guards_off, dispatch_uid="moothall.guards.off")
        post_migrate.connect(_lay_guards, dispatch_uid="moothall.guards")


def _take_guards_off(*, using: str, plan: Sequence[Any], **_: Any) -> None:
    """SQLite rebuilds a table under another name, and gives it its own back only where no guard of another asks for it.

    Where a migration fails they stay off until the next one; the site does not start while its tables are behind.
    """
    from moothall.foundation.councils import triggers  # noqa: PLC0415 - models are not ready when this module is read

    if plan and connections[using].vendor == "sqlite":
        triggers.take_off(using)


def _lay_guards(*, using: str, **_: Any) -> None:
    from moothall.foundation.councils import triggers  # noqa: PLC0415 - models are not ready when this module is read

    triggers.lay(using)
