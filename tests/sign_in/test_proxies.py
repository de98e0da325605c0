"""Whose address counts where proxies stand in front, and whose word on https."""

import ipaddress

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.foundation import environment
from moothall.foundation.audit.models import Entry
from moothall.foundation.environment import Misconfigured
from moothall.foundation.proxies import OWN_WORDS, Proxies, address, asker

OURS = tuple(ipaddress.ip_network(each) for each in ("127.0.0.0/8", "10.0.0.0/8", "fd00::/64"))
CALLER = "203.0.113.9"
ADDRESSES = st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (CALLER, CALLER),
        (f"1.2.3.4, {CALLER}", CALLER),
        (f"{CALLER}, 10.0.0.7", CALLER),
        (f"1.2.3.4, {CALLER}, 10.0.0.7, 127.0.0.1", CALLER),
        (f"{CALLER}:51234", CALLER),
        ("2001:db8::9", "2001:db8::9"),
        ("[2001:db8::9]:443", "2001:db8::9"),
        (f"::ffff:{CALLER}", CALLER),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:DB8:0:0::9", "2001:db8::9"),
        ("", "10.0.0.5"),
        ("unknown", "10.0.0.5"),
        ("1.2.3.4, <script>", "10.0.0.5"),
        ("1.2.3.4, nonsense, 10.0.0.7", "10.0.0.7"),
        (f"{CALLER},", "10.0.0.5"),
        ("10.0.0.8, 10.0.0.7", "10.0.0.8"),
        ("1.2.3.4, 010.1.1.1", "10.0.0.5"),
        (f"{CALLER}" + ", 10.0.0.7" * 500, "10.0.0.7"),
    ],
    ids=[
        *("one proxy", "put in before", "two proxies", "three proxies", "with a port", "IPv6", "IPv6 with a port"),
        *("IPv4 within IPv6", "IPv6 with a zone", "IPv6 written at length", "nothing", "a word", "a script"),
        *("a word between", "an empty end", "proxies only", "octal", "a very long way"),
    ],
)
def test_who_asks_is_the_last_address_that_is_no_proxy_of_ours(told, found):
    assert str(asker(ipaddress.ip_address("10.0.0.5"), told, OURS)) == found


@given(st.lists(ADDRESSES | st.text(max_size=20)), ADDRESSES.filter(lambda each: address(each) is not None))
@settings(deadline=None)
def test_nothing_that_the_caller_writes_before_counts(written, caller):
    met = address(caller)
    if not any(met in network for network in OURS):
        told = ", ".join([*(each.replace(",", " ") for each in written), caller])
        assert asker(ipaddress.ip_address("10.0.0.5"), told, OURS) == met


def through(settings, peer, ours=OURS, **headers):
    """The request as it goes further in."""
    settings.PROXIES = ours
    seen = []
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    Proxies(lambda each: seen.append(each) or HttpResponse())(request)
    return seen[0]


def test_the_word_of_a_stranger_is_taken_off(settings):
    told = {"x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https", "x-forwarded-host": "x", "forwarded": "for=1"}
    seen = through(settings, CALLER, **told)
    assert seen.META["REMOTE_ADDR"] == CALLER
    assert not set(OWN_WORDS) & set(seen.META)


def test_without_a_proxy_nobody_is_believed(settings):
    assert through(settings, "127.0.0.1", (), **{"x-forwarded-for": "1.2.3.4"}).META["REMOTE_ADDR"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "told", "secure"),
    [
        ("10.0.0.5", "https", True),
        ("::ffff:10.0.0.5", "https", True),
        ("10.0.0.5", "https, http", False),
        ("10.0.0.5", "http, HTTPS", True),
        ("10.0.0.5", "http", False),
        (CALLER, "https", False),
        ("", "https", False),
    ],
)
def test_https_is_what_the_nearest_proxy_says_it_is(peer, told, secure, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert through(settings, peer, **{"x-forwarded-proto": told}).is_secure() is secure


@pytest.mark.django_db
def test_the_log_tells_the_address_that_counts(member, client, settings, avonmere):
    settings.PROXIES = OURS
    told = {"host": "avonmere.example", "x-forwarded-for": f"1.2.3.4, {CALLER}"}
    client.post("/account/login/", {"login": "a@b.example", "password": "wrong"}, headers=told, REMOTE_ADDR="10.0.0.5")
    assert Entry.objects.filter(council=avonmere).order_by("-number").first().origin == f"web {CALLER}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "ours", "lock"),
    [(CALLER, (), True), (CALLER, OURS, True), ("10.0.0.5", OURS, False)],
    ids=["no proxy", "past the proxy", "through the proxy, many people"],
)
def test_a_limit_is_not_dodged_by_other_words_in_the_header(peer, ours, lock, client, settings, avonmere):
    settings.PROXIES = ours
    said = ""
    for number in range(11):
        told = {"host": "avonmere.example", "x-forwarded-for": f"198.51.100.{number}"}
        typed = {"login": f"{number}@b.example", "password": "wrong"}
        said = client.post("/account/login/", typed, headers=told, REMOTE_ADDR=peer).text
    assert ("Too many failed" in said) is lock


@pytest.mark.django_db
def test_addresses_of_one_household_s_ipv6_network_count_together(client, settings, avonmere):
    said = ""
    for number in range(11):
        typed = {"login": f"{number}@b.example", "password": "wrong"}
        peer = f"2001:db8:1:2::{number + 1}"
        said = client.post("/account/login/", typed, headers={"host": "avonmere.example"}, REMOTE_ADDR=peer).text
    assert "Too many failed" in said


@pytest.mark.parametrize(
    ("value", "networks"),
    [
        ("0", []),
        ("1", ["127.0.0.0/8", "::1/128"]),
        ("10.0.0.5, fd00::/64", ["10.0.0.5/32", "fd00::/64"]),
    ],
)
def test_proxies_are_told_in_the_environment(value, networks, monkeypatch):
    monkeypatch.setenv("MOOTHALL_PROXY", value)
    assert [str(each) for each in environment.proxies()] == networks


@pytest.mark.parametrize("value", ["yes", "10.0.0.5/8", "10.0.0.5;10.0.0.6"])
def test_proxies_that_cannot_be_understood_stop_the_start(value, monkeypatch):
    monkeypatch.setenv("MOOTHALL_PROXY", value)
    with pytest.raises(Misconfigured, match="MOOTHALL_PROXY"):
        environment.proxies()
