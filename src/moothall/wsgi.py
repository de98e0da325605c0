"""The application for a WSGI server: ``granian --interface wsgi moothall.wsgi:application``."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads every view now, and not while somebody waits
gc.collect()
gc.freeze()  # what is loaded lives as long as the process: looking through it again held a page up for 60 ms
