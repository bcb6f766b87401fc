"""Whatever text lies in the database: no file that leaves the house runs it, and none breaks by it."""

from __future__ import annotations

import csv
import gc
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tanzhi.filings.intake import Expected, read_workbook, template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.shared.forms import filled_form, guideline_of, known_forms
from tanzhi.presentation.lists import export
from tanzhi.presentation.lists.declaration import Declaration
from tanzhi.rulebook.kernel import FormSpec, form
from tanzhi.rulebook.kernel.spelling import CONTROL
from tanzhi.rulebook.kernel.text import Text

SOURCE = Path(__file__).parents[3] / "src" / "tanzhi"
RUNS = ("=1+1", "+1+cmd|' /C calc'!A0", "-2024-001", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A")
ODD = ("a\x07b", "a\x0bb", "a\ud800b", "\ufffe", "a\x00b")
WRITERS = {
    "presentation/lists/export.py": "every list as plain text",
    "presentation/lists/export_workbook.py": "every list as a workbook",
    "presentation/open_data/files.py": "a public data set",
    "filings/intake/template_sheets.py": "the workbook of a form with what was filed",
    "filings/intake/national_sheet.py": "a month in the layout of the national platform",
    "office/imports/template.py": "the template of an import, and what stands there in its shape",
    "examples/gansu/policy.py": "a file that is uploaded to the example",
    "examples/plant_files.py": "files of made-up plants, handed in as a person hands them in",
}


def listings() -> list[Declaration]:
    """Every declared list, of every room."""
    from django.apps import apps
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # every page, and with it every list that it declares, is read
    assert apps.ready
    gc.unfreeze()  # tests/groups.py sets aside what stood before the first test
    declared = [one for one in gc.get_objects() if issubclass(type(one), Declaration)]  # a proxy has its own type
    gc.freeze()
    known = {one.name: one for one in declared if one.columns}
    return [known[name] for name in sorted(known) if not name.startswith("made.up")]


def hostile(listing: Declaration, words: str) -> Declaration:
    """The list with these words in every cell and every heading."""
    heading = Text(words, words + " ")
    columns = (replace(c, label=heading, unit=None, value=lambda _row: words, words=None) for c in listing.columns)
    return replace(listing, columns=tuple(columns), prepare=None)


def test_files_are_written_by_these_modules_alone():
    writes = re.compile(r"\bWorkbook\(|csv\.writer")
    found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if writes.search(path.read_text("utf-8"))}
    assert found == set(WRITERS)


def test_no_export_of_any_list_runs_or_breaks():
    every = listings()
    assert len(every) > 40
    for number, listing in enumerate(every):
        words = (RUNS + ODD)[number % len(RUNS + ODD)]  # each list some of the texts, all lists all of them
        for kind in ("csv", "xlsx"):
            content = export.response(hostile(listing, words), [object()], kind).content
            cells = texts_of(kind, content)
            assert len(cells) == 2 * len(listing.columns)
            assert not [cell for cell in cells if cell.startswith(export.FORMULA) or CONTROL.search(cell)]


@pytest.mark.parametrize("words", RUNS + ODD)
def test_no_text_runs_or_breaks_an_export(words):
    listing = hostile(listings()[0], words)
    for kind in ("csv", "xlsx"):
        cells = texts_of(kind, export.response(listing, [object()], kind).content)
        assert not [cell for cell in cells if cell.startswith(export.FORMULA)]


def texts_of(kind: str, content: bytes) -> list[str]:
    """Every cell of the file; in a workbook none is a formula."""
    if kind == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    return [str(cell.value) for cell in cells]


def forms() -> list[FormSpec]:
    return [form(guideline_of(code), filled_form(code), 2024) for code in known_forms() if 2024 in years(code)]


def years(code: str) -> set[int]:
    try:
        form(guideline_of(code), filled_form(code), 2024)
    except Exception:  # a form of other years
        return set()
    return {2024}


@pytest.mark.parametrize("words", [text for text in RUNS if text == text.strip()])
def test_the_workbook_of_every_form_gives_a_text_back_as_it_stands_and_runs_it_nowhere(words):
    tried = 0
    for spec in forms():
        top = next((t for t in spec.tables if not t.key), None)
        fields = [f for f in top.fields if f.kind == "text"] if top else []
        keyed = [t for t in spec.tables if t.key and not t.parents and t.key.kind == "text"]
        record = {f.name: words for f in fields} | {t.plural: [{t.level: words}] for t in keyed}
        if not record:
            continue
        content = template(spec, Prefill(record=record))
        tried += 1
        sheets = openpyxl.load_workbook(io.BytesIO(content))
        assert not [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        answer = read_workbook(content, "a.xlsx", spec, Expected())
        assert {f.name: answer.record.get(f.name) for f in fields} == {f.name: words for f in fields}
    assert tried
