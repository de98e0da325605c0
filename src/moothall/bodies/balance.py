"""Political balance: how many seats of each body each group is due (MTG-23, LGHA 1989 s.15(5)). No database.

The four principles, each subject to those before it:

(a) not all seats of a body go to one group;
(b) a group with a majority of the council has a majority on every body;
(c) the seats of all ordinary committees together are shared in proportion to the groups' sizes;
(d) so are the seats of each body.

The way: share out all seats by largest remainder (c), keeping each group within what (a) and (b) allow; share out
each body's seats likewise (d); then move single seats between groups, where it costs (d) least, until the totals are
those of (c); then exchange seats between two bodies as long as that brings them nearer to (d). Sub-committees are no
ordinary committees: their seats are no part of (c), and are shared each by (d) alone. Every step is told. A tie is
decided for the larger group, then by name, and told: the council may decide otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product

from moothall.core.wording import ENGLISH, Words, gettext_noop, listed

NO_GROUP = gettext_noop("no group")

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


def balance(
    groups: Mapping[str, int],
    bodies: Mapping[str, int],
    *,
    sub_committees: Mapping[str, int] | None = None,
    ungrouped: int = 0,
    words: Words = ENGLISH,
) -> Balance:
    """Share out the seats of ``bodies`` (name: seats) among ``groups`` (name: members of the council).

    ``ungrouped`` members are due seats together, as ``NO_GROUP``. Raises ValueError for an empty council, a group of
    fewer than two, or a body without seats.
    """
    below = sub_committees or {}
    sizes = _sizes(groups, {**bodies, **below}, ungrouped)
    telling = _Telling([], words)
    due = _due_in_all(sizes, bodies, telling) if bodies else {}
    seats = {body: _share(number, sizes, telling, body, _bounds(sizes, [number])) for body, number in bodies.items()}
    _move(seats, due, sizes, telling)
    _exchange(seats, sizes, telling)
    seats |= {body: _share(number, sizes, telling, body, _bounds(sizes, [number])) for body, number in below.items()}
    principles = check(groups, seats, sub_committees=below, ungrouped=ungrouped, words=words)
    return Balance(seats, _totals(seats, sizes), tuple(telling.steps), principles)


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
    sizes = _sizes(groups, {body: sum(given.values()) for body, given in seats.items()}, ungrouped)
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


@dataclass(frozen=True, slots=True)
class _Telling:
    """The steps told so far, and the language that they are told in."""

    steps: list[Step]
    words: Words

    def tell(self, text: str, **values: object) -> None:
        self.steps.append(Step(text.format(**values)))

    def tell_tie(self, text: str, **values: object) -> None:
        self.steps.append(Step(text.format(**values), tie=True))


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


def _due_in_all(sizes: Seats, bodies: Mapping[str, int], telling: _Telling) -> Seats:
    bounds = _bounds(sizes, bodies.values())
    return _share(
        sum(bodies.values()), sizes, telling, telling.words.gettext("all ordinary committees together"), bounds
    )


def _share(number: int, sizes: Seats, telling: _Telling, of: str, bounds: Bounds) -> Seats:
    """``number`` seats by largest remainder; a group out of bounds is put on the bound, the rest go to the others."""
    shared = _largest_remainder(number, sizes, telling, of)
    out = next((name for name in sizes if not bounds[name][0] <= shared[name] <= bounds[name][1]), None)
    if out is None:
        return shared
    least, most = bounds[out]
    given = min(max(shared[out], least), most)
    words = telling.words
    why = (
        words.gettext("{of}: {group} has a majority of the council and gets {seats} of {number} (b).")
        if shared[out] < least
        else words.gettext("{of}: {group} may not have all seats of a body and gets {seats} of {number} (a).")
    )
    telling.tell(why, of=of, group=_told_group(out, words), seats=given, number=number)
    others = {name: size for name, size in sizes.items() if name != out}
    rest = _largest_remainder(number - given, others, telling, words.gettext("{of}, the others").format(of=of))
    return {name: given if name == out else rest[name] for name in sizes}


def _largest_remainder(number: int, sizes: Seats, telling: _Telling, of: str) -> Seats:
    quotas = _quotas(number, sizes)
    shared = {name: int(quota) for name, quota in quotas.items()}
    order = sorted(sizes, key=lambda name: (-(quotas[name] - shared[name]), -sizes[name], name))
    over = number - sum(shared.values())
    for name in order[:over]:
        shared[name] += 1
    told = telling.words.ngettext("{of}, {number} seat: {shares}.", "{of}, {number} seats: {shares}.", number)
    telling.tell(told, of=of, number=number, shares=_told(quotas, shared, telling.words))
    _tell_tie(order, over, quotas, telling, of)
    return shared


def _tell_tie(order: list[str], over: int, quotas: Mapping[str, Fraction], telling: _Telling, of: str) -> None:
    if not 0 < over < len(order):
        return
    edge = quotas[order[over]] % 1
    tied = [name for name in order if quotas[name] % 1 == edge]
    if quotas[order[over - 1]] % 1 == edge:
        groups = listed([_told_group(name, telling.words) for name in tied], telling.words)
        told = telling.words.gettext("{of}: {groups} are equally due the last seat; the council decides.")
        telling.tell_tie(told, of=of, groups=groups)


def _quotas(number: int, sizes: Seats) -> dict[str, Fraction]:
    whole = sum(sizes.values())
    return {name: Fraction(number * size, whole) for name, size in sizes.items()}


def _told(quotas: Mapping[str, Fraction], shared: Seats, words: Words) -> str:
    return ", ".join(
        f"{_told_group(name, words)} {float(quota):.2f} -> {shared[name]}" for name, quota in quotas.items()
    )


def _told_group(name: str, words: Words) -> str:
    return words.gettext("members of no group") if name == NO_GROUP else name


def _totals(seats: Mapping[str, Seats], sizes: Seats) -> Seats:
    return {name: sum(given.get(name, 0) for given in seats.values()) for name in sizes}


def _all_of_one(seats: Mapping[str, Seats], sizes: Seats) -> Iterator[tuple[str, str]]:
    """Bodies all of one group, where that can be helped: more than one seat, and somebody else to sit there."""
    for body, given in seats.items():
        holders = [name for name, number in given.items() if number]
        if len(holders) == 1 and holders[0] != NO_GROUP and given[holders[0]] > 1 and len(sizes) > 1:
            yield body, holders[0]


def _move(seats: Mapping[str, Seats], due: Seats, sizes: Seats, telling: _Telling) -> None:
    """Move single seats from groups that have too many in all to those that have too few (c)."""
    while moves := list(_moves(seats, due, sizes)):
        _, body, giver, taker = min(moves)
        seats[body][giver] -= 1
        seats[body][taker] += 1
        told = telling.words.gettext(
            "{body}: one seat moves from {giver} to {taker}, so that the totals are in proportion (c)."
        )
        telling.tell(told, body=body, **_giver_and_taker(giver, taker, telling.words))


def _giver_and_taker(giver: str, taker: str, words: Words) -> dict[str, str]:
    return {"giver": _told_group(giver, words), "taker": _told_group(taker, words)}


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


def _exchange(seats: Mapping[str, Seats], sizes: Seats, telling: _Telling) -> None:
    """Exchange seats between two bodies, which leaves the totals (c) as they are, as long as (d) gains by it."""
    while exchanges := list(_exchanges(seats, sizes)):
        _, one, other, giver, taker = min(exchanges)
        for body, gives, takes in ((one, giver, taker), (other, taker, giver)):
            seats[body][gives] -= 1
            seats[body][takes] += 1
        told = telling.words.gettext(
            "{one} and {other} exchange a seat of {giver} for one of {taker}, nearer to the shares (d)."
        )
        telling.tell(told, one=one, other=other, **_giver_and_taker(giver, taker, telling.words))


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


def _against_a(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    told = words.gettext("All seats of {body} go to {group}.")
    return [told.format(body=body, group=name) for body, name in _all_of_one(seats, sizes)]


def _says_b(sizes: Seats, words: Words) -> str:
    name = _majority(sizes)
    if name is None:
        return words.gettext("No group has a majority.")
    return words.gettext("{group} has a majority of the council, and of every body.").format(group=name)


def _against_b(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    name = _majority(sizes)
    short = [body for body, given in seats.items() if name and 2 * given.get(name, 0) <= sum(given.values())]
    told = words.gettext("{group} has a majority of the council, but none on {body}.")
    return [told.format(group=name, body=body) for body in short]


def _against_c(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    if not seats:
        return []
    telling, bodies = _Telling([], words), {body: sum(given.values()) for body, given in seats.items()}
    due, totals = _due_in_all(sizes, bodies, telling), _totals(seats, sizes)
    wrong = [name for name in sizes if totals[name] != due[name]]
    if len(wrong) == 2 and any(step.tie for step in telling.steps) and _are_tied(wrong, sum(bodies.values()), sizes):
        return []
    told = words.gettext("{group} has {seats} seats in all and is due {due}.")
    return [told.format(group=_told_group(name, words), seats=totals[name], due=due[name]) for name in wrong]


def _are_tied(names: list[str], number: int, sizes: Seats) -> bool:
    quotas = _quotas(number, sizes)
    return len({quotas[name] % 1 for name in names}) == 1


def _against_d(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    """Exchanges between bodies that would come nearer to the shares, where a group is a whole seat or more off."""
    found = min(_exchanges({body: {**given} for body, given in seats.items()}, sizes), default=None)
    if found is None or not _whole_seat_off(seats, sizes):
        return []
    _, one, other, giver, taker = found
    told = words.gettext(
        "{one} and {other} would come nearer to the shares by exchanging a seat of {giver} for one of {taker}."
    )
    return [told.format(one=one, other=other, **_giver_and_taker(giver, taker, words))]


def _against_d_below(seats: Mapping[str, Seats], sizes: Seats, words: Words) -> list[str]:
    """Seats of a sub-committee that would come nearer to its shares with another group, a whole seat or more off."""
    told = words.gettext("{body} would come nearer to the shares with a seat of {giver} given to {taker}.")
    off = {body: given for body, given in seats.items() if _whole_seat_off({body: given}, sizes)}
    moves = ((body, _nearer(given, sizes)) for body, given in off.items())
    return [told.format(body=body, **_giver_and_taker(*move, words)) for body, move in moves if move is not None]


def _nearer(given: Seats, sizes: Seats) -> tuple[str, str] | None:
    bounds = _bounds(sizes, [sum(given.values())])
    moves = [
        (_cost(given, giver, taker, sizes), giver, taker)
        for giver, taker in permutations(sizes, 2)
        if _may_move(given, giver, taker, bounds)
    ]
    cost, giver, taker = min(moves, default=(Fraction(0), "", ""))
    return (giver, taker) if cost < 0 else None


def _whole_seat_off(seats: Mapping[str, Seats], sizes: Seats) -> bool:
    return any(
        abs(given.get(name, 0) - quota) >= 1
        for given in seats.values()
        for name, quota in _quotas(sum(given.values()), sizes).items()
    )
