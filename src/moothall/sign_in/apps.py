"""The app of signing in."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class SigningIn(AppConfig):
    """Ways in, and who was invited to take them."""

    name = "moothall.sign_in"

    def ready(self) -> None:
        from moothall.sign_in import checks, providers  # noqa: PLC0415 - models are not ready when this is read

        register(checks.check, Tags.security, deploy=True)
        register(checks.check_email, Tags.security)
        providers.providers()  # a file that cannot be used stops the start, not somebody's signing in
