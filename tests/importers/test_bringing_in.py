"""Lists brought in: rehearsed, shown row by row, and entered as a whole or not at all."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from moothall.bodies.models import Body, Membership
from moothall.foundation.audit.models import Entry
from moothall.importers.import_rows import bring_in, check_headings, rehearse
from moothall.importers.kinds import BODIES, CALENDAR, KINDS, MEMBERSHIPS, PEOPLE
from moothall.importers.spreadsheets import SheetRefused, read
from moothall.meetings.models import Meeting
from moothall.people.models import Person, Term
from tests.errors import has_code
from tests.reading import banner

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent.parent / "docs" / "clerks" / "samples"
TWO = b"first_names,last_name,office,ward,first_day\nAnna,Lee,Councillor,Abbey,9/5/2011\nSam,Reed,,,\n"
WRONG = TWO + b"Ben,Okafor,King,,9/5/2011\n"


def test_a_rehearsal_tells_every_row_and_writes_nothing(clerk, avonmere):
    before = (Person.objects.of(avonmere).count(), Entry.objects.count())
    told = rehearse(PEOPLE, read("a.csv", WRONG), by=clerk)
    assert [(each.number, each.made, bool(each.error)) for each in told] == [
        (2, "Anna Lee, Councillor", False),
        (3, "Sam Reed", False),
        (4, "", True),
    ]
    assert told[2].code == "not-a-choice"
    assert [each for each in ("King", *map(str, Term.Office.labels)) if each not in told[2].error] == []
    assert (Person.objects.of(avonmere).count(), Entry.objects.count()) == before


def test_one_row_that_cannot_be_keeps_all_others_out(clerk, avonmere):
    before = (Person.objects.of(avonmere).count(), Entry.objects.count())
    bring_in(PEOPLE, read("a.csv", WRONG), by=clerk)
    assert (Person.objects.of(avonmere).count(), Entry.objects.count()) == before


def test_a_good_list_is_entered_by_the_verbs_with_their_audit_entries(clerk, avonmere):
    bring_in(PEOPLE, read("a.csv", TWO), by=clerk)
    assert Person.objects.of(avonmere).get(last_name="Lee").terms.get().ward == "Abbey"
    verbs = Entry.objects.filter(council=avonmere, who=clerk.who).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["people.create_person", "people.begin_term", "people.create_person"]


def test_columns_that_are_missing_or_unknown_are_named():
    with pytest.raises(SheetRefused, check=has_code("missing-columns", says=("last_name",))):
        check_headings(PEOPLE, read("a.csv", b"first_names\nAnna"))
    with pytest.raises(SheetRefused, check=has_code("unknown-columns", says=("shoe_size",))):
        check_headings(PEOPLE, read("a.csv", b"first_names,last_name,shoe_size\nAnna,Lee,5"))


def test_somebody_who_is_there_twice_has_to_be_named_by_address(clerk, councillor, avonmere):
    for _ in range(2):
        councillor("Anna Lee")
    bring_in(BODIES, read("a.csv", b"name,kind,first_day\nPlanning,Committee,1/5/2014"), by=clerk)
    rows = b"body,person,place,first_day\nPlanning,Anna Lee,Member,1/6/2014\nPlanning,anna-lee-2,Member,1/6/2014\n"
    told = rehearse(MEMBERSHIPS, read("a.csv", rows), by=clerk)
    assert told[0].code == "several-of-that-name"
    assert told[1].made == "Anna Lee, Member of Planning"


def test_people_of_another_council_are_not_found(clerk, avonmere, brackwater, acting):
    acting("clerk", council=brackwater, first_names="Hal", last_name="Harbour")
    bring_in(BODIES, read("a.csv", b"name,kind,first_day\nPlanning,Committee,1/5/2014"), by=clerk)
    rows = read("a.csv", b"body,person,place,first_day\nPlanning,Hal Harbour,Member,1/6/2014\n")
    assert rehearse(MEMBERSHIPS, rows, by=clerk)[0].code == "none-of-that-name"


def test_the_samples_of_the_manual_go_in_one_after_the_other(operator, avonmere):
    for name in ("people", "bodies", "memberships"):
        told = bring_in(KINDS[name], read(f"{name}.csv", (SAMPLES / f"{name}.csv").read_bytes()), by=operator)
        assert [each.error for each in told if each.error] == []
    rows = read("calendar.csv", (SAMPLES / "calendar.csv").read_bytes())
    keys = [concern.key for each in rehearse(CALENDAR, rows, by=operator) for concern in each.concerns]
    bring_in(CALENDAR, rows, confirmed=keys, by=operator)
    assert Membership.objects.of(avonmere).count() >= 4
    assert Meeting.objects.of(avonmere).count() == len(rows)


def upload(client, what, content, name="list.csv"):
    path = reverse("workspace:import", args=[what])
    return client.post(path, {"file": SimpleUploadedFile(name, content)})


def kept(answer):
    return re.search(r'name="rows" value="([^"]+)"', answer.text)[1]


def test_in_the_browser_nothing_is_entered_before_it_is_confirmed(desk, avonmere):
    answer = upload(desk, "people", TWO)
    assert "Anna Lee, Councillor" in answer.text
    assert not Person.objects.of(avonmere).filter(last_name="Lee").exists()
    done = desk.post(reverse("workspace:import", args=["people"]), {"rows": kept(answer)}, follow=True)
    assert "2" in banner(done)
    assert Person.objects.of(avonmere).filter(last_name="Lee").exists()


def test_in_the_browser_a_bad_row_is_shown_with_its_number_and_cannot_be_confirmed(desk, avonmere):
    answer = upload(desk, "people", WRONG)
    assert [each.number for each in answer.context["told"] if each.error] == [4]
    assert len(answer.context["wrong"]) == 1
    assert 'name="enter"' not in answer.text


def test_rows_that_were_tampered_with_are_not_taken(desk, avonmere):
    rows = kept(upload(desk, "people", TWO))
    desk.post(reverse("workspace:import", args=["people"]), {"rows": f"x{rows}"})
    assert not Person.objects.of(avonmere).filter(last_name="Lee").exists()


def test_a_workbook_is_brought_in_like_a_csv_file(desk, avonmere, workbook):
    content = workbook(["name", "kind", "first_day"], ["Planning Committee", "Committee", "1 May 2014"])
    answer = upload(desk, "bodies", content, "list.xlsx")
    desk.post(reverse("workspace:import", args=["bodies"]), {"rows": kept(answer)})
    assert Body.objects.of(avonmere).get().name == "Planning Committee"


def test_concerns_about_meetings_are_ticked_before_they_are_entered(desk, clerk, avonmere):
    bring_in(BODIES, read("a.csv", b"name,kind,first_day\nPlanning,Committee,1/5/2014"), by=clerk)
    answer = upload(desk, "calendar", b"body,day,start\nPlanning,25/12/2014,10:00\n")
    assert [[concern.against for concern in each.concerns] for each in answer.context["told"]] == [["day"]]
    path, rows = reverse("workspace:import", args=["calendar"]), kept(answer)
    assert desk.post(path, {"rows": rows}).context["missed"]
    assert not Meeting.objects.of(avonmere).exists()
    key = re.search(r'name="confirmed"[^>]*value="([^"]+)"', answer.text, re.DOTALL)[1]
    desk.post(path, {"rows": rows, "confirmed": key})
    assert Meeting.objects.of(avonmere).filter(slug="2014-12-25").exists()


def test_the_sample_of_a_kind_has_its_columns(desk, avonmere):
    for name, kind in KINDS.items():
        text = desk.get(reverse("workspace:import-sample", args=[name])).text
        assert text.splitlines()[0].split(",") == [column.name for column in kind.columns]
