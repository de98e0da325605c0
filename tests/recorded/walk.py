"""Who is answered how at every address: a walk along the links, as every role and signed out.

Of things of which there are many (people, meetings, memberships), a few are walked: always the same ones, and the
same ones at each address of their kind.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.recorded.browser import Answer, Browser

THREADS = 4
OF_A_KIND = 6
"""How many things of a kind are walked in the workspace."""
OF_A_PUBLIC_KIND = 2
"""How many things of a kind are walked on the website, where every role should be answered alike."""
QUERIES = 3
"""How many addresses are walked that differ only in what follows the question mark."""
NUMBERED = re.compile(r"\d[\d-]*(?:\.\w+)?")


@dataclass
class Walk:
    """What each role was answered at each address, and which addresses its pages link to."""

    answers: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pages: dict[str, dict[str, Answer]] = field(default_factory=lambda: defaultdict(dict))

    def by_address(self) -> dict[str, dict[str, list[str]]]:
        """By address: each outcome with the roles that had it."""
        found: dict[str, dict[str, list[str]]] = {}
        for address, answers in sorted(self.answers.items()):
            by_outcome: dict[str, list[str]] = defaultdict(list)
            for role, outcome in answers.items():
                by_outcome[outcome].append(role)
            found[address] = {outcome: sorted(roles) for outcome, roles in sorted(by_outcome.items())}
        return found

    def offers(self, collections: list[str]) -> dict[str, list[str]]:
        """By kind of address: the roles whose pages link to one of that kind."""
        found: dict[str, set[str]] = defaultdict(set)
        for role, links in self.links.items():
            for link in links:
                found[kind_of(link, collections)].add(role)
        return {kind: sorted(roles) for kind, roles in sorted(found.items())}


def walk(browsers: dict[str, Browser], seeds: list[str], collections: list[str], skip: re.Pattern[str]) -> Walk:
    """Walk from the seeds along the links. `collections` are the addresses below which each name is a thing's."""
    found = Walk()
    addresses = set(seeds)

    def visit(role: str, wanted: list[str]) -> set[str]:
        new: set[str] = set()
        for address in wanted:
            answer = browsers[role].get(address)
            found.answers[address][role] = answer.outcome
            found.pages[role][address] = answer
            new.update(link for link in answer.links() if not skip.search(link))
        found.links[role] |= new
        return new

    with ThreadPoolExecutor(THREADS) as pool:
        while wanted := sorted({*seeds, *choose(addresses, collections)} - set(found.answers)):
            for new in pool.map(lambda role: visit(role, wanted), browsers):
                addresses |= new
    return found


def choose(addresses: Iterable[str], collections: list[str]) -> list[str]:
    """Return the addresses to walk: all, but only of a few things of a kind."""
    groups: dict[str, set[str]] = defaultdict(set)
    things = {address: dict(_things(address, collections)) for address in addresses}
    for found in things.values():
        for kind, thing in found.items():
            groups[kind].add(thing)
    chosen = {kind: set(sorted(found, key=_digest)[: _number_of(kind)]) for kind, found in groups.items()}
    kept = [each for each in things if all(thing in chosen[kind] for kind, thing in things[each].items())]
    by_path: dict[str, list[str]] = defaultdict(list)
    for each in sorted(kept, key=_digest):
        path, _, query = each.partition("?")
        if not query or sum("?" in other for other in by_path[path]) < QUERIES:
            by_path[path].append(each)
    return [each for found in by_path.values() for each in found]


def kind_of(address: str, collections: list[str]) -> str:
    """Return an address with {} in place of the names and numbers of things, without what follows a "?"."""
    parts = address.partition("?")[0].split("/")
    for kind, _ in _things(address, collections):
        place = kind.count("/") + 1
        parts[place] = "{}" + "".join(parts[place].partition(".")[1:])
    return "/".join(parts)


def _things(address: str, collections: list[str]) -> Iterator[tuple[str, str]]:
    """The things that an address names: the address above each, and its name or number."""
    parts = address.partition("?")[0].split("/")
    for place, part in enumerate(parts):
        above = "/".join(parts[:place])
        if part and (NUMBERED.fullmatch(part) or above in collections):
            yield above, part.partition(".")[0]


def _number_of(kind: str) -> int:
    return OF_A_KIND if kind.startswith("/workspace") else OF_A_PUBLIC_KIND


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
