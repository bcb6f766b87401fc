"""What every figure rests on: the release of the rules, and the head of the evidence log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanzhi.law.evaluation import release
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .nodes import Fact

NOT_SEALED = Text("尚未封存", "not sealed yet")
SEALED = Text("共 {size} 条 · {root}", "{size} entries · {root}")
SIGNED = Text(" · 公钥指纹 {key}", " · fingerprint of the key {key}")


def head_words(basis: Mapping[str, Any]) -> Text:
    """Size, root and key of a head: whoever keeps a print of it can hold the log to it."""
    if not basis["root"]:
        return NOT_SEALED
    words = SEALED.format(size=basis["size"], root=basis["root"])
    return words + SIGNED.format(key=basis["key"]) if basis.get("key") else words


@dataclass(frozen=True, slots=True)
class ReleaseBasis:
    """Rules release and evidence head as printed with a figure; no head before the first sealing."""

    release: str
    size: int
    root: str
    sealed_at: str
    key: str = ""  # fingerprint of the key that signed the head

    def head(self) -> Text:
        return head_words(self.as_dict())

    def facts(self) -> tuple[Fact, ...]:
        return (
            Fact(Text("规则版本", "Rules release"), same(self.release)),
            Fact(Text("存证树头", "Evidence head"), self.head()),
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "release": self.release,
            "size": self.size,
            "root": self.root,
            "sealed_at": self.sealed_at,
            "key": self.key,
        }


def basis() -> ReleaseBasis:
    """The basis as of now."""
    from tanzhi.evidence.keys import fingerprint
    from tanzhi.evidence.log import latest_head

    head = latest_head()
    if head is None:
        return ReleaseBasis(release(), 0, "", "")
    return ReleaseBasis(release(), head.size, bytes(head.root).hex(), head.at.isoformat(), fingerprint(head.key))
