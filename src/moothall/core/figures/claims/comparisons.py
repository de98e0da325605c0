"""Comparisons of groups or places, as in "girls outperformed boys in writing"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from moothall.core.figures.claims.dimensions import OWN, find_matches, map_complements, resolve_facets
from moothall.core.figures.claims.figure_comparisons import is_amount_by
from moothall.core.figures.claims.figure_values import is_share
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.claims.statements import Context, find_groups, find_subjects
from moothall.core.figures.model import Unit

_BETTER: Final = re.compile(
    r"\b(?:outperform(?:s|ed)?|out perform(?:s|ed)?|"
    r"(?:performed|perform|performing|attain|attained|did) (?:better|more highly) than|"
    r"(?:is|are|was|were|remains?|remained) (?:higher|better|greater) than|"
    r"(?:is|are|was|were|remains?|remained) (?:also |now |still |well |slightly |significantly )?above)\b"
)
_WORSE: Final = re.compile(
    r"\b(?:underperform(?:s|ed)?|(?:performed|perform) (?:worse|less well) than|"
    r"(?:is|are|was|were|remains?|remained) (?:lower|worse) than|"
    r"(?:is|are|was|were|remains?|remained) (?:also |now |still |well |slightly |significantly )?below)\b"
)
_FOR: Final = re.compile(r"\b(?:is|are|was|were) (higher|lower) for\b")
_CUT: Final = re.compile(
    r"\band (?:the|their|its)\b|[;(]|\.\s|,\s(?!\w+ and \w+)|"
    r"\b(?:but|however|although|whereas|by|despite|while|which|because|with)\b"
)
_AMOUNT: Final = re.compile(
    r"\s*(?:percentage points?|points?|pp)?\s*(?P<way>above|below|higher than|lower than|ahead of|behind)\b"
)
_OPENS: Final = re.compile(r"[;]|\.\s|\b(?:but|however|although|whereas|despite|while|which)\b")
_OTHER: Final = re.compile(r"\b(?:rate of|improvement|increase|gap|gaps|rates? of progress|target|expectations)\b")


REACH: Final = 60
"""The most characters between "outperformed" and the amount."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement that ``one`` is above ``others`` (or below, if ``above`` is false).

    ``one`` and ``others`` are values of ``dimension``.
    """

    text: SentenceText
    start: int
    end: int
    word: str
    above: bool
    dimension: str = ""
    one: str = ""
    others: tuple[str, ...] = ()
    facets: dict[str, str] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    by: Mention | None = None


def find_comparisons(text: SentenceText, context: Context) -> Iterator[Comparison]:
    """Yield the comparisons of a sentence between a group and its complement, or the council and another place."""
    found = [(m, True) for m in _BETTER.finditer(text.low)] + [(m, False) for m in _WORSE.finditer(text.low)]
    for match, above in sorted(found, key=lambda match: match[0].start()):
        before = _cut_last_clause(text.low[: match.start()])
        after = text.low[match.end() :]
        cut = _CUT.search(after)
        after = after[: cut.start()] if cut else after
        if not _OTHER.search(before + after):
            made = Comparison(text, *match.span(), match.group(), above, by=_find_amount_by(text, match.end()))
            yield from _read_comparison(made, context, before, after)
    yield from _find_comparisons_by_amount(text, context)
    for match in _FOR.finditer(text.low):
        yield from _read_comparison_for(text, context, match)


def _find_amount_by(text: SentenceText, end: int) -> Mention | None:
    """Return the amount in phrases such as "outperformed the girls in mathematics by 2%"."""
    after = [mention for mention in text.list_amounts() if mention.start >= end]
    near = bool(after) and after[0].start - end < REACH
    return after[0] if near and re.search(r"\bby\s+$", text.low[end : after[0].start]) else None


def _find_comparisons_by_amount(text: SentenceText, context: Context) -> Iterator[Comparison]:
    """Yield comparisons such as "Writing is 1% below statistical neighbours"."""
    for mention in text.list_amounts():
        match = _AMOUNT.match(text.low, mention.end)
        if match is None or not (is_share(mention.quantity) or mention.quantity.unit is Unit.POINTS):
            continue
        if not is_amount_by(text, mention, text.low[mention.end : match.start("way")]):
            continue  # "at 80%, above national": a value, not a difference
        after = text.low[match.end() :][:80]
        cut = _CUT.search(after)
        before = _cut_last_clause(text.low[: mention.start])
        above = match["way"] in ("above", "higher than", "ahead of")
        made = Comparison(text, mention.start, match.end(), text.low[mention.start : match.end()], above, by=mention)
        if not _OTHER.search(before):
            yield from _read_comparison(made, context, before, after[: cut.start()] if cut else after)


def _cut_last_clause(text: str) -> str:
    ends = [m.end() for m in _OPENS.finditer(text)]
    return text[ends[-1] :] if ends else text


def _read_comparison(made: Comparison, context: Context, before: str, after: str) -> Iterator[Comparison]:
    if compile_pattern("cautions", "negations", "wishes").search(before) or "n't" in before:
        return
    left, right = find_matches(before), find_matches(after)
    ours, theirs = find_groups(left), find_groups(right)
    places = tuple(dict.fromkeys(match.meaning[1] for match in right if match.meaning[0] == "place"))
    facets = dict(context.facets) | ({"row": context.row} if context.row else {})
    facets |= resolve_facets(h.meaning for h in (*left, *right) if h.meaning[0] not in ("group", "subject", "place"))
    made = replace(made, facets=facets, subjects=find_subjects(after, right) or find_subjects(before, left))
    placed = any(match.meaning[0] == "place" for match in left) or OWN in places
    if len(theirs) == 1 and ours and map_complements().get(ours[-1]) == theirs[0] and not places:
        yield replace(made, dimension="group", one=ours[-1], others=theirs)
    elif places and not theirs and not placed and len(ours) <= 1 and (ours or not context.groups):
        facets |= {"group": ours[0]} if ours else {}
        yield replace(made, dimension="place", one=OWN, others=places, facets=facets)


def _read_comparison_for(text: SentenceText, context: Context, match: re.Match[str]) -> Iterator[Comparison]:
    """Yield comparisons such as "The proportion of boys and girls ... is higher for girls"."""
    before, after = _cut_last_clause(text.low[: match.start()]), text.low[match.end() :][:40]
    mine = find_groups(find_matches(after))
    if len(mine) != 1 or mine[0] not in map_complements() or _OTHER.search(before.rpartition(" and ")[2]):
        return
    both = find_groups(find_matches(before))
    if set(both) != {mine[0], map_complements()[mine[0]]} or compile_pattern("cautions", "negations", "wishes").search(
        before
    ):
        return
    found = find_matches(before)
    facets = context.facets | resolve_facets(
        h.meaning for h in found if h.meaning[0] not in ("group", "subject", "place")
    )
    yield Comparison(
        text,
        *match.span(),
        match.group(),
        match[1] == "higher",
        dimension="group",
        one=mine[0],
        others=(map_complements()[mine[0]],),
        facets=dict(facets),
        subjects=find_subjects(before, found),
    )
