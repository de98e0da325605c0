"""The settings of the tests: SQLite in memory, or the database of DATABASE_URL."""

import os
import tempfile
from pathlib import Path

os.environ["MOOTHALL_MODE"] = "test"
os.environ["MOOTHALL_DATA"] = str(Path(tempfile.gettempdir()) / "moothall-tests")

from moothall.settings import *  # noqa: F403 - the product's own settings, in test mode
from moothall.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.emptying"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; no test is about its strength
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
