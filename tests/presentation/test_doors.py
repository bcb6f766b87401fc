"""One reader for every door: a hostile spelling means the same through all of them, or is refused by the same code.

The doors: a filled template, a plant's own ledger, a list import, a grid that was typed, the grid of the form of
an action, a record that a program sends, a field of an action's input, and the bytes of a program's JSON.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import openpyxl
import pytest
from django.test import RequestFactory
from pydantic import ValidationError

from tanzhi.actions.table import ACTIONS, Input
from tanzhi.actions.validation import Label, finding_of
from tanzhi.filings.intake import Expected, read_workbook
from tanzhi.filings.intake.layout import columns_of
from tanzhi.filings.intake.mapping import LedgerColumn, Mapped, read_mapped
from tanzhi.filings.intake.sheet import typed_into
from tanzhi.office.imports.rows import cells
from tanzhi.office.imports.sheet_reader import read
from tanzhi.presentation.forms.fields import Choices
from tanzhi.presentation.forms.rows import value_from
from tanzhi.presentation.intake.cells import read_record
from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.api import ExactParser

KINDS = {"coal": Text("燃煤", "Coal"), "gas": Text("燃气", "Gas")}


def spec(name: str, kind: str, **more: Any) -> FieldSpec:
    return FieldSpec(name=name, label=Text(name, name), kind=kind, **more)


PERCENT = spec("share", "number", unit="%", minimum="0", maximum="100")
TABLE = TableSpec(
    level="row",
    plural="rows",
    label=Text("表", "Table"),
    key=spec("row", "text", required=True),
    parents=(),
    fields=(spec("amount", "number", unit="t"), spec("day", "date"), spec("kind", "choice", options=KINDS), PERCENT),
)
FORM = FormSpec(code="t.x", title=Text("表", "Form"), year=2024, tables=(TABLE,))


class Row(Input):
    amount: Annotated[Decimal | None, Label("amount", "amount")] = None
    day: Annotated[date | None, Label("day", "day")] = None
    kind: Annotated[str, Label("kind", "kind"), Choices(KINDS)] = ""


class Rows(Input):
    rows: list[Row]


Said = tuple[str, str]  # "reads" and the value, or "refused" and the code


def of_answer(record: dict[str, Any], findings: list[Any], field: str) -> Said:
    errors = [found.code for found in findings if found.severity == "error"]
    return ("refused", errors[0]) if errors else ("reads", str(record["rows"][0].get(field, "")))


def book(rows: list[list[Any]]) -> bytes:
    """Rows as texts in a workbook: what was typed with an apostrophe, or comes out of another program."""
    made = openpyxl.Workbook()
    made.active.title = "表"
    for at, row in enumerate(rows, 1):
        for column, words in enumerate(row, 1):
            made.active.cell(at, column, words).data_type = "s"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def by_template(field: str, words: str) -> Said:
    answer = read_workbook(book([["row", field], ["1", words]]), "a.xlsx", FORM, Expected())
    said = [found for found in answer.findings if found.code != "XLS-COLUMN"]
    return of_answer(answer.record, said, field)


def by_ledger(field: str, words: str) -> Said:
    columns = (LedgerColumn(field="row", column="A"), LedgerColumn(field=field, column="B"))
    part = Mapped(level="row", sheet="表", first_row=2, columns=columns)
    answer = read_mapped(book([["行", "值"], ["1", words]]), "a.xlsx", FORM, [part])
    return of_answer(answer.record, answer.findings, field)


def by_grid(field: str, words: str) -> Said:
    sent = {f"row-0-{column.name}": "" for column in columns_of(TABLE)} | {"row-0-row": "1", f"row-0-{field}": words}
    answer = typed_into(FORM, Expected(), sent)
    return of_answer(answer.record, answer.findings, field)


def by_record(field: str, words: str) -> Said:
    record, findings = read_record(FORM, {"rows": [{"row": "1", field: words}]})
    return of_answer(record, findings, field)


def of_input(model: type[Input], given: Any, field: str) -> Said:
    try:
        row = model.model_validate(given)
    except ValidationError as fault:
        return "refused", finding_of(model, "act", fault.errors()[0]).code
    value = getattr(row.rows[0] if isinstance(row, Rows) else row, field)
    return "reads", str(value)


def by_input(field: str, words: str) -> Said:
    return of_input(Row, {field: words}, field)


def by_list(field: str, words: str) -> Said:
    sheet = read(book([[field, "x"], [words, "x"]]), "a.xlsx", [field])
    if sheet.findings:
        return "refused", sheet.findings[0].code
    return of_input(Row, cells({field: 0}, sheet.rows[0]), field)


def by_sheet(field: str, words: str) -> Said:
    """The grid of an action's form, sent as one field."""
    packed = json.dumps({"columns": [field], "rows": [[words]]})
    rows = value_from("rows", "rows", Rows.model_fields["rows"], {"rows-rows": packed})
    return of_input(Rows, {"rows": rows}, field)


def by_json(field: str, words: str) -> Said:
    body = json.dumps({field: words}).encode()
    request = RequestFactory().post("/", body, content_type="application/json")
    return of_input(Row, ExactParser().parse_body(request), field)


DOORS: dict[str, Callable[[str, str], Said]] = {
    "template": by_template,
    "ledger": by_ledger,
    "list": by_list,
    "grid": by_grid,
    "sheet": by_sheet,
    "record": by_record,
    "input": by_input,
    "json": by_json,
}

