"""Packs of text in which every figure is right: made from whole counts, rounded once, with prose made from them.

A pack is a list of blocks (tables and sentences). Its figures know what they are, so that a mutant can change one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

YEARS = ("2012", "2013", "2014")
PAIRS = (("FSM", "NON-FSM"), ("Girls", "Boys"), ("SEN", "NON-SEN"), ("Disadvantaged", "Not disadvantaged"))
SUBJECTS = ("Reading", "Writing", "Maths")
AREAS = ("Northgate", "Eastfield", "Harbour", "Millbrook", "Castle Hill", "Riverside", "Oldbury")
SERVICES = ("Early years", "Family support", "Placements", "Home to school transport", "Music", "Youth service")


@dataclass(slots=True)
class Cell:
    """A printed cell; ``kind`` is label, group, gap, all, part, total, percent or change; ``before`` the cell whose
    figure a careless copy would have left here."""

    text: str
    kind: str = "label"
    before: Cell | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence with named places: ``{0}`` stands for the text of ``cells[0]``. ``words`` are its sign words."""

    form: str
    cells: list[Cell]
    words: str = ""

    def text(self) -> str:
        """The sentence as printed."""
        return self.form.replace("{w}", self.words).format(*(cell.text for cell in self.cells))


@dataclass(slots=True)
class Pack:
    """A pack: its blocks in order, each a heading, a table (rows of cells) or a sentence."""

    blocks: list[str | list[list[Cell]] | Sentence] = field(default_factory=list)

    def text(self) -> str:
        """The pack as plain text, cells divided by tabs."""
        return "\n\n".join(_format_block(block) for block in self.blocks) + "\n"

    def cells(self) -> Iterator[Cell]:
        """Every figure of its tables."""
        for block in self.blocks:
            if isinstance(block, list):
                yield from (cell for row in block for cell in row if cell.kind != "label")

    def sentences(self) -> list[Sentence]:
        """Its sentences."""
        return [block for block in self.blocks if isinstance(block, Sentence)]


def _format_block(block: str | list[list[Cell]] | Sentence) -> str:
    if isinstance(block, str):
        return block
    if isinstance(block, Sentence):
        return block.text()
    return "\n".join("\t".join(cell.text for cell in row) for row in block)


