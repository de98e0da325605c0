"""Django's ``flush``, with the database's guards taken off meanwhile."""

from django.core.management.commands import flush

from moothall.foundation.councils import triggers


class Command(flush.Command):
    """Empty every table."""

    def handle(self, **options):
        with triggers.lifted(options["database"]):
            super().handle(**options)
