"""Layers (optional content): what a paper hides stays hidden in the pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.objects import Key, dictionary, indirect, items, text_of


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of one part or many: the groups, those that are hidden, what orders and what locks them."""

    groups: tuple[Object, ...] = ()
    hidden: tuple[Object, ...] = ()
    order: tuple[Object, ...] = ()
    locked: tuple[Object, ...] = ()


def read_layers(pdf: Pdf, layers: Dictionary | None) -> Layers:
    """The layers of a part, from its ``/OCProperties``. A group without a name is given one."""
    if layers is None:
        return Layers()
    groups = [group for group in items(layers.get("/OCGs")) if isinstance(group, Dictionary) and group.is_indirect]
    for group in groups:
        if not text_of(group.get("/Name")):
            group["/Name"] = String("Layer")
    config = dictionary(layers, "/D")
    off = _off(groups, config)
    return Layers(
        groups=tuple(groups),
        hidden=tuple(group for group in groups if group.objgen in off),
        order=_entries(pdf, config, "/Order"),
        locked=_entries(pdf, config, "/Locked"),
    )


def _entries(pdf: Pdf, config: Dictionary | None, key: str) -> tuple[Object, ...]:
    listed = items(config.get(key) if config is not None else None)
    return tuple(indirect(pdf, entry) for entry in listed if isinstance(entry, Object))


def _off(groups: list[Dictionary], config: Dictionary | None) -> set[Key]:
    if config is None:
        return set()
    off = {group.objgen for group in items(config.get("/OFF"))}
    if config.get("/BaseState") == Name.OFF:
        off |= {group.objgen for group in groups} - {group.objgen for group in items(config.get("/ON"))}
    return off


def merge_layers(pdf: Pdf, parts: Iterable[Layers]) -> Object | None:
    """One ``/OCProperties`` for the layers of all parts, each shown as its own part shows it; None without layers."""
    groups, hidden, order, locked = Array(), Array(), Array(), Array()
    for layers in parts:
        groups.extend(layers.groups)
        hidden.extend(layers.hidden)
        order.extend(layers.order)
        locked.extend(layers.locked)
    if not len(groups):
        return None
    config = Dictionary(Name=String("Layers"), Order=order, OFF=hidden)
    if len(locked):
        config["/Locked"] = locked
    return pdf.make_indirect(Dictionary(OCGs=groups, D=config))
