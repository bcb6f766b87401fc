"""Erasing what stands beside an entry of the log, where the law demands it: the one way in which a part may go."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.evidence.entry_checks import ERASURE
from tanzhi.evidence.models import Entry, Payload
from tanzhi.evidence.numbers import index_of
from tanzhi.rulebook.kernel.text import Text

from .registry import Call, Input, Label, Refused, action, anywhere

NO_ENTRY = Text("没有回执“{found}”，或其校验位不符", "There is no receipt “{found}”, or its check digits are wrong")
NOTHING = Text("回执 {found} 旁的这一部分不存在或已删除", "That part beside {found} is not there or was erased")


class ToErase(Input):
    """Which part beside which entry goes, and why."""

    receipt: Annotated[str, Label("回执编号", "Receipt"), Field(max_length=30)]
    part: Annotated[
        Literal["personal", "particulars"], Label("部分（personal 个人信息，particulars 事项）", "Part")
    ] = "personal"
    reason: Annotated[str, Label("依据与理由", "Law and reason"), Field(min_length=2, max_length=2000)]


@action(
    ERASURE,
    label=Text("删除存证旁存内容", "Erase particulars of an entry"),
    by={"administrator"},
    place=anywhere,
    input=ToErase,
    second_person=True,
    law="个人信息保护法第四十七条；政府信息公开条例第十五条",
)
def erase(call: Call) -> Entry:
    """Salt and content go; the digest stays in the log, which names it as erased and stays whole."""
    data: ToErase = call.data
    index = index_of(data.receipt)
    entry = Entry.objects.filter(leaf_index=index).first() if index is not None else None
    if entry is None:
        raise Refused("EVD-40", NO_ENTRY.format(found=data.receipt), 422)
    row = Payload.objects.filter(entry=entry, part=data.part, content__isnull=False).first()
    if row is None or entry.kind == ERASURE:
        raise Refused("EVD-41", NOTHING.format(found=data.receipt), 409)
    row.salt = row.content = None
    row.save(update_fields=["salt", "content"])
    call.attach("erased", [json.loads(bytes(entry.canonical))[data.part]])
    call.attach("part", data.part)
    call.attach_private("reason", data.reason)
    return entry
