"""Reading an upload for a filing: by the template, or by the plant's own mapping. Saves nothing: a dry run."""

from __future__ import annotations

import io
from dataclasses import dataclass

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.files import StoredContent, write_content
from tanzhi.filings.intake import Mapped, ReadResult, read_mapped, read_workbook
from tanzhi.filings.intake.grid import locate
from tanzhi.filings.intake.ordering import ordered
from tanzhi.filings.mappings.model import Mapping, MappingVersion
from tanzhi.presentation.intake.reader import Book, read_file
from tanzhi.rulebook.kernel import Text

from .history import deposited_before, findings_of_history
from .inputs import UploadInput
from .model import Filing
from .status import checked, evaluated, expected_of, form_of


@dataclass(frozen=True, slots=True)
class FilingUpload:
    """What an upload says, and the mapping by which it was read."""

    answer: ReadResult
    mapping: MappingVersion | None = None


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """An upload without an error, read, evaluated and written to its place before anything was locked."""

    upload: FilingUpload
    content: StoredContent


def upload_to_keep(data: UploadInput, filing: Filing) -> ReadUpload:
    """Before the lock, so that neither a hostile file nor a slow disk keeps other writers waiting.

    What the register says otherwise since then, the deposit finds.
    """
    book = read_file(data.content, data.name)
    upload = read_upload(filing, book, data.name, all_months=data.all_months, mapping_id=data.mapping_id)
    if upload.answer.errors:
        message = Text("有 {n} 处须改，未保存任何内容", "{n} cells must be corrected; nothing was saved")
        raise Refused("FIL-UPLOAD", message.format(n=len(upload.answer.errors)), 422, upload.answer.findings)
    return ReadUpload(upload, write_content(io.BytesIO(data.content)))


def read_upload(
    filing: Filing, content: bytes | Book, name: str, *, all_months: bool = False, mapping_id: int | None = None
) -> FilingUpload:
    """The answer to a workbook, cell by cell."""
    spec, expected = form_of(filing), expected_of(filing, all_months)
    if mapping_id is None:
        return FilingUpload(_checked(filing, read_workbook(content, name, spec, expected), all_months))
    mapping = Mapping.objects.filter(
        pk=mapping_id, organisation=filing.organisation, form_code=filing.form_code
    ).first()
    version: MappingVersion | None = mapping.latest if mapping else None
    if version is None:
        raise Refused("FIL-MAPPING", Text("没有这个台账映射", "There is no such mapping"), 404)
    parts = [Mapped.model_validate(part) for part in version.parts]
    return FilingUpload(_checked(filing, read_mapped(content, name, spec, parts, expected), all_months), version)


def _checked(filing: Filing, answer: ReadResult, several: bool) -> ReadResult:
    """The answer with all that is found once it is saved: the checks, and, of one period, what came before it."""
    if answer.record:
        node = evaluated(filing, answer.record)
        past = []
        if not several:
            past = findings_of_history(filing, form_of(filing), answer.record, node, deposited_before(filing))
        questions = [locate(finding, answer.places) for finding in (*checked(node)[0], *past)]
        answer.findings = ordered(answer.findings, questions)
    return answer
