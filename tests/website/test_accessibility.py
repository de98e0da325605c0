"""The accessibility statement: whole, and with the council's own contact (ACC-01)."""

import datetime as dt

import pytest

from moothall.foundation.councils.actions import set_option
from moothall.foundation.councils.options import options
from moothall.foundation.errors import RuleBroken
from tests.errors import has_code
from tests.reading import section

pytestmark = pytest.mark.django_db
START = dt.date(2014, 1, 1)


def statement(client):
    """The page, as anybody reads it."""
    return client.get("/accessibility/", headers={"host": "avonmere.example"}).text


def test_acc_01_the_statement_says_what_the_regulations_ask(client, avonmere):
    found = statement(client)
    for said in (
        "(No. 2) Accessibility Regulations 2018",
        "WCAG 1.1.1",
        "23 September 2018",
        "(EHRC)",
        "https://www.equalityadvisoryservice.com/",
    ):
        assert said.lower() in found.lower()


def test_acc_01_the_statement_is_whole_without_any_contact(client, avonmere):
    found = statement(client)
    assert "Avonmere Council" in section(found, "contact")
    assert "mailto:" not in found
    assert "3 November 2014" not in found


def test_acc_01_the_statement_tells_the_council_s_own_contact_and_day(client, operator):
    for key, value in (
        ("contact_email", "web@avonmere.example"),
        ("contact_phone", "01225 555 100"),
        ("statement_reviewed", dt.date(2014, 11, 3)),
    ):
        set_option(key=key, value=value, first_day=START, by=operator)
    found = statement(client)
    assert 'href="mailto:web@avonmere.example"' in found
    assert "01225 555 100" in found
    assert "3 November 2014" in found


def test_acc_01_an_address_that_is_none_is_refused(operator, avonmere):
    with pytest.raises(RuleBroken, check=has_code("bad-option")):
        set_option(key="contact_email", value="by post", first_day=START, by=operator)
    assert options(avonmere, START).contact_email == ""
