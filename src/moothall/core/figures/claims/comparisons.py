"""Two groups or places set against each other: "girls outperformed boys in writing", "reading is above national"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from moothall.core.figures.claims.dimensions import OWN, hits, settled, twins
from moothall.core.figures.claims.figure_comparisons import is_amount_by
from moothall.core.figures.claims.figure_values import is_share
from moothall.core.figures.claims.mentions import Line, Spot, pattern
from moothall.core.figures.claims.statements import Context, groups_in, subjects_in
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
"""Characters from "outperformed" to the amount by which."""


@dataclass(frozen=True, slots=True)
class Rivalry:
    """``one`` said to be above (or, ``above`` false, below) ``other``; each is a facet of one dimension."""

    line: Line
    start: int
    end: int
    word: str
    above: bool
    dimension: str = ""
    one: str = ""
    others: tuple[str, ...] = ()
    facets: dict[str, str] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    by: Spot | None = None


def rivalries(line: Line, context: Context) -> Iterator[Rivalry]:
    """The comparisons of a sentence between the two groups of a pair, or between the council and another place."""
    found = [(m, True) for m in _BETTER.finditer(line.low)] + [(m, False) for m in _WORSE.finditer(line.low)]
    for match, above in sorted(found, key=lambda hit: hit[0].start()):
        before = _last(line.low[: match.start()])
        after = line.low[match.end() :]
        cut = _CUT.search(after)
        after = after[: cut.start()] if cut else after
        if not _OTHER.search(before + after):
            made = Rivalry(line, *match.span(), match.group(), above, by=_by(line, match.end()))
            yield from _read(made, context, before, after)
    yield from _by_so_much(line, context)
    for match in _FOR.finditer(line.low):
        yield from _for(line, context, match)


def _by(line: Line, end: int) -> Spot | None:
    """The amount of "outperformed the girls in mathematics by 2%"."""
    after = [spot for spot in line.amounts() if spot.start >= end]
    near = bool(after) and after[0].start - end < REACH
    return after[0] if near and re.search(r"\bby\s+$", line.low[end : after[0].start]) else None


def _by_so_much(line: Line, context: Context) -> Iterator[Rivalry]:
    """ "Writing is 1% below statistical neighbours"."""
    for spot in line.amounts():
        match = _AMOUNT.match(line.low, spot.end)
        if match is None or not (is_share(spot.quantity) or spot.quantity.unit is Unit.POINTS):
            continue
        if not is_amount_by(line, spot, line.low[spot.end : match.start("way")]):
            continue  # "at 80%, above national": a value, not a difference
        after = line.low[match.end() :][:80]
        cut = _CUT.search(after)
        before = _last(line.low[: spot.start])
        above = match["way"] in ("above", "higher than", "ahead of")
        made = Rivalry(line, spot.start, match.end(), line.low[spot.start : match.end()], above, by=spot)
        if not _OTHER.search(before):
            yield from _read(made, context, before, after[: cut.start()] if cut else after)


def _last(text: str) -> str:
    ends = [m.end() for m in _OPENS.finditer(text)]
    return text[ends[-1] :] if ends else text


def _read(made: Rivalry, context: Context, before: str, after: str) -> Iterator[Rivalry]:
    if pattern("cautions", "negations", "wishes").search(before) or "n't" in before:
        return
    left, right = hits(before), hits(after)
    ours, theirs = groups_in(left), groups_in(right)
    places = tuple(dict.fromkeys(hit.meaning[1] for hit in right if hit.meaning[0] == "place"))
    facets = dict(context.facets) | ({"row": context.row} if context.row else {})
    facets |= settled(h.meaning for h in (*left, *right) if h.meaning[0] not in ("group", "subject", "place"))
    made = replace(made, facets=facets, subjects=subjects_in(after, right) or subjects_in(before, left))
    placed = any(hit.meaning[0] == "place" for hit in left) or OWN in places
    if len(theirs) == 1 and ours and twins().get(ours[-1]) == theirs[0] and not places:
        yield replace(made, dimension="group", one=ours[-1], others=theirs)
    elif places and not theirs and not placed and len(ours) <= 1 and (ours or not context.groups):
        facets |= {"group": ours[0]} if ours else {}
        yield replace(made, dimension="place", one=OWN, others=places, facets=facets)


def _for(line: Line, context: Context, match: re.Match[str]) -> Iterator[Rivalry]:
    """ "The proportion of boys and girls ... is higher for girls"."""
    before, after = _last(line.low[: match.start()]), line.low[match.end() :][:40]
    mine = groups_in(hits(after))
    if len(mine) != 1 or mine[0] not in twins() or _OTHER.search(before.rpartition(" and ")[2]):
        return
    both = groups_in(hits(before))
    if set(both) != {mine[0], twins()[mine[0]]} or pattern("cautions", "negations", "wishes").search(before):
        return
    found = hits(before)
    facets = context.facets | settled(h.meaning for h in found if h.meaning[0] not in ("group", "subject", "place"))
    yield Rivalry(
        line, match.start(), match.end(), match.group(), match[1] == "higher", "group", mine[0], (twins()[mine[0]],),
        dict(facets), subjects_in(before, found),
    )  # fmt: skip
