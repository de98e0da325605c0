"""How tests read a page: by its fields, codes, sections and links, whatever the words are."""

from __future__ import annotations

import re
from typing import Any


def codes(answer: Any) -> dict[str, list[str]]:
    """What is wrong with the form of a page: the codes at each field; those of the form as a whole at "__all__"."""
    found = answer.context["form"].errors.as_data()
    assert ("govuk-error-summary" in answer.text) is bool(found)
    return {field: [error.code or "" for error in errors] for field, errors in found.items()}


def banner(answer: Any) -> str:
    """The HTML of the page's one banner, which says what was done; "" where there is none."""
    found = re.findall(
        r'<div class="govuk-notification-banner\b.*?</div>\s*<div.*?</div>\s*</div>', answer.text, re.DOTALL
    )
    assert len(found) <= 1
    return "".join(found)


def section(text: str, name: str) -> str:
    """What stands below the heading with an id, down to the next heading of its rank."""
    (found,) = re.findall(rf'<h2 [^>]*id="{name}">(.*?)(?=<h2|</main>)', text, re.DOTALL)
    return str(found)


def has_section(text: str, name: str) -> bool:
    """Whether a page has a section of that id."""
    return re.search(rf'<h2 [^>]*id="{name}">', text) is not None


def refusal(answer: Any) -> str:
    """The code of the reason on a page that refuses."""
    assert answer.status_code == 403
    (found,) = re.findall(r'<p data-code="([a-z-]*)">', answer.text)
    return str(found)
