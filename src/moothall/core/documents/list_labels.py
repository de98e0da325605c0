"""Numbers as lists print them: letters, roman numerals, and the labels of a plain HTML list.

Lists in the texts of a meeting file: paragraphs that begin with (a), (b), (c), as letters and agendas have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moothall.core.documents.tree import Block, ListBlock, ListItem, Paragraph, Text

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


_STYLES = ("a", "i", "1")


def with_lists(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` with a list in place of two paragraphs or more that count from (a), (i) or (1), one by one."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        items = max((_run(blocks[at:], style) for style in _STYLES), key=len)
        if len(items) > 1:
            out.append(ListBlock(tuple(items), ordered=True))
            at += len(items)
        else:
            out.append(blocks[at])
            at += 1
    return tuple(out)


def _run(blocks: Sequence[Block], style: str) -> list[ListItem]:
    items: list[ListItem] = []
    for number, block in enumerate(blocks, start=1):
        item = _item(block, f"({styled(number, style)})")
        if item is None:
            break
        items.append(item)
    return items


def _item(block: Block, label: str) -> ListItem | None:
    if not isinstance(block, Paragraph) or not block.content:
        return None
    first, *others = block.content
    if not isinstance(first, Text) or not first.text.startswith(f"{label} "):
        return None
    rest = Text(first.text.removeprefix(label).lstrip())
    return ListItem((Paragraph((rest, *others)),), label)
