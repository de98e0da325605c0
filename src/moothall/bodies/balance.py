"""Political balance: how many seats of each body each group is due (MTG-23, LGHA 1989 s.15(5)). No database.

The four principles, each subject to those before it:

(a) not all seats of a body go to one group;
(b) a group with a majority of the council has a majority on every body;
(c) the seats of all bodies together are shared in proportion to the groups' sizes;
(d) so are the seats of each body.

The way: share out all seats by largest remainder (c), keeping each group within what (a) and (b) allow; share out
each body's seats likewise (d); then move single seats between groups, where it costs (d) least, until the totals are
those of (c); then exchange seats between two bodies as long as that brings them nearer to (d). Every step is told. A
tie is decided for the larger group, then by name, and told: the council may decide otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product

NO_GROUP = "no group"

Seats = dict[str, int]
Bounds = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the computation, in words; ``tie`` when the council may decide it otherwise."""

    text: str
    tie: bool = False


@dataclass(frozen=True, slots=True)
class Principle:
    """Whether an allocation keeps to one of the four principles, and where not."""

    letter: str
    kept: bool
    text: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Seats by body and group, the totals, every step, and each principle checked."""

    seats: Mapping[str, Seats]
    totals: Seats
    steps: tuple[Step, ...]
    principles: tuple[Principle, ...]

    @property
    def ties(self) -> tuple[Step, ...]:
        """The steps that the council may decide otherwise."""
        return tuple(step for step in self.steps if step.tie)


def balance(groups: Mapping[str, int], bodies: Mapping[str, int], *, ungrouped: int = 0) -> Balance:
    """Share out the seats of ``bodies`` (name: seats) among ``groups`` (name: members of the council).

    ``ungrouped`` members are due seats together, as ``NO_GROUP``. Raises ValueError for an empty council, a group of
    fewer than two, or a body without seats.
    """
    sizes = _sizes(groups, bodies, ungrouped)
    steps: list[Step] = []
    due = _due_in_all(sizes, bodies, steps)
    seats = {body: _share(number, sizes, steps, body, _bounds(sizes, [number])) for body, number in bodies.items()}
    _move(seats, due, sizes, steps)
    _exchange(seats, sizes, steps)
    return Balance(seats, _totals(seats, sizes), tuple(steps), check(groups, seats, ungrouped=ungrouped))


def check(groups: Mapping[str, int], seats: Mapping[str, Seats], *, ungrouped: int = 0) -> tuple[Principle, ...]:
    """Hold an allocation (body: group: seats), whoever made it, against the four principles."""
    bodies = {body: sum(given.values()) for body, given in seats.items()}
    sizes = _sizes(groups, bodies, ungrouped)
    return (
        _principle("a", "No body is all of one group.", _against_a(seats, sizes)),
        _principle("b", _says_b(sizes), _against_b(seats, sizes)),
        _principle("c", "All seats together are shared in proportion.", _against_c(seats, sizes, bodies)),
        _principle("d", "Each body's seats are shared in proportion.", _against_d(seats, sizes)),
    )


def _sizes(groups: Mapping[str, int], bodies: Mapping[str, int], ungrouped: int) -> Seats:
    if any(size < 2 for size in groups.values()):
        raise ValueError("a political group has at least two members (MTG-23).")
    if any(number < 1 for number in bodies.values()):
        raise ValueError("a body has at least one seat.")
    sizes = {**groups, **({NO_GROUP: ungrouped} if ungrouped else {})}
    if not sizes:
        raise ValueError("the council has no members.")
    return sizes


def _majority(sizes: Seats) -> str | None:
    whole = sum(sizes.values())
    return next((name for name, size in sizes.items() if 2 * size > whole and name != NO_GROUP), None)


def _bounds(sizes: Seats, numbers: Collection[int]) -> Bounds:
    """The fewest seats of these bodies together that (b) gives each group, and the most that (a) does."""
    majority = _majority(sizes)
    least = sum(number // 2 + 1 for number in numbers)
    whole = sum(numbers)
    most = sum(max(number - 1, 1) for number in numbers) if len(sizes) > 1 else whole
    return {name: (least if name == majority else 0, whole if name == NO_GROUP else most) for name in sizes}


def _due_in_all(sizes: Seats, bodies: Mapping[str, int], steps: list[Step]) -> Seats:
    bounds = _bounds(sizes, bodies.values())
    return _share(sum(bodies.values()), sizes, steps, "all bodies together", bounds)


def _share(number: int, sizes: Seats, steps: list[Step], of: str, bounds: Bounds) -> Seats:
    """``number`` seats by largest remainder; a group out of bounds is put on the bound, the rest go to the others."""
    shared = _largest_remainder(number, sizes, steps, of)
    out = next((name for name in sizes if not bounds[name][0] <= shared[name] <= bounds[name][1]), None)
    if out is None:
        return shared
    least, most = bounds[out]
    given = min(max(shared[out], least), most)
    why = (
        f"has a majority of the council and gets {given} of {number} (b)"
        if shared[out] < least
        else (f"may not have all seats of a body and gets {given} of {number} (a)")
    )
    steps.append(Step(f"{of}: {out} {why}."))
    others = {name: size for name, size in sizes.items() if name != out}
    rest = _largest_remainder(number - given, others, steps, f"{of}, the others")
    return {name: given if name == out else rest[name] for name in sizes}


def _largest_remainder(number: int, sizes: Seats, steps: list[Step], of: str) -> Seats:
    quotas = _quotas(number, sizes)
    shared = {name: int(quota) for name, quota in quotas.items()}
    order = sorted(sizes, key=lambda name: (-(quotas[name] - shared[name]), -sizes[name], name))
    over = number - sum(shared.values())
    for name in order[:over]:
        shared[name] += 1
    steps.append(Step(f"{of}, {number} seats: {_told(quotas, shared)}."))
    _tell_tie(order, over, quotas, steps, of)
    return shared


def _tell_tie(order: list[str], over: int, quotas: Mapping[str, Fraction], steps: list[Step], of: str) -> None:
    if not 0 < over < len(order):
        return
    edge = quotas[order[over]] % 1
    tied = [name for name in order if quotas[name] % 1 == edge]
    if quotas[order[over - 1]] % 1 == edge:
        steps.append(Step(f"{of}: {' and '.join(tied)} are equally due the last seat; the council decides.", tie=True))


def _quotas(number: int, sizes: Seats) -> dict[str, Fraction]:
    whole = sum(sizes.values())
    return {name: Fraction(number * size, whole) for name, size in sizes.items()}


def _told(quotas: Mapping[str, Fraction], shared: Seats) -> str:
    return ", ".join(f"{name} {float(quota):.2f} -> {shared[name]}" for name, quota in quotas.items())


def _totals(seats: Mapping[str, Seats], sizes: Seats) -> Seats:
    return {name: sum(given.get(name, 0) for given in seats.values()) for name in sizes}


def _all_of_one(seats: Mapping[str, Seats], sizes: Seats) -> Iterator[tuple[str, str]]:
    """Bodies all of one group, where that can be helped: more than one seat, and somebody else to sit there."""
    for body, given in seats.items():
        holders = [name for name, number in given.items() if number]
        if len(holders) == 1 and holders[0] != NO_GROUP and given[holders[0]] > 1 and len(sizes) > 1:
            yield body, holders[0]


def _move(seats: Mapping[str, Seats], due: Seats, sizes: Seats, steps: list[Step]) -> None:
    """Move single seats from groups that have too many in all to those that have too few (c)."""
    while moves := list(_moves(seats, due, sizes)):
        _, body, giver, taker = min(moves)
        seats[body][giver] -= 1
        seats[body][taker] += 1
        steps.append(Step(f"{body}: one seat moves from {giver} to {taker}, so that the totals are in proportion (c)."))


def _moves(seats: Mapping[str, Seats], due: Seats, sizes: Seats) -> Iterator[tuple[Fraction, str, str, str]]:
    totals = _totals(seats, sizes)
    givers = [name for name in sizes if totals[name] > due[name]]
    takers = [name for name in sizes if totals[name] < due[name]]
    for body, given in seats.items():
        bounds = _bounds(sizes, [sum(given.values())])
        for giver in givers:
            for taker in takers:
                if _may_move(given, giver, taker, bounds):
                    yield _cost(given, giver, taker, sizes), body, giver, taker


def _exchange(seats: Mapping[str, Seats], sizes: Seats, steps: list[Step]) -> None:
    """Exchange seats between two bodies, which leaves the totals (c) as they are, as long as (d) gains by it."""
    while exchanges := list(_exchanges(seats, sizes)):
        _, one, other, giver, taker = min(exchanges)
        for body, gives, takes in ((one, giver, taker), (other, taker, giver)):
            seats[body][gives] -= 1
            seats[body][takes] += 1
        steps.append(
            Step(f"{one} and {other} exchange a seat of {giver} for one of {taker}, nearer to the shares (d).")
        )


def _exchanges(seats: Mapping[str, Seats], sizes: Seats) -> Iterator[tuple[Fraction, str, str, str, str]]:
    moves = [
        (_cost(given, giver, taker, sizes), body, giver, taker)
        for body, given in seats.items()
        for giver, taker in permutations(sizes, 2)
        if _may_move(given, giver, taker, _bounds(sizes, [sum(given.values())]))
    ]
    for (cost, one, giver, taker), (back, other, gives, takes) in product(moves, moves):
        if (giver, taker) == (takes, gives) and one != other and cost + back < 0:
            yield cost + back, one, other, giver, taker


def _may_move(given: Seats, giver: str, taker: str, bounds: Bounds) -> bool:
    return given.get(giver, 0) > bounds[giver][0] and given.get(taker, 0) < bounds[taker][1]


def _cost(given: Seats, giver: str, taker: str, sizes: Seats) -> Fraction:
    """How much further from the shares of a body a move of one seat leads (squares; below 0: nearer)."""
    quotas = _quotas(sum(given.values()), sizes)
    moved = (given.get(giver, 0) - 1 - quotas[giver]) ** 2 + (given.get(taker, 0) + 1 - quotas[taker]) ** 2
    return moved - (given.get(giver, 0) - quotas[giver]) ** 2 - (given.get(taker, 0) - quotas[taker]) ** 2


def _principle(letter: str, says: str, against: list[str]) -> Principle:
    return Principle(letter, not against, " ".join(against) or says)


def _against_a(seats: Mapping[str, Seats], sizes: Seats) -> list[str]:
    return [f"All seats of {body} go to {name}." for body, name in _all_of_one(seats, sizes)]


def _says_b(sizes: Seats) -> str:
    name = _majority(sizes)
    return f"{name} has a majority of the council, and of every body." if name else "No group has a majority."


def _against_b(seats: Mapping[str, Seats], sizes: Seats) -> list[str]:
    name = _majority(sizes)
    short = [body for body, given in seats.items() if name and 2 * given.get(name, 0) <= sum(given.values())]
    return [f"{name} has a majority of the council, but none on {body}." for body in short]


def _against_c(seats: Mapping[str, Seats], sizes: Seats, bodies: Mapping[str, int]) -> list[str]:
    steps: list[Step] = []
    due, totals = _due_in_all(sizes, bodies, steps), _totals(seats, sizes)
    wrong = [name for name in sizes if totals[name] != due[name]]
    if len(wrong) == 2 and any(step.tie for step in steps) and _are_tied(wrong, sum(bodies.values()), sizes):
        return []
    return [f"{name} has {totals[name]} seats in all and is due {due[name]}." for name in wrong]


def _are_tied(names: list[str], number: int, sizes: Seats) -> bool:
    quotas = _quotas(number, sizes)
    return len({quotas[name] % 1 for name in names}) == 1


def _against_d(seats: Mapping[str, Seats], sizes: Seats) -> list[str]:
    """Exchanges between bodies that would come nearer to the shares, where a group is a whole seat or more off."""
    found = min(_exchanges({body: {**given} for body, given in seats.items()}, sizes), default=None)
    if found is None or not _whole_seat_off(seats, sizes):
        return []
    _, one, other, giver, taker = found
    return [f"{one} and {other} would come nearer to the shares by exchanging a seat of {giver} for one of {taker}."]


def _whole_seat_off(seats: Mapping[str, Seats], sizes: Seats) -> bool:
    return any(
        abs(given.get(name, 0) - quota) >= 1
        for given in seats.values()
        for name, quota in _quotas(sum(given.values()), sizes).items()
    )
