"""A person must have the same telephone number, and the same spelling, throughout a pack.

The rule compares the number printed after a name with the number after the same name elsewhere. It also compares names
that have the same number and differ by a letter or two. A person may have two numbers, so a finding is suspicious.

Contradiction:
    Contact: Jane Whitfield 01225 395108

    Report author: Jane Whitfield Tel: 01225 394240

Agreement:
    Contact: Jane Whitfield 01225 395108

    Report author: Jane Whitfield Tel: (01225) 395108
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.model import Paper, Place
from moothall.core.figures.vocabulary import list_words

RULE = "contact-numbers"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
_PHONE: Final = re.compile(r"\(?\b0\d{2,4}\)?[ ]?\d{3,4}[ ]?\d{3,4}\b")
_NAME: Final = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-zA-Z'’-]+){1,2}")
REACH: Final = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """A name and the telephone number after it."""

    name: str
    digits: str
    place: Place
    printed: str


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every second number of a person and second spelling of a name."""
    people: dict[str, list[Contact]] = defaultdict(list)
    for contact in _find_contacts(paper):
        people[contact.name].append(contact)
    for contacts in people.values():
        yield from _check_numbers(contacts)
    yield from _check_spellings(people)


def _find_contacts(paper: Paper) -> Iterator[Contact]:
    for line, text in enumerate(paper.lines, start=1):
        if not re.search(r"\b0\d", text):
            continue
        last = 0
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match.group())
            before = text[max(last, match.start() - REACH) : match.start()]
            last = match.end()
            if 10 <= len(digits) <= 11:
                place = Place(paper.name, line, *match.span(), paper.find_page(line))
                yield from (Contact(name, digits, place, match.group()) for name in _find_names(before))


def _find_names(text: str) -> list[str]:
    """Return the names in a text, without tags and job titles. Join names that a line break hyphenated."""
    bare = re.sub(r"<[^<>]{0,60}>", " ", text).replace("- ", "-")
    found = []
    for match in _NAME.finditer(bare):
        words_ = match.group().split()
        while words_ and words_[-1].lower() in list_words("contacts", "job_words"):
            words_.pop()
        if len(words_) > 1 and not any(word.lower() in list_words("contacts", "job_words") for word in words_):
            found.append(" ".join(words_))
    return list(dict.fromkeys(found))


def _check_numbers(contacts: list[Contact]) -> Iterator[Finding]:
    """Yield each number that differs from every number beside the first mention of the person."""
    first = [contact for contact in contacts if contact.place.line == contacts[0].place.line]
    known = {contact.digits for contact in first}
    for contact in contacts:
        if contact.digits not in known and contact.place.line != first[0].place.line:
            other = first[0]
            message = (
                f"{contact.name} has the telephone number {contact.printed} here, "
                f"but {other.printed} on line {other.place.line}."
            )
            yield Finding(RULE, SEVERITY, message, contact.printed, contact.place, evidence=(other.place,), weight=1)


def _check_spellings(people: dict[str, list[Contact]]) -> Iterator[Finding]:
    by_number: dict[str, set[str]] = defaultdict(set)
    for name, contacts in people.items():
        for contact in contacts:
            by_number[contact.digits].add(name)
    for digits, names in by_number.items():
        for one, other in combinations(sorted(names), 2):
            if one.replace("-", " ") != other.replace("-", " ") and _is_near_spelling(one, other):
                rare, usual = sorted((one, other), key=lambda name: len(people[name]))
                contact = next(c for c in people[rare] if c.digits == digits)
                message = f"The name before this telephone number is spelt {rare} here, but {usual} elsewhere."
                places = tuple(c.place for c in people[usual])
                yield Finding(RULE, SEVERITY, message, contact.printed, contact.place, evidence=places, weight=1)


def _is_near_spelling(one: str, other: str) -> bool:
    """Return whether two names differ by one or two letters: added, missing, changed, or "rn" for "m"."""
    if abs(len(one) - len(other)) > 2:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return max(len(one), len(other)) - start - end <= 2
