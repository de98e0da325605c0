"""Councils by host name, their dated options, their clock."""

import datetime as dt

import pytest
from django.http import HttpResponse

from moothall.core.clocks import Basis
from moothall.foundation.councils import actions
from moothall.foundation.councils.middleware import TenancyMiddleware
from moothall.foundation.councils.models import OptionValue, OwnDay
from moothall.foundation.councils.options import Options, options
from moothall.foundation.errors import NotAllowed, RuleBroken
from tests.errors import has_code

pytestmark = pytest.mark.django_db
MEETING = dt.date(2014, 11, 24)


@pytest.mark.parametrize("host", ["avonmere.example", "AVONMERE.example:8443"])
def test_a_council_answers_to_its_host(avonmere, brackwater, rf, host):
    request = rf.get("/", headers={"host": host})
    TenancyMiddleware(lambda _: HttpResponse())(request)
    assert request.council == avonmere


def test_a_host_of_no_council_is_answered_404(avonmere, client):
    response = client.get("/account/login/", headers={"host": "elsewhere.example"})
    assert (response.status_code, response.headers["Content-Type"]) == (404, "text/plain")


def test_a_host_of_a_council_is_let_through(avonmere, client):
    assert client.get("/account/login/", headers={"host": "avonmere.example"}).status_code == 200


def test_a_host_belongs_to_one_council(avonmere, brackwater, operator):
    with pytest.raises(RuleBroken, check=has_code("host-taken", says=("brackwater.example",))):
        actions.add_domain(host="Brackwater.example", by=operator)


def test_an_option_holds_from_its_day_on(avonmere, operator):
    actions.set_option(key="call_in_days", value=4, first_day=dt.date(2015, 5, 1), by=operator)
    days = [options(avonmere, dt.date(2015, month, day)).call_in_days for month, day in ((4, 30), (5, 1))]
    assert days == [5, 4]


def test_an_option_chosen_again_for_the_same_day_is_replaced(avonmere, operator):
    for value in (4, 3):
        actions.set_option(key="call_in_days", value=value, first_day=MEETING, by=operator)
    assert [row.value for row in OptionValue.objects.of(avonmere)] == [3]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("call_in_days", "many", id="no number"),
        pytest.param("call_in_days", -1, id="below nought"),
        pytest.param("clear_days_basis", "weekdays", id="no such basis"),
        pytest.param("brand_colour", "red; }", id="no colour"),
        pytest.param("shoe_size", 9, id="no such option"),
    ],
)
def test_an_option_takes_only_what_it_can_have(operator, key, value):
    with pytest.raises(RuleBroken) as broken:
        actions.set_option(key=key, value=value, first_day=MEETING, by=operator)
    assert broken.value.field == key


def test_every_option_can_be_kept_and_read_back(avonmere, operator):
    for key in Options.__struct_fields__:
        actions.set_option(key=key, value=getattr(Options(), key), first_day=MEETING, by=operator)
    assert options(avonmere, MEETING) == Options()


def test_only_an_administrator_sets_options(clerk):
    with pytest.raises(NotAllowed, check=has_code("other-role-needed")):
        actions.set_option(key="call_in_days", value=4, first_day=MEETING, by=clerk)


def test_clk_01_a_closure_day_moves_the_deadline(avonmere, clerk):
    actions.add_own_day(day=dt.date(2014, 11, 19), kind=OwnDay.Kind.CLOSURE, by=clerk)
    assert avonmere.clock(MEETING).deadline("agenda", MEETING).day == dt.date(2014, 11, 13)


def test_clk_03_a_day_of_one_council_does_not_move_anothers(avonmere, brackwater, clerk):
    actions.add_own_day(day=dt.date(2014, 11, 19), kind=OwnDay.Kind.PROCLAIMED, by=clerk)
    assert brackwater.clock(MEETING).deadline("agenda", MEETING).day == dt.date(2014, 11, 14)


def test_a_day_taken_from_the_list_counts_again(avonmere, clerk):
    day = actions.add_own_day(day=dt.date(2014, 11, 19), kind=OwnDay.Kind.CLOSURE, by=clerk)
    actions.remove_own_day(day, by=clerk)
    assert avonmere.clock(MEETING).deadline("agenda", MEETING).day == dt.date(2014, 11, 14)


def test_clk_02_the_councils_basis_is_shown(avonmere, operator):
    first_day = dt.date(2014, 1, 1)
    actions.set_option(key="clear_days_basis", value="calendar", first_day=first_day, by=operator)
    agenda = avonmere.clock(MEETING).deadline("agenda", MEETING)
    assert (agenda.day, agenda.rule.basis) == (dt.date(2014, 11, 18), Basis.CALENDAR)


def test_mtg_16_28_clear_days_are_calendar_days_unless_the_council_says_working(avonmere, operator):
    cabinet = dt.date(2014, 12, 3)
    by_default = avonmere.clock(cabinet).deadline("key-decision", cabinet).day
    actions.set_option(key="notice_28_days_basis", value="working", first_day=dt.date(2014, 1, 1), by=operator)
    chosen = avonmere.clock(cabinet).deadline("key-decision", cabinet).day
    assert (by_default, chosen) == (dt.date(2014, 11, 4), dt.date(2014, 10, 23))
