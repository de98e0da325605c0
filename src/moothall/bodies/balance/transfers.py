"""Single seats moved for the totals (c), and exchanged between bodies for the shares (d)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations, product

from moothall.bodies.balance.shares import bounds_of, quotas_of, told_group, totals_of
from moothall.bodies.balance.values import Bounds, Seats, Telling
from moothall.core.wording import Words


def move_seats(seats: Mapping[str, Seats], due: Seats, sizes: Seats, telling: Telling) -> None:
    """Move single seats from groups that have too many in all to those that have too few (c)."""
    while moves := list(_moves(seats, due, sizes)):
        _, body, giver, taker = min(moves)
        seats[body][giver] -= 1
        seats[body][taker] += 1
        told = telling.words.gettext(
            "{body}: one seat moves from {giver} to {taker}, so that the totals are in proportion (c)."
        )
        after = {body: {name: seats[body][name] for name in (giver, taker)}}
        telling.tell(told.format(body=body, **giver_and_taker(giver, taker, telling.words)), after)


def giver_and_taker(giver: str, taker: str, words: Words) -> dict[str, str]:
    return {"giver": told_group(giver, words), "taker": told_group(taker, words)}


def _moves(seats: Mapping[str, Seats], due: Seats, sizes: Seats) -> Iterator[tuple[Fraction, str, str, str]]:
    totals = totals_of(seats, sizes)
    givers = [name for name in sizes if totals[name] > due[name]]
    takers = [name for name in sizes if totals[name] < due[name]]
    for body, given in seats.items():
        bounds = bounds_of(sizes, [sum(given.values())])
        for giver in givers:
            for taker in takers:
                if may_move(given, giver, taker, bounds):
                    yield cost_of(given, giver, taker, sizes), body, giver, taker


def exchange_seats(seats: Mapping[str, Seats], sizes: Seats, telling: Telling) -> None:
    """Exchange seats between two bodies, which leaves the totals (c) as they are, as long as (d) gains by it."""
    while exchanges := list(exchanges_of(seats, sizes)):
        _, one, other, giver, taker = min(exchanges)
        for body, gives, takes in ((one, giver, taker), (other, taker, giver)):
            seats[body][gives] -= 1
            seats[body][takes] += 1
        told = telling.words.gettext(
            "{one} and {other} exchange a seat of {giver} for one of {taker}, nearer to the shares (d)."
        )
        after = {body: {name: seats[body][name] for name in (giver, taker)} for body in (one, other)}
        telling.tell(told.format(one=one, other=other, **giver_and_taker(giver, taker, telling.words)), after)


def exchanges_of(seats: Mapping[str, Seats], sizes: Seats) -> Iterator[tuple[Fraction, str, str, str, str]]:
    moves = [
        (cost_of(given, giver, taker, sizes), body, giver, taker)
        for body, given in seats.items()
        for giver, taker in permutations(sizes, 2)
        if may_move(given, giver, taker, bounds_of(sizes, [sum(given.values())]))
    ]
    for (cost, one, giver, taker), (back, other, gives, takes) in product(moves, moves):
        if (giver, taker) == (takes, gives) and one != other and cost + back < 0:
            yield cost + back, one, other, giver, taker


def may_move(given: Seats, giver: str, taker: str, bounds: Bounds) -> bool:
    return given.get(giver, 0) > bounds[giver][0] and given.get(taker, 0) < bounds[taker][1]


def cost_of(given: Seats, giver: str, taker: str, sizes: Seats) -> Fraction:
    """How much further from the shares of a body a move of one seat leads (squares; below 0: nearer)."""
    quotas = quotas_of(sum(given.values()), sizes)
    moved = (given.get(giver, 0) - 1 - quotas[giver]) ** 2 + (given.get(taker, 0) + 1 - quotas[taker]) ** 2
    return moved - (given.get(giver, 0) - quotas[giver]) ** 2 - (given.get(taker, 0) - quotas[taker]) ** 2
