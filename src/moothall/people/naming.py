"""How a person is named in papers (NAM-01): councillors with their office, never by surname alone."""

from __future__ import annotations

import re
import unicodedata

from moothall.core.wording import ENGLISH, Words


def member_name(plain_name: str, *, councillor: bool, words: Words = ENGLISH) -> str:
    """ "Councillor Anna Lee OBE"; a co-optee or an officer is named without "Councillor"."""
    return words.gettext("Councillor {name}").format(name=plain_name) if councillor else plain_name


def officer_name(plain_name: str, job_title: str) -> str:
    """An officer in a list of those present: "Sam Reed (Head of Legal)". In the body, only the job title."""
    return f"{plain_name} ({job_title})" if job_title else plain_name


LONGEST_SLUG = 80


def slug_of(name: str) -> str:
    """A name as it stands in an address: letters without accents, digits, hyphens; a long one ends with a word."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "person"
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]


def free_slug(name: str, taken: set[str]) -> str:
    """The slug of ``name``, numbered when somebody has it already."""
    slug = slug_of(name)
    number = 1
    found = slug
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found


def slug_after(name: str, *, slug: str, own: set[str], taken: set[str]) -> str:
    """The slug under a new name: the one that the thing has, or had before (``own``), if it fits; else a free one."""
    fits = re.compile(rf"{re.escape(slug_of(name))}(-\d+)?")
    known = (each for each in (slug, *sorted(own)) if fits.fullmatch(each))
    return next(known, None) or free_slug(name, taken)
