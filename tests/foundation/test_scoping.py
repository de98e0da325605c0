"""No query crosses councils."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from moothall.foundation.actors import Role
from moothall.foundation.councils.scoping import Scoped, Unscoped
from moothall.people.models import Person, Term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["all", "filter", "first", "count", "exists", "create", "get"])
def test_a_query_that_does_not_say_for_which_council_is_an_error(way):
    with pytest.raises(Unscoped, match=r"objects\.of"):
        getattr(Person.objects, way)()


def test_every_model_that_belongs_to_a_council_is_scoped():
    house = {"councils.Council", "councils.Domain", "people.Account", "audit.Entry", "audit.Contents", "audit.Head"}
    house |= {"councils.PublicVersion"}  # asked for with the council itself, by host
    house |= {"sign_in.Remembered"}  # counts attempts by address and account, before a council is known
    house |= {"jobs.ChoreOfInstallation", "jobs.WorkerSign"}  # of the machine: they say nothing of a council
    ours = [model for model in apps.get_models() if model.__module__.startswith("moothall.")]
    assert {model._meta.label for model in ours if not issubclass(model, Scoped)} == house


def test_of_one_council_gives_no_row_of_another(avonmere, brackwater, new_person, acting):
    anna = new_person("Anna Lee")
    acting(Role.CLERK, council=brackwater)
    assert list(Person.objects.of(avonmere)) == [anna]


def test_rows_reached_from_a_row_stay_in_its_council(new_person):
    anna = new_person("Anna Lee", councillor=True)
    assert [term.person_id for term in anna.terms.all()] == [anna.pk]


def test_the_database_refuses_a_row_that_points_into_another_council(brackwater, new_person):
    anna = new_person("Anna Lee")
    stray = Term(council=brackwater, person=anna, office="councillor", first_day="2014-05-01")
    with pytest.raises(IntegrityError, match="people_term"), transaction.atomic():
        stray.save()


def test_the_database_refuses_to_move_a_row_into_another_council(brackwater, new_person):
    anna = new_person("Anna Lee", councillor=True)
    with (
        pytest.raises(IntegrityError, match="people_term"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE people_term SET council_id = %s WHERE person_id = %s", [brackwater.pk, anna.pk])
