"""Mutants of consistent packs, with 1, 3 or 10 typical errors each, and whether the checker finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from bench._packs import Cell, Pack, Sentence, make_pack, make_random
from moothall.core.figures import Finding, Severity, check_paper, read_paper
from moothall.core.figures.model import Place

OPPOSITES = (
    ("narrowed", "widened"), ("increased", "decreased"), ("improved", "fell"), ("rose", "fell"), ("above", "below"),
    ("higher than", "lower than"), ("overspend", "underspend"),
)  # fmt: skip
DERIVED = ("gap", "group", "all")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A pack with ``spots`` made wrong: for each its line from 1 and its printed text; ``far`` when every figure
    was changed by two units of its last place or more."""

    kind: str
    cells: str
    size: int
    text: str
    spots: tuple[tuple[int, str], ...]
    far: bool = True


@dataclass(frozen=True, slots=True)
class Caught:
    """A mutant and how it was found. Findings name ``places`` of its spots. ``worst`` is the most serious grade."""

    mutant: Mutant
    places: int
    worst: Severity | None


def make_mutants(seed: int) -> Iterator[Mutant]:
    """Yield the mutants of one pack, each kind at least once. The seed chooses the figures."""
    for kind, slip in SLIPS.items():
        for size in (1, 3, 10):
            if made := _make_slip(seed, kind, slip, size):
                yield made
    for cells in DERIVED:
        for kind in ("by two units", "by three to nine units"):
            if made := _make_slip(seed, kind, _moves[kind], 1, only=cells):
                yield made
    for change in (_flip_sign_word, _swap_groups, _swap_years, _change_sentence):
        if made := change(seed):
            yield made


Slip = Callable[[Cell, Random], str | None]


def _swap_digits(cell: Cell, chance: Random) -> str | None:
    pairs = [n for n, (a, b) in enumerate(zip(cell.text, cell.text[1:], strict=False)) if (a + b).isdigit() and a != b]
    if not pairs:
        return None
    n = chance.choice(pairs)
    return cell.text[:n] + cell.text[n + 1] + cell.text[n] + cell.text[n + 2 :]


def _drop_digit(cell: Cell, chance: Random) -> str | None:
    digits = [n for n, sign in enumerate(cell.text) if sign.isdigit()]
    if len(digits) < 2:
        return None
    n = chance.choice(digits)
    kept = (cell.text[:n] + cell.text[n + 1 :]).replace(",", "")
    return kept.removesuffix(".") if kept[:1] != "." else "0" + kept


def _shift_unit(cell: Cell, _: Random) -> str | None:
    """Multiply or divide by 10, or print pounds in a column of thousands."""
    value = Fraction(cell.text.replace(",", ""))
    if "." in cell.text:
        return cell.text.replace(".", "") if value else None
    return f"{int(value) * 10:,}" if value else None


def _copy_before(cell: Cell, _: Random) -> str | None:
    return cell.before.text if cell.before and cell.before.text != cell.text else None


def _make_move(low: int, high: int) -> Slip:
    def slip(cell: Cell, chance: Random) -> str | None:
        unit = Fraction(1, 10 ** len(cell.text.partition(".")[2]))
        value = Fraction(cell.text.replace(",", "")) + chance.choice((-1, 1)) * chance.randint(low, high) * unit
        if cell.kind in DERIVED and not 0 <= value <= 100:
            return None
        places = len(cell.text.partition(".")[2])
        return f"{float(value):,.{places}f}"

    return slip


SLIPS: dict[str, Slip] = {
    "digits swapped": _swap_digits, "digit dropped": _drop_digit, "unit slip": _shift_unit, "stale copy": _copy_before,
    "one unit": _make_move(1, 1), "two to nine units": _make_move(2, 9),
}  # fmt: skip
_moves: dict[str, Slip] = {"by two units": _make_move(2, 2), "by three to nine units": _make_move(3, 9)}


def _make_slip(seed: int, kind: str, slip: Slip, size: int, only: str = "") -> Mutant | None:
    chance, made = make_random(f"{seed} {kind} {size} {only}"), make_pack(seed)
    cells = [cell for cell in made.cells() if not only or cell.kind == only]
    chance.shuffle(cells)
    changed: list[Cell] = []
    far = True
    for cell in cells:
        text = slip(cell, chance)
        if text is None or text == cell.text:
            continue
        unit = Fraction(1, 10 ** len(cell.text.partition(".")[2]))
        far = far and abs(_parse_value(text) - _parse_value(cell.text)) >= 2 * unit
        cell.text = text
        changed.append(cell)
        if len(changed) == size:
            kinds = {each.kind for each in changed}
            return _make_mutant(made, kind, kinds.pop() if len(kinds) == 1 else "several", changed, far=far)
    return None


