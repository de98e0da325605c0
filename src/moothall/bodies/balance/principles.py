"""An allocation, whoever made it, held against the four principles (LGHA 1989 s.15(5))."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import permutations

from moothall.bodies.balance.shares import (
    bounds_of,
    due_in_all,
    in_proportion,
    majority_of,
    quotas_of,
    sizes_of,
    told_group,
    totals_of,
)
from moothall.bodies.balance.transfers import cost_of, exchanges_of, giver_and_taker, may_move
from moothall.bodies.balance.values import NO_GROUP, Principle, Seats, Telling
from moothall.core.wording import ENGLISH, Words


def check(
    groups: Mapping[str, int],
    seats: Mapping[str, Seats],
    *,
    sub_committees: Collection[str] = (),
    ungrouped: int = 0,
    words: Words = ENGLISH,
) -> tuple[Principle, ...]:
    """Hold an allocation (body: group: seats), whoever made it, against the four principles.

    ``sub_committees`` names those of the bodies that are no ordinary committees.
    """
    sizes = sizes_of(groups, {body: sum(given.values()) for body, given in seats.items()}, ungrouped)
    ordinary = {body: given for body, given in seats.items() if body not in sub_committees}
    below = {body: given for body, given in seats.items() if body in sub_committees}
    proportion = words.gettext("All seats of ordinary committees together are shared in proportion.")
    return (
        _principle("a", words.gettext("No body is all of one group."), _against_a(seats, sizes, words)),
        _principle("b", _says_b(sizes, words), _against_b(seats, sizes, words)),
        _principle("c", proportion, _against_c(ordinary, sizes, words)),
        _principle(
            "d",
            words.gettext("Each body's seats are shared in proportion."),
            _against_d(ordinary, sizes, words) + _against_d_below(below, sizes, words),
        ),
    )


def _principle(letter: str, says: str, against: list[str]) -> Principle:
    return Principle(letter, not against, " ".join(against) or says)


def _all_of_one(seats: Mapping[str, Seats], sizes: Seats) -> Iterator[tuple[str, str]]:
    """Bodies all of one group, where that can be helped: more than one seat, and somebody else to sit there."""
    for body, given in seats.items():
        holders = [name for name, number in given.items() if number]
        if len(holders) == 1 and holders[0] != NO_GROUP and given[holders[0]] > 1 and len(sizes) > 1:
            yield body, holders[0]


def _against_a(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    told = words.gettext("All seats of {body} go to {group}.")
    return [told.format(body=body, group=name) for body, name in _all_of_one(seats, sizes)]


def _says_b(sizes: Seats, words: Words) -> str:
    name = majority_of(sizes)
    if name is None:
        return words.gettext("No group has a majority.")
    return words.gettext("{group} has a majority of the council, and of every body.").format(group=name)


def _against_b(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    name = majority_of(sizes)
    short = [body for body, given in seats.items() if name and 2 * given.get(name, 0) <= sum(given.values())]
    told = words.gettext("{group} has a majority of the council, but none on {body}.")
    return [told.format(group=name, body=body) for body in short]


def _against_c(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    """Where the totals are not in proportion, whichever way a tie is decided; seats of who is no group any more too."""
    if not seats:
        return []
    bodies = {body: sum(given.values()) for body, given in seats.items()}
    gone = {name: 0 for given in seats.values() for name, number in given.items() if number and name not in sizes}
    totals = totals_of(seats, {**sizes, **gone})
    if not gone and in_proportion(totals, sum(bodies.values()), sizes, bounds_of(sizes, bodies.values())):
        return []
    due = {**due_in_all(sizes, bodies, Telling([], words)), **gone}
    wrong = [name for name in totals if totals[name] != due[name]]
    told = words.gettext("{group} has {seats} seats in all and is due {due}.")
    return [told.format(group=told_group(name, words), seats=totals[name], due=due[name]) for name in wrong]


def _against_d(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    """Exchanges between bodies that would come nearer to the shares, where a group is a whole seat or more off."""
    found = min(exchanges_of({body: {**given} for body, given in seats.items()}, sizes), default=None)
    if found is None or not _whole_seat_off(seats, sizes):
        return []
    _, one, other, giver, taker = found
    told = words.gettext(
        "{one} and {other} would come nearer to the shares by exchanging a seat of {giver} for one of {taker}."
    )
    return [told.format(one=one, other=other, **giver_and_taker(giver, taker, words))]


def _against_d_below(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    """Seats of a sub-committee that would come nearer to its shares with another group, a whole seat or more off."""
    told = words.gettext("{body} would come nearer to the shares with a seat of {giver} given to {taker}.")
    off = {body: given for body, given in seats.items() if _whole_seat_off({body: given}, sizes)}
    moves = ((body, _nearer(given, sizes)) for body, given in off.items())
    return [told.format(body=body, **giver_and_taker(*move, words)) for body, move in moves if move is not None]


def _nearer(given: Seats, sizes: Seats) -> tuple[str, str] | None:
    bounds = bounds_of(sizes, [sum(given.values())])
    moves = [
        (cost_of(given, giver, taker, sizes), giver, taker)
        for giver, taker in permutations(sizes, 2)
        if may_move(given, giver, taker, bounds)
    ]
    cost, giver, taker = min(moves, default=(Fraction(0), "", ""))
    return (giver, taker) if cost < 0 else None


def _whole_seat_off(seats: Mapping[str, Seats], sizes: Seats) -> bool:
    return any(
        abs(given.get(name, 0) - quota) >= 1
        for given in seats.values()
        for name, quota in quotas_of(sum(given.values()), sizes).items()
    )
