"""How the website answers: unchanged pages, moved meetings, things withdrawn, other councils, secrets."""

import datetime as dt
import os
import re

import pytest
from django.core.cache import caches
from django.test import Client

from moothall.bodies import actions as bodies
from moothall.bodies.actions.bodies import RESERVED
from moothall.bodies.models import Body, Kind
from moothall.core.pdf.cache_cleanup import TIDIED
from moothall.forward_plan.jobs import clear_papers
from moothall.foundation.actors import Actor
from moothall.foundation.councils.models import Council
from moothall.people import actions as people
from moothall.people.models import Person
from moothall.urls import urlpatterns
from moothall.website.error_pages import fault, not_allowed
from tests.conftest import TODAY, moment
from tests.website.filling import fill
from tests.website.test_pages import DATA, PANEL, PATHS, text

pytestmark = pytest.mark.django_db
CALENDARS = ("/calendar.ics", f"{PANEL}meetings.ics", "/people/anna-lee/meetings.ics", f"{PANEL}2015-01-19.ics")
FILES = (f"{PANEL}forward-plan.csv", f"{PANEL}forward-plan.atom", f"{PANEL}forward-plan.pdf", *CALENDARS)


@pytest.mark.parametrize("path", [*PATHS, *DATA, *CALENDARS])
def test_an_unchanged_page_is_not_sent_again(panel, browse, path):
    again = browse(path, if_none_match=browse(path)["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_is_sent_again_after_any_act(panel, browse, operator):
    tag = browse("/")["ETag"]
    bodies.amend_body(panel, remit="Another remit", by=operator)
    assert browse("/", if_none_match=tag).status_code == 200


def test_a_page_is_sent_again_on_the_next_day(panel, browse, monkeypatch):
    tag = browse("/")["ETag"]
    monkeypatch.setattr(Council, "today", TODAY + dt.timedelta(days=1))
    assert browse("/", if_none_match=tag).status_code == 200


def test_an_unchanged_page_costs_one_query(panel, browse, django_assert_num_queries):
    tag = browse(PANEL)["ETag"]
    with django_assert_num_queries(1):
        browse(PANEL, if_none_match=tag)


def test_pages_may_be_kept_by_anyone_and_depend_on_nobody(panel, browse):
    response = browse(PANEL)
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("path", [*PATHS, *DATA, *FILES])
def test_nothing_is_written_by_reading(panel, browse, path):
    assert Client(SERVER_NAME="avonmere.example").post(path).status_code == 405


def test_a_moved_meeting_sends_on_from_the_address_it_had(panel, browse):
    response = browse(f"{PANEL}2015-02-23/")
    assert (response.status_code, response["Location"]) == (302, f"{PANEL}2015-03-02/")


def test_the_address_of_a_meeting_depends_on_no_number_of_agenda_or_minutes_min_41(panel, browse):
    assert re.fullmatch(r"/[a-z-]+/\d{4}-\d\d-\d\d/", f"{PANEL}2014-12-08/")
    assert browse(f"{PANEL}2014-12-08/").status_code == 200


def test_a_withdrawn_entry_is_gone_and_says_why(panel, browse):
    response = browse(f"{PANEL}forward-plan/4/")
    assert response.status_code == 410
    assert "The county decides this now." in text(response)


@pytest.mark.parametrize(
    "path", [f"{PANEL}forward-plan/5/", "/no-such-body/", f"{PANEL}2014-12-09/", "/people/rosa-quill/"]
)
def test_what_is_not_open_answers_like_what_is_not_there(panel, browse, path):
    hidden, missing = browse(path), browse("/nothing/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/?body=nowhere",
        "/calendar/2014-13/",
        f"{PANEL}forward-plan/{10**30}/",
        # as every thing has one address, nobody fills the memory with others
        f"{PANEL}forward-plan/01/",
        f"{PANEL}forward-plan/01.json",
        f"{PANEL}forward-plan/\N{ARABIC-INDIC DIGIT ONE}/",
        "/calendar/20\N{ARABIC-INDIC DIGIT ONE}4/",
        "/calendar/201\N{FULLWIDTH DIGIT FOUR}-10/",
        f"{PANEL}2014-10-1\N{FULLWIDTH DIGIT THREE}/",
    ],
)
def test_an_address_that_makes_no_sense_is_not_found(panel, browse, path):
    assert browse(path).status_code == 404


@pytest.mark.parametrize("path", [*PATHS, *DATA, *FILES])
def test_no_page_tells_what_is_not_public(panel, browse, operator, path):
    bodies.create_body(name="Zzyzx Proposed Panel", kind=Kind.BOARD, first_day=TODAY, by=operator)
    people.create_person(first_names="Zzyzx", last_name="Hidden", by=operator)
    told = browse(path).content.decode("utf-8", "replace")
    assert not [word for word in ("Zzyzx", "zzyzx", "hidden employer", "Threats", "secret draft") if word in told]


def test_a_sensitive_interest_shows_that_it_exists_int_02(panel, browse):
    page = text(browse("/people/anna-lee/"))
    assert re.search(r"section 32\b", page, re.IGNORECASE)
    assert "Employment" not in page


def test_a_councillor_is_named_with_the_office_and_a_co_optee_without_nam_01(panel, browse):
    page = text(browse(PANEL))
    assert "Councillor Anna Lee" in page
    assert "Councillor Dr Sam Reed" not in page


@pytest.mark.parametrize("path", PATHS)
def test_no_page_tells_of_another_council(panel, browse, brackwater, path):
    by = Actor.operator(brackwater, at=moment(TODAY))
    fill(brackwater)
    row = Body.objects.of(brackwater).get(slug=PANEL.strip("/"))
    bodies.amend_body(row, name="Qwxy Panel", remit="Qwxy", by=by)
    person = Person.objects.of(brackwater).get(slug="anna-lee")
    people.correct_person(person, last_name="Qwxy", by=by)
    assert "Qwxy" not in text(browse(path))
    assert "Qwxy" in text(browse(PANEL, "brackwater"))


def test_every_address_of_ours_is_reserved_from_bodies(panel):
    def first_parts(patterns, before=""):
        for each in patterns:
            whole = before + str(each.pattern)
            yield from first_parts(each.url_patterns, whole) if hasattr(each, "url_patterns") else [whole]

    firsts = {whole.partition("/")[0].partition(".")[0] for whole in first_parts(urlpatterns)}
    assert {each for each in firsts if each and "<" not in each} <= RESERVED


@pytest.mark.parametrize("path", CALENDARS)
def test_a_calendar_is_one_that_programs_read(panel, browse, path):
    response = browse(path)
    assert response["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in response.content
    assert b"STATUS:CANCELLED" in response.content


def test_the_paper_of_a_plan_is_a_pdf(panel, browse, settings, tmp_path):
    settings.DATA = tmp_path
    assert browse(f"{PANEL}forward-plan.pdf").content.startswith(b"%PDF-")


def test_papers_of_plans_that_nobody_asks_for_are_cleared_away(panel, browse, settings, tmp_path):
    settings.DATA = tmp_path
    caches["pages"].clear()
    paper = browse(f"{PANEL}forward-plan.pdf").content
    clear_papers()
    kept = list(tmp_path.glob("press/??/*"))
    assert kept
    for each in (*kept, tmp_path / "press" / TIDIED):
        os.utime(each, (0, 0))
    clear_papers()
    assert list(tmp_path.glob("press/??/*")) == []
    caches["pages"].clear()
    assert browse(f"{PANEL}forward-plan.pdf").content == paper


def test_a_cancelled_meeting_keeps_its_page_and_says_why(panel, browse):
    page = text(browse(f"{PANEL}2015-01-19/"))
    assert "Cancelled" in page
    assert "There is too little business." in page


def test_the_deadline_for_speaking_explains_itself_pub_02(panel, browse):
    page = text(browse(f"{PANEL}2014-12-08/"))
    assert "Wednesday 3 December 2014, 4:30pm" in page
    assert re.search(r"Thu 4\b.*Fri 5 December 2014", page)


def test_a_dissolved_body_keeps_its_page(panel, browse):
    assert "31 October 2014" in text(browse("/riverbank-working-board/"))


def test_times_are_those_of_the_place(panel, browse):
    """13 October 2014 is summer time: 16:30 there is 15:30 in UTC."""
    assert "4:30pm" in text(browse(f"{PANEL}2014-10-13/"))


def test_a_fault_is_told_without_asking_the_database_and_without_details(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = fault(rf.get("/"))
    assert response.status_code == 500
    assert response.content.count(b"<h1") == 1
    assert "Traceback" not in text(response)


def test_a_form_without_its_token_is_refused_in_plain_words(avonmere, rf):
    request = rf.post("/")
    request.council = avonmere
    response = not_allowed(request)
    assert response.status_code == 403
    assert b'id="not-allowed"' in response.content


def test_django_answers_a_missing_token_with_that_page(avonmere):
    strict = Client(SERVER_NAME="avonmere.example", enforce_csrf_checks=True)
    response = strict.post("/account/login/", {"login": "a@b.example"})
    assert response.status_code == 403
    assert b'id="not-allowed"' in response.content
