"""Numbers as lists print them: letters, roman numerals, and the labels of a plain HTML list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(number: int) -> str:
    """``number`` (1 to 3999) in small roman numerals; any other number in digits."""
    if not 0 < number < 4000:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def letters(number: int) -> str:
    """``number`` as HTML counts in letters: a to z, then aa, ab ...; below 1 in digits."""
    if number < 1:
        return str(number)
    label = ""
    while number:
        number, rest = divmod(number - 1, 26)
        label = chr(ord("a") + rest) + label
    return label


def styled(number: int, style: str) -> str:
    """``number`` in an HTML list style: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    match style:
        case "a":
            return letters(number)
        case "A":
            return letters(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
        case _:
            return str(number)


def listed_labels(values: Sequence[int | None], *, start: int | None, style: str, step: int) -> Iterator[str]:
    """The labels a browser prints before a list's items, such as ``3.``.

    ``values`` are the items' own numbers, ``step`` is -1 for a reversed list.
    """
    number = start if start is not None else 1 if step > 0 else len(values)
    for value in values:
        number = number if value is None else value
        yield f"{styled(number, style)}."
        number += step
