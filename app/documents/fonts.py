"""The fonts of the letters: where they lie, which characters they have."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SERIF = "NotoSerifSC_400Regular.ttf"
NEEDED = (SERIF, "NotoSerifSC_700Bold.ttf", "NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")
GETA = "〓"  # what Chinese typesetting prints for a character that is not in the case


class FontsMissing(RuntimeError):
    """The fonts of the letters are not installed; the message says which and how to get them."""


def require() -> None:
    """Raise ``FontsMissing`` with a plain sentence where a font is not there."""
    if absent := [name for name in NEEDED if not (FONTS / name).is_file()]:
        names = "、".join(absent)
        raise FontsMissing(
            f"缺少文书字体 {names}，请先构建静态资源。Fonts are missing in {FONTS.name}/: build the assets first."
        )


def printable(text: str, missing: list[str]) -> str:
    """Return ``text`` without controls and direction marks, and with 〓 for what no font has.

    The code point of each such character is added to ``missing``, once.
    """
    kept = []
    for char in text.replace("\r\n", "\n").replace("\t", " "):
        if char == "\n" or ord(char) in characters():
            kept.append(char)
        elif unicodedata.category(char) not in ("Cc", "Cf", "Cs"):
            kept.append(GETA)
            code = f"U+{ord(char):04X}"
            if code not in missing:
                missing.append(code)
    return "".join(kept)


@cache
def characters() -> frozenset[int]:
    """Return the code points that all four fonts can print."""
    return frozenset.intersection(*(_code_points(FONTS / name) for name in NEEDED))


def _code_points(path: Path) -> frozenset[int]:
    """Return the code points of a TrueType font, from format 12 of its ``cmap`` table (OpenType, cmap)."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as font:  # a little of ten megabytes
        count = struct.unpack_from(">H", font, 4)[0]
        tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
        cmap = tables[b"cmap"]
        for place in range(struct.unpack_from(">H", font, cmap + 2)[0]):
            start = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * place)[0]
            if struct.unpack_from(">H", font, start)[0] == 12:
                groups = struct.unpack_from(">I", font, start + 12)[0]
                ranges = struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * groups])
                return frozenset(c for first, last, _glyph in ranges for c in range(first, last + 1))
    raise FontsMissing("字体文件已损坏，请重新构建静态资源。A font file is damaged: build the assets again.")
