"""Amounts in a sentence, with what they measure, as in "3% in reading, 1% in writing"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from moothall.core.figures.claims.dimensions import OWN, Facet, find_matches, map_complements, resolve_facets
from moothall.core.figures.claims.figure_values import is_share
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.claims.phrases import PhraseMatch
from moothall.core.figures.claims.statements import Context, find_groups, find_subjects
from moothall.core.figures.model import Role, Unit

_AFTER: Final = re.compile(
    r"^\s*[),]*\s*(?:percentage points?|points?|pp)?\s*(?:improvement |increase |rise |dip |fall |drop )?"
    r"(?:in|for|of|at|among|achieved|nationally|national)\b"
)
_CUT: Final = re.compile(
    r"[;]|\.\s|\b(?:compared|against|whereas|but|which|this is|than|the same as|higher|lower|above|below|in line)\b"
)
_LINK: Final = re.compile(
    r"\b(?:compared (?:to|with)|against|higher than|lower than|above|below|the same as|in line with|than)\b"
    r"|^\s*\)?\s*/\s*"
)
_BETWEEN: Final = re.compile(
    r"^\s*(?:percentage points?|points?|pp)?\s*(?:above|below|higher|lower|more|less|fewer|better|worse|ahead|behind|"
    r"over|under|wider|bigger|smaller)\b"
)
_RATE: Final = re.compile(r"\b(?:rate of (?:improvement|increase|progress|change)|improvement|increase)\b")
_MOVED_BY: Final = re.compile(
    r"\b(?:by|improvement of|increase of|dip of|fall of|rise of|decrease of|reduction of|drop of)\s*$"
)
_GAP: Final = re.compile(r"\bgaps?\b")
_GOES_ON: Final = re.compile(r"^[\s,)%]*(?:and|in|for|,|at|\s)*")
_PAIR: Final = re.compile(r"^\s*%?\s*(?:/|compared (?:to|with)|against|vs?\.?)\s*$")
_BAR: Final = re.compile(r"\b(?:floor|target|targets|threshold|benchmark|standard|expected to|limit|maximum|minimum)\b")
LINKED: Final = 45
"""The most characters between a comparison and the figure that it governs."""
MATTER: Final = ("subject", "level", "stage", "row")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a sentence and what it measures.

    ``change`` is true if it is the size of a change. ``named`` is true if the sentence itself names what it measures.
    ``sign`` is 1 or -1 if a word gives the direction.
    """

    mention: Mention
    facets: dict[str, str] = field(default_factory=dict)
    change: bool = False
    gap: bool = False
    named: bool = False
    sign: int = 0
    ambiguous: bool = False  # it may measure two things: only the next figure may use it

    @property
    def matters(self) -> int:
        """Return how many facets name what the figure measures, not counting group and place."""
        return sum(dimension in self.facets for dimension in MATTER)


def find_amounts(text: SentenceText, context: Context) -> Iterator[Amount]:
    """Yield the shares and points of a sentence with their facets. Leave out ambiguous ones."""
    binder = _AmountBinder(text, context)
    return (made for made in binder.bind_all() if made.facets and not made.ambiguous)


