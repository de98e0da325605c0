"""Layers (optional content): what a paper hides stays hidden in the pack."""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.objects import Key, dictionary, items, text_of


def merge_layers(pdf: Pdf, all_layers: Iterable[Dictionary]) -> Object | None:
    """One ``/OCProperties`` for the layers of all parts, each shown as its own part shows it; None without layers."""
    groups, hidden, order, locked = Array(), Array(), Array(), Array()
    for layers in all_layers:
        own: list[Object] = [
            group for group in items(layers.get("/OCGs")) if isinstance(group, Dictionary) and group.is_indirect
        ]
        config = dictionary(layers, "/D")
        off = _off(own, config)
        for group in own:
            if not text_of(group.get("/Name")):
                group["/Name"] = String("Layer")
            groups.append(group)
            if group.objgen in off:
                hidden.append(group)
        for entry in items(config.get("/Order") if config is not None else None):
            order.append(entry)
        for entry in items(config.get("/Locked") if config is not None else None):
            locked.append(entry)
    if not len(groups):
        return None
    config = Dictionary(Name=String("Layers"), Order=order, OFF=hidden)
    if len(locked):
        config["/Locked"] = locked
    return pdf.make_indirect(Dictionary(OCGs=groups, D=config))


def _off(groups: list[Object], config: Dictionary | None) -> set[Key]:
    if config is None:
        return set()
    off = {group.objgen for group in items(config.get("/OFF"))}
    if config.get("/BaseState") == Name.OFF:
        off |= {group.objgen for group in groups} - {group.objgen for group in items(config.get("/ON"))}
    return off
