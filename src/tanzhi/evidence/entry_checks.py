"""Entries one by one, a page at a time: bytes, code, columns, what stands beside them, files that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import QuerySet

from tanzhi.rulebook.kernel.text import Text

from .disclosure import table
from .fault import Fault
from .keys import mac_of
from .log import algorithm, moment
from .models import Entry, Head, Payload, StoredFile
from .set_aside import waiting as waiting_entries
from .tree import hasher

PAGE = 2000
ERASURE = "evidence.erase"
SHA256 = re.compile("[0-9a-f]{64}")
COLUMNS = ("pk", "kind", "subject", "at", "canonical", "leaf_hash", "mac", "leaf_index")

ALTERED = Text("{entry} 的内容与其摘要不符", "{entry} does not match its digest")
GAP = Text("应为第 {expected} 条，实为第 {index} 条：有条目被删除或插入", "entry {expected} expected, {index} found")
ORDER = Text("{entry} 早于其前一条，条目次序被调换", "{entry} was written before the one in front of it")
BESIDE = Text("{entry} 旁存的内容与其摘要不符", "what stands beside {entry} does not match its digest")
COLUMN = Text(
    "{entry} 的类别、对象或时间列与其内容不符", "kind, subject or time of {entry} are not those of its content"
)
CODE = Text(
    "{entry} 没有有效的认证码：不是本平台写入的，或其列被改动",
    "{entry} has no valid code: it was not written by the platform, or its columns were altered",
)
EMPTIED = Text(
    "{entry} 旁存的 {part} 部分缺失，且没有删除它的办理记录",
    "the part {part} beside {entry} is gone, and no act erased it",
)
NO_ROW = Text("{entry} 所载文件 {name} 已无登记", "the file {name} that {entry} names is no longer on record")


Stored = tuple[bytes | memoryview | None, bytes | memoryview | None]
"""Salt and content of a part; None where they were erased."""


class EntryRow(NamedTuple):
    """An entry's columns as they stand."""

    pk: int
    kind: str
    subject: str
    at: datetime
    canonical: bytes
    leaf_hash: bytes
    mac: bytes
    leaf_index: int | None

    @property
    def place(self) -> str:
        return f"entry:{self.pk if self.leaf_index is None else self.leaf_index}"

    @property
    def words(self) -> Text:
        if self.leaf_index is None:
            return Text(f"第 {self.pk} 号记录（未封存）", f"entry number {self.pk} (not sealed)")
        return Text(f"第 {self.leaf_index} 条", f"entry {self.leaf_index}")

    def fault(self, code: str, message: Text, **values: Any) -> Fault:
        return Fault(code, self.place, message.format(entry=self.words, **values))


class Leaf(NamedTuple):
    """The digest of an entry's bytes, and what is wrong with the entry."""

    digest: bytes
    faults: list[Fault]