class _AmountBinder:
    def __init__(self, text: SentenceText, context: Context) -> None:
        self.text = text
        self.context = context
        self.groups = context.groups
        inside = [(hit.start, hit.end) for hit in find_matches(text.low)]
        kinds = (Unit.POINTS, Unit.NUMBER, Unit.COUNT)
        self.mentions = [
            mention
            for mention in text.list_amounts()
            if (is_share(mention.quantity) or mention.quantity.unit in kinds)
            and not any(start <= mention.start and mention.end <= end for start, end in inside)
        ]

    def bind_all(self) -> Iterator[Amount]:
        previous: Amount | None = None
        paired = self.find_pairs()
        for nth, mention in enumerate(self.mentions):
            left = self.mentions[nth - 1].end if nth else 0
            right = self.mentions[nth + 1].start if nth + 1 < len(self.mentions) else len(self.text.low)
            before, after = self.text.low[left : mention.start], self.text.low[mention.end : right]
            if _BAR.search(before):
                previous = None
                continue
            previous = self.bind_amount(mention, before, after, previous, paired.get(nth))
            if previous:
                yield previous

    def find_pairs(self) -> dict[int, Facet]:
        """Return the group or place of figures given in pairs, by index.

        Examples: "girls better than boys, 69% compared to 56%", "above the national average (80% compared to 79%)".
        """
        found: dict[int, Facet] = {}
        for nth, (one, other) in enumerate(zip(self.mentions, self.mentions[1:], strict=False)):
            if not _PAIR.match(self.text.get_text_between(one, other)):
                continue
            left = self.mentions[nth - 1].end if nth else 0
            before = self.text.low[left : one.start]
            link = compile_pattern("comparisons", "above", "below").search(before) or re.search(
                r"\bthan\b|\boutperform", before
            )
            if link is None:
                continue
            named = find_matches(before)
            groups = find_groups(named)
            if len(groups) == 2 and map_complements().get(groups[0]) == groups[1]:
                found[nth], found[nth + 1] = ("group", groups[0]), ("group", groups[1])
            elif not groups and (places := [h for h in named if h.meaning[0] == "place" and h.start > link.start()]):
                found[nth], found[nth + 1] = ("place", OWN), places[-1].meaning
        return found

    def bind_amount(
        self, mention: Mention, full: str, after: str, previous: Amount | None, fixed: Facet | None
    ) -> Amount | None:
        before = full if fixed else _cut_tail(full)
        ahead = after[: match.start()] if (match := _CUT.search(after)) else after
        reaches = bool(_AFTER.match(ahead)) and not fixed
        found = _merge_matches(find_matches(before), find_matches(ahead) if reaches else [])
        if fixed:
            found = [hit for hit in found if hit.meaning[0] != fixed[0]]
        if previous is not None and mention.quantity.role is Role.TO and previous.mention.quantity.role is Role.FROM:
            return Amount(mention, previous.facets, False, previous.gap, previous.named)
        is_moved = _is_moved_by(before, previous)
        if not is_moved and _is_difference(before, after, fixed):
            return None
        linked = previous is not None and not fixed and bool(_LINK.search(before))
        if linked and not any(hit.meaning[0] in ("place", "group") for hit in found):
            return None
        goes_on = previous is not None and not linked and not is_moved and _continues_list(before, find_matches(before))
        base = self.find_base_facets(previous, linked, goes_on, fixed)
        facets, sure = self.combine_facets(base, found, before, ahead if reaches else "", linked)
        if fixed:
            facets[fixed[0]] = fixed[1]
        carried = previous if (linked or goes_on) else None
        change = self.is_change(mention, before, full) or bool(carried and carried.change)
        gap = bool(_GAP.search(before[-LINKED:])) or mention.quantity.role is Role.GAP or bool(carried and carried.gap)
        return Amount(
            mention,
            facets,
            change,
            gap,
            bool(found) or bool(fixed),
            _find_sign(full, after) if not gap else 0,
            not sure,
        )

    def find_base_facets(
        self, previous: Amount | None, linked: bool, goes_on: bool, fixed: Facet | None
    ) -> dict[str, str]:
        base = dict(self.context.facets)
        if self.context.row:
            base["row"] = self.context.row
        if previous is not None and (linked or goes_on or (fixed and previous.facets)):
            base = dict(previous.facets)
            base.pop("place", None)
            if goes_on:
                base["place"] = previous.facets.get("place", OWN)
                base.pop("subject", None)
        return base

    def combine_facets(
        self, base: dict[str, str], found: Sequence[PhraseMatch[Facet]], before: str, ahead: str, linked: bool
    ) -> tuple[dict[str, str], bool]:
        here = find_groups(found)
        self.groups = here or self.groups
        subjects = find_subjects(ahead or before, [hit for hit in found if hit.meaning[0] == "subject"])
        if len(subjects) > 1 and not ahead:
            close = [hit for hit in find_matches(before[-LINKED:]) if hit.meaning[0] == "subject"]
            subjects = find_subjects("", close) or subjects
        facets = base | resolve_facets(h.meaning for h in found if h.meaning[0] not in ("group", "subject"))
        facets |= {"subject": subjects[0]} if subjects else {}
        one = self.groups and (len(set(self.groups)) == 1 or _GAP.search(before))
        if one and not (linked and "place" in facets):
            facets["group"] = self.groups[-1]
        sure = len(subjects) <= 1 and (
            len(here) <= 1 or bool(_GAP.search(before)) or bool(map_complements().get(here[0]) == here[1])
        )
        return facets, sure

    def is_change(self, mention: Mention, before: str, full: str) -> bool:
        if mention.quantity.role in (Role.FROM, Role.TO, Role.GAP):
            return False
        if mention.quantity.role is Role.BY or _MOVED_BY.search(before):
            return not compile_pattern("comparisons", "above", "below").search(before)
        ahead = self.text.low[mention.end : mention.end + 24].lstrip(" %")
        if compile_pattern("directions", "up", "down", "better", "worse").match(ahead):
            return True
        return bool(_RATE.search(full)) and bool(_LINK.search(full))


