"""What the public page says of a receipt and a file: whether they stand in this log."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tanzhi.evidence.canonical import NotCanonical, canonical
from tanzhi.evidence.keys import signed_by
from tanzhi.evidence.models import Entry, Head
from tanzhi.evidence.numbers import number_of
from tanzhi.evidence.tree import ALGORITHMS, hasher, root_from_inclusion
from tanzhi.rulebook.kernel.finding import Finding
from tanzhi.rulebook.kernel.text import Text

LARGEST_RECEIPT = 2**20
LARGEST_INDEX = 2**62
NEEDED = {
    "receipt": str,
    "hash": str,
    "leaf": str,
    "index": int,
    "path": list,
    "head": dict,
    "key": str,
    "signature": str,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that is wrong with a receipt; nothing wrong means that it stands in the log."""

    findings: list[Finding]
    receipt: dict[str, Any] | None = None

    @property
    def valid(self) -> bool:
        return not self.findings


MALFORMED = Text("这不是一份回执文件", "This is not a receipt")
OTHER_FILE = Text("所给文件不是此条目所存的文件", "The file given is not the one in this entry")


def judge(content: bytes, file: bytes | None) -> Verdict:
    """Check a receipt, and the file it is said to be about, against this log."""
    receipt = _read(content)
    if isinstance(receipt, Finding):
        return Verdict([receipt])
    try:
        findings = _compared(receipt)
        if file is not None:
            digest = hashlib.sha256(file).hexdigest()
            words = receipt["leaf"] + receipt.get("particulars", {}).get("content", "")
            findings += [] if digest in words else [_finding("EVD-R7", "file", digest, OTHER_FILE)]
        return Verdict(findings, receipt)
    except (ValueError, KeyError, TypeError, AttributeError, NotCanonical) as fault:
        return Verdict([_finding("EVD-R1", "receipt", str(fault), MALFORMED)])


TOO_LARGE = Text("文件过大，不是回执", "The file is too large to be a receipt")


def _read(content: bytes) -> dict[str, Any] | Finding:
    if len(content) > LARGEST_RECEIPT:
        return _finding("EVD-R1", "receipt", f"{len(content)} B", TOO_LARGE)
    try:
        receipt = json.loads(content)
    except (ValueError, RecursionError):
        return _finding("EVD-R1", "receipt", content[:20].decode("utf-8", "replace"), MALFORMED)
    if not isinstance(receipt, dict):
        return _finding("EVD-R1", "receipt", type(receipt).__name__, MALFORMED)
    return _misshapen(receipt) or receipt


def _misshapen(receipt: dict[str, Any]) -> Finding | None:
    """The first field that is not of the kind a receipt has; sizes and places as large as a database counts."""
    for name, kind in NEEDED.items():
        if not isinstance(receipt.get(name), kind):
            return _finding("EVD-R1", name, str(receipt.get(name))[:40], MALFORMED)
    if not isinstance(log := receipt["head"].get("log"), str) or "\x00" in log:  # no database compares that
        return _finding("EVD-R1", "head", "log", MALFORMED)
    if receipt["hash"] not in ALGORITHMS:
        return _finding("EVD-R1", "hash", receipt["hash"], MALFORMED)
    for name, number in (("index", receipt["index"]), ("head", receipt["head"].get("size"))):
        if type(number) is not int or not 0 <= number < LARGEST_INDEX:
            return _finding("EVD-R1", name, str(number)[:40], MALFORMED)
    return None


NOT_IN_HEAD = Text(
    "回执中的条目推不到其树头：条目或路径被改动", "The entry does not lead to its head: entry or path was altered"
)
BAD_SIGNATURE = Text("树头签名无效", "The signature of the head is invalid")
BAD_NUMBER = Text("回执编号与条目不符", "The receipt's number does not fit its entry")
OTHER_PARTICULARS = Text(
    "回执所附事项与条目中的摘要不符", "The particulars that the receipt carries do not match the digest in its entry"
)
OTHER_LOG = Text("这份回执不是本平台的存证", "This receipt is of another log")
DIFFERS = Text("本平台在此位置的条目与回执不同", "The log's entry at this place differs from the receipt")


def _compared(receipt: dict[str, Any]) -> list[Finding]:
    """The entry leads to the head, the head is signed, the number fits; this very log signed it, and has that entry."""
    head, hash_ = receipt["head"], hasher(receipt["hash"])
    leaf = hash_(b"\x00" + receipt["leaf"].encode())
    root = root_from_inclusion(leaf, receipt["index"], head["size"], [bytes.fromhex(p) for p in receipt["path"]], hash_)
    findings = []
    if root is None or root.hex() != head["root"]:
        findings.append(_finding("EVD-R2", "leaf", receipt["receipt"], NOT_IN_HEAD))
    if not signed_by(receipt["key"], canonical(head), bytes.fromhex(receipt["signature"])):
        findings.append(_finding("EVD-R3", "signature", receipt["signature"][:16], BAD_SIGNATURE))
    if receipt["receipt"] != number_of(receipt["index"]):
        findings.append(_finding("EVD-R4", "receipt", receipt["receipt"], BAD_NUMBER))
    if (opened := receipt.get("particulars")) is not None:
        particulars = bytes.fromhex(opened["salt"]) + opened["content"].encode()
        if hash_(particulars).hex() != json.loads(receipt["leaf"]).get("particulars"):
            findings.append(_finding("EVD-R8", "particulars", receipt["receipt"], OTHER_PARTICULARS))
    own = Head.objects.filter(size=head["size"], log=head["log"]).first()
    entry = Entry.objects.filter(leaf_index=receipt["index"]).first()
    if own is None or own.key != receipt["key"]:
        findings.append(_finding("EVD-R5", "head", str(head["log"]), OTHER_LOG))
    elif bytes(own.root).hex() != head["root"] or entry is None or bytes(entry.canonical) != receipt["leaf"].encode():
        findings.append(_finding("EVD-R6", "leaf", receipt["receipt"], DIFFERS))
    return findings


EXPECTED = Text("平台签发、未经改动的回执", "a receipt as this platform issued it, unaltered")


def _finding(code: str, field: str, actual: str, message: Text) -> Finding:
    return Finding(code, "error", "", field, same_words(actual), EXPECTED, message, "", None)


def same_words(words: str) -> Text:
    return Text(words or "-", words or "-")
