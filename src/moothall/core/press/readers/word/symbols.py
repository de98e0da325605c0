"""Characters of Microsoft's symbol fonts as the characters they look like."""

from __future__ import annotations

# fmt: off
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x41: "✌", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐",
    0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9E: "·",
    0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xC3: "✗", 0xD8: "➢", 0xDC: "➲", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}
_SYMBOL = {
    **dict(zip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(b"abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑", 0x2D: "−",
}
# fmt: on


def is_symbol_font(font: str | None) -> bool:
    """Whether ``font`` draws something else than the letters that its text states."""
    return (font or "").lower().startswith(("wingdings", "symbol", "webdings"))


def drawn(text: str, font: str | None) -> str:
    """What ``text`` looks like in a symbol font; private characters of other fonts are bullets or go."""
    table = _SYMBOL if (font or "").lower().startswith("symbol") else _WINGDINGS
    symbol_font = is_symbol_font(font)
    return "".join(_one(character, table, symbol_font=symbol_font) for character in text)


def _one(character: str, table: dict[int, str], *, symbol_font: bool) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return table.get(code - 0xF000, "•" if code != 0xF020 else " ")
    if symbol_font and code < 0x100:
        return table.get(code, character)
    return "" if 0xE000 <= code <= 0xF8FF else character
