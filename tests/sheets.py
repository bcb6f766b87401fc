"""Sheets that somebody uploads, and their imports: by one person, or handed in by one and decided by another."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.office.imports.template import workbook
from tanzhi.office.imports.work import Importer, call_of, dry_run, guessed, sheet_of

if TYPE_CHECKING:
    from tanzhi.office.imports.declaration import RowAnswer
    from tanzhi.office.imports.model import Import


def file(*rows: tuple[Any, ...]) -> str:
    """The digest of an uploaded workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return receive(io.BytesIO(out.getvalue()), "清单.xlsx", "").file.sha256


def taken_in(importer: Importer, who: Actor, *rows: tuple[Any, ...], **constants: str) -> Import:
    """What one person imports."""
    data = {"file": file(*rows), "constants": constants}
    done: Import = perform(importer.commit_name, who, data=data).result
    return done


def taken_in_by_two(importer: Importer, who: Actor, other: Actor, *rows: tuple[Any, ...]) -> Import:
    """What one hands in and another one approves."""
    proposal = perform(importer.commit_name, who, data={"file": file(*rows)}).proposal
    assert proposal is not None
    done: Import = decide(proposal, other).result
    return done


def answers(importer: Importer, who: Actor, content: bytes, **constants: str) -> list[RowAnswer]:
    """The dry run of a workbook."""
    digest = receive(io.BytesIO(content), "a.xlsx", "").file.sha256
    sheet, _ = sheet_of(importer, digest, Actor.platform())
    assert sheet.findings == []
    return dry_run(importer, call_of(importer, who), sheet, guessed(importer, sheet), constants)


def goes_out_as_it_comes_in(importer: Importer, who: Actor, count: int) -> None:
    """What stands there, written in the import's own shape, is told row by row to stand there."""
    rows = list(importer.rows(who)) if importer.rows else []
    told = answers(importer, who, workbook(importer, who, rows))
    assert [(one.findings, one.record, one.aside is not None) for one in told] == [((), None, True)] * count
