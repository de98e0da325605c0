"""The first entries of a plan, as the page of its body shows them."""

import pytest

from moothall.forward_plan import public
from tests.conftest import TODAY
from tests.website.filling import fill

pytestmark = pytest.mark.django_db
PANEL = "early-years-children-and-youth-scrutiny-panel"
SHOWN = ("address", "title", "ref", "key", "private", "aim", "decision_maker", "authors", "slipped")


@pytest.mark.parametrize("most", [0, 1, 50])
def test_an_outline_says_the_same_as_the_plan_in_the_same_order(avonmere, most):
    fill(avonmere)
    plan = public.plan(avonmere, PANEL, on=TODAY)
    outline = public.outline(avonmere, PANEL, most=most)
    assert (outline.title, outline.address, outline.size) == (plan.title, plan.address, len(plan.entries))
    assert plan.entries
    assert [[getattr(line, name) for name in SHOWN] for line in outline.entries] == [
        [getattr(entry, name) for name in SHOWN] for entry in plan.entries[:most]
    ]


def test_where_there_is_no_plan_there_is_no_outline(avonmere):
    assert public.outline(avonmere, "nobody", most=6) is None
