"""Writing a council's public pages as files, and putting them out as long as nothing was written meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from moothall.audit.public import edition
from moothall.audit.written import put_out
from moothall.councils.council import Council
from moothall.website.release import release
from moothall.written.folder import Sets, bring_to_disk, put
from moothall.written.kinds import as_served, file_of, told
from moothall.written.nginx import digest
from moothall.written.visiting import ask, visit

Alike = tuple[tuple[str, str], ...]


class Overtaken(Exception):
    """Something was written in the council, or a day began, while its pages were."""


def write(council: Council, root: Path) -> str:
    """Write a set of pages and put it out; says what became of it. Raises PagesRemain.

    The set is whole and on the disk, then the database knows of it, and only then a link leads to it. Wherever this
    ends, what is served is right, or nothing is.
    """
    day = council.today
    name = name_of(day)
    if name is None or len(settings.LANGUAGES) > 1:
        return "not today"
    sets = Sets(root, council.slug)
    pages, of = sets.new(), edition(council)
    before = sets.others(pages)
    try:
        alike = {host: _write_host(pages, before, host, council, of) for host in _hosts(council)}
    except Overtaken:
        return "overtaken"
    bring_to_disk(pages)
    if council.today != day or not put_out(council, pages, of=of, release=release()):
        return "overtaken"
    for host, headers in alike.items():
        sets.link(pages, headers=digest(headers), host=host, day=name)
    sets.clear_but(pages)
    return f"{sum(each.suffix != '.gz' for each in pages.rglob('*@.*'))} pages"


def name_of(day: dt.date) -> str | None:
    """A day as nginx tells it, with the offset of the council's clocks: "2014-07-01+01:00".

    So an nginx whose clock is set to another zone finds nothing, where it would begin the day at another moment. None
    for the two days a year on which the clocks change, and in a demonstration, whose day is not nginx's.
    """
    zone = timezone.get_default_timezone()
    hours = (dt.time.min, dt.time(12), dt.time(23, 59, 59))
    offsets = {f"{dt.datetime.combine(day, hour, zone):%z}" for hour in hours}
    if len(offsets) > 1 or settings.DEMO_DAY:
        return None
    offset = offsets.pop()
    return f"{day.isoformat()}{offset[:3]}:{offset[3:]}"


def _hosts(council: Council) -> list[str]:
    return list(council.domains.order_by("host").values_list("host", flat=True))


def _write_host(pages: Path, before: Sequence[Path], host: str, council: Council, of: str) -> Alike:
    """Write what a host shows; gives the headers that all its pages have alike. Raises Overtaken.

    Files of pages that are the same in one of the sets ``before`` are not written again.
    """
    home = ask(host, "/")
    alike = told(home.headers).alike if home else ()
    for page in visit(host):
        if edition(council) != of:
            raise Overtaken
        file = file_of(page.address)
        if file and told(page.headers) == as_served(page.address, alike):
            place = Path(host, file.removeprefix("/"))
            put(pages / place, page.body, before=[each / place for each in before])
    return alike
