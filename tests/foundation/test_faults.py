"""An unexpected error: the log has its class and places, the user a number, and neither has a value."""

import io
import json
import logging
import logging.config
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from moothall import urls
from moothall.foundation.fault_log import SIGNS, WithoutValues, request_number
from moothall.settings import LOGGING
from moothall.website import error_pages
from tests.shared import process_environment

PRIVATE = "Anna Lee, 3 Weir Lane"
NUMBER = re.compile(rf"\b[{SIGNS}]{{4}}-[{SIGNS}]{{4}}\b")


@login_not_required
def fail(request, name):
    """Raise an error whose message, cause, locals and request hold personal data."""
    home = f"home of {name}"
    try:
        {}[home]
    except KeyError as error:
        raise ValueError(f"{PRIVATE} {home} {request.POST}") from error
    return HttpResponse()


urlpatterns = [path("fail/<str:name>/", fail), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def log(monkeypatch):
    """What the handlers of the product's settings write; pytest's own handlers are put aside."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "stdout", written)
    logging.config.dictConfig(LOGGING)
    logging.getLogger("moothall.foundation.permissions").setLevel(logging.INFO)
    yield written
    monkeypatch.undo()
    logging.config.dictConfig(LOGGING)


@pytest.fixture
def asked(avonmere, log):
    """The page and the lines of the log after asking for an address that fails."""

    def ask(address, **sent):
        with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
            client = Client(raise_request_exception=False, headers={"host": "avonmere.example"})
            page = client.post(address, sent) if sent else client.get(address)
        return page, [json.loads(line) for line in log.getvalue().splitlines()]

    return ask


def test_fault_in_view_leaves_class_and_places_in_the_log(asked):
    page, (fault, access) = asked("/fail/anna-lee/?q=Anna", phone="01225 000000")
    assert page.status_code == 500
    assert [each for each in fault["trace"] if not each.startswith(" ")] == ["builtins.ValueError", "builtins.KeyError"]
    assert any(re.search(r"/tests/foundation/test_faults\.py:\d+ fail$", each) for each in fault["trace"])
    assert (fault["method"], fault["route"]) == ("POST", "fail/<str:name>/")
    assert (access["status"], access["fault"]) == (500, fault["fault"])


def test_fault_in_view_leaves_no_value_in_log_or_page(asked, log):
    page, _ = asked("/fail/anna-lee/?q=Anna", phone="01225 000000")
    for text in (page.text, log.getvalue()):
        assert not [each for each in ("Anna", "anna-lee", "Weir", "01225", "home of") if each in text]


def test_fault_page_shows_the_number_of_the_log(asked):
    page, (fault, _) = asked("/fail/anna-lee/")
    assert NUMBER.findall(page.text) == [fault["fault"]]


def test_fault_page_that_cannot_be_made_still_shows_the_number(asked, monkeypatch):
    monkeypatch.setattr(error_pages, "loader", SimpleNamespace())
    page, (fault, _) = asked("/fail/anna-lee/")
    assert (page.status_code, set(NUMBER.findall(page.text))) == (500, {fault["fault"]})


@pytest.mark.parametrize("address", ["/nowhere/anna-lee/", "/people/anna-lee/"])
def test_missing_page_leaves_only_its_line_in_the_access_log(asked, address):
    page, (access,) = asked(address)
    assert (page.status_code, access["status"], "fault" in access) == (404, 404, False)


def test_request_numbers_differ_and_stay_with_their_request(rf):
    requests = [rf.get("/") for _ in range(50)]
    numbers = [request_number(each) for each in requests]
    assert len(set(numbers)) == len(numbers)
    assert [request_number(each) for each in requests] == numbers


def test_log_message_with_traceback_leaves_out_the_message_of_the_exception(log):
    try:
        fail(SimpleNamespace(POST={}), "anna-lee")
    except ValueError:
        logging.getLogger("moothall.foundation.jobs").exception("job 7 failed")
        logging.getLogger("another.library").exception("it failed")
    said = log.getvalue()
    assert said.count("builtins.ValueError") == 2
    assert "job 7 failed" in said
    assert not [each for each in ("Anna", "anna-lee", "Weir") if each in said]


def test_traceback_that_another_formatter_kept_is_not_repeated():
    record = logging.LogRecord(
        "moothall.foundation.jobs", logging.ERROR, "", 1, "it failed", None, (ValueError, ValueError(), None)
    )
    record.exc_text = f"ValueError: {PRIVATE}"
    assert PRIVATE not in WithoutValues().format(record)


@pytest.mark.parametrize(
    ("mode", "demo", "values"),
    [("production", "", False), ("development", "2014-11-24", False), ("development", "", True)],
    ids=["production", "demo", "development"],
)
def test_log_has_values_only_while_developing(mode, demo, values, tmp_path):
    code = (
        "import logging, django; django.setup()\n"
        "logging.getLogger('django.request').warning('Forbidden: /account/invitation/1-secret/')\n"
        "try: raise ValueError('Anna Lee')\n"
        "except ValueError: logging.getLogger('moothall.foundation.jobs').exception('job 7 failed')"
    )
    environment = process_environment(
        DJANGO_SETTINGS_MODULE="moothall.settings",
        MOOTHALL_MODE=mode,
        MOOTHALL_DEMO=demo,
        MOOTHALL_DATA=str(tmp_path),
        MOOTHALL_SECRET_KEY="k7" * 40,
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    assert "job 7 failed" in said
    assert [each in said for each in ("1-secret", "Anna Lee")] == [values, values]
