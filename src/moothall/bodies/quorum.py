"""How many members must be present (MTG-20), and who may vote on what (MTG-22). No database."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from moothall.core.wording import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Quorum:
    """A quorum rule: a share of the members, rounded up, but never fewer than a minimum."""

    share: Fraction = Fraction(1, 4)
    minimum: int = 3

    def needed(self, members: int) -> int:
        """How many must be present when the body has so many members."""
        return max(self.minimum, ceil(self.share * members))

    def explanation(self, members: int, words: Words = ENGLISH) -> str:
        """How the number was found, in words."""
        least = ceil(self.share * members)
        if least < self.minimum:
            said = words.gettext(
                "{share} of {members} members is {exact}, rounded up {least}; but never fewer than {minimum}. "
                "Quorum: {needed}."
            )
        else:
            said = words.gettext("{share} of {members} members is {exact}, rounded up {least}. Quorum: {needed}.")
        return said.format(
            share=f"{self.share.numerator}/{self.share.denominator}",
            members=members,
            exact=_plain(self.share * members),
            least=least,
            minimum=self.minimum,
            needed=self.needed(members),
        )


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}"


def vote_on(votes: str, *, education: bool, words: Words = ENGLISH) -> str:
    """Why a member with this vote may not vote on an item, or "" when they may.

    ``votes`` is all, education_only or none; ``education`` says that the item relates to education functions.
    """
    if votes == "none":
        return words.gettext("This member has no vote.")
    if votes == "education_only" and not education:
        return words.gettext("This member votes on questions of education only, and this item is none (MTG-22).")
    return ""
