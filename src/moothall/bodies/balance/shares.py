"""Seats shared out in proportion, within what (a) and (b) allow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from moothall.bodies.balance.values import NO_GROUP, Bounds, Seats, Telling
from moothall.core.wording import ENGLISH, Words, listed


def sizes_of(groups: Mapping[str, int], bodies: Mapping[str, int], ungrouped: int) -> Seats:
    if any(size < 2 for size in groups.values()):
        raise ValueError("a political group has at least two members (MTG-23).")
    if any(number < 1 for number in bodies.values()):
        raise ValueError("a body has at least one seat.")
    sizes = {**groups, **({NO_GROUP: ungrouped} if ungrouped else {})}
    if not sizes:
        raise ValueError("the council has no members.")
    return sizes


def majority_of(sizes: Seats) -> str | None:
    whole = sum(sizes.values())
    return next((name for name, size in sizes.items() if 2 * size > whole and name != NO_GROUP), None)


def bounds_of(sizes: Seats, numbers: Collection[int]) -> Bounds:
    """The fewest seats of these bodies together that (b) gives each group, and the most that (a) does."""
    majority = majority_of(sizes)
    least = sum(number // 2 + 1 for number in numbers)
    whole = sum(numbers)
    most = sum(max(number - 1, 1) for number in numbers) if len(sizes) > 1 else whole
    return {name: (least if name == majority else 0, whole if name == NO_GROUP else most) for name in sizes}


def due_in_all(sizes: Seats, bodies: Mapping[str, int], telling: Telling) -> Seats:
    bounds = bounds_of(sizes, bodies.values())
    return share_out(sum(bodies.values()), sizes, telling, "", bounds)


def share_out(number: int, sizes: Seats, telling: Telling, body: str, bounds: Bounds) -> Seats:
    """``number`` seats by largest remainder; a group out of bounds is put on the bound, the rest go to the others."""
    words = telling.words
    of = body or words.gettext("all ordinary committees together")
    shared = _largest_remainder(number, sizes, telling, of, body)
    out = next((name for name in sizes if not bounds[name][0] <= shared[name] <= bounds[name][1]), None)
    if out is None:
        return shared
    least, most = bounds[out]
    given = min(max(shared[out], least), most)
    why = (
        words.gettext("{of}: {group} has a majority of the council and gets {seats} of {number} (b).")
        if shared[out] < least
        else words.gettext("{of}: {group} may not have all seats of a body and gets {seats} of {number} (a).")
    )
    telling.tell(why.format(of=of, group=told_group(out, words), seats=given, number=number), {body: {out: given}})
    others = {name: size for name, size in sizes.items() if name != out}
    rest = _largest_remainder(number - given, others, telling, words.gettext("{of}, the others").format(of=of), body)
    return {name: given if name == out else rest[name] for name in sizes}


def _largest_remainder(number: int, sizes: Seats, telling: Telling, of: str = "", body: str = "") -> Seats:
    quotas = quotas_of(number, sizes)
    shared = {name: int(quota) for name, quota in quotas.items()}
    order = sorted(sizes, key=lambda name: (-(quotas[name] - shared[name]), -sizes[name], name))
    over = number - sum(shared.values())
    for name in order[:over]:
        shared[name] += 1
    told = telling.words.ngettext("{of}, {number} seat: {shares}.", "{of}, {number} seats: {shares}.", number)
    telling.tell(told.format(of=of, number=number, shares=_told(quotas, shared, telling.words)), {body: {**shared}})
    _tell_tie(order, over, quotas, telling, of)
    return shared


def in_proportion(totals: Seats, number: int, sizes: Seats, bounds: Bounds) -> bool:
    """Whether totals are what the largest remainders give, whichever way ties are decided."""
    quiet = Telling([], ENGLISH)
    plain = _largest_remainder(number, sizes, quiet)
    out = next((name for name in sizes if not bounds[name][0] <= plain[name] <= bounds[name][1]), None)
    if out is None:
        within = all(bounds[name][0] <= totals[name] <= bounds[name][1] for name in sizes)
        return within and _by_remainders(totals, number, sizes)
    held = share_out(number, sizes, quiet, "", bounds)[out]
    others = {name: size for name, size in sizes.items() if name != out}
    return totals[out] == held and _by_remainders(totals, number - held, others)


def _by_remainders(totals: Seats, number: int, sizes: Seats) -> bool:
    """Whether each has the whole part of its share, and those with the largest remainders one seat more."""
    shares = quotas_of(number, sizes)
    more = {name: totals[name] - int(share) for name, share in shares.items()}
    if sum(totals[name] for name in sizes) != number or not set(more.values()) <= {0, 1}:
        return False
    with_one = [shares[name] % 1 for name in sizes if more[name]]
    without = [shares[name] % 1 for name in sizes if not more[name]]
    return not with_one or not without or min(with_one) >= max(without)


def _tell_tie(order: list[str], over: int, quotas: Mapping[str, Fraction], telling: Telling, of: str) -> None:
    if not 0 < over < len(order):
        return
    edge = quotas[order[over]] % 1
    tied = [name for name in order if quotas[name] % 1 == edge]
    if quotas[order[over - 1]] % 1 == edge:
        groups = listed([told_group(name, telling.words) for name in tied], telling.words)
        told = telling.words.gettext("{of}: {groups} are equally due the last seat; the council decides.")
        telling.tell_tie(told.format(of=of, groups=groups))


def quotas_of(number: int, sizes: Seats) -> dict[str, Fraction]:
    whole = sum(sizes.values())
    return {name: Fraction(number * size, whole) for name, size in sizes.items()}


def _told(quotas: Mapping[str, Fraction], shared: Seats, words: Words) -> str:
    return ", ".join(f"{told_group(name, words)} {float(quota):.2f} → {shared[name]}" for name, quota in quotas.items())


def told_group(name: str, words: Words) -> str:
    return words.gettext("members of no group") if name == NO_GROUP else name


def totals_of(seats: Mapping[str, Seats], sizes: Seats) -> Seats:
    return {name: sum(given.get(name, 0) for given in seats.values()) for name in sizes}
