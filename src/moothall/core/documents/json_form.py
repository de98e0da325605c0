"""The tree as plain JSON values: the form the Typst template reads and that is kept in stores.

Every node is an object with a ``type`` (its class name in kebab-case) and its fields by name; fields at their
default are written too, so that a template need not know the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from moothall.core.documents import tree
from moothall.core.documents.errors import CannotRead

_CLASSES: dict[str, type[Any]] = {
    re.sub(r"(?<=.)([A-Z])", r"-\1", kind.__name__).lower(): kind
    for kind in (
        *get_args(tree.Inline),
        *get_args(tree.Block),
        tree.ListItem,
        tree.Row,
        tree.Cell,
    )
}
_NAMES = {kind: name for name, kind in _CLASSES.items()}
_HINTS = {kind: get_type_hints(kind, vars(tree)) for kind in _NAMES}
_DEEPEST = 200


def to_json(document: tree.Document) -> dict[str, Any]:
    """``document`` as JSON values: ``blocks``, ``title``, ``language``, ``notes`` (key to blocks), ``images`` (names).

    The images' bytes are not in it; they go beside it (see ``from_json``).
    """
    return {
        "title": document.title,
        "language": document.language,
        "blocks": _plain(document.blocks),
        "notes": {key: _plain(blocks) for key, blocks in document.notes.items()},
        "images": list(document.images),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    name = _NAMES.get(type(value))
    if name is None:
        return str(value) if isinstance(value, tree.Scope) else value
    node: dict[str, Any] = {"type": name}
    node.update({field.name: _plain(getattr(value, field.name)) for field in fields(value)})
    return node


def from_json(value: Mapping[str, Any], images: Mapping[str, bytes]) -> tree.Document:
    """The document that ``to_json`` wrote; ``images`` gives the bytes of the images it names.

    Raises ``CannotRead`` where ``value`` is not such a document, or an image is missing.
    """
    try:
        return tree.Document(
            blocks=_node(value["blocks"], tuple[tree.Block, ...], 0),
            title=_node(value.get("title", ""), str, 0),
            language=_node(value.get("language", "en-GB"), str, 0),
            notes=MappingProxyType(
                {key: _node(blocks, tuple[tree.Block, ...], 0) for key, blocks in value.get("notes", {}).items()}
            ),
            images=MappingProxyType({name: images[name] for name in value.get("images", [])}),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotRead(f"the stored content is not a content tree: {error!s}") from error


def _node(value: Any, hint: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("it is nested too deeply")
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(f"expected a list, not {type(value).__name__}")
        return tuple(_node(part, get_args(hint)[0], depth + 1) for part in value)
    if get_origin(hint) in (Union, UnionType) and type(None) in get_args(hint):
        return None if value is None else _node(value, get_args(hint)[0], depth)
    if isinstance(value, dict):
        return _object(value, hint, depth)
    return _scalar(value, hint)


def _object(value: dict[str, Any], hint: Any, depth: int) -> Any:
    kind = _CLASSES[value["type"]]
    if kind not in (get_args(hint) or (hint,)):
        raise TypeError(f"a {value['type']} has no place there")
    given = {name: part for name, part in value.items() if name != "type"}
    return kind(**{name: _node(part, _HINTS[kind][name], depth + 1) for name, part in given.items()})


def _scalar(value: Any, hint: Any) -> Any:
    if hint is float and type(value) in (int, float):
        return float(value)
    if hint is tree.Scope:
        return tree.Scope(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is not a {getattr(hint, '__name__', hint)}")
    return value
