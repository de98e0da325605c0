"""The audit log: a chain per council in which any row changed, removed or put in is found."""

import datetime as dt
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from moothall.foundation.actors import Role
from moothall.foundation.audit import chain
from moothall.foundation.audit.models import Contents, Entry, Head
from moothall.foundation.councils import actions as council_actions
from moothall.foundation.councils import triggers
from moothall.foundation.councils.queries import log_of
from moothall.foundation.errors import NotThere, RuleBroken
from moothall.people import actions
from tests.errors import has_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(clerk, avonmere):
    """Avonmere with seven acts in its log."""
    for name in ("Anna", "Ben", "Cleo"):
        actions.create_person(first_names=name, last_name="Lee", by=clerk)
    return avonmere


def tamper(sql, *values):
    """What somebody with the database's own password does."""
    with triggers.lifted(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql, values)


def cut(council, *numbers):
    """Take entries out, with their contents."""
    for number in numbers:
        entry = Entry.objects.get(council=council, number=number)
        tamper("DELETE FROM audit_contents WHERE entry_id = %s", entry.pk)
        tamper("DELETE FROM audit_entry WHERE id = %s", entry.pk)


def test_an_untouched_log_is_in_order(log):
    found = chain.verify(log)
    assert (found.entries, found.flaws) == (7, ())


def test_entries_are_numbered_from_one_for_each_council(log, brackwater):
    assert [chain.verify(each).entries for each in (log, brackwater)] == [7, 1]


@pytest.mark.parametrize("column", ["who", "verb", "origin", "thing", "kind", "contents_digest"])
def test_a_changed_entry_is_found(log, column):
    with triggers.lifted():
        Entry.objects.filter(council=log, number=3).update(**{column: "x"})
    assert [flaw.number for flaw in chain.verify(log).flaws][:1] == [3]


def test_a_changed_time_is_found(log):
    tamper("UPDATE audit_entry SET at = '2014-01-01 00:00:00' WHERE number = 3 AND council_id = %s", log.pk)
    assert [flaw.number for flaw in chain.verify(log).flaws] == [3]


def test_changed_contents_are_found(log):
    entry = Entry.objects.get(council=log, number=5)
    tamper("UPDATE audit_contents SET after = %s WHERE entry_id = %s", '{"last_name":"Leigh"}', entry.pk)
    assert [flaw.code for flaw in chain.verify(log).flaws] == ["contents-changed"]


def test_an_entry_taken_from_the_middle_is_found(log):
    cut(log, 4)
    assert chain.verify(log).flaws[0].code == "gap"


def test_an_entry_taken_from_the_end_is_found(log):
    cut(log, 7)
    (flaw,) = chain.verify(log).flaws
    assert (flaw.code, re.findall(r"\d+", flaw.message)) == ("other-end", ["6", "7"])


def test_an_entry_put_in_is_found(log):
    last = Entry.objects.get(council=log, number=7)
    forged = Entry(**{field.attname: getattr(last, field.attname) for field in Entry._meta.concrete_fields})
    forged.pk, forged.number, forged.previous, forged.who = None, 8, last.digest, "Somebody"
    forged.digest = chain.entry_digest(forged)
    forged.save()
    ends = [re.findall(r"\d+", flaw.message) for flaw in chain.verify(log).flaws if flaw.code == "other-end"]
    assert ends == [["8", "7"]]


def test_a_log_written_anew_as_a_whole_is_found_by_what_was_noted_elsewhere(log):
    noted = {7: chain.verify(log).digest}
    tamper("UPDATE audit_entry SET who = 'x' WHERE number = 7 AND council_id = %s", log.pk)
    forged = Entry.objects.get(council=log, number=7)
    tamper("UPDATE audit_entry SET digest = %s WHERE id = %s", chain.entry_digest(forged), forged.pk)
    Head.objects.filter(council=log).update(digest=chain.entry_digest(forged))
    assert chain.verify(log).flaws == ()
    assert [flaw.number for flaw in chain.verify(log, noted=noted).flaws] == [7]


def test_a_log_that_lost_its_end_and_the_note_beside_it_is_found_by_what_was_noted_elsewhere(log):
    noted = {7: chain.verify(log).digest}
    cut(log, 7)
    last = Entry.objects.get(council=log, number=6)
    Head.objects.filter(council=log).update(number=6, digest=last.digest)
    assert chain.verify(log).flaws == ()
    assert [(flaw.number, flaw.code) for flaw in chain.verify(log, noted=noted).flaws] == [(7, "noted-and-gone")]


@pytest.mark.parametrize("head", ["kept", "gone", "begun anew"])
def test_a_log_that_was_emptied_is_found(log, head):
    cut(log, *range(1, 8))
    if head == "gone":
        Head.objects.filter(council=log).delete()
    if head == "begun anew":
        Head.objects.filter(council=log).update(number=0, digest="")
    assert chain.verify(log).flaws[0].code == "log-gone"


