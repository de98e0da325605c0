"""The page of the reference on a council's choices says what there is to choose, and what holds unless it is chosen."""

from pathlib import Path

import pytest
from django.utils.translation import override

from moothall.foundation.councils.options import Options
from moothall.workspace.council.forms import label_of, told

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "choices.md"
TABLE = {
    cells[0]: cells[2]
    for row in PAGE.read_text("utf-8").splitlines()
    if len(cells := [each.strip() for each in row.strip("|").split("|")]) == 3
}


@pytest.mark.parametrize("key", Options.__struct_fields__)
def test_every_choice_is_told_with_what_holds_unless_it_is_chosen(key):
    default = getattr(Options(), key)
    with override("en-gb"):
        label, unless = str(label_of(key)), "" if default in {None, ""} and key != "clear_days" else str(told(default))
    assert TABLE[label] == unless


def test_no_choice_is_told_that_there_is_not():
    labels = {str(label_of(key)) for key in Options.__struct_fields__}
    assert set(TABLE) - labels == {"choice", "---"}
