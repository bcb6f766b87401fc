"""What an entry tells the public, by `disclosure.yaml`, and how everything else stands in it: one salted digest a part.

The default is nothing: a kind that the table does not have is the word "act" and two digests.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

OPAQUE = "act"
"""The public kind of whatever the table does not name."""
HIGH, MEDIUM = "high", "medium"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is public of one kind of entry, and why."""

    kind: str
    subject: bool
    fields: frozenset[str]
    law: dict[str, str]
    sure: str
    why: str


@dataclass(frozen=True, slots=True)
class DisclosureTable:
    """The whole table: kinds, titles of laws, fields that are personal or name files wherever they stand."""

    kinds: dict[str, Disclosure]
    laws: dict[str, str]
    personal: frozenset[str]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """An entry's content: public by law, the act's particulars, what tells of persons."""

    public: dict[str, Any]
    particulars: dict[str, Any]
    personal: dict[str, Any]


@cache
def table() -> DisclosureTable:
    """The table as shipped; a kind that names no law, or a personal field, is refused when the program starts."""
    raw = yaml.safe_load(files(__package__).joinpath("disclosure.yaml").read_text("utf-8"))
    laws = {code: str(law["title"]) for code, law in raw["laws"].items()}
    personal = frozenset(raw["personal"])
    kinds = {}
    for kind, row in raw["kinds"].items():
        fields = frozenset(row.get("fields", ()))
        if not row["law"] or row["law"].keys() - laws.keys() or row["sure"] not in (HIGH, MEDIUM) or fields & personal:
            raise ValueError(f"disclosure.yaml, {kind}: needs a law of the list, how sure, and no personal field")
        law = {code: str(article) for code, article in row["law"].items()}
        kinds[kind] = Disclosure(kind, bool(row.get("subject")), fields, law, row["sure"], row["why"])
    return DisclosureTable(kinds, laws, personal, frozenset(raw["files"]))


def parted(kind: str, subject: str, body: dict[str, Any], private: dict[str, Any]) -> Parts:
    """Split what an act says into what is public and the two parts that stand beside the log."""
    rules = table()
    disclosed = rules.kinds.get(kind)
    public: dict[str, Any] = {"kind": kind if disclosed else OPAQUE}
    fields = disclosed.fields if disclosed else frozenset()
    if disclosed and disclosed.subject:
        public["subject"] = subject
    if disclosed_body := {name: value for name, value in body.items() if name in fields}:
        public["body"] = disclosed_body
    personal = {name: value for name, value in body.items() if name in rules.personal} | private
    rest = {name: value for name, value in body.items() if name not in fields and name not in rules.personal}
    return Parts(public, {"body": rest, "kind": kind, "subject": subject}, personal)
