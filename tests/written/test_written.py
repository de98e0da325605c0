"""Pages written as files: the application's own, until anything is written, and never anything that is hidden."""

import datetime as dt
import re
import shutil

import pytest
from django.db import transaction
from django.test import Client

from moothall.audit import written
from moothall.audit.models import Entry, Head
from moothall.audit.pages import PagesRemain
from moothall.audit.public import edition
from moothall.bodies import actions as bodies
from moothall.bodies.models import OutsideBody
from moothall.councils.actions import create_council
from moothall.councils.models import Council
from moothall.jobs.models import Job
from moothall.jobs.recurring import recurring
from moothall.signing_in.log import note
from moothall.website.release import release
from moothall.written import jobs, starting
from moothall.written import writing as writing_module
from moothall.written.folder import Sets
from moothall.written.kinds import as_served, file_of, told
from moothall.written.visiting import visit
from moothall.written.writing import name_of, write
from tests.gate.test_canaries import MARK, marked
from tests.gate.world import build

pytestmark = pytest.mark.django_db
HOME, OUTSIDE = "/@.html", "/outside-bodies/@.html"


def act(by, name="Sky Trust"):
    return bodies.create_outside_body(name=name, first_day=dt.date(2014, 5, 1), places=1, by=by)


def files(root):
    return [path for path in root.glob("sets-*/*/*/**/*") if path.is_file()]


def test_written_is_what_the_application_answers(panel, avonmere, root, served):
    write(avonmere, root)
    pages = list(visit("avonmere.example"))
    kept = [page for page in pages if (found := served(file_of(page.address))) is not None and found == page.body]
    assert len(kept) > 20
    assert {page.address for page in pages} == {page.address for page in kept}
    assert len([path for path in files(root) if path.suffix != ".gz"]) == len(kept)


@pytest.mark.parametrize("file", ["/people/@.html", "/calendar/2014-11/@.html", "/calendar/2014/@.html"])
def test_lists_and_calendars_are_written(panel, avonmere, root, served, file):
    write(avonmere, root)
    assert served(file)


def test_what_nginx_would_tell_otherwise_is_not_written():
    alike = (("Vary", "Accept-Language"),)
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": "3", "ETag": '"1"', **dict(alike)}
    assert told(headers) == as_served("/x/", alike)
    for also in ({"Content-Type": "text/plain"}, {"Content-Disposition": "inline"}, {"Link": "x"}, {"Vary": "Cookie"}):
        assert told(headers | also) != as_served("/x/", alike), also


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "/@.html"),
        ("/calendar/2014-11/", "/calendar/2014-11/@.html"),
        ("/people/anna-lee/meetings.ics", "/people/anna-lee/meetings.ics@.ics"),
        ("/people.json", "/people.json@.json"),
        ("/calendar", None),
        ("/calendar/?a=1", None),
        ("//calendar/", None),
        ("/../calendar/", None),
        ("/./", None),
        ("/.json", None),
        ("/calendar%2f/", None),
        ("/calendar/@.html", None),
        ("/calendar/\n", None),
        ("/calendar.ics\n", None),
        ("/x.php", None),
    ],
)
def test_only_plain_addresses_have_files(address, file):
    assert file_of(address) == file


def test_an_act_takes_pages_away_before_it_is_committed(panel, avonmere, root, served, operator):
    write(avonmere, root)
    with transaction.atomic():
        assert served(HOME)
        act(operator)
        assert served(HOME) is None


def test_an_act_that_is_undone_leaves_pages_away(panel, avonmere, root, served, operator):
    write(avonmere, root)
    with transaction.atomic():
        act(operator)
        transaction.set_rollback(True)
    assert served(HOME) is None
    act(operator)  # finds them away already, and is not hindered
    write(avonmere, root)
    assert b"Sky Trust" in served(OUTSIDE)


def test_an_act_in_another_council_takes_nothing_away(panel, avonmere, brackwater, root, served, operator):
    write(avonmere, root)
    write(brackwater, root)
    act(operator)
    assert served(HOME) is None
    assert served(HOME, "brackwater.example")


def test_pages_made_before_an_act_are_not_put_out_after_it(panel, avonmere, root, served, operator, monkeypatch):
    whole = writing_module.bring_to_disk
    monkeypatch.setattr(writing_module, "bring_to_disk", lambda pages: (whole(pages), act(operator)))
    assert write(avonmere, root) == "overtaken"
    assert served(HOME) is None


