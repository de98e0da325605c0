"""Forms and components, as both doors render them."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from moothall.design_system.brand import contrast, text_on
from moothall.design_system.forms import DateField, TimeField, refuse
from moothall.foundation.errors import NotAllowed, RuleBroken
from tests.pages.form_urls import Everything

SENT = {"name": "Panel", "day_day": "24", "day_month": "11", "day_year": "2014", "at": "4.30pm", "body": "a"}


def shown(source, **context):
    return Template("{% load design %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        pytest.param(("24", "11", "2014"), dt.date(2014, 11, 24), id="figures"),
        pytest.param(("4", "november", "2014"), dt.date(2014, 11, 4), id="a name"),
        pytest.param(("4", "Nov.", "2014"), dt.date(2014, 11, 4), id="a short name"),
        pytest.param("2014-11-24", dt.date(2014, 11, 24), id="an ISO day"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_day_is_read(parts, day):
    assert DateField(required=False).clean(parts) == day


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param(("24", "", "2014"), "month", id="no month"),
        pytest.param(("24", "13", "2014"), "month", id="a thirteenth month"),
        pytest.param(("24", "11", "14"), "year", id="two figures"),
        pytest.param(("31", "2", "2014"), "day", id="a day that there is not"),
        pytest.param("next week", "month year", id="words"),
    ],
)
def test_what_is_no_day_is_refused_at_the_box_that_is_wrong(parts, code):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(parts)
    assert refusal.value.code == code


@given(st.dates())
def test_a_day_shown_and_sent_again_is_the_same_day(day):
    field = DateField()
    parts = field.prepare_value(day)
    assert field.clean((parts[0], parts[1], parts[2].zfill(4))) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("16:30", dt.time(16, 30)),
        ("4.30pm", dt.time(16, 30)),
        ("4pm", dt.time(16)),
        ("12am", dt.time(0)),
        ("12 p.m.", dt.time(12)),
        ("1630", dt.time(16, 30)),
        ("9", dt.time(9)),
    ],
)
def test_an_hour_is_read_as_people_write_it(text, time):
    assert TimeField().clean(text) == time


@pytest.mark.parametrize("text", ["25:00", "13pm", "0am", "half past four", "9:75"])
def test_what_is_no_hour_is_refused(text):
    with pytest.raises(ValidationError, check=lambda error: error.code == "invalid"):
        TimeField().clean(text)


def test_messages_say_what_to_do():
    errors = Everything({}).errors
    assert (errors["name"], errors["where"], errors["told"]) == (
        ["Enter name"],
        ["Choose place"],
        ["Tick “Tell the members”"],
    )


def test_a_rule_is_shown_at_its_field():
    form = Everything(SENT)
    refuse(form, RuleBroken("MTG-01", "That day is too near.", field="day"))
    assert form.errors["day"] == ["That day is too near."]


def test_a_refusal_without_a_field_stands_at_the_top():
    form = Everything(SENT)
    refuse(form, NotAllowed("Only a clerk may do this."))
    assert "Only a clerk may do this." in shown("{% error_summary form %}", form=form)


def test_every_control_is_tied_to_its_hint_and_message():
    page = str(Everything({}))
    ids = set(re.findall(r' id="([^"]+)"', page))
    tied = {each for found in re.findall(r'aria-describedby="([^"]+)"', page) for each in found.split()}
    assert {"id_name_helptext", "id_name_error", "id_day_error", "id_where_error"} <= tied <= ids


def test_every_label_has_its_control():
    page = str(Everything())
    assert set(re.findall(r' for="([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


def test_what_is_typed_is_never_markup():
    page = str(Everything({"name": "<script>", "why": "</textarea><b>", "day_day": '"><i>'}))
    assert not re.search(r"<script>|<b>|<i>", page)


def test_a_button_that_cannot_be_pressed_says_why():
    page = shown("{% button 'Publish' why_not='It is too late.' %}")
    assert 'aria-disabled="true"' in page
    assert "It is too late." in page
    assert 'type="submit"' not in page


def test_a_tag_has_a_colour_that_there_is():
    with pytest.raises(TemplateSyntaxError, match="pink"):
        shown("{% tag 'Late' 'pink' %}")


def test_links_of_pages_keep_the_query(rf):
    page = Paginator(range(30), 10).page(2)
    found = shown("{% pagination page %}", page=page, request=rf.get("/", {"body": "panel", "page": "2"}))
    assert "?body=panel&amp;page=3" in found
    assert 'aria-current="page"' in found


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (dt.time(10), "10am"),
        (dt.time(16, 30), "4:30pm"),
        (dt.time(12), "midday"),
        (dt.time(0), "midnight"),
        (dt.time(0, 5), "12:05am"),
    ],
)
def test_an_hour_is_said_as_people_read_it(hour, said):
    assert shown("{{ hour|clock }}", hour=hour) == said


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_a_councils_name_can_be_read_on_every_colour_wcag_1_4_3(colour):
    assert contrast(text_on(colour), colour) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.django_db
def test_the_stylesheet_of_a_colour_may_be_kept_for_ever(avonmere, client):
    response = client.get("/brand/1D5B53.css", SERVER_NAME="avonmere.example")
    assert response.content == b":root{--moot-brand:#1d5b53;--moot-on-brand:#ffffff}\n"
    assert "immutable" in response["Cache-Control"]
