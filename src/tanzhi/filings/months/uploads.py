"""Reading an upload for a filing: by the template, or by the plant's own mapping. Saves nothing: a dry run."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace

from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.evidence.files import StoredContent, open_stored, receive, write_content
from tanzhi.evidence.models import Upload
from tanzhi.filings.intake import ReadResult, read_mapped, read_workbook
from tanzhi.filings.intake.annotated import annotated
from tanzhi.filings.intake.folding import Cause, folded
from tanzhi.filings.intake.grid import locate
from tanzhi.filings.intake.location import Teller
from tanzhi.filings.intake.mapping import mapped_of
from tanzhi.filings.intake.national import is_national
from tanzhi.filings.intake.ordering import ordered
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.intake.turned import read_turned, turned_in, turned_of
from tanzhi.filings.mappings.model import Mapping, MappingVersion
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.filings.shared.inputs import XLSX, stored_limit
from tanzhi.presentation.intake.messages import finding as reading_finding
from tanzhi.presentation.intake.reader import Book, read_file
from tanzhi.rulebook.kernel import Text

from .history import findings_of_history, past_of
from .inputs import UploadInput
from .model import Filing
from .national import layout_of, read_national
from .reports import read_report
from .status import checked, evaluated, expected_of, form_of


@dataclass(frozen=True, slots=True)
class FilingUpload:
    """What an upload says, and the mapping by which it was read."""

    answer: ReadResult
    mapping: MappingVersion | None = None
    book: Book = field(default_factory=Book)

    def causes(self, filing: Filing) -> list[Cause]:
        """What was found, each mistake once and what follows from it below."""
        form = form_of(filing)
        teller = Teller(guideline_of(filing.form_code), form, self.answer.places)
        return folded([teller.tell(finding) for finding in self.answer.findings], self.answer.places, form)


_GONE = Text(
    "暂存的文件已不在，请重新选择文件后上传", "the file that was handed in is no longer there: choose it again"
)


def hand_in(content: bytes, name: str, person_id: int) -> Upload | None:
    """Keep a file for whoever tried it, so that he need not choose it again; the same one twice is one."""
    if len(content) > stored_limit():
        return None
    digest = hashlib.sha256(content).hexdigest()
    own = Upload.objects.filter(file__sha256=digest, person_id=person_id, name=name[:255]).first()
    return own or receive(io.BytesIO(content), name, XLSX, person_id)


def handed_in(number: int | None, person_id: int) -> tuple[Upload, bytes]:
    """A file that somebody tried before, by its number: his own, and still there."""
    upload = Upload.objects.select_related("file").filter(pk=number or 0, person_id=person_id).first()
    if upload is None:
        raise out_of_scope()
    try:
        with open_stored(upload.file.sha256) as file:
            return upload, file.read()
    except FileNotFoundError:
        raise Refused("FIL-FILE-GONE", _GONE, 410) from None


def handed_back(filing: Filing, read: FilingUpload, language: str) -> bytes:
    """The workbook with every wrong cell marked."""
    prefill = Prefill(filing.organisation.code, filing.period)
    return annotated(read.book, form_of(filing), prefill, read.causes(filing), language)


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
    spec, expected = form_of(filing), replace(expected_of(filing, all_months), rounds=True)
    book = content if isinstance(content, Book) else read_file(content, name, expected.limits)
    if mapping_id is None:
        layout = layout_of(filing)
        if layout and not book.findings and is_national(book):
            answer = read_national(filing, layout, book, expected)
        else:
            answer = read_workbook(book, name, spec, expected)
            rowwise = turned_in(book, spec.year) if any(f.code == "XLS-TEMPLATE" for f in answer.findings) else []
            if rowwise:
                sheet = rowwise[0].sheet.name
                answer.findings = [reading_finding("XLS-ROWWISE", sheet, found=sheet)]
        return FilingUpload(_checked(filing, answer, all_months), book=book)
    mapping = Mapping.objects.filter(
        pk=mapping_id, organisation=filing.organisation, form_code=filing.form_code
    ).first()
    version: MappingVersion | None = mapping.latest if mapping else None
    if version is None:
        raise Refused("FIL-MAPPING", Text("没有这个台账映射", "There is no such mapping"), 404)
    if turned := turned_of(version.parts):
        answer = read_report(filing, read_turned(book, name, spec, turned[0], expected), expected)
        return FilingUpload(_checked(filing, answer, all_months), version, book)
    parts = mapped_of(version.parts)
    return FilingUpload(_checked(filing, read_mapped(book, name, spec, parts, expected), all_months), version, book)


def _checked(filing: Filing, answer: ReadResult, several: bool) -> ReadResult:
    """The answer with all that is found once it is saved: the checks, and, of one period, what came before it."""
    if answer.record:
        node = evaluated(filing, answer.record)
        past = []
        if not several:
            past = findings_of_history(filing, form_of(filing), answer.record, node, past_of(filing))
        questions = [locate(finding, answer.places) for finding in (*checked(node)[0], *past)]
        answer.findings = ordered(answer.findings, questions)
    return answer