def test_pages_stop_being_made_when_an_act_overtakes_them(panel, avonmere, root, operator, monkeypatch):
    real = writing_module.visit

    def overtaken(host):
        for number, page in enumerate(real(host)):
            assert number < 3
            yield page
            act(operator, f"Trust {number}")

    monkeypatch.setattr(writing_module, "visit", overtaken)
    assert write(avonmere, root) == "overtaken"


def test_a_link_put_in_place_too_late_leads_nowhere(panel, avonmere, root, served, operator, monkeypatch):
    link = Sets.link

    def late(self, pages, **given):
        act(operator)
        link(self, pages, **given)

    monkeypatch.setattr(Sets, "link", late)
    write(avonmere, root)
    assert list((root / "now").glob("*/avonmere.example/*"))
    assert served(HOME) is None


def test_nothing_is_put_out_of_another_edition_or_release(panel, avonmere, root):
    pages = Sets(root, "avonmere").new()
    of = edition(avonmere)
    assert not written.put_out(avonmere, pages, of=of, release="another")
    assert not written.put_out(avonmere, pages, of="another", release=release())
    assert written.put_out(avonmere, pages, of=of, release=release())


def test_a_day_that_ends_meanwhile_puts_nothing_out(panel, avonmere, root, served, monkeypatch):
    whole = writing_module.bring_to_disk

    def at_midnight(pages):
        whole(pages)
        monkeypatch.setattr(Council, "today", dt.date(2014, 11, 25))

    monkeypatch.setattr(writing_module, "bring_to_disk", at_midnight)
    assert write(avonmere, root) == "overtaken"
    assert served(HOME) is None


def test_an_act_fails_whose_pages_cannot_be_taken_away(panel, avonmere, root, operator):
    write(avonmere, root)
    shutil.move(root, root.with_name("elsewhere"))
    before = Entry.objects.count()
    with pytest.raises(PagesRemain, match=re.escape(str(root))):
        act(operator)
    assert not OutsideBody.objects.of(avonmere).filter(name="Sky Trust").exists()
    assert Entry.objects.count() == before


def test_another_folder_at_the_same_place_is_not_taken_for_it(panel, avonmere, root, operator):
    write(avonmere, root)
    shutil.move(root, root.with_name("elsewhere"))
    Sets(root, "avonmere")
    with pytest.raises(PagesRemain):
        act(operator)


def test_pages_in_a_lost_folder_can_be_forgotten(panel, avonmere, root, operator):
    write(avonmere, root)
    out = Head.objects.get(council=avonmere).pages_out
    shutil.rmtree(root)
    assert written.forget() == [out]
    act(operator)


def test_writing_again_leaves_one_set(panel, avonmere, root, served):
    write(avonmere, root)
    write(avonmere, root)
    assert served(HOME)
    assert len(list(root.glob("sets-*/avonmere/*"))) == 1


def test_the_start_of_the_site_takes_away_what_another_release_wrote(panel, avonmere, root, served, settings):
    settings.WRITTEN_PAGES = root
    write(avonmere, root)
    Head.objects.update(pages_out="")  # as when the database was put back by hand
    starting.begin_anew()
    assert served(HOME) is None
    assert Job.objects.of(avonmere).filter(key="written pages").count() == 1


def test_without_the_variable_the_start_ends_the_writing(panel, avonmere, root, served, settings):
    settings.WRITTEN_PAGES = None
    write(avonmere, root)
    starting.begin_anew()
    assert served(HOME) is None
    assert write(avonmere, root) == "overtaken"
    assert jobs.write_pages.func("avonmere") == ""


def test_acts_put_the_writing_in_line_once(panel, avonmere, operator):
    act(operator)
    act(operator, "Sea Trust")
    assert Job.objects.of(avonmere).filter(key="written pages", state="waiting").count() == 1


def test_acts_put_nothing_in_line_where_no_pages_are_written(avonmere, operator):
    act(operator)
    assert not Job.objects.of(avonmere).filter(key="written pages").exists()


def test_pages_are_written_every_day():
    assert jobs.write_pages.module_path in recurring()


def test_nothing_is_out_after_a_restore(panel, avonmere, root, served):
    write(avonmere, root)
    written.take_everything_away(None)
    written.nothing_out()
    assert served(HOME) is None
    assert Head.objects.filter(pages_out="", pages_release="").count() == Head.objects.count()


