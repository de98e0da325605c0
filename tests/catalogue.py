"""What the product says, as translators get it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[1] / "src" / "moothall" / "locale" / "django.pot"


def catalogue() -> set[str]:
    """The sentences of the product, as translators get them."""
    with CATALOGUE.open("rb") as file:
        return {text for each in read_po(file) for text in ([each.id] if isinstance(each.id, str) else each.id)}
