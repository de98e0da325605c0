"""How tests ask why something was refused: by the code, the rule and the facts, never by the sentence."""

from __future__ import annotations

from collections.abc import Callable


def has_code(code: str, rule: str | None = None, *, says: tuple[str, ...] = ()) -> Callable[[BaseException], bool]:
    """A check for ``pytest.raises``: the code, the number of the rule, and facts that the message has to name."""

    def check(error: BaseException) -> bool:
        assert getattr(error, "code", None) == code, str(error)
        assert rule is None or getattr(error, "rule", "") == rule
        missing = [fact for fact in says if fact not in str(error)]
        assert missing == [], str(error)
        return True

    return check
