"""The app of signing in."""

from django.apps import AppConfig


class SigningIn(AppConfig):
    """Ways in, and who was invited to take them."""

    name = "moothall.signing_in"

    def ready(self) -> None:
        from moothall.signing_in import providers  # noqa: PLC0415 - models are not ready when this module is read

        providers.providers()  # a file that cannot be used stops the start, not somebody's signing in
