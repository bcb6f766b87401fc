"""The zip archive that a workbook is: every part is unpacked as a stream, counted, and compared with the directory."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .limits import Limits, Unreadable, megabytes

CHUNK = 2**16
LONGEST_TOKEN = 2**20
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
DATA_DESCRIPTOR, ENCRYPTED = 0x08, 0x01
UNKNOWN_SIZE = 0xFFFFFFFF
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORBIDDEN = (("XLS-MACRO", "vbaproject"), ("XLS-MACRO", "macrosheets/"), ("XLS-LINK", "externallinks/"))


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of the relation's type, and the part."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of a workbook by name, whatever the case of its letters; the directory is believed in nothing."""

    content: bytes
    limits: Limits
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, content: bytes, limits: Limits) -> Package:
        """The archive after a look at its directory; raises `Unreadable`."""
        if code := _foreign(content):
            raise Unreadable(code)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                listed = [part for part in archive.infolist() if not part.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as fault:
            raise Unreadable("XLS-BROKEN", actual=type(fault).__name__) from None
        _refuse_directory(listed, limits)
        package = cls(content, limits, {part.filename.lower(): part for part in listed})
        if len(package.parts) != len(listed):
            raise Unreadable("XLS-BROKEN", actual="two parts of one name")
        for name in package.parts:
            for code, mark in _FORBIDDEN:
                if mark in name:
                    raise Unreadable(code, actual=name)
        return package

    def count_rest(self) -> None:
        """Unpack every part that nobody read, keep nothing: sizes as declared, no DTD, no depth without end."""
        for name in self.parts.keys() - self.counted:
            if name.endswith((".xml", ".rels", ".vml")):
                self.parse(name)
            else:
                for _ in self.chunks(name):
                    pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes; raises `Unreadable` where it is longer, shorter or other than the directory says."""
        part = self.parts[name]
        self.counted.add(name)
        size = crc = 0
        for piece in _unpacked(self._packed(part), part):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > part.file_size:
                raise Unreadable("XLS-BOMB", actual=f"{part.filename} > {megabytes(part.file_size)}")
            yield piece
        if size != part.file_size or crc != part.CRC:
            raise Unreadable("XLS-BROKEN", actual=part.filename)

    def _packed(self, part: zipfile.ZipInfo) -> memoryview:
        """The packed bytes, where the local header agrees with the directory."""
        start = part.header_offset
        head = self.content[start : start + LOCAL_HEADER.size] if start >= 0 else b""
        if len(head) < LOCAL_HEADER.size:
            raise Unreadable("XLS-BROKEN", actual=part.filename)
        mark, _, flags, method, _, _, _, packed, size, name, extra = LOCAL_HEADER.unpack(head)
        begin = start + LOCAL_HEADER.size + name + extra
        sizes = (part.compress_size, part.file_size)
        agrees = flags & DATA_DESCRIPTOR or UNKNOWN_SIZE in (packed, size) or (packed, size) == sizes
        if mark != b"PK\x03\x04" or method != part.compress_type or not agrees:
            raise Unreadable("XLS-BROKEN", actual=part.filename)
        if begin + part.compress_size > len(self.content):
            raise Unreadable("XLS-BROKEN", actual=part.filename)
        return memoryview(self.content)[begin : begin + part.compress_size]

    def parse(self, name: str, handler: Any = None) -> None:
        """A part through an XML parser, piece by piece; `Unreadable` also where it is missing or its XML broken."""
        if name not in self.parts:
            raise Unreadable("XLS-BROKEN", actual=name)
        reader, parser, fed = handler or Handler(), expat.ParserCreate(namespace_separator="|"), 0
        reader.attach(parser, name, self.limits.depth)
        try:
            for piece in self.chunks(name):
                if not fed and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in piece[:4]):
                    raise Unreadable("XLS-ENTITY", actual=name)
                fed += len(piece)
                parser.Parse(piece, False)
                if fed - parser.CurrentByteIndex > LONGEST_TOKEN:  # older parsers begin a token again with every piece
                    raise Unreadable("XLS-BROKEN", actual=f"{name}: tag > {megabytes(LONGEST_TOKEN)}")
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise Unreadable("XLS-BROKEN", actual=f"{name}: {expat.ErrorString(fault.code)}") from None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the reference's own name."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.parts:
            return {}
        handler = _Relations(folder)
        self.parse(name, handler)
        return handler.relations


class Handler:
    """What is done with the elements and the text of a part: no DTD, no other encoding, no depth without end."""

    part = ""
    deepest = 0
    depth = 0

    def attach(self, parser: Any, part: str, deepest: int) -> None:
        """Take the part's elements from a parser."""
        self.part, self.deepest = part, deepest
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self.forbidden
        parser.XmlDeclHandler = self.declared

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins: its name space and name, apart by a bar."""
        self.depth += 1
        if self.depth > self.deepest:
            raise Unreadable("XLS-BROKEN", actual=f"{self.part}: depth {self.depth}", expected=str(self.deepest))
        self.begin(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        self.finish(tag)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """What a reader does where an element begins; by itself nothing."""

    def finish(self, tag: str) -> None:
        """What a reader does where an element ends; by itself nothing."""

    def text(self, words: str) -> None:
        """Text stands in an element."""

    def forbidden(self, *_anything: Any) -> None:
        raise Unreadable("XLS-ENTITY", actual=self.part)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8"):
            raise Unreadable("XLS-ENTITY", actual=f"{self.part}: {encoding}")


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.relations: dict[str, Relation] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "Relationship":
            return
        kind, target = attributes.get("Type", "").rsplit("/", 1)[-1], attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/").lower()
        self.relations[attributes.get("Id", "")] = Relation(kind, target)


def _unpacked(packed: memoryview, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the packed bytes hold, at most 64 kB at a time; nothing may stand behind the end."""
    if part.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), CHUNK):
            yield bytes(packed[start : start + CHUNK])
        return
    unpack, left = zlib.decompressobj(-15), packed
    try:
        while left and not unpack.eof:
            pending, left = bytes(left[:CHUNK]), left[CHUNK:]
            while pending and not unpack.eof:
                yield unpack.decompress(pending, CHUNK)
                pending = unpack.unconsumed_tail
        while not unpack.eof and (piece := unpack.decompress(b"", CHUNK)):
            yield piece
    except zlib.error:
        raise Unreadable("XLS-BROKEN", actual=part.filename) from None
    if left or not unpack.eof or unpack.unused_data:
        raise Unreadable("XLS-BROKEN", actual=part.filename)


