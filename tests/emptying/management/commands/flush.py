"""Django's ``flush``, with the database's guards taken off meanwhile."""

from django.core.management.commands import flush

from moothall.councils import guards


class Command(flush.Command):
    """Empty every table."""

    def handle(self, **options):
        with guards.lifted(options["database"]):
            super().handle(**options)
