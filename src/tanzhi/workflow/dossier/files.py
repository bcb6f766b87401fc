"""Keeping things beside a case: where they belong, who added them, the files' names and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.files import upload_of
from tanzhi.rulebook.kernel.text import Text

from .model import LONGEST, Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.table import Call


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


def keep_files(call: Call, case: CaseRecord, files: Iterable[str], subject: str, title: Text) -> list[Attachment]:
    """Attach files that were uploaded for this act, or that lie beside the case already; the evidence names them.
    The title says what they are; one that somebody typed is the same in both languages.

    A digest is no authority: a file that somebody else uploaded does not exist here (CASE-FILE).
    """
    digests = list(files)
    people = {person for person in (call.actor.person_id, call.proposer) if person is not None}
    named: list[tuple[str, str, int]] = []
    for digest in digests:
        # As its uploader called it, or as it lies beside the case.
        if upload := upload_of(digest, people):
            named.append((digest, upload.name, upload.file.size))
        elif beside := Attachment.objects.filter(case=case.reference, sha256=digest).first():
            named.append((digest, beside.name, beside.size))
        else:
            message = Text("没有摘要为 {found} 的文件，请上传", "no file of yours is stored under {found}: upload it")
            raise Refused("CASE-FILE", message.format(found=digest), 422)
    call.attach("files", digests)
    titles = {"title": title.zh[:LONGEST], "title_en": title.en[:LONGEST]}
    common = belongs(case) | by_whom(call) | titles | {"subject": subject}
    return [Attachment.objects.create(**common, sha256=digest, name=name, size=size) for digest, name, size in named]
