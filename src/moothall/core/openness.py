"""Open, exempt and confidential: what Schedule 12A says (MTG-10 to MTG-12), to be put into the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from moothall.core.wording import gettext_noop

# Local Government Act 1972, Schedule 12A, Part 1, as it stands for England since 1 March 2006 (SI 2006/88).
PARAGRAPHS: Mapping[int, str] = MappingProxyType(
    {
        1: gettext_noop("Information relating to any individual."),
        2: gettext_noop("Information which is likely to reveal the identity of an individual."),
        3: gettext_noop(
            "Information relating to the financial or business affairs of any particular person (including the "
            "authority holding that information)."
        ),
        4: gettext_noop(
            "Information relating to any consultations or negotiations, or contemplated consultations or "
            "negotiations, in connection with any labour relations matter arising between the authority or a Minister "
            "of the Crown and employees of, or office holders under, the authority."
        ),
        5: gettext_noop(
            "Information in respect of which a claim to legal professional privilege could be maintained in legal "
            "proceedings."
        ),
        6: gettext_noop(
            "Information which reveals that the authority proposes to give under any enactment a notice under or by "
            "virtue of which requirements are imposed on a person, or to make an order or direction under any "
            "enactment."
        ),
        7: gettext_noop(
            "Information relating to any action taken or to be taken in connection with the prevention, investigation "
            "or prosecution of crime."
        ),
    }
)


def paragraph_wording(number: int) -> str:
    """What paragraph ``number`` (1 to 7) of Part 1 of Schedule 12A describes. Raises KeyError."""
    return PARAGRAPHS[number]