def test_pages_that_the_database_does_not_know_of_are_taken_away_too(panel, avonmere, root, served):
    write(avonmere, root)
    Head.objects.update(pages_out="")
    written.take_everything_away(root)
    assert served(HOME) is None


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2014, 11, 24), "2014-11-24+00:00"),
        (dt.date(2014, 7, 1), "2014-07-01+01:00"),
        (dt.date(2014, 3, 30), None),
        (dt.date(2014, 10, 26), None),
    ],
    ids=str,
)
def test_a_day_is_named_with_the_offset_of_its_clocks(day, name):
    assert name_of(day) == name


def test_on_the_days_when_clocks_change_nothing_is_written(panel, avonmere, root, served, monkeypatch):
    monkeypatch.setattr(Council, "today", dt.date(2014, 3, 30))
    assert write(avonmere, root) == "not today"


def test_no_file_tells_when_it_was_written(panel, avonmere, root):
    write(avonmere, root)
    before = {path.name: path.stat().st_mtime for path in files(root) if path.parent.name == "avonmere.example"}
    write(avonmere, root)
    assert before == {path.name: path.stat().st_mtime for path in files(root) if path.parent.name == "avonmere.example"}
    assert len({path.stat().st_mtime for path in files(root)}) > 20


def written_files(root):
    """The inode, by address, of what is served now of Avonmere."""
    (link,) = (root / "now").glob("*/avonmere.example/*")
    found = link.resolve()
    return {str(each.relative_to(found)): each.stat().st_ino for each in found.rglob("*") if each.is_file()}


def test_only_pages_that_an_act_changed_are_written_again(panel, avonmere, root, served, operator):
    write(avonmere, root)
    before = written_files(root)
    act(operator)
    write(avonmere, root)
    now = written_files(root)
    changed = {file for file in now if now[file] != before[file]}
    assert changed == {"outside-bodies/@.html", "outside-bodies/@.html.gz"}
    assert b"Sky Trust" in served(OUTSIDE)


def test_a_file_that_is_not_whole_is_written_again(panel, avonmere, root, served):
    write(avonmere, root)
    whole = served(HOME)
    (file,) = root.glob("sets-*/avonmere/*/avonmere.example/@.html")
    file.write_bytes(whole[:100])
    write(avonmere, root)
    assert served(HOME) == whole


def test_signing_in_leaves_written_pages_where_they_are(panel, avonmere, root, served, rf):
    write(avonmere, root)
    request = rf.post("/account/login/")
    request.council = avonmere
    note(request, "failed_sign_in", None)
    assert Entry.objects.filter(verb="signing_in.failed_sign_in").exists()
    assert served(HOME)


def test_a_council_that_begins_while_the_site_runs_is_written(panel, root, served):
    begun = create_council(slug="calder", name="Calder Council", host="calder.example")
    assert Job.objects.of(begun).filter(key="written pages", state="waiting").exists()
    write(begun, root)
    assert b"Calder Council" in served(HOME, "calder.example")


def test_a_council_that_begins_where_nothing_is_written_is_not(panel, root):
    written.begin("", root)
    begun = create_council(slug="calder", name="Calder Council", host="calder.example")
    assert write(begun, root) == "overtaken"


def test_whoever_serves_may_read_and_not_write(panel, avonmere, root):
    write(avonmere, root)
    modes = {path.stat().st_mode & 0o777 for path in [root, *root.rglob("*")] if not path.is_symlink()}
    assert modes == {0o755, 0o644}


def test_nothing_hidden_is_written(avonmere, brackwater, root):
    build(brackwater)
    world = build(avonmere)
    begin = marked(world.council)
    written.begin(release(), root)
    write(avonmere, root)
    found = files(root)
    assert len(begin) > 100
    assert len(found) > 20
    assert [path for path in found if MARK.search(path.read_bytes())] == []
    assert [path for path in found if MARK.search(str(path).encode())] == []


def test_a_hidden_word_would_be_found(panel, avonmere, root, operator):
    act(operator, "zq9999qz")
    write(avonmere, root)
    assert any(MARK.search(path.read_bytes()) for path in files(root) if path.suffix != ".gz")


def test_the_clients_own_answer_is_the_same_as_the_files(panel, avonmere, root, served):
    write(avonmere, root)
    answer = Client().get("/calendar/", headers={"host": "avonmere.example"})
    assert served("/calendar/@.html") == answer.content
