"""Reading PDF objects that may not be what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Key = tuple[int, int]

# A chunk of a number or name tree; larger ones make readers slow, smaller ones the file large.
LEAF = 256


def items(value: object) -> Iterable[Object]:
    """The items of an array; nothing when ``value`` is none."""
    return value if isinstance(value, Array) else ()


def dictionary(holder: Object | None, key: str) -> Dictionary | None:
    """``holder[key]`` when it is a dictionary (or a stream's), else None."""
    value = holder.get(key) if isinstance(holder, Dictionary | Stream) else None
    return value if isinstance(value, Dictionary) else None


def drop(holder: Object, *keys: str) -> None:
    """Take entries out of a dictionary, if they are there."""
    for key in keys:
        if key in holder:
            del holder[key]


def indirect(pdf: Pdf, value: Object) -> Object:
    """``value``, made an object of its own if it was none."""
    return value if value.is_indirect else pdf.make_indirect(value)


def number(holder: Object, key: str) -> int | None:
    """``holder[key]`` when it is an integer, else None."""
    value = holder.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def numbers(value: object, count: int) -> list[float] | None:
    """Exactly ``count`` numbers of an array, else None."""
    if not isinstance(value, Array) or len(value) != count:
        return None
    try:
        return [float(item) for item in value]
    except (TypeError, ValueError):
        return None


def names(holder: Object | None) -> list[str]:
    """The keys of a dictionary, each with its stroke, in one order; none when it is None."""
    return sorted(holder.keys()) if holder is not None else []


def text_of(value: object) -> str:
    """A PDF string or name as text, "" for anything else."""
    if isinstance(value, String):
        return str(value)
    return str(value)[1:] if isinstance(value, Name) else ""


def tree_items(root: object, leaf_key: str) -> Iterator[tuple[Object, Object]]:
    """The (key, value) pairs of a number tree (``/Nums``) or name tree (``/Names``), whatever its shape.

    A bare array is read as a leaf; kids that lead back up are left out.
    """
    stack: list[Object] = [root] if isinstance(root, Array | Dictionary) else []
    seen: set[Key] = set()
    while stack:
        node = stack.pop()
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        if isinstance(node, Array):
            yield from _pairs(node)
        elif isinstance(node, Dictionary):
            yield from _pairs(node.get(leaf_key))
            stack.extend(reversed(list(items(node.get("/Kids")))))


def _pairs(leaf: object) -> Iterator[tuple[Object, Object]]:
    flat = list(items(leaf))
    yield from zip(flat[::2], flat[1::2], strict=False)


def make_tree(pdf: Pdf, pairs: Sequence[tuple[int | bytes, Object]], leaf_key: str) -> Object:
    """A number or name tree of ``pairs``, which are sorted by key already."""
    leaves = [pairs[at : at + LEAF] for at in range(0, len(pairs), LEAF)]
    if len(leaves) <= 1:
        return pdf.make_indirect(Dictionary({leaf_key: _flat(pairs)}))
    kids = [
        pdf.make_indirect(Dictionary({leaf_key: _flat(leaf), "/Limits": Array([_key(leaf[0][0]), _key(leaf[-1][0])])}))
        for leaf in leaves
    ]
    return pdf.make_indirect(Dictionary({"/Kids": Array(kids)}))


def _flat(pairs: Sequence[tuple[int | bytes, Object]]) -> Array:
    flat = Array()
    for key, value in pairs:
        flat.append(_key(key))
        flat.append(value)
    return flat


def _key(key: int | bytes) -> int | String:
    return String(key) if isinstance(key, bytes) else key
