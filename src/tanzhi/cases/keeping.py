"""Keeping things beside a case: where they belong, who added them, the files' names and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.models import StoredFile
from tanzhi.rulebook.kernel.text import Text

from .dossier import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.table import Call

    from .records import CaseRecord


def belongs(case: CaseRecord) -> dict[str, Any]:
    """The columns that say to which case a thing belongs, and so who reaches it."""
    place = case.place
    return {
        "case": case.reference,
        "organisation_id": place.organisation_id,
        "region_path": place.region_path,
        "holder_id": place.person_id,
    }


def by_whom(call: Call) -> dict[str, Any]:
    return {"person_id": call.actor.person_id or 0, "person_name": call.actor.name, "at": call.now}


def keep_files(call: Call, case: CaseRecord, files: Iterable[str], subject: str, title: str) -> list[Attachment]:
    """Attach stored files by their digests; the evidence entry names them."""
    wanted = list(files)
    stored = {one.sha256: one for one in StoredFile.objects.filter(sha256__in=wanted)}
    missing = [digest for digest in wanted if digest not in stored]
    if missing:
        message = Text("没有摘要为 {found} 的文件", "no file is stored under {found}").format(found=missing[0])
        raise Refused("CASE-FILE", message, 422)
    call.attach("files", wanted)
    return [
        Attachment.objects.create(
            **belongs(case),
            **by_whom(call),
            subject=subject,
            title=title,
            sha256=digest,
            name=stored[digest].name,
            size=stored[digest].size,
        )
        for digest in wanted
    ]
