"""How tests ask why something was refused: by the code, the rule and the facts, never by the sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any


def has_code(code: str, rule: str | None = None, *, says: tuple[str, ...] = ()) -> Callable[[BaseException], bool]:
    """A check for ``pytest.raises``: the code, the number of the rule, and facts that the message has to name."""

    def check(error: BaseException) -> bool:
        assert getattr(error, "code", None) == code, str(error)
        assert rule is None or getattr(error, "rule", "") == rule
        missing = [fact for fact in says if fact not in str(error)]
        assert missing == [], str(error)
        return True

    return check


def codes(answer: Any) -> dict[str, list[str]]:
    """What is wrong with the form of a page: the codes at each field; those of the form as a whole at "__all__"."""
    found = answer.context["form"].errors.as_data()
    assert "govuk-error-summary" in answer.text or not found
    return {field: [error.code or "" for error in errors] for field, errors in found.items()}


def banner(answer: Any) -> str:
    """The text of the page's one banner, which says what was done; "" where nothing was."""
    found = re.findall(r"<[^>]*govuk-notification-banner__content[^>]*>(.*?)</div>", answer.text, re.DOTALL)
    assert len(found) <= 1
    return " ".join(re.sub("<[^>]+>", " ", "".join(found)).split())
