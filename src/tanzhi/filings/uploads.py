"""Reading an upload for a filing: by the template, or by the plant's own mapping. Saves nothing: a dry run."""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.actions.refusal import Refused
from tanzhi.presentation.intake.reader import Book, read_file
from tanzhi.rulebook.kernel import Text

from .history import deposited_before, findings_of_history
from .inputs import UploadInput
from .intake import Answer, Mapped, read_mapped, read_workbook
from .intake.grid import locate
from .models import Filing, Mapping, MappingVersion
from .ordering import ordered
from .standing import checked, evaluated, expected_of, form_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Upload:
    """What an upload says, and the mapping by which it was read."""

    answer: Answer
    mapping: MappingVersion | None = None


def sheets_of_upload(data: UploadInput, _: Filing) -> Book:
    """What stands in the file, read before anything is locked: no hostile file keeps other writers waiting."""
    return read_file(data.content, data.name)


def read_upload(
    filing: Filing, content: bytes | Book, name: str, *, all_months: bool = False, mapping_id: int | None = None
) -> Upload:
    """The answer to a workbook, cell by cell."""
    spec, expected = form_of(filing), expected_of(filing, all_months)
    if mapping_id is None:
        return Upload(_checked(filing, read_workbook(content, name, spec, expected), all_months))
    version = _mapping(filing, mapping_id)
    parts = [Mapped.model_validate(part) for part in version.parts]
    return Upload(_checked(filing, read_mapped(content, name, spec, parts, expected), all_months), version)


def _checked(filing: Filing, answer: Answer, several: bool) -> Answer:
    """The answer with all that is found once it is saved: the checks, and, of one period, what came before it."""
    if answer.record:
        node = evaluated(filing, answer.record)
        past = []
        if not several:
            past = findings_of_history(filing, form_of(filing), answer.record, node, deposited_before(filing))
        asked = [locate(found, answer.places) for found in (*checked(node)[0], *past)]
        answer.findings = ordered(answer.findings, asked)
    return answer


def _mapping(filing: Filing, mapping_id: int) -> MappingVersion:
    found = Mapping.objects.filter(pk=mapping_id, organisation=filing.organisation, form_code=filing.form_code).first()
    version: MappingVersion | None = found.latest if found else None
    if version is None:
        raise Refused("FIL-MAPPING", Text("没有这个台账映射", "There is no such mapping"), 404)
    return version
