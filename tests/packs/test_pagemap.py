"""PCK-01: page numbers, odd starts, numbered blanks; re-issues never renumber."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.packs.page_labels import (
    Placed,
    Series,
    Span,
    lay_out,
    lay_out_again,
    letters,
    page_range,
    roman,
    series_of,
)

PAGES = st.lists(st.integers(1, 40), min_size=1, max_size=12)


def spans(pages: list[int], series: Series = Series.MAIN) -> list[Span]:
    return [Span(f"p{index}", each, series) for index, each in enumerate(pages)]


def all_labels(placed: tuple[Placed, ...]) -> list[str]:
    return list(chain.from_iterable(each.all_labels for each in placed))


@given(PAGES)
def test_numbers_are_continuous_and_every_paper_starts_on_an_odd_page(pages):
    placed = lay_out(spans(pages))
    labels = all_labels(placed)
    assert labels == [str(number + 1) for number in range(len(labels))]
    assert all(int(each.labels[0]) % 2 == 1 for each in placed)
    assert [len(each.labels) for each in placed] == pages


def test_the_blank_page_behind_an_odd_paper_is_numbered():
    assert lay_out([Span("minutes", 9), Span("report", 2)]) == (
        Placed("minutes", tuple("123456789"), ("10",)),
        Placed("report", ("11", "12")),
    )


def test_exempt_pages_have_a_series_of_their_own_so_public_numbers_agree():
    members = lay_out([Span("a", 3), Span("x", 5, Series.EXEMPT), Span("b", 2)])
    public = lay_out([Span("a", 3), Span("b", 2)])
    assert members[1].labels == ("E1", "E2", "E3", "E4", "E5")
    assert [members[0], members[2]] == list(public)


def test_a_supplement_that_starts_at_an_even_number_starts_at_the_odd_one_after():
    assert lay_out([Span("a", 1)], start=94)[0].labels == ("95",)


def test_a_series_that_a_reissue_begins_starts_at_an_odd_number_too():
    again = lay_out_again([Span("a", 1), Span("x", 2, Series.EXEMPT)], lay_out([Span("a", 1)]), exempt_start=4)
    assert again[1].labels == ("E5", "E6")


@given(PAGES, st.data())
def test_a_reissue_keeps_every_published_label_with_its_paper(pages, data):
    before = lay_out(spans(pages))
    new = [Span(each.key, data.draw(st.integers(1, 50))) for each in spans(pages)]
    new.insert(data.draw(st.integers(0, len(new))), Span("new", 3))
    after = lay_out_again(new, before)
    old = {each.key: each.all_labels for each in before}
    for placed in after:
        if placed.key in old:
            assert placed.all_labels[: len(old[placed.key])] == old[placed.key]
    labels = all_labels(after)
    assert len(labels) == len(set(labels))
    assert all(len(each.all_labels) % 2 == 0 for each in after)


def test_pages_put_in_take_letters():
    before = lay_out([Span("a", 20), Span("b", 2)])
    after = lay_out_again([Span("a", 21), Span("late", 1), Span("b", 2)], before)
    assert after[0].labels[-2:] == ("20", "20a")
    assert after[0].blanks == ("20b",)
    assert after[1].all_labels == ("20c", "20d")
    assert after[2] == before[1]


def test_a_paper_that_became_shorter_leaves_numbered_blanks():
    before = lay_out([Span("a", 6), Span("b", 2)])
    assert lay_out_again([Span("a", 3), Span("b", 2)], before)[0] == Placed("a", ("1", "2", "3"), ("4", "5", "6"))


def test_a_second_reissue_goes_on_in_the_alphabet():
    first = lay_out([Span("a", 2), Span("b", 2)])
    second = lay_out_again([Span("a", 4), Span("b", 2)], first)
    third = lay_out_again([Span("a", 6), Span("b", 2)], second)
    assert third[0].labels == ("1", "2", "2a", "2b", "2c", "2d")


def test_a_paper_that_became_exempt_grows_by_pages_that_no_public_one_will_ever_be():
    before = [Placed("a", ("1", "2")), Placed("x", ("3", "4"))]
    after = lay_out_again([Span("x", 3, Series.EXEMPT), Span("y", 2, Series.EXEMPT)], before)
    assert after == (Placed("x", ("3", "4", "E1"), ("E2",)), Placed("y", ("E2a", "E2b")))


@pytest.mark.parametrize(("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (49, "xlix"), (90, "xc")])
def test_roman_numerals(number, text):
    assert roman(number) == text
    assert series_of(text) is Series.FRONT


@pytest.mark.parametrize(("number", "text"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")])
def test_letters_go_on_after_z(number, text):
    assert letters(number) == text


def test_a_range_is_named_as_agendas_name_it():
    assert page_range(("9", "10", "20")) == "Pages 9 - 20"
    assert page_range(("5",)) == "Page 5"
    assert page_range(("9", "10", "E1")) == "Pages 9 - 10, E1"
