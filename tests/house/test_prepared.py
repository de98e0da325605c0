"""Prepared questions: the rows that the query set itself would give, for each council and each value."""

import datetime as dt

import pytest

from moothall.actor import Actor
from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind
from moothall.councils.prepared import prepared
from moothall.councils.scoped import holding
from tests.conftest import TODAY, moment

pytestmark = pytest.mark.django_db


@prepared
def named(council, name, on):
    return Body.objects.of(council).filter(holding(on), name=name).select_related("parent")


@prepared
def among(council, ids):
    return Body.objects.of(council).filter(id__in=ids).order_by("pk").values_list("pk", "name")


@prepared
def numbered(council, number):
    return Body.objects.of(council).filter(id=number)


@pytest.fixture
def boards(avonmere, brackwater):
    """Nine boards of Avonmere, the first above the rest, and as many of Brackwater under the same names."""
    return {council.slug: list(made(Actor.operator(council, at=moment(TODAY)))) for council in (brackwater, avonmere)}


def made(by):
    above = None
    for number in range(9):
        body = bodies.create_body(name=f"Board {number}", kind=Kind.BOARD, first_day=TODAY, parent=above, by=by)
        above = above or body
        yield body


def test_each_value_gets_its_own_rows_and_the_question_is_built_once(boards, avonmere):
    built = []

    @prepared
    def called(council, name):
        built.append(name)
        return Body.objects.of(council).filter(name=name)

    for number in range(9):
        assert called(avonmere, f"Board {number}") == [boards["avonmere"][number]]
    assert len(built) == 1


def test_of_tuples_few_shapes_are_built(boards, avonmere):
    built = []

    @prepared
    def counted(council, ids):
        built.append(len(ids))
        return Body.objects.of(council).filter(id__in=ids)

    for number in range(1, 10):
        counted(avonmere, tuple(range(number)))
    assert built == [1, 2, 4, 8, 16]


def test_rows_bring_what_they_point_to(boards, avonmere, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert named(avonmere, "Board 3", TODAY)[0].parent.name == "Board 0"


def test_a_day_is_asked_as_a_day(boards, avonmere):
    assert named(avonmere, "Board 1", TODAY - dt.timedelta(days=1)) == []


def test_councils_are_kept_apart(boards, avonmere, brackwater):
    assert named(avonmere, "Board 1", TODAY) != named(brackwater, "Board 1", TODAY)
    assert among(avonmere, tuple(row.pk for row in boards["brackwater"])) == []


def test_any_number_of_ids_finds_those_and_no_other(boards, avonmere):
    ids = [row.pk for row in boards["avonmere"]]
    for count in range(1, 10):
        assert [pk for pk, _ in among(avonmere, tuple(ids[:count]))] == ids[:count]


def test_no_ids_ask_nothing(boards, avonmere, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert among(avonmere, ()) == []


def test_a_number_beyond_all_numbers_is_nobodys(boards, avonmere):
    assert numbered(avonmere, 10**30) == []


@pytest.mark.parametrize("value", ["'; --", "%s", "%(a)s", "Ω"])
def test_a_text_is_a_value_and_never_sql(boards, avonmere, value):
    assert named(avonmere, value, TODAY) == []
    assert Body.objects.of(avonmere).count() == 9


@pytest.mark.parametrize("value", [None, 1.5, dt.datetime(2014, 11, 24)])  # noqa: DTZ001 - refused anyway
def test_what_cannot_stand_in_a_question_is_refused(boards, avonmere, value):
    with pytest.raises(TypeError):
        numbered(avonmere, value)


def test_rows_are_read_anew_each_time(boards, avonmere, operator):
    assert named(avonmere, "Board 8", TODAY)[0].remit == ""
    bodies.amend_body(boards["avonmere"][8], remit="Bridges", by=operator)
    assert named(avonmere, "Board 8", TODAY)[0].remit == "Bridges"


def test_a_value_given_by_name_is_refused_rather_than_passed_over(avonmere):
    with pytest.raises(TypeError, match=r"\bon\b"):
        named(avonmere, "Board 1", on=TODAY)
