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

from collections.abc import Mapping

from moothall.bodies.balance.principles import check
from moothall.bodies.balance.shares import bounds_of, due_in_all, share_out, sizes_of, totals_of
from moothall.bodies.balance.transfers import exchange_seats, move_seats
from moothall.bodies.balance.values import NO_GROUP, Balance, Principle, Seats, Step, Telling
from moothall.core.wording import ENGLISH, Words


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
    sizes = sizes_of(groups, {**bodies, **below}, ungrouped)
    telling = Telling([], words)
    due = due_in_all(sizes, bodies, telling) if bodies else {}
    seats = _shares(bodies, sizes, telling)
    move_seats(seats, due, sizes, telling)
    exchange_seats(seats, sizes, telling)
    seats |= _shares(below, sizes, telling)
    principles = check(groups, seats, sub_committees=below, ungrouped=ungrouped, words=words)
    return Balance(seats, totals_of(seats, sizes), tuple(telling.steps), principles)


def _shares(bodies: Mapping[str, int], sizes: Seats, telling: Telling) -> dict[str, Seats]:
    """The seats of each body by itself."""
    return {
        body: share_out(number, sizes, telling, body, bounds_of(sizes, [number])) for body, number in bodies.items()
    }


__all__ = ["NO_GROUP", "Balance", "Principle", "Step", "balance", "check"]
