"""What every figure rests on: the release of the rules, and the head of the evidence log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.release import release
from tanzhi.rulebook.kernel.text import same

from .nodes import Fact

NOT_SEALED = Text("尚未封存", "not sealed yet")
SEALED = Text("共 {size} 条 · {root}", "{size} entries · {root}")


@dataclass(frozen=True, slots=True)
class Basis:
    """Rules release and evidence head as printed with a figure; no head before the first sealing."""

    release: str
    size: int
    root: str
    sealed_at: str

    def head(self) -> Text:
        return SEALED.format(size=self.size, root=self.root) if self.root else NOT_SEALED

    def facts(self) -> tuple[Fact, ...]:
        return (
            Fact(Text("规则版本", "Rules release"), same(self.release)),
            Fact(Text("存证树头", "Evidence head"), self.head()),
        )

    def as_dict(self) -> dict[str, Any]:
        return {"release": self.release, "size": self.size, "root": self.root, "sealed_at": self.sealed_at}


def basis() -> Basis:
    """The basis as of now."""
    from tanzhi.evidence.log import latest_head

    head = latest_head()
    if head is None:
        return Basis(str(release()), 0, "", "")
    return Basis(str(release()), head.size, bytes(head.root).hex(), head.at.isoformat())