def _parse_value(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _make_mutant(made: Pack, kind: str, cells: str, changed: Sequence[object], *, far: bool = True) -> Mutant:
    spots = tuple(_find_spots(made, changed))
    return Mutant(kind, cells, len(changed), made.text(), spots, far)


def _find_spots(made: Pack, changed: Sequence[object]) -> Iterator[tuple[int, str]]:
    wanted, line = {id(each) for each in changed}, 1
    for block in made.blocks:
        if isinstance(block, list):
            for n, row in enumerate(block):
                yield from ((line + n, cell.text) for cell in row if id(cell) in wanted)
            line += len(block) + 1
        else:
            if id(block) in wanted:
                yield line, block.text() if isinstance(block, Sentence) else block
            line += 2


def _choose_sentence(seed: int, kind: str, fits: Callable[[Sentence], bool]) -> tuple[Random, Pack, Sentence] | None:
    chance, made = make_random(f"{seed} {kind}"), make_pack(seed)
    found = [sentence for sentence in made.sentences() if fits(sentence)]
    return (chance, made, chance.choice(found)) if found else None


def _flip_sign_word(seed: int) -> Mutant | None:
    """Reverse a word of direction."""
    found = _choose_sentence(seed, "sign", lambda s: bool(s.words))
    if found is None:
        return None
    _, made, sentence = found
    turned = {a: b for pair in OPPOSITES for a, b in (pair, pair[::-1])} | {"fell": "rose"}
    sentence.words = turned[sentence.words]
    return _make_mutant(made, "sign word flipped", "sentence", [sentence])


def _swap_groups(seed: int) -> Mutant | None:
    """Exchange the labels of a group and its complement in the table."""
    made = make_pack(seed)
    table = next(b for b in made.blocks if isinstance(b, list) and b[0][0].text == "% at L4+")
    one, two = table[2][0], table[3][0]
    one.text, two.text = two.text, one.text
    return _make_mutant(made, "group label swapped", "label", [*table[2], *table[3]])


def _swap_years(seed: int) -> Mutant | None:
    """Exchange the last two years in the headers of a table."""
    made = make_pack(seed)
    table = next(b for b in made.blocks if isinstance(b, list) and b[0][0].text == "% at L4+")
    years = [cell for cell in table[0] if cell.text in ("2013", "2014")]
    years[0].text, years[1].text = years[1].text, years[0].text
    return _make_mutant(made, "year label swapped", "label", [cell for row in table for cell in row[4:]])


def _change_sentence(seed: int) -> Mutant | None:
    """Change a figure of a sentence by 2 to 9 units."""
    found = _choose_sentence(seed, "said", lambda s: bool(s.cells))
    if found is None:
        return None
    chance, made, sentence = found
    cell = chance.choice(sentence.cells)
    text = _make_move(2, 9)(cell, chance)
    if text is None or text.startswith("-"):
        return None
    cell.text = text
    return _make_mutant(made, "figure in a sentence", cell.kind, [sentence])


def check_mutant(mutant: Mutant) -> Caught:
    """Check a mutant. A spot is found if a finding of grade suspicious or above names it."""
    findings = list(_list_all(check_paper(read_paper(mutant.text)).findings))
    lines = mutant.text.split("\n")
    if mutant.cells == "label":
        worst = max((f.severity for f in findings if f.severity > Severity.ROUNDING), default=None)
        return Caught(mutant, mutant.size if worst else 0, worst)
    hit: dict[tuple[int, str], Severity] = {}
    for finding in findings:
        if finding.severity > Severity.ROUNDING:
            for place in (finding.place, *finding.evidence, *(repair.place for repair in finding.repairs)):
                for spot in mutant.spots:
                    if _is_at(place, spot, lines):
                        hit[spot] = max(hit.get(spot, Severity.ROUNDING), finding.severity)
    return Caught(mutant, len(hit), max(hit.values(), default=None))


def _is_at(place: Place, spot: tuple[int, str], lines: list[str]) -> bool:
    line, text = spot
    if place.line != line:
        return False
    return text == lines[line - 1] or lines[line - 1][place.start : place.end].strip() == text


def _list_all(findings: Sequence[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from _list_all(finding.also)