def format_rounded(value: Fraction, places: int = 0) -> str:
    """Return a value with ``places`` decimals. Halves are rounded away from zero."""
    scaled = abs(value) * 10**places + Fraction(1, 2)
    whole, part = divmod(scaled.numerator // scaled.denominator, 10**places)
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")


def make_random(key: str) -> Random:
    """Return a random generator for a key, the same on every machine."""
    return Random(key)  # noqa: S311 - to be repeated, not to be secret


def make_pack(seed: int) -> Pack:
    """Return a consistent pack. The same seed gives the same pack."""
    chance, made = make_random(str(seed)), Pack()
    makers: list[Callable[[Random, Pack], None]] = [add_attainment, add_budget, add_counts, add_shares, add_changes]
    chance.shuffle(makers)
    for make in makers:
        make(chance, made)
    return made


def _make_labels(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def _make_figures(texts: list[str], kind: str) -> list[Cell]:
    row: list[Cell] = []
    for text in texts:
        row.append(Cell(text, kind, row[-1] if row else None))
    return row


def add_attainment(chance: Random, made: Pack) -> None:
    """Add a table of groups, gaps and all by year and subject, with sentences about it."""
    group, twin = chance.choice(PAIRS)
    places, columns = chance.choice((0, 0, 1)), [(year, subject) for year in YEARS for subject in SUBJECTS]
    rates: dict[str, list[Fraction]] = {group: [], twin: [], "All": []}
    for _ in YEARS:
        sizes = chance.randint(150, 900), chance.randint(600, 1800)
        for _ in SUBJECTS:
            passed = [chance.randint(n * low // 100, n * 95 // 100) for n, low in zip(sizes, (40, 55), strict=True)]
            rates[group].append(Fraction(100 * passed[0], sizes[0]))
            rates[twin].append(Fraction(100 * passed[1], sizes[1]))
            rates["All"].append(Fraction(100 * sum(passed), sum(sizes)))
    gaps = _format_gaps(rates[group], rates[twin], places, exact=chance.random() < 0.5)
    rows = [
        _make_figures([format_rounded(v, places) for v in rates[name]], kind)
        for name, kind in ((group, "group"), (twin, "group"), ("All", "all"))
    ]
    gap = _make_figures(gaps, "gap")
    made.blocks.append("Attainment at Key Stage 2")
    head = ["% at L4+", *(year if n % len(SUBJECTS) == 0 else "" for n, (year, _) in enumerate(columns))]
    table = [_make_labels(*head), _make_labels("", *(subject for _, subject in columns))]
    table += [
        [Cell(name), *row] for name, row in zip((group, twin, "Gap", "All"), (*rows[:2], gap, rows[2]), strict=True)
    ]
    made.blocks.append(table)
    for nth, subject in enumerate(SUBJECTS):
        _add_sentences_about_groups(chance, made, (group, twin, subject), [row[nth::3] for row in (*rows[:2], gap)])


def _format_gaps(ones: list[Fraction], twos: list[Fraction], places: int, *, exact: bool) -> list[str]:
    if exact:
        return [format_rounded(abs(a - b), places) for a, b in zip(ones, twos, strict=True)]
    shown = [[Fraction(format_rounded(v, places)) for v in values] for values in (ones, twos)]
    return [format_rounded(abs(a - b), places) for a, b in zip(*shown, strict=True)]


def _add_sentences_about_groups(
    chance: Random, made: Pack, names: tuple[str, str, str], rows: list[list[Cell]]
) -> None:
    (group, twin, subject), (ones, twos, gaps) = names, rows
    matter = f"{subject.lower()} at Level 4+"
    plural = "" if group in ("Girls", "Boys") else " pupils"
    old, new = Fraction(gaps[-2].text), Fraction(gaps[-1].text)
    if old != new:
        cells = [Cell(gaps[-2].text, "said gap"), Cell(gaps[-1].text, "said gap")]
        way = ("narrowed", "decreased") if new < old else ("widened", "increased")
        forms = (
            f"The gap in {matter} between {group} and {twin}{plural} {{w}} from {{0}}% in 2013 to {{1}}% in 2014.",
            f"In {matter} the {group} gap {{w}} from {{0}}% to {{1}}% between 2013 and 2014.",
        )
        made.blocks.append(Sentence(chance.choice(forms), cells, chance.choice(way)))
    one, two = Fraction(ones[-1].text), Fraction(twos[-1].text)
    if one != two:
        cells = [Cell(ones[-1].text, "said value"), Cell(twos[-1].text, "said value")]
        way = ("above", "higher than") if one > two else ("below", "lower than")
        form = f"In 2014 the attainment of {group}{plural} in {matter} ({{0}}%) was {{w}} that of {twin} ({{1}}%)."
        made.blocks.append(Sentence(form, cells, chance.choice(way)))
    old, new = Fraction(ones[-2].text), Fraction(ones[-1].text)
    if old != new:
        cells = [Cell(ones[-2].text, "said value"), Cell(ones[-1].text, "said value")]
        cells.append(Cell(format_rounded(abs(new - old), int("." in ones[-1].text)), "said change"))
        way = ("improved", "increased") if new > old else ("fell", "decreased")
        noun = "an increase" if new > old else "a decrease"
        form = f"The attainment of {group}{plural} in {matter} {{w}} from {{0}}% in 2013 to {{1}}% in 2014, "
        made.blocks.append(Sentence(form + noun + " of {2} percentage points.", cells, chance.choice(way)))


def add_budget(chance: Random, made: Pack) -> None:
    """Add a table of budget, forecast and variance with a total, and a sentence about the total."""
    names = chance.sample(SERVICES, chance.randint(4, 6))
    planned = [chance.randint(120, 9_000) for _ in names]
    spent = [plan + chance.randint(-plan // 8, plan // 8) for plan in planned]
    made.blocks.append("Budget monitoring")
    table = [_make_labels("£000", "Budget", "Forecast", "Variance")]
    for name, plan, actual in zip((*names, "Total"), (*planned, sum(planned)), (*spent, sum(spent)), strict=True):
        kind = "total" if name == "Total" else "part"
        row = [Cell(f"{plan:,}", kind), Cell(f"{actual:,}", kind), Cell(f"{actual - plan:,}", "change")]
        row[1].before = row[0]
        table.append([Cell(name), *row])
    made.blocks.append(table)
    over = sum(spent) - sum(planned)
    if over:
        cells = [Cell(f"{n:,}", "said money") for n in (sum(spent), sum(planned), abs(over))]
        form = "The service forecasts spending of £{0}k against a budget of £{1}k, an {w} of £{2}k."
        made.blocks.append(Sentence(form, cells, "overspend" if over > 0 else "underspend"))


def add_counts(chance: Random, made: Pack) -> None:
    """Add a table of numbers by area and year with totals, and a sentence about a total."""
    names = chance.sample(AREAS, chance.randint(4, 7))
    values = [[chance.randint(3, 400) for _ in YEARS] for _ in names]
    made.blocks.append("Children in need")
    table = [_make_labels("Area", *YEARS, "Total")]
    for name, row in zip(names, values, strict=True):
        table.append([Cell(name), *_make_figures([f"{n:,}" for n in row], "part"), Cell(f"{sum(row):,}", "total")])
    sums = [sum(column) for column in zip(*values, strict=True)]
    table.append([Cell("Total"), *_make_figures([f"{n:,}" for n in (*sums, sum(sums))], "total")])
    made.blocks.append(table)
    if sums[-1] != sums[-2]:
        cells = [Cell(f"{n:,}", "said count") for n in (sums[-2], sums[-1], abs(sums[-1] - sums[-2]))]
        way = ("rose", "increased") if sums[-1] > sums[-2] else ("fell", "decreased")
        noun = "an increase" if sums[-1] > sums[-2] else "a reduction"
        form = "The number of children in need {w} from {0} in 2013 to {1} in 2014, " + noun + " of {2}."
        made.blocks.append(Sentence(form, cells, chance.choice(way)))


def add_shares(chance: Random, made: Pack) -> None:
    """Add a table of cohorts, passes and percentages by area, with sentences about some."""
    names = chance.sample(AREAS, chance.randint(5, 7))
    sizes = [chance.randint(30, 700) for _ in names]
    passed = [chance.randint(size // 5, size - 1) for size in sizes]
    places = chance.choice((0, 1))
    made.blocks.append("Places offered")
    table = [_make_labels("Area", "Applications", "First choice", "% first choice")]
    for name, size, k in zip((*names, "Total"), (*sizes, sum(sizes)), (*passed, sum(passed)), strict=True):
        kind = "total" if name == "Total" else "part"
        share = format_rounded(Fraction(100 * k, size), places)
        table.append([Cell(name), Cell(f"{size:,}", kind), Cell(f"{k:,}", kind), Cell(share, "percent")])
    made.blocks.append(table)
    size, k = sizes[0], passed[0]
    cells = [Cell(f"{n:,}", "said count") for n in (k, size)]
    cells.append(Cell(format_rounded(Fraction(100 * k, size)), "said percent"))
    form = chance.choice(
        (
            "In " + names[0] + " {0} out of {1} applicants ({2}%) were offered their first choice.",
            "{0} of the {1} applicants in " + names[0] + " ({2}%) were offered their first choice.",
        )
    )
    made.blocks.append(Sentence(form, cells))


def add_changes(chance: Random, made: Pack) -> None:
    """Add a table of indicators for two years with their change."""
    names = chance.sample(AREAS, chance.randint(5, 7))
    places = chance.choice((0, 1))
    unit = 10**places
    made.blocks.append("Attendance by area")
    table = [_make_labels("% attendance", "2013", "2014", "Change")]
    for name in names:
        old, new = (Fraction(chance.randint(60 * unit, 99 * unit), unit) for _ in range(2))
        row = [Cell(format_rounded(old, places), "part"), Cell(format_rounded(new, places), "part")]
        row[1].before = row[0]
        table.append([Cell(name), *row, Cell(format_rounded(new - old, places), "change")])
    made.blocks.append(table)