# What was typed → the number, as a person in China reads it, or the code that refuses it; by hand.
NUMBERS: dict[str, Said] = {
    "3343.5": ("reads", "3343.5"),
    "3,343.5": ("reads", "3343.5"),
    "3 343.5": ("reads", "3343.5"),
    "1,234": ("reads", "1234"),
    "3343,5": ("refused", "VAL-COMMA"),
    "3.343,5": ("refused", "VAL-COMMA"),
    "1,2,3": ("refused", "VAL-NUMBER"),
    "1,234 567": ("refused", "VAL-NUMBER"),
    "12,34": ("refused", "VAL-COMMA"),
    "1_000": ("refused", "VAL-NUMBER"),
    "1e3": ("refused", "VAL-NUMBER"),
    "0x10": ("refused", "VAL-NUMBER"),
    ".5": ("refused", "VAL-NUMBER"),
    "5.": ("refused", "VAL-NUMBER"),
    "--5": ("refused", "VAL-NUMBER"),
    "５０．５": ("reads", "50.5"),
    "１，２３４": ("reads", "1234"),
    "−5": ("reads", "-5"),
    "－５": ("reads", "-5"),
    "+5": ("reads", "5"),
    "-0": ("reads", "0"),
    "007": ("reads", "7"),
    "١٢٣": ("refused", "VAL-NUMBER"),
    "१२": ("refused", "VAL-NUMBER"),
    "一百": ("refused", "VAL-NUMBER"),
    "10²": ("refused", "VAL-NUMBER"),
    "①②": ("refused", "VAL-NUMBER"),
    "½": ("refused", "VAL-NUMBER"),
    "NaN": ("refused", "VAL-NUMBER"),
    "inf": ("refused", "VAL-NUMBER"),
    "-Infinity": ("refused", "VAL-NUMBER"),
    "5%": ("refused", "VAL-NUMBER"),
    "1\u200b2": ("refused", "VAL-NUMBER"),
    "1\u202e2": ("refused", "VAL-NUMBER"),
    "9" * 21: ("refused", "VAL-NUMBER"),
    "true": ("refused", "VAL-NUMBER"),
}
DAYS: dict[str, Said] = {
    "2024-06-30": ("reads", "2024-06-30"),
    "2024/6/30": ("reads", "2024-06-30"),
    "2024.6.30": ("reads", "2024-06-30"),
    "2024年6月30日": ("reads", "2024-06-30"),
    "20240630": ("reads", "2024-06-30"),
    "２０２４－６－３０": ("reads", "2024-06-30"),
    "45251": ("refused", "VAL-DATE"),
    "1719705600": ("refused", "VAL-DATE"),
    "2024-02-30": ("refused", "VAL-DATE"),
    "30/06/2024": ("refused", "VAL-DATE"),
    "24-6-30": ("refused", "VAL-DATE"),
    "0024-06-30": ("refused", "VAL-DATE"),
    "2024-06-30 08:00": ("refused", "VAL-DATE"),
    "٢٠٢٤-٠٦-٣٠": ("refused", "VAL-DATE"),
    "tomorrow": ("refused", "VAL-DATE"),
}
CHOICES: dict[str, Said] = {
    "coal": ("reads", "coal"),
    "燃煤": ("reads", "coal"),
    "COAL": ("reads", "coal"),
    "煤": ("refused", "VAL-OPTION"),
    "coal,gas": ("refused", "VAL-OPTION"),
    "ｃｏａｌ": ("refused", "VAL-OPTION"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("field", "spellings"), [("amount", NUMBERS), ("day", DAYS), ("kind", CHOICES)])
def test_a_spelling_means_the_same_through_every_door_or_is_refused_by_the_same_code(door, field, spellings):
    assert {words: DOORS[door](field, words) for words in spellings} == spellings


@pytest.mark.parametrize("door", [door for door in DOORS if door not in ("template", "ledger", "list")])
@pytest.mark.parametrize("field", ["amount", "day", "kind"])
def test_a_control_character_is_refused_by_the_same_code(door, field):
    assert DOORS[door](field, "1\x072") == ("refused", "VAL-CONTROL")


def test_a_number_of_a_json_body_is_read_from_its_digits_and_never_as_a_binary_one():
    request = RequestFactory().post("/", b'{"amount": 1234567890.123456789}', content_type="application/json")
    assert of_input(Row, ExactParser().parse_body(request), "amount") == ("reads", "1234567890.123456789")
    for body in (b'{"amount": NaN}', b'{"amount": Infinity}'):
        with pytest.raises(ValueError, match=r"NaN|Infinity"):
            ExactParser().parse_body(RequestFactory().post("/", body, content_type="application/json"))


# A value outside of the range, in a spelling that is noted: the note must not stand in the error's place (−5 t, 500 %).
BEYOND = {"－5": "FORM-MINIMUM", "−5": "FORM-MINIMUM", "５００": "FORM-MAXIMUM", "1,000": "FORM-MAXIMUM"}


@pytest.mark.parametrize("door", ["template", "ledger", "grid"])
@pytest.mark.parametrize(("words", "code"), BEYOND.items())
def test_a_note_on_how_a_value_is_written_hides_no_error(door, words, code):
    assert DOORS[door]("share", words) == ("refused", code)


def test_a_float_that_somebody_hands_over_is_refused_because_its_digits_are_lost():
    assert by_input("amount", 0.1) == ("refused", "VAL-NUMBER")  # type: ignore[arg-type]  # on purpose


def test_no_pattern_of_any_input_lets_other_digits_than_ours_pass():
    """In a pattern \\d stands for the digits of every script: 二〇二四 is none of them, ٢٠٢٤ is."""
    patterns = {
        (entry.input.__name__, name, str(note.pattern))
        for entry in ACTIONS.values()
        for name, info in entry.input.model_fields.items()
        for note in info.metadata
        if getattr(note, "pattern", None)
    }
    assert patterns
    assert not [found for found in patterns if r"\d" in found[2]]
