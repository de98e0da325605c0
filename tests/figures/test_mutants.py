"""Slips made in consistent packs are found: the share of them, by kind, may not fall."""

from functools import cache

import pytest

from bench._mutants import Caught, check_mutant, make_mutants
from bench._packs import make_pack
from moothall.core.figures import Severity

SEEDS = range(3_000, 3_008)


@cache
def tried() -> tuple[Caught, ...]:
    return tuple(check_mutant(mutant) for seed in SEEDS for mutant in make_mutants(seed))


def share(fits):
    chosen = [each for each in tried() if fits(each.mutant)]
    assert len(chosen) >= len(SEEDS) // 2
    return sum(each.places > 0 for each in chosen) / len(chosen)


@pytest.mark.slow
@pytest.mark.parametrize("cells", ["gap", "group", "all"])
def test_changes_of_two_units_or_more_are_found(cells):
    assert share(lambda m: m.cells == cells and m.kind.startswith("by ")) >= 0.75


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["digits swapped", "digit dropped", "unit slip", "stale copy"])
def test_slips_of_the_keyboard_are_found(kind):
    assert share(lambda m: m.kind == kind and m.size == 1 and m.far) >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["sign word flipped", "group label swapped", "year label swapped", "figure in a sentence"]
)
def test_words_set_against_their_figures_are_found(kind):
    assert share(lambda m: m.kind == kind) >= 0.85


@pytest.mark.slow
def test_a_change_of_one_unit_that_rounding_explains_is_no_error():
    single = [each for each in tried() if each.mutant.kind == "one unit" and each.mutant.size == 1]
    assert not [each for each in single if each.worst is Severity.ERROR and each.mutant.cells == "gap"]


def test_a_mutant_differs_from_its_pack_only_where_it_says():
    chosen = [each for each in make_mutants(5) if each.cells != "label"]
    assert len(chosen) > 5
    for mutant in chosen:
        before, after = make_pack(5).text().split("\n"), mutant.text.split("\n")
        changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True), start=1) if a != b]
        assert changed == sorted({line for line, _ in mutant.spots})
