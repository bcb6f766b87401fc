"""The words of a PDF that we made, for tests: its fonts tell by which character each glyph stands for."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# in a page: a font is chosen, or a string of glyphs is shown, written with escapes or in hexadecimal digits
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|(?<!<)<([0-9A-F]+)>(?!>)", re.DOTALL
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
SINGLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Glyphs = dict[int, str]


def text_of(pdf: bytes) -> str:
    """Everything that its pages show, in the order in which it is drawn."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b", body)]
    return "\n".join(_shown(_content(_of(page, b"Contents", objects)), _fonts(page, objects)) for page in pages)


def _of(body: bytes, name: bytes, objects: dict[int, bytes]) -> bytes:
    """The object that another names."""
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    return objects[int(found[1])] if found else b""


def _fonts(page: bytes, objects: dict[int, bytes]) -> dict[str, Glyphs]:
    """The characters of each font by the name under which this page chooses it."""
    named = re.findall(rb"/(f\d+) (\d+) 0 R", _of(page, b"Resources", objects))
    return {
        name.decode(): _characters(_content(_of(objects[int(number)], b"ToUnicode", objects))) for name, number in named
    }


def _content(body: bytes) -> bytes:
    """An object's stream, unpacked; empty where it has none that is packed."""
    found = STREAM.search(body)
    try:
        return zlib.decompress(found[1]) if found else b""
    except zlib.error:
        return b""


def _characters(table: bytes) -> Glyphs:
    single = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {int(glyph, 16): bytes.fromhex(told.decode()).decode("utf-16-be") for glyph, told in single}


def _shown(page: bytes, fonts: dict[str, Glyphs]) -> str:
    words = ""
    glyphs: Glyphs = {}
    for chosen, escaped, digits in SHOWN.findall(page):
        if chosen:
            glyphs = fonts[chosen.decode()]
        codes = bytes.fromhex(digits.decode()) if digits else ESCAPE.sub(_unescaped, escaped)
        words += "".join(glyphs.get(codes[at] << 8 | codes[at + 1], "") for at in range(0, len(codes) - 1, 2))
    return words


def _unescaped(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told.isdigit() else b"" if told.endswith(b"\n") else SINGLE.get(told, told)
