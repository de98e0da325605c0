"""Pictures are known by their bytes, and drawings cannot act."""

import pytest

from moothall.core.documents.images import admit, from_data_uri
from tests.documents.tree.strategies import picture

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

ACTING = {
    "a script": f"<svg {SVG}><script>alert(1)</script><rect/></svg>",
    "an event": f'<svg {SVG} onload="alert(1)"><rect/></svg>',
    "foreign content": f'<svg {SVG}><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">alert</p></foreignObject><rect/></svg>',
    "a link": f'<svg {SVG}><a href="javascript:alert(1)"><rect/></a><rect/></svg>',
    "an animation": f'<svg {SVG}><rect><set attributeName="href" to="javascript:alert(1)"/></rect></svg>',
    "a picture from elsewhere": f'<svg {SVG}><image xlink:href="http://alert.uk/a.png"/><rect/></svg>',
    "a style from elsewhere": f'<svg {SVG}><rect style="fill:url(http://alert.uk)"/></svg>',
    "a style sheet": f"<svg {SVG}><style>@import 'http://alert.uk'</style><rect/></svg>",
    "a processing instruction": f'<?xml-stylesheet href="http://alert.uk"?><svg {SVG}><rect/></svg>',
}


@pytest.mark.parametrize("drawing", ACTING.values(), ids=ACTING)
def test_a_drawing_only_draws(drawing):
    admitted = admit(drawing.encode())
    assert admitted is not None
    assert b"alert" not in admitted[1]
    assert b"rect" in admitted[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"MZ" + b"\0" * 100,
        picture()[:40],
        b"\xff\xd8\xff" + b"\0" * 100,
        f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SVG}>&a;</svg>'.encode(),
        b"<svg",
    ],
    ids=["nothing", "a page", "a program", "a PNG cut short", "a broken JPEG", "entities", "a broken drawing"],
)
def test_what_is_no_whole_picture_is_not_admitted(content):
    assert admit(content) is None


def test_the_name_is_the_hash_of_what_is_kept():
    first, second = admit(picture()), admit(picture())
    assert first == second
    assert first is not None
    assert first[0].endswith(".png")


def test_data_addresses_are_decoded():
    assert from_data_uri("data:image/png;base64,aGk=") == b"hi"
    assert from_data_uri("data:,a%20b") == b"a b"
    assert from_data_uri("https://e.uk/a.png") is None
