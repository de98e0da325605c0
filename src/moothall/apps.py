"""The app of the whole: it gives each part what it needs of the others when Django starts."""

from django.apps import AppConfig


class Moothall(AppConfig):
    """Moothall itself; no table of its own."""

    name = "moothall"

    def ready(self) -> None:
        from moothall import composition  # noqa: PLC0415 - models are not ready when this module is read

        composition.install()