def _merge_matches(behind: list[PhraseMatch[Facet]], ahead: list[PhraseMatch[Facet]]) -> list[PhraseMatch[Facet]]:
    dimensions = {hit.meaning[0] for hit in ahead}
    return [hit for hit in behind if hit.meaning[0] not in dimensions] + ahead


def _is_difference(before: str, after: str, fixed: Facet | None) -> bool:
    """Return whether a figure is a difference between two things, as in "4% above national"."""
    if _BETWEEN.match(after) or (
        _MOVED_BY.search(before) and compile_pattern("comparisons", "above", "below").search(before)
    ):
        return True
    return not fixed and bool(compile_pattern("comparisons", "above", "below").search(_LINK.sub("", before, count=1)))


def _is_moved_by(before: str, previous: Amount | None) -> bool:
    """Return whether "by" or "an increase of" precedes the figure and a word of direction governs it."""
    if not _MOVED_BY.search(before):
        return False
    ways = compile_pattern("directions", "up", "down", "better", "worse", "narrower", "wider")
    compared = compile_pattern("comparisons", "above", "below").search(before)
    return bool(ways.search(before)) or (previous is not None and previous.change and not compared)


def _continues_list(before: str, found: Sequence[PhraseMatch[Facet]]) -> bool:
    """Return whether a figure continues a list, as in ", 1% in writing and 1% in mathematics"."""
    rest = before
    for hit in sorted(found, key=lambda hit: -hit.start):
        if hit.end <= len(before):
            rest = rest[: hit.start] + rest[hit.end :]
    return len(before) <= LINKED and not re.sub(r"\b(?:and|in|for|at|of|narrowed|by|from|to)\b|[\s,()%]", "", rest)


def _cut_tail(before: str) -> str:
    """Return the text before a figure from its last clause. For a comparison, keep only the second part."""
    ends = [m.end() for m in re.finditer(r"[;]|\.\s|\b(?:but|however|whereas|despite)\b", before)]
    tail = before[ends[-1] :] if ends else before
    links = list(_LINK.finditer(tail))
    if not links:
        return tail
    last = tail[links[-1].start() :]
    if len(last) <= LINKED:
        return last
    return re.split(r"\bwith\b|\band\b", last)[-1]


def _find_sign(full: str, after: str) -> int:
    text = full + after[:24]
    rises = bool(compile_pattern("directions", "up", "better").search(text))
    falls = bool(compile_pattern("directions", "down", "worse").search(text))
    return int(rises) - int(falls)
