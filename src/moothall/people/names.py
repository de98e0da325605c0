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


ONE_LETTER = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Letters that no decomposition takes apart, as an English list sorts them."""
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
WITHIN = str.maketrans(dict.fromkeys("'’‘ʼ`´.,"))


def as_typed(name: str) -> str:
    """A name without what two people type differently: capitals, spaces, the form of apostrophes."""
    return " ".join(name.casefold().translate(APOSTROPHES).split())


def sort_key(last_name: str, first_names: str) -> str:
    """By what persons are sorted: the surname as it is entered, particle and all, then the first names.

    Capitals, accents, apostrophes and full stops do not count; a hyphen counts as a space. So “O’Brien” stands with
    “OBrien”, “de Souza” under D, “Özil” under O, “Lee” before “Lee-Smith”.
    """
    return f"{_sorted_as(last_name)} ! {_sorted_as(first_names)}"


def _sorted_as(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-‐‑–]", " ", plain.translate(ONE_LETTER).translate(WITHIN)).split())


LONGEST_SLUG = 80


def slug_of(name: str) -> str:
    """A name as it stands in an address: letters without accents, digits, hyphens; a long one ends with a word."""
    plain = (
        unicodedata.normalize("NFKD", name.lower().translate(ONE_LETTER).translate(APOSTROPHES))
        .encode("ascii", "ignore")
        .decode()
    )
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