class EntryChecks:
    """Every entry by itself; `gap` says after `pages` where the order breaks, beyond which nothing can be computed."""

    def __init__(self, key: bytes) -> None:
        self.key, self.hash = key, hasher(algorithm())
        self.gap: Fault | None = None
        # The digests of what acts have erased.
        acts = Entry.objects.filter(kind=ERASURE).order_by("pk").values_list("canonical", flat=True)
        digests: set[str] = set()
        for canonical in acts.iterator(chunk_size=PAGE):
            digests.update(orjson.loads(bytes(canonical)).get("body", {}).get("erased", ()))
        self.erased = frozenset(digests)

    def pages(self) -> Iterator[list[Leaf]]:
        """Sealed entries in their order, up to the first gap."""
        sealed = Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index")
        expected, last_pk = 0, 0
        while page := _page(sealed.filter(leaf_index__gte=expected)):
            leaves: list[Leaf] = []
            for row, leaf in zip(page, self._leaves(page), strict=True):
                if row.leaf_index != expected:
                    self.gap = Fault("EVD-2", f"entry:{expected}", GAP.format(expected=expected, index=row.leaf_index))
                    break
                # Whether a head ends in front of this place: an act that took longer is sealed after acts that began
                # later.
                if row.pk < last_pk and not Head.objects.filter(size=expected).exists():
                    leaf.faults.append(row.fault("EVD-6", ORDER))
                leaves.append(leaf)
                expected, last_pk = expected + 1, row.pk
            yield leaves
            if self.gap:
                return

    def waiting(self) -> Iterator[Fault]:
        """Entries that the sealer has not reached: what is invented there is named before anybody seals it."""
        last = 0
        waiting = waiting_entries()
        while page := _page(waiting.filter(pk__gt=last)):
            for leaf in self._leaves(page):
                yield from leaf.faults
            last = page[-1].pk

    def _leaves(self, page: list[EntryRow]) -> list[Leaf]:
        parts: dict[int, dict[str, Stored]] = {}
        beside = Payload.objects.filter(entry__gte=page[0].pk, entry__lte=page[-1].pk)
        if max(page).pk != page[-1].pk or min(page).pk != page[0].pk:  # swapped by somebody
            beside = Payload.objects.filter(entry__in=[row.pk for row in page])
        for pk, part, salt, content in beside.values_list("entry", "part", "salt", "content"):
            parts.setdefault(pk, {})[part] = (salt, content)
        leaves: list[Leaf] = []
        named: dict[str, EntryRow] = {}
        for row in page:
            leaf = Leaf(self.hash(b"\x00" + row.canonical), [])
            leaf.faults.extend(self._faults(row, leaf.digest, parts.get(row.pk, {}), named))
            leaves.append(leaf)
        gone = named.keys() - set(
            StoredFile.objects.filter(sha256__in=named).values_list("sha256", flat=True) if named else ()
        )
        faults = [Fault("EVD-8", f"file:{name}", NO_ROW.format(entry=named[name].words, name=name)) for name in gone]
        leaves[-1].faults.extend(faults)
        return leaves

    def _faults(
        self, row: EntryRow, digest: bytes, parts: dict[str, Stored], named: dict[str, EntryRow]
    ) -> Iterator[Fault]:
        if digest != row.leaf_hash:
            yield row.fault("EVD-1", ALTERED)
        at = moment(row.at)
        if self.key and mac_of(self.key, (row.kind, row.subject, at, row.leaf_hash)) != row.mac:
            yield row.fault("EVD-15", CODE)
        try:
            leaf: dict[str, Any] = orjson.loads(row.canonical)
        except ValueError:
            return  # EVD-1 has said so
        if leaf.get("at") != at:
            yield row.fault("EVD-14", COLUMN)
        for part in (Payload.PARTICULARS, Payload.PERSONAL):
            yield from self._part(row, part, leaf.get(part), parts.get(part))
        content = parts.get(Payload.PARTICULARS, (None, None))[1]
        named.update(dict.fromkeys(_files_in(leaf.get("body", {})), row))
        if content is None:
            return
        # The columns by which the platform searches are those of the particulars; files named there are on record.
        try:
            particulars = orjson.loads(bytes(content))
            same = (particulars["kind"], particulars["subject"]) == (row.kind, row.subject)
            named.update(dict.fromkeys(_files_in(particulars["body"]), row))
        except (ValueError, KeyError, TypeError):
            return  # EVD-7 has said so
        if not same:
            yield row.fault("EVD-14", COLUMN)

    def _part(self, row: EntryRow, part: str, digest: str | None, stored: Stored | None) -> Iterator[Fault]:
        if digest is None:
            if stored is not None:
                yield row.fault("EVD-7", BESIDE)
            return
        salt, content = stored or (None, None)
        if salt is None or content is None:
            if digest not in self.erased:
                yield row.fault("EVD-16", EMPTIED, part=part)
        elif self.hash(bytes(salt) + bytes(content)).hex() != digest:
            yield row.fault("EVD-7", BESIDE)


def _files_in(body: dict[str, Any]) -> Iterator[str]:
    """Digests of stored files that a body names."""
    for field in table().files & body.keys():
        values = body[field] if isinstance(body[field], list) else [body[field]]
        yield from (value for value in values if isinstance(value, str) and SHA256.fullmatch(value))


def _page(rows: QuerySet[Entry]) -> list[EntryRow]:
    return [
        EntryRow(pk, kind, subject, at, bytes(canonical), bytes(leaf_hash), bytes(mac), index)
        for pk, kind, subject, at, canonical, leaf_hash, mac, index in rows.values_list(*COLUMNS)[:PAGE]
    ]
