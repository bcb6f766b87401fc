"""`entry:…`: an entry of the evidence log as the bottom of the walk."""

from __future__ import annotations

import json

from django.db.models import Model
from django.urls import reverse

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference, resolve
from tanzhi.evidence.disclosure import OPAQUE
from tanzhi.evidence.models import Entry
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .lineage import explains
from .nodes import Fact, LineageNode
from .questions import Ref, Unanswerable

UNDISCLOSED = Text("不公开", "not public")


@explains("entry", of="evidence.Entry")
def entry_node(ref: Ref) -> LineageNode:
    """What the log holds is digests and codes, so everybody may see that an entry stands there."""
    entry = Entry.objects.filter(pk=ref.key).first()
    if entry is None:
        raise Unanswerable(
            "FIG-ENTRY", Text("没有第 {found} 号存证记录", "there is no evidence entry {found}").format(found=ref.name)
        )
    return node_of(entry)


def node_of(entry: Entry) -> LineageNode:
    """What the entry's public bytes tell; the receipt's page tells more to whoever may see the subject."""
    leaf = json.loads(bytes(entry.canonical))
    place = (
        Text("尚未封存", "not sealed yet")
        if entry.leaf_index is None
        else Text("第 {index} 条", "entry {index}").format(index=entry.leaf_index + 1)
    )
    # The receipt's page, where the walk ends; none before the entry is sealed.
    page = reverse("evidence:receipt", args=[entry.number]) if entry.number else ""
    return LineageNode(
        ref=f"entry:{entry.pk}",
        label=Text("存证记录", "Evidence entry"),
        # The receipt's number; a dash until the sealer has come round.
        value=entry.number or "—",
        facts=(
            Fact(Text("行为", "Act"), UNDISCLOSED if leaf["kind"] == OPAQUE else same(leaf["kind"])),
            *([Fact(Text("对象", "Subject"), same(leaf["subject"]))] if leaf.get("subject") else []),
            Fact(Text("时间", "Time"), same(entry.at.isoformat(timespec="seconds"))),
            Fact(Text("位置", "Place in the log"), place, page),
            Fact(Text("叶摘要", "Leaf digest"), same(bytes(entry.leaf_hash).hex())),
        ),
    )


def entries_of(record: Model) -> tuple[LineageNode, ...]:
    """The evidence of every action that wrote a record, the first one first; also of the one that made it."""
    performed = Performed.objects.filter(subject=reference(record)).order_by("pk")
    entries = [resolve(str(line.outcome["entry"])) for line in performed if line.outcome.get("entry")]
    return tuple(node_of(entry) for entry in entries if isinstance(entry, Entry))
