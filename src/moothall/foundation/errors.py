"""What can be refused, in words for the person who asked.

Refused
├── RuleBroken    a rule of the handbook or of the council forbids it
├── NotAllowed    the person may not do it
├── NotThere      it does not exist, or does not exist for this person
└── StaleObject   somebody else changed it in the meantime
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class Refused(Exception):
    """Something a person asked for was not done; nothing was written. The message says why, and what to do.

    ``code`` names the reason in a few words ("name-taken"). It stays the same when the message is rewritten.
    """

    code: str = ""


class RuleBroken(Refused):
    """A rule forbids it. ``rule`` is its number in the handbook, or "" for a rule of plain consistency."""

    def __init__(self, rule: str, message: str, *, code: str = "", field: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.code = code
        self.field = field


class NotAllowed(Refused):
    """The person may not do this; the message says who may."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class NotThere(Refused):
    """There is no such thing, as far as this person may know."""

    code = "not-there"

    def __init__(self, message: str = "There is no such thing.") -> None:
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people want to be different things."""

    field: str
    now: str
    yours: str

    def __str__(self) -> str:
        return f"{self.field}: now “{self.now}”, yours “{self.yours}”"


class StaleObject(Refused):
    """Somebody else changed the thing after it was read. ``differences`` are the fields to be looked at again."""

    code = "changed-meanwhile"

    def __init__(self, differences: Sequence[Difference], *, by: str = "", at: str = "") -> None:
        self.differences = tuple(differences)
        self.by, self.at = by, at
        who = f" by {by}" if by else ""
        when = f" at {at}" if at else ""
        told = "; ".join(str(each) for each in self.differences) or "none of the fields that you changed"
        super().__init__(f"This was changed{who}{when} while you were editing it. Compare: {told}.")
