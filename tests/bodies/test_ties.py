"""Who has the last seat when two groups are equally due it, until the council decides (MTG-23)."""

import re

from moothall.bodies.balance import balance


def test_mtg_23_until_the_council_decides_the_larger_of_two_groups_has_the_seat():
    found = balance({"Amber": 2, "Red": 6}, {"Panel": 6})
    assert found.seats["Panel"] == {"Amber": 1, "Red": 5}
    assert re.findall("Red|Amber", found.ties[0].text) == ["Red", "Amber"]
