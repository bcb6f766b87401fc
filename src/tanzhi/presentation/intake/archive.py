"""Looks into an xlsx before anybody parses it: size, macros, links, entities, formulas, merged cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tanzhi.rulebook.kernel.finding import Finding

from .messages import finding

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-?8[\"'])", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^>]*>\s*<(?:\w+:)?f[\s/>]")
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3}[0-9]{1,7})\"")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=\"([A-Z0-9:]+)\"")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d+)\"")
# A single cell far out makes a reader lay out everything before it.
_FAR = re.compile(rb"\br=\"((?:[C-Z][A-Z]|[A-Z]{3})\d+|[A-Z]{1,3}(?:[2-9]\d{4}|\d{6,}))\"")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold."""

    file_bytes: int = 10 * 2**20
    unpacked_bytes: int = 60 * 2**20
    ratio: int = 200
    parts: int = 300
    rows: int = 5000
    text: int = 500


@dataclass(slots=True)
class Sheet:
    """What the XML of a sheet tells that values do not."""

    name: str
    formulas: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    far: str = ""


@dataclass(slots=True)
class Inspection:
    """Findings that stop the reading, and the sheets in the order of the workbook."""

    findings: list[Finding] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


def inspect(content: bytes, name: str, limits: Limits) -> Inspection:
    """Everything that must be known before the workbook is parsed; nothing is unpacked beyond the limits."""
    if len(content) > limits.file_bytes:
        return _stop("XLS-SIZE", name, _size(len(content)), _size(limits.file_bytes))
    if code := _foreign(content):
        return _stop(code, name, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refused = _directory(archive, name, limits)
            return refused or _parts(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        KeyError,
        ElementTree.ParseError,
    ) as fault:
        return _stop("XLS-BROKEN", name, type(fault).__name__)


def _stop(code: str, name: str, found: str, expected: str = "") -> Inspection:
    return Inspection([finding(code, name, found=found, expected=expected)])


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB"


def _foreign(content: bytes) -> str:
    """The code of a file that is no zip archive at all."""
    if content.startswith(_OLE):
        return "XLS-LOCKED" if "EncryptedPackage".encode("utf-16-le") in content else "XLS-OLD"
    if content.startswith(b"PK\x03\x04"):
        return ""
    return "XLS-CSV" if _is_text(content[:4096]) else "XLS-FILE"


def _is_text(head: bytes) -> bool:
    return b"\0" not in head and any(mark in head for mark in (b",", b"\t", b";")) and b"\n" in head


def _directory(archive: zipfile.ZipFile, name: str, limits: Limits) -> Inspection | None:
    """What the directory alone gives away."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if (
        unpacked > limits.unpacked_bytes
        or len(parts) > limits.parts
        or (unpacked > 2**22 and unpacked / packed > limits.ratio)
    ):
        return _stop(
            "XLS-BOMB", name, f"{_size(unpacked)}, {len(parts)}, 1:{unpacked // packed}", _size(limits.unpacked_bytes)
        )
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        return _stop("XLS-FILE", name, name)
    for code, mark in (("XLS-MACRO", "vbaproject"), ("XLS-MACRO", "macrosheets/"), ("XLS-LINK", "xl/externallinks/")):
        held = next((part for part in names if mark in part.lower()), None)
        if held:
            return _stop(code, name, held)
    return None


def _parts(archive: zipfile.ZipFile, name: str) -> Inspection:
    """Unpacks each part once, never beyond its declared size, and looks at the XML."""
    texts = {part.filename: archive.read(part) for part in archive.infolist()}
    for part, text in texts.items():
        if part.endswith((".xml", ".rels", ".vml")) and (_DECLARED.search(text) or _encoded(text)):
            return _stop("XLS-ENTITY", name, part)
    return Inspection(sheets=[_sheet(title, texts[part]) for title, part in _titles(texts) if part in texts])


def _encoded(text: bytes) -> bool:
    """Whether it is in another encoding than UTF-8, in which the patterns would see nothing."""
    return text.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")) or bool(_ENCODING.search(text[:200]))


def _titles(texts: dict[str, bytes]) -> list[tuple[str, str]]:
    relations = ElementTree.fromstring(texts["xl/_rels/workbook.xml.rels"])  # noqa: S314  no DTD can stand in it: see above
    targets = {r.get("Id"): str(r.get("Target")) for r in relations}
    book = ElementTree.fromstring(texts["xl/workbook.xml"])  # noqa: S314  no DTD can stand in it: see above
    sheets = [node for node in book.iter() if node.tag.rsplit("}", 1)[-1] == "sheet"]
    return [(str(node.get("name")), _absolute(targets.get(node.get(_REL), ""))) for node in sheets]


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _sheet(name: str, text: bytes) -> Sheet:
    formulas = [m.decode() for m in _FORMULA.findall(text)] if _ANY_FORMULA.search(text) else []
    if not formulas and _ANY_FORMULA.search(text):
        formulas = ["?"]
    far = _FAR.search(text)
    return Sheet(
        name,
        formulas,
        [m.decode() for m in _MERGED.findall(text)],
        [m.decode() for m in _ERROR.findall(text)],
        [int(m) for m in _HIDDEN.findall(text)],
        far.group(1).decode() if far else "",
    )
