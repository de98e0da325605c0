"""Files as they come in, and a clerk who brings them in."""

import io

import openpyxl
import pytest

from moothall.people import actions as people
from moothall.people.models import Term
from tests.workspace.conftest import _today, administrator, browser, desk  # noqa: F401 - fixtures of the same door

PEOPLE = "first_names,last_name,office,ward,first_day\n"


@pytest.fixture
def workbook():
    """Makes the bytes of a workbook from rows of cells."""

    def make(*rows):
        book, kept = openpyxl.Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(kept)
        return kept.getvalue()

    return make


@pytest.fixture
def councillor(operator):
    """Makes a councillor, by name."""

    def make(name):
        first, _, last = name.rpartition(" ")
        person = people.create_person(first_names=first, last_name=last, by=operator)
        day = operator.today.replace(year=2011)
        people.begin_term(person, office=Term.Office.COUNCILLOR, first_day=day, by=operator)
        return person

    return make