def test_entries_that_change_places_are_found(log):
    for number, to in ((3, 1000), (4, 3), (1000, 4)):
        tamper("UPDATE audit_entry SET number = %s WHERE number = %s AND council_id = %s", to, number, log.pk)
    assert {flaw.number for flaw in chain.verify(log).flaws} == {3, 4, 5}


def test_entries_that_change_councils_are_found(log, brackwater):
    for council, to in ((log, 1000), (brackwater, 1001)):
        tamper("UPDATE audit_entry SET number = %s WHERE number = 1 AND council_id = %s", to, council.pk)
    for to, number in ((log, 1001), (brackwater, 1000)):
        tamper("UPDATE audit_entry SET council_id = %s, number = 1 WHERE number = %s", to.pk, number)
    first = [chain.verify(each).flaws[0] for each in (log, brackwater)]
    assert [(flaw.number, flaw.code) for flaw in first] == [(1, "changed")] * 2


def test_a_second_entry_of_the_same_number_is_found(log):
    twin = Entry.objects.get(council=log, number=5)
    assert "twice" in [flaw.code for flaw in chain._flaws(twin, 5, twin.digest)]


def test_a_clock_that_was_set_back_is_told_and_is_no_flaw(log, clerk, monkeypatch):
    before = timezone.now() - dt.timedelta(hours=2)
    monkeypatch.setattr(chain.timezone, "now", lambda: before)
    actions.create_person(first_names="Dora", last_name="Lee", by=clerk)
    found = chain.verify(log)
    assert (found.set_back, found.flaws) == ((8,), ())


def test_what_is_written_while_the_log_is_checked_is_no_flaw(log, clerk, monkeypatch):
    end_of, ends = chain._end_of, []

    def written_before_the_end_is_looked_at(council):
        if ends:
            actions.create_person(first_names="Eva", last_name="Lee", by=clerk)
        ends.append(end_of(council))
        return ends[-1]

    monkeypatch.setattr(chain, "_end_of", written_before_the_end_is_looked_at)
    assert chain.verify(log).flaws == ()
    assert [each.number for each in ends] == [7, 8]


def test_contents_that_are_erased_while_the_log_is_checked_are_no_flaw(log, acting, monkeypatch):
    by, end_of = acting(Role.ADMINISTRATOR), chain._end_of

    def erased_after_the_end_was_looked_at(council):
        found = end_of(council)
        if Contents.objects.filter(entry__council=council, entry__number=5).exists():
            council_actions.erase_contents(number=5, reason="Asked for by the person", by=by)
        return found

    monkeypatch.setattr(chain, "_end_of", erased_after_the_end_was_looked_at)
    assert chain.verify(log).flaws == ()


@pytest.mark.parametrize("model", [Entry, Contents])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(log, model, act):
    rows = model.objects.filter(pk=model.objects.last().pk)
    field = "verb" if model is Entry else "after"
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**{field: "x"}) if act == "update" else rows._raw_delete("default")


def test_gdp_01_contents_are_erased_and_the_chain_holds(log, acting):
    council_actions.erase_contents(number=5, reason="Asked for by the person", by=acting(Role.ADMINISTRATOR))
    assert not Contents.objects.filter(entry__council=log, entry__number=5).exists()
    assert chain.verify(log).flaws == ()


def test_gdp_01_contents_that_were_lost_without_being_erased_are_found(log):
    tamper("DELETE FROM audit_contents WHERE entry_id = %s", Entry.objects.get(council=log, number=5).pk)
    assert chain.verify(log).flaws[0].code == "contents-lost"


def test_gdp_01_contents_are_erased_for_a_reason(log, operator):
    with pytest.raises(RuleBroken, check=has_code("reason-missing", "GDP-01")):
        council_actions.erase_contents(number=5, reason=" ", by=operator)


@pytest.mark.parametrize(("role", "sees"), [(Role.AUDITOR, True), (Role.ADMINISTRATOR, True), (Role.CLERK, False)])
def test_the_log_is_read_by_auditors_and_administrators(log, acting, role, sees):
    reader = acting(role)
    if not sees:
        with pytest.raises(NotThere):
            log_of(reader)
        return
    assert [entry.verb for entry in log_of(reader)[:1]] == ["people.open_account"]


def test_an_entry_outside_a_transaction_is_a_fault(log, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError, match=r"(?i)transaction"):
        chain.append(log, account=None, who="x", origin="x", verb="x", kind="x", thing="x", before=None, after=None)


def test_a_row_is_written_in_one_way_only():
    assert chain.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