def local(tag: str) -> str:
    """An element's name without its name space."""
    return tag.rsplit("|", 1)[-1]


def _foreign(content: bytes) -> str:
    """The code of a file that is no zip archive at all."""
    if content.startswith(_OLE):
        return "XLS-LOCKED" if "EncryptedPackage".encode("utf-16-le") in content else "XLS-OLD"
    if content.startswith(b"PK\x03\x04"):
        return ""
    head = content[:4096]
    is_text = b"\0" not in head and any(mark in head for mark in (b",", b"\t", b";")) and b"\n" in head
    return "XLS-CSV" if is_text else "XLS-FILE"


def _refuse_directory(listed: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the directory alone gives away."""
    unpacked, packed = sum(p.file_size for p in listed), sum(p.compress_size for p in listed) or 1
    bomb = unpacked > 2**22 and unpacked / packed > limits.ratio
    if unpacked > limits.unpacked_bytes or len(listed) > limits.parts or bomb:
        sizes = f"{megabytes(unpacked)}, {len(listed)}, 1:{unpacked // packed}"
        raise Unreadable("XLS-BOMB", actual=sizes, expected=megabytes(limits.unpacked_bytes))
    for part in listed:
        if part.flag_bits & ENCRYPTED:
            raise Unreadable("XLS-LOCKED", actual=part.filename)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or part.header_offset < 0:
            raise Unreadable("XLS-BROKEN", actual=part.filename)
