"""Pages name only what the website has: decisions, and the attendance of members."""

import re

import pytest

from moothall.people import actions as people
from moothall.people.models import Attendance
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
OPENINGS = {"/": r"<h1.*?</h1>", "/accessibility/": r"</h1>\s*<p>.*?</p>"}
ATTENDANCE = re.compile(r"<h2[^>]*>\s*Attendance\s*</h2>")


@pytest.mark.parametrize("path", OPENINGS)
def test_page_promises_decisions_only_if_they_can_be_read(panel, browse, path):
    opening = re.search(OPENINGS[path], browse(path).text, re.DOTALL)[0]
    can_be_read = any(browse(each).status_code == 200 for each in ("/decisions/", f"/decisions/{TODAY.year}/"))
    assert ("decision" in opening.lower()) is can_be_read
    assert "members" in opening.lower()


def test_person_without_recorded_attendance_has_no_section_on_it(avonmere, new_person, browse):
    new_person("Anna Lee", councillor=True)
    page = browse("/people/anna-lee/").text
    assert not ATTENDANCE.search(page)
    assert "recorded" not in page


def test_person_with_recorded_attendance_has_a_section_on_it(avonmere, operator, new_person, browse):
    anna = new_person("Anna Lee", councillor=True)
    people.record_attendance(anna, day=TODAY, meeting="Council", how=Attendance.How.PRESENT, by=operator)
    assert ATTENDANCE.search(browse("/people/anna-lee/").text)
