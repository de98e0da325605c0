"""Written pages in their folder: taken away for good by one renaming. No database.

Whoever serves them reaches them through a link to the folder of their set. A set that is taken away has another name,
which no link names: so a link that is put in place too late, by a process that was held up, leads nowhere.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from moothall.errors import Refused

GONE = ".gone"
SETS = "sets-"
"""How the folder of sets begins. What follows is random: another folder at the same place is not taken for it."""


class PagesRemain(Refused):
    """Written pages cannot be taken away from here; so nothing may be written that they would not show."""


def take_away(pages: Path) -> None:
    """Let nobody find a set of pages any more, also when the power fails; done already does no harm.

    Raises PagesRemain when the folder that holds it cannot be reached: then it may be served by another machine.
    """
    try:
        place = os.open(pages.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(FileNotFoundError):  # its folder is the one, so it is gone already
                os.rename(pages.name, f"{pages.name}{GONE}", src_dir_fd=place, dst_dir_fd=place)
            os.fsync(place)
        finally:
            os.close(place)
    except OSError as error:
        told = _(
            "Nothing was written: published pages stand in {folder}, and cannot be taken away from here ({why}). "
            "The administrator of the machine can: “moothall written”."
        )
        raise PagesRemain(told.format(folder=pages.parent, why=error.strerror)) from error


def take_all_away(root: Path) -> None:
    """Let nobody find any set of pages below a root, whether the database knows of it or not. Raises PagesRemain."""
    for pages in root.glob(f"{SETS}*/*/*"):
        if pages.suffix != GONE:
            take_away(pages)
